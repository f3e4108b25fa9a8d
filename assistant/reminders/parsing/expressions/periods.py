"""What the pieces about weeks, months and years say, and about their beginnings and ends; true when one counts."""

from assistant.reminders.phrases.day_pieces import said
from assistant.reminders.phrases.draft import Draft, Folding, Kinds, Nth
from assistant.reminders.phrases.language import MONTH, WEEK, YEAR
from assistant.reminders.phrases.model import Piece

FRIDAY, LAST_OF_YEAR = 4, (0, 12, 31)


def _end(folding: Folding, piece: Piece) -> bool:
    unit = MONTH if piece.has("MONTHEND") else YEAR if piece.has("YEAREND") else piece.one("UNIT")
    if unit not in {WEEK, MONTH, YEAR}:
        return False
    draft = folding.draft
    if unit == MONTH:
        draft.nth = Nth(-1, (), said(piece, "EVERY", "NEXT") or "THIS")
    else:
        _end_of_other(draft, unit)
        draft.ahead = unit if piece.has("NEXT") else draft.ahead
    if piece.has("EVERY"):
        draft.every = draft.every or unit
    return True


def _end_of_other(draft: Draft, unit: tuple[int, ...]) -> None:
    if unit == YEAR:
        draft.date = LAST_OF_YEAR
    else:
        draft.weekdays = (FRIDAY,)
        draft.tell("ambiguous", "The end of a week is taken as its Friday.")


def _month_start(folding: Folding, piece: Piece) -> bool:
    folding.draft.monthdays = (1,)
    if piece.has("EVERY"):
        folding.draft.every = folding.draft.every or MONTH
    return True


def _ahead(folding: Folding, piece: Piece) -> bool:
    unit = piece.one("UNIT", "UNITAFTER")
    if unit not in {WEEK, MONTH, YEAR}:
        return False
    folding.draft.ahead = unit
    if piece.has("AFTERNEXT", "UNITAFTER"):
        folding.draft.shift = unit
    return True


KINDS: Kinds = {"monthend": _end, "monthstart": _month_start, "ahead": _ahead}
