"""From a sentence to what it means."""

from datetime import UTC, datetime
from zoneinfo import ZoneInfo

from assistant.reminders.parsing.calendar.moments import Moment
from assistant.reminders.parsing.calendar.repetition import pause
from assistant.reminders.parsing.calendar.resolver import resolve
from assistant.reminders.parsing.draft import Draft, Said
from assistant.reminders.parsing.habits import USUAL, Habits
from assistant.reminders.parsing.interpreter import interpret
from assistant.reminders.parsing.languages import zones
from assistant.reminders.parsing.languages.english.table import ENGLISH
from assistant.reminders.parsing.languages.german.table import GERMAN
from assistant.reminders.parsing.leftovers import warn_nothing, warn_unparsed
from assistant.reminders.parsing.marks import read_marks
from assistant.reminders.parsing.matching.matcher import Reading, match
from assistant.reminders.parsing.model import Expression, Parsed, Problem
from assistant.reminders.parsing.refusals import over_beside, warn_over

LANGUAGES = (ENGLISH, GERMAN)
LONGEST = 1000  # characters of a sentence


def parse(sentence: str, *, now: datetime, zone: str, habits: Habits = USUAL) -> Parsed:
    """What the sentence means at this moment for someone in this zone; never raises for what was written."""
    if len(sentence) > LONGEST:
        problem = f"A reminder's sentence has at most {LONGEST:,} characters; this has {len(sentence):,}."
        return Parsed(text="", local=None, zone=zone, problems=(Problem("too_long", problem),))
    # Equally good readings are the first language's.
    marks = read_marks(sentence)
    best = max((match(marks.rest, language) for language in LANGUAGES), key=lambda each: each.weight)
    draft = Draft(said=Said(sentence, best.language.phrases), habits=habits)
    counted = interpret(best, draft, Moment(now, _known(zone)).today)
    moment = Moment(now, _zone(draft, zone))
    over = over_beside(best, counted)
    local, rule = resolve(draft, moment) if over is None else (None, "")
    if over:
        draft.problems.clear()
        warn_over(draft, best, over)
        counted = []
    if local is None and not draft.someday and not draft.problems and counted:
        warn_nothing(draft, best, counted)
        counted = []
    warn_unparsed(draft, best, counted, timed=local is not None, repeats=bool(rule))
    local, kept = _as_kept(local, moment.zone, rule)
    return Parsed(
        text=_text(draft, best, counted),
        local=local,
        zone=kept,
        rule=rule,
        after_done=pause(draft.every) if draft.done and draft.every and local else "",
        leads=tuple(sorted(draft.leads, reverse=True)) or (0,),
        spans=_spans(best, counted),
        problems=tuple(draft.problems),
        language=best.language.code,
        priority=marks.priority,
        tags=marks.tags,
    )


def _zone(draft: Draft, zone: str) -> str:
    """The zone that was said, else the given one, else UTC."""
    if draft.zone is not None:
        return zones.names()[draft.zone]
    known = _known(zone)
    if draft.lost_zone:
        draft.warn("unknown_zone", f"The time zone “{draft.lost_zone}” is not known; taken as {known}.")
    elif known != zone:
        draft.warn("unknown_zone", f"The time zone “{zone[:50]}” is not known; taken as UTC.")
    return known


def _known(zone: str) -> str:
    return zone if zones.is_known(zone) else "UTC"


def _as_kept(local: datetime | None, zone: str, rule: str) -> tuple[datetime | None, str]:
    """The time and its zone as a reminder keeps them."""
    if local is None or not local.fold:
        return local, zone
    if rule:
        return local.replace(fold=0), zone
    # Of an hour that the clocks show twice, a time on the wall means the first; only UTC can say the second.
    return local.replace(tzinfo=ZoneInfo(zone)).astimezone(UTC).replace(tzinfo=None), "UTC"


def _text(draft: Draft, best: Reading, counted: list[Expression]) -> str:
    text = best.without(counted)
    if not text:
        draft.warn("no_text", "What should I remind you of?")
    return text


def _spans(best: Reading, counted: list[Expression]) -> tuple[tuple[int, int], ...]:
    """The characters understood as time, neighbours joined."""
    spans: list[tuple[int, int]] = []
    for start, end in map(best.span, counted):
        if spans and not best.sentence[spans[-1][1] : start].strip():
            spans[-1] = (spans[-1][0], end)
        else:
            spans.append((start, end))
    return tuple(spans)
