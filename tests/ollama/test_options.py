"""What is wished of an answer goes out in the types that Ollama reads."""

import asyncio
from typing import Any

import pytest

from assistant.errors import ModelUnavailable
from assistant.ollama.answers import Turn
from assistant.ollama.door import Ollama
from assistant.ollama.options import Options, keep_alive
from tests.ollama_server import OllamaServer


def send(server: OllamaServer, options: Options, model: str = "plain:1b") -> dict[str, Any]:
    async def ask() -> None:
        door = Ollama(server.host)
        try:
            async for _ in door.chat(model, [Turn("user", "tokens=1")], options):
                pass
        finally:
            await door.close()

    asyncio.run(ask())
    return server.chats()[-1]


@pytest.mark.parametrize(
    ("typed", "sent"),
    [
        ("-1", -1), ("0", 0), ("300", 300), ("+60", 60), ("1.5", 1.5), ("-1m", "-1m"), ("10m", "10m"),
        ("1h30m", "1h30m"), ("1.5h", "1.5h"), ("500ms", "500ms"), ("10 m", "10m"), ("10M", "10m"), (" 1h ", "1h"),
    ],
)  # fmt: skip
def test_how_long_a_model_stays_loaded_is_sent_as_ollama_reads_it(
    ollama: OllamaServer, typed: str, sent: float | str
) -> None:
    assert send(ollama, Options(keep_alive=keep_alive(typed)))["keep_alive"] == sent


@pytest.mark.parametrize(
    "typed", ["1 day", "2d", "ever", "10 minutes", "m", "1h-5m", "--1", "1e9", "9" * 12, "٣", "999999h999999h", "1:30"]
)
def test_what_is_no_duration_is_not_sent(typed: str) -> None:
    with pytest.raises(ValueError, match="no duration"):
        keep_alive(typed)


def test_nothing_is_left_to_ollama(ollama: OllamaServer) -> None:
    sent = send(ollama, Options(keep_alive=keep_alive("  ")))
    assert set(sent) & {"keep_alive", "think"} == set()
    assert sent.get("options", {}) == {}


def test_numbers_stay_numbers(ollama: OllamaServer) -> None:
    sent = send(ollama, Options(num_ctx=2048, num_predict=40, temperature=0, think=False))
    assert sent["options"] == {"num_ctx": 2048, "num_predict": 40, "temperature": 0}
    assert sent["think"] is False


@pytest.mark.parametrize(
    "options",
    [
        Options(keep_alive="300"),
        Options(keep_alive="soon"),
        Options(num_ctx="2048"),  # type: ignore[arg-type]
    ],
)
def test_the_stand_in_refuses_what_ollama_refuses(ollama: OllamaServer, options: Options) -> None:
    with pytest.raises(ModelUnavailable):
        send(ollama, options, "thinker:4b")


def test_the_stand_in_refuses_thinking_that_ollama_does_not_know(ollama: OllamaServer) -> None:
    send(ollama, Options(think="much"), "thinker:4b")  # type: ignore[arg-type]
    assert [body.get("think") for body in ollama.chats()] == ["much", None]
