"""Reads TextBundle: a folder each note, with its pictures; so does Bear make its backups."""

import json
import re
from functools import partial

from assistant.errors import Invalid
from assistant.notes import front_matter
from assistant.notes.markdown_source import heading_of, prose
from assistant.notes.transfer.archive_reader import Entry
from assistant.notes.transfer.formats.claims import Claim, Opened, Source, group, text
from assistant.notes.transfer.formats.web_pages import read as read_page
from assistant.notes.transfer.imported_note import FILE_LIMIT, ImportedNote

BEAR, APP = "Bear", "TextBundle"
BUNDLE = re.compile(r"(.*\.textbundle|.*\.textpack)", re.IGNORECASE)
OWN = "net.shinyfrog.bear"
# Bear writes tags of several words between two signs.
WORDS = re.compile(r"(?<![^\s(,;])#([^\s#/][^#\n]{0,90}?\s[^#\n]{0,90}?[^\s#])#(?![\w#])")
PLAIN = re.compile(r"(?<![^\s(,;])#([\w/-]*[^\W\d_][\w/-]*)(?!#)")

SECTION = re.compile(r"(\[\[[^\[\]\n|/#]{1,300})/(?=[^\[\]\n]{1,300}\]\])")  # of a note, as Bear links to it
REMARK = re.compile(r"<!-- ?\{[^<>\n]{0,200}\} ?-->")  # how wide a picture is there

TRASHED = "It is in the trash of Bear."
LOCKED = "It is encrypted in Bear. Take its password off there and export again."


def claim(opened: Opened) -> Claim:
    """The notes of all bundles."""
    claim = Claim()
    folders: dict[str, list[Entry]] = {}
    for entry in opened.left:
        folders.setdefault(entry.folder, []).append(entry)
    for folder, files in folders.items():
        info = next((file for file in files if file.path.endswith("/info.json") or file.path == "info.json"), None)
        body = next(
            (file for file in files if file.stem == "text" and file.ending in {"md", "markdown", "txt", "html"}), None
        )
        if info is None or body is None:
            continue
        about = _about(info)
        if about is None:
            continue
        claim.taken |= {info.path, body.path}
        app = BEAR if OWN in json.dumps(about) else APP
        claim.sources.append(Source(folder or body.path, partial(_read, opened, folder, body, about), app))
        if app == BEAR:
            top = folder.rpartition("/")[0]
            claim.taken |= {file.path for file in folders.get(top, []) if file.stem in {"tags", "backup"}}
    return claim


def _about(info: Entry) -> dict[str, object] | None:
    try:
        found = json.loads(info.read()) if info.size < FILE_LIMIT else None
    except (ValueError, RecursionError, Invalid):
        return None
    return found if isinstance(found, dict) and ("version" in found or "type" in found) else None


def _read(opened: Opened, folder: str, body: Entry, about: dict[str, object]) -> ImportedNote:
    own = group(about.get(OWN))
    if own.get("trashed") == 1:
        raise Invalid(TRASHED)
    if own.get("encrypted") == 1:
        raise Invalid(LOCKED)
    name = folder.rpartition("/")[2]
    stem = name.rpartition(".")[0] if BUNDLE.fullmatch(name) else name
    whole = Entry(f"{folder}/{body.path.rpartition('/')[2]}".lstrip("/"), body.size, body.modified, body.load)
    if body.ending == "html":
        note = read_page(opened.archive, whole, zone=opened.zone, homes={})
    else:
        note = opened.markdown(whole)
    note.home = f"{stem or 'text'}.md"
    note.entitle(
        heading_of(note.text)
        if note.title in {"", "text"} and note.text.strip()
        else note.title
        if note.title != "text"
        else stem
    )
    note.tags = [tag for tag in note.tags if tag.casefold() != folder.casefold()]
    if own or OWN in str(about.get("creatorIdentifier") or ""):
        note.text = SECTION.sub(r"\1#", REMARK.sub("", note.text))
        bare = prose(note.text)
        note.tag([*WORDS.findall(bare), *PLAIN.findall(WORDS.sub(lambda found: " " * len(found[0]), bare))])
    note.pinned, note.archived = own.get("pinned") == 1, own.get("archived") == 1
    note.created = front_matter.instant(text(own.get("creationDate")), opened.zone) or note.created
    note.updated = front_matter.instant(text(own.get("modificationDate")), opened.zone) or note.updated
    return note
