"""The expressions of a sentence put together."""

from calendar import monthrange
from collections.abc import Callable
from dataclasses import replace
from datetime import date

from assistant.reminders.parsing.draft import Draft, Interpreter, Nth
from assistant.reminders.parsing.expressions import dates, days, exceptions, passing, periods, times
from assistant.reminders.parsing.languages.language import DAY, MONTH, MORNING, NOON
from assistant.reminders.parsing.matching.filters import TIMES, touching
from assistant.reminders.parsing.matching.matcher import Reading
from assistant.reminders.parsing.model import Expression
from assistant.reminders.recurrence.words import DAYS

TODAY = (0,)
KINDS = {**days.KINDS, **dates.KINDS, **periods.KINDS, **passing.KINDS, **times.KINDS, **exceptions.KINDS}
DATES = frozenset(
    {"day", "date", "dates", "severaldates", "daterange", "offset", "inmonth", "monthyear", "dashed", "ordmonth"}
)
LEFT_OUT = DATES | {"nth", "nthof", "monthdays", "ahead", "thisunit"}
WEEKDAYS = frozenset({"everyday", "weekdays", "weekend"})
EXCEPTIONS = frozenset({"except", "exceptday", "alsoexcept"})


def interpret(reading: Reading, draft: Draft, today: date) -> list[Expression]:
    """Says in the draft what the chosen expressions say together; those of them that count."""
    interpreter, counted = Interpreter(draft, reading, today), list[Expression]()
    before, again, aside = None, False, draft
    for expression in reading.expressions:
        interpreter.beside = before if before and touching(reading.tokens, before, expression) else None
        interpreter.excepting = _goes_on(interpreter, draft, aside, expression)
        aside = _aside(interpreter, draft, aside, expression)
        interpreter.draft = aside
        again = (again and interpreter.beside is not None) or _day_again(interpreter.draft, expression)
        if again:  # with all that is said of that other day
            draft.warn("ambiguous", "More than one day is said; the first is taken.")
        elif _means(interpreter, expression)(interpreter, expression):
            counted.append(expression)
            if expression.kind == "weekdays" and before is not None and before.kind == "start" and aside is draft:
                draft.begins = draft.weekdays
            _warn_after_exception(interpreter, expression, counted)
        before = expression
    if draft.span and draft.every is None and any(expression.has("LONG") for expression in counted):
        draft.every = DAY
    _begin(draft)
    _spread_over_week(draft)
    if draft.nth_once and draft.nth and draft.offset and draft.offset[0] and draft.every == MONTH:
        draft.every = None  # “first Monday of the month in two months”
    _place_by_meal(draft, reading, counted)
    _repeat_by_part(draft, counted)
    _repeat_by_range(draft, counted)
    _ring_on_first(draft)
    _end_range(draft)
    _keep_to_month(draft)
    draft.problems += draft.until.problems if draft.until else []
    for other in draft.without:  # all of what it takes for one day when nothing is left out
        draft.problems += [problem for problem in other.problems if problem.instead or problem.kind != "ambiguous"]
    return counted


def _aside(interpreter: Interpreter, main: Draft, aside: Draft, expression: Expression) -> Draft:
    """The draft that the expression belongs to: of the end, of a day that is left out, or the main one."""
    if interpreter.follows("until") and main.until:
        return main.until
    if interpreter.follows("exceptday"):
        return main.without[-1]
    once_more = any(aside is each for each in main.without) and interpreter.beside is not None
    if (once_more and expression.kind in DATES) or (interpreter.excepting and expression.kind in LEFT_OUT):
        main.without.append(main.another())  # “except on the 1st and on the 2nd”
        return main.without[-1]
    hourly = main.every is not None and main.every[2] > 0
    if hourly and expression.kind in TIMES and interpreter.beside is not None and aside is not main:
        return aside  # “every 8 hours except tomorrow at 8”
    return main


def _goes_on(interpreter: Interpreter, main: Draft, aside: Draft, expression: Expression) -> bool:
    """Whether an “and” stands between what is left out and this expression."""
    beside = interpreter.beside
    if beside is None or interpreter.adjoins(expression):
        return False
    return beside.kind in EXCEPTIONS or any(aside is each for each in main.without)


def _means(interpreter: Interpreter, expression: Expression) -> Callable[[Interpreter, Expression], bool]:
    """What the expression does; weekdays after an “and” are left out with what is: “except Dec 24 and Sundays”."""
    left_out = interpreter.excepting and expression.kind in WEEKDAYS
    return KINDS["alsoexcept" if left_out else expression.kind]


def _warn_after_exception(interpreter: Interpreter, expression: Expression, counted: list[Expression]) -> None:
    """“Except on Dec 24, 25 and Sundays”: what stands apart from the exception may still have been meant as one."""
    late = expression.kind in WEEKDAYS and any(each.kind in EXCEPTIONS for each in counted)
    if late and not interpreter.excepting:
        words = interpreter.words(expression)
        interpreter.draft.warn("ambiguous", f"“{words}” is taken as when it rings, not as what is left out.")


def _spread_over_week(draft: Draft) -> None:
    """“Twice a week” is on days that lie apart, unless others are said."""
    if draft.spread and not draft.weekdays:
        draft.weekdays = draft.spread
        draft.warn("ambiguous", f"Taken as each {' and '.join(DAYS[day] for day in draft.spread)}.")


def _place_by_meal(draft: Draft, reading: Reading, counted: list[Expression]) -> None:
    """“Breakfast at 9” is in the morning, dinner in the evening."""
    taken = {place for each in counted for place in range(each.first, each.after)}
    meals = [
        token.categories["MEAL"]
        for place, token in enumerate(reading.tokens)
        if "MEAL" in token.categories and place not in taken
    ]
    if meals and not draft.parts:
        part = MORNING if meals[0] < NOON else meals[0]
        draft.times = [replace(each, part=each.part or part) if each.open else each for each in draft.times]


def _repeat_by_part(draft: Draft, counted: list[Expression]) -> None:
    """“Morgens” alone is each morning; beside a day it is that day's."""
    if not draft.by_part or draft.every != DAY:
        return
    starting = any(each.kind == "start" for each in counted) and (draft.dated or not draft.times)
    bounded = draft.span or draft.count or starting or any(each.kind == "every" for each in counted)
    if draft.dated and not (bounded or draft.until):
        draft.every = None
    elif not bounded and (draft.until or len(draft.parts) == 1):
        draft.warn("ambiguous", f"“{draft.by_part}” is taken as every day.")


def _repeat_by_range(draft: Draft, counted: list[Expression]) -> None:
    """“Monday to Friday” is of every week, unless it is that of the next."""
    if not draft.range_alone or any(each.kind in {"every", "parity"} for each in counted):
        return
    if draft.ahead or draft.within or any(each.kind == "start" for each in counted):
        draft.weekdays, draft.every = draft.weekdays[:1], None
        draft.warn("ambiguous", "A range of days is said; it rings on the first.")
    else:
        draft.warn("ambiguous", "Taken as these days of every week.")


def _keep_to_month(draft: Draft) -> None:
    """“Every Friday in December” is of each December; without a repetition it is the first day or weekday."""
    if not draft.in_month or not draft.date:
        return
    year, month, _ = draft.date
    if draft.every and not draft.every[0] and year:
        draft.until = draft.until or draft.another()
        draft.until.date = draft.until.date or (year, month, monthrange(year, month)[1])
    elif draft.every and not draft.every[0]:
        draft.warn("ambiguous", "Taken as in this month of each year.")
    elif draft.weekdays and not draft.nth:
        draft.in_month, draft.nth = (), Nth((1,), draft.weekdays[:1], "MONTH", month, year)
        draft.date, draft.weekdays = None, ()
        draft.warn("ambiguous", "Taken as the first of these weekdays in that month.")
    else:
        draft.in_month = ()
        draft.warn("ambiguous", "Only a month is said; taken as its first day.")


def _ring_on_first(draft: Draft) -> None:
    """“27.9. mittags bis 29.9. morgens” rings once, on the first of its days."""
    if draft.repeats or len(draft.weekdays) > 1 or not (draft.until or draft.range_end):
        return
    del draft.parts[1:]
    if draft.until and draft.dated:
        draft.until = None
        draft.warn("ambiguous", "A range of days is said; it rings on the first.")


def _end_range(draft: Draft) -> None:
    """From one date to another it rings on the first, or on each where it repeats."""
    if draft.range_end is None:
        return
    if draft.repeats:
        draft.until = draft.until or draft.another()
        draft.until.date = draft.range_end
    else:
        draft.warn("ambiguous", "A range of days is said; it rings on the first.")


def _begin(main: Draft) -> None:
    """Makes “every day starting Friday” begin then, rather than come on Fridays only."""
    by_days = main.every is not None and not main.every[0] and main.every[1] % 7
    if main.begins == main.weekdays and by_days:
        main.weekdays = ()
    else:
        main.begins = ()


def _day_again(draft: Draft, expression: Expression) -> bool:
    """Whether a second date is said; a weekday beside a date is compared with it later."""
    if expression.kind not in {"day", "date", "dates", "offset"}:
        return False
    if expression.has("DAYMONTH") and draft.days is not None and not draft.times:
        return False
    if expression.kind == "day" and draft.offset and draft.offset[2] and expression.one("DAY") != TODAY:
        return True
    others: list[object] = [draft.date, draft.feast, draft.days if expression.kind != "offset" else None]
    others += [draft.offset] if expression.kind != "day" else []
    return any(each is not None for each in others)
