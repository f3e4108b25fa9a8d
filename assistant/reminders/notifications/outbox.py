"""What is to be sent outside: queued together with the ring, sent once, tried again, given up.

Whoever moves a row's ``next_try`` on has it for a minute. Who then dies has sent it or not, so it
is sent again after that minute, under the same id.
"""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from peewee import chunked, fn

from assistant.reminders.models import RINGING, Channel, Delivery, Reminder, Ring
from assistant.reminders.notifications.quiet_hours import quiet_until
from assistant.reminders.rings import RingText, Rung, ring_text, rung
from assistant.storage.database import changed
from assistant.users import accounts
from assistant.users.models import User
from assistant.users.preferences import Preferences, load, parse

TO_SEND, SENT, DROPPED, FAILED = "waiting", "sent", "dropped", "failed"
RETRIES = tuple(timedelta(seconds=seconds) for seconds in (10, 60, 300, 1800))
LEASE = timedelta(minutes=1)
STALE = timedelta(days=1)  # after which a reminder is not sent any more
TOGETHER = 4  # of one channel at once
AT_ONCE = 1000  # rows of one statement
WORDS = 300  # characters of a notice's title, and of its body


@dataclass(frozen=True, slots=True)
class Job:
    """One ring for one channel, or a notice in words like a ring's; ``private_network`` is whether the owner lets it
    stay in this network.
    """

    id: int
    channel: Channel
    ring_text: RingText
    ring: Rung | None
    private_network: bool


def enqueue(rings: Sequence[Rung]) -> None:
    """Keeps in mind, in the unit of work that made them ring, to send the rings to their users' channels."""
    users = {ring.user for ring in rings}
    channels: dict[int, list[int]] = {user: [] for user in users}
    for channel in Channel.select(Channel.id, Channel.user).where(Channel.user.in_(users)) if users else ():
        channels[channel.user].append(channel.id)
    people = {user.id: parse(user.preferences) for user in User.select().where(User.id.in_(users))} if users else {}
    rows = [
        {
            "channel": channel,
            "ring": ring.ring,
            "rang": ring.rang,
            "next_try": _first_try(people.get(ring.user, Preferences()), ring),
        }
        for ring in rings
        for channel in channels[ring.user]
    ]
    for some in chunked(rows, AT_ONCE):
        Delivery.insert_many(some).on_conflict_ignore().execute()
    for user in users:
        if channels[user]:
            changed(user, "deliveries")


def notify(user: int, title: str, body: str, address: str, now: datetime) -> None:
    """Keeps in mind to tell the user's channels, once quiet hours are over, of what stands at the address here.

    Part of the unit of work that made it, so that it is told once.
    """
    words = {"title": title[:WORDS], "body": body[:WORDS], "address": address, "rang": now}
    first = quiet_until(load(user), 0, now) or now
    for channel in Channel.select(Channel.id).where(Channel.user == user):
        Delivery.create(channel=channel.id, next_try=first, **words)
    changed(user, "deliveries")


def _first_try(chosen: Preferences, ring: Rung) -> datetime:
    return quiet_until(chosen, ring.priority, ring.rang) or ring.rang


def claim(now: datetime, limit: int, busy: Collection[int] = ()) -> list[Job]:
    """What is to be sent now, for at most a minute; a few of each channel but the ``busy`` ones.

    What was answered, deleted or is too old by now is dropped.
    """
    taken = [row for row in _due(now, limit, busy) if _won(row, now)]
    rows = Delivery.select(Delivery, Channel).join(Channel).where(Delivery.id.in_([row.id for row in taken]))
    found = list(rows.order_by(Delivery.next_try, Delivery.id)) if taken else []
    rings = {ring.ring: ring for ring in _rings(found)}
    people = {user.id: user for user in User.select().where(User.id.in_([row.channel.user for row in found]))}
    private_network = bool(found) and accounts.private_network_allowed()
    jobs = []
    for row in found:
        ring = rings.get(row.ring_id) if row.ring_id else None
        if now - row.rang > STALE or (row.ring_id and (ring is None or ring.rang != row.rang)):
            _end(row.id, DROPPED)
            continue
        chosen = parse(people[row.channel.user].preferences)
        said = ring_text(ring, chosen, now) if ring else _noticed(row)
        jobs.append(Job(row.id, row.channel, said, ring, private_network))
    return jobs


def _noticed(row: Delivery) -> RingText:
    return RingText(0, 0, row.title, row.body, "", "", row.rang, row.address, 0)


def next_try(busy: Collection[int] = ()) -> datetime | None:
    """When something is to be sent next, but for the busy channels; None when nothing is."""
    row = _waiting(busy).order_by(Delivery.next_try).first()
    return row.next_try if row else None


def waiting(now: datetime) -> int:
    """How many of all users are to be sent by now."""
    return int(Delivery.select().where((Delivery.state == TO_SEND) & (Delivery.next_try <= now)).count())


def mark_sent(delivery: int, now: datetime) -> None:
    """It arrived."""
    row = Delivery.get_or_none(Delivery.id == delivery)
    if row is not None:
        _end(delivery, SENT)
        channel_ok(row.channel_id, now)


def mark_failed(delivery: int, sentence: str, now: datetime, *, again: bool, wait: float = 0) -> None:
    """It did not arrive: it is tried again, at the earliest in ``wait`` seconds, or given up."""
    row = Delivery.get_or_none(Delivery.id == delivery)
    if row is None:
        return
    if again and row.attempts <= len(RETRIES):
        pause = max(RETRIES[row.attempts - 1], timedelta(seconds=wait))
        Delivery.update(next_try=now + pause).where(Delivery.id == delivery).execute()
    else:
        _end(delivery, FAILED)
    channel_failed(row.channel_id, sentence)


def channel_ok(channel: int, now: datetime) -> None:
    """Keeps that the channel works."""
    Channel.update(last_ok=now, last_error="", failures=0).where(Channel.id == channel).execute()
    _publish(channel)


def channel_failed(channel: int, sentence: str) -> None:
    """Keeps why the channel did not work."""
    more = Channel.failures + 1
    Channel.update(last_error=sentence[:300], failures=more).where(Channel.id == channel).execute()
    _publish(channel)


def remove_channel(channel: int) -> None:
    """The channel is no more, by its own word."""
    _publish(channel)
    Channel.delete().where(Channel.id == channel).execute()


def _publish(channel: int) -> None:
    row = Channel.get_or_none(Channel.id == channel)
    if row is not None:
        changed(row.user, "channels", channel)


def _waiting(busy: Collection[int]) -> Any:
    """What waits to be sent; nothing is sent to who is locked out."""
    rows = Delivery.select(Delivery).join(Channel).join(User, on=(Channel.user == User.id))
    return rows.where((Delivery.state == TO_SEND) & User.disabled.is_null() & Channel.id.not_in(list(busy)))


def _due(now: datetime, limit: int, busy: Collection[int]) -> list[Delivery]:
    """The earliest of each channel, so that none waits behind another's thousands."""
    place = fn.ROW_NUMBER().over(partition_by=[Delivery.channel], order_by=[Delivery.next_try, Delivery.id])
    ranked = _waiting(busy).where(Delivery.next_try <= now).select_extend(place.alias("place")).alias("ranked")
    first = Delivery.select(ranked.c.id).from_(ranked).where(ranked.c.place <= TOGETHER)
    return list(Delivery.select().where(Delivery.id.in_(first)).order_by(Delivery.next_try, Delivery.id).limit(limit))


def _won(row: Delivery, now: datetime) -> bool:
    same = (Delivery.id == row.id) & (Delivery.state == TO_SEND) & (Delivery.next_try == row.next_try)
    lease = {"next_try": now + LEASE, "attempts": Delivery.attempts + 1}
    return bool(Delivery.update(lease).where(same).execute())


def _rings(rows: Sequence[Delivery]) -> list[Rung]:
    named = Ring.id.in_([row.ring_id for row in rows if row.ring_id])
    here = named & (Ring.state == RINGING) & Reminder.deleted.is_null()
    return rung(Ring.select(Ring, Reminder).join(Reminder).where(here)) if rows else []


def _end(delivery: int, state: str) -> None:
    Delivery.update(state=state).where(Delivery.id == delivery).execute()
