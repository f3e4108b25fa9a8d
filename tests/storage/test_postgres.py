"""PostgreSQL: units that check and act side by side, connections that are lost, and a server that goes and comes."""

import asyncio
import threading
import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime
from pathlib import Path

import peewee
import pytest

from assistant.errors import AssistantError
from assistant.notes import notebook
from assistant.notes.models import Note
from assistant.storage import database as storage
from assistant.storage import schema
from assistant.storage.database import Database, StorageFailed, later
from assistant.users import accounts
from assistant.users.models import User
from tests.databases import EmptyPostgres
from tests.ollama_server import OllamaServer
from tests.postgres_server import PostgresServer
from tests.product import Product

NOW = datetime(2026, 3, 2, 12, tzinfo=UTC)
ME, WRITERS = 1, 8


@pytest.fixture
def database(empty_postgres: EmptyPostgres) -> Iterator[Database]:
    yield from empty_postgres.opened()


@pytest.fixture
def beside(database: Database) -> Iterator[Database]:
    """The same database, as another instance has it."""
    other = Database(database.url)
    yield other
    other.close()


def end_connections(beside: Database) -> None:
    """Ends all connections but this one, as a server that was restarted did."""
    mine = "SELECT pg_terminate_backend(pid, 5000) FROM pg_stat_activity WHERE datname = current_database()"
    beside.peewee.execute_sql(f"{mine} AND pid <> pg_backend_pid()")


def test_eight_writers_lose_nothing_and_nobody_is_first_twice(database: Database) -> None:
    # The models live in one database at a time: the threads of all instances speak to the same one.
    note = notebook.create(ME, NOW, text="0").id

    def count_one_up(number: int) -> None:
        text = int(Note.get_by_id(note).text)
        time.sleep(0)
        Note.update(text=str(text + 1)).where(Note.id == note).execute()
        if accounts.empty():
            accounts.add(f"person{number}", "x", now=NOW, owner=True)

    with ThreadPoolExecutor(WRITERS) as threads:
        list(threads.map(lambda number: database.run_here(count_one_up, number), range(80)))
    assert Note.get_by_id(note).text == "80"
    assert User.select().count() == 1


def test_what_is_lost_before_its_end_is_done_once_more_and_once_only(database: Database, beside: Database) -> None:
    tries = []

    def write() -> None:
        tries.append(1)
        notebook.create(ME, NOW, text="kept")
        if len(tries) == 1:
            end_connections(beside)
        notebook.create(ME, NOW, text="kept as well")

    async def scenario() -> int:
        await database.run(write)
        return await database.read(lambda: Note.select().count())

    assert asyncio.run(scenario()) == 2
    assert database.engine.lost == 1
    assert database.engine.connections > 0
    assert len(tries) == 2


def test_idle_connections_that_were_lost_are_opened_again(database: Database, beside: Database) -> None:
    async def scenario() -> None:
        for count in range(1, 4):
            await database.run(notebook.create, ME, NOW, text="x")
            reads = [database.read(lambda: Note.select().count()) for _ in range(4)]
            assert await asyncio.gather(*reads) == [count] * 4
            end_connections(beside)

    asyncio.run(scenario())


def test_an_end_that_nobody_saw_is_told_and_not_repeated(database: Database, beside: Database) -> None:
    beside.peewee.connection().execute("""
      CREATE FUNCTION vanish() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN
        PERFORM pg_terminate_backend(pg_backend_pid()); RETURN NULL;
      END $$;
      CREATE CONSTRAINT TRIGGER vanish AFTER INSERT ON note DEFERRABLE INITIALLY DEFERRED
        FOR EACH ROW EXECUTE FUNCTION vanish()
    """)
    tries = []

    def write() -> None:
        tries.append(1)
        notebook.create(ME, NOW, text="x")

    try:
        with pytest.raises(StorageFailed, match="Look whether it was"):
            asyncio.run(database.run(write))
    finally:
        beside.peewee.execute_sql("DROP FUNCTION vanish CASCADE")
    assert len(tries) == 1
    assert database.run_here(lambda: Note.select().count()) == 0


def test_who_waits_too_long_for_a_turn_is_told_while_reads_go_on(
    database: Database, beside: Database, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(storage, "PATIENCE", 0.3)
    held, told = threading.Event(), threading.Event()

    def hold() -> None:
        beside.peewee.execute_sql("SELECT 1")  # the turn is taken on the way to the first statement
        held.set()
        told.wait(60)

    holder = threading.Thread(target=lambda: beside.run_here(hold))
    holder.start()
    held.wait(60)

    async def scenario() -> None:
        with pytest.raises(StorageFailed, match="busy"):
            await database.run(notebook.create, ME, NOW, text="x")
        assert await database.read(lambda: Note.select().count()) == 0

    asyncio.run(scenario())
    told.set()
    holder.join()
    assert database.run_here(notebook.create, ME, NOW, text="x").id


def test_what_no_text_may_hold_is_left_out_of_it(database: Database) -> None:
    user = database.run_here(accounts.add, "anna", "x\x00y", now=NOW)
    assert User.get_by_id(user.id).password == "xy"
    assert not User.select().where(User.key == "\ud800\x00").exists()


def test_what_the_server_says_stays_in_the_log(database: Database, caplog: pytest.LogCaptureFixture) -> None:
    with pytest.raises(StorageFailed, match="The database refused this"):
        database.run_here(lambda: database.peewee.execute_sql("SELECT secret FROM note"))
    assert "secret" in caplog.text


def test_two_at_once_apply_each_step_once(postgres: PostgresServer) -> None:
    url = postgres.create("upgraded_twice")
    instances = [Database(url) for _ in range(2)]
    with ThreadPoolExecutor(2) as threads:
        applied = sorted(len(names) for names in threads.map(schema.upgrade, instances))
    for one in instances:
        one.close()
    assert applied == [0, len([*schema.STEPS.glob("[0-9]*.py")])]


def test_what_cannot_be_opened_is_said(postgres: PostgresServer, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(storage, "PATIENCE", 0.3)
    nowhere = Database("postgresql://somebody:secret@/none?host=/nowhere")
    with pytest.raises(StorageFailed, match="cannot be reached") as failed:
        nowhere.run_here(lambda: nowhere.peewee.execute_sql("SELECT 1"))
    assert "secret" not in str(failed.value)
    latin = Database(postgres.create("latin", "--encoding=LATIN1", "--locale=C", "--template=template0"))
    with pytest.raises(AssistantError, match="LATIN1"):
        schema.upgrade(latin)
    nowhere.close()
    latin.close()


def test_the_server_goes_and_comes_while_the_product_runs(tmp_path: Path, ollama: OllamaServer) -> None:
    server = PostgresServer().start()
    try:
        settings = {"ASSISTANT_DATABASE_URL": server.create("assistant")}
        product = Product(tmp_path, ollama.host, settings=settings, forked=True).start()
        anna = product.person("anna")
        note = anna.note("first")
        at = f"/api/v1/notes/{note}/draft"
        assert anna.put(at, json={"text": "second", "version": 1}).is_success
        server.stop()
        refused = anna.put(at, json={"text": "third", "version": 2})
        assert (refused.status_code, "cannot be reached" in refused.text) == (503, True)
        page = anna.get("/notes", headers={"accept": "text/html"})
        assert (page.status_code, page.headers["refresh"], "cannot be reached" in page.text) == (503, "5", True)
        assert anna.get("/readyz").status_code == 503
        assert anna.get("/healthz").status_code == 200
        server.start()
        assert anna.put(at, json={"text": "third", "version": 2}).is_success
        assert anna.get("/readyz").json()["database"] == "ok"
        assert anna.get("/notes", headers={"accept": "text/html"}).status_code == 200
        assert anna.text(note) == "third"
        said = product.run("doctor")
        assert ("search index in order" in said.stdout, "PostgreSQL assistant on this machine" in said.stdout) == (
            True,
            True,
        )
        anna.close()
        product.kill()
    finally:
        server.close()


def test_what_answers_nothing_goes_with_the_statement_after_it_and_fails_like_any_other(database: Database) -> None:
    table = "CREATE TABLE late (number INTEGER PRIMARY KEY)"
    database.run_here(database.peewee.execute_sql, table)

    def write(*numbers: int) -> int:
        for number in numbers:
            later(Note, "INSERT INTO late (number) VALUES (?)", (number,))
        return int(database.peewee.execute_sql("SELECT COUNT(*) FROM late").fetchone()[0])

    try:
        assert database.run_here(write, 1, 2) == 2  # what comes after sees it
        assert database.run_here(write, 3) == 3
        database.run_here(later, Note, "INSERT INTO late (number) VALUES (?)", (4,))  # nothing comes after but the end
        with pytest.raises(peewee.IntegrityError):
            database.run_here(write, 5, 1)
        with pytest.raises(peewee.IntegrityError):
            database.run_here(later, Note, "INSERT INTO late (number) VALUES (?)", (1,))
        assert database.run_here(write) == 4  # nothing is left over from what failed
    finally:
        database.run_here(database.peewee.execute_sql, "DROP TABLE late")
