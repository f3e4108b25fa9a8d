"""Whether whoever is logged in has lately shown that it is them: a browser left open is not enough for everything."""

from collections.abc import Callable
from datetime import datetime, timedelta

from assistant.errors import Forbidden, Invalid
from assistant.storage.database import Database
from assistant.users import accounts, limits
from assistant.users.models import Session
from assistant.users.passwords import Passwords
from assistant.users.sessions import SLACK, Asking

LATELY = timedelta(minutes=10)
LONGEST = 512  # characters of a password that are looked at
LONG_AGO = "This login is older than ten minutes. Give your password again first."
NO_KEY = "A key cannot do this. Log in with your name and password."


class Identity:
    """Asks people for their password again, counted by the limits of the login."""

    def __init__(self, database: Database, passwords: Passwords, *, clock: Callable[[], datetime]) -> None:
        """Nobody has shown anything yet."""
        self._database, self._passwords, self._clock = database, passwords, clock

    async def is_fresh(self, asking: Asking) -> bool:
        """Whether the person logged in, or gave their password again in this browser, within the last ten minutes."""
        return await self._database.read(_is_fresh, asking.session, self._clock())

    async def demand(self, asking: Asking, *, by_key: bool = False) -> None:
        """Raises Forbidden unless it is the person, lately; ``by_key`` says that one of their keys will do."""
        if asking.key and not by_key:
            raise Forbidden(NO_KEY)
        if not asking.key and not await self.is_fresh(asking):
            raise Forbidden(LONG_AGO)

    async def prove(self, asking: Asking, password: str, where: str, *, field: str = "current") -> None:
        """Keeps that the person is there, who asks from the address ``where``.

        Raises Invalid with the field for a wrong password, TooMany after many.
        """
        key, now = accounts.key_of(asking.name), self._clock()
        # Whoever is logged in has a slot of the session's own: strangers cannot keep its person from a new password.
        place = f"{limits.SESSION}{asking.session}"
        refused = await self._database.run_urgently(limits.admit, key, where, now, place)
        if refused:
            raise refused
        user = await self._database.read(accounts.get, asking.name)
        if not await self._passwords.verify(user.password, password[:LONGEST]):
            raise Invalid("This is not your password.", field=field)
        await self._database.run_urgently(_proven, asking.session, key, where, now, place)


def _is_fresh(session: int, now: datetime) -> bool:
    row = Session.get_or_none(Session.id == session)
    # What a clock that was ahead has written counts for nothing.
    return row is not None and now - LATELY < (row.proven or row.created) <= now + SLACK


def _proven(session: int, key: str, where: str, now: datetime, place: str) -> None:
    limits.forgive(key, where, now, place)
    Session.update(proven=now).where(Session.id == session).execute()
