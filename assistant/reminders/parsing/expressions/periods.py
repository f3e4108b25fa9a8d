"""What the expressions about weeks, months and years say, and about their beginnings and ends; true when one counts."""

from datetime import date, timedelta

from assistant.reminders.parsing.draft import EVEN, ODD, Draft, Interpreter, Kinds, Nth
from assistant.reminders.parsing.expressions.days import first_of
from assistant.reminders.parsing.languages.language import DAY, HOUR, MINUTE, MONTH, QUARTER, WEEK, YEAR
from assistant.reminders.parsing.model import Expression, Values

END_OF_QUARTER = (0, 3, 31)
FRIDAY, LAST_OF_YEAR, FIRST_OF_YEAR, MIDDLE_OF_YEAR = 4, (0, 12, 31), (0, 1, 1), (0, 7, 1)
WEDNESDAY, MIDDLE_OF_MONTH, WEEKS_A_YEAR, QUARTERS = 2, 15, 53, 4
MONTHS_A_YEAR, SHORTEST_YEAR = 12, 365


def _end(interpreter: Interpreter, expression: Expression) -> bool:
    unit = MONTH if expression.has("MONTHEND") else YEAR if expression.has("YEAREND") else expression.one("UNIT")
    if unit == QUARTER:
        return _quarter_edge(interpreter, expression, END_OF_QUARTER)
    if unit not in {WEEK, MONTH, YEAR}:
        return False
    draft = interpreter.draft
    if unit == MONTH:
        draft.nth = Nth((-1,), (), _coming(expression) or first_of(expression, "EVERY") or "THIS")
    else:
        _end_of_other(draft, unit)
        draft.ahead = unit if _coming(expression) else draft.ahead
    if expression.has("EVERY"):
        draft.every = draft.every or unit
    return True


def _coming(expression: Expression) -> str:
    return "NEXT" if expression.has("NEXT", "COMING") else ""


def _year_edge(interpreter: Interpreter, expression: Expression) -> bool:
    """The first or the last day of a year."""
    edge = LAST_OF_YEAR if expression.has("END") else FIRST_OF_YEAR
    interpreter.draft.date = (*(expression.one("YEAR") or (0,)), *edge[1:])
    return True


def _quarter_edge(interpreter: Interpreter, expression: Expression, edge: Values) -> bool:
    """The first or the last day of each quarter, or of this one."""
    draft = interpreter.draft
    if expression.has("EVERY"):
        draft.date, draft.every = edge, draft.every or QUARTER
    elif edge == END_OF_QUARTER and not _coming(expression):
        draft.within = QUARTER
    else:
        draft.ahead = QUARTER
    return True


def _end_of_other(draft: Draft, unit: tuple[int, ...]) -> None:
    if unit == YEAR:
        draft.date = LAST_OF_YEAR
    else:
        draft.weekdays = (FRIDAY,)
        draft.warn("ambiguous", "The end of a week is taken as its Friday.")


def _month_start(interpreter: Interpreter, expression: Expression) -> bool:
    draft, unit = interpreter.draft, expression.one("UNIT") or MONTH
    if unit == QUARTER:
        return _quarter_edge(interpreter, expression, FIRST_OF_YEAR)
    if unit not in {WEEK, MONTH, YEAR}:
        return False
    if unit == MONTH:
        draft.monthdays, draft.month_of = (1,), _coming(expression)
    elif unit == YEAR:
        draft.date, draft.within = FIRST_OF_YEAR, YEAR if expression.has("THIS") else None
        if not expression.has("THIS", "NEXT", "COMING", "EVERY"):
            draft.warn("ambiguous", "Taken as the first day of the year to come.")
    else:
        draft.weekdays, draft.within = (0,), WEEK if expression.has("THIS") else None
        draft.ahead = WEEK if _coming(expression) else draft.ahead
    if expression.has("EVERY"):
        draft.every = draft.every or unit
    return True


def _middle(interpreter: Interpreter, expression: Expression) -> bool:
    draft, unit = interpreter.draft, expression.one("UNIT")
    ahead = expression.has("NEXT")
    if unit == MONTH:
        draft.monthdays, draft.month_of = (MIDDLE_OF_MONTH,), "NEXT" if ahead else ""
    elif unit == WEEK:
        draft.weekdays, draft.ahead = (WEDNESDAY,), WEEK if ahead else None
    elif unit == YEAR:
        draft.date, draft.ahead = MIDDLE_OF_YEAR, YEAR if ahead else None
    else:
        return False
    draft.warn("ambiguous", "The middle is taken as the 15th of a month, the Wednesday of a week, or 1 July.")
    return True


def _ahead(interpreter: Interpreter, expression: Expression) -> bool:
    unit = expression.one("UNIT", "UNITAFTER")
    if unit == DAY and expression.has("NEXT"):
        interpreter.draft.days = 1
        return True
    if unit in {HOUR, MINUTE}:
        interpreter.draft.offset = unit
        return True
    if unit == QUARTER:
        return _quarter(interpreter, expression)
    if unit not in {WEEK, MONTH, YEAR}:
        return False
    interpreter.draft.ahead = unit
    if expression.has("AFTERNEXT", "UNITAFTER"):
        interpreter.draft.shift = unit
    return True


def _this_unit(interpreter: Interpreter, expression: Expression) -> bool:
    """Some day of this week, month or year; with a weekday, that one."""
    unit = expression.one("UNIT")
    if unit == DAY:
        interpreter.draft.days = 0
        return True
    if unit not in {WEEK, MONTH, YEAR}:
        return False
    interpreter.draft.within = unit
    return True


def _quarter(interpreter: Interpreter, expression: Expression) -> bool:
    draft, number = interpreter.draft, sum(expression.one("ORD", "QUARTERNO") or ())
    if number:
        if not 0 < number <= QUARTERS:
            return False
        draft.date = (sum(expression.one("YEAR") or ()), 3 * number - 2, 1)
    elif expression.has("THIS"):
        draft.within = QUARTER
        return True
    else:
        draft.ahead = QUARTER
        draft.shift = QUARTER if expression.has("AFTERNEXT") else draft.shift
    draft.warn("ambiguous", "Only a quarter is said; taken as its first day.")
    return True


def _week(interpreter: Interpreter, expression: Expression) -> bool:
    """Weeks of the year by their numbers: “KW 50”, “the last week of 2027”."""
    weeks = tuple(number[0] for number in expression.all("NUM", "ORD"))
    if not all(0 < abs(week) <= WEEKS_A_YEAR for week in weeks):
        return False
    interpreter.draft.weeks, interpreter.draft.year = weeks, sum(expression.one("YEAR") or ())
    if expression.has("EVERY"):
        interpreter.draft.every = YEAR
    return True


def _of_year(interpreter: Interpreter, expression: Expression) -> bool:
    """The nth day, week or month of a year, from its end where n is negative."""
    (year,), (number,), unit = expression.one("YEAR") or (0,), expression.one("ORD") or (0,), expression.one("UNIT")
    draft = interpreter.draft
    if unit == WEEK:
        return _week(interpreter, expression)
    if unit == MONTH and 0 < abs(number) <= MONTHS_A_YEAR:
        draft.date = (year, number if number > 0 else MONTHS_A_YEAR + 1 + number, 1)
        draft.warn("ambiguous", "Only a month is said; taken as its first day.")
    elif unit == DAY and 0 < abs(number) <= SHORTEST_YEAR:
        day = date(year, 1, 1) + timedelta(days=number - 1) if number > 0 else date(year + 1, 1, 1) + timedelta(number)
        draft.date = (day.year, day.month, day.day)
    else:
        return False
    return True


def _parity(interpreter: Interpreter, expression: Expression) -> bool:
    """Weeks with an even or an odd number."""
    if not expression.has("WEEKNO", "WEEKSIGN") and expression.one("UNIT") != WEEK:
        return False
    interpreter.draft.parity = EVEN if expression.has("EVEN") else ODD
    interpreter.draft.every = WEEK
    return True


KINDS: Kinds = {
    "monthend": _end,
    "yearedge": _year_edge,
    "monthstart": _month_start,
    "middle": _middle,
    "ahead": _ahead,
    "thisunit": _this_unit,
    "quarter": _quarter,
    "week": _week,
    "ofyear": _of_year,
    "parity": _parity,
}
