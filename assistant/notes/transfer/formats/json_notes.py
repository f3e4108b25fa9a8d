"""Reads the notes of Simplenote and of Memos, which are objects in one file."""

import json
import re
from collections.abc import Callable
from datetime import datetime
from functools import partial
from typing import Any
from urllib.parse import quote

from assistant.errors import Invalid
from assistant.notes import front_matter
from assistant.notes.markdown_source import prose, title_of
from assistant.notes.transfer.archive_reader import Entry, shown
from assistant.notes.transfer.containers import Spool
from assistant.notes.transfer.formats import relinking
from assistant.notes.transfer.formats.claims import Claim, Opened, Source, begins, group, listed, objects, packed, text
from assistant.notes.transfer.imported_note import ImportedNote, key_of
from assistant.notes.transfer.markdown_files import HASHTAG
from assistant.notes.transfer.pictures import mention
from assistant.notes.validation import valid_text
from assistant.storage.file_names import Names, safe
from assistant.storage.text import clean

SIMPLENOTE, MEMOS = "Simplenote", "Memos"
LARGEST = 100_000_000  # bytes of a file
MEMO_SIGNS = {"createdTs", "createTime", "created_ts", "rowStatus", "visibility"}
NOTE = re.compile(r"simplenote://note/(.+)")

DAMAGED = "It is damaged from note {} on; those before it come."


def claim(opened: Opened, spool: Spool) -> Claim:
    """The notes in all files of these apps."""
    claim = Claim()
    for entry in opened.left:
        beginning = begins(entry) if entry.ending == "json" and entry.size <= LARGEST else ""
        if beginning.startswith("{") and ('"activeNotes"' in beginning or '"trashedNotes"' in beginning):
            _simplenote(opened, entry, spool, claim)
        elif '"content"' in beginning and any(f'"{sign}"' in beginning for sign in MEMO_SIGNS):
            _memos(opened, entry, beginning, spool, claim)
    return claim


def _simplenote(opened: Opened, entry: Entry, spool: Spool, claim: Claim) -> None:
    top = entry.folder.rpartition("/")[0]
    # Beside it lies each note once more, as a text without what is known about it.
    claim.taken |= {entry.path} | {
        one.path for one in opened.archive.entries
        if one.ending == "txt" and one.folder in {top, f"{top}/trash".removeprefix("/")}
    }  # fmt: skip
    names, homes = Names(), dict[str, str]()
    for payload in _objects(entry, "activeNotes", claim):
        title = title_of(clean(text(payload.get("content"))))
        homes[text(payload.get("id"))] = names.take(safe(title), ".md")
        _add(entry, payload, spool, claim, partial(_simple, opened, homes), SIMPLENOTE, title)
    gone = sum(1 for _ in _objects(entry, "trashedNotes", claim))
    are = "is" if gone == 1 else "are"
    claim.skipped += [(shown(entry.path), f"{gone} of its notes {are} in the trash.")] if gone else []


def _memos(opened: Opened, entry: Entry, beginning: str, spool: Spool, claim: Claim) -> None:
    claim.taken.add(entry.path)
    name = "" if beginning.startswith("[") else "memos" if '"memos"' in beginning else "data"
    for payload in _objects(entry, name, claim):
        title = title_of(clean(text(payload.get("content"))))
        _add(entry, payload, spool, claim, partial(_memo, opened, entry), MEMOS, title)


def _objects(entry: Entry, name: str, claim: Claim) -> Any:
    count = 0
    try:
        for payload in objects(entry, name):
            count += 1
            yield payload
    except Invalid:
        if shown(entry.path) not in (path for path, _ in claim.skipped):
            claim.skipped.append((shown(entry.path), DAMAGED.format(count + 1)))


def _add(
    entry: Entry, payload: dict[str, object], spool: Spool, claim: Claim,
    read: Callable[[dict[str, object], str], ImportedNote], app: str, title: str,
) -> None:  # fmt: skip
    path = shown(f"{entry.path}/{title}" if title else entry.path)
    kept = spool.entry(path, [packed(payload)])
    claim.sources.append(Source(path, lambda: read(json.loads(kept.read()), path), app))


def _simple(opened: Opened, homes: dict[str, str], payload: dict[str, object], path: str) -> ImportedNote:
    body, own = clean(text(payload.get("content"))), text(payload.get("id"))
    note = ImportedNote(path, key_of("simplenote", own, body), valid_text(body), home=homes.get(own, ""))
    note.text = relinking.relinked(body, note.home, lambda target: _note_of(homes, target))
    note.tag(text(tag) for tag in listed(payload.get("tags")))
    note.pinned = payload.get("pinned") is True
    note.created = front_matter.instant(text(payload.get("creationDate")), opened.zone)
    note.updated = front_matter.instant(text(payload.get("lastModified")), opened.zone)
    return note


def _note_of(homes: dict[str, str], target: str) -> str:
    found = NOTE.fullmatch(target)
    return homes.get(found[1], "") if found else ""


def _memo(opened: Opened, entry: Entry, payload: dict[str, object], path: str) -> ImportedNote:
    body = clean(text(payload.get("content")))
    own = str(payload.get("name") or payload.get("uid") or payload.get("id") or "")
    state = str(payload.get("rowStatus") or payload.get("row_status") or payload.get("state") or "")
    note = ImportedNote(path, key_of("memos", own, body), valid_text(body))
    for attached in listed(payload.get("resourceList") or payload.get("resources") or payload.get("attachments")):
        name = text(group(attached).get("filename"))
        if text(group(attached).get("type")).startswith("image/"):
            note.text += f"\n\n![]({quote(name)})"
    mention(note, opened.archive, entry)
    note.tag([*(text(tag) for tag in listed(payload.get("tags"))), *HASHTAG.findall(prose(body))])
    note.pinned, note.archived = payload.get("pinned") is True, state == "ARCHIVED"
    note.created = _first(opened, payload, "createdTs", "created_ts", "createTime")
    note.updated = _first(opened, payload, "updatedTs", "updated_ts", "updateTime") or note.created
    return note


def _first(opened: Opened, payload: dict[str, object], *names: str) -> datetime | None:
    found = (front_matter.instant(str(payload.get(name) or ""), opened.zone) for name in names)
    return next((at for at in found if at), None)
