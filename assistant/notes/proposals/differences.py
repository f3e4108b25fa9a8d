"""Where two passages differ, word by word."""

import re

from assistant.notes.versions.history import ADDED, REMOVED, SAME, differences
from assistant.notes.versions.merge import hunks

# In Chinese and Japanese, which have no spaces between words, each sign.
WORDS = re.compile(r"\s+|[\u3040-\u30ff\u3400-\u9fff]|[^\W\u3040-\u30ff\u3400-\u9fff]+|[^\w\s]")
MOST = 6000  # words and spaces of both, compared one by one; longer passages line by line
Piece = tuple[str, str]  # same, added or removed; the words


def in_words(before: str, after: str) -> list[Piece]:
    """The pieces, in order; of long passages whole lines."""
    old, new = WORDS.findall(before), WORDS.findall(after)
    if len(old) + len(new) > MOST:
        return [(kind, text + "\n") for kind, text in differences(before, after)]
    pieces: list[Piece] = []
    at = 0
    for hunk in hunks(old, new):
        some = ((SAME, old[at : hunk.start]), (REMOVED, old[hunk.start : hunk.end]), (ADDED, list(hunk.lines)))
        pieces += [(kind, "".join(words)) for kind, words in some if words]
        at = hunk.end
    rest = "".join(old[at:])
    return _joined([*pieces, (SAME, rest)] if rest else pieces)


def so_far(before: str, after: str) -> list[Piece]:
    """The same while more is to come: what was not reached yet is not removed."""
    pieces = in_words(before, after)
    if pieces and pieces[-1][0] == REMOVED:
        return [*pieces[:-1], (SAME, pieces[-1][1])]
    if len(pieces) > 1 and (pieces[-2][0], pieces[-1][0]) == (REMOVED, ADDED):
        return [*pieces[:-2], pieces[-1], (SAME, pieces[-2][1])]
    return pieces


def _joined(pieces: list[Piece]) -> list[Piece]:
    """The pieces without islands of space between two changes, which nobody could read."""
    joined: list[Piece] = []
    gone, come = "", ""
    for kind, text in [*pieces, (SAME, "\0")]:
        if kind == SAME and (text.strip() or "\n" in text or not (gone or come)):
            joined += [(what, words) for what, words in ((REMOVED, gone), (ADDED, come)) if words]
            joined.append((kind, text))
            gone = come = ""
        elif kind == SAME:
            gone, come = gone + text, come + text
        else:
            gone, come = gone + text * (kind == REMOVED), come + text * (kind == ADDED)
    return joined[:-1]
