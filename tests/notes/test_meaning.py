"""What notes mean: kept by the model's version, found when words are not there, and words alone where nothing helps."""

import asyncio
import random
from collections.abc import Awaitable, Callable, Sequence
from datetime import UTC, datetime
from pathlib import Path

import pytest

from assistant.notes import notebook
from assistant.notes.models import NotePassage, PassageVector, VectorSet
from assistant.notes.passages import embedder, finding, keeping, meaning
from assistant.notes.passages.embedder import Embedder
from assistant.notes.passages.meaning import Model
from assistant.ollama.door import Ollama
from assistant.retrieval import vectors
from assistant.retrieval.prefixes import order, prefixes
from assistant.search.pages.results import MEANING, Group
from assistant.search.pages.results import near as near_rows
from assistant.storage.database import Database
from assistant.users.preferences import Preferences
from assistant.web.finders import by_meaning
from tests.databases import opened
from tests.ollama_server import OllamaServer

ME, OUTSIDER = 1, 2
NOW = datetime(2026, 11, 30, 12, tzinfo=UTC)
SMALL, OTHER = Model("embed:small", "digest-1"), Model("embed:other", "digest-2")


def write(text: str, user: int = ME) -> int:
    return int(notebook.create(user, NOW, text=text).id)


def play(
    tmp_path: Path, server: OllamaServer, scenario: Callable[[Embedder, Database], Awaitable[None]], *models: Model
) -> None:  # fmt: skip
    for model in models or (SMALL,):
        server.models[model.name] = {"size": 1, "context": 512, "capabilities": ["embedding"]}

    async def run() -> None:
        database, ollama = opened(tmp_path), Ollama(server.host)
        made = Embedder(database, ollama.embed, models=lambda: list(models or (SMALL,)), busy=lambda: False)
        try:
            await scenario(made, database)
        finally:
            await made.close()
            await ollama.close()
            database.close()

    asyncio.run(run())


async def served(database: Database) -> str:
    """Which model's vectors answer questions."""
    found = await database.read(meaning.serving, [OTHER.digest, SMALL.digest])
    return found.digest if found else ""


async def embedded(made: Embedder, database: Database, monkeypatch: pytest.MonkeyPatch) -> None:
    """All that is due, at once."""
    monkeypatch.setattr(embedder.Embedder, "rest", 0.0)
    while await database.run(keeping.catch_up, 20):
        pass
    made.begin()
    assert made._task is not None
    await made._task


def test_what_means_it_is_found_without_its_words(
    tmp_path: Path, ollama: OllamaServer, monkeypatch: pytest.MonkeyPatch
) -> None:
    async def scenario(made: Embedder, database: Database) -> None:
        meant = {"cat": [1.0, 0.1, 0.0], "kitten": [0.9, 0.2, 0.1], "engine": [0.0, 0.1, 1.0]}
        ollama.embeds = lambda text: next((one for word, one in meant.items() if word in text), [0.1, 1.0, 0.1])
        cat, engine = [await database.run(write, text) for text in ("The cat sleeps.", "An engine runs.")]
        stranger = await database.run(write, "The cat of somebody else.", OUTSIDER)
        assert await made.asked("kitten?") is None  # nothing is embedded yet
        await embedded(made, database, monkeypatch)
        asked = await made.asked("kitten?")
        assert asked is not None
        near = [one for one, _ in await database.read(meaning.nearest, ME, asked, made.held)]
        found = await database.read(lambda: finding.find(ME, "kitten?", 5, near=near))
        assert [one.note for one in found] == [cat, engine]
        hits = await by_meaning(database, made)(ME, "kitten?", 5)
        assert [hit.title for hit in hits] == ["The cat sleeps."]
        assert len(near_rows(hits, [], Preferences(), NOW)) == 2
        above = Group(MEANING, hits)
        assert near_rows(hits, [above], Preferences(), NOW) == {}  # what has the words is not said again
        near = [one for one, _ in await database.read(meaning.nearest, OUTSIDER, asked, made.held)]
        found = await database.read(lambda: finding.find(OUTSIDER, "kitten?", 5, near=near))
        assert [one.note for one in found] == [stranger]

    play(tmp_path, ollama, scenario)


def test_what_the_model_refuses_is_halved_and_found_by_words(
    tmp_path: Path, ollama: OllamaServer, monkeypatch: pytest.MonkeyPatch
) -> None:
    async def scenario(made: Embedder, database: Database) -> None:
        for number in range(5):
            await database.run(write, f"note {number}" + (" too long for me" if number == 3 else ""))
        await embedded(made, database, monkeypatch)
        rows = await database.read(lambda: list(PassageVector.select(PassageVector, NotePassage).join(NotePassage)))
        assert [row.passage.text for row in rows if not row.bits] == ["note 3 too long for me"]
        assert len(rows) == 5
        asked = len([path for path, _, _ in ollama.requests if path == "/api/embed"])
        await embedded(made, database, monkeypatch)
        assert len([path for path, _, _ in ollama.requests if path == "/api/embed"]) == asked
        assert len(await database.read(lambda: finding.find(ME, "long", 5))) == 1
        await database.run(notebook.save, ME, 1, "note anew", 1, now=NOW)
        await embedded(made, database, monkeypatch)  # only what has changed
        (last,) = [body for path, body, _ in ollama.requests if path == "/api/embed"][asked:]
        assert len(last["input"]) == 1

    play(tmp_path, ollama, scenario)


def test_a_new_model_grows_beside_the_old_one(
    tmp_path: Path, ollama: OllamaServer, monkeypatch: pytest.MonkeyPatch
) -> None:
    async def scenario(made: Embedder, database: Database) -> None:
        await database.run(write, "tea")
        await embedded(made, database, monkeypatch)
        ((passage, _),) = await database.read(meaning.due, OTHER, 5)
        (old,) = await database.read(lambda: list(VectorSet.select()))
        assert old.whole
        await database.run(write, "bread")
        await database.run(keeping.catch_up, 5)
        await database.run(meaning.keep, OTHER, [(passage, [1.0, 2.0])])
        assert (await served(database)) == SMALL.digest  # the other is not whole
        (missing,) = await database.read(meaning.due, OTHER, 5)
        await database.run(meaning.keep, OTHER, [(missing[0], [2.0, 1.0])])
        await database.run(meaning.complete, OTHER)
        assert (await served(database)) == OTHER.digest
        assert await database.read(lambda: VectorSet.select().count()) == 1
        assert await database.read(lambda: PassageVector.select().count()) == 2
        await database.run(lambda: NotePassage.delete().execute())
        assert await database.read(lambda: PassageVector.select().count()) == 0

    play(tmp_path, ollama, scenario)


def test_an_answer_goes_before(tmp_path: Path, ollama: OllamaServer, monkeypatch: pytest.MonkeyPatch) -> None:
    async def scenario(made: Embedder, database: Database) -> None:
        await database.run(write, "tea")
        answering, asked = list[bool](), list[int]()

        async def slow(model: str, texts: Sequence[str], within: float) -> list[list[float]]:
            asked.append(len(texts))
            if len(asked) == 1:
                answering.append(True)
                try:
                    await asyncio.Event().wait()
                finally:
                    answering.clear()
            return [[1.0, 0.0] for _ in texts]

        other = Embedder(database, slow, models=lambda: [SMALL], busy=lambda: bool(answering))
        monkeypatch.setattr(embedder.Embedder, "rest", 0.0)
        await database.run(keeping.catch_up, 5)
        other.begin()
        assert other._task is not None
        await other._task
        assert asked == [1, 1]  # it was let go of, and asked again
        assert await database.read(lambda: PassageVector.select().count()) == 1

    play(tmp_path, ollama, scenario)


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
        found += max(chosen, key=lambda one: vectors.likeness(asked, kept[one].body, kept[one].scale)) == at
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
