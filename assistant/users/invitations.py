"""Invitations: links that each let one person register. Each function is one unit of work."""

import secrets
from datetime import datetime, timedelta
from typing import Any

from assistant.users.models import Invitation
from assistant.users.passwords import digest_of

LIFE = timedelta(days=7)


def invite(now: datetime) -> str:
    """The secret of a new invitation, good for one person within seven days."""
    token = secrets.token_urlsafe(24)
    Invitation.create(token=digest_of(token), created=now, expires=now + LIFE)
    return token


def listing(now: datetime) -> list[Invitation]:
    """The invitations that nobody has used yet and that are still good, the latest first."""
    return list(Invitation.select().where(_waiting(now)).order_by(Invitation.id.desc()))


def good(secret: str, now: datetime) -> bool:
    """Whether the secret is that of an invitation that still lets somebody in."""
    return bool(Invitation.select().where(_waiting(now) & (Invitation.token == digest_of(secret))).exists())


def use(secret: str, now: datetime) -> None:
    """Says that the invitation has let somebody in."""
    Invitation.update(used=now).where(_waiting(now) & (Invitation.token == digest_of(secret))).execute()


def take_back(invitation: int) -> None:
    """Makes the invitation's link lead nowhere."""
    Invitation.delete().where(Invitation.id == invitation).execute()


def put_back(invitation: Invitation) -> None:
    """Undoes ``take_back``."""
    Invitation.create(token=invitation.token, created=invitation.created, expires=invitation.expires)


def _waiting(now: datetime) -> Any:
    return Invitation.used.is_null() & (Invitation.expires > now)
