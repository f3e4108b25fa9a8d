"""Calendar files as other programs write them, and as nobody should."""

import asyncio
import time
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from assistant.errors import Invalid
from assistant.reminders import queries, reminders, trash
from assistant.reminders.ical import importer, writer
from assistant.reminders.ical.events import Draft
from assistant.reminders.ical.importer import Plan
from assistant.reminders.ical.reader import Found, read
from assistant.reminders.ical.storing import Progress
from assistant.reminders.models import DONE, Reminder
from assistant.storage.database import Database

ANNA, EVE = 1, 2
NOW = datetime(2026, 5, 4, 7, 30, tzinfo=UTC)


def file(*parts: str, head: str = "VERSION:2.0\nPRODID:-//Test//EN") -> bytes:
    return "\r\n".join(["BEGIN:VCALENDAR", *head.splitlines(), *parts, "END:VCALENDAR", ""]).encode()


def event(*lines: str, kind: str = "VEVENT", uid: str = "one@test", text: str = "Dentist") -> str:
    return "\r\n".join([f"BEGIN:{kind}", f"UID:{uid}", f"SUMMARY:{text}", *lines, f"END:{kind}"])


def found(data: bytes) -> Found:
    return read(data, zone="Europe/Berlin", now=NOW)


def only(*lines: str, **more: Any) -> Draft:
    result = found(file(event(*lines, **more)))
    assert result.skipped == []
    (draft,) = result.drafts
    return draft


def said(result: Found) -> str:
    return "\n".join(f"{name}: {sentence}" for name, sentence in [*result.skipped, *result.remarks])


GOOGLE = """BEGIN:VEVENT
DTSTART;TZID=Europe/Berlin:20260601T170000
DTEND;TZID=Europe/Berlin:20260601T180000
RRULE:FREQ=WEEKLY;WKST=MO;UNTIL=20270531T215959Z;BYDAY=MO
EXDATE;TZID=Europe/Berlin:20260615T170000
DTSTAMP:20260501T080000Z
UID:4fq8abc@google.com
CREATED:20260401T101010Z
DESCRIPTION:Line one\\nLine two\\, with <b>bold</b>
LAST-MODIFIED:20260402T101010Z
LOCATION:Hauptstraße 1\\, Berlin
SEQUENCE:1
STATUS:CONFIRMED
SUMMARY:Yoga\\; with Ünal
TRANSP:OPAQUE
BEGIN:VALARM
ACTION:DISPLAY
DESCRIPTION:This is an event reminder
TRIGGER:-P0DT0H30M0S
END:VALARM
END:VEVENT
BEGIN:VEVENT
DTSTART:20260603T080000Z
DTEND:20260603T090000Z
UID:single@google.com
SUMMARY:Call
END:VEVENT
BEGIN:VEVENT
DTSTART;TZID=Europe/Berlin:20260609T180000
DTEND;TZID=Europe/Berlin:20260609T190000
UID:4fq8abc@google.com
RECURRENCE-ID;TZID=Europe/Berlin:20260608T170000
SUMMARY:Yoga\\; with Ünal
END:VEVENT"""


def test_google(database: Database) -> None:
    result = found(file(*GOOGLE.splitlines(), head="PRODID:-//Google Inc//Google Calendar 70.9054//EN\nVERSION:2.0"))
    yoga, call, other = result.drafts
    assert (yoga.text, yoga.local, yoga.zone) == ("Yoga; with Ünal", datetime(2026, 6, 1, 17), "Europe/Berlin")
    assert yoga.note == "Line one\nLine two, with <b>bold</b>\n\nHauptstraße 1, Berlin"
    assert yoga.leads == (30,)
    assert yoga.created == datetime(2026, 4, 1, 10, 10, 10, tzinfo=UTC)
    assert (call.local, call.zone) == (datetime(2026, 6, 3, 10), "Europe/Berlin")
    assert yoga.without == (datetime(2026, 6, 15, 15, tzinfo=UTC), datetime(2026, 6, 8, 15, tzinfo=UTC))
    assert (other.local, other.rule) == (datetime(2026, 6, 9, 18), "")
    assert said(result) == "In all: 3 entries with an end, which reminders do not have."
    row = database.run_here(
        reminders.add, ANNA, text=yoga.text, local=yoga.local, zone=yoga.zone, rule=yoga.rule, now=NOW, uid=yoga.uid
    )
    last = database.run_here(queries.between, ANNA, NOW.replace(year=2027), NOW.replace(year=2028), "Europe/Berlin")[-1]
    assert (row.rule, last.wall) == ("FREQ=WEEKLY;WKST=MO;UNTIL=20270531T215959Z;BYDAY=MO", datetime(2027, 5, 31, 17))


def test_apple() -> None:
    draft = only(
        "DTSTART;VALUE=DATE:20260614", "DTEND;VALUE=DATE:20260615", "RRULE:FREQ=YEARLY",
        "BEGIN:VALARM", "X-WR-ALARMUID:1", "TRIGGER:-PT15H", "ACTION:AUDIO", "END:VALARM",
        "BEGIN:VALARM", "TRIGGER:PT9H", "ACTION:DISPLAY", "END:VALARM", text="Mum's birthday",
    )  # fmt: skip
    assert (draft.local, draft.zone) == (datetime(2026, 6, 14, 9), "Europe/Berlin")
    assert draft.leads == (0, 1440)  # nine in the morning of the day, and of the day before


def test_apple_reminders() -> None:
    data = file(
        event("DUE;TZID=Europe/Berlin:20260501T180000", "DTSTART;TZID=Europe/Berlin:20260501T180000",
              "PRIORITY:5", "STATUS:NEEDS-ACTION", kind="VTODO"),
        event("STATUS:COMPLETED", "COMPLETED:20260430T101112Z", kind="VTODO", uid="two"),
    )  # fmt: skip
    late, done = found(data).drafts
    assert (late.local, late.priority, late.done) == (datetime(2026, 5, 1, 18), 2, None)
    assert (done.local, done.done) == (None, datetime(2026, 4, 30, 10, 11, 12, tzinfo=UTC))


OUTLOOK_ZONE = """BEGIN:VTIMEZONE
TZID:{}
BEGIN:STANDARD
DTSTART:16011028T030000
RRULE:FREQ=YEARLY;BYDAY=-1SU;BYMONTH=10
TZOFFSETFROM:+0200
TZOFFSETTO:+0100
END:STANDARD
BEGIN:DAYLIGHT
DTSTART:16010325T020000
RRULE:FREQ=YEARLY;BYDAY=-1SU;BYMONTH=3
TZOFFSETFROM:+0100
TZOFFSETTO:+0200
END:DAYLIGHT
END:VTIMEZONE"""
NEW_YORK = """BEGIN:VTIMEZONE
TZID:Customized Time Zone
BEGIN:STANDARD
DTSTART:20071104T020000
RRULE:FREQ=YEARLY;BYDAY=1SU;BYMONTH=11
TZOFFSETFROM:-0400
TZOFFSETTO:-0500
END:STANDARD
BEGIN:DAYLIGHT
DTSTART:20070311T020000
RRULE:FREQ=YEARLY;BYDAY=2SU;BYMONTH=3
TZOFFSETFROM:-0500
TZOFFSETTO:-0400
END:DAYLIGHT
END:VTIMEZONE"""


@pytest.mark.parametrize(
    ("zone", "tzid", "meant"),
    [
        ("", "W. Europe Standard Time", "Europe/Berlin"),
        ("", '"Eastern Standard Time"', "America/New_York"),
        ("", "Europe/London", "Europe/London"),
        ("", "/citadel.org/20211207_1/Europe/Paris", "Europe/Paris"),
        ("", "/freeassociation.sourceforge.net/America/Argentina/Buenos_Aires", "America/Argentina/Buenos_Aires"),
        (OUTLOOK_ZONE.format("Customized Time Zone"), '"Customized Time Zone"', "Europe/Berlin"),
        (OUTLOOK_ZONE.format("(UTC+01:00) Berlin"), '"(UTC+01:00) Berlin"', "Europe/Berlin"),
        (NEW_YORK, "Customized Time Zone", "America/New_York"),
    ],
)
def test_outlook_and_its_names_of_zones(zone: str, tzid: str, meant: str) -> None:
    result = found(file(*zone.splitlines(), event(f"DTSTART;TZID={tzid}:20260601T090000", "RRULE:FREQ=DAILY")))
    assert [(draft.zone, draft.local) for draft in result.drafts] == [(meant, datetime(2026, 6, 1, 9))]
    assert result.remarks == []


def test_a_zone_that_nobody_knows_is_said() -> None:
    result = found(file(event("DTSTART;TZID=Mars/Olympus:20260601T090000")))
    assert result.drafts[0].zone == "Europe/Berlin"
    assert "“Mars/Olympus” is not known" in said(result)


def test_thunderbird_and_nextcloud_tasks() -> None:
    draft = only(
        "CREATED:20260101T000000Z", "PRIORITY:9", "CATEGORIES:Home,Garden\\, front", "CATEGORIES:home",
        "DUE;TZID=Europe/Vienna:20260701T200000", "DESCRIPTION:buy\\nseeds", "PERCENT-COMPLETE:0",
        "X-APPLE-SORT-ORDER:7", "BEGIN:VALARM", "TRIGGER;RELATED=END:-PT1H", "END:VALARM", kind="VTODO",
    )  # fmt: skip
    assert (draft.priority, draft.tags, draft.zone) == (1, ("Home", "Garden, front"), "Europe/Vienna")
    assert (draft.leads, draft.note) == ((60,), "buy\nseeds")


@pytest.mark.parametrize(
    ("lines", "leads"),
    [
        (["BEGIN:VALARM", "TRIGGER;VALUE=DATE-TIME:20260601T063000Z", "END:VALARM"], (30,)),
        (["DTEND:20260601T100000", "BEGIN:VALARM", "TRIGGER;RELATED=END:-PT90M", "END:VALARM"], (30,)),
        (["BEGIN:VALARM", "TRIGGER:PT10M", "END:VALARM"], (0,)),
        (["BEGIN:VALARM", "TRIGGER:-P1W", "END:VALARM", "BEGIN:VALARM", "TRIGGER:-PT5M", "END:VALARM"], (5, 10080)),
        (["BEGIN:VALARM", "TRIGGER:soon", "END:VALARM"], (0,)),
        (["BEGIN:VALARM", "TRIGGER:-P9999999999W", "END:VALARM"], (0,)),
        (["BEGIN:VALARM", "ACTION:DISPLAY", "END:VALARM"], (0,)),
    ],
)
def test_alarms(lines: list[str], leads: tuple[int, ...]) -> None:
    assert only("DTSTART:20260601T090000", *lines).leads == leads


@pytest.mark.parametrize(
    ("lines", "why"),
    [
        (["DTSTART:20260230T090000"], "“20260230T090000” is not a date that exists."),
        (["DTSTART:20260601T250000"], "is not a date that exists"),
        (["DTSTART:tomorrow"], "“tomorrow” is not a date that exists."),
        (["DTSTART:"], "“” is not a date that exists"),
        (["DTSTART:00010101T000000"], "It is in the year 1, which cannot be meant."),
        (["DTSTART:99991231T235959Z"], "in the year 9999"),
        ([], "It has no time."),
        (["DTSTART:20260601T090000", "STATUS:CANCELLED"], "It was cancelled."),
        (["DTSTART:20260601T090000", "RRULE:FREQ=SECONDLY"], "once a minute, not more often"),
        (["DTSTART:20260601T090000", "RRULE:FREQ=YEARLY;BYEASTER=1"], "“BYEASTER” is not a part"),
        (["DTSTART:20260601T090000", "RRULE:D1 #0"], "is not a part of a repetition"),
        (["DTSTART:20260601T090000", "RRULE:FREQ=DAILY;UNTIL=20260531"], "ends before it begins"),
        (["DTSTART:20260601T090000", "RRULE:FREQ=DAILY;COUNT=2", "EXDATE;VALUE=DATE:20260601,20260602"], "all of its"),
        (["DTSTART:19690601T090000", "RRULE:FREQ=DAILY;COUNT=20"], "It was over before 1970."),
        (["DTSTART:19690601T090000"], "It is in the year 1969, which cannot be meant."),
        (["DTSTART:20260601T090000", "RRULE:FREQ=YEARLY;BYMONTH=2;BYMONTHDAY=30"], "never comes true"),
        (["DTSTART:20260601T090000", "X-ASSISTANT-STATE:ACTIVE", "X-ASSISTANT-AFTER-DONE:soon"], "like P3D"),
        (["DTSTART:20260601T090000", "X-ASSISTANT-STATE:ACTIVE", "X-ASSISTANT-LEADS:999999"], "up to a year before"),
    ],
)  # fmt: skip
def test_what_cannot_come_is_skipped_and_said(lines: list[str], why: str) -> None:
    result = found(file(event(*lines), event("DTSTART:20260601T090000", uid="good", text="Good")))
    assert [draft.text for draft in result.drafts] == ["Good"]
    assert [name for name, _ in result.skipped] == ["Dentist"]
    assert why in result.skipped[0][1]


@pytest.mark.parametrize(
    ("lines", "title"),
    [
        ([], "Without a title"),
        (["LOCATION:Room 4\\, left"], "Room 4, left"),
        (["LOCATION:Room 4", "DESCRIPTION:Bring the keys\\nand the cake"], "Bring the keys"),
    ],
)
def test_one_without_a_title_is_called_by_what_it_says(lines: list[str], title: str) -> None:
    result = found(file(event("DTSTART:20260601T090000", *lines, text=" ")))
    assert [draft.text for draft in result.drafts] == [title]
    assert "20260601T090000: It has no title" in said(result)


def test_what_is_over_comes_as_done_and_tasks_stay_overdue() -> None:
    result = found(file(
        event("DTSTART:20200101T090000", uid="a"),
        event("DTSTART:20200101T090000", "RRULE:FREQ=DAILY;COUNT=3", uid="b"),
        event("DTSTART:20200101T090000", "RRULE:FREQ=DAILY", uid="c"),
        event("DUE:20260501T090000", kind="VTODO", uid="d"),
        event("DTSTART;VALUE=DATE:20200101", uid="e"),
    ))  # fmt: skip
    done = {draft.uid: draft.done for draft in result.drafts}
    assert done["a"] == datetime(2020, 1, 1, 8, tzinfo=UTC)
    assert done["b"] == datetime(2020, 1, 3, 8, tzinfo=UTC)
    assert (done["c"], done["d"]) == (None, None)
    assert result.remarks == [
        ("In all", "1 entry without a time of day: 9:00 here."),
        ("In all", "3 from the past: kept as done, so that nothing of them rings."),
    ]


def test_an_invitation_to_one_date_of_a_series_comes_by_itself() -> None:
    draft = only("DTSTART:20260601T090000", "RECURRENCE-ID:20260601T080000")
    assert draft.uid == "one@test/20260601T080000"


@pytest.mark.parametrize("until", ["99991231T235959Z", "99991231", "99991231T235959", "00010101T000000Z"])
@pytest.mark.parametrize("zone", ["America/New_York", "Asia/Tokyo"])
def test_ends_at_the_edge_of_time(database: Database, until: str, zone: str) -> None:
    data = file(event(f"DTSTART;TZID={zone}:20260601T090000", f"RRULE:FREQ=DAILY;UNTIL={until}"))
    progress = bring(database, ANNA, data)
    assert progress.created == (until[0] == "9")
    assert b"UNTIL=99" in database.run_here(writer.feed, ANNA, NOW) or until[0] == "0"


def test_further_dates_are_said() -> None:
    result = found(file(event("DTSTART:20260601T090000", "RDATE:20260701T090000", "EXRULE:FREQ=DAILY")))
    assert "further dates" in said(result)
    assert "exceptions by a rule" in said(result)


def test_titles_notes_and_categories_that_are_too_long_are_cut_and_said() -> None:
    result = found(file(event(
        "DTSTART:20260601T090000", "DESCRIPTION:" + "n" * 20_000, "CATEGORIES:" + "c" * 300 + ",ok,#,ok",
        text="x" * 1_000_000,
    )))  # fmt: skip
    (draft,) = result.drafts
    assert (len(draft.text), len(draft.note), draft.tags) == (500, 10_000, ("ok",))
    assert len(result.remarks) == 3


def test_encodings_ends_of_lines_and_what_is_missing() -> None:
    text = file(event("DTSTART:20260601T090000", text="Müller")).decode()
    for data in (
        text.encode(), b"\xef\xbb\xbf" + text.encode(), text.encode("utf-16"), text.encode("latin-1"),
        text.replace("\r\n", "\n").encode(), text.replace("\r\n", "\r").encode(),
        text.replace("Mü", "M\r\n ü").encode(),
        text.replace("END:VEVENT\r\n", "").encode(), text.partition("END:VEVENT")[0].encode(),
        text.lower().replace("müller", "Müller").encode(), b"\r\n\r\n" + text.encode() + b"\x00\x01",
    ):  # fmt: skip
        assert [draft.text for draft in found(data).drafts] == ["Müller"], data[:80]


def test_several_calendars_in_a_file() -> None:
    data = file(event("DTSTART:20260601T090000")) + file(event("DTSTART:20260602T090000", uid="two"))
    assert [draft.uid for draft in found(data).drafts] == ["one@test", "two"]
    assert found(data + data).twice == 2


@pytest.mark.parametrize(
    "data", [b"", b"\x00" * 1000, b"\x89PNG\r\n\x1a\n" * 99, b"hello", b"BEGIN:VCARD\r\nEND:VCARD\r\n"]
)
def test_what_is_no_calendar_is_said(data: bytes) -> None:
    with pytest.raises(Invalid, match=r"There is no calendar in this file"):
        found(data)


DAY = "DTSTART:20260601T090000"


def series(count: int, rule: str) -> bytes:
    """So many events, each with the rule of its number."""
    return file(*[event(DAY, f"RRULE:{rule.format(n)}", uid=f"{n}") for n in range(1, count + 1)])


# Made when they are read: all at once they are 100 MB.
HOSTILE = {
    "a million components": lambda: file("BEGIN:X\r\nEND:X\r\n" * 500_000),
    "a million tasks": lambda: file("BEGIN:VTODO\r\n" * 700_000),
    "a million nested": lambda: file(event(DAY, "BEGIN:VALARM\r\n" * 600_000)),
    "alarms in alarms": lambda: file(event(DAY, *["BEGIN:VALARM", "TRIGGER:-PT1M"] * 100_000)),
    "a long line": lambda: file(event(DAY, "EXDATE:" + "20260601T090000," * 600_000)),
    "many dates": lambda: file(event(DAY, "RRULE:FREQ=DAILY", *["EXDATE:20260601T090000"] * 400_000)),
    "many zones": lambda: file(*OUTLOOK_ZONE.format("x").splitlines() * 15_000, event(DAY)),
    "many folds": lambda: file(event(DAY, "DESCRIPTION:a" + "\r\n b" * 2_000_000)),
    "many parameters": lambda: file(event(DAY, "DESCRIPTION" + ";X=y" * 2_000_000 + ":z")),
    "quotes": lambda: file(event('DTSTART;TZID="' + '"' * 9_000_000 + ":20260601T090000")),
    "backslashes": lambda: file(event(DAY, "CATEGORIES:" + "\\" * 9_000_000)),
    "commas": lambda: file(event(DAY, "CATEGORIES:" + "," * 9_000_000)),
    "colons": lambda: file(event(DAY, ":" * 9_000_000)),
    "spaces": lambda: file(event(DAY, "DESCRIPTION;X=" + " " * 9_000_000)),
    "line ends": lambda: file(event(DAY), "\r\n" * 4_000_000),
    "bytes": lambda: b"BEGIN:VCALENDAR\r\n" + bytes(range(256)) * 35_000,
    "counts": lambda: series(299, "FREQ=DAILY;COUNT=10000;INTERVAL={}"),
    "never true": lambda: series(98, "FREQ=YEARLY;BYYEARDAY={};BYWEEKNO=53"),
}  # fmt: skip


def outcome(data: bytes) -> int | str | None:
    """How many came, or what the refusal is about."""
    try:
        return len(found(data).drafts)
    except Invalid as error:
        return error.field


@pytest.mark.parametrize("what", HOSTILE)
def test_hostile_files_end_soon(what: str) -> None:
    data = HOSTILE[what]()
    begun = time.thread_time()
    assert outcome(data) in {0, 1, 6, 299, "file"}
    assert time.thread_time() - begun < 15


def test_reading_gives_up_after_a_while() -> None:
    ticks = iter(range(0, 100_000, 20))
    data = file(*[event("DTSTART:20260601T090000", uid=f"{number}") for number in range(10)])
    with pytest.raises(Invalid, match="takes too long"):
        read(data, zone="UTC", now=NOW, clock=lambda: float(next(ticks)))


def test_more_than_twenty_thousand_entries_are_refused() -> None:
    data = file(*[event("DTSTART:20260601T090000", uid=f"{number}") for number in range(20_001)])
    with pytest.raises(Invalid, match="more than 20,000 entries"):
        found(data)


def bring(database: Database, user: int, data: bytes) -> Progress:
    async def run() -> Progress:
        steps = [step async for step in importer.run(database, user, data, zone="Europe/Berlin", now=NOW)]
        return steps[-1]

    return asyncio.run(run())


def look(database: Database, user: int, data: bytes) -> Plan:
    return asyncio.run(importer.preview(database, user, data, zone="Europe/Berlin", now=NOW))


def test_the_second_import_brings_nothing(database: Database) -> None:
    nameless = event("DTSTART:20260602T090000", text="Nameless").replace("UID:one@test\r\n", "")
    long_name = event("DTSTART:20260602T090000", text="Long", uid="u" * 400)
    longer = event("DTSTART:20260602T090000", text="Longer", uid="u" * 401)
    data = file(event("DTSTART:20200101T090000"), nameless, long_name, longer)
    plan = look(database, ANNA, data)
    assert (plan.new, plan.done, plan.here) == (4, 1, 0)
    assert plan.titles == ["Dentist", "Nameless", "Long", "Longer"]
    assert Reminder.select().count() == 0
    assert bring(database, ANNA, data).created == 4
    again = bring(database, ANNA, data)
    assert (again.total, again.created, again.here) == (0, 0, 4)
    assert (look(database, ANNA, data).new, look(database, ANNA, data).here) == (0, 4)
    assert look(database, EVE, data).new == 4
    old = Reminder.get(Reminder.text == "Dentist")
    assert (old.state, old.due, old.done) == (DONE, None, datetime(2020, 1, 1, 8, tzinfo=UTC))


def test_one_that_was_just_deleted_is_said(database: Database) -> None:
    data = file(event("DTSTART:20260601T090000"))
    bring(database, ANNA, data)
    database.run_here(trash.delete, ANNA, Reminder.get().id, NOW)
    plan = look(database, ANNA, data)
    assert (plan.new, plan.here) == (0, 1)
    assert "deleted here" in plan.remarks[-1][1]


def test_an_import_that_nobody_waits_for_stops_and_goes_on_later(database: Database) -> None:
    data = file(*[event("DTSTART:20260601T090000", uid=f"{number}") for number in range(900)])

    async def some() -> int:
        steps = importer.run(database, ANNA, data, zone="UTC", now=NOW)
        await anext(steps)
        created = (await anext(steps)).created
        await steps.aclose()
        return created

    created = asyncio.run(some())
    assert 0 < created < 900
    assert Reminder.select().count() == created
    rest = bring(database, ANNA, data)
    assert (rest.created, rest.here) == (900 - created, created)


def test_two_imports_at_once_bring_each_once(database: Database) -> None:
    data = file(*[event("DTSTART:20260601T090000", uid=f"{number}") for number in range(300)])

    async def one() -> Progress:
        return [step async for step in importer.run(database, ANNA, data, zone="UTC", now=NOW)][-1]

    async def both() -> list[Progress]:
        return list(await asyncio.gather(one(), one()))

    assert sum(progress.created for progress in asyncio.run(both())) == 300
    assert Reminder.select().count() == 300


def test_ten_thousand_are_looked_at_in_seconds() -> None:
    days = [NOW + timedelta(hours=number) for number in range(10_000)]
    data = file(*[event(f"DTSTART;TZID=Europe/Berlin:{day:%Y%m%dT%H%M%S}", uid=f"{day}") for day in days])
    begun = time.monotonic()
    assert len(found(data).drafts) == 10_000
    assert time.monotonic() - begun < 15
