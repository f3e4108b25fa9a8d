"""A reminder in a sentence that means exactly it, where there is one."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime, time, timedelta

from assistant.errors import Invalid
from assistant.reminders import rules, wording
from assistant.reminders.phrases.model import Understood
from assistant.reminders.phrases.telling import in_words
from assistant.reminders.phrases.understanding import understand
from assistant.reminders.rule_text import read
from assistant.reminders.typed import interval

COMPARED = 40  # occurrences after which two rules are taken to be the same
UNITS = (("week", timedelta(weeks=1)), ("day", timedelta(days=1)), ("hour", timedelta(hours=1)),
         ("minute", timedelta(minutes=1)))  # fmt: skip


@dataclass(frozen=True, slots=True)
class Meant:
    """What a sentence has to mean; as in ``Understood``."""

    text: str
    local: datetime | None
    zone: str
    rule: str = ""
    after_done: str = ""
    leads: Sequence[int] = (0,)


def say(meant: Meant, *, now: datetime, zone: str) -> str:
    """The shortest of our sentences that is understood as this; empty when none is.

    ``zone`` is that of the person who would type it.
    """
    try:
        return next((each for each in _sentences(meant, now) if _means(each, meant, now, zone)), "")
    except Invalid:
        return ""


def _sentences(meant: Meant, now: datetime) -> Iterator[str]:
    after = f" {meant.zone}" if meant.local else ""
    for when in _whens(meant, now):
        sentence = f"{meant.text} {when}".strip()
        yield f"{sentence}{_before(meant.leads)}"
        yield f"{sentence}{after}{_before(meant.leads)}"


def _whens(meant: Meant, now: datetime) -> Iterator[str]:
    if meant.local is None:
        yield from ("", "someday")
        return
    at = f"at {meant.local:%H:%M}"
    day, today = meant.local.date(), rules.on_the_wall(now, meant.zone).date()
    near = {0: "today", 1: "tomorrow"}.get((day - today).days)
    on = near or f"on {in_words(day.day, day.month, day.year)}"
    if meant.after_done:
        again = f"every {_length(interval(meant.after_done))} after it is done"
        yield from (f"{again} {at}", f"{on} {at} {again}")
    elif meant.rule:
        at = _times(meant.rule, meant.local)
        for every in _repetitions(meant.rule):
            plain, comma, end = every.partition(",")
            yield from (
                f"{plain} {at}{comma}{end}",
                every,
                f"{plain} {at}{comma}{end} starting {on.removeprefix('on ')}",
            )
    else:
        yield f"{on} {at}"


def _repetitions(rule: str) -> Iterator[str]:
    words = wording.in_words(rule, times=False)
    yield words.replace("weekend day", "Saturday and Sunday")
    month = re.fullmatch(r"(on the .*) of each (\d+)(?:st|nd|rd|th) month(.*)", words)
    if month:
        yield f"every {month[2]} months {month[1]}{month[3]}"


def _times(rule: str, local: datetime) -> str:
    """The times of its days, which a rule may name itself."""
    parts = read(rule)
    if parts.freq in {"HOURLY", "MINUTELY"}:
        return f"at {local:%H:%M}"
    times = [time(h, m) for h in parts.hours or (local.hour,) for m in parts.minutes or (local.minute,)]
    return f"at {' and '.join(f'{each:%H:%M}' for each in sorted(times))}"


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


def _means(sentence: str, meant: Meant, now: datetime, zone: str) -> bool:
    found = understand(sentence, now=now, zone=zone)
    said = (found.text, found.local, found.zone, _pause(found), sorted(found.leads))
    wanted = (meant.text, meant.local, meant.zone, _pause(meant), sorted(meant.leads))
    return said == wanted and (found.rule == meant.rule or _same_times(found, meant))


def _pause(of: Understood | Meant) -> timedelta | None:
    return interval(of.after_done) if of.after_done else None


def _same_times(found: Understood, meant: Meant) -> bool:
    if meant.local is None or not (found.rule and meant.rule):
        return False
    start = rules.utc(meant.local, meant.zone)
    one, other = (
        rules.occurrences(meant.local, meant.zone, rule, start, datetime.max.replace(tzinfo=start.tzinfo), COMPARED)
        for rule in (found.rule, meant.rule)
    )
    return one == other
