"""Exports and imports of the running product, over HTTP and on its rows: background, progress, whose they are."""

import asyncio
import time
import zipfile
from collections.abc import AsyncIterator, Callable
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from assistant.archive.exports import Export, Exports
from assistant.archive.imports import Import, Imports
from assistant.archive.removal import Removals
from assistant.errors import Conflict, NotFound
from assistant.storage.arrivals import Departure
from assistant.storage.database import Database
from assistant.users import accounts
from assistant.web.moving import rooms
from tests.archive.accounts import NOW, Desk, differences
from tests.archive.killing import fill, held, seen
from tests.archive.test_archive import fill as fill_a_bit
from tests.product import PATIENCE, Product


async def until(true: Callable[[], bool]) -> None:
    end = time.monotonic() + PATIENCE
    while not true():
        assert time.monotonic() < end
        await asyncio.sleep(0.01)


async def sent(content: bytes) -> AsyncIterator[bytes]:
    for start in range(0, len(content), 5000):
        yield content[start : start + 5000]


@pytest.fixture
def anna(database: Database) -> Desk:
    desk = Desk(database, "anna")
    database.run_here(fill_a_bit, desk.user)
    return desk


def test_an_export_is_made_beside_and_kept_for_seven_days(anna: Desk, database: Database) -> None:
    now = NOW
    exports = Exports(database, rooms(), lambda: now)

    async def scene() -> Export:
        made = exports.begin(anna.user, "anna", UTC)
        assert exports.begin(anna.user, "anna", UTC) is made
        with pytest.raises(NotFound):
            exports.file(anna.user, made.id)
        await until(lambda: made.state != "running")
        await exports.close()
        return made

    made = asyncio.run(scene())
    assert (made.state, made.done, made.total) == ("done", made.total, 3 + 2 + 1)
    file = exports.file(anna.user, made.id)
    assert (file.stat().st_mode & 0o777, made.size) == (0o600, file.stat().st_size)
    for user, id in ((anna.user + 1, made.id), (anna.user, made.id[:-1]), (anna.user, "../x")):  # noqa: A001
        with pytest.raises(NotFound):
            exports.file(user, id)
    again = Exports(database, rooms(), lambda: now)  # after a restart
    assert again.file(anna.user, made.id) == file
    now = NOW + timedelta(days=7, minutes=1)
    again.tidy()
    assert (again.current(anna.user), file.exists()) == (None, False)


def test_a_cancelled_export_leaves_nothing(anna: Desk, database: Database) -> None:
    exports = Exports(database, rooms(), lambda: NOW)

    async def scene() -> None:
        made = exports.begin(anna.user, "anna", UTC)
        exports.cancel(anna.user)
        await until(lambda: exports.current(anna.user) is None)
        await exports.close()
        assert made.state == "running"

    asyncio.run(scene())
    assert list((database.path.parent / "exports").iterdir()) == []


def test_an_import_is_looked_at_first_and_comes_when_one_says_so(
    anna: Desk, database: Database, tmp_path: Path
) -> None:
    bert = Desk(database, "bert")
    anna.export(tmp_path / "a.zip")
    imports = Imports(database, rooms(), lambda: NOW)

    async def brought() -> Import:
        one = await imports.take(bert.user, sent((tmp_path / "a.zip").read_bytes()), UTC)
        await until(lambda: one.state != "looking")
        return one

    async def scene() -> None:
        one = await brought()
        assert (one.state, one.problem, bert.holds()["notes"]) == ("planned", "", [])
        assert one.report
        assert one.report.counts["new notes"] == 2
        imports.start(bert.user)
        imports.start(bert.user)
        with pytest.raises(Conflict):
            await brought()
        await until(lambda: one.state != "running")
        assert (one.state, one.file.exists()) == ("done", False)
        (tmp_path / "a.zip").write_bytes(b"PK\x03\x04 broken")
        assert (await brought()).problem == "This zip is damaged. Make it again and try once more."
        await imports.close()

    asyncio.run(scene())
    assert differences(bert.holds(), anna.holds()) == []
    assert list((tmp_path / "arrivals").iterdir()) == []


def test_who_leaves_is_gone_at_once_and_all_of_theirs_soon(anna: Desk, database: Database, tmp_path: Path) -> None:
    bert = fill(database, "bert", 60)
    owner = accounts.make_owner
    database.run_here(owner, anna.user)
    removals = Removals(database, rooms(), lambda: NOW)

    async def scene() -> None:
        with pytest.raises(Conflict, match="only owner"):
            await removals.leave(anna.user)
        await removals.leave(bert)
        assert accounts.find("bert") is None
        await removals.close()

    before = anna.holds()
    asyncio.run(scene())
    # The process ended in the middle: the next goes on.
    again = Removals(database, rooms(), lambda: NOW)

    async def on() -> None:
        again.begin()
        await until(lambda: not Departure.select().exists())
        await again.close()

    asyncio.run(on())
    assert (held(bert), seen(bert)) == ((0, 0, 0), (0, 0, 0))
    left = [row[0] for row in database.peewee.execute_sql("SELECT name FROM sqlite_master WHERE type = 'table'")]
    for table in left:
        columns = {column[1] for column in database.peewee.execute_sql(f"PRAGMA table_info('{table}')")}
        if columns & {"user", "user_id"}:
            column = (columns & {"user", "user_id"}).pop()
            query = f'SELECT count(*) FROM "{table}" WHERE {column} = ?'
            assert database.peewee.execute_sql(query, (bert,)).fetchone() == (0,), table
    assert database.peewee.execute_sql(
        "SELECT count(*) FROM message_search WHERE owner = ?", (f"u{bert}",)
    ).fetchone() == (0,)
    assert differences(anna.holds(), before) == []

    async def last() -> None:
        third = Removals(database, rooms(), lambda: NOW)
        await third.leave(anna.user)
        await third.close()

    asyncio.run(last())  # the only one may leave
    assert accounts.empty()


def test_whose_it_is_and_parts_of_it_over_http(product: Product) -> None:
    with product.person("anna") as anna, product.person("bert") as bert:
        for number in range(30):
            anna.note(f"# Note {number}\n\n" + "words " * 200)
        said = product.run("export", "anna", str(product.data / "a.zip"))
        assert said.returncode == 0, said.stderr
        content = (product.data / "a.zip").read_bytes()
        # The file is the product's own kind of export, made by the running process beside it.
        folder = product.data / "exports" / "abc"
        folder.mkdir(mode=0o700)
        (folder / "archive.zip").write_bytes(content)
        begun = datetime.now(UTC).isoformat()
        (folder / "job.json").write_text(f'{{"id": "abc", "user": {anna.user}, "begun": "{begun}"}}')
        product.kill()
        product.start()
        whole = anna.get("/archive/abc")
        assert (whole.status_code, whole.content == content) == (200, True)
        assert "assistant-anna.zip" in whole.headers["content-disposition"]
        part = anna.get("/archive/abc", headers={"range": "bytes=1000-"})
        assert (part.status_code, part.content == content[1000:]) == (206, True)
        assert part.headers["content-range"] == f"bytes 1000-{len(content) - 1}/{len(content)}"
        for client, where in ((bert, "/archive/abc"), (anna, "/archive/abd"), (anna, "/archive/..%2Fassistant.db")):
            assert client.get(where).status_code == 404
        with product.client() as nobody:
            assert nobody.get("/archive/abc").status_code == 401
            assert nobody.post("/api/v1/imports", content=content).status_code == 401
        assert bert.post("/api/v1/imports", content=content).status_code == 202
        assert bert.notes() == []
    with zipfile.ZipFile(product.data / "a.zip") as file:
        assert len([name for name in file.namelist() if name.startswith("notes/Note")]) == 30
