"""What other calendars are given: read again by the library that they are built on, and by ourselves."""

import asyncio
import re
from collections.abc import Callable
from datetime import UTC, date, datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

import icalendar
import pytest
import recurring_ical_events
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from assistant.errors import Invalid
from assistant.reminders import moves, queries, reminders, rings, trash
from assistant.reminders.ical import importer, writer
from assistant.reminders.ical.lines import escaped, folded, parsed, unescaped
from assistant.reminders.ical.reader import read
from assistant.reminders.ical.storing import Progress, store
from assistant.reminders.ical.zones.written import changes, timezone
from assistant.reminders.models import Reminder, ReminderTag, Ring
from assistant.reminders.recurrence import next_times
from assistant.reminders.scheduling import claims
from assistant.storage.database import Database
from tests.examples import examples

ANNA, EVE = 1, 2
NOW = datetime(2026, 5, 4, 7, 30, tzinfo=UTC)
ZONES = (
    "UTC", "Europe/Berlin", "Europe/Dublin", "Africa/Casablanca", "Australia/Lord_Howe", "America/New_York",
    "Asia/Kolkata", "Pacific/Apia", "America/Nuuk", "Africa/Cairo", "Asia/Gaza", "Antarctica/Troll",
)  # fmt: skip
RULES = (
    "", "FREQ=DAILY", "FREQ=DAILY;INTERVAL=3;COUNT=40", "FREQ=WEEKLY;BYDAY=MO,WE,FR", "FREQ=WEEKLY;INTERVAL=2;BYDAY=SU",
    "FREQ=MONTHLY;BYMONTHDAY=31", "FREQ=MONTHLY;BYMONTHDAY=-1", "FREQ=MONTHLY;BYDAY=2FR", "FREQ=MONTHLY;BYDAY=-1SU",
    "FREQ=MONTHLY;BYDAY=MO,TU,WE,TH,FR;BYSETPOS=-1", "FREQ=YEARLY", "FREQ=YEARLY;BYMONTH=3,10;BYDAY=-1SU",
    "FREQ=DAILY;UNTIL=20261101T235959", "FREQ=DAILY;UNTIL=20261025", "FREQ=WEEKLY;UNTIL=20270101T000000Z",
    "FREQ=DAILY;INTERVAL=2;BYHOUR=9,21;BYMINUTE=0,30",
)  # fmt: skip


def add(database: Database, text: str = "Water the plants", **more: Any) -> Reminder:
    said: dict[str, Any] = {"local": datetime(2026, 6, 1, 9), "zone": "Europe/Berlin", "now": NOW, "user": ANNA} | more
    return database.run_here(reminders.add, said.pop("user"), text=text, **said)


def feed(database: Database, user: int = ANNA) -> Any:
    return icalendar.Calendar.from_ical(database.run_here(writer.feed, user, NOW))


def expanded(calendar: Any, start: datetime, end: datetime) -> list[datetime]:
    found = recurring_ical_events.of(calendar).between(start, end)
    instants = {event["DTSTART"].dt.astimezone(UTC) for event in found}
    return sorted(instant for instant in instants if start <= instant < end)


@pytest.mark.parametrize("zone", ZONES)
def test_calendars_see_each_occurrence_at_its_instant(database: Database, zone: str) -> None:
    start, end = datetime(2026, 5, 4, tzinfo=UTC), datetime(2027, 5, 30, tzinfo=UTC)
    for rule in RULES:
        row = add(database, zone=zone, rule=rule, local=datetime(2026, 5, 31, 9, 30))
        ours = [one.at for one in database.run_here(queries.between, ANNA, start, end, "UTC")]
        assert ours, (zone, rule)
        assert expanded(feed(database), start, end) == ours, (zone, rule)
        database.run_here(trash.delete, ANNA, row.id, NOW)


@pytest.mark.parametrize(
    "rule",
    [
        "FREQ=DAILY;EXCEPT=1224,HOLIDAYS-DE", "FREQ=WEEKLY;BYDAY=MO,FR;EXCEPT=0801-0831,EASTER+1",
        "FREQ=DAILY;INTERVAL=2;EXCEPT=SU;UNTIL=20280401T235959", "FREQ=DAILY;EXCEPT=0602-0605;COUNT=30",
        "FREQ=YEARLY;FEAST=EASTER+1", "FREQ=YEARLY;INTERVAL=2;FEAST=DIWALI", "FREQ=YEARLY;FEAST=RAMADAN;EXCEPT=2027",
    ],
)  # fmt: skip
def test_calendars_see_what_no_rule_of_theirs_says_by_its_dates(database: Database, rule: str) -> None:
    rule = rule.replace("EXCEPT=2027", "EXCEPT=20270101-20271231")
    row = add(database, rule=rule, local=datetime(2026, 6, 1, 9, 30))
    start, end = datetime(2026, 5, 4, tzinfo=UTC), datetime(2031, 12, 30, tzinfo=UTC)
    ours = next_times.occurrences(row.local, row.zone, row.rule, start, end, 10_000)
    assert ours
    assert expanded(feed(database), start, end) == ours
    assert "FEAST" not in database.run_here(writer.feed, ANNA, NOW).decode()
    taken = read(database.run_here(writer.export, ANNA, NOW), zone="Europe/Berlin", now=NOW)
    assert not taken.skipped
    assert not taken.remarks
    database.run_here(store, EVE, taken.drafts, NOW, Progress(1))
    copy = Reminder.get(Reminder.user == EVE)
    assert (copy.local, copy.rule, copy.at, copy.due) == (row.local, row.rule, row.at, row.due)
    assert not Ring.select().where(Ring.user == EVE).exists()  # nothing is left out twice


@pytest.mark.parametrize("zone", ["Europe/Berlin", "Australia/Lord_Howe", "America/New_York"])
def test_a_repetition_keeps_its_time_on_the_wall_over_both_changes(database: Database, zone: str) -> None:
    add(database, zone=zone, rule="FREQ=DAILY", local=datetime(2026, 1, 1, 9))
    seen = expanded(feed(database), datetime(2026, 1, 2, tzinfo=UTC), datetime(2027, 1, 1, tzinfo=UTC))
    assert {instant.astimezone(ZoneInfo(zone)).hour for instant in seen} == {9}
    assert len({instant.hour * 60 + instant.minute for instant in seen}) == 2


def told(zone: str, first: int, last: int) -> list[tuple[datetime, timedelta]]:
    """The changes that a reader of the VTIMEZONE alone would find: instants in UTC and offsets from then on."""
    text = "\r\n".join(["BEGIN:VCALENDAR", *timezone(zone, first, last), "END:VCALENDAR", ""])
    calendar: Any = icalendar.Calendar.from_ical(text)
    found = []
    for part in calendar.walk("VTIMEZONE")[0].subcomponents:
        start, before, after = part["DTSTART"].dt, part["TZOFFSETFROM"].td, part["TZOFFSETTO"].td
        walls: set[Any] = {start}
        if "RRULE" in part:
            rule, end = part["RRULE"].to_ical().decode(), datetime(2200, 1, 1, tzinfo=UTC)
            if until := re.search(r"UNTIL=(\w+);?", rule):
                stop = datetime.strptime(until[1], "%Y%m%dT%H%M%SZ").replace(tzinfo=UTC)
                rule, end = rule.replace(until[0], ""), stop + before + timedelta(seconds=1)
            found_by_rule = next_times.occurrences(start, "UTC", rule.rstrip(";"), NOW.replace(year=1900), end)
            walls |= {wall.replace(tzinfo=None) for wall in found_by_rule}
        dates = part.get("RDATE", [])
        for line in dates if isinstance(dates, list) else [dates]:
            walls |= {each.dt for each in line.dts}
        found += [(wall.replace(tzinfo=UTC) - before, after) for wall in walls]
    return sorted(found)


@pytest.mark.parametrize("zone", [*ZONES[1:], "Asia/Tehran", "America/Sao_Paulo", "Europe/Istanbul", "Asia/Kathmandu"])
def test_a_zone_says_what_its_clocks_show(zone: str) -> None:
    changed, place = told(zone, 2005, 2031), ZoneInfo(zone)
    moments = [datetime(2005, 1, 2, tzinfo=UTC) + timedelta(hours=6 * step) for step in range(27 * 365 * 4)]
    for change in changes(zone, datetime(2026, 1, 1, tzinfo=UTC), datetime(2028, 1, 1, tzinfo=UTC)):
        instant = change.wall.replace(tzinfo=UTC) - change.before
        moments += [instant - timedelta(seconds=1), instant]
    at, wrong = 0, []
    for moment in sorted(moments):
        while at + 1 < len(changed) and changed[at + 1][0] <= moment:
            at += 1
        if changed[at][1] != moment.astimezone(place).utcoffset():
            wrong.append(moment)
    assert not wrong, wrong[:5]


def test_the_weeks_of_winter_time_in_casablanca_are_told() -> None:
    begin, end = datetime(2026, 1, 1, tzinfo=UTC), datetime(2028, 1, 1, tzinfo=UTC)
    assert [f"{change.wall:%Y-%m-%d %H}" for change in changes("Africa/Casablanca", begin, end)] == [
        "2026-02-15 03", "2026-03-22 02", "2027-02-07 03", "2027-03-14 02",
    ]  # fmt: skip


def test_what_comes_each_year_alike_is_a_rule_without_end() -> None:
    lines = timezone("Europe/Berlin", 2025, 2036)
    assert "RRULE:FREQ=YEARLY;BYMONTH=3;BYDAY=-1SU" in lines
    assert "RRULE:FREQ=YEARLY;BYMONTH=10;BYDAY=-1SU" in lines
    assert len(lines) < 25


def test_the_feed_shows_what_is_to_be_done_and_leaves_alarms_to_us(database: Database) -> None:
    timed = add(database, "Dentist", note="Bring\nthe card", tags=["health", "a, b"], priority=3, leads=[0, 30])
    add(database, "Learn the cello", local=None)
    finished = add(database, "Tax", zone="UTC")
    database.run_here(rings.complete, ANNA, finished.id, NOW)
    database.run_here(trash.delete, ANNA, add(database, "Deleted").id, NOW)
    add(database, "Eve's own", user=EVE)
    calendar = feed(database)
    (event,), (task,) = calendar.walk("VEVENT"), calendar.walk("VTODO")
    assert (event["SUMMARY"], event["DESCRIPTION"], event["UID"]) == ("Dentist", "Bring\nthe card", timed.uid)
    assert event["CATEGORIES"].cats == ["health", "a, b"]
    assert (event["PRIORITY"], event["TRANSP"]) == (1, "TRANSPARENT")
    assert event["DTSTART"].dt == datetime(2026, 6, 1, 9, tzinfo=ZoneInfo("Europe/Berlin"))
    assert event["LAST-MODIFIED"].dt == NOW
    assert task["SUMMARY"] == "Learn the cello"
    assert not calendar.walk("VALARM")


def test_dates_that_are_taken_out_are_said_by_their_time_on_the_wall(database: Database) -> None:
    row = add(database, rule="FREQ=DAILY")
    out = datetime(2026, 6, 3, 7, tzinfo=UTC)
    database.run_here(moves.move, ANNA, row.id, date(2026, 6, 20), NOW, occurrence=out)
    seen = expanded(feed(database), NOW, datetime(2026, 6, 6, tzinfo=UTC))
    assert [instant.day for instant in seen] == [1, 2, 4, 5]


def test_dates_that_are_taken_out_stay_out_in_another_account(database: Database) -> None:
    row = add(database, rule="FREQ=DAILY")
    out = datetime(2026, 6, 1, 7, tzinfo=UTC)
    database.run_here(moves.move, ANNA, row.id, date(2026, 6, 20), NOW, occurrence=out)
    data = database.run_here(writer.export, ANNA, NOW)

    async def bring() -> None:
        async for _ in importer.run(database, EVE, data, zone="Europe/Berlin", now=NOW):
            pass

    asyncio.run(bring())
    until = datetime(2026, 6, 22, tzinfo=UTC)
    mine, theirs = (
        [one.at for one in database.run_here(queries.between, user, NOW, until, "Europe/Berlin")]
        for user in (ANNA, EVE)
    )
    assert mine == theirs
    assert out not in theirs
    assert [ring.occurrence.day for ring in database.run_here(claims.claim_due, out + timedelta(hours=1))] == []


def test_lines_end_and_fold_as_the_standard_says(database: Database) -> None:
    add(database, "ü" * 200, note="\n".join(["§ 12; a, b \\ c"] * 30))
    data = database.run_here(writer.export, ANNA, NOW)
    assert data.endswith(b"END:VCALENDAR\r\n")
    assert b"\n" not in data.replace(b"\r\n", b"")
    assert max(len(line) for line in data.split(b"\r\n")) <= 75
    for line in data.split(b"\r\n"):
        line.decode()  # no character is cut in two


def test_a_path_of_windows_survives(database: Database) -> None:
    # The library takes \N for a line end wherever it stands.
    add(database, r"C:\News\new", note=r"\n \N \\, \;")
    assert through(database)[0].text == r"C:\News\new"
    assert through(database)[0].note == r"\n \N \\, \;"


def through(database: Database) -> list[Reminder]:
    """Eve's reminders after she imported all that Anna has."""
    data = database.run_here(writer.export, ANNA, NOW)

    async def bring() -> list[Any]:
        steps = importer.run(database, EVE, data, zone="Asia/Tokyo", now=NOW)
        return [(step.created, tuple(step.skipped)) async for step in steps]

    assert asyncio.run(bring())[-1][1] == ()
    return list(Reminder.select().where(Reminder.user == EVE).order_by(Reminder.id))


FIELDS = (
    "uid", "text", "note", "priority", "local", "zone", "rule", "after_done", "leads", "follows", "at", "due",
    "state", "done", "created", "updated", "words",
)  # fmt: skip


def fields(rows: list[Reminder]) -> list[tuple[dict[str, Any], list[str]]]:
    tags = {row.id: [tag.name for tag in ReminderTag.select().where(ReminderTag.reminder == row)] for row in rows}
    return [({name: getattr(row, name) for name in FIELDS}, tags[row.id]) for row in rows]


def test_an_export_brings_the_same_reminders_into_another_account(database: Database) -> None:
    for number, rule in enumerate(RULES):
        add(database, f"Rule {number}", rule=rule, zone=ZONES[number % len(ZONES)], priority=number % 4)
    add(database, "Leads", leads=[0, 10, 1440], tags=["Home", "a, b; c", "#x"], note="one\n\ntwo", follows=True)
    add(database, "After it was done", after_done="P3D", leads=[5])
    add(database, "Someday", local=None, leads=[15], zone="America/Nuuk")
    add(database, "Overdue", local=datetime(2026, 5, 1, 9), allow_past=True)
    add(database, "Overdue for ever", local=datetime(2026, 1, 1, 9), rule="FREQ=DAILY;COUNT=3", allow_past=True)
    for text, more in (("Done", {}), ("Someday done", {"local": None}), ("Rule done", {"rule": "FREQ=DAILY;COUNT=1"})):
        database.run_here(rings.complete, ANNA, add(database, text, **more).id, NOW)
    mine = list(Reminder.select().where(Reminder.user == ANNA).order_by(Reminder.id))
    theirs = through(database)
    assert fields(theirs) == fields(mine)
    assert database.run_here(writer.export, EVE, NOW) == database.run_here(writer.export, ANNA, NOW)


TEXTS = st.text(st.characters(blacklist_categories=["Cs"]), min_size=1, max_size=120)


@given(TEXTS)
def test_any_text_comes_back_from_a_line(text: str) -> None:
    data = folded([f"SUMMARY:{escaped(text)}"])
    line = parsed(data.decode().replace("\r\n ", "").removesuffix("\r\n"))
    assert line is not None
    kept = "".join(sign for sign in text if sign in "\t\n" or (ord(sign) >= 32 and ord(sign) != 127))
    assert line.text == kept == unescaped(escaped(text))


@settings(max_examples=examples(40), suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None)
@given(text=TEXTS, note=st.text(max_size=300), tags=st.lists(TEXTS.filter(lambda tag: len(tag) < 90), max_size=4))
def test_any_reminder_comes_back(database: Database, text: str, note: str, tags: list[str]) -> None:
    def clear() -> None:
        ReminderTag.delete().execute()
        Reminder.delete().execute()

    database.run_here(clear)
    try:
        mine = add(database, text, note=note, tags=tags)
    except Invalid:
        return
    printable: Callable[[str], str] = lambda given: "".join(  # noqa: E731 - said where it is used
        sign for sign in given if sign in "\t\n" or (ord(sign) >= 32 and ord(sign) != 127)
    )
    if not printable(mine.text).strip():
        return
    (theirs,) = through(database)
    assert theirs.text == " ".join(printable(mine.text).split())
    assert theirs.note == printable(mine.note).strip()


def test_far_years_have_zones_in_a_moment(database: Database) -> None:
    add(database, local=datetime(2199, 12, 31, 9))
    add(database, local=datetime(1970, 1, 1, 9), allow_past=True)
    (zone,) = feed(database).walk("VTIMEZONE")
    assert zone["TZID"] == "Europe/Berlin"
    assert expanded(feed(database), *(datetime(2199, 12, day, tzinfo=UTC) for day in (30, 31))) == []
    assert date(2199, 12, 31) in {event["DTSTART"].dt.date() for event in feed(database).walk("VEVENT")}
