"""Takes reminders of an archive in: compared first, then stored under a mark, a few at a time."""

import hashlib
import json
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from peewee import chunked
from pydantic import ValidationError

from assistant.errors import Invalid
from assistant.reminders import validation
from assistant.reminders.models import Reminder, ReminderTag, Ring
from assistant.reminders.recurrence import next_times, timezones
from assistant.reminders.transfer.shapes import ReminderShape
from assistant.storage import arrivals
from assistant.storage.database import changed
from assistant.storage.packing import UNREADABLE, Get, streamed
from assistant.storage.text import fold

AT_ONCE = 100  # rows of one statement
NEWER_HERE = "It was changed here since: it stays as it is here."
TWICE = "It was changed both here and in the file: what is in the file is kept as a second reminder."
SAID = ("text", "note", "priority", "local", "zone", "follows", "rule", "after_done")  # what a person says of one

Links = Callable[[str, int], int | None]  # the new id of a note or a message


@dataclass(slots=True)
class Incoming:
    """Reminders of one user that come in: what came of them, or would come; ``remarks`` are about single ones."""

    user: int
    get: Get
    links: Links
    new: int = 0
    here: int = 0
    left_out: int = 0
    remarks: list[tuple[str, str]] = field(default_factory=list)
    _rows: dict[str, int] | None = None  # of the reminders that are here, by what tells them from others

    @property
    def counts(self) -> dict[str, int]:
        """What is new and what is here already, as it is told."""
        return {
            "new reminders": self.new, "reminders here already": self.here, "reminders left out": self.left_out,
        }  # fmt: skip

    @property
    def then(self) -> dict[str, Any]:
        """What ``land`` has to know: nothing."""
        return {}

    def plan(self, path: str) -> Iterator[None]:
        """Says what would come of the reminders in the file, one at each step; reads only."""
        for shape in _shapes(self.get, path):
            self._judge(shape)
            yield

    def store(self, path: str, mark: datetime) -> Iterator[None]:
        """Writes the reminders that are not here yet under the mark, one at each step."""
        for shape in _shapes(self.get, path):
            uid = self._judge(shape)
            if uid:
                self._write(shape, uid, mark)
            yield

    def _judge(self, shape: ReminderShape) -> str:
        """The uid under which it is to be stored; empty where it is here already, or cannot be."""
        if sentence := _impossible(shape):
            self.left_out += 1
            self.remarks.append((shape.text, sentence))
            return ""
        known, uid = self._known(), shape.uid
        if uid in known:
            said = _compared(Reminder.get_by_id(known[uid]), shape)
            uid = hashlib.sha256(f"second\0{shape.model_dump_json()}".encode()).hexdigest()
            if said is not None or uid in known:
                self.here += 1
                self.remarks += [(shape.text, said)] if said else []
                return ""
            self.remarks.append((shape.text, TWICE))
        self.new += 1
        return uid

    def _known(self) -> dict[str, int]:
        """What is here, read once: most of what comes is new."""
        if self._rows is None:
            rows: Any = Reminder.select(Reminder.uid, Reminder.id).where(Reminder.user == self.user)
            self._rows = dict(rows.tuples())
        return self._rows

    def _write(self, shape: ReminderShape, uid: str, mark: datetime) -> None:
        values = shape.model_dump(exclude={"tags", "rings", "leads", "uid"})
        link = self.links(shape.link_kind, shape.link_id) if shape.link_kind and shape.link_id else None
        values |= {"link_id": link, "link_kind": shape.link_kind if link else ""}
        row = arrivals.insert(
            Reminder, user=self.user, uid=uid, deleted=mark, leads=json.dumps(list(shape.leads)),
            words=fold(f"{shape.text}\n{shape.note}"), **values,
        )  # fmt: skip
        self._known()[uid] = row
        tags = validation.valid_tags(shape.tags).items()
        arrivals.insert_all(
            ReminderTag, [{"reminder": row, "user": self.user, "name": name, "key": key} for key, name in tags]
        )
        # One that stands there twice came once.
        rings = {(one.occurrence, one.lead): {"reminder": row, "user": self.user, **dict(one)} for one in shape.rings}
        for some in chunked(rings.values(), AT_ONCE):
            arrivals.insert_all(Ring, some)


def linked(get: Get, path: str, kind: str) -> set[int]:
    """The ids of what the reminders in the file lead to, of that kind."""
    return {shape.link_id for shape in _shapes(get, path) if shape.link_kind == kind and shape.link_id is not None}


def land(user: int, mark: datetime) -> Iterator[None]:
    """Takes the mark off, some reminders at each step."""
    some: Any = Reminder.select(Reminder.id).where(Reminder.deleted == mark).limit(AT_ONCE)
    while Reminder.update(deleted=None).where(Reminder.id.in_(some)).execute():
        changed(user, "reminders")
        yield


def undo(mark: datetime) -> bool:
    """Removes some reminders that bear the mark; whether there are more."""
    some: Any = Reminder.select(Reminder.id).where(Reminder.deleted == mark).limit(AT_ONCE)
    return bool(Reminder.delete().where(Reminder.id.in_(some)).execute())


def _shapes(get: Get, path: str) -> Iterator[ReminderShape]:
    """The reminders in the file; raises Invalid for what is none."""
    for value in streamed(get(path), "reminders")[1]:
        try:
            yield ReminderShape.model_validate(value)
        except ValidationError:
            raise Invalid(UNREADABLE.format(path)) from None


def _impossible(shape: ReminderShape) -> str:
    """Why it could never ring as it says; empty where it can."""
    try:
        timezones.check_zone(shape.zone)
        validation.valid_leads(shape.leads)
        validation.valid_interval(shape.after_done)
        validation.valid_local(shape.local)
        if shape.rule and shape.local is not None:
            next_times.check_rule(shape.rule, shape.local)
    except Invalid as error:
        return error.sentence
    repeats = bool(shape.rule or shape.after_done)
    return "A repetition needs a first time." if repeats and shape.local is None else ""


def _compared(here: Reminder, shape: ReminderShape) -> str | None:
    """What is to be said of one that is here and stays as it is, if anything; None where the two are different."""
    said = all(getattr(here, name) == getattr(shape, name) for name in SAID)
    if said and json.loads(here.leads) == list(shape.leads):
        return ""
    return NEWER_HERE if here.updated >= shape.updated else None
