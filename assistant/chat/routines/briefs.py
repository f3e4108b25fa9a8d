"""When a person's brief is due, and made once; each function is one unit of work.

Whoever moves ``due`` on from the instant that was read makes that brief, in the same unit: so it is there whole and
with its notice, or not at all.
"""

from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from secrets import token_hex

from assistant.chat import messages
from assistant.chat.acting import journal
from assistant.chat.acting.rooms import Card
from assistant.chat.models import BRIEF, DONE, Conversation, Message
from assistant.chat.routines import brief_text
from assistant.chat.routines.around import Around, Day
from assistant.chat.routines.rows import Brief
from assistant.errors import Conflict
from assistant.storage.database import changed
from assistant.users import preferences
from assistant.users.models import User
from assistant.users.preferences import Preferences, parse

TITLE = "Daily brief"
START = date(2020, 1, 1)
FARTHEST = timedelta(days=8)  # no plan has its next day later
ASTRAY = "?"  # a plan that nobody has
RULES = {
    "every": "FREQ=DAILY",
    "work": "FREQ=WEEKLY;BYDAY=MO,TU,WE,TH,FR",
    "six": "FREQ=WEEKLY;BYDAY=MO,TU,WE,TH,FR,SA",
    "weekend": "FREQ=WEEKLY;BYDAY=SA,SU",
}
OWN = {"model", "system", "temperature", "num_ctx", "think"}  # settings that conversations begin with


@dataclass(frozen=True, slots=True)
class Made:
    """A brief that was just made; ``written`` is whether the person wants words of a model with it."""

    user: int
    conversation: int
    answer: int
    day: Day
    written: bool


def get(user: int) -> Brief | None:
    """When the user's next one is due, and where the last one stands; None where they have none."""
    return Brief.get_or_none(Brief.user == user)


def is_unplanned() -> bool:
    """Whether somebody's plan is not yet what they chose."""
    known = {row.user: row.plan for row in Brief.select(Brief.user, Brief.plan)}
    wanted = {user: _plan(chosen) for user, chosen in _people().items() if chosen.brief}
    return any(known.get(user) != plan for user, plan in wanted.items()) or any(
        user not in wanted for user, plan in known.items() if plan
    )


def plan(around: Around, now: datetime) -> None:
    """Sets everybody's next one by what they chose: the one of a time that has passed by now is not made up for.

    A day on which one came has no other because the person travels, but may have one at a time that they chose anew.
    """
    people = _people()
    rows = {row.user: row for row in Brief.select()}
    for user, chosen in people.items():
        row, wanted = rows.get(user), _plan(chosen) if chosen.brief else ""
        if (row.plan if row else "") == wanted:
            continue
        same = row is not None and row.plan.rpartition(" ")[0] == wanted.rpartition(" ")[0]
        due = _next(chosen, around, now, row.day if row and same else "") if wanted else None
        if row is None:
            Brief.insert(user=user, plan=wanted, due=due).on_conflict_ignore().execute()
        else:
            Brief.update(plan=wanted, due=due).where(Brief.id == row.id).execute()
        changed(user, "brief")


def forget_future(now: datetime) -> None:
    """After a clock that was ahead is put right: plans anew what it put off to a time that is far away."""
    Brief.update(plan=ASTRAY).where(Brief.due > now + FARTHEST).execute()


def due(now: datetime) -> list[int]:
    """The users whose brief is due, the earliest first."""
    return [row.user for row in Brief.select(Brief.user).where(Brief.due <= now).order_by(Brief.due, Brief.id)]


def next_due() -> datetime | None:
    """When the next one of anybody is due."""
    row = Brief.select(Brief.due).where(Brief.due.is_null(is_null=False)).order_by(Brief.due).first()
    return row.due if row else None


def claim(user: int, around: Around, now: datetime) -> Made | None:
    """The user's brief that is due, made; None where it is none any more, or that of a day that is over.

    Raises Conflict while an answer is being written where it would stand.
    """
    row = get(user)
    if row is None or row.due is None or row.due > now:
        return None
    person = User.get_by_id(user)
    chosen = parse(person.preferences)
    following = _next(chosen, around, now, "") if chosen.brief else None
    if not Brief.update(due=following).where((Brief.id == row.id) & (Brief.due == row.due)).execute():
        return None
    changed(user, "brief")
    if person.disabled is not None or not chosen.brief:
        return None
    # Whoever slept for days is told of today, if its time has come as well.
    latest = row.due if is_of_today(row.due, chosen, now) else _next(chosen, around, _midnight(chosen, now), "")
    if latest is None or latest > now:
        return None
    made = _make(row, chosen, around, now)
    around.notify(user, TITLE, brief_text.summary(made.day), f"/chat/{made.conversation}", now)
    return made


def make(user: int, around: Around, now: datetime) -> Made:
    """A brief now, because the user wants one; nobody is notified. Raises Conflict as ``claim``."""
    Brief.insert(user=user, plan="").on_conflict_ignore().execute()
    return _make(Brief.get(Brief.user == user), preferences.load(user), around, now)


def add_prose(made: Made, prose: str, model: str) -> None:
    """Puts what a model wrote above the facts, which stay as they are."""
    facts = brief_text.facts(made.day)
    same = (Message.id == made.answer) & (Message.text == facts)
    if Message.update(text=f"{prose}\n\n{facts}", model=model).where(same).execute():
        changed(made.user, "conversation", made.conversation)


def is_of_today(at: datetime, chosen: Preferences, now: datetime) -> bool:
    """Whether the instant is of the day that the person's calendar shows."""
    return at.astimezone(chosen.zone_info).date() == now.astimezone(chosen.zone_info).date()


def _midnight(chosen: Preferences, now: datetime) -> datetime:
    """Just before the person's day began."""
    day = now.astimezone(chosen.zone_info).date()
    return datetime.combine(day, time(), chosen.zone_info).astimezone(UTC) - timedelta(microseconds=1)


def _make(row: Brief, chosen: Preferences, around: Around, now: datetime) -> Made:
    user, today = row.user, now.astimezone(chosen.zone_info).date()
    day = around.day(user, now)
    home = _home(row, chosen, now)
    if messages.is_writing(home):
        raise Conflict("An answer is being written in the daily brief. Wait for its end.")
    question = Message.create(
        conversation=home, user=user, parent=home.leaf, role="user", text=f"{TITLE} for {day.title}", created=now,
        key=f"{BRIEF}{today.isoformat()} {token_hex(8)}", state=DONE,
    )  # fmt: skip
    answer = Message.create(
        conversation=home, user=user, parent=question, role="assistant", text=brief_text.facts(day), created=now,
        state=DONE,
    )  # fmt: skip
    if day.foreign:
        card = Card("With text that you did not type", lines=day.foreign)
        journal.looked(answer, "brief", {}, "", card, now, origin="brief", sources=day.foreign)
    home.leaf, home.updated = answer.id, now
    home.save()
    Brief.update(day=today.isoformat(), conversation=home).where(Brief.id == row.id).execute()
    for topic, about in (("conversations", 0), ("conversation", home.id), ("brief", 0)):
        changed(user, topic, about)
    return Made(user, home.id, answer.id, day, chosen.brief_words == "model")


def _home(row: Brief, chosen: Preferences, now: datetime) -> Conversation:
    """The conversation of this month, begun where it is not there: one for ever would grow too long to read."""
    month = f"{now.astimezone(chosen.zone_info):%B %Y}"
    known = Conversation.get_or_none((Conversation.id == row.conversation_id) & Conversation.deleted.is_null())
    if known is not None and f"{known.created.astimezone(chosen.zone_info):%B %Y}" == month:
        return known
    return Conversation.create(
        user=row.user, title=f"{TITLE}, {month}", title_by="user", created=now, updated=now,
        **chosen.model_dump(include=OWN),
    )  # fmt: skip


def _next(chosen: Preferences, around: Around, now: datetime, done: str) -> datetime | None:
    first = datetime.combine(START, chosen.brief_at)
    for at in around.next_times(first, chosen.zone, RULES[chosen.brief_days], now, 2):
        if at.astimezone(chosen.zone_info).date().isoformat() != done:
            return at
    return None


def _plan(chosen: Preferences) -> str:
    return f"{chosen.brief_at:%H:%M} {chosen.brief_days} {chosen.zone}"


def _people() -> dict[int, Preferences]:
    """What those chose who have a brief now, or had one."""
    known = {row.user for row in Brief.select(Brief.user)}
    rows = ((row.id, row.preferences) for row in User.select(User.id, User.preferences))
    return {user: parse(text) for user, text in rows if user in known or '"brief":true' in text}
