"""What the pieces about days say: one function for each kind, true when the piece counts."""

from collections.abc import Iterator

from assistant.reminders.phrases.draft import Folding, Kinds, Nth
from assistant.reminders.phrases.language import DAY, MONTH, WEEK, YEAR
from assistant.reminders.phrases.model import Piece, Values
from assistant.reminders.phrases.telling import in_words

WORKWEEK, WEEKEND = (0, 1, 2, 3, 4), (5, 6)
LAST_DAY, MONTHS_A_YEAR, CENTURY = 31, 12, 100


def _day(folding: Folding, piece: Piece) -> bool:
    folding.draft.days = sum(piece.one("DAY") or ())
    folding.draft.part = folding.draft.part or piece.one("PART")
    return True


def _date(folding: Folding, piece: Piece) -> bool:
    draft = folding.draft
    draft.date = _numbers(folding, piece)
    if piece.has("EVERY"):
        draft.every = YEAR
    return True


def _dates(folding: Folding, piece: Piece) -> bool:
    """Several days of one month, each of which comes once."""
    days = tuple(number[0] for number in piece.all("ORD", "NUM"))
    if max(days) > LAST_DAY:
        return False
    draft = folding.draft
    draft.date = (*(piece.one("YEAR") or (0,)), *(piece.one("MONTH") or (1,)), max(days))
    draft.monthdays, draft.every, draft.count = days, YEAR, len(days)
    return True


def _numbers(folding: Folding, piece: Piece) -> Values:
    """Year, or 0 when none was said, month and day."""
    if iso := piece.one("ISO"):
        return iso
    if feast := piece.one("FEAST"):
        return (*(piece.one("YEAR") or (0,)), *feast)
    if month := piece.one("MONTH"):
        return (*(piece.one("YEAR") or (0,)), *month, *(piece.one("ORD", "NUM") or (1,)))
    day, other, year = (*(piece.one("DMY", "DATED", "SLASH", "DOTTED") or (1, 1)), 0)[:3]
    year += 2000 if 0 < year < CENTURY else 0
    slashed = piece.has("DATED", "SLASH") and not folding.exact
    if slashed and other > MONTHS_A_YEAR:
        return year, day, other
    if slashed and day != other and day <= MONTHS_A_YEAR:
        taken, turned = in_words(day, other), in_words(other, day)
        folding.draft.tell("ambiguous", f"{day}/{other} could be {taken} or {turned}; taken as {taken}.")
    return year, other, day


def _inmonth(folding: Folding, piece: Piece) -> bool:
    folding.draft.date = (*(piece.one("YEAR") or (0,)), *(piece.one("MONTH") or (1,)), 1)
    folding.draft.tell("ambiguous", "Only a month is said; taken as its first day.")
    return True


def _monthdays(folding: Folding, piece: Piece) -> bool:
    draft, days = folding.draft, tuple(number[0] for number in piece.all("ORD"))
    unit = piece.one("UNIT")
    if unit not in {None, MONTH} or max(days) > LAST_DAY:
        return False
    draft.monthdays, draft.month_of = days, said(piece, "THIS", "NEXT")
    if (unit or piece.has("EVERY")) and not draft.month_of:
        draft.every = draft.every or MONTH
    return True


def _weekdays(folding: Folding, piece: Piece) -> bool:
    draft, days = folding.draft, tuple(dict.fromkeys(_each_day(piece)))
    draft.weekdays = tuple(dict.fromkeys(draft.weekdays + days))
    draft.which = draft.which or said(piece, "THIS", "NEXT")
    if piece.has("AFTERNEXT"):
        draft.which, draft.shift = "NEXT", WEEK
    glued = piece.one("WEEKDAYPART")
    draft.part = draft.part or piece.one("PART") or (glued[1:] if glued else None)
    return True


def _either_day(folding: Folding, piece: Piece) -> bool:
    """Of two days the first."""
    draft = folding.draft
    category, values = next(item for item in piece.items if item[0] in {"DAY", "WEEKDAY", "WD"})
    if category == "DAY":
        draft.days = values[0]
    else:
        draft.weekdays = values
    draft.tell("ambiguous", f"“{folding.said(piece)}” is more than one day; the first is taken.")
    return True


def _except(folding: Folding, piece: Piece) -> bool:
    """Each day that was said, or of the week, but these."""
    draft, without = folding.draft, set(WEEKEND if piece.has("WEEKEND", "WEEKENDS") else _each_day(piece))
    left = tuple(day for day in draft.weekdays or range(7) if day not in without)
    if draft.every not in {DAY, WEEK} or not left:
        return False
    draft.weekdays, draft.every = left, WEEK
    return True


def _each_day(piece: Piece) -> Iterator[int]:
    """The weekdays of a piece, those between the two of a range included."""
    days = [number[0] for number in piece.all("WEEKDAY", "WD", "WEEKDAYS", "WEEKDAYPART")]
    if piece.has("TILL"):
        yield from ((days[0] + passed) % 7 for passed in range((days[1] - days[0]) % 7 + 1))
    elif piece.has("WORKDAY", "WORKDAYS"):
        yield from WORKWEEK
    elif piece.has("WEEKEND", "WEEKENDS"):
        yield from WEEKEND if piece.kind == "everyday" else WEEKEND[:1]
    else:
        yield from days


def _everyday(folding: Folding, piece: Piece) -> bool:
    draft, number = folding.draft, (piece.one("ORD") or (0,))[0]
    _weekdays(folding, piece)
    if number == 1 or number < 0:
        draft.nth, draft.weekdays, draft.every = Nth(number, draft.weekdays, "EVERY"), (), MONTH
        draft.tell("ambiguous", "Taken as once in each month.")
    elif draft.every is None or number:
        draft.every = (0, 7 * max(number, 1), 0)
    return True


def _nth(folding: Folding, piece: Piece) -> bool:
    draft, units = folding.draft, list(piece.all("UNIT"))
    days = _counted_days(piece)
    if units[-1] != MONTH or (not days and units[0] != DAY):
        return False
    within = said(piece, "NEXT", "THIS") or "EVERY"
    draft.nth = Nth(_place(piece), days, within)
    if within == "EVERY":
        draft.every = draft.every or MONTH
    return True


def _nth_of(folding: Folding, piece: Piece) -> bool:
    days = _counted_days(piece)
    if not (days or piece.has("END") or piece.one("UNIT") == DAY):
        return False
    month, year = sum(piece.one("MONTH") or ()), sum(piece.one("YEAR") or ())
    folding.draft.nth = Nth(_place(piece), days, "MONTH", month, year)
    if piece.has("EVERY"):
        folding.draft.every = YEAR
    return True


def _nth_alone(folding: Folding, piece: Piece) -> bool:
    days = _counted_days(piece)
    if not days and piece.one("UNIT") != DAY:
        return False
    folding.draft.nth = Nth(_place(piece), days, "THIS")
    return True


def _place(piece: Piece) -> int:
    return -1 if piece.has("END") else sum(piece.one("ORD") or ())


def _counted_days(piece: Piece) -> Values:
    """The weekdays of which the nth is meant; none when days are."""
    return WORKWEEK if piece.has("WORKDAY") else tuple(number[0] for number in piece.all("WEEKDAY"))


def said(piece: Piece, *categories: str) -> str:
    """The first of these categories that the piece has."""
    return next((category for category in categories if piece.has(category)), "")


KINDS: Kinds = {
    **dict.fromkeys(("weekdays", "weekend"), _weekdays),
    "except": _except,
    "day": _day,
    "date": _date,
    "dates": _dates,
    "inmonth": _inmonth,
    "monthdays": _monthdays,
    "everyday": _everyday,
    "nth": _nth,
    "nthof": _nth_of,
    "nthalone": _nth_alone,
    "eitherday": _either_day,
}
