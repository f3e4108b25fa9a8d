"""Answers where several instances serve: followed, stopped and gone on with from any of them."""

import asyncio
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager
from dataclasses import dataclass
from datetime import timedelta

import pytest

from assistant.chat import messages
from assistant.chat.models import Message
from assistant.chat.streaming import leases
from assistant.chat.streaming import replies as streaming
from assistant.chat.streaming.live import Live
from assistant.chat.streaming.replies import Replies
from assistant.ollama.door import Ollama
from assistant.storage.database import Database
from assistant.storage.events import Events
from assistant.storage.house.carriers import wire
from assistant.storage.house.house import House
from assistant.users import accounts
from assistant.web import parts
from assistant.web.deeds import acting_rooms
from tests.ollama_server import OllamaServer, tokens
from tests.storage.house.houses import SOON, until

ME = 1


@dataclass
class Side:
    """One instance, as far as answers are concerned."""

    database: Database
    house: House
    replies: Replies
    watch: "asyncio.Task[None]"


@asynccontextmanager
async def side(database: Database, ollama: str) -> AsyncIterator[Side]:
    house, door = House(database, wire(database.url, "")), Ollama(ollama)
    replies = Replies(database, door, clock=parts.now, context_tokens=8192, rooms=acting_rooms(), house=house)
    await house.start()
    made = Side(database, house, replies, asyncio.create_task(replies.watch()))
    try:
        await until(house._connected.is_set)
        yield made
    finally:
        made.watch.cancel()
        await asyncio.gather(made.watch, return_exceptions=True)
        await replies.close()
        await door.close()
        await house.stop()


def play(database: Database, server: OllamaServer, scenario: Callable[[Side, Side], Awaitable[None]]) -> None:
    async def run() -> None:
        beside = Database(database.url, Events())
        await database.run(accounts.add, "anna", "x", now=parts.now(), owner=True)
        async with side(database, server.host) as first, side(beside, server.host) as second:
            await scenario(first, second)
        beside.close()

    asyncio.run(run())


async def ask(at: Side, text: str) -> int:
    pair = await at.database.run(messages.ask, ME, None, text, key=text[:64], now=parts.now(), model="plain:1b")
    await at.replies.start(ME, pair.answer.id)
    return int(pair.answer.id)


async def row(answer: int, at: Side) -> Message:
    return await at.database.read(messages.get_own, ME, answer)


async def ends_as(state: str, answer: int, at: Side) -> Message:
    async with asyncio.timeout(SOON):
        while (found := await row(answer, at)).state != state:
            await asyncio.sleep(0.02)
    return found


async def followed(live: Live) -> list[str]:
    return [update.text async for update in live.follow()]


def test_an_answer_is_followed_where_it_is_not_written(on_server: Database, ollama: OllamaServer) -> None:
    async def scenario(first: Side, second: Side) -> None:
        answer = await ask(first, "tokens=40 delay=0.03 stall")
        here = first.replies.live(ME, answer)
        assert here
        await until(lambda: len(here.text) > 20)
        there = await second.replies.find(ME, answer)
        assert there
        assert there is await second.replies.find(ME, answer)
        assert await second.replies.find(2, answer) is None
        assert await second.replies.writing(ME) == {here.conversation}
        following = asyncio.create_task(followed(there))
        await until(lambda: there.text == tokens(40))
        assert not following.done()
        await first.replies.stop(ME, answer)
        assert "".join(await following) == here.text == tokens(40)
        assert (await row(answer, second)).state == "stopped"
        assert await second.replies.find(ME, answer) is None

    play(on_server, ollama, scenario)


def test_what_is_lost_on_its_way_is_asked_for_again(on_server: Database, ollama: OllamaServer) -> None:
    async def scenario(first: Side, second: Side) -> None:
        answer = await ask(first, "tokens=60 delay=0.05 stall")
        there = await second.replies.find(ME, answer)
        assert there
        following = asyncio.create_task(followed(there))
        await until(lambda: len(there.text) > 20)
        heard = second.house._heard["part of answer"]
        own = heard[:]
        heard.clear()  # for a moment it hears nothing
        here = first.replies.live(ME, answer)
        assert here
        before = len(here.text)
        await until(lambda: len(here.text) > before + 10)
        heard.extend(own)
        await until(lambda: there.text == tokens(60))
        await first.replies.stop(ME, answer)
        assert "".join(await following) == tokens(60)

    play(on_server, ollama, scenario)


def test_it_is_stopped_from_elsewhere(on_server: Database, ollama: OllamaServer) -> None:
    async def scenario(first: Side, second: Side) -> None:
        answer = await ask(first, "tokens=10 stall")
        here = first.replies.live(ME, answer)
        assert here
        await until(lambda: here.text == tokens(10))
        await second.replies.stop_in(ME, here.conversation)
        stopped = await row(answer, second)
        assert (stopped.state, stopped.text) == ("stopped", tokens(10))
        await until(lambda: ollama.closed)
        again = await ask(first, "tokens=10 stall again")
        await first.house.stop()  # it hears nothing any more
        await second.replies.stop(ME, again)
        assert (await row(again, second)).state == "stopped"
        await until(lambda: first.replies.live(ME, again) is None)

    play(on_server, ollama, scenario)


def test_what_a_dead_instance_wrote_is_interrupted_and_gone_on_with(
    on_server: Database, ollama: OllamaServer, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(leases, "LEASE", timedelta(seconds=2))
    monkeypatch.setattr(streaming, "OVERDUE_EVERY", 0.2)

    async def scenario(first: Side, second: Side) -> None:
        other = await ask(second, "tokens=10 stall also")
        answer = await ask(first, "tokens=10 stall")
        begun = await second.database.run(
            messages.ask, ME, None, "never begun", key="x", now=parts.now(), model="plain:1b"
        )
        there = await second.replies.find(ME, answer)
        assert there
        following = asyncio.create_task(followed(there))
        async with asyncio.timeout(SOON):
            while (await row(answer, second)).text != tokens(10):
                await asyncio.sleep(0.05)
        first.replies._house = House(first.database, None)  # it says nothing of the answer any more
        first.watch.cancel()
        found = await ends_as("interrupted", answer, second)
        assert found.text == tokens(10)
        await ends_as("interrupted", begun.answer.id, second)
        await following
        assert (await row(other, second)).state == "writing"
        await second.database.run(messages.resume, ME, answer, parts.now())
        await second.replies.start(ME, answer)
        live = second.replies.live(ME, answer)
        assert live
        assert live.text.startswith(tokens(10))
        await second.replies.stop(ME, answer)

    play(on_server, ollama, scenario)


def test_one_that_was_taken_for_dead_has_its_answer_again(on_server: Database, ollama: OllamaServer) -> None:
    async def scenario(first: Side, second: Side) -> None:
        answer = await ask(first, "tokens=10 stall")

        def be_late() -> int:
            Message.update(lease=parts.now() - timedelta(minutes=1)).where(Message.id == answer).execute()
            return leases.interrupt_overdue()

        assert await second.database.run(be_late) == 1
        await ends_as("writing", answer, second)
        await first.replies.stop(ME, answer)
        assert (await row(answer, second)).text == tokens(10)

    play(on_server, ollama, scenario)


def test_an_instance_that_stops_hands_its_answers_over(on_server: Database, ollama: OllamaServer) -> None:
    async def scenario(first: Side, second: Side) -> None:
        await until(lambda: first.house.others)
        answer = await ask(first, "tokens=10 stall")
        here = first.replies.live(ME, answer)
        assert here
        await until(lambda: here.text == tokens(10))
        await first.replies.close()
        async with asyncio.timeout(SOON):
            while (found := await row(answer, second)).writer != second.house.name:
                await asyncio.sleep(0.02)
        assert found.text.startswith(tokens(10))
        assert found.state in {"writing", "done"}  # the stand-in goes on at once
        await second.replies.stop(ME, answer)

    play(on_server, ollama, scenario)


def test_two_that_begin_the_same_answer_begin_it_once(on_server: Database, ollama: OllamaServer) -> None:
    async def scenario(first: Side, second: Side) -> None:
        pair = await first.database.run(
            messages.ask, ME, None, "tokens=10 stall", key="k", now=parts.now(), model="plain:1b"
        )
        answer = pair.answer.id
        await asyncio.gather(*(at.replies.start(ME, answer) for at in (first, second, first, second)))
        assert [at.replies.live(ME, answer) is not None for at in (first, second)].count(True) == 1
        await first.replies.stop_all(ME)
        assert (await row(answer, first)).state == "stopped"

    play(on_server, ollama, scenario)
