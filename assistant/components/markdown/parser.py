"""The rules by which answers and notes are read."""

import re
from functools import cache, partial
from typing import TYPE_CHECKING, Any

from assistant.components.markdown import callouts, code, emphasis, footnotes, links, math, tasks, titles

if TYPE_CHECKING:
    from markdown_it import MarkdownIt

LEFTWARD = re.compile("[\u0590-\u08ff\u200f\ufb1d-\ufdff\ufe70-\ufefc\U00010800-\U00010fff\U0001e800-\U0001efff]")
NESTING = 100  # what is deeper is left out; the parser recurses, and Python allows it about 300


@cache
def parser(*, notes: bool) -> "MarkdownIt":
    """The parser of answers, or the one of ``notes``, which know tasks that can be ticked and each other."""
    made = _read_as_blocks()
    made.core.ruler.after("block", "footnotes", footnotes.gather)
    made.core.ruler.after("footnotes", "callouts", callouts.callouts)
    made.core.ruler.after("inline", "tasks", partial(tasks.boxes, ticked=notes))
    made.core.ruler.push("addresses", links.addresses)
    made.core.ruler.push("directions", directions)
    links.bound_labels(made)
    inline = made.inline.ruler
    inline.before("escape", "math", math.inline)
    inline.before("link", "footnote", footnotes.reference)
    inline.before("linkify", "address", links.address)
    inline.before("html_inline", "line_break", links.line_break)
    emphasis.install(made)
    if notes:
        inline.before("link", "title", titles.title_link)
        made.core.ruler.push("headings", titles.headings)
    made.add_render_rule("link_open", links.note_link if notes else links.link)
    made.add_render_rule("footnote_back", footnotes.back)
    made.add_render_rule("image", links.note_picture if notes else links.picture)
    for kind in ("fence", "code_block"):
        made.add_render_rule(kind, code.block)
    for kind in ("math_block", "math_inline"):
        made.add_render_rule(kind, math.drawn)
    return made


def directions(state: Any) -> None:
    """Lets each block that stands by itself run in the direction of its words, where a text has any to the left.

    What stands in it follows: a browser looks no further into what has a direction of its own.
    """
    if not LEFTWARD.search(state.src):
        return
    for token in state.tokens:
        if token.level == 0 and token.nesting == 1 and token.type != "footnotes_open":
            token.attrSet("dir", "auto")


@cache
def block_parser() -> "MarkdownIt":
    """The parser of blocks alone, which says where they stand and leaves their words as they are."""
    return _read_as_blocks().disable("inline")


def _read_as_blocks() -> "MarkdownIt":
    from markdown_it import MarkdownIt  # noqa: PLC0415 - not needed before the first answer

    made = MarkdownIt("commonmark", {"html": False, "maxNesting": NESTING, "breaks": True}).enable("table")
    made.block.ruler.before("fence", "math", math.block, {"alt": ["paragraph", "reference", "blockquote", "list"]})
    made.block.ruler.before("reference", "footnote", footnotes.definition, {"alt": ["paragraph"]})
    return made
