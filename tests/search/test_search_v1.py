"""The search over the API: by words, and below them by meaning where that is wanted."""

from collections.abc import Sequence

import pytest

from assistant.notes import notebook
from assistant.notes.passages import keeping
from assistant.retrieval.meaning.embedder import Embedder
from assistant.retrieval.meaning.making import Model
from tests.programs import House


def vector(text: str) -> list[float]:
    return [float("cat" in text or "pet" in text), float("tea" in text), 0.2]


def test_what_means_it_stands_below_what_has_the_words(house: House, monkeypatch: pytest.MonkeyPatch) -> None:
    asked = list[int]()

    async def embed(_model: str, texts: Sequence[str], _within: float) -> list[list[float]]:
        asked.append(len(texts))
        return [vector(text) for text in texts]

    anna, knowledge = house.person("anna"), house.parts.knowledge
    small = Model("embed:small", "digest-1")
    monkeypatch.setattr(Embedder, "rest", 0.0)
    monkeypatch.setattr(knowledge.embedder, "_embed", embed)
    monkeypatch.setattr(knowledge.embedder, "_models", lambda: [small])
    cat = house.run(notebook.create, anna, house.now, text="Miso the cat sleeps.").id
    pet = house.run(notebook.create, anna, house.now, text="A pet shop.").id
    house.run(notebook.create, anna, house.now, text="Green tea.")
    house.run(keeping.catch_up, 10)

    async def embed_all() -> None:
        knowledge.embedder.begin()
        assert knowledge.embedder._task is not None
        await knowledge.embedder._task

    house.wait(embed_all())
    program, before = house.program("anna", "read"), len(asked)
    words = program.get("/search", params={"q": "pet"}).json()["items"]
    assert [(one["kind"], one["address"]) for one in words] == [("notes", f"/notes/{pet}")]
    assert len(asked) == before  # nobody waits for a model
    both = program.get("/search", params={"q": "pet", "meaning": "true"}).json()["items"]
    assert [one["kind"] for one in both] == ["notes", "meaning"]
    assert both[1]["address"].startswith(f"/notes/{cat}?passage=")
    assert both[1]["title_html"] == "Miso the cat sleeps."
    stranger = house.program("ben", "read").get("/search", params={"q": "pet", "meaning": "true"}).json()
    assert stranger["items"] == []
