"""A repetition as a form offers it, and back to a rule."""

from datetime import date

import pytest

from assistant.errors import Invalid
from assistant.reminders.recurrence import wording
from assistant.reminders.recurrence.choices import AFTER, NEVER, OTHER, REGULARLY, Choices, from_rule, to_rule

DAY = date(2026, 5, 14)  # a Thursday

RULES = (
    ("FREQ=DAILY", Choices(REGULARLY)),
    ("FREQ=HOURLY;INTERVAL=6", Choices(REGULARLY, "6", "HOURLY")),
    ("FREQ=WEEKLY;INTERVAL=2;BYDAY=MO,FR", Choices(REGULARLY, "2", "WEEKLY", days=("MO", "FR"))),
    ("FREQ=WEEKLY", Choices(REGULARLY, unit="WEEKLY")),
    ("FREQ=MONTHLY;BYMONTHDAY=14", Choices(REGULARLY, unit="MONTHLY")),
    ("FREQ=MONTHLY;BYMONTHDAY=-1", Choices(REGULARLY, unit="MONTHLY", month_on="last")),
    ("FREQ=MONTHLY;BYDAY=2FR", Choices(REGULARLY, unit="MONTHLY", month_on="nth", nth="2", weekday="FR")),
    ("FREQ=YEARLY;BYMONTH=5;BYMONTHDAY=14", Choices(REGULARLY, unit="YEARLY")),
    ("FREQ=DAILY;COUNT=12", Choices(REGULARLY, ends="count", count="12")),
    ("FREQ=DAILY;UNTIL=20261231T235959", Choices(REGULARLY, ends="until", until="2026-12-31")),
)


@pytest.mark.parametrize(("rule", "choices"), RULES)
def test_a_rule_is_chosen_and_said_again(rule: str, choices: Choices) -> None:
    assert from_rule(rule) == choices
    assert to_rule(choices, DAY) == (rule, "")


@pytest.mark.parametrize(
    ("interval", "every", "unit"), [("P3D", "3", "D"), ("P2W", "2", "W"), ("PT4H", "4", "H"), ("PT90M", "90", "M")]
)
def test_a_time_after_it_is_done_is_chosen_and_said_again(interval: str, every: str, unit: str) -> None:
    assert from_rule("", interval) == Choices(AFTER, every, after_unit=unit)
    assert to_rule(from_rule("", interval), DAY) == ("", interval)


@pytest.mark.parametrize(
    "rule",
    [
        "FREQ=MONTHLY;BYDAY=MO,TU,WE,TH,FR;BYSETPOS=-1", "FREQ=DAILY;BYHOUR=8,20", "FREQ=MONTHLY;BYMONTHDAY=1,15",
        "FREQ=WEEKLY;BYMONTH=5", "FREQ=YEARLY;BYDAY=1MO", "FREQ=DAILY;INTERVAL=1000", "FREQ=MONTHLY;BYDAY=-2FR",
        "FREQ=DAILY;BYDAY=MO",
    ],
)  # fmt: skip
def test_a_rule_that_says_more_is_not_offered_in_parts(rule: str) -> None:
    assert from_rule(rule) == Choices(OTHER)


def test_days_stand_in_the_order_of_the_week_and_once_is_never() -> None:
    assert from_rule("FREQ=WEEKLY;BYDAY=FR,MO").days == ("MO", "FR")
    assert from_rule("") == Choices(NEVER)
    assert from_rule("", "P1DT2H") == Choices(OTHER)


@pytest.mark.parametrize(
    ("choices", "sentence"),
    [
        (Choices(REGULARLY, "0"), "Say how often: a whole number from 1 to 999."),
        (Choices(REGULARLY, "1000"), "Say how often: a whole number from 1 to 999."),
        (Choices(AFTER, "2.5"), "Say how often: a whole number from 1 to 999."),
        (Choices(REGULARLY, ends="count", count=""), "Say how many times: a whole number from 1 to 10,000."),
        (Choices(REGULARLY, ends="until"), "Say until which day."),
    ],
)
def test_what_is_missing_is_said(choices: Choices, sentence: str) -> None:
    with pytest.raises(Invalid) as raised:
        to_rule(choices, DAY)
    assert (raised.value.sentence, raised.value.field) == (sentence, "rule")


@pytest.mark.parametrize(
    ("seconds", "words"),
    [(0, ""), (59, ""), (61, "1 minute late"), (7200, "2 hours late"), (8 * 86400, "8 days late")],
)
def test_how_late_it_rang_is_told_in_the_largest_of_days_hours_and_minutes(seconds: int, words: str) -> None:
    assert wording.late(seconds) == words
