"""The same words find the same notes and messages on both databases."""

import random
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from assistant.chat import messages
from assistant.chat.search import index as message_index
from assistant.notes import notebook, trash
from assistant.notes.search import index as note_index
from assistant.storage.database import Database
from tests.databases import EmptyPostgres, opened
from tests.person import MODELS

NOW = datetime(2026, 3, 2, 12, tzinfo=UTC)
ME, OTHER, NOTES, MESSAGES, QUERIES = 1, 2, 100, 50, 500
VOCABULARY = """
Wasser water waters watering Straße STRASSE Ölbronn olbronn naïve café cafe\u0301 façade ﬁle ﬁnal Ångström İstanbul
ΣΊΣΥΦΟΣ σίσυφος ёлка елка שָׁלוֹם שלום مُحَمَّد محمد हिन्दी ไทย 日本語 日本 本日 世界 机器学习 学习 한국어 한글 カタカナ かな ｶﾅ
c++ C++11 c# .NET node.js foo-bar foo_bar example.com/path a.b.c 3.14 1,000 #tag @home 50% R&D 😀 👨‍👩‍👧 ☀️ don't o'clock
re:invent semi;colon (paren) [link] "quoted" back\\slash under_score x² ½ № ™ ¿qué? «guillemets» — -
"""
WORDS = VOCABULARY.split()
TAGS = ["work", "work/Plans", "café", "Cafe", "日本", "c++"]


def text(chosen: random.Random, size: int) -> str:
    """Words, the first of them more often than the last."""
    picked = (WORDS[min(len(WORDS) - 1, int(chosen.expovariate(0.05)))] for _ in range(size))
    return "".join(word + chosen.choice([" ", " ", " ", "\n", ", ", ". ", "  ", "-", ""]) for word in picked)


def typed(chosen: random.Random) -> str:
    """What somebody may type: words, beginnings, phrases, exclusions, filters, and signs."""
    parts = []
    for _ in range(chosen.choice([1, 1, 2, 2, 3])):
        word = chosen.choice(WORDS)
        two = f"{chosen.choice(WORDS)} {chosen.choice(WORDS)}"
        kinds = [
            word, word, word[: chosen.randint(1, 4)], word.upper(), f'"{two}"', f'"{two}', f"-{word}", f'-"{two}"',
            f"tag:{chosen.choice(TAGS)}", f"-tag:{chosen.choice(TAGS)}", "is:pinned", "-is:archived",
            f"before:2026-0{chosen.randint(2, 4)}", chosen.choice('"*(){}^:-+%\\') + word, word + chosen.choice(WORDS),
        ]  # fmt: skip
        parts.append(chosen.choice(kinds))
    return " ".join(parts)


def fill(chosen: random.Random) -> None:
    """The same rows each time."""
    for number in range(NOTES):
        at, tags = NOW + timedelta(hours=9 * number), chosen.sample(TAGS, chosen.choice([0, 0, 1, 2]))
        note = notebook.create(
            chosen.choice([ME, ME, ME, OTHER]), at, text=text(chosen, chosen.randint(1, 60)), tags=tags,
            title=text(chosen, 3) if number % 3 else "", pinned=number % 7 == 0, archived=number % 11 == 0,
        )  # fmt: skip
        if number % 13 == 0:
            trash.trash(note.user, note.id, at)
    # What goes beyond the limits of a vector: places of one word, and places at all.
    long = "的目的地 " + "的 " * 300 + "目 的 " + " ".join(f"w{n}" for n in range(17_000)) + " far away"
    notebook.create(ME, NOW, text=long)
    for number in range(MESSAGES):
        written = text(chosen, chosen.randint(1, 40)) or "x"
        pair = messages.ask(chosen.choice([ME, OTHER]), None, written, key=str(number), now=NOW, model="m")
        messages.finish(pair.answer.id, NOW, state="done" if number % 5 else "writing", text=text(chosen, 20))


@pytest.fixture
def both(tmp_path: Path, empty_postgres: EmptyPostgres) -> Iterator[list[Database]]:
    first = opened(tmp_path)
    for second in empty_postgres.opened():
        for database in (first, second):
            with database.peewee.bind_ctx(MODELS):
                database.run_here(fill, random.Random(17))
        yield [first, second]
    first.close()


def test_the_same_words_find_the_same_on_both(both: list[Database]) -> None:
    chosen = random.Random(23)
    queries = [typed(chosen) for _ in range(QUERIES)]
    queries += ["far away", '"far away"', "w16999", "w169", '"目的"', "目的地", '"地目"', "的的"]
    found: list[list[object]] = []
    for database in both:
        with database.peewee.bind_ctx(MODELS):
            notes = [note_index.find(ME, words, zone=UTC) for words in queries]
            found.append([*notes, *(message_index.find(ME, words) for words in queries)])
            assert note_index.check() == []
    differing = [(words, *pair) for words, *pair in zip(2 * queries, *found, strict=True) if pair[0] != pair[1]]
    assert differing == []
    assert sum(bool(hits) for hits in found[0]) > QUERIES // 2
