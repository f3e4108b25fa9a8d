"""A repetition as a form offers it: how often, on which days, until when; and back to a rule."""

import re
from dataclasses import dataclass
from datetime import date

from assistant.errors import Invalid
from assistant.reminders.recurrence.rule import COUNT_LIMIT, WEEKDAYS, Rule, read

NEVER, REGULARLY, AFTER, OTHER = "never", "regularly", "after", "other"
EVERY_LIMIT = 999
NTHS = (1, 2, 3, 4, -1)
SINGLE = re.compile(r"P(?:(\d{1,4})([WD])|T(\d{1,5})([HM]))", re.ASCII)


@dataclass(frozen=True, slots=True)
class Choices:
    """What is chosen; numbers and dates are texts, as they are typed.

    ``kind`` is never, regularly, after (it is done), or other: a rule that says more than a form can show.
    """

    kind: str = NEVER
    every: str = "1"
    unit: str = "DAILY"
    after_unit: str = "D"
    days: tuple[str, ...] = ()  # MO, TU … of a week
    month_on: str = "day"  # that of the first time, last, or nth
    nth: str = "1"
    weekday: str = "MO"
    ends: str = "never"  # never, until, count
    until: str = ""
    count: str = "10"


def from_rule(rule: str, after_done: str = "") -> Choices:
    """The choices that say this rule, or this time after it was done; of kind other where none do."""
    if after_done:
        single = SINGLE.fullmatch(after_done)
        if single is None:
            return Choices(kind=OTHER)
        return Choices(kind=AFTER, every=single[1] or single[3], after_unit=single[2] or single[4])
    if not rule:
        return Choices()
    parts = read(rule)
    if not _fits(parts):
        return Choices(kind=OTHER)
    nth, weekday = next(iter(parts.days.weekdays), (1, 0))
    numbered = parts.freq == "MONTHLY" and bool(parts.days.weekdays)
    return Choices(
        kind=REGULARLY, every=str(parts.interval), unit=parts.freq,
        days=tuple(WEEKDAYS[day] for _, day in sorted(parts.days.weekdays)) if parts.freq == "WEEKLY" else (),
        month_on="nth" if numbered else "last" if parts.days.month_days == (-1,) else "day",
        nth=str(nth) if numbered else "1", weekday=WEEKDAYS[weekday] if numbered else "MO",
        ends="count" if parts.count else "until" if parts.until else "never",
        until=f"{parts.until:%Y-%m-%d}" if parts.until else "", count=str(parts.count or 10),
    )  # fmt: skip


def to_rule(choices: Choices, day: date | None) -> tuple[str, str]:
    """The rule and the time after it was done, one of them empty; ``day`` is that of the first time.

    Raises Invalid (field rule) with what is missing. There is none for kind other.
    """
    if choices.kind in {NEVER, OTHER}:
        return "", ""
    every = _whole(choices.every, EVERY_LIMIT, "Say how often: a whole number from 1 to 999.")
    if choices.kind == AFTER:
        return "", f"P{'T' if choices.after_unit in {'H', 'M'} else ''}{every}{choices.after_unit}"
    parts = [f"FREQ={choices.unit}", *([f"INTERVAL={every}"] if every > 1 else [])]
    return ";".join([*parts, *_on_days(choices, day), *_end(choices)]), ""


def _fits(rule: Rule) -> bool:
    """Whether the rule says nothing but what there are choices for."""
    days, numbered = rule.days, any(which for which, _ in rule.days.weekdays)
    if (
        not rule.standard
        or rule.positions
        or rule.hours
        or rule.minutes
        or rule.seconds
        or days.weeks
        or days.year_days
    ):
        return False
    if rule.interval > EVERY_LIMIT or (days.months and rule.freq != "YEARLY"):
        return False
    one_day = len(days.month_days) <= 1 and min(days.month_days, default=1) > 0
    plain = not days.weekdays and not days.month_days
    return {
        "YEARLY": not days.weekdays and one_day and len(days.months) <= 1,
        "MONTHLY": _one_of_month(rule) if days.weekdays else one_day or days.month_days == (-1,),
        "WEEKLY": not days.month_days and not numbered,
    }.get(rule.freq, plain)


def _one_of_month(rule: Rule) -> bool:
    return len(rule.days.weekdays) == 1 and rule.days.weekdays[0][0] in NTHS and not rule.days.month_days


def _on_days(choices: Choices, day: date | None) -> list[str]:
    if choices.unit == "WEEKLY" and choices.days:
        return [f"BYDAY={','.join(each for each in WEEKDAYS if each in choices.days)}"]
    if choices.unit == "MONTHLY" and choices.month_on == "nth":
        return [f"BYDAY={choices.nth}{choices.weekday}"]
    if choices.unit == "MONTHLY":
        return ["BYMONTHDAY=-1" if choices.month_on == "last" else f"BYMONTHDAY={day.day if day else 1}"]
    if choices.unit == "YEARLY" and day:
        return [f"BYMONTH={day.month}", f"BYMONTHDAY={day.day}"]
    return []


def _end(choices: Choices) -> list[str]:
    if choices.ends == "count":
        sentence = f"Say how many times: a whole number from 1 to {COUNT_LIMIT:,}."
        return [f"COUNT={_whole(choices.count, COUNT_LIMIT, sentence)}"]
    if choices.ends != "until":
        return []
    try:
        return [f"UNTIL={date.fromisoformat(choices.until):%Y%m%d}T235959"]
    except ValueError:
        raise Invalid("Say until which day.", field="rule") from None


def _whole(text: str, most: int, sentence: str) -> int:
    number = int(text) if text.isascii() and text.isdigit() and len(text) < len(str(most)) + 3 else 0
    if not 1 <= number <= most:
        raise Invalid(sentence, field="rule")
    return number
