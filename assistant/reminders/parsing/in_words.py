"""Days and times in the words that all warnings share."""

from datetime import date

MONTHS = (
    "January", "February", "March", "April", "May", "June",
    "July", "August", "September", "October", "November", "December",
)  # fmt: skip
DAYS = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")


def date_in_words(day: int, month: int, year: int = 0) -> str:
    """The day as people write it, also one that does not exist."""
    name = MONTHS[month - 1] if 1 <= month <= len(MONTHS) else f"day of month {month}"
    return f"{day} {name} {year}" if year else f"{day} {name}"


def named(day: date) -> str:
    """The day with its weekday: Friday 27 November 2026."""
    return f"{DAYS[day.weekday()]} {date_in_words(day.day, day.month, day.year)}"


def place_in_words(number: int) -> str:
    """The place in a row: 1st, 2nd, 11th."""
    ending = "th" if number % 100 in {11, 12, 13} else {1: "st", 2: "nd", 3: "rd"}.get(number % 10, "th")
    return f"{number}{ending}"


def clock(minutes: int) -> str:
    """So many minutes after midnight as a clock shows it."""
    return f"{minutes // 60 % 24:02}:{minutes % 60:02}"
