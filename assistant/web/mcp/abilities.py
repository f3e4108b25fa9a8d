"""What models of other programs can do: find, read, and ask for what the person then says yes to."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from pydantic import BaseModel

from assistant.chat.acting import outside
from assistant.chat.acting.journal import Outside
from assistant.chat.acting.outcomes import in_words
from assistant.chat.acting.rooms import Rooms
from assistant.chat.models import ACTED, PROPOSED, Act
from assistant.reminders import queries
from assistant.reminders.queries import Listed
from assistant.reminders.recurrence import timezones, wording
from assistant.users import preferences
from assistant.users.access import api_keys
from assistant.web.deeds import searching
from assistant.web.mcp import shapes

NOTE = 300  # characters of a reminder's note that are told
WAITING = ("overdue", "today", "coming")
WAITS = (
    "Not done yet: this waits for the person's yes in Assistant (Settings → Assistant), for seven days: {words}. Tell "
    "them so; do not say that it is done, and do not ask for it again."
)


@dataclass(frozen=True, slots=True)
class Moment:
    """By whose key a tool is called, in which rooms, and when."""

    user: int
    key: int
    rooms: Rooms
    now: datetime


@dataclass(frozen=True)
class Tool:
    """A tool. ``run`` is one unit of work; ``needs`` is the scope of the key."""

    name: str
    title: str
    about: str
    takes: type[BaseModel]
    tells: type[BaseModel]
    run: Callable[[Moment, Any], BaseModel]
    needs: str = "read"
    destroys: bool = False

    @property
    def writes(self) -> bool:
        """Whether it changes anything."""
        return self.needs != "read"


def _find(moment: Moment, said: shapes.Search) -> shapes.AllFound:
    found = moment.rooms.find(moment.user, said.query, said.kind, "", moment.now)
    return shapes.AllFound(
        items=[
            shapes.Found(kind=one.kind, id=one.id, title=one.title, text=one.text, when=one.when, source=one.foreign)
            for one in found
        ]
    )


def _read(moment: Moment, said: shapes.Reading) -> shapes.NoteRead:
    note = moment.rooms.read_note(moment.user, said.id)
    end = said.start + shapes.SHOWN
    return shapes.NoteRead(
        id=note.id, title=note.title, text=note.text[said.start : end], source=note.foreign,
        next=end if end < len(note.text) else 0,
    )  # fmt: skip


def _reminders(moment: Moment, said: shapes.Listing) -> shapes.Reminders:
    zone, rows = preferences.load(moment.user).zone, dict[int, Listed]()
    for view in WAITING if said.view == "waiting" else (said.view,):
        listed = queries.listing(moment.user, view, zone=zone, now=moment.now, limit=said.limit).rows
        rows |= {row.id: row for row in listed if row.id not in rows}
    return shapes.Reminders(items=_told(moment, list(rows.values())[: said.limit]))


def _told(moment: Moment, rows: list[Listed]) -> list[shapes.Reminder]:
    chosen, foreign = preferences.load(moment.user), searching.foreign(moment.user, rows)
    today, told = timezones.on_the_wall(moment.now, chosen.zone).date(), []
    for row in rows:
        wall = timezones.on_the_wall(row.at, chosen.zone) if row.at else None
        told.append(
            shapes.Reminder(
                id=row.id, text=row.text, at=row.at.astimezone(chosen.zone_info).isoformat() if row.at else "",
                when=wording.moment_in_words(wall, today, chosen.formats) if wall else "someday",
                repeats=wording.in_words(row.rule) if row.rule else "", note=row.note[:NOTE], source=foreign[row.id],
            )
        )  # fmt: skip
    return told


def _save(moment: Moment, said: shapes.Writing) -> shapes.Wanted:
    place, asks = _place(moment)
    return _became(outside.save_note(place, moment.rooms, moment.now, text=said.text, note=said.id, asks=asks))


def _remind(moment: Moment, said: shapes.Reminding) -> shapes.Wanted:
    place, asks = _place(moment)
    return _became(
        outside.remind(place, moment.rooms, moment.now, sentence=said.sentence, reminder=said.id, asks=asks)
    )  # fmt: skip


def _place(moment: Moment) -> tuple[Outside, bool]:
    key = api_keys.get(moment.user, moment.key)
    return Outside(moment.user, key.name), key.asks


def _became(act: Act) -> shapes.Wanted:
    if act.state == PROPOSED:
        return shapes.Wanted(state="waits", message=WAITS.format(words=in_words(act)))
    return shapes.Wanted(state="done" if act.state == ACTED else "failed", message=act.result)


TOOLS = {
    tool.name: tool
    for tool in (
        Tool(
            "find", "Find", "Look for the person's notes, reminders and conversations by words. Tells their ids.",
            shapes.Search, shapes.AllFound, _find,
        ),
        Tool("read_note", "Read a note", "Read a note by its id.", shapes.Reading, shapes.NoteRead, _read),
        Tool(
            "list_reminders", "List reminders", "The person's reminders, in the order of their times.",
            shapes.Listing, shapes.Reminders, _reminders,
        ),
        Tool(
            "save_note", "Save a note", "Write a new note, or add to one. Only when the person wants something written "
            "down. The person may have to say yes in Assistant first: the answer says so.",
            shapes.Writing, shapes.Wanted, _save, needs="write",
        ),
        Tool(
            "remind", "Set a reminder", "Set a reminder, or change, finish or delete one. Only when the person wants "
            "it. Never compute a date: hand on their own words for the time. The person may have to say yes in "
            "Assistant first: the answer says so.",
            shapes.Reminding, shapes.Wanted, _remind, needs="write", destroys=True,
        ),
    )
}  # fmt: skip
