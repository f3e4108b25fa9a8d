"""Changes reach who listens, once they last."""

import asyncio
from pathlib import Path

import pytest

from assistant.errors import Invalid
from assistant.storage.database import Database, changed
from assistant.storage.events import EVERYONE, Change, Events


def test_listeners_hear_of_their_own_user_and_everyone_of_all() -> None:
    events, anna, everyone = Events(), list[Change](), list[Change]()
    stop = events.subscribe(1, anna.append)
    events.subscribe(EVERYONE, everyone.append)
    for user in (1, 2):
        events.publish(Change(user, "notes"))
    stop()
    stop()
    events.publish(Change(1, "notes"))
    assert anna == [Change(1, "notes")]
    assert len(everyone) == 3


def test_only_what_lasts_is_told(tmp_path: Path) -> None:
    database, heard = Database(f"sqlite:///{tmp_path / 'x.db'}"), list[Change]()
    database.events.subscribe(1, heard.append)

    def work(*, fails: bool) -> None:
        changed(1, "notes", 7)
        if fails:
            raise Invalid("No.")

    async def scenario() -> None:
        with pytest.raises(Invalid):
            await database.run(work, fails=True)
        assert heard == []
        await database.run(work, fails=False)
        assert heard == [Change(1, "notes", 7)]

    asyncio.run(scenario())
    database.close()
