"""The downloads of models: owned by the server, told to every page."""

import asyncio
from collections.abc import Awaitable, Callable

from assistant.chat.models_status import ModelsStatus
from assistant.chat.pulls import Pulls
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
