"""Points in time on the wall, and the days between them."""

from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from assistant.errors import Invalid
from assistant.reminders.parsing.calendar.repetition import Days
from assistant.reminders.parsing.draft import Unit
from assistant.reminders.recurrence import next_times

MONTHS_A_YEAR = 12
ONE_DAY, INSTANT = timedelta(days=1), timedelta(seconds=1)


@dataclass(frozen=True, slots=True)
class Moment:
    """Now, as an instant and on the wall of a zone."""

    now: datetime
    zone: str

    @property
    def wall(self) -> datetime:
        """What a clock on the wall shows, in whole seconds."""
        return self.after(timedelta()).replace(fold=0)

    @property
    def today(self) -> date:
        """The day on the wall."""
        return self.wall.date()

    def after(self, passed: timedelta) -> datetime:
        """What a clock on the wall shows after so much time, with fold 1 the second time it shows that."""
        return (self.now + passed).astimezone(ZoneInfo(self.zone)).replace(tzinfo=None, microsecond=0)

    def passed(self, local: datetime) -> bool:
        """Whether this time on the wall is over."""
        return local.replace(tzinfo=ZoneInfo(self.zone)).astimezone(UTC) <= self.now


def at(day: date, minutes: int = 0) -> datetime:
    """So many minutes after that day's midnight."""
    return datetime.combine(day, time()) + timedelta(minutes=minutes)


def before(day: date) -> datetime:
    """The last moment before that day."""
    return at(day) - INSTANT


def next_day(days: Days, after: datetime, minutes: int = 0) -> date:
    """The first day that fits, whatever the interval, of which this time is later than ``after``."""
    start = (after - timedelta(minutes=minutes)).date() + ONE_DAY
    found = next_times.first_wall(at(start), "UTC", days.text(every=False))
    if found is None:
        raise Invalid("No day fits all of this.")
    return found.date()


def next_time(days: Days, after: datetime, minutes: list[int]) -> datetime:
    """The first of these times on a day that fits."""
    day = next_day(days, after, minutes[-1])
    return next(moment for moment in (at(day, each) for each in minutes) if moment > after)


def moved(day: date, by: Unit) -> date:
    """The day so many months and days later; the last of the month where that day is missing."""
    months = day.year * MONTHS_A_YEAR + day.month - 1 + by[0]
    first = date(months // MONTHS_A_YEAR, months % MONTHS_A_YEAR + 1, 1)
    return first.replace(day=min(day.day, last_of(first))) + timedelta(days=by[1])


def last_of(day: date) -> int:
    """The number of the last day of its month."""
    following = date(day.year + day.month // MONTHS_A_YEAR, day.month % MONTHS_A_YEAR + 1, 1)
    return (following - ONE_DAY).day
