"""Links to notes by their titles, as in ``[[Title]]``, ``[[Title|label]]`` or ``[[Title#heading]]``."""

import re
from html import escape
from typing import Any
from urllib.parse import quote

WIKI = re.compile(r"\[\[([^\[\]\n|]{1,600})(\|[^\[\]\n]{0,600})?\]\]")
# A number sign stands for a heading only inside a word, so that "Issue #42" and "C#" are titles.
HEADING = re.compile(r"(?<=\S)#(?=\S)")


def title_link(state: Any, silent: bool) -> bool:  # noqa: FBT001 - the parser calls it so
    """Whether a link to a title begins here; it is then read."""
    found = WIKI.match(state.src, state.pos, state.posMax)
    if found is None or not found[1].strip():
        return False
    if not silent:
        title = " ".join(wiki_title(found[1]).split())
        label = (found[2] or "")[1:].strip() or found[1].strip()
        address = f"/notes/open?title={quote(title, safe='')}"
        link = f'<a class="wiki" href="{address}" data-title="{escape(title)}">{escape(label)}</a>'
        state.push("html_inline", "", 0).content = link
    state.pos = found.end()
    return True


def wiki_title(inside: str) -> str:
    """The title in a ``[[link]]``, without the heading that may follow it."""
    return HEADING.split(inside, maxsplit=1)[0]
