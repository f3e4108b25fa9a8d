"""When a ring can come again: the usual choices, and any other time."""

from dataclasses import dataclass
from datetime import UTC, datetime, time, timedelta
from zoneinfo import ZoneInfo

from assistant.errors import Invalid
from assistant.formats import PLAIN, Formats
from assistant.reminders.validation import YEARS

EVENING, MORNING = time(20), time(9)
DAY = timedelta(days=1)


@dataclass(frozen=True, slots=True)
class Choice:
    """A time to ring again: its name, the instant, and how it reads after “rings again”."""

    label: str
    until: datetime
    words: str


def choices(zone: ZoneInfo, now: datetime, formats: Formats = PLAIN) -> list[Choice]:
    """The usual times, counted from now in the person's zone."""
    at_evening, at_morning = formats.time(EVENING), formats.time(MORNING)
    evening = tonight(zone, now)
    is_today = evening.astimezone(zone).date() == now.astimezone(zone).date()
    at_night = f"Tonight at {at_evening}" if is_today else f"Tomorrow evening at {at_evening}"
    return [
        Choice("In 10 minutes", now + timedelta(minutes=10), "in 10 minutes"),
        Choice("In an hour", now + timedelta(hours=1), "in an hour"),
        Choice(at_night, evening, at_night[0].lower() + at_night[1:]),
        Choice(f"Tomorrow at {at_morning}", tomorrow(zone, now), f"tomorrow at {at_morning}"),
    ]


def tonight(zone: ZoneInfo, now: datetime) -> datetime:
    """The next evening."""
    today = now.astimezone(zone)
    evening = datetime.combine(today.date(), EVENING, zone)
    return (evening if evening > today else datetime.combine(today.date() + DAY, EVENING, zone)).astimezone(UTC)


def tomorrow(zone: ZoneInfo, now: datetime) -> datetime:
    """The next day's morning."""
    return datetime.combine(now.astimezone(zone).date() + DAY, MORNING, zone).astimezone(UTC)


def parse_time(given: str, zone: ZoneInfo, now: datetime) -> datetime:
    """The instant that ``tonight``, ``tomorrow`` or an ISO time names; one without a zone is on the person's wall.

    Raises Invalid (field until).
    """
    if given in {"tonight", "tomorrow"}:
        return tonight(zone, now) if given == "tonight" else tomorrow(zone, now)
    try:
        until = datetime.fromisoformat(given)
    except ValueError:
        raise Invalid("Choose a time.", field="until") from None
    if until.year not in YEARS:
        raise Invalid("Choose a time within the next year.", field="until")
    return until if until.tzinfo else until.replace(tzinfo=zone)


def in_words(until: datetime, zone: ZoneInfo, formats: Formats = PLAIN) -> str:
    """The time as it reads after “rings again”, in the person's zone."""
    at = until.astimezone(zone)
    return f"on {at:%A}, {formats.day(at.date(), at.date(), whole=True)} at {formats.time(at)}"
