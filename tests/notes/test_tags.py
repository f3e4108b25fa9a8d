"""Tags: parsed, listed, completed, renamed with what is below them, merged."""

from datetime import UTC, datetime
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from assistant.errors import Invalid, NotFound
from assistant.notes import notebook, queries, tags, trash, validation
from assistant.notes.search import index
from assistant.notes.versions import revisions
from tests.examples import examples

ME, OUTSIDER = 1, 2
NOW = datetime(2026, 3, 1, 12, tzinfo=UTC)
pytestmark = pytest.mark.usefixtures("database")


def write(*names: str, **values: Any) -> int:
    return int(notebook.create(values.pop("user", ME), NOW, text="text", tags=names, **values).id)


@pytest.mark.parametrize(
    ("words", "names"),
    [
        ("work, home/garden", ["work", "home/garden"]),
        ("#work #Home  #two words", ["work", "Home", "two words"]),
        ("Work; work, WORK", ["Work"]),
        (" //a// b /c/, #, /, ,", ["a/b/c"]),
        ("c#, one  two", ["c#", "one two"]),
        ("", []),
    ],
)
def test_tags_are_understood_as_typed(words: str, names: list[str]) -> None:
    assert tags.parse(words) == names


@given(st.text(max_size=80))
@settings(max_examples=examples(100), deadline=None)
def test_whatever_is_typed_is_tags_that_can_be_stored(words: str) -> None:
    try:
        names = tags.parse(words)
    except Invalid as error:
        assert error.field == "tags"  # noqa: PT017 - which of the two happens depends on the example
        return
    assert validation.valid_tags(names) == names
    assert len({validation.tag_key(name) for name in names}) == len(names)


def test_the_list_counts_notes_outside_the_trash() -> None:
    write("b", "a/x"), write("B", "a"), write("c", user=OUTSIDER)
    gone = write("gone", "b")
    trash.trash(ME, gone, NOW)
    assert tags.listed(ME) == [("a", 1), ("a/x", 1), ("B", 2)]
    assert tags.listed(OUTSIDER) == [("c", 1)]
    assert tags.listed(3) == []


def test_a_tag_holds_those_below_it() -> None:
    parent, child, sibling = write("a"), write("A/b"), write("ab", "a-b", "a0")
    assert {row.id for row in queries.listing(ME, tag="a").rows} == {parent, child}
    assert {row.id for row in queries.listing(ME, tag="a/b").rows} == {child}
    assert {row.id for row in queries.listing(ME, tag="ab").rows} == {sibling}
    assert queries.listing(ME, tag="/").rows == []


def test_renaming_takes_those_below_along_and_nothing_else() -> None:
    first, second = write("a", "x"), write("A/b/c")
    other, theirs = write("ab"), write("a", user=OUTSIDER)
    assert tags.rename(ME, "a", "New/top", NOW) == 2
    named = [revisions.tag_names(note) for note in (first, second, other, theirs)]
    assert named == [["New/top", "x"], ["New/top/b/c"], ["ab"], ["a"]]
    assert [notebook.get(ME, note).version for note in (first, second, other)] == [2, 2, 1]
    assert notebook.get(ME, first).updated == NOW
    assert index.check() == []


def test_renaming_to_a_tag_that_exists_merges_them() -> None:
    both, one = write("old", "new"), write("old")
    assert tags.rename(ME, "old", "new", NOW) == 2
    assert [revisions.tag_names(note) for note in (both, one)] == [["new"], ["new"]]
    assert tags.rename(ME, "new", "NEW", NOW) == 2
    assert tags.listed(ME) == [("NEW", 2)]
    assert tags.rename(ME, "new", "new/er", NOW) == 2
    assert tags.listed(ME) == [("new/er", 2)]


def test_renaming_what_is_not_there_or_cannot_be() -> None:
    write("a/" + "x" * 90)
    with pytest.raises(NotFound):
        tags.rename(ME, "b", "c", NOW)
    for name in ("", " # ", "//", "y" * 101, "y" * 12):
        with pytest.raises(Invalid) as error:
            tags.rename(ME, "a", name, NOW)
        assert error.value.field == "tags"


def test_tags_do_not_move_a_note_in_the_lists() -> None:
    first, second = write("a"), write("b")
    saved = notebook.set_tags(ME, first, ["#c", "a", "C"], datetime(2026, 4, 1, tzinfo=UTC))
    assert saved.version == 2
    assert [(row.id, row.tags) for row in queries.listing(ME).rows] == [(second, ("b",)), (first, ("c", "a"))]
    assert notebook.set_tags(ME, first, ["c", "a"], NOW).version == 2


def test_the_tree_counts_a_parent_with_all_that_is_below_it() -> None:
    write("home/garden", "home")
    write("home/garden/roses", "home/kitchen")
    write("homework", "Home/Garden")
    gone = write("home/attic")
    write("home/garden", user=OUTSIDER)
    trash.trash(ME, gone, NOW)
    shown = [(branch.name.lower(), branch.count, branch.depth, branch.parent) for branch in tags.tree(ME)]
    assert shown == [
        ("home", 3, 0, True),
        ("home/garden", 3, 1, True),
        ("home/garden/roses", 1, 2, False),
        ("home/kitchen", 1, 1, False),
        ("homework", 1, 0, False),
    ]
    assert tags.tree(3) == []
