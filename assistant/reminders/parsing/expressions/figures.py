"""Dates in figures, in the order that is meant."""

from datetime import date

from assistant.reminders.parsing.draft import Interpreter
from assistant.reminders.parsing.model import Expression, Values
from assistant.reminders.recurrence.words import date_in_words

MONTHS_A_YEAR, CENTURY, LAST_DAY = 12, 100, 31
AHEAD = 20  # years; a year of two figures that would be further ahead is that of the century before
SOON = 5  # years


def in_full(interpreter: Interpreter, year: int) -> int:
    """The year that two figures say, or the year as it is: “74” is 1974, and “34” is 2034."""
    if not 0 < year < CENTURY:
        return year
    this = interpreter.today.year
    full = this - this % CENTURY + year
    return full - CENTURY if full > this + AHEAD else full


def by_weekday(interpreter: Interpreter, figures: Values, expression: Expression) -> Values | None:
    """Of the two readings of “Friday 3/4” the one that is a Friday; None where both or neither is."""
    weekday = expression.one("WEEKDAY", "WD")
    if not weekday or interpreter.exact or not expression.has("DATED", "SLASH"):
        return None
    one, other, year = (*figures, 0)[:3]
    year = in_full(interpreter, year)
    fitting = [
        (year, month, day)
        for day, month in {(one, other), (other, one)}
        if _falls_on(interpreter.today, year, month, day) == weekday[0]
    ]
    return fitting[0] if len(fitting) == 1 else None


def _falls_on(today: date, year: int, month: int, day: int) -> int | None:
    """The weekday of a date, without a year of the next one; None where there is none."""
    try:
        found = date(year or today.year, month, day)
        return (found if year or found >= today else found.replace(year=today.year + 1)).weekday()
    except ValueError:
        return None


def in_figures(interpreter: Interpreter, figures: Values, expression: Expression) -> Values:
    """The date in figures, in the person's order where it has two readings, which is told."""
    day, other, short = (*figures, 0)[:3]
    year = in_full(interpreter, short)
    if expression.has("DATED") and 0 < short <= LAST_DAY and "-" in interpreter.words(expression):
        _warn_year_first(interpreter, figures, year)
    if not expression.has("DATED", "SLASH", "DOTTED", "NUM4") or interpreter.exact:
        return year, other, day
    if other > MONTHS_A_YEAR:
        return year, day, other
    if day == other or day > MONTHS_A_YEAR or not (day and other):
        return year, other, day
    one, two = (year, other, day), (year, day, other)
    taken, turned = (two, one) if interpreter.draft.habits.month_first else (one, two)
    _warn_order(interpreter, figures, taken, turned)
    return taken


def _warn_order(interpreter: Interpreter, figures: Values, taken: Values, turned: Values) -> None:
    said = interpreter.draft.said
    names = [date_in_words(each[2], each[1]) for each in (taken, turned)]
    interpreter.draft.warn(
        "ambiguous",
        f"{figures[0]}/{figures[1]} could be {names[0]} or {names[1]}; taken as {names[0]}.",
        said.with_day("date", turned[2], turned[1], turned[0]),
    )


def _warn_year_first(interpreter: Interpreter, figures: Values, year: int) -> None:
    """Adds that “27-10-15” may begin with its year."""
    first = in_full(interpreter, figures[0])
    this = interpreter.today.year
    other = (first, figures[1], figures[2])
    may_begin = this <= first <= this + SOON and figures[1] <= MONTHS_A_YEAR and figures[0] <= LAST_DAY
    if not may_begin or figures[0] == figures[2]:
        return
    words = "-".join(f"{figure:02}" for figure in figures)
    names = [f"{date_in_words(figures[0], figures[1])} {year}", f"{date_in_words(figures[2], figures[1])} {first}"]
    interpreter.draft.warn(
        "ambiguous",
        f"{words} could be {names[0]} or {names[1]}; taken as {names[0]}.",
        interpreter.draft.said.with_day("date", other[2], other[1], other[0]),
    )
