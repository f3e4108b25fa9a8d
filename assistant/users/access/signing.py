"""The keys that sign access tokens; each function is one unit of work."""

import secrets
from datetime import datetime, timedelta

from assistant.users.models import SigningKey

LIFE = timedelta(minutes=15)  # of an access token
SECRET = 32  # bytes of an Ed25519 key


def current(now: datetime) -> SigningKey:
    """The key that signs; the first is made when it is asked for."""
    found: SigningKey | None = SigningKey.select().order_by(SigningKey.id.desc()).first()
    return found or rotate(now)


def rotate(now: datetime) -> SigningKey:
    """A new key that signs from now on; the one before is believed until the tokens it signed have ended."""
    past = SigningKey.select(SigningKey.id).order_by(SigningKey.id.desc()).offset(1)
    old = SigningKey.created < now - LIFE
    SigningKey.delete().where(SigningKey.id.in_([row.id for row in past]) & old).execute()
    return SigningKey.create(name=secrets.token_hex(8), secret=secrets.token_bytes(SECRET), created=now)


def find(name: str) -> tuple[bytes, datetime | None] | None:
    """The secret of that key and the instant until which its tokens last, None while it is the one that signs."""
    row = SigningKey.get_or_none(SigningKey.name == name)
    if row is None:
        return None
    after: SigningKey | None = SigningKey.select().where(SigningKey.id > row.id).order_by(SigningKey.id).first()
    return bytes(row.secret), after.created + LIFE if after else None
