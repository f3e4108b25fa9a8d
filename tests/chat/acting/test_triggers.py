"""What a person's own words ask for, without a model: nothing that was asked is missed, nothing else is begun."""

from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path
from time import process_time

import pytest

from assistant.chat.acting.words.triggers import triggers
from assistant.reminders.parsing.parser import parse

NOW = datetime(2026, 11, 30, 8, 0, tzinfo=UTC)  # a Monday, 09:00 in Berlin
QUESTIONS = (Path(__file__).parent / "questions.txt").read_text("utf-8").splitlines()
TOMORROW, FRIDAY = "12-01", "12-04"
ASKED = {
    "remind me to call the landlord tomorrow at 9": ("call the landlord", TOMORROW, "09:00"),
    "Remind me on Friday at 5pm to take out the bins!": ("take out the bins", FRIDAY, "17:00"),
    "please set a reminder for take out the bins tomorrow 8am": ("take out the bins", TOMORROW, "08:00"),
    "Can you remind me to buy milk tomorrow?": ("buy milk", TOMORROW, "09:00"),
    "hey, could you please remind me about the dentist tomorrow at 10, thanks": ("the dentist", TOMORROW, "10:00"),
    "I want you to remind me on 5 December at 18:00 to phone mum": ("phone mum", "12-05", "18:00"),
    "I'd like to be reminded of the tablets tomorrow at 8": ("the tablets", TOMORROW, "08:00"),
    "Don’t forget to remind me tomorrow at 9 about tea": ("tea", TOMORROW, "09:00"),
    "Don't let me forget to pay the rent on Friday at 10": ("pay the rent", FRIDAY, "10:00"),
    "I have a headache. Remind me tomorrow at 9 a.m. to call the doctor. Thanks!":
        ("call the doctor", TOMORROW, "09:00"),
    "set a timer for 10 minutes": ("Timer", "11-30", "09:10"),
    "set an alarm for 7am tomorrow": ("Alarm", TOMORROW, "07:00"),
    "Wake me up tomorrow at 6:30": ("Wake up", TOMORROW, "06:30"),
    "Kannst du mich morgen um 9 an die Mülltonne erinnern?": ("die Mülltonne", TOMORROW, "09:00"),
    "Erinnere mich morgen um 8 bitte an den Zahnarzt": ("den Zahnarzt", TOMORROW, "08:00"),
    "Kannst du mich bitte morgen daran erinnern, dass ich Oma anrufe?": ("ich Oma anrufe", TOMORROW, "09:00"),
    "Ich möchte morgen um 8 an die Tabletten erinnert werden": ("die Tabletten", TOMORROW, "08:00"),
    "Setze eine Erinnerung für morgen 10 Uhr: Blumen gießen": ("Blumen gießen", TOMORROW, "10:00"),
    "Stell mir bitte einen Timer auf 5 Minuten": ("Timer", "11-30", "09:05"),
    "Wecke mich morgen um 7": ("Aufwachen", TOMORROW, "07:00"),
}  # fmt: skip


def offered(text: str) -> Iterator[tuple[str, str, str]]:
    """What the words ask for that can be done: the text, the day and the time of a reminder, or what else."""
    for one in triggers(text):
        if one.act != "remind":
            yield one.act, one.words, one.kind
            continue
        found = parse(one.words, now=NOW, zone="Europe/Berlin")
        if found.local:
            yield found.text or one.otherwise, f"{found.local:%m-%d}", f"{found.local:%H:%M}"


@pytest.mark.parametrize(("text", "wanted"), ASKED.items())
def test_a_reminder_is_asked_for(text: str, wanted: tuple[str, str, str]) -> None:
    assert list(offered(text)) == [wanted]


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        ("note: buy oats", ("save_note", "buy oats", "")),
        ("Note to self: the key is under the mat", ("save_note", "the key is under the mat", "")),
        ("Notiz: Code ist 1234\nund mehr", ("save_note", "Code ist 1234\nund mehr", "")),
        ("Merk dir: Anna mag keinen Koriander", ("remember", "Anna mag keinen Koriander", "")),
        ("find my notes about tea", ("find", "tea", "note")),
        ("Find tea in my notes", ("find", "tea", "note")),
        ("search my reminders for dentist", ("find", "dentist", "reminder")),
        ("Suche in meinen Notizen nach Steuer", ("find", "Steuer", "note")),
        ("find: landlord", ("find", "landlord", "")),
    ],
)  # fmt: skip
def test_a_note_or_a_search_is_asked_for(text: str, wanted: tuple[str, str, str]) -> None:
    assert list(offered(text)) == [wanted]


def test_ordinary_questions_begin_nothing() -> None:
    assert len(QUESTIONS) >= 200
    assert {text: begun for text in QUESTIONS if (begun := list(offered(text)))} == {}


def test_two_reminders_are_two() -> None:
    text = "Remind me tomorrow at 9 to buy tea. Remind me on Friday at 17:00 to pay the rent."
    assert [what for what, *_ in offered(text)] == ["buy tea", "pay the rent"]


def test_a_long_text_costs_nothing() -> None:
    text = "Why is this so, and what would it be if it were not, remind him? " * 1500
    begun = process_time()
    assert list(offered(text)) == []
    assert process_time() - begun < 0.5
