"""The downloads of models: owned by the server, told to every page."""

import asyncio
from collections.abc import Awaitable, Callable

import pytest

from assistant.chat.models_status import ModelsStatus
from assistant.chat.pulls import Pulls, model_name
from assistant.errors import Invalid
from assistant.ollama.door import Ollama
from assistant.storage.events import EVERYONE, Change, Events
from tests.ollama_server import OllamaServer


async def until(holds: Callable[[], object]) -> None:
    async with asyncio.timeout(5):
        while not holds():
            await asyncio.sleep(0.01)


def use(server: OllamaServer, act: Callable[[Pulls, list[Change]], Awaitable[None]]) -> None:
    async def scenario() -> None:
        ollama, events, told = Ollama(server.host), Events(), list[Change]()
        events.subscribe(EVERYONE, told.append)
        pulls = Pulls(ollama, events)
        await act(pulls, told)
        await pulls.close()
        await ollama.close()

    asyncio.run(scenario())


def test_starting_twice_downloads_once(ollama: OllamaServer) -> None:
    async def act(pulls: Pulls, told: list[Change]) -> None:
        pulls.start("slow:1b")
        pulls.start(" slow:1b ")
        await until(lambda: pulls.running["slow:1b"].done)
        assert [path for path, _, _ in ollama.requests].count("/api/pull") == 1
        pulls.cancel("slow:1b")
        await until(lambda: not pulls.running and ollama.closed)
        assert pulls.problems == {}
        assert set(told) == {Change(EVERYONE, "pulls")}

    use(ollama, act)


def test_a_failure_stays_until_it_is_dismissed_or_tried_again(ollama: OllamaServer) -> None:
    async def act(pulls: Pulls, told: list[Change]) -> None:
        pulls.start("missing:1b")
        await until(lambda: pulls.problems)
        assert "does not exist" in pulls.problems["missing:1b"]
        pulls.start("missing:1b")
        assert pulls.problems == {}
        await until(lambda: pulls.problems)
        pulls.forget("missing:1b")
        assert pulls.problems == {}

    use(ollama, act)


def test_the_models_status_tells_when_ollama_goes_and_returns(ollama: OllamaServer) -> None:
    async def scenario() -> None:
        door, events, told = Ollama(ollama.host), Events(), list[Change]()
        events.subscribe(EVERYONE, told.append)
        state = ModelsStatus(door, events)
        await state.refresh()
        await state.refresh()
        assert (len(told), state.problem, len(state.names())) == (1, "", 3)
        ollama.stop()
        await state.refresh()
        assert (len(told), len(state.names())) == (2, 3)
        assert "cannot be reached" in state.problem
        ollama.start()
        watching = asyncio.create_task(state.watch())
        await until(lambda: not state.problem)
        watching.cancel()
        await door.close()

    asyncio.run(scenario())


@pytest.mark.parametrize(
    ("typed", "name"),
    [
        ("llama3.2:3b", "llama3.2:3b"), (" llama3.2 ", "llama3.2"), ("ollama run llama3.2:3b", "llama3.2:3b"),
        ("$ ollama pull llama3.2", "llama3.2"), ("Ollama Run qwen3:4b", "qwen3:4b"), ("`ollama run qwen3`", "qwen3"),
        ("ollama run qwen3 --verbose", "qwen3"), ("docker exec -it ollama ollama run qwen3", "qwen3"),
        ("sudo ollama pull --insecure qwen3", "qwen3"), ("https://ollama.com/library/qwen3:4b", "qwen3:4b"),
        ("ollama.com/library/qwen3", "qwen3"), ("https://ollama.com/library/qwen3/tags", "qwen3"),
        ("https://ollama.com/mike/mistral/", "mike/mistral"), ("hf.co/a/b-GGUF:Q4_K_M", "hf.co/a/b-GGUF:Q4_K_M"),
        ("https://huggingface.co/a/b-GGUF", "huggingface.co/a/b-GGUF"),
        ("ollama run hf.co/a/b-GGUF", "hf.co/a/b-GGUF"), ("registry.home:5000/a/b:c", "registry.home:5000/a/b:c"),
    ],
)  # fmt: skip
def test_the_name_of_a_model_as_people_copy_it(typed: str, name: str) -> None:
    assert model_name(typed) == name


@pytest.mark.parametrize("typed", ["", " ", "two names", "https://example.org/qwen3", "ollama run", "ollama run a b"])
def test_what_names_no_model_is_said(typed: str) -> None:
    with pytest.raises(Invalid, match="name of one model"):
        model_name(typed)
