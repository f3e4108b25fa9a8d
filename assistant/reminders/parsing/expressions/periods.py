"""What the expressions about weeks, months and years say, and about their beginnings and ends; true when one counts."""

from assistant.reminders.parsing.draft import Draft, Interpreter, Kinds, Nth
from assistant.reminders.parsing.expressions.days import first_of
from assistant.reminders.parsing.languages.language import MONTH, WEEK, YEAR
from assistant.reminders.parsing.model import Expression

FRIDAY, LAST_OF_YEAR = 4, (0, 12, 31)


def _end(interpreter: Interpreter, expression: Expression) -> bool:
    unit = MONTH if expression.has("MONTHEND") else YEAR if expression.has("YEAREND") else expression.one("UNIT")
    if unit not in {WEEK, MONTH, YEAR}:
        return False
    draft = interpreter.draft
    if unit == MONTH:
        draft.nth = Nth(-1, (), first_of(expression, "EVERY", "NEXT") or "THIS")
    else:
        _end_of_other(draft, unit)
        draft.ahead = unit if expression.has("NEXT") else draft.ahead
    if expression.has("EVERY"):
        draft.every = draft.every or unit
    return True


def _end_of_other(draft: Draft, unit: tuple[int, ...]) -> None:
    if unit == YEAR:
        draft.date = LAST_OF_YEAR
    else:
        draft.weekdays = (FRIDAY,)
        draft.warn("ambiguous", "The end of a week is taken as its Friday.")


def _month_start(interpreter: Interpreter, expression: Expression) -> bool:
    interpreter.draft.monthdays = (1,)
    if expression.has("EVERY"):
        interpreter.draft.every = interpreter.draft.every or MONTH
    return True


def _ahead(interpreter: Interpreter, expression: Expression) -> bool:
    unit = expression.one("UNIT", "UNITAFTER")
    if unit not in {WEEK, MONTH, YEAR}:
        return False
    interpreter.draft.ahead = unit
    if expression.has("AFTERNEXT", "UNITAFTER"):
        interpreter.draft.shift = unit
    return True


KINDS: Kinds = {"monthend": _end, "monthstart": _month_start, "ahead": _ahead}
