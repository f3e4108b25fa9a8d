"""What the expressions about dates and feasts say: one function for each kind, true when it counts."""

from calendar import monthrange
from datetime import date

from assistant.reminders.parsing.calendar import feasts
from assistant.reminders.parsing.draft import Interpreter, Kinds
from assistant.reminders.parsing.expressions.days import first_of
from assistant.reminders.parsing.expressions.figures import by_weekday, in_figures, in_full
from assistant.reminders.parsing.languages.language import YEAR
from assistant.reminders.parsing.model import Expression, Values
from assistant.reminders.parsing.times import Time
from assistant.reminders.recurrence.feasts import table
from assistant.reminders.recurrence.words import date_in_words

MONTHS_A_YEAR, LAST_DAY = 12, 31
EARLY_DAY, MIDDLE_DAY, LATE_DAY = 1, 15, 25
WAKING, YEARS = range(6, 24), range(1980, 2200)


def _date(interpreter: Interpreter, expression: Expression) -> bool:
    draft = interpreter.draft
    if expression.has("DAYMONTH") and _is_time(interpreter, expression):
        return True
    feast = expression.one("FEAST", "FEASTDAY")
    if feast and not table.day_of(feast[0], draft.habits.country):
        return False
    interpreter.mark("date", expression)
    if feast:
        _take_feast(interpreter, feast[0], sum(expression.one("YEAR") or ()))
    else:
        draft.date = _numbers(interpreter, expression)
        if draft.date[2] < 0:  # “last April”
            draft.date = None
            return False
        if draft.date[2] > LAST_DAY:
            return _month_of_year(interpreter, draft.date)
    _warn_day_and_month(interpreter, expression)
    if weekday := expression.one("WEEKDAY", "WD"):
        draft.weekdays = weekday
    if expression.has("EVERY"):
        draft.every = YEAR
    return True


def _warn_day_and_month(interpreter: Interpreter, expression: Expression) -> None:
    """Adds that “8.11” is taken as a day, which could be a time or a number."""
    draft = interpreter.draft
    if expression.has("DAYMONTH") and not expression.has("ON", "WEEKDAY", "WD"):
        _, month, day = draft.date or (0, 1, 1)
        draft.warn("ambiguous", f"“{interpreter.words(expression)}” is taken as {date_in_words(day, month)}.")


def _month_of_year(interpreter: Interpreter, said: Values) -> bool:
    """“October 2027” is no day."""
    if said[2] not in YEARS or said[0]:
        interpreter.draft.date = None
        return False
    interpreter.draft.date = (said[2], said[1], 1)
    interpreter.draft.warn("ambiguous", "Only a month is said; taken as its first day.")
    return True


def _take_feast(interpreter: Interpreter, place: int, year: int) -> None:
    """A feast on a date is that date; another is looked up in its year."""
    draft = interpreter.draft
    month, day, _ = feasts.rule_of(place, draft.habits.country)
    if day:
        draft.date = (year, month, day)
    else:
        draft.feast, draft.year = place, year


def _is_time(interpreter: Interpreter, expression: Expression) -> bool:
    """“Freitag 10.10” is a time where the tenth of October is no Friday; so is a second “date” after a day."""
    draft, (day, month) = interpreter.draft, expression.one("DAYMONTH") or (1, 1)
    weekday = expression.one("WEEKDAY", "WD")
    if expression.has("ON") or draft.times or (not weekday and draft.days is None) or day not in WAKING:
        return False
    if weekday and _next(interpreter.today, month, day).weekday() == weekday[0]:
        return False
    draft.times.append(Time(day, month))
    draft.weekdays = weekday or draft.weekdays
    draft.warn("ambiguous", f"“{day}.{month:02}” is taken as a time, not as a day.")
    return True


def _next(today: date, month: int, day: int) -> date:
    """The next day of that date, or the last of its month."""
    for year in (today.year, today.year + 1):
        try:
            found = date(year, month, day)
        except ValueError:
            return today
        if found >= today:
            return found
    return today


def _numbers(interpreter: Interpreter, expression: Expression) -> Values:
    """Year, or 0 when none was said, month and day."""
    if iso := expression.one("ISO"):
        return iso
    if month := expression.one("MONTH"):
        return (*(expression.one("YEAR") or (0,)), *month, *(expression.one("ORD", "NUM") or (1,)))
    figures = expression.one("DMY", "DATED", "SLASH", "DAYMONTH", "DOTTED") or (1, 1)
    return by_weekday(interpreter, figures, expression) or in_figures(interpreter, figures, expression)


def _dates(interpreter: Interpreter, expression: Expression) -> bool:
    """Several days of one month, each of which comes once, or each year."""
    days = tuple(number[0] for number in expression.all("ORD", "NUM"))
    if max(days) > LAST_DAY:
        return False
    draft = interpreter.draft
    draft.date = (*(expression.one("YEAR") or (0,)), *(expression.one("MONTH") or (1,)), max(days))
    draft.monthdays = days
    if expression.has("EVERY"):
        draft.every = YEAR
    return True


def _several_dates(interpreter: Interpreter, expression: Expression) -> bool:
    """Dates of several months, each of which comes once, or each year."""
    draft = interpreter.draft
    found = [in_figures(interpreter, figures, expression) for figures in expression.all("DMY", "DATED", "SLASH")]
    year, days = sum(expression.one("YEAR") or ()), [number[0] for number in expression.all("ORD", "NUM")]
    if months := [*expression.all("MONTH")]:
        found = [(year, *month, day) for month, day in zip(months, days, strict=True)]
    elif days:
        found = [(*found[0][:2], days[0]), *found]
    if max(each[2] for each in found) > LAST_DAY:
        return False
    draft.date, draft.dates = found[0], [*draft.dates, *found]
    if expression.has("EVERY"):
        draft.every = YEAR
    return True


def _month_span(interpreter: Interpreter, expression: Expression) -> bool:
    """Rings on the first day of its months, or on each of their days where it repeats."""
    draft, year = interpreter.draft, sum(expression.one("YEAR") or ())
    (first,), (last,) = expression.all("MONTH")
    draft.date = (year - (first > last) if year else 0, first, 1)
    draft.range_end = (year, last, monthrange(year or interpreter.today.year, last)[1])
    draft.warn("ambiguous", "Only months are said; taken from the first day to the last.")
    return True


def _date_range(interpreter: Interpreter, expression: Expression) -> bool:
    """Rings on the first of its days, or on each where it repeats."""
    draft = interpreter.draft
    numbers = [number[0] for number in expression.all("ORD", "NUM")]
    if months := [*expression.all("MONTH")]:
        years = [year[0] for year in expression.all("YEAR")] or [0]
        first, last = (years[0], *months[0]), (years[-1], *months[-1])
    elif names := [*expression.all("FEAST")]:
        first, last, numbers = _between_feasts(interpreter, *names)
    elif slashed := [*expression.all("DATED", "SLASH")]:
        both = [in_figures(interpreter, figures, expression) for figures in slashed]
        first, last, numbers = (both[0][0] or both[-1][0], both[0][1]), both[-1][:2], [each[2] for each in both]
    else:
        figures = [*expression.all("DMY", "DAYMONTH")]
        day, other, year = (*figures[-1], 0)[:3]
        last = (in_full(interpreter, year), other)
        first, numbers = ((last[0], figures[0][1]) if len(figures) > 1 else last), [*numbers[:1], figures[0][0], day]
    if not 0 < min(numbers) <= max(numbers) <= LAST_DAY:
        return False
    draft.date = (*first, numbers[0])
    draft.range_end = (*last, numbers[-1])
    return True


def _between_feasts(interpreter: Interpreter, *names: Values) -> tuple[Values, Values, list[int]]:
    """Years and months of both, and days; none of those that are on another date each year."""
    dates = [feasts.rule_of(name[0], interpreter.draft.habits.country) for name in names]
    return (0, dates[0][0]), (0, dates[-1][0]), [dates[0][1], dates[-1][1]]


def _in_month(interpreter: Interpreter, expression: Expression) -> bool:
    draft = interpreter.draft
    part = first_of(expression, "MIDDLE", "LATE", "EARLY", "OUTSET")
    plain = not part and not expression.has("IN", "NEXT", "THIS", "AFTERTHAT", "YEAR")
    if plain and not interpreter.follows("start", "until", "exceptday", "every"):
        return False
    day = {"MIDDLE": MIDDLE_DAY, "LATE": LATE_DAY}.get(part, EARLY_DAY)
    draft.date = (*(expression.one("YEAR") or (0,)), *(expression.one("MONTH") or (1,)), day)
    if expression.has("AFTERTHAT"):  # “March after next”
        _, month, _ = draft.date
        draft.date = (interpreter.today.year + 1 + (month <= interpreter.today.month), month, day)
    if not part and expression.has("IN") and not interpreter.follows("start", "until", "exceptday"):
        draft.in_month = tuple(month[0] for month in expression.all("MONTH"))
        return True
    taken = "its first day" if day == EARLY_DAY else f"day {day} of it"
    draft.warn("ambiguous", f"Only a month is said; taken as {taken}.")
    return True


def _month_year(interpreter: Interpreter, expression: Expression) -> bool:
    """A month in figures: “9/2027”, “2027-09”."""
    year, month = expression.one("MONTHYEAR") or (0, 1)
    if not 0 < month <= MONTHS_A_YEAR:
        return False
    interpreter.draft.date = (year, month, 1)
    interpreter.draft.warn("ambiguous", "Only a month is said; taken as its first day.")
    return True


def _ordinal_month(interpreter: Interpreter, expression: Expression) -> bool:
    """Day and month as places: “am siebten vierten”; English says no date so."""
    (day,), (month,) = expression.all("ORD")
    if not interpreter.exact or not (0 < day <= LAST_DAY and 0 < month <= MONTHS_A_YEAR):
        return False
    interpreter.draft.date = (sum(expression.one("YEAR") or ()), month, day)
    interpreter.draft.weekdays = expression.one("WEEKDAY", "WD") or interpreter.draft.weekdays
    return True


def _year_alone(interpreter: Interpreter, expression: Expression) -> bool:
    """“In 2028” is its first day; a year that has passed only describes."""
    year = sum(expression.one("YEAR") or ())
    if not interpreter.today.year < year < YEARS[-1] or interpreter.draft.dated:
        return False
    interpreter.draft.date = (year, 1, 1)
    interpreter.draft.warn("ambiguous", "Only a year is said; taken as its first day.")
    return True


def _dashed(interpreter: Interpreter, expression: Expression) -> bool:
    """Month and day with a dash between them, in the person's order: “on 2-15”."""
    first, second = (number[0] for number in expression.all("NUM"))
    month_first = interpreter.draft.habits.month_first if max(first, second) <= MONTHS_A_YEAR else second > first
    month, day = (first, second) if month_first else (second, first)
    if not (0 < month <= MONTHS_A_YEAR and 0 < day <= LAST_DAY):
        return False
    interpreter.draft.date = (0, month, day)
    words = interpreter.words(expression)
    interpreter.draft.warn("ambiguous", f"“{words}” is taken as {date_in_words(day, month)}.")
    return True


def _season(interpreter: Interpreter, expression: Expression) -> bool:
    month, day = expression.one("SEASON") or (1, 1)
    interpreter.draft.date = (sum(expression.one("YEAR") or ()), month, day)
    interpreter.draft.warn("ambiguous", f"Only a season is said; taken as its first day, {date_in_words(day, month)}.")
    return True


def _month_alone(interpreter: Interpreter, expression: Expression) -> bool:
    """“November”, where nothing else is said."""
    interpreter.draft.date = (sum(expression.one("YEAR") or ()), *(expression.one("MONTH") or (1,)), 1)
    interpreter.draft.warn("ambiguous", "Only a month is said; taken as its first day.")
    return True


def _spaced(interpreter: Interpreter, expression: Expression) -> bool:
    """A date in figures with spaces, where nothing else is said: “31 10 2027”."""
    figures = tuple(number for values in expression.all("NUM", "NUM4") for number in values)
    if not all(figures) or min(figures[:2]) > MONTHS_A_YEAR or max(figures[:2]) > LAST_DAY:
        return False
    interpreter.draft.date = in_figures(interpreter, figures, expression)
    return True


KINDS: Kinds = {
    "date": _date,
    "dates": _dates,
    "severaldates": _several_dates,
    "daterange": _date_range,
    "inmonth": _in_month,
    "monthspan": _month_span,
    "season": _season,
    "monthyear": _month_year,
    "yearalone": _year_alone,
    "dashed": _dashed,
    "monthalone": _month_alone,
    "spaced": _spaced,
    "ordmonth": _ordinal_month,
}
