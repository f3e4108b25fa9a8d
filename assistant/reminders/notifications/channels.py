"""Where a user's reminders ring outside the page; each function is one unit of work."""

from base64 import urlsafe_b64decode
from datetime import datetime
from typing import Any

from assistant.errors import Conflict, Invalid, NotFound
from assistant.reminders.models import NTFY, PUSH, WEBHOOK, Channel
from assistant.reminders.notifications.http_client import parse_address
from assistant.storage.database import changed
from assistant.storage.text import clean

MOST = 20  # of one user
LONGEST_SECRET = 200
POINT, AUTH = 65, 16  # bytes of a browser's keys
TOPIC = frozenset("abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789-_")
LONGEST_TOPIC = 64


def subscribe(
    user: int, session: int, *, address: str, p256dh: str, auth: str, name: str, now: datetime,
    private_network: bool = False,
) -> Channel:  # fmt: skip
    """The browser of this session, from now on; one that was somebody's before is theirs no more.

    Only with ``private_network``, its push service may do without HTTPS. Raises Invalid with the field.
    """
    parse_address(address, secure=not private_network)
    if _bytes(p256dh)[:1] != b"\x04" or len(_bytes(p256dh)) != POINT or len(_bytes(auth)) != AUTH:
        raise Invalid("This browser's keys cannot be used.", field="keys")
    known = Channel.get_or_none((Channel.kind == PUSH) & (Channel.address == address))
    if known is not None and known.auth != auth:
        # Who does not know the browser's secret is not in that browser.
        raise Conflict("This browser is subscribed already, with other keys.", field="address")
    if known is not None:
        known.delete_instance()
    _check_quota(user)
    changed(user, "channels")
    return Channel.create(
        user=user, kind=PUSH, name=clean(name)[:100], address=address, p256dh=p256dh, auth=auth, session=session,
        created=known.created if known is not None and known.user == user else now,
    )  # fmt: skip


def renew(user: int, session: int, *, address: str, auth: str) -> bool:
    """Whether the browser with this subscription still rings for the user, from now on by this session.

    One that rang for somebody else rings for nobody any more: another person uses it now.
    """
    row = Channel.get_or_none((Channel.kind == PUSH) & (Channel.address == address) & (Channel.auth == auth))
    if row is None:
        return False
    if row.user != user:
        row.delete_instance()
        changed(row.user, "channels", row.id)
        return False
    if row.session_id != session:
        Channel.update(session=session).where(Channel.id == row.id).execute()
        changed(user, "channels", row.id)
    return True


def add(user: int, *, kind: str, address: str, secret: str, now: datetime) -> Channel:
    """A new webhook or ntfy topic; ``secret`` signs what is sent, or is ntfy's access token.

    Raises Invalid with the field, Conflict when it is there already.
    """
    address = address.strip()
    url = parse_address(address)
    secret = secret.strip()
    if len(secret) > LONGEST_SECRET or not (secret.isascii() and secret.isprintable()):
        raise Invalid(f"Use at most {LONGEST_SECRET} plain letters, digits and signs.", field="secret")
    if kind not in {WEBHOOK, NTFY}:
        raise Invalid("Choose webhook or ntfy.", field="kind")
    if kind == NTFY and (url.raw_query_string or not _topic(url.path.rpartition("/")[2])):
        raise Invalid("An ntfy address ends with its topic, such as https://ntfy.sh/my-topic", field="address")
    if Channel.select().where(_of(user) & (Channel.kind == kind) & (Channel.address == address)).exists():
        raise Conflict("This address is there already.", field="address")
    _check_quota(user)
    changed(user, "channels")
    return Channel.create(user=user, kind=kind, address=address, secret=secret, created=now)


def listing(user: int) -> list[Channel]:
    """The user's channels, in the order in which they came."""
    return list(Channel.select().where(_of(user)).order_by(Channel.created, Channel.id))


def get(user: int, channel: int) -> Channel:
    """The user's channel; NotFound when it is gone or someone else's."""
    row = Channel.get_or_none((Channel.id == channel) & _of(user))
    if row is None:
        raise NotFound("This device or address is not there any more.")
    return row


def remove(user: int, channel: int) -> None:
    """Nothing more is sent there; NotFound when it is someone else's."""
    get(user, channel).delete_instance()
    changed(user, "channels", channel)


def _of(user: int) -> Any:
    return Channel.user == user


def _check_quota(user: int) -> None:
    if Channel.select().where(_of(user)).count() >= MOST:
        raise Invalid(f"These are {MOST} devices and addresses already. Remove one first.", field="address")


def _topic(topic: str) -> bool:
    return 0 < len(topic) <= LONGEST_TOPIC and set(topic) <= TOPIC


def _bytes(text: str) -> bytes:
    try:
        return urlsafe_b64decode(text + "=" * (-len(text) % 4))
    except ValueError:
        return b""
