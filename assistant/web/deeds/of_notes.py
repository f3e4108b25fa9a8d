"""What the assistant does with notes: one written, one added to, a passage changed; each with its way back."""

import re
from collections.abc import Iterable
from datetime import datetime

from assistant.chat.acting import journal, outside
from assistant.chat.acting.journal import Offer
from assistant.chat.acting.rooms import Card, Content, Deed, NoteText, Outcome
from assistant.errors import Conflict, Invalid, NotFound
from assistant.notes import notebook, trash
from assistant.notes.models import Note
from assistant.notes.proposals.taking import Taken
from assistant.notes.validation import valid_text
from assistant.notes.versions import history

SINCE = "The note has changed since the model read it. Ask again, so that it reads what is there now."
CONTEXT = 3  # lines around a change that are shown
IMPORTED = re.compile(r"[0-9a-f]{64}|[0-9a-f]{16}")  # the keys that imports give to notes


def read(user: int, note: int) -> NoteText:
    """The user's note as it is now; NotFound when it is gone, in the trash or someone else's."""
    home = _there(user, note)
    return NoteText(home.id, home.version, home.title or "Untitled", home.text, foreign(user, [home])[home.id])


def foreign(user: int, notes: Iterable[Note]) -> dict[int, str]:
    """Where the user's notes are from, by their ids: empty for one that nobody else wrote in."""
    rows = {note.id: note for note in notes}
    programs = outside.wrote(user, map(outside.NOTE.format, rows))
    return {key: _foreign(note, programs.get(outside.NOTE.format(key), "")) for key, note in rows.items()}


def _foreign(note: Note, program: str) -> str:
    title = note.title or "Untitled"
    if note.path or IMPORTED.fullmatch(note.key or ""):
        return f"the imported note “{title}”"
    return f"the note “{title}”, in which the program “{program}” wrote" if program else ""


def _there(user: int, note: int) -> Note:
    home = notebook.get(user, note)
    if home.trashed is not None:
        raise NotFound("This note is in the trash.")
    return home


def _new_card(_user: int, content: Content, _now: datetime) -> Card:
    text = valid_text(str(content["text"]))
    if not text.strip():
        raise Invalid("Write something into the note.", field="text")
    return Card("Write a note", (text,), editable=text)


def _create(user: int, content: Content, now: datetime) -> Outcome:
    note = notebook.create(user, now, text=str(content["text"]))
    title = note.title or "Untitled"
    return Outcome(f"The note “{title}” was written.", f"/notes/{note.id}", {"note": note.id, "after": note.text})


def _uncreate(user: int, way_back: Content, now: datetime) -> None:
    trash.trash(user, int(way_back["note"]), now)


def _added(home: Note, text: str) -> str:
    return f"{home.text.rstrip()}\n\n{text.strip()}".lstrip()


def _add_card(user: int, content: Content, _now: datetime) -> Card:
    home, text = _there(user, int(content["note"])), valid_text(str(content["text"]))
    if not text.strip():
        raise Invalid("Write what to add.", field="text")
    return Card(f"Add to “{home.title or 'Untitled'}”", pieces=(("added", text.strip()),), editable=text.strip())


def _add(user: int, content: Content, now: datetime) -> Outcome:
    home = _there(user, int(content["note"]))
    return _saved(home, _added(home, str(content["text"])), now, "", str(content["text"]).strip())


def _change_card(user: int, content: Content, _now: datetime) -> Card:
    home = _there(user, int(content["note"]))
    if home.version != content["version"]:
        raise Conflict(SINCE)
    new = _changed(home, content)
    pieces = tuple(_near(history.differences(home.text, new)))
    return Card(f"Change “{home.title or 'Untitled'}”", pieces=pieces, editable=str(content["new"]))


def _change(user: int, content: Content, now: datetime) -> Outcome:
    home = _there(user, int(content["note"]))
    if home.version != content["version"]:
        raise Conflict(SINCE)
    return _saved(home, _changed(home, content), now, str(content["old"]), str(content["new"]))


def _changed(home: Note, content: Content) -> str:
    old = str(content["old"])
    if home.text.count(old) != 1:
        raise Conflict(SINCE)
    return valid_text(home.text.replace(old, str(content["new"])))


def _saved(home: Note, text: str, now: datetime, old: str, new: str) -> Outcome:
    before = home.text
    history.keep(home, now, reason="edit")
    saved = notebook.save(home.user, home.id, text, home.version, now=now)
    way_back = {
        "note": home.id,
        "version": saved.version,
        "old": old,
        "new": new,
        "at": before.find(old) if old else -1,
    }
    return Outcome(f"The note “{saved.title or 'Untitled'}” was changed.", f"/notes/{home.id}", way_back)


def _unchange(user: int, way_back: Content, now: datetime) -> None:
    home = _there(user, int(way_back["note"]))
    old, new, at = str(way_back["old"]), str(way_back["new"]), int(way_back["at"])
    if at >= 0 and home.version == way_back["version"] and home.text.startswith(new, at):
        text = home.text[:at] + old + home.text[at + len(new) :]
    elif new and home.text.count(new) == 1:
        text = home.text.replace(new, old)
    else:
        raise Conflict("The note has changed in this place since. Its history has the text from before.")
    history.keep(home, now, reason="edit")
    notebook.save(user, home.id, text if old else text.rstrip(), home.version, now=now)


def taken(user: int, one: Taken, now: datetime) -> int:
    """Writes down that the person took what a model proposed in a note; returns the number of the act."""
    home = notebook.get(user, one.note)
    title = home.title or "Untitled"
    content = {"note": home.id, "version": home.version, "old": one.before, "new": one.after}
    pieces = tuple(_near(history.differences(one.before, one.after)))
    card = Card(f"{one.kind.words} in “{title}”", pieces=pieces)
    said = {"kind": one.kind.name}
    offer = Offer(one.kind.name, "note.change", content, card, said, "selection", sources=_sources(home))
    back = {"note": home.id, "version": home.version, "old": one.before, "new": one.after, "at": one.at}
    outcome = Outcome(f"{one.kind.words}: the note “{title}” was changed.", f"/notes/{home.id}", back)
    return int(journal.done_elsewhere(user, offer, outcome, one.model, now).id)


def _sources(home: Note) -> tuple[str, ...]:
    where = foreign(home.user, [home])[home.id]
    return (where,) if where else ()


def _near(pieces: list[tuple[str, str]]) -> list[tuple[str, str]]:
    """The pieces of a change with only a few lines of what stays the same around them."""
    shown = []
    for place, (kind, text) in enumerate(pieces):
        lines = text.split("\n")
        if kind == history.SAME and len(lines) > 2 * CONTEXT:
            head = lines[:CONTEXT] if place else []
            tail = lines[-CONTEXT:] if place < len(pieces) - 1 else []
            text = "\n".join([*head, "…", *tail])  # noqa: PLW2901 - the piece as it is shown
        shown.append((kind, text))
    return shown


def _with_text(_user: int, content: Content, text: str, _now: datetime) -> Content:
    return content | {"text": text}


def _with_new(_user: int, content: Content, text: str, _now: datetime) -> Content:
    return content | {"new": text}


DEEDS = {
    "note.create": Deed("create", _new_card, _create, _uncreate, _with_text),
    "note.append": Deed("change", _add_card, _add, _unchange, _with_text),
    "note.change": Deed("change", _change_card, _change, _unchange, _with_new),
}
