"""Reads the backup of Standard Notes: one file of notes, tags and settings, of which the notes come."""

import json
from functools import partial

from assistant.errors import Invalid
from assistant.notes import front_matter
from assistant.notes.transfer.archive_reader import Entry, shown
from assistant.notes.transfer.containers import Spool
from assistant.notes.transfer.formats import lexical
from assistant.notes.transfer.formats.claims import Claim, Opened, Source, begins, group, listed, objects, packed, text
from assistant.notes.transfer.html.page import Markup
from assistant.notes.transfer.imported_note import ImportedNote, key_of
from assistant.notes.validation import valid_text
from assistant.storage.text import clean, one_line

APP = "Standard Notes"
LARGEST = 200_000_000  # bytes of a backup
OWN = "org.standardnotes.sn"
DEEPEST = 20  # tags in tags

LOCKED = "It is encrypted. Export it from Standard Notes as a decrypted backup."
TRASHED = "It is in the trash of Standard Notes."
DAMAGED = "It is damaged; what stands before the damage comes."
FILE = "A file is attached to it in Standard Notes; the backup does not hold it."


def claim(opened: Opened, spool: Spool) -> Claim:
    """The notes of all backups."""
    claim = Claim()
    for entry in opened.left:
        if entry.ending not in {"txt", "json"} or entry.size > LARGEST or not _looks_so(opened, entry):
            continue
        beginning = begins(entry)
        if not beginning.startswith("{") or '"items"' not in beginning or '"content_type"' not in beginning:
            continue
        above = f"{entry.folder}/" if entry.folder else ""
        claim.taken |= {entry.path} | {
            one.path for one in opened.archive.entries if one.path.startswith(f"{above}Items/")
        }  # fmt: skip
        _claim_items(opened, entry, spool, claim)
    return claim


def _looks_so(opened: Opened, entry: Entry) -> bool:
    """Whether it is worth reading: the backup stands alone, or beside the folder of its items."""
    above = f"{entry.folder}/" if entry.folder else ""
    beside = any(one.path.startswith(f"{above}Items/") for one in opened.archive.entries[:200])
    return beside or "standard" in entry.path.lower() or entry.ending == "json" or len(opened.archive.entries) == 1


def _claim_items(opened: Opened, entry: Entry, spool: Spool, claim: Claim) -> None:
    tags: dict[str, tuple[str, str]] = {}
    tagged: dict[str, list[str]] = {}
    try:
        for item in objects(entry, "items"):
            kind, own, content = text(item.get("content_type")), text(item.get("uuid")), item.get("content")
            if kind not in {"Note", "Tag"} or item.get("deleted") is True:
                continue
            if isinstance(content, str):
                claim.skipped.append((shown(entry.path), LOCKED))
                return
            if kind == "Tag":
                _take_tag(own, group(content), tags, tagged)
                continue
            path = shown(f"{entry.path}/{one_line(text(group(content).get('title'))) or 'Untitled'}")
            kept = spool.entry(path, [packed(item)])
            claim.sources.append(Source(path, partial(_read, opened, kept, tags, tagged), APP))
    except Invalid:
        claim.skipped.append((shown(entry.path), DAMAGED))


def _take_tag(
    own: str, content: dict[str, object], tags: dict[str, tuple[str, str]], tagged: dict[str, list[str]]
) -> None:  # fmt: skip
    references = [group(reference) for reference in listed(content.get("references"))]
    above = next((text(one.get("uuid")) for one in references if one.get("reference_type") == "TagToParentTag"), "")
    tags[own] = (text(content.get("title")), above)
    for one in references:
        if one.get("content_type") == "Note":
            tagged.setdefault(text(one.get("uuid")), []).append(own)


def _read(
    opened: Opened, kept: Entry, tags: dict[str, tuple[str, str]], tagged: dict[str, list[str]]
) -> ImportedNote:  # fmt: skip
    item = json.loads(kept.read())
    content, own = group(item.get("content")), text(item.get("uuid"))
    if content.get("trashed") is True:
        raise Invalid(TRASHED)
    about = group(group(content.get("appData")).get(OWN))
    note = ImportedNote(kept.path, "", clean(text(content.get("text"))))
    kind = text(content.get("noteType"))
    if kind == "super" and note.text.startswith("{"):
        note.remarks += [FILE] if '"snfile"' in note.text else []
        note.text = lexical.as_markdown(note.text)
    elif kind == "rich-text" or note.text.lstrip().startswith(("<p", "<h1", "<div", "<ul")):
        page = Markup(note.text)
        note.text = page.text()
        page.show(note, [])
    elif kind in {"code", "spreadsheet", "authentication"}:
        note.text = f"```\n{note.text}\n```" if note.text and "```" not in note.text else note.text
    valid_text(note.text)
    note.entitle(text(content.get("title")))
    note.tag("/".join(_path(tags, tag)) for tag in tagged.get(own, []))
    note.pinned, note.archived = (about.get(name) is True for name in ("pinned", "archived"))
    note.pinned = note.pinned or content.get("starred") is True
    note.created = front_matter.instant(text(item.get("created_at")), opened.zone)
    note.updated = front_matter.instant(text(about.get("client_updated_at")), opened.zone) or note.created
    note.key = key_of("standard notes", own, note.title, note.text)
    return note


def _path(tags: dict[str, tuple[str, str]], tag: str) -> list[str]:
    steps: list[str] = []
    while tag in tags and len(steps) < DEEPEST:
        title, tag = tags[tag]
        steps.insert(0, title.replace(".", "/"))
    return steps
