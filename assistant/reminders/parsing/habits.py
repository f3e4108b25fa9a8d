"""What one person means by words that others mean otherwise."""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache
from importlib import resources

from assistant.reminders.parsing.languages import language as of
from assistant.reminders.parsing.model import Values
from assistant.users.preferences import Preferences


@dataclass(frozen=True, slots=True)
class Habits:
    """One person's habits; times are hour and minute, ``country`` is two letters or empty."""

    month_first: bool = False  # 3/4 is 4 March
    next_week: bool = False  # “next Friday” is that of the next week
    morning: Values = of.MORNING  # also when only a day is said
    noon: Values = of.NOON
    evening: Values = of.EVENING
    tonight: Values = of.TONIGHT
    country: str = ""

    def hour_of(self, part: Values) -> Values:
        """The time that this person means by a part of the day."""
        chosen: dict[Values, Values] = {
            of.MORNING: self.morning,
            of.NOON: self.noon,
            of.EVENING: self.evening,
            of.TONIGHT: self.tonight,
        }
        return chosen.get(part, part)

    @property
    def doses(self) -> Mapping[int, tuple[Values, ...]]:
        """The hours of what is done two, three or four times a day."""
        two = (self.morning, self.evening)
        return {2: two, 3: (self.morning, self.noon, self.evening), 4: ((8, 0), (12, 0), (16, 0), (20, 0))}


USUAL = Habits()


def habits_of(preferences: Preferences) -> Habits:
    """The habits of a person with these preferences; the country is that of their zone."""
    return Habits(
        month_first=preferences.date_order == "mdy",
        next_week=preferences.next_weekday == "week",
        morning=_hour(preferences.morning),
        noon=_hour(preferences.noon),
        evening=_hour(preferences.evening),
        tonight=_hour(preferences.tonight),
        country=country_of(preferences.zone),
    )


def _hour(text: str) -> Values:
    hour, _, minute = text.partition(":")
    return int(hour), int(minute)


@lru_cache(64)
def country_of(zone: str) -> str:
    """The country in which the zone's city lies; empty for none."""
    table = resources.files("tzdata").joinpath("zoneinfo", "zone.tab").read_text("utf-8")
    rows = (line.split("\t") for line in table.splitlines() if not line.startswith("#"))
    return next((row[0] for row in rows if row[2] == zone), "")
