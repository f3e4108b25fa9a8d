"""Everything of a person out and in, on the command line, also when it is killed there."""

from pathlib import Path

import pytest

from assistant.storage.database import Database
from tests.archive.killing import fill, held, kill_imports, seen
from tests.ollama_server import OllamaServer
from tests.product import Product


@pytest.fixture
def home(database: Database, tmp_path: Path, ollama: OllamaServer) -> Product:
    return Product(tmp_path, ollama.host, forked=True)


def test_out_and_in_on_the_command_line(home: Product, database: Database, tmp_path: Path) -> None:
    user = fill(database, "anna", 40)
    home.run("user", "add", "bert", typed="a good long secret\n")
    said = home.run("export", "anna", str(tmp_path / "anna.zip"))
    assert (said.returncode, "40 notes, 4 reminders" in said.stdout) == (0, True), said.stderr
    preview = home.run("import", "bert", str(tmp_path / "anna.zip"), "--preview")
    assert ("Would come" in preview.stdout, held(2)) == (True, (0, 0, 0))
    said = home.run("import", "Bert", str(tmp_path / "anna.zip"))
    assert (said.returncode, "40 new notes" in said.stdout) == (0, True), said.stderr
    assert (held(2), seen(2)) == (held(user), seen(user))
    assert "40 notes here already" in home.run("import", "bert", str(tmp_path / "anna.zip")).stdout
    (tmp_path / "Tea.md").write_text("# Tea\n\n## User\n\nHow long?\n\n## Assistant\n\nThree minutes.\n")
    assert "Came: 1 new conversation, 2 new messages.\n" in home.run("import", "bert", str(tmp_path / "Tea.md")).stdout
    for arguments, words in (
        (("export", "carl", "x.zip"), "no account called carl"),
        (("export", "anna", str(tmp_path)), "no place for a file"),
        (("import", "bert", str(tmp_path / "none.zip")), "cannot be read"),
        (("import", "bert", str(tmp_path / "assistant.db")), "no conversation in it"),
    ):
        told = home.run(*arguments)
        assert (told.returncode, told.stderr.count("\n"), words in told.stderr) == (1, 1, True), told.stderr


def test_killed_imports_leave_all_or_nothing(home: Product, database: Database, tmp_path: Path) -> None:
    user = fill(database, "anna", 300)
    home.run("export", "anna", str(tmp_path / "anna.zip"))
    assert kill_imports(database, home, tmp_path / "anna.zip", user, rounds=3, longest=0.8) == []
