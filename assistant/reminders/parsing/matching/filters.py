"""Which pieces of a sentence mean something beside the others that are there."""

from collections.abc import Sequence
from dataclasses import replace
from itertools import pairwise

from assistant.reminders.phrases.language import DAY
from assistant.reminders.phrases.model import Piece, Token

SURE, AT_EDGE, BESIDE = 3, 2, 1
REPEATING = {"every", "everyday", "everypart", "parts"}
NEEDS_RULE = {"until", "span", "count", "done", "except"}
TIMES = {"time", "sixty", "fixed", "either"}
DAYLIKE = {"day", "date", "monthdays", "weekdays", "nthof", "monthend", "ahead", "inmonth", "monthstart"}
ENDS = TIMES | DAYLIKE  # after "until"
ONCE = {"day", "offset", "tonight", "today"}
DAYS = ONCE | {"date", "weekdays"}


def fitting(found: Sequence[Token], kept: list[Piece]) -> list[Piece]:
    """The pieces without those that only mean something beside others that are not there."""
    kept = [piece for piece in kept if not _attribute(found, piece, kept)]
    repeating, leading = _repeating(found, kept), any(piece.kind == "lead" for piece in kept)
    kept = kept if repeating else [_due(found, piece) for piece in kept]
    pairs = [pair for pair in pairwise(kept) if ends(found, *pair)]
    ending, ended = [piece for piece, _ in pairs], [after for _, after in pairs]
    return [
        piece
        for piece in kept
        if (repeating or (piece.kind not in NEEDS_RULE and piece not in ended))
        and (leading or piece.kind != "attime")
        and (piece in ending or piece.kind != "until")
    ]


def _attribute(found: Sequence[Token], piece: Piece, kept: Sequence[Piece]) -> bool:
    """Whether a piece only describes a noun: "weekly review" beside "every Friday", "Christmas" beside "tomorrow"."""
    others = [other for other in kept if other is not piece]
    if piece.has("FEAST") and piece.strength == BESIDE:
        ended = any(ends(found, *pair) and pair[1] is piece for pair in pairwise(kept))
        return not ended and any(other.kind in DAYS for other in others)
    noun = piece.after < len(found) and "WORD" in found[piece.after].means
    if not noun or not piece.has("PERIOD") or any(other.kind == "start" for other in others):
        return False
    return any(_repeats(other) or other.kind in ONCE for other in others)


def _repeating(found: Sequence[Token], kept: Sequence[Piece]) -> bool:
    """Whether something comes again: said so, or several weekdays until a day, or a time for so many days."""
    several = any(piece.kind == "weekdays" and len([*piece.all("WEEKDAY", "WD")]) > 1 for piece in kept)
    return (
        any(map(_repeats, kept))
        or _daily(kept)
        or (several and any(ends(found, *pair) and pair[1].kind not in TIMES for pair in pairwise(kept)))
    )


def _daily(kept: Sequence[Piece]) -> bool:
    """Whether a time rings each day of a length of time: "3 Tage lang um 8"."""
    long = any(piece.has("LONG") and not (piece.one("UNIT") or DAY)[2] for piece in kept)
    kinds = {piece.kind for piece in kept}
    return long and bool(kinds & TIMES) and ("start" in kinds or not kinds & DAYS)


def _due(found: Sequence[Token], piece: Piece) -> Piece:
    """The piece; "bis Freitag" without a repetition is just that day."""
    due = piece.kind == "until" and "DUE" in found[piece.first].means
    return replace(piece, kind="start") if due else piece


def _repeats(piece: Piece) -> bool:
    counted = piece.kind in {"nth", "monthdays"} and piece.has("UNIT") and not piece.has("THIS", "NEXT")
    return piece.kind in REPEATING or piece.has("EVERY") or (piece.kind == "done" and piece.has("UNIT")) or counted


def ends(found: Sequence[Token], piece: Piece, after: Piece) -> bool:
    """Whether the first piece says until and the second until when."""
    return piece.kind == "until" and after.kind in ENDS and touching(found, piece, after)


def touching(found: Sequence[Token], first: Piece, second: Piece) -> bool:
    """Whether nothing but a comma or an "and" stands between two pieces."""
    between = found[first.after : second.first]
    return all(token.means.keys() & {"AND", "COMMA"} for token in between)
