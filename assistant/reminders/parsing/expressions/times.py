"""What the expressions about times of the day say: one function for each kind, true when the expression counts."""

from dataclasses import replace

from assistant.reminders.parsing.draft import Draft, Interpreter, Kinds
from assistant.reminders.parsing.expressions.days import part_of_day
from assistant.reminders.parsing.languages.language import CLOSE, DAY, EVENING, NOON, WEEK
from assistant.reminders.parsing.model import Expression, Values
from assistant.reminders.parsing.times import TWELVE, WHOLE_HOURS, Time, sixty, times
from assistant.reminders.recurrence.words import clock

PARTS = ("part", "parts", "everypart", "tonight", "today")
TIMES = ("time", "sixty", "fixed", "bare", "either", "supposed")
LAST_DAY, YEARS, TWO, MONTHS = 31, range(1980, 2060), 2, 12
SPREAD = {2: (0, 3), 3: (0, 2, 4), 4: (0, 1, 3, 4)}  # so many days of a week
CENTURY, SHORT_YEARS = 2000, range(24, 60)


def _time(interpreter: Interpreter, expression: Expression) -> bool:
    draft = interpreter.draft
    if _is_length(interpreter, expression) or _is_work(interpreter, expression):
        return False
    found = [sixty(expression)] if expression.kind == "sixty" else _times(interpreter, expression)
    if expression.has("AWAY") and expression.has("MEAL"):
        found = [replace(each, hour=each.hour + 1) for each in found]
    if not all(time.exists for time in found):
        if expression.has("CLOCK", "ZEROED", "OCLOCK", "AMPM"):
            draft.warn("impossible", "No clock shows this time.")
            draft.times = [Time(99)]
            return True
        return False
    if draft.parts and interpreter.follows(*PARTS) and interpreter.adjoins(expression):
        found = [replace(each, part=draft.parts[-1]) for each in found]
    if draft.times and not interpreter.follows(*TIMES, *(PARTS if draft.times[-1].part else ())):
        draft.warn("ambiguous", "More than one time is said; the first is taken.")
        return False
    draft.times += found
    if len(draft.times) == 1:
        interpreter.mark("time", expression)
    _tell_convention(interpreter, expression, found[0])
    return True


def _is_length(interpreter: Interpreter, expression: Expression) -> bool:
    """“2.5 hours” are no time."""
    tokens = interpreter.reading.tokens[expression.first : expression.after]
    tenths = any("TENTHS" in token.categories for token in tokens)
    return tenths and expression.has("DOTTED") and expression.has("OCLOCK", "HSIGN")


def _is_work(interpreter: Interpreter, expression: Expression) -> bool:
    """Whether what may be an hour is only a word: “am Freitagnachmittag mach ich Feierabend”, “for two nights”."""
    tokens, after = interpreter.reading.tokens, expression.after
    if [category for category, _ in expression.items] == ["NUM"]:
        return after < len(tokens) and "PARTPLURAL" in tokens[after].categories
    alone = [category for category, _ in expression.items] == ["FIXED"]
    return alone and bool(interpreter.draft.parts) and interpreter.beside is None


def _tell_convention(interpreter: Interpreter, expression: Expression, time: Time) -> None:
    words, draft = interpreter.words(expression), interpreter.draft
    if expression.one("FIXED") == CLOSE:
        draft.warn("ambiguous", f"“{words}” is taken as {clock(time.minutes)}.")
    elif words.endswith(".") and not expression.has("AT", "AMPM", "OCLOCK"):
        draft.warn("ambiguous", f"“{words}” is taken as a time, not as a day.")
    elif expression.has("QUARTEROF", "HALF"):
        draft.warn("ambiguous", f"“{words}” is taken as {time.hour}:{time.minute:02}.")
    elif expression.kind == "sixty" and _may_be_span(expression):
        draft.warn("ambiguous", f"“{words}” is taken as {clock(time.minutes)}, not as a span of time.")
    elif _may_be_date(expression):
        draft.warn("ambiguous", f"“{words}” is taken as a time, not as a day.")
    elif expression.has("PRIOR"):
        draft.warn("ambiguous", f"“{words}” is taken as {clock(time.minutes)}.")
    elif expression.kind == "supposed":
        draft.warn("ambiguous", f"“{words}” is taken as a time.")


def _may_be_span(expression: Expression) -> bool:
    """“5 to 7” could also be from five to seven."""
    numbers = [number[0] for number in expression.all("NUM")]
    told = expression.has("AT", "MINUTEWORD", "PAST") or len(numbers) < TWO
    return not told and numbers[0] < numbers[-1] <= TWELVE


def _may_be_date(expression: Expression) -> bool:
    """“8.11 in the evening” could also be the evening of a day."""
    minute = (expression.one("DOTTED", "DOTTEDTIME") or (0, 0))[1]
    return 0 < minute <= MONTHS and not expression.has("AT", "AMPM", "OCLOCK", "HSIGN")


def _times(interpreter: Interpreter, expression: Expression) -> list[Time]:
    return times(expression, exact=interpreter.exact, hour_of=interpreter.draft.habits.hour_of)


def _supposed(interpreter: Interpreter, expression: Expression) -> bool:
    """A number before “tomorrow evening” is a time where it can be an hour."""
    found = _times(interpreter, expression)
    after = interpreter.reading.tokens[expression.after].categories
    if "TONIGHT" in after and found[0].hour > NOON[0]:  # “watch 24 tonight”
        return False
    return found[0].hour in WHOLE_HOURS and not interpreter.draft.times and _time(interpreter, expression)


def _either(interpreter: Interpreter, expression: Expression) -> bool:
    """Of two times the first."""
    draft, found = interpreter.draft, _times(interpreter, expression)
    if draft.times or not all(time.exists for time in found):
        draft.warn("ambiguous", f"“{interpreter.words(expression)}” is not taken as a time.")
        return False
    draft.times = found[:1]
    draft.warn("ambiguous", f"“{interpreter.words(expression)}” is more than one time; the first is taken.")
    return True


def _bare(interpreter: Interpreter, expression: Expression) -> bool:
    """A number alone is a time only right after a day, or after another time and "and"; a large one is a day."""
    if interpreter.beside is None:
        return False
    number = (expression.one("NUM") or (0,))[0]
    hour, minute = expression.one("HHMM") or (0, 0)
    if hour * 100 + minute in YEARS:
        return False
    first, draft_date = 24 if interpreter.exact else 13, interpreter.draft.date
    if interpreter.follows("weekdays") and number in range(first, LAST_DAY + 1) and not expression.has("NUM2", "HHMM"):
        interpreter.draft.monthdays, interpreter.draft.both = (number,), True
        return True
    if interpreter.follows("date") and interpreter.beside.has("MONTH") and number in SHORT_YEARS and draft_date:
        interpreter.draft.date = (CENTURY + number, *draft_date[1:])
        return True
    if not _time(interpreter, expression):
        return False
    if interpreter.beside.has("MONTH") and not interpreter.beside.has("YEAR") and not interpreter.follows(*TIMES):
        interpreter.draft.warn("ambiguous", f"“{interpreter.words(expression)}” is taken as a time, not as a year.")
    return True


def _part(interpreter: Interpreter, expression: Expression) -> bool:
    draft = interpreter.draft
    if _is_amount(interpreter, expression):
        return False
    said = [part_of_day(expression, part) for part in expression.all("PART", "PARTS", "TONIGHT", "FIXED", "ATNIGHT")]
    several = expression.kind in {"everypart", "parts"} or interpreter.follows("everypart", "parts")
    if interpreter.follows(*TIMES) and draft.times and interpreter.adjoins(expression):
        draft.times[-1] = replace(draft.times[-1], part=said[0])
        several = True
    if interpreter.follows("part", "day") and not interpreter.adjoins(expression):
        several = True  # “in the morning and in the evening”
    if draft.parts and not several:
        draft.warn("ambiguous", "More than one part of the day is said; the first is taken.")
    draft.parts += said if several or not draft.parts else []
    if expression.kind in {"tonight", "today"} and draft.days is None:
        draft.days = 0
    said_of_time = interpreter.follows(*TIMES)  # "um 8 Uhr abends"
    if expression.kind == "everypart":
        draft.every = draft.every or DAY
    elif expression.kind == "parts" and not (draft.dated or draft.repeats or said_of_time):
        draft.every, draft.by_part = DAY, interpreter.words(expression)
    return True


def _late(interpreter: Interpreter, expression: Expression) -> bool:
    """“25.1. spät” is in the evening, where no time is said."""
    draft = interpreter.draft
    if draft.times or draft.parts or not interpreter.follows("date", "day", "weekdays"):
        return False
    draft.parts = [EVENING]
    draft.warn("ambiguous", f"“{interpreter.words(expression)}” is taken as the evening.")
    return True


def _is_amount(interpreter: Interpreter, expression: Expression) -> bool:
    """“Two nights” are no time."""
    before, first = interpreter.reading.tokens[max(expression.first - 1, 0)], expression.first
    plural = "PARTPLURAL" in interpreter.reading.tokens[first].categories
    return bool(first) and plural and "NUM" in before.categories and not interpreter.draft.times


def _night_to(interpreter: Interpreter, expression: Expression) -> bool:
    """The night that ends on the day that is said last."""
    draft = interpreter.draft
    category, values = [item for item in expression.items if item[0] in {"DAY", "WEEKDAY", "WD"}][-1]
    if category == "DAY":
        draft.days = values[0]
    else:
        draft.weekdays = values
    draft.night_to = True
    return True


def _night_mark(interpreter: Interpreter, _: Expression) -> bool:
    """The night that ends on the date that comes next."""
    interpreter.draft.night_to = True
    return True


def _between(interpreter: Interpreter, expression: Expression) -> bool:
    found = _times(interpreter, expression)
    years = [values[0] * 100 + values[1] for values in expression.all("HHMM")]
    if len(years) > 1 and all(year in YEARS for year in years):
        return False  # “from 2014 to 2018”
    if not all(time.exists for time in found) or (expression.kind == "range" and interpreter.beside is None):
        return False
    interpreter.draft.between = (found[0], found[-1])
    return True


def _per_day(interpreter: Interpreter, expression: Expression) -> bool:
    """So many times a day, at hours spread over it."""
    draft = interpreter.draft
    number = sum(expression.one("TWICE", "NUM") or ())
    unit = expression.one("PERUNIT", "PERIOD", "UNIT")
    if unit == WEEK and number in SPREAD:
        return _per_week(draft, SPREAD[number])
    if unit != DAY or number not in draft.habits.doses:
        draft.warn("ambiguous", f"“{interpreter.words(expression)}” was not understood.")
        return False
    hours = draft.habits.doses[number]
    draft.every = draft.every or DAY
    draft.times = draft.times or [Time(hour, minute) for hour, minute in hours]
    if len(draft.times) == number:
        draft.warn("ambiguous", f"Taken as daily at {' and '.join(f'{h:02}:{m:02}' for h, m in hours)}.")
    return True


def _per_week(draft: Draft, days: Values) -> bool:
    """So many times a week, on days spread over it unless others are said."""
    draft.every, draft.spread = draft.every or WEEK, days
    return True


def _zone(interpreter: Interpreter, expression: Expression) -> bool:
    place = expression.one("ZONE", "CITY")
    if place:
        interpreter.draft.zone = place[0]
    else:
        interpreter.draft.lost_zone = interpreter.words(expression)
    return True


def _hour(interpreter: Interpreter, expression: Expression) -> bool:
    """A number, where nothing else is said: an hour, or a day of the month."""
    number, words = sum(expression.one("NUM") or ()), interpreter.words(expression)
    if number in WHOLE_HOURS:
        interpreter.draft.warn("ambiguous", f"“{words}” is taken as an hour.")
        return _time(interpreter, expression)
    if not 0 < number <= LAST_DAY:
        return False
    interpreter.draft.monthdays = (number,)
    interpreter.draft.warn("ambiguous", f"“{words}” is taken as a day of the month.")
    return True


KINDS: Kinds = {
    "hour": _hour,
    "late": _late,
    **dict.fromkeys(("time", "sixty", "fixed", "supposedpm"), _time),
    **dict.fromkeys(("part", "parts", "tonight", "today", "everypart"), _part),
    "supposed": _supposed,
    "either": _either,
    "bare": _bare,
    **dict.fromkeys(("between", "range"), _between),
    "perday": _per_day,
    "nightto": _night_to,
    "nightmark": _night_mark,
    "zone": _zone,
}
