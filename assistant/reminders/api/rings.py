"""What rings, and the answers to it."""

from collections.abc import Callable
from datetime import UTC, datetime, time, timedelta

from fastapi import APIRouter, Request

from assistant.errors import Invalid
from assistant.reminders import queries, rings
from assistant.reminders.api.presenter import Presenter
from assistant.reminders.api.shapes import Answer, Ringing, Rings
from assistant.reminders.links import Find, found
from assistant.reminders.validation import YEARS
from assistant.storage.database import Database
from assistant.users import preferences
from assistant.users.sessions import Asking, who

TONIGHT, MORNING = time(20), time(9)


def add_rings(routes: APIRouter, database: Database, now: Callable[[], datetime], presenter: Presenter) -> None:
    """Adds the routes."""

    @routes.get("/api/reminders/rings")
    async def listing(request: Request) -> Rings:
        """What rings, and how many are overdue."""
        return await database.read(rings_of, who(request).user, presenter.find, now())

    @routes.post("/api/reminders/rings/dismiss", status_code=204)
    async def dismiss(request: Request) -> None:
        """Silences all that rings."""
        await database.run(rings.dismiss_all, who(request).user, now())

    @routes.post("/api/reminders/rings/{ring:int}/answer", status_code=204)
    async def answer(request: Request, ring: int, given: Answer) -> None:
        """Answers a ring; the first answer counts."""
        asking = who(request)
        if given.state == "snoozed":
            until = _until(given.until, asking, now())
            await database.run(rings.snooze, asking.user, ring, until, now())
        else:
            await database.run(rings.answer, asking.user, ring, given.state, now())


def rings_of(user: int, find: Find, now: datetime, limit: int = rings.RINGING_LIMIT) -> Rings:
    """The newest of what rings for the user, told in their zone; how many that are, and how many are overdue."""
    chosen = preferences.load(user)

    def shown(ring: rings.Rung) -> Ringing:
        link = found(find, user, ring.link_kind, ring.link_id)
        return Ringing.model_validate(
            rings.ring_text(ring, chosen.zone_info, now, address=link.address if link else "")
        )

    return Rings(
        rings=[shown(ring) for ring in rings.ringing(user, limit)], total=rings.ringing_count(user),
        overdue=queries.overdue_count(user, now), zone=chosen.zone,
    )  # fmt: skip


def _until(given: str, asking: Asking, now: datetime) -> datetime:
    zone = asking.preferences.zone_info
    today = now.astimezone(zone)
    if given == "tonight":
        evening = datetime.combine(today.date(), TONIGHT, zone)
        return (evening if evening > today else evening + timedelta(days=1)).astimezone(UTC)
    if given == "tomorrow":
        return datetime.combine(today.date() + timedelta(days=1), MORNING, zone).astimezone(UTC)
    try:
        until = datetime.fromisoformat(given)
    except ValueError:
        raise Invalid("Choose a time.", field="until") from None
    if until.year not in YEARS:
        raise Invalid("Choose a time within the next year.", field="until")
    return until if until.tzinfo else until.replace(tzinfo=zone)
