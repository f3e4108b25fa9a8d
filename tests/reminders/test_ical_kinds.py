"""What makers of calendars write otherwise than the standard says, or as few expect: what they mean comes."""

import asyncio
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from assistant.reminders import queries
from assistant.reminders.ical import importer, writer
from assistant.reminders.ical.reader import Found, read
from assistant.reminders.models import DONE, Reminder
from assistant.reminders.recurrence import next_times
from assistant.storage.database import Database

ANNA, EVE = 1, 2
NOW = datetime(2026, 11, 1, 7, 30, tzinfo=UTC)
BERLIN = "TZID=Europe/Berlin"


def calendar(*entries: str, head: str = "") -> bytes:
    return "\r\n".join(["BEGIN:VCALENDAR", "VERSION:2.0", *head.splitlines(), *entries, "END:VCALENDAR", ""]).encode()


def entry(*lines: str, kind: str = "VEVENT", uid: str = "one") -> str:
    return "\r\n".join([f"BEGIN:{kind}", f"UID:{uid}", "SUMMARY:Choir", *lines, f"END:{kind}"])


def found(data: bytes, zone: str = "Europe/Berlin") -> Found:
    return read(data, zone=zone, now=NOW)


def comes(result: Found, end: datetime = datetime(2030, 1, 1, tzinfo=UTC)) -> list[str]:
    """All instants from a week before now on, in UTC, from day to minute."""
    instants = [
        instant
        for draft in result.drafts
        if draft.local is not None
        for instant in next_times.occurrences(draft.local, draft.zone, draft.rule, NOW - timedelta(days=7), end, 100)
        if instant not in draft.without
    ]
    return [f"{instant:%m-%d %H:%M}" for instant in sorted(instants)]


def said(result: Found) -> str:
    return "\n".join(sentence for _, sentence in [*result.skipped, *result.remarks])


SERIES = [f"DTSTART;{BERLIN}:20261130T190000", "RRULE:FREQ=DAILY;COUNT=3"]  # 30 November to 2 December, 18:00 UTC
DAYS = ["DTSTART;VALUE=DATE:20261203", "RRULE:FREQ=WEEKLY;COUNT=3"]  # 3, 10 and 17 December


@pytest.mark.parametrize(
    "gone",
    [
        f"EXDATE;{BERLIN}:20261201T190000", "EXDATE:20261201T180000Z", "EXDATE;VALUE=DATE:20261201",
        "EXDATE:20261201T190000", "EXDATE;TZID=America/New_York:20261201T130000", "EXDATE:20261201T190000Z",
        f"EXDATE;{BERLIN}:20261201T1900", f"EXDATE;{BERLIN}:20261201T000000", "EXDATE:20261201T190000+0100",
        "EXDATE;VALUE=DATE:20261101,20261201,20261224", "EXDATE;TZID=Mars:20261201T190000",
    ],
)  # fmt: skip
@pytest.mark.parametrize("how", ["EXDATE", "RECURRENCE-ID"])
def test_a_date_of_a_series_is_known_however_it_is_written(gone: str, how: str) -> None:
    if how == "EXDATE":
        assert comes(found(calendar(entry(*SERIES, gone)))) == ["11-30 18:00", "12-02 18:00"]
    elif "," not in gone:
        other = entry(gone.replace("EXDATE", how), "DTSTART:20261205T100000Z")
        assert comes(found(calendar(other, entry(*SERIES)))) == ["11-30 18:00", "12-02 18:00", "12-05 10:00"]


@pytest.mark.parametrize(
    "gone",
    [
        "EXDATE;VALUE=DATE:20261210", "EXDATE:20261210", f"EXDATE;{BERLIN}:20261210T000000", "EXDATE:20261210T000000Z",
        "EXDATE:20261209T230000Z", "EXDATE:20261210T000000", f"EXDATE;{BERLIN}:20261210T120000",
    ],
)  # fmt: skip
def test_a_date_of_whole_days_is_known_however_it_is_written(gone: str) -> None:
    assert comes(found(calendar(entry(*DAYS, gone)))) == ["12-03 08:00", "12-17 08:00"]
    other = entry(gone.replace("EXDATE", "RECURRENCE-ID"), "DTSTART;VALUE=DATE:20261211")
    assert comes(found(calendar(entry(*DAYS), other))) == ["12-03 08:00", "12-11 08:00", "12-17 08:00"]


@pytest.mark.parametrize(
    "until", ["20261210", "20261210T000000Z", "20261209T230000Z", "20261210T000000", "20261210T080000Z"]
)
def test_the_last_of_whole_days_counts(until: str) -> None:
    assert comes(found(calendar(entry(DAYS[0], f"RRULE:FREQ=WEEKLY;UNTIL={until};BYHOUR=7")))) == [
        "12-03 08:00",
        "12-10 08:00",
    ]


def test_a_date_that_was_changed_and_left_out_stays_out_where_it_was_the_only_one() -> None:
    only = entry(DAYS[0], "RRULE:FREQ=DAILY;UNTIL=20261203", "EXDATE;VALUE=DATE:20261203")
    result = found(calendar(only, entry("RECURRENCE-ID;VALUE=DATE:20261203", "DTSTART;VALUE=DATE:20261205")))
    assert comes(result) == []
    assert "leaves all of its dates out" in said(result)
    assert "changed, and then left out" in said(result)


@pytest.mark.parametrize(
    ("lines", "begins", "rule"),
    [
        (["DTSTART;VALUE=DATE:19650412", "RRULE:FREQ=YEARLY"], datetime(1970, 4, 12, 9), "FREQ=YEARLY"),
        (["DTSTART;VALUE=DATE:16040229", "RRULE:FREQ=YEARLY"], datetime(1972, 2, 29, 9), "FREQ=YEARLY"),
        (["DTSTART;VALUE=DATE:19680501", "RRULE:FREQ=YEARLY;INTERVAL=5"], datetime(1973, 5, 1, 9), None),
        (["DTSTART:19690101T100000", "RRULE:FREQ=YEARLY;COUNT=99"], datetime(1970, 1, 1, 10), "FREQ=YEARLY;COUNT=98"),
        ([f"DTSTART;{BERLIN}:18930401T0600", "RRULE:FREQ=YEARLY;BYDAY=-1SU;BYMONTH=3"], datetime(1970, 3, 29, 6), None),
    ],
)  # fmt: skip
def test_what_began_before_1970_goes_on(lines: list[str], begins: datetime, rule: str | None) -> None:
    result = found(calendar(entry(*lines)))
    draft = next(draft for draft in result.drafts if draft.rule)
    assert draft.local == begins
    assert rule in {None, draft.rule}
    assert "1 entry from before 1970: here they begin in 1970." in said(result) or begins.year > 1970


def zone(name: str, *parts: tuple[str, str, str, str]) -> list[str]:
    lines = ["BEGIN:VTIMEZONE", f"TZID:{name}"]
    for kind, start, before, after in parts:
        lines += [f"BEGIN:{kind}", *start.split(), f"TZOFFSETFROM:{before}", f"TZOFFSETTO:{after}", f"END:{kind}"]
    return [*lines, "END:VTIMEZONE"]


OLD_RULES = zone(
    "Office",
    ("STANDARD", "DTSTART:16010101T020000 RRULE:FREQ=YEARLY;BYDAY=-1SU;BYMONTH=10", "-0400", "-0500"),
    ("DAYLIGHT", "DTSTART:16010101T020000 RRULE:FREQ=YEARLY;BYDAY=1SU;BYMONTH=4", "-0500", "-0400"),
)
TWENTY_THREE = zone("Ship", ("STANDARD", "DTSTART:20200101T000000", "+0123", "+0123"))
IRREGULAR = zone(
    "Camp",
    ("STANDARD", "DTSTART:20200101T000000", "+0100", "+0100"),
    ("DAYLIGHT", "DTSTART:20261205T000000", "+0100", "+0400"),
    ("STANDARD", "DTSTART:20261208T000000", "+0400", "+0100"),
    ("DAYLIGHT", "DTSTART:20270303T000000", "+0100", "+0130"),
)


@pytest.mark.parametrize(
    ("stated", "lines", "instants"),
    [
        # Two weeks after New York, which has changed its clocks already.
        (OLD_RULES, ["DTSTART;TZID=Office:20270320T090000"], ["03-20 14:00"]),
        (OLD_RULES, ["DTSTART;TZID=Office:20270329T090000", "RRULE:FREQ=WEEKLY;COUNT=2"],
         ["03-29 14:00", "04-05 13:00"]),
        (TWENTY_THREE, ["DTSTART;TZID=Ship:20261203T090000", "RRULE:FREQ=DAILY;COUNT=2"],
         ["12-03 07:37", "12-04 07:37"]),
        (IRREGULAR, ["DTSTART;TZID=Camp:20261206T090000"], ["12-06 05:00"]),
        (IRREGULAR, ["DTSTART;TZID=Camp:20261207T090000"], ["12-07 05:00"]),
        (IRREGULAR, ["DTSTART;TZID=Camp:20261209T090000"], ["12-09 08:00"]),
    ],
)  # fmt: skip
def test_a_zone_of_the_files_own_keeps_its_own_clocks(
    database: Database, stated: list[str], lines: list[str], instants: list[str]
) -> None:
    data = calendar(*stated, entry(*lines))
    result = found(data)
    assert comes(result) == instants
    assert said(result) in {"", "1 from the past: kept as done, so that nothing of them rings."}
    exported_alike(database, data)


def test_a_zone_is_that_of_its_calendar_and_of_its_years() -> None:
    event = entry("DTSTART;TZID=Here:20261210T090000")
    two = [zone("Here", ("STANDARD", "DTSTART:20200101T000000", offset, offset)) for offset in ("+0123", "+0223")]
    data = calendar(*two[0], event) + calendar(*two[1], event.replace("UID:one", "UID:two"))
    assert comes(found(data)) == ["12-10 06:37", "12-10 07:37"]
    # What fits New York today did not fit it then.
    rules = ["DTSTART:20070311T020000 RRULE:FREQ=YEARLY;BYDAY=2SU;BYMONTH=3", "DTSTART:20071104T020000"]
    today = zone(
        "Office",
        ("DAYLIGHT", rules[0], "-0500", "-0400"),
        ("STANDARD", f"{rules[1]} RRULE:FREQ=YEARLY;BYDAY=1SU;BYMONTH=11", "-0400", "-0500"),
    )
    (then,) = found(calendar(*today, entry("DTSTART;TZID=Office:20050401T120000"))).drafts
    assert then.done == datetime(2005, 4, 1, 17, tzinfo=UTC)
    # A name in other letters than the zone's own is that of what the file states.
    other = zone("europe/lisbon", ("STANDARD", "DTSTART:20200101T000000", "+0300", "+0300"))
    assert comes(found(calendar(*other, entry("DTSTART;TZID=europe/lisbon:20261210T090000")))) == ["12-10 06:00"]


@pytest.mark.parametrize(
    ("name", "meant"),
    [
        ('"(UTC-05:00) Eastern Time (US & Canada)"', "America/New_York"), ("UTC+11", "Etc/GMT-11"),
        ("(UTC-08:00) Pacific Time (US & Canada)", "America/Los_Angeles"), ("GMT-0300", "Etc/GMT+3"),
        ('"(UTC+01:00) Amsterdam, Berlin, Bern, Rome, Stockholm, Vienna"', "Europe/Amsterdam"), ("+0200", "Etc/GMT-2"),
        ('"(GMT+05:30) Chennai, Kolkata, Mumbai, New Delhi"', "Asia/Kolkata"), ('"UTC+05:45"', "<+0545>-5:45"),
        ('"(UTC-07:00) Arizona"', "America/Phoenix"),
        ('"(UTC+00:00) Dublin, Edinburgh, Lisbon, London"', "Europe/Dublin"),
        ('"(UTC+10:00) Canberra, Melbourne, Sydney"', "Australia/Canberra"),
        ("Eastern Daylight Time", "America/New_York"),
        ("europe/berlin", "Europe/Berlin"), ("America/New York", "America/New_York"), ("PST", "America/Los_Angeles"),
        ("tzone://Microsoft/Utc", "UTC"), ('"(UTC) Coordinated Universal Time"', "UTC"),
        ('"(UTC-03:30) Newfoundland"', "America/St_Johns"),
        ('"(UTC+03:00) Nowhere at all"', "Etc/GMT-3"),
        ("/freeassociation.sourceforge.net/Europe/Paris", "Europe/Paris"),
        ("CEST", "Europe/Berlin"), ("Central Standard Time", "America/Chicago"),
        ("(UTC+08:00) Beijing, Chongqing, Hong Kong, Urumqi", "Asia/Chongqing"),
    ],
)  # fmt: skip
def test_names_of_zones_in_dialogs_and_offsets(name: str, meant: str) -> None:
    result = found(calendar(entry(f"DTSTART;TZID={name}:20261210T090000", "RRULE:FREQ=DAILY")))
    (draft,) = result.drafts
    assert (draft.zone, draft.local) == (meant, datetime(2026, 12, 10, 9))
    assert said(result) == ""


def test_the_highest_sequence_wins_and_the_others_are_said() -> None:
    versions = [
        entry(f"SEQUENCE:{number}", f"DTSTART:202612{day}T100000Z")
        for number, day in [(1, "02"), (10, "03"), (9, "04")]
    ]
    result = found(calendar(*versions))
    assert comes(result) == ["12-03 10:00"]
    assert said(result).count("older version") == 2
    moved = [
        entry(f"SEQUENCE:{number}", f"RECURRENCE-ID;{BERLIN}:20261201T190000", f"DTSTART:20261201T{hour}0000Z")
        for number, hour in [(2, "07"), (1, "08")]
    ]
    assert comes(found(calendar(entry(*SERIES), *moved))) == ["11-30 18:00", "12-01 07:00", "12-02 18:00"]


CHANGED = f"RECURRENCE-ID;RANGE=THISANDFUTURE;{BERLIN}:20261201T190000"


@pytest.mark.parametrize(
    ("master", "change", "instants"),
    [
        (SERIES, f"DTSTART;{BERLIN}:20261201T200000", ["11-30 18:00", "12-01 19:00", "12-02 19:00"]),
        (SERIES, f"DTSTART;{BERLIN}:20261202T070000", ["11-30 18:00", "12-02 06:00", "12-03 06:00"]),
        ([SERIES[0], "RRULE:FREQ=WEEKLY;BYDAY=MO,TU;COUNT=4"], "DTSTART:20261202T180000Z",
         ["11-30 18:00", "12-02 18:00", "12-08 18:00", "12-09 18:00"]),
        ([SERIES[0], "RRULE:FREQ=DAILY;UNTIL=20261203T180000Z"], f"DTSTART;{BERLIN}:20261201T200000",
         ["11-30 18:00", "12-01 19:00", "12-02 19:00", "12-03 19:00"]),
        ([*SERIES, f"EXDATE;{BERLIN}:20261202T190000"], "DTSTART:20261201T120000Z", ["11-30 18:00", "12-01 12:00"]),
        ([f"DTSTART;{BERLIN}:20261101T190000", "RRULE:FREQ=MONTHLY;BYMONTHDAY=1;COUNT=3"], "DTSTART:20261204T180000Z",
         ["11-01 18:00", "12-04 18:00", "01-04 18:00"]),
        # Two days after the first Tuesday is no day that a rule names.
        ([f"DTSTART;{BERLIN}:20261103T190000", "RRULE:FREQ=MONTHLY;BYDAY=1TU;COUNT=3"], "DTSTART:20261203T180000Z",
         ["11-03 18:00", "12-03 18:00", "01-07 18:00"]),
    ],
)  # fmt: skip
def test_a_change_of_this_and_all_later_dates_splits_the_series(
    database: Database, master: list[str], change: str, instants: list[str]
) -> None:
    data = calendar(entry(*master), entry(CHANGED, change))
    assert comes(found(data)) == instants
    exported_alike(database, data)


def test_later_changes_split_what_earlier_ones_left() -> None:
    daily = entry(SERIES[0], "RRULE:FREQ=DAILY;COUNT=5")
    first = entry(CHANGED, f"DTSTART;{BERLIN}:20261201T200000", "DESCRIPTION:Hall")
    second = entry(CHANGED.replace("1201", "1203"), f"DTSTART;{BERLIN}:20261203T210000")
    single = entry(f"RECURRENCE-ID;{BERLIN}:20261202T190000", "DTSTART:20261202T100000Z")
    result = found(calendar(daily, first, single, second))
    assert comes(result) == ["11-30 18:00", "12-01 19:00", "12-02 10:00", "12-03 20:00", "12-04 20:00"]
    assert sorted(draft.note for draft in result.drafts) == ["", "", "", "Hall"]


def test_the_first_date_beside_its_rule_comes_as_well(database: Database) -> None:
    data = calendar(entry(f"DTSTART;{BERLIN}:20261202T180000", "RRULE:FREQ=WEEKLY;BYDAY=MO;COUNT=2"))
    result = found(data)
    assert comes(result) == ["12-02 17:00", "12-07 17:00", "12-14 17:00"]
    assert "first date" in said(result)
    exported_alike(database, data)


@pytest.mark.parametrize(
    ("lines", "instants"),
    [
        ([f"DTSTART;{BERLIN}:20261202T180000", f"RDATE;{BERLIN}:20261209T180000,20261216T200000"],
         ["12-02 17:00", "12-09 17:00", "12-16 19:00"]),
        ([*SERIES, "RDATE;VALUE=DATE:20261205", "RDATE;VALUE=PERIOD:20261206T070000Z/PT1H"],
         ["11-30 18:00", "12-01 18:00", "12-02 18:00", "12-05 18:00", "12-06 07:00"]),
        ([*DAYS, "RDATE:20261205T000000Z,20261210"], ["12-03 08:00", "12-05 08:00", "12-10 08:00", "12-17 08:00"]),
        ([*SERIES, "RDATE:20261205T180000Z,20261206T180000Z", "EXDATE;VALUE=DATE:20261206,20261130,20261201,20261202"],
         ["12-05 18:00"]),
        ([SERIES[0], "RRULE:FREQ=DAILY;COUNT=2", "RRULE:FREQ=WEEKLY;COUNT=2"],
         ["11-30 18:00", "12-01 18:00", "12-07 18:00"]),
        ([*SERIES, SERIES[1]], ["11-30 18:00", "12-01 18:00", "12-02 18:00"]),
        ([SERIES[0], "RRULE:"], ["11-30 18:00"]), ([DAYS[0], "RDATE:20261210Z"], ["12-03 08:00", "12-10 08:00"]),
        ([SERIES[0], "RRULE:FREQ=DAILY;UNTIL=20261201T000000Z"], ["11-30 18:00"]),
        ([SERIES[0], "RRULE:FREQ=WEEKLY;BYDAY=FR;UNTIL=20261202T000000Z"], ["11-30 18:00"]),
    ],
)  # fmt: skip
def test_further_dates_and_rules_come_each_once(database: Database, lines: list[str], instants: list[str]) -> None:
    data = calendar(entry(*lines))
    assert comes(found(data)) == instants
    exported_alike(database, data)


def test_times_without_a_zone_are_those_of_the_calendar() -> None:
    head = "X-WR-TIMEZONE:America/New_York"
    lines = [entry("DTSTART:20261205T200000"), entry("DTSTART;VALUE=DATE:20261208", uid="day")]
    lines += [entry("DTSTART:20270301T140000Z", "RRULE:FREQ=MONTHLY;COUNT=2", uid="many")]
    assert comes(found(calendar(*lines, head=head))) == ["12-06 01:00", "12-08 08:00", "03-01 14:00", "04-01 13:00"]
    said_with_its_type = "X-WR-TIMEZONE;VALUE=TEXT:America/New_York"
    assert comes(found(calendar(lines[0], head=said_with_its_type))) == ["12-06 01:00"]
    # Each calendar of a file speaks for itself.
    assert comes(found(calendar(head=head) + calendar(lines[0]))) == ["12-05 19:00"]


def test_a_task_that_was_done_once_goes_on() -> None:
    lines = [f"DTSTART;{BERLIN}:20261026T190000", "STATUS:COMPLETED", "COMPLETED:20261027T100000Z"]
    result = found(calendar(entry(*lines, "RRULE:FREQ=WEEKLY;COUNT=9", kind="VTODO")))
    assert [draft.done for draft in result.drafts] == [None]
    assert "completed on 27 Oct 2026; its repetition goes on" in said(result)
    (over,) = found(calendar(entry(*lines, "RRULE:FREQ=DAILY;COUNT=2", kind="VTODO"))).drafts
    assert over.done == datetime(2026, 10, 27, 10, tzinfo=UTC)


@pytest.mark.parametrize(
    "line",
    ["DTSTART:20261210T0900", "DTSTART:2026-12-10T09:00:00", "DTSTART:20261210T080000Z", "DTSTART:20261210T100000+0200",
     'DTSTART;TZID="Europe/Berlin":20261210T090000', "dtstart;tzid=Europe/Berlin;value=date-time:20261210t090000"],
)  # fmt: skip
def test_bare_entries_and_times_without_seconds(line: str) -> None:
    assert comes(found(entry(line).encode())) == ["12-10 08:00"]


def test_what_is_no_reminder_is_counted() -> None:
    others = ["BEGIN:VJOURNAL", "SUMMARY:x", "END:VJOURNAL"] * 2 + ["BEGIN:VFREEBUSY", "END:VFREEBUSY"]
    guests = [
        "DTSTART:20261210T090000Z",
        "ATTENDEE:mailto:a@b.c",
        "ATTENDEE:mailto:b@b.c",
        "ATTACH:https://x.y/z",
        "DURATION:PT1H",
    ]
    alarms = ["BEGIN:VALARM", "TRIGGER:-PT5M", "END:VALARM", "BEGIN:VALARM", "TRIGGER:PT5M", "END:VALARM"]
    told = said(found(calendar(*others, entry(*guests, *alarms))))
    for words in (
        "2 entries of a journal",
        "free and busy",
        "with guests",
        "with attachments",
        "with a length",
        "1 of its alarms",
    ):
        assert words in told


def bring(database: Database, user: int, data: bytes) -> None:
    async def run() -> None:
        async for progress in importer.run(database, user, data, zone="Europe/Berlin", now=NOW):
            assert progress.skipped == []

    asyncio.run(run())


def exported_alike(database: Database, data: bytes) -> None:
    """What came is the same after it went out and came in again elsewhere, and comes no second time."""
    end = NOW + timedelta(days=400)

    def rows(user: int) -> Any:
        columns = (
            Reminder.uid,
            Reminder.text,
            Reminder.local,
            Reminder.zone,
            Reminder.rule,
            Reminder.state,
            Reminder.at,
        )
        return list(Reminder.select(*columns).where(Reminder.user == user).order_by(Reminder.uid).tuples())

    bring(database, ANNA, data)
    bring(database, ANNA, data)
    bring(database, EVE, database.run_here(writer.export, ANNA, NOW))
    assert rows(ANNA) == rows(EVE)
    instants = [[one.at for one in database.run_here(queries.between, user, NOW, end, "UTC")] for user in (ANNA, EVE)]
    assert instants[0] == instants[1]
    kept = [row for row in rows(ANNA) if row[5] != DONE]
    assert len(instants[0]) >= len(kept)
    assert sorted({f"{at:%m-%d %H:%M}" for at in instants[0]}) == sorted(
        {one for one in comes(found(data), end) if one >= "11-01 07:30" or one < "10-01"}
    )
