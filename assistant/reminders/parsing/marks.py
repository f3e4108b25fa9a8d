"""Words of a sentence that are marks: ``#work`` is a tag, ``!high``, ``!!!`` and ``!1`` are priorities."""

import re
from dataclasses import dataclass

PRIORITIES = {
    "low": 1, "middle": 2, "medium": 2, "high": 3,
    "niedrig": 1, "mittel": 2, "hoch": 3, "urgent": 3, "important": 3, "dringend": 3, "wichtig": 3,
    "!!": 3, "!": 2, "1": 3, "2": 2, "3": 1,
}  # fmt: skip
# A number after # is mostly that of a thing, and stays in the text.
MARK = re.compile(
    rf"(?<!\S)(?:!({'|'.join(PRIORITIES)})|#([^\W\d_][\w/-]{{0,99}}))(?=[\s,;)]|[.!?](?:\s|$)|$)", re.IGNORECASE
)


@dataclass(frozen=True, slots=True)
class Marks:
    """``rest`` is the sentence with blanks in place of its marks; of several priorities the last counts."""

    rest: str
    priority: int
    tags: tuple[str, ...]


def read_marks(sentence: str) -> Marks:
    """The marks of a sentence."""
    found = list(MARK.finditer(sentence))
    priorities = [PRIORITIES[mark[1].casefold()] for mark in found if mark[1]]
    tags = dict.fromkeys(mark[2] for mark in found if mark[2])
    rest = MARK.sub(lambda mark: " " * len(mark[0]), sentence)
    return Marks(rest, priorities[-1] if priorities else 0, tuple(tags))
