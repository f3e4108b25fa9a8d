"""Reminders over HTTP: understood, kept, listed, answered."""

from collections.abc import Callable
from datetime import UTC, date, datetime, time, timedelta
from typing import Annotated, Literal

from fastapi import APIRouter, Query, Request
from pydantic import BaseModel, ConfigDict, Field

from assistant.errors import Invalid
from assistant.reminders import agenda, rules, wording
from assistant.reminders.history import Rung
from assistant.reminders.phrases import LONGEST, understand
from assistant.storage.database import Database
from assistant.users.session import Asking, who

SHOWN_TIMES = 3
TONIGHT, MORNING = time(20), time(9)
Priority = Annotated[int, Field(ge=0, le=3)]


class Sentence(BaseModel):
    """What is typed into the one field."""

    sentence: str


class Trouble(BaseModel):
    """What cannot be as it was said, or was assumed."""

    model_config = ConfigDict(from_attributes=True)

    kind: str
    sentence: str


class Reading(BaseModel):
    """What was understood; ``words`` is the repetition in words, ``next`` the next three instants."""

    text: str
    local: datetime | None
    zone: str
    rule: str
    after_done: str
    leads: list[int]
    words: str
    next: list[datetime]
    problems: list[Trouble]


class Fields(BaseModel):
    """What a reminder is made of; ``local`` is the time on the wall, without a zone."""

    text: str
    local: datetime | None = None
    zone: str = ""
    rule: str = ""
    after_done: str = ""
    leads: list[int] = [0]
    note: str = ""
    priority: Priority = 0
    tags: list[str] = []
    follows: bool = False
    link_kind: Literal["", "note", "message"] = ""
    link_id: int | None = None


class Changes(BaseModel):
    """What to change; what is left out stays."""

    text: str | None = None
    local: datetime | None = None
    zone: str | None = None
    rule: str | None = None
    after_done: str | None = None
    leads: list[int] | None = None
    note: str | None = None
    priority: Priority | None = None
    tags: list[str] | None = None


class Row(BaseModel):
    """A reminder as lists show it; ``words`` is its repetition in words."""

    model_config = ConfigDict(from_attributes=True)

    id: int
    text: str
    note: str
    priority: int
    at: datetime | None
    local: datetime | None
    zone: str
    rule: str
    after_done: str
    leads: list[int]
    state: str
    done: datetime | None
    tags: list[str]
    words: str = ""


class Rows(BaseModel):
    """A piece of a list; ``next`` is the cursor of the piece after it."""

    rows: list[Row]
    next: str | None


class Ringing(BaseModel):
    """A ring that waits for an answer, in words; ``late`` and ``missed`` are empty where there is nothing to say."""

    id: int
    text: str
    when: str
    late: str
    missed: str
    rang: datetime
    address: str


class Rings(BaseModel):
    """What rings, and how many reminders are overdue."""

    rings: list[Ringing]
    overdue: int


class Answer(BaseModel):
    """The answer to a ring; ``until`` is an instant, ``tonight`` or ``tomorrow``."""

    state: Literal["done", "dismissed", "snoozed"]
    until: str = ""


class Day(BaseModel):
    """A day to move to."""

    day: date


class Occurrence(BaseModel):
    """One occurrence in the calendar; ``wall`` is its time in the person's zone."""

    model_config = ConfigDict(from_attributes=True)

    reminder: int
    text: str
    priority: int
    at: datetime
    wall: datetime
    repeats: bool
    done: bool


def router(database: Database, clock: Callable[[], datetime]) -> APIRouter:
    """The routes."""
    routes = APIRouter()
    _setting(routes, database, clock)
    _lists(routes, database, clock)
    _one(routes, database, clock)
    _acts(routes, database, clock)
    _rings(routes, database, clock)
    return routes


def _setting(routes: APIRouter, database: Database, clock: Callable[[], datetime]) -> None:
    @routes.post("/api/reminders/understand")
    async def read(request: Request, said: Sentence) -> Reading:
        """What the sentence means, without keeping it."""
        zone = who(request).preferences.zone
        found = understand(said.sentence[: LONGEST + 1], now=clock(), zone=zone)
        return Reading(
            text=found.text, local=found.local, zone=found.zone, rule=found.rule, after_done=found.after_done,
            leads=list(found.leads), words=wording.in_words(found.rule) if found.rule else "",
            next=upcoming(found.local, found.zone, found.rule, clock()),
            problems=[Trouble.model_validate(problem) for problem in found.problems],
        )  # fmt: skip

    @routes.post("/api/reminders", status_code=201)
    async def add(request: Request, fields: Fields) -> Row:
        """Keeps a reminder."""
        asking = who(request)
        said = fields.model_dump()
        said["zone"] = said["zone"] or asking.preferences.zone
        row = await database.run(agenda.add, asking.user, now=clock(), **said)
        return await _row(database, asking.user, row.id)


def _lists(routes: APIRouter, database: Database, clock: Callable[[], datetime]) -> None:
    @routes.get("/api/reminders")
    async def listing(
        request: Request, view: str = "today", tag: str = "", priority: int | None = None, q: str = "",
        after: str | None = None, limit: Annotated[int, Query(ge=1, le=200)] = 50,
    ) -> Rows:  # fmt: skip
        """A piece of a view."""
        asking = who(request)
        page = await database.read(
            agenda.listing, asking.user, view, zone=asking.preferences.zone, now=clock(), tag=tag or None,
            priority=priority, words=q[:200], after=after, limit=limit,
        )  # fmt: skip
        return Rows(rows=[_shown(row) for row in page.rows], next=page.next)

    @routes.get("/api/reminders/between")
    async def between(request: Request, start: datetime, end: datetime) -> list[Occurrence]:
        """What falls between two instants, repetitions one by one."""
        asking = who(request)
        if start.tzinfo is None or end.tzinfo is None or not timedelta() < end - start < timedelta(days=400):
            raise Invalid("Ask for at most a year.", field="start")
        found = await database.read(agenda.between, asking.user, start, end, asking.preferences.zone)
        return [Occurrence.model_validate(one) for one in found]

    @routes.get("/api/reminders/tags")
    async def tags(request: Request) -> list[str]:
        """The tags in use."""
        return [name for name, _ in await database.read(agenda.tags, who(request).user)]


def _one(routes: APIRouter, database: Database, clock: Callable[[], datetime]) -> None:
    @routes.get("/api/reminders/{reminder:int}")
    async def get(request: Request, reminder: int) -> Row:
        """The reminder."""
        return await _row(database, who(request).user, reminder)

    @routes.patch("/api/reminders/{reminder:int}")
    async def edit(request: Request, reminder: int, changes: Changes) -> Row:
        """Changes what is given; a time of null makes it one for someday."""
        user = who(request).user
        said = changes.model_dump(exclude_unset=True)
        await database.run(agenda.edit, user, reminder, clock(), **said)
        return await _row(database, user, reminder)

    @routes.get("/api/reminders/{reminder:int}/history")
    async def history(request: Request, reminder: int) -> list[dict[str, object]]:
        """What rang, and what became of it."""
        rang = await database.read(agenda.history, who(request).user, reminder)
        return [{"occurrence": one.occurrence, "rang": one.rang, "state": one.state, "late": one.late} for one in rang]


def _acts(routes: APIRouter, database: Database, clock: Callable[[], datetime]) -> None:
    @routes.delete("/api/reminders/{reminder:int}", status_code=204)
    async def delete(request: Request, reminder: int) -> None:
        """Deletes it; it can be taken back for a day."""
        await database.run(agenda.delete, who(request).user, reminder, clock())

    @routes.post("/api/reminders/{reminder:int}/restore")
    async def restore(request: Request, reminder: int) -> Row:
        """Takes it back."""
        await database.run(agenda.restore, who(request).user, reminder)
        return await _row(database, who(request).user, reminder)

    @routes.post("/api/reminders/{reminder:int}/done")
    async def done(request: Request, reminder: int) -> Row:
        """Marks it as done; a repeating one goes on."""
        await database.run(agenda.complete, who(request).user, reminder, clock())
        return await _row(database, who(request).user, reminder)

    @routes.post("/api/reminders/{reminder:int}/undone")
    async def undone(request: Request, reminder: int) -> Row:
        """Takes the last time that it was done back."""
        await database.run(agenda.uncomplete, who(request).user, reminder, clock())
        return await _row(database, who(request).user, reminder)

    @routes.post("/api/reminders/{reminder:int}/move")
    async def move(request: Request, reminder: int, to: Day) -> Row:
        """Moves it to another day, at the same time of day."""
        await database.run(agenda.move, who(request).user, reminder, to.day, clock())
        return await _row(database, who(request).user, reminder)


def _rings(routes: APIRouter, database: Database, clock: Callable[[], datetime]) -> None:
    @routes.get("/api/reminders/rings")
    async def rings(request: Request) -> Rings:
        """What rings, and how many are overdue."""
        asking = who(request)
        found = await database.read(agenda.ringing, asking.user)
        overdue = await database.read(agenda.overdue_count, asking.user, clock())
        return Rings(rings=[_ringing(one, asking, clock()) for one in found], overdue=overdue)

    @routes.post("/api/reminders/rings/{ring:int}/answer", status_code=204)
    async def answer(request: Request, ring: int, given: Answer) -> None:
        """Answers a ring; the first answer counts."""
        asking = who(request)
        if given.state == "snoozed":
            until = _until(given.until, asking, clock())
            await database.run(agenda.snooze, asking.user, ring, until, clock())
        else:
            await database.run(agenda.answer, asking.user, ring, given.state, clock())


def upcoming(local: datetime | None, zone: str, rule: str, now: datetime) -> list[datetime]:
    """The next three instants; fewer when there are no more, none for what cannot be."""
    if local is None:
        return []
    found: list[datetime] = []
    try:
        at: datetime | None = now
        while at is not None and len(found) < SHOWN_TIMES:
            at = rules.next_after(local, zone, rule, at)
            found += [at] if at else []
    except Invalid:
        return []
    return found


def _until(said: str, asking: Asking, now: datetime) -> datetime:
    zone = asking.preferences.zone_info
    today = now.astimezone(zone)
    if said == "tonight":
        evening = datetime.combine(today.date(), TONIGHT, zone)
        return (evening if evening > today else evening + timedelta(days=1)).astimezone(UTC)
    if said == "tomorrow":
        return datetime.combine(today.date() + timedelta(days=1), MORNING, zone).astimezone(UTC)
    try:
        until = datetime.fromisoformat(said)
    except ValueError:
        raise Invalid("Choose a time.", field="until") from None
    return until if until.tzinfo else until.replace(tzinfo=zone)


def _ringing(ring: Rung, asking: Asking, now: datetime) -> Ringing:
    at = ring.occurrence.astimezone(asking.preferences.zone_info)
    same_day = at.date() == now.astimezone(asking.preferences.zone_info).date()
    address = f"/notes/{ring.link_id}" if ring.link_kind == "note" else f"/reminders?open={ring.reminder}"
    return Ringing(
        id=ring.ring, text=ring.text, when=f"{at:%H:%M}" if same_day else f"{at:%a %d %b, %H:%M}",
        late=f"{_length(ring.late)} late" if ring.late else "",
        missed=f"{ring.missed} earlier missed" if ring.missed else "", rang=ring.rang, address=address,
    )  # fmt: skip


def _length(seconds: int) -> str:
    for name, size in (("day", 86400), ("hour", 3600), ("minute", 60)):
        if seconds >= size:
            count = seconds // size
            return f"{count} {name}{'s' if count > 1 else ''}"
    return "a moment"


def _shown(row: agenda.Listed) -> Row:
    shown = Row.model_validate(row)
    shown.words = wording.in_words(row.rule) if row.rule else ""
    return shown


async def _row(database: Database, user: int, reminder: int) -> Row:
    def read() -> agenda.Listed:
        return agenda.listed([agenda.get(user, reminder)])[0]

    return _shown(await database.read(read))
