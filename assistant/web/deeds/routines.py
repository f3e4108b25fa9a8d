"""What routines are handed of notes and reminders: a person's day, times in words and by rules, and notices."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from functools import partial

from assistant.chat.routines.around import Around, Day, Entry, OpenTasks, Timing
from assistant.notes import markdown_source
from assistant.notes.models import Note
from assistant.reminders import queries
from assistant.reminders.notifications import outbox
from assistant.reminders.parsing.habits import habits_of
from assistant.reminders.parsing.model import STOPPING
from assistant.reminders.parsing.parser import parse
from assistant.reminders.queries import Listed
from assistant.reminders.recurrence import next_times, timezones, wording
from assistant.users import preferences
from assistant.users.preferences import Preferences
from assistant.web.deeds import of_notes, searching

ENTRIES, NOTES, TASKS = 12, 8, 5  # that a brief tells one by one: of each kind, with open tasks, of one note
LOOKED_AT = 200  # notes that may have open tasks, those that were changed last
NO_TEXT = "no_text"


def around() -> Around:
    """The other rooms, as routines know them."""
    return Around(
        day=day, notify=outbox.notify, understand=understand, in_words=in_words,
        next_times=next_times.upcoming,
    )  # fmt: skip


def day(user: int, now: datetime) -> Day:
    """What the user has before them on this day: what is still to come of it, what has passed, open tasks."""
    chosen = preferences.load(user)
    today = now.astimezone(chosen.zone_info).date()
    listing = partial(queries.listing, user, zone=chosen.zone, now=now, limit=ENTRIES)
    overdue = listing("overdue").rows
    coming = listing("today", after=queries.cursor_at(now + next_times.TICK)).rows
    foreign = searching.foreign(user, [*overdue, *coming])
    notes, more = _open_tasks(user) if chosen.brief_tasks else ([], 0)
    late = queries.count(user, "overdue", chosen.zone, now)
    due = queries.count(user, "due", chosen.zone, now)
    return Day(
        chosen.formats.named(today, whole=True),
        tuple(_entry(one, chosen, now, foreign) for one in coming),
        tuple(_entry(one, chosen, now, foreign) for one in overdue),
        tuple(notes), due - late - len(coming), late - len(overdue), more,
    )  # fmt: skip


def understand(user: int, sentence: str, now: datetime) -> Timing:
    """What the sentence says of times to the user's clocks; never raises for what was written."""
    chosen = preferences.load(user)
    parsed = parse(sentence.strip(), now=now, zone=chosen.zone, habits=habits_of(chosen))
    stops = [one.sentence for one in parsed.problems if one.kind in STOPPING and one.kind != NO_TEXT]
    local = parsed.local.isoformat(timespec="seconds") if parsed.local else ""
    return Timing(local, parsed.rule, parsed.text, stops[0] if stops else "")


def in_words(user: int, local: str, rule: str, now: datetime) -> str:
    """When it comes, as the user reads it."""
    chosen, first = preferences.load(user), datetime.fromisoformat(local)
    if not rule:
        return wording.moment_in_words(first, timezones.on_the_wall(now, chosen.zone).date(), chosen.formats)
    said = wording.in_words(rule)
    at = "" if "BYHOUR" in rule or "BYMINUTE" in rule else f" at {chosen.formats.time(first)}"
    return f"{said[:1].upper()}{said[1:]}{at}"


def _entry(one: Listed, chosen: Preferences, now: datetime, foreign: Mapping[int, str]) -> Entry:
    at = (one.at or now).astimezone(chosen.zone_info)
    today = now.astimezone(chosen.zone_info).date()
    when = chosen.formats.time(at)
    if at.date() != today:
        when = f"{chosen.formats.named(at.date(), today)}, {when}"
    return Entry(one.text, when, f"/reminders?open={one.id}", foreign[one.id])


def _open_tasks(user: int) -> tuple[list[OpenTasks], int]:
    """The first of the user's notes that have open tasks, and how many more have some."""
    kept = (Note.user == user) & Note.trashed.is_null() & (Note.archived == False)  # noqa: E712 - a column
    boxes = kept & Note.text.contains("[ ]")
    found: list[OpenTasks] = []
    more = 0
    for note in Note.select().where(boxes).order_by(Note.pinned.desc(), Note.updated.desc(), Note.id).limit(LOOKED_AT):
        tasks = markdown_source.open_tasks(note.text)
        if tasks and len(found) < NOTES:
            found.append(_of_note(user, note, tasks))
        elif tasks:
            more += 1
    return found, more


def _of_note(user: int, note: Note, tasks: Sequence[str]) -> OpenTasks:
    return OpenTasks(
        note.title or "Untitled", f"/notes/{note.id}", tuple(tasks[:TASKS]), max(0, len(tasks) - TASKS),
        of_notes.foreign(user, [note])[note.id],
    )  # fmt: skip
