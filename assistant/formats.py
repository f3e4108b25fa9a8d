"""How times and days are written for a person."""

from dataclasses import dataclass
from datetime import date, datetime, time

NOON = 12
DAYS = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")


@dataclass(frozen=True, slots=True)
class Formats:
    """Hours from 0 to 23, or 12 with AM and PM; day, month and year in an order of ``dmy``, ``mdy`` or ``ymd``.

    ``first`` is the weekday with which a week begins, 0 for Monday.
    """

    hours: str = "24"
    order: str = "dmy"
    first: int = 0

    def time(self, at: datetime | time) -> str:
        """The time: “21:05” or “9:05 PM”."""
        if self.hours == "24":
            return f"{at:%H:%M}"
        return f"{at.hour % NOON or NOON}:{at:%M} {'AM' if at.hour < NOON else 'PM'}"

    def day(self, day: date, today: date | None = None, *, whole: bool = False) -> str:
        """The day: “3 Dec”, with its year unless that is today's; ``whole`` writes out the month."""
        with_year = today is None or day.year != today.year
        if self.order == "ymd" and with_year:
            return f"{day.year}-{day:%m-%d}"
        month = f"{day:%B}" if whole else f"{day:%b}"
        if self.order == "dmy":
            return f"{day.day} {month} {day.year}" if with_year else f"{day.day} {month}"
        return f"{month} {day.day}, {day.year}" if with_year else f"{month} {day.day}"

    def named(self, day: date, today: date | None = None, *, whole: bool = False) -> str:
        """The day with its weekday: “Thu 3 Dec”; ``whole`` writes them out."""
        weekday = DAYS[day.weekday()] if whole else DAYS[day.weekday()][:3]
        comma = "," if self.order == "mdy" else ""
        return f"{weekday}{comma} {self.day(day, today, whole=whole)}"

    def moment(self, at: datetime, today: date | None = None) -> str:
        """Day and time: “3 Dec 2026, 09:05”; without the year if it is today's."""
        return f"{self.day(at.date(), today)}, {self.time(at)}"

    def week(self) -> tuple[str, ...]:
        """The weekdays in their order."""
        return DAYS[self.first :] + DAYS[: self.first]


PLAIN = Formats()
