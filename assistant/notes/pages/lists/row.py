"""One note in the list, as HTML: its title, some words of it, when it changed, its tags."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from markupsafe import Markup, escape

from assistant.components.icons import svg
from assistant.components.rows import Template
from assistant.formats import Formats
from assistant.notes.queries import Listed
from assistant.notes.search.index import Hit
from assistant.users.preferences import Preferences

TAGS_SHOWN = 4
WEEK = timedelta(days=6)
ROW = Template(
    '<a href="/notes/{id}" data-row{current}>'
    '<span class="note-head"><span class="note-title" dir="auto">{pin}{title}</span>'
    '<time datetime="{instant}">{when}</time></span>'
    '<span class="note-excerpt" dir="auto">{words}</span>{tags}</a>'
    '<label class="note-choose"><input type="checkbox" aria-label="Choose {name}" data-do="choose" data-of="{id}"'
    " data-range{chosen}></label>"
)
TAG = Template('<span class="tag">{}</span>')
TAGS = Template('<span class="note-tags">{}</span>')
PIN = Markup('<span class="note-pin" role="img" aria-label="Pinned">{}</span>').format(svg("pin"))


@dataclass(frozen=True, slots=True)
class Shown:
    """A note as the list shows it; ``title`` and ``words`` are safe HTML."""

    id: int
    name: str
    title: Markup
    words: Markup
    changed: datetime
    tags: tuple[str, ...]
    pinned: bool = False
    colour: str = ""
    deleted: datetime | None = None


def listed(note: Listed) -> Shown:
    """A note of a list."""
    name = note.title or "Untitled"
    return Shown(
        note.id, name, escape(name), escape(note.excerpt), note.updated, note.tags, note.pinned, note.colour,
        note.trashed,
    )  # fmt: skip


def found(hit: Hit) -> Shown:
    """A note that was found, with the hits marked."""
    # The search escapes what it marks.
    title = Markup(hit.title or "Untitled")  # noqa: S704
    return Shown(hit.id, title.striptags(), title, Markup(hit.snippet), hit.updated, hit.tags)  # noqa: S704


def row(note: Shown, *, seen_by: Preferences, today: date, current: bool, chosen: bool) -> Markup:
    """The inside of the note's row, for a person who has chosen so."""
    instant = note.deleted or note.changed
    at = when(instant.astimezone(seen_by.zone_info), today, seen_by.formats)
    return ROW.format(
        id=note.id, current=Markup(' aria-current="page"') if current else "", pin=PIN if note.pinned else "",
        title=note.title, name=note.name, words=note.words, tags=_tags(note.tags), instant=instant.isoformat(),
        when=at, chosen=Markup(" checked") if chosen else "",
    )  # fmt: skip


def classes(note: Shown, *, current: bool, chosen: bool) -> str:
    """The classes of the note's row."""
    named = {f"note-coloured colour-{note.colour}": note.colour, "current": current, "chosen": chosen}
    return " ".join(["note", *(name for name, on in named.items() if on)])


def when(moment: datetime, today: date, formats: Formats) -> str:
    """The time of this day, yesterday, the weekday in this week, else the day; ``moment`` is in the person's zone."""
    day = moment.date()
    if day == today:
        return formats.time(moment)
    if day == today - timedelta(days=1):
        return "Yesterday"
    if today - WEEK <= day < today:
        return f"{moment:%A}"
    return formats.day(day, today)


def _tags(tags: Iterable[str]) -> Markup:
    names = list(tags)
    if not names:
        return Markup("")
    more = len(names) - TAGS_SHOWN
    words = [*names[:TAGS_SHOWN], *([f"+{more}"] if more > 0 else [])]
    return TAGS.format(Markup("").join(map(TAG.format, words)))
