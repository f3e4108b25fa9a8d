"""After a clock that was ahead is put right: what it rang too early is forgotten and rings at its time."""

from datetime import datetime, timedelta

from peewee import chunked

from assistant.reminders import schedule
from assistant.reminders.models import ACTIVE, Delivery, Reminder, Ring
from assistant.storage.database import changed

SLACK = timedelta(days=1)  # what rang a little early stays: that it rings twice would be worse
AT_ONCE = 500


def forget_future(now: datetime) -> int:
    """Takes back what rang later than ``now``; returns how many reminders have their times anew."""
    ahead = now + SLACK
    # Done or moved ahead of its time by a person is not early; its answer was given before now.
    unanswered = Ring.answered.is_null() | (Ring.answered > ahead)
    early = (Ring.rang > ahead) | (Ring.rang.is_null() & (Ring.due > ahead) & unanswered)
    rows = [(ring.id, ring.reminder_id) for ring in Ring.select(Ring.id, Ring.reminder).where(early)]
    reminders = sorted({reminder for _, reminder in rows})
    for some in chunked((ring for ring, _ in rows), AT_ONCE):
        Ring.delete().where(Ring.id.in_(list(some))).execute()
    for some in chunked(reminders, AT_ONCE):
        for row in Reminder.select().where(Reminder.id.in_(list(some)) & (Reminder.state == ACTIVE)):
            schedule.set_times(row, now)
            row.save(only=[Reminder.due, Reminder.at])
            changed(row.user, "reminders", row.id)
    late = (Delivery.state == "waiting") & (Delivery.next_try > ahead)
    Delivery.update(next_try=now).where(late).execute()
    return len(reminders)
