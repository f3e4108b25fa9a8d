"""Answers owned by the server, against the stand-in on its real socket."""

import asyncio
import threading
import time
from collections.abc import Awaitable, Callable
from pathlib import Path
from typing import Any

import peewee
import pytest

from assistant.chat import conversations, messages
from assistant.chat.models import Conversation, Message
from assistant.chat.search import index as search
from assistant.chat.streaming.live import Live, Update
from assistant.chat.streaming.replies import Replies, Tell
from assistant.errors import Conflict
from assistant.ollama.answers import Details
from assistant.ollama.door import Ollama
from assistant.storage.database import Database
from assistant.storage.events import Change
from assistant.users import accounts
from assistant.web import parts
from assistant.web.deeds import acting_rooms
from tests.databases import opened
from tests.ollama_server import OllamaServer, tokens

ME = 1


async def yes(_user: int) -> bool:
    return True


def play(
    tmp_path: Path,
    server: OllamaServer,
    scenario: Callable[[Replies, Database], Awaitable[None]],
    titles: Callable[[int], Awaitable[bool]] | None = None,
    door: type[Ollama] = Ollama,
) -> None:
    async def run() -> None:
        database = opened(tmp_path)
        ollama = door(server.host)
        database.run_here(accounts.add, "tester", "hash", now=parts.now())
        replies = Replies(
            database, ollama, clock=parts.now, context_tokens=8192, rooms=acting_rooms(), better_titles=titles
        )
        try:
            await scenario(replies, database)
        finally:
            await replies.close()
            await ollama.close()
            database.close()

    asyncio.run(run())


async def ask(replies: Replies, database: Database, text: str, model: str = "plain:1b") -> Live:
    pair = await database.run(messages.ask, ME, None, text, key=text[:64], now=parts.now(), model=model)
    await replies.start(ME, pair.answer.id)
    live = replies.live(ME, pair.answer.id)
    assert live
    return live


async def row(database: Database, live: Live) -> Message:
    return await database.read(messages.get_own, ME, live.id)


async def gather(live: Live, updates: list[Update]) -> str:
    async for update in live.follow():
        assert update.text_from == sum(len(one.text) for one in updates)
        updates.append(update)
    return "".join(update.text for update in updates)


def test_an_answer_is_stored_once_a_database_that_was_away_is_back(tmp_path: Path, ollama: OllamaServer) -> None:
    async def scenario(replies: Replies, database: Database) -> None:
        unit, away = database.engine.unit, iter([True])

        def out_of_reach(patience: float) -> Any:
            if live and live[0].text == tokens(5) and next(away, False):
                raise peewee.OperationalError("database is locked")
            return unit(patience)

        live: list[Live] = []
        database.engine.unit = out_of_reach  # type: ignore[method-assign]
        live.append(await ask(replies, database, "tokens=5"))
        updates: list[Update] = []
        await gather(live[0], updates)
        assert next(away, False) is False
        found = await row(database, live[0])
        assert (found.state, found.text) == ("done", tokens(5))

    play(tmp_path, ollama, scenario)


def store(replies: Replies, tell: Tell, told: list[int]) -> None:
    """The unit of work in which a question is stored."""
    pair = messages.ask(ME, None, "tokens=3", key="k", now=parts.now(), model="plain:1b")
    told.append(pair.answer.id)
    tell(pair.answer, replies.begun(ME, pair.answer.id))


def test_the_request_goes_out_before_the_question_lasts_and_nothing_is_heard_until_then(
    tmp_path: Path, ollama: OllamaServer
) -> None:
    async def scenario(replies: Replies, database: Database) -> None:
        release, told = threading.Event(), list[int]()
        database.before_commit.append(lambda: release.wait(60))
        async with replies.ahead(ME) as tell:
            storing = asyncio.create_task(database.run(store, replies, tell, told))
            while not ollama.chats():
                await asyncio.sleep(0.005)
            live = replies.live(ME, told[0])
            assert live
            await live.heard(0.1)
            assert live.text == ""
            assert not storing.done()
            release.set()
            await storing
        await replies.start(ME, told[0])
        assert await gather(live, []) == tokens(3)
        assert ((await row(database, live)).state, len(ollama.chats())) == ("done", 1)

    play(tmp_path, ollama, scenario)


def test_what_began_is_given_up_where_its_question_could_not_be_stored(tmp_path: Path, ollama: OllamaServer) -> None:
    async def scenario(replies: Replies, database: Database) -> None:
        def fail() -> None:
            if told:
                raise Conflict("No.")

        told = list[int]()
        database.before_commit.append(fail)
        with pytest.raises(Conflict):
            async with replies.ahead(ME) as tell:
                await database.run(store, replies, tell, told)
        while replies.being_written:
            await asyncio.sleep(0.005)
        database.before_commit.clear()
        assert await database.read(lambda: Message.select().count()) == 0
        assert (await ask(replies, database, "tokens=2")).text == ""

    play(tmp_path, ollama, scenario)


def test_followers_who_join_late_get_every_token_once(tmp_path: Path, ollama: OllamaServer) -> None:
    async def scenario(replies: Replies, database: Database) -> None:
        live = await ask(replies, database, "tokens=100 delay=0.005")
        followers = []
        for _ in range(5):
            followers.append(asyncio.create_task(gather(live, [])))
            await asyncio.sleep(0.08)
        assert set(await asyncio.gather(*followers)) == {tokens(100)}
        message = await row(database, live)
        assert (message.text, message.state, message.answer_tokens) == (tokens(100), "done", 100)
        assert replies.live(ME, live.id) is None

    play(tmp_path, ollama, scenario)


def test_stop_closes_the_connection_and_keeps_the_text(tmp_path: Path, ollama: OllamaServer) -> None:
    async def scenario(replies: Replies, database: Database) -> None:
        live = await ask(replies, database, "tokens=10 stall")
        async with asyncio.timeout(5):
            while live.text != tokens(10):
                await asyncio.sleep(0.01)
        asked = time.time()
        await replies.stop(ME, live.id)
        async with asyncio.timeout(1):
            while not ollama.closed:
                await asyncio.sleep(0.01)
        assert ollama.closed[0] - asked < 1
        message = await row(database, live)
        assert (message.state, message.text) == ("stopped", tokens(10))

    play(tmp_path, ollama, scenario)


def test_an_answer_ends_with_its_persons_account(tmp_path: Path, ollama: OllamaServer) -> None:
    async def scenario(replies: Replies, database: Database) -> None:
        owner = await database.run(accounts.add, "anna", "x", now=parts.now(), owner=True)
        member = await database.run(accounts.add, "bert", "x", now=parts.now())
        pair = await database.run(
            messages.ask, member.id, None, "tokens=10 stall", key="k", now=parts.now(), model="plain:1b"
        )
        await replies.start(member.id, pair.answer.id)
        async with asyncio.timeout(10):
            while not await replies.writing(member.id):
                await asyncio.sleep(0.01)
            await database.run(accounts.disable, member.id, parts.now())
            while not ollama.closed or await replies.writing(member.id):
                await asyncio.sleep(0.01)
        assert not await replies.writing(owner.id)
        assert (await database.read(messages.get_own, member.id, pair.answer.id)).state == "stopped"

    play(tmp_path, ollama, scenario)


def test_a_stopped_process_leaves_the_text_to_be_continued(tmp_path: Path, ollama: OllamaServer) -> None:
    async def scenario(replies: Replies, database: Database) -> None:
        live = await ask(replies, database, "tokens=10 stall")
        async with asyncio.timeout(5):
            while live.text != tokens(10):
                await asyncio.sleep(0.01)
        await replies.close()
        assert await database.run(messages.interrupt_all) == 1
        message = await row(database, live)
        assert (message.state, message.text) == ("interrupted", tokens(10))

    play(tmp_path, ollama, scenario)


def test_one_who_waits_does_not_hold_up_another(tmp_path: Path, ollama: OllamaServer) -> None:
    async def scenario(replies: Replies, database: Database) -> None:
        await ask(replies, database, "stall")
        other = await ask(replies, database, "tokens=5")
        async with asyncio.timeout(2):
            assert await gather(other, []) == tokens(5)

    play(tmp_path, ollama, scenario)


def test_loading_is_said_and_a_missing_model_too(tmp_path: Path, ollama: OllamaServer) -> None:
    async def scenario(replies: Replies, database: Database) -> None:
        updates: list[Update] = []
        await gather(await ask(replies, database, "load=1.3 tokens=2"), updates)
        assert "loading" in [update.status for update in updates]
        live = await ask(replies, database, "hello", model="gone:1b")
        await gather(live, [])
        message = await row(database, live)
        assert message.state == "failed"
        assert "gone:1b is not installed" in message.error

    play(tmp_path, ollama, scenario)


def test_where_ollama_is_away_no_model_is_missed(tmp_path: Path, ollama: OllamaServer) -> None:
    async def scenario(replies: Replies, database: Database) -> None:
        live = await ask(replies, database, "anybody there?", model="")
        await gather(live, [])
        assert "no model yet" in (await row(database, live)).error
        ollama.stop()
        live = await ask(replies, database, "and now?", model="")
        await gather(live, [])
        assert "cannot be reached" in (await row(database, live)).error

    play(tmp_path, ollama, scenario)


def test_a_bug_says_nothing_of_its_inside(tmp_path: Path, ollama: OllamaServer) -> None:
    class Broken(Ollama):
        async def known(self, name: str, *, within: float = 1) -> Details:
            raise RuntimeError(f"SELECT password FROM person, {name} in {within}")

    async def scenario(replies: Replies, database: Database) -> None:
        live = await ask(replies, database, "hello")
        await gather(live, [])
        message = await row(database, live)
        assert (message.state, message.error) == ("failed", "Something went wrong. The log has the details.")

    play(tmp_path, ollama, scenario, door=Broken)


def test_the_model_betters_the_title_when_idle_and_only_then(tmp_path: Path, ollama: OllamaServer) -> None:
    async def scenario(replies: Replies, database: Database) -> None:
        live = await ask(replies, database, "Hello tokens=3")
        await gather(live, [])

        def title() -> str:
            return str(Conversation.get_by_id(live.conversation).title_by)

        async with asyncio.timeout(5):
            while await database.read(title) != "model":
                await asyncio.sleep(0.02)

    play(tmp_path, ollama, scenario, yes)


def test_a_title_can_be_left_to_the_first_message(tmp_path: Path, ollama: OllamaServer) -> None:
    async def scenario(replies: Replies, database: Database) -> None:
        await gather(await ask(replies, database, "Hello tokens=3"), [])
        await replies.close()
        assert len(ollama.chats()) == 1

    play(tmp_path, ollama, scenario)


def test_thinking_is_asked_only_of_models_that_think(tmp_path: Path, ollama: OllamaServer) -> None:
    async def scenario(replies: Replies, database: Database) -> None:
        for model in ("plain:1b", "thinker:4b"):
            pair = await database.run(
                messages.ask, ME, None, "think=3 tokens=1", key=model, now=parts.now(), model=model
            )
            await database.run(conversations.change, ME, pair.question.conversation_id, think="off")
            await replies.start(ME, pair.answer.id)
            live = replies.live(ME, pair.answer.id)
            assert live
            await gather(live, [])
        assert [body.get("think") for body in ollama.chats()] == [None, False]

    play(tmp_path, ollama, scenario)


@pytest.mark.parametrize(
    ("typed", "sent"), [("-1", -1), ("0", 0), ("300", 300), ("10m", "10m"), ("", None), ("from an older time", None)]
)
def test_how_long_a_model_stays_loaded_never_fails_an_answer(
    tmp_path: Path, ollama: OllamaServer, typed: str, sent: object
) -> None:
    async def scenario(replies: Replies, database: Database) -> None:
        pair = await database.run(messages.ask, ME, None, "tokens=1", key="k", now=parts.now(), model="plain:1b")
        home = Conversation.update(keep_alive=typed).where(Conversation.id == pair.question.conversation_id)
        await database.run(home.execute)
        await replies.start(ME, pair.answer.id)
        live = replies.live(ME, pair.answer.id)
        assert live
        await gather(live, [])
        assert (await row(database, live)).error == ""
        assert ollama.chats()[0].get("keep_alive") == sent

    play(tmp_path, ollama, scenario)


def test_levels_of_thinking_are_asked_only_of_models_that_have_them(tmp_path: Path, ollama: OllamaServer) -> None:
    ollama.models["levels:20b"] = ollama.models["thinker:4b"] | {"family": "gptoss"}

    async def scenario(replies: Replies, database: Database) -> None:
        for model in ("thinker:4b", "levels:20b"):
            pair = await database.run(messages.ask, ME, None, "tokens=1", key=model, now=parts.now(), model=model)
            await database.run(conversations.change, ME, pair.question.conversation_id, think="low")
            await replies.start(ME, pair.answer.id)
            live = replies.live(ME, pair.answer.id)
            assert live
            await gather(live, [])
        assert [body.get("think") for body in ollama.chats()] == [True, "low"]

    play(tmp_path, ollama, scenario)


def test_little_is_read_between_a_question_and_its_request(
    tmp_path: Path, ollama: OllamaServer, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level("DEBUG", "peewee")

    async def scenario(replies: Replies, database: Database) -> None:
        first = await ask(replies, database, "tokens=1")
        await gather(first, [])
        caplog.clear()
        asked = await database.run(messages.ask, ME, first.conversation, "tokens=2", key="", now=parts.now(), model="")
        written = len(caplog.records)
        await replies.start(ME, asked.answer.id, asked.answer)
        live = replies.live(ME, asked.answer.id)
        assert live
        await live.heard(within=9)
        assert written <= 8
        assert len(caplog.records) - written <= 7
        await gather(live, [])

    play(tmp_path, ollama, scenario)


def test_a_model_of_which_nothing_is_known_answers(tmp_path: Path, ollama: OllamaServer) -> None:
    ollama.slow_show = 30

    async def scenario(replies: Replies, database: Database) -> None:
        live = await ask(replies, database, "tokens=3")
        async with asyncio.timeout(9):
            assert await gather(live, []) == tokens(3)
        assert (await row(database, live)).state == "done"

    play(tmp_path, ollama, scenario)


def test_a_small_model_is_asked_for_what_it_reads_and_what_is_left_out_is_said_first(
    tmp_path: Path, ollama: OllamaServer
) -> None:
    ollama.models["small:1b"] = ollama.models["plain:1b"] | {"context": 2048}

    async def scenario(replies: Replies, database: Database) -> None:
        live = await ask(replies, database, "tokens=900", model="small:1b")
        await gather(live, [])
        home = (await row(database, live)).conversation_id
        told: list[int] = []

        def hear(_change: Change) -> None:
            told.append(len(ollama.chats()))

        pair = await database.run(
            messages.ask, ME, home, "tokens=3 " + "x" * 3600, key="2", now=parts.now(), model="small:1b"
        )
        database.events.subscribe(ME, hear)
        await replies.start(ME, pair.answer.id)
        second = replies.live(ME, pair.answer.id)
        assert second
        await gather(second, [])
        assert (await row(database, second)).left_out == 2
        assert told[0] == 1  # before the second was sent
        assert [body["options"]["num_ctx"] for body in ollama.chats()] == [2048, 2048]
        assert len(ollama.chats()[1]["messages"]) == 1

    play(tmp_path, ollama, scenario)


def test_a_question_that_a_model_cannot_read_is_kept_and_never_sent(tmp_path: Path, ollama: OllamaServer) -> None:
    ollama.models["small:1b"] = ollama.models["plain:1b"] | {"context": 2048}

    async def scenario(replies: Replies, database: Database) -> None:
        live = await ask(replies, database, "x" * 90_000, model="small:1b")
        await gather(live, [])
        message = await row(database, live)
        assert message.state == "failed"
        assert "reads about 5,500 at once" in message.error
        assert ollama.chats() == []

    play(tmp_path, ollama, scenario)


def test_an_answer_that_reached_its_limit_goes_on(tmp_path: Path, ollama: OllamaServer) -> None:
    async def scenario(replies: Replies, database: Database) -> None:
        live = await ask(replies, database, "think=2 tokens=9 length", model="thinker:4b")
        await gather(live, [])
        cut = await row(database, live)
        assert (cut.state, cut.text, cut.thinking) == ("cut", tokens(9), "h0 h1 ")
        await database.run(messages.resume, ME, live.id, parts.now())
        await replies.start(ME, live.id)
        again = replies.live(ME, live.id)
        assert again
        assert await gather(again, []) == tokens(9) + tokens(3)
        whole = await row(database, live)
        assert (whole.state, whole.text, whole.thinking) == ("done", tokens(9) + tokens(3), "h0 h1 ")
        assert whole.thinking_seconds == cut.thinking_seconds
        assert ollama.chats()[1]["messages"][-1] == {"role": "assistant", "content": tokens(9)}

    play(tmp_path, ollama, scenario)


@pytest.mark.parametrize(
    ("wish", "said", "thinking"),
    [
        ("tokens=0", "gave no answer. Try again, or choose", ""),
        ("text= ", "gave no answer. Try again, or choose", ""),
        ("think=2 tokens=0", "only thought", "h0 h1 "),
        ("text=<think> hmm </think>", "only thought", "hmm"),
        ("text=<think> hmm and no end", "only thought", "hmm and no end"),
        ("think=2 tokens=0 length", "Allow more context", "h0 h1 "),
    ],
)
def test_an_answer_without_a_word_says_so(
    tmp_path: Path, ollama: OllamaServer, wish: str, said: str, thinking: str
) -> None:
    async def scenario(replies: Replies, database: Database) -> None:
        live = await ask(replies, database, wish, model="thinker:4b")
        await gather(live, [])
        message = await row(database, live)
        assert (message.state, message.text.strip(), message.thinking) == ("failed", "", thinking)
        assert said in message.error

    play(tmp_path, ollama, scenario)


def test_thinking_in_the_text_is_nowhere_but_in_the_thinking(tmp_path: Path, ollama: OllamaServer) -> None:
    async def scenario(replies: Replies, database: Database) -> None:
        live = await ask(replies, database, "text=<think>\nabout heffalumps </think>\n\n An answer.")
        updates: list[Update] = []
        assert await gather(live, updates) == "An answer."
        assert "".join(update.thinking for update in updates) == "about heffalumps"
        message = await row(database, live)
        assert (message.text, message.thinking) == ("An answer.", "about heffalumps")
        found = await database.read(search.find, ME, "heffalumps")
        assert [hit.role for hit in found] == ["user"]
        async with asyncio.timeout(5):
            while len(ollama.chats()) < 2:
                await asyncio.sleep(0.01)
        again = await database.run(
            messages.ask, ME, message.conversation_id, "tokens=1", key="2", now=parts.now(), model="plain:1b"
        )
        await replies.start(ME, again.answer.id)
        second = replies.live(ME, again.answer.id)
        assert second
        await gather(second, [])
        assert ollama.chats()[1]["messages"][0]["content"].endswith("Answer: An answer.")
        assert ollama.chats()[2]["messages"][1] == {"role": "assistant", "content": "An answer."}

    play(tmp_path, ollama, scenario, yes)


def test_thinking_that_shows_only_at_its_end_what_it_was(tmp_path: Path, ollama: OllamaServer) -> None:
    async def scenario(replies: Replies, database: Database) -> None:
        live = await ask(replies, database, "text=hmm\n</think>\n\nHello there")
        await gather(live, [])
        message = await row(database, live)
        assert (message.state, message.text, message.thinking) == ("done", "Hello there", "hmm")

    play(tmp_path, ollama, scenario)
