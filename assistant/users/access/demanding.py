"""Two-step login demanded of everybody."""

from assistant.storage.database import Database
from assistant.users import accounts
from assistant.users.household import choices
from assistant.users.sessions import Asking, Sessions
from assistant.users.two_step import codes


async def demand(database: Database, sessions: Sessions, asking: Asking, *, demanded: bool) -> None:
    """Decides it, and lets nobody stay who came in with a password alone, but who decides."""
    await database.run(choices.demand_two_step, demanded=demanded)
    if demanded:
        for person in await database.read(_without):
            if not (asking.key and person == asking.user):
                await sessions.end_all(person, but=asking.session)


def _without() -> list[int]:
    on = codes.those_on()
    return [person.id for person in accounts.people() if person.id not in on]
