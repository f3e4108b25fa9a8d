"""A note as one reads it: its fields, its text, and its links, which lead to where they lead now."""

import re
from collections.abc import Iterable
from html import escape, unescape
from urllib.parse import quote, unquote

from markupsafe import Markup

from assistant.components.markdown.rendering import rendered_note
from assistant.components.markdown.titles import WIKI, wiki_title
from assistant.notes import front_matter
from assistant.notes.links import names, written
from assistant.notes.models import Note
from assistant.storage.database import Database

LINK = re.compile(r'<a (?=[^>]*\bdata-(title|path)="([^"]*)")[^>]*>')
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
TITLE = '<a class="wiki" href="" data-title="{}">{}</a>'


async def as_html(database: Database, user: int, note: int, text: str) -> str:
    """The text of the user's note as safe HTML; with 0, of one that does not exist yet."""
    header, body = front_matter.split(text)
    html = _fields(header) + await rendered_note(body)
    links = [(kind, unescape(target)) for kind, target in LINK.findall(html)]
    if not links:
        return html
    leading = await database.read(_leading, user, note, links)
    return LINK.sub(lambda link: _linked(link, leading), html)


def _leading(user: int, note: int, links: Iterable[tuple[str, str]]) -> dict[tuple[str, str], int | None]:
    """To which note each link leads; None for one to a note that does not exist."""
    home = Note.get_or_none((Note.id == note) & (Note.user == user)) if note else None
    keys = {link: _key(*link, home.path if home else "") for link in links}
    found = names.found(user, set(keys.values()))
    return {link: found.get(key) for link, key in keys.items() if key}


def _key(kind: str, target: str, home: str) -> str:
    return written.wiki_key(target, home) if kind == "title" else written.address_key(target, home)


def _linked(link: re.Match[str], leading: dict[tuple[str, str], int | None]) -> str:
    kind, target = link[1], unescape(link[2])
    if (kind, target) not in leading:
        return link[0]
    note = leading[kind, target]
    path = target if kind == "title" else unquote(written.PART.split(target, maxsplit=1)[0])
    title = written.ENDING.sub("", path.rpartition("/")[2]) if kind == "path" or path.startswith(".") else path
    if not note and FILE.search(title):
        return HREF.sub("", link[0]).replace('class="wiki', 'class="wiki wiki-missing', 1)[:-1] + f"{AWAY}>"
    address = f"/notes/{note}" if note else f"/notes/new?title={quote(title, safe='')}"
    tag = HREF.sub(f'href="{address}"', STRANGER.sub("", link[0]))
    if kind == "path":
        tag = tag.replace("<a ", '<a class="wiki" ', 1)
    return tag if note else tag.replace('class="wiki', 'class="wiki wiki-missing', 1)[:-1] + f"{MISSING}>"


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
