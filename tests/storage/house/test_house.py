"""Instances hear each other at once, whatever carries it, and know who is there."""

import asyncio
from datetime import timedelta
from pathlib import Path

import pytest

from assistant.errors import Invalid
from assistant.storage.database import Database, changed
from assistant.storage.events import EVERYTHING, Change
from assistant.storage.house import rows
from assistant.storage.house.carriers import wire
from assistant.storage.house.house import House
from tests.redis_server import RedisServer
from tests.storage.house.houses import two, until


def test_a_change_in_one_is_heard_in_the_other(on_server: Database, carrier: str) -> None:
    heard, own = list[Change](), list[Change]()

    def write(*, fails: bool = False) -> None:
        changed(7, "notes", 3)
        if fails:
            raise Invalid("No.")

    async def scenario() -> None:
        async with two(on_server, carrier) as (_first, _second, events):
            events.subscribe(7, heard.append)
            events.subscribe(8, heard.append)
            on_server.events.subscribe(7, own.append)
            with pytest.raises(Invalid):
                await on_server.run(write, fails=True)
            await on_server.run(write)
            await until(lambda: heard)

    asyncio.run(scenario())
    assert heard == own == [Change(7, "notes", 3)]
    assert (own[0].here, heard[0].here) == (True, False)


def test_what_is_long_comes_as_a_whole_and_only_to_whom_it_is_said(on_server: Database, carrier: str) -> None:
    said, heard, third = {"text": "Grüße, 世界\n\0" * 5000}, list[object](), list[object]()

    async def scenario() -> None:
        async with two(on_server, carrier) as (first, second, _events):
            second.on("words", lambda by, what: heard.append((by, what)))
            first.on("words", lambda by, what: third.append(what))
            first.say("words", said, second.name)
            first.say("words", "not for this one", "somebody")
            first.say("words", "for all")
            await until(lambda: len(heard) == 2)
            assert heard == [(first.name, said), (first.name, "for all")]

    asyncio.run(scenario())
    assert third == []


def test_after_a_wire_was_lost_all_look_again(on_server: Database, redis: RedisServer) -> None:
    heard = list[Change]()

    async def scenario() -> None:
        async with two(on_server, redis.url) as (first, second, events):
            events.subscribe(7, heard.append)
            redis.stop()
            await until(lambda: not (first._connected.is_set() or second._connected.is_set()))
            await on_server.run(changed, 7, "notes")
            redis.start()
            await until(lambda: heard)
            heard.clear()
            await on_server.run(changed, 7, "reminders")
            await until(lambda: Change(7, "reminders") in heard)

    asyncio.run(scenario())
    assert {change.topic for change in heard} <= {EVERYTHING, "reminders"}


def test_a_lost_connection_to_the_server_is_made_again(on_server: Database) -> None:
    heard = list[Change]()

    async def scenario() -> None:
        async with two(on_server, "") as (_first, _second, events):
            events.subscribe(7, heard.append)
            mine = "SELECT pg_terminate_backend(pid, 5000) FROM pg_stat_activity WHERE datname = current_database()"
            await on_server.read(on_server.peewee.execute_sql, f"{mine} AND pid <> pg_backend_pid()")
            await until(lambda: heard)
            heard.clear()
            await on_server.run(changed, 7, "notes")
            await until(lambda: heard)

    asyncio.run(scenario())


def test_who_stops_is_gone_at_once_and_who_dies_soon(
    on_server: Database, monkeypatch: pytest.MonkeyPatch, carrier: str
) -> None:
    monkeypatch.setattr(rows, "DEAD", timedelta(seconds=1))
    monkeypatch.setattr("assistant.storage.house.house.BEAT", 0.1)
    gone = list[str]()

    async def scenario() -> None:
        async with two(on_server, carrier) as (first, second, _events):
            first.on_gone(gone.append)
            await until(lambda: first.others == {second.name})
            second._tasks[-1].cancel()  # it says no more that it is there
            await until(lambda: gone)
            assert gone == [second.name]
            assert first.others == set()

    asyncio.run(scenario())
    assert rows.alive() == []


def test_it_is_the_turn_of_one_at_a_time(on_server: Database) -> None:
    for name in ("a", "b"):
        on_server.run_here(rows.beat, name, "")
    assert on_server.run_here(rows.take, "purge", "a", 60.0)
    assert on_server.run_here(rows.take, "purge", "a", 60.0)
    assert not on_server.run_here(rows.take, "purge", "b", 60.0)
    assert on_server.run_here(rows.take, "backup", "b", -1.0)
    assert on_server.run_here(rows.take, "backup", "a", 60.0)
    on_server.run_here(rows.give, "purge", "b")
    assert not on_server.run_here(rows.take, "purge", "b", 60.0)
    rows.Instance.update(seen=rows.moment() - rows.DEAD).where(rows.Instance.name == "a").execute()
    assert on_server.run_here(rows.take, "purge", "b", 60.0)


def test_all_have_the_same_secret(on_server: Database) -> None:
    made = iter([b"first", b"second"])
    assert [on_server.run_here(rows.key, "x", lambda: next(made)) for _ in range(2)] == [b"first", b"first"]


def test_one_process_on_a_file_is_alone(tmp_path: Path) -> None:
    database = Database(f"sqlite:///{tmp_path / 'x.db'}")

    async def scenario() -> None:
        alone = House(database, wire(database.url, "redis://nowhere"))
        await alone.start()
        alone.say("words", 1)
        assert await alone.once("purge", 60.0)
        assert (alone.alone, alone.name, alone.others, alone._tasks) == (True, "", set(), [])
        await alone.stop()

    asyncio.run(scenario())
    database.close()
