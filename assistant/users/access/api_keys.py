"""Keys that a person makes for their own programs; each function is one unit of work."""

import secrets
from collections.abc import Iterable
from datetime import datetime
from typing import Any

from assistant.errors import Invalid, NotFound
from assistant.storage.text import one_line
from assistant.users.models import ApiKey, User
from assistant.users.passwords import digest_of
from assistant.users.preferences import parse
from assistant.users.sessions import SCOPES, Asking, is_demanded

PREFIX = "ast_"
NAME_LIMIT, MOST = 100, 50


def make(
    user: int, *, name: str, scopes: Iterable[str], now: datetime, expires: datetime | None = None, asks: bool = True
) -> tuple[ApiKey, str]:
    """The new key's row and the key itself, which is shown once; only its hash is kept.

    Unless it ``asks``, models that come with it by MCP write at once. Raises Invalid with the field (name, scopes,
    expires).
    """
    name = one_line(name)
    if not 1 <= len(name) <= NAME_LIMIT:
        raise Invalid(f"Give the key a name of 1 to {NAME_LIMIT} characters.", field="name")
    chosen = valid_scopes(scopes)
    if expires is not None and expires <= now:
        raise Invalid("Choose a time that is still to come.", field="expires")
    if ApiKey.select().where(ApiKey.user == user).count() >= MOST:
        raise Invalid(f"There are {MOST} keys already. Remove one first.", field="name")
    key = PREFIX + secrets.token_urlsafe(32)
    row = ApiKey.create(
        user=user, name=name, token=digest_of(key), ending=key[-4:], scopes=" ".join(chosen), created=now,
        expires=expires, asks=asks,
    )  # fmt: skip
    return row, key


def valid_scopes(scopes: Iterable[str]) -> list[str]:
    """The scopes, each once, in their order; Invalid (field scopes) for none or for others."""
    wanted = set(scopes)
    if not wanted or wanted - set(SCOPES):
        raise Invalid(f"Choose one or more of {', '.join(SCOPES)}.", field="scopes")
    return [scope for scope in SCOPES if scope in wanted]


def listing(user: int) -> list[ApiKey]:
    """The user's keys, the latest first, also those that have expired."""
    return list(ApiKey.select().where(ApiKey.user == user).order_by(ApiKey.id.desc()))


def remove(user: int, key: int) -> None:
    """Makes the key open nothing any more; NotFound when it is gone or someone else's."""
    if not ApiKey.delete().where((ApiKey.id == key) & (ApiKey.user == user)).execute():
        raise NotFound("There is no such key.")


def put_back(row: ApiKey) -> None:
    """Undoes ``remove``."""
    names = ("user", "name", "token", "ending", "scopes", "asks", "created", "expires", "used")
    ApiKey.create(**{name: getattr(row, name) for name in names})


def get(user: int, key: int) -> ApiKey:
    """The user's key; NotFound when it is gone or someone else's."""
    row = ApiKey.get_or_none((ApiKey.id == key) & (ApiKey.user == user))
    if row is None:
        raise NotFound("There is no such key.")
    return row


def find(key: str, now: datetime) -> tuple[Asking, datetime | None] | None:
    """The person whose key it is, and when it was last used; None for what opens nothing."""
    good = (ApiKey.token == digest_of(key)) & (ApiKey.expires.is_null() | (ApiKey.expires > now))
    row: Any = ApiKey.select(ApiKey, User).join(User).where(good & User.disabled.is_null()).first()
    if row is None:
        return None
    user = row.user
    scopes = frozenset(row.scopes.split())
    demanded = is_demanded(user.id)
    return Asking(user.id, user.name, user.owner, 0, parse(user.preferences), demanded, scopes, row.id), row.used


def is_good(key: int, now: datetime) -> bool:
    """Whether the key still opens anything."""
    good = (ApiKey.id == key) & (ApiKey.expires.is_null() | (ApiKey.expires > now)) & User.disabled.is_null()
    return bool(ApiKey.select().join(User).where(good).exists())


def touch(key: int, now: datetime) -> None:
    """Keeps that the key was used now."""
    ApiKey.update(used=now).where(ApiKey.id == key).execute()
