"""A backup is whole whatever is written meanwhile, and comes back as it was; what was there stays."""

import json
import os
import shutil
import sqlite3
import subprocess
import threading
import time
from collections.abc import Iterator
from contextlib import closing
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest

from assistant.errors import AssistantError, Conflict, Invalid
from assistant.notes import notebook
from assistant.storage import schema
from assistant.storage.backups import backup, restoring, retention, snapshot
from assistant.storage.backups.backup import Backup
from assistant.storage.backups.held import held
from assistant.storage.backups.snapshot import BackupCancelled
from assistant.storage.database import Database, DiskFull
from assistant.storage.lock import FolderLock
from tests.ollama_server import OllamaServer
from tests.product import PATIENCE, Product

NOW = datetime(2026, 3, 1, 3, 30, tzinfo=UTC)


def written(database: Database, text: str) -> int:
    return int(database.run_here(notebook.create, 1, NOW, text=text).id)


def taken(database: Database, to: Path | None = None, now: datetime = NOW) -> Backup:
    data = database.path.parent
    return backup.take(database.path, data, to or data / "backups", now=now)


def texts(path: Path) -> list[str]:
    with closing(sqlite3.connect(path)) as opened:
        return [text for (text,) in opened.execute("SELECT text FROM note ORDER BY id")]


def test_what_is_restored_is_what_was_backed_up_and_what_was_there_stays(database: Database, tmp_path: Path) -> None:
    (tmp_path / "vapid.pem").write_text("the keys of then")
    written(database, "before")
    made = taken(database)
    assert [one.stat().st_mode & 0o777 for one in (made.folder, made.folder / backup.DATABASE)] == [0o700, 0o600]
    assert backup.listing(tmp_path / "backups") == [made]
    (tmp_path / "vapid.pem").write_text("the keys of now")
    written(database, "after")  # it is in the log beside the database only
    done = restoring.restore(made.folder, database.path, tmp_path, now=NOW)
    assert texts(database.path) == ["before"]
    assert (tmp_path / "vapid.pem").read_text() == "the keys of then"
    assert database.path.stat().st_mode & 0o777 == 0o600
    assert done.before
    assert texts(done.before / "assistant.db") == ["before", "after"]
    assert (done.before / "vapid.pem").read_text() == "the keys of now"
    # And back again: what was set aside is a copy of the database.
    restoring.restore(done.before / "assistant.db", database.path, tmp_path, now=NOW)
    assert texts(database.path) == ["before", "after"]
    assert not list(tmp_path.glob("*.part"))


def test_a_backup_into_an_empty_place_comes_back(database: Database, tmp_path: Path) -> None:
    written(database, "all that I have")
    made = taken(database, tmp_path / "disk")
    new = tmp_path / "new house"
    new.mkdir()
    done = restoring.restore(made.folder / backup.MANIFEST, new / "assistant.db", new, now=NOW)
    assert (texts(new / "assistant.db"), done.before, done.made) == (["all that I have"], None, NOW)


def test_backups_under_writers_are_of_one_moment(database: Database, tmp_path: Path) -> None:
    """Each unit of work writes two notes; a copy that has one without the other is of no moment."""
    stop = threading.Event()

    def both(number: int) -> None:
        for _ in range(2):
            notebook.create(1, NOW, text=f"{number} " + "words " * 500)

    def write() -> None:
        number = 0
        while not stop.is_set():
            database.run_here(both, number)
            number += 1
        database.peewee.close()

    writer = threading.Thread(target=write)
    writer.start()
    try:
        made = [taken(database) for _ in range(5)]
    finally:
        stop.set()
        writer.join()
    counts = [one.rows["note"] for one in made]
    assert counts == sorted(counts)
    assert counts[-1] > 0
    for one in made:
        found = texts(one.folder / backup.DATABASE)
        assert len(found) == one.rows["note"]
        assert found[::2] == found[1::2]


def test_the_file_is_held_while_others_write_and_take_the_log_over(database: Database) -> None:
    """The file alone is what there was, whatever is written and however hard somebody wants the log to be empty."""
    written(database, "before")
    with held(database.path) as reader:
        assert reader is not None
        alone = database.path.read_bytes()
        for number in range(20):
            written(database, f"{number} " + "words " * 5000)
            database.peewee.execute_sql("PRAGMA wal_checkpoint(PASSIVE)")
        assert database.path.read_bytes() == alone
        assert reader.execute("SELECT text FROM note").fetchall() == [("before",)]
    database.peewee.execute_sql("PRAGMA wal_checkpoint(TRUNCATE)")
    assert database.path.read_bytes() != alone


def test_who_reads_for_long_does_not_stop_a_backup(database: Database) -> None:
    """The log cannot be taken over then, and the copy is made page by page."""
    written(database, "before")
    with closing(sqlite3.connect(database.path, isolation_level=None)) as slow:
        slow.execute("BEGIN")
        slow.execute("SELECT count(*) FROM note").fetchone()
        written(database, "after")
        with held(database.path) as reader:
            assert reader is None
        made = taken(database)
    assert texts(made.folder / backup.DATABASE) == ["before", "after"]


def test_a_file_that_somebody_writes_into_is_not_taken_for_a_copy(
    database: Database, monkeypatch: pytest.MonkeyPatch
) -> None:
    written(database, "mine")
    copying = snapshot._duplicate

    def disturbed(source: Path, *more: Any) -> str:
        digest = copying(source, *more)
        os.utime(source)
        return digest

    monkeypatch.setattr(snapshot, "_duplicate", disturbed)
    by_pages = []
    monkeypatch.setattr(snapshot, "PAGES", 1)
    made = backup.take(
        database.path, database.path.parent, database.path.parent / "backups", now=NOW,
        progress=lambda done, _all: by_pages.append(done),
    )  # fmt: skip
    assert len(by_pages) > 5
    assert texts(made.folder / backup.DATABASE) == ["mine"]


def test_what_cannot_be_restored_is_refused_and_nothing_changes(database: Database, tmp_path: Path) -> None:
    written(database, "mine")
    made = taken(database)
    sound = texts(database.path)
    newer = tmp_path / "newer.db"
    with closing(sqlite3.connect(database.path)) as old, closing(sqlite3.connect(newer)) as copy:
        old.backup(copy)
        copy.execute("INSERT INTO schema_migration (name, applied) VALUES ('9999_future', '2030-01-01')")
        copy.commit()
    bent = shutil.copytree(made.folder, tmp_path / "bent")
    content = bytearray((bent / backup.DATABASE).read_bytes())
    content[-100] ^= 1
    (bent / backup.DATABASE).write_bytes(content)
    lying = shutil.copytree(made.folder, tmp_path / "lying")
    said = json.loads((lying / backup.MANIFEST).read_text())
    (lying / backup.MANIFEST).write_text(json.dumps(said | {"format": 99}))
    short = shutil.copytree(made.folder, tmp_path / "short")
    (short / backup.DATABASE).unlink()
    (tmp_path / "words.db").write_text("not a database " * 200)
    with closing(sqlite3.connect(tmp_path / "other.db")) as other:
        other.execute("CREATE TABLE other (id)")
    before = sorted(file.name for file in tmp_path.iterdir())
    for source, words in (
        (newer, "knows only"),
        (bent, "not as it was written"),
        (lying, "newer version"),
        (short, "is missing"),
        (tmp_path / "nowhere", "no backup at"),
        (tmp_path / "words.db", "cannot be read"),
        (tmp_path / "other.db", "no database of Assistant"),
    ):
        with pytest.raises(Invalid, match=words):
            restoring.restore(source, database.path, tmp_path, now=NOW)
    lock = FolderLock(tmp_path)
    with pytest.raises(Conflict, match="already runs"):
        restoring.restore(made.folder, database.path, tmp_path, now=NOW)
    lock.release()
    assert texts(database.path) == sound
    assert sorted(file.name for file in tmp_path.iterdir() if file.name != "serving.lock") == before


def test_a_damaged_database_is_not_backed_up(database: Database, tmp_path: Path) -> None:
    database.peewee.execute_sql("PRAGMA foreign_keys = 0")
    database.peewee.execute_sql("INSERT INTO note_tag (note_id, user, name, key) VALUES (999, 1, 'a', 'a')")
    with pytest.raises(AssistantError, match="lead nowhere"):
        taken(database)
    assert backup.listing(tmp_path / "backups") == []


def test_one_that_is_cancelled_or_beside_another_leaves_nothing(database: Database, tmp_path: Path) -> None:
    to = tmp_path / "backups"
    with pytest.raises(BackupCancelled):
        backup.take(database.path, tmp_path, to, now=NOW, cancelled=lambda: True)

    def second(_done: int, _all: int) -> None:
        with pytest.raises(Conflict, match="made already"):
            taken(database)

    (to / "assistant-20260101T000000Z.part").mkdir()  # of one that was killed
    made = backup.take(database.path, tmp_path, to, now=NOW, progress=second)
    again = taken(database)
    assert {path.name for path in to.iterdir()} == {"backup.lock", made.folder.name, again.folder.name}


@pytest.fixture
def small_disk(tmp_path: Path) -> Iterator[Path]:
    made = tmp_path / "disk"
    made.mkdir()
    mounted = subprocess.run(["mount", "-t", "tmpfs", "-o", "size=1m", "tmpfs", made], capture_output=True, check=False)
    if mounted.returncode:
        pytest.skip("a small disk cannot be mounted here")
    yield made
    subprocess.run(["umount", "--lazy", made], check=True)


def test_a_disk_without_room_is_said_before_anything_is_written(database: Database, small_disk: Path) -> None:
    with pytest.raises(DiskFull, match="too little space"):
        taken(database, small_disk)
    assert [path.name for path in small_disk.iterdir()] == ["backup.lock"]


def test_the_newest_of_days_and_weeks_are_kept(database: Database, tmp_path: Path) -> None:
    first = taken(database)
    for day in range(1, 60):
        shutil.copytree(first.folder, folder := tmp_path / "backups" / f"assistant-{day}")
        said = json.loads((folder / backup.MANIFEST).read_text())
        made = NOW + timedelta(days=day)
        (folder / backup.MANIFEST).write_text(json.dumps(said | {"made": made.isoformat()}))
    stranger = tmp_path / "backups" / "assistant-holidays"
    stranger.mkdir()
    assert retention.keep_days_and_weeks(tmp_path / "backups", 7, 4, UTC) == 51
    kept = [(NOW + timedelta(days=59) - one.made).days for one in backup.listing(tmp_path / "backups")]
    assert kept == [0, 1, 2, 3, 4, 5, 6, 10, 17]  # seven days, and the Sundays of the last four weeks
    assert retention.keep_newest(tmp_path / "backups", 2) == len(kept) - 2
    assert [(NOW + timedelta(days=59) - one.made).days for one in backup.listing(tmp_path / "backups")] == [0, 1]
    assert stranger.is_dir()


def test_killed_at_any_moment_there_are_whole_backups_only(database: Database, tmp_path: Path) -> None:
    for _ in range(20):
        written(database, "words " * 20_000)
    home = Product(tmp_path, "http://127.0.0.1:9", forked=True)
    for pause in (0.0, 0.02, 0.05):
        home.begin("backup")
        assert home.process
        until = time.monotonic() + PATIENCE
        while home.process.poll() is None and not list((tmp_path / "backups").glob("*.part")):
            assert time.monotonic() < until
        time.sleep(pause)
        home.kill()
    for one in backup.listing(tmp_path / "backups"):
        assert len(texts(one.folder / backup.DATABASE)) == 20
    taken(database)
    assert not list((tmp_path / "backups").glob("*.part"))


def test_on_the_command_line(tmp_path: Path, ollama: OllamaServer) -> None:
    home = Product(tmp_path, ollama.host, forked=True)
    assert "nothing to back up" in home.run("backup").stderr
    home.run("user", "add", "anna", typed="a good long secret\n")
    assert "none yet" in home.run("doctor").stdout
    to = tmp_path / "usb"
    for _ in range(3):
        said = home.run("backup", "--to", str(to), "--keep", "2")
        assert (said.returncode, "verified" in said.stdout) == (0, True), said.stderr
    folders = sorted(to.glob("assistant-*"))
    assert len(folders) == 2
    home.run("user", "add", "bert", typed="another good secret\n")
    back = home.run("restore", str(folders[-1]))
    assert (back.returncode, "What was there before is in" in back.stdout) == (0, True), back.stderr
    assert home.run("user", "list").stdout == "anna  owner\n"
    assert home.run("backup").returncode == 0
    assert "the newest of" in home.run("doctor").stdout
    assert "number from 1" in home.run("backup", "--keep", "0").stderr
    assert schema.newest() == backup.listing(tmp_path / "backups")[0].schema
