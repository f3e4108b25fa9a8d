"""Times of the day: as they were said, and as minutes since midnight."""

from collections.abc import Callable
from dataclasses import dataclass, replace

from assistant.reminders.parsing.languages.language import EVENING, NIGHT, NOON
from assistant.reminders.parsing.model import Expression, Values

HOUR, HALF_DAY, WHOLE_DAY = 60, 12 * 60, 24 * 60
WAKING = range(7 * 60, 23 * 60)  # what "at 5" means when nothing else is said
SMALL_HOURS = range(1, 6)  # taken as the afternoon's on any other day
UNSURE_HOURS = range(1, 7)
TWELVE = 12
WHOLE_HOURS = range(1, 25)
LATE_MORNING = range(10, 12)
LATE, SMALL = range(1, 5), range(1, 6)  # after an evening, and in a night, these are the next day's


@dataclass(frozen=True, slots=True)
class Time:
    """A time as it was said."""

    hour: int
    minute: int = 0
    open: bool = False  # nothing says which of the two
    loose: bool = False  # a part of the day may still say so
    part: Values | None = None  # of the day, where it was said beside
    spoken: bool = False  # an hour as one says it, “3 Uhr”, which some mean in the afternoon

    @property
    def exists(self) -> bool:
        """Whether a clock shows it, 24:00 included."""
        return self.minute < HOUR and self.hour * 60 + self.minute <= WHOLE_DAY

    @property
    def minutes(self) -> int:
        """Minutes since midnight."""
        return self.hour * 60 + self.minute


TELLING = frozenset(
    {
        "NUM",
        "CLOCK",
        "ZEROED",
        "DOTTED",
        "DOTTEDTIME",
        "NUM4",
        "HHMM",
        "FIXED",
        "MEAL",
        "MERIDIEM",
        "HOUR24",
        "MORNINGHOUR",
    }
)


def times(expression: Expression, *, exact: bool, hour_of: Callable[[Values], Values]) -> list[Time]:
    """The times that an expression names.

    ``exact`` is where the language writes the afternoon's hours as 13 to 24; ``hour_of`` says what a person's noon is.
    """
    found: list[Time] = []
    for category, values in expression.items:
        after_oh = category == "NUM" and expression.has("OH")
        if (after_oh or category == "NUM2") and found:
            found[-1] = replace(found[-1], minute=values[0])
        elif category in TELLING:
            found.append(_time(category, hour_of(values) if category in {"FIXED", "MEAL"} else values, exact=exact))
        elif category == "AMPM":
            apart = expression.has("TILL", "BETWEEN") or (expression.has("OR") and not found[0].loose)
            said = slice(len(found) - 1 if apart else 0, None)
            found[said] = [_half(each, values[0]) for each in found[said]]
            if expression.has("TILL", "BETWEEN"):
                found[:-1] = [_before(each, found[-1], values[0]) for each in found[:-1]]
        elif category in {"OCLOCK", "HSIGN"} and (exact or (category == "HSIGN" and expression.has("HHMM", "NUM2"))):
            found[:] = [replace(each, open=False, spoken=each.open) for each in found]
        elif category == "HOURSIGN" and expression.has("TILL"):  # “8h to 13h”
            found[:] = [replace(each, open=False) for each in found]
    return found


def _time(category: str, values: Values, *, exact: bool) -> Time:
    if category == "NUM4":
        return Time(*divmod(values[0], 100))
    hour, minute = (*values, 0)[:2]
    loose = 0 < hour <= TWELVE and category not in {"FIXED", "MEAL", "MERIDIEM", "MORNINGHOUR"}
    sure = category == "ZEROED" or (category != "NUM" and exact)
    return Time(hour, minute, open=loose and not sure, loose=loose or (category == "FIXED" and hour > TWELVE))


def _half(time: Time, half: int) -> Time:
    """The time with am or pm; one that such a clock does not show stays impossible."""
    if not time.loose and time.hour > 0:
        return time if time.hour <= TWELVE else Time(99)
    return Time(time.hour % 12 + half, time.minute)


def _before(first: Time, last: Time, half: int) -> Time:
    """The beginning of a span whose end alone says am or pm: in the same half of the day where it is the earlier."""
    if not first.open:
        return first
    same = _half(first, half)
    return same if same.minutes < (last.minutes or WHOLE_DAY) else _half(first, TWELVE - half)


def sixty(expression: Expression) -> Time:
    """The time of "quarter to nine" and its like."""
    numbers, fixed, half = (
        [number[0] for number in expression.all("NUM")],
        expression.one("FIXED"),
        expression.one("AMPM"),
    )
    hour = fixed[0] if fixed else numbers.pop()
    if half:
        hour = _half(Time(hour, loose=True), half[0]).hour
    if sum(numbers) >= HOUR:
        return Time(99)  # “2016 nach 9”
    minutes = 15 if expression.has("QUARTER") else sum(numbers)
    minutes = -minutes if expression.has("TO", "VOR") else minutes
    minutes += (
        30 * expression.has("HALFPAST", "HALF")
        - 30 * expression.has("HALFTO")
        - 15 * expression.has("THREEQUARTER")
        - 45 * expression.has("QUARTEROF")
    )
    found, minute = divmod(hour * 60 + minutes, 60)
    twice = 0 < hour <= TWELVE and not (fixed or half)
    return Time(found % 24 or (TWELVE if twice else 0), minute, open=twice, loose=twice)


def in_part(time: Time, part: Values) -> int:
    """The minutes of an open time within a part of the day, more than a day's for the hours after midnight."""
    morning, evening = part < NOON, part >= EVENING
    if time.hour > TWELVE:
        return time.minutes
    hour = time.hour % 12
    if morning:
        return hour * 60 + time.minute
    if evening and (time.hour in {0, TWELVE} or hour in (SMALL if part >= NIGHT else LATE)):
        return WHOLE_DAY + hour * 60 + time.minute
    before_noon = part == NOON and hour in LATE_MORNING
    return (hour if before_noon else hour + TWELVE) * 60 + time.minute


def sensible(time: Time, *, dated: bool, now: int) -> int:
    """The minutes of an open time: by day when a day was said, else the next that one is awake at."""
    if dated:
        return time.minutes + (HALF_DAY if time.hour in SMALL_HOURS else 0)
    waking = [each % WHOLE_DAY for each in (time.minutes, time.minutes + HALF_DAY) if each % WHOLE_DAY in WAKING]
    return min(waking, key=lambda each: (each - now - 1) % WHOLE_DAY)
