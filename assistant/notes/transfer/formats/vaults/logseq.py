"""Reads the folder in which Logseq keeps its pages and journals."""

import re
from datetime import UTC, datetime
from functools import partial
from urllib.parse import unquote

from assistant.notes.markdown_source import prose
from assistant.notes.transfer.archive_reader import Entry
from assistant.notes.transfer.formats.claims import Claim, Opened, Source
from assistant.notes.transfer.imported_note import ImportedNote

APP = "Logseq"
SIGN = "logseq/config.edn"
PLACES = {"pages", "journals"}
PROPERTY = re.compile(r"(?:- )?([\w/-]{1,60}):: ?(.*)")
DAY = re.compile(r"(\d{4})[_-](\d\d)[_-](\d\d)")
EMBED = re.compile(r"\{\{embed (\[\[[^\[\]\n]{1,500}\]\])[ ]?\}\}")
BLOCK = re.compile(r"\(\([0-9a-f]{8}-[0-9a-f-]{27}\)\)")
NAMES = re.compile(r"#?\[\[([^\[\]\n]{1,300})\]\]|#?([^\s,#\[\]][^,\[\]]*)")
BLOCKS = "It refers to single blocks by their ids, which lead nowhere here."


def claim(opened: Opened) -> Claim:
    """The pages and journals of all graphs in the archive."""
    claim = Claim()
    tops = [one.path.removesuffix(SIGN) for one in opened.left if one.path.endswith(SIGN)]
    for entry in opened.left if tops else ():
        top = next((top for top in tops if entry.path.startswith(top)), None)
        if top is not None and entry.ending == "md" and entry.folder.removeprefix(top) in PLACES:
            claim.taken.add(entry.path)
            claim.sources.append(Source(entry.path, partial(_read, opened, entry), APP))
    return claim


def _read(opened: Opened, entry: Entry) -> ImportedNote:
    note = opened.markdown(entry)
    said = _properties(note.text)
    note.text = _embedded(note.text)
    day = DAY.fullmatch(entry.stem)
    note.entitle(said.get("title") or (_day(day) if day else "") or unquote(entry.stem.replace("___", "/")))
    note.tags = [tag for tag in note.tags if tag != entry.folder]
    note.tag(one[1] or one[2].strip() for one in NAMES.finditer(said.get("tags", "")))
    note.remarks += [BLOCKS] if BLOCK.search(prose(note.text)) else []
    return note


def _properties(text: str) -> dict[str, str]:
    """What the page says of itself in its first lines."""
    found: dict[str, str] = {}
    for line in text.split("\n", 20)[:20]:
        known = PROPERTY.fullmatch(line.strip())
        if known is None:
            break
        found.setdefault(known[1].lower(), known[2].strip())
    return found


def _embedded(text: str) -> str:
    """The text in which pages are shown as they are here."""
    if "{{embed" not in text:
        return text
    pieces, at = [], 0
    for embed in EMBED.finditer(prose(text)):
        pieces += [text[at : embed.start()], "!", text[embed.start(1) : embed.end(1)]]
        at = embed.end()
    return "".join([*pieces, text[at:]])


def _day(found: re.Match[str]) -> str:
    """A day as Logseq names its page, and as links to it are written."""
    try:
        day = datetime(int(found[1]), int(found[2]), int(found[3]), tzinfo=UTC)
    except ValueError:
        return ""
    ordinal = "th" if day.day in {11, 12, 13} else {1: "st", 2: "nd", 3: "rd"}.get(day.day % 10, "th")
    return f"{day:%b} {day.day}{ordinal}, {day.year}"
