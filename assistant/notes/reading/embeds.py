"""Where a note shows others, and the boxes in which they stand."""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from html import unescape
from urllib.parse import unquote

TAG = re.compile(r'<(/?)([a-z][a-z0-9]*)((?:"[^"]*"|[^">])*)>')
SHOWN = re.compile(r'class="wiki wiki-shown"')
LEADS = re.compile(r'\bhref="/notes/(\d{1,18})(?:\?part=([^"#]*))?"')
END = "</a>"
NAMED = re.compile(r'<a [^>]*\bdata-title="([^"]*)"[^>]*>(.*?)</a>', re.DOTALL)
ALONE = {"br", "hr", "img", "input"}
AROUND = {"li", "td", "th", "div", "blockquote"}  # what a box may stand in as it is
LAST_BREAK, FIRST_BREAK = re.compile(r"(?:<br>|\s)*\Z"), re.compile(r"\A(?:<br>|\s)*")
EMPTY = re.compile(r'<p(?: [a-z]+="[^"]*")*></p>')
HEADING = re.compile(r' id="h-[^"]*"')
TO_HEADING = re.compile(r'\bhref="#h-([^"]*)"')
TASK = re.compile(r' data-task="\d+"')
BOX = '<div class="shown-note"><div class="shown-name">{}</div>{}</div>'


@dataclass(frozen=True, slots=True)
class Embed:
    """A link that shows the note it leads to, or a part of that: from ``start`` to ``end`` in the HTML.

    ``paragraph`` is the tag of the paragraph in which it stands, which ends before the box and begins anew after it.
    """

    start: int
    end: int
    note: int
    part: str
    paragraph: str


def found(html: str) -> Iterator[Embed]:
    """Those in a note's HTML that have room for a box."""
    if not SHOWN.search(html):
        return
    standing: list[tuple[str, str]] = []
    for tag in TAG.finditer(html):
        closing, name, attributes = tag.groups()
        if name in ALONE:
            continue
        if closing:
            if standing:
                standing.pop()
            continue
        within, whole = standing[-1] if standing else ("div", "")
        standing.append((name, tag[0]))
        leads = LEADS.search(attributes) if name == "a" and SHOWN.search(attributes) else None
        if leads and (within in AROUND or within == "p"):
            end = html.index(END, tag.end()) + len(END)
            part = unquote(unescape(leads[2] or ""))
            yield Embed(tag.start(), end, int(leads[1]), part, whole if within == "p" else "")


def boxed(html: str, inside: Mapping[Embed, str]) -> str:
    """The HTML with these embeds in boxes."""
    pieces, at, begins = list[str](), 0, False
    for embed, shown in inside.items():
        before, link = html[at : embed.start], NAMED.sub(_words, html[embed.start : embed.end])
        before = FIRST_BREAK.sub("", before) if begins else before
        box, begins = BOX.format(link, shown), bool(embed.paragraph)
        if begins:
            before = LAST_BREAK.sub("", before)
            opened = before.endswith(embed.paragraph)
            before = before.removesuffix(embed.paragraph) if opened else f"{before}</p>"
            box += embed.paragraph
        pieces += [before, box]
        at = embed.end
    rest = FIRST_BREAK.sub("", html[at:]) if begins else html[at:]
    return EMPTY.sub("", "".join([*pieces, rest]))


def _words(link: re.Match[str]) -> str:
    """The link as it stands above a box: what it names as people read it."""
    plain = link[0].replace("wiki wiki-shown", "wiki")
    title, label = link[1], link[2]
    if not label.casefold().startswith(f"{title.casefold()}#"):
        return plain
    return plain.removesuffix(f"{label}</a>") + f"{label[: len(title)]} › {label[len(title) + 1 :]}</a>"


def quiet(html: str, note: int) -> str:
    """The HTML of a note as it stands in another: nothing in it is ticked, and its headings are found where it is."""
    html = TO_HEADING.sub(lambda link: f'href="/notes/{note}?part={link[1]}"', HEADING.sub("", html))
    return TASK.sub(" disabled", html)
