"""Who has given the right password and not yet a code; each function is one unit of work."""

import secrets
from datetime import datetime, timedelta

from assistant.users.models import HalfLogin, User
from assistant.users.passwords import digest_of

LIFE = timedelta(minutes=5)


def begin(user: int, now: datetime) -> str:
    """What the form of the code proves by that the password was right."""
    HalfLogin.delete().where((HalfLogin.expires <= now) | (HalfLogin.expires > now + 2 * LIFE)).execute()
    token = secrets.token_urlsafe(32)
    HalfLogin.create(user=user, token=digest_of(token), expires=now + LIFE)
    return token


def who(token: str, now: datetime) -> User | None:
    """The account of a login that waits for its code; None when it took too long, or the account is locked."""
    row = HalfLogin.select(HalfLogin, User).join(User).where(
        (HalfLogin.token == digest_of(token)) & (HalfLogin.expires > now) & User.disabled.is_null()
    ).first()  # fmt: skip
    return None if row is None else row.user


def end(user: int) -> None:
    """Ends those of the account: it is open, or its password has changed."""
    HalfLogin.delete().where(HalfLogin.user == user).execute()
