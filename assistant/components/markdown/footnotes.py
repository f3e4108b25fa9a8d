"""Notes at the end of a text: ``[^name]`` in it, and ``[^name]: what is to be said`` anywhere."""

import re
from typing import Any

START = re.compile(r"\[\^([^\[\]\s]{1,100})\]:[ \t]*")
REFERENCE = re.compile(r"\[\^([^\[\]\s]{1,100})\]")
INDENT = 4  # columns by which what belongs to a note is set in
KEPT = "footnotes"  # in the parser's environment: by name, the source of each note
PLACE = "place"  # there too: a number in the ids of a text, so that those of several texts on a page differ
REFERRED = "footnotes_referred"  # the numbers of those that are referred to


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
        referred = state.env.setdefault(REFERRED, set())
        own = "" if number in referred else f' id="{_id(state.env, number)}-from"'
        referred.add(number)
        link = f'<a href="#{_id(state.env, number)}"{own}>{number}</a>'
        state.push("html_inline", "", 0).content = f'<sup class="footnote">{link}</sup>'
    state.pos = found.end()
    return True


def gather(state: Any) -> None:
    """Puts the notes at the end, in the order in which they were written, each with a way back to where it is from."""
    from markdown_it.token import Token  # noqa: PLC0415 - not needed before the first answer

    notes = state.env.get(KEPT, {})
    if not notes:
        return
    state.tokens.append(Token("footnotes_open", "ol", 1, attrs={"class": "footnotes"}, block=True))
    read: list[str] = []
    while new := [name for name in notes if name not in read]:  # a note may hold others
        for number, name in enumerate(new, len(read) + 1):
            state.tokens.append(Token("footnote_open", "li", 1, attrs={"id": _id(state.env, number)}, block=True))
            state.md.block.parse(notes[name], state.md, state.env, state.tokens)
            inside = state.tokens[-1].type == "paragraph_close"
            state.tokens.insert(-1 if inside else len(state.tokens), Token("footnote_back", "", 0, meta={"of": number}))
            state.tokens.append(Token("footnote_close", "li", -1, block=True))
        read += new
    state.tokens.append(Token("footnotes_close", "ol", -1, block=True))


def back(_self: Any, tokens: Any, index: int, _options: Any, env: Any) -> str:
    """The way from a note back to where it is first referred to."""
    number = tokens[index].meta["of"]
    if number not in env.get(REFERRED, ()):
        return ""
    return f' <a href="#{_id(env, number)}-from" class="footnote-back" aria-label="Back to the text">↩</a>'


def _id(env: Any, number: int) -> str:
    return f"note-{env.get(PLACE, 0)}-{number}"


def _goes_on(state: Any, line: int) -> bool:
    """Whether the paragraph of a note goes on in a line that is not set in."""
    before = state.getLines(line - 1, line, 0, False).strip()  # noqa: FBT003
    rules = state.md.block.ruler.getRules("paragraph")
    return bool(before) and not any(rule(state, line, state.lineMax, True) for rule in rules)  # noqa: FBT003
