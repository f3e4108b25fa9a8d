"""What stands between ``*``, ``_``, ``~~`` and ``==``.

Whether a sign opens or closes depends on its neighbours. CommonMark knows words between spaces; Chinese, Japanese and
Korean have none, so that there a sign may also stand between a letter and a punctuation mark: ``**「重要」**です``.
"""

import unicodedata
from functools import lru_cache
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from markdown_it import MarkdownIt

PAIR = 2
DOUBLE = {"~": "s", "=": "mark"}
VARIANTS = "\ufe00\ufe01\ufe02\ufe0f\U000e0100"  # which follow a letter or a mark and only choose its form


def install(parser: "MarkdownIt") -> None:
    """Makes the parser read emphasis so."""
    for rule in ("emphasis", "strikethrough"):
        parser.inline.ruler.at(rule, single if rule == "emphasis" else double)
    parser.enable("strikethrough")
    parser.inline.ruler2.at("strikethrough", close_doubles)


def single(state: Any, silent: bool) -> bool:  # noqa: FBT001 - the parser calls it so
    """Reads a run of ``*`` or ``_``."""
    sign = state.src[state.pos]
    if silent or sign not in "*_":
        return False
    opens, closes, length = flanking(state.src, state.pos, state.posMax)
    for _ in range(length):
        _push(state, sign, sign, length, opens=opens, closes=closes)
    state.pos += length
    return True


def double(state: Any, silent: bool) -> bool:  # noqa: FBT001
    """Reads two ``~`` or ``=``; fewer or more of them are themselves."""
    sign = state.src[state.pos]
    if silent or sign not in DOUBLE:
        return False
    opens, closes, length = flanking(state.src, state.pos, state.posMax)
    if length == PAIR:
        # Without a length of its own, each can match each.
        _push(state, sign, sign + sign, 0, opens=opens, closes=closes)
    else:
        state.pending += sign * length
    state.pos += length
    return True


def close_doubles(state: Any) -> None:
    """Makes elements of what ``double`` found pairs for."""
    for delimiters in [state.delimiters, *(meta["delimiters"] for meta in state.tokens_meta if meta)]:
        for one in delimiters:
            sign = chr(one.marker)
            if sign in DOUBLE and one.end != -1:
                for token, nesting, name in ((one.token, 1, "open"), (delimiters[one.end].token, -1, "close")):
                    made = state.tokens[token]
                    made.type, made.tag, made.nesting = f"{DOUBLE[sign]}_{name}", DOUBLE[sign], nesting
                    made.markup, made.content = sign + sign, ""


def flanking(text: str, start: int, end: int) -> tuple[bool, bool, int]:
    """Whether the run of signs that begins at ``start`` can open, whether it can close, and its length."""
    sign = text[start]
    stop = start
    while stop < end and text[stop] == sign:
        stop += 1
    at = start - 1
    if at > 0 and text[at] in VARIANTS:
        at -= 1
    before, after = kind(text[at] if start else " "), kind(text[stop] if stop < end else " ")
    left = after != "space" and (after != "mark" or before != "letter")
    right = before != "space" and (before != "mark" or after != "letter")
    if sign == "_":
        marks = ("mark", "wide mark")
        left, right = left and (not right or before in marks), right and (not left or after in marks)
    return left, right, stop - start


@lru_cache(maxsize=4096)
def kind(sign: str) -> str:
    """What the character is to emphasis: a space, a mark, a letter; wide marks and letters are East Asian."""
    category = unicodedata.category(sign)
    if sign in "\t\n\f\r" or category == "Zs":
        return "space"
    wide = "wide " if unicodedata.east_asian_width(sign) in "WFH" else ""
    if category[0] == "P" or category[0] == "S":
        return "letter" if wide and category == "So" else f"{wide}mark"  # an emoji is like a letter
    return f"{wide}letter"


def _push(state: Any, sign: str, content: str, length: int, *, opens: bool, closes: bool) -> None:
    from markdown_it.rules_inline.state_inline import Delimiter  # noqa: PLC0415 - not needed before the first answer

    state.push("text", "", 0).content = content
    place = len(state.tokens) - 1
    state.delimiters.append(Delimiter(marker=ord(sign), length=length, token=place, end=-1, open=opens, close=closes))
