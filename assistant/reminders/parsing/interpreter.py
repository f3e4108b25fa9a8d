"""The pieces of a sentence put together."""

from assistant.reminders.phrases import day_pieces, period_pieces, time_pieces
from assistant.reminders.phrases.choosing import Chosen
from assistant.reminders.phrases.draft import Draft, Folding
from assistant.reminders.phrases.fitting import touching
from assistant.reminders.phrases.language import DAY
from assistant.reminders.phrases.model import Piece, Problem

TODAY = (0,)
KINDS = {**day_pieces.KINDS, **period_pieces.KINDS, **time_pieces.KINDS}


def folded(chosen: Chosen) -> tuple[Draft, list[Piece]]:
    """What the chosen pieces say together, and those of them that count."""
    folding, counted = Folding(Draft(), chosen), list[Piece]()
    main, before, again = folding.draft, None, False
    for piece in chosen.pieces:
        folding.beside = before if before and touching(chosen.tokens, before, piece) else None
        ends = folding.beside is not None and folding.beside.kind == "until"
        folding.draft = main.until if ends and main.until else main
        again = (again and folding.beside is not None) or _day_again(folding.draft, piece)
        if again:  # with all that is said of that other day
            _tell_again(main)
        elif KINDS[piece.kind](folding, piece):
            counted.append(piece)
            if piece.kind == "weekdays" and before is not None and before.kind == "start" and folding.draft is main:
                main.begins = main.weekdays
        before = piece
    if main.span and main.every is None and any(piece.has("LONG") for piece in counted):
        main.every = DAY
    _begin(main)
    if main.until:
        main.problems += main.until.problems
    return main, counted


def _begin(main: Draft) -> None:
    """Makes “every day starting Friday” begin then, rather than come on Fridays only."""
    by_days = main.every is not None and not main.every[0] and main.every[1] % 7
    if main.begins == main.weekdays and by_days:
        main.weekdays = ()
    else:
        main.begins = ()


def _tell_again(draft: Draft) -> None:
    told = Problem("ambiguous", "More than one day is said; the first is taken.")
    if told not in draft.problems:
        draft.problems.append(told)


def _day_again(draft: Draft, piece: Piece) -> bool:
    """Whether a second date is said; a weekday beside a date is compared with it later."""
    if piece.kind not in {"day", "date", "dates", "offset"}:
        return False
    if piece.kind == "day" and draft.offset and draft.offset[2] and piece.one("DAY") != TODAY:
        return True
    others = (draft.days, draft.date) if piece.kind == "day" else (draft.days, draft.date, draft.offset)
    return any(each is not None for each in (others[1:] if piece.kind == "offset" else others))
