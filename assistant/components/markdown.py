"""Renders Markdown that nobody vouches for into HTML that is safe to show."""

import asyncio
import re
from concurrent.futures import ThreadPoolExecutor
from contextlib import nullcontext
from functools import cache, lru_cache, partial
from html import escape
from typing import TYPE_CHECKING, Any
from urllib.parse import quote

import nh3

if TYPE_CHECKING:
    from markdown_it import MarkdownIt

PIECE = 64_000  # characters; the parser's time grows faster than its input
NESTING = 100  # what is deeper is left out; the parser recurses, and Python allows it about 300
BRACKETS, BRACKETED = 1000, 300  # beyond so many brackets a paragraph is read in pieces of so many characters
CACHED = 512  # answers; beyond it the oldest is rendered again
CACHED_NOTES = 32  # each may be a megabyte
CODE_LIMIT = 8_000  # characters of a code block that are highlighted; some lexers are quadratic

_threads = ThreadPoolExecutor(2, thread_name_prefix="markdown")  # its own, so that nothing else waits for it
_large = asyncio.Semaphore(1)  # what is long takes seconds: one at a time, so that the others go on

TAGS = {
    "a", "blockquote", "br", "button", "code", "del", "div", "em", "h1", "h2", "h3", "h4", "h5", "h6", "hr", "input",
    "label", "li", "ol", "p", "pre", "s", "span", "strong", "table", "tbody", "td", "th", "thead", "tr", "ul",
}  # fmt: skip
ATTRIBUTES = {
    "a": {"href", "title"}, "ol": {"start"}, "td": {"style"}, "th": {"style"}, "span": {"class"}, "div": {"class"},
    "li": {"class"}, "ul": {"class"}, "input": {"type", "checked", "disabled", "class"},
    "button": {"class", "type"}, "pre": {"tabindex"},
}  # fmt: skip
NOTE_TAGS = TAGS | {"img"}
NOTE_ATTRIBUTES = ATTRIBUTES | {
    "a": {"href", "title", "class", "data-title"}, "img": {"src", "alt", "loading"},
    "input": {"type", "checked", "class", "data-task"},
}  # fmt: skip

PICTURE = re.compile(r"/notes/attachments/\d{1,18}", re.ASCII)  # those of notes, which only their owner sees
INSIDE = re.compile(r"/(?!/)")  # how an address begins that stays in the house
WIKI = re.compile(r"\[\[([^\[\]\n|]{1,600})(\|[^\[\]\n]{0,600})?\]\]")
# A number sign stands for a heading only inside a word, so that "Issue #42" and "C#" are titles.
HEADING = re.compile(r"(?<=\S)#(?=\S)")
TASK = re.compile(r"\[([ xX])\][ \t\n\v\f\r]")


async def rendered(text: str) -> str:
    """As ``render``, in a thread unless it is short or known."""
    if not text:
        return ""
    return await asyncio.get_running_loop().run_in_executor(_threads, render, text)


@lru_cache(maxsize=CACHED)
def render(text: str) -> str:
    """The text as safe HTML; links open in a new tab, pictures become links, HTML stays text."""
    return "".join(_piece(piece) for piece in _pieces(text, PIECE, "\n\n"))


async def rendered_note(text: str) -> str:
    """As ``render_note``, in a thread."""
    if not text:
        return ""
    async with _large if len(text) > PIECE else nullcontext():
        return await asyncio.get_running_loop().run_in_executor(_threads, render_note, text)


@lru_cache(maxsize=CACHED_NOTES)
def render_note(text: str) -> str:
    """A note's text as safe HTML: as ``render``, and what only notes have.

    Tasks can be ticked and say in ``data-task`` which they are, counted from 0 over the whole text.
    Pictures of notes are shown, ``[[Title]]`` is a link, links in the house open in the same tab.
    """
    html = _parsed(_note_parser(), text)
    return nh3.clean(
        html,
        tags=NOTE_TAGS,
        attributes=NOTE_ATTRIBUTES,
        tag_attribute_values={"a": {"target": {"_blank"}}},
        attribute_filter=_only_own_pictures,
        url_schemes={"http", "https", "mailto"},
        link_rel="noopener noreferrer nofollow",
        filter_style_properties={"text-align"},
    )


def _piece(text: str) -> str:
    html = _parsed(_parser(), text)
    return nh3.clean(
        html,
        tags=TAGS,
        attributes=ATTRIBUTES,
        url_schemes={"http", "https", "mailto"},
        link_rel="noopener noreferrer nofollow",
        set_tag_attribute_values={"a": {"target": "_blank"}},
        filter_style_properties={"text-align"},
    )


def _parsed(parser: "MarkdownIt", text: str) -> str:
    try:
        return str(parser.render(text))
    except RecursionError:
        return f"<p>{escape(text)}</p>"


def _pieces(text: str, size: int, between: str) -> list[str]:
    pieces = []
    while len(text) > size:
        cut = text.rfind(between, 0, size)
        cut = cut if cut > size // 2 else size
        pieces.append(text[:cut])
        text = text[cut:]
    return [*pieces, text]


@cache
def _parser() -> "MarkdownIt":
    parser = _plain_parser()
    parser.core.ruler.after("inline", "tasks", partial(_tasks, ticked=False))
    return parser


@cache
def _note_parser() -> "MarkdownIt":
    parser = _plain_parser()
    parser.core.ruler.at("inline", _inline)
    parser.core.ruler.after("inline", "tasks", partial(_tasks, ticked=True))
    parser.inline.ruler.before("link", "wiki", _wiki)
    parser.add_render_rule("image", _note_image)
    parser.add_render_rule("link_open", _link)
    return parser


def _plain_parser() -> "MarkdownIt":
    from markdown_it import MarkdownIt  # noqa: PLC0415 - not needed before the first answer

    parser = MarkdownIt("commonmark", {"html": False, "maxNesting": NESTING, "breaks": True, "linkify": True})
    parser.enable(["table", "strikethrough", "linkify"])
    parser.add_render_rule("image", _image)
    parser.add_render_rule("fence", _code)
    parser.add_render_rule("code_block", _code)
    return parser


def _image(_self: Any, tokens: Any, index: int, _options: Any, _env: Any) -> str:
    token = tokens[index]
    address = escape(str(token.attrs.get("src", "")))
    return f'<a href="{address}">{escape(token.content or "picture")}</a>'


def _inline(state: Any) -> None:
    """As the parser's own rule, but a long paragraph in pieces; whole blocks keep the tasks' order."""
    for token in state.tokens:
        if token.type == "inline":
            token.children = []
            # Each bracket makes the parser look for its end, so that many of them cost their square.
            size = BRACKETED if token.content.count("[") > BRACKETS else PIECE
            for piece in _pieces(token.content, size, "\n"):
                children: list[Any] = []
                state.md.inline.parse(piece, state.md, state.env, children)
                token.children += children


def _tasks(state: Any, *, ticked: bool) -> None:
    # The plugin for this looks up each list's parent from the start: minutes for a long list.
    count = 0
    for item, paragraph, inline in zip(state.tokens, state.tokens[1:], state.tokens[2:], strict=False):
        if (item.type, paragraph.type, inline.type) != ("list_item_open", "paragraph_open", "inline"):
            continue
        if task := TASK.match(inline.content):
            item.attrSet("class", "task-list-item")
            checked = "" if task[1] == " " else ' checked="checked"'
            mark = f'data-task="{count}"' if ticked else 'disabled="disabled"'
            box = f'<label><input class="task-list-item-checkbox" type="checkbox" {mark}{checked}>'
            inline.children[0].content = inline.children[0].content[3:]
            inline.children = [_html(box), *inline.children, _html("</label>")]
            count += 1


def _html(content: str) -> Any:
    from markdown_it.token import Token  # noqa: PLC0415 - not needed before the first note

    return Token("html_inline", "", 0, content=content)


def _wiki(state: Any, silent: bool) -> bool:  # noqa: FBT001 - the parser calls it so
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


def _link(self: Any, tokens: Any, index: int, options: Any, env: Any) -> str:
    if not INSIDE.match(str(tokens[index].attrs.get("href", ""))):
        tokens[index].attrSet("target", "_blank")
    return str(self.renderToken(tokens, index, options, env))


def _note_image(self: Any, tokens: Any, index: int, options: Any, env: Any) -> str:
    address = str(tokens[index].attrs.get("src", ""))
    if PICTURE.fullmatch(address):
        return f'<img src="{address}" alt="{escape(tokens[index].content)}" loading="lazy">'
    return _image(self, tokens, index, options, env)


def _only_own_pictures(tag: str, attribute: str, value: str) -> str | None:
    strange = (tag, attribute) == ("img", "src") and not PICTURE.fullmatch(value)
    return None if strange else value


def _code(_self: Any, tokens: Any, index: int, _options: Any, _env: Any) -> str:
    token = tokens[index]
    language = (token.info or "").strip().split(" ")[0][:30]
    return (
        f'<div class="code"><div class="code-bar"><span>{escape(language or "text")}</span>'
        '<button type="button" class="code-copy">Copy</button></div>'
        f'<pre tabindex="0"><code>{_highlighted(token.content, language)}</code></pre></div>'
    )


def _highlighted(code: str, language: str) -> str:
    if not language or len(code) > CODE_LIMIT:
        return escape(code)
    from pygments import highlight  # noqa: PLC0415 - heavy, and many answers have no code
    from pygments.formatters import HtmlFormatter  # noqa: PLC0415
    from pygments.lexers import get_lexer_by_name  # noqa: PLC0415
    from pygments.util import ClassNotFound  # noqa: PLC0415

    try:
        lexer = get_lexer_by_name(language, stripnl=False, ensurenl=False)
    except ClassNotFound:
        return escape(code)
    return str(highlight(code, lexer, HtmlFormatter(nowrap=True)))
