"""What the expressions about time that passes say: from now on, again and again, so long; true when one counts."""

from assistant.reminders.parsing.draft import Interpreter, Kinds, Unit
from assistant.reminders.parsing.languages.language import DAY
from assistant.reminders.parsing.matching.filters import DAYLIKE, REPEATING, TIMES
from assistant.reminders.parsing.model import Expression

MINUTE_SECONDS, DAY_MINUTES, MONTH_DAYS = 60, 24 * 60, 30
LONGEST_LEAD = 366 * DAY_MINUTES
OTHER_TIMES = DAYLIKE | TIMES | REPEATING
LAST_OF_YEAR, YEARS = (12, 31), range(1900, 2100)
SOME, OTHER, SATURDAY, LAST_DAY = 3, 2, (5,), 31


def _every(interpreter: Interpreter, expression: Expression) -> bool:
    draft, number = interpreter.draft, (expression.one("NUM", "ORD", "ONE") or (1,))[0]
    number = OTHER if expression.has("OTHER") else SOME if expression.has("FEW") else number
    if expression.has("FEW"):
        draft.warn("ambiguous", f"“{interpreter.words(expression)}” is taken as {SOME}.")
    if number < 0:
        return False
    unit = _multiplied(number, expression.one("UNIT", "SHORTUNIT", "DURATION", "PERIOD") or DAY)
    unit = _amounts(expression) if expression.has("SLASH") else unit
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
        if category in {"NUM", "ONE", "FEW"}:
            number = SOME if category == "FEW" else values[0]
        elif category == "SLASH":
            number = values[0] / values[1] if values[1] else 0
        elif category == "ANDAHALF" and any(total):  # “2 hours and a half”
            total = _plus(total, 0.5, [*expression.all("UNIT")][-1])
        elif category in {"TENTHS", "ANDAHALF"}:
            number = values[0] / 10 if values else number + 0.5
        elif category == "HOURS":
            total = (0, 0, (values[0] * 60 + values[1]) * MINUTE_SECONDS)
        elif category in {"UNIT", "SHORTUNIT", "WEEKWORD"}:
            total = _plus(total, number, values)
    return total


def _plus(total: Unit, number: float, unit: Unit) -> Unit:
    """The length with so many units more; half a month is fifteen days."""
    months = unit[0] * number
    days = unit[1] * number + (months % 1) * MONTH_DAYS
    seconds = unit[2] * number + (days % 1) * DAY_MINUTES * MINUTE_SECONDS
    return total[0] + int(months), total[1] + int(days), total[2] + int(seconds)


def _offset(interpreter: Interpreter, expression: Expression) -> bool:
    draft, tokens = interpreter.draft, interpreter.reading.tokens
    if (expression.one("NUM") or (0,))[0] in YEARS and expression.has("SHORTUNIT"):
        return False  # “in the 1990 s”
    draft.offset = _amounts(expression)
    if "WITHIN" in tokens[expression.first].categories:
        draft.warn("ambiguous", f"“{interpreter.words(expression)}” is taken as its end.")
    if expression.has("FEW"):
        draft.warn("ambiguous", f"“{interpreter.words(expression)}” is taken as {SOME}.")
    return True


def _next_span(interpreter: Interpreter, expression: Expression) -> bool:
    """Within the next so many days: at their end, or each of them."""
    draft = interpreter.draft
    if draft.repeats:
        draft.span, draft.span_from_now = _amounts(expression), True
        return True
    draft.warn("ambiguous", f"“{interpreter.words(expression)}” is taken as its end.")
    return _offset(interpreter, expression)


def _now(interpreter: Interpreter, expression: Expression) -> bool:
    """At once, where no other time is said: “tomorrow as soon as possible” is tomorrow."""
    draft, others = interpreter.draft, [each for each in interpreter.reading.expressions if each is not expression]
    said = draft.dated or draft.times or draft.parts or draft.repeats
    if said or any(each.kind in OTHER_TIMES for each in others):
        return False
    draft.offset = (0, 0, 0)
    return True


def _from(interpreter: Interpreter, expression: Expression) -> bool:
    """So long after a weekday, or after today or tomorrow."""
    draft, passed = interpreter.draft, _amounts(expression)
    if passed[2]:
        return False
    draft.weekdays, draft.shift = expression.one("WEEKDAY", "WD") or (), passed
    draft.which = "NEXT" if expression.has("NEXT", "AFTERTHAT") else draft.which
    draft.days = sum(expression.one("DAY") or ()) if expression.has("DAY") else None
    return True


def _shifted(interpreter: Interpreter, expression: Expression) -> bool:
    """So long before or after the day that comes next."""
    draft, sign = interpreter.draft, -1 if expression.has("PRIOR") else 1
    if place := expression.one("ORD"):
        if not 0 < place[0] <= LAST_DAY:
            return False
        draft.monthdays = place
    if expression.has("WORKDAY", "WORKDAYS"):
        draft.shifted_workdays = sign * (expression.one("NUM") or (1,))[0]
        return True
    if near := expression.one("NEARDAY"):
        draft.shift = (0, *near, 0)
        return True
    if expression.has("DAYBEFORE", "ATTIME"):  # “on the day” after
        passed = _multiplied(-1 if expression.has("DAYBEFORE") else sign, DAY)
    else:
        passed = _multiplied(sign, _amounts(expression))
    if passed[2]:
        return False
    draft.shift = passed
    return True


def _weekday_from(interpreter: Interpreter, expression: Expression) -> bool:
    """The first Monday after the day that comes next, or the last before it."""
    number = (expression.one("NUM", "ORD", "ONE") or (1,))[0]
    weekday = expression.one("WEEKDAYS", "WEEKDAY", "WD") or (0,)
    if number <= 0:
        return False
    interpreter.draft.shifted_weekday = (number * (-1 if expression.has("PRIOR") else 1), *weekday)
    return True


def _workdays(interpreter: Interpreter, expression: Expression) -> bool:
    """So many working days from now."""
    draft = interpreter.draft
    draft.workdays = SOME if expression.has("FEW") else (expression.one("NUM", "ONE") or (1,))[0]
    draft.days = sum(expression.one("DAY") or ()) if expression.has("DAY") else draft.days
    if expression.has("FEW"):
        draft.warn("ambiguous", f"“{interpreter.words(expression)}” is taken as {SOME}.")
    return True


def _weekdays_ahead(interpreter: Interpreter, expression: Expression) -> bool:
    """The third of the Fridays to come."""
    draft, number = interpreter.draft, (expression.one("NUM", "ONE") or (1,))[0]
    if number == 0:
        return False
    draft.weekdays, draft.weeks_on = expression.one("WEEKDAYS", "WEEKDAY") or SATURDAY, number
    return True


def _soon(interpreter: Interpreter, expression: Expression) -> bool:
    if interpreter.draft.dated and interpreter.draft.days != 0:
        return False  # “on 31 December later”
    interpreter.draft.soon = True
    if expression.has("SOONTODAY"):
        interpreter.draft.days = 0
    return True


def _span(interpreter: Interpreter, expression: Expression) -> bool:
    interpreter.draft.span = _amounts(expression)
    interpreter.draft.span_from_now = expression.has("FORNEXT")
    return True


def _count(interpreter: Interpreter, expression: Expression) -> bool:
    draft = interpreter.draft
    draft.count = sum(expression.one("NUM", "TWICE") or ())
    if expression.has("TWICE"):
        draft.warn("ambiguous", f"Taken as {draft.count} times in all.")
    return True


def _until(interpreter: Interpreter, _: Expression) -> bool:
    interpreter.draft.until = interpreter.draft.another()
    return True


def _until_year(interpreter: Interpreter, expression: Expression) -> bool:
    """To the end of a year: “until 2030”; a time where it comes again within a day."""
    draft, year = interpreter.draft, (expression.one("YEAR") or (0,))[0]
    if (draft.every or DAY)[2] or year < interpreter.today.year:
        return False
    draft.until = draft.another()
    draft.until.date = (year, *LAST_OF_YEAR)
    draft.warn("ambiguous", f"Taken as until the end of {year}.")
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


def _lead_of(interpreter: Interpreter, expression: Expression) -> bool:
    """“Remind me 2 hours before my flight on Friday at 6pm”: only where the sentence begins with it."""
    before = interpreter.reading.tokens[: expression.first]
    return not any("COMMAND" not in token.categories for token in before) and _lead(interpreter, expression)


def _at_time(interpreter: Interpreter, _: Expression) -> bool:
    interpreter.draft.leads.append(0)
    return True


def _someday(interpreter: Interpreter, _: Expression) -> bool:
    interpreter.draft.someday = True
    return True


def _start(_: Interpreter, __: Expression) -> bool:
    return True


KINDS: Kinds = {
    "every": _every,
    "offset": _offset,
    "nextspan": _next_span,
    "now": _now,
    "from": _from,
    "shifted": _shifted,
    **dict.fromkeys(("workoffset", "workfrom"), _workdays),
    "weekdaysahead": _weekdays_ahead,
    "weekdayfrom": _weekday_from,
    "soon": _soon,
    "span": _span,
    "count": _count,
    "until": _until,
    "untilyear": _until_year,
    "start": _start,
    "done": _done,
    "lead": _lead,
    "leadof": _lead_of,
    "attime": _at_time,
    "someday": _someday,
}
