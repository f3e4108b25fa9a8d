"""Zips that are broken, or made to do harm, get a sentence."""

import asyncio
import io
import random
import stat
import struct
import tracemalloc
import zipfile
from collections.abc import Callable
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest

from assistant.errors import Full, Invalid
from assistant.notes.models import Note
from assistant.notes.transfer import archive_reader
from assistant.notes.transfer.formats import recognition
from assistant.notes.transfer.import_job import ImportJob
from assistant.notes.transfer.import_jobs import ImportJobs
from assistant.notes.versions import revisions
from assistant.storage import zips
from assistant.storage.database import Database
from tests.notes.archives import ME, NOW, bring, keep, locked, picture, plan, zipped


@pytest.mark.parametrize(
    "name",
    [
        "../a.md",
        "a/../../b.md",
        "/etc/passwd.md",
        "\\\\server\\share.md",
        "..\\a.md",
        "C:\\a.md",
        "c:a.md",
        "a\\..\\..\\b.md",
    ],
)
def test_a_path_that_leads_out_is_skipped(database: Database, name: str) -> None:
    report = bring(database, zipped({name: "evil", "fine.md": "fine"}))
    assert (report.created, [sentence for _, sentence in report.skipped]) == (1, [archive_reader.OUTSIDE])
    assert plan(database, [(name, b"evil")]).skipped == [(archive_reader.shown(name), archive_reader.OUTSIDE)]


def test_a_link_is_skipped(database: Database) -> None:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as file:
        info = zipfile.ZipInfo("a.md")
        info.external_attr = (stat.S_IFLNK | 0o777) << 16
        file.writestr(info, "/etc/passwd")
    assert bring(database, out).skipped == [("a.md", archive_reader.LINK)]


def nested() -> io.BytesIO:
    return zipped({"inner.zip": zipped({"a.md": "a"}).getvalue()})


def many() -> io.BytesIO:
    return zipped({f"{number}.md": "" for number in range(archive_reader.LIMITS.files + 1)}, stored=True)


def bomb() -> io.BytesIO:
    return zipped({f"{number}.md": bytes(20_000_000) for number in range(4)})


def large() -> io.BytesIO:
    """Declares more than it holds: one does not have to unpack it to refuse it."""
    data = bytearray(zipped({"a.bin": random.Random(1).randbytes(6_000_000)}, stored=True).getvalue())
    at = data.find(b"PK\x01\x02")
    struct.pack_into("<L", data, at + 24, 550_000_000)
    return io.BytesIO(bytes(data))


def endless() -> io.BytesIO:
    """Says that its list of files takes gigabytes."""
    data = bytearray(zipped({"a.md": "a"}).getvalue())
    struct.pack_into("<L", data, data.rfind(zips.END) + 12, 3_000_000_000)
    return io.BytesIO(bytes(data))


@pytest.mark.parametrize(
    ("make", "sentence"),
    [
        (many, archive_reader.LIMITS.many),
        (bomb, zips.BOMB),
        (large, archive_reader.LIMITS.large),
        (endless, archive_reader.LIMITS.many),
        (locked, zips.LOCKED),
        (lambda: io.BytesIO(b""), zips.DAMAGED),
        (lambda: io.BytesIO(b"PK\x03\x04" + bytes(100)), zips.DAMAGED),
        (lambda: io.BytesIO(zipped({"a.md": "a"}).getvalue()[:-10]), zips.DAMAGED),
    ],
)
def test_what_is_refused_whole(database: Database, make: Callable[[], io.BytesIO], sentence: str) -> None:
    for act in (plan, bring):
        with pytest.raises(Invalid) as refused:
            act(database, make())
        assert (refused.value.sentence, refused.value.field) == (sentence, "file")


def test_dropped_files_have_the_same_limits(database: Database, monkeypatch: pytest.MonkeyPatch) -> None:
    with pytest.raises(Invalid, match="20,000 files"):
        plan(database, [("a.md", b"")] * (archive_reader.LIMITS.files + 1))
    monkeypatch.setattr(archive_reader, "LIMITS", zips.Limits(files=20_000, total=10))
    with pytest.raises(Invalid, match="larger than"):
        plan(database, [("a.md", bytes(6)), ("b.md", bytes(5))])


def test_a_file_that_is_no_zip_or_not_there(database: Database, tmp_path: Path) -> None:
    (tmp_path / "a.zip").write_text("# a note, not a zip")
    for path in (tmp_path / "a.zip", tmp_path / "missing.zip", tmp_path):
        with pytest.raises(Invalid, match="damaged"):
            plan(database, path)


def test_a_zip_inside_is_opened_and_one_inside_that_is_not(database: Database) -> None:
    assert bring(database, nested()).created == 1
    twice = zipped({"outer.zip": nested().getvalue(), "b.md": "b"})
    report = bring(database, twice)
    assert (report.created, report.skipped) == (1, [("outer/inner.zip", recognition.NESTED)])


def test_a_path_in_a_zip_inside_that_leads_out_is_skipped(database: Database) -> None:
    inside = zipped({"../a.md": "evil", "/b.md": "evil", "c.md": "fine"})
    report = bring(database, zipped({"in.zip": inside.getvalue()}))
    assert (report.created, [sentence for _, sentence in report.skipped]) == (1, [archive_reader.OUTSIDE] * 2)


@pytest.mark.parametrize(("make", "sentence"), [(bomb, zips.BOMB), (large, archive_reader.LIMITS.large)])
def test_a_zip_inside_is_judged_as_one_outside(
    database: Database, make: Callable[[], io.BytesIO], sentence: str
) -> None:
    inside = zipped({"in.zip": make().getvalue(), "fine.md": "fine"}, stored=True)
    if sentence == archive_reader.LIMITS.large:
        with pytest.raises(Invalid, match="larger than"):
            plan(database, inside)
    else:
        assert plan(database, inside).skipped == [("in.zip", sentence)]


def test_a_damaged_file_leaves_the_others_whole(database: Database) -> None:
    text = "text that will not match its check sum"
    data = (
        zipped({"bad.md": text, "good.md": "good"}, stored=True)
        .getvalue()
        .replace(text.encode(), text.upper().encode())
    )
    report = bring(database, io.BytesIO(data))
    assert (report.created, report.skipped) == (1, [("bad.md", "It is damaged in the zip.")])


def test_a_file_that_holds_more_than_it_says(database: Database) -> None:
    data = bytearray(zipped({"a.md": bytes(40_000_000)}).getvalue())
    struct.pack_into("<L", data, data.find(b"PK\x01\x02") + 24, 1000)
    assert bring(database, io.BytesIO(bytes(data))).skipped == [("a.md", "It is damaged in the zip.")]


def test_a_file_that_lies_about_its_size_takes_no_memory(database: Database) -> None:
    data = bytearray(zipped({"a.md": bytes(300_000_000)}).getvalue())
    for sign, place in ((b"PK\x01\x02", 24), (b"PK\x03\x04", 22)):
        struct.pack_into("<L", data, data.find(sign) + place, 10)
    tracemalloc.start()
    assert bring(database, io.BytesIO(bytes(data))).skipped == [("a.md", "It is damaged in the zip.")]
    peak = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    assert peak < 20_000_000


def over_each_other() -> io.BytesIO:
    """Many names whose bytes are the same ones."""
    whole = zipped({f"{number:03}.md": bytes(100_000) for number in range(50)}).getvalue()
    data, first = bytearray(whole), whole.find(b"PK\x03\x04")
    at = whole.find(b"PK\x01\x02")
    while at >= 0:
        struct.pack_into("<L", data, at + 42, first)
        at = whole.find(b"PK\x01\x02", at + 1)
    return io.BytesIO(bytes(data))


def doubled() -> io.BytesIO:
    data = zipped({"a.md": "one", "b.md": "two"}).getvalue().replace(b"b.md", b"a.md")
    return io.BytesIO(data)


@pytest.mark.parametrize(("make", "sentence"), [(over_each_other, zips.OVERLAPPING), (doubled, zips.DOUBLED)])
def test_what_no_program_packs_is_not_opened(database: Database, make: Callable[[], io.BytesIO], sentence: str) -> None:
    with pytest.raises(Invalid) as refused:
        plan(database, make())
    assert refused.value.sentence == sentence


@pytest.mark.parametrize("name", ["a.md", "folder.md", "a/b/c.md", "x.txt"])
def test_a_single_file_comes_in(tmp_path: Path, database: Database, name: str) -> None:
    jobs = ImportJobs(database, lambda: NOW)

    async def scenario() -> None:
        job = await jobs.plan(ME, [(name, io.BytesIO(b"text"))], ZoneInfo("UTC"))
        assert job.plan.new == 1
        await jobs.close()

    asyncio.run(scenario())


def test_what_one_chose_holds_for_an_import_that_another_process_goes_on_with(database: Database) -> None:
    jobs = ImportJobs(database, lambda: NOW)
    text = b"---\ncreated: 3/4/2024\n---\n#word"

    async def scenario() -> None:
        job = await jobs.plan(ME, [("a.md", io.BytesIO(text))], ZoneInfo("UTC"), month_first=True)
        assert job.plan.hashtags == ["word"]
        await jobs.close()
        jobs.start(ME, job.id, inline_tags=True)
        await asyncio.gather(job.task) if job.task else None  # stops at once, as the process ends
        later = ImportJobs(database, lambda: NOW)
        later.resume()
        task = next(found for found in [later.current(ME)] if found).task
        await asyncio.gather(task) if task else None

    asyncio.run(scenario())
    (note,) = Note.select()
    assert (note.created.month, note.created.day, revisions.tag_names(note.id)) == (3, 4, ["word"])


def test_what_is_more_than_one_may_keep_is_not_stored(database: Database) -> None:
    async def check_room(user: int, more: int) -> None:
        assert user == ME
        if more > 100:
            raise Full(f"{more} bytes are too many.")

    async def stored(*texts: bytes) -> ImportJob:
        jobs = ImportJobs(database, lambda: NOW, check_room=check_room)
        files = [(f"{number}.md", io.BytesIO(text)) for number, text in enumerate(texts)]
        job = await jobs.plan(ME, files, ZoneInfo("UTC"))
        task = jobs.start(ME, job.id).task
        await asyncio.gather(task) if task else None
        return job

    job = asyncio.run(stored(b"x" * 60, b"y" * 60))
    assert (job.state, job.problem, job.folder.exists()) == ("failed", "120 bytes are too many.", False)
    assert Note.select().count() == 0
    assert asyncio.run(stored(b"x" * 60)).state == "done"
    assert Note.select().count() == 1


def test_zips_files_and_folders_in_one_list(database: Database) -> None:
    jobs = ImportJobs(database, lambda: NOW)
    one, two = zipped({"a.md": "a", "inner.zip": "x"}), zipped({"b.md": "b", "deep/er/c.md": "c"})
    files = [("one.zip", one), ("folder/two.zip", two), ("d.md", io.BytesIO(b"d")), ("bad.zip", io.BytesIO(b"PK"))]

    async def scenario() -> None:
        job = await jobs.plan(ME, files, ZoneInfo("UTC"))
        assert job.plan.new == 4
        assert {name for name, _ in job.plan.skipped} == {"one/inner.zip", "bad.zip"}
        await jobs.close()

    asyncio.run(scenario())


def test_names_in_other_encodings(database: Database) -> None:
    data = zipped({"AEOE.md": "x", "bb.md": "y"}).getvalue().replace(b"AEOE", "éö".encode()).replace(b"bb", b"\x82\x94")
    assert bring(database, io.BytesIO(data)).created == 2
    assert {note.title for note in Note.select()} == {"éö"}


def test_dates_that_no_calendar_has(database: Database) -> None:
    data = bytearray(zipped({"a.md": "x"}).getvalue())
    struct.pack_into("<HH", data, data.find(b"PK\x01\x02") + 12, 0xFFFF, 0xFFFF)
    assert bring(database, io.BytesIO(bytes(data))).created == 1


@pytest.mark.parametrize(
    "name", ["", ".", "/", "a/", "\n.md", "\x07.md", "x" * 5000 + ".md", "a/" * 2000 + "b.md", "\ud800.md"]
)
def test_odd_names(database: Database, name: str) -> None:
    report = bring(database, [(name, b"text")])
    assert report.created + len(report.skipped) <= 1
    assert all(0 < len(shown) <= 200 and shown.isprintable() for shown, _ in report.skipped + report.remarks)


def test_no_damage_is_a_crash(database: Database) -> None:
    chance = random.Random(7)
    whole = zipped({
        "a/b.md": "---\ntags: [x]\n---\n![[p.png]] [[L]]" * 20, "p.png": picture(), "k.json": keep("K", "text"),
        "ü.txt": "é" * 99,
    }).getvalue()  # fmt: skip
    refused = 0
    for _ in range(400):
        data = bytearray(whole)
        for _ in range(chance.choice((1, 1, 3, 30))):
            data[chance.randrange(len(data))] = chance.randrange(256)
        if chance.random() < 0.2:
            del data[chance.randrange(len(data)) :]
        try:
            bring(database, io.BytesIO(bytes(data)))
        except Invalid:
            refused += 1
    assert 0 < refused < 400
    assert not Note.select().where(Note.user != 1).exists()


def test_folders_in_the_words_of_windows_are_no_files(database: Database) -> None:
    report = bring(database, zipped({"a\\": "", "a\\b.md": "text"}))
    assert (report.created, report.skipped) == (1, [])


def test_reading_says_how_far_it_is_and_is_stopped(database: Database) -> None:
    jobs = ImportJobs(database, lambda: NOW)
    files = [(f"{number}.md", io.BytesIO(b"x")) for number in range(400)]
    heard: list[tuple[int, int]] = []

    async def look(*, stop: bool) -> None:
        planning = asyncio.create_task(jobs.plan(ME, files, ZoneInfo("UTC")))
        while not planning.done():
            reading = jobs.reading(ME)
            if reading and reading.total and (reading.done, reading.total) not in heard:
                heard.append((reading.done, reading.total))
                if stop:
                    jobs.stop_reading(ME)
            await asyncio.sleep(0)
        await planning

    with pytest.raises(Invalid, match="cancelled"):
        asyncio.run(look(stop=True))
    assert jobs.current(ME) is None
    assert jobs.reading(ME) is None
    assert list((database.folder / "imports").iterdir()) == []
    for _, file in files:
        file.seek(0)
    asyncio.run(look(stop=False))
    assert len(heard) > 2
    assert {total for _, total in heard} == {400}
    plan_ = jobs.current(ME)
    assert plan_ is not None
    assert plan_.plan.new == 400
