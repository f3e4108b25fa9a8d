"""What questions find in notes: by words, by meaning, by both; and how long it takes to look through many vectors."""

import random
import tempfile
import time
from collections.abc import Mapping, Sequence
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from playwright.sync_api import Browser

from assistant.notes.passages.meaning import meanings
from assistant.retrieval import vectors
from assistant.retrieval.meaning.looking import Asked
from assistant.retrieval.meaning.stock import Meanings
from assistant.web.deeds import of_passages
from assistant.web.deeds.knowledge import Knowledge
from tests.bench.measuring import tell
from tests.databases import opened
from tests.ollama_server import OllamaServer
from tests.retrieval import asking

ME, MANY, DIMENSION = 1, 100_000, 768


def measure(_ollama: OllamaServer, _browser: Browser) -> None:
    """Prints the figures."""
    questions()
    nearest()


def questions() -> None:
    """The share of our own questions whose note is among the first five."""
    cases, stock = asking.cases(), meanings()
    with tempfile.TemporaryDirectory() as folder:
        database = opened(Path(folder))
        try:
            model = asking.real_model()
        except ImportError:
            model = None
        ids = database.run_here(asking.write, ME, cases, datetime.now(UTC), model, stock)
        begun, count = time.process_time(), sum(len(one.questions) for one in cases)
        words = asking.recall(cases, ids, lambda question: asking.by_words(ME, question))
        took = (time.process_time() - begun) * 1000 / count
        tell(f"found by words, of {count} questions", words * 100, "%", "≥ 70")
        tell("processor for one of them", took, "ms")
        if model:
            meant = {question: asking.meant(model, question) for one in cases for question in one.questions}
            meaning = asking.recall(cases, ids, lambda question: asking.by_meaning(ME, meant[question], stock))
            both = asking.recall(cases, ids, lambda question: asking.by_both(ME, question, meant[question], stock))
            nothing(stock, meant, asking.unanswered(), model)
            tell("found by meaning", meaning * 100, "%")
            tell("found by both", both * 100, "%", f"≥ {max(words, meaning) * 100:.1f}")
        database.close()


def nothing(meanings: Meanings, meant: Mapping[str, Asked], strange: Sequence[str], model: Any) -> None:
    """Of how many questions it is said that nothing was found: of those that notes answer, and of the others."""
    nobody: Any = None
    find = of_passages.stock(Knowledge(nobody, meanings, meanings)).find

    def share(asked: Mapping[str, Asked]) -> float:
        return sum(not find(ME, question, None, 8, one) for question, one in asked.items()) / len(asked) * 100

    tell("nothing found, of those that notes answer", share(meant), "%", "≤ 2")
    tell(f"nothing found, of {len(strange)} others", share({one: asking.meant(model, one) for one in strange}), "%")


def nearest() -> None:
    """The processor that it takes to find the nearest of many."""
    chance = random.Random(1)
    stock = [chance.getrandbits(DIMENSION) for _ in range(MANY)]
    asked = vectors.unit([chance.gauss(0, 1) for _ in range(DIMENSION)])
    kept = vectors.packed(asked, ())
    bits, least = int.from_bytes(kept.bits, "big"), float("inf")
    for _ in range(9):
        begun = time.process_time()
        like = vectors.likeness(asked)
        for _at in vectors.candidates(bits, stock):
            like(kept.body, kept.scale)
        least = min(least, time.process_time() - begun)
    tell(f"nearest of {MANY:,} vectors, processor", least * 1000, "ms", "≤ 30")
