"""The days that a draft speaks of, found in the calendar."""

from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from assistant.errors import Invalid
from assistant.reminders.parsing import repetition
from assistant.reminders.parsing.diagnostics import date_in_words
from assistant.reminders.parsing.draft import Draft, Unit
from assistant.reminders.parsing.languages.language import MONTH, WEEK, YEAR
from assistant.reminders.parsing.model import Values
from assistant.reminders.parsing.repetition import Days
from assistant.reminders.recurrence import next_times

MONTHS_A_YEAR, LEAP_YEAR = 12, 2028
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


def fixed_day(draft: Draft, moment: Moment) -> date | None:
    """The one day that was said; None for none, and for the next day that fits."""
    if draft.offset:
        return _moved_day(draft, draft.offset, moment.today)
    if draft.date:
        return _dated(draft, draft.date, moment.today)
    if draft.days is not None:
        return moved(moment.today + timedelta(days=draft.days), draft.shift)
    return moved(_ahead(draft, moment.today), draft.shift) if draft.ahead else _in_month(draft, moment.today)


def _dated(draft: Draft, said: Values, today: date) -> date | None:
    """The day of a date; one without a year is only fixed when it is today."""
    check_date(draft)
    ahead = today.year + 1 if draft.ahead == YEAR else 0
    year = said[0] or ahead or (today.year if said[1:] == (today.month, today.day) else 0)
    return date(year, *said[1:]) if year else None


def check_date(draft: Draft) -> None:
    """Raises Invalid for a date that no calendar has."""
    if draft.date is None:
        return
    year, month, day = draft.date
    try:
        date(year or LEAP_YEAR, month, day)
    except ValueError as error:
        raise Invalid(f"There is no {date_in_words(day, month, year)}.") from error


def moved(day: date, by: Unit) -> date:
    """The day so many months and days later; the last of the month where that day is missing."""
    months = day.year * MONTHS_A_YEAR + day.month - 1 + by[0]
    first = date(months // MONTHS_A_YEAR, months % MONTHS_A_YEAR + 1, 1)
    return first.replace(day=min(day.day, _last(first))) + timedelta(days=by[1])


def _last(day: date) -> int:
    """The number of the last day of its month."""
    following = date(day.year + day.month // MONTHS_A_YEAR, day.month % MONTHS_A_YEAR + 1, 1)
    return (following - ONE_DAY).day


def _moved_day(draft: Draft, by: Unit, today: date) -> date:
    """The day after so many months and days; with a weekday, that one of its week."""
    day = moved(today + timedelta(days=draft.days or 0), by)
    if draft.monthdays and by[0]:
        return _numbered(day.replace(day=1), draft.monthdays[0])
    in_weeks = draft.weekdays and by[1] % 7 == 0 and by[1] > 0
    return day - timedelta(days=day.weekday() - draft.weekdays[0]) if in_weeks else day


def _ahead(draft: Draft, today: date) -> date:
    """The day in the next week, month or year: the one that was said, or the first."""
    if draft.ahead == WEEK:
        if not draft.weekdays:
            draft.warn("ambiguous", "Only a week is said; taken as its Monday.")
        return today + timedelta(days=7 - today.weekday() + sum(draft.weekdays[:1]))
    if draft.ahead == MONTH:
        if not draft.monthdays:
            draft.warn("ambiguous", "Only a month is said; taken as its first day.")
        return _numbered(moved(today.replace(day=1), MONTH), draft.monthdays[0] if draft.monthdays else 1)
    draft.warn("ambiguous", "Only a year is said; taken as its first day.")
    return date(today.year + 1, 1, 1)


def _in_month(draft: Draft, today: date) -> date | None:
    """The day of this or the next month, or of the month of a year."""
    if draft.nth and draft.nth.year:
        return next_day(repetition.nth_days(draft), before(date(draft.nth.year, draft.nth.month, 1)))
    asked = draft.month_of or (draft.nth.of if draft.nth else "")
    if asked not in {"THIS", "NEXT"}:
        return None
    first = moved(today.replace(day=1), MONTH) if asked == "NEXT" else today.replace(day=1)
    if draft.nth:
        return next_day(repetition.nth_days(draft), before(first))
    return _numbered(first, draft.monthdays[0])


def _numbered(first: date, number: int) -> date:
    """The day of that number in the month, from its end where the number is negative."""
    last = _last(first)
    if number > last:
        raise Invalid(f"There is no {date_in_words(number, first.month, first.year)}.")
    return first.replace(day=number if number > 0 else max(1, last + 1 + number))
