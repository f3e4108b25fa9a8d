"""A sentence is understood, a reminder is kept."""

from collections.abc import Callable
from datetime import datetime

from fastapi import APIRouter, Request

from assistant.errors import Invalid
from assistant.reminders import agenda, rules, wording
from assistant.reminders.api.shapes import Fields, Reading, Row, Sentence, Trouble, kept
from assistant.reminders.phrases import LONGEST, understand
from assistant.storage.database import Database
from assistant.users.session import who

SHOWN_TIMES = 3


def add_setting(routes: APIRouter, database: Database, clock: Callable[[], datetime]) -> None:
    """Adds the routes."""

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
        return await kept(database, asking.user, row.id)


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
