"""Which part of a text is meant, and where that is once the text has changed. Places count characters."""

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace

from assistant.notes.proposals.kinds import Kind
from assistant.notes.versions.merge import hunks, merge

MARKED, PARAGRAPH, WHOLE = "what you marked", "the paragraph at the cursor", "the whole note"
GAP = re.compile(r"\n[ \t]*\n")
UNITS = "utf-16-le"  # as browsers count


@dataclass(frozen=True, slots=True)
class Passage:
    """A part of the ``text`` of a note; ``what`` says which, in words."""

    text: str
    begin: int
    end: int
    what: str = MARKED

    @property
    def words(self) -> str:
        """What stands there."""
        return self.text[self.begin : self.end]

    def until(self, kind: Kind) -> "Passage":
        """The passage as what is proposed has to do with it: tasks never come into the middle of a line."""
        if kind.name != "tasks":
            return self
        end = self.text.find("\n", self.end) if self.words[-1:] != "\n" else self.end - 1
        return replace(self, end=len(self.text) if end < 0 else end)


def meant(text: str, begin: int, end: int, words: str) -> Passage:
    """The passage that was marked, which read ``words``; without a mark the paragraph at the cursor, or the whole.

    The text may have been merged with another since: then it is where its words stand.
    """
    if begin < end and words.strip():
        if text[begin:end] != words and text.count(words) == 1:
            begin = text.index(words)
            end = begin + len(words)
        return Passage(text, min(begin, len(text)), min(end, len(text)))
    return _paragraph(text, min(end, len(text)))


def now_at(passage: Passage, text: str) -> Passage:
    """The passage in the text as it is now; what was changed in the passage itself belongs to it."""
    if text == passage.text:
        return passage
    begin = _moved(passage.text, text, passage.begin, last=False)
    end = _moved(passage.text, text, passage.end, last=True)
    found = Passage(text, min(begin, end), max(begin, end), passage.what)
    # Text that moved as a whole is found by its words.
    if found.words != passage.words and passage.words.strip() and text.count(passage.words) == 1:
        begin = text.index(passage.words)
        return replace(found, begin=begin, end=begin + len(passage.words))
    return found


def merged(before: str, proposed: str, now: str) -> str | None:
    """The proposal with what was changed in the passage meanwhile; None where both changed the same lines."""
    return merge(before, proposed, now)


def in_units(text: str, at: int) -> int:
    """The place as browsers count it."""
    return len(text[:at].encode(UNITS, "surrogatepass")) // 2


def in_characters(text: str, at: int) -> int:
    """The place that browsers count so."""
    return len(text.encode(UNITS, "surrogatepass")[: 2 * max(0, at)].decode(UNITS, "ignore"))


def _paragraph(text: str, at: int) -> Passage:
    begin = max((gap.end() for gap in GAP.finditer(text[:at])), default=0)
    gap = GAP.search(text, at)
    end = gap.start() if gap else len(text)
    here = Passage(text, begin, max(begin, end), PARAGRAPH)
    if not here.words.strip():
        return Passage(text, 0, len(text), WHOLE)
    return here


def _moved(old: str, new: str, at: int, *, last: bool) -> int:
    """Where a place in the old text is in the new one: before what was changed around it, or after its ``last``."""
    before, after = old.split("\n"), new.split("\n")
    line, shift = old.count("\n", 0, at), 0
    column = at - _starts(before, line)
    for hunk in hunks(before, after):
        behind = hunk.start == line and last and not column  # what comes after the last line is no part of it
        if hunk.start > line or (hunk.start == hunk.end and behind):
            break
        if hunk.start <= line < hunk.end:
            was, is_now = "\n".join(before[hunk.start : hunk.end]), "\n".join(hunk.lines)
            inside = _inside(was, is_now, at - _starts(before, hunk.start), last=last)
            return min(len(new), _starts(after, hunk.start + shift) + inside)
        shift += len(hunk.lines) - (hunk.end - hunk.start)
    return _starts(after, line + shift) + column


def _starts(lines: Sequence[str], number: int) -> int:
    """Where the line of that number begins."""
    return sum(len(line) + 1 for line in lines[:number])


def _inside(old: str, new: str, at: int, *, last: bool) -> int:
    same = next((n for n, (a, b) in enumerate(zip(old, new, strict=False)) if a != b), min(len(old), len(new)))
    tail = 0
    while tail < min(len(old), len(new)) - same and old[-1 - tail] == new[-1 - tail]:
        tail += 1
    if at < same or (at == same and not last and len(old) - tail > same):
        return at
    if at >= len(old) - tail:
        return len(new) - (len(old) - at)
    return len(new) - tail if last else same
