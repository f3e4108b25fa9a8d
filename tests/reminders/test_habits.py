"""Where people mean different things by the same words: what is taken, what is said, what else it could be."""

from datetime import UTC, datetime

import pytest

from assistant.errors import Invalid
from assistant.reminders.parsing.habits import Habits, country_of, habits_of
from assistant.reminders.parsing.model import Parsed
from assistant.reminders.parsing.parser import parse
from assistant.storage.database import Database
from assistant.users import preferences
from assistant.users.models import User
from assistant.users.preferences import Preferences
from tests.reminders.test_parser import when

NOW = datetime(2026, 11, 25, 9, tzinfo=UTC)  # a Wednesday, 10:00 in Berlin


def read(sentence: str, **habits: object) -> Parsed:
    return parse(sentence, now=NOW, zone="Europe/Berlin", habits=Habits(**habits))  # type: ignore[arg-type]


def others(found: Parsed) -> list[str]:
    return [problem.instead.sentence if problem.instead else "" for problem in found.problems]


@pytest.mark.parametrize(
    ("said", "taken", "instead", "other"),
    [
        ("call Bo next friday", "2026-11-27 09:00", "call Bo on 4 December 2026", "2026-12-04 09:00"),
        ("Oma am nächsten Freitag anrufen #familie", "2026-11-27 09:00", "Oma am 4.12.2026 anrufen #familie",
         "2026-12-04 09:00"),
        ("pay on 03/04", "2027-04-03 09:00", "pay on 4 March", "2027-03-04 09:00"),
        ("pay on 3/4/2027 at 5pm", "2027-04-03 17:00", "pay on 4 March 2027 at 5pm", "2027-03-04 17:00"),
        ("tea at 5", "2026-11-25 17:00", "tea at 05:00", "2026-11-26 05:00"),
        ("Tee um 5", "2026-11-25 17:00", "Tee um 05:00 Uhr", "2026-11-26 05:00"),
        ("tea at 5:30 tomorrow", "2026-11-26 17:30", "tea at 05:30 tomorrow", "2026-11-26 05:30"),
        ("film next friday evening", "2026-11-27 19:00", "film on 4 December 2026 evening", "2026-12-04 19:00"),
        ("Film am nächsten Freitagabend", "2026-11-27 19:00", "Film am 4.12.2026 abends", "2026-12-04 19:00"),
        ("call Bo Friday the 3rd", "2027-09-03 09:00", "call Bo on 3 December 2026", "2026-12-03 09:00"),
    ],
)  # fmt: skip
def test_two_readings_are_told_and_the_other_is_a_sentence(said: str, taken: str, instead: str, other: str) -> None:
    found = read(said)
    assert when(found) == taken
    assert others(found) == [instead]
    again = read(instead)
    assert (when(again), again.text, again.tags) == (other, found.text, found.tags)


@pytest.mark.parametrize(
    ("said", "rule", "instead", "other"),
    [
        ("bins every 3rd friday", "FREQ=WEEKLY;INTERVAL=3;BYDAY=FR", "bins on the 3rd Friday of each month", "3FR"),
        ("Müll jeden 2. Dienstag", "FREQ=WEEKLY;INTERVAL=2;BYDAY=TU", "Müll am 2. Dienstag jedes Monats", "2TU"),
    ],
)
def test_every_third_friday_is_of_weeks_or_of_a_month(said: str, rule: str, instead: str, other: str) -> None:
    found = read(said)
    assert (found.rule, others(found)) == (
        rule,
        [instead],
    )
    assert read(instead).rule == f"FREQ=MONTHLY;BYDAY={other}"


@pytest.mark.parametrize(
    ("habits", "said", "local"),
    [
        ({"month_first": True}, "pay on 03/04", "2027-03-04 09:00"),
        ({"month_first": True}, "pay on 25/12", "2026-12-25 09:00"),
        ({"month_first": True}, "am 3.4. zahlen", "2027-04-03 09:00"),
        ({"next_week": True}, "call Bo next friday", "2026-12-04 09:00"),
        ({"next_week": True}, "call Bo next monday", "2026-11-30 09:00"),
        ({"next_week": True}, "call Bo on friday", "2026-11-27 09:00"),
        ({"morning": (7, 30)}, "call Bo tomorrow morning", "2026-11-26 07:30"),
        ({"morning": (7, 30)}, "call Bo tomorrow", "2026-11-26 07:30"),
        ({"morning": (7, 30)}, "call Bo tomorrow morning at 9", "2026-11-26 09:00"),
        ({"noon": (12, 30)}, "call Bo at noon", "2026-11-25 12:30"),
        ({"evening": (18, 0)}, "heute Abend Müll", "2026-11-25 18:00"),
        ({"tonight": (21, 15)}, "movie tonight", "2026-11-25 21:15"),
        ({"country": "US"}, "flowers on mother's day", "2027-05-09 09:00"),
        ({"country": "GB"}, "flowers on mother's day", "2027-03-07 09:00"),
        ({"country": "DE"}, "Vatertag Wandern", "2027-05-06 09:00"),
        ({"country": "AT"}, "Vatertag Wandern", "2027-06-13 09:00"),
        ({"country": "CA"}, "turkey on thanksgiving", "2027-10-11 09:00"),
    ],
)
def test_a_person_has_habits(habits: dict[str, object], said: str, local: str) -> None:
    assert when(read(said, **habits)) == local


def test_a_habit_is_told_too_where_others_mean_something_else() -> None:
    (problem,) = read("call Bo next friday", next_week=True).problems
    assert "or a week before" in problem.sentence
    assert problem.instead
    assert problem.instead.words == "on 27 November 2026"
    (problem,) = read("pay on 03/04", month_first=True).problems
    assert problem.instead
    assert problem.instead.sentence == "pay on 3 April"


@pytest.mark.parametrize(
    ("zone", "country"), [("Europe/Berlin", "DE"), ("America/New_York", "US"), ("UTC", ""), ("Mars/Base", "")]
)
def test_the_country_of_a_zone(zone: str, country: str) -> None:
    assert country_of(zone) == country


def test_habits_come_from_what_a_person_prefers() -> None:
    chosen = Preferences(zone="America/New_York", date_order="mdy", next_weekday="week", evening="18:30")
    assert habits_of(chosen) == Habits(month_first=True, next_week=True, evening=(18, 30), country="US")
    assert habits_of(Preferences()) == Habits()


def test_a_time_of_the_day_is_one(database: Database) -> None:
    anna = User.create(name="anna", key="anna", password="x", created=NOW)
    for odd in ("25:00", "", "9", "09:00:00", "٠٩:٠٠"):
        with pytest.raises(Invalid, match="Choose a time"):
            preferences.save(anna.id, morning=odd)
    assert preferences.save(anna.id, morning="07:15").morning == "07:15"
