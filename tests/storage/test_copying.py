"""Moving to another database and back: every row, every key that was given, or nothing at all."""

from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import peewee
import pytest
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st

from assistant.config import Config
from assistant.errors import AssistantError, Conflict
from assistant.notes import notebook
from assistant.notes.models import Note
from assistant.notes.search import index as note_index
from assistant.reminders.models import WallField
from assistant.storage.copying import copying, relocation
from assistant.storage.copying.copying import CopyFailed
from assistant.storage.copying.tables import tables
from assistant.storage.database import Database, DiskFull
from assistant.storage.engines import server
from assistant.storage.lock import FolderLock
from assistant.web import parts
from assistant.web.parts import rebuild_searches
from tests.databases import EmptyPostgres, opened
from tests.ollama_server import OllamaServer
from tests.postgres_server import PostgresServer
from tests.product import Product

NOW = datetime(2026, 3, 2, 12, tzinfo=UTC)
ME = 1
MODELS = [model for model in parts.MODELS if model not in parts.DERIVED]
TEXTS = st.text(st.characters(codec="utf-8", exclude_characters="\0"), max_size=40) | st.sampled_from(
    ["", "\\N", "a\tb\\t\n\\.", "'; --", '"', "%s ?", "日本語 😀", "x" * 3000]
)
WALLS = st.datetimes().map(lambda at: at.replace(microsecond=0))
INSTANTS = st.datetimes(timezones=st.just(UTC))


def values(field: peewee.Field, keys: dict[type[peewee.Model], list[Any]]) -> st.SearchStrategy[Any]:
    """What may stand in the field."""
    found: st.SearchStrategy[Any]
    if isinstance(field, peewee.ForeignKeyField):
        known = keys.get(field.rel_model, [])
        found = st.sampled_from(known) if known else st.none()
    else:
        kinds: tuple[tuple[type[peewee.Field], st.SearchStrategy[Any]], ...] = (
            (peewee.BooleanField, st.booleans()), (peewee.DateTimeField, INSTANTS), (WallField, WALLS),
            (peewee.BlobField, st.binary(max_size=60)), (peewee.IntegerField, st.integers(-(2**63), 2**63 - 1)),
            (peewee.FloatField, st.floats(allow_nan=False, allow_infinity=False)),
        )  # fmt: skip
        found = next((one for kind, one in kinds if isinstance(field, kind)), TEXTS)
        if isinstance(field, peewee.CharField) and not isinstance(field, WallField):
            found = st.builds(lambda text, most: text[:most], found, st.just(field.max_length))
    return st.none() | found if field.null else found


def fill(draw: Any) -> None:
    """Some rows in every table."""
    keys: dict[type[peewee.Model], list[Any]] = {}
    for table in tables(MODELS):
        model = next(one for one in MODELS if one._meta.table_name == table.name)
        about: Any = model._meta
        named = not isinstance(about.primary_key, peewee.AutoField)
        for _ in range(draw(st.integers(1, 4))):
            fields = [field for field in about.sorted_fields if named or field is not about.primary_key]
            row = {field.name: draw(values(field, keys)) for field in fields}
            model.insert(row).on_conflict_ignore().execute()
            rows: Any = model.select(about.primary_key).tuples()
            keys[model] = [key for (key,) in rows]
        if not named and keys[model] and draw(st.booleans()):
            # The last one goes again, and its key must not come back; nor those of what hangs on it.
            model.delete().where(about.primary_key == keys[model][-1]).execute()
            keys[model] = keys[model][:-1]


def everything(database: Database) -> dict[str, list[Any]]:
    """All rows as the database itself has them."""
    found = {}
    for model in MODELS:
        about: Any = model._meta
        name, key = about.table_name, about.primary_key.column_name
        rows = database.peewee.execute_sql(f'SELECT * FROM "{name}" ORDER BY "{key}"').fetchall()
        kinds = database.peewee.execute_sql(f'SELECT typeof("{key}") FROM "{name}" ORDER BY "{key}"').fetchall()
        found[name] = [rows, kinds]
    return found | {"sqlite_sequence": sorted(database.peewee.execute_sql("SELECT * FROM sqlite_sequence").fetchall())}


def copy(source: Database, url: str, data: Path, progress: copying.Progress = lambda _done, _all: None) -> copying.Sums:
    return copying.copy(source, url, MODELS, rebuild_searches, data=data, progress=progress)


def move(config: Config, to: str, *, rehearsal: bool) -> relocation.Moved:
    return relocation.move(
        config, to, MODELS, rebuild_searches, rehearsal=rehearsal, progress=lambda _done, _all: None
    )  # fmt: skip


@pytest.fixture
def source(tmp_path: Path) -> Iterator[Database]:
    folder = tmp_path / "data"
    folder.mkdir()
    made = opened(folder)
    yield made
    made.close()


def emptied(empty: EmptyPostgres) -> str:
    """The address of the worker's database on the server, in which nothing is."""
    for _ in empty.opened():
        pass
    return empty.url


@given(data=st.data())
@settings(suppress_health_check=list(HealthCheck), max_examples=5, deadline=None, phases=[Phase.generate])
def test_there_and_back_every_row_of_every_table_is_the_same(
    empty_postgres: EmptyPostgres, tmp_path_factory: pytest.TempPathFactory, data: st.DataObject
) -> None:
    folder = tmp_path_factory.mktemp("there")
    first = opened(folder)
    with first.peewee.atomic():
        fill(data.draw)
    url = emptied(empty_postgres)
    there = copy(first, url, folder)
    assert copying.differing(there) == []
    second = Database(url, folder=folder)
    copy(second, f"sqlite:///{folder}/back/assistant.db", folder)
    third = Database(f"sqlite:///{folder}/back/assistant.db")
    assert everything(third) == everything(first)
    with third.peewee.bind_ctx(MODELS):
        assert note_index.check() == []
    for database in (first, second, third):
        database.close()


def test_every_table_is_copied(source: Database) -> None:
    made_anew = {
        "schema_migration",
        "schema_reader",
        "note_search",
        "note_name_search",
        "message_search",
        "note_passage",
        "note_unsplit",
        "note_passage_search",
        "vector_set",
        "passage_vector",
        "passage_due",
        "message_set",
        "message_vector",
        "message_due",
    }
    found = {name for name in source.peewee.get_tables() if "_search_" not in name and not name.startswith("sqlite_")}
    assert found - made_anew == {model._meta.table_name for model in MODELS}


class StoppedError(Exception):
    """Somebody had enough of it."""


@pytest.mark.parametrize("where", ["server", "file"])
def test_what_is_stopped_leaves_nothing_and_can_be_begun_again(
    source: Database, empty_postgres: EmptyPostgres, where: str, tmp_path: Path
) -> None:
    notebook.create(ME, NOW, text="water")
    url = emptied(empty_postgres) if where == "server" else f"sqlite:///{tmp_path}/copy/new.db"

    def stop(done: int, of_all: int) -> None:
        if done == of_all:
            raise StoppedError

    with pytest.raises(StoppedError):
        copy(source, url, tmp_path / "data", stop)
    if where == "file":
        assert list((tmp_path / "copy").iterdir()) == []
    copy(source, url, tmp_path / "data")
    with pytest.raises(Conflict, match="not empty: there are rows in note"):
        copy(source, url, tmp_path / "data")
    with source.peewee.bind_ctx(MODELS):
        assert Note.select().count() == 1


def test_a_connection_that_is_lost_is_said(source: Database, empty_postgres: EmptyPostgres, tmp_path: Path) -> None:
    notebook.create(ME, NOW, text="water")
    url = emptied(empty_postgres)
    beside = Database(url)

    def lose(_done: int, _all: int) -> None:
        beside.peewee.execute_sql(
            "SELECT pg_terminate_backend(pid, 5000) FROM pg_stat_activity "
            "WHERE datname = current_database() AND pid <> pg_backend_pid()"
        )

    with pytest.raises(CopyFailed, match="Nothing was copied, and the source is as it was"):
        copy(source, url, tmp_path, lose)
    beside.close()
    assert copying.differing(copy(source, url, tmp_path)) == []


def test_what_stands_in_the_way_is_said(
    source: Database, tmp_path: Path, empty_postgres: EmptyPostgres, monkeypatch: pytest.MonkeyPatch
) -> None:
    config, file = Config(data=tmp_path / "data"), f"sqlite:///{tmp_path}/x/new.db"

    def refusal(to: str, *, rehearsal: bool = True) -> str:
        with pytest.raises(AssistantError) as refused:
            move(config, to, rehearsal=rehearsal)
        return refused.value.sentence

    assert "sqlite:///path or postgresql://" in refusal("mysql://x")
    assert "configured already" in refusal(source.url)
    assert "cannot be reached" in refusal("postgresql://nobody@/none?host=/nowhere")
    lock = FolderLock(tmp_path / "data")
    assert "Stop it first" in refusal(file, rehearsal=False)
    lock.release()
    monkeypatch.setattr(copying, "SPARE", 1e9)
    with pytest.raises(DiskFull, match="MB free"):
        copy(source, file, tmp_path)
    monkeypatch.undo()
    url = emptied(empty_postgres)
    newer = Database(url)
    newer.peewee.execute_sql("INSERT INTO schema_migration (name, applied) VALUES ('9999_future', '2030-01-01')")
    assert "knows only" in refusal(url)
    newer.peewee.execute_sql("DELETE FROM schema_migration WHERE name = '9999_future'")
    newer.close()
    source.peewee.execute_sql("DELETE FROM schema_migration WHERE name > '0007'")
    assert "older schema" in refusal(file)
    assert not (tmp_path / "x" / "new.db").exists()


def test_an_instance_that_is_connected_refuses_the_copy(empty_postgres: EmptyPostgres, tmp_path: Path) -> None:
    for database in empty_postgres.opened():
        config = Config(data=tmp_path, database_url=database.url)
        database.run_here(notebook.create, ME, NOW, text="water")
        with pytest.raises(Conflict, match="is connected"):
            move(config, f"sqlite:///{tmp_path}/x.db", rehearsal=False)
        done = move(config, f"sqlite:///{tmp_path}/x.db", rehearsal=True)
        assert "This was a rehearsal" in done.lines[-1]
        database.run_here(notebook.create, ME, NOW, text="more")
        compared = relocation.compare(config, f"sqlite:///{tmp_path}/x.db", MODELS)
        differ = [line.split()[0] for line in compared.lines if "DIFFERS" in line]
        assert (compared.same, differ) == (False, ["note"])


def test_somebody_moves_to_a_server_and_back_and_stays_logged_in(
    tmp_path: Path, ollama: OllamaServer, postgres: PostgresServer
) -> None:
    data = tmp_path / "data"
    data.mkdir()
    simple = Product(data, ollama.host, forked=True).start()
    anna = simple.person("anna")
    note, gone = anna.note("# Tea\nGrüner Tee 日本"), anna.note("gone")
    anna.do(lambda _user: Note.delete().where(Note.id == gone).execute())
    (data / "vapid.pem").write_text("key")
    url = postgres.create("moved")
    running = simple.run("copy", "--to", url)
    assert (running.returncode, "already runs" in running.stderr) == (1, True)
    simple.stop()
    there = simple.run("copy", "--to", url)
    assert (there.returncode, "are the same on both sides" in there.stdout) == (0, True), there.stderr
    grown = Product(data, ollama.host, simple.port, settings={"ASSISTANT_DATABASE_URL": url}, forked=True).start()
    assert anna.get(f"/notes/{note}").status_code == 200
    with grown.person("anna") as again:
        assert again.user == anna.user
        assert [hit.id for hit in again.do(note_index.find, "tee 日", zone=UTC)] == [note]
        assert again.note("new") > gone
    grown.stop()
    back = grown.run("copy", "--to", f"sqlite:///{tmp_path}/home/assistant.db")
    assert back.returncode == 0, back.stderr
    assert (tmp_path / "home" / "vapid.pem").read_text() == "key"
    same = grown.run("copy", "--verify-only", "--to", f"sqlite:///{tmp_path}/home/assistant.db")
    assert (same.returncode, same.stdout) == (0, back.stdout.partition(" Now set")[0] + "\n")
    anna.close()


def test_a_server_waits_while_the_other_side_is_at_work(
    empty_postgres: EmptyPostgres, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(server.SETTINGS, "idle_in_transaction_session_timeout", "100ms")
    for database in empty_postgres.opened():
        database.run_here(notebook.create, ME, NOW, text="water")
        beside = Database(database.url)

        def index(other: Database = beside) -> None:
            other.peewee.execute_sql("SELECT pg_sleep(0.3)")  # longer than the server leaves others alone
            rebuild_searches()

        url = f"sqlite:///{tmp_path}/back/assistant.db"
        copying.copy(database, url, MODELS, index, data=tmp_path, progress=lambda _done, _all: None)
        beside.close()
    (made,) = tmp_path.glob("back/assistant.db")
    assert made.stat().st_size > 0
