"""Renders Markdown that nobody vouches for into HTML that is safe to show."""

import asyncio
from functools import cache, lru_cache
from html import escape
from typing import TYPE_CHECKING, Any

import nh3

if TYPE_CHECKING:
    from markdown_it import MarkdownIt

PIECE = 64_000  # characters; the parser's time grows faster than its input
CACHED = 512  # answers; beyond it the oldest is rendered again
CODE_LIMIT = 8_000  # characters of a code block that are highlighted; some lexers are quadratic

TAGS = {
    "a", "blockquote", "br", "button", "code", "del", "div", "em", "h1", "h2", "h3", "h4", "h5", "h6", "hr", "input",
    "label", "li", "ol", "p", "pre", "s", "span", "strong", "table", "tbody", "td", "th", "thead", "tr", "ul",
}  # fmt: skip
ATTRIBUTES = {
    "a": {"href", "title"}, "ol": {"start"}, "td": {"style"}, "th": {"style"}, "span": {"class"}, "div": {"class"},
    "li": {"class"}, "ul": {"class"}, "input": {"type", "checked", "disabled", "class"},
    "button": {"class", "type"}, "pre": {"tabindex"},
}  # fmt: skip


async def rendered(text: str) -> str:
    """As ``render``, in a thread unless it is short or known."""
    if not text:
        return ""
    return await asyncio.to_thread(render, text)


@lru_cache(maxsize=CACHED)
def render(text: str) -> str:
    """The text as safe HTML; links open in a new tab, pictures become links, HTML stays text."""
    return "".join(_piece(piece) for piece in _pieces(text))


def _piece(text: str) -> str:
    try:
        html = _parser().render(text)
    except RecursionError:
        html = f"<p>{escape(text)}</p>"
    return nh3.clean(
        html,
        tags=TAGS,
        attributes=ATTRIBUTES,
        url_schemes={"http", "https", "mailto"},
        link_rel="noopener noreferrer nofollow",
        set_tag_attribute_values={"a": {"target": "_blank"}},
        filter_style_properties={"text-align"},
    )


def _pieces(text: str) -> list[str]:
    pieces = []
    while len(text) > PIECE:
        cut = text.rfind("\n\n", 0, PIECE)
        cut = cut if cut > PIECE // 2 else PIECE
        pieces.append(text[:cut])
        text = text[cut:]
    return [*pieces, text]


@cache
def _parser() -> "MarkdownIt":
    from markdown_it import MarkdownIt  # noqa: PLC0415 - not needed before the first answer
    from mdit_py_plugins.tasklists import tasklists_plugin  # noqa: PLC0415

    parser = MarkdownIt("commonmark", {"html": False, "maxNesting": 30, "breaks": True, "linkify": True})
    parser.enable(["table", "strikethrough", "linkify"])
    parser.use(tasklists_plugin, label=True)
    parser.add_render_rule("image", _image)
    parser.add_render_rule("fence", _code)
    parser.add_render_rule("code_block", _code)
    return parser


def _image(_self: Any, tokens: Any, index: int, _options: Any, _env: Any) -> str:
    token = tokens[index]
    address = escape(str(token.attrs.get("src", "")))
    return f'<a href="{address}">{escape(token.content or "picture")}</a>'


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
