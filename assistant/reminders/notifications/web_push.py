"""Web Push: the key pair that makes a push ours, and the encryption that only the browser can undo."""

import re
from base64 import urlsafe_b64encode
from contextlib import suppress
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

from assistant.reminders.notifications.http_client import DeliveryError, Request
from assistant.storage.database import Database
from assistant.storage.house.rows import key
from assistant.storage.text import clean

KEPT = 24 * 3600  # seconds for which the push service keeps what a switched-off phone should get
GOOD_FOR = timedelta(hours=12)  # that a signature counts; some services refuse a day
NOBODY = "mailto:assistant@example.com"  # services demand a contact, of a form that could be one
CONTACT = re.compile(r"[a-z0-9-]+(\.[a-z0-9-]+)+", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Subscription:
    """A browser's address at its push service, and the keys with which a push for it is encrypted."""

    endpoint: str
    p256dh: str
    auth: str


def parse_subscription(told: Any) -> Subscription:
    """The subscription as ``PushSubscription.toJSON`` writes it; what is not there is empty."""
    told = told if isinstance(told, dict) else {}
    keys = told.get("keys")
    keys = keys if isinstance(keys, dict) else {}
    parts = (told.get("endpoint", ""), keys.get("p256dh", ""), keys.get("auth", ""))
    return Subscription(*(clean(str(part)) for part in parts))


class VapidKeys:
    """The installation's VAPID keys, in a row: all instances have the same.

    They are made, and what needs cryptography is imported, when they are first used: most people never switch this on.
    """

    def __init__(self, database: Database, origin: str = "", former: Path | None = None) -> None:
        """``origin`` is the address in people's browsers, where one is configured.

        ``former`` is a file in which the keys were once: it moves in, and is deleted.
        """
        self._database, self._former = database, former
        self._contact = _contact(origin)
        self._vapid: Any = None

    def _pem(self) -> bytes:
        """The key pair, which is made unless there is one; of any number that ask at once, all get the same."""
        with self._database.peewee.connection_context():  # this thread may not come again
            found = self._database.run_here(key, "vapid", self._first)
        if self._former is not None:
            with suppress(OSError):
                self._former.unlink()
        return found

    def _first(self) -> bytes:
        if self._former is not None and self._former.exists():
            return self._former.read_bytes()
        from py_vapid import Vapid  # noqa: PLC0415

        made = Vapid()
        made.generate_keys()
        return bytes(made.private_pem())

    def public(self) -> str:
        """The public key, as a browser wants it for a subscription."""
        from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat  # noqa: PLC0415

        raw = self._pair().public_key.public_bytes(Encoding.X962, PublicFormat.UncompressedPoint)
        return urlsafe_b64encode(raw).rstrip(b"=").decode()

    def encrypt(
        self, address: str, *, p256dh: str, auth: str, message: bytes, topic: str, now: datetime
    ) -> Request:  # fmt: skip
        """The push for the browser with these keys; a later one of the same topic takes its place."""
        from py_vapid import VapidException  # noqa: PLC0415
        from pywebpush import WebPusher, WebPushException  # noqa: PLC0415

        parts = urlsplit(address)
        claims = {"aud": f"{parts.scheme}://{parts.netloc}", "sub": self._contact, "exp": _seconds(now + GOOD_FOR)}
        subscription = {"endpoint": address, "keys": {"p256dh": p256dh, "auth": auth}}
        try:
            signed: dict[str, str] = self._pair().sign(claims)
            body = WebPusher(subscription).encode(message)["body"]
        except (VapidException, WebPushException, ValueError):
            raise DeliveryError(
                "This browser's keys do not work. Switch it off and on again there.", again=False
            ) from None
        headers = {
            "Content-Encoding": "aes128gcm", "Content-Type": "application/octet-stream", "TTL": str(KEPT),
            "Urgency": "high", "Topic": topic, **signed,
        }  # fmt: skip
        return Request(address, bytes(body), headers)

    def _pair(self) -> Any:
        if self._vapid is None:
            from py_vapid import Vapid, VapidException  # noqa: PLC0415

            try:
                self._vapid = Vapid.from_pem(self._pem())
            except (VapidException, ValueError):
                raise DeliveryError("The keys that sign notifications cannot be read.", again=True) from None
        return self._vapid


def _contact(origin: str) -> str:
    parts = urlsplit(origin)
    known = parts.scheme == "https" and CONTACT.fullmatch(parts.hostname or "")
    return f"https://{parts.hostname}" if known else NOBODY


def _seconds(instant: datetime) -> int:
    return int(instant.timestamp())
