"""The clock rings on time, whatever is set, answered or broken meanwhile; in real time, so briefly."""

import asyncio
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from datetime import UTC, datetime, timedelta

import pytest

from assistant.reminders import reminders, rings, trash
from assistant.reminders.rings import Rung
from assistant.reminders.scheduling import scheduler
from assistant.reminders.scheduling.scheduler import Scheduler
from assistant.storage.database import Database
from assistant.storage.house import alarm

ANNA = 1
SOON = timedelta(milliseconds=400)


class Listener:
    """Notes what rang, and how long after it was due; fails as often as it is told to."""

    def __init__(self, failures: int = 0) -> None:
        self.rung: list[Rung] = []
        self.lags: list[float] = []
        self.failures = failures

    async def __call__(self, rung: list[Rung]) -> None:
        now = datetime.now(UTC)
        self.rung += rung
        self.lags += [(now - ring.due).total_seconds() for ring in rung]
        if self.failures:
            self.failures -= 1
            raise RuntimeError("nobody listens")

    async def until(self, count: int, seconds: float = 5) -> None:
        async with asyncio.timeout(seconds):
            while len(self.rung) < count:
                await asyncio.sleep(0.01)


@asynccontextmanager
async def running(
    database: Database, listener: Listener, now: Callable[[], datetime] | None = None
) -> AsyncIterator[Scheduler]:
    started = Scheduler(database, listener, now) if now else Scheduler(database, listener)
    started.start()
    yield started
    await started.stop()


async def set_for(database: Database, due: datetime, text: str = "tea") -> int:
    # A reminder's time is in whole seconds: half a second is made by telling a time before.
    local = (due + timedelta(seconds=1)).replace(microsecond=0, tzinfo=None)
    row = await database.run(reminders.add, ANNA, text=text, local=local, zone="UTC", now=due - timedelta(days=1))
    return int(row.id)


def test_it_rings_within_a_second_though_it_was_set_later(database: Database) -> None:
    async def scenario() -> None:
        listener = Listener()
        async with running(database, listener):
            await asyncio.sleep(0.05)
            for n in range(3):
                await set_for(database, datetime.now(UTC), f"tea {n}")
            await listener.until(3)
        assert all(0 <= lag < 1 for lag in listener.lags)

    asyncio.run(scenario())


def test_an_earlier_one_comes_before_the_one_that_was_waited_for(database: Database) -> None:
    async def scenario() -> None:
        listener = Listener()
        async with running(database, listener):
            await set_for(database, datetime.now(UTC) + timedelta(hours=1), "late")
            await set_for(database, datetime.now(UTC), "soon")
            await listener.until(1)
        assert [ring.text for ring in listener.rung] == ["soon"]

    asyncio.run(scenario())


def test_what_was_missed_rings_at_the_start(database: Database) -> None:
    async def scenario() -> None:
        listener = Listener()
        await set_for(database, datetime.now(UTC) - timedelta(hours=3))
        async with running(database, listener):
            await listener.until(1)
        assert 3 * 3600 - 5 < listener.rung[0].late <= 3 * 3600

    asyncio.run(scenario())


def test_snoozed_and_deleted_are_heard_of(database: Database) -> None:
    async def scenario() -> None:
        listener = Listener()
        gone = await set_for(database, datetime.now(UTC) + SOON, "gone")
        async with running(database, listener):
            await database.run(trash.delete, ANNA, gone, datetime.now(UTC))
            await set_for(database, datetime.now(UTC) - timedelta(minutes=5), "snoozed")
            await listener.until(1)
            now = datetime.now(UTC)
            assert await database.run(rings.snooze, ANNA, listener.rung[0].ring, now + SOON, now)
            await listener.until(2)
            assert datetime.now(UTC) - now < SOON + timedelta(seconds=1)
        assert [ring.text for ring in listener.rung] == ["snoozed", "snoozed"]

    asyncio.run(scenario())


def test_many_of_one_second_all_ring(database: Database) -> None:
    async def scenario() -> None:
        listener = Listener()
        due = datetime.now(UTC) + timedelta(seconds=1)

        def many() -> None:
            local = due.replace(microsecond=0, tzinfo=None) + timedelta(seconds=1)
            for n in range(600):
                reminders.add(ANNA, text=f"r{n}", local=local, zone="UTC", now=due - timedelta(days=1))

        await database.run(many)
        async with running(database, listener):
            await listener.until(600, seconds=20)
        assert len({ring.ring for ring in listener.rung}) == 600

    asyncio.run(scenario())


def test_one_that_cannot_be_shown_does_not_stop_the_others(database: Database) -> None:
    async def scenario() -> None:
        listener = Listener(failures=1)
        async with running(database, listener):
            await set_for(database, datetime.now(UTC) - timedelta(minutes=5))
            await listener.until(1)
            await set_for(database, datetime.now(UTC))
            await listener.until(2)

    asyncio.run(scenario())


def test_a_failure_that_nobody_thought_of_is_tried_again(database: Database, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(scheduler, "RETRY", timedelta(milliseconds=50))
    failures = [RuntimeError("a bug")]

    def now() -> datetime:
        if failures:
            raise failures.pop()
        return datetime.now(UTC)

    async def scenario() -> None:
        listener = Listener()
        await set_for(database, datetime.now(UTC) - timedelta(minutes=5))
        async with running(database, listener, now):
            await listener.until(1)
        assert failures == []

    asyncio.run(scenario())


def test_a_database_that_fails_for_a_while_is_tried_again(database: Database, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(scheduler, "RETRY", timedelta(milliseconds=200))

    async def scenario() -> None:
        listener = Listener()
        await set_for(database, datetime.now(UTC) - timedelta(minutes=5))
        await database.run(database.peewee.execute_sql, "ALTER TABLE reminder RENAME TO hidden")
        async with running(database, listener):
            await asyncio.sleep(0.3)
            assert listener.rung == []
            await database.run(database.peewee.execute_sql, "ALTER TABLE hidden RENAME TO reminder")
            await listener.until(1)

    asyncio.run(scenario())


def test_a_clock_that_jumps_is_seen_by_the_net(database: Database, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(alarm, "NET", 0.2)

    async def scenario() -> None:
        listener, ahead = Listener(), [timedelta(0)]
        async with running(database, listener, lambda: datetime.now(UTC) + ahead[0]):
            await set_for(database, datetime.now(UTC) + timedelta(hours=5))
            await asyncio.sleep(0.3)
            assert listener.rung == []
            ahead[0] = timedelta(hours=6)
            await listener.until(1)
            ahead[0] = timedelta(0)
            await asyncio.sleep(0.5)
        assert len(listener.rung) == 1

    asyncio.run(scenario())


def test_stopped_it_is_silent_and_hears_nothing(database: Database) -> None:
    async def scenario() -> None:
        listener = Listener()
        async with running(database, listener) as stopped:
            await asyncio.sleep(0.05)
        await set_for(database, datetime.now(UTC) - timedelta(minutes=5))
        await asyncio.sleep(0.2)
        assert listener.rung == []
        await stopped.stop()
        assert len(asyncio.all_tasks()) == 1

    asyncio.run(scenario())
