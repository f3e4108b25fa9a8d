"""The dates of a repetition as a file states it, and which of them a line means.

Makers name a date of whole days by its midnight, one with a time by its day, one of a zone by the wall
alone or by an instant: what is meant is the date that the repetition has.
"""

from collections.abc import Iterator, Sequence
from contextlib import suppress
from datetime import UTC, date, datetime, time, timedelta

from assistant.errors import Invalid
from assistant.reminders import validation
from assistant.reminders.ical.lines import Home, Line
from assistant.reminders.ical.values import FIRST_YEAR, EventTime, Times, parsed
from assistant.reminders.recurrence import next_times, timezones

ON_A_DAY = 500
MEANT = range(FIRST_YEAR, validation.YEARS.stop)
DAY = timedelta(days=1)
END = datetime(9000, 1, 1, tzinfo=UTC)


class Dates:
    """The instants that some rules name from a first time on, and those beside them.

    ``beside`` says what the file calls those that no rule names.
    """

    def __init__(self, first: EventTime, rules: Sequence[str], times: Times, home: Home) -> None:
        """``home`` is the calendar in which they stand."""
        self.first, self.rules, self.beside = first, list(rules), dict[datetime, str]()
        self._times, self._home = times, home

    def meant(self, line: Line) -> list[datetime]:
        """The instants of its dates that a line names, by what it means: a day, a time on its wall, an instant."""
        found = parsed(line.value.strip().upper())
        if found is None or found.year not in MEANT:
            return []
        if not isinstance(found, datetime):
            return self._on(found)
        if self.first.all_day:
            return next(filter(None, map(self._on, self._days(found))), [])
        instants = (instant for instant in self._instants(found, line) if self.comes(instant))
        exact = next(instants, None)
        if exact is None:
            return self._on(found.date()) if found.time() == time() else []
        return [exact]

    def _days(self, found: datetime) -> Iterator[date]:
        if found.tzinfo is not None:
            # Midnight where they are, as makers write days that know only instants.
            here = timezones.on_the_wall(found, self._times.floating(self._home))
            there = timezones.on_the_wall(found, self._times.own)
            yield from (wall.date() for wall in (here, there) if wall.time() == time())
        yield found.date()

    def _instants(self, found: datetime, line: Line) -> Iterator[datetime]:
        zone = self.first.zone
        if found.tzinfo is not None:
            yield found.astimezone(UTC)
        elif line.params.get("TZID"):
            with suppress(Invalid):
                yield self._times.at(line, self._home, early=True).instant
        yield timezones.utc(found.replace(tzinfo=None), zone)

    def _on(self, day: date) -> list[datetime]:
        """Its dates on a day of its own wall."""
        start = timezones.utc(datetime.combine(day, time()), self.first.zone)
        end = timezones.utc(datetime.combine(day, time()) + DAY, self.first.zone)
        found = {instant for instant in self.beside if start <= instant < end}
        for rule in self.rules:
            found |= set(next_times.occurrences(self.first.local, self.first.zone, rule, start, end, ON_A_DAY))
        return sorted(found)

    def comes(self, instant: datetime) -> bool:
        """Whether it has a date at this very instant."""
        return instant in self.beside or any(self.names(rule, instant) for rule in self.rules)

    def names(self, rule: str, instant: datetime) -> bool:
        """Whether the rule names this very instant."""
        args = (self.first.local, self.first.zone, rule, instant, instant + timezones.SECOND, 1)
        return bool(next_times.occurrences(*args))

    def further(self, line: Line) -> datetime | None:
        """The instant of a date beside the rule; a day comes at the time of the others."""
        value = line.value.strip().partition("/")[0]  # of a period its beginning
        found = parsed(value.upper())
        if found is None or found.year not in MEANT:
            return None
        if not isinstance(found, datetime) or self.first.all_day:
            day = next(self._days(found)) if isinstance(found, datetime) else found
            return timezones.utc(datetime.combine(day, self.first.local.time()), self.first.zone)
        return next(self._instants(found, Line(line.params, value)))

    def wall(self, rule: str, instant: datetime) -> datetime:
        """The time on the wall that the rule means by one of its instants."""
        return next_times.wall_at(self.first.local, self.first.zone, rule, instant)

    def after(self, rule: str, instant: datetime) -> datetime | None:
        """The first instant of the rule that is not earlier."""
        return next_times.next_after(self.first.local, self.first.zone, rule, instant - timezones.SECOND)

    def last(self, rule: str, end: datetime | None) -> datetime | None:
        """The last instant of the rule before that one, or of all."""
        return next_times.last_before(self.first.local, self.first.zone, rule, end or END)

    def before(self, rule: str, wall: datetime) -> int:
        """How many times the rule names before that one on the wall."""
        return next_times.count_before(self.first.local, self.first.zone, rule, wall)

    def between(self, rule: str, start: datetime, end: datetime, limit: int) -> list[datetime]:
        """The instants of the rule from the start on, before the end."""
        return next_times.occurrences(self.first.local, self.first.zone, rule, start, end, limit)
