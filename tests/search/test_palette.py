"""What the palette offers to do with words, and finds beside what is written."""

from collections.abc import Iterator
from datetime import datetime
from pathlib import Path

import pytest

from assistant.config import Config
from assistant.search.finders import Hit
from assistant.storage.database import Database
from assistant.users import accounts
from assistant.web import palette, parts
from assistant.web.deeds import acting_rooms

NOW = datetime.fromisoformat("2026-11-30T08:00:00+00:00")  # a Monday


@pytest.fixture
def database(tmp_path: Path) -> Iterator[Database]:
    opened = parts.open_database(Config(data=tmp_path))
    opened.run_here(accounts.add, "anna", "x", now=NOW)
    yield opened
    opened.close()


@pytest.mark.parametrize(
    ("words", "wanted"),
    [
        ("remind me tomorrow at 9 to call mum", ["Set a reminder!: call mum · Tomorrow, 09:00"]),
        ("call mum tomorrow at 9", ["Set a reminder: call mum · Tomorrow, 09:00", "Ask a model", "Write a note"]),
        ("erinnere mich morgen um 9 an den Müll", ["Set a reminder!: den Müll · Tomorrow, 09:00"]),
        ("why is the sky blue?", ["Ask a model!", "Write a note"]),
        ("wie lange kocht Reis", ["Ask a model!", "Write a note"]),
        ("plum cake", ["Ask a model", "Write a note"]),
        ("is", ["Ask a model", "Write a note"]),
        ("note: buy oats", ["Write a note!: buy oats"]),
        ("remember that I am a vegetarian", ["Remember about you!: I am a vegetarian"]),
        ("remind me yesterday to eat", ["Ask a model", "Write a note"]),
        ("x" * 501, []),
        (" ", []),
    ],
)  # fmt: skip
def test_what_is_offered_of_words(database: Database, words: str, wanted: list[str]) -> None:
    async def ask(*_about: object) -> str:
        return ""

    offers = palette.Offers(database, acting_rooms(), lambda: NOW, ask)
    made = database.run_here(offers.of, 1, words)
    told = [f"{one.title}{'!' if one.sure else ''}: {one.what}" for one in made]
    assert [line[: len(each)] for line, each in zip(told, wanted, strict=False)] == wanted
    assert all(one.title in {"Ask a model", "Write a note"} for one in made[len(wanted) :])


class Status:
    """Three models."""

    def chat_names(self) -> list[str]:
        return ["llama3.2:3b", "qwen3:4b", "mistral:7b"]


def test_commands_and_models_are_found_by_any_of_their_words(database: Database) -> None:
    known = palette.commands(database, _nowhere)
    finders = {one.name: one for one in palette.finders(known, Status())}  # type: ignore[arg-type]

    def found(kind: str, words: str) -> list[Hit]:
        return finders[kind].find(1, words, 4)

    assert [hit.address for hit in found("commands", "")] == ["/?new=1", "/notes/new", "/reminders?new=1"]
    assert [hit.address for hit in found("commands", "night")] == ["do:dark"]
    assert [hit.address for hit in found("commands", "abmelden")] == ["do:logout"]
    assert found("commands", "new cha")[0].named
    assert [hit.address for hit in found("models", "qwen")] == ["/?model=qwen3:4b"]
    assert [hit.address for hit in found("commands", "übersetzen")] == ["do:translate"]
    for_the_text = {"do:improve", "do:shorten", "do:continue", "do:translate", "do:tasks"}
    assert {one.hit for one in known if one.act} == for_the_text | {
        "do:dark", "do:light", "do:system", "do:shortcuts", "do:logout", "do:new-project",
    }  # fmt: skip


async def _nowhere(_page: object) -> None:
    """Begins nothing."""
