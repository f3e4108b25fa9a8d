"""What the expressions about times and repetitions say: one function for each kind, true when the expression counts."""

from assistant.reminders.parsing.draft import Draft, Interpreter, Kinds, Unit
from assistant.reminders.parsing.languages.language import DAY
from assistant.reminders.parsing.model import Expression
from assistant.reminders.parsing.times import Time, sixty, times

TIMES = {"time", "sixty", "fixed", "bare", "either"}
MINUTE_SECONDS, DAY_MINUTES, MONTH_DAYS = 60, 24 * 60, 30
LONGEST_LEAD = 366 * DAY_MINUTES


def _time(interpreter: Interpreter, expression: Expression) -> bool:
    draft = interpreter.draft
    found = [sixty(expression)] if expression.kind == "sixty" else times(expression, exact=interpreter.exact)
    if not all(time.exists for time in found):
        if expression.has("CLOCK", "ZEROED", "OCLOCK", "AMPM"):
            draft.warn("impossible", "No clock shows this time.")
            draft.times = [Time(99)]
            return True
        return False
    if draft.times and not (interpreter.beside and interpreter.beside.kind in TIMES):
        draft.warn("ambiguous", "More than one time is said; the first is taken.")
        return False
    draft.times += found
    if expression.has("QUARTEROF"):
        draft.warn("ambiguous", f"“{interpreter.said(expression)}” is taken as {found[0].hour}:15.")
    return True


def _either(interpreter: Interpreter, expression: Expression) -> bool:
    """Of two times the first."""
    draft, found = interpreter.draft, times(expression, exact=interpreter.exact)
    if draft.times or not all(time.exists for time in found):
        draft.warn("ambiguous", f"“{interpreter.said(expression)}” is not taken as a time.")
        return False
    draft.times = found[:1]
    draft.warn("ambiguous", f"“{interpreter.said(expression)}” is more than one time; the first is taken.")
    return True


def _bare(interpreter: Interpreter, expression: Expression) -> bool:
    """A number alone is a time only right after a day, or after another time and "and"."""
    return interpreter.beside is not None and _time(interpreter, expression)


def _part(interpreter: Interpreter, expression: Expression) -> bool:
    draft = interpreter.draft
    draft.part = draft.part or expression.one("PART", "PARTS", "TONIGHT")
    if expression.kind in {"tonight", "today"} and draft.days is None:
        draft.days = 0
    said_of_time = interpreter.beside is not None and interpreter.beside.kind in TIMES  # "um 8 Uhr abends"
    if expression.kind == "everypart" or (
        expression.kind == "parts" and not (draft.dated or draft.repeats or said_of_time)
    ):
        draft.every = draft.every or DAY
    return True


def _every(interpreter: Interpreter, expression: Expression) -> bool:
    draft, number = interpreter.draft, (expression.one("NUM", "ORD", "ONE") or (1,))[0]
    if number < 0:
        return False
    unit = _multiplied(number, expression.one("UNIT", "DURATION", "PERIOD") or DAY)
    if draft.every not in {None, unit}:
        draft.warn("ambiguous", "More than one repetition is said; the first is taken.")
        return False
    draft.every = unit
    return True


def _multiplied(number: int, unit: Unit) -> Unit:
    return tuple(number * each for each in unit)


def _amounts(expression: Expression) -> Unit:
    """The length of all that the expression counts: "an hour and 20 minutes"."""
    total, number = (expression.one("DURATION") or (0, 0, 0)), 1.0
    for category, values in expression.items:
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


def _offset(interpreter: Interpreter, expression: Expression) -> bool:
    interpreter.draft.offset = _amounts(expression)
    return True


def _from(interpreter: Interpreter, expression: Expression) -> bool:
    """So long after a weekday, or after today or tomorrow."""
    draft, passed = interpreter.draft, _amounts(expression)
    if passed[2]:
        return False
    draft.weekdays, draft.shift = expression.one("WEEKDAY", "WD") or (), passed
    draft.days = sum(expression.one("DAY") or ()) if expression.has("DAY") else None
    return True


def _soon(interpreter: Interpreter, expression: Expression) -> bool:
    interpreter.draft.soon = True
    if expression.has("SOONTODAY"):
        interpreter.draft.days = 0
    return True


def _span(interpreter: Interpreter, expression: Expression) -> bool:
    interpreter.draft.span = _amounts(expression)
    return True


def _count(interpreter: Interpreter, expression: Expression) -> bool:
    interpreter.draft.count = sum(expression.one("NUM") or ())
    return True


def _until(interpreter: Interpreter, _: Expression) -> bool:
    interpreter.draft.until = Draft()
    return True


def _between(interpreter: Interpreter, expression: Expression) -> bool:
    found = times(expression, exact=interpreter.exact)
    if not all(time.exists for time in found) or (expression.kind == "range" and interpreter.beside is None):
        return False
    interpreter.draft.between = (found[0], found[-1])
    return True


def _done(interpreter: Interpreter, expression: Expression) -> bool:
    interpreter.draft.done = True
    return _every(interpreter, expression) if expression.has("UNIT") else True


def _lead(interpreter: Interpreter, expression: Expression) -> bool:
    number = (expression.one("NUM") or (1,))[0]
    months, days, seconds = _multiplied(number, DAY) if expression.has("DAYBEFORE") else _amounts(expression)
    minutes = (months * MONTH_DAYS + days) * DAY_MINUTES + seconds // MINUTE_SECONDS
    if minutes > LONGEST_LEAD:
        return False
    if minutes not in interpreter.draft.leads:
        interpreter.draft.leads.append(minutes)
    return True


def _at_time(interpreter: Interpreter, _: Expression) -> bool:
    interpreter.draft.leads.append(0)
    return True


def _someday(interpreter: Interpreter, _: Expression) -> bool:
    interpreter.draft.someday = True
    return True


def _zone(interpreter: Interpreter, expression: Expression) -> bool:
    place = expression.one("ZONE", "CITY")
    if place:
        interpreter.draft.zone = place[0]
    else:
        interpreter.draft.lost_zone = interpreter.said(expression)
    return True


def _start(_: Interpreter, __: Expression) -> bool:
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
