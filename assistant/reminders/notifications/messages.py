"""What a ring says to a browser, a webhook or an ntfy topic."""

import hashlib
import hmac
import json
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from assistant.reminders.models import NTFY, PUSH, Channel
from assistant.reminders.notifications.http_client import Request
from assistant.reminders.notifications.outbox import Job
from assistant.reminders.notifications.web_push import VapidKeys
from assistant.reminders.rings import RingText, Rung

URGENCY = {0: 3, 1: 2, 2: 4, 3: 5}  # ntfy's priorities for ours
JSON = {"Content-Type": "application/json"}
TEST = "Test"
TRIED = "Your reminders arrive here."


@dataclass(frozen=True, slots=True)
class MessageBuilder:
    """Builds requests; ``origin`` is the address in people's browsers, empty where none is configured."""

    keys: VapidKeys
    origin: str = ""

    def about(self, job: Job, now: datetime) -> Request:
        """The request that tells of a ring or a notice; encrypts, so call it in a thread."""
        ring_text, id = job.ring_text, str(job.id)  # noqa: A001 - as receivers read it
        if job.channel.kind == PUSH:
            payload = {
                "id": id,
                "ring": ring_text.id,
                "title": ring_text.text,
                "body": _words(ring_text),
                "address": ring_text.address,
            }
            return self._encrypted(job.channel, payload, f"ring{ring_text.id}" if job.ring else f"notice{id}", now)
        if job.channel.kind == NTFY:
            return self._ntfy(
                job.channel, ring_text.text, _words(ring_text), URGENCY[ring_text.priority], ring_text.address
            )
        if job.ring is None:
            return _signed(job.channel, _notice(id, ring_text, self.origin))
        return _signed(job.channel, _event(id, ring_text, job.ring, self.origin))

    def trial(self, channel: Channel, now: datetime) -> Request:
        """A request that only shows that notifications arrive; encrypts, so call it in a thread."""
        if channel.kind == PUSH:
            payload = {"id": "test", "ring": 0, "title": TEST, "body": TRIED, "address": "/reminders"}
            return self._encrypted(channel, payload, "test", now)
        if channel.kind == NTFY:
            return self._ntfy(channel, TEST, TRIED, URGENCY[0], "/reminders")
        return _signed(channel, {"id": "test", "event": "test", "text": TRIED, "sent": now.isoformat()})

    def _encrypted(self, channel: Channel, payload: dict[str, Any], topic: str, now: datetime) -> Request:
        message = json.dumps(payload, ensure_ascii=False).encode()
        return self.keys.encrypt(
            channel.address, p256dh=channel.p256dh, auth=channel.auth, message=message, topic=topic, now=now
        )

    def _ntfy(self, channel: Channel, title: str, body: str, priority: int, address: str) -> Request:
        # As JSON to the server itself: the headers of the other way cannot carry all letters.
        server, _, topic = channel.address.rpartition("/")
        payload = {"topic": topic, "title": title, "message": body, "priority": priority, "tags": ["bell"]}
        if self.origin:
            payload["click"] = self.origin + address
        headers = JSON | ({"Authorization": f"Bearer {channel.secret}"} if channel.secret else {})
        return Request(f"{server}/", json.dumps(payload).encode(), headers)


def _words(ring_text: RingText) -> str:
    return " · ".join(part for part in (ring_text.when, ring_text.late, ring_text.missed) if part)


def _event(id: str, ring_text: RingText, ring: Rung, origin: str) -> dict[str, Any]:  # noqa: A002 - as receivers read it
    return {
        "id": id, "event": "ring", "text": ring_text.text, "when": ring_text.when,
        "occurrence": ring.occurrence.isoformat(),
        "rang": ring.rang.isoformat(), "late": ring.late, "missed": ring.missed, "priority": ring.priority,
        "reminder": ring.reminder, "ring": ring.ring, "address": origin + ring_text.address,
    }  # fmt: skip


def _notice(id: str, said: RingText, origin: str) -> dict[str, Any]:  # noqa: A002 - as receivers read it
    return {
        "id": id, "event": "notice", "text": said.text, "body": said.when, "rang": said.rang.isoformat(),
        "address": origin + said.address,
    }  # fmt: skip


def _signed(channel: Channel, payload: dict[str, Any]) -> Request:
    body = json.dumps(payload, ensure_ascii=False).encode()
    headers = JSON | {"X-Assistant-Delivery": str(payload["id"])}
    if channel.secret:
        signature = hmac.new(channel.secret.encode(), body, hashlib.sha256).hexdigest()
        headers["X-Assistant-Signature"] = f"sha256={signature}"
    return Request(channel.address, body, headers)
