"""What rang and what waits for an answer, in words, and the answers: done, not done after all, later, go away."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta

from peewee import Expression

from assistant.errors import Invalid, NotFound
from assistant.reminders.exceptions import go_on, kept_after, occurs
from assistant.reminders.models import ACTIVE, DISMISSED, DONE, MOVED, RINGING, SNOOZED, WAITING, Reminder, Ring
from assistant.reminders.recurrence import timezones, wording
from assistant.reminders.schedule import again, catch_up, leads, occurrence_after, ring_after, set_times
from assistant.reminders.trash import get_own
from assistant.storage.database import changed
from assistant.users.preferences import Preferences

RINGING_LIMIT = 100


@dataclass(frozen=True, slots=True)
class Rung:
    """A ring that waits for an answer: what to show, and how late it is."""

    ring: int
    reminder: int
    user: int
    text: str
    priority: int
    occurrence: datetime
    lead: int  # minutes before the occurrence
    due: datetime
    rang: datetime
    late: int  # seconds; 0 when it rang within a minute
    missed: int  # further occurrences that this one rings for
    link_kind: str
    link_id: int | None


@dataclass(frozen=True, slots=True)
class Rang:
    """A ring of the past, as the history of a reminder tells it; one without ``rang`` made no sound."""

    ring: int
    occurrence: datetime
    lead: int
    due: datetime
    rang: datetime | None
    state: str
    answered: datetime | None
    snoozed_until: datetime | None
    late: int
    missed: int


def ringing(user: int, limit: int = RINGING_LIMIT) -> list[Rung]:
    """The user's rings that wait for an answer, newest first, without the snoozed ones."""
    return rung(Ring.select(Ring, Reminder).join(Reminder).where(waiting(user)).order_by(Ring.rang.desc()).limit(limit))


def ringing_count(user: int) -> int:
    """How many rings of the user wait for an answer."""
    return int(Ring.select().join(Reminder).where(waiting(user)).count())


def waiting(user: int) -> Expression:
    """Chooses the user's rings that wait for an answer, read together with their reminders."""
    return (Ring.user == user) & (Ring.state == RINGING) & Reminder.deleted.is_null()


def history(user: int, reminder: int, limit: int = 100) -> list[Rang]:
    """What rang of the reminder and what became of it, newest first; NotFound when it is someone else's."""
    get_own(user, reminder)
    rows = Ring.select().where(Ring.reminder == reminder).order_by(Ring.occurrence.desc(), Ring.lead).limit(limit)
    return [
        Rang(r.id, r.occurrence, r.lead, r.due, r.rang, r.state, r.answered, r.snoozed_until, r.late, r.missed)
        for r in rows
    ]


def rung(rings: Iterable[Ring]) -> list[Rung]:
    """Rings, read together with their reminders, as they are shown."""
    return [
        Rung(
            ring=r.id, reminder=r.reminder.id, user=r.user, text=r.reminder.text, priority=r.reminder.priority,
            occurrence=r.occurrence, lead=r.lead, due=r.due, rang=r.rang, late=r.late, missed=r.missed,
            link_kind=r.reminder.link_kind, link_id=r.reminder.link_id,
        )
        for r in rings
    ]  # fmt: skip


@dataclass(frozen=True, slots=True)
class RingText:
    """``late`` and ``missed`` are empty where there is nothing to say; ``address`` is where it leads, here."""

    id: int
    reminder: int
    text: str
    when: str
    late: str
    missed: str
    rang: datetime
    address: str
    priority: int


def ring_text(ring: Rung, chosen: Preferences, now: datetime, *, address: str = "") -> RingText:
    """The ring as it is told to a person who has chosen so; ``address`` is that of what the reminder leads to."""
    at, today = ring.occurrence.astimezone(chosen.zone_info), now.astimezone(chosen.zone_info).date()
    same_day, formats = at.date() == today, chosen.formats
    return RingText(
        id=ring.ring, reminder=ring.reminder, text=ring.text,
        when=formats.time(at) if same_day else f"{formats.named(at.date(), today)}, {formats.time(at)}",
        late=wording.late(ring.late),
        missed=f"{ring.missed} earlier missed" if ring.missed else "", rang=ring.rang,
        address=address or f"/reminders?open={ring.reminder}", priority=ring.priority,
    )  # fmt: skip


SNOOZE_LIMIT = timedelta(days=366)


def complete(user: int, reminder: int, now: datetime, *, occurrence: datetime | None = None) -> bool:
    """Marks as done what the reminder waits for; returns whether that changed anything.

    A repeating one goes on with its next occurrence, or is done when there is none; one that is
    counted from being done starts again. With an ``occurrence``, only that one is meant: ticked
    twice, it is done once. Raises NotFound when the reminder is someone else's.
    """
    row = get_own(user, reminder)
    if row.state == DONE or (occurrence is not None and occurrence != row.at):
        return False
    _answer_all(row, DONE, now)
    if row.after_done:
        row.local = again(row, now)
        set_times(row, now)
        catch_up(row, now)
    else:
        _go_on(row, now)
    row.updated = now
    _save(row)
    return True


def uncomplete(user: int, reminder: int, now: datetime) -> bool:
    """Takes back the last time the reminder was done; returns whether there was one.

    What was answered waits again; what was done before it could ring will ring. Raises NotFound
    when the reminder is someone else's.
    """
    row = get_own(user, reminder)
    rings = Ring.select().where((Ring.reminder == row.id) & (Ring.state == DONE))
    last = rings.order_by(Ring.answered.desc(), Ring.occurrence.desc()).first()
    if last is not None and row.state != DONE and not row.after_done and not occurs(row, last.occurrence):
        return False  # it has another time since
    if last is None and (row.state != DONE or (row.rule and kept_after(row, now) is None)):
        return False  # it was not done, or is over because its dates were moved
    row.state, row.done, row.updated = ACTIVE, None, now
    if last is not None:
        _unanswer(row, last)
        if row.after_done:
            row.local = timezones.on_the_wall(last.occurrence, row.zone)
        row.at = last.occurrence
    elif row.rule:
        row.at = kept_after(row, now)
    if row.after_done or row.due is None or row.due > now:
        row.due = ring_after(row, now)
        catch_up(row, now)
    _save(row)
    return True


def answer(user: int, ring: int, how: str, now: datetime) -> bool:
    """Answers the ring with done or dismissed; the first answer counts: returns whether this one did.

    Done completes the occurrence, as ``complete``. Dismissed only silences it: a repeating reminder
    goes on, another stays where it is. Raises Invalid for another answer, NotFound when the ring is
    someone else's.
    """
    if how not in {DONE, DISMISSED}:
        raise Invalid("A reminder is answered with done or dismissed.", field="how")
    row = _ring(user, ring)
    if row.state not in WAITING:
        return False
    reminder = get_own(user, row.reminder_id)
    if how == DONE and reminder.at == row.occurrence:
        return complete(user, reminder.id, now)
    _set(row, state=how, answered=now, snoozed_until=None)
    if reminder.rule and reminder.at == row.occurrence and row.occurrence <= now:
        reminder.at = kept_after(reminder, now) or reminder.at
    _save(reminder)
    return True


def dismiss_all(user: int, now: datetime) -> int:
    """Silences all that rings, as ``answer`` with dismissed; returns how many rings that were."""
    rings = list(Ring.select(Ring.id, Ring.reminder).join(Reminder).where(waiting(user)).order_by(Ring.occurrence))
    for ring in rings:
        answer(user, ring.id, DISMISSED, now)
    return len(rings)


def snooze(user: int, ring: int, until: datetime, now: datetime) -> bool:
    """Lets the ring come again then; returns whether it still waited for an answer.

    Raises Invalid (field until) for a time that is past or more than a year away, NotFound when
    the ring is someone else's.
    """
    if not now < until <= now + SNOOZE_LIMIT:
        raise Invalid("Choose a time within the next year.", field="until")
    row = _ring(user, ring)
    if row.state not in WAITING:
        return False
    get_own(user, row.reminder_id)
    _set(row, state=SNOOZED, snoozed_until=until)
    changed(user, "reminders", row.reminder_id)
    return True


def put_away(row: Reminder, now: datetime) -> None:
    """Silences what waits for an answer and forgets what was done ahead, as another time is set."""
    of_it = Ring.reminder == row.id
    Ring.update(state=DISMISSED, answered=now, snoozed_until=None).where(of_it & Ring.state.in_(WAITING)).execute()
    ahead = Ring.rang.is_null() & (Ring.occurrence > now) & (Ring.state != MOVED)
    Ring.delete().where(of_it & ahead).execute()


def _answer_all(row: Reminder, how: str, now: datetime) -> None:
    """Answers the rings that wait, and those that were to come for the same occurrence."""
    open_rings = (Ring.reminder == row.id) & Ring.state.in_(WAITING)
    if row.at is not None:
        # What rings ahead of a later occurrence is not about this one.
        open_rings &= Ring.occurrence <= row.at
    Ring.update(state=how, answered=now, snoozed_until=None).where(open_rings).execute()
    if row.at is None:
        return
    ahead = [(lead, row.at - timedelta(minutes=lead)) for lead in leads(row)]
    to_come = [
        {"reminder": row.id, "user": row.user, "occurrence": row.at, "lead": lead, "due": due, "state": how,
         "answered": now}
        for lead, due in ahead
    ]  # fmt: skip
    Ring.insert_many(to_come).on_conflict_ignore().execute()


def _go_on(row: Reminder, now: datetime) -> None:
    go_on(row, kept_after(row, max(now, row.at or now)) if row.rule else None, now)
    while row.due is not None and row.due > now and _all_answered(row, row.due):
        row.due = ring_after(row, row.due)


def _all_answered(row: Reminder, due: datetime) -> bool:
    occurrences = [(due + timedelta(minutes=lead), lead) for lead in leads(row)]
    known = {
        (ring.occurrence, ring.lead)
        for ring in Ring.select(Ring.occurrence, Ring.lead).where((Ring.reminder == row.id) & (Ring.due == due))
    }
    return all(
        pair in known or occurrence_after(row, pair[0] - timedelta(microseconds=1)) != pair[0] for pair in occurrences
    )


def _unanswer(row: Reminder, last: Ring) -> None:
    same = (Ring.reminder == row.id) & (Ring.answered == last.answered) & (Ring.state == DONE)
    Ring.delete().where(same & Ring.rang.is_null()).execute()
    Ring.update(state=RINGING, answered=None).where(same).execute()


def _ring(user: int, ring: int) -> Ring:
    row = Ring.get_or_none((Ring.id == ring) & (Ring.user == user))
    if row is None:
        raise NotFound("There is no such reminder.")
    return row


def _set(ring: Ring, **values: object) -> None:
    Ring.update(**values).where((Ring.id == ring.id) & Ring.state.in_(WAITING)).execute()


def _save(row: Reminder) -> None:
    row.save()
    changed(row.user, "reminders", row.id)
