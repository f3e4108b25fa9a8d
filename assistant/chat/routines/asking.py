"""Scheduled questions that are due: claimed once, asked, followed to their end; each function is one unit of work.

Whoever moves ``due`` on has won that time, and whoever moves ``next_try`` on has the next step of it for a minute. The
question's key is that of its time: asked again after a crash, it is the same question.
"""

from datetime import UTC, datetime, time, timedelta

from assistant.chat import messages
from assistant.chat.models import CUT, DONE, SCHEDULED, STOPPED, WRITING, Conversation, Message
from assistant.chat.routines.around import Around
from assistant.chat.routines.rows import ANSWERED, FAILED, MISSED, ScheduledQuestion
from assistant.errors import NotFound
from assistant.storage.database import changed
from assistant.storage.text import one_line
from assistant.users import accounts, preferences

LEASE = timedelta(minutes=1)
PATIENCE = timedelta(hours=2)  # for which a model that is away is tried again
SOONEST = timedelta(minutes=1)
FULL = 60  # messages of a conversation, after which another is begun
THERE = "The answer is there."  # what it says may be private, and notices go through others
OWN = {"system", "temperature", "num_ctx", "think"}  # settings that conversations begin with


def is_astray() -> bool:
    """Whether somebody is in another zone than their questions."""
    return bool(_astray())


def follow_zones(around: Around, now: datetime) -> None:
    """Puts questions into the zone in which their people are now."""
    for row in _astray():
        row.zone = preferences.load(row.user).zone
        times = around.next_times(datetime.fromisoformat(row.local), row.zone, row.rule, now, 1)
        row.due = times[0] if times and not row.paused else None
        row.save(only=[ScheduledQuestion.zone, ScheduledQuestion.due])
        changed(row.user, "routines")


def forget_future(around: Around, now: datetime) -> None:
    """After a clock that was ahead is put right: what it put off has its next time again."""
    for row in ScheduledQuestion.select().where(ScheduledQuestion.due > now):
        times = around.next_times(datetime.fromisoformat(row.local), row.zone, row.rule, now, 1)
        if times and times[0] < row.due:
            ScheduledQuestion.update(due=times[0]).where(ScheduledQuestion.id == row.id).execute()
            changed(row.user, "routines")
    # What is being asked goes on now, and not when that clock would have said.
    late = ScheduledQuestion.next_try > now + PATIENCE
    ScheduledQuestion.update(next_try=now, wanted=now).where(late).execute()


def due(now: datetime) -> list[int]:
    """The questions whose time has come, the earliest first."""
    rows = ScheduledQuestion.select(ScheduledQuestion.id).where(ScheduledQuestion.due <= now)
    return [row.id for row in rows.order_by(ScheduledQuestion.due, ScheduledQuestion.id)]


def waiting(now: datetime) -> list[int]:
    """The questions that are being asked, and something of which is to be done now."""
    rows = ScheduledQuestion.select(ScheduledQuestion.id).where(ScheduledQuestion.next_try <= now)
    return [row.id for row in rows.order_by(ScheduledQuestion.next_try, ScheduledQuestion.id)]


def next_moment() -> datetime | None:
    """When something of any question is to be done next."""
    first = [
        getattr(row, field.name)
        for field in (ScheduledQuestion.due, ScheduledQuestion.next_try)
        if (row := ScheduledQuestion.select(field).where(field.is_null(is_null=False)).order_by(field).first())
    ]
    return min(first, default=None)


def claim(question: int, around: Around, now: datetime) -> None:
    """Moves the question on to its next time, and lets it be asked if this one is of today; else it was missed."""
    row = ScheduledQuestion.get_by_id(question)
    if row.due is None or row.due > now:
        return
    times = around.next_times(datetime.fromisoformat(row.local), row.zone, row.rule, now, 1)
    values: dict[str, object] = {"due": times[0] if times else None}
    latest = _latest_today(row, around, now)
    if latest is None or accounts.is_disabled(row.user):
        values |= {"last": row.due, "outcome": MISSED, "problem": ""}
    elif row.wanted is None:
        values |= {"wanted": latest, "next_try": now, "answer": None}
    same = (ScheduledQuestion.id == question) & (ScheduledQuestion.due == row.due)
    if ScheduledQuestion.update(values).where(same).execute():
        changed(row.user, "routines")


def _latest_today(row: ScheduledQuestion, around: Around, now: datetime) -> datetime | None:
    """The time of the question that has come today, by the person's calendar; None where none has."""
    zone = preferences.load(row.user).zone_info
    today = now.astimezone(zone).date()
    due: datetime = row.due
    if due.astimezone(zone).date() == today:
        return due
    midnight = datetime.combine(today, time(), zone).astimezone(UTC) - timedelta(microseconds=1)
    times = around.next_times(datetime.fromisoformat(row.local), row.zone, row.rule, midnight, 1)
    return times[0] if times and times[0] <= now else None


def take(question: int, now: datetime) -> ScheduledQuestion | None:
    """The question, whose next step is the caller's for a minute; None where it is somebody else's."""
    row = ScheduledQuestion.get_or_none(ScheduledQuestion.id == question)
    if row is None or row.next_try is None or row.next_try > now:
        return None
    same = (ScheduledQuestion.id == question) & (ScheduledQuestion.next_try == row.next_try)
    if not ScheduledQuestion.update(next_try=now + LEASE).where(same).execute():
        return None
    return row


def ask(question: int, model: str, now: datetime) -> int:
    """Asks it in its conversation; returns the answer, which is to be written.

    Raises Conflict while another answer is being written there.
    """
    row = ScheduledQuestion.get_by_id(question)
    home = _home(row)
    settings = preferences.load(row.user).model_dump(include=OWN) | {"knows": row.knows}
    pair = messages.ask(
        row.user, home.id if home else None, row.text, key=f"{SCHEDULED}{row.id} {row.wanted.isoformat()}", now=now,
        model=model, settings=settings,
    )  # fmt: skip
    # What it is called is the question, and whether it asks notes is as it was set there.
    known = Conversation.id == pair.question.conversation_id
    Conversation.update(knows=row.knows, title_by="user").where(known).execute()
    values = {"conversation": pair.question.conversation_id, "answer": pair.answer, "problem": ""}
    ScheduledQuestion.update(values).where(ScheduledQuestion.id == question).execute()
    changed(row.user, "routines")
    return int(pair.answer.id)


def follow(question: int, around: Around, now: datetime) -> int | None:
    """Looks what became of its answer. Returns one that is to be written, where it is being written or tried again."""
    row = ScheduledQuestion.get_by_id(question)
    try:
        answer = messages.get_own(row.user, row.answer_id or 0)
    except NotFound:
        _end(row, STOPPED, "", now)  # the person deleted it
        return None
    if answer.state == WRITING:
        return int(answer.id)
    if answer.state in {DONE, CUT, STOPPED}:
        if answer.state != STOPPED:
            around.notify(row.user, one_line(row.text), THERE, f"/chat/{row.conversation_id}?m={answer.id}", now)
        _end(row, STOPPED if answer.state == STOPPED else ANSWERED, "", now)
        return None
    if not row.problem:
        wait(question, answer.error or "The answer was interrupted.", around, now)
        return None
    again = messages.regenerate(row.user, answer.id, model="", now=now)
    row.answer, row.problem = again, ""
    row.save(only=[ScheduledQuestion.answer, ScheduledQuestion.problem])
    changed(row.user, "routines")
    return int(again.id)


def wait(question: int, problem: str, around: Around, now: datetime) -> None:
    """Tries it again later, because of the problem; after two hours it is given up."""
    row = ScheduledQuestion.get_by_id(question)
    if row.wanted is None:
        return
    if now >= row.wanted + PATIENCE:
        give_up(question, problem, around, now)
        return
    row.problem, row.next_try = problem, now + _pause(row, now)
    row.save(only=[ScheduledQuestion.problem, ScheduledQuestion.next_try])
    changed(row.user, "routines")


def give_up(question: int, problem: str, around: Around, now: datetime) -> None:
    """Ends it without an answer, and says why."""
    row = ScheduledQuestion.get_by_id(question)
    address = f"/chat/{row.conversation_id}" if row.answer_id else "/settings/assistant?at=questions#questions"
    around.notify(row.user, f"Not answered: {one_line(row.text)}", problem, address, now)
    _end(row, FAILED, problem, now)


def hurry(answer: int, now: datetime) -> None:
    """Lets somebody look at once what became of this answer."""
    ScheduledQuestion.update(next_try=now).where(
        (ScheduledQuestion.answer == answer) & ScheduledQuestion.wanted.is_null(is_null=False)
    ).execute()


def _end(row: ScheduledQuestion, outcome: str, problem: str, now: datetime) -> None:
    row.last, row.outcome, row.problem = now, outcome, problem
    row.wanted = row.next_try = None
    row.save(only=[
        ScheduledQuestion.last, ScheduledQuestion.outcome, ScheduledQuestion.problem, ScheduledQuestion.wanted,
        ScheduledQuestion.next_try,
    ])  # fmt: skip
    changed(row.user, "routines")


def _pause(row: ScheduledQuestion, now: datetime) -> timedelta:
    """As long again as it has been tried: after 1, 2, 4, 8 … minutes."""
    tried: timedelta = now - row.wanted
    return max(SOONEST, tried)


def _home(row: ScheduledQuestion) -> Conversation | None:
    """Its conversation; None where another is to be begun: it is deleted, or long enough to be slow."""
    home = Conversation.get_or_none((Conversation.id == row.conversation_id) & Conversation.deleted.is_null())
    full = home is not None and Message.select().where(Message.conversation == home).count() >= FULL
    return None if full else home


def _astray() -> list[ScheduledQuestion]:
    waits = ScheduledQuestion.select().where(ScheduledQuestion.deleted.is_null())
    zones: dict[int, str] = {}
    found = []
    for row in waits:
        if row.user not in zones:
            zones[row.user] = preferences.load(row.user).zone
        if zones[row.user] != row.zone:
            found.append(row)
    return found
