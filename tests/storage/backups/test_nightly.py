"""Backups by themselves: each night, made up for when one was missed, and what is said of them."""

import asyncio
import shutil
from collections.abc import Callable, Coroutine
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from tzlocal import get_localzone

from assistant.archive.nightly import Backups
from assistant.errors import Invalid
from assistant.storage.backups import backup
from assistant.storage.database import Database
from assistant.users import accounts
from assistant.users.household import backup_plan
from tests.product import Product


class Night:
    """Nightly backups under a clock that is put forward."""

    def __init__(self, database: Database, data: Path) -> None:
        self.now = datetime(2026, 3, 1, 12, 0, tzinfo=get_localzone()).astimezone(UTC)
        self.backups = Backups(database, data, lambda: self.now)
        database.run_here(accounts.add, "anna", "hash", now=self.now, owner=True)

    async def after(self, **time: float) -> int:
        """How many backups there are, so much later, after a look."""
        self.now += timedelta(**time)
        await self.backups.look()
        return (await self.backups.standing()).outcome.count

    async def problem(self) -> str:
        return (await self.backups.standing()).outcome.problem


@pytest.fixture
def night(database: Database, tmp_path: Path) -> Night:
    return Night(database, tmp_path)


def play(scene: Callable[[], Coroutine[Any, Any, None]]) -> None:
    asyncio.run(scene())


def test_one_is_made_each_night_and_a_missed_one_is_made_up_for(night: Night) -> None:
    async def scene() -> None:
        assert await night.after() == 0  # nothing was missed: there was nobody
        assert await night.after(hours=15) == 0
        assert await night.after(hours=1) == 1  # it is 04:00
        assert await night.after(hours=2) == 1
        assert await night.after(days=3) == 2  # the machine was off
        assert await night.after(minutes=1) == 2

    play(scene)


def test_the_plan_says_when_and_which_are_kept(night: Night, database: Database) -> None:
    async def scene() -> None:
        await database.run(backup_plan.save, on=True, at="9:15", days="2", weeks="0")
        assert await night.after(hours=20) == 0
        assert await night.after(hours=2) == 1
        assert [await night.after(days=1) for _ in range(3)] == [2, 2, 2]
        await database.run(backup_plan.save, on=False, at="9:15", days="2", weeks="0")
        assert await night.after(days=5) == 2

    play(scene)


@pytest.mark.parametrize(
    ("field", "typed"), [("at", "25:00"), ("at", "noon"), ("days", "0"), ("days", "x"), ("weeks", "-1"), ("weeks", "²")]
)
def test_a_plan_that_cannot_be_is_refused_at_its_field(database: Database, field: str, typed: str) -> None:
    said: dict[str, Any] = {"on": True, "at": "03:30", "days": "7", "weeks": "4", field: typed}
    with pytest.raises(Invalid) as refused:
        database.run_here(backup_plan.save, **said)
    assert refused.value.field == field
    assert database.run_here(backup_plan.load) == backup_plan.BackupPlan()


def test_a_failure_is_told_and_tried_again_in_an_hour(night: Night, tmp_path: Path) -> None:
    async def scene() -> None:
        folder = tmp_path / "backups"
        folder.mkdir()
        (folder / "backup.lock").mkdir()  # nothing can be written there
        assert await night.after(days=1) == 0
        assert "could not be written" in await night.problem()
        (folder / "backup.lock").rmdir()
        assert await night.after(minutes=30) == 0
        assert await night.after(minutes=31) == 1
        assert await night.problem() == ""

    play(scene)


def test_one_that_is_under_way_can_be_cancelled_and_ends_with_the_process(night: Night, tmp_path: Path) -> None:
    async def scene() -> None:
        night.backups.begin()
        night.backups.cancel()
        await night.backups.stop()
        standing = await night.backups.standing()
        assert (standing.outcome.count, standing.outcome.problem, standing.progress) == (0, "", None)
        night.backups.begin()
        await night.backups.stop()

    play(scene)
    assert not list((tmp_path / "backups").glob("*.part"))


def test_readiness_and_doctor_tell_the_last_result(product: Product) -> None:
    product.person("anna").close()
    with product.client() as client:
        assert client.get("/readyz").json()["backup"] == "none yet"
        said = product.run("backup")
        assert said.returncode == 0, said.stderr
        assert client.get("/readyz").json()["backup"] == "ok"
        folder = product.data / "backups"
        (made,) = backup.listing(folder)
        (folder / "last.json").write_text('{"problem": "The disk is full.", "tried": "2099-01-01T00:00:00+00:00"}')
        assert client.get("/readyz").json()["backup"] == "failed"
        assert client.get("/readyz").status_code == 200
    told = product.run("doctor")
    assert (told.returncode, "the last one failed: The disk is full." in told.stdout) == (1, True)
    (folder / "last.json").unlink()
    old = backup.read(made.folder)
    manifest = made.folder / backup.MANIFEST
    manifest.write_text(manifest.read_text().replace(old.made.isoformat(), "2020-01-01T00:00:00+00:00"))
    told = product.run("doctor")
    assert (told.returncode, "None was made for days" in told.stdout) == (1, True)
    (product.data / "assistant.db").write_bytes(b"not a database" * 500)
    assert f"assistant restore {made.folder}" in product.run("doctor").stdout
    shutil.rmtree(made.folder)
