"""What the reminder's form reads and writes; each function is one unit of work, or reads nothing at all."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from assistant.components.form import Values
from assistant.errors import Conflict, Invalid, NotFound
from assistant.reminders import queries, reminders, schedule, validation
from assistant.reminders.links import Find, Link, found
from assistant.reminders.models import Reminder
from assistant.reminders.pages.form_values import as_fields, blank, of_reminder, of_sentence
from assistant.reminders.parsing.formatter import Meaning, format_sentence
from assistant.reminders.parsing.habits import USUAL, Habits
from assistant.reminders.parsing.model import STOPPING, Parsed, Problem
from assistant.reminders.parsing.parser import parse
from assistant.reminders.queries import Listed
from assistant.reminders.recurrence import next_times
from assistant.reminders.reminders import Fields


@dataclass(frozen=True)
class Opened:
    """What a form opens with: its values, what the reminder leads to, the person's tags."""

    id: int
    values: Values
    link: Link | None
    tags: Sequence[str]


@dataclass(frozen=True)
class Reading:
    """What a sentence says, as values of the form, with the next times; or what values say, in a sentence.

    ``problems`` are sentences, each with whether it stops the reminder from being stored; ``doubts`` are what was
    read in one of two ways.
    """

    values: Values
    upcoming: Sequence[datetime]
    problems: dict[str, bool]
    doubts: Sequence[Problem] = ()


class ChangedElsewhere(Conflict):
    """The reminder was changed elsewhere in what is changed here too; ``theirs`` is what it says there."""

    def __init__(self, theirs: Values) -> None:
        """``theirs`` are the values of a form."""
        super().__init__(f"Meanwhile it was changed elsewhere, to: “{theirs['sentence'] or theirs['text']}”.")
        self.theirs = theirs


def opened(
    user: int, reminder: int, find: Find, *, zone: str, now: datetime, draft: Parsed | None, text: str,
    habits: Habits = USUAL,
) -> Opened:  # fmt: skip
    """The form of the user's reminder, or of a new one that a sentence says; NotFound when it is someone else's."""
    names = [name for name, _ in queries.tags(user)]
    if not reminder:
        parsed = draft or (parse(text, now=now, zone=zone, habits=habits) if text.strip() else None)
        values = blank(zone) | (of_sentence(parsed, zone) if parsed else {})
        sentence = text if text or not parsed else _sentence(values, now, zone)
        return Opened(0, values | {"sentence": sentence, "said": sentence}, None, names)
    row = _listed(user, reminder)
    return Opened(reminder, _said(row, now, zone), found(find, user, row.link_kind, row.link_id), names)


def stands(user: int, reminder: int, *, zone: str, now: datetime) -> Values | None:
    """What the reminder says now; None when it is gone."""
    try:
        return _said(_listed(user, reminder), now, zone)
    except NotFound:
        return None


def read(sentence: str, *, zone: str, now: datetime, habits: Habits = USUAL) -> Reading:
    """What the sentence says."""
    parsed = parse(sentence, now=now, zone=zone, habits=habits)
    problems = {problem.sentence: problem.kind in STOPPING for problem in parsed.problems}
    try:
        validation.valid_text(parsed.text or "-")
    except Invalid as error:
        problems[error.sentence] = True
    upcoming = next_times.upcoming(parsed.local, parsed.zone, parsed.rule, now)
    return Reading(of_sentence(parsed, zone) | {"said": sentence}, upcoming, problems, parsed.problems)


def check(values: Values, *, zone: str, now: datetime) -> Reading:
    """The values in a sentence, empty where none says them; Invalid with the field for what cannot be."""
    row = reminders.tried(now, **as_fields(values, zone))
    meaning = Meaning(row.text, row.local, row.zone, row.rule, row.after_done, schedule.leads(row))
    sentence = format_sentence(meaning, now=now, zone=zone)
    upcoming = next_times.upcoming(row.local, row.zone, row.rule, now)
    return Reading({"sentence": sentence, "said": sentence}, upcoming, {})


def add(user: int, values: Values, key: str, find: Find, *, zone: str, now: datetime) -> Listed:
    """The new reminder that the values say; sent twice under a ``key`` it is there once. Raises as ``reminders.add``.

    NotFound when what it leads to is gone or someone else's.
    """
    said = as_fields(values, zone)
    _check_link(user, said, find)
    try:
        row = reminders.add(user, now=now, uid=key, **said)
    except Conflict:
        row = Reminder.get((Reminder.user == user) & (Reminder.uid == key))
    return queries.listed([row])[0]


def change(user: int, reminder: int, values: Values, base: Values, find: Find, *, zone: str, now: datetime) -> Listed:
    """The reminder with what is different from the ``base``, which is what it said when the form was opened.

    What was changed elsewhere meanwhile stays, unless it was changed here too: then ChangedElsewhere. Raises as
    ``reminders.edit``, and NotFound when what it leads to is gone or someone else's.
    """
    said, before = as_fields(values, zone), as_fields(base, zone)
    stands_now = _said(_listed(user, reminder), now, zone)
    theirs = as_fields(stands_now, zone)
    mine = {name for name in said if said[name] != before[name]}  # type: ignore[literal-required]
    wanted: Any = {name: said[name] for name in mine if said[name] != theirs[name]}  # type: ignore[literal-required]
    if any(theirs[name] != before[name] for name in wanted):  # type: ignore[literal-required]
        raise ChangedElsewhere(stands_now)
    if wanted.keys() & {"link_kind", "link_id"}:
        _check_link(user, said, find)
        wanted |= {"link_kind": said["link_kind"], "link_id": said["link_id"]}
    if wanted:
        reminders.edit(user, reminder, now, **wanted)
    return _listed(user, reminder)


def _listed(user: int, reminder: int) -> Listed:
    return queries.listed([reminders.get(user, reminder)])[0]


def _said(row: Listed, now: datetime, zone: str) -> Values:
    values = of_reminder(row)
    sentence = _sentence(values, now, zone)
    return values | {"sentence": sentence, "said": sentence}


def _sentence(values: Values, now: datetime, zone: str) -> str:
    said = as_fields(values, zone)
    meaning = Meaning(
        said["text"], said["local"], said["zone"], said["rule"], said["after_done"], said["leads"]
    )  # fmt: skip
    return format_sentence(meaning, now=now, zone=zone)


def _check_link(user: int, said: Fields, find: Find) -> None:
    if said["link_kind"] and said["link_id"]:
        find(user, said["link_kind"], said["link_id"])
