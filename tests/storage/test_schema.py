"""The schema: brought up to date once, with a backup, and never downwards."""

import importlib
import sqlite3
import subprocess
import sys
from datetime import timedelta
from pathlib import Path

import peewee
import pytest
from playhouse.migrations import Runner

from assistant.chat import messages
from assistant.chat import models as chat
from assistant.chat.search import index as search
from assistant.notes import models as notes
from assistant.reminders import models as reminders
from assistant.reminders import queries as reminder_queries
from assistant.reminders import reminders as reminder_acts
from assistant.rest import models as rest
from assistant.storage import schema
from assistant.storage.database import Database, StorageFailed
from assistant.storage.house import rows as house
from assistant.users import models as users
from assistant.web import parts


def test_an_old_database_is_backed_up_first(tmp_path: Path) -> None:
    database = Database(f"sqlite:///{tmp_path}/a.db")
    newest = schema.newest()
    first, *missing = [step.stem for step in sorted(schema.STEPS.glob("[0-9]*.py"))]
    Runner(database.peewee, directory=str(schema.STEPS)).up(first)
    assert schema.upgrade(database) == missing
    assert schema.version(database) == newest
    (backup,) = (tmp_path / "backups").iterdir()
    with sqlite3.connect(backup) as old:
        assert old.execute("SELECT count(*) FROM schema_migration").fetchone() == (1,)
    old.close()
    database.close()


def test_a_newer_schema_stops_with_a_sentence(tmp_path: Path) -> None:
    database = Database(f"sqlite:///{tmp_path}/a.db")
    schema.upgrade(database)
    database.peewee.execute_sql("INSERT INTO schema_migration (name, applied) VALUES ('9999_future', '2030-01-01')")
    with pytest.raises(schema.SchemaError, match="knows only"):
        schema.upgrade(database)
    database.close()


def test_a_newer_schema_that_names_this_code_as_a_reader_is_fine(tmp_path: Path) -> None:
    database = Database(f"sqlite:///{tmp_path}/a.db")
    schema.upgrade(database)
    execute = database.peewee.execute_sql
    execute("INSERT INTO schema_migration (name, applied) VALUES ('9999_future', '2030-01-01')")
    assert schema.trouble(database) == f"schema 9999, expected {schema.newest()}"
    execute("UPDATE schema_reader SET newest = 9999, oldest = ?", (schema.newest(),))
    assert schema.trouble(database) == ""
    assert schema.upgrade(database) == []
    execute("UPDATE schema_reader SET oldest = ?", (schema.newest() + 1,))
    assert schema.trouble(database) != ""
    database.close()


def test_two_processes_at_once_apply_each_step_once(tmp_path: Path) -> None:
    code = (
        "from assistant.storage import schema; from assistant.storage.database import Database;"
        f"d = Database('sqlite:///{tmp_path}/a.db'); print(len(schema.upgrade(d))); d.close()"
    )
    running = [subprocess.Popen([sys.executable, "-c", code], stdout=subprocess.PIPE) for _ in range(3)]
    applied = sorted(int(process.communicate(timeout=30)[0]) for process in running)
    assert applied == [0, 0, len(list(schema.STEPS.glob("[0-9]*.py")))]


def kind(field: peewee.Field) -> str:
    """The type that PostgreSQL must have for the field, or else it refuses or spoils what is written."""
    known = {
        peewee.BooleanField: "boolean", peewee.IntegerField: "bigint", peewee.FloatField: "double precision",
        peewee.DateTimeField: "timestamp without time zone", peewee.BlobField: "bytea",
        peewee.ForeignKeyField: "bigint",
    }  # fmt: skip
    return next((name for one, name in known.items() if isinstance(field, one)), "text")


def test_the_steps_make_the_tables_of_the_models(database: Database) -> None:
    for model in (*users.ALL, *chat.ALL, *notes.ALL, *reminders.ALL, *rest.ALL, *house.ALL):
        table = model._meta.table_name
        # SQLite says of each key that is a number that it may be empty, which it never is.
        found = database.peewee.get_columns(table)
        columns = {column.name: column.null and not column.primary_key for column in found}
        fields = {field.column_name: field.null for field in model._meta.sorted_fields}
        assert columns == fields, table
        if isinstance(database.peewee, peewee.PostgresqlDatabase):
            kinds = {field.column_name: kind(field) for field in model._meta.sorted_fields}
            assert {column.name: column.data_type for column in found} == kinds, table


def test_a_failing_database_is_said_in_words(tmp_path: Path) -> None:
    path = tmp_path / "a.db"
    path.write_bytes(b"this is not a database" * 100)
    database = Database(f"sqlite:///{path}")
    with pytest.raises(StorageFailed, match="database"):
        database.run_here(lambda: database.peewee.execute_sql("SELECT 1 FROM sqlite_master"))
    database.close()


def test_a_unit_that_fails_leaves_nothing(tmp_path: Path) -> None:
    database = Database(f"sqlite:///{tmp_path}/a.db")
    database.run_here(lambda: database.peewee.execute_sql("CREATE TABLE t (x)"))

    def half() -> None:
        database.peewee.execute_sql("INSERT INTO t VALUES (1)")
        raise RuntimeError

    with pytest.raises(RuntimeError):
        database.run_here(half)
    assert database.peewee.execute_sql("SELECT count(*) FROM t").fetchone() == (0,)
    database.close()


@pytest.mark.sqlite
def test_what_was_written_before_is_found_by_today_s_folding(database: Database) -> None:
    now = parts.now()
    pair = database.run_here(messages.ask, 1, None, "ÄRGER mit C++ und 机器学习", key="k", now=now, model="m")
    half = database.run_here(messages.checkpoint, pair.answer.id, text="noch nicht fertig")
    assert half is None
    tomorrow = (now + timedelta(days=1)).replace(tzinfo=None)
    database.run_here(reminder_acts.add, 1, text="한글 lernen", local=tomorrow, zone="UTC", now=now)
    for kind, name in (("TRIGGER", "add"), ("TRIGGER", "remove"), ("TRIGGER", "change")):
        database.peewee.execute_sql(f"DROP {kind} message_search_{name}")
    database.peewee.execute_sql("DROP TABLE message_search")
    for statement in importlib.import_module("assistant.storage.migrations.0002_conversations").SEARCH:
        database.peewee.execute_sql(statement)
    database.peewee.execute_sql("UPDATE reminder SET words = 'as it was folded then'")
    step = importlib.import_module("assistant.storage.migrations.0007_folding")
    database.run_here(step.up, None, database.peewee)
    for typed in ("arger", "c++", "器学"):
        assert [hit.message for hit in database.run_here(search.find, 1, typed)] == [pair.question.id], typed
    assert database.run_here(search.find, 1, "fertig") == []
    early = now - timedelta(days=2)
    found = database.run_here(reminder_queries.listing, 1, "coming", zone="UTC", now=early, words="한글")
    assert len(found.rows) == 1
    database.run_here(messages.finish, pair.answer.id, now, state="done", text="fertig")
    database.run_here(messages.finish, pair.answer.id, now, text="ganz fertig")
    assert [hit.message for hit in database.run_here(search.find, 1, "fertig")] == [pair.answer.id]
