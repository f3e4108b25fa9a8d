"""What runs in the background of one instance is seen, ended and gone on with in all: downloads, exports, imports."""

import asyncio
import io
from collections.abc import AsyncIterator, Awaitable, Callable
from datetime import UTC
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest

from assistant.archive.exports import CUT_OFF, Exports
from assistant.archive.imports import Imports
from assistant.chat.pulls import Pulls
from assistant.errors import Conflict, NotFound
from assistant.notes.models import Note
from assistant.notes.transfer.import_jobs import ImportJobs
from assistant.ollama.door import Ollama
from assistant.storage.database import Database
from assistant.storage.house import board
from assistant.storage.house.house import House
from assistant.web.moving import rooms
from assistant.web.parts import now
from tests.archive.killing import fill
from tests.ollama_server import OllamaServer
from tests.storage.house.houses import two, until


def play(database: Database, scenario: Callable[[House, House], Awaitable[None]]) -> None:
    async def run() -> None:
        async with two(database, "") as (first, second, _events):
            await until(lambda: first.others and second.others)
            await scenario(first, second)

    asyncio.run(run())


async def sent(data: bytes) -> AsyncIterator[bytes]:
    yield data


def test_a_download_is_shown_and_ended_everywhere(on_server: Database, ollama: OllamaServer) -> None:
    async def scenario(first: House, second: House) -> None:
        door = Ollama(ollama.host)
        here, there = (Pulls(door, on_server.events, house) for house in (first, second))
        here.start("slow:1b")
        await until(lambda: there.shares.get("slow:1b"))
        there.start("slow:1b")
        assert [path for path, _, _ in ollama.requests].count("/api/pull") == 1
        there.cancel("slow:1b")
        await until(lambda: not here.running and not there.running)
        here.start("missing:1b")
        await until(lambda: "does not exist" in there.problems.get("missing:1b", ""))
        there.forget("missing:1b")
        await until(lambda: here.problems == there.problems == {})
        here.start("slow:1b")
        await until(lambda: there.running)
        await here.close()
        await until(lambda: "has stopped" in there.problems.get("slow:1b", ""))
        there.start("slow:1b")
        await until(lambda: here.running and not here.problems)
        await second.stop()  # as one that died
        await until(lambda: "has stopped" in here.problems.get("slow:1b", ""))
        await there.close()
        await door.close()

    play(on_server, scenario)


def test_an_export_is_shown_fetched_and_deleted_everywhere(on_server: Database) -> None:
    anna = fill(on_server, "anna", 20)

    async def scenario(first: House, second: House) -> None:
        here, there = (Exports(on_server, rooms(), now, house) for house in (first, second))
        begun = here.begin(anna, "anna", UTC)
        await until(lambda: (found := there.current(anna)) and found.state == "done")
        assert there.file(anna, begun.id).read_bytes()[:2] == b"PK"
        later = Exports(on_server, rooms(), now, second)  # of one that starts now
        assert [one.id for one in [later.current(anna)] if one] == [begun.id]
        there.forget(anna)
        await until(lambda: here.current(anna) is None)
        with pytest.raises(NotFound):
            here.file(anna, begun.id)
        assert not begun.folder.exists()
        here.begin(anna, "anna", UTC)
        await here.close()
        ended = {("failed", CUT_OFF), ("done", "")}  # it may have been quicker
        await until(lambda: (found := there.current(anna)) and (found.state, found.problem) in ended)

    play(on_server, scenario)


def test_an_import_is_begun_where_one_is_and_done_where_the_file_is(on_server: Database, tmp_path: Path) -> None:
    anna, bert = fill(on_server, "anna", 5), fill(on_server, "bert", 0)
    owned = Note.select().where(Note.user == bert)

    async def scenario(first: House, second: House) -> None:
        exports = Exports(on_server, rooms(), now)
        made = exports.begin(anna, "anna", UTC)
        await until(lambda: made.state == "done")
        file = exports.file(anna, made.id).read_bytes()
        here, there = (Imports(on_server, rooms(), now, house) for house in (first, second))
        one = await here.take(bert, sent(file), UTC)
        await until(lambda: (found := there.current(bert)) and found.state == "planned")
        there.tidy()
        assert one.file.exists()  # nobody else deletes it
        found = there.current(bert)
        assert found
        assert found.report == one.report
        there.start(bert)
        with pytest.raises(Conflict):
            there.forget(bert)
        await until(lambda: one.state == "done" and found.state == "done")
        assert owned.count() > 0
        there.forget(bert)
        await until(lambda: here.current(bert) is None)
        await here.take(bert, sent(file), UTC)
        await until(lambda: (again := there.current(bert)) and again.state == "planned")
        await first.stop()
        await until(lambda: (again := there.current(bert)) and "has stopped" in again.problem)
        there.tidy()
        assert not one.file.parent.exists()
        await here.close()

    play(on_server, scenario)


def test_notes_that_one_was_importing_when_it_died_are_imported_by_another(
    on_server: Database, monkeypatch: pytest.MonkeyPatch
) -> None:
    files = [(f"{number}.md", io.BytesIO(f"note {number}".encode())) for number in range(30)]

    async def scenario(first: House, second: House) -> None:
        here, there = (ImportJobs(on_server, now, house) for house in (first, second))
        job = await here.plan(1, files, ZoneInfo("UTC"))
        await until(lambda: there.current(1))
        shown = there.get(1, job.id)
        assert (shown.plan, shown.state) == (job.plan, "planned")
        job.paused = True  # it stops at once, as the process ends
        there.start(1, job.id, inline_tags=True)
        await until(lambda: job.task)
        await asyncio.gather(job.task) if job.task else None
        await first.stop()
        await until(lambda: (found := there.current(1)) and found.report and found.state == "done")
        found = there.get(1, job.id)
        assert found.report
        assert found.report.created + found.report.unchanged == 30
        assert Note.select().count() == 30

    monkeypatch.setattr(board, "TOLD_EVERY", 0.05)
    play(on_server, scenario)
