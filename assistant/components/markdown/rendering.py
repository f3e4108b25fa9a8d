"""A text in, safe HTML out; for answers and for notes."""

import asyncio
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from contextlib import nullcontext
from functools import cache, lru_cache, partial
from html import escape
from typing import Any, TypeVar

import nh3

from assistant.components.markdown import footnotes, math
from assistant.components.markdown.links import PICTURE
from assistant.components.markdown.parser import parser

T = TypeVar("T")

LARGE = 64_000  # characters
CACHED = 512  # answers; beyond it the oldest is rendered again
CACHED_NOTES = 32  # each may be a megabyte

_threads = ThreadPoolExecutor(2, thread_name_prefix="markdown")  # its own, so that nothing else waits for it
_large = asyncio.Semaphore(1)  # what is long takes seconds: one at a time, so that the others go on

TAGS = {
    "a", "blockquote", "br", "button", "code", "del", "div", "em", "h1", "h2", "h3", "h4", "h5", "h6", "hr", "input",
    "label", "li", "mark", "ol", "p", "pre", "s", "span", "strong", "sup", "table", "tbody", "td", "th", "thead", "tr",
    "ul",
} | set(math.ATTRIBUTES)  # fmt: skip
ATTRIBUTES = {
    "a": {"href", "title", "class", "id", "aria-label"}, "ol": {"start", "class"}, "td": {"style"}, "th": {"style"},
    "span": {"class", "aria-hidden", "tabindex"}, "div": {"class", "tabindex"},
    "li": {"class", "id"}, "ul": {"class"}, "input": {"type", "checked", "disabled", "class"},
    "button": {"class", "type"}, "pre": {"tabindex"}, "p": {"class"}, "blockquote": {"class"}, "sup": {"class"},
    "*": {"dir"},
} | math.ATTRIBUTES  # fmt: skip
NOTE_TAGS = TAGS | {"img"}
NOTE_ATTRIBUTES = ATTRIBUTES | {
    "a": ATTRIBUTES["a"] | {"data-title", "data-path", "data-part"}, "img": {"src", "alt", "loading", "width"},
    **{f"h{level}": {"id"} for level in range(1, 7)},
    "input": {"type", "checked", "class", "data-task"},
}  # fmt: skip
SCHEMES = {"http", "https", "mailto"}
REL = "noopener noreferrer nofollow"


async def rendered(text: str, place: int = 0) -> str:
    """As ``render``, in a thread."""
    return await in_thread(partial(render, text, place), len(text)) if text else ""


async def rendered_blocks(text: str, place: int = 0) -> tuple[str, ...]:
    """As ``render_blocks``, in a thread."""
    return await in_thread(partial(render_blocks, text, place), len(text)) if text else ()


async def rendered_note(text: str, place: int = 0) -> str:
    """As ``render_note``, in a thread."""
    return await in_thread(partial(render_note, text, place), len(text)) if text else ""


def render(text: str, place: int = 0) -> str:
    """The text as safe HTML; links open in a new tab, pictures become links, HTML stays text.

    Ids hold the number ``place``, by which those of several texts on a page differ.
    """
    return "".join(render_blocks(text, place))


@lru_cache(maxsize=CACHED)
def render_blocks(text: str, place: int = 0) -> tuple[str, ...]:
    """As ``render``: what stands by itself in the text, one after another."""
    return safe(text, place)


def safe(text: str, place: int = 0, defined: dict[str, Any] | None = None) -> tuple[str, ...]:
    """As ``render_blocks``, for a text not asked for again; ``defined`` is what was read in the text before it."""
    return tuple(map(_cleaner().clean, _parsed(text, place, defined or {}, notes=False)))


@lru_cache(maxsize=CACHED_NOTES)
def render_note(text: str, place: int = 0) -> str:
    """A note's text as safe HTML: as ``render``, and what only notes have.

    Tasks can be ticked and say in ``data-task`` which they are, counted from 0 over the whole text.
    Pictures of notes are shown, ``[[Title]]`` is a link, links in the house open in the same tab. Ids hold the
    number ``place``, those of headings excepted.
    """
    return nh3.clean(
        "".join(_parsed(text, place, {}, notes=True)),
        tags=NOTE_TAGS,
        attributes=NOTE_ATTRIBUTES,
        tag_attribute_values={"a": {"target": {"_blank"}}},
        attribute_filter=_only_own_pictures,
        url_schemes=SCHEMES,
        link_rel=REL,
        filter_style_properties={"text-align"},
    )


@cache
def _cleaner() -> nh3.Cleaner:
    return nh3.Cleaner(
        tags=TAGS,
        attributes=ATTRIBUTES,
        url_schemes=SCHEMES,
        link_rel=REL,
        tag_attribute_values={"a": {"target": {"_blank"}}},
        filter_style_properties={"text-align"},
    )


async def in_thread(work: Callable[[], T], length: int) -> T:
    """What ``work`` returns, which renders so many characters in a thread."""
    async with _large if length > LARGE else nullcontext():
        return await asyncio.get_running_loop().run_in_executor(_threads, work)


def _parsed(text: str, place: int, defined: dict[str, Any], *, notes: bool) -> list[str]:
    known: dict[str, Any] = {kind: names.copy() for kind, names in defined.items()}  # the parser adds what it reads
    known[footnotes.PLACE] = place
    read = parser(notes=notes)
    try:
        blocks = _by_block(read.parse(text, known))
        return [str(read.renderer.render(block, read.options, known)) for block in blocks]
    except RecursionError:
        return [f"<p>{escape(text)}</p>"]


def _by_block(tokens: list[Any]) -> list[list[Any]]:
    """The tokens of each block that stands in no other."""
    blocks, depth = list[list[Any]](), 0
    for token in tokens:
        if depth == 0:
            blocks.append([])
        blocks[-1].append(token)
        depth += token.nesting
    return blocks


def _only_own_pictures(tag: str, attribute: str, value: str) -> str | None:
    strange = (tag, attribute) == ("img", "src") and not PICTURE.fullmatch(value)
    return None if strange else value
