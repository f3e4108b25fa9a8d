"""Refresh tokens: each gets the next access token once; one that comes twice was stolen, and ends all of its family.

A family is a session, as a browser has one: it is listed among the devices, and ends as these do.
"""

import secrets
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from assistant.users.models import RefreshToken, Session
from assistant.users.passwords import digest_of
from assistant.users.sessions import is_current


@dataclass(frozen=True, slots=True)
class Family:
    """Whose tokens these are, and what they allow; ``token`` is the next one."""

    user: int
    session: int
    scopes: tuple[str, ...]
    token: str


def begin(user: int, agent: str, scopes: Sequence[str], now: datetime) -> Family:
    """A new family, with its first token."""
    # Its token is in no cookie: this session has no browser.
    session = Session.create(user=user, token=secrets.token_bytes(32), agent=agent[:200], created=now, seen=now)
    return Family(user, session.id, tuple(scopes), _next(session.id, scopes, now))


def use(token: str, now: datetime) -> Family | None:
    """The family with its next token; None for a token that is not good, of which a used one ends its family."""
    row = RefreshToken.get_or_none(RefreshToken.token == digest_of(token))
    if row is None or not is_current(row.session_id, now):
        return None
    fresh = (RefreshToken.id == row.id) & RefreshToken.used.is_null()
    if not RefreshToken.update(used=now).where(fresh).execute():
        Session.delete().where(Session.id == row.session_id).execute()
        return None
    Session.update(seen=now).where(Session.id == row.session_id).execute()
    scopes = tuple(row.scopes.split())
    return Family(row.session.user_id, row.session_id, scopes, _next(row.session_id, scopes, now))


def end(token: str) -> int:
    """Ends the family of the token; returns its session, 0 when there is none."""
    row = RefreshToken.get_or_none(RefreshToken.token == digest_of(token))
    return int(row.session_id) if row and Session.delete().where(Session.id == row.session_id).execute() else 0


def _next(session: int, scopes: Sequence[str], now: datetime) -> str:
    token = secrets.token_urlsafe(32)
    RefreshToken.create(session=session, token=digest_of(token), scopes=" ".join(scopes), created=now)
    return token
