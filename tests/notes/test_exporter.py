"""Notes as files: readable elsewhere, the same bytes each time, and read back to the same rows."""

import asyncio
import io
import re
import zipfile
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from assistant.errors import NotFound
from assistant.notes import attachments, models, notebook, trash
from assistant.notes.models import COLOURS, Note
from assistant.notes.search import index
from assistant.notes.transfer import exporter, importer
from assistant.notes.validation import TAG_LIMIT, TEXT_LIMIT, tag_key, tag_name
from assistant.notes.versions import history, revisions
from assistant.storage import file_names
from assistant.storage.database import Database
from assistant.storage.text import clean, one_line
from tests.examples import examples
from tests.notes.archives import ME, NOW, OUTSIDER, bring, picture, plan

THERE = 3  # the account that reads back what another has written


def write(text: str = "", **values: Any) -> Note:
    return notebook.create(values.pop("user", ME), values.pop("now", NOW), text=text, **values)


def export(database: Database, notes: list[int] | None = None, *, user: int = ME, **more: Any) -> io.BytesIO:
    out = io.BytesIO()
    asyncio.run(exporter.write(database, user, out, notes, **more))
    out.seek(0)
    return out


def attach(note: Note, data: bytes, name: str) -> str:
    kind = attachments.kind_of(data)
    row = attachments.add(note.user, note.id, data, kind=kind, name=name, now=NOW)
    return f"{models.ADDRESS}{row.id}"


def rows(user: int) -> list[tuple[Any, ...]]:
    """Everything about the user's notes, with pictures by their place instead of their ids."""
    found = []
    for note in Note.select().where(Note.user == user).order_by(Note.created, Note.title, Note.text):
        pictures = attachments.of_note(user, note.id)
        place = {row.id: f"<{at}>" for at, row in enumerate(pictures)}

        def put(shown: re.Match[str], place: dict[int, str] = place) -> str:
            return place.get(int(shown[1]), shown[0])

        found.append((
            models.SHOWN.sub(put, note.title), note.title_set, models.SHOWN.sub(put, note.text),
            revisions.tag_names(note.id),
            note.created, note.updated, note.pinned, note.archived, note.colour,
            [(row.name, row.kind, row.size, bytes(row.data)) for row in pictures],
        ))  # fmt: skip
    return found


def clear() -> None:
    for user in (ME, OUTSIDER, THERE):
        for note in Note.select().where(Note.user == user):
            trash.trash(user, note.id, NOW)
        trash.empty_trash(user)


def test_one_note_is_a_file(database: Database) -> None:
    note = write("# What: a/b?\ntext")
    assert exporter.one(ME, note.id) == ("What a b.md", "# What: a/b?\ntext")
    with pytest.raises(NotFound):
        exporter.one(OUTSIDER, note.id)


def test_files_are_as_other_apps_expect_them(database: Database) -> None:
    note = write(title='Say "hi"', tags=["a/b", "c"], pinned=True, archived=True, colour="red", key="k",
                 created=NOW - timedelta(days=1), updated=NOW)  # fmt: skip
    address = attach(note, picture(), "Über uns (1).PNG")
    notebook.save(ME, note.id, f"one\n\n![seen]({address})", 1, now=NOW)
    with zipfile.ZipFile(export(database)) as file:
        name = f"attachments/uber-uns-1-{address.rsplit('/', 1)[1]}.png"
        assert file.namelist() == ["Say hi.md", name]
        assert file.read(name) == picture()
        assert file.getinfo("Say hi.md").date_time == (2026, 3, 1, 12, 0, 0)
        body = f"one\n\n![seen]({name})"
        assert file.read("Say hi.md").decode() == (
            '---\ntitle: "Say \\"hi\\""\ntags:\n  - "a/b"\n  - "c"\ncreated: 2026-02-28T12:00:00Z\n'
            'updated: 2026-03-01T12:00:00Z\npinned: true\narchived: true\ncolour: "red"\nassistant-id: "k"\n'
            f'assistant-sum: "{exporter.sum_of(body)}"\n'
            f'attachments:\n  - "{name.partition("/")[2]}: Über uns (1).PNG"\n'
            f"---\n\n{body}"
        )


def test_all_is_what_is_not_in_the_trash(database: Database) -> None:
    archived, gone = write("archived", archived=True), write("gone")
    write("not mine", user=OUTSIDER)
    trash.trash(ME, gone.id, NOW)
    assert zipfile.ZipFile(export(database)).namelist() == ["archived.md"]
    assert zipfile.ZipFile(export(database, [gone.id, archived.id])).namelist() == ["archived.md", "gone.md"]


def test_the_same_notes_make_the_same_bytes(database: Database, tmp_path: Path) -> None:
    for number in range(3):
        attach(write(f"same {number % 2}"), picture(), "a.png")
    first = export(database)
    asyncio.run(exporter.write(database, ME, tmp_path / "notes.zip"))
    assert first.getvalue() == (tmp_path / "notes.zip").read_bytes()
    assert [name for name in zipfile.ZipFile(first).namelist() if name.endswith("md")] == [
        "same 0.md", "same 1.md", "same 0 (2).md",
    ]  # fmt: skip


def test_only_own_notes_leave(database: Database) -> None:
    mine, theirs = write("mine"), write("theirs", user=OUTSIDER)
    address = attach(theirs, picture(), "secret.png")
    shows = write(f"![]({address})")
    with pytest.raises(NotFound):
        export(database, [theirs.id])
    file = zipfile.ZipFile(export(database, [mine.id, theirs.id, shows.id]))
    assert file.namelist() == ["mine.md", "Untitled.md"]
    assert address in file.read("Untitled.md").decode()


def test_a_picture_of_another_note_goes_along(database: Database) -> None:
    home = write("home")
    address = attach(home, picture(), "a.png")
    guest = write(f"guest ![]({address})")
    file = export(database, [guest.id])
    assert len(zipfile.ZipFile(file).namelist()) == 2
    assert bring(database, file, user=THERE).attachments == 1


def test_progress_and_cancel(database: Database, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(exporter, "AT_ONCE", 2)
    for number in range(5):
        write(f"note {number}")
    heard: list[tuple[int, int]] = []
    export(database, progress=lambda *done: heard.append(done))
    assert heard == [(2, 5), (4, 5), (5, 5)]
    out = io.BytesIO()
    asked = iter([False, True])
    report = asyncio.run(exporter.write(database, ME, out, cancelled=lambda: next(asked)))
    assert (report.notes, report.cancelled) == (2, True)
    assert len(zipfile.ZipFile(out).namelist()) == 2


def test_a_note_that_goes_meanwhile_is_left_out(database: Database, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(exporter, "AT_ONCE", 1)
    write("first")
    second = write("second")
    attach(second, picture(), "a.png")

    def empty(done: int, total: int) -> None:
        if done == 1:
            trash.trash(ME, second.id, NOW)
            trash.empty_trash(ME)

    assert zipfile.ZipFile(export(database, progress=empty)).namelist() == ["first.md"]


@pytest.mark.parametrize(
    ("title", "name"),
    [
        ("", "Untitled"), (" . ", "Untitled"), ("a/b\\c:d", "a b c d"), ("CON", "_CON"), ("nul.txt", "_nul.txt"),
        ("console", "console"), ("COM¹", "_COM¹"), ("ends. ", "ends"), (".hidden", "hidden"),
        ("a\u202eb\u200b\x07", "ab"),
        ("e\u0301", "é"), ("../../etc", "etc"), ("日本語", "日本語"), ("x" * 300, "x" * 180), ("é" * 300, "é" * 90),
        ("a | b", "a b"), ("-", "-"),
    ],
)  # fmt: skip
def test_file_names_are_safe(title: str, name: str) -> None:
    assert file_names.safe(title) == name


def test_names_that_differ_by_case_alone_get_a_number() -> None:
    names = file_names.Names()
    assert [names.take(name, ".md") for name in ("a", "A", "a (2)", "a", "é", "e\u0301")] == [
        "a.md", "A (2).md", "a (2) (2).md", "a (3).md", "é.md", "e\u0301 (2).md",
    ]  # fmt: skip


ODD: list[dict[str, Any]] = [
    {"text": ""},
    {"text": "", "title": "Only a title"},
    {"text": "---\ntitle: not a header\n---\nrest"},
    {"text": "\n\n  first line after empty ones  \n\n"},
    {"text": "---"},
    {"text": "text\n---\n"},
    {"text": "\ufeffwith a mark in front"},
    {"text": "\x01\x02 controls \x0b\x0c\x1f \x85 \u2028 \u2029 \x7f"},
    {"text": "attachments/a-1.png is literally here, and ![](attachments/a-2.png)"},
    {"text": "[[Link]] ![[embed.png]] ![](picture.png) #tag `code`"},
    {"text": "x" * TEXT_LIMIT},
    {"text": "日本語 😀 é e\u0301", "title": "日本語: 😀", "tags": ["日本/語", "é"]},
    {"text": "same", "title": "Same"},
    {"text": "same", "title": "same"},
    {"text": "t", "title": "t" * 300, "tags": [f"{number}" * 40 for number in range(10, 60)]},
    {"text": "t", "title": "yes",
     "tags": ["null", "2024-01-01", "- dash", "# hash", "a: b", "[x]", '"q"', "a,b", "it's"]},
    {"text": "t", "title": "'quoted' \\ \"title\"", "colour": "grey", "pinned": True},
    {"text": "t", "created": datetime(1, 1, 1, tzinfo=UTC), "updated": datetime(1969, 12, 31, 23, 59, tzinfo=UTC)},
    {"text": "t", "created": NOW.replace(microsecond=123456), "archived": True, "key": "k" * 64},
]  # fmt: skip


def test_odd_notes_come_back_as_they_were(database: Database) -> None:
    for number, values in enumerate(ODD):
        write(**({"created": NOW - timedelta(minutes=number), "now": NOW} | values))
    file = export(database)
    later = NOW + timedelta(days=1)
    report = bring(database, file, user=THERE, now=later)
    assert (report.created, report.skipped, report.remarks) == (len(ODD), [], [])
    assert rows(THERE) == rows(ME)
    assert plan(database, file).here == bring(database, file).unchanged == len(ODD)
    again = export(database, user=THERE)
    assert bring(database, again, user=THERE).unchanged == len(ODD)
    assert bring(database, again).unchanged == len(ODD)
    assert index.check() == []


def test_pictures_come_back_to_their_places(database: Database) -> None:
    for number, kind in enumerate(("PNG", "JPEG", "WEBP", "GIF")):
        note = write(created=NOW - timedelta(days=number))
        address, other = attach(note, picture("red", kind), "a.x"), attach(note, picture("blue", kind), "")
        attach(note, picture("green", kind), "kept: though not shown")
        file = f"attachments/a-{address.rsplit('/', 1)[1]}.png"
        text = f"{other} {address} ![x]({address}) [y]({address}#z) `{address}` {file} {address}9 {address}x {address}-"
        notebook.save(ME, note.id, text, 1, now=NOW)
    report = bring(database, export(database), user=THERE)
    assert (report.created, report.attachments, report.skipped) == (4, 12, [])
    assert rows(THERE) == rows(ME)


LINE = st.text(st.characters(exclude_categories=["Cs"]), max_size=40)
MARKS = st.sampled_from(["---", "tags: [a]", "", "# x", "![](<p>)", "attachments/p-1.png", "```"])
TAG = LINE.map(tag_name).filter(lambda tag: 0 < len(tag) <= TAG_LIMIT)
PAST = st.datetimes(max_value=NOW.replace(tzinfo=None)).map(lambda at: at.replace(tzinfo=UTC))
NOTES = st.lists(
    st.fixed_dictionaries({
        "text": st.lists(LINE | MARKS).map("\n".join).map(clean),
        "title": LINE.map(one_line),
        "tags": st.lists(TAG, max_size=5, unique_by=tag_key),
        "created": PAST,
        "updated": PAST,
        "pinned": st.booleans(),
        "archived": st.booleans(),
        "colour": st.sampled_from(COLOURS),
        "pictures": st.lists(st.tuples(st.sampled_from(["red", "blue"]), LINE), max_size=2),
    }),
    min_size=1, max_size=4,
)  # fmt: skip


@pytest.fixture
def emptied(database: Database) -> Iterator[Database]:
    yield database
    clear()


@given(NOTES)
@settings(max_examples=examples(40), deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_whatever_was_written_comes_back(emptied: Database, notes: list[dict[str, Any]]) -> None:
    clear()
    for values in notes:
        pictures = values.pop("pictures")
        note = write(**values)
        shown = [attach(note, picture(colour), name) for colour, name in pictures]
        if shown:
            text = note.text.replace("<p>", shown[0])
            values |= {"text": text}
            revisions.write(note, note.updated, text=text)
    report = bring(emptied, export(emptied), user=THERE)
    assert (report.created, report.skipped, report.remarks) == (len(notes), [], [])
    assert sorted(rows(THERE), key=repr) == sorted(rows(ME), key=repr)
    assert bring(emptied, export(emptied), user=ME).created == 0


def test_a_file_that_was_changed_outside_comes_as_a_new_note(database: Database) -> None:
    note = write("first line\nrest", tags=["a"])
    with zipfile.ZipFile(export(database)) as file:
        text = file.read("first line.md").decode()
    changed = [("first line.md", text.replace("rest", "changed").encode())]
    report = bring(database, changed)
    assert (report.created, report.remarks) == (
        1,
        [("first line.md", "It was changed outside after the export, so it comes as a new note.")],
    )
    assert bring(database, changed).unchanged == 1
    assert bring(database, [("first line.md", text.replace("\n", "\r\n").encode("utf-16"))]).unchanged == 1
    assert notebook.get(ME, note.id).text == "first line\nrest"
    assert sorted(n.text for n in Note.select()) == ["first line\nchanged", "first line\nrest"]


def test_what_was_edited_here_or_thrown_away_is_left_alone(database: Database) -> None:
    edited, gone = write("edited"), write("gone")
    file = export(database)
    notebook.save(ME, edited.id, "edited here", 1, now=NOW)
    trash.trash(ME, gone.id, NOW)
    report = bring(database, file)
    assert (report.created, report.unchanged, report.remarks) == (0, 2, [("gone.md", importer.IN_TRASH)])
    assert notebook.get(ME, edited.id).text == "edited here"
    trash.empty_trash(ME)
    assert bring(database, file).created == 1
    assert history.versions(ME, edited.id) == []
