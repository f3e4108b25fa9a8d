"""The command line, as one types it."""

import subprocess
import sys
from datetime import UTC, datetime
from pathlib import Path

import pytest

from assistant.notes import models, notebook
from assistant.notes.search import index
from assistant.storage.database import Database
from tests.ollama_server import OllamaServer
from tests.product import Product


@pytest.fixture
def home(tmp_path: Path, ollama: OllamaServer) -> Product:
    return Product(tmp_path, ollama.host, forked=True)


def test_doctor_finds_all_well(home: Product) -> None:
    home.forked = False
    said = home.run("doctor")
    assert said.returncode == 0, said.stdout
    for what in ("Python", "Data folder", "Disk space", "Database", "Ollama", "Models", "plain:1b", "Time zone"):
        assert what in said.stdout


def test_doctor_says_what_to_do(home: Product, ollama: OllamaServer) -> None:
    ollama.models = {}
    said = home.run("doctor")
    assert (said.returncode, "Pull one" in said.stdout) == (1, True)
    ollama.stop()
    said = home.run("doctor")
    ollama.start()
    assert (said.returncode, "Start Ollama" in said.stdout) == (1, True)
    (home.data / "assistant.db").write_bytes(b"not a database" * 500)
    said = home.run("doctor")
    assert (said.returncode, "assistant restore" in said.stdout) == (1, True)


def test_accounts_on_the_command_line(home: Product) -> None:
    assert home.run("user", "list").stdout == "Nobody has an account yet.\n"
    assert home.run("user", "add", "anna", typed="a good long secret\n").returncode == 0
    assert home.run("user", "add", "bert", typed="another good secret\n").returncode == 0
    assert home.run("user", "make-owner", "bert").returncode == 0
    assert home.run("user", "disable", "anna").returncode == 0
    assert home.run("user", "list").stdout == "anna  owner  disabled\nbert  owner\n"
    said = home.run("user", "disable", "bert")
    assert (said.returncode, "only owner" in said.stderr) == (1, True)
    assert "8 characters" in home.run("user", "reset-password", "bert", typed="short\n").stderr
    assert "no account" in home.run("user", "enable", "carl").stderr


def test_a_wrong_setting_stops_the_start_in_one_line(home: Product) -> None:
    home.forked = False
    (home.data / ".env").write_text("ASSISTANT_CONTEXT=many\n")
    said = home.run("serve")
    assert said.returncode == 1
    assert said.stderr.count("\n") == 1
    assert "ASSISTANT_CONTEXT is 'many'" in said.stderr


def test_the_commands_do_not_load_the_web() -> None:
    code = "import sys, assistant.cli; print('nicegui' in sys.modules)"
    assert subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True).stdout == "False\n"


def test_doctor_mends_the_search_index_of_the_notes(home: Product) -> None:
    assert "Notes" not in home.run("doctor").stdout
    home.run("user", "list")
    url = f"sqlite:///{home.data}/assistant.db"
    database = Database(url)
    database.bind(models.ALL)
    now = datetime.now(UTC)
    made = [database.run_here(notebook.create, 1, now, text=f"word{number}") for number in range(3)]
    said = home.run("doctor")
    assert (said.returncode, "3, search index in order" in said.stdout) == (0, True)
    database.run_here(index.remove, [made[0].search_row])
    database.peewee.execute_sql("UPDATE note_search SET body = 'other' WHERE rowid = ?", (made[1].search_row,))
    said = home.run("doctor")
    assert (said.returncode, "3, search index made anew: 2 of its entries were wrong" in said.stdout) == (0, True)
    assert index.check() == []
    assert "in order" in home.run("doctor").stdout
    database.peewee.execute_sql("DELETE FROM schema_migration")
    database.close()
    said = home.run("doctor")
    assert (said.returncode, "search index" in said.stdout) == (0, False)


def test_doctor_looks_at_the_notes_while_others_write(home: Product) -> None:
    home.run("user", "list")
    database = Database(f"sqlite:///{home.data}/assistant.db")
    database.bind(models.ALL)
    database.run_here(notebook.create, 1, datetime.now(UTC), text="one")
    with database.peewee.atomic("IMMEDIATE"):
        index.remove([1])
        assert "1, search index in order" in home.run("doctor").stdout
    said = home.run("doctor")
    assert "made anew: 1" in said.stdout
    database.close()
