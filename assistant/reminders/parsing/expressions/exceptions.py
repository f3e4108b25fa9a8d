"""What the expressions about days that are left out say: one function for each kind, true when it counts."""

from assistant.reminders.parsing.draft import Draft, Interpreter, Kinds
from assistant.reminders.parsing.expressions.days import WEEKEND
from assistant.reminders.parsing.languages.language import DAY, WEEK
from assistant.reminders.parsing.model import Expression

MONDAY, FRIDAY = 0, 4
EVERY = frozenset({"every", "everyday", "everypart", "parts", "perday", "monthdays", "nth", "parity", "time"})


def _except(interpreter: Interpreter, expression: Expression) -> bool:
    """Weekdays, months or holidays that are left out."""
    draft = interpreter.draft
    if expression.has("BUT") and not (interpreter.follows(*EVERY) and interpreter.adjoins(expression)):
        return False
    if month := expression.one("MONTH"):
        return _except_months(draft, expression, month[0])
    return _except_days(interpreter, expression)


def _except_months(draft: Draft, expression: Expression, month: int) -> bool:
    """Each of these months, or that of one year."""
    if year := expression.one("YEAR"):
        other = draft.another()
        other.date, other.range_end = (*year, month, 1), (*year, month, 0)
        draft.without.append(other)
    else:
        draft.without_months = tuple(each[0] for each in expression.all("MONTH"))
    return draft.repeats


def _except_days(interpreter: Interpreter, expression: Expression) -> bool:
    draft = interpreter.draft
    if expression.has("VACATION"):
        words = interpreter.words(expression)
        draft.warn("ambiguous", f"“{words}” is not understood, as such days are not known; it rings on them too.")
    draft.without_holidays = draft.without_holidays or expression.has("HOLIDAYS", "HOLIDAY")
    without = {day for days in expression.all("WEEKDAY", "WD", "WEEKDAYS", "HOLIDAYS") for day in days}
    without |= set(WEEKEND if expression.has("WEEKEND", "WEEKENDS") else ())
    left = tuple(day for day in draft.weekdays or range(7) if day not in without)
    if not left:
        return False
    if without and draft.every in {DAY, WEEK}:
        draft.weekdays, draft.every = left, WEEK
    else:
        draft.without_weekdays += tuple(sorted(without))
    return True


def _also_except(interpreter: Interpreter, expression: Expression) -> bool:
    """More of what is left out: “except on Sundays and on holidays”."""
    return interpreter.excepting and _except_days(interpreter, expression)


def _except_day(interpreter: Interpreter, _: Expression) -> bool:
    interpreter.draft.without.append(interpreter.draft.another())
    return True


def _off_weekend(interpreter: Interpreter, expression: Expression) -> bool:
    """To the next working day where it would be on a weekend, or to the one before."""
    draft, weekday = interpreter.draft, expression.one("WEEKDAY", "WD")
    back = expression.has("PREVIOUS", "PRIOR", "BEFORE") or weekday == (FRIDAY,)
    if not draft.dated or weekday not in {None, (FRIDAY,) if back else (MONDAY,)}:
        return False
    draft.off_weekend = -1 if back else 1
    return True


KINDS: Kinds = {
    "offweekend": _off_weekend,
    "except": _except,
    "alsoexcept": _also_except,
    "exceptday": _except_day,
}
