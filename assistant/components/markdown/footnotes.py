"""Notes at the end of a text: ``[^name]`` in it, and ``[^name]: what is to be said`` anywhere."""

import re
from typing import Any

START = re.compile(r"\[\^([^\[\]\s]{1,100})\]:[ \t]*")
REFERENCE = re.compile(r"\[\^([^\[\]\s]{1,100})\]")
INDENT = 4  # columns by which what belongs to a note is set in
KEPT = "footnotes"  # in the parser's environment: by name, the source of each note


def definition(state: Any, start: int, end: int, silent: bool) -> bool:  # noqa: FBT001 - the parser calls it so
    """Whether the text of a note begins in this line; it is then put aside."""
    if state.is_code_block(start) or state.level:
        return False
    found = START.match(state.src, state.bMarks[start] + state.tShift[start], state.eMarks[start])
    if found is None:
        return False
    if silent:
        return True
    last = start + 1
    while last < end and (
        state.isEmpty(last) or state.sCount[last] - state.blkIndent >= INDENT or _goes_on(state, last)
    ):
        last += 1
    rest = state.getLines(start + 1, last, state.blkIndent + INDENT, False)  # noqa: FBT003
    first = state.src[found.end() : state.eMarks[start]]
    state.env.setdefault(KEPT, {}).setdefault(found[1], f"{first}\n{rest}")
    state.line = last
    return True


def reference(state: Any, silent: bool) -> bool:  # noqa: FBT001
    """Whether a note is referred to here; its number is then shown."""
    found = REFERENCE.match(state.src, state.pos, state.posMax)
    names = state.env.get(KEPT, {})
    if found is None or found[1] not in names:
        return False
    if not silent:
        number = state.env.setdefault("footnote_numbers", {name: at + 1 for at, name in enumerate(names)})[found[1]]
        state.push("html_inline", "", 0).content = f'<sup class="footnote">{number}</sup>'
    state.pos = found.end()
    return True


def gather(state: Any) -> None:
    """Puts the notes at the end, in the order in which they were written."""
    from markdown_it.token import Token  # noqa: PLC0415 - not needed before the first answer

    notes = state.env.get(KEPT, {})
    if not notes:
        return
    state.tokens.append(Token("footnotes_open", "ol", 1, attrs={"class": "footnotes"}, block=True))
    read: list[str] = []
    while new := [name for name in notes if name not in read]:  # a note may hold others
        for name in new:
            state.tokens.append(Token("footnote_open", "li", 1, block=True))
            state.md.block.parse(notes[name], state.md, state.env, state.tokens)
            state.tokens.append(Token("footnote_close", "li", -1, block=True))
        read += new
    state.tokens.append(Token("footnotes_close", "ol", -1, block=True))


def _goes_on(state: Any, line: int) -> bool:
    """Whether the paragraph of a note goes on in a line that is not set in."""
    before = state.getLines(line - 1, line, 0, False).strip()  # noqa: FBT003
    rules = state.md.block.ruler.getRules("paragraph")
    return bool(before) and not any(rule(state, line, state.lineMax, True) for rule in rules)  # noqa: FBT003
