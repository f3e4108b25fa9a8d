"""Several reminders at once."""

from collections.abc import Callable
from datetime import datetime

from fastapi import APIRouter, Request

from assistant.errors import Invalid
from assistant.reminders import moves, reminders, trash
from assistant.reminders.api.shapes import Back, Handled, Many
from assistant.reminders.moves import Moved
from assistant.storage.database import Database
from assistant.users.sessions import who

Act = Callable[[int, Many, datetime], Handled]


def add_bulk(routes: APIRouter, database: Database, now: Callable[[], datetime]) -> None:
    """Adds the route."""

    @routes.post("/api/reminders/bulk")
    async def bulk(request: Request, many: Many) -> Handled:
        """Does the same with all of them, in one piece; NotFound when none is the person's."""
        return await database.run(ACTS[many.action], who(request).user, many, now())


def _move(user: int, many: Many, now: datetime) -> Handled:
    if many.day is None:
        raise Invalid("Choose a day.", field="day")
    moved = [Back.model_validate(one) for one in moves.move_all(user, many.ids, many.day, now)]
    return Handled(count=len(moved), back=moved)


def _move_back(user: int, many: Many, now: datetime) -> Handled:
    for one in many.back:
        moves.move_back(
            user, Moved(one.reminder, was=one.was, done=one.done, occurrence=one.occurrence, copy=one.copy_id), now
        )
    return Handled(count=len(many.back))


def _tag(user: int, many: Many, *, add: bool) -> Handled:
    if not many.tag.strip():
        raise Invalid("Write a tag.", field="tag")
    names = {"add": [many.tag]} if add else {"remove": [many.tag]}
    touched = reminders.tag_all(user, many.ids, **names)
    return Handled(count=len(touched), changed=touched)


ACTS: dict[str, Act] = {
    "done": lambda user, many, now: Handled(
        count=reminders.complete_all(user, many.ids, now, occurrences=many.occurrences)
    ),
    "undone": lambda user, many, now: Handled(count=reminders.uncomplete_all(user, many.ids, now)),
    "delete": lambda user, many, now: Handled(count=trash.delete_all(user, many.ids, now)),
    "restore": lambda user, many, _now: Handled(count=trash.restore_all(user, many.ids)),
    "move": _move,
    "move_back": _move_back,
    "tag": lambda user, many, _now: _tag(user, many, add=True),
    "untag": lambda user, many, _now: _tag(user, many, add=False),
    "priority": lambda user, many, now: Handled(count=reminders.prioritise_all(user, many.ids, many.priority, now)),
}
