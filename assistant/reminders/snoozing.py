"""When a ring can come again: the usual choices, and any other time."""

from dataclasses import dataclass
from datetime import UTC, datetime, time, timedelta
from zoneinfo import ZoneInfo

from assistant.errors import Invalid
from assistant.reminders.validation import YEARS
from assistant.users.preferences import Preferences

EVENING, MORNING = time(20), time(9)
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
    at_evening, at_morning = formats.time(EVENING), formats.time(MORNING)
    evening = tonight(zone, now)
    is_today = evening.astimezone(zone).date() == now.astimezone(zone).date()
    at_night = f"Tonight at {at_evening}" if is_today else f"Tomorrow evening at {at_evening}"
    waits = sorted({chosen.snooze, HOUR}, key=lambda minutes: minutes != chosen.snooze)
    return [
        *(_in(minutes, now) for minutes in waits),
        Choice(at_night, evening, at_night[0].lower() + at_night[1:]),
        Choice(f"Tomorrow at {at_morning}", tomorrow(zone, now), f"tomorrow at {at_morning}"),
    ]


def _in(minutes: int, now: datetime) -> Choice:
    words = f"in {span(minutes)}"
    return Choice(words.capitalize(), now + timedelta(minutes=minutes), words)


def span(minutes: int) -> str:
    """So long, in words."""
    if minutes < HOUR:
        return f"{minutes} minutes"
    return "an hour" if minutes == HOUR else f"{minutes // HOUR} hours"


def tonight(zone: ZoneInfo, now: datetime) -> datetime:
    """The next evening."""
    today = now.astimezone(zone)
    evening = datetime.combine(today.date(), EVENING, zone)
    return (evening if evening > today else datetime.combine(today.date() + DAY, EVENING, zone)).astimezone(UTC)


def tomorrow(zone: ZoneInfo, now: datetime) -> datetime:
    """The next day's morning."""
    return datetime.combine(now.astimezone(zone).date() + DAY, MORNING, zone).astimezone(UTC)


def parse_time(given: str, chosen: Preferences, now: datetime) -> datetime:
    """The instant that ``usual``, ``tonight``, ``tomorrow`` or an ISO time names, on the person's wall without a zone.

    Raises Invalid (field until).
    """
    zone = chosen.zone_info
    if given == USUAL:
        return now + timedelta(minutes=chosen.snooze)
    if given in {"tonight", "tomorrow"}:
        return tonight(zone, now) if given == "tonight" else tomorrow(zone, now)
    try:
        until = datetime.fromisoformat(given)
    except ValueError:
        raise Invalid("Choose a time.", field="until") from None
    if until.year not in YEARS:
        raise Invalid("Choose a time within the next year.", field="until")
    return until if until.tzinfo else until.replace(tzinfo=zone)


def in_words(until: datetime, chosen: Preferences) -> str:
    """The time as it reads after “rings again”, in the person's zone."""
    at, formats = until.astimezone(chosen.zone_info), chosen.formats
    return f"on {at:%A}, {formats.day(at.date(), at.date(), whole=True)} at {formats.time(at)}"
