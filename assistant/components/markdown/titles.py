"""Links to notes, as ``[[Title]]``, ``[[Title|label]]``, ``[[Title#heading]]``, ``![[Title]]``, and to headings."""

import re
from html import escape, unescape
from typing import Any
from urllib.parse import quote, unquote

WIKI = re.compile(r"\[\[([^\[\]\n|]{1,600})(\|[^\[\]\n]{0,600})?\]\]")
# A number sign stands for a heading only inside a word, so that "Issue #42" and "C#" are titles.
HEADING = re.compile(r"(?<=\S)#(?=\S)|\A\s*#(?=[\w^])")
UNNAMED = re.compile(r"[^\w\s-]")
TAGS = re.compile(r"<[^<>]*>")
BLOCK = re.compile(r"\^[A-Za-z0-9-]{1,100}", re.ASCII)
HEADING_ID = "h-"
LONGEST = 100  # characters of a heading's id


def title_link(state: Any, silent: bool) -> bool:  # noqa: FBT001 - the parser calls it so
    """Whether a link to a title begins here; it is then read."""
    shown = state.src.startswith("![[", state.pos)
    found = WIKI.match(state.src, state.pos + shown, state.posMax)
    if found is None or not found[1].strip():
        return False
    if not silent:
        inside = found[1].removesuffix("\\").strip()
        title, part = " ".join(wiki_title(inside).split()), wiki_part(inside)
        label = escape((found[2] or "")[1:].strip() or inside)
        if title:
            address, kind = f"/notes/open?title={quote(title, safe='')}", "wiki wiki-shown" if shown else "wiki"
            within = f' data-part="{escape(part)}"' if part else ""
            link = f'<a class="{kind}" href="{address}" data-title="{escape(title)}"{within}>{label}</a>'
        else:
            link = f'<a href="#{HEADING_ID}{escape(part)}">{label.removeprefix("#")}</a>'
        state.push("html_inline", "", 0).content = link
    state.pos = found.end()
    return True


def wiki_title(inside: str) -> str:
    """The title in a ``[[link]]``, without a heading behind it, or the sign that keeps a table's cell together."""
    return HEADING.split(inside.removesuffix("\\"), maxsplit=1)[0]


def wiki_part(inside: str) -> str:
    """The part of a note that a ``[[link]]`` names, as ``part_of`` says it; empty where it is the whole."""
    split = HEADING.split(inside.removesuffix("\\"), maxsplit=1)
    return part_of(split[1]) if len(split) > 1 else ""


def part_of(words: str) -> str:
    """How an address names the heading with these words, of several the last; a block is named as it is, ``^name``."""
    last = words.strip("# ").rpartition("#")[2].strip()
    return last if BLOCK.fullmatch(last) else heading_id(last).removeprefix(HEADING_ID)


def heading_id(words: str) -> str:
    """By what an address names the heading with these words."""
    plain = UNNAMED.sub("", unquote(words).replace("-", " ")).lower()
    return f"{HEADING_ID}{'-'.join(plain.split())[:LONGEST]}"


def headings(state: Any) -> None:
    """Gives each heading its id, of equal ones the first."""
    given: set[str] = set()
    for opening, inline in zip(state.tokens, state.tokens[1:], strict=False):
        if opening.type == "heading_open" and inline.type == "inline":
            named = heading_id("".join(map(_words, inline.children or ())))
            if named not in given:
                opening.attrSet("id", named)
            given.add(named)


def _words(token: Any) -> str:
    """What one reads of it."""
    return unescape(TAGS.sub("", token.content)) if token.type == "html_inline" else str(token.content)
