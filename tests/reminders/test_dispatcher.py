"""What rings arrives outside: once, also after failures and restarts, and never what was answered."""

import asyncio
import hashlib
import hmac
import json
from collections import Counter
from collections.abc import AsyncIterator, Awaitable, Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import asynccontextmanager
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest

from assistant.errors import NotFound, TooMany
from assistant.reminders import reminders, rings, trash
from assistant.reminders.models import Channel, Delivery, Ring
from assistant.reminders.notifications import channels, dispatcher, http_client, outbox
from assistant.reminders.notifications.dispatcher import Dispatcher
from assistant.reminders.notifications.http_client import DeliveryError, HttpClient
from assistant.reminders.notifications.messages import MessageBuilder
from assistant.reminders.notifications.web_push import VapidKeys
from assistant.reminders.scheduling.claims import claim_due
from assistant.storage.database import Database
from assistant.storage.events import Change
from assistant.users import accounts, preferences
from assistant.users.models import Session
from tests.reminders.receiver import Receiver
from tests.reminders.test_web_push import Browser

START = datetime(2026, 3, 2, 12, tzinfo=UTC)
MINUTE = timedelta(minutes=1)


class World:
    """Anna, Eve, a clock in the test's hand, and one who receives."""

    def __init__(self, database: Database, receiver: Receiver, data: Path) -> None:
        self.database, self.receiver, self.data = database, receiver, data
        self.now = START
        self.anna, self.eve = (accounts.add(name, "x", now=START).id for name in ("anna", "eve"))
        accounts.allow_private_network(allowed=True)
        preferences.save(self.anna, zone="Europe/Berlin")
        self.browser = Browser()

    def clock(self) -> datetime:
        return self.now

    def hook(self, path: str = "/hook", user: int | None = None, kind: str = "webhook", secret: str = "") -> int:
        address = self.receiver.url(path)
        row = channels.add(user or self.anna, kind=kind, address=address, secret=secret, now=self.now)
        return int(row.id)

    def phone(self) -> int:
        session = Session.create(user=self.anna, token=b"t", created=self.now, seen=self.now)
        row = channels.subscribe(
            self.anna, session.id, address=self.receiver.url("/push"), p256dh=self.browser.p256dh,
            auth=self.browser.auth, name="Chrome on Android", now=self.now, private_network=True,
        )  # fmt: skip
        return int(row.id)

    def set(self, text: str = "tea", **more: Any) -> int:
        """A reminder that is due in a minute."""
        local = (self.now + MINUTE).replace(tzinfo=None)
        said = {"text": text, "local": local, "zone": "UTC", "now": self.now, **more}
        return int(reminders.add(said.pop("user", self.anna), **said).id)

    def ring(self, text: str = "tea", **more: Any) -> int:
        """One that rings now; returns the ring."""
        self.set(text, **more)
        self.now += MINUTE
        (rung,) = self.database.run_here(claim_due, self.now)
        return rung.ring

    def courier(self, origin: str = "") -> Dispatcher:
        return Dispatcher(self.database, HttpClient(), MessageBuilder(VapidKeys(self.database), origin), self.clock)

    @asynccontextmanager
    async def carrying(self, origin: str = "") -> AsyncIterator[Dispatcher]:
        carrier = self.courier(origin)
        carrier.start()
        yield carrier
        await carrier.stop()

    async def until(self, true: Callable[[], object], seconds: float = 5) -> None:
        async with asyncio.timeout(seconds):
            while not true():
                await asyncio.sleep(0.01)

    async def later(self, seconds: float) -> None:
        """Lets time pass, which the courier sees when it looks."""
        self.now += timedelta(seconds=seconds)
        self.database.events.publish(Change(self.anna, "deliveries"))

    async def failed(self, times: int) -> None:
        """Until so many tries in a row have failed, and are kept as failed."""
        await self.until(lambda: Channel.get().failures == times)

    def states(self) -> list[str]:
        return [row.state for row in Delivery.select().order_by(Delivery.id)]


@pytest.fixture
def receiver() -> Iterator[Receiver]:
    server = Receiver()
    yield server
    server.stop()


@pytest.fixture
def world(database: Database, receiver: Receiver, tmp_path: Path) -> World:
    return World(database, receiver, tmp_path)


def play(scenario: Callable[[], Awaitable[None]]) -> None:
    asyncio.run(scenario())  # type: ignore[arg-type]


def test_a_webhook_gets_what_rang_signed(world: World) -> None:
    async def scenario() -> None:
        world.hook(secret="shared")
        async with world.carrying("https://home.example"):
            ring = world.ring("Tee für Anna", priority=3)
            await world.later(0)
            await world.until(lambda: world.states() == ["sent"])
        (got,) = world.receiver.got
        told = got.told
        assert (told["event"], told["text"], told["ring"], told["late"]) == ("ring", "Tee für Anna", ring, 0)
        assert told["when"] == "13:01"  # in Berlin
        assert told["address"] == f"https://home.example/reminders?open={told['reminder']}"
        assert datetime.fromisoformat(told["occurrence"]) == START + MINUTE
        assert got.headers["x-assistant-delivery"] == told["id"]
        expected = hmac.new(b"shared", got.body, hashlib.sha256).hexdigest()
        assert got.headers["x-assistant-signature"] == f"sha256={expected}"
        row = channels.listing(world.anna)[0]
        assert (row.last_ok, row.last_error, row.failures) == (world.now, "", 0)

    play(scenario)


def test_ntfy_gets_a_message_to_its_topic(world: World) -> None:
    async def scenario() -> None:
        world.hook("/annas-topic", kind="ntfy", secret="tk_secret")
        world.ring("Tee für Anna", priority=2)
        async with world.carrying("https://home.example"):
            await world.until(lambda: world.states() == ["sent"])
        (got,) = world.receiver.got
        told = got.told
        assert got.path == "/"
        assert got.headers["authorization"] == "Bearer tk_secret"
        assert (told["topic"], told["title"], told["message"], told["priority"]) == (
            "annas-topic", "Tee für Anna", "13:01", 4,
        )  # fmt: skip
        assert told["click"].startswith("https://home.example/reminders?open=")

    play(scenario)


def test_a_phone_gets_what_only_it_can_read(world: World) -> None:
    async def scenario() -> None:
        world.phone()
        ring = world.ring("Tee für Anna")
        async with world.carrying():
            await world.until(lambda: world.states() == ["sent"])
        (got,) = world.receiver.got
        told = json.loads(world.browser.open(got.body))
        assert (told["title"], told["ring"], told["body"]) == ("Tee für Anna", ring, "13:01")
        assert got.headers["ttl"] == "86400"
        assert got.headers["topic"] == f"ring{ring}"
        assert got.headers["authorization"].startswith("vapid t=")

    play(scenario)


def test_everyone_gets_their_own(world: World) -> None:
    async def scenario() -> None:
        world.hook("/anna")
        world.hook("/eve", user=world.eve)
        world.ring("hers")
        world.ring("theirs", user=world.eve)
        async with world.carrying():
            await world.until(lambda: world.states() == ["sent", "sent"])
        assert [got.told["text"] for got in world.receiver.of("/anna")] == ["hers"]
        assert [got.told["text"] for got in world.receiver.of("/eve")] == ["theirs"]

    play(scenario)


def test_it_is_tried_again_by_the_schedule_under_the_same_id(world: World) -> None:
    async def scenario() -> None:
        world.hook()
        world.receiver.answers["/hook"] = [500, 503, 429]
        world.ring()
        async with world.carrying():
            for tried, wait in enumerate((0, 10, 60, 300), start=1):
                await world.later(max(wait - 1, 0))
                await asyncio.sleep(0.02)
                assert wait == 0 or len(world.receiver.got) == tried - 1
                await world.later(min(wait, 1))
                await world.failed(tried if tried < 4 else 0)
            await world.until(lambda: world.states() == ["sent"])
        assert len({got.told["id"] for got in world.receiver.got}) == 1
        assert channels.listing(world.anna)[0].last_error == ""

    play(scenario)


def test_after_the_last_try_it_is_given_up_and_said(world: World) -> None:
    async def scenario() -> None:
        channel = world.hook()
        world.receiver.answers["/hook"] = [500] * 9
        world.ring()
        async with world.carrying():
            for tried, wait in enumerate((0, 10, 60, 300, 1800), start=1):
                await world.later(wait)
                await world.failed(tried)
            assert world.states() == ["failed"]
            await world.later(7200)
            assert outbox.next_try() is None
        assert len(world.receiver.got) == 5
        row = Channel.get_by_id(channel)
        assert (row.last_error, row.failures, row.last_ok) == ("It answered with the error 500.", 5, None)

    play(scenario)


def test_what_cannot_help_is_not_tried_again(world: World) -> None:
    async def scenario() -> None:
        world.hook()
        world.receiver.answers["/hook"] = [403]
        world.ring()
        async with world.carrying():
            await world.until(lambda: world.states() == ["failed"])
        assert len(world.receiver.got) == 1

    play(scenario)


@pytest.mark.parametrize("status", [404, 410])
def test_a_browser_that_is_gone_is_forgotten_and_a_webhook_is_not(world: World, status: int) -> None:
    async def scenario() -> None:
        world.phone()
        hook = world.hook()
        world.receiver.answers = {"/push": [status], "/hook": [status]}
        world.ring()
        async with world.carrying():
            await world.until(lambda: world.states() == ["failed"])
            await world.until(lambda: len(channels.listing(world.anna)) == 1)
        assert [row.id for row in channels.listing(world.anna)] == [hook]

    play(scenario)


@pytest.mark.parametrize("act", ["done", "dismissed", "snoozed", "deleted"])
def test_what_was_answered_meanwhile_is_not_sent(world: World, act: str) -> None:
    async def scenario() -> None:
        world.hook()
        world.receiver.answers["/hook"] = [500]
        ring = world.ring()
        async with world.carrying():
            await world.failed(1)
            if act == "snoozed":
                rings.snooze(world.anna, ring, world.now + 60 * MINUTE, world.now)
            elif act == "deleted":
                trash.delete(world.anna, Ring.get_by_id(ring).reminder_id, world.now)
            else:
                rings.answer(world.anna, ring, act, world.now)
            await world.later(10)
            await world.until(lambda: world.states() == ["dropped"])
        assert len(world.receiver.got) == 1

    play(scenario)


def test_a_snoozed_ring_is_sent_again_when_it_rings_again(world: World) -> None:
    async def scenario() -> None:
        world.hook()
        ring = world.ring()
        async with world.carrying():
            await world.until(lambda: world.states() == ["sent"])
            rings.snooze(world.anna, ring, world.now + 10 * MINUTE, world.now)
            world.now += 10 * MINUTE
            await world.database.run(claim_due, world.now)
            await world.until(lambda: world.states() == ["sent", "sent"])
        assert len({got.told["id"] for got in world.receiver.got}) == 2

    play(scenario)


def test_a_slow_address_holds_nobody_up(world: World, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(http_client, "TOTAL", 3.0)

    async def scenario() -> None:
        world.hook("/slow")
        world.hook("/fast")
        world.receiver.answers["/slow"] = [0] * 50
        for number in range(20):
            world.ring(f"r{number}")
        async with world.carrying():
            await world.until(lambda: len(world.receiver.of("/fast")) == 20, seconds=2.5)
            assert len(world.receiver.of("/slow")) <= outbox.TOGETHER
            world.receiver.woken.set()

    play(scenario)


def test_a_time_out_is_tried_again(world: World, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(http_client, "TOTAL", 0.3)

    async def scenario() -> None:
        world.hook()
        world.receiver.answers["/hook"] = [0]
        world.ring()
        async with world.carrying():
            await world.until(lambda: Channel.get().failures == 1)
            assert "did not answer" in Channel.get().last_error
            await world.later(10)
            await world.until(lambda: world.states() == ["sent"])

    play(scenario)


def test_the_owners_no_holds_also_for_what_is_saved(world: World) -> None:
    async def scenario() -> None:
        world.hook()
        accounts.allow_private_network(allowed=False)
        world.ring()
        async with world.carrying() as carrier:
            await world.until(lambda: world.states() == ["failed"])
            with pytest.raises(DeliveryError):
                await carrier.trial(world.anna, channels.listing(world.anna)[0].id)
        assert world.receiver.got == []
        assert "private network" in channels.listing(world.anna)[0].last_error

    play(scenario)


def test_who_is_locked_out_gets_nothing_and_holds_nobody_up(world: World) -> None:
    async def scenario() -> None:
        world.hook("/eve", user=world.eve)
        world.hook("/anna")
        accounts.disable(world.eve, world.now)
        world.ring("theirs", user=world.eve)
        world.ring("hers")
        async with world.carrying():
            await world.until(lambda: world.states() == ["waiting", "sent"])
            assert outbox.next_try() is None
        assert world.receiver.of("/eve") == []

    play(scenario)


def test_two_couriers_send_each_once(world: World) -> None:
    async def scenario() -> None:
        for path in ("/a", "/b", "/c"):
            world.hook(path)
        for number in range(30):
            world.ring(f"r{number}")
        async with world.carrying(), world.carrying():
            await world.until(lambda: set(world.states()) == {"sent"}, seconds=20)
        assert set(Counter((got.path, got.told["text"]) for got in world.receiver.got).values()) == {1}
        assert len(world.receiver.got) == 90

    play(scenario)


def test_of_two_processes_each_takes_what_the_other_did_not(world: World) -> None:
    world.hook()
    for number in range(40):
        world.ring(f"r{number}")
    with ThreadPoolExecutor(4) as threads:
        rounds = [
            threads.submit(lambda: world.database.run_here(outbox.claim, world.now, 100)) for _ in range(40)
        ]  # fmt: skip
        taken = [job.id for done in rounds for job in done.result()]
        list(threads.map(lambda _: world.database.peewee.close(), range(4)))
    assert sorted(taken) == sorted(row.id for row in Delivery.select())


def test_who_died_in_the_middle_has_it_sent_again_after_a_minute(world: World) -> None:
    async def scenario() -> None:
        world.hook()
        world.ring()
        world.database.run_here(outbox.claim, world.now, 10)
        async with world.carrying():
            await world.later(59)
            await asyncio.sleep(0.05)
            assert world.receiver.got == []
            await world.later(1)
            await world.until(lambda: world.states() == ["sent"])

    play(scenario)


def test_a_restart_sends_the_rest_and_nothing_twice(world: World) -> None:
    async def scenario() -> None:
        world.hook()
        for number in range(12):
            world.ring(f"r{number}")
        async with world.carrying():
            await world.until(lambda: world.receiver.got)
        stopped = len(world.receiver.got)
        assert world.states().count("sent") == stopped
        async with world.carrying():
            await world.until(lambda: world.states() == ["sent"] * 12)
        assert set(Counter(got.told["id"] for got in world.receiver.got).values()) == {1}
        assert len(asyncio.all_tasks()) == 1

    play(scenario)


def test_a_database_that_fails_for_a_while_is_tried_again(world: World, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(dispatcher, "RETRY", 0.1)

    async def scenario() -> None:
        world.hook()
        world.ring()
        await world.database.run(world.database.peewee.execute_sql, "ALTER TABLE delivery RENAME TO hidden")
        async with world.carrying():
            await asyncio.sleep(0.2)
            await world.database.run(world.database.peewee.execute_sql, "ALTER TABLE hidden RENAME TO delivery")
            await world.until(lambda: world.states() == ["sent"])

    play(scenario)


def test_a_trial_says_what_happened_and_is_not_for_the_outsider(world: World, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(dispatcher, "TRIALS_EVERY", 0.2)

    async def scenario() -> None:
        mine = [world.hook(), world.hook("/topic", kind="ntfy"), world.phone()]
        world.receiver.answers["/hook"] = [500]
        carrier = world.courier()
        with pytest.raises(DeliveryError) as error:
            await carrier.trial(world.anna, mine[0])
        assert error.value.sentence == channels.get(world.anna, mine[0]).last_error
        with pytest.raises(TooMany):
            await carrier.trial(world.anna, mine[0])
        for channel in mine:
            await asyncio.sleep(0.25)
            await carrier.trial(world.anna, channel)
            assert channels.get(world.anna, channel).last_ok == world.now
        with pytest.raises(NotFound):
            await carrier.trial(world.eve, mine[0])
        world.receiver.answers["/push"] = [410]
        await asyncio.sleep(0.25)
        with pytest.raises(DeliveryError):
            await carrier.trial(world.anna, mine[2])
        assert len(channels.listing(world.anna)) == 2
        await carrier.stop()

    play(scenario)


def test_a_crash_between_ringing_and_sending_loses_nothing(world: World) -> None:
    world.hook()
    world.set()
    world.now += MINUTE

    def broken() -> None:
        claim_due(world.now)
        raise RuntimeError("power cut")

    with pytest.raises(RuntimeError):
        world.database.run_here(broken)
    assert world.states() == []
    assert len(world.database.run_here(claim_due, world.now)) == 1
    assert world.states() == ["waiting"]


def test_a_day_later_nobody_wants_to_hear_it_and_it_is_cleared_away(world: World) -> None:
    world.hook()
    world.ring()
    world.now += timedelta(days=1, seconds=1)
    assert world.database.run_here(outbox.claim, world.now, 10) == []
    assert world.states() == ["dropped"]
    trash.purge(world.now + timedelta(days=7))
    assert world.states() == []


@pytest.mark.parametrize("rows", [10, 3000])
def test_looking_reads_an_index_however_many_were_sent(rows: int, world: World) -> None:
    channel, ring = world.hook(), world.ring()
    many = [
        {"channel": channel, "ring": ring, "rang": START - (n + 1) * MINUTE, "next_try": START, "state": "sent"}
        for n in range(rows)
    ]
    with world.database.peewee.atomic():
        for start in range(0, rows, 500):
            Delivery.insert_many(many[start : start + 500]).execute()
    world.database.peewee.execute_sql("ANALYZE")
    sql, values = outbox._waiting(()).order_by(Delivery.next_try).limit(1).sql()
    plan = [row[3] for row in world.database.peewee.execute_sql(f"EXPLAIN QUERY PLAN {sql}", values)]
    assert any("delivery_by_next" in step for step in plan), plan
    assert not any("SCAN" in step and "channel" not in step and "delivery_by_next" not in step for step in plan), plan
