"""What can be read off Markdown source: its first line, an excerpt, its prose, its tasks."""

import re

from assistant.components.markdown import tasks
from assistant.components.markdown.parser import block_parser
from assistant.notes import front_matter
from assistant.notes.validation import TITLE_LIMIT

EXCERPT_LIMIT = 200
EXCERPT_FROM = 2000  # characters that are looked at

LONGEST_LINE = 10_000  # characters; in a longer line code is not told from prose

FENCE = re.compile(r"[ \t>]*(?:(?:[-*+]|\d+[.)])[ \t]+)*(`{3,}|~{3,})(.*)")
INLINE_CODE = re.compile(r"(?<!`)(`+)(?!`)([^\n]*?[^`\n])\1(?!`)")

# Applied in this order: what a line begins and ends with, links and pictures, emphasis, what stands for itself.
START = re.compile(
    r"[\s>]*(?:(?:[-*_]\s*){3,}$|={3,}$|(?:(?:[-*+]|\d+[.)])\s+(?:\[[ xX]\]\s+)?){0,4}(?:#{1,6}(?:\s+|$))?)"
)
HEADING = re.compile(r" {0,3}#{1,6}\s")
CLOSING = re.compile(r"\s+#+\s*$")  # of a heading
DEFINITION = re.compile(r"\s*\[[^\[\]\n]+\]:\s*\S+")  # of a link or a footnote, which stands out of sight
CELLS = re.compile(r"(?<!\\)\|")
MARKS = (
    (re.compile(r"!?\[\[([^\[\]\n|]*)\|([^\[\]\n]*)\]\]"), r"\2"),
    (re.compile(r"!?\[\[([^\[\]\n]*)\]\]"), r"\1"),
    (re.compile(r"\[\^[^\[\]\s]+\]"), ""),
    (re.compile(r"!?\[([^\[\]\n]*)\](?:\((?:[^()\n]|\([^()\n]*\))*\)|\[[^\[\]\n]*\])"), r"\1"),
    (re.compile(r"<((?:https?://|mailto:)[^<>\s]+)>"), r"\1"),
    (re.compile(r"(\*{1,3}|~~|`+)(?=\S)([^\n]*?\S)\1"), r"\2"),
    (re.compile(r"(?<!\w)(_{1,3})(?=\S)([^\n]*?\S)\1(?!\w)"), r"\2"),
)
OPEN_TASK = re.compile(r"[\s>]*(?:(?:[-*+]|\d+[.)])\s+)+\[ \]")
NESTED = 2  # marks inside marks
MARKED = re.compile(r"[\[<*~`_]")  # what one of them begins with
ESCAPED = re.compile(r"\\([!-/:-@\[-`{-~])")
BARE = re.compile(r"[^\W\d_][^\[<*~`_|\\]*")  # a line, as most are, in which nothing marks anything
RULE = "|:-+ \t"  # what a line consists of that only divides a table


def title_of(text: str) -> str:
    """The first line that says something, without its marks; empty when there is none."""
    for line in _begun(text):
        if words := plain(line[: 2 * TITLE_LIMIT]):
            return words[:TITLE_LIMIT].rstrip()
    return ""


def heading_of(text: str) -> str:
    """The first line that says something, where it is a heading; else nothing."""
    line = next((line for line in _begun(text) if plain(line[: 2 * TITLE_LIMIT])), "")
    return title_of(line) if HEADING.match(line) else ""


def excerpt_of(text: str, title: str) -> str:
    """About 200 characters of plain text, without the line that is the title already."""
    words: list[str] = []
    length = 0
    for line in _begun(text):
        words_here = plain(line[: 2 * TITLE_LIMIT])
        if not words_here or (not words and words_here[:TITLE_LIMIT].rstrip() == title):
            continue
        words.append(words_here)
        length += len(words_here) + 1
        if length > EXCERPT_LIMIT:
            break
    found = _unmarked(" ".join(words))  # emphasis may go on over the end of a line
    return found if len(found) <= EXCERPT_LIMIT else found[:EXCERPT_LIMIT].rstrip() + "…"


def plain(line: str) -> str:
    """The line's words without the marks of Markdown; empty for one that only has marks."""
    if BARE.fullmatch(line):
        return " ".join(line.split())
    if FENCE.match(line) or DEFINITION.match(line) or not line.strip(RULE):
        return ""
    begun = START.sub("", line, count=1)
    if begun != line:
        begun = CLOSING.sub("", begun)
    if begun.startswith("|"):
        begun = " ".join(cell.strip() for cell in CELLS.split(begun))
    return ESCAPED.sub(r"\1", " ".join(_unmarked(begun).split()))


def prose(text: str) -> str:
    """The text with its code blanked out, every other character where it was."""
    if "`" not in text and "~~~" not in text:
        return text
    lines, fence = [], ""
    for line in text.split("\n"):
        if "`" not in line and "~~~" not in line:  # as most lines are, which need no closer look
            lines.append(" " * len(line) if fence else line)
            continue
        found = FENCE.match(line)
        if fence:
            closes = found and found[1].startswith(fence) and not found[2].strip()
            fence = "" if closes else fence
            lines.append(" " * len(line))
        elif found and not (found[1][0] == "`" and "`" in found[2]):
            fence = found[1]
            lines.append(" " * len(line))
        elif len(line) > LONGEST_LINE:
            lines.append(line)
        else:
            lines.append(INLINE_CODE.sub(lambda code: " " * len(code[0]), line))
    return "\n".join(lines)


def task_lines(text: str) -> list[int]:
    """In which lines, from 0, the tasks stand that the preview shows, in its order."""
    body = front_matter.split(text)[1]
    above = text.count("\n") - body.count("\n")
    tokens = block_parser().parse(body)
    return [above + words.map[0] for _, words in tasks.found(tokens) if words.map]


def open_tasks(text: str) -> list[str]:
    """The words of the tasks that are not ticked, in their order; those without words are left out."""
    lines = text.split("\n")
    found = [lines[line] for line in task_lines(text) if line < len(lines)]
    return [words for line in found if OPEN_TASK.match(line) and (words := plain(line))]


def _begun(text: str) -> list[str]:
    """The lines in which the text begins, without its fields."""
    return front_matter.split(text)[1][:EXCERPT_FROM].split("\n")


def _unmarked(text: str) -> str:
    for _ in range(NESTED if MARKED.search(text) else 0):
        for mark, instead in MARKS:
            text = mark.sub(instead, text)
    return text
