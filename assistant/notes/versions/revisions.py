"""The versions of a note: every change of its text, title or tags goes through ``write``.

Each change leaves a step that leads back to the text before it. That is a few characters for what
is typed, so that the base of any recent save is at hand for merging.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from assistant.errors import NotFound
from assistant.notes.links import names
from assistant.notes.links.written import title_key
from assistant.notes.markdown_source import excerpt_of, title_of
from assistant.notes.models import Note, NoteStep, NoteTag
from assistant.notes.search import index
from assistant.notes.validation import tag_key, valid_tags, valid_text, valid_title
from assistant.storage.database import changed, later
from assistant.storage.text import sort_key

STEPS_KEPT, STEPS_SIZE, STEPS_TIME = 1000, 4_000_000, timedelta(days=14)
PRUNED_EVERY = 50  # versions, and at once after a large step
LARGE = 100_000


@dataclass(frozen=True, slots=True)
class Saved:
    """What is stored now: ``text`` may differ from what was sent, by a merge or by cleaning."""

    id: int
    version: int
    title: str
    text: str


def get_own(user: int, note: int) -> Note:
    """The user's note, in the trash or not; NotFound when it is gone or someone else's."""
    found = Note.get_or_none((Note.id == note) & (Note.user == user))
    if found is None:
        raise NotFound("There is no such note.")
    return found


def begin(user: int, now: datetime, *, text: str, title: str, tags: Sequence[str], **values: Any) -> Note:
    """The new note, its first version. Raises Invalid with the field for what is too long or too many."""
    note = Note(user=user, text=valid_text(text), created=now, updated=now, search_row=index.next_row())
    for field, value in values.items():
        setattr(note, field, value)
    tagged = valid_tags(tags)
    name(note, valid_title(title))
    note.save(force_insert=True)
    _add_tags(note.id, user, tagged)
    index.write(note, tagged)
    names.store(note, fresh=True)
    publish(note)
    return note


def write(
    note: Note,
    now: datetime,
    *,
    text: str | None = None,
    title: str | None = None,
    tags: Sequence[str] | None = None,
    quiet: bool = False,
) -> Saved:
    """Stores what is given as a new version, unless it is as before; an empty title means the first line.

    A ``quiet`` change leaves the note where it stands in the lists. Raises Invalid with the field
    for what is too long or too many.
    """
    before = note.text, title_set(note), tag_names(note.id)
    after = (
        before[0] if text is None else valid_text(text),
        before[1] if title is None else valid_title(title),
        before[2] if tags is None else valid_tags(tags),
    )
    if after == before:
        return saved(note)
    _step(note, after[0], now)
    if after[2] != before[2]:
        _set_tags(note.id, note.user, after[2])
    note.version += 1
    if after[0] != before[0]:
        note.text = after[0]
    name(note, after[1])
    if after[:2] != before[:2]:
        names.store(note)
    _store(note, after[2], now, quiet=quiet)
    return saved(note)


def text_at(note: Note, version: int) -> tuple[str, str] | None:
    """The text and the set title of that version; None when nothing leads back to it any more."""
    text, title = note.text, title_set(note)
    if version == note.version:
        return text, title
    steps = _steps(note, version)
    if not steps or steps[-1].version != version:
        return None
    for step in steps:
        text, title = _back(text, step), step.title
    return text, title


def had_since(note: Note, version: int, text: str) -> bool:
    """Whether this was the note's text at that version or later, as far as the steps lead back."""
    current = note.text
    for step in _steps(note, version):
        if current == text:
            return True
        current = _back(current, step)
    return current == text


def prune(note: int, now: datetime) -> None:
    """Lets go of the steps that are too old, too many or too large; the newest stay connected."""
    chosen = NoteStep.select(NoteStep.version, NoteStep.size, NoteStep.created).where(NoteStep.note == note)
    rows: Any = chosen.order_by(NoteStep.version.desc()).tuples()
    total = 0
    for number, (version, size, created) in enumerate(rows):
        total += size
        if number >= STEPS_KEPT or total > STEPS_SIZE or created < now - STEPS_TIME:
            NoteStep.delete().where((NoteStep.note == note) & (NoteStep.version <= version)).execute()
            return


def title_set(note: Note) -> str:
    """The title that the user chose; empty when it comes from the first line."""
    return note.title if note.title_set else ""


def name(note: Note, chosen: str) -> None:
    """Gives the note its title, chosen or from the first line, and what follows from it."""
    note.title, note.title_set = chosen or title_of(note.text), bool(chosen)
    note.title_key, note.sort_key = title_key(note.title), sort_key(note.title)
    note.excerpt = excerpt_of(note.text, note.title)


def tag_names(note: int) -> list[str]:
    """The note's tags, in the order in which they were given."""
    return [row.name for row in NoteTag.select(NoteTag.name).where(NoteTag.note == note).order_by(NoteTag.id)]


def saved(note: Note) -> Saved:
    """What a save answers."""
    return Saved(note.id, note.version, note.title, note.text)


def publish(note: Note) -> None:
    """Says that this note, and with it the lists, changed."""
    changed(note.user, "note", note.id)
    changed(note.user, "notes")


def _steps(note: Note, since: int) -> list[NoteStep]:
    chosen = NoteStep.select().where((NoteStep.note == note) & (NoteStep.version >= since))
    return list(chosen.order_by(NoteStep.version.desc()))


def _back(text: str, step: NoteStep) -> str:
    return text[: step.head] + step.middle + text[len(text) - step.tail :]


def _step(note: Note, text: str, now: datetime) -> None:
    before = note.text
    head = _shared(before, text)
    tail = _shared(before[head:][::-1], text[head:][::-1])
    middle = before[head : len(before) - tail]
    step = NoteStep.insert(
        note=note, version=note.version, title=title_set(note), head=head, tail=tail, middle=middle,
        size=len(middle), created=now,
    )  # fmt: skip
    later(NoteStep, *step.returning().sql())
    if len(middle) > LARGE or note.version % PRUNED_EVERY == 0:
        prune(note.id, now)


def _store(note: Note, tags: Sequence[str], now: datetime, *, quiet: bool) -> None:
    stood = note.search_row
    if not quiet:
        note.updated, note.search_row = now, index.next_row()
    values: dict[Any, Any] = {field: getattr(note, field.name) for field in note.dirty_fields}
    later(Note, *Note.update(values).where(Note.id == note.id).sql())
    index.write(note, tags, stood=stood)
    publish(note)


def taken_away(before: str, after: str) -> int:
    """How many characters of the text before do not stand in the one after, at its beginning or its end."""
    head = _shared(before, after)
    return len(before) - head - _shared(before[head:][::-1], after[head:][::-1])


def _shared(one: str, other: str) -> int:
    low, high = 0, min(len(one), len(other))
    while low < high:
        middle = (low + high + 1) // 2
        low, high = (middle, high) if one[low:middle] == other[low:middle] else (low, middle - 1)
    return low


def _set_tags(note: int, user: int, tags: Sequence[str]) -> None:
    NoteTag.delete().where(NoteTag.note == note).execute()
    _add_tags(note, user, tags)


def _add_tags(note: int, user: int, tags: Sequence[str]) -> None:
    if tags:
        # Written out, as each imported note goes through it.
        rows = ", ".join(["(?, ?, ?, ?)"] * len(tags))
        values = [value for tag in tags for value in (note, user, tag, tag_key(tag))]
        later(NoteTag, f"INSERT INTO note_tag (note_id, user, name, key) VALUES {rows}", values)  # noqa: S608
