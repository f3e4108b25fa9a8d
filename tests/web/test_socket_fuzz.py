"""Whatever a browser says over the socket of its page, it is answered in words or not at all.

Pages act on what their elements say: the names of acts, ids of rows, values of fields. A hostile browser says anything.
"""

import asyncio
import json
import random
import re
from collections.abc import Iterator
from contextlib import closing
from datetime import UTC, datetime
from typing import Any

import pytest
import socketio

from assistant.chat import messages
from assistant.reminders import queries, rings
from tests.person import Person
from tests.product import PATIENCE, Product
from tests.sockets import Listener, OpenPage, cookie, open_page, socket_of
from tests.web.test_fuzz import HOSTILE, NAMES

PAGES = (
    "/", "/chat/{chat}", "/models", "/notes", "/notes/{note}", "/notes/new", "/notes/import", "/reminders",
    "/reminders?view=someday", "/reminders?view=month", "/reminders?view=done", "/reminders?open={reminder}",
    "/reminders/options", "/search?q=secret", "/settings", "/settings/chat", "/settings/account",
)  # fmt: skip
TIMES = 6  # each listener
DOES = re.compile(r'data-do="([^"]*)"')
SCREENS = ("-1", "1", "2", "3", "9" * 30, "shift", "on", "off", "", "2026-02-30", "9999-12-31", "0001-01-01", "1 2026")


@pytest.fixture
def people(product: Product) -> Iterator[tuple[Person, Person]]:
    """Anna, whose account came first, and Eve."""
    with closing(product.person("anna")) as anna, closing(product.person("eve")) as eve:
        yield anna, eve


def furnished(person: Person, words: str) -> dict[str, int]:
    """The ids of a note, a reminder and a conversation of the person's."""
    now = datetime.now(UTC)
    note = person.note(f"# {words}\n\n- [ ] milk\n\n[[Two]]", tags=["a/b"])
    reminder = person.reminder(words, datetime(2030, 1, 1, 9, tzinfo=UTC), rule="FREQ=DAILY", tags=["x"])
    person.reminder(f"{words} someday")
    done = person.reminder(f"{words} done")
    person.do(rings.complete, done, now)
    person.rung(f"{words} rings")
    asked = person.do(messages.ask, None, words, key=f"k{words}", now=now, model="m")
    person.do(lambda _user: messages.finish(asked.answer.id, now, state="done", text=words))
    return {"note": note, "reminder": reminder, "chat": asked.question.conversation_id}


def held(person: Person) -> list[object]:
    """All that the person has, as it is."""
    notes = [person.text(note) for note in person.notes()]
    listed = [person.reminders(view) for view in queries.VIEWS]
    return [notes, listed, [row.id for row in person.channels()]]


class Hostile:
    """What might be said to a page."""

    def __init__(self, chance: random.Random, page: OpenPage) -> None:
        self.chance, self.page = chance, page
        drawn = json.dumps(list(page.elements.values()))
        self.acts = sorted({*DOES.findall(drawn.replace('\\"', '"')), "open", "delete", "choose", "drop", "x"})
        names = (element.get("props", {}).get("name") for element in page.elements.values())
        self.names = sorted({*map(str, filter(None, names)), *NAMES})

    def value(self) -> Any:
        return self.chance.choice([*HOSTILE, *SCREENS])

    def values(self) -> Any:
        some = self.chance.sample(self.names, self.chance.randrange(len(self.names)))
        return {name: self.value() for name in some} if self.chance.random() < 0.9 else self.value()

    def args(self, listener: Listener) -> list[Any]:
        """Mostly of the shape that the page expects, at times of none."""
        roll = self.chance.random()
        if roll < 0.25:
            return [self.value() for _ in range(self.chance.randrange(4))]
        if listener.event == "act":
            what = self.chance.choice(self.acts)
            return [what, self.chance.choice([*SCREENS, self.value()]), self.value()]
        if listener.event == "move":
            return [{"address": self.value(), "scroll": self.value()}]
        if roll < 0.5:
            return [self.value()]
        said = {"values": self.values(), "name": self.value(), "key": self.value(), "at": self.value()}
        said |= {"answer": self.values(), "status": self.value(), "loaded": self.value(), "total": self.value()}
        said |= {"endpoint": self.value(), "keys": self.values(), "zone": self.value(), "asked": self.value()}
        said |= {"push": self.values(), "visible": True, "permission": self.value(), "subscribed": True}
        return [said if self.chance.random() < 0.9 else [said]]


async def attack(product: Product, attacker: Person, path: str, chance: random.Random) -> list[Any]:
    """Says all sorts of things to all that the page listens to; returns what was said."""
    page, said = await asyncio.to_thread(open_page, attacker, path), []
    async with socket_of(product, {"Origin": product.url, "Cookie": cookie(attacker)}, page.id) as socket:
        socket.on("update", page.hear)
        for _ in range(TIMES):
            for listener in page.listeners:
                args = Hostile(chance, page).args(listener)
                said.append((path, listener.event, args))
                await socket.emit("event", page.message(listener, *args))
            await answered(socket)
        await socket.disconnect()
    return said


async def answered(socket: socketio.AsyncClient) -> None:
    """Waits until the server has heard all before."""
    assert await socket.call("alive", timeout=PATIENCE)


@pytest.mark.parametrize("seed", [1])
@pytest.mark.parametrize(
    ("name", "path"), [*(("eve", path) for path in PAGES), ("anna", "/settings/household"), ("anna", "/models")]
)  # fmt: skip
def test_no_page_answers_with_a_fault_or_acts_on_anothers_rows(
    product: Product, people: tuple[Person, Person], name: str, path: str, seed: int
) -> None:
    """Eve attacks, and Anna, who owns the installation."""
    attacker, other = people if name == "anna" else reversed(people)
    furnished(other, "secret")
    ids, before = furnished(attacker, "mine"), held(other)
    said = asyncio.run(attack(product, attacker, path.format(**ids), random.Random(seed)))
    assert len(said) > 20
    log = product.log()
    assert "Traceback" not in log, log[log.index("Traceback") :][:6000]
    assert held(other) == before
