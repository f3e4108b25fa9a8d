"""Windows into long lists, where a note stands in them, and many notes changed at once with the way back."""

from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from assistant.errors import Invalid, NotFound
from assistant.notes import bulk, notebook, queries, trash
from assistant.notes.versions import revisions

ME, OUTSIDER = 1, 2
NOW = datetime(2026, 3, 1, 12, tzinfo=UTC)
pytestmark = pytest.mark.usefixtures("database")


def write(text: str = "", **values: Any) -> int:
    return int(notebook.create(values.pop("user", ME), values.pop("now", NOW), text=text, **values).id)


@pytest.fixture
def notes() -> list[int]:
    """Twenty notes, each a minute older than the one after it; every fifth is pinned, every second has a tag."""
    return [
        write(f"note {n:02}", now=NOW + timedelta(minutes=n), pinned=n % 5 == 0, tags=["even/x"] if n % 2 == 0 else [])
        for n in range(20)
    ]


@pytest.mark.parametrize("sort", ["changed", "created", "title"])
@pytest.mark.parametrize("tag", ["", "even"])
def test_windows_side_by_side_are_the_list(notes: list[int], sort: str, tag: str) -> None:
    whole = queries.listing(ME, sort=sort, tag=tag or None).rows
    pieces = [queries.window(ME, start, 3, sort=sort, tag=tag) for start in range(0, 30, 3)]
    assert [row for piece in pieces for row in piece.rows] == whole
    assert {piece.total for piece in pieces} == {len(whole)}
    assert [queries.position(ME, row.id, sort=sort, tag=tag) for row in whole] == list(range(len(whole)))


def test_a_note_that_is_not_in_a_list_has_no_position(notes: list[int]) -> None:
    assert queries.position(ME, notes[1], tag="even") is None
    assert queries.position(ME, notes[1], where="archive") is None
    assert queries.position(OUTSIDER, notes[1]) is None
    assert queries.window(OUTSIDER, 0, 50) == queries.Window(0, [], 0)
    with pytest.raises(NotFound):
        queries.get_listed(OUTSIDER, notes[1])
    assert queries.get_listed(ME, notes[1]).title == "note 01"


def test_what_was_deleted_last_is_first_in_the_trash(notes: list[int]) -> None:
    for minute, note in enumerate((notes[5], notes[3], notes[10])):
        trash.trash(ME, note, NOW + timedelta(minutes=minute))
    shown = queries.window(ME, 0, 50, where="trash")
    assert [row.id for row in shown.rows] == [notes[10], notes[3], notes[5]]
    assert [queries.position(ME, row.id, where="trash") for row in shown.rows] == [0, 1, 2]
    assert sorted(queries.ids(ME, where="trash")) == sorted([notes[5], notes[3], notes[10]])
    assert len(queries.ids(ME, tag="even")) == 9


def test_only_what_changed_is_taken_back(notes: list[int]) -> None:
    trash.archive_all(ME, notes[:2])
    assert bulk.archive(ME, notes[:4], on=True) == notes[2:4]
    assert bulk.throw_away(ME, notes[:3], NOW) == notes[:3]
    assert bulk.throw_away(ME, notes[:4], NOW) == notes[3:4]
    assert bulk.take_back(ME, notes[:10]) == notes[:4]
    assert bulk.throw_away(OUTSIDER, notes, NOW) == []
    assert queries.counts(ME) == queries.Counts(16, 4, 0)


def test_tags_go_only_from_the_notes_to_which_they_came(notes: list[int]) -> None:
    added = bulk.tag(ME, notes[:3], "even/x, #new", NOW)
    assert added == {"even/x": [notes[1]], "new": notes[:3]}
    assert bulk.tag(OUTSIDER, notes[:3], "theirs", NOW) == {"theirs": []}
    bulk.untag(ME, added, NOW)
    assert [revisions.tag_names(note) for note in notes[:3]] == [["even/x"], [], ["even/x"]]
    with pytest.raises(Invalid):
        bulk.tag(ME, notes, "x" * 101, NOW)


def test_a_note_begins_from_a_template() -> None:
    template = write("# Week\n\n- [ ] Monday", title="Weekly plan", tags=["Template", "work"])
    made = notebook.begin_from(ME, template, NOW)
    assert (made.text, made.title, revisions.tag_names(made.id)) == ("# Week\n\n- [ ] Monday", "Week", ["work"])
    assert [row.id for row in queries.templates(ME)] == [template]
    with pytest.raises(NotFound):
        notebook.begin_from(OUTSIDER, template, NOW)
