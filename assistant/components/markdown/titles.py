"""Links to notes, as ``[[Title]]``, ``[[Title|label]]``, ``[[Title#heading]]``, ``![[Title]]``, and to headings."""

import re
from html import escape
from typing import Any
from urllib.parse import quote, unquote

WIKI = re.compile(r"\[\[([^\[\]\n|]{1,600})(\|[^\[\]\n]{0,600})?\]\]")
# A number sign stands for a heading only inside a word, so that "Issue #42" and "C#" are titles.
HEADING = re.compile(r"(?<=\S)#(?=\S)|\A\s*#(?=[\w^])")
UNNAMED = re.compile(r"[^\w\s-]")
LINKED = ("](#", "[[#", "]: #")  # how links to headings begin
LONGEST = 100  # characters of a heading's id


def title_link(state: Any, silent: bool) -> bool:  # noqa: FBT001 - the parser calls it so
    """Whether a link to a title begins here; it is then read."""
    shown = state.src.startswith("![[", state.pos)
    found = WIKI.match(state.src, state.pos + shown, state.posMax)
    if found is None or not found[1].strip():
        return False
    if not silent:
        inside = found[1].removesuffix("\\").strip()
        title = " ".join(wiki_title(inside).split())
        label = escape((found[2] or "")[1:].strip() or inside)
        if title:
            address, kind = f"/notes/open?title={quote(title, safe='')}", "wiki wiki-shown" if shown else "wiki"
            link = f'<a class="{kind}" href="{address}" data-title="{escape(title)}">{label}</a>'
        else:
            link = f'<a href="#{heading_id(inside)}">{label.removeprefix("#")}</a>'
        state.push("html_inline", "", 0).content = link
    state.pos = found.end()
    return True


def wiki_title(inside: str) -> str:
    """The title in a ``[[link]]``, without a heading behind it, or the sign that keeps a table's cell together."""
    return HEADING.split(inside.removesuffix("\\"), maxsplit=1)[0]


def heading_id(words: str) -> str:
    """By what an address names the heading with these words."""
    plain = UNNAMED.sub("", unquote(words).replace("-", " ")).lower()
    return f"h-{'-'.join(plain.split())[:LONGEST]}"


def headings(state: Any) -> None:
    """Gives each heading its id, in a text that has a link to one."""
    if not any(begins in state.src for begins in LINKED):
        return
    for opening, inline in zip(state.tokens, state.tokens[1:], strict=False):
        if opening.type == "heading_open" and inline.type == "inline":
            opening.attrSet("id", heading_id(inline.content))
