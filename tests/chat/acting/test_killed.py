"""A turn that was killed between its calls, and one that takes too long: nothing is done twice, and it ends."""

import time
from pathlib import Path

import pytest

from assistant.chat.acting.calling import rounds
from tests.chat.acting.recorded import SAID, WORDS, call
from tests.chat.acting.test_rounds import Desk, play
from tests.chat.test_chat_v1 import V1
from tests.ollama_server import OllamaServer
from tests.person import Person
from tests.product import PATIENCE, Product

BOTH = [
    {"tool_calls": [{"function": {"name": "find", "arguments": {"query": "tea"}}}]},
    {"tool_calls": [{"function": {"name": "remind", "arguments": WORDS}}]},
]


def waiting(anna: Person) -> list[dict[str, object]]:
    """What waits for a yes, once something does."""
    until = time.monotonic() + PATIENCE
    while time.monotonic() < until:
        found: list[dict[str, object]] = anna.get(f"{V1}/acts").raise_for_status().json()["items"]
        if found:
            return found
        time.sleep(0.02)
    raise AssertionError("nothing was offered")


def end(anna: Person, reply: int) -> dict[str, object]:
    """The reply, once it is no longer written."""
    until = time.monotonic() + PATIENCE
    while time.monotonic() < until:
        told: dict[str, object] = anna.get(f"{V1}/replies/{reply}").raise_for_status().json()
        if told["state"] != "writing":
            return told
        time.sleep(0.02)
    raise AssertionError("it is still being written")


def test_killed_between_call_and_yes_it_goes_on_where_it_was(
    product: Product, anna: Person, ollama: OllamaServer
) -> None:
    anna.note("# Tea")
    ollama.script[:] = [BOTH, [{"pause": 600}]]
    asked = anna.post(f"{V1}/conversations", json={"text": "ping me about tea", "model": "thinker:4b"})
    reply = asked.raise_for_status().json()["reply"]["id"]
    (offered,) = waiting(anna)
    while len(ollama.chats()) < 2:  # the next round has begun
        time.sleep(0.02)
    product.kill()
    product.start()
    assert anna.get(f"{V1}/replies/{reply}").json()["state"] == "interrupted"
    # The card is there still, and a yes counts once.
    assert [one["id"] for one in waiting(anna)] == [offered["id"]]
    yes = {"digest": offered["digest"]}
    done = anna.post(f"{V1}/acts/{offered['id']}/approve", json=yes).raise_for_status().json()
    assert done["state"] == "done"
    product.kill()
    product.start()
    assert anna.post(f"{V1}/acts/{offered['id']}/approve", json=yes).status_code == 409
    # A model that calls the same again, once it goes on, has nothing done twice.
    ollama.script[:] = [BOTH, SAID]
    anna.post(f"{V1}/replies/{reply}/continue").raise_for_status()
    told = end(anna, reply)
    assert (told["state"], told["text"]) == ("done", "I have prepared it.")
    # It heard what it had called before it was killed, and what came of that.
    assert [message["role"] for message in ollama.chats()[2]["messages"]][-3:] == ["assistant", "tool", "tool"]
    assert anna.get(f"{V1}/acts").json()["items"] == []
    assert [one.text for one in anna.reminders()] == ["buy tea"]


def test_a_turn_that_takes_long_calls_nothing_more(
    tmp_path: Path, ollama: OllamaServer, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert rounds.SECONDS == 60.0
    monkeypatch.setattr(rounds, "SECONDS", 0.2)

    async def scenario(desk: Desk) -> None:
        slow = [{"pause": 0.3}, *call("find", {"query": "tea"})]
        answer = await desk.ask("what about tea?", slow, [*call("find", {"query": "milk"}), *SAID], SAID)
        assert [act.tool for act in await desk.acts(answer)] == ["find"]
        assert (answer.state, answer.text) == ("done", "I have prepared it.")
        assert rounds.ENOUGH in ollama.chats()[-1]["messages"][-1]["content"]
        assert len(ollama.script) == 1  # nobody asked for a third round

    play(tmp_path, ollama, scenario)
