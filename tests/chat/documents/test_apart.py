"""A file is read in a process of its own: what it does to that, it does to nothing else."""

import asyncio
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path

import pytest

from assistant.chat.documents import apart, child
from assistant.chat.documents.apart import Contents
from assistant.chat.documents.formats.packed import BOMB, ENTITIES
from assistant.chat.documents.readings import Readings
from assistant.errors import Conflict, Invalid
from assistant.storage.database import Database
from tests.chat.documents.files import LAUGHS, docx, lying_zip, odt, paragraph, pdf, swelling_pdf, zipped

NOW = datetime(2026, 3, 1, 12, tzinfo=UTC)
WORD = "word/document.xml"
HOSTILE: dict[str, tuple[Callable[[], bytes], set[str]]] = {
    "bomb.docx": (lambda: docx(" " * 68_000_000), {BOMB}),
    "lying.docx": (
        lambda: lying_zip("[Content_Types].xml", b"wordprocessingml.document.main" + b" " * 2_000_000, 900),
        {"This file is damaged: it cannot be unpacked."},
    ),
    "laughs.odt": (
        lambda: zipped({"mimetype": "application/vnd.oasis.opendocument.text", "content.xml": LAUGHS}), {ENTITIES},
    ),
    "laughs.docx": (
        lambda: zipped({"[Content_Types].xml": "wordprocessingml.document.main", WORD: LAUGHS}), {ENTITIES},
    ),
    "deep.odt": (lambda: odt("<text:section>" * 100_000 + "</text:section>" * 100_000), {child.TOO_DEEP, apart.ENDED}),
    "deep.html": (lambda: b"<html>" + b"<div>" * 10_000, {child.TOO_DEEP, apart.ENDED}),
    "objects.pdf": (lambda: pdf(["x"], count=1_000_000), {"This PDF is damaged", "This has 1,000,000 pages"}),
    "swelling.pdf": (lambda: swelling_pdf(900), {apart.ENDED, child.TOO_LARGE}),
}  # fmt: skip


def run(data: bytes, name: str) -> Contents:
    return asyncio.run(apart.read(data, name, lambda at, of: None))


def test_what_is_in_a_file_is_told_with_how_far_it_is() -> None:
    told: list[tuple[int, int]] = []
    found = asyncio.run(apart.read(pdf(["One.", "Two."]), "x.pdf", lambda at, of: told.append((at, of))))
    assert found == Contents("pdf", ["One.", "Two."])
    assert told == [(1, 2), (2, 2)]
    (picture,) = asyncio.run(apart.pictures(pdf(["", ""]), 1, 8))
    assert picture.startswith(b"\xff\xd8\xff")


@pytest.mark.parametrize("name", HOSTILE)
def test_a_hostile_file_ends_only_its_own_process(name: str) -> None:
    make, sentences = HOSTILE[name]
    with pytest.raises(Invalid) as refused:
        run(make(), name)
    assert any(refused.value.sentence.startswith(one) for one in sentences), refused.value.sentence
    assert refused.value.field == "file"


def test_it_has_little_time(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(apart, "SECONDS", 0.01)
    with pytest.raises(Invalid, match="longer than 20 seconds"):
        run(docx(paragraph("x")), "x.docx")


def test_it_is_confined_and_knows_no_secrets(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("ASSISTANT_OLLAMA_KEY", "secret")
    monkeypatch.setattr(apart, "MODULE", "tests.chat.documents.telling")

    async def told() -> dict[str, object]:
        async for one in apart.said(b"", "x"):
            return one
        return {}

    found = asyncio.run(told())
    assert found["limits"] == [child.MEMORY, child.SECONDS, 0]
    assert found["secret"] is None


def test_reading_is_shown_and_cancelled(database: Database, tmp_path: Path) -> None:
    async def scene() -> None:
        readings = Readings(database, database.events, lambda: NOW)
        heard = asyncio.Event()
        database.events.subscribe(1, lambda change: heard.set() if change.topic == "files" else None)
        task = asyncio.create_task(readings.store(1, "folder/long.pdf", pdf(["x"] * 400)))
        await asyncio.wait_for(heard.wait(), 20)
        assert [one.name for one in readings.of(1)] == ["long.pdf"]
        assert readings.of(2) == []
        readings.cancel(2, "long.pdf")
        readings.cancel(1, "long.pdf")
        with pytest.raises(Conflict, match="cancelled"):
            await task
        assert readings.of(1) == []

    asyncio.run(scene())
