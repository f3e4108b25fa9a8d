"""A sentence is understood, a reminder is kept."""

import asyncio
from collections.abc import Callable
from datetime import datetime
from typing import Any

from fastapi import APIRouter, Request

from assistant.errors import Invalid
from assistant.reminders import agenda, rules, typed, wording
from assistant.reminders.api.shapes import Fields, Reading, Row, Sentence, Trouble
from assistant.reminders.api.showing import Showing
from assistant.reminders.phrases import Meant, say, understand
from assistant.storage.database import Database
from assistant.users.sessions import Asking, who

SHOWN_TIMES = 3


def add_setting(routes: APIRouter, database: Database, clock: Callable[[], datetime], showing: Showing) -> None:
    """Adds the routes."""

    @routes.post("/api/reminders/understand")
    async def read(request: Request, said: Sentence) -> Reading:
        """What the sentence means, without keeping it."""
        return await asyncio.to_thread(_understood, said.sentence, who(request).preferences.zone, clock())

    @routes.post("/api/reminders/check")
    async def check(request: Request, fields: Fields) -> Reading:
        """What a form means, and whether it can be; without keeping it."""
        asking = who(request)
        return await asyncio.to_thread(_checked, _said(fields, asking), asking.preferences.zone, clock())

    @routes.post("/api/reminders", status_code=201)
    async def add(request: Request, fields: Fields) -> Row:
        """Keeps a reminder; what it leads to must be the person's own."""
        asking = who(request)
        if fields.link_kind and fields.link_id:
            await database.read(showing.find, asking.user, fields.link_kind, fields.link_id)
        row = await database.run(agenda.add, asking.user, now=clock(), **_said(fields, asking))
        return await showing.row(asking.user, row.id)


def _said(fields: Fields, asking: Asking) -> dict[str, Any]:
    said = fields.model_dump()
    said["zone"] = asking.preferences.zone if fields.follows or not fields.zone else fields.zone
    return said


def _understood(sentence: str, zone: str, now: datetime) -> Reading:
    found = understand(sentence, now=now, zone=zone)
    return Reading(
        sentence=sentence, text=found.text, local=found.local, zone=found.zone, rule=found.rule,
        after_done=found.after_done, leads=list(found.leads), words=wording.in_words(found.rule) if found.rule else "",
        next=upcoming(found.local, found.zone, found.rule, now),
        problems=[*map(Trouble.model_validate, found.problems), *_too_long(found.text)],
    )  # fmt: skip


def _too_long(text: str) -> list[Trouble]:
    try:
        typed.checked_text(text or "-")
    except Invalid as error:
        return [Trouble(kind="too_long", sentence=error.sentence)]
    return []


def _checked(said: dict[str, Any], zone: str, now: datetime) -> Reading:
    row = agenda.tried(now, **said)
    leads = agenda.leads(row)
    meant = Meant(row.text, row.local, row.zone, row.rule, row.after_done, leads)
    return Reading(
        sentence=say(meant, now=now, zone=zone), text=row.text, local=row.local, zone=row.zone, rule=row.rule,
        after_done=row.after_done, leads=leads, words=wording.in_words(row.rule) if row.rule else "",
        next=upcoming(row.local, row.zone, row.rule, now), problems=[],
    )  # fmt: skip


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
