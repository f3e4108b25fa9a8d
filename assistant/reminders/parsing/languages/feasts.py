"""The names of feasts as a language's table holds them."""

from assistant.reminders.parsing.model import Values
from assistant.reminders.recurrence.feasts.table import ROWS

SHORT_DAYS = {"monday": "mon", "tuesday": "tue", "wednesday": "wed", "thursday": "thu", "friday": "fri"}
# Their names say that a day is meant: “good friday”, but not “christmas” as in “christmas shopping”.
DAYLIKE = ("day", "eve", "tag", "abend", "mittwoch", "samstag", "einheit", "arbeit", "anfang", "wende", "nacht")


def names(language: int) -> dict[str, Values]:
    """The names of all feasts, with the place of each in the table."""
    found: dict[str, Values] = {
        name.strip(): (place,) for place, row in enumerate(ROWS) for name in row[language].split("|")
    }
    return found | {
        name.removesuffix(weekday) + short: place
        for name, place in found.items()
        for weekday, short in SHORT_DAYS.items()
        if name.endswith(f" {weekday}")
    }


def days(language: int) -> dict[str, Values]:
    """The names that say by themselves that a day is meant."""
    return {name: place for name, place in names(language).items() if name.endswith(DAYLIKE)}
