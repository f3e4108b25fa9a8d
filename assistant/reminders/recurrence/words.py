"""Days, months, times and places in a row, in English."""

from collections.abc import Sequence
from datetime import date

DAYS = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")
MONTHS = (
    "January", "February", "March", "April", "May", "June",
    "July", "August", "September", "October", "November", "December",
)  # fmt: skip
NAMED = {1: "first", 2: "second", 3: "third", 4: "fourth", 5: "fifth"}
TEENS = {11, 12, 13}


def date_in_words(day: int, month: int, year: int = 0) -> str:
    """The day as people write it, also one that does not exist."""
    name = MONTHS[month - 1] if 1 <= month <= len(MONTHS) else f"day of month {month}"
    return f"{day} {name} {year}" if year else f"{day} {name}"


def named(day: date) -> str:
    """The day with its weekday: Friday 27 November 2026."""
    return f"{DAYS[day.weekday()]} {date_in_words(day.day, day.month, day.year)}"


def ordinal(number: int) -> str:
    """The place in a row in figures: 1st, 2nd, 11th."""
    ending = "th" if number % 100 in TEENS else {1: "st", 2: "nd", 3: "rd"}.get(number % 10, "th")
    return f"{number}{ending}"


def nth(which: int) -> str:
    """The place in a row in words: first, last, second to last; from the sixth on in figures."""
    if which == -1:
        return "last"
    return NAMED.get(which) or (f"{ordinal(-which)} to last" if which < 0 else ordinal(which))


def listed(words: Sequence[str]) -> str:
    """The words one after the other: “a, b and c”."""
    return " and ".join(filter(None, [", ".join(words[:-1]), *words[-1:]]))


def clock(minutes: int) -> str:
    """So many minutes after midnight as a clock shows it."""
    return f"{minutes // 60 % 24:02}:{minutes % 60:02}"
