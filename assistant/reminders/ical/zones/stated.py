"""A zone as a file states it: the IANA zone with the same clocks where there is one, else its own rules."""

import re
from collections.abc import Sequence
from contextlib import suppress
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from functools import lru_cache
from zoneinfo import available_timezones

from assistant.errors import Invalid
from assistant.reminders.ical.lines import Entry
from assistant.reminders.ical.zones.names import fixed, posix_name, posix_offset, recognised, windows_zones
from assistant.reminders.recurrence import next_times, timezones

LONG_AGO, FIRST_YEAR, LAST_YEAR = 1990, 2024, 2029  # in which zones are compared
LASTING = range(2027, 2032)  # years in which a change still comes that is a rule of the zone
CHANGES_LIMIT = 200
FURTHER_LIMIT = 1000  # dates of changes beside their rule
LAST_WEEK = 5  # of a month, as POSIX counts
OFFSET = re.compile(r"([+-]?)(\d\d)(\d\d)(\d\d)?", re.ASCII)


@dataclass(frozen=True, slots=True)
class Observance:
    """From its beginnings on, by the clocks ``before`` them, the clocks are ``after`` UTC."""

    start: datetime
    rule: str
    further: tuple[datetime, ...]
    before: timedelta
    after: timedelta

    def begun(self, local: datetime) -> datetime | None:
        """The last beginning that is not later than a time on the wall."""
        found = [wall for wall in (self.start, *self.further) if wall <= local]
        if self.rule and found:
            end = local.replace(tzinfo=UTC) + timezones.SECOND
            last = next_times.last_before(self.start, "UTC", self.rule, end)
            found += [last.replace(tzinfo=None)] if last else []
        return max(found, default=None)

    def beginnings(self, since: datetime, end: datetime) -> list[datetime]:
        """The beginnings on the wall between two years."""
        args = (since.replace(tzinfo=UTC), end.replace(tzinfo=UTC), CHANGES_LIMIT)
        by_rule = next_times.occurrences(self.start, "UTC", self.rule, *args) if self.rule else []
        walls = {self.start, *self.further, *(instant.replace(tzinfo=None) for instant in by_rule)}
        return sorted(wall for wall in walls if since <= wall < end)


class StatedZone:
    """A VTIMEZONE; ``name`` is that of a zone that shows the same, or of one that is near."""

    def __init__(self, zone: Entry, own: str) -> None:
        """``own`` is taken where several zones show the same."""
        self._observances = [found for part in zone.parts if (found := _observance(part)) is not None]
        self._named = recognised(zone.text("X-LIC-LOCATION"))
        self.exact = self._named or self._matching(own)
        self.name = self.exact or (self._by_rules() if self._observances else "")

    def utc(self, local: datetime) -> datetime:
        """The instant at which these clocks show that time, as the file states it."""
        if self._named or not self._observances:
            return timezones.utc(local, self.name)
        begun = [(wall, one.after) for one in self._observances if (wall := one.begun(local)) is not None]
        first = min(self._observances, key=lambda one: one.start)
        return local.replace(tzinfo=UTC) - (max(begun)[1] if begun else first.before)

    def _matching(self, own: str) -> str:
        """The IANA zone with the same clocks: ``own`` when it fits, else the first; or nothing."""
        if not self._observances:
            return ""
        stated = self._changes(LONG_AGO - 1, LAST_YEAR)
        first, last = (datetime(year, 1, 1, tzinfo=UTC) for year in (FIRST_YEAR, LAST_YEAR))
        moments = [first + timedelta(days=day) for day in range(3, 365 * 3, 5)]
        # Zones differ in the hour at which they change.
        changed = [moment for since, _ in stated for moment in (since - timedelta(seconds=1), since)]
        moments += [moment for moment in changed if first < moment < last][-CHANGES_LIMIT:]
        earlier = [moment for moment in changed if datetime(LONG_AGO, 1, 1, tzinfo=UTC) < moment <= first]
        now = [(moment, _stated_at(stated, moment)) for moment in moments]
        then = [(moment, _stated_at(stated, moment)) for moment in earlier[-CHANGES_LIMIT:]]
        # Many makers state what holds now as if it always had; others have another past than a zone that is alike now.
        found = [name for name in (own, *_usual()) if _shows(name, now)]
        return next((name for name in found if _shows(name, then)), next(iter(found), ""))

    def _changes(self, first: int, last: int) -> list[tuple[datetime, timedelta]]:
        """The instants from which an offset holds, those before the years told as one."""
        begin, end = datetime(first, 1, 1), datetime(last, 1, 1)  # noqa: DTZ001 - on the wall
        earlier = [(wall, one.after) for one in self._observances if (wall := one.begun(begin)) is not None]
        found = [(begin.replace(tzinfo=UTC), max(earlier)[1])] if earlier else []
        for one in self._observances:
            found += [(wall.replace(tzinfo=UTC) - one.before, one.after) for wall in one.beginnings(begin, end)]
        return sorted(found)

    def _by_rules(self) -> str:
        """The zone as POSIX names it: by the two changes that come each year, or the offset that holds at last."""
        lasting = [(one, said) for one in self._observances if (said := _yearly(one))]
        if len(lasting) == 2 and lasting[0][0].after != lasting[1][0].after:  # noqa: PLR2004 - into summer and back
            (winter, back), (summer, into) = sorted(lasting, key=lambda each: each[0].after)
            names = [f"{posix_name(one.after)}{posix_offset(-one.after)}" for one in (winter, summer)]
            return f"{''.join(names)},{into},{back}"
        return fixed(_stated_at(self._changes(LASTING[0], LASTING[-1]), datetime(LASTING[-1], 1, 1, tzinfo=UTC)))


def _observance(part: Entry) -> Observance | None:
    before, after = _read_offset(part.value("TZOFFSETFROM")), _read_offset(part.value("TZOFFSETTO"))
    try:
        start = max(_wall(part.value("DTSTART")), datetime(1600, 1, 1))  # noqa: DTZ001 - on the wall
        rule = next_times.check_rule(part.value("RRULE"), start)
    except (ValueError, Invalid):
        return None
    further: list[datetime] = []
    for day in [day for line in part.lines("RDATE") for day in line.values][:FURTHER_LIMIT]:
        with suppress(ValueError):
            further.append(_wall(day.value))
    return (
        None if after is None else Observance(start, rule, tuple(further), after if before is None else before, after)
    )


def _wall(value: str) -> datetime:
    return datetime.strptime(value.strip().rstrip("Z"), "%Y%m%dT%H%M%S")  # noqa: DTZ007 - on the wall


def _yearly(one: Observance) -> str:
    """The day of each year at which it begins, as POSIX writes it; nothing when it does not go on like that."""
    walls = one.beginnings(datetime(LASTING[0], 1, 1), datetime(LASTING[-1] + 1, 1, 1))  # noqa: DTZ001 - on the wall
    if [wall.year for wall in walls] != list(LASTING) or len({(each.month, each.weekday()) for each in walls}) > 1:
        return ""
    weeks = {(wall.day - 1) // 7 + 1 for wall in walls}
    if len(weeks) > 1 and all((wall + timedelta(days=7)).month != wall.month for wall in walls):
        weeks = {LAST_WEEK}
    clock = posix_offset(walls[0] - datetime(walls[0].year, walls[0].month, walls[0].day))  # noqa: DTZ001 - on the wall
    return f"M{walls[0].month}.{weeks.pop()}.{walls[0].isoweekday() % 7}/{clock}" if len(weeks) == 1 else ""


def _stated_at(stated: Sequence[tuple[datetime, timedelta]], moment: datetime) -> timedelta:
    found = next((after for since, after in reversed(stated) if since <= moment), None)
    return (stated[0][1] if stated else timedelta()) if found is None else found


def _read_offset(text: str) -> timedelta | None:
    found = OFFSET.fullmatch(text)
    if found is None:
        return None
    size = timedelta(hours=int(found[2]), minutes=int(found[3]), seconds=int(found[4] or 0))
    return None if size >= timedelta(days=1) else -size if found[1] == "-" else size


def _shows(zone: str, wanted: Sequence[tuple[datetime, timedelta]]) -> bool:
    place = timezones.check_zone(zone)
    return all(moment.astimezone(place).utcoffset() == offset for moment, offset in wanted)


@lru_cache(1)
def _usual() -> list[str]:
    """The zones named after places, those that Windows speaks of first."""
    usual = dict.fromkeys([*windows_zones(), *sorted(available_timezones())])
    return [name for name in usual if "/" in name and recognised(name)]
