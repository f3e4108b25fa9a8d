"""Sentences about reminders: what is understood, what is said about them, and what survives as text."""

from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from assistant.reminders import validation
from assistant.reminders.parsing.interpreter import KINDS
from assistant.reminders.parsing.languages.english.table import ENGLISH as IN_ENGLISH
from assistant.reminders.parsing.languages.german.table import GERMAN as IN_GERMAN
from assistant.reminders.parsing.matching.grammar import BY_ITSELF, GRAMMAR
from assistant.reminders.parsing.model import Parsed
from assistant.reminders.parsing.parser import LONGEST, parse
from assistant.reminders.recurrence import next_times, timezones
from tests.examples import examples
from tests.reminders.sentence_table import ENGLISH, GERMAN, Phrase

BERLIN = "Europe/Berlin"
NOW = datetime(2026, 11, 25, 9, tzinfo=UTC)  # a Wednesday, 10:00 in Berlin


def read(sentence: str, *, now: datetime = NOW, zone: str = BERLIN) -> Parsed:
    return parse(sentence, now=now, zone=zone)


def when(understood: Parsed) -> str:
    return f"{understood.local:%Y-%m-%d %H:%M}" if understood.local else ""


def kinds(understood: Parsed) -> list[str]:
    return [problem.kind for problem in understood.problems]


def test_there_are_at_least_forty_phrases_in_each_language() -> None:
    assert len({phrase.said for phrase in ENGLISH}) >= 40
    assert len({phrase.said for phrase in GERMAN}) >= 40


@pytest.mark.parametrize(
    ("phrase", "language"),
    [(phrase, "en") for phrase in ENGLISH] + [(phrase, "de") for phrase in GERMAN],
    ids=lambda value: value.said if isinstance(value, Phrase) else value,
)
def test_a_phrase_means(phrase: Phrase, language: str) -> None:
    found = read(phrase.said)
    assert Phrase(phrase.said, found.text, when(found), found.rule, found.leads, found.after_done) == phrase
    assert found.zone == BERLIN
    assert found.language == language or not found.spans


@pytest.mark.parametrize("phrase", ENGLISH + GERMAN, ids=lambda phrase: phrase.said)
def test_the_rule_of_a_phrase_is_valid_and_begins_with_its_first_time(phrase: Phrase) -> None:
    found = read(phrase.said)
    if found.local and found.rule:
        assert next_times.check_rule(found.rule, found.local) == found.rule
        assert next_times.first_wall(found.local, found.zone, found.rule) == found.local


@pytest.mark.parametrize("phrase", ENGLISH + GERMAN, ids=lambda phrase: phrase.said)
def test_capitals_and_spaces_change_nothing(phrase: Phrase) -> None:
    loose, found = read(f"  {phrase.said.upper().replace(' ', '   ')}  "), read(phrase.said)
    assert (loose.local, loose.rule, loose.leads) == (found.local, found.rule, found.leads)


@pytest.mark.parametrize(
    ("said", "text", "local", "rule"),
    [
        ("call mum every hour until 18:00", "call mum", "2026-11-25 11:00", "FREQ=HOURLY;UNTIL=20261125T180000"),
        ("every 45 minutes between 9 and 12 walk", "walk", "2026-11-25 10:30",
         "FREQ=DAILY;BYHOUR=9,10,11,12;BYMINUTE=0,15,30,45;BYSETPOS=1,4,7,10,13"),
        ("every 2 hours between 22 and 6 look", "look", "2026-11-25 22:00",
         "FREQ=DAILY;BYHOUR=0,2,4,6,22;BYMINUTE=0"),
        ("every 2 hours from 9 to 5 water", "water", "2026-11-25 11:00",
         "FREQ=DAILY;BYHOUR=9,11,13,15,17;BYMINUTE=0"),
        ("Mondays at 8:00 and 20:30 pills", "pills", "2026-11-30 08:00",
         "FREQ=DAILY;BYDAY=MO;BYHOUR=8,20;BYMINUTE=0,30;BYSETPOS=1,4"),
        ("on Monday and Thursday at 7 gym", "gym", "2026-11-26 07:00", "FREQ=WEEKLY;BYDAY=MO,TH;COUNT=2"),
        ("tomorrow at 9 and 17 pills", "pills", "2026-11-26 09:00", "FREQ=DAILY;BYHOUR=9,17;BYMINUTE=0;COUNT=2"),
        ("last weekday of the month payroll", "payroll", "2026-11-30 09:00",
         "FREQ=MONTHLY;BYDAY=MO,TU,WE,TH,FR;BYSETPOS=-1"),
        ("every first Monday in March tax", "tax", "2027-03-01 09:00", "FREQ=YEARLY;BYMONTH=3;BYDAY=1MO"),
        ("first Monday in March tax", "tax", "2027-03-01 09:00", ""),
        ("last day of next month report", "report", "2026-12-31 09:00", ""),
        ("3rd of next month report", "report", "2026-12-03 09:00", ""),
        ("at the end of each month report", "report", "2026-11-30 09:00", "FREQ=MONTHLY;BYMONTHDAY=-1"),
        ("every 2 hours on weekdays stretch", "stretch", "2026-11-25 12:00",
         "FREQ=HOURLY;INTERVAL=2;BYDAY=MO,TU,WE,TH,FR"),
        ("every night at 11 lock the door", "lock the door", "2026-11-25 23:00", "FREQ=DAILY"),
        ("meeting tomorrow from 2 to 4pm", "meeting", "2026-11-26 14:00", ""),
        ("call mum at 9 in the evening", "call mum", "2026-11-25 21:00", ""),
        ("call at 8 and 9pm", "call", "2026-11-25 20:00", "FREQ=DAILY;BYHOUR=20,21;BYMINUTE=0;COUNT=2"),
        ("call at 0900 tomorrow", "call", "2026-11-26 09:00", ""),
        ("every 1st and 15th pay", "pay", "2026-12-01 09:00", "FREQ=MONTHLY;BYMONTHDAY=1,15"),
        ("every month on the last day pay", "pay", "2026-11-30 09:00", "FREQ=MONTHLY;BYMONTHDAY=-1"),
        ("in 2 months on the 5th pay", "pay", "2027-01-05 09:00", ""),
        ("on 5 and 6 December party", "party", "2026-12-05 09:00",
         "FREQ=YEARLY;BYMONTH=12;BYMONTHDAY=5,6;COUNT=2"),
        ("a week from today call", "call", "2026-12-02 09:00", ""),
        ("nächstes Jahr im März Urlaub", "Urlaub", "2027-03-01 09:00", ""),
        ("Bericht bis Freitag um 17 Uhr abgeben", "Bericht abgeben", "2026-11-27 17:00", ""),
        ("Sa. 10 Uhr Markt", "Markt", "2026-11-28 10:00", ""),
        ("jeden 1. des Monats Miete", "Miete", "2026-12-01 09:00", "FREQ=MONTHLY;BYMONTHDAY=1"),
        ("um 20 Uhr und um Mitternacht Sekt", "Sekt", "2026-11-25 20:00",
         "FREQ=DAILY;BYHOUR=0,20;BYMINUTE=0;COUNT=2"),
        ("tonight at 1 moon", "moon", "2026-11-26 01:00", ""),
        ("Freitag in zwei Wochen Oma", "Oma", "2026-12-11 09:00", ""),
        ("morgen um 24 Uhr Sekt", "Sekt", "2026-11-27 00:00", ""),
        ("heute Abend 8:00 Film", "Film", "2026-11-25 20:00", ""),
        ("fünf vor halb neun Events", "Events", "2026-11-25 20:25", ""),
        ("jeden 2. Dienstag im Monat Müll", "Müll", "2026-12-08 09:00", "FREQ=MONTHLY;BYDAY=2TU"),
        ("jedes Monatsende Bericht", "Bericht", "2026-11-30 09:00", "FREQ=MONTHLY;BYMONTHDAY=-1"),
        ("jeden Montag, Mittwoch und Freitag um 18 Uhr Sport", "Sport", "2026-11-25 18:00",
         "FREQ=WEEKLY;BYDAY=MO,WE,FR"),
        ("alle 4 Wochen am Montag um 8 Müll", "Müll", "2026-11-30 08:00", "FREQ=WEEKLY;INTERVAL=4;BYDAY=MO"),
        ("ab übernächster Woche jeden Montag Sport", "Sport", "2026-12-07 09:00", "FREQ=WEEKLY;BYDAY=MO"),
        ("jeden Tag Sport bis übernächsten Freitag", "Sport", "2026-11-26 09:00",
         "FREQ=DAILY;UNTIL=20261204T235959"),
        ("on Monday and Thursday at 6pm gym", "gym", "2026-11-26 18:00", "FREQ=WEEKLY;BYDAY=MO,TH;COUNT=2"),
        ("two weeks from Friday dentist", "dentist", "2026-12-11 09:00", ""),
        ("3 days from Monday dentist", "dentist", "2026-12-03 09:00", ""),
        ("a week from tomorrow dentist", "dentist", "2026-12-03 09:00", ""),
        ("the week after next dentist", "dentist", "2026-12-07 09:00", ""),
        ("Ende nächsten Jahres kündigen", "kündigen", "2027-12-31 09:00", ""),
        ("Anfang März Steuer", "Steuer", "2027-03-01 09:00", ""),
        ("every Monday run from 9 to 10", "run", "2026-11-30 09:00", "FREQ=WEEKLY;BYDAY=MO"),
        ("tomorrow call mum from 14 to 15", "call mum", "2026-11-26 14:00", ""),
        ("meeting 9-10:30 tomorrow", "meeting", "2026-11-26 09:00", ""),
        ("eine Woche lang Tabletten um 8", "Tabletten", "2026-11-26 08:00", "FREQ=DAILY;UNTIL=20261202T235959"),
        ("Bier 17h", "Bier", "2026-11-25 17:00", ""),
        ("at 7p call mum", "call mum", "2026-11-25 19:00", ""),
        ("do it later at 17:00", "do it", "2026-11-25 17:00", ""),
        ("daily vitamins starting tomorrow", "vitamins", "2026-11-26 09:00", "FREQ=DAILY"),
        ("weekly review on Monday", "review", "2026-11-30 09:00", "FREQ=WEEKLY;BYDAY=MO"),
        ("Oma um 17 Uhr anrufen", "Oma anrufen", "2026-11-25 17:00", ""),
    ],
)  # fmt: skip
def test_less_common_phrases(said: str, text: str, local: str, rule: str) -> None:
    found = read(said)
    assert (found.text, when(found), found.rule) == (text, local, rule)
    if found.rule:
        assert found.local
        assert next_times.first_wall(found.local, BERLIN, next_times.check_rule(found.rule, found.local)) == found.local


@pytest.mark.parametrize(
    ("said", "kind", "part", "local"),
    [
        ("today run", "ambiguous", "09:00 has passed today; taken as 12:00", "2026-11-25 12:00"),
        ("heute Milch kaufen", "ambiguous", "09:00 has passed today; taken as 12:00", "2026-11-25 12:00"),
        ("today at 8 run", "ambiguous", "08:00 has passed today; taken as 20:00", "2026-11-25 20:00"),
        ("today at 8am run", "past", "Thursday 26 November 2026 at 08:00", "2026-11-25 08:00"),
        ("heute um 8 Uhr laufen", "past", "Thursday 26 November 2026 at 08:00", "2026-11-25 08:00"),
        ("3 March 2026 visa", "past", "Wednesday 3 March 2027 at 09:00", "2026-03-03 09:00"),
        ("25 November at 8:00am visa", "past", "Thursday 25 November 2027 at 08:00", "2026-11-25 08:00"),
        ("yesterday call", "past", "Thursday 26 November 2026 at 09:00", "2026-11-24 09:00"),
        ("at 5 call", "ambiguous", "05:00 or 17:00; taken as 17:00", "2026-11-25 17:00"),
        ("at 9 call", "ambiguous", "09:00 or 21:00; taken as 21:00", "2026-11-25 21:00"),
        ("um 5 anrufen", "ambiguous", "05:00 or 17:00; taken as 17:00", "2026-11-25 17:00"),
        ("morgen um halb sieben Sport", "ambiguous", "06:30 or 18:30; taken as 06:30", "2026-11-26 06:30"),
        ("3/4/2027 pay", "ambiguous", "3 April or 4 March; taken as 3 April", "2027-04-03 09:00"),
        ("next Friday call", "ambiguous", "Friday 27 November 2026 or a week later", "2026-11-27 09:00"),
        ("on Wednesday call", "ambiguous", "Today is a Wednesday", "2026-12-02 09:00"),
        ("Monday 27 November call", "ambiguous", "is not a Monday", "2026-11-27 09:00"),
        ("Friday the 3rd call", "ambiguous", "is not a Friday; taken as Friday 3 September 2027", "2027-09-03 09:00"),
        ("tomorrow on the 5th call", "ambiguous", "is not day 5", "2026-11-26 09:00"),
        ("every day every week run", "ambiguous", "More than one repetition", "2026-11-26 09:00"),
        ("tomorrow at midnight call", "ambiguous", "taken as its end", "2026-11-27 00:00"),
        ("tomorrow morning at 17:00 call", "ambiguous", "another part of the day", "2026-11-26 17:00"),
        ("next month call", "ambiguous", "first day", "2026-12-01 09:00"),
        ("in March call", "ambiguous", "first day", "2027-03-01 09:00"),
        ("monthly on the 31st call", "ambiguous", "skipped", "2026-12-31 09:00"),
        ("29 February yearly call", "ambiguous", "leap years", "2028-02-29 09:00"),
        ("every first Monday call", "ambiguous", "once in each month", "2026-12-07 09:00"),
        ("call mum at 9am and dad at 10am", "ambiguous", "More than one time", "2026-11-26 09:00"),
        ("call mum tonight at 8 and dad tomorrow at 9", "ambiguous", "More than one day", "2026-11-25 20:00"),
        ("2x täglich Tablette", "ambiguous", "daily at 09:00 and 19:00", "2026-11-25 19:00"),
        ("Montag in einer Woche Arzt", "ambiguous", "30 November 2026 or a week later", "2026-11-30 09:00"),
        (
            "run every day until the fair",
            "ambiguous",
            "“until the fair” was not understood; it has no end",
            "2026-11-26 09:00",
        ),
        (
            "jeden Tag bis zur Messe laufen",
            "ambiguous",
            "“bis zur Messe laufen” was not understood; it has no end",
            "2026-11-26 09:00",
        ),
        (
            "call mum tomorrow at 9 until the fair",
            "ambiguous",
            "“until the fair” stays in the text",
            "2026-11-26 09:00",
        ),
        ("call mum in half an hour and again tomorrow", "ambiguous", "More than one day", "2026-11-25 10:30"),
        ("meeting at 10 or 11 tomorrow", "ambiguous", "the first is taken", "2026-11-26 10:00"),
        ("meeting at 10pm or 11pm", "ambiguous", "the first is taken", "2026-11-25 22:00"),
        ("um 10 oder 11 Uhr Termin morgen", "ambiguous", "the first is taken", "2026-11-26 10:00"),
        ("meeting at 10 or 99 o'clock tomorrow", "ambiguous", "not taken as a time", "2026-11-26 09:00"),
        ("meet Bob on Monday or Tuesday", "ambiguous", "the first is taken", "2026-11-30 09:00"),
        ("tomorrow or Friday call Bob", "ambiguous", "the first is taken", "2026-11-26 09:00"),
        ("meeting 15:00-16:00", "ambiguous", "taken as its beginning", "2026-11-25 15:00"),
        (
            "daily stand-up notes at 9 tomorrow",
            "ambiguous",
            "“daily” stays in the text; it rings once",
            "2026-11-26 09:00",
        ),
        ("nachher Müll", "ambiguous", "taken as in 2 hours", "2026-11-25 12:00"),
        ("call mum later", "ambiguous", "taken as in 2 hours", "2026-11-25 12:00"),
        ("heute noch Müll rausbringen", "ambiguous", "taken as in 2 hours", "2026-11-25 12:00"),
        ("later today call mum", "ambiguous", "taken as in 2 hours", "2026-11-25 12:00"),
        ("next week wash the car", "ambiguous", "taken as its Monday", "2026-11-30 09:00"),
        ("übernächsten Freitag Arzt", "ambiguous", "or a week later", "2026-12-04 09:00"),
        ("viertel 4 Kaffee", "ambiguous", "“viertel 4” is taken as 3:15", "2026-11-25 15:15"),
        ("um viertel vier Kaffee", "ambiguous", "is taken as 3:15", "2026-11-25 15:15"),
        ("report by end of the week", "ambiguous", "as its Friday", "2026-11-27 09:00"),
        ("call mum in 10", "ambiguous", "“in 10” was not understood", ""),
        ("call mum 7p", "ambiguous", "“7p” was not understood", ""),
        ("twice a month run", "ambiguous", "“twice a month” was not understood", ""),
        ("3 mal pro Monat laufen", "ambiguous", "“3 mal pro Monat” was not understood", ""),
        ("call mum in a few minutes", "ambiguous", "“in a few minutes” is taken as 3", "2026-11-25 10:03"),
        ("in ein paar Minuten Müll", "ambiguous", "“in ein paar Minuten” is taken as 3", "2026-11-25 10:03"),
        ("Christmas dinner at 7pm", "ambiguous", "“Christmas” is not taken as the day", "2026-11-25 19:00"),
        ("a week from monday every day run", "impossible", "so long after a weekday", ""),
        ("30 February pay", "impossible", "no 30 February", ""),
        ("am 30.2. zahlen", "impossible", "no 30 February", ""),
        ("2027-02-30 pay", "impossible", "no 30 February 2027", ""),
        ("29 February 2027 pay", "impossible", "no 29 February 2027", ""),
        ("31 November yearly pay", "impossible", "no 31 November", ""),
        ("31st of this month pay", "impossible", "no 31 November 2026", ""),
        ("tomorrow at 25:00 pay", "impossible", "No clock", ""),
        ("at 13pm pay", "impossible", "No clock", ""),
        ("every second pay", "impossible", "once a minute", ""),
        ("every 30 seconds pay", "impossible", "once a minute", ""),
        ("every 0 days pay", "impossible", "once a minute", ""),
        ("1000000 times every day pay", "impossible", "10,000", ""),
        ("every 999999 weeks pay", "impossible", "too seldom", ""),
        ("40th day of the month pay", "impossible", "No month has a day 40", ""),
        ("sixth Monday of each month pay", "impossible", "No day fits", ""),
        ("um Mitternacht aus, um 19 Uhr essen am 25. Dezember", "ambiguous", "More than one time", "2026-12-26 00:00"),
        ("every 7 minutes between 0:00 and 23:59 pay", "ambiguous", "do not fit", "2026-11-26 00:00"),
        ("every day until yesterday pay", "impossible", "ends before it begins", ""),
        ("in 9999 years pay", "impossible", "too far", ""),
        ("in 500 years pay", "impossible", "hundred years", ""),
        ("call at 9am Europe/Londn", "unknown_zone", "Europe/Londn", "2026-11-26 09:00"),
        ("tomorrow 9am Atlantis time call", "unknown_zone", "Atlantis", "2026-11-26 09:00"),
        ("tomorrow at 9", "no_text", "remind you of", "2026-11-26 09:00"),
        ("", "no_text", "remind you of", ""),
        (" \0\n\t", "no_text", "remind you of", ""),
        ("a" * (LONGEST + 1), "too_long", "1,000", ""),
    ],
)
def test_what_is_wrong_or_open_is_said(said: str, kind: str, part: str, local: str) -> None:
    found = read(said)
    assert kind in kinds(found)
    assert any(part in problem.sentence for problem in found.problems if problem.kind == kind)
    assert when(found) == local


@pytest.mark.parametrize(
    "said",
    ["call mum tomorrow at 9", "every weekday 8:30 run", "this Friday run", "on 3 March run", "run tonight at 8",
     "kommenden Freitag um 17 Uhr laufen", "am Montag laufen", "in 20 minutes run", "pay 25/12/2026", "pay 13/1",
     "call mum on Christmas", "weekly review every Friday", "3 bis 4 Äpfel morgen kaufen", "buy 3 or 4 pears tomorrow",
     "jeden Tag laufen bis Ende März", "gym Monday and Thursday until Christmas", "in 1h30 run", "Fr 17h Bier",
     "at midnight run", "heute Nacht um 3 Mond", "9 Uhr laufen", "run at 17"],
)  # fmt: skip
def test_nothing_is_said_where_nothing_is_open(said: str) -> None:
    assert read(said).problems == ()


@pytest.mark.parametrize(
    ("said", "text"),
    [
        ("buy 3 apples tomorrow", "buy 3 apples"),
        ("buy 3 tomorrow", "buy 3"),
        ("call May tomorrow", "call May"),
        ("on 1 May call May", "call May"),
        ("read 1984 tonight", "read 1984"),
        ("watch 24 tonight", "watch 24"),
        ("meet Mark at 5 bistro tomorrow", "meet Mark at 5 bistro"),
        ("write the weekly report tomorrow", "write the weekly report"),
        ("read the second book on sunday", "read the second book"),
        ("add 5 to 6 cups tomorrow", "add 5 to 6 cups"),
        ("tomorrow update to v3.3.", "update to v3.3"),
        ('"meet me tomorrow at 9" at 20:30', '"meet me tomorrow at 9"'),
        ("🎉 party tomorrow", "🎉 party"),
        ("morgen Guten Morgen sagen", "Guten Morgen sagen"),
        ("morgen Miete um 3 Prozent erhöhen", "Miete um 3 Prozent erhöhen"),
        ("morgen 3 Äpfel und 2 Birnen", "3 Äpfel und 2 Birnen"),
        ("call mum tomorrow and dad", "call mum and dad"),
        ("buy Christmas presents on Monday", "buy Christmas presents"),
        ("Christmas shopping tomorrow", "Christmas shopping"),
        ("buy presents for Christmas tomorrow", "buy presents for Christmas"),
        ("read chapter 3 or 4 tomorrow", "read chapter 3 or 4"),
        ("quarter 4 report tomorrow", "quarter 4 report"),
        ("watch 1080p video tomorrow", "watch 1080p video"),
        ("20h Schicht morgen um 9 Uhr", "20h Schicht"),
        ("morgen um 8 eine Woche lang Urlaub", "eine Woche lang Urlaub"),
        ("read until page 50 tonight", "read until page 50"),
        ("wake me up tomorrow at 7", "wake me up"),
        ("ask Bob to ring me tomorrow", "ask Bob to ring me"),
    ],
)
def test_what_only_looks_like_a_time_stays(said: str, text: str) -> None:
    assert read(said).text == text


@pytest.mark.parametrize(
    "said",
    ["buy 3 apples", "call May", "read 1984", "meet Mark at 5 bistro", "wait a second", "sit in the sun",
     "boil eggs for 5 minutes", "The Daily Show", "buy Sunday newspaper",
     "keep the milk until Friday evening", "keep the milk until Christmas", "order a tree before Christmas",
     "eine Woche lang Urlaub", "see you later", "save this for later", "invest in 3 companies",
     "invite 10 to 12 people", "Guten Morgen sagen", "10.1.1.1 neu starten",
     "every", "at", "in", "call and/or write", "so geht das"],
)  # fmt: skip
def test_a_sentence_without_a_time_is_for_someday(said: str) -> None:
    found = read(said)
    assert (found.text, found.local, found.rule, found.spans) == (said, None, "", ())


def test_spans_are_the_words_about_time() -> None:
    said = "Please remind me on Monday at 17:30 to fetch the parcel, an hour before"
    assert [said[start:end] for start, end in read(said).spans] == ["on Monday at 17:30", "an hour before"]


@pytest.mark.parametrize(
    ("said", "zone", "local"),
    [
        ("call Tom tomorrow 9am Berlin time", "Europe/Berlin", "2026-11-26 09:00"),
        ("call Tom at 9am Europe/London", "Europe/London", "2026-11-25 09:00"),
        ("tomorrow at 9 New York time call Tom", "America/New_York", "2026-11-26 09:00"),
        ("call Tom at 9am PST tomorrow", "America/Los_Angeles", "2026-11-26 09:00"),
        ("um 9 Uhr New Yorker Zeit morgen Tom anrufen", "America/New_York", "2026-11-26 09:00"),
        ("morgen um 9 Uhr Wiener Zeit Tom anrufen", "Europe/Vienna", "2026-11-26 09:00"),
    ],
)
def test_a_zone_in_the_sentence(said: str, zone: str, local: str) -> None:
    found = read(said, now=NOW - timedelta(hours=1))
    assert (found.zone, when(found)) == (zone, local)
    assert found.text in {"call Tom", "Tom anrufen"}


@pytest.mark.parametrize(
    ("hour", "local"), [(7, "09:00"), (9, "12:00"), (13, "19:00"), (20, "22:00"), (23, "09:00")], ids=str
)
def test_today_alone_is_the_next_part_of_it_that_is_left(hour: int, local: str) -> None:
    found = read("call mum today", now=datetime(2026, 11, 25, hour, 30, tzinfo=UTC), zone="UTC")
    assert when(found) == f"2026-11-25 {local}"
    assert ("past" in [problem.kind for problem in found.problems]) == (hour == 23)


def test_today_is_the_zones_today() -> None:
    late = datetime(2026, 11, 25, 23, 30, tzinfo=UTC)
    assert when(read("run tomorrow", now=late)) == "2026-11-27 09:00"
    assert when(read("run tomorrow", now=late, zone="America/New_York")) == "2026-11-26 09:00"


@pytest.mark.parametrize("zone", ["Mars/Base", "", "../etc/passwd", "Europe", "\0"])
def test_an_unknown_zone_of_the_user_is_said(zone: str) -> None:
    found = read("run tomorrow", zone=zone)
    assert kinds(found) == ["unknown_zone"]
    assert found.zone == "UTC"


@pytest.mark.parametrize(
    ("now", "said", "local", "zone"),
    [
        # 28 March 2027: 02:00 becomes 03:00 at 01:00 UTC. 25 October 2026: 03:00 becomes 02:00 at 01:00 UTC.
        ("2027-03-28T00:30", "in 1 hour run", "2027-03-28 03:30", BERLIN),
        ("2027-03-27T12:00", "in 24 hours run", "2027-03-28 14:00", BERLIN),
        ("2027-03-27T12:00", "in 1 day at 9 run", "2027-03-28 09:00", BERLIN),
        ("2027-03-27T12:00", "tomorrow at 02:30 run", "2027-03-28 02:30", BERLIN),
        ("2026-10-25T00:30", "in 20 minutes run", "2026-10-25 02:50", BERLIN),
        ("2026-10-25T00:50", "in 20 minutes run", "2026-10-25 01:10", "UTC"),
        ("2026-10-25T00:50", "every 20 minutes run", "2026-10-25 02:10", BERLIN),
        ("2026-10-24T12:00", "tomorrow at 02:30 run", "2026-10-25 02:30", BERLIN),
        ("2026-10-24T12:00", "every day at 9:00 run", "2026-10-25 09:00", BERLIN),
    ],
)
def test_around_a_change_of_the_clocks(now: str, said: str, local: str, zone: str) -> None:
    found = read(said, now=datetime.fromisoformat(now).replace(tzinfo=UTC))
    assert (when(found), found.zone) == (local, zone)


@pytest.mark.parametrize("zone", [BERLIN, "Australia/Lord_Howe", "America/New_York", "Africa/Casablanca"])
def test_time_that_has_to_pass_is_exact_whatever_the_clocks_do(zone: str) -> None:
    for quarters in range(4 * 24 * 366):
        now = NOW + timedelta(minutes=15 * quarters)
        if (now + timedelta(minutes=50)).astimezone(ZoneInfo(zone)).fold or quarters % 977 == 0:
            found = read("in 50 minutes run", now=now, zone=zone)
            assert found.local
            assert timezones.utc(found.local, found.zone) == now + timedelta(minutes=50)


def test_a_skipped_and_a_repeated_time_are_said() -> None:
    skipped = read("run tomorrow at 02:30", now=datetime(2027, 3, 27, 12, tzinfo=UTC))
    twice = read("run tomorrow at 02:30", now=datetime(2026, 10, 24, 12, tzinfo=UTC))
    assert "skip 02:30" in skipped.problems[0].sentence
    assert "02:30 twice" in twice.problems[0].sentence


WORDS = sorted({" ".join(words) for each in (IN_ENGLISH, IN_GERMAN) for words in each.lexicon})
SIGNS = [
    "3",
    "9",
    "31",
    "0",
    "17",
    "99",
    "1000",
    "2027",
    "8:30",
    "25:61",
    "3.3.",
    "30.2.",
    "3/4",
    "2027-02-30",
    ",",
    ".",
]
SENTENCES = st.lists(st.sampled_from(WORDS + SIGNS) | st.text(max_size=8), max_size=14).map(" ".join)
MOMENTS = st.timedeltas(timedelta(0), timedelta(days=4000)).map(
    lambda passed: datetime(2025, 1, 1, tzinfo=UTC) + passed
)
ZONES = st.sampled_from([BERLIN, "America/New_York", "Pacific/Apia", "Asia/Kathmandu", "Australia/Lord_Howe", "UTC"])


def check(found: Parsed, sentence: str) -> None:
    ends = [0, *(place for span in found.spans for place in span), len(sentence)]
    assert ends == sorted(ends)
    assert all(start < end for start, end in found.spans)
    assert "\0" not in found.text
    if found.rule:
        assert found.local
        assert next_times.check_rule(found.rule, found.local) == found.rule
        assert next_times.first_wall(found.local, found.zone, found.rule) is not None
    if found.local and found.local.replace(tzinfo=ZoneInfo(found.zone)) < NOW and "past" not in kinds(found):
        pytest.fail(f"{sentence!r} is moved into the past silently: {found}")


@settings(deadline=None, max_examples=examples(300))
@given(sentence=st.text(max_size=LONGEST + 9))
def test_no_text_raises(sentence: str) -> None:
    check(read(sentence), sentence)


@settings(deadline=None, max_examples=examples(1000))
@given(sentence=SENTENCES)
def test_no_soup_of_words_about_time_raises(sentence: str) -> None:
    check(read(sentence), sentence)


@settings(deadline=None, max_examples=examples(300))
@given(phrase=st.sampled_from(ENGLISH + GERMAN), now=MOMENTS, zone=ZONES)
def test_a_phrase_is_in_the_future_at_every_moment(phrase: Phrase, now: datetime, zone: str) -> None:
    found = read(phrase.said, now=now, zone=zone)
    if found.local and "past" not in kinds(found):
        assert timezones.utc(found.local, found.zone) >= now.replace(microsecond=0) - timedelta(hours=1)
        assert found.rule == "" or next_times.first_wall(found.local, zone, found.rule) == found.local


@pytest.mark.parametrize("phrase", [phrase for phrase in ENGLISH + GERMAN if phrase.after_done], ids=lambda p: p.said)
def test_a_pause_of_a_phrase_can_be_kept(phrase: Phrase) -> None:
    assert validation.valid_interval(phrase.after_done) == phrase.after_done


def test_every_kind_of_pattern_has_a_meaning() -> None:
    assert {pattern.kind for pattern in GRAMMAR + BY_ITSELF} - {"command", "keep", "unclear", "over"} == set(KINDS)


HOSTILE = ["a " * 250, "1 " * 250, "every " * 83, "at 9 and " * 55, "1.1." * 125, "in 1 " * 100, "monday " * 71,
           "monday and " * 45, '"' * 500, "europe/" * 71, "9" * 500, "🎉" * 500, "first monday of " * 31,
           "every 3 hours between 9 and 18 " * 16, "the day before and " * 26, "remind me " * 50, "1st and " * 62,
           "\0" * 500, "'" * 500, "a'" * 250, "every day until " * 31, "alle drei tage nachdem ich " * 18,
           "until christmas " * 31, "every until " * 41, "10 or 11 " * 55, "9-10:30" * 71, "17h30 " * 83, "7p " * 166,
           "viertel 4 " * 50, "a week from monday " * 26, "twice a week " * 38, "later " * 83,
           "weekly " * 71]  # fmt: skip


@pytest.mark.parametrize("said", HOSTILE, ids=lambda said: said[:15].encode("ascii", "replace").decode())
def test_hostile_sentences_are_read_without_harm(said: str) -> None:
    check(read(said[:500]), said[:500])


@pytest.mark.parametrize(
    ("said", "text", "priority", "tags", "local"),
    [
        ("call mum tomorrow at 9 !high #family", "call mum", 3, ("family",), "2026-11-26 09:00"),
        ("#work !low report tomorrow at 9", "report", 1, ("work",), "2026-11-26 09:00"),
        ("morgen um 9 Miete zahlen !hoch #haus/geld", "Miete zahlen", 3, ("haus/geld",), "2026-11-26 09:00"),
        ("read #Books #books2 someday", "read", 0, ("Books", "books2"), ""),
        ("fix #12 and a#b tomorrow at 9", "fix #12 and a#b", 0, (), "2026-11-26 09:00"),
        ("party!! !highway tomorrow at 9", "party!! !highway", 0, (), "2026-11-26 09:00"),
    ],
)
def test_marks_are_tags_and_priorities(said: str, text: str, priority: int, tags: tuple[str, ...], local: str) -> None:
    found = read(said)
    assert (found.text, found.priority, found.tags, when(found)) == (text, priority, tags, local)
