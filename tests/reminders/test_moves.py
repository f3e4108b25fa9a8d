"""Reminders are put on another day; of a repetition one occurrence at a time, and all of it can be undone."""

from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest

from assistant.errors import Invalid, NotFound
from assistant.reminders import moves, queries, reminders, rings
from assistant.reminders.models import Reminder, Ring
from assistant.reminders.moves import Moved
from assistant.reminders.scheduling.claims import claim_due

ANNA, EVE = 1, 2
NOW = datetime(2026, 3, 2, 12, tzinfo=UTC)  # a Monday, 13:00 in Berlin
BERLIN = "Europe/Berlin"
DAY = timedelta(days=1)

pytestmark = pytest.mark.usefixtures("database")


def add(text: str = "choir", local: datetime | None = datetime(2026, 3, 3, 19), **said: Any) -> Reminder:
    return reminders.add(ANNA, **{"text": text, "local": local, "zone": BERLIN, "now": NOW, **said})


def calendar(days: int = 30) -> list[tuple[str, str]]:
    found = queries.between(ANNA, NOW, NOW + days * DAY, BERLIN)
    return [(one.text, f"{one.wall:%m-%d %H:%M}") for one in found]


def test_once_it_keeps_its_time_of_day() -> None:
    row = add(local=datetime(2026, 3, 28, 9))
    moved = moves.move(ANNA, row.id, date(2026, 3, 30), NOW)
    kept = reminders.get(ANNA, row.id)
    assert (kept.local, kept.due) == (datetime(2026, 3, 30, 9), datetime(2026, 3, 30, 7, tzinfo=UTC))
    moves.move_back(ANNA, moved, NOW)
    assert reminders.get(ANNA, row.id).local == datetime(2026, 3, 28, 9)


def test_someday_comes_at_nine_and_goes_back_to_someday() -> None:
    row = add(local=None)
    moved = moves.move(ANNA, row.id, date(2026, 3, 30), NOW)
    assert reminders.get(ANNA, row.id).local == datetime(2026, 3, 30, 9)
    moves.move_back(ANNA, moved, NOW)
    assert reminders.get(ANNA, row.id).due is None


def test_of_a_repetition_one_occurrence_moves() -> None:
    row = add(rule="FREQ=WEEKLY;BYDAY=TU", tags=["music"], note="bring the score", leads=[0, 60], priority=2)
    moved = moves.move(ANNA, row.id, date(2026, 3, 5), NOW)
    assert [when for _, when in calendar(15)] == ["03-05 19:00", "03-10 19:00"]
    (copy,) = queries.listed([reminders.get(ANNA, moved.copy or 0)])
    assert (copy.rule, copy.tags, copy.note, copy.leads, copy.priority) == (
        "",
        ("music",),
        "bring the score",
        (0, 60),
        2,
    )
    assert reminders.get(ANNA, row.id).at == datetime(2026, 3, 10, 18, tzinfo=UTC)


def test_what_was_moved_rings_on_its_new_day_alone() -> None:
    row = add(rule="FREQ=WEEKLY;BYDAY=TU", leads=[0, 60])
    moves.move(ANNA, row.id, date(2026, 3, 5), NOW)
    rung = [(ring.due.day, ring.lead) for hour in range(24 * 10) for ring in claim_due(NOW + hour * DAY / 24)]
    assert rung == [(5, 60), (5, 0), (10, 60), (10, 0)]


def test_a_later_occurrence_moves_and_those_before_it_stay() -> None:
    row = add(rule="FREQ=WEEKLY;BYDAY=TU")
    moves.move(ANNA, row.id, date(2026, 3, 12), NOW, occurrence=datetime(2026, 3, 10, 18, tzinfo=UTC))
    assert [when for _, when in calendar(20)] == ["03-03 19:00", "03-12 19:00", "03-17 19:00"]
    rings.complete(ANNA, row.id, NOW)
    assert reminders.get(ANNA, row.id).at == datetime(2026, 3, 17, 18, tzinfo=UTC)


def test_it_is_undone_whole() -> None:
    row = add(rule="FREQ=WEEKLY;BYDAY=TU", leads=[0, 60])
    before, shown = calendar(), reminders.get(ANNA, row.id)
    moved = moves.move(ANNA, row.id, date(2026, 3, 5), NOW)
    moves.move_back(ANNA, moved, NOW)
    after = reminders.get(ANNA, row.id)
    assert calendar() == before
    assert (after.at, after.due) == (shown.at, shown.due)
    assert Ring.select().count() == 0


def test_an_overdue_occurrence_that_moves_is_quiet_until_then() -> None:
    row = add(rule="FREQ=WEEKLY;BYDAY=TU")
    claim_due(NOW + 2 * DAY)
    moved = moves.move(ANNA, row.id, date(2026, 3, 6), NOW + 2 * DAY)
    assert rings.ringing(ANNA) == []
    assert queries.overdue_count(ANNA, NOW + 2 * DAY) == 0
    moves.move_back(ANNA, moved, NOW + 2 * DAY)
    assert [ring.text for ring in rings.ringing(ANNA)] == ["choir"]
    assert queries.overdue_count(ANNA, NOW + 2 * DAY) == 1


def test_a_change_of_its_text_or_leads_does_not_bring_it_back() -> None:
    row = add(rule="FREQ=WEEKLY;BYDAY=TU")
    moves.move(ANNA, row.id, date(2026, 3, 5), NOW)
    reminders.edit(ANNA, row.id, NOW, leads=[30])
    assert reminders.get(ANNA, row.id).at == datetime(2026, 3, 10, 18, tzinfo=UTC)
    assert [ring.lead for ring in claim_due(NOW + 2 * DAY)] == []


@pytest.mark.parametrize(
    ("day", "occurrence", "said"),
    [
        (date(2026, 3, 1), None, "past"),
        (date(2026, 3, 5), datetime(2026, 3, 4, 18, tzinfo=UTC), "does not come"),
        (date(2026, 3, 5), datetime(2026, 3, 10, 18, tzinfo=UTC), "was moved"),
    ],
)
def test_what_cannot_be_is_said(day: date, occurrence: datetime | None, said: str) -> None:
    row = add(rule="FREQ=WEEKLY;BYDAY=TU")
    moves.move(ANNA, row.id, date(2026, 3, 12), NOW, occurrence=datetime(2026, 3, 10, 18, tzinfo=UTC))
    with pytest.raises(Invalid, match=said) as refused:
        moves.move(ANNA, row.id, day, NOW, occurrence=occurrence)
    assert refused.value.field == "day"


def test_what_was_not_moved_is_not_moved_back() -> None:
    row = add(rule="FREQ=WEEKLY;BYDAY=TU")
    other = add("other")
    moves.move_back(ANNA, Moved(row.id, occurrence=NOW - DAY, copy=other.id), NOW)
    assert reminders.get(ANNA, row.id).at == datetime(2026, 3, 3, 18, tzinfo=UTC)
    assert reminders.get(ANNA, other.id).text == "other"


def test_the_outsider_moves_nothing_back() -> None:
    row = add(rule="FREQ=WEEKLY;BYDAY=TU")
    moved = moves.move(ANNA, row.id, date(2026, 3, 5), NOW)
    theirs = reminders.add(EVE, text="x", local=datetime(2026, 3, 9, 9), rule="FREQ=DAILY", zone=BERLIN, now=NOW)
    with pytest.raises(NotFound):
        moves.move_back(EVE, moved, NOW)
    moves.move_back(EVE, Moved(theirs.id, occurrence=moved.occurrence, copy=moved.copy), NOW)
    assert calendar(5)[0] == ("choir", "03-05 19:00")


def rung() -> Reminder:
    """A reminder that has just rung."""
    row = add(local=datetime(2026, 3, 2, 14))
    assert [ring.reminder for ring in claim_due(NOW + timedelta(hours=1))] == [row.id]
    return row


def test_what_rang_is_put_off_and_rings_again() -> None:
    row, later = rung(), NOW + timedelta(hours=1)
    moves.put_off(ANNA, row.id, later + timedelta(minutes=10), later)
    assert rings.ringing(ANNA) == []
    (shown,) = queries.listing(ANNA, "overdue", zone=BERLIN, now=later).rows
    assert shown.snoozed == later + timedelta(minutes=10)
    assert [ring.reminder for ring in claim_due(later + timedelta(minutes=10))] == [row.id]


def test_what_was_put_off_is_put_back() -> None:
    row, later = rung(), NOW + timedelta(hours=1)
    put_off = moves.put_off(ANNA, row.id, later + DAY, later)
    moves.put_back(EVE, put_off, later)
    assert rings.ringing(ANNA) == []
    moves.put_back(ANNA, put_off, later)
    assert [ring.reminder for ring in rings.ringing(ANNA)] == [row.id]


def test_what_was_silenced_can_still_be_put_off_and_is_silent_when_it_is_put_back() -> None:
    row, later = rung(), NOW + timedelta(hours=1)
    rings.dismiss_all(ANNA, later)
    put_off = moves.put_off(ANNA, row.id, later + DAY, later)
    moves.put_back(ANNA, put_off, later)
    assert rings.ringing(ANNA) == []
    assert claim_due(later + DAY) == []


@pytest.mark.parametrize(
    ("until", "said"), [(NOW + DAY, "has not rung"), (NOW - DAY, "within the next year"), (NOW + 400 * DAY, "year")]
)
def test_what_has_not_rung_or_cannot_be_is_not_put_off(until: datetime, said: str) -> None:
    row = add()
    with pytest.raises(Invalid, match=said):
        moves.put_off(ANNA, row.id, until, NOW)
    with pytest.raises(NotFound):
        moves.put_off(EVE, row.id, until, NOW)
