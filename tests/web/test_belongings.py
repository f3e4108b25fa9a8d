"""What is kept of a person: counted in bytes as they are stored, deleted in pieces, and nobody else's."""

from datetime import UTC, datetime
from typing import Any, cast

import pytest

from assistant.chat import messages, projects
from assistant.chat.memory import facts
from assistant.chat.prompts import library
from assistant.chat.routines import questions
from assistant.chat.streaming.replies import Replies
from assistant.notes import notebook
from assistant.reminders import reminders
from assistant.settings.kinds import Kind
from assistant.storage.database import Database
from assistant.users import accounts
from assistant.web.belongings.kinds import kinds
from assistant.web.deeds.routines import around
from tests.person import PASSWORD

ME, OTHER, NOW = 1, 2, datetime(2026, 3, 1, tzinfo=UTC)


class Silent:
    """Nobody's answers."""

    async def stop_all(self, user: int) -> None:
        """There are none."""


@pytest.fixture
def each(database: Database) -> dict[str, Kind]:
    def write(user: int) -> None:
        accounts.add(f"person{user}", PASSWORD, now=NOW)
        pair = messages.ask(user, None, "Zürich", key=f"k{user}", now=NOW, model="m")
        messages.finish(pair.answer.id, NOW, state="done", text="ja", thinking="äh")
        notebook.create(user, NOW, text="Grüße")
        facts.add(user, text="Ich heiße Ö", now=NOW)
        projects.add(user, name="Haus", system="Größe", now=NOW)
        questions.add(
            user, around(), text="Wie geht’s?", local="2030-01-01T08:00:00", rule="FREQ=DAILY", now=NOW
        )  # fmt: skip
        library.add(user, name="gruß", text="Hallo ü", now=NOW)
        reminders.add(user, text="Öl", local=None, zone="UTC", now=NOW)

    for user in (ME, OTHER):
        database.run_here(write, user)
    return {kind.name: kind for kind in kinds(cast("Replies", Silent()))}


def test_sizes_are_those_of_what_is_stored(database: Database, each: dict[str, Kind]) -> None:
    kept: dict[str, Any] = {name: database.run_here(kind.kept, ME) for name, kind in each.items()}
    assert kept["conversations"] == (1, 7 + 2 + 3)
    assert kept["prompts"] == (1, 8)
    assert kept["projects"] == (1, 7)
    assert kept["facts"] == (1, 13)
    assert kept["questions"] == (1, 13)
    assert kept["reminders"] == (1, 3)
    assert kept["notes"][0] == 1
    assert kept["notes"][1] >= 7
    assert {database.run_here(kind.kept, 3) for kind in each.values()} == {(0, 0)}


def test_each_kind_goes_whole_and_alone(database: Database, each: dict[str, Kind]) -> None:
    for name, kind in each.items():
        before = {other: database.run_here(one.kept, ME) for other, one in each.items() if other != name}
        assert database.run_here(kind.delete_some, ME, 100) == 1
        assert database.run_here(kind.delete_some, ME, 100) == 0
        assert database.run_here(kind.kept, ME) == (0, 0)
        assert database.run_here(kind.kept, OTHER)[0] == 1
        assert {other: database.run_here(one.kept, ME) for other, one in each.items() if other != name} == before
