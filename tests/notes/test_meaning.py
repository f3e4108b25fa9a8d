"""What notes mean: kept by the model's version, found when words are not there, and words alone where nothing helps."""

import asyncio
import random
from collections.abc import Awaitable, Callable, Sequence
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any, cast

import pytest

from assistant.chat.search import meaning as message_meaning
from assistant.notes import notebook
from assistant.notes.models import NotePassage, PassageVector, VectorSet
from assistant.notes.passages import finding, keeping, meaning
from assistant.ollama.door import Ollama
from assistant.retrieval import vectors
from assistant.retrieval.meaning import embedder
from assistant.retrieval.meaning.embedder import Embedder
from assistant.retrieval.meaning.looking import Asked
from assistant.retrieval.meaning.making import CLAIMED, Model
from assistant.retrieval.meaning.rows import Part
from assistant.retrieval.prefixes import order, prefixes
from assistant.search.pages.results import MEANING, Group
from assistant.search.pages.results import near as near_rows
from assistant.storage.database import Database
from assistant.users.preferences import Preferences
from assistant.web.deeds import of_passages
from assistant.web.deeds.knowledge import Knowledge
from assistant.web.finders import by_meaning
from tests.databases import opened
from tests.ollama_server import OllamaServer

ME, OUTSIDER = 1, 2
NOW = datetime(2026, 11, 30, 12, tzinfo=UTC)
SMALL, OTHER = Model("embed:small", "digest-1"), Model("embed:other", "digest-2")


def write(text: str, user: int = ME) -> int:
    return int(notebook.create(user, NOW, text=text).id)


class House:
    """What embeds notes and messages, where nothing runs by itself."""

    def __init__(self, database: Database, embed: embedder.Embed, models: Sequence[Model]) -> None:
        stocks = meaning.meanings(), message_meaning.meanings()
        self.answering = list[bool]()
        made = Embedder(
            database, embed, stocks, topics=("passages", "conversations"), models=lambda: list(models),
            busy=lambda: bool(self.answering),
        )  # fmt: skip
        self.database, self.knowledge = database, Knowledge(made, *stocks)

    async def embed(self, monkeypatch: pytest.MonkeyPatch) -> None:
        """All that is due, at once."""
        monkeypatch.setattr(embedder.Embedder, "rest", 0.0)
        while await self.database.run(keeping.catch_up, 20):
            pass
        made = self.knowledge.embedder
        made.begin()
        assert made._task is not None
        await made._task

    async def near(self, question: str, user: int = ME) -> list[int]:
        """The passages of notes that are nearest."""
        asked = await self.knowledge.embedder.asked(question)
        assert asked is not None
        found = await self.database.read(self.knowledge.notes.looking.nearest, user, asked)
        return [one.item for one in found]

    async def count(self) -> int:
        """The vectors of notes."""
        return int(await self.database.read(lambda: PassageVector.select().count()))


def play(
    tmp_path: Path, server: OllamaServer, scenario: Callable[[House, Database], Awaitable[None]], *models: Model
) -> None:  # fmt: skip
    for model in models or (SMALL,):
        server.models[model.name] = {"size": 1, "context": 512, "capabilities": ["embedding"]}

    async def run() -> None:
        database, ollama = opened(tmp_path), Ollama(server.host)
        house = House(database, ollama.embed, models or (SMALL,))
        try:
            await scenario(house, database)
        finally:
            await house.knowledge.embedder.close()
            await ollama.close()
            database.close()

    asyncio.run(run())


def texts(server: OllamaServer) -> list[list[str]]:
    """What the model was asked for, request by request, but for the probes."""
    asked = [body["input"] for path, body, _ in server.requests if path == "/api/embed"]
    return [some for some in asked if not any("Mona Lisa" in one for one in some)]


def test_what_means_it_is_found_without_its_words(
    tmp_path: Path, ollama: OllamaServer, monkeypatch: pytest.MonkeyPatch
) -> None:
    async def scenario(house: House, database: Database) -> None:
        meant = {"cat": [1.0, 0.1, 0.0], "kitten": [0.9, 0.2, 0.1], "engine": [0.0, 0.1, 1.0]}
        ollama.embeds = lambda text: next((one for word, one in meant.items() if word in text), [0.1, 1.0, 0.1])
        cat, engine = [await database.run(write, text) for text in ("The cat sleeps.", "An engine runs.")]
        stranger = await database.run(write, "The cat of somebody else.", OUTSIDER)
        assert await house.knowledge.embedder.asked("kitten?") is None  # nothing is embedded yet
        await house.embed(monkeypatch)
        near = await house.near("kitten?")
        found = await database.read(lambda: finding.find(ME, "kitten?", 5, near=near))
        assert [one.note for one in found] == [cat, engine]
        hits = await by_meaning(database, house.knowledge)(ME, "kitten?", 5)
        assert [hit.title for hit in hits] == ["The cat sleeps."]
        assert len(near_rows(hits, [], Preferences(), NOW)) == 2
        above = Group(MEANING, [replace(hit, address=hit.address.partition("?")[0]) for hit in hits])
        assert near_rows(hits, [above], Preferences(), NOW) == {}  # what has the words is not said again
        near = await house.near("kitten?", OUTSIDER)
        found = await database.read(lambda: finding.find(OUTSIDER, "kitten?", 5, near=near))
        assert [one.note for one in found] == [stranger]

    play(tmp_path, ollama, scenario)


def test_what_the_model_refuses_is_halved_and_found_by_words(
    tmp_path: Path, ollama: OllamaServer, monkeypatch: pytest.MonkeyPatch
) -> None:
    async def scenario(house: House, database: Database) -> None:
        for number in range(5):
            await database.run(write, f"note {number}" + (" too long for me" if number == 3 else ""))
        await house.embed(monkeypatch)
        rows = await database.read(lambda: list(PassageVector.select(PassageVector, NotePassage).join(NotePassage)))
        assert [row.item.text for row in rows if not row.bits] == ["note 3 too long for me"]
        assert len(rows) == 5
        asked = len(texts(ollama))
        await house.embed(monkeypatch)
        assert len(texts(ollama)) == asked
        assert len(await database.read(lambda: finding.find(ME, "long", 5))) == 1
        await database.run(notebook.save, ME, 1, "note anew", 1, now=NOW)
        await house.embed(monkeypatch)  # only what has changed
        (last,) = texts(ollama)[asked:]
        assert len(last) == 1

    play(tmp_path, ollama, scenario)


def test_a_new_model_grows_beside_the_old_one(
    tmp_path: Path, ollama: OllamaServer, monkeypatch: pytest.MonkeyPatch
) -> None:
    async def scenario(house: House, database: Database) -> None:
        notes = house.knowledge.notes

        async def served() -> str:
            found = await database.read(notes.looking.serving, [OTHER.digest, SMALL.digest])
            return str(found.digest) if found else ""

        async def claimed() -> list[Part]:
            while (some := await database.run(notes.making.claim, OTHER, 5, "other", NOW)) == []:
                pass
            return some or []

        await database.run(write, "tea")
        await house.embed(monkeypatch)
        (old,) = await database.read(lambda: list(VectorSet.select()))
        assert old.whole
        (part,) = await claimed()
        await database.run(write, "bread")
        await database.run(keeping.catch_up, 5)
        await database.run(notes.making.keep, OTHER, "other", [(part, [1.0, 2.0])])
        await database.run(notes.making.complete, OTHER)
        assert await served() == SMALL.digest  # the other is not whole
        (missing,) = await claimed()
        await database.run(notes.making.keep, OTHER, "other", [(missing, [2.0, 1.0])])
        await database.run(notes.making.complete, OTHER)
        assert await served() == OTHER.digest
        assert await database.read(lambda: VectorSet.select().count()) == 1
        assert await house.count() == 2
        await database.run(lambda: NotePassage.delete().execute())
        assert await house.count() == 0

    play(tmp_path, ollama, scenario)


def test_an_answer_goes_before(tmp_path: Path, ollama: OllamaServer, monkeypatch: pytest.MonkeyPatch) -> None:
    async def scenario(house: House, database: Database) -> None:
        await database.run(write, "tea")
        asked = list[int]()

        async def slow(_model: str, texts: Sequence[str], _within: float) -> list[list[float]]:
            asked.append(len(texts))
            if len(asked) == 1:
                house.answering.append(True)
                try:
                    await asyncio.Event().wait()
                finally:
                    house.answering.clear()
            return [[1.0, 0.0] for _ in texts]

        house.knowledge.embedder._embed = slow
        await house.embed(monkeypatch)
        assert asked[:2] == [1, 1]  # it was let go of, and asked again
        assert await house.count() == 1

    play(tmp_path, ollama, scenario)


def test_several_instances_make_each_vector_once(database: Database) -> None:
    stocks = meaning.meanings(), meaning.meanings()

    def made(parts: list[Part]) -> list[tuple[Part, Sequence[float] | None]]:
        return [(part, [1.0, float(part.item)]) for part in parts]

    for number in range(40):
        database.run_here(write, f"note {number}")
    while database.run_here(keeping.catch_up, 50):
        pass
    claimed = list[Part]()
    for turn in range(20):
        making, token = stocks[turn % 2].making, f"instance {turn % 2}"
        some = database.run_here(making.claim, SMALL, 7, token, NOW)
        claimed += some or []
        if turn == 3:
            database.run_here(stocks[1].making.release, "instance 1")  # it stops in the middle
            claimed = [part for part in claimed if part not in (some or [])]
        elif turn % 2:
            database.run_here(making.keep, SMALL, token, made(some or []))
    late = NOW + CLAIMED + timedelta(seconds=1)  # the other was killed, and its pieces are made by this one
    while some := database.run_here(stocks[1].making.claim, SMALL, 7, "instance 1", late):
        database.run_here(stocks[1].making.keep, SMALL, "instance 1", made(some))
    assert len(claimed) == len({part.item for part in claimed})
    rows = [row.item_id for row in PassageVector.select()]
    assert len(rows) == len(set(rows)) == 40
    assert not database.run_here(stocks[0].making.waits, SMALL, late)


def test_only_what_has_changed_is_looked_at_again(database: Database) -> None:
    stock, made = meaning.meanings(), [0]

    def embed() -> list[int]:
        found = list[int]()
        while (some := database.run_here(stock.making.claim, SMALL, 16, "me", NOW)) is not None:
            found += [part.item for part in some]
            database.run_here(stock.making.keep, SMALL, "me", [(part, [1.0, 2.0]) for part in some])
            made[0] += 1
        return found

    notes = [database.run_here(write, f"note {number}") for number in range(30)]
    while database.run_here(keeping.catch_up, 50):
        pass
    first = embed()
    assert len(first) == 30
    assert first == sorted(first, reverse=True)  # the latest first
    database.run_here(notebook.save, ME, notes[3], "another text", 1, now=NOW)
    database.run_here(keeping.catch_up, 5)
    assert len(embed()) == 1
    assert made[0] <= 5


def test_what_is_nearer_than_by_chance_is_measured_by_the_own_stock(database: Database) -> None:
    chance, stock = random.Random(3), meaning.meanings()
    for number in range(60):
        database.run_here(write, f"note {number}")
    while database.run_here(keeping.catch_up, 50):
        pass
    probes = [[chance.gauss(0, 1) for _ in range(64)] for _ in range(16)]
    kept = dict[int, list[float]]()
    while (some := database.run_here(stock.making.claim, SMALL, 100, "me", NOW)) is not None:
        kept |= {part.item: [chance.gauss(0, 1) for _ in range(64)] for part in some}
        database.run_here(stock.making.keep, SMALL, "me", [(part, kept[part.item]) for part in some])
    asked = Asked({SMALL.digest: [number + chance.gauss(0, 0.3) for number in kept[min(kept)]]})
    assert stock.looking.noise(ME, asked) == 0.0  # nobody knows
    assert database.run_here(stock.making.wants_probes, SMALL)
    database.run_here(stock.making.keep_probes, SMALL, probes)
    noise = stock.looking.noise(ME, asked)
    assert 0.2 < noise < 0.6
    assert stock.looking.nearest(ME, asked)[0].like > noise
    strange = [Asked({SMALL.digest: probe}) for probe in probes]
    farthest = min(strange, key=lambda one: stock.looking.nearest(ME, one)[0].like)
    find = of_passages.stock(Knowledge(cast("Any", None), stock, stock)).find
    assert find(ME, "What is that like?", None, 5, asked) != []
    assert find(ME, "What is that like?", None, 5, farthest) == []
    assert find(ME, "note 3", None, 5, farthest) != []  # its words are there
    assert find(ME, "What is that like?", [1, 2], 5, farthest) != []  # these notes were named


def test_signs_without_the_mean_keep_what_is_near() -> None:
    chance = random.Random(7)
    middle = [chance.gauss(0, 3) for _ in range(128)]
    stock = [[m + chance.gauss(0, 1) for m in middle] for _ in range(2000)]
    mean = vectors.mean(map(vectors.unit, stock))
    kept = [vectors.packed(one, mean) for one in stock]
    bits = [int.from_bytes(one.bits, "big") for one in kept]
    found = 0
    for at in range(0, 2000, 100):
        asked = vectors.unit([number + chance.gauss(0, 0.5) for number in stock[at]])
        chosen = vectors.candidates(int.from_bytes(vectors.signs(asked, mean), "big"), bits)
        found += max(chosen, key=lambda one: vectors.likeness(asked)(kept[one].body, kept[one].scale)) == at
    assert found == 20
    with pytest.raises(ValueError, match="direction"):
        vectors.packed([0.0, 0.0], [])


def test_models_have_their_prefixes_and_their_order() -> None:
    assert prefixes("embeddinggemma:300m").question == "task: search result | query: {}"
    assert prefixes("nomic-embed-text-v2-moe").passage == "search_document: {}"
    assert prefixes("hf.co/someone/multilingual-e5-small").question == "query: {}"
    assert prefixes("bge-m3:latest").passage.format("x") == prefixes("unknown").passage.format("x") == "x"
    names = ["all-minilm", "nomic-embed-text", "bge-m3", "qwen3-embedding:0.6b", "embeddinggemma"]
    assert sorted(names, key=order) == [
        "embeddinggemma", "qwen3-embedding:0.6b", "bge-m3", "nomic-embed-text", "all-minilm",
    ]  # fmt: skip
