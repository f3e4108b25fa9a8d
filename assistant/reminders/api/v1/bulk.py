"""Many reminders at once."""

from collections.abc import Callable
from datetime import datetime
from typing import Literal

from fastapi import APIRouter, Request, Response
from pydantic import Field

from assistant.errors import Invalid
from assistant.reminders import moves, reminders, rings, trash
from assistant.reminders.api.v1.shapes import Priority, Tags
from assistant.rest.bulk import AllDone, Ids, each
from assistant.rest.documented import says
from assistant.rest.door import Door
from assistant.rest.shapes import Day, Sent
from assistant.users.sessions import who


class ReminderActs(Sent):
    """What to do with which reminders."""

    action: Literal["complete", "uncomplete", "delete", "restore", "move", "prioritise", "tag", "untag"] = Field(
        description="What to do with each."
    )
    ids: Ids
    tags: Tags = Field(default=[], description="For `tag` and `untag`.", examples=[["family"]])
    priority: Priority = 0
    day: Day | None = Field(default=None, description="For `move`.")


def add(routes: APIRouter, door: Door) -> None:
    """Adds the routes."""

    @routes.post("/reminders/bulk", response_model=AllDone, **says("write", body=True, keyed=True))
    async def change_reminders(request: Request, sent: ReminderActs) -> Response:
        """Do the same to many reminders; each is answered for."""
        act = _act(who(request).user, sent, door.clock())
        return await door.once(request, lambda: each(door.database, sent.ids, act), status=200)


def _act(user: int, sent: ReminderActs, now: datetime) -> Callable[[int], object]:
    day = sent.day
    if sent.action == "move":
        if day is None:
            raise Invalid("Say the day.", field="day")
        return lambda reminder: moves.move(user, reminder, day, now)
    acts: dict[str, Callable[[int], object]] = {
        "complete": lambda reminder: rings.complete(user, reminder, now),
        "uncomplete": lambda reminder: rings.uncomplete(user, reminder, now),
        "delete": lambda reminder: trash.delete(user, reminder, now),
        "restore": lambda reminder: trash.restore(user, reminder),
        "prioritise": lambda reminder: reminders.edit(user, reminder, now, priority=sent.priority),
        "tag": lambda reminder: reminders.tag_all(user, [reminder], add=sent.tags),
        "untag": lambda reminder: reminders.tag_all(user, [reminder], remove=sent.tags),
    }
    return acts[sent.action]
