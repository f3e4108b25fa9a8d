"""A brief in words: the facts by a template, and what a model may add to them."""

import re
from collections.abc import Iterable

from assistant.chat.acting import fence
from assistant.chat.routines.around import Day, Entry, OpenTasks
from assistant.text import ADDRESS

NOTHING = "Nothing is set for today, nothing is overdue, and no note has open tasks."
MARKS = re.compile(r"([\\`*_\[\]<>~=$|&^])")
NUMBER = re.compile(r"\d+")
LONGEST = 700  # characters that a model may add
WISH = (
    "(From the app: below is what the person has before them on {day}. Write two or three short, friendly sentences to "
    "them about it: what comes first, and what has waited longest. Use only what stands there, with its own times, in "
    "its own language. No list, no greeting, no links.)"
)


def facts(day: Day) -> str:
    """All that is known of the day, as Markdown with links to it."""
    parts = [
        _section("Today", map(_entry, day.today), day.more_today, "/reminders"),
        _section("Overdue", map(_entry, day.overdue), day.more_overdue, "/reminders"),
        _section("Open tasks", map(_tasks, day.notes), day.more_notes, "/notes"),
    ]
    return "\n\n".join(filter(None, parts)) or NOTHING


def summary(day: Day) -> str:
    """How much there is, in a line."""
    counts = (
        (len(day.today) + day.more_today, "today"),
        (len(day.overdue) + day.more_overdue, "overdue"),
        (len(day.notes) + day.more_notes, "with open tasks"),
    )
    said = " · ".join(f"{count} {words}" for count, words in counts if count)
    return said or "Nothing is set for today."


def wish(day: Day) -> str:
    """What a model is asked to write of the day: it reads all texts of the day as data."""
    told = [
        *(f"today, {one.when}: {one.text}" for one in day.today),
        *(f"overdue since {one.when}: {one.text}" for one in day.overdue),
        *(f"open in the note “{note.title}”: {'; '.join(note.tasks)}" for note in day.notes),
    ]
    return f"{WISH.format(day=day.title)}\n{fence.fenced(chr(10).join(told), fence.mark())}"


def prose(written: str, day: Day) -> str:
    """What a model wrote, as text without links; empty where it is of no use, or says a number that is not there."""
    text = " ".join(ADDRESS.sub("", written).split())[: LONGEST + 1]
    known = set(NUMBER.findall(wish(day)))
    if not text or len(text) > LONGEST or any(number not in known for number in NUMBER.findall(text)):
        return ""
    return plain(text)


def plain(text: str) -> str:
    """The text on one line, as Markdown shows it without any marks of its own."""
    return MARKS.sub(r"\\\1", " ".join(text.split()))


def _section(title: str, lines: Iterable[str], more: int, address: str) -> str:
    found = [f"- {line}" for line in lines]
    if more:
        found.append(f"- [and {more} more]({address})")
    return "\n".join([f"### {title}", "", *found]) if found else ""


def _entry(one: Entry) -> str:
    return f"{one.when} [{plain(one.text)}]({one.address})"


def _tasks(note: OpenTasks) -> str:
    tasks = [plain(task) for task in note.tasks] + ([f"and {note.more} more"] if note.more else [])
    return f"[{plain(note.title)}]({note.address}): {' · '.join(tasks)}"
