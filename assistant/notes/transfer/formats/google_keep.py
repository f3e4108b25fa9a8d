"""Reads the notes of Google Keep as Takeout packs them: a JSON file each, with pictures beside it."""

import json
from collections.abc import Iterable
from datetime import UTC, datetime, timedelta
from typing import Any

from assistant.errors import Invalid
from assistant.notes.transfer.archive_reader import Archive, Entry, megabytes
from assistant.notes.transfer.imported_note import FILE_LIMIT, ImportedNote, key_of
from assistant.notes.validation import valid_text
from assistant.storage.text import clean

SIGNS = {"userEditedTimestampUsec", "createdTimestampUsec", "isTrashed", "textContent", "listContent"}
COLOURS = {
    "RED": "red", "ORANGE": "orange", "YELLOW": "yellow", "GREEN": "green", "TEAL": "green", "BLUE": "blue",
    "CERULEAN": "blue", "PURPLE": "purple", "PINK": "red", "BROWN": "orange", "GRAY": "grey",
}  # fmt: skip
ENDINGS = ("", ".jpg", ".jpeg", ".png", ".gif", ".webp")
EPOCH = datetime(1970, 1, 1, tzinfo=UTC)

STRANGE = "It is no note of Google Keep."
TRASHED = "It is in the trash of Google Keep."


def read(archive: Archive, entry: Entry) -> ImportedNote:
    """The note that this file holds. Raises Invalid when it holds none, or one that was thrown away."""
    payload = _payload(entry)
    if payload.get("isTrashed") is True:
        raise Invalid(TRASHED)
    title, text = _string(payload, "title"), valid_text(_text(payload))
    key = key_of("keep", str(payload.get("createdTimestampUsec")), title, text)
    note = ImportedNote(entry.path, key, text)
    _show_pictures(note, payload, archive, entry)
    note.entitle(title)
    note.tag(_string(label, "name") for label in _objects(payload, "labels"))
    note.pinned, note.archived = payload.get("isPinned") is True, payload.get("isArchived") is True
    note.colour = COLOURS.get(_string(payload, "color"), "")
    note.updated = _instant(payload.get("userEditedTimestampUsec"))
    note.created = _instant(payload.get("createdTimestampUsec")) or note.updated
    return note


def is_one(entry: Entry) -> bool:
    """Whether the file is of Google Keep, a note or not."""
    try:
        _payload(entry)
    except Invalid as error:
        return error.sentence != STRANGE
    return True


def _payload(entry: Entry) -> dict[str, Any]:
    if entry.size > FILE_LIMIT:
        raise Invalid(f"{megabytes(entry.size)}: a note holds 1 MB.")
    data = entry.read()
    try:
        payload = json.loads(data)
    except (ValueError, RecursionError):
        raise Invalid(STRANGE) from None
    if not isinstance(payload, dict) or not SIGNS & payload.keys():
        raise Invalid(STRANGE)
    return payload


def _text(payload: dict[str, Any]) -> str:
    tasks = [
        f"- [{'x' if item.get('isChecked') is True else ' '}] " + _string(item, "text").replace("\n", "\n  ")
        for item in _objects(payload, "listContent")
    ]
    text = "\n\n".join(part for part in (_string(payload, "textContent"), "\n".join(tasks)) if part)
    links = [_link(link) for link in _objects(payload, "annotations") if _string(link, "url") not in text]
    return "\n\n".join(part for part in (text, "\n".join(links)) if part)


def _link(link: dict[str, Any]) -> str:
    url = "".join(_string(link, "url").split())
    title = " ".join(_string(link, "title").translate({ord("["): None, ord("]"): None}).split())
    return f"[{title}]({url})" if title else f"<{url}>"


def _show_pictures(note: ImportedNote, payload: dict[str, Any], archive: Archive, entry: Entry) -> None:
    for attachment in _objects(payload, "attachments"):
        path = _string(attachment, "filePath")
        found = _picture(archive, entry.folder, path)
        if found is None:
            note.remarks.append(f"Its attachment {path[-100:] or 'without a name'} is not among the files.")
        else:
            name = found.path.rpartition("/")[2]
            shape = (("\n\n" if note.text else "") + "![](", ")")
            note.text += note.mention(found, name, "", shape)


def _picture(archive: Archive, folder: str, path: str) -> Entry | None:
    # The note often names another ending than the file has.
    stem = path.rpartition(".")[0]
    tries = [path, *(stem + ending for ending in ENDINGS if stem)]
    return next((found for name in tries if name and (found := archive.find(folder, name))), None)


def _objects(payload: dict[str, Any], name: str) -> Iterable[dict[str, Any]]:
    found = payload.get(name)
    return [each for each in found if isinstance(each, dict)] if isinstance(found, list) else []


def _string(payload: dict[str, Any], name: str) -> str:
    found = payload.get(name)
    return clean(found) if isinstance(found, str) else ""


def _instant(microseconds: object) -> datetime | None:
    try:
        found = EPOCH + timedelta(microseconds=int(str(microseconds)))
    except (ValueError, OverflowError):
        return None
    return found if found > EPOCH else None
