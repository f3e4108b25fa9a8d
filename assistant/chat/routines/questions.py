"""A user's scheduled questions: added, changed, deleted; each function is one unit of work."""

from datetime import datetime, timedelta
from itertools import pairwise
from typing import Any

from assistant.chat.conversations import KNOWS
from assistant.chat.routines.around import Around
from assistant.chat.routines.rows import ScheduledQuestion
from assistant.errors import Conflict, Invalid, NotFound
from assistant.storage.database import changed
from assistant.storage.text import check_fits
from assistant.users import preferences

LONGEST = 4_000  # characters of a question
MOST = 50  # of one user
CLOSEST = timedelta(minutes=15)  # between two times: models are slow, and people read slowly
SHOWN = 3
UNDO_TIME = timedelta(days=1)


def listing(user: int) -> list[ScheduledQuestion]:
    """The user's scheduled questions, in the order in which they came."""
    mine = (ScheduledQuestion.user == user) & ScheduledQuestion.deleted.is_null()
    return list(ScheduledQuestion.select().where(mine).order_by(ScheduledQuestion.id))


def get(user: int, question: int) -> ScheduledQuestion:
    """The user's scheduled question; NotFound when it is deleted or someone else's."""
    mine = (ScheduledQuestion.id == question) & (ScheduledQuestion.user == user)
    found = ScheduledQuestion.get_or_none(mine & ScheduledQuestion.deleted.is_null())
    if found is None:
        raise NotFound("There is no such question.")
    return found


def add(
    user: int, around: Around, *, text: str, local: str, rule: str, now: datetime, model: str = "", knows: str = ""
) -> ScheduledQuestion:  # fmt: skip
    """A new one, to be asked from its first time on; raises Invalid with the field for what cannot be."""
    row = tried(user, around, text=text, local=local, rule=rule, now=now, model=model, knows=knows)
    if len(listing(user)) >= MOST:
        raise Conflict(f"You have {MOST} scheduled questions, which is all there is room for.")
    row.save(force_insert=True)
    changed(user, "routines")
    return row


def tried(
    user: int, around: Around, *, text: str, local: str, rule: str, now: datetime, model: str = "", knows: str = ""
) -> ScheduledQuestion:  # fmt: skip
    """One as ``add`` would keep it, but kept nowhere; raises the same."""
    row = ScheduledQuestion(
        user=user, text=_valid_text(text), local=local, rule=rule, zone=preferences.load(user).zone, model=model[:200],
        knows=_valid_knows(knows), created=now, updated=now,
    )  # fmt: skip
    _set_due(row, around, now)
    return row


def change(user: int, question: int, around: Around, *, now: datetime, **values: Any) -> ScheduledQuestion:
    """Changes text, local, rule, model, knows or paused; raises Invalid with the field for what cannot be."""
    row = get(user, question)
    if "text" in values:
        values["text"] = _valid_text(values["text"])
    if "knows" in values:
        values["knows"] = _valid_knows(values["knows"])
    for name, value in values.items():
        setattr(row, name, value)
    row.updated = now
    if values.keys() & {"local", "rule", "paused"}:
        _set_due(row, around, now)
    if row.paused:
        row.wanted = row.next_try = None
    _keep(row)
    return row


def run_now(user: int, question: int, now: datetime) -> ScheduledQuestion:
    """Lets it be asked at once, beside its times; Conflict while it is being asked."""
    row = get(user, question)
    if row.wanted is not None:
        raise Conflict("It is being asked just now.")
    row.wanted, row.next_try, row.answer = now, now, None
    _keep(row)
    return row


def delete(user: int, question: int, now: datetime) -> None:
    """Asks it no more; ``restore`` undoes it for a day."""
    row = get(user, question)
    row.deleted, row.due, row.wanted, row.next_try = now, None, None, None
    _keep(row)


def restore(user: int, question: int, around: Around, now: datetime) -> ScheduledQuestion:
    """Undoes ``delete``; NotFound when it is gone for good or someone else's."""
    mine = (ScheduledQuestion.id == question) & (ScheduledQuestion.user == user)
    row = ScheduledQuestion.get_or_none(mine)
    if row is None:
        raise NotFound("There is no such question.")
    row.deleted = None
    _set_due(row, around, now)
    _keep(row)
    return row


def understood(user: int, around: Around, when: str, now: datetime) -> dict[str, str]:
    """The first time on the wall and the rule that ``when`` says, such as “every Monday at 8”.

    Raises Invalid (field when) where it says something else as well, or nothing of times.
    """
    said = around.understand(user, when, now)
    if said.stops:
        raise Invalid(said.stops, field="when")
    if not said.local or said.rest:
        raise Invalid("Say when, such as “every Monday at 8”.", field="when")
    return {"local": said.local, "rule": said.rule}


def next_times(row: ScheduledQuestion, around: Around, now: datetime) -> list[datetime]:
    """The next times at which it is asked; none while it is paused."""
    if row.paused:
        return []
    return around.next_times(datetime.fromisoformat(row.local), row.zone, row.rule, now, SHOWN)


def purge(now: datetime) -> int:
    """Deletes for good what was deleted a day ago; says how many."""
    return int(ScheduledQuestion.delete().where(ScheduledQuestion.deleted < now - UNDO_TIME).execute())


def _set_due(row: ScheduledQuestion, around: Around, now: datetime) -> None:
    try:
        first = datetime.fromisoformat(row.local)
    except ValueError:
        raise Invalid("Say when, such as “every Monday at 8”.", field="local") from None
    times = around.next_times(first, row.zone, row.rule, now, SHOWN)
    if not times and not row.deleted and not row.paused:
        raise Invalid("This time has passed, and does not come again.", field="local")
    if any(later - earlier < CLOSEST for earlier, later in pairwise(times)):
        raise Invalid("At most every quarter of an hour.", field="rule")
    row.due = None if row.paused or not times else times[0]


def _keep(row: ScheduledQuestion) -> None:
    row.save()
    changed(row.user, "routines")


def _valid_text(text: str) -> str:
    text = text.strip()
    if not text:
        raise Invalid("Write what is to be asked.", field="text")
    check_fits(text, LONGEST)
    return text


def _valid_knows(knows: str) -> str:
    if knows not in KNOWS:
        raise Invalid("A question is answered from your notes, or from nothing.", field="knows")
    return knows
