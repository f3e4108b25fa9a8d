"""Reads the folder in which Dendron keeps its notes: their links have the label first, and may name a vault."""

import re
from functools import partial

from assistant.notes.markdown_source import prose
from assistant.notes.transfer.archive_reader import Entry
from assistant.notes.transfer.formats.claims import Claim, Opened, Source
from assistant.notes.transfer.imported_note import ImportedNote

APP = "Dendron"
SIGNS = (".schema.yml", "dendron.yml")
LINK = re.compile(r"(!\[\[|\[\[)(?:([^\[\]\n|]{1,500})\|)?([^\[\]\n|]{1,500})\]\]")
VAULT = re.compile(r"dendron://[^/\s]{1,100}/")
RANGE = re.compile(r"(?:,\d+)?(?::#.*)?\Z")  # how far a note is shown


def claim(opened: Opened) -> Claim:
    """The notes of a vault."""
    claim = Claim()
    if not any(entry.path.endswith(SIGNS) for entry in opened.left):
        return claim
    notes = [entry for entry in opened.left if entry.ending == "md"]
    known = {entry.stem.casefold() for entry in notes}
    for entry in notes:
        claim.taken.add(entry.path)
        claim.sources.append(Source(entry.path, partial(_read, opened, entry, known), APP))
    return claim


def _read(opened: Opened, entry: Entry, known: set[str]) -> ImportedNote:
    note = opened.markdown(entry)
    note.text = _turned(note.text, known)
    return note


def _turned(text: str, known: set[str]) -> str:
    """The text with its links as they are written elsewhere: first what they name, then their label."""
    if "[[" not in text:
        return text
    pieces, at = [], 0
    for link in LINK.finditer(prose(text)):
        label, said, shown = link[2] or "", link[3].strip(), link[1][:-2]
        plain = VAULT.sub("", said)
        path, sign, part = plain.partition("#")
        elsewhere = label.strip().casefold() in known and path.strip().casefold() not in known  # as Obsidian has it
        if elsewhere or not (label or sign or plain != said):
            continue
        part = RANGE.sub("", part)
        target = path.strip() + (f"#{part}" if part and part != "*" else "")
        if target:
            pieces += [text[at : link.start()], f"{shown}[[{target}{f'|{label}' if label else ''}]]"]
            at = link.end()
    return "".join([*pieces, text[at:]])
