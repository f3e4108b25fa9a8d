"""Reminders set, read, changed, done, moved, deleted and taken back."""

from collections.abc import Callable
from datetime import datetime

from fastapi import APIRouter, Request, Response
from pydantic import Field

from assistant.errors import Invalid
from assistant.reminders import moves, reminders, rings, trash
from assistant.reminders.api.v1.sentences import understood
from assistant.reminders.api.v1.shapes import Link, NewReminder, Reminder, ReminderChange, one
from assistant.reminders.links import Find
from assistant.reminders.parsing.habits import habits_of
from assistant.reminders.reminders import Fields
from assistant.rest import etags
from assistant.rest.documented import says
from assistant.rest.door import Door
from assistant.rest.shapes import Day, Id, Instant, Sent
from assistant.users.preferences import Preferences
from assistant.users.sessions import who

PLACE = "/api/v1/reminders/{id}"


class Which(Sent):
    """Which occurrence is meant."""

    occurrence: Instant | None = Field(default=None, description="Only this one; what waits, without it.")


class Moving(Sent):
    """Where to."""

    day: Day = Field(description="The day; the time of day stays.")
    occurrence: Instant | None = Field(default=None, description="Of a repetition, the one to move.")


class Later(Sent):
    """Until when."""

    until: Instant = Field(description="When it rings again, within a year.")


def add(routes: APIRouter, door: Door, find: Find) -> None:
    """Adds the routes."""
    _kept(routes, door, find)
    _done(routes, door)
    _gone(routes, door)


def _kept(routes: APIRouter, door: Door, find: Find) -> None:
    @routes.post("/reminders", status_code=201, response_model=Reminder, **says("write", 404, body=True, keyed=True))
    async def set_reminder(request: Request, new: NewReminder) -> Response:
        """Set a reminder, by a sentence or by its fields.

        Sent by curl's `-d`, the body is taken for the JSON that it is.
        """
        asking, now = who(request), door.clock()

        def unit() -> Reminder:
            fields = _fields(new, asking.preferences, now)
            _check_link(asking.user, new.link, find)
            return one(asking.user, reminders.add(asking.user, now=now, **fields).id)

        return await door.once(request, unit, place=PLACE)

    @routes.get("/reminders/{reminder:int}", response_model=Reminder, **says("read", 404))
    async def get_reminder(request: Request, reminder: Id) -> Response:
        """A reminder, and its version as ETag."""
        return etags.answer(request, await door.read(one, who(request).user, reminder))

    @routes.patch("/reminders/{reminder:int}", response_model=Reminder, **says("write", 404, versioned=True, body=True))
    async def change_reminder(request: Request, reminder: Id, change: ReminderChange) -> Response:
        """Change what is said of a reminder, on the version that If-Match names.

        A changed time, zone, rule or lead is looked at from now on: what rang stays rung.
        """
        user, now = who(request).user, door.clock()

        def unit() -> Reminder:
            etags.check(request, one(user, reminder))
            said = {name: getattr(change, name) for name in change.model_fields_set - {"link"}}
            if "link" in change.model_fields_set:
                _check_link(user, change.link, find)
                said |= _linked(change.link)
            reminders.edit(user, reminder, now, **Fields(**said))  # type: ignore[typeddict-item]
            return one(user, reminder)

        return etags.answer(request, await door.run(unit))


def _done(routes: APIRouter, door: Door) -> None:
    @routes.post(
        "/reminders/{reminder:int}/complete", response_model=Reminder, **says("write", 404, body=True, keyed=True)
    )
    async def complete_reminder(request: Request, reminder: Id, which: Which | None = None) -> Response:
        """Mark as done what a reminder waits for; a repeating one goes on with its next time."""
        meant = which.occurrence if which else None
        return await _acted(
            door, request, reminder, lambda user, now: rings.complete(user, reminder, now, occurrence=meant)
        )

    @routes.post("/reminders/{reminder:int}/uncomplete", response_model=Reminder, **says("write", 404, keyed=True))
    async def uncomplete_reminder(request: Request, reminder: Id) -> Response:
        """Take back the last time that a reminder was done."""
        return await _acted(door, request, reminder, lambda user, now: rings.uncomplete(user, reminder, now))

    @routes.post("/reminders/{reminder:int}/move", response_model=Reminder, **says("write", 404, body=True, keyed=True))
    async def move_reminder(request: Request, reminder: Id, sent: Moving) -> Response:
        """Put a reminder on another day, at the same time of day.

        Of a repetition only one occurrence moves: it becomes a reminder of its own, which is the answer.
        """
        return await _acted(
            door, request, reminder,
            lambda user, now: moves.move(user, reminder, sent.day, now, occurrence=sent.occurrence),
        )  # fmt: skip

    @routes.post(
        "/reminders/{reminder:int}/snooze", response_model=Reminder, **says("write", 404, body=True, keyed=True)
    )
    async def snooze_reminder(request: Request, reminder: Id, sent: Later) -> Response:
        """Let what rang of a reminder ring again later."""
        return await _acted(door, request, reminder, lambda user, now: moves.put_off(user, reminder, sent.until, now))


def _gone(routes: APIRouter, door: Door) -> None:
    @routes.delete("/reminders/{reminder:int}", status_code=204, **says("write", 404))
    async def delete_reminder(request: Request, reminder: Id) -> None:
        """Delete a reminder, which can be restored for a day."""
        await door.run(trash.delete, who(request).user, reminder, door.clock())

    @routes.post("/reminders/{reminder:int}/restore", response_model=Reminder, **says("write", 404, keyed=True))
    async def restore_reminder(request: Request, reminder: Id) -> Response:
        """Take back a deleted reminder; what fell due meanwhile rings late."""
        return await _acted(door, request, reminder, lambda user, _now: trash.restore(user, reminder))


async def _acted(door: Door, request: Request, reminder: int, act: Callable[[int, datetime], object]) -> Response:
    """The answer to what is done with a reminder: what has become of it, or the one that took its place."""
    user = who(request).user

    def unit() -> Reminder:
        done = act(user, door.clock())
        return one(user, done.copy if isinstance(done, moves.Moved) and done.copy else reminder)

    return await door.once(request, unit, status=200)


def _fields(new: NewReminder, chosen: Preferences, now: datetime) -> Fields:
    """The reminder that is said; what is said beside a sentence counts over it."""
    said = new.model_dump(exclude_none=True, exclude={"sentence", "link"}, exclude_unset=True)
    zone = new.zone or chosen.zone
    fields = Fields(text=new.text or "", local=None, zone=zone)
    if new.sentence is not None:
        parsed = understood(new.sentence, zone, habits_of(chosen), now)
        fields = Fields(
            text=parsed.text, local=parsed.local, zone=parsed.zone, rule=parsed.rule, after_done=parsed.after_done,
            leads=parsed.leads, priority=parsed.priority, tags=parsed.tags,
        )  # fmt: skip
    elif new.text is None:
        raise Invalid("Say what to be reminded of: a sentence, or a text.", field="sentence")
    if new.local is not None:
        said["local"] = new.local  # as it is, not as it is told
    return Fields(**{**fields, **said, **_linked(new.link)})  # type: ignore[typeddict-item]


def _linked(link: Link | None) -> dict[str, object]:
    return {"link_kind": link.kind, "link_id": link.id} if link else {"link_kind": "", "link_id": None}


def _check_link(user: int, link: Link | None, find: Find) -> None:
    if link:
        find(user, link.kind, link.id)
