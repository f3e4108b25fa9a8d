"""Reminders are set, changed, answered and found; whose they are is nobody else's business."""

import asyncio
from collections.abc import Callable
from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest

from assistant.errors import Conflict, Invalid, NotFound
from assistant.reminders import moves, queries, reminders, rings, trash
from assistant.reminders.models import Reminder, Ring
from assistant.reminders.scheduling.claims import claim_due, next_due
from assistant.storage.database import Database
from assistant.storage.events import Change

ANNA, OUTSIDER = 1, 2
NOW = datetime(2026, 3, 2, 12, tzinfo=UTC)  # a Monday, 13:00 in Berlin
BERLIN = "Europe/Berlin"
HOUR, DAY = timedelta(hours=1), timedelta(days=1)

pytestmark = pytest.mark.usefixtures("database")


def add(text: str = "water", local: datetime | None = datetime(2026, 3, 3, 9), **said: Any) -> Reminder:
    return reminders.add(ANNA, **{"text": text, "local": local, "zone": BERLIN, "now": NOW, **said})


def texts(view: str, now: datetime = NOW, **said: Any) -> list[str]:
    return [row.text for row in queries.listing(ANNA, view, **{"zone": BERLIN, "now": now, **said}).rows]


def test_a_reminder_rings_at_its_time_on_the_wall() -> None:
    row = reminders.get(ANNA, add(note="the ferns\r\n", tags=["Home", "#home", "plants"]).id)
    assert row.local == datetime(2026, 3, 3, 9)
    assert row.at == row.due == datetime(2026, 3, 3, 8, tzinfo=UTC)
    assert row.note == "the ferns"
    assert queries.listing(ANNA, "coming", zone=BERLIN, now=NOW).rows[0].tags == ("Home", "plants")
    assert next_due() == row.due


def test_a_repetition_begins_with_the_first_time_that_fits() -> None:
    row = add(local=datetime(2026, 3, 3, 9), rule="rrule:freq=weekly;byday=fr")
    assert row.rule == "FREQ=WEEKLY;BYDAY=FR"
    assert row.local == datetime(2026, 3, 6, 9)
    past = add(local=datetime(2020, 1, 1, 9), rule="FREQ=DAILY")
    assert past.at == datetime(2026, 3, 3, 8, tzinfo=UTC)


def test_someday_never_rings() -> None:
    row = add(local=None)
    assert (row.at, row.due) == (None, None)
    assert texts("someday") == ["water"]
    assert rings.complete(ANNA, row.id, NOW)
    assert texts("done") == ["water"]
    assert rings.uncomplete(ANNA, row.id, NOW)
    assert texts("someday") == ["water"]


def test_a_reminder_rings_before_its_time_and_at_it() -> None:
    row = add(local=datetime(2026, 3, 4, 9), leads=[0, 24 * 60])
    assert row.due == datetime(2026, 3, 3, 8, tzinfo=UTC)
    assert row.at == datetime(2026, 3, 4, 8, tzinfo=UTC)
    soon = add(local=datetime(2026, 3, 3, 9), leads=[0, 24 * 60])
    assert soon.due == soon.at


@pytest.mark.parametrize(
    ("said", "field"),
    [
        ({"text": "  "}, "text"),
        ({"text": "x" * 501}, "text"),
        ({"note": "x" * 10_001}, "note"),
        ({"priority": 4}, "priority"),
        ({"local": datetime(2026, 3, 2, 9)}, "local"),
        ({"local": datetime(9999, 12, 31, 23)}, "local"),
        ({"zone": "Europe/Nowhere"}, "zone"),
        ({"rule": "FREQ=SECONDLY"}, "rule"),
        ({"local": datetime(2020, 1, 1, 9), "rule": "FREQ=DAILY;COUNT=3"}, "rule"),
        ({"local": None, "rule": "FREQ=DAILY"}, "local"),
        ({"after_done": "3 days"}, "after_done"),
        ({"after_done": "PT0M"}, "after_done"),
        ({"after_done": "P3D", "rule": "FREQ=DAILY"}, "after_done"),
        ({"leads": []}, "leads"),
        ({"leads": [-5]}, "leads"),
        ({"leads": [10_000_000]}, "leads"),
        ({"leads": [48 * 60]}, "leads"),
        ({"tags": ["x" * 101]}, "tags"),
        ({"tags": [f"t{n}" for n in range(51)]}, "tags"),
        ({"link_kind": "song", "link_id": 1}, "link"),
        ({"link_kind": "note"}, "link"),
        ({"link_kind": "note", "link_id": 2**70}, "link"),
    ],
)
def test_what_cannot_be_is_said_at_its_field(said: dict[str, Any], field: str) -> None:
    with pytest.raises(Invalid) as error:
        add(**said)
    assert error.value.field == field
    assert Reminder.select().count() == 0


def test_a_past_time_is_taken_when_that_is_meant() -> None:
    row = add(local=datetime(2026, 3, 1, 9), allow_past=True)
    assert (row.at, row.due) == (datetime(2026, 3, 1, 8, tzinfo=UTC), None)
    assert texts("overdue") == ["water"]


def test_one_uid_is_one_reminder() -> None:
    add(uid="a@calendar")
    with pytest.raises(Conflict):
        add(uid="a@calendar")
    reminders.add(OUTSIDER, text="mine", local=None, zone=BERLIN, now=NOW, uid="a@calendar")


def test_an_edit_that_is_not_about_time_leaves_the_time() -> None:
    row = add(rule="FREQ=DAILY")
    claim_due(NOW + DAY)
    changed = reminders.edit(ANNA, row.id, NOW + DAY, text="tea", priority=3, tags=["x"], follows=True)
    assert (changed.text, changed.priority, changed.follows) == ("tea", 3, True)
    assert changed.at == datetime(2026, 3, 3, 8, tzinfo=UTC)
    assert len(rings.ringing(ANNA)) == 1


def test_another_time_puts_what_rings_away() -> None:
    row = add()
    claim_due(NOW + DAY)
    changed = reminders.edit(ANNA, row.id, NOW + DAY, local=datetime(2026, 3, 5, 9))
    assert changed.due == datetime(2026, 3, 5, 8, tzinfo=UTC)
    assert rings.ringing(ANNA) == []
    with pytest.raises(Invalid):
        reminders.edit(ANNA, row.id, NOW + DAY, local=datetime(2026, 3, 1, 9))


def test_a_done_reminder_with_a_new_time_is_active_and_rings() -> None:
    row = add()
    rings.complete(ANNA, row.id, NOW)
    reminders.edit(ANNA, row.id, NOW, local=datetime(2026, 3, 4, 9))
    changed = reminders.edit(ANNA, row.id, NOW, local=datetime(2026, 3, 3, 9))
    assert (changed.state, changed.done) == ("active", None)
    assert [ring.reminder for ring in claim_due(NOW + DAY)] == [row.id]


def test_done_once_is_done() -> None:
    row = add()
    assert rings.complete(ANNA, row.id, NOW)
    assert not rings.complete(ANNA, row.id, NOW)
    assert claim_due(NOW + DAY) == []
    assert texts("done") == ["water"]
    assert rings.uncomplete(ANNA, row.id, NOW)
    assert not rings.uncomplete(ANNA, row.id, NOW)
    assert len(claim_due(NOW + DAY)) == 1


def test_a_repetition_goes_on_when_it_is_done() -> None:
    row = add(rule="FREQ=DAILY")
    claim_due(NOW + DAY)
    waiting = reminders.get(ANNA, row.id).at
    assert rings.complete(ANNA, row.id, NOW + DAY, occurrence=waiting)
    assert not rings.complete(ANNA, row.id, NOW + DAY, occurrence=waiting)
    row = reminders.get(ANNA, row.id)
    assert (row.state, row.at, row.due) == ("active", waiting + DAY, waiting + DAY)
    assert rings.ringing(ANNA) == []
    assert rings.uncomplete(ANNA, row.id, NOW + DAY)
    assert reminders.get(ANNA, row.id).at == waiting
    assert len(rings.ringing(ANNA)) == 1


def test_what_is_done_ahead_does_not_ring_any_more() -> None:
    row = add(rule="FREQ=DAILY", leads=[0, 30])
    assert rings.complete(ANNA, row.id, NOW)
    row = reminders.get(ANNA, row.id)
    assert row.at == datetime(2026, 3, 4, 8, tzinfo=UTC)
    assert row.due == datetime(2026, 3, 4, 7, 30, tzinfo=UTC)
    rings.uncomplete(ANNA, row.id, NOW)
    row = reminders.get(ANNA, row.id)
    assert row.due == datetime(2026, 3, 3, 7, 30, tzinfo=UTC)
    assert [ring.lead for ring in claim_due(NOW + DAY)] == [0]


def test_done_at_the_early_ring_is_done_for_the_late_one() -> None:
    row = add(rule="FREQ=DAILY", leads=[0, 30])
    (early,) = claim_due(datetime(2026, 3, 3, 7, 30, tzinfo=UTC))
    assert rings.answer(ANNA, early.ring, "done", NOW)
    assert claim_due(datetime(2026, 3, 3, 8, 0, tzinfo=UTC)) == []
    assert reminders.get(ANNA, row.id).at == datetime(2026, 3, 4, 8, tzinfo=UTC)


def test_the_last_of_a_repetition_is_its_end() -> None:
    row = add(rule="FREQ=DAILY;COUNT=1")
    claim_due(NOW + DAY)
    assert reminders.get(ANNA, row.id).due is None
    assert rings.complete(ANNA, row.id, NOW + DAY)
    assert reminders.get(ANNA, row.id).state == "done"


@pytest.mark.parametrize(
    ("interval", "again"),
    [
        ("P3D", datetime(2026, 3, 6, 9)),  # whole days keep the time of day
        ("P1W", datetime(2026, 3, 10, 9)),
        ("PT4H", datetime(2026, 3, 3, 17)),
        ("P1DT30M", datetime(2026, 3, 4, 13, 30)),
    ],
)
def test_what_is_counted_from_being_done(interval: str, again: datetime) -> None:
    row = add(after_done=interval)
    claim_due(NOW + DAY)
    rings.complete(ANNA, row.id, NOW + DAY)
    row = reminders.get(ANNA, row.id)
    assert (row.local, row.state) == (again, "active")
    assert row.due == row.at == again.replace(tzinfo=UTC) - HOUR
    rings.uncomplete(ANNA, row.id, NOW + DAY)
    row = reminders.get(ANNA, row.id)
    assert (row.local, row.due) == (datetime(2026, 3, 3, 9), None)


@pytest.mark.parametrize(
    ("now", "again"),
    [
        # 28 March 2027: 02:00 becomes 03:00 at 01:00 UTC. 25 October 2026: 03:00 becomes 02:00 at 01:00 UTC.
        ("2027-03-28T00:30", "2027-03-28T01:20"),
        ("2026-10-24T23:50", "2026-10-25T00:40"),
        ("2026-10-25T00:20", "2026-10-25T02:10"),  # not 01:10, as the clocks then show 02:10 again
        ("2026-10-25T01:20", "2026-10-25T02:10"),
    ],
)
def test_minutes_after_being_done_pass_whatever_the_clocks_do(now: str, again: str) -> None:
    done, comes = (datetime.fromisoformat(moment).replace(tzinfo=UTC) for moment in (now, again))
    row = add(local=datetime(2026, 3, 3, 9), after_done="PT50M")
    claim_due(done)
    rings.complete(ANNA, row.id, done)
    assert reminders.get(ANNA, row.id).due == comes


def test_the_first_answer_counts() -> None:
    add()
    (ring,) = claim_due(NOW + DAY)
    assert rings.answer(ANNA, ring.ring, "done", NOW + DAY)
    assert not rings.answer(ANNA, ring.ring, "dismissed", NOW + DAY)
    assert not rings.snooze(ANNA, ring.ring, NOW + 2 * DAY, NOW + DAY)
    assert Ring.get_by_id(ring.ring).state == "done"
    with pytest.raises(Invalid):
        rings.answer(ANNA, ring.ring, "perhaps", NOW)


def test_dismissed_is_silent_and_not_done() -> None:
    add("once")
    add("daily", rule="FREQ=DAILY")
    for ring in claim_due(NOW + DAY):
        rings.answer(ANNA, ring.ring, "dismissed", NOW + DAY)
    assert rings.ringing(ANNA) == []
    assert texts("overdue", NOW + DAY) == ["once"]
    assert texts("coming", NOW + DAY) == ["daily"]


def test_a_snoozed_ring_comes_again() -> None:
    row = add()
    (ring,) = claim_due(NOW + DAY)
    until = NOW + DAY + HOUR
    assert rings.snooze(ANNA, ring.ring, until, NOW + DAY)
    assert rings.ringing(ANNA) == []
    assert next_due() == until
    (again,) = claim_due(until)
    assert (again.ring, again.late) == (ring.ring, 0)
    assert claim_due(until) == []
    for bad in (NOW, NOW + 800 * DAY):
        with pytest.raises(Invalid):
            rings.snooze(ANNA, ring.ring, bad, until)
    trash.delete(ANNA, row.id, until)
    with pytest.raises(NotFound):
        rings.snooze(ANNA, ring.ring, until + HOUR, until)


def test_deleted_it_is_silent_and_restored_it_is_back() -> None:
    row = add(tags=["x"])
    trash.delete(ANNA, row.id, NOW)
    assert (texts("coming"), queries.tags(ANNA), next_due()) == ([], [], None)
    assert claim_due(NOW + DAY) == []
    trash.restore(ANNA, row.id)
    assert [ring.late > 0 for ring in claim_due(NOW + DAY)] == [True]
    trash.delete(ANNA, row.id, NOW)
    assert rings.ringing(ANNA) == []
    assert trash.purge(NOW + HOUR) == 0
    assert trash.purge(NOW + 2 * DAY) == 1
    assert Ring.select().count() == 0
    with pytest.raises(NotFound):
        trash.restore(ANNA, row.id)


def test_many_at_once() -> None:
    ids = [add(f"r{n}", tags=["old"]).id for n in range(3)]
    theirs = reminders.add(OUTSIDER, text="theirs", local=None, zone=BERLIN, now=NOW).id
    assert reminders.tag_all(ANNA, [*ids, theirs], add=["new"], remove=["OLD"]) == ids
    assert queries.tags(ANNA) == [("new", 3)]
    assert len(moves.move_all(ANNA, [*ids, theirs], date(2026, 4, 1), NOW)) == 3
    assert reminders.complete_all(ANNA, [*ids, theirs], NOW) == 3
    assert trash.delete_all(ANNA, [*ids, theirs], NOW) == 3
    assert trash.restore_all(ANNA, [*ids, theirs]) == 3
    assert reminders.get(OUTSIDER, theirs).state == "active"


def test_views_are_by_the_days_of_the_zone() -> None:
    add("today", datetime(2026, 3, 2, 23, 30))
    add("tomorrow", datetime(2026, 3, 3, 0, 30))
    add("someday", None)
    add("overdue", datetime(2026, 3, 1, 9), allow_past=True)
    add("missed today", datetime(2026, 3, 2, 9), allow_past=True)
    assert texts("today") == ["missed today", "today"]
    assert texts("today", zone="UTC") == ["missed today", "today", "tomorrow"]
    assert (texts("coming"), texts("someday")) == (["tomorrow"], ["someday"])
    assert texts("overdue") == ["overdue", "missed today"]
    assert queries.overdue_count(ANNA, NOW) == 2
    with pytest.raises(Invalid):
        texts("elsewhere")


def test_lists_come_in_pieces_and_are_filtered() -> None:
    for n in range(7):
        add(f"Überweisung {n}", datetime(2026, 3, 4, 9 + n // 3), priority=n % 2, tags=["geld"] if n < 3 else [])
    add("other", datetime(2026, 3, 4, 9), note="straße")
    for view, prepared in (("coming", False), ("someday", True), ("done", True)):
        if prepared:
            for n in range(7):
                row = add(f"{view} {n}", None)
                if view == "done":
                    rings.complete(ANNA, row.id, NOW)
        seen, cursor = [], None
        while True:
            page = queries.listing(ANNA, view, zone=BERLIN, now=NOW, after=cursor, limit=3)
            seen += [row.id for row in page.rows]
            if (cursor := page.next) is None:
                break
        assert len(seen) == len(set(seen)) >= 7
    assert len(texts("coming", words="uberWEISUNG")) == 7
    assert texts("coming", words="strasse") == ["other"]
    assert texts("coming", words="überweisung 3") == ["Überweisung 3"]
    assert len(texts("coming", tag="GELD")) == 3
    assert len(texts("coming", priority=1)) == 3
    for cursor in ("x", "1.", "1.2026-99-99", "9" * 30, "1.2026-03-04 09:00:00'--"):
        with pytest.raises(NotFound):
            texts("coming", after=cursor)


def test_the_calendar_tells_repetitions_one_by_one() -> None:
    daily = add("daily", rule="FREQ=DAILY")
    add("once", datetime(2026, 3, 5, 12))
    add("ended", rule="FREQ=DAILY;COUNT=2")
    rings.complete(ANNA, daily.id, NOW)
    found = queries.between(ANNA, NOW, NOW + 5 * DAY, BERLIN)
    assert [(each.text, each.wall.day) for each in found] == [
        ("daily", 3), ("ended", 3), ("daily", 4), ("ended", 4), ("daily", 5), ("once", 5), ("daily", 6), ("daily", 7),
    ]  # fmt: skip
    assert [each.wall.day for each in found if each.done] == [3]
    assert len(queries.between(ANNA, NOW, NOW + 5 * DAY, BERLIN, limit=2)) == 2
    for n in range(3):
        add(f"often {n}", rule="FREQ=MINUTELY")
    many = queries.between(ANNA, NOW, NOW + 500 * DAY, BERLIN, limit=10**9)
    assert len(many) == 1000
    assert [each.at for each in many] == sorted(each.at for each in many)


def test_travelling_keeps_the_time_on_the_wall_of_what_follows() -> None:
    along = add("along", rule="FREQ=DAILY", follows=True, leads=[0, 60])
    stays = add("stays", rule="FREQ=DAILY")
    once = add("once", datetime(2026, 3, 2, 18), follows=True)
    assert reminders.travel(ANNA, "America/New_York", NOW) == 2
    along = reminders.get(ANNA, along.id)
    assert (along.at, along.due) == (datetime(2026, 3, 3, 14, tzinfo=UTC), datetime(2026, 3, 3, 13, tzinfo=UTC))
    assert reminders.get(ANNA, stays.id).zone == BERLIN
    assert reminders.travel(ANNA, "America/New_York", NOW) == 0
    reminders.travel(ANNA, "Asia/Tokyo", NOW)
    assert reminders.get(ANNA, once.id).due == datetime(2026, 3, 2, 9, tzinfo=UTC)
    assert [ring.text for ring in claim_due(NOW)] == ["once"]  # 18:00 has passed in Tokyo: it is late, not lost
    with pytest.raises(Invalid):
        reminders.travel(ANNA, "Nowhere", NOW)


def test_travelling_west_does_not_ring_twice() -> None:
    add(rule="FREQ=DAILY", follows=True)
    now = datetime(2026, 3, 3, 8, 30, tzinfo=UTC)
    assert len(claim_due(now)) == 1
    reminders.travel(ANNA, "America/New_York", now)
    assert claim_due(datetime(2026, 3, 3, 20, tzinfo=UTC)) == []
    assert len(claim_due(datetime(2026, 3, 4, 14, tzinfo=UTC))) == 1


def test_links_lead_back() -> None:
    add("read it", link_kind="note", link_id=5)
    assert [row.text for row in reminders.linked(ANNA, "note", 5)] == ["read it"]
    assert reminders.linked(ANNA, "message", 5) == reminders.linked(ANNA, "note", 2**70) == []


def test_the_history_tells_what_became_of_each_ring() -> None:
    row = add(rule="FREQ=DAILY")
    (ring,) = claim_due(NOW + DAY)
    rings.answer(ANNA, ring.ring, "done", NOW + DAY)
    claim_due(NOW + 4 * DAY)
    told = rings.history(ANNA, row.id)
    assert [(rang.occurrence.day, rang.state) for rang in told] == [
        (6, "ringing"), (5, "missed"), (4, "missed"), (3, "done"),
    ]  # fmt: skip
    assert told[0].missed == 2


def test_pages_hear_what_changed(database: Database) -> None:
    heard = list[Change]()
    database.events.subscribe(ANNA, heard.append)
    row = asyncio.run(database.run(reminders.add, ANNA, text="x", local=None, zone=BERLIN, now=NOW))
    assert heard == [Change(ANNA, "reminders", row.id)]


@pytest.mark.parametrize(
    "act",
    [
        lambda row, ring: reminders.get(OUTSIDER, row),
        lambda row, ring: reminders.edit(OUTSIDER, row, NOW, text="mine"),
        lambda row, ring: rings.complete(OUTSIDER, row, NOW),
        lambda row, ring: rings.uncomplete(OUTSIDER, row, NOW),
        lambda row, ring: moves.move(OUTSIDER, row, date(2026, 4, 1), NOW),
        lambda row, ring: moves.move_back(OUTSIDER, moves.Moved(row), NOW),
        lambda row, ring: trash.delete(OUTSIDER, row, NOW),
        lambda row, ring: trash.restore(OUTSIDER, row),
        lambda row, ring: rings.history(OUTSIDER, row),
        lambda row, ring: rings.answer(OUTSIDER, ring, "done", NOW),
        lambda row, ring: rings.snooze(OUTSIDER, ring, NOW + 2 * DAY, NOW),
        lambda row, ring: reminders.complete_all(OUTSIDER, [row], NOW),
        lambda row, ring: trash.delete_all(OUTSIDER, [row], NOW),
        lambda row, ring: trash.restore_all(OUTSIDER, [row]),
        lambda row, ring: moves.move_all(OUTSIDER, [row], date(2026, 4, 1), NOW),
        lambda row, ring: reminders.tag_all(OUTSIDER, [row], add=["x"]),
        lambda row, ring: reminders.get(ANNA, 2**70),
        lambda row, ring: rings.answer(ANNA, 2**70, "done", NOW),
    ],
)
def test_the_outsider_is_refused(act: Callable[[int, int], object]) -> None:
    row = add(rule="FREQ=DAILY", tags=["x"])
    (ring,) = claim_due(NOW + DAY)
    before = list(Reminder.select().dicts()), list(Ring.select().dicts())
    with pytest.raises(NotFound):
        act(row.id, ring.ring)
    assert (list(Reminder.select().dicts()), list(Ring.select().dicts())) == before


def test_the_outsider_sees_nothing() -> None:
    add(rule="FREQ=DAILY", tags=["x"], follows=True, link_kind="note", link_id=5)
    claim_due(NOW + DAY)
    for view in ("today", "coming", "overdue", "someday", "done"):
        assert queries.listing(OUTSIDER, view, zone=BERLIN, now=NOW + DAY, tag=None).rows == []
    assert rings.ringing(OUTSIDER) == []
    assert queries.tags(OUTSIDER) == []
    assert reminders.linked(OUTSIDER, "note", 5) == []
    assert queries.between(OUTSIDER, NOW, NOW + 5 * DAY, BERLIN) == []
    assert queries.overdue_count(OUTSIDER, NOW + DAY) == reminders.travel(OUTSIDER, "Asia/Tokyo", NOW) == 0


def test_due_is_overdue_and_today_in_one() -> None:
    for text, local in (("yesterday", datetime(2026, 3, 1, 9)), ("earlier", datetime(2026, 3, 2, 9)),
                        ("tonight", datetime(2026, 3, 2, 23)), ("tomorrow", datetime(2026, 3, 3, 0))):  # fmt: skip
        add(text, local, allow_past=True)
    assert texts("due") == ["yesterday", "earlier", "tonight"]
    assert queries.count(ANNA, "due", BERLIN, NOW) == 3
    assert queries.count(OUTSIDER, "due", BERLIN, NOW) == 0


def test_a_list_goes_on_at_an_instant() -> None:
    for number in range(5):
        add(f"r{number}", datetime(2026, 3, 3 + number, 9))
    after = queries.cursor_at(datetime(2026, 3, 5, tzinfo=UTC))
    assert texts("coming", after=after) == ["r2", "r3", "r4"]


def test_the_calendar_is_searched_as_lists_are() -> None:
    add("black tea", tags=["kitchen"], rule="FREQ=DAILY;COUNT=2")
    add("green tea", priority=3)
    add("coffee", tags=["kitchen"])

    def found(**said: Any) -> list[str]:
        return [one.text for one in queries.between(ANNA, NOW, NOW + 9 * DAY, BERLIN, **said)]

    assert found(words="tea") == ["black tea", "green tea", "black tea"]
    assert found(tag="Kitchen") == ["black tea", "coffee", "black tea"]
    assert found(priority=3) == ["green tea"]
    assert found(repeating=True) == ["black tea", "black tea"]
