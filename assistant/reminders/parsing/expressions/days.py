"""What the expressions about days say: one function for each kind, true when the expression counts."""

from collections.abc import Iterator

from assistant.reminders.parsing.diagnostics import date_in_words
from assistant.reminders.parsing.draft import Interpreter, Kinds, Nth
from assistant.reminders.parsing.languages.language import DAY, MONTH, WEEK, YEAR
from assistant.reminders.parsing.model import Expression, Values

WORKWEEK, WEEKEND = (0, 1, 2, 3, 4), (5, 6)
LAST_DAY, MONTHS_A_YEAR, CENTURY = 31, 12, 100


def _day(interpreter: Interpreter, expression: Expression) -> bool:
    interpreter.draft.days = sum(expression.one("DAY") or ())
    interpreter.draft.part = interpreter.draft.part or expression.one("PART")
    return True


def _date(interpreter: Interpreter, expression: Expression) -> bool:
    draft = interpreter.draft
    draft.date = _numbers(interpreter, expression)
    if expression.has("EVERY"):
        draft.every = YEAR
    return True


def _dates(interpreter: Interpreter, expression: Expression) -> bool:
    """Several days of one month, each of which comes once."""
    days = tuple(number[0] for number in expression.all("ORD", "NUM"))
    if max(days) > LAST_DAY:
        return False
    draft = interpreter.draft
    draft.date = (*(expression.one("YEAR") or (0,)), *(expression.one("MONTH") or (1,)), max(days))
    draft.monthdays, draft.every, draft.count = days, YEAR, len(days)
    return True


def _numbers(interpreter: Interpreter, expression: Expression) -> Values:
    """Year, or 0 when none was said, month and day."""
    if iso := expression.one("ISO"):
        return iso
    if feast := expression.one("FEAST"):
        return (*(expression.one("YEAR") or (0,)), *feast)
    if month := expression.one("MONTH"):
        return (*(expression.one("YEAR") or (0,)), *month, *(expression.one("ORD", "NUM") or (1,)))
    day, other, year = (*(expression.one("DMY", "DATED", "SLASH", "DOTTED") or (1, 1)), 0)[:3]
    year += 2000 if 0 < year < CENTURY else 0
    slashed = expression.has("DATED", "SLASH") and not interpreter.exact
    if slashed and other > MONTHS_A_YEAR:
        return year, day, other
    if slashed and day != other and day <= MONTHS_A_YEAR:
        taken, turned = date_in_words(day, other), date_in_words(other, day)
        interpreter.draft.warn("ambiguous", f"{day}/{other} could be {taken} or {turned}; taken as {taken}.")
    return year, other, day


def _inmonth(interpreter: Interpreter, expression: Expression) -> bool:
    interpreter.draft.date = (*(expression.one("YEAR") or (0,)), *(expression.one("MONTH") or (1,)), 1)
    interpreter.draft.warn("ambiguous", "Only a month is said; taken as its first day.")
    return True


def _monthdays(interpreter: Interpreter, expression: Expression) -> bool:
    draft, days = interpreter.draft, tuple(number[0] for number in expression.all("ORD"))
    unit = expression.one("UNIT")
    if unit not in {None, MONTH} or max(days) > LAST_DAY:
        return False
    draft.monthdays, draft.month_of = days, first_of(expression, "THIS", "NEXT")
    if (unit or expression.has("EVERY")) and not draft.month_of:
        draft.every = draft.every or MONTH
    return True


def _weekdays(interpreter: Interpreter, expression: Expression) -> bool:
    draft, days = interpreter.draft, tuple(dict.fromkeys(_each_day(expression)))
    draft.weekdays = tuple(dict.fromkeys(draft.weekdays + days))
    draft.which = draft.which or first_of(expression, "THIS", "NEXT")
    if expression.has("AFTERNEXT"):
        draft.which, draft.shift = "NEXT", WEEK
    glued = expression.one("WEEKDAYPART")
    draft.part = draft.part or expression.one("PART") or (glued[1:] if glued else None)
    return True


def _either_day(interpreter: Interpreter, expression: Expression) -> bool:
    """Of two days the first."""
    draft = interpreter.draft
    category, values = next(item for item in expression.items if item[0] in {"DAY", "WEEKDAY", "WD"})
    if category == "DAY":
        draft.days = values[0]
    else:
        draft.weekdays = values
    draft.warn("ambiguous", f"“{interpreter.said(expression)}” is more than one day; the first is taken.")
    return True


def _except(interpreter: Interpreter, expression: Expression) -> bool:
    """Each day that was said, or of the week, but these."""
    draft, without = interpreter.draft, set(WEEKEND if expression.has("WEEKEND", "WEEKENDS") else _each_day(expression))
    left = tuple(day for day in draft.weekdays or range(7) if day not in without)
    if draft.every not in {DAY, WEEK} or not left:
        return False
    draft.weekdays, draft.every = left, WEEK
    return True


def _each_day(expression: Expression) -> Iterator[int]:
    """The weekdays of an expression, those between the two of a range included."""
    days = [number[0] for number in expression.all("WEEKDAY", "WD", "WEEKDAYS", "WEEKDAYPART")]
    if expression.has("TILL"):
        yield from ((days[0] + passed) % 7 for passed in range((days[1] - days[0]) % 7 + 1))
    elif expression.has("WORKDAY", "WORKDAYS"):
        yield from WORKWEEK
    elif expression.has("WEEKEND", "WEEKENDS"):
        yield from WEEKEND if expression.kind == "everyday" else WEEKEND[:1]
    else:
        yield from days


def _everyday(interpreter: Interpreter, expression: Expression) -> bool:
    draft, number = interpreter.draft, (expression.one("ORD") or (0,))[0]
    _weekdays(interpreter, expression)
    if number == 1 or number < 0:
        draft.nth, draft.weekdays, draft.every = Nth(number, draft.weekdays, "EVERY"), (), MONTH
        draft.warn("ambiguous", "Taken as once in each month.")
    elif draft.every is None or number:
        draft.every = (0, 7 * max(number, 1), 0)
    return True


def _nth(interpreter: Interpreter, expression: Expression) -> bool:
    draft, units = interpreter.draft, list(expression.all("UNIT"))
    days = _counted_days(expression)
    if units[-1] != MONTH or (not days and units[0] != DAY):
        return False
    within = first_of(expression, "NEXT", "THIS") or "EVERY"
    draft.nth = Nth(_place(expression), days, within)
    if within == "EVERY":
        draft.every = draft.every or MONTH
    return True


def _nth_of(interpreter: Interpreter, expression: Expression) -> bool:
    days = _counted_days(expression)
    if not (days or expression.has("END") or expression.one("UNIT") == DAY):
        return False
    month, year = sum(expression.one("MONTH") or ()), sum(expression.one("YEAR") or ())
    interpreter.draft.nth = Nth(_place(expression), days, "MONTH", month, year)
    if expression.has("EVERY"):
        interpreter.draft.every = YEAR
    return True


def _nth_alone(interpreter: Interpreter, expression: Expression) -> bool:
    days = _counted_days(expression)
    if not days and expression.one("UNIT") != DAY:
        return False
    interpreter.draft.nth = Nth(_place(expression), days, "THIS")
    return True


def _place(expression: Expression) -> int:
    return -1 if expression.has("END") else sum(expression.one("ORD") or ())


def _counted_days(expression: Expression) -> Values:
    """The weekdays of which the nth is meant; none when days are."""
    return WORKWEEK if expression.has("WORKDAY") else tuple(number[0] for number in expression.all("WEEKDAY"))


def first_of(expression: Expression, *categories: str) -> str:
    """The first of these categories that the expression has."""
    return next((category for category in categories if expression.has(category)), "")


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
