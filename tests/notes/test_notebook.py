"""Notes as rows: written, saved twice, saved stale, named, listed, trashed; and nobody else's."""

import asyncio
import hashlib
import io
from collections.abc import Callable
from contextlib import suppress
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from PIL import Image

from assistant.errors import Conflict, Invalid, NotFound
from assistant.notes import attachments, models, notebook, queries, tags, trash
from assistant.notes.models import Attachment, Note, NoteLink, NoteStep, NoteTag, NoteVersion
from assistant.notes.search import index
from assistant.notes.versions import conflicts, history, revisions
from assistant.storage.database import Database
from assistant.users import accounts, preferences

ME, OUTSIDER = 1, 2
NOW = datetime(2026, 3, 1, 12, tzinfo=UTC)
pytestmark = pytest.mark.usefixtures("database")


def later(**span: float) -> datetime:
    return NOW + timedelta(**span)


def write(text: str = "", **values: Any) -> Note:
    return notebook.create(ME, values.pop("now", NOW), text=text, **values)


def picture(colour: str = "red", kind: str = "PNG") -> bytes:
    out = io.BytesIO()
    Image.new("RGB", (8, 8), colour).save(out, kind)
    return out.getvalue()


def test_a_note_is_named_by_its_first_line_until_it_is_given_a_title() -> None:
    note = write("# Shopping\n- milk")
    assert (note.title, note.title_set, note.version, note.excerpt) == ("Shopping", False, 1, "milk")
    saved = notebook.save(ME, note.id, "# Groceries\n- milk", 1, now=NOW)
    assert (saved.title, saved.version) == ("Groceries", 2)
    assert notebook.rename(ME, note.id, "  My\nlist ", NOW).title == "My list"
    saved = notebook.save(ME, note.id, "# Other\n- milk", 3, now=NOW)
    assert (saved.title, saved.version) == ("My list", 4)
    assert notebook.rename(ME, note.id, "", NOW).title == "Other"


def test_creating_twice_with_a_key_is_once() -> None:
    first = write("one", key="k")
    assert write("one", key="k").id == first.id
    assert notebook.create(OUTSIDER, NOW, text="one", key="k").id != first.id
    assert write("two").id != write("two").id


def test_ids_are_never_used_again() -> None:
    gone = write("one").id
    trash.trash(ME, gone, NOW)
    trash.empty_trash(ME)
    assert write("two").id > gone


def test_saving_the_same_is_no_new_version() -> None:
    note = write("one")
    assert notebook.save(ME, note.id, "one", 1, now=NOW) == revisions.Saved(note.id, 1, "one", "one")
    assert NoteStep.select().count() == 0


def test_a_save_that_is_sent_again_is_no_conflict() -> None:
    note = write("one\n\ntwo\n\nthree")
    notebook.save(ME, note.id, "ONE\n\ntwo\n\nthree", 1, now=NOW)
    assert notebook.save(ME, note.id, "ONE\n\ntwo\n\nthree", 1, now=NOW).version == 2
    notebook.save(ME, note.id, "ONE!\n\ntwo\n\nthree", 2, now=NOW)
    again = notebook.save(ME, note.id, "ONE\n\ntwo\n\nthree", 1, now=NOW)
    assert (again.version, again.text) == (3, "ONE!\n\ntwo\n\nthree")


def test_a_merged_save_that_is_sent_again_is_no_conflict() -> None:
    note = write("one\n\ntwo\n\nthree")
    notebook.save(ME, note.id, "ONE\n\ntwo\n\nthree", 1, now=NOW)
    notebook.save(ME, note.id, "one\n\ntwo\n\nTHREE", 1, now=NOW)
    notebook.save(ME, note.id, "ONE\n\ntwo\n\nother", 3, now=NOW)
    again = notebook.save(ME, note.id, "one\n\ntwo\n\nTHREE", 1, now=NOW)
    assert (again.version, again.text) == (4, "ONE\n\ntwo\n\nother")


def test_typing_on_after_an_answer_was_lost_is_no_conflict_with_oneself() -> None:
    note = write("a")
    notebook.save(ME, note.id, "ab", 1, now=NOW)
    with pytest.raises(conflicts.Stale):
        notebook.save(ME, note.id, "abc", 1, now=NOW)
    assert notebook.save(ME, note.id, "abc", 1, now=NOW, unheard="ab").version == 3
    never_arrived = notebook.save(ME, note.id, "abcd", 3, now=NOW, unheard="abc?")
    assert never_arrived.text == "abcd"


def test_what_was_typed_on_a_merge_that_was_not_heard_of_is_merged_too() -> None:
    note = write("one\n\ntwo\n\nthree")
    notebook.save(ME, note.id, "ONE\n\ntwo\n\nthree", 1, now=NOW)
    notebook.save(ME, note.id, "one\n\ntwo\n\n3", 1, now=NOW)
    saved = notebook.save(ME, note.id, "one\n\ntwo\n\n3 and more", 1, now=NOW, unheard="one\n\ntwo\n\n3")
    assert saved.text == "ONE\n\ntwo\n\n3 and more"


def test_changes_in_different_places_are_merged_and_both_sides_kept() -> None:
    note = write("one\n\ntwo\n\nthree")
    notebook.save(ME, note.id, "ONE\n\ntwo\n\nthree", 1, now=NOW)
    saved = notebook.save(ME, note.id, "one\n\ntwo\n\nTHREE", 1, now=NOW)
    assert (saved.version, saved.text) == (3, "ONE\n\ntwo\n\nTHREE")
    kept = [(v.reason, history.get_version(ME, note.id, v.id).text) for v in history.versions(ME, note.id)]
    assert kept == [("merge", "one\n\ntwo\n\nTHREE"), ("merge", "ONE\n\ntwo\n\nthree")]


def test_changes_in_one_place_are_a_conflict_that_changes_nothing() -> None:
    note = write("one")
    notebook.save(ME, note.id, "theirs", 1, now=NOW)
    with pytest.raises(conflicts.Stale) as stale:
        notebook.save(ME, note.id, "mine", 1, now=NOW)
    assert (stale.value.theirs, stale.value.base, stale.value.version) == ("theirs", "one", 2)
    assert isinstance(stale.value, Conflict)
    assert (notebook.get(ME, note.id).text, notebook.get(ME, note.id).version) == ("theirs", 2)
    # "Keep mine" is saved on their version.
    assert notebook.save(ME, note.id, "mine", stale.value.version, now=NOW).text == "mine"


@pytest.mark.parametrize("version", [-(2**70), -1, 0, 2, 2**70])
def test_a_version_that_nothing_is_known_of_is_a_conflict(version: int) -> None:
    note = write("one")
    with pytest.raises(conflicts.Stale) as stale:
        notebook.save(ME, note.id, "mine", version, now=NOW)
    assert stale.value.base is None
    assert notebook.save(ME, note.id, "one", version, now=NOW).version == 1


def test_tags_and_titles_that_changed_meanwhile_do_not_stand_in_the_way() -> None:
    note = write("one")
    notebook.set_tags(ME, note.id, ["a"], NOW)
    notebook.rename(ME, note.id, "Chosen", NOW)
    saved = notebook.save(ME, note.id, "two", 1, now=NOW, title="")
    assert (saved.text, saved.title, saved.version) == ("two", "Chosen", 4)


def test_two_titles_are_a_conflict() -> None:
    note = write("one")
    notebook.save(ME, note.id, "one", 1, now=NOW, title="theirs")
    with pytest.raises(conflicts.Stale) as stale:
        notebook.save(ME, note.id, "one", 1, now=NOW, title="mine")
    assert stale.value.title_now == "theirs"
    assert notebook.save(ME, note.id, "one", 1, now=NOW, title="theirs").version == 2


def test_a_merge_that_would_be_too_long_is_a_conflict() -> None:
    note = write("\n\n".join("abc"))
    notebook.save(ME, note.id, "a" * 600_000 + "\n\nb\n\nc", 1, now=NOW)
    with pytest.raises(conflicts.Stale):
        notebook.save(ME, note.id, "a\n\nb\n\n" + "c" * 600_000, 1, now=NOW)


def test_bases_are_bounded_in_size_and_number() -> None:
    note = write("0")
    for number in range(1, 8):
        notebook.save(ME, note.id, str(number) * 900_000, number, now=NOW)
    total = sum(step.size for step in NoteStep.select())
    assert total <= revisions.STEPS_SIZE
    assert revisions.text_at(notebook.get(ME, note.id), 7) == ("6" * 900_000, "")
    assert revisions.text_at(notebook.get(ME, note.id), 1) is None
    trash.purge(later(days=15))
    assert NoteStep.select().count() == 0


@pytest.mark.parametrize(
    ("values", "field"),
    [
        ({"text": "x" * 1_000_001}, "text"),
        ({"text": "ä" * 500_001}, "text"),
        ({"title": "x" * 301}, "title"),
        ({"tags": [str(number) for number in range(51)]}, "tags"),
        ({"tags": ["x" * 101]}, "tags"),
        ({"colour": "mauve"}, "colour"),
    ],
)
def test_what_is_too_long_names_its_field_and_stores_nothing(values: dict[str, Any], field: str) -> None:
    with pytest.raises(Invalid) as error:
        notebook.create(ME, NOW, **values)
    assert error.value.field == field
    assert Note.select().count() == 0
    note = write("kept")
    if field in {"text", "title"}:
        with pytest.raises(Invalid):
            notebook.save(ME, note.id, values.get("text", "kept"), 1, now=NOW, title=values.get("title"))
    assert notebook.get(ME, note.id).text == "kept"


def test_what_fits_exactly_is_stored() -> None:
    note = write("ä" * 500_000, title="x" * 300, tags=[str(number) for number in range(50)])
    assert (len(note.text), len(note.title), len(revisions.tag_names(note.id))) == (500_000, 300, 50)


@pytest.mark.parametrize(
    ("text", "stored"),
    [("a\x00b", "ab"), ("a\ud800b", "a\ufffdb"), ("\ud83d\ude00", "😀"), ("a\r\nb\rc", "a\nb\nc")],
)
def test_what_cannot_be_stored_is_made_so(text: str, stored: str) -> None:
    note = write(text, title=text, tags=[text])
    assert note.text == stored
    assert notebook.save(ME, note.id, text + "!", 1, now=NOW).text == stored + "!"
    assert index.check() == []


def test_links_follow_a_rename_as_new_versions() -> None:
    target = write("body", title="Old name")
    other = write("see [[old NAME|it]] and [[Old name#part]]")
    untouched = write("see `[[Old name]]`")
    assert [row.id for row in queries.backlinks(ME, target.id)] == [other.id]
    notebook.rename(ME, target.id, "New name", later(hours=1))
    changed = notebook.get(ME, other.id)
    assert (changed.text, changed.version, changed.updated) == (
        "see [[New name|it]] and [[New name#part]]", 2, NOW,
    )  # fmt: skip
    assert notebook.get(ME, untouched.id).version == 1
    assert [row.id for row in queries.backlinks(ME, target.id)] == [other.id]
    assert index.check() == []


def test_a_link_follows_the_note_to_which_it_led() -> None:
    first, second = write("x", title="Same"), write("y", title="Same")
    other = write("[[Same]]")
    assert queries.by_title(ME, "same") == first.id
    notebook.rename(ME, second.id, "Different", NOW)
    assert notebook.get(ME, other.id).text == "[[Same]]"
    assert queries.by_title(ME, "nothing") is None
    assert queries.by_title(ME, " ") is None


def test_a_note_that_links_to_itself_follows_its_own_rename() -> None:
    note = write("[[Me]]", title="Me")
    saved = notebook.rename(ME, note.id, "Myself", NOW)
    assert (saved.text, saved.version) == ("[[Myself]]", 3)


def test_titles_complete_a_link() -> None:
    for title in ("Plan B", "plan a", "The plan", "Other", ""):
        write("", title=title)
    assert queries.titles(ME, "plan") == ["plan a", "Plan B", "The plan"]
    assert queries.titles(ME, "", limit=2) == ["Other", "plan a"]
    assert queries.titles(OUTSIDER, "plan") == []


def page_through(**options: Any) -> list[str]:
    found, after = [], None
    while True:
        page = queries.listing(ME, after=after, limit=3, **options)
        found += [row.title for row in page.rows]
        after = page.next
        if after is None:
            return found


def test_lists_are_paged_in_every_order_with_the_pinned_first() -> None:
    names = ["Äpfel", "birne", "Zebra", "apfel.1", "apfel", "Birne", "ß", "x"]
    for number, title in enumerate(names):
        when = later(minutes=number // 2)  # some at the same time
        write("", title=title, now=when, updated=later(minutes=-(number // 2)), pinned=number in {2, 5})
    assert page_through(sort="title") == ["Birne", "Zebra", "Äpfel", "apfel", "apfel.1", "birne", "ß", "x"]
    assert page_through(sort="created") == ["Birne", "Zebra", "x", "ß", "apfel", "apfel.1", "birne", "Äpfel"]
    assert page_through(sort="changed") == ["Zebra", "Birne", "birne", "Äpfel", "apfel.1", "apfel", "x", "ß"]


def test_a_list_never_reads_texts(database: Database, monkeypatch: pytest.MonkeyPatch) -> None:
    write("x" * 10_000, tags=["a"])
    asked: list[str] = []
    execute = database.peewee.execute_sql

    def watched(sql: str, *values: Any) -> Any:
        asked.append(sql)
        return execute(sql, *values)

    monkeypatch.setattr(database.peewee, "execute_sql", watched)
    queries.listing(ME, tag="a")
    assert asked
    assert not any('"text"' in sql for sql in asked)


def test_the_three_places_and_their_counts() -> None:
    kept, archived, trashed = write("one"), write("two"), write("three")
    notebook.archive(ME, archived.id)
    notebook.archive(ME, trashed.id)
    trash.trash(ME, trashed.id, NOW)
    places = {
        where: [row.id for row in queries.listing(ME, where=where).rows] for where in ("notes", "archive", "trash")
    }
    assert places == {"notes": [kept.id], "archive": [archived.id], "trash": [trashed.id]}
    assert queries.counts(ME) == queries.Counts(1, 1, 1)
    trash.restore(ME, trashed.id)
    notebook.archive(ME, archived.id, on=False)
    assert queries.counts(ME) == queries.Counts(2, 1, 0)


@pytest.mark.parametrize(
    "after", ["", "x", "1.2", "2.1.x", "1.99999999999999999999.x", "1.１.x", "0.1.\ud800", "0.1.'; --"]
)
@pytest.mark.parametrize("sort", ["changed", "title"])
def test_a_cursor_from_nowhere_is_refused_or_harmless(after: str, sort: str) -> None:
    write("one")
    with suppress(NotFound):
        queries.listing(ME, sort=sort, after=after)


@pytest.mark.parametrize("options", [{"sort": "size"}, {"where": "elsewhere"}])
def test_a_list_that_does_not_exist(options: dict[str, str]) -> None:
    with pytest.raises(Invalid):
        queries.listing(ME, **options)  # type: ignore[arg-type]


def test_a_note_in_the_trash_can_still_be_saved() -> None:
    note = write("one")
    trash.trash(ME, note.id, NOW)
    assert notebook.save(ME, note.id, "typed meanwhile", 1, now=NOW).version == 2
    trash.restore(ME, note.id)
    assert notebook.get(ME, note.id).text == "typed meanwhile"


def test_the_trash_is_emptied_by_hand_or_after_thirty_days(database: Database) -> None:
    old, recent, kept = write("old", tags=["a"]), write("recent [[x]]"), write("kept")
    notebook.save(ME, recent.id, "recent [[y]]", 1, now=later(hours=1))
    attachments.add(ME, recent.id, picture(), kind="image/png", name="", now=NOW)
    trash.trash(ME, old.id, NOW)
    trash.trash(ME, old.id, later(days=20))  # putting it there again does not start anew
    trash.trash(ME, recent.id, later(days=10))
    assert trash.purge(later(days=29)) == 0
    assert trash.purge(later(days=31)) == 1
    with pytest.raises(NotFound):
        trash.restore(ME, old.id)
    assert trash.empty_trash(ME) == 1
    assert [row.id for row in Note.select()] == [kept.id]
    for model in (NoteTag, NoteLink, NoteStep, NoteVersion, Attachment):
        assert model.select().count() == 0
    assert index.check() == []


def test_the_trash_keeps_as_long_as_each_person_wishes() -> None:
    people = [accounts.add(name, "x", now=later()).id for name in ("short", "usual", "long")]
    for person, days in zip(people, (7, 30, 365), strict=True):
        preferences.save(person, trash_days=days)
        trash.trash(person, notebook.create(person, later(), text="Milk").id, later())
    assert [trash.purge(later(days=days)) for days in (6, 8, 29, 31, 364, 366)] == [0, 1, 0, 1, 0, 1]


def test_many_notes_at_once() -> None:
    ids = [write(str(number), tags=["old"]).id for number in range(3)]
    strange = notebook.create(OUTSIDER, NOW, text="theirs").id
    wanted = [*ids, strange, 10_000]
    assert notebook.tag_all(ME, wanted, add=["New", "new"], remove=["OLD"], now=NOW) == 3
    assert tags.listed(ME) == [("New", 3)]
    assert tags.listed(OUTSIDER) == []
    assert trash.archive_all(ME, wanted) == 3
    assert trash.trash_all(ME, wanted, NOW) == 3
    assert queries.counts(OUTSIDER) == queries.Counts(1, 0, 0)
    assert trash.restore_all(ME, wanted) == 3
    assert queries.counts(ME) == queries.Counts(0, 3, 0)


def test_a_copy_has_its_own_pictures() -> None:
    note = write("", title="With picture", tags=["a"], colour="blue")
    held = attachments.add(ME, note.id, picture(), kind="image/png", name="p.png", now=NOW)
    text = f"![p]({models.ADDRESS}{held.id}) ![q]({models.ADDRESS}999)"
    notebook.save(ME, note.id, text, 1, now=NOW)
    copy = notebook.duplicate(ME, note.id, NOW)
    (own,) = attachments.of_note(ME, copy.id)
    assert own.id != held.id
    assert copy.text == f"![p]({models.ADDRESS}{own.id}) ![q]({models.ADDRESS}999)"
    assert (copy.title, copy.colour, revisions.tag_names(copy.id)) == ("With picture (copy)", "blue", ["a"])
    assert index.check() == []


def test_colours_and_pins() -> None:
    note = write("one")
    notebook.set_colour(ME, note.id, "red")
    notebook.pin(ME, note.id)
    assert [(row.colour, row.pinned) for row in queries.listing(ME).rows] == [("red", True)]
    with pytest.raises(Invalid):
        notebook.set_colour(ME, note.id, "<script>")


def test_templates_are_the_notes_with_that_tag() -> None:
    write("b", tags=["template/letters"])
    write("a", tags=["Template"])
    write("c")
    assert [row.title for row in queries.templates(ME)] == ["a", "b"]


@pytest.mark.parametrize("kind", ["PNG", "JPEG", "GIF", "WEBP"])
def test_a_picture_is_known_by_its_content_and_kept_as_it_came(kind: str) -> None:
    data = picture(kind=kind)
    assert attachments.kind_of(data) == f"image/{kind.lower()}"
    note = write("one")
    stored = attachments.add(ME, note.id, data, kind="image/png", name="a\nb", now=NOW)
    again = attachments.add(ME, note.id, data, kind="image/png", name="other", now=NOW)
    assert again.id == stored.id
    held = attachments.get(ME, stored.id)
    assert (bytes(held.data), held.name, held.digest) == (data, "a b", hashlib.sha256(data).hexdigest())


@pytest.mark.parametrize(
    "data",
    [b"", b"<html>", b"<svg xmlns='http://www.w3.org/2000/svg'/>", b"\x89PNG\r\n\x1a\nno", b"%PDF-1.7",
     b"BM" + b"0" * 60, b"x" * (10 * 1024 * 1024 + 1)],
)  # fmt: skip
def test_what_is_no_picture_is_refused(data: bytes) -> None:
    with pytest.raises(Invalid) as error:
        attachments.kind_of(data)
    assert error.value.field == "file"


def test_storing_a_picture_checks_it_first(database: Database) -> None:
    note = write("one")
    stored = asyncio.run(attachments.store(database, ME, note.id, picture(), name="p.png", now=NOW))
    assert attachments.get(ME, stored).kind == "image/png"
    other = asyncio.run(attachments.store(database, ME, note.id, b"<svg/>", name="p.svg", now=NOW))
    assert attachments.get(ME, other).kind == attachments.FILE  # which no browser ever draws
    for data, name in ((b"<svg/>", "p.png"), (b"", "p.pdf")):
        with pytest.raises(Invalid) as error:
            asyncio.run(attachments.store(database, ME, note.id, data, name=name, now=NOW))
        assert error.value.field == "file"


def test_a_picture_without_a_note_is_bound_or_goes_after_a_day() -> None:
    note = write("one")
    bound = attachments.add(ME, None, picture(), kind="image/png", name="", now=NOW)
    loose = attachments.add(ME, None, picture("blue"), kind="image/png", name="", now=NOW)
    attachments.bind(ME, note.id, [bound.id])
    trash.purge(later(hours=25))
    assert [row.id for row in attachments.of_note(ME, note.id)] == [bound.id]
    with pytest.raises(NotFound):
        attachments.get(ME, loose.id)


REFUSED: list[Callable[[int, int], object]] = [
    lambda note, _: notebook.get(OUTSIDER, note),
    lambda note, _: notebook.save(OUTSIDER, note, "x", 1, now=NOW),
    lambda note, _: notebook.rename(OUTSIDER, note, "x", NOW),
    lambda note, _: notebook.set_tags(OUTSIDER, note, ["x"], NOW),
    lambda note, _: notebook.tag_all(OUTSIDER, [note], add=["x"], now=NOW),
    lambda note, _: notebook.set_colour(OUTSIDER, note, "red"),
    lambda note, _: notebook.pin(OUTSIDER, note),
    lambda note, _: notebook.archive(OUTSIDER, note),
    lambda note, _: trash.archive_all(OUTSIDER, [note]),
    lambda note, _: notebook.duplicate(OUTSIDER, note, NOW),
    lambda note, _: trash.trash(OUTSIDER, note, NOW),
    lambda note, _: trash.trash_all(OUTSIDER, [note], NOW),
    lambda note, _: trash.restore(OUTSIDER, note),
    lambda note, _: trash.restore_all(OUTSIDER, [note]),
    lambda note, _: queries.backlinks(OUTSIDER, note),
    lambda note, _: history.versions(OUTSIDER, note),
    lambda note, _: history.get_version(OUTSIDER, note, NoteVersion.get().id),
    lambda note, _: history.restore(OUTSIDER, note, NoteVersion.get().id, NOW),
    lambda _, picture: attachments.get(OUTSIDER, picture),
    lambda note, _: attachments.of_note(OUTSIDER, note),
    lambda note, picture: attachments.bind(OUTSIDER, note, [picture]),
    lambda note, _: attachments.add(OUTSIDER, note, b"x", kind="image/png", name="", now=NOW),
    lambda *_: tags.rename(OUTSIDER, "mine", "theirs", NOW),
]


@pytest.mark.parametrize("attempt", REFUSED)
def test_an_outsider_is_refused_and_changes_nothing(attempt: Callable[[int, int], object]) -> None:
    note = write("one", tags=["mine"])
    notebook.save(ME, note.id, "two", 1, now=later(hours=1))
    held = attachments.add(ME, note.id, picture(), kind="image/png", name="", now=NOW)
    before = notebook.get(ME, note.id).__data__
    with pytest.raises(NotFound):
        attempt(note.id, held.id)
    assert notebook.get(ME, note.id).__data__ == before
    assert tags.listed(ME) == [("mine", 1)]


def test_an_outsider_sees_nothing() -> None:
    note = write("one [[two]]", tags=["template"])
    write("two")
    other = notebook.create(OUTSIDER, NOW, text="[[one]]", title="mine")
    assert queries.backlinks(OUTSIDER, other.id) == []
    assert [row.id for row in queries.listing(OUTSIDER).rows] == [other.id]
    assert queries.listing(OUTSIDER, tag="template").rows == []
    assert queries.templates(OUTSIDER) == []
    assert queries.by_title(OUTSIDER, "two") is None
    assert trash.empty_trash(OUTSIDER) == 0
    free = attachments.add(ME, None, picture(), kind="image/png", name="", now=NOW)
    attachments.bind(OUTSIDER, other.id, [free.id])
    assert attachments.of_note(OUTSIDER, other.id) == []
    # Another note's version does not open one's own.
    notebook.save(ME, note.id, "changed", 1, now=later(hours=1))
    with pytest.raises(NotFound):
        history.get_version(OUTSIDER, other.id, NoteVersion.get().id)
