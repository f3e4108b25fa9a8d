"""Days that a repetition leaves out, and feasts on which it comes: this year and in those to come."""

from datetime import UTC, date, datetime, timedelta
from itertools import takewhile
from time import process_time

import holidays
import pytest
from dateutil.easter import EASTER_ORTHODOX, easter
from hypothesis import given, settings
from hypothesis import strategies as st

from assistant.errors import Invalid
from assistant.reminders import queries, reminders
from assistant.reminders.recurrence import next_times, wording
from assistant.reminders.recurrence.feasts.days import days_in
from assistant.storage.database import Database
from tests.examples import examples

START = datetime(2026, 11, 26, 9)
DAYS = [START.date() + timedelta(days=passed) for passed in range(6 * 366)]
NOW = datetime(2026, 11, 25, 9, tzinfo=UTC)


def came(rule: str, until: int = 2033, local: datetime = START) -> list[date]:
    """The days on which it comes until that year."""
    walls = next_times.walls_after(local, "Europe/Berlin", rule, local)
    return [wall.date() for wall in takewhile(lambda wall: wall.year < until, walls)]


def missing(said: str) -> set[date]:
    """The days that a daily repetition leaves out."""
    return set(DAYS) - set(came(f"FREQ=DAILY;EXCEPT={said}"))


@pytest.mark.parametrize(
    ("said", "is_out"),
    [
        ("1224", lambda day: (day.month, day.day) == (12, 24)),
        ("20271224", lambda day: day == date(2027, 12, 24)),
        ("0801-0815", lambda day: day.month == 8 and day.day <= 15),
        ("1224-0106", lambda day: (day.month, day.day) >= (12, 24) or (day.month, day.day) <= (1, 6)),
        ("20270720-20280105", lambda day: date(2027, 7, 20) <= day <= date(2028, 1, 5)),
        ("01,15", lambda day: day.day in {1, 15}),
        ("-1", lambda day: (day + timedelta(days=1)).day == 1),
        ("0229-0301", lambda day: (day.month, day.day) in {(2, 29), (3, 1)}),
        ("1MO", lambda day: day.weekday() == 0 and day.day <= 7),
        ("-1FR", lambda day: day.weekday() == 4 and (day + timedelta(days=7)).month != day.month),
        ("SA,SU", lambda day: day.weekday() > 4),
        ("EASTER+1", lambda day: day == easter(day.year) + timedelta(days=1)),
        ("HOLIDAYS-DE", lambda day: day in holidays.country_holidays("DE", years=day.year)),
        ("HOLIDAYS-US,1224", lambda day: day in holidays.country_holidays("US", years=day.year) or day.day == 24),
    ],
)
def test_what_is_left_out_is_so_in_each_year(said: str, is_out: object) -> None:
    expected = {day for day in DAYS if callable(is_out) and is_out(day)}
    if said == "HOLIDAYS-US,1224":
        expected = {day for day in expected if day.day != 24 or day.month == 12 or day in us_holidays()}
    assert missing(said) == expected


def us_holidays() -> set[date]:
    return set(holidays.country_holidays("US", years=range(2026, 2034)))


RULES = (
    "FREQ=DAILY", "FREQ=DAILY;INTERVAL=3", "FREQ=WEEKLY;BYDAY=MO,TU,WE,TH,FR", "FREQ=MONTHLY;BYMONTHDAY=24,-1",
    "FREQ=MONTHLY;BYDAY=MO,TU,WE,TH,FR;BYSETPOS=-1", "FREQ=HOURLY;INTERVAL=5",
    "FREQ=YEARLY;BYMONTH=12;BYMONTHDAY=24,25",
)  # fmt: skip
OUT = ("1224", "0101-0131", "1224-0106", "HOLIDAYS-GB", "EASTER-2", "1MO", "31", "20261224-20270110")


@settings(max_examples=examples(60), deadline=None)
@given(st.sampled_from(RULES), st.sets(st.sampled_from(OUT), min_size=1), st.integers(0, 900), st.integers(1, 200))
def test_it_comes_when_its_rule_says_but_then(rule: str, out: set[str], later: int, days: int) -> None:
    from_day, without = START + timedelta(days=later), f"{rule};EXCEPT={','.join(sorted(out))}"
    window = (from_day.replace(tzinfo=UTC), (from_day + timedelta(days=days)).replace(tzinfo=UTC))
    every = next_times.occurrences(START, "UTC", rule, *window, 10_000)
    gone = set().union(*map(missing, out))
    assert next_times.occurrences(START, "UTC", without, *window, 10_000) == [
        each for each in every if each.date() not in gone
    ]


def test_so_many_times_are_those_that_come() -> None:
    assert came("FREQ=DAILY;EXCEPT=1127,1128;COUNT=3") == [date(2026, 11, 26), date(2026, 11, 29), date(2026, 11, 30)]


@pytest.mark.parametrize("freq", ["DAILY", "HOURLY", "MINUTELY", "MONTHLY;BYMONTHDAY=1,2,3;BYSETPOS=2"])
def test_what_leaves_all_out_is_refused_at_once(freq: str) -> None:
    begun = process_time()
    with pytest.raises(Invalid, match="never comes true"):
        next_times.check_rule(f"FREQ={freq};EXCEPT=0101-1231", START)
    assert process_time() - begun < 5  # an hour, where each minute of a century is looked at


@pytest.mark.parametrize(
    "part",
    [
        "EXCEPT=", "EXCEPT=1332", "EXCEPT=20270229", "EXCEPT=0801-", "EXCEPT=0801-20270815", "EXCEPT=20270815-20270801",
        "EXCEPT=HOLIDAYS-XX", "EXCEPT=HOLIDAYS", "EXCEPT=6MO", "EXCEPT=32", "EXCEPT=0", "EXCEPT=EASTER+9999",
        "EXCEPT=YULE", "FEAST=", "FEAST=YULE", "FEAST=13-1", "FEAST=13:1MO", "FEAST=EASTER;BYMONTH=3",
        "FEAST=EASTER;BYSETPOS=1",
    ],
)  # fmt: skip
def test_what_says_no_days_is_refused_with_its_field(part: str) -> None:
    with pytest.raises(Invalid) as refused:
        next_times.check_rule(f"FREQ=YEARLY;{part}", START)
    assert refused.value.field == "rule"


def test_a_feast_is_of_years() -> None:
    with pytest.raises(Invalid, match="FREQ=YEARLY"):
        next_times.check_rule("FREQ=DAILY;FEAST=EASTER", START)


@pytest.mark.parametrize(
    ("feast", "days"),
    [
        ("EASTER", ["2027-03-28", "2028-04-16", "2029-04-01", "2030-04-21"]),
        ("EASTER-2", ["2027-03-26", "2028-04-14", "2029-03-30", "2030-04-19"]),
        ("ORTHODOX", ["2027-05-02", "2028-04-16", "2029-04-08", "2030-04-28"]),
        ("ADVENT1", ["2026-11-29", "2027-11-28", "2028-12-03", "2029-12-02", "2030-12-01"]),
        ("4:-1SA-3", ["2027-04-21", "2028-04-26", "2029-04-25", "2030-04-24"]),
        ("12-25-2", ["2026-12-23", "2027-12-23", "2028-12-23", "2029-12-23", "2030-12-23"]),
        ("1-1-1", ["2026-12-31", "2027-12-31", "2028-12-31", "2029-12-31", "2030-12-31"]),
        ("LUNARYEAR", ["2027-02-06", "2028-01-26", "2029-02-13", "2030-02-03"]),
        ("DIWALI", ["2027-10-29", "2028-10-17", "2029-11-05", "2030-10-26"]),
        ("ROSHHASHANAH", ["2027-10-02", "2028-09-21", "2029-09-10", "2030-09-28"]),
        ("RAMADAN", ["2027-02-08", "2028-01-28", "2029-01-16", "2030-01-05", "2030-12-26"]),  # twice in 2030
    ],
)
def test_a_feast_comes_on_its_day_of_each_year(feast: str, days: list[str]) -> None:
    assert [f"{day}" for day in came(f"FREQ=YEARLY;FEAST={feast}", 2031)] == days


def test_both_easters_are_those_that_others_compute() -> None:
    years = range(1990, 2099)
    assert [days_in(year, "easter") for year in years] == [(easter(year),) for year in years]
    assert [days_in(year, "orthodox") for year in years] == [(easter(year, EASTER_ORTHODOX),) for year in years]


def test_a_feast_ends_and_skips_years_like_any_other_rule() -> None:
    assert [day.year for day in came("FREQ=YEARLY;INTERVAL=2;FEAST=EASTER", local=datetime(2027, 3, 28, 9))] == [
        2027, 2029, 2031,
    ]  # fmt: skip
    assert len(came("FREQ=YEARLY;FEAST=EASTER;COUNT=3")) == 3
    assert [day.year for day in came("FREQ=YEARLY;FEAST=EASTER;UNTIL=20281231")] == [2027, 2028]
    assert [day.year for day in came("FREQ=YEARLY;FEAST=EASTER;EXCEPT=20280416")] == [2027, 2029, 2030, 2031, 2032]


@pytest.mark.parametrize(
    ("rule", "words"),
    [
        ("FREQ=DAILY;EXCEPT=1224", "every day except on 24 December"),
        ("FREQ=DAILY;EXCEPT=1224,20270102", "every day except on 24 December and 2 January 2027"),
        ("FREQ=DAILY;EXCEPT=0801-0815;UNTIL=20281231", "every day except from 1 to 15 August, until 31 December 2028"),
        ("FREQ=DAILY;EXCEPT=1224-0106", "every day except from 24 December to 6 January"),
        ("FREQ=DAILY;EXCEPT=HOLIDAYS-DE", "every day except on public holidays in Germany"),
        ("FREQ=DAILY;EXCEPT=EASTER+1,HOLIDAYS-US", "every day except on Easter Monday and on public holidays in the "
         "United States"),
        ("FREQ=DAILY;EXCEPT=SA,SU,01,-1,-1FR", "every day except on Saturdays, Sundays, the 1st of the month, the last "
         "day of the month and the last Friday of the month"),
        ("FREQ=YEARLY;FEAST=EASTER-2", "every year on Good Friday"),
        ("FREQ=YEARLY;INTERVAL=2;FEAST=DIWALI", "every second year on Diwali"),
        ("FREQ=YEARLY;FEAST=12-25-2", "every year 2 days before Christmas"),
        ("FREQ=YEARLY;FEAST=11:4TH-1", "every year on the day before Thanksgiving"),
        ("FREQ=YEARLY;FEAST=1-12+3", "every year 3 days after 12 January"),
    ],
)  # fmt: skip
def test_it_is_said_in_plain_words(rule: str, words: str) -> None:
    assert wording.in_words(rule) == words


def test_lists_and_calendars_do_not_show_what_is_left_out(database: Database) -> None:
    rule = "FREQ=DAILY;EXCEPT=1224,HOLIDAYS-DE"
    row = database.run_here(reminders.add, 1, text="run", local=START, zone="Europe/Berlin", now=NOW, rule=rule)
    assert row.rule == rule
    start, end = datetime(2027, 12, 22, tzinfo=UTC), datetime(2027, 12, 29, tzinfo=UTC)
    shown = database.run_here(queries.between, 1, start, end, "Europe/Berlin")
    assert [one.at.day for one in shown] == [22, 23, 27, 28]  # Christmas is on the 25th and 26th
