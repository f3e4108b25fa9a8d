"""What a ring says to a browser, a webhook or an ntfy topic."""

import hashlib
import hmac
import json
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from assistant.reminders.cards import Card
from assistant.reminders.deliveries import Job
from assistant.reminders.history import Rung
from assistant.reminders.models import NTFY, PUSH, Channel
from assistant.reminders.posting import Letter
from assistant.reminders.pushing import Keys

URGENCY = {0: 3, 1: 2, 2: 4, 3: 5}  # ntfy's priorities for ours
JSON = {"Content-Type": "application/json"}
TEST = "Test"
TRIED = "Your reminders arrive here."


@dataclass(frozen=True, slots=True)
class Letters:
    """Writes letters; ``origin`` is the address in people's browsers, empty where none is configured."""

    keys: Keys
    origin: str = ""

    def about(self, job: Job, now: datetime) -> Letter:
        """The letter about a ring; encrypts, so call it in a thread."""
        card, id = job.card, str(job.id)  # noqa: A001 - as receivers read it
        if job.channel.kind == PUSH:
            told = {"id": id, "ring": card.id, "title": card.text, "body": _words(card), "address": card.address}
            return self._sealed(job.channel, told, f"ring{card.id}", now)
        if job.channel.kind == NTFY:
            return self._ntfy(job.channel, card.text, _words(card), URGENCY[job.ring.priority], card.address)
        return _signed(job.channel, _event(id, card, job.ring, self.origin))

    def trial(self, channel: Channel, now: datetime) -> Letter:
        """A letter that only shows that letters arrive; encrypts, so call it in a thread."""
        if channel.kind == PUSH:
            told = {"id": "test", "ring": 0, "title": TEST, "body": TRIED, "address": "/reminders"}
            return self._sealed(channel, told, "test", now)
        if channel.kind == NTFY:
            return self._ntfy(channel, TEST, TRIED, URGENCY[0], "/reminders")
        return _signed(channel, {"id": "test", "event": "test", "text": TRIED, "sent": now.isoformat()})

    def _sealed(self, channel: Channel, told: dict[str, Any], topic: str, now: datetime) -> Letter:
        message = json.dumps(told, ensure_ascii=False).encode()
        return self.keys.sealed(
            channel.address, p256dh=channel.p256dh, auth=channel.auth, message=message, topic=topic, now=now
        )

    def _ntfy(self, channel: Channel, title: str, body: str, priority: int, address: str) -> Letter:
        # As JSON to the server itself: the headers of the other way cannot carry all letters.
        server, _, topic = channel.address.rpartition("/")
        told = {"topic": topic, "title": title, "message": body, "priority": priority, "tags": ["bell"]}
        if self.origin:
            told["click"] = self.origin + address
        headers = JSON | ({"Authorization": f"Bearer {channel.secret}"} if channel.secret else {})
        return Letter(f"{server}/", json.dumps(told).encode(), headers)


def _words(card: Card) -> str:
    return " · ".join(part for part in (card.when, card.late, card.missed) if part)


def _event(id: str, card: Card, ring: Rung, origin: str) -> dict[str, Any]:  # noqa: A002 - as receivers read it
    return {
        "id": id, "event": "ring", "text": card.text, "when": card.when, "occurrence": ring.occurrence.isoformat(),
        "rang": ring.rang.isoformat(), "late": ring.late, "missed": ring.missed, "priority": ring.priority,
        "reminder": ring.reminder, "ring": ring.ring, "address": origin + card.address,
    }  # fmt: skip


def _signed(channel: Channel, told: dict[str, Any]) -> Letter:
    body = json.dumps(told, ensure_ascii=False).encode()
    headers = JSON | {"X-Assistant-Delivery": str(told["id"])}
    if channel.secret:
        signature = hmac.new(channel.secret.encode(), body, hashlib.sha256).hexdigest()
        headers["X-Assistant-Signature"] = f"sha256={signature}"
    return Letter(channel.address, body, headers)
