"""A sentence is understood; a reminder is kept, read, changed, done, moved, deleted."""

import asyncio
from collections.abc import Callable
from datetime import datetime
from typing import Any

from fastapi import APIRouter, Request

from assistant.errors import Invalid
from assistant.reminders import moves, reminders, rings, schedule, trash, validation
from assistant.reminders.api.presenter import Presenter
from assistant.reminders.api.shapes import Back, Changes, Completion, Day, Fields, Rang, Reading, Row, Sentence, Trouble
from assistant.reminders.parsing.formatter import Meaning, format_sentence
from assistant.reminders.parsing.parser import parse
from assistant.reminders.recurrence import next_times, wording
from assistant.storage.database import Database
from assistant.users.sessions import Asking, who


def add_reminders(routes: APIRouter, database: Database, now: Callable[[], datetime], presenter: Presenter) -> None:
    """Adds the routes."""
    _sentences(routes, database, now, presenter)
    _one(routes, database, now, presenter)
    _acts(routes, database, now, presenter)


def _sentences(routes: APIRouter, database: Database, now: Callable[[], datetime], presenter: Presenter) -> None:
    @routes.post("/api/reminders/understand")
    async def read(request: Request, given: Sentence) -> Reading:
        """What the sentence means, without keeping it."""
        return await asyncio.to_thread(_parsed, given.sentence, who(request).preferences.zone, now())

    @routes.post("/api/reminders/check")
    async def check(request: Request, fields: Fields) -> Reading:
        """What a form means, and whether it can be; without keeping it."""
        asking = who(request)
        return await asyncio.to_thread(_checked, _values(fields, asking), asking.preferences.zone, now())

    @routes.post("/api/reminders", status_code=201)
    async def add(request: Request, fields: Fields) -> Row:
        """Keeps a reminder; what it leads to must be the person's own."""
        asking = who(request)
        if fields.link_kind and fields.link_id:
            await database.read(presenter.find, asking.user, fields.link_kind, fields.link_id)
        row = await database.run(reminders.add, asking.user, now=now(), **_values(fields, asking))
        return await presenter.row(asking.user, row.id)


def _values(fields: Fields, asking: Asking) -> dict[str, Any]:
    values = fields.model_dump()
    values["zone"] = asking.preferences.zone if fields.follows or not fields.zone else fields.zone
    return values


def _parsed(sentence: str, zone: str, now: datetime) -> Reading:
    found = parse(sentence, now=now, zone=zone)
    return Reading(
        sentence=sentence, text=found.text, local=found.local, zone=found.zone, rule=found.rule,
        after_done=found.after_done, leads=list(found.leads), words=wording.in_words(found.rule) if found.rule else "",
        next=next_times.upcoming(found.local, found.zone, found.rule, now),
        problems=[*map(Trouble.model_validate, found.problems), *_too_long(found.text)],
        priority=found.priority, tags=list(found.tags),
    )  # fmt: skip


def _too_long(text: str) -> list[Trouble]:
    try:
        validation.valid_text(text or "-")
    except Invalid as error:
        return [Trouble(kind="too_long", sentence=error.sentence)]
    return []


def _checked(values: dict[str, Any], zone: str, now: datetime) -> Reading:
    row = reminders.tried(now, **values)
    leads = schedule.leads(row)
    meaning = Meaning(row.text, row.local, row.zone, row.rule, row.after_done, leads)
    return Reading(
        sentence=format_sentence(meaning, now=now, zone=zone), text=row.text, local=row.local, zone=row.zone,
        rule=row.rule, after_done=row.after_done, leads=leads, words=wording.in_words(row.rule) if row.rule else "",
        next=next_times.upcoming(row.local, row.zone, row.rule, now), problems=[],
    )  # fmt: skip


def _one(routes: APIRouter, database: Database, now: Callable[[], datetime], presenter: Presenter) -> None:
    @routes.get("/api/reminders/{reminder:int}")
    async def get(request: Request, reminder: int) -> Row:
        """The reminder."""
        return await presenter.row(who(request).user, reminder)

    @routes.patch("/api/reminders/{reminder:int}")
    async def edit(request: Request, reminder: int, changes: Changes) -> Row:
        """Changes what is given; a time of null makes it one for someday."""
        asking = who(request)
        user = asking.user
        values = changes.model_dump(exclude_unset=True)
        if changes.follows:
            values["zone"] = asking.preferences.zone
        if ("link_kind" in values) != ("link_id" in values):
            raise Invalid("Say what it leads to by its kind and its number.", field="link")
        if changes.link_kind and changes.link_id:
            await database.read(presenter.find, user, changes.link_kind, changes.link_id)
        await database.run(reminders.edit, user, reminder, now(), **values)
        return await presenter.row(user, reminder)

    @routes.get("/api/reminders/{reminder:int}/history")
    async def history(request: Request, reminder: int) -> list[Rang]:
        """What rang, and what became of it."""
        rang = await database.read(rings.history, who(request).user, reminder)
        return [Rang.model_validate(one) for one in rang]


def _acts(routes: APIRouter, database: Database, now: Callable[[], datetime], presenter: Presenter) -> None:
    @routes.delete("/api/reminders/{reminder:int}", status_code=204)
    async def delete(request: Request, reminder: int) -> None:
        """Deletes it; it can be taken back for a day."""
        await database.run(trash.delete, who(request).user, reminder, now())

    @routes.post("/api/reminders/{reminder:int}/restore")
    async def restore(request: Request, reminder: int) -> Row:
        """Takes it back."""
        await database.run(trash.restore, who(request).user, reminder)
        return await presenter.row(who(request).user, reminder)

    @routes.post("/api/reminders/{reminder:int}/done")
    async def done(request: Request, reminder: int, completion: Completion | None = None) -> Row:
        """Marks it as done; a repeating one goes on."""
        occurrence = completion.occurrence if completion else None
        await database.run(rings.complete, who(request).user, reminder, now(), occurrence=occurrence)
        return await presenter.row(who(request).user, reminder)

    @routes.post("/api/reminders/{reminder:int}/undone")
    async def undone(request: Request, reminder: int) -> Row:
        """Takes the last time that it was done back."""
        await database.run(rings.uncomplete, who(request).user, reminder, now())
        return await presenter.row(who(request).user, reminder)

    @routes.post("/api/reminders/{reminder:int}/move")
    async def move(request: Request, reminder: int, to: Day) -> Back:
        """Moves it to another day, at the same time of day; of a repetition one occurrence."""
        user = who(request).user
        moved = await database.run(moves.move, user, reminder, to.day, now(), occurrence=to.occurrence)
        return Back.model_validate(moved)
