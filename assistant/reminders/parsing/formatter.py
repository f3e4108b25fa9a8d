"""A reminder in a sentence that means exactly it, where there is one."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from assistant.errors import Invalid
from assistant.reminders.parsing.calendar.repetition import windowed
from assistant.reminders.parsing.habits import Habits, country_of
from assistant.reminders.parsing.model import Parsed
from assistant.reminders.parsing.parser import parse
from assistant.reminders.recurrence import next_times, timezones, wording
from assistant.reminders.recurrence.feasts.table import ROWS, title
from assistant.reminders.recurrence.left_out_words import left_out_in_words
from assistant.reminders.recurrence.rule import read
from assistant.reminders.recurrence.words import date_in_words
from assistant.reminders.validation import interval

END = re.compile(r", (?:until .*|once|[\d,]+ times)$")
COMPARED = 40  # occurrences after which two rules are taken to be the same
UNITS = (("week", timedelta(weeks=1)), ("day", timedelta(days=1)), ("hour", timedelta(hours=1)),
         ("minute", timedelta(minutes=1)))  # fmt: skip


@dataclass(frozen=True, slots=True)
class Meaning:
    """What a sentence has to mean; as in ``Understood``."""

    text: str
    local: datetime | None
    zone: str
    rule: str = ""
    after_done: str = ""
    leads: Sequence[int] = (0,)


def format_sentence(meaning: Meaning, *, now: datetime, zone: str) -> str:
    """The shortest of our sentences that is understood as this; empty when none is.

    ``zone`` is that of the person who would type it.
    """
    try:
        found = _sentences(meaning, now, country_of(zone))
        return next((each for each in found if _has_meaning(each, meaning, now, zone)), "")
    except Invalid:
        return ""


def _sentences(meaning: Meaning, now: datetime, here: str) -> Iterator[str]:
    after = f" {meaning.zone}" if meaning.local else ""
    for when in _whens(meaning, now, here):
        sentence = f"{meaning.text} {when}".strip()
        yield f"{sentence}{_before(meaning.leads)}"
        yield f"{sentence}{after}{_before(meaning.leads)}"


def _whens(meaning: Meaning, now: datetime, here: str) -> Iterator[str]:
    if meaning.local is None:
        yield from ("", "someday")
        return
    at = f"at {meaning.local:%H:%M}"
    day, today = meaning.local.date(), timezones.on_the_wall(now, meaning.zone).date()
    near = {0: "today", 1: "tomorrow"}.get((day - today).days)
    on = near or f"on {date_in_words(day.day, day.month, day.year)}"
    if meaning.after_done:
        again = f"every {_length(interval(meaning.after_done))} after it is done"
        yield from (f"{again} {at}", f"{on} {at} {again}")
    elif meaning.rule:
        at = _times(meaning.rule, meaning.local)
        regular, but = _left_out(meaning.rule, here)
        for every in _repetitions(regular, here):
            plain = END.sub("", every)
            end = every.removeprefix(plain)
            yield from (
                f"{plain} {at}{end}{but}",
                f"{every}{but}",
                f"{plain} {at}{end}{but} starting {on.removeprefix('on ')}",
            )
    else:
        yield f"{on} {at}"


def _left_out(rule: str, here: str) -> tuple[str, str]:
    """The rule without what it leaves out, and that in words."""
    without = read(rule).without
    kept = ";".join(part for part in rule.split(";") if not part.startswith("EXCEPT="))
    return kept, f" except {left_out_in_words(without, here=here)}" if without else ""


def _repetitions(rule: str, here: str) -> Iterator[str]:
    yield from (f"every {title(place)}" for place in range(len(ROWS)) if _is_feast(rule, place, here))
    words = wording.in_words(rule, times=False)
    yield words.replace("weekend day", "Saturday and Sunday")
    month = re.fullmatch(r"(on the .*) of each (\d+)(?:st|nd|rd|th) month(.*)", words)
    if month:
        yield f"every {month[2]} months {month[1]}{month[3]}"


def _is_feast(rule: str, place: int, here: str) -> bool:
    """Whether the rule is that of the feast at this place of the table."""
    days = windowed(place, here)
    return days is not None and days.text() == rule


def _times(rule: str, local: datetime) -> str:
    """The times of its days, which a rule may name itself."""
    parts = read(rule)
    if parts.freq in {"HOURLY", "MINUTELY"}:
        return f"at {local:%H:%M}"
    times = wording.times_of(parts, local.time())
    return f"at {' and '.join(f'{each:%H:%M}' for each in times)}"


def _before(leads: Sequence[int]) -> str:
    if list(leads) == [0]:
        return ""
    said = [_ahead(timedelta(minutes=lead)) for lead in sorted(leads, reverse=True)]
    return f", remind me {' and '.join(said)}"


def _ahead(lead: timedelta) -> str:
    if lead == timedelta(days=1):
        return "the day before"
    return f"{_length(lead)} before" if lead else "at the time"


def _length(length: timedelta) -> str:
    """As few words as possible: 90 minutes, 2 days, week."""
    unit, size = next((unit, size) for unit, size in UNITS if length % size == timedelta(0))
    count = length // size
    return f"{count} {unit}{'s' if count > 1 else ''}"


def _has_meaning(sentence: str, meaning: Meaning, now: datetime, zone: str) -> bool:
    found = parse(sentence, now=now, zone=zone, habits=Habits(country=country_of(zone)))
    said = (found.text, found.local, found.zone, _pause(found), sorted(found.leads))
    wanted = (meaning.text, meaning.local, meaning.zone, _pause(meaning), sorted(meaning.leads))
    return said == wanted and (found.rule == meaning.rule or _same_times(found, meaning))


def _pause(of: Parsed | Meaning) -> timedelta | None:
    return interval(of.after_done) if of.after_done else None


def _same_times(found: Parsed, meaning: Meaning) -> bool:
    if meaning.local is None or not (found.rule and meaning.rule):
        return False
    if read(found.rule).without != read(meaning.rule).without:  # which may be far away
        return False
    start = timezones.utc(meaning.local, meaning.zone)
    one, other = (
        next_times.occurrences(
            meaning.local, meaning.zone, rule, start, datetime.max.replace(tzinfo=start.tzinfo), COMPARED
        )
        for rule in (found.rule, meaning.rule)
    )
    return one == other
