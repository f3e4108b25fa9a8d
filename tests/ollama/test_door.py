"""The door to Ollama, against a stand-in on a real socket."""

import asyncio
import time
from collections.abc import Awaitable, Callable
from contextlib import aclosing

import pytest

from assistant.errors import ModelUnavailable
from assistant.ollama.answers import Details, Piece, Progress, Turn
from assistant.ollama.door import KNOWN_WITHIN, Ollama
from assistant.ollama.options import Options, Think
from tests.ollama_server import OllamaServer, tokens


def use(server: OllamaServer, act: Callable[[Ollama], Awaitable[None]]) -> None:
    async def scenario() -> None:
        ollama = Ollama(server.host)
        try:
            await act(ollama)
        finally:
            await ollama.close()

    asyncio.run(scenario())


async def ask(ollama: Ollama, words: str, model: str = "plain:1b") -> list[Piece]:
    pieces = ollama.chat(model, [Turn("user", words)], Options(num_ctx=512))
    async with aclosing(pieces):
        return [piece async for piece in pieces]


def test_an_answer_comes_whole_with_its_account(ollama: OllamaServer) -> None:
    async def act(door: Ollama) -> None:
        pieces = await ask(door, "tokens=300")
        assert "".join(piece.text for piece in pieces) == tokens(300)
        end = pieces[-1].end
        assert end is not None
        assert (end.answer_tokens, end.answer_seconds) == (300, 1.0)

    use(ollama, act)


@pytest.mark.parametrize(
    ("words", "model", "reason", "said"),
    [
        ("tokens=9 fail=3", "plain:1b", "refused", "the stand-in broke"),
        ("tokens=9 cut=3", "plain:1b", "broken", "cut off"),
        ("tokens=9 broken=3", "plain:1b", "broken", "made no sense"),
        ("endless", "plain:1b", "broken", "made no sense"),
        ("status=400", "plain:1b", "refused", "says 400"),
        ("status=429", "plain:1b", "refused", "says 429"),
        ("status=500", "plain:1b", "refused", "says 500"),
        ("status=503", "plain:1b", "refused", "says 503"),
        ("status=307", "plain:1b", "refused", "leads elsewhere"),
        ("tokens=1", "gone:1b", "missing", "gone:1b is not installed"),
    ],
)
def test_what_goes_wrong_is_said(ollama: OllamaServer, words: str, model: str, reason: str, said: str) -> None:
    async def act(door: Ollama) -> None:
        with pytest.raises(ModelUnavailable) as error:
            await ask(door, words, model)
        assert error.value.reason == reason
        assert said in error.value.sentence

    use(ollama, act)


def test_away_is_said_within_two_seconds(ollama: OllamaServer) -> None:
    async def act(door: Ollama) -> None:
        ollama.stop()
        since = time.monotonic()
        with pytest.raises(ModelUnavailable) as error:
            await ask(door, "tokens=1")
        assert time.monotonic() - since < 2.5
        assert error.value.reason == "unreachable"
        ollama.start()
        assert len(await ask(door, "tokens=1")) == 2

    use(ollama, act)


def test_odd_signs_and_numbers_become_ones_that_can_be_kept(ollama: OllamaServer) -> None:
    async def act(door: Ollama) -> None:
        pieces = await ask(door, "tokens=0 odd")
        assert pieces[0].text == "half \ufffd"
        assert pieces[-1].end is not None
        assert (pieces[-1].end.prompt_tokens, pieces[-1].end.answer_tokens) == (0, 2**31 - 1)

    use(ollama, act)


@pytest.mark.parametrize("odd", [[], None, "x", {"models": [1]}, {"models": "x" * 17_000_000}])
def test_an_odd_list_is_said_and_does_no_harm(ollama: OllamaServer, odd: object) -> None:
    async def act(door: Ollama) -> None:
        ollama.tags = "null" if odd is None else odd
        with pytest.raises(ModelUnavailable):
            await door.models()
        ollama.tags = None
        assert len(await door.models()) == 3

    use(ollama, act)


def test_a_null_in_place_of_models_means_that_there_are_none(ollama: OllamaServer) -> None:
    async def act(door: Ollama) -> None:
        ollama.tags = {"models": None}
        assert await door.models() == []

    use(ollama, act)


def test_what_is_unknown_of_a_model_is_no_error_and_known_later(ollama: OllamaServer) -> None:
    async def act(door: Ollama) -> None:
        ollama.slow_show = KNOWN_WITHIN + 1
        since = time.monotonic()
        assert await door.known("plain:1b", within=0.1) == Details("plain:1b")
        assert time.monotonic() - since < 1
        assert await door.known("plain:1b") == Details("plain:1b")
        async with asyncio.timeout(5):
            while not (await door.known("plain:1b")).context:
                pass
        ollama.slow_show = 0
        assert await door.known("gone:1b") == Details("gone:1b")
        assert [path for path, _, _ in ollama.requests].count("/api/show") == 2

    use(ollama, act)


@pytest.mark.parametrize(
    ("model", "old", "think", "sent"),
    [
        ("thinker:4b", False, "low", ["low", None]),
        ("thinker:4b", True, "low", ["low", None]),
        ("thinker:4b", False, True, [True]),
        ("plain:1b", False, True, [True, None]),
        ("levels:20b", False, "low", ["low"]),
    ],
)
def test_a_wish_to_think_that_is_refused_is_left_out(
    ollama: OllamaServer, model: str, old: bool, think: Think, sent: list[Think | None]
) -> None:
    async def act(door: Ollama) -> None:
        ollama.old = old
        ollama.models["levels:20b"] = ollama.models["thinker:4b"] | {"family": "gptoss"}
        pieces = [piece async for piece in door.chat(model, [Turn("user", "tokens=3")], Options(think=think))]
        assert "".join(piece.text for piece in pieces) == tokens(3)
        assert [body.get("think") for body in ollama.chats()] == sent
        assert (await door.details(model)).levels is (model == "levels:20b")

    use(ollama, act)


def test_closing_a_silent_answer_closes_the_connection(ollama: OllamaServer) -> None:
    async def act(door: Ollama) -> None:
        pieces = door.chat("plain:1b", [Turn("user", "tokens=1 stall")], Options())
        assert (await anext(pieces)).text == "t0 "
        await pieces.aclose()
        async with asyncio.timeout(1):
            while not ollama.closed:
                await asyncio.sleep(0.01)

    use(ollama, act)


def test_models_and_what_they_can(ollama: OllamaServer) -> None:
    async def act(door: Ollama) -> None:
        assert [model.name for model in await door.models()] == ["plain:1b", "thinker:4b", "eyes:4b"]
        details = await door.details("eyes:4b")
        assert details.context == 131072
        assert "vision" in details.capabilities
        await door.details("eyes:4b")
        assert [path for path, _, _ in ollama.requests].count("/api/show") == 1
        await door.delete("eyes:4b")
        with pytest.raises(ModelUnavailable):
            await door.unload("eyes:4b")

    use(ollama, act)


def test_a_pull_sums_its_layers(ollama: OllamaServer) -> None:
    async def act(door: Ollama) -> None:
        steps: list[Progress] = [step async for step in door.pull("new:1b")]
        done = [step.done for step in steps if step.total]
        assert done == sorted(done)
        assert steps[-2].done == steps[-2].total == 2 * 10**9
        with pytest.raises(ModelUnavailable, match="does not exist"):
            [step async for step in door.pull("missing:1b")]

    use(ollama, act)
