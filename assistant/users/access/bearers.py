"""The person behind the key or token that a program sends; rows are asked each time, so that an end counts at once."""

from collections.abc import Callable, Sequence
from contextlib import suppress
from dataclasses import dataclass, replace
from datetime import datetime

from assistant.errors import Forbidden
from assistant.storage.database import Database, StorageFailed
from assistant.users import sessions
from assistant.users.access import access_tokens, api_keys, refresh
from assistant.users.access.refresh import Family
from assistant.users.access.signing import LIFE
from assistant.users.sessions import TOUCH_EVERY, Asking

GONE = "This token is no longer good. Log in again."


@dataclass(frozen=True, slots=True)
class Granted:
    """What a program gets when it logs in, or goes on."""

    access: str
    refresh: str
    scopes: tuple[str, ...]
    seconds: int  # that the access token lasts


class Bearers:
    """Gives out tokens, and says who comes with one."""

    def __init__(self, database: Database, *, clock: Callable[[], datetime], issuer: str) -> None:
        """``issuer`` is what tokens name as their origin."""
        self._database, self._clock, self._issuer = database, clock, issuer

    async def resolve(self, token: str) -> Asking | None:
        """The person whose key or access token it is; None for one that opens nothing."""
        now = self._clock()
        if token.startswith(api_keys.PREFIX):
            found = await self._database.read(api_keys.find, token, now)
            if found and (found[1] is None or now - found[1] > TOUCH_EVERY):
                with suppress(StorageFailed):  # who reads need not write
                    await self._database.run(api_keys.touch, found[0].key, now)
            return found[0] if found else None
        return await self._database.read(self._by_token, token, now)

    async def stands(self, asking: Asking) -> bool:
        """Whether the session or key is still good by which somebody asks."""
        return await self._database.read(_stands, asking, self._clock())

    async def begin(self, user: int, agent: str, scopes: Sequence[str]) -> Granted:
        """The first tokens of a program that logged in."""
        return await self._database.run_urgently(self._begin, user, agent, scopes, self._clock())

    async def renew(self, token: str) -> Granted:
        """The next tokens; raises Forbidden for a refresh token that is not good any more."""
        granted = await self._database.run_urgently(self._renew, token, self._clock())
        if granted is None:
            raise Forbidden(GONE, field="refresh_token")
        return granted

    def _by_token(self, token: str, now: datetime) -> Asking | None:
        claims = access_tokens.read(token, issuer=self._issuer, now=now)
        asking = sessions.of_row(claims.session, now) if claims else None
        if claims is None or asking is None or asking.user != claims.user:
            return None
        return replace(asking, scopes=claims.scopes)

    def _begin(self, user: int, agent: str, scopes: Sequence[str], now: datetime) -> Granted:
        return self._granted(refresh.begin(user, agent, scopes, now), now)

    def _renew(self, token: str, now: datetime) -> Granted | None:
        family = refresh.use(token, now)
        return self._granted(family, now) if family else None

    def _granted(self, family: Family, now: datetime) -> Granted:
        access = access_tokens.issue(family.user, family.session, family.scopes, issuer=self._issuer, now=now)
        return Granted(access, family.token, family.scopes, int(LIFE.total_seconds()))


def _stands(asking: Asking, now: datetime) -> bool:
    return api_keys.is_good(asking.key, now) if asking.key else sessions.is_current(asking.session, now)
