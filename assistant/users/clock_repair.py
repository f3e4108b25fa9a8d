"""After a clock that was ahead is put right: what began in the future begins now, so that it ends in time."""

import asyncio
import logging
from collections.abc import Callable
from datetime import datetime

from assistant.errors import AssistantError
from assistant.storage.database import Database
from assistant.users.limits import KNOWN_FOR
from assistant.users.models import Attempt, Invitation, Session
from assistant.users.sessions import SLACK

EVERY = 60.0  # seconds

log = logging.getLogger(__name__)


async def watch(database: Database, clock: Callable[[], datetime], *, every: float = EVERY) -> None:
    """Looks at the start and whenever the clock went back, until cancelled."""
    latest: datetime | None = None
    while True:
        now = clock()
        try:
            if latest is None or now < latest - SLACK:
                await database.run(begin_again, now)
            latest = now
        except AssistantError as error:
            log.warning("what the clock left behind is put right in a minute: %s", error)
        await asyncio.sleep(every)


def begin_again(now: datetime) -> None:
    """Caps sessions, invitations and known browsers that would last longer than what begins ``now``."""
    ahead = now + SLACK
    Session.update(created=now).where(Session.created > ahead).execute()
    Session.update(seen=now).where(Session.seen > ahead).execute()
    for row in Invitation.select().where(Invitation.created > ahead):
        row.created, row.expires = now, now + (row.expires - row.created)
        row.save(only=[Invitation.created, Invitation.expires])
    longest = now + KNOWN_FOR
    known = Attempt.key.startswith("known:") & (Attempt.at > longest + SLACK)
    Attempt.update(at=longest).where(known).execute()
