"""Several reminders at once, and many that ring: what is done to them, and the way back."""

from collections.abc import Sequence
from datetime import UTC, date, datetime, timedelta

import pytest

from assistant.errors import NotFound
from assistant.reminders import moves, queries, reminders, ringing, rings, trash
from assistant.reminders.links import Link
from assistant.reminders.scheduling.claims import claim_due
from assistant.users import accounts

ANNA, EVE = 1, 2
NOW = datetime(2026, 3, 2, 12, tzinfo=UTC)  # a Monday
LATER = datetime(2031, 5, 5, 9)  # a Monday, too

pytestmark = pytest.mark.usefixtures("database")


def add(text: str, local: datetime = LATER, *, rule: str = "", tags: Sequence[str] = ()) -> int:
    return int(reminders.add(ANNA, text=text, local=local, zone="UTC", now=NOW, rule=rule, tags=tags).id)


def coming(words: str = "") -> list[queries.Listed]:
    return queries.listing(ANNA, "coming", zone="UTC", now=NOW, words=words).rows


def texts() -> list[str]:
    return [row.text for row in coming()]


def days() -> list[tuple[str, str]]:
    return [(row.text, f"{row.at:%Y-%m-%d}") for row in coming()]


def nowhere(_user: int, _kind: str, _id: int) -> Link:
    raise NotFound("There is no such place.")


def test_several_are_done_and_deleted_at_once_and_come_back() -> None:
    ids = [add(f"r{number}") for number in range(3)]
    assert reminders.complete_all(ANNA, ids, NOW) == 3
    assert texts() == []
    assert reminders.uncomplete_all(ANNA, ids, NOW) == 3
    assert texts() == ["r0", "r1", "r2"]
    assert trash.delete_all(ANNA, ids, NOW) == 3
    assert texts() == []
    assert trash.restore_all(ANNA, ids) == 3
    assert texts() == ["r0", "r1", "r2"]


def test_several_are_tagged_and_given_a_priority() -> None:
    ids = [add(f"r{number}") for number in range(3)]
    assert len(reminders.tag_all(ANNA, ids[:2], add=["trip"])) == 2
    assert [name for name, _ in queries.tags(ANNA)] == ["trip"]
    reminders.tag_all(ANNA, ids[:1], remove=["trip"])
    reminders.prioritise_all(ANNA, ids[1:], 3, NOW)
    assert [(row.tags, row.priority) for row in coming()] == [((), 0), (("trip",), 3), ((), 3)]


def test_the_way_back_of_a_tag_leaves_those_that_had_it() -> None:
    had, new = add("had", tags=["work"]), add("new")
    changed = reminders.tag_all(ANNA, [had, new], add=["Work"])
    assert changed == [new]
    reminders.tag_all(ANNA, changed, remove=["Work"])
    assert [row.tags for row in coming()] == [("work",), ()]


def test_several_are_moved_and_moved_back() -> None:
    once, weekly = add("once"), add("weekly", rule="FREQ=WEEKLY;BYDAY=MO")
    moved = moves.move_all(ANNA, [once, weekly], date(2031, 5, 8), NOW)
    assert len(moved) == 2
    assert days() == [("once", "2031-05-08"), ("weekly", "2031-05-08"), ("weekly", "2031-05-12")]
    for one in moved:
        moves.move_back(ANNA, one, NOW)
    assert days() == [("once", "2031-05-05"), ("weekly", "2031-05-05")]


def test_pressed_twice_it_is_done_once() -> None:
    daily = add("daily", rule="FREQ=DAILY")
    first = coming()[0].at
    assert first
    assert [rings.complete(ANNA, daily, NOW, occurrence=first) for _ in range(2)] == [True, False]
    assert coming()[0].at == first + timedelta(days=1)
    reminders.complete_all(ANNA, [daily], NOW, occurrences={daily: first})
    assert coming()[0].at == first + timedelta(days=1)


def test_all_that_rings_is_dismissed_at_once_however_much_is_told() -> None:
    accounts.add("anna", "x", now=NOW, owner=True)
    for number in range(105):
        add(f"r{number}", datetime(2026, 3, 2, 13))
    later = NOW + timedelta(hours=1)
    claim_due(later)
    told = ringing.summarize(ANNA, nowhere, later)
    assert (told.total, len(told.rings), told.overdue) == (105, 100, 105)
    assert rings.dismiss_all(ANNA, later) == 105
    assert ringing.summarize(ANNA, nowhere, later).total == 0


def test_words_in_quotes_stand_together_and_tags_are_found() -> None:
    add("green tea")
    add("tea that is green")
    add("leaves", tags=["green tea"])

    def found(words: str) -> list[str]:
        return sorted(row.text for row in coming(words))

    assert found('"green tea"') == ["green tea", "leaves"]
    assert found("tea green") == ["green tea", "leaves", "tea that is green"]
    assert found('"') == found("")


def test_the_outsider_does_nothing_with_several() -> None:
    mine = [add("a secret", rule="FREQ=DAILY", tags=["x"])]
    before = coming()
    acts = (
        lambda: reminders.complete_all(EVE, mine, NOW), lambda: reminders.uncomplete_all(EVE, mine, NOW),
        lambda: trash.delete_all(EVE, mine, NOW), lambda: trash.restore_all(EVE, mine),
        lambda: moves.move_all(EVE, mine, date(2031, 5, 8), NOW), lambda: reminders.tag_all(EVE, mine, add=["mine"]),
        lambda: reminders.tag_all(EVE, mine, remove=["x"]), lambda: reminders.prioritise_all(EVE, mine, 3, NOW),
    )  # fmt: skip
    for act in acts:
        with pytest.raises(NotFound):
            act()
    assert coming() == before
