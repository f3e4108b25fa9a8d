"""A reminder is said in a sentence that is understood as exactly it, or not at all."""

from datetime import UTC, datetime, timedelta

import pytest

from assistant.reminders.parsing.formatter import Meaning, format_sentence
from assistant.reminders.parsing.parser import parse
from assistant.reminders.recurrence import next_times, timezones
from assistant.reminders.validation import interval
from tests.reminders.sentence_table import ENGLISH, GERMAN, Phrase
from tests.reminders.sentences import lines, read

NOW = datetime(2026, 11, 25, 9, tzinfo=UTC)  # 10:00 in Berlin
BERLIN = "Europe/Berlin"


def said(text: str, local: datetime | None, rule: str = "", zone: str = BERLIN, **more: object) -> str:
    return format_sentence(Meaning(text, local, zone, rule, **more), now=NOW, zone=BERLIN)  # type: ignore[arg-type]


@pytest.mark.parametrize("phrase", [*ENGLISH, *GERMAN], ids=lambda phrase: phrase.said)
def test_what_was_understood_is_said_and_understood_again(phrase: Phrase) -> None:
    first = parse(phrase.said, now=NOW, zone=BERLIN)
    meant = Meaning(first.text, first.local, first.zone, first.rule, first.after_done, first.leads)
    again = parse(format_sentence(meant, now=NOW, zone=BERLIN), now=NOW, zone=BERLIN)
    assert (again.text, again.local) == (first.text, first.local)
    assert pause(again.after_done) == pause(first.after_done)
    assert sorted(again.leads) == sorted(first.leads)
    assert (again.rule, first.rule) == ("", "") or times(again.rule, first.local) == times(first.rule, first.local)


def pause(after_done: str) -> timedelta | None:
    return interval(after_done) if after_done else None


def times(rule: str, local: datetime | None) -> list[datetime]:
    assert local
    start = timezones.utc(local, BERLIN)
    return next_times.occurrences(local, BERLIN, rule, start, start.replace(year=start.year + 60), 100)


@pytest.mark.parametrize(
    ("sentence", "expected"),
    [
        (said("tea", datetime(2026, 11, 25, 17, 5)), "tea today at 17:05"),
        (said("tea", datetime(2026, 11, 26, 9)), "tea tomorrow at 09:00"),
        (said("tea", datetime(2026, 12, 4, 9)), "tea on 4 December 2026 at 09:00"),
        (said("tea", None), "tea"),
        (said("tea", datetime(2026, 11, 27, 17), "FREQ=WEEKLY"), "tea every week at 17:00 starting 27 November 2026"),
        (
            said("tea", datetime(2026, 11, 26, 9), leads=(0, 1440)),
            "tea tomorrow at 09:00, remind me the day before and at the time",
        ),
        (said("tea", datetime(2026, 11, 26, 9), after_done="P2W"), "tea every 2 weeks after it is done at 09:00"),
        (said("tea", datetime(2026, 11, 26, 9), zone="Asia/Tokyo"), "tea tomorrow at 09:00 Asia/Tokyo"),
    ],
)
def test_it_is_said_as_people_would(sentence: str, expected: str) -> None:
    assert sentence == expected


@pytest.mark.parametrize(
    ("text", "rule"),
    [
        ("tomorrow at 9", ""),  # its text would be taken as a time
        ("tea", "FREQ=YEARLY;BYYEARDAY=137"),  # no sentence of ours says this
        ("tea", "FREQ=NONSENSE"),
    ],
)
def test_what_no_sentence_says_is_not_said(text: str, rule: str) -> None:
    assert said(text, datetime(2027, 5, 17, 9), rule) == ""


def test_each_rule_that_sentences_make_is_said_in_a_sentence() -> None:
    made = {
        found.rule: found for each in ("english", "german") for line in lines(each) if (found := read(line, each)).rule
    }
    silent = [rule for rule, each in made.items() if not said("tea", each.local, rule, each.zone)]
    # Within one day until an hour, and on a 30th or the last day of February; holidays are those of where one is.
    assert [rule for rule in silent if "HOLIDAYS-US" not in rule] == [
        "FREQ=HOURLY;UNTIL=20261125T180000", "FREQ=MONTHLY;INTERVAL=4;BYMONTHDAY=28,29,30;BYSETPOS=-1",
    ]  # fmt: skip
