r"""TeX between ``$``, ``$$``, ``\(…\)`` and ``\[…\]``, as MathML; what is no TeX is shown as it was written.

A dollar sign is also a price. As in pandoc, one opens before a sign that is no space, and closes after one that is
none and before one that is no digit; a letter beside it is a name in a script, such as ``$HOME``.
"""

import re
from functools import lru_cache
from html import escape
from typing import Any

LONGEST = 4_000  # characters of one formula
ALTOGETHER = 40_000  # characters of the formulas in a text that are drawn
DEEPEST = 40  # braces inside braces

ATTRIBUTES = {
    "math": {"display"}, "annotation": {"encoding"}, "menclose": {"notation"}, "mfrac": {"linethickness"},
    "mi": {"mathvariant"}, "mn": set(), "mover": {"accent"}, "mpadded": {"width", "lspace"}, "mphantom": set(),
    "mo": {"stretchy", "fence", "form", "separator", "accent", "minsize", "maxsize", "lspace", "rspace"},
    "mroot": set(), "mrow": set(), "mspace": {"width"}, "msqrt": set(), "mstyle": {"displaystyle", "scriptlevel"},
    "msub": set(), "msubsup": set(), "msup": set(), "mtable": {"displaystyle", "columnalign"},
    "mtd": {"columnalign"}, "mtext": set(), "mtr": set(), "munder": {"accentunder"}, "munderover": set(),
    "semantics": set(),
}  # fmt: skip

CLOSED_BY = {"$$": "$$", "\\[": "\\]", "\\(": "\\)", "$": "$"}
DISPLAYED = {"$$", "\\["}
BEGINS = re.compile(r"\$\$|\\\[")
DOLLARS = re.compile(r"(?<![\\$A-Za-z0-9])\$(?![\s$])((?:[^$\\]|\\.){1,1000}?)(?<!\s)\$(?!\$|[0-9A-Za-z])", re.DOTALL)
ORDINAL = re.compile(r"(?<![\\$A-Za-z0-9])\$([A-Za-z])\$(?=(?:th|st|nd|rd|s)\b)")
PRICE = re.compile(r"[\d.,]+\s+[A-Za-z]{2}")
DEFINES = re.compile(r"\\(?:(?:re)?newcommand|[egx]?def|let|newenvironment)(?![A-Za-z])")  # could grow without bound
NO_TEX = re.compile(r">\\|</?mi>&</mi>")  # a command that is not known, or what only tables have


def block(state: Any, start: int, end: int, silent: bool) -> bool:  # noqa: FBT001 - the parser calls it so
    """Whether a formula that stands by itself begins in this line; it is then read."""
    if state.is_code_block(start):
        return False
    at = state.bMarks[start] + state.tShift[start]
    begins = BEGINS.match(state.src, at, state.eMarks[start])
    last = _last_line(state, start, end, at, CLOSED_BY[begins[0]]) if begins else None
    if begins is None or last is None:
        return False
    if silent:
        return True
    whole = state.src[at : state.eMarks[start]] + "\n"
    whole += state.getLines(start + 1, last + 1, state.blkIndent, False)  # noqa: FBT003
    token = state.push("math_block", "math", 0)
    token.content, token.markup = whole.strip()[2:-2], begins[0]
    token.map = [start, last + 1]
    state.line = last + 1
    return True


def inline(state: Any, silent: bool) -> bool:  # noqa: FBT001
    """Whether a formula begins here; it is then read."""
    opening = next((one for one in CLOSED_BY if state.src.startswith(one, state.pos)), "")
    found = _inside(state, opening) if opening else None
    if found is None:
        return False
    content, end = found
    if not silent:
        token = state.push("math_inline", "math", 0)
        token.content, token.markup = content, opening
    state.pos = end
    return True


def drawn(_self: Any, tokens: Any, index: int, _options: Any, env: Any) -> str:
    """The formula as MathML and, unseen, its source, which is what is marked and copied; or its source as code."""
    token = tokens[index]
    tex, display = token.content.strip(), token.markup in DISPLAYED
    env["tex"] = env.get("tex", 0) + len(tex)
    found = mathml(tex, display=display) if env["tex"] <= ALTOGETHER else None
    written = escape(f"{token.markup}{token.content}{CLOSED_BY[token.markup]}")
    if found is None:
        code = f"<code>{written}</code>"
        return f'<p class="math-source">{code}</p>' if token.type == "math_block" else code
    source = f'<span class="tex" aria-hidden="true">{written}</span>'
    if token.type == "math_block":
        return f'<div class="math" tabindex="0">{found}{source}</div>'  # one that is wide is scrolled
    kind = 'class="math" tabindex="0"' if display else 'class="math-inline"'
    return f"<span {kind}>{found}{source}</span>"


@lru_cache(maxsize=2000)
def mathml(tex: str, *, display: bool) -> str | None:
    """The formula as MathML, None where it is no TeX or too much of it."""
    from latex2mathml.converter import convert  # noqa: PLC0415 - heavy, and most texts have no formula

    if len(tex) > LONGEST or _depth(tex) > DEEPEST or DEFINES.search(tex):
        return None
    try:
        made = convert(tex, display="block" if display else "inline")
    except Exception:  # noqa: BLE001 - whatever it stumbles on, the source is shown
        return None
    body = made[made.index(">") + 1 : made.rindex("</math>")]
    if NO_TEX.search(body):
        return None
    source = f'<annotation encoding="application/x-tex">{escape(tex)}</annotation>'
    shown = ' display="block"' if display else ""
    return f"<math{shown}><semantics>{body}{source}</semantics></math>"


def _last_line(state: Any, start: int, end: int, at: int, closing: str) -> int | None:
    """The line that ends with what closes the formula; None where there is none, or more follows in it."""
    closes = state.src.find(closing, at + 2, at + LONGEST)
    line_end = state.src.find("\n", closes)
    if closes < 0 or state.src[closes + 2 : line_end if line_end >= 0 else None].strip():
        return None
    if not state.src[at + 2 : closes].strip():
        return None
    line = start
    while state.eMarks[line] < closes + 2:
        line += 1
        if line >= end or (not state.isEmpty(line) and state.sCount[line] < state.blkIndent):
            return None
    return line


def _inside(state: Any, opening: str) -> tuple[str, int] | None:
    if opening == "$":
        # What stands before the sign counts too, so the whole text is looked at.
        found = DOLLARS.match(state.src, state.pos, state.posMax) or ORDINAL.match(state.src, state.pos, state.posMax)
        return (found[1], found.end()) if found and not PRICE.match(found[1]) else None
    start = state.pos + len(opening)
    end = state.src.find(CLOSED_BY[opening], start, min(state.posMax, start + LONGEST))
    content = state.src[start:end]
    return (content, end + 2) if end >= 0 and content.strip() and not content.endswith("\\") else None


def _depth(tex: str) -> int:
    """How deep the braces stand in each other; more than is allowed where one of them stands alone."""
    depth = deepest = 0
    for sign in re.sub(r"\\.", "", tex):
        depth += (sign == "{") - (sign == "}")
        deepest = max(deepest, depth)
        if depth < 0:
            break
    return deepest + tex.count("\\left") if depth == 0 else DEEPEST + 1
