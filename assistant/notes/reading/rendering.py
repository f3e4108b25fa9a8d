"""A note as one reads it: its fields, its text, and its links, which lead to where they lead now."""

import asyncio
import re
from collections.abc import Iterable
from dataclasses import dataclass
from html import escape, unescape
from typing import Any
from urllib.parse import quote, unquote

from markupsafe import Markup

from assistant.components.markdown.rendering import rendered_note
from assistant.components.markdown.titles import HEADING_ID, WIKI, part_of, wiki_title
from assistant.notes import attachments, front_matter
from assistant.notes.links import names, written
from assistant.notes.models import ADDRESS, Note
from assistant.notes.reading import embeds, sections
from assistant.notes.reading.embeds import Embed
from assistant.storage.database import Database
from assistant.text import in_bytes

LINK = re.compile(r'<a (?=[^>]*\bdata-(title|path)="([^"]*)")[^>]*>')
PART = re.compile(r'\bdata-part="([^"]*)"')
HREF = re.compile(r'\bhref="[^"]*"')
STRANGER = re.compile(r' (?:target|rel)="[^"]*"')
MISSING = ' title="This note does not exist yet. Open it to write it."'
AWAY = ' title="This file is not here."'
FILE = re.compile(
    r"\.(?:png|jpe?g|gif|webp|svg|bmp|heic|pdf|mp[34]|m4[av]|mov|wav|ogg|webm|docx?|xlsx?|pptx?|zip|base|canvas)\Z",
    re.IGNORECASE,
)
ROW = Markup("<tr><th>{}</th><td>{}</td></tr>")
FIELDS = Markup('<table class="fields">{}</table>')
ATTACHED = re.compile(r'<a href="/notes/attachments/(\d{1,18})"([^>]*)>(.*?)</a>', re.DOTALL)
CHIP = '<a href="{}{}" class="file-chip" download{}>{} <span class="file-size">{}</span></a>'
TITLE = '<a class="wiki" href="" data-title="{}">{}</a>'


DEPTH, BOXES = 3, 30  # of notes that are shown in notes
BOXED = 20_000  # characters of one of them
CUT = Markup('<p class="muted"><a class="wiki" href="{}">Open it to read on</a></p>')


async def as_html(database: Database, user: int, note: int, text: str) -> str:
    """The text of the user's note as safe HTML; with 0, of one that does not exist yet.

    The user's notes that it shows stand in it in boxes, unless they are too many or show each other in a circle.
    """
    return await _Reading(database, user).html(note, text, ())


@dataclass(slots=True)
class _Reading:
    """One note being read, with those that it shows."""

    database: Database
    user: int
    boxes: int = 0

    async def html(self, note: int, text: str, within: tuple[int, ...], place: int = 0) -> str:
        """The HTML of a text that stands ``within`` these notes."""
        header, body = front_matter.split(text)
        html = _fields(header) + await rendered_note(body, place)
        links = [(kind, unescape(target)) for kind, target in LINK.findall(html)]
        if links:
            leading = await self.database.read(_leading, self.user, note, links)
            html = LINK.sub(lambda link: _linked(link, leading, note), html)
        if attached := {int(found[1]) for found in ATTACHED.finditer(html)}:
            sizes = await self.database.read(attachments.file_sizes, self.user, attached)
            html = ATTACHED.sub(lambda link: _file(link, sizes), html)
        return await self._with_notes(html, (*within, note))

    async def _with_notes(self, html: str, within: tuple[int, ...]) -> str:
        shown = await asyncio.to_thread(lambda: list(embeds.found(html)))
        fitting = [one for one in shown if one.note not in within] if len(within) <= DEPTH else []
        texts = await self.database.read(_texts, self.user, {one.note for one in fitting}) if fitting else {}
        inside: dict[Embed, str] = {}
        for one in fitting:
            if one.note in texts and self.boxes < BOXES:
                self.boxes += 1
                drawn = await self._box(one, texts[one.note], within, self.boxes)
                inside |= {} if drawn is None else {one: drawn}
        return await asyncio.to_thread(embeds.boxed, html, inside) if inside else html

    async def _box(self, one: Embed, text: str, within: tuple[int, ...], place: int) -> str | None:
        """What stands in the box; None where the note has no such part."""
        body = front_matter.split(text)[1]
        part = await asyncio.to_thread(sections.section, text, one.part) if one.part else body
        if part is None:
            return None
        html = embeds.quiet(await self.html(one.note, part[:BOXED], within, place), one.note)
        return f"{html}{CUT.format(f'/notes/{one.note}')}" if len(part) > BOXED else html


def _texts(user: int, notes: Iterable[int]) -> dict[int, str]:
    rows: Any = Note.select(Note.id, Note.text).where((Note.user == user) & Note.id.in_(sorted(notes)))
    return dict(rows.where(Note.trashed.is_null()).tuples())


def _leading(user: int, note: int, links: Iterable[tuple[str, str]]) -> dict[tuple[str, str], int | None]:
    """To which note each link leads; None for one to a note that does not exist."""
    home = Note.get_or_none((Note.id == note) & (Note.user == user)) if note else None
    keys = {link: _key(*link, home.path if home else "") for link in links}
    found = names.found(user, set(keys.values()))
    return {link: found.get(key) for link, key in keys.items() if key}


def _key(kind: str, target: str, home: str) -> str:
    return written.wiki_key(target, home) if kind == "title" else written.address_key(target, home)


def _linked(link: re.Match[str], leading: dict[tuple[str, str], int | None], home: int) -> str:
    kind, target = link[1], unescape(link[2])
    if (kind, target) not in leading:
        return link[0]
    note = leading[kind, target]
    path = target if kind == "title" else unquote(written.PART.split(target, maxsplit=1)[0])
    title = written.ENDING.sub("", path.rpartition("/")[2]) if kind == "path" or path.startswith(".") else path
    if not note and FILE.search(title):
        return HREF.sub("", link[0]).replace('class="wiki', 'class="wiki wiki-missing', 1)[:-1] + f"{AWAY}>"
    address = _address(note, _part(link, target), home) if note else f"/notes/new?title={quote(title, safe='')}"
    tag = HREF.sub(f'href="{address}"', STRANGER.sub("", link[0]))
    if kind == "path":
        tag = tag.replace("<a ", '<a class="wiki" ', 1)
    return tag if note else tag.replace('class="wiki', 'class="wiki wiki-missing', 1)[:-1] + f"{MISSING}>"


def _file(link: re.Match[str], sizes: dict[int, int]) -> str:
    """A link to a file, which is downloaded, with its size; one to a picture stays as it is."""
    size = sizes.get(int(link[1]))
    return link[0] if size is None else CHIP.format(ADDRESS, link[1], link[2], link[3], in_bytes(size))


def _part(link: re.Match[str], target: str) -> str:
    """The part of the note that the link names."""
    if link[1] == "path":
        return part_of(unquote(target.partition("#")[2]))
    named = PART.search(link[0])
    return unescape(named[1]) if named else ""


def _address(note: int, part: str, home: int) -> str:
    if not part:
        return f"/notes/{note}"
    here = note == home and not part.startswith("^")
    return f"#{HEADING_ID}{part}" if here else f"/notes/{note}?part={quote(part)}"


def _fields(header: front_matter.Header) -> str:
    """The fields that a note begins with."""
    rows = [ROW.format(name, _value(value)) for name, value in header.fields.items()]
    return str(FIELDS.format(Markup("").join(rows))) if rows else ""


def _value(value: str | list[str]) -> Markup:
    plain = escape(value if isinstance(value, str) else ", ".join(value))
    return Markup(WIKI.sub(_title, plain))  # noqa: S704 - escaped above


def _title(found: re.Match[str]) -> str:
    title = wiki_title(found[1])
    return TITLE.format(title, (found[2] or "")[1:].strip() or found[1].strip()) if title.strip() else found[0]
