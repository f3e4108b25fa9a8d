"""Notes of Google Keep, as Takeout packs them."""

import json
from datetime import UTC, datetime

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from assistant.notes import attachments, models
from assistant.notes.models import Note
from assistant.notes.transfer.formats import google_keep, web_pages
from assistant.notes.versions import revisions
from assistant.storage.database import Database
from tests.examples import examples
from tests.notes import archives
from tests.notes.archives import ME, bring, picture, plan, zipped

HOME = "Takeout/Keep/"


def notes() -> dict[str, Note]:
    return {note.title: note for note in Note.select().where(Note.user == ME)}


def takeout() -> dict[str, bytes | str]:
    tasks = [{"text": "milk", "isChecked": True}, {"text": "eggs\nsix", "isChecked": False}]
    link = {"url": "https://example.org/x y", "title": "A [page]", "source": "WEBLINK"}
    return {
        "Takeout/archive_browser.html": "<html>",
        HOME + "Labels.txt": "Home\nWork",
        HOME + "A plan.json": archives.keep("A plan", "Do *this*", labels=[{"name": "Home"}, {"name": "Work/Old"}],
                                           isPinned=True, color="CERULEAN", annotations=[link]),
        HOME + "A plan.html": "<html>",
        HOME + "2020-01-02T03_04_05.json": archives.keep("", listContent=tasks, isArchived=True, color="PINK"),
        HOME + "gone.json": archives.keep("Gone", "x", isTrashed=True),
        HOME + "seen.json": archives.keep("Seen", "look", attachments=[
            {"filePath": "a.jpeg", "mimetype": "image/jpeg"}, {"filePath": "b.3gp", "mimetype": "audio/3gpp"},
            {"filePath": "c.png", "mimetype": "image/png"}]),
        HOME + "a.jpg": picture("blue", "JPEG"),
        HOME + "b.3gp": b"sound",
    }  # fmt: skip


def test_a_takeout_comes_as_it_was(database: Database) -> None:
    report = bring(database, zipped(takeout()))
    assert (report.created, report.attachments) == (3, 2)
    assert report.skipped == [(HOME + "gone.json", google_keep.TRASHED)]
    assert report.remarks == [
        (HOME + "seen.json", "Its attachment c.png is not among the files."),
    ]
    found = notes()
    assert set(found) == {"A plan", "milk", "Seen"}
    plan_ = found["A plan"]
    assert plan_.text == "Do *this*\n\n[A page](https://example.org/xy)"
    assert (plan_.title_set, plan_.pinned, plan_.archived, plan_.colour) == (True, True, False, "blue")
    assert revisions.tag_names(plan_.id) == ["Home", "Work/Old"]
    assert plan_.created == datetime(2020, 9, 13, 12, 26, 40, tzinfo=UTC)
    assert plan_.updated == datetime(2023, 11, 14, 22, 13, 20, 123456, tzinfo=UTC)
    tasks = found["milk"]
    assert tasks.text == "- [x] milk\n- [ ] eggs\n  six"
    assert (tasks.title_set, tasks.archived, tasks.colour) == (False, True, "red")
    row, sound = attachments.of_note(ME, found["Seen"].id)
    assert found["Seen"].text == (
        f"look\n\n![]({models.ADDRESS}{row.id})\n\n[b.3gp]({models.ADDRESS}{sound.id})"
    )  # fmt: skip
    assert (row.name, row.kind) == ("a.jpg", "image/jpeg")


def test_the_same_takeout_again_makes_no_duplicates(database: Database) -> None:
    bring(database, zipped(takeout()))
    moved = {name.replace("Takeout/Keep", "Export/Google Notizen"): data for name, data in takeout().items()}
    for source in (takeout(), moved):
        assert (bring(database, zipped(source)).created, plan(database, zipped(source)).here) == (0, 3)


def test_a_text_beside_other_json_is_a_note(database: Database) -> None:
    report = bring(database, zipped({"x.json": "[]", "Labels.txt": "mine", "page.html": "<p>"}))
    assert report.created == 1
    assert report.skipped == [("x.json", google_keep.STRANGE), ("page.html", web_pages.EMPTY)]


@pytest.mark.parametrize(
    "data",
    [b"", b"{", b"null", b"[" * 100_000, b'{"a": 1}', b"\xff\xfe", b'{"textContent": ' + b"[" * 50_000, b"1" * 10_000],
)
def test_what_is_no_note_of_keep_gets_a_sentence(database: Database, data: bytes) -> None:
    assert bring(database, [("a.json", data)]).skipped == [("a.json", google_keep.STRANGE)]


def test_a_large_one_gets_a_sentence(database: Database) -> None:
    report = bring(database, [("a.json", b" " * 20_000_000), ("b.json", archives.keep("b", "x" * 1_000_001).encode())])
    assert [sentence for _, sentence in report.skipped] == [
        "20 MB: a note holds 1 MB.", "This note is 1,000,001 bytes long; 1,000,000 fit. Split it in two.",
    ]  # fmt: skip


JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=10),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=5), inner, max_size=3),
    max_leaves=8,
)
FIELDS = st.sampled_from([
    "title", "textContent", "listContent", "labels", "isPinned", "isArchived", "color", "attachments", "annotations",
    "userEditedTimestampUsec", "createdTimestampUsec", "text", "name", "filePath", "mimetype", "url",
])  # fmt: skip


@given(st.dictionaries(FIELDS, JSON | st.lists(st.dictionaries(FIELDS, JSON, max_size=3), max_size=2), max_size=8))
@settings(max_examples=examples(60), deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_whatever_stands_in_its_fields(database: Database, report: dict[str, object]) -> None:
    data = json.dumps({"isTrashed": False} | report).encode()
    found = bring(database, [("a.json", data)])
    assert found.created + found.unchanged == 1
