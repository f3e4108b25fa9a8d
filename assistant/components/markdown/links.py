"""Labels of links, read in bounded time; bare addresses; pictures."""

import re
from html import escape
from types import SimpleNamespace
from typing import TYPE_CHECKING, Any

from assistant.components.markdown.titles import heading_id

if TYPE_CHECKING:
    from markdown_it import MarkdownIt

DEPTH = 10  # brackets inside brackets; beyond it they are text, so that many of them cost no square of their number
LONGEST = 2_000  # characters of a bare address

PICTURE = re.compile(r"/notes/attachments/\d{1,18}", re.ASCII)  # those of notes, which only their owner sees
INSIDE = re.compile(r"/(?!/)")  # how an address begins that stays in the house
RELATIVE = re.compile(r"(?![a-z][a-z0-9+.-]*:)[^/?#]", re.IGNORECASE)  # how a path from a note begins
SIZED = re.compile(r"(.*)\|[ ]*(\d{1,4})(?:x\d{1,4})?", re.DOTALL)  # a picture's name and width
LINE_BREAK = re.compile(r"<br[ \t]*/?>", re.IGNORECASE)

# What no bare address has: spaces, quotes, brackets that are not its own, and the marks of Chinese and Japanese.
REST = r"[^\s<>\"`\\“”„‘’«»‹›\u3000-\u303f\uff01-\uff0f\uff1a-\uff20\uff3b-\uff40\uff5b-\uff65]"
SCHEME = re.compile(r"(?<![a-z0-9.+-])https?\Z", re.IGNORECASE)
AFTER_SCHEME = re.compile(rf"://[^\s/?#<>.,;:!*_~'\"()]{REST}{{0,{LONGEST}}}")
LABEL = r"[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?"
WITHOUT_SCHEME = re.compile(
    rf"(?<![a-z0-9_@/.:-])www\.{LABEL}(?:\.{LABEL})+(?:[/?#:]{REST}{{0,{LONGEST}}})?"
    rf"|(?<![a-z0-9_@/.+:-])[a-z0-9][a-z0-9._+-]{{0,63}}@(?:{LABEL}\.)+[a-z]{{2,63}}(?![a-z0-9-])",
    re.IGNORECASE,
)
TRAILING = "?!.,:;*_~'"
CLOSING = {")": "(", "]": "[", "}": "{"}
ENTITY = re.compile(r"&[a-z0-9]+;\Z", re.IGNORECASE)


def bound_labels(parser: "MarkdownIt") -> None:
    """Makes the parser look for the end of a label as ``label_end`` does."""
    known: Any = parser.helpers
    helpers: Any = SimpleNamespace(
        parseLinkLabel=label_end,
        parseLinkDestination=known.parseLinkDestination,
        parseLinkTitle=known.parseLinkTitle,
    )
    parser.helpers = helpers


def label_end(state: Any, start: int, disableNested: bool = False) -> int:  # noqa: FBT001, FBT002, N803 - as the parser's
    """Where the bracket that opens at ``start`` closes; -1 where it does not, or too much stands in it."""
    before, depth, end = state.pos, 1, -1
    inside = getattr(state, "labels", 0)
    state.labels, state.pos = inside + 1, start + 1
    while state.pos < state.posMax and depth <= DEPTH and inside < DEPTH:
        at = state.pos
        if state.src[at] == "]":
            depth -= 1
            if not depth:
                end = at
                break
        state.md.inline.skipToken(state)
        if state.src[at] == "[":
            if state.pos == at + 1:
                depth += 1
            elif disableNested:
                break
    state.labels, state.pos = inside, before
    return end


def address(state: Any, silent: bool) -> bool:  # noqa: FBT001 - the parser calls it so
    """Whether a bare address with its scheme goes on here; it is then a link."""
    if state.linkLevel or not state.src.startswith("://", state.pos):
        return False
    scheme = SCHEME.search(state.src, max(0, state.pos - 9), state.pos)
    found = scheme and AFTER_SCHEME.match(state.src, state.pos, state.posMax)
    if not scheme or not found or len(found[0]) > LONGEST:
        return False
    rest = trimmed(found[0])
    if not silent:
        if not state.pending.endswith(scheme[0]):
            return False
        state.pending = state.pending[: -len(scheme[0])]
        _push_link(state.push, state.md, scheme[0] + rest, scheme[0] + rest)
    state.pos += len(rest)
    return True


def addresses(state: Any) -> None:
    """Makes links of ``www.`` addresses and of those of letters; marks the pictures that stand in a link."""
    for block in state.tokens:
        if block.type != "inline" or not block.children:
            continue
        made: list[Any] = []
        within = 0
        for token in block.children:
            within += token.nesting if token.type in {"link_open", "link_close"} else 0
            if token.type == "image" and within:
                token.meta["linked"] = True
            if token.type == "text" and not within and ("www." in token.content.lower() or "@" in token.content):
                made += _linked(state.md, token)
            else:
                made.append(token)
        block.children = made


def trimmed(address: str) -> str:
    """The address without what belongs to the sentence around it."""
    address = address[: _unopened(address)]
    while address:
        entity = ENTITY.search(address[-20:])
        if not entity and address[-1] not in TRAILING:
            break
        address = address[: -len(entity[0]) if entity else -1]
    return address


def line_break(state: Any, silent: bool) -> bool:  # noqa: FBT001
    """Whether ``<br>`` stands here, which models write in tables; no other HTML is read."""
    found = LINE_BREAK.match(state.src, state.pos, state.posMax) if state.src[state.pos] == "<" else None
    if found is None:
        return False
    if not silent:
        state.push("hardbreak", "br", 0)
    state.pos = found.end()
    return True


def picture(_self: Any, tokens: Any, index: int, _options: Any, _env: Any) -> str:
    """A picture as a link to it, as nothing is fetched from strangers; inside a link, its name."""
    token = tokens[index]
    source = str(token.attrs.get("src", ""))
    name = escape(_words(token) or "picture")
    return name if token.meta.get("linked") else f'<a href="{escape(source)}" target="_blank">{name}</a>'


def note_picture(self: Any, tokens: Any, index: int, options: Any, env: Any) -> str:
    """A picture of the note itself; others are links."""
    source = str(tokens[index].attrs.get("src", ""))
    if PICTURE.fullmatch(source):
        name, width = _words(tokens[index]), ""
        if sized := SIZED.fullmatch(name):
            name, width = sized[1], f' width="{sized[2]}"'
        return f'<img src="{source}" alt="{escape(name)}"{width} loading="lazy">'
    return picture(self, tokens, index, options, env)


def link(self: Any, tokens: Any, index: int, options: Any, env: Any) -> str:
    """A link, which opens a new tab where it leads out of the house."""
    if not INSIDE.match(str(tokens[index].attrs.get("href", ""))):
        tokens[index].attrSet("target", "_blank")
    return str(self.renderToken(tokens, index, options, env))


def note_link(self: Any, tokens: Any, index: int, options: Any, env: Any) -> str:
    """A link, which opens a new tab where it leads out of the house; a path from note to note says so in data-path."""
    token, href = tokens[index], str(tokens[index].attrs.get("href", ""))
    if href.startswith("#"):
        token.attrSet("href", f"#{heading_id(href[1:])}")
    elif RELATIVE.match(href):
        token.attrSet("data-path", href)
    elif not INSIDE.match(href):
        return link(self, tokens, index, options, env)
    return str(self.renderToken(tokens, index, options, env))


def _unopened(address: str) -> int:
    """Where a bracket closes that was not opened in the address."""
    open_ones: list[str] = []
    for at, sign in enumerate(address):
        if sign in CLOSING.values():
            open_ones.append(sign)
        elif sign in CLOSING and (not open_ones or open_ones.pop() != CLOSING[sign]):
            return at
    return len(address)


def _words(token: Any) -> str:
    """What is said in the name of a picture, without its marks."""
    if token.type in {"softbreak", "hardbreak"}:
        return "\n"
    return str(token.content) if token.children is None else "".join(map(_words, token.children))


def _linked(parser: Any, text: Any) -> list[Any]:
    from markdown_it.token import Token  # noqa: PLC0415 - not needed before the first answer

    made: list[Any] = []

    def push(kind: str, tag: str, nesting: Any) -> Any:
        made.append(Token(kind, tag, nesting, level=text.level))
        return made[-1]

    at = 0
    for found in WITHOUT_SCHEME.finditer(text.content):
        shown = trimmed(found[0])
        push("text", "", 0).content = text.content[at : found.start()]
        target = f"mailto:{shown}" if "@" in shown.split("/")[0] else f"http://{shown}"
        _push_link(push, parser, target, shown)
        at = found.start() + len(shown)
    push("text", "", 0).content = text.content[at:]
    return [token for token in made if token.type != "text" or token.content]


def _push_link(push: Any, parser: Any, target: str, shown: str) -> None:
    push("link_open", "a", 1).attrs = {"href": parser.normalizeLink(target)}
    push("text", "", 0).content = parser.normalizeLinkText(shown)
    push("link_close", "a", -1)
