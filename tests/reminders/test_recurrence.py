"""Instants from local times: each once, in order, at the time that the wall shows, whatever clocks do."""

import itertools
from datetime import UTC, datetime, timedelta
from functools import lru_cache
from zoneinfo import ZoneInfo, available_timezones

import pytest
from dateutil.rrule import rrulestr
from hypothesis import given, settings
from hypothesis import strategies as st

from assistant.errors import Invalid
from assistant.reminders.recurrence import next_times, occurrences, timezones, wording
from tests.examples import examples

EXAMPLES = 1000
DAYS_AROUND = 4  # of a change of clocks that are looked at
DAYS_BEFORE = 40  # a change at which a repetition begins, at most
DAY = timedelta(days=1)
ZONES = sorted(available_timezones())
RULES = [
    "FREQ=DAILY", "FREQ=DAILY;INTERVAL=3", "FREQ=WEEKLY;BYDAY=MO,TU,WE,TH,FR", "FREQ=WEEKLY;INTERVAL=2;BYDAY=SA,SU",
    "FREQ=MONTHLY;BYMONTHDAY=-1", "FREQ=MONTHLY;BYDAY=-1SU", "FREQ=MONTHLY;BYDAY=MO,TU,WE,TH,FR;BYSETPOS=-1",
    "FREQ=YEARLY;BYMONTH=3,10;BYDAY=-1SU", "FREQ=HOURLY", "FREQ=HOURLY;INTERVAL=3;BYHOUR=0,3,6,9,12",
    "FREQ=MINUTELY;INTERVAL=30", "FREQ=MINUTELY;INTERVAL=15;BYHOUR=1,2,3", "FREQ=DAILY;BYHOUR=0,1,2,3;BYMINUTE=0,30",
    "FREQ=DAILY;COUNT=5", "FREQ=DAILY;UNTIL=20291231T000000",
]  # fmt: skip
UNUSUAL = [
    "FREQ=YEARLY;BYWEEKNO=1,53;BYDAY=MO", "FREQ=YEARLY;BYWEEKNO=-1", "FREQ=YEARLY;BYWEEKNO=20;WKST=SU;BYDAY=SU,MO",
    "FREQ=YEARLY;BYYEARDAY=1,100,-1", "FREQ=YEARLY;BYDAY=20MO,-1FR", "FREQ=YEARLY;BYMONTH=2;BYMONTHDAY=29",
    "FREQ=YEARLY;INTERVAL=2;BYMONTH=1;BYDAY=SU;BYHOUR=8,9;BYMINUTE=30", "FREQ=MONTHLY;BYDAY=FR;BYMONTHDAY=13",
    "FREQ=MONTHLY;INTERVAL=18;BYMONTHDAY=10,11,12,13,14,15;COUNT=20", "FREQ=MONTHLY;BYMONTHDAY=31",
    "FREQ=MONTHLY;BYDAY=1FR,-2MO;BYHOUR=7", "FREQ=MONTHLY;BYMONTHDAY=1,-1,15;BYSETPOS=2", "FREQ=YEARLY",
    "FREQ=WEEKLY;INTERVAL=2;WKST=SU;BYDAY=TU,SU", "FREQ=WEEKLY;INTERVAL=3;BYMONTH=1,6", "FREQ=WEEKLY;COUNT=200",
    "FREQ=DAILY;BYMONTH=1;BYDAY=MO", "FREQ=DAILY;INTERVAL=10;COUNT=50", "FREQ=DAILY;BYHOUR=9,17;BYSETPOS=-1",
    "FREQ=HOURLY;INTERVAL=5;BYMONTHDAY=1,2", "FREQ=HOURLY;INTERVAL=7;BYDAY=WE;BYMINUTE=10,40",
    "FREQ=MINUTELY;INTERVAL=1441", "FREQ=MINUTELY;INTERVAL=90;BYHOUR=9,10,11,12", "FREQ=MONTHLY", "FREQ=WEEKLY",
    "FREQ=YEARLY;BYMONTH=11;BYDAY=TH;BYSETPOS=4", "FREQ=YEARLY;BYMONTHDAY=7;BYMONTH=1,12", "FREQ=YEARLY;BYDAY=MO",
]  # fmt: skip


@lru_cache(None)
def transitions(zone: str) -> tuple[datetime, ...]:
    """The instants from 2026 to 2030 at which the clocks of the zone change, to the minute."""
    found = []
    instant = datetime(2026, 1, 1, tzinfo=UTC)
    ahead = shift(zone, instant)
    while instant.year < 2031:
        later = instant + timedelta(days=5)
        if (then := shift(zone, later)) != ahead:
            low, high = instant, later
            while high - low > timedelta(minutes=1):
                middle = low + (high - low) // 2
                low, high = (middle, high) if shift(zone, middle) == ahead else (low, middle)
            found.append(high.replace(second=0, microsecond=0))
        instant, ahead = later, then
    return tuple(found)


def shift(zone: str, instant: datetime) -> timedelta | None:
    """How far the clocks of the zone are ahead then."""
    return instant.astimezone(ZoneInfo(zone)).utcoffset()


@lru_cache(None)
def changes() -> list[tuple[str, datetime]]:
    """All changes of clocks; searched for only where a test asks for them, not in each process that collects it."""
    return [(zone, change) for zone in ZONES for change in transitions(zone)]


def kinds_of_change() -> dict[tuple[datetime, timedelta | None, timedelta | None], str]:
    """A zone for each kind: many change alike, at the same instant from the same shift to the same other."""
    return {(change, shift(zone, change - DAY), shift(zone, change + DAY)): zone for zone, change in changes()}


def naively(local: datetime, rule: str, start: datetime, end: datetime) -> list[datetime]:
    """The times on the wall as dateutil sees them, which refuses hours that its steps never fall on."""
    try:
        return rrulestr(rule, dtstart=local).between(start, end, inc=True)
    except ValueError:
        return []


def expected(walls: list[datetime], zone: str) -> list[datetime]:
    """Their instants, each once: searched minute by minute rather than computed."""
    place, found = ZoneInfo(zone), set()
    for wall in walls:
        shown = [wall.replace(tzinfo=place, fold=fold).astimezone(UTC) for fold in (0, 1)]
        exact = [instant for instant in shown if instant.astimezone(place).replace(tzinfo=None) == wall]
        minute = min(shown)
        while not exact and minute.astimezone(place).replace(tzinfo=None) < wall:
            minute += timedelta(minutes=1)
        found.add(min(exact, default=minute))
    return sorted(found)


def around(zone: str, change: datetime, rule: str, local: datetime) -> tuple[datetime, datetime, list[datetime]]:
    """From when to when around a change of clocks, and what rings there as dateutil and a walk by minutes see it."""
    start, end = change - timedelta(days=DAYS_AROUND), change + timedelta(days=DAYS_AROUND)
    margin = timedelta(days=2)
    naive = naively(local, rule, start.replace(tzinfo=None) - margin, end.replace(tzinfo=None) + margin)
    return start, end, [instant for instant in expected(naive, zone) if start <= instant < end]


@given(st.deferred(lambda: st.sampled_from(changes())), st.sampled_from(RULES), st.integers(0, DAYS_BEFORE * 24 * 60))
@settings(max_examples=examples(EXAMPLES), deadline=None)
def test_every_time_rings_once_in_order_around_every_change_of_clocks(
    change: tuple[str, datetime], rule: str, minutes: int
) -> None:
    zone, moment = change
    local = moment.replace(tzinfo=None) - timedelta(minutes=minutes)
    start, end, wanted = around(zone, moment, rule, local)
    assert next_times.occurrences(local, zone, rule, start, end) == wanted
    walked, instant = [], start - timedelta(microseconds=1)
    while (following := next_times.next_after(local, zone, rule, instant)) is not None and following < end:
        assert following > instant
        walked.append(following)
        instant = following
    assert walked == wanted
    if wanted:
        assert next_times.last_before(local, zone, rule, end) == wanted[-1]


def test_every_rule_rings_once_around_every_kind_of_change() -> None:
    for number, ((change, *_), zone) in enumerate(kinds_of_change().items()):
        for rule in RULES:
            local = change.replace(tzinfo=None) - timedelta(days=DAYS_AROUND, minutes=37 * number % 1440)
            start, end, wanted = around(zone, change, rule, local)
            assert next_times.occurrences(local, zone, rule, start, end) == wanted, (zone, change, rule)


def test_every_half_hour_around_all_changes_of_clocks_rings_once() -> None:
    half, around = timedelta(minutes=30), timedelta(hours=7)
    for zone, change in changes():
        middle = change.astimezone(ZoneInfo(zone)).replace(tzinfo=None, minute=0)
        walls = [middle + half * step for step in range(-16, 17)]
        wanted = [instant for instant in expected(walls, zone) if abs(instant - change) < around]
        rule = f"FREQ=MINUTELY;INTERVAL=30;UNTIL={walls[-1]:%Y%m%dT%H%M%S}"
        found = next_times.occurrences(
            walls[0], zone, rule, change - around + timedelta(microseconds=1), change + around
        )
        assert found == wanted, zone
        for start in (change, wanted[-1]):
            from_there = next_times.occurrences(walls[0], zone, rule, start, change + around)
            assert from_there == [instant for instant in wanted if instant >= start], zone
        assert next_times.next_after(walls[0], zone, rule, change - timedelta(microseconds=1)) in wanted


def test_there_are_changes_of_clocks_to_look_at() -> None:
    assert len(changes()) > 1500
    assert len({zone for zone, _ in changes()}) > 150
    assert len(kinds_of_change()) > 250


@pytest.mark.parametrize("rule", RULES + UNUSUAL)
def test_times_on_the_wall_are_those_of_dateutil(rule: str) -> None:
    for local in (datetime(2024, 2, 29, 9, 30), datetime(2025, 12, 31, 21, 59), datetime(2026, 1, 5, 0, 0)):
        for start in (local, datetime(2026, 6, 1), datetime(2029, 12, 20)):
            theirs = rrulestr(rule, dtstart=local).xafter(start, inc=True)
            ours = next_times.occurrences(
                local, "UTC", rule, start.replace(tzinfo=UTC), datetime.max.replace(tzinfo=UTC), 60
            )
            wanted = [w.replace(tzinfo=UTC) for w in itertools.islice(theirs, 60) if w.year < local.year + 90]
            assert ours[: len(wanted)] == wanted


NUMBERS = {
    "BYMONTH": st.integers(1, 12), "BYMONTHDAY": st.integers(1, 31) | st.integers(-31, -1),
    "BYHOUR": st.integers(0, 23), "BYMINUTE": st.sampled_from([0, 15, 30, 59]),
}  # fmt: skip


@st.composite
def any_rule(draw: st.DrawFn) -> str:
    freq = draw(st.sampled_from(["YEARLY", "MONTHLY", "WEEKLY", "DAILY", "HOURLY"]))
    parts = [f"FREQ={freq}", f"INTERVAL={draw(st.integers(1, 7))}"]
    for name, numbers in NUMBERS.items():
        if draw(st.integers(0, 3)) == 0:
            parts.append(f"{name}={','.join(map(str, draw(st.lists(numbers, min_size=1, max_size=4, unique=True))))}")
    if draw(st.booleans()):
        days = draw(st.lists(st.sampled_from(["MO", "TU", "WE", "TH", "FR", "SA", "SU"]), min_size=1, max_size=4))
        which = draw(st.sampled_from(["", "", "1", "2", "-1"])) if freq in {"YEARLY", "MONTHLY"} else ""
        parts.append(f"BYDAY={','.join(which + day for day in dict.fromkeys(days))}")
    # dateutil counts places of a first week from its first time rather than from its first day.
    if len(parts) > 2 and freq not in {"HOURLY", "WEEKLY"} and draw(st.integers(0, 3)) == 0:
        parts.append(f"BYSETPOS={draw(st.sampled_from([1, 2, -1, -2]))}")
    return ";".join([*parts, f"WKST={draw(st.sampled_from(['MO', 'SU']))}"])


@given(any_rule(), st.datetimes(datetime(2024, 1, 1), datetime(2027, 1, 1)))
@settings(max_examples=examples(400), deadline=None)
def test_any_rule_names_the_times_that_dateutil_names(rule: str, local: datetime) -> None:
    local = local.replace(microsecond=0)
    end = local + timedelta(days=1500)
    mine = next_times.occurrences(local, "UTC", rule, local.replace(tzinfo=UTC), end.replace(tzinfo=UTC), 40)
    # For a rule without any day dateutil walks on to the year 9999, which takes it seconds.
    if mine:
        theirs = itertools.takewhile(lambda wall: wall < end, rrulestr(rule, dtstart=local).xafter(local, inc=True))
        assert mine == [wall.replace(tzinfo=UTC) for wall in itertools.islice(theirs, 40)]


def test_nine_stays_nine_when_the_clocks_change() -> None:
    start = datetime(2026, 3, 27, tzinfo=UTC)
    found = next_times.occurrences(
        datetime(2026, 1, 1, 9), "Europe/Berlin", "FREQ=DAILY", start, start + timedelta(days=4)
    )
    assert [instant.hour for instant in found] == [8, 8, 7, 7]


def test_a_time_that_does_not_exist_rings_at_the_first_moment_after_the_gap() -> None:
    assert timezones.utc(datetime(2026, 3, 29, 2, 30), "Europe/Berlin") == datetime(2026, 3, 29, 1, tzinfo=UTC)
    assert timezones.utc(datetime(2026, 10, 4, 2, 10), "Australia/Lord_Howe") == datetime(
        2026, 10, 3, 15, 30, tzinfo=UTC
    )
    assert timezones.utc(datetime(2011, 12, 30, 12), "Pacific/Apia") == datetime(2011, 12, 30, 10, tzinfo=UTC)


def test_a_time_that_exists_twice_rings_the_first_time() -> None:
    assert timezones.utc(datetime(2026, 10, 25, 2, 30), "Europe/Berlin") == datetime(2026, 10, 25, 0, 30, tzinfo=UTC)
    second = datetime(2026, 10, 25, 1, 10, tzinfo=UTC)
    following = next_times.next_after(datetime(2026, 10, 1, 2, 30), "Europe/Berlin", "FREQ=DAILY", second)
    assert following == datetime(2026, 10, 26, 1, 30, tzinfo=UTC)


def test_times_that_a_gap_throws_together_ring_once() -> None:
    start = datetime(2026, 3, 29, tzinfo=UTC)
    rule = "FREQ=DAILY;BYHOUR=2,3;BYMINUTE=0,30"
    found = next_times.occurrences(datetime(2026, 1, 1), "Europe/Berlin", rule, start, start + timedelta(hours=12))
    assert found == [datetime(2026, 3, 29, 1, tzinfo=UTC), datetime(2026, 3, 29, 1, 30, tzinfo=UTC)]
    intended = next_times.wall_at(datetime(2026, 1, 1, 2, 30), "Europe/Berlin", "FREQ=DAILY", found[0])
    assert intended == datetime(2026, 3, 29, 2, 30)


def test_once_is_once() -> None:
    local, instant = datetime(2026, 7, 1, 9), datetime(2026, 7, 1, 7, tzinfo=UTC)
    assert next_times.next_after(local, "Europe/Berlin", "", instant - timedelta(seconds=1)) == instant
    assert next_times.next_after(local, "Europe/Berlin", "", instant) is None
    assert next_times.last_before(local, "Europe/Berlin", "", instant) is None
    assert next_times.last_before(local, "Europe/Berlin", "", instant + timedelta(seconds=1)) == instant


def test_an_end_is_an_end() -> None:
    local, late = datetime(2026, 1, 1, 9), datetime(2026, 1, 3, 12, tzinfo=UTC)
    for rule in ("FREQ=DAILY;COUNT=3", "FREQ=DAILY;UNTIL=20260103", "FREQ=DAILY;UNTIL=20260103T080000Z"):
        assert next_times.next_after(local, "Europe/Berlin", rule, late) is None
        assert next_times.last_before(local, "Europe/Berlin", rule, late) == datetime(2026, 1, 3, 8, tzinfo=UTC)
    assert next_times.next_after(local, "America/New_York", "FREQ=DAILY;UNTIL=20260103T080000Z", late) is None


@pytest.mark.parametrize(
    ("rule", "words"),
    [
        ("FREQ=SECONDLY", "once a minute"),
        ("FREQ=MINUTELY;BYSECOND=0,30", "once a minute"),
        ("FREQ=DAILY;COUNT=1000000", "1 to 10,000 times"),
        ("FREQ=DAILY;COUNT=0", "1 to 10,000 times"),
        ("FREQ=DAILY;COUNT=²", "1 to 10,000 times"),
        ("FREQ=DAILY;COUNT=2;UNTIL=20270101", "not both"),
        ("FREQ=DAILY;UNTIL=tomorrow", "UNTIL is a date"),
        ("FREQ=DAILY;UNTIL=20260230", "UNTIL is a date"),
        ("FREQ=DAILY;INTERVAL=0", "INTERVAL takes a number"),
        ("FREQ=DAILY;INTERVAL=1,2", "INTERVAL takes a number"),
        ("FREQ=OFTEN", "FREQ is one of"),
        ("INTERVAL=2", "says how often"),
        ("FREQ=DAILY;FREQ=DAILY", "twice"),
        ("FREQ=DAILY;EXDATE=20260101", "not a part"),
        ("every day", "not a part"),
        ("FREQ=DAILY;BYHOUR=24", "from 0 to 23"),
        ("FREQ=MONTHLY;BYMONTHDAY=0", "or -31 to -1 from the end"),
        ("FREQ=WEEKLY;BYDAY=2FR", "belongs to a month or a year"),
        ("FREQ=MONTHLY;BYDAY=99FR", "names weekdays"),
        ("FREQ=WEEKLY;WKST=XX", "begins a week"),
        ("FREQ=MONTHLY;BYWEEKNO=3", "FREQ=YEARLY"),
        ("FREQ=HOURLY;BYMINUTE=0,30;BYSETPOS=1", "BYSETPOS"),
        ("FREQ=DAILY;BYHOUR=" + ",".join(["1"] * 300), "500 characters"),
        ("FREQ=YEARLY;BYMONTH=2;BYMONTHDAY=30", "never comes true"),
        ("FREQ=HOURLY;INTERVAL=24;BYHOUR=4", "never comes true"),
        ("FREQ=DAILY;UNTIL=20200101", "never comes true"),
    ],
)
def test_what_cannot_be_is_said_in_words(rule: str, words: str) -> None:
    with pytest.raises(Invalid, match=words) as error:
        next_times.check_rule(rule, datetime(2026, 1, 1, 9))
    assert error.value.field == "rule"


def test_a_rule_is_kept_in_one_spelling() -> None:
    assert next_times.check_rule(" rrule:freq=daily;byhour=9; ", datetime(2026, 1, 1)) == "FREQ=DAILY;BYHOUR=9"
    assert next_times.check_rule("  ", datetime(2026, 1, 1)) == ""


def test_all_zones_are_known() -> None:
    assert [timezones.check_zone(zone).key for zone in ZONES] == ZONES


UNKNOWN = [
    "",
    "Mars/Olympus",
    "../etc/passwd",
    "/etc/passwd",
    "europe/berlin",
    "A" * 10_000,
    "a\0b",
    "Europe",
    "tzdata.zi",
]


@pytest.mark.parametrize("zone", [*UNKNOWN, "zone.tab", "right/UTC", "posix/UTC", "posixrules", "\ud800"])
def test_an_unknown_zone_is_said(zone: str) -> None:
    with pytest.raises(Invalid) as error:
        timezones.utc(datetime(2026, 1, 1), zone)
    assert error.value.field == "zone"


@pytest.mark.parametrize(
    "rule",
    [
        "FREQ=DAILY", "FREQ=MINUTELY", "FREQ=DAILY;COUNT=10000", "FREQ=YEARLY;BYDAY=53MO;BYMONTH=2",
        "FREQ=DAILY;BYMONTH=2;BYMONTHDAY=30", "FREQ=MINUTELY;BYMONTH=2;BYMONTHDAY=31",
        "FREQ=YEARLY;BYDAY=1MO;COUNT=10000",
        "FREQ=WEEKLY;BYMONTH=4;BYMONTHDAY=31", "FREQ=YEARLY;INTERVAL=100000;BYMONTH=3",
    ],
)  # fmt: skip
def test_the_next_time_is_found_without_walking_through_the_years(rule: str, monkeypatch: pytest.MonkeyPatch) -> None:
    looked, matches = [0], occurrences._matches

    def counted(*args: object) -> bool:
        looked[0] += 1
        return matches(*args)  # type: ignore[arg-type]

    monkeypatch.setattr(occurrences, "_matches", counted)
    next_times.next_after(datetime(1970, 1, 1, 9, 1), "Europe/Berlin", rule, datetime(2026, 1, 1, tzinfo=UTC))
    assert looked[0] <= 28 * 366  # one year of each kind, however many there are


@pytest.mark.parametrize(
    ("rule", "words"),
    [
        ("", "once"),
        ("FREQ=DAILY", "every day"),
        ("FREQ=DAILY;INTERVAL=2", "every second day"),
        ("FREQ=DAILY;INTERVAL=3;COUNT=5", "every 3 days, 5 times"),
        ("FREQ=WEEKLY", "every week"),
        ("FREQ=WEEKLY;BYDAY=MO,TU,WE,TH,FR", "every weekday"),
        ("FREQ=WEEKLY;BYDAY=SA,SU", "every weekend day"),
        ("FREQ=WEEKLY;BYDAY=MO,WE,FR", "every Monday, Wednesday and Friday"),
        ("FREQ=WEEKLY;INTERVAL=2;BYDAY=FR", "every second Friday"),
        ("FREQ=WEEKLY;INTERVAL=3;BYDAY=MO,TU", "every 3 weeks on Monday and Tuesday"),
        ("FREQ=MONTHLY;BYMONTHDAY=-1", "on the last day of each month"),
        ("FREQ=MONTHLY;BYMONTHDAY=1,15", "on the 1st and 15th of each month"),
        ("FREQ=MONTHLY;BYDAY=2FR", "on the second Friday of each month"),
        ("FREQ=MONTHLY;BYDAY=-1MO;INTERVAL=2", "on the last Monday of each 2nd month"),
        ("FREQ=MONTHLY;BYDAY=MO,TU,WE,TH,FR;BYSETPOS=-1", "on the last weekday of each month"),
        ("FREQ=MONTHLY;BYMONTHDAY=13;BYDAY=FR", "on the 13th of each month, when it is a Friday"),
        ("FREQ=MONTHLY", "every month"),
        ("FREQ=YEARLY", "every year"),
        ("FREQ=YEARLY;BYMONTH=3;BYMONTHDAY=3", "every year on 3 March"),
        ("FREQ=YEARLY;BYMONTH=11;BYDAY=4TH", "every year on the fourth Thursday of November"),
        ("FREQ=HOURLY;INTERVAL=3;BYHOUR=9,10,11,12,13,14,15,16,17,18", "every 3 hours between 9 and 18"),
        ("FREQ=HOURLY;BYHOUR=9,17;BYDAY=MO,TU,WE,TH,FR", "every hour at 9 and 17 on weekdays"),
        ("FREQ=MINUTELY;INTERVAL=30", "every 30 minutes"),
        ("FREQ=DAILY;UNTIL=20261231", "every day, until 31 December 2026"),
        ("FREQ=DAILY;BYMONTH=6,7", "every day in June and July"),
        ("FREQ=YEARLY;BYWEEKNO=20;BYDAY=MO", "every year on Monday of week 20"),
        (
            "FREQ=YEARLY;BYWEEKNO=" + ",".join(map(str, range(2, 54, 2))) + ";BYDAY=MO,TH",
            "every Monday and Thursday in even weeks",
        ),
        ("FREQ=YEARLY;BYWEEKNO=" + ",".join(map(str, range(1, 54, 2))) + ";BYDAY=MO", "every Monday in odd weeks"),
        ("FREQ=MONTHLY;BYDAY=1FR,3FR", "on the first and third Friday of each month"),
        ("FREQ=WEEKLY;BYDAY=TU;BYMONTH=1,2,3,4,5,6,7,9,10,11,12", "every Tuesday except in August"),
        (
            "FREQ=MONTHLY;INTERVAL=6;BYMONTHDAY=28,29,30;BYSETPOS=-1",
            "every 6 months on the 30th, or on the last day of a shorter month",
        ),
        ("FREQ=YEARLY;BYMONTH=3,9;BYMONTHDAY=1,15;BYSETPOS=1,4", "every year on 1 March and 15 September"),
        ("FREQ=YEARLY;BYMONTH=2,3;BYMONTHDAY=1,29;BYSETPOS=1,3", "every year, on days chosen by a longer rule"),
        ("FREQ=DAILY;BYHOUR=8,20;BYMINUTE=0,30;BYSETPOS=1,4", "every day at 8:00 and 20:30"),
        ("FREQ=YEARLY;BYWEEKNO=20", "every year, on days chosen by a longer rule"),
    ],
)
def test_a_rule_reads_like_a_sentence(rule: str, words: str) -> None:
    assert wording.in_words(rule) == words


@given(any_rule())
@settings(max_examples=examples(200), deadline=None)
def test_any_rule_has_words(rule: str) -> None:
    words = wording.in_words(rule)
    assert words
    assert "  " not in words


def test_a_minute_of_each_day_counted_ten_thousand_times_ends_in_its_time() -> None:
    rule = "FREQ=MINUTELY;BYHOUR=3;BYMINUTE=5;COUNT=10000;BYSECOND=7"
    local = datetime(2026, 1, 1, 3, 5, 7)
    assert next_times.last_before(local, "UTC", rule, datetime(2100, 1, 1, tzinfo=UTC)) == datetime(
        2053, 5, 18, 3, 5, 7, tzinfo=UTC
    )


@pytest.mark.parametrize("rule", [*RULES, *UNUSUAL])
@pytest.mark.parametrize("zone", ["UTC", "Europe/Berlin", "Pacific/Apia", "Australia/Lord_Howe"])
def test_a_month_has_what_one_after_another_finds(rule: str, zone: str) -> None:
    local = datetime(2026, 1, 31, 1, 30)
    for weeks in (0, 4, 8, 13, 60, 177):
        start = timezones.utc(local + timedelta(weeks=weeks), zone) - timedelta(hours=9)
        end = start + timedelta(days=42)
        found = next_times.occurrences(local, zone, rule, start, end, limit=300)
        following: list[datetime] = []
        at = start - next_times.TICK
        while len(following) < 300 and (later := next_times.next_after(local, zone, rule, at)) and later < end:
            following.append(later)
            at = later
        assert found == following


def test_a_month_of_a_rule_that_begins_within_it_begins_with_it() -> None:
    start, end = datetime(2026, 5, 1, tzinfo=UTC), datetime(2026, 6, 1, tzinfo=UTC)
    found = next_times.occurrences(datetime(2026, 5, 20, 9), "UTC", "FREQ=DAILY;INTERVAL=5", start, end)
    assert [at.day for at in found] == [20, 25, 30]
