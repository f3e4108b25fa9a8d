"""Each occurrence rings exactly once, whoever claims it, whatever the clock does."""

from collections import Counter
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest

from assistant.reminders import queries, reminders, rings
from assistant.reminders.models import Reminder, Ring
from assistant.reminders.schedule import Due
from assistant.reminders.scheduling import claims
from assistant.reminders.scheduling.claims import claim_due, next_due
from assistant.reminders.scheduling.clock_repair import forget_future
from assistant.storage.database import Database
from tests.reminders.year import Year

ANNA, OUTSIDER = 1, 2
NOW = datetime(2026, 3, 2, 12, tzinfo=UTC)
DAY, MINUTE = timedelta(days=1), timedelta(minutes=1)


def add(text: str = "water", local: datetime = datetime(2026, 3, 3, 9), **said: Any) -> Reminder:
    return reminders.add(**{"user": ANNA, "text": text, "local": local, "zone": "Europe/Berlin", "now": NOW, **said})


@pytest.mark.usefixtures("database")
class TestClaiming:
    def test_it_rings_when_it_is_due_and_not_before(self) -> None:
        row = add(priority=2)
        assert claim_due(row.due - timedelta(microseconds=1)) == []
        (ring,) = claim_due(row.due)
        assert (ring.reminder, ring.user, ring.text, ring.priority) == (row.id, ANNA, "water", 2)
        assert (ring.occurrence, ring.due, ring.lead, ring.late, ring.missed) == (row.at, row.at, 0, 0, 0)
        assert claim_due(row.due) == []
        assert next_due() is None

    @pytest.mark.parametrize(("after", "late"), [(0, 0), (60, 0), (61, 61), (86_400, 86_400)])
    def test_more_than_a_minute_is_late(self, after: int, late: int) -> None:
        (ring,) = claim_due(add().due + timedelta(seconds=after))
        assert ring.late == late

    def test_a_long_sleep_rings_once_and_the_history_tells_the_rest(self) -> None:
        row = add(rule="FREQ=DAILY")
        (ring,) = claim_due(NOW + 40 * DAY)
        assert ring.missed == 39
        assert ring.occurrence == datetime(2026, 4, 11, 7, tzinfo=UTC)
        states = Counter(rang.state for rang in rings.history(ANNA, row.id))
        assert states == {"missed": 39, "ringing": 1}

    def test_a_very_long_sleep_is_bounded(self) -> None:
        row = add(rule="FREQ=MINUTELY")
        (ring,) = claim_due(NOW + 100 * DAY)
        assert ring.due == NOW + 100 * DAY
        assert ring.missed == 1000  # that many or more
        assert Ring.select().where(Ring.reminder == row.id).count() == 100
        assert next_due() == NOW + 100 * DAY + MINUTE

    def test_what_nobody_answered_is_one_card(self) -> None:
        row = add(rule="FREQ=DAILY")
        for day in range(1, 4):
            claim_due(NOW + day * DAY)
        (card,) = rings.ringing(ANNA)
        assert card.missed == 2
        assert reminders.get(ANNA, row.id).at == card.occurrence

    def test_an_early_ring_makes_place_for_the_one_in_time(self) -> None:
        add(leads=[0, 60])
        claim_due(datetime(2026, 3, 3, 7, tzinfo=UTC))
        claim_due(datetime(2026, 3, 3, 8, tzinfo=UTC))
        (card,) = rings.ringing(ANNA)
        assert (card.lead, card.missed) == (0, 0)

    def test_two_occurrences_of_one_instant_both_ring(self) -> None:
        add(rule="FREQ=DAILY", leads=[0, 24 * 60])
        both = claim_due(datetime(2026, 3, 3, 8, tzinfo=UTC))
        assert [(ring.lead, ring.missed) for ring in both] == [(0, 0), (1440, 0)]

    def test_a_clock_that_goes_back_rings_nothing_twice(self) -> None:
        add(rule="FREQ=DAILY")
        rung = claim_due(NOW + 3 * DAY)
        for back in range(3):
            rung += claim_due(NOW + back * DAY)
        rung += claim_due(NOW + 4 * DAY)
        assert [ring.occurrence.day for ring in rung] == [5, 6]

    def test_what_rang_before_the_clock_went_back_makes_no_other_one_silent(self) -> None:
        row = add(rule="FREQ=DAILY")
        claim_due(NOW + 3 * DAY)
        reminders.edit(ANNA, row.id, NOW, rule="FREQ=DAILY;INTERVAL=1")
        (ring,) = claim_due(NOW + 3 * DAY)
        assert (ring.occurrence.day, ring.missed) == (4, 1)

    def test_who_read_the_row_too_early_has_not_won(self) -> None:
        add(rule="FREQ=DAILY")
        stale = Reminder.get()
        claim_due(NOW + DAY)
        fallen = [Due(stale.due, stale.due, 0)]
        assert not claims._won(stale, fallen, stale.due + 9 * DAY, NOW + DAY)
        assert next_due() == stale.due + DAY

    def test_a_snoozed_ring_is_late_by_its_own_time(self) -> None:
        add()
        (ring,) = claim_due(NOW + DAY)
        rings.snooze(ANNA, ring.ring, NOW + 2 * DAY, NOW + DAY)
        (again,) = claim_due(NOW + 2 * DAY + 2 * MINUTE)
        assert again.late == 120

    def test_more_than_the_limit_comes_in_pieces(self) -> None:
        for n in range(7):
            add(f"r{n}")
        sizes = [len(claim_due(NOW + DAY, limit=3)) for _ in range(4)]
        assert sizes == [3, 3, 1, 0]

    def test_everyone_gets_their_own(self) -> None:
        add("hers")
        add("theirs", user=OUTSIDER)
        assert {(ring.user, ring.text) for ring in claim_due(NOW + DAY)} == {(ANNA, "hers"), (OUTSIDER, "theirs")}
        assert [ring.text for ring in rings.ringing(OUTSIDER)] == ["theirs"]

    @pytest.mark.parametrize(
        "damage", [{"zone": "Atlantis/Capital"}, {"rule": "FREQ=NEVER"}, {"leads": "ten"}], ids=str
    )
    def test_what_cannot_be_read_rings_and_holds_nobody_up(self, damage: dict[str, str]) -> None:
        lost = add("lost", rule="FREQ=DAILY")
        Reminder.update(**damage).where(Reminder.id == lost.id).execute()
        add("found")
        assert {ring.text for ring in claim_due(NOW + DAY)} == {"lost", "found"}
        assert next_due() is None

    @pytest.mark.sqlite
    @pytest.mark.parametrize("rows", [10, 2000])
    def test_looking_reads_an_index_however_many_there_are(self, rows: int, database: Database) -> None:
        values: dict[str, Any] = dict(add().__data__)
        many = [values | {"id": None, "uid": str(n)} for n in range(rows)]
        with database.peewee.atomic():
            for start in range(0, rows, 500):
                Reminder.insert_many(many[start : start + 500]).execute()
        for query, index in (
            ("SELECT due FROM reminder WHERE due IS NOT NULL AND deleted IS NULL ORDER BY due LIMIT 1", "by_due"),
            ("SELECT id FROM reminder WHERE due <= '2026' AND deleted IS NULL ORDER BY due LIMIT 500", "by_due"),
            ("SELECT id FROM ring WHERE snoozed_until <= '2026' ORDER BY snoozed_until LIMIT 500", "by_snoozed"),
        ):
            (plan,) = database.peewee.execute_sql(f"EXPLAIN QUERY PLAN {query}").fetchall()
            assert index in plan[3]


def test_an_autumn_with_two_claimers_restarts_and_jumps(tmp_path: Path) -> None:
    # The months in which clocks go forward in the south and back in the north; make bench plays the whole year.
    year = Year(tmp_path / "year.db", start=datetime(2026, 9, 1, tzinfo=UTC), days=75, many=400)
    year.fill()
    year.play()
    found = year.outcome()
    year.close()
    told = f"missed {len(found.missed)}, doubled {len(found.doubled)}"
    print(f"{found.wanted} rings, {year.prompt} prompt, {year.late} late, {told}")
    assert (found.missed, found.unwanted, found.doubled, found.silent) == (set(), set(), [], 0)
    assert year.prompt > 200
    assert year.late > 200


@pytest.mark.usefixtures("database")
def test_a_long_claim_stops_in_between_and_goes_on(monkeypatch: pytest.MonkeyPatch) -> None:
    for number in range(5):
        add(f"r{number}")
    monkeypatch.setattr(claims, "LONGEST", 0.0)  # seconds
    pieces = [[ring.text for ring in claim_due(NOW + DAY)] for _ in range(6)]
    assert pieces == [["r0"], ["r1"], ["r2"], ["r3"], ["r4"], []]


@pytest.mark.usefixtures("database")
def test_a_snoozed_one_is_not_overdue_and_says_until_when() -> None:
    row = add()
    (ring,) = claim_due(NOW + DAY)
    assert queries.overdue_count(ANNA, NOW + DAY) == 1
    rings.snooze(ANNA, ring.ring, NOW + 3 * DAY, NOW + DAY)
    assert queries.overdue_count(ANNA, NOW + DAY) == 0
    (listed,) = queries.listed([reminders.get(ANNA, row.id)])
    assert listed.snoozed == NOW + 3 * DAY


@pytest.mark.usefixtures("database")
class TestAClockThatWasAhead:
    AHEAD = NOW + 427 * DAY

    def test_what_repeats_rings_tomorrow_again(self) -> None:
        row, once = add(rule="FREQ=DAILY", leads=[0, 30]), add("once")
        assert len(claim_due(self.AHEAD)) >= 2
        assert Reminder.get_by_id(row.id).due > self.AHEAD
        assert forget_future(NOW) == 2
        tomorrow = datetime(2026, 3, 3, 8, tzinfo=UTC)
        assert Reminder.get_by_id(row.id).due == tomorrow - 30 * MINUTE
        assert Reminder.get_by_id(once.id).due == tomorrow
        rang = [(ring.reminder, ring.due) for ring in claim_due(tomorrow)]
        assert sorted(rang) == [(row.id, tomorrow), (once.id, tomorrow)]
        assert forget_future(tomorrow) == 0

    def test_what_a_person_did_ahead_of_time_stays(self) -> None:
        row = add(rule="FREQ=DAILY")
        rings.complete(ANNA, row.id, NOW)
        before = Reminder.get_by_id(row.id).at
        assert forget_future(NOW) == 0
        assert Reminder.get_by_id(row.id).at == before

    def test_an_hour_ahead_rings_nothing_twice(self) -> None:
        row = add(rule="FREQ=HOURLY")
        assert claim_due(row.due)
        assert forget_future(row.due - timedelta(hours=1)) == 0
