"""What rings, and the answers to it."""

from collections.abc import Callable
from datetime import datetime

from fastapi import APIRouter, Request

from assistant.reminders import ringing, rings, snoozing
from assistant.reminders.api.presenter import Presenter
from assistant.reminders.api.shapes import Answer, Rings
from assistant.storage.database import Database
from assistant.users.sessions import who


def add_rings(routes: APIRouter, database: Database, now: Callable[[], datetime], presenter: Presenter) -> None:
    """Adds the routes."""

    @routes.get("/api/reminders/rings")
    async def listing(request: Request) -> Rings:
        """What rings, and how many are overdue."""
        found = await database.read(ringing.summarize, who(request).user, presenter.find, now())
        return Rings.model_validate(found)

    @routes.post("/api/reminders/rings/dismiss", status_code=204)
    async def dismiss(request: Request) -> None:
        """Silences all that rings."""
        await database.run(rings.dismiss_all, who(request).user, now())

    @routes.post("/api/reminders/rings/{ring:int}/answer", status_code=204)
    async def answer(request: Request, ring: int, given: Answer) -> None:
        """Answers a ring; the first answer counts."""
        asking = who(request)
        if given.state == "snoozed":
            until = snoozing.parse_time(given.until, asking.preferences.zone_info, now())
            await database.run(rings.snooze, asking.user, ring, until, now())
        else:
            await database.run(rings.answer, asking.user, ring, given.state, now())
