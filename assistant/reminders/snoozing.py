"""When a ring can come again: the usual choices, and any other time."""

from dataclasses import dataclass
from datetime import UTC, datetime, time, timedelta

from assistant.errors import Invalid
from assistant.reminders.validation import YEARS
from assistant.users.preferences import Preferences

DAY, HOUR = timedelta(days=1), 60  # minutes
USUAL = "usual"  # the time that the person snoozes for


@dataclass(frozen=True, slots=True)
class Choice:
    """A time to ring again: its name, the instant, and how it reads after “rings again”."""

    label: str
    until: datetime
    words: str


def choices(chosen: Preferences, now: datetime) -> list[Choice]:
    """The person's usual time, the hour and the times of the day, counted from now in their zone."""
    zone, formats = chosen.zone_info, chosen.formats
    at_evening, at_morning = (formats.time(time.fromisoformat(at)) for at in (chosen.tonight, chosen.morning))
    evening = tonight(chosen, now)
    is_today = evening.astimezone(zone).date() == now.astimezone(zone).date()
    at_night = f"Tonight at {at_evening}" if is_today else f"Tomorrow evening at {at_evening}"
    waits = sorted({chosen.snooze, HOUR}, key=lambda minutes: minutes != chosen.snooze)
    return [
        *(_in(minutes, now) for minutes in waits),
        Choice(at_night, evening, at_night[0].lower() + at_night[1:]),
        Choice(f"Tomorrow at {at_morning}", tomorrow(chosen, now), f"tomorrow at {at_morning}"),
    ]


def _in(minutes: int, now: datetime) -> Choice:
    words = f"in {span(minutes)}"
    return Choice(words.capitalize(), now + timedelta(minutes=minutes), words)


def span(minutes: int) -> str:
    """So long, in words."""
    if minutes < HOUR:
        return f"{minutes} minutes"
    return "an hour" if minutes == HOUR else f"{minutes // HOUR} hours"


def tonight(chosen: Preferences, now: datetime) -> datetime:
    """The next evening, at the person's hour."""
    today, at = now.astimezone(chosen.zone_info), time.fromisoformat(chosen.tonight)
    evening = datetime.combine(today.date(), at, chosen.zone_info)
    later = evening if evening > today else datetime.combine(today.date() + DAY, at, chosen.zone_info)
    return later.astimezone(UTC)


def tomorrow(chosen: Preferences, now: datetime) -> datetime:
    """The next day's morning, at the person's hour."""
    day = now.astimezone(chosen.zone_info).date() + DAY
    return datetime.combine(day, time.fromisoformat(chosen.morning), chosen.zone_info).astimezone(UTC)


def parse_time(given: str, chosen: Preferences, now: datetime) -> datetime:
    """The instant that ``usual``, ``tonight``, ``tomorrow`` or an ISO time names, on the person's wall without a zone.

    Raises Invalid (field until).
    """
    if given == USUAL:
        return now + timedelta(minutes=chosen.snooze)
    if given in {"tonight", "tomorrow"}:
        return tonight(chosen, now) if given == "tonight" else tomorrow(chosen, now)
    try:
        until = datetime.fromisoformat(given)
    except ValueError:
        raise Invalid("Choose a time.", field="until") from None
    if until.year not in YEARS:
        raise Invalid("Choose a time within the next year.", field="until")
    return until if until.tzinfo else until.replace(tzinfo=chosen.zone_info)


def in_words(until: datetime, chosen: Preferences) -> str:
    """The time as it reads after “rings again”, in the person's zone."""
    at, formats = until.astimezone(chosen.zone_info), chosen.formats
    return f"on {formats.named(at.date(), at.date(), whole=True)} at {formats.time(at)}"
