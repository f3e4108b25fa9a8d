"""The times of the day that a draft speaks of, in minutes since midnight."""

from assistant.reminders.parsing.calendar import repetition
from assistant.reminders.parsing.calendar.days import fixed_day
from assistant.reminders.parsing.calendar.moments import Moment
from assistant.reminders.parsing.draft import Draft
from assistant.reminders.parsing.languages.language import EVENING, MORNING, NIGHT, NOON
from assistant.reminders.parsing.model import Values
from assistant.reminders.parsing.times import (
    HALF_DAY,
    HOUR,
    SMALL_HOURS,
    UNSURE_HOURS,
    WHOLE_DAY,
    Time,
    in_part,
    sensible,
)
from assistant.reminders.recurrence.words import clock

NIGHTFALL = 6  # hours from noon on that are the evening before, of a night that ends on the day said


def resolve_times(draft: Draft, moment: Moment) -> list[int]:
    """All times that were said or are meant, in order, more than a day's for those after midnight.

    Less than 0 for those of the evening before.
    """
    if draft.between and draft.every and draft.every[2]:
        return _between(draft, moment, *draft.between, seconds=draft.every[2])
    if draft.between and not draft.times:
        draft.warn("ambiguous", "A span of times is said; taken as its beginning.")
    said = draft.times or list(draft.between or ())[:1]
    if draft.night_to:
        return _in_the_night(draft, said)
    found = {_settled(draft, each, moment) for each in said}
    if said and len(draft.parts) > 1:
        found |= {_hour_of(draft, part) for part in draft.parts if part not in {each.part for each in said}}
    elif not said and (draft.parts or draft.dated or draft.repeats):
        found = {_hour_of(draft, part) for part in draft.parts or [_unsaid(draft, moment)]}
    return sorted(found)


def _unsaid(draft: Draft, moment: Moment) -> Values:
    """The part of the day at which one rings that has no time: its morning, or of today the next; that is told."""
    today = not (draft.repeats or draft.offset) and fixed_day(draft, moment) == moment.today
    left = [part for part in (MORNING, NOON, EVENING, NIGHT) if _hour_of(draft, part) > _now(moment)]
    if not today or not left or left[0] is MORNING:
        return MORNING
    morning, later = _hour_of(draft, MORNING), _hour_of(draft, left[0])
    draft.warn("ambiguous", f"{clock(morning)} has passed today; taken as {clock(later)}.")
    return left[0]


def _hour_of(draft: Draft, part: tuple[int, ...]) -> int:
    hour, minute = draft.habits.hour_of(part)
    return hour * HOUR + minute


def _in_the_night(draft: Draft, said: list[Time]) -> list[int]:
    """The times in the night before the day that was said."""
    if not said:
        draft.warn("ambiguous", "Only a night is said; taken as its midnight.")
        return [0]
    late = [each.hour % 12 >= NIGHTFALL and (each.open or each.hour > NOON[0]) for each in said]
    return sorted(
        (each.hour % 12 * HOUR + each.minute - HALF_DAY) if evening else each.minutes % WHOLE_DAY
        for each, evening in zip(said, late, strict=True)
    )


def _settled(draft: Draft, said: Time, moment: Moment) -> int:
    """The minutes of a time; what is open about it is told."""
    part = said.part or draft.part
    if part and (said.loose or said.hour == 0):
        return _within(draft, said, part)
    if part and (part < NOON) != (said.minutes < HALF_DAY):
        draft.warn(
            "ambiguous", f"{clock(said.minutes)} is another part of the day than the one said; the time is taken."
        )
    dated = draft.dated or draft.repeats
    if said.hour * HOUR == WHOLE_DAY and said.loose and draft.days != 0 and dated:
        edge = "beginning" if draft.repeats else "end"
        draft.warn("ambiguous", f"Midnight could begin or end that day; taken as its {edge}.")
    if not said.open:
        if said.spoken and said.hour in SMALL_HOURS and not part:
            _warn_half(draft, said, said.minutes)
        return said.minutes
    found = sensible(said, dated=dated, now=_now(moment))
    later = found + HALF_DAY
    if draft.days == 0 and found <= _now(moment) < later < WHOLE_DAY:
        draft.warn("ambiguous", f"{clock(found)} has passed today; taken as {clock(later)}.")
        return later
    if not dated or said.hour in UNSURE_HOURS:
        _warn_half(draft, said, found)
    return found


def _within(draft: Draft, said: Time, part: Values) -> int:
    """The minutes of a time within a part of the day; told where the night that it is in may be another."""
    found = in_part(said, part)
    if found < HOUR and part < NOON:
        draft.warn("ambiguous", f"{said.hour}:{said.minute:02} in the morning is taken as {clock(found)}.")
    if found > WHOLE_DAY and (part < NIGHT or (draft.dated and draft.days != 0)):
        draft.warn("ambiguous", f"{clock(found % WHOLE_DAY)} is after midnight; taken as in the night that follows.")
    return found


def _warn_half(draft: Draft, said: Time, found: int) -> None:
    """Five o'clock is there twice a day."""
    other = (said.minutes + HALF_DAY) % WHOLE_DAY
    turned = other if found == said.minutes else said.minutes
    instead = draft.said.with_time(turned) if len(draft.times) == 1 else None
    draft.warn("ambiguous", f"This could be {clock(said.minutes)} or {clock(other)}; taken as {clock(found)}.", instead)


def ending(said: Time, moment: Moment) -> int:
    """The minutes of a time until which something repeats."""
    return sensible(said, dated=False, now=_now(moment)) if said.open else said.minutes


def _between(draft: Draft, moment: Moment, first: Time, last: Time, *, seconds: int) -> list[int]:
    start, end = _settled(draft, first, moment), last.minutes
    later = end + HALF_DAY
    return repetition.steps(start, later if last.open and end <= start < later else end, seconds)


def _now(moment: Moment) -> int:
    return moment.wall.hour * 60 + moment.wall.minute
