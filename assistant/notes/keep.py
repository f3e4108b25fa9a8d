"""Reads the notes of Google Keep as Takeout packs them: a JSON file each, with pictures beside it."""

import json
from collections.abc import Iterable
from datetime import UTC, datetime, timedelta
from typing import Any

from assistant.errors import Invalid
from assistant.notes.incoming import FILE_LIMIT, Incoming, key_of
from assistant.notes.parcel import Entry, Parcel, megabytes
from assistant.notes.typed import checked_text
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


def read(parcel: Parcel, entry: Entry) -> Incoming:
    """The note that this file holds. Raises Invalid when it holds none, or one that was thrown away."""
    told = _told(entry)
    if told.get("isTrashed") is True:
        raise Invalid(TRASHED)
    title, text = _string(told, "title"), checked_text(_text(told))
    key = key_of("keep", str(told.get("createdTimestampUsec")), title, text)
    note = Incoming(entry.path, key, text)
    _show_pictures(note, told, parcel, entry)
    note.entitle(title)
    note.tag(_string(label, "name") for label in _objects(told, "labels"))
    note.pinned, note.archived = told.get("isPinned") is True, told.get("isArchived") is True
    note.colour = COLOURS.get(_string(told, "color"), "")
    note.updated = _instant(told.get("userEditedTimestampUsec"))
    note.created = _instant(told.get("createdTimestampUsec")) or note.updated
    return note


def _told(entry: Entry) -> dict[str, Any]:
    if entry.size > FILE_LIMIT:
        raise Invalid(f"{megabytes(entry.size)}: a note holds 1 MB.")
    data = entry.read()
    try:
        told = json.loads(data)
    except (ValueError, RecursionError):
        raise Invalid(STRANGE) from None
    if not isinstance(told, dict) or not SIGNS & told.keys():
        raise Invalid(STRANGE)
    return told


def _text(told: dict[str, Any]) -> str:
    tasks = [
        f"- [{'x' if item.get('isChecked') is True else ' '}] " + _string(item, "text").replace("\n", "\n  ")
        for item in _objects(told, "listContent")
    ]
    text = "\n\n".join(part for part in (_string(told, "textContent"), "\n".join(tasks)) if part)
    links = [_link(link) for link in _objects(told, "annotations") if _string(link, "url") not in text]
    return "\n\n".join(part for part in (text, "\n".join(links)) if part)


def _link(link: dict[str, Any]) -> str:
    url = "".join(_string(link, "url").split())
    title = " ".join(_string(link, "title").translate({ord("["): None, ord("]"): None}).split())
    return f"[{title}]({url})" if title else f"<{url}>"


def _show_pictures(note: Incoming, told: dict[str, Any], parcel: Parcel, entry: Entry) -> None:
    for attachment in _objects(told, "attachments"):
        path = _string(attachment, "filePath")
        found = _picture(parcel, entry.folder, path)
        if found is None:
            note.remarks.append(f"Its attachment {path[-100:] or 'without a name'} is not in the zip.")
        elif _string(attachment, "mimetype").startswith("image/"):
            name = found.path.rpartition("/")[2]
            shape = (("\n\n" if note.text else "") + "![](", ")")
            note.text += note.mention(found, name, "", shape)
        else:
            note.remarks.append(f"Its attachment {path[-100:]} is no picture and was left out.")


def _picture(parcel: Parcel, folder: str, path: str) -> Entry | None:
    # The note often names another ending than the file has.
    stem = path.rpartition(".")[0]
    tries = [path, *(stem + ending for ending in ENDINGS if stem)]
    return next((found for name in tries if name and (found := parcel.find(folder, name))), None)


def _objects(told: dict[str, Any], name: str) -> Iterable[dict[str, Any]]:
    found = told.get(name)
    return [each for each in found if isinstance(each, dict)] if isinstance(found, list) else []


def _string(told: dict[str, Any], name: str) -> str:
    found = told.get(name)
    return clean(found) if isinstance(found, str) else ""


def _instant(microseconds: object) -> datetime | None:
    try:
        found = EPOCH + timedelta(microseconds=int(str(microseconds)))
    except (ValueError, OverflowError):
        return None
    return found if found > EPOCH else None
