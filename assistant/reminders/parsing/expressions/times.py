"""What the pieces about times and repetitions say: one function for each kind, true when the piece counts."""

from assistant.reminders.phrases.draft import Draft, Folding, Kinds, Unit
from assistant.reminders.phrases.language import DAY
from assistant.reminders.phrases.model import Piece
from assistant.reminders.phrases.times import Time, sixty, times

TIMES = {"time", "sixty", "fixed", "bare", "either"}
MINUTE_SECONDS, DAY_MINUTES, MONTH_DAYS = 60, 24 * 60, 30
LONGEST_LEAD = 366 * DAY_MINUTES


def _time(folding: Folding, piece: Piece) -> bool:
    draft = folding.draft
    found = [sixty(piece)] if piece.kind == "sixty" else times(piece, exact=folding.exact)
    if not all(time.exists for time in found):
        if piece.has("CLOCK", "ZEROED", "OCLOCK", "AMPM"):
            draft.tell("impossible", "No clock shows this time.")
            draft.times = [Time(99)]
            return True
        return False
    if draft.times and not (folding.beside and folding.beside.kind in TIMES):
        draft.tell("ambiguous", "More than one time is said; the first is taken.")
        return False
    draft.times += found
    if piece.has("QUARTEROF"):
        draft.tell("ambiguous", f"“{folding.said(piece)}” is taken as {found[0].hour}:15.")
    return True


def _either(folding: Folding, piece: Piece) -> bool:
    """Of two times the first."""
    draft, found = folding.draft, times(piece, exact=folding.exact)
    if draft.times or not all(time.exists for time in found):
        draft.tell("ambiguous", f"“{folding.said(piece)}” is not taken as a time.")
        return False
    draft.times = found[:1]
    draft.tell("ambiguous", f"“{folding.said(piece)}” is more than one time; the first is taken.")
    return True


def _bare(folding: Folding, piece: Piece) -> bool:
    """A number alone is a time only right after a day, or after another time and "and"."""
    return folding.beside is not None and _time(folding, piece)


def _part(folding: Folding, piece: Piece) -> bool:
    draft = folding.draft
    draft.part = draft.part or piece.one("PART", "PARTS", "TONIGHT")
    if piece.kind in {"tonight", "today"} and draft.days is None:
        draft.days = 0
    said_of_time = folding.beside is not None and folding.beside.kind in TIMES  # "um 8 Uhr abends"
    if piece.kind == "everypart" or (piece.kind == "parts" and not (draft.dated or draft.repeats or said_of_time)):
        draft.every = draft.every or DAY
    return True


def _every(folding: Folding, piece: Piece) -> bool:
    draft, number = folding.draft, (piece.one("NUM", "ORD", "ONE") or (1,))[0]
    if number < 0:
        return False
    unit = _multiplied(number, piece.one("UNIT", "DURATION", "PERIOD") or DAY)
    if draft.every not in {None, unit}:
        draft.tell("ambiguous", "More than one repetition is said; the first is taken.")
        return False
    draft.every = unit
    return True


def _multiplied(number: int, unit: Unit) -> Unit:
    return tuple(number * each for each in unit)


def _amounts(piece: Piece) -> Unit:
    """The length of all that the piece counts: "an hour and 20 minutes"."""
    total, number = (piece.one("DURATION") or (0, 0, 0)), 1.0
    for category, values in piece.items:
        if category in {"NUM", "ONE"}:
            number = values[0]
        elif category in {"TENTHS", "ANDAHALF"}:
            number = values[0] / 10 if values else number + 0.5
        elif category == "HOURS":
            total = (0, 0, (values[0] * 60 + values[1]) * MINUTE_SECONDS)
        elif category == "UNIT":
            days = values[1] * number
            seconds = values[2] * number + (days % 1) * DAY_MINUTES * MINUTE_SECONDS
            total = (total[0] + int(values[0] * number), total[1] + int(days), total[2] + int(seconds))
    return total


def _offset(folding: Folding, piece: Piece) -> bool:
    folding.draft.offset = _amounts(piece)
    return True


def _from(folding: Folding, piece: Piece) -> bool:
    """So long after a weekday, or after today or tomorrow."""
    draft, passed = folding.draft, _amounts(piece)
    if passed[2]:
        return False
    draft.weekdays, draft.shift = piece.one("WEEKDAY", "WD") or (), passed
    draft.days = sum(piece.one("DAY") or ()) if piece.has("DAY") else None
    return True


def _soon(folding: Folding, piece: Piece) -> bool:
    folding.draft.soon = True
    if piece.has("SOONTODAY"):
        folding.draft.days = 0
    return True


def _span(folding: Folding, piece: Piece) -> bool:
    folding.draft.span = _amounts(piece)
    return True


def _count(folding: Folding, piece: Piece) -> bool:
    folding.draft.count = sum(piece.one("NUM") or ())
    return True


def _until(folding: Folding, _: Piece) -> bool:
    folding.draft.until = Draft()
    return True


def _between(folding: Folding, piece: Piece) -> bool:
    found = times(piece, exact=folding.exact)
    if not all(time.exists for time in found) or (piece.kind == "range" and folding.beside is None):
        return False
    folding.draft.between = (found[0], found[-1])
    return True


def _done(folding: Folding, piece: Piece) -> bool:
    folding.draft.done = True
    return _every(folding, piece) if piece.has("UNIT") else True


def _lead(folding: Folding, piece: Piece) -> bool:
    number = (piece.one("NUM") or (1,))[0]
    months, days, seconds = _multiplied(number, DAY) if piece.has("DAYBEFORE") else _amounts(piece)
    minutes = (months * MONTH_DAYS + days) * DAY_MINUTES + seconds // MINUTE_SECONDS
    if minutes > LONGEST_LEAD:
        return False
    if minutes not in folding.draft.leads:
        folding.draft.leads.append(minutes)
    return True


def _at_time(folding: Folding, _: Piece) -> bool:
    folding.draft.leads.append(0)
    return True


def _someday(folding: Folding, _: Piece) -> bool:
    folding.draft.someday = True
    return True


def _zone(folding: Folding, piece: Piece) -> bool:
    place = piece.one("ZONE", "CITY")
    if place:
        folding.draft.zone = place[0]
    else:
        folding.draft.lost_zone = folding.said(piece)
    return True


def _start(_: Folding, __: Piece) -> bool:
    return True


KINDS: Kinds = {
    **dict.fromkeys(("time", "sixty", "fixed"), _time),
    **dict.fromkeys(("part", "parts", "tonight", "today", "everypart"), _part),
    "either": _either,
    "bare": _bare,
    "every": _every,
    "offset": _offset,
    "from": _from,
    "soon": _soon,
    "span": _span,
    "count": _count,
    "until": _until,
    "start": _start,
    **dict.fromkeys(("between", "range"), _between),
    "done": _done,
    "lead": _lead,
    "attime": _at_time,
    "someday": _someday,
    "zone": _zone,
}
