"""Which models are offered, as far as Ollama says what they can."""

import asyncio
from typing import Any

import pytest

from assistant.chat.models_status import ModelsStatus
from assistant.ollama.door import KNOWN_WITHIN, Ollama
from assistant.storage.events import EVERYONE, Change, Events
from tests.ollama_server import OllamaServer

SMALL: dict[str, Any] = {"size": 10**8, "context": 512}


def offered(server: OllamaServer) -> tuple[list[str], str]:
    async def scenario() -> tuple[list[str], str]:
        door = Ollama(server.host)
        status = ModelsStatus(door, Events())
        try:
            await status.refresh()
        finally:
            await door.close()
        return status.chat_names(), status.problem

    return asyncio.run(scenario())


def test_models_for_embeddings_are_not_offered(ollama: OllamaServer) -> None:
    ollama.models["vectors:1b"] = SMALL | {"capabilities": ["embedding"]}
    assert offered(ollama) == (["plain:1b", "thinker:4b", "eyes:4b"], "")


@pytest.mark.parametrize(
    ("name", "family"),
    [
        ("nomic-embed-text:latest", "nomic-bert"),
        ("bge-m3:567m", "bert"),
        ("all-minilm:22m", "bert"),
        ("mine:1b", "bert"),
    ],
)
def test_also_where_ollama_does_not_say_what_they_can(ollama: OllamaServer, name: str, family: str) -> None:
    ollama.models[name] = SMALL | {"capabilities": None, "family": family}
    ollama.models["old:1b"] = SMALL | {"capabilities": None}
    assert offered(ollama) == (["plain:1b", "thinker:4b", "eyes:4b", "old:1b"], "")


def test_slow_details_are_no_trouble_with_ollama(ollama: OllamaServer) -> None:
    ollama.slow_show = 30
    assert offered(ollama) == (["plain:1b", "thinker:4b", "eyes:4b"], "")


def test_no_models_are_no_trouble(ollama: OllamaServer) -> None:
    ollama.tags = {"models": None}
    assert offered(ollama) == ([], "")


def test_pages_hear_what_models_can_once_it_is_known(ollama: OllamaServer) -> None:
    async def scenario() -> None:
        door, events, told = Ollama(ollama.host), Events(), list[Change]()
        events.subscribe(EVERYONE, told.append)
        status = ModelsStatus(door, events)
        ollama.slow_show = KNOWN_WITHIN + 0.5
        await status.refresh()
        assert len(told) == 1
        async with asyncio.timeout(10):
            while len(told) == 1:
                await status.refresh()
        await status.refresh()
        assert told == [Change(EVERYONE, "ollama")] * 2
        await door.close()

    asyncio.run(scenario())
