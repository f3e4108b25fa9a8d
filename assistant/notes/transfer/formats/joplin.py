"""Reads what Joplin exports, as a JEX file or as a folder: a file each for notes, notebooks, tags and attachments."""

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from functools import partial

from assistant.errors import Invalid
from assistant.notes import front_matter
from assistant.notes.transfer.archive_reader import Entry, shown
from assistant.notes.transfer.formats import relinking
from assistant.notes.transfer.formats.claims import Claim, Opened, Source
from assistant.notes.transfer.html.page import Markup
from assistant.notes.transfer.imported_note import FILE_LIMIT, ImportedNote, key_of
from assistant.notes.transfer.markdown_files import decoded
from assistant.notes.validation import valid_text
from assistant.storage.file_names import Names, safe
from assistant.storage.text import clean, one_line

APP = "Joplin"
NOTE, NOTEBOOK, RESOURCE, TAG, TAGGED = "1", "2", "4", "5", "6"
NAMED = re.compile(r"[0-9a-f]{32}")
FIELD = re.compile(r"([a-z_0-9]{1,40}): ?(.*)")
SHOWN = re.compile(r"(!\[[^\[\]\n]{0,1000}\]\()<?:/([0-9a-f]{32})>?((?:[ \t][^()\n]{0,500})?\))")
PICTURE = re.compile(r"<img [^<>]{0,500}?\bsrc=[\"']?:/([0-9a-f]{32})[\"']?[^<>]{0,500}>")
LINKED = re.compile(r"(?<!!)\[([^\[\]\n]{0,1000})\]\(<?:/([0-9a-f]{32})[^()\n]{0,500}\)")
HTML = "2"
DEEPEST = 20  # notebooks in notebooks

LOCKED = "It is encrypted in Joplin. Switch encryption off there and export again."
TRASHED = "It is in the trash of Joplin."
MISSING = "Its attachment {} is not among the files."


@dataclass(frozen=True, slots=True)
class _Item:
    entry: Entry
    title: str
    body: str
    fields: dict[str, str]

    @property
    def id(self) -> str:
        return self.fields["id"]


@dataclass(slots=True)
class _Known:
    """What is there beside the notes, by their ids: notebooks, tags, attachments and the paths of notes."""

    notebooks: dict[str, tuple[str, str]]
    tags: dict[str, list[str]]
    files: dict[str, tuple[Entry | None, str]]
    homes: dict[str, str]


def claim(opened: Opened) -> Claim:
    """The notes of all that Joplin exported."""
    claim, known, names = Claim(), _Known({}, {}, {}, {}), Names()
    beside = {one.stem: one for one in opened.archive.entries if one.folder.rpartition("/")[2] == "resources"}
    found: dict[str, list[_Item]] = {}
    for item in _items([one for one in opened.left if one.ending == "md" and NAMED.fullmatch(one.stem)]):
        claim.taken.add(item.entry.path)
        # The texts are read again when their turn comes: all of them at once may be too much.
        kept = item if item.fields["type_"] != NOTE else replace(item, body="")
        found.setdefault(item.fields["type_"], []).append(kept)
    for item in found.get(NOTEBOOK, []):
        known.notebooks[item.id] = (item.title, item.fields.get("parent_id", ""))
    for item in found.get(RESOURCE, []):
        known.files[item.id] = (beside.get(item.id), _file_name(item))
        claim.taken |= {beside[item.id].path} if item.id in beside else set()
    tags = {item.id: item.title for item in found.get(TAG, [])}
    for item in found.get(TAGGED, []):
        tag = tags.get(item.fields.get("tag_id", ""), "")
        known.tags.setdefault(item.fields.get("note_id", ""), []).append(tag)
    for item in found.get(NOTE, []):
        folder = "/".join(safe(step) for step in _path(known, item.fields.get("parent_id", "")))
        known.homes[item.id] = names.take(f"{folder}/{safe(item.title)}" if folder else safe(item.title), ".md")
        read = partial(_read, opened, known, item.id, item.entry)
        claim.sources.append(Source(shown(known.homes[item.id]), read, APP))
    return claim


def _items(entries: list[Entry]) -> Iterator[_Item]:
    for entry in entries:
        if entry.size > FILE_LIMIT:
            continue
        try:
            text = clean(decoded(entry.read())[0])
        except Invalid:
            continue
        lines = text.rstrip("\n").split("\n")
        fields: dict[str, str] = {}
        while lines and (found := FIELD.fullmatch(lines[-1])):
            fields[found[1]] = found[2]
            lines.pop()
        if fields.get("type_") and fields.get("id") == entry.stem:
            title, _, body = "\n".join(lines).partition("\n")
            yield _Item(entry, one_line(title), body.strip("\n"), fields)


def _file_name(item: _Item) -> str:
    """What an attachment is called, with the ending of its kind."""
    name = item.title or item.fields.get("filename", "").strip() or item.id
    ending = item.fields.get("file_extension", "").strip().lower()
    return name if not ending or name.lower().endswith(f".{ending}") or "." in name[-6:] else f"{name}.{ending}"


def _path(known: _Known, notebook: str) -> list[str]:
    steps: list[str] = []
    while notebook in known.notebooks and len(steps) < DEEPEST:
        title, notebook = known.notebooks[notebook]
        steps.insert(0, title)
    return steps


def _read(opened: Opened, known: _Known, own: str, entry: Entry) -> ImportedNote:
    item = next(_items([entry]))
    fields = item.fields
    if fields.get("encryption_applied") == "1":
        raise Invalid(LOCKED)
    if fields.get("deleted_time", "0") not in {"", "0"}:
        raise Invalid(TRASHED)
    home = known.homes[own]
    note = ImportedNote(home, key_of("joplin", own, item.title, item.body), item.body, home=home)
    if fields.get("markup_language") == HTML:
        page = Markup(item.body)
        note.text = page.text()
        page.show(note, [])
    _show(note, known)
    note.text = relinking.relinked(note.text, home, lambda path: known.homes.get(path.removeprefix(":/"), ""))
    valid_text(note.text)
    note.entitle(item.title)
    note.tag([*known.tags.get(own, []), "/".join(_path(known, fields.get("parent_id", "")))])
    note.created, note.updated = (
        front_matter.instant(fields.get(f"user_{name}") or fields.get(name, ""), opened.zone)
        for name in ("created_time", "updated_time")
    )
    more = {"source": fields.get("source_url", ""), "author": fields.get("author", "")}
    if fields.get("is_todo") == "1":
        more["todo"] = "done" if fields.get("todo_completed", "0") not in {"", "0"} else "open"
        due = front_matter.instant(fields.get("todo_due", ""), opened.zone)
        more["due"] = due.isoformat() if due else ""
    lines = front_matter.written({name: value for name, value in more.items() if value}).split("\n")[1:-3]
    note.text = front_matter.joined("\n".join(lines), note.text)
    return note


def _show(note: ImportedNote, known: _Known) -> None:
    def put(own: str, written: str, before: str, after: str) -> str:
        entry, name = known.files.get(own, (None, own))
        if entry is None:
            note.remarks.append(MISSING.format(name[-80:]))
        else:
            return note.mention(entry, name, written, (before, after))
        return written

    note.text = SHOWN.sub(lambda found: put(found[2], found[0], found[1], found[3]), note.text)
    note.text = PICTURE.sub(lambda found: put(found[1], found[0], "![](", ")"), note.text)
    note.text = LINKED.sub(
        lambda found: put(found[2], found[0], f"[{found[1]}](", ")") if found[2] in known.files else found[0],
        note.text,
    )
