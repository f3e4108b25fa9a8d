"""Markdown files come in with what belongs to them, once, and only to whom they are given."""

import asyncio
import io
import time
from datetime import UTC, datetime, timedelta
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from PIL import Image

from assistant.notes import attachments, models, notebook, queries
from assistant.notes.models import Attachment, Note
from assistant.notes.search import index
from assistant.notes.transfer import exporter, imported_note, importer, markdown_files, scanner
from assistant.notes.transfer.formats import recognition
from assistant.notes.versions import revisions
from assistant.storage.database import Database
from tests.notes.archives import ME, NOW, OUTSIDER, bring, picture, plan, zipped

PIECES = st.sampled_from([
    "---\n", "tags: [a, b]\n", "title: x\n", "![[p.png]]", "![](p.png)", "![a](<p.png> \"t\")", "```\n", "`", "#tag ",
    "\r", "\0", "x: ", "assistant-id: k\n", "attachments:\n", "  - p.png: name\n", "attachments/p.png", "[[", "]]",
])  # fmt: skip
LATER = NOW + timedelta(days=1)


def notes(user: int = ME) -> dict[str, Note]:
    return {note.title: note for note in Note.select().where(Note.user == user)}


def tags_of(title: str) -> list[str]:
    return revisions.tag_names(notes()[title].id)


def test_a_folder_of_files(database: Database) -> None:
    source = {
        "top.md": "# Another heading\ntext",
        "Work/Plans/2024.md": "see [[top]]",
        "Work/list.txt": "- a\r\n- b\rc",
        "Work/same.markdown": "---\ntitle: Given\ntags: [x, '#y/z']\ncreated: 2020-01-02\nupdated: 2021-02-03 04:05\n"
        "pinned: true\narchived: yes\ncolor: Gray\naliases: [old]\n---\n# same",
        "first.md": "# First\nrest",
    }
    report = bring(database, zipped(dict(source)), zone=ZoneInfo("Europe/Berlin"))
    assert (report.created, report.skipped, report.remarks, report.cancelled) == (5, [], [], False)
    found = notes()
    assert set(found) == {"top", "2024", "list", "Given", "First"}
    assert (found["top"].text, found["top"].title_set) == ("# Another heading\ntext", True)
    assert found["First"].title_set is True
    assert (tags_of("2024"), tags_of("Given"), tags_of("top")) == (["Work/Plans"], ["x", "y/z", "Work"], [])
    assert found["list"].text == "- a\n- b\nc"
    assert [note.id for note in queries.backlinks(ME, found["top"].id)] == [found["2024"].id]
    given = found["Given"]
    assert given.text == "---\naliases: [old]\n---\n# same"
    assert (given.pinned, given.archived, given.colour) == (True, True, "grey")
    assert given.created == datetime(2020, 1, 1, 23, tzinfo=UTC)
    assert given.updated == datetime(2021, 2, 3, 3, 5, tzinfo=UTC)
    assert found["top"].created == found["top"].updated == datetime(2024, 5, 6, 5, 8, 10, tzinfo=UTC)
    assert index.check() == []


def test_the_name_of_a_file_is_the_title_unless_the_first_line_says_it_better(database: Database) -> None:
    bring(database, [("What a b.md", b"# What: a/b?"), ("Other.md", b"# x"), ("Same.md", b"Same"), ("empty.md", b"")])
    assert {title: note.title_set for title, note in notes().items()} == {
        "What: a/b?": True, "Other": True, "Same": True, "empty": True,
    }  # fmt: skip


def test_a_folder_that_was_packed_whole_is_no_tag(database: Database, tmp_path: Path) -> None:
    path = tmp_path / "My vault.zip"
    path.write_bytes(zipped({"My vault/a/one.md": "1", "__MACOSX/My vault/._one.md": "x"}).getvalue())
    bring(database, path)
    assert tags_of("one") == ["a"]
    bring(database, zipped({"V/.obsidian/app.json": "{}", "V/b/two.md": "2", "V/.trash/gone.md": "3"}))
    assert tags_of("two") == ["b"]
    bring(database, zipped({"c/three.md": "3"}))
    assert tags_of("three") == ["c"]
    assert len(notes()) == 3


def test_pictures_beside_notes_are_kept_with_them(database: Database) -> None:
    text = (
        "![[photo.png]] ![[photo.png|300]] ![seen](../img/My%20photo.jpg \"a title\") ![x](<../img/My photo.jpg>)\n"
        "![](https://example.org/photo.png) ![[missing.png]] ![[Other note]] `![[photo.png]]`\n"
        "```\n![](photo.png)\n```\n![[PHOTO.PNG]] ![](photo_(1).png) [link](photo.png) ![pdf](paper.pdf)"
    )  # fmt: skip
    files: dict[str, bytes | str] = {
        "a/note.md": text, "a/photo.png": picture(), "a/photo_(1).png": picture("green"), "a/paper.pdf": b"%PDF",
        "a/unused.doc": b"doc",
        "img/My photo.jpg": picture("blue", "JPEG"), "img/unused.png": picture(),
    }  # fmt: skip
    report = bring(database, zipped(files))
    assert (report.created, report.attachments) == (1, 4)
    assert report.skipped == [("a/unused.doc", recognition.UNREAD), ("img/unused.png", scanner.UNSHOWN)]
    note = notes()["note"]
    png, jpg, bracketed, pdf = attachments.of_note(ME, note.id)
    assert [(png.name, png.kind), (jpg.name, jpg.kind)] == [("photo.png", "image/png"), ("My photo.jpg", "image/jpeg")]
    assert bytes(jpg.data) == picture("blue", "JPEG")
    one, two, three = (f"{models.ADDRESS}{row.id}" for row in (png, jpg, bracketed))
    assert note.text == (
        f"![photo.png]({one}) ![photo.png|300]({one}) ![seen]({two} \"a title\") ![x]({two})\n"
        "![](https://example.org/photo.png) ![[missing.png]] ![[Other note]] `![[photo.png]]`\n"
        f"```\n![](photo.png)\n```\n![photo.png]({one}) ![]({three}) [link]({one}) [pdf]({models.ADDRESS}{pdf.id})"
    )  # fmt: skip


def test_a_picture_that_cannot_be_kept_leaves_the_note_as_it_was(
    database: Database, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(attachments, "SIZE_LIMIT", 20_000)
    vast = io.BytesIO()
    Image.new("1", (8000, 7000)).save(vast, "PNG")
    text = "![](large.png) ![[broken.png]] ![[fine.png]] ![[bomb.png]]"
    files: dict[str, bytes | str] = {"n.md": text, "large.png": picture() + bytes(20_000), "broken.png": "no",
                                     "fine.png": picture(), "bomb.png": vast.getvalue()}  # fmt: skip
    report = bring(database, zipped(files))
    assert report.skipped == [
        ("large.png", "The picture is larger than 10 MB."),
        ("broken.png", "This is not a picture that can be read. Use JPEG, PNG, WebP or GIF."),
        ("bomb.png", "The picture has more than 50 million pixels."),
    ]
    (row,) = Attachment.select()
    assert notes()["n"].text == f"![](large.png) ![[broken.png]] ![fine.png]({models.ADDRESS}{row.id}) ![[bomb.png]]"


def test_each_note_has_its_own_copy_of_a_picture(database: Database) -> None:
    unbound = attachments.add(ME, None, picture(), kind="image/png", name="being pasted", now=NOW)
    bring(database, zipped({"a.md": "![](p.png)", "b.md": "![](p.png)", "p.png": picture()}))
    assert [len(attachments.of_note(ME, note.id)) for note in notes().values()] == [1, 1]
    assert attachments.get(ME, unbound.id).note_id is None


def test_what_a_header_says_beyond_our_fields_is_kept(database: Database) -> None:
    text = "---\ntitle: A\nsource: https://example.org\nauthors:\n  - one\n  - two\ncssclass: wide\n---\ntext\n"
    bring(database, [("a.md", text.encode())])
    kept = "---\nsource: https://example.org\nauthors:\n  - one\n  - two\ncssclass: wide\n---\n"
    note = notes()["A"]
    assert (note.text, note.excerpt) == (f"{kept}text\n", "text")


def test_words_with_number_signs_become_tags_when_asked(database: Database) -> None:
    text = "#one and (#two/three) #4 #5th a#no `#code` [x](#anchor) #one\n# heading"
    bring(database, [("a.md", text.encode())], inline_tags=True)
    assert tags_of("a") == ["one", "two/three", "5th"]
    bring(database, [("b.md", text.encode())])
    assert tags_of("b") == []


def test_tags_and_titles_that_do_not_fit(database: Database) -> None:
    tags = ", ".join(f"t{number}" for number in range(60))
    report = bring(database, [("a.md", f"---\ntags: {tags}, {'x' * 101}\ntitle: {'long ' * 70}\n---\n".encode())])
    (note,) = notes().values()
    assert (report.created, len(revisions.tag_names(note.id))) == (1, 50)
    assert report.remarks == [("a.md", "11 of its tags were left out: too long or too many.")]
    assert note.text == f"# {'long ' * 70}".strip() + "\n\n"


@pytest.mark.parametrize(
    ("data", "text", "guessed"),
    [
        ("é 日".encode(), "é 日", False),
        ("\ufeffé".encode(), "é", False),
        ("é 日".encode("utf-16"), "é 日", False),
        (b"\xfe\xff" + "é 日".encode("utf-16-be"), "é 日", False),
        ("é 日".encode("utf-32"), "é 日", False),
        ("é – “x”".encode("cp1252"), "é – “x”", True),
        (b"\x81 caf\xe9", "\x81 café", True),
        (b"a\x00b", "ab", False),
    ],
)
def test_encodings(database: Database, data: bytes, text: str, guessed: bool) -> None:
    report = bring(database, [("a.txt", data)])
    assert notes()["a"].text == text
    assert report.remarks == ([("a.txt", markdown_files.GUESSED)] if guessed else [])


@pytest.mark.parametrize("data", [picture(), b"\xff\xfe\x00\xd8", bytes(range(256)), b"\xff" + bytes(100)])
def test_what_is_no_text_is_skipped(database: Database, data: bytes) -> None:
    assert bring(database, [("a.md", data)]).skipped == [("a.md", markdown_files.BINARY)]
    assert notes() == {}


def test_a_text_that_is_too_long_gets_a_sentence(database: Database) -> None:
    files = [("huge.md", b"x" * 20_000_000), ("large.md", "é".encode() * 500_001), ("fits.md", b"x" * 1_000_000),
             ("grows.md", b"![](p.png)" + b"x" * 999_990), ("p.png", picture())]  # fmt: skip
    report = bring(database, files)
    assert report.created == 1
    assert report.skipped == [
        ("huge.md", "20 MB: a note holds 1 MB."),
        ("large.md", "This note is 1,000,002 bytes long; 1,000,000 fit. Split it in two."),
        ("grows.md", "This note is 1,000,015 bytes long; 1,000,000 fit. Split it in two."),
    ]
    assert Attachment.select().count() == 0


def test_the_preview_says_it_all_and_writes_nothing(database: Database) -> None:
    bring(database, [("old.md", b"old")])
    files: dict[str, bytes | str] = {f"Many/{number:02}.md": f"number {number}" for number in range(30)}
    files |= {"old.md": "old", "more.md": "---\ntags: [b, Many]\n---\n![](p.png)", "p.png": picture(), "x.exe": "MZ",
              "inner.zip": zipped({"a.md": "a"}).getvalue(), "latin.md": "é".encode("cp1252"),
              "other.json": "{}"}  # fmt: skip
    heard: list[tuple[int, int]] = []
    found = plan(database, zipped(files), progress=lambda *done: heard.append(done))
    assert (found.new, found.here, found.attachments, found.tags) == (33, 1, 1, ["b", "inner", "Many"])
    assert found.titles == [f"{number:02}" for number in range(20)]
    assert found.skipped == [
        ("other.json", "It is no note of Google Keep."), ("x.exe", recognition.UNREAD),
    ]  # fmt: skip
    assert found.remarks == [("latin.md", markdown_files.GUESSED)]
    assert heard[-1] == (37, 37)
    assert (Note.select().count(), Attachment.select().count()) == (1, 0)


def test_the_same_again_makes_no_duplicates(database: Database, tmp_path: Path) -> None:
    files: dict[str, bytes | str] = {
        "a/one.md": "one ![](p.png)",
        "two.txt": "two",
        "a/p.png": picture(),
        "b/one.md": "one ![](p.png)",
    }
    assert bring(database, zipped(files)).created == 3
    edited = next(note for note in notes().values() if note.text == "two")
    notebook.save(ME, edited.id, "two, edited here", 1, now=NOW)
    path = tmp_path / "again.zip"
    path.write_bytes(zipped(files).getvalue())
    for source in (
        zipped(files),
        path,
        [(name, data.encode() if isinstance(data, str) else data) for name, data in files.items()],
    ):
        report = bring(database, source, now=LATER)
        assert (report.created, report.unchanged, report.skipped, report.attachments) == (0, 3, [], 0)
    assert notebook.get(ME, edited.id).text == "two, edited here"
    assert Attachment.select().count() == 2
    assert bring(database, [("two.txt", b"two, changed outside")]).created == 1


def test_a_file_that_is_there_twice_is_one_note(database: Database) -> None:
    report = bring(database, [("a.md", b"a"), ("a.md", b"a"), ("a.md", b"b")])
    assert (report.created, report.unchanged) == (2, 1)


def test_an_import_never_touches_what_others_have(database: Database) -> None:
    theirs = notebook.create(OUTSIDER, NOW, text="theirs", key="k")
    own = f"---\nassistant-id: k\nassistant-sum: {exporter.sum_of('mine')}\n---\nmine"
    stolen = f"---\nassistant-id: note-{theirs.id}-1\n---\nmine too"
    before = list(Note.select().where(Note.user == OUTSIDER).dicts())
    assert bring(database, [("a.md", own.encode()), ("b.md", stolen.encode())]).created == 2
    assert list(Note.select().where(Note.user == OUTSIDER).dicts()) == before
    assert bring(database, [("a.md", own.encode())], user=OUTSIDER).unchanged == 1
    assert all(row.user == ME for row in notes().values())


def test_dates_of_the_future_are_now(database: Database) -> None:
    bring(database, [("a.md", b"---\ncreated: 2999-01-01\nupdated: 2999-01-02\n---\n"), ("b.md", b"")])
    assert {(note.created, note.updated) for note in notes().values()} == {(NOW, NOW)}


def test_the_latest_change_is_found_first(database: Database) -> None:
    files = [(f"{day}.md", f"---\nupdated: 2024-01-{day}\n---\nword".encode()) for day in (12, 10, 30, 20)]
    bring(database, files)
    assert [hit.title for hit in index.find(ME, "word", zone=UTC)] == ["30", "20", "12", "10"]


def test_cancelling_keeps_what_has_come(database: Database, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(importer, "AT_ONCE", 2)
    heard: list[tuple[int, int]] = []
    files = [(f"{number}.md", b"x") for number in range(5)]
    report = bring(database, files, progress=lambda *done: heard.append(done), cancelled=lambda: len(heard) == 2)
    assert (report.created, report.cancelled, heard) == (4, True, [(2, 5), (4, 5)])
    assert len(notes()) == 4
    rest = bring(database, files)
    assert (rest.created, rest.unchanged, rest.cancelled) == (1, 4, False)


def test_heavy_pictures_are_stored_one_after_another(database: Database, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(importer, "WEIGHT", 100)
    text = "".join(f"![](p{number}.png)" for number in range(4))
    files: dict[str, bytes | str] = {f"p{number}.png": picture() for number in range(4)}
    files |= {"a.md": text, "b.md": text, "c.md": "c"}
    report = bring(database, zipped(files))
    assert (report.created, report.attachments) == (3, 8)
    assert [len(attachments.of_note(ME, notes()[title].id)) for title in "abc"] == [4, 4, 0]
    assert not Attachment.select().where(Attachment.note.is_null()).exists()


def test_two_imports_at_once_make_no_duplicates(database: Database) -> None:
    files = [(f"{number}.md", b"![](p.png)") for number in range(60)] + [("p.png", picture())]

    async def both() -> list[importer.Report]:
        return list(await asyncio.gather(*(importer.run(database, ME, files, now=NOW) for _ in range(2))))

    report = asyncio.run(both())
    assert sum(each.created for each in report) == Note.select().count() == Attachment.select().count() == 60
    assert sum(each.unchanged for each in report) == 60


def test_others_write_between_the_portions(database: Database, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(importer, "AT_ONCE", 5)
    order: list[str] = []

    async def both() -> None:
        async def save() -> None:
            await database.run(notebook.create, ME, NOW, text="between")
            order.append("saved")

        def heard(done: int, total: int) -> None:
            order.append("portion")
            if done == 5:
                tasks.append(asyncio.create_task(save()))

        tasks: list[asyncio.Task[None]] = []
        await importer.run(database, ME, [(f"{n}.md", b"x") for n in range(50)], now=NOW, progress=heard)
        await asyncio.gather(*tasks)

    asyncio.run(both())
    assert order.index("saved") < order.index("portion") + 4


def test_pictures_missing_from_an_export_are_told(database: Database) -> None:
    text = '---\nassistant-id: k\nattachments:\n  - "a-1.png: a"\n---\nx'
    report = bring(database, [("a.md", text.encode())])
    assert report.remarks == [
        ("a.md", markdown_files.CHANGED),
        ("a.md", "Its attachment a-1.png is not among the files."),
    ]


def test_an_id_that_is_too_long_is_none(database: Database) -> None:
    text = f"---\nassistant-id: {'k' * 65}\nassistant-sum: {exporter.sum_of('x')}\n---\nx"
    assert bring(database, [("a.md", text.encode())]).created == 1
    assert all(len(note.key or "") <= 64 for note in notes().values())


def test_a_text_cannot_forge_a_mention(database: Database) -> None:
    bring(database, [("a.md", b"\x000\x00 \x007\x00 ![](p.png)"), ("p.png", picture())])
    (row,) = Attachment.select()
    assert notes()["a"].text == f"0 7 ![]({models.ADDRESS}{row.id})"
    assert imported_note.MENTION.search(notes()["a"].text) is None


@given(st.binary() | st.text().map(str.encode) | st.lists(PIECES).map(lambda some: "".join(some).encode()))
@settings(deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_whatever_stands_in_a_file(database: Database, data: bytes) -> None:
    report = bring(database, [("a/b.md", data), ("p.png", picture())], inline_tags=True)
    assert report.created + report.unchanged + len([name for name, _ in report.skipped if name == "a/b.md"]) == 1
    assert not Attachment.select().where(Attachment.note.is_null()).exists()


@pytest.mark.parametrize(
    "piece", ["![", "![[", "![](", "![](a(", "![[a#", "![[a|", " #", "#-", "#1", "`", "![](<", '![a](b "', "()", "\n#"]
)
def test_no_text_takes_long(database: Database, piece: str) -> None:
    begun = time.process_time()
    bring(database, [("a.md", piece.encode() * (900_000 // len(piece)))], inline_tags=True)
    assert time.process_time() - begun < 5


def test_an_open_file_is_as_good_as_a_path(database: Database, tmp_path: Path) -> None:
    path = tmp_path / "n.zip"
    path.write_bytes(zipped({"a.md": "a"}).getvalue())
    with path.open("rb") as file:
        assert plan(database, file).new == 1
        assert bring(database, file).created == 1
        assert not file.closed
