"""What the expressions about weekdays and days of a month say: one function for each kind, true when it counts."""

from collections.abc import Iterator

from assistant.reminders.parsing.draft import Draft, Interpreter, Kinds, Nth
from assistant.reminders.parsing.languages.language import DAY, MONTH, QUARTER, WEEK, YEAR
from assistant.reminders.parsing.model import Expression, Values
from assistant.reminders.parsing.times import Time
from assistant.reminders.recurrence.words import DAYS, ordinal

WORKWEEK, WEEKEND = (0, 1, 2, 3, 4), (5, 6)
MRS = "fr."  # also short for Frau
LAST_DAY, SECOND, THURSDAY = 31, 2, 3
NAMED = ("WEEKDAY", "WD", "WEEKDAYS", "WEEKDAYPART", "SHORTDAY", "SUNDAYAT")


def _day(interpreter: Interpreter, expression: Expression) -> bool:
    interpreter.mark("day", expression)
    interpreter.draft.days = sum(expression.one("DAY") or ())
    _take_part(interpreter.draft, expression)
    if meal := expression.one("MEAL"):
        interpreter.draft.times = [Time(meal[0], sum(meal[1:]))]
    return True


def _next_part(interpreter: Interpreter, expression: Expression) -> bool:
    """“Next morning” is that of tomorrow."""
    interpreter.draft.days = 1
    _take_part(interpreter.draft, expression)
    interpreter.draft.warn("ambiguous", f"“{interpreter.words(expression)}” is taken as that of tomorrow.")
    return True


def _take_part(draft: Draft, expression: Expression) -> None:
    glued = expression.one("WEEKDAYPART")
    part = expression.one("PART", "PARTS", "PARTPLURAL", "HALFDAY") or (glued[1:] if glued else None)
    if part and not draft.parts:
        draft.parts = [part_of_day(expression, part)]


EARLY_AND_LATE = {
    ("EARLY", 9): (7, 0), ("LATE", 9): (11, 0), ("EARLY", 15): (13, 0), ("LATE", 15): (17, 0),
    ("EARLY", 19): (18, 0), ("LATE", 19): (21, 0), ("LATE", 20): (22, 0), ("LATE", 22): (23, 0),
}  # fmt: skip


def part_of_day(expression: Expression, part: Values) -> Values:
    """The hour of the part, also of its beginning or end: “early in the morning”."""
    return EARLY_AND_LATE.get((first_of(expression, "EARLY", "LATE"), part[0]), part)


def _monthdays(interpreter: Interpreter, expression: Expression) -> bool:
    """Days of each month, of this or of the next; or of every third month."""
    draft, items = interpreter.draft, list(expression.items)
    again = next((place for place, item in enumerate(items) if item[0] == "EVERY" and place), len(items))
    days = tuple(values[0] for category, values in items[:again] if category in {"ORD", "NUM", "FIGURED"})
    days = days or tuple(number[0] for number in expression.all("ORD"))
    unit = expression.one("UNIT")
    period = expression.one("PERIOD") or _unit_before(expression)
    if max(days) > LAST_DAY or (period or MONTH)[1:] != (0, 0) or _is_last(interpreter, expression):
        return False
    if period:
        draft.every = draft.every or period
    elif unit not in {None, MONTH}:
        return False
    draft.monthdays, draft.month_of = (
        tuple(dict.fromkeys(draft.monthdays + days)),
        first_of(expression, "THIS", "NEXT") or ("NEXT" if expression.has("COMING") else ""),
    )
    if (unit or expression.has("EVERY")) and not draft.month_of:
        number = SECOND if expression.has("OTHER") else next((v[0] for c, v in items[again:] if c in {"NUM", "ORD"}), 1)
        draft.every = draft.every or (number, 0, 0)
    return True


def _is_last(interpreter: Interpreter, expression: Expression) -> bool:
    """Whether it is the last of something, “the last invoices”, and not of the month."""
    article = "THE" in interpreter.reading.tokens[expression.first].categories
    return article and [values for _, values in expression.items[1:]] == [(-1,)]


def _unit_before(expression: Expression) -> Values | None:
    """The unit of “every month on the 1st”."""
    first = [category for category, _ in expression.items][:2]
    return expression.one("UNIT") if first == ["EVERY", "UNIT"] else None


def _daynumber(interpreter: Interpreter, expression: Expression) -> bool:
    """A weekday with the number of its day: “Friday 4th”."""
    numbers = tuple(number[0] for number in expression.all("ORD", "NUM"))
    if not 0 < numbers[0] <= LAST_DAY:
        return False
    interpreter.draft.monthdays, interpreter.draft.both = numbers, True
    return _weekdays(interpreter, expression)


def _weekdays(interpreter: Interpreter, expression: Expression) -> bool:
    draft, days = interpreter.draft, tuple(dict.fromkeys(_each_day(expression)))
    interpreter.mark("weekdays", expression)
    if expression.has("SHORTDAY") and interpreter.words(expression).casefold() == MRS:
        draft.warn("ambiguous", f"“{interpreter.words(expression)}” is taken as Friday.")
    if interpreter.follows("weekdays") and draft.weekdays:
        interpreter.extend("weekdays", expression)
    if expression.kind == "weekend" and draft.repeats:
        days = WEEKEND
    draft.weekdays = tuple(dict.fromkeys(draft.weekdays + days))
    draft.which = draft.which or first_of(expression, "THIS", "NEXT") or ("NEXT" if expression.has("COMING") else "")
    if expression.has("AFTERNEXT", "AFTERTHAT"):
        draft.which, draft.shift = "NEXT", WEEK
    _take_part(draft, expression)
    return True


def _day_range(interpreter: Interpreter, expression: Expression) -> bool:
    """A range of the next weekdays rings on the first of them."""
    interpreter.draft.weekdays = next(expression.all("WEEKDAY", "WD"))
    interpreter.draft.which = first_of(expression, "THIS", "NEXT")
    interpreter.draft.warn("ambiguous", "A range of days is said; it rings on the first.")
    return True


def _either_day(interpreter: Interpreter, expression: Expression) -> bool:
    """Of two days the first."""
    draft = interpreter.draft
    category, values = next(item for item in expression.items if item[0] in {"DAY", "WEEKDAY", "WD"})
    if category == "DAY":
        draft.days = values[0]
    else:
        draft.weekdays = values
    draft.warn("ambiguous", f"“{interpreter.words(expression)}” is more than one day; the first is taken.")
    return True


def _each_day(expression: Expression) -> Iterator[int]:
    """The weekdays of an expression, those between the two of a range included."""
    days = [number[0] for number in expression.all(*NAMED)]
    if expression.has("TILL"):
        *alone, first, last = days
        yield from alone
        yield from ((first + passed) % 7 for passed in range((last - first) % 7 + 1))
    elif expression.has("WORKDAY", "WORKDAYS"):
        yield from WORKWEEK
    elif expression.has("WEEKEND", "WEEKENDS"):
        yield from WEEKEND if expression.kind in {"everyday", "except"} else WEEKEND[:1]
    else:
        yield from days


def _everyday(interpreter: Interpreter, expression: Expression) -> bool:
    draft = interpreter.draft
    numbers = [number[0] for number in expression.all("ORD")]
    number = (expression.one("OTHER") and 2) or (expression.one("NUM", "ORD") or (0,))[0] or _other(expression)
    interpreter.mark("every", expression)
    _weekdays(interpreter, expression)
    if expression.has("TILL") and not expression.has("EVERY", "WEEKDAYS"):
        if interpreter.follows("start") and draft.repeats:
            draft.begins = draft.weekdays = draft.weekdays[:1]
            draft.until = draft.another()
            draft.until.weekdays = [*expression.all("WEEKDAY", "WD")][-1]
            return True
        draft.range_alone = not draft.repeats
    if numbers and (len(numbers) > 1 or number == 1 or number < 0 or expression.has("WORKDAY")):
        draft.nth, draft.weekdays, draft.every = Nth(tuple(numbers), draft.weekdays, "EVERY"), (), MONTH
        if len(numbers) == 1:
            draft.warn("ambiguous", "Taken as once in each month.")
    elif draft.every is None or number:
        draft.every = (0, 7 * max(number, 1), 0)
        if numbers and len(draft.weekdays) == 1:
            _warn_nth(draft, number, draft.weekdays[0])
    return True


def _other(expression: Expression) -> int:
    return SECOND if expression.has("OTHER") else 0


def _warn_nth(draft: Draft, number: int, weekday: int) -> None:
    """Every third Friday is that of every third week, or that of each month."""
    if number > len(WORKWEEK):
        return
    draft.warn(
        "ambiguous",
        f"Taken as {DAYS[weekday]} of every {ordinal(number)} week; it could be the {ordinal(number)}"
        f" {DAYS[weekday]} of each month.",
        draft.said.with_nth(number, weekday),
    )


def _nth(interpreter: Interpreter, expression: Expression) -> bool:
    draft, units = interpreter.draft, list(expression.all("UNIT"))
    period = expression.one("PERIOD")
    units = units or ([period] if period else [])
    days = _counted_days(expression)
    if units[-1:] == [QUARTER] and units[0] == DAY and expression.has("EVERY"):
        edge = {1: (0, 1, 1), -1: (0, 3, 31)}.get((expression.one("ORD") or (0,))[0])
        draft.date, draft.every = edge, QUARTER
        return edge is not None
    if units[:1] == [WEEK] and units[-1:] == [MONTH] and (within := first_of(expression, "NEXT", "THIS")):
        return _week_of(draft, _places(expression)[0], within)
    monthly = units[-1:] == [MONTH] or (period or (0, 0, 0))[0] > 0
    if not monthly or (not days and units[0] != DAY):
        return False
    within = first_of(expression, "NEXT", "THIS") or "EVERY"
    if draft.nth:
        draft.warn("ambiguous", "More than one day of a month is said; the first is taken.")
        return False
    numbers, interval = _places(expression)
    draft.nth = Nth(numbers, days, within)
    _take_part(draft, expression)
    draft.nth_once = not (expression.has("EVERY") or period)
    if within == "EVERY":
        draft.every = draft.every or period or (interval, 0, 0)
    return True


def _nth_of(interpreter: Interpreter, expression: Expression) -> bool:
    days = WEEKEND[:1] if expression.has("WEEKEND") else _counted_days(expression)
    if not (days or expression.has("END") or expression.one("UNIT") in {DAY, WEEK}):
        return False
    month, year = sum(expression.one("MONTH") or ()), sum(expression.one("YEAR") or ())
    numbers, _ = _places(expression)
    if expression.one("UNIT") == WEEK and not expression.has("EVERY"):
        return _week_of(interpreter.draft, numbers, "MONTH", month, year)
    if expression.one("UNIT") == WEEK:  # its Monday
        days = (0,)
        interpreter.draft.warn("ambiguous", "Only a week is said; taken as its Monday.")
    if len(numbers) > 1 and not expression.has("EVERY"):
        interpreter.draft.warn("ambiguous", "More than one day is said; the first is taken.")
    interpreter.draft.nth = Nth(numbers, days, "MONTH", month, year)
    _take_part(interpreter.draft, expression)
    if expression.has("EVERY"):
        interpreter.draft.every = YEAR
    return True


def _week_of(draft: Draft, numbers: Values, of: str, month: int = 0, year: int = 0) -> bool:
    """A week of a month, which is the month's that its Thursday is in; of the first, the first day of the month."""
    if numbers == (1,):
        draft.nth = Nth(numbers, (), of, month, year, week=True)
        draft.warn("ambiguous", "Only a week is said; taken as the first day of the month.")
    else:
        draft.nth, draft.shift = Nth(numbers, (THURSDAY,), of, month, year, week=True), (0, -THURSDAY, 0)
        draft.warn("ambiguous", "Only a week is said; taken as its Monday.")
    return True


def _nth_alone(interpreter: Interpreter, expression: Expression) -> bool:
    days = _counted_days(expression)
    if not days and expression.one("UNIT") != DAY:
        return False
    places = _places(expression)[0]
    interpreter.draft.nth = Nth(places, days, "THIS")
    if places == (-1,) and len(days) == 1:
        interpreter.draft.warn("ambiguous", f"Taken as the last {DAYS[days[0]]} of this month.")
    return True


def _places(expression: Expression) -> tuple[Values, int]:
    """The places in the month, and in how many months."""
    items = list(expression.items)
    again = next((place for place, item in enumerate(items) if item[0] == "EVERY" and place), len(items))
    before = tuple(values[0] for category, values in items[:again] if category == "ORD")
    after = tuple(values[0] for category, values in items[again:] if category in {"ORD", "NUM"})
    if not before:
        before, after = after, ()
    interval = SECOND if any(category == "OTHER" for category, _ in items[again:]) else 1
    return ((-1,) if expression.has("END") else before), (after[0] if after else interval)


def _counted_days(expression: Expression) -> Values:
    """The weekdays of which the nth is meant; none when days are."""
    if expression.has("WORKDAY"):
        return WORKWEEK
    return tuple(number[0] for number in expression.all("WEEKDAY", "WD", "WEEKDAYS", "WEEKDAYPART"))


def first_of(expression: Expression, *categories: str) -> str:
    """The first of these categories that the expression has."""
    return next((category for category in categories if expression.has(category)), "")


KINDS: Kinds = {
    **dict.fromkeys(("weekdays", "weekend"), _weekdays),
    "day": _day,
    "nextpart": _next_part,
    "dayrange": _day_range,
    "daynumber": _daynumber,
    "monthdays": _monthdays,
    "everyday": _everyday,
    "nth": _nth,
    "nthof": _nth_of,
    "nthalone": _nth_alone,
    "eitherday": _either_day,
}
