"""Who is asking: the browser's session, its end, and those who must hear of it at once."""

import asyncio
import secrets
from collections import defaultdict
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any, cast

from assistant.errors import AssistantError, Forbidden, NotFound
from assistant.storage.database import Database, StorageFailed
from assistant.users.household import choices
from assistant.users.models import ApiKey, Session, User
from assistant.users.passwords import digest_of
from assistant.users.preferences import Preferences, parse
from assistant.users.two_step import codes

IDLE = timedelta(days=7)
ABSOLUTE = timedelta(days=30)
KEPT = timedelta(days=400)  # that the row of an expired session stays: a phone may ring that long without being opened
TOUCH_EVERY = timedelta(minutes=1)
SLACK = timedelta(minutes=1)  # by which clocks of several machines may differ
WATCH_EVERY = 0.4  # seconds; an end from another process must be seen within one


SCOPES = ("read", "write", "chat", "admin")  # what a program may do; a browser may do all


@dataclass(frozen=True, slots=True)
class Asking:
    """The person behind a request, by their session or by the ``key`` of a program, which is allowed its ``scopes``."""

    user: int
    name: str
    owner: bool
    session: int
    preferences: Preferences
    demanded: bool = False  # to set up two-step login before anything else
    scopes: frozenset[str] = frozenset(SCOPES)
    key: int = 0


def who(request: Any) -> Asking:
    """The person behind the request, as the gate found out; raises Forbidden for nobody."""
    asking = getattr(request.state, "asking", None)
    if asking is None:
        raise Forbidden("Please log in first.")
    return cast("Asking", asking)


def cookie_name(*, secure: bool) -> str:
    """The name of the cookie; the prefix makes browsers hold it to HTTPS and this very host."""
    return "__Host-assistant" if secure else "assistant-session"


class Sessions:
    """The sessions of all browsers; rows are the truth, followers are told when one ends."""

    def __init__(self, database: Database, *, clock: Callable[[], datetime]) -> None:
        """Nothing is followed yet."""
        self._database, self._clock = database, clock
        self._followers: dict[int, list[Callable[[], None]]] = defaultdict(list)
        self._ended: set[int] = set()

    async def begin(self, user: int, agent: str) -> str:
        """The token of a new session, for the cookie."""
        token = secrets.token_urlsafe(32)
        await self._database.run_urgently(_begin, user, digest_of(token), agent[:200], self._clock())
        return token

    async def resolve(self, token: str) -> Asking | None:
        """The person whose session the token is; None when it ended or never was."""
        now = self._clock()
        found = await self._database.read(_find, digest_of(token), now)
        if found is None:
            return None
        asking, seen = found
        if asking.session in self._ended:
            return None
        if now - seen > TOUCH_EVERY:
            with suppress(StorageFailed):  # who reads need not write
                await self._database.run(_touch, asking.session, now)
        return asking

    async def expired(self, token: str) -> bool:
        """Whether the token's session ended by time alone; nobody ended it."""
        return await self._database.read(_kept, digest_of(token))

    def alive(self, session: int) -> bool:
        """Whether the session has not ended, as far as this process knows within 0.4 s."""
        return session not in self._ended

    async def end(self, session: int) -> None:
        """Ends the session at once."""
        await self._database.run_urgently(_end, session)
        self._publish_end(session)

    async def end_own(self, user: int, session: int) -> None:
        """Ends the user's session at once; NotFound when it is gone or someone else's."""
        if not await self._database.run_urgently(_end_of, user, session):
            raise NotFound("There is no such login.")
        self._publish_end(session)

    async def end_all(self, user: int, but: int | None = None) -> None:
        """Ends all sessions of the user, except ``but``, and the keys of their programs."""
        for session in await self._database.run_urgently(_end_all, user, but):
            self._publish_end(session)

    async def of(self, user: int) -> list[Session]:
        """The sessions of the user that are neither ended nor expired, the latest first."""
        return await self._database.read(_of, user, self._clock())

    def follow(self, session: int, on_end: Callable[[], None]) -> Callable[[], None]:
        """Calls ``on_end`` when the session ends; returns the way to stop that."""
        self._followers[session].append(on_end)

        def unfollow() -> None:
            waiting = self._followers.get(session, [])
            if on_end in waiting:
                waiting.remove(on_end)
            if not waiting:
                self._followers.pop(session, None)

        return unfollow

    async def watch(self) -> None:
        """Compares the followed sessions with their rows, until cancelled."""
        while True:
            await asyncio.sleep(WATCH_EVERY)
            if self._followers:
                try:
                    gone = await self._database.read(_gone, list(self._followers), self._clock())
                except AssistantError:
                    continue  # a database that is busy ends nobody's session
                for session in gone:
                    self._publish_end(session)

    def _publish_end(self, session: int) -> None:
        self._ended.add(session)
        for on_end in self._followers.pop(session, []):
            on_end()


def _begin(user: int, digest: bytes, agent: str, now: datetime) -> None:
    Session.delete().where(Session.seen < now - KEPT).execute()
    Session.create(user=user, token=digest, agent=agent, created=now, seen=now)


def _current(now: datetime) -> Any:
    return (Session.seen > now - IDLE) & (Session.created > now - ABSOLUTE) & User.disabled.is_null()


def _find(digest: bytes, now: datetime) -> tuple[Asking, datetime] | None:
    row = _rows().where((Session.token == digest) & _current(now)).first()
    if row is None:
        return None
    return _asking(row), row.seen


def of_row(session: int, now: datetime) -> Asking | None:
    """The person whose session has that id; None when it ended or expired. A unit of work."""
    row = _rows().where((Session.id == session) & _current(now)).first()
    return _asking(row) if row else None


def _rows() -> Any:
    """Sessions with their people, and with what is demanded of everybody: each request asks for all three."""
    return Session.select(Session, User, choices.two_step_query().alias("two_step")).join(User)


def is_current(session: int, now: datetime) -> bool:
    """Whether the session has neither ended nor expired. A unit of work."""
    return bool(Session.select().join(User).where((Session.id == session) & _current(now)).exists())


def _asking(row: Any) -> Asking:
    user = row.user
    demanded = row.two_step == choices.YES and not codes.is_on(user.id)
    return Asking(user.id, user.name, user.owner, row.id, parse(user.preferences), demanded)


def is_demanded(user: int) -> bool:
    """Whether two-step login is to be set up before anything else. A unit of work."""
    return choices.two_step_demanded() and not codes.is_on(user)


def _kept(digest: bytes) -> bool:
    return bool(Session.select().where(Session.token == digest).exists())


def _gone(sessions: list[int], now: datetime) -> set[int]:
    rows = Session.select(Session.id).join(User).where(Session.id.in_(sessions) & _current(now))
    return set(sessions) - {row.id for row in rows}


def _touch(session: int, now: datetime) -> None:
    Session.update(seen=now).where(Session.id == session).execute()


def _end(session: int) -> None:
    Session.delete().where(Session.id == session).execute()


def _end_of(user: int, session: int) -> bool:
    return bool(Session.delete().where((Session.id == session) & (Session.user == user)).execute())


def _end_all(user: int, but: int | None) -> list[int]:
    rows = [row.id for row in Session.select(Session.id).where(Session.user == user) if row.id != but]
    Session.delete().where(Session.id.in_(rows)).execute()
    ApiKey.delete().where(ApiKey.user == user).execute()
    return rows


def _of(user: int, now: datetime) -> list[Session]:
    rows = Session.select().join(User).where((Session.user == user) & _current(now))
    return list(rows.order_by(Session.seen.desc()))
