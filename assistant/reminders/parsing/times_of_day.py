"""The times of the day that a draft speaks of, in minutes since midnight."""

from assistant.reminders.parsing import repetition
from assistant.reminders.parsing.days import Moment
from assistant.reminders.parsing.draft import Draft
from assistant.reminders.parsing.languages.language import DEFAULT_TIME, NOON
from assistant.reminders.parsing.times import HALF_DAY, UNSURE_HOURS, WHOLE_DAY, Time, in_part, sensible, shown


def resolve_times(draft: Draft, moment: Moment) -> list[int]:
    """All times that were said or are meant, in order, more than a day's for those after midnight."""
    if draft.between and draft.every and draft.every[2]:
        return _between(draft, moment, *draft.between, seconds=draft.every[2])
    if draft.between and not draft.times:
        draft.warn("ambiguous", "A span of times is said; taken as its beginning.")
    if said := draft.times or list(draft.between or ())[:1]:
        return sorted({_settled(draft, each, moment) for each in said})
    if not (draft.part or draft.dated or draft.repeats):
        return []
    hour, minute = draft.part or DEFAULT_TIME
    return [hour * 60 + minute]


def _settled(draft: Draft, said: Time, moment: Moment) -> int:
    """The minutes of a time; what is open about it is told."""
    if draft.part and said.loose:
        return in_part(said, draft.part)
    if draft.part and (draft.part < NOON) != (said.minutes < HALF_DAY):
        draft.warn(
            "ambiguous", f"{shown(said.minutes)} is another part of the day than the one said; the time is taken."
        )
    dated = draft.dated or draft.repeats
    if said.hour * 60 == WHOLE_DAY and said.loose and draft.days != 0 and dated:
        edge = "beginning" if draft.repeats else "end"
        draft.warn("ambiguous", f"Midnight could begin or end that day; taken as its {edge}.")
    if not said.open:
        return said.minutes
    found = sensible(said, dated=dated, now=_now(moment))
    if not dated or said.hour in UNSURE_HOURS:
        other = (said.minutes + HALF_DAY) % WHOLE_DAY
        draft.warn("ambiguous", f"This could be {shown(said.minutes)} or {shown(other)}; taken as {shown(found)}.")
    return found


def ending(said: Time, moment: Moment) -> int:
    """The minutes of a time until which something repeats."""
    return sensible(said, dated=False, now=_now(moment)) if said.open else said.minutes


def _between(draft: Draft, moment: Moment, first: Time, last: Time, *, seconds: int) -> list[int]:
    start, end = _settled(draft, first, moment), last.minutes
    later = end + HALF_DAY
    return repetition.steps(start, later if last.open and end <= start < later else end, seconds)


def _now(moment: Moment) -> int:
    return moment.wall.hour * 60 + moment.wall.minute
