"""A draft put into the calendar: the first time, the rule, and what is wrong with them."""

from dataclasses import replace
from datetime import date, datetime, timedelta

from assistant.errors import Invalid
from assistant.reminders.parsing.calendar import diagnostics, exceptions, repetition, times_of_day
from assistant.reminders.parsing.calendar.days import check_date, fixed_day, off_weekend, shifted
from assistant.reminders.parsing.calendar.moments import ONE_DAY, Moment, at, before, moved, next_day, next_time
from assistant.reminders.parsing.calendar.repetition import Days
from assistant.reminders.parsing.draft import Draft
from assistant.reminders.parsing.languages.language import DAY, MONTH, WEEK, YEAR
from assistant.reminders.parsing.times import WHOLE_DAY
from assistant.reminders.recurrence.rule import COUNT_LIMIT, INTERVAL_LIMIT
from assistant.reminders.recurrence.words import MONTHS

SOON = (0, 0, 7200)
A_MINUTE = timedelta(minutes=1)
MOST_YEARS, MONTH_DAYS = 100, 31
FEW = range(2, 6)  # times that could be meant for each day
FEWEST_SECONDS = 60


def resolve(draft: Draft, moment: Moment) -> tuple[datetime | None, str]:
    """The first time on the wall and the rule; problems are added to the draft."""
    try:
        return _resolved(draft, moment)
    except Invalid as error:
        draft.warn("impossible", str(error))
    except (OverflowError, ValueError):
        draft.warn("impossible", "This is too far away.")
    return None, ""


def _resolved(draft: Draft, moment: Moment) -> tuple[datetime | None, str]:
    sometime = draft.someday and not (draft.dated or draft.times or draft.repeats)
    if sometime or any(not each.exists for each in draft.times):
        return None, ""
    _check_numbers(draft)
    _take_soon(draft)
    diagnostics.warn_foretold(draft, moment.today)
    _take_month(draft, moment)
    if not draft.repeats or len(draft.dates) > 1:
        _make_list_a_rule(draft)
    if draft.offset and (draft.offset[2] or not any(draft.offset)) and not draft.repeats:
        local, rule = _elapsed(draft, moment), ""
    elif not (minutes := times_of_day.resolve_times(draft, moment)):
        return None, ""
    else:
        local, rule = _repeating(draft, moment, minutes) if draft.repeats else _single(draft, moment, minutes)
    if local.year > moment.today.year + MOST_YEARS:
        raise Invalid("This is more than a hundred years away.")
    diagnostics.warn_clock_change(draft, local, moment.zone)
    return local, rule


def _check_numbers(draft: Draft) -> None:
    """Raises Invalid for the 40th day of a month."""
    counted = draft.nth.numbers if draft.nth and not draft.nth.days else ()
    for number in (*draft.monthdays, *counted):
        if number == 0 or number > MONTH_DAYS:
            raise Invalid(f"No month has a day {number}.")


def _take_month(draft: Draft, moment: Moment) -> None:
    """A day of a month that comes every year is of the next month that has it."""
    if draft.every and draft.every[0] and not draft.every[0] % 12 and draft.monthdays and not draft.date:
        day = next_day(Days("MONTHLY", monthdays=draft.monthdays[:1]), before(moment.today))
        draft.date = (0, day.month, day.day)
        draft.warn("ambiguous", f"No month is said; taken as {MONTHS[day.month - 1]}.")


def _make_list_a_rule(draft: Draft) -> None:
    """Several days without a repetition become one that ends when each came once."""
    if len(draft.dates) > 1:
        draft.count = draft.count or (0 if draft.every == YEAR else len(draft.dates))
        draft.every = YEAR
    elif draft.date and len(draft.monthdays) > 1:
        draft.every, draft.count = YEAR, draft.count or len(draft.monthdays)
    elif len(draft.weekdays) > 1 and not (draft.date or draft.monthdays):
        if not (draft.until or draft.count):
            draft.warn(
                "ambiguous",
                "Taken as once on each of these days, not each week.",
                draft.said.with_every(draft.weekdays),
            )
        draft.every, draft.count = WEEK, 0 if draft.until else draft.count or len(draft.weekdays)
    elif len(draft.monthdays) > 1:
        draft.warn("ambiguous", "Taken as once on each of these days, not each month.")
        draft.every, draft.count = MONTH, len(draft.monthdays)


def _take_soon(draft: Draft) -> None:
    """Takes "later" as a time from now where no other is said."""
    other_day = draft.days or replace(draft, days=None).dated
    if draft.soon and not (other_day or draft.times or draft.part or draft.between or draft.repeats):
        draft.offset = SOON
        draft.warn("ambiguous", "No time is said; taken as in 2 hours.")


def _elapsed(draft: Draft, moment: Moment) -> datetime:
    """The time on the wall when so much time has passed, whatever the clocks do until then."""
    months, days, seconds = draft.offset or (0, 0, 0)
    if draft.times or draft.date or draft.weekdays:
        draft.warn("ambiguous", "A time from now and another time are said; the time from now is taken.")
    if months:
        raise Invalid("Months and hours from now do not go together.")
    if not (days or seconds):
        return moment.after(A_MINUTE).replace(second=0)
    return moment.after(timedelta(days=days, seconds=seconds))


def _single(draft: Draft, moment: Moment, minutes: list[int]) -> tuple[datetime, str]:
    """One day; several times on it are a rule that ends after them."""
    day, fitting = fixed_day(draft, moment), repetition.once(draft)
    if day is None and fitting is None:
        day = moment.today if not moment.passed(at(moment.today, minutes[-1])) else moment.today + ONE_DAY
    elif day is None:
        day = _next_fitting(draft, moment, fitting or Days("DAILY"), minutes[-1])
    left = [each for each in minutes if not moment.passed(at(day, each))]
    local = at(day, left[0] if left else minutes[0])
    if not left:
        diagnostics.warn_past(draft, local, moment.wall)
    if draft.shift[0] or draft.shift[1] % 7 or draft.shifted_workdays or draft.shifted_weekday:
        diagnostics.warn_shifted(draft, day, moment.today)
    else:
        diagnostics.warn_day(draft, day, moment.today)
    on_day = _on_day(left)
    rule = repetition.at_times(Days("DAILY"), on_day) if len(on_day) > 1 else ""
    return local, f"{rule};COUNT={len(on_day)}" if rule else ""


def _next_fitting(draft: Draft, moment: Moment, fitting: Days, minutes: int) -> date:
    """The next day that fits; of “next Friday” that of the next week, where the person means it so."""
    day = off_weekend(shifted(next_day(fitting, moment.wall, minutes), draft), draft)
    weekday_alone = draft.weekdays and not (draft.date or draft.monthdays or draft.nth or draft.shift[1])
    if draft.which == "NEXT" and weekday_alone and day == moment.today:
        return day + 7 * ONE_DAY
    if draft.which == "NEXT" and draft.habits.next_week and weekday_alone:
        day = max(day, moment.today + timedelta(days=7 - moment.today.weekday() + draft.weekdays[0]))
    return day


def _repeating(draft: Draft, moment: Moment, minutes: list[int]) -> tuple[datetime, str]:
    _check(draft)
    days, on_day = repetition.days(draft), _on_day(minutes)
    start, search = _start(draft, moment, days), repetition.begins_in(draft, days)
    stepwise = days.freq in {"HOURLY", "MINUTELY"}
    local = _first_step(draft, moment, start, on_day) if stepwise else next_time(search, start, on_day)
    if draft.done:
        exceptions.warn_counted(draft)
        return local, ""
    rule = repetition.at_times(days, on_day)
    if rule is None:
        draft.warn("ambiguous", "These times do not fit into one repetition; the first is taken.")
        rule, local, on_day = days.text(), next_time(search, start, on_day[:1]), on_day[:1]
    if without := exceptions.left_out(draft, moment):
        local, rule = exceptions.kept(rule, local, without)
    diagnostics.warn_gaps(draft, days)
    return local, rule + _ending(draft, moment, local)


def _on_day(minutes: list[int]) -> list[int]:
    """The times as a rule has them: those past midnight in the small hours."""
    return sorted({each % WHOLE_DAY for each in minutes})


def _check(draft: Draft) -> None:
    """Raises Invalid for a repetition that no rule can be."""
    check_date(draft)
    if draft.every and draft.every[2] % FEWEST_SECONDS:
        raise Invalid("A reminder can ring once a minute, not more often.")
    yearly = repetition.frequency(draft.every or DAY)[0] == "YEARLY" and repetition.shifted_feast(draft)
    if (
        (any(draft.shift) and not (draft.ahead or draft.days is not None or yearly))
        or draft.shifted_workdays
        or draft.shifted_weekday
    ):
        raise Invalid("A repetition cannot begin so long after a weekday; say its first date.")
    if draft.count > COUNT_LIMIT:
        raise Invalid(f"A reminder can repeat at most {COUNT_LIMIT:,} times.")
    if draft.every and not any(draft.every[:2]) and draft.every[2] < FEWEST_SECONDS:
        raise Invalid("A reminder can ring once a minute, not more often.")
    if repetition.frequency(draft.every or (0, 1, 0))[1] > INTERVAL_LIMIT:
        raise Invalid("This repeats too seldom to ever come again.")


def _start(draft: Draft, moment: Moment, days: Days) -> datetime:
    """When the repetition may begin: now, or before a day that was said and is not part of the rule itself."""
    if draft.begins:
        named = Days("WEEKLY", weekdays=tuple(repetition.NAMES[day] for day in draft.begins))
        return max(before(next_day(named, before(moment.today))), moment.wall)
    said = draft.date is not None or draft.days is not None or draft.ahead is not None or draft.offset is not None
    said = said or draft.workdays is not None or (draft.feast is not None and not (days.months or days.feast))
    part_of_rule = (
        draft.date and not draft.date[0] and (days.freq == "YEARLY" or repetition.begins_in(draft, days) != days)
    )
    if not said or part_of_rule:
        return moment.wall
    day = fixed_day(draft, moment)
    if day is None:
        day = next_day(repetition.once(draft) or Days("DAILY"), before(moment.today))
    return max(before(day), moment.wall)


def _first_step(draft: Draft, moment: Moment, start: datetime, minutes: list[int]) -> datetime:
    """The first of a repetition by hours or minutes: at the time that was said, or one step from now."""
    days = Days("DAILY", weekdays=repetition.days(draft).weekdays)
    if draft.times or draft.part or start > moment.wall:
        return next_time(days, start, minutes)
    local = moment.after(timedelta(seconds=(draft.every or (0, 0, 0))[2])).replace(second=0)
    return local if not days.weekdays or local.weekday() in draft.weekdays else next_time(days, local, minutes)


def _ending(draft: Draft, moment: Moment, local: datetime) -> str:
    """UNTIL or COUNT of the rule, never both."""
    until = _end(draft, moment, local)
    if draft.count and until:
        draft.warn("ambiguous", "A number of times and an end are said; the number is taken.")
    if draft.count in FEW and draft.every == DAY:
        draft.warn("ambiguous", f"Taken as {draft.count} times in all, not {draft.count} times a day.")
    if draft.count:
        return f";COUNT={draft.count}"
    if until and until < local:
        raise Invalid("The repetition ends before it begins.")
    return f";UNTIL={until:%Y%m%dT%H%M%S}" if until else ""


def _end(draft: Draft, moment: Moment, local: datetime) -> datetime | None:
    if draft.span:
        by_time = timedelta(seconds=draft.span[2])
        if draft.span_from_now and not by_time:
            return before(moved(moment.today, draft.span) + ONE_DAY)
        return local + by_time if by_time else before(moved(local.date(), draft.span))
    if draft.until is None:
        return None
    day, fitting = fixed_day(draft.until, moment), repetition.once(draft.until)
    if day is None and fitting is not None:
        day = shifted(next_day(fitting, before(local.date())), draft.until)
    if draft.until.times:
        return at(day or local.date(), times_of_day.ending(draft.until.times[0], moment))
    return before(day + ONE_DAY) if day else None
