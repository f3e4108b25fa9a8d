"""What follows from one act after another: nothing goes silent, rings twice, or stands at a time that is over."""

import random
from collections import Counter
from contextlib import suppress
from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest

from assistant.errors import Invalid, NotFound
from assistant.reminders import exceptions, moves, queries, reminders, rings, trash
from assistant.reminders.models import ACTIVE, Reminder, Ring
from assistant.reminders.schedule import occurrence_after
from assistant.reminders.scheduling.claims import claim_due
from assistant.storage.database import Database

ANNA = 1
NOW = datetime(2026, 3, 2, 12, tzinfo=UTC)
DAY, HOUR = timedelta(days=1), timedelta(hours=1)

pytestmark = pytest.mark.usefixtures("database")


def add(local: datetime = datetime(2026, 3, 3, 9), **said: Any) -> Reminder:
    return reminders.add(ANNA, **{"text": "tea", "local": local, "zone": "UTC", "now": NOW, **said})


def at(reminder: int) -> datetime | None:
    found: datetime | None = reminders.get(ANNA, reminder).at
    return found and found.replace(tzinfo=None)


def rung(until: datetime, since: datetime = NOW) -> list[tuple[int, int]]:
    """The day and the lead of what rings from then on, hour by hour."""
    found = []
    while since <= until:
        found += [(ring.occurrence.day, ring.lead) for ring in claim_due(since)]
        since += HOUR
    return found


def test_done_early_it_comes_again_after_what_was_done() -> None:
    row = add(datetime(2026, 3, 4, 9), after_done="P1D")
    rings.complete(ANNA, row.id, NOW + DAY)
    assert at(row.id) == datetime(2026, 3, 5, 9)
    assert rung(NOW + 5 * DAY) == [(5, 0)]


@pytest.mark.parametrize("said", [{"after_done": "PT4H"}, {"after_done": "P3D"}, {"rule": "FREQ=DAILY"}])
def test_done_twice_at_once_is_done_once(said: dict[str, Any]) -> None:
    row = add(**said)
    claim_due(NOW + DAY)
    meant = reminders.get(ANNA, row.id).at
    assert rings.complete(ANNA, row.id, NOW + DAY, occurrence=meant)
    following = at(row.id)
    assert not rings.complete(ANNA, row.id, NOW + DAY, occurrence=meant)
    assert at(row.id) == following
    assert len(rung(NOW + 8 * DAY, NOW + DAY)) >= 1


def test_a_series_that_was_done_lives_again_when_a_date_comes_back() -> None:
    row = add(rule="FREQ=DAILY;COUNT=2")
    moved = moves.move(ANNA, row.id, date(2026, 3, 9), NOW, occurrence=datetime(2026, 3, 4, 9, tzinfo=UTC))
    rings.complete(ANNA, row.id, NOW)
    assert reminders.get(ANNA, row.id).state == "done"
    moves.move_back(ANNA, moved, NOW)
    assert reminders.get(ANNA, row.id).state == ACTIVE
    (ring,) = claim_due(NOW + 2 * DAY)
    assert rings.answer(ANNA, ring.ring, "done", NOW + 2 * DAY)
    assert rings.ringing(ANNA) == []
    assert reminders.get(ANNA, row.id).state == "done"


@pytest.mark.parametrize("zone", ["America/New_York", "Asia/Tokyo"])
def test_travelling_does_not_bring_back_what_was_moved_or_done_ahead(zone: str) -> None:
    row = add(datetime(2026, 3, 3, 9), zone="Europe/Berlin", rule="FREQ=DAILY", follows=True, leads=[0, 1440])
    claim_due(NOW)
    rings.complete(ANNA, row.id, NOW)
    moves.move(ANNA, row.id, date(2026, 3, 20), NOW, occurrence=datetime(2026, 3, 5, 8, tzinfo=UTC))
    reminders.travel(ANNA, zone, NOW)
    days = [occurrence for occurrence, _ in rung(datetime(2026, 3, 7, 20, tzinfo=UTC))]
    assert 5 not in days
    assert 3 not in days
    assert {4, 6, 7} <= set(days)


def test_done_is_about_this_day_and_not_about_tomorrows_early_ring() -> None:
    row = add(datetime(2026, 3, 4, 9), rule="FREQ=DAILY", leads=[0, 1440])
    for hour in range(50):
        claim_due(NOW + hour * HOUR)
    noon = datetime(2026, 3, 4, 14, tzinfo=UTC)
    rings.complete(ANNA, row.id, noon)
    assert at(row.id) == datetime(2026, 3, 5, 9)
    done = {one.at.day: one.done for one in queries.between(ANNA, NOW, NOW + 5 * DAY, "UTC")}
    assert (done[4], done[5]) == (True, False)
    rings.uncomplete(ANNA, row.id, noon)
    assert at(row.id) == datetime(2026, 3, 4, 9)


def test_a_series_whose_last_date_moved_is_over() -> None:
    row = add(rule="FREQ=DAILY;COUNT=1")
    moved = moves.move(ANNA, row.id, date(2026, 3, 9), NOW)
    assert reminders.get(ANNA, row.id).state == "done"
    assert queries.overdue_count(ANNA, NOW + 3 * DAY) == 0
    moves.move_back(ANNA, moved, NOW)
    assert (reminders.get(ANNA, row.id).state, at(row.id)) == (ACTIVE, datetime(2026, 3, 3, 9))
    assert rung(NOW + 10 * DAY) == [(3, 0)]


def test_what_was_done_ahead_is_not_waited_for() -> None:
    row = add(rule="FREQ=DAILY")
    moved = moves.move(ANNA, row.id, date(2026, 3, 9), NOW)
    rings.complete(ANNA, row.id, NOW)
    moves.move_back(ANNA, moved, NOW)
    assert at(row.id) == datetime(2026, 3, 3, 9)
    rings.complete(ANNA, row.id, NOW)
    assert at(row.id) == datetime(2026, 3, 5, 9)


def test_a_date_that_the_series_no_longer_has_does_not_come_back() -> None:
    row = add(rule="FREQ=DAILY")
    moved = moves.move(ANNA, row.id, date(2026, 3, 9), NOW)
    reminders.edit(ANNA, row.id, NOW, local=datetime(2026, 3, 3, 17))
    with pytest.raises(Invalid, match="changed"):
        moves.move_back(ANNA, moved, NOW)
    assert at(row.id) == datetime(2026, 3, 3, 17)
    assert reminders.get(ANNA, moved.copy or 0).text == "tea"


def test_done_at_an_earlier_time_is_not_taken_back_once_it_has_another() -> None:
    row = add()
    rings.complete(ANNA, row.id, NOW + DAY)
    reminders.edit(ANNA, row.id, NOW + DAY, local=datetime(2026, 3, 9, 9))
    assert not rings.uncomplete(ANNA, row.id, NOW + DAY)
    assert at(row.id) == datetime(2026, 3, 9, 9)


def test_a_done_one_that_moved_is_done_again_when_it_moves_back() -> None:
    row = add()
    rings.complete(ANNA, row.id, NOW)
    moved = moves.move(ANNA, row.id, date(2026, 3, 9), NOW)
    assert reminders.get(ANNA, row.id).state == ACTIVE
    moves.move_back(ANNA, moved, NOW)
    kept = reminders.get(ANNA, row.id)
    assert (kept.state, kept.due, kept.done) == ("done", None, NOW)
    assert rung(NOW + 10 * DAY) == []


def test_a_date_comes_back_though_its_copy_was_deleted() -> None:
    row = add(rule="FREQ=DAILY")
    moved = moves.move(ANNA, row.id, date(2026, 3, 9), NOW)
    trash.delete(ANNA, moved.copy or 0, NOW)
    moves.move_back(ANNA, moved, NOW)
    assert at(row.id) == datetime(2026, 3, 3, 9)


class Life:
    """A reminder to which many things happen in any order, and what must hold after each."""

    def __init__(self, seed: int, database: Database) -> None:
        self.database = database
        self.chance, self.now = random.Random(seed), NOW
        leads = self.chance.choice([[0], [0, 60], [0, 1440], [1440]])
        kind = self.chance.choice(
            [{}, {"rule": "FREQ=DAILY"}, {"rule": "FREQ=DAILY;COUNT=4"}, {"rule": "FREQ=WEEKLY;BYDAY=TU,FR"},
             {"after_done": "P1D"}, {"after_done": "PT5H"}]
        )  # fmt: skip
        self.row = add(datetime(2026, 3, 5, 9), leads=leads, follows=True, **kind).id
        self.moved: list[moves.Moved] = []
        self.times: Counter[int] = Counter()

    def act(self) -> None:
        acts = (self.wait, self.wait, self.complete, self.uncomplete, self.move, self.back, self.travel, self.answer)
        # As the product does it: what is refused changes nothing.
        with suppress(Invalid, NotFound), self.database.peewee.atomic():
            self.chance.choice(acts)()
        self.check()

    def wait(self) -> None:
        self.now += self.chance.choice([HOUR, 5 * HOUR, DAY, 3 * DAY])
        for ring in claim_due(self.now):
            self.times[ring.ring] += 1

    def complete(self) -> None:
        rings.complete(ANNA, self.row, self.now)

    def uncomplete(self) -> None:
        rings.uncomplete(ANNA, self.row, self.now)

    def move(self) -> None:
        ahead = timedelta(days=self.chance.randrange(1, 9))
        self.moved.append(moves.move(ANNA, self.row, (self.now + ahead).date(), self.now))

    def back(self) -> None:
        if self.moved:
            moves.move_back(ANNA, self.moved.pop(), self.now)

    def travel(self) -> None:
        reminders.travel(ANNA, self.chance.choice(["UTC", "Asia/Tokyo", "America/New_York"]), self.now)

    def answer(self) -> None:
        for ring in rings.ringing(ANNA)[:1]:
            rings.answer(ANNA, ring.ring, self.chance.choice(["done", "dismissed"]), self.now)

    def check(self) -> None:
        row = reminders.get(ANNA, self.row)
        assert all(times == 1 for times in self.times.values())
        if row.state != ACTIVE:
            assert row.due is None
            return
        over = exceptions.left_out_of(row)
        assert row.at not in over
        following = occurrence_after(row, self.now)
        while following is not None and following in over | self.done_ahead():
            following = occurrence_after(row, following)
        waits = Ring.select().where((Ring.reminder == row.id) & Ring.state.in_(("ringing", "snoozed"))).exists()
        assert following is None or row.due is not None or waits, "it will never ring again"

    def done_ahead(self) -> set[datetime]:
        """The occurrences that need no ring any more: they were done, or have rung before their time."""
        dealt_with = (Ring.state == "done") | Ring.rang.is_null(is_null=False)
        rings = Ring.select(Ring.occurrence).where((Ring.reminder == self.row) & dealt_with)
        return {ring.occurrence for ring in rings}


@pytest.mark.parametrize("seed", range(80))
def test_whatever_happens_it_rings_again_and_never_twice(seed: int, database: Database) -> None:
    life = Life(seed, database)
    for _ in range(40):
        life.act()
