"""A proposal as it comes from a model, which other rooms know how to ask."""

from collections.abc import AsyncGenerator, Callable
from contextlib import aclosing
from dataclasses import dataclass
from datetime import datetime

from assistant.errors import Invalid
from assistant.notes.proposals import differences, wording
from assistant.notes.proposals.kinds import KINDS, LANGUAGE, Kind
from assistant.notes.proposals.passage import Passage
from assistant.notes.proposals.taking import Keep
from assistant.storage.text import one_line

CUT = "The model came to its limit here: the end may be missing."
LEADS = "It leads to an address that was not in your text: {}"


@dataclass(frozen=True, slots=True)
class Wish:
    """What a model is asked: the ``task``, and the ``text`` that it is about.

    The answer may be ``grows`` times as long. Of a text that is too long the last part will do where only its
    ``tail`` matters.
    """

    task: str
    text: str
    grows: float
    tail: bool = False


@dataclass(frozen=True, slots=True)
class Said:
    """What came next: text, or only ``thinking``; ``cut`` where the room for the answer was at its end."""

    text: str = ""
    thinking: bool = False
    cut: bool = False
    model: str = ""


@dataclass(frozen=True)
class Proposals:
    """The way to a model, and where it is kept what was taken.

    ``write`` asks the person's own model; it raises Invalid for a text that is too long, ModelUnavailable where
    there is none. ``keep`` remembers what was taken and returns its number, by which ``undo`` takes it back, each a
    unit of work.
    """

    write: Callable[[int, Wish], AsyncGenerator[Said, None]]
    keep: Keep
    undo: Callable[[int, int, datetime], None]


class Proposal:
    """What is proposed for a passage, as far as it has come."""

    def __init__(self, kind: Kind, passage: Passage, language: str = "") -> None:
        """Nothing has come yet."""
        self.kind, self.passage, self.language = kind, passage, language
        self.model, self.answer, self.thinking, self.cut = "", "", False, False

    async def grow(self, user: int, proposals: Proposals) -> AsyncGenerator[None, None]:
        """Yields whenever something came; raises what ``write`` raises."""
        async with aclosing(proposals.write(user, self._wish)) as saying:
            async for said in saying:
                self.answer += said.text
                self.model, self.thinking, self.cut = said.model or self.model, said.thinking, said.cut
                yield

    @property
    def words(self) -> str:
        """What would stand in place of the passage."""
        return wording.fitted(self.kind, self.passage, self.answer)

    @property
    def added(self) -> str:
        """What would come after the passage; of what stands in its place all of it."""
        return self.words.removeprefix(self.passage.words) if self.kind.follows else self.words

    @property
    def told(self) -> list[str]:
        """What one should know before one takes it."""
        new = wording.new_addresses(self.passage.text, self.words)
        return [*([CUT] if self.cut else []), *([LEADS.format(", ".join(new))] if new else [])]

    def pieces(self, *, done: bool) -> list[differences.Piece]:
        """What differs, as far as it has come."""
        compare = differences.in_words if done else differences.so_far
        return compare(self.passage.words, self.words)

    @property
    def _wish(self) -> Wish:
        known = self.passage.text[: self.passage.end] if self.kind.name == "continue" else self.passage.words
        return Wish(self.kind.told(self.language), known, self.kind.grows, tail=self.kind.name == "continue")


def valid(name: str, passage: Passage, language: str) -> Proposal:
    """The proposal that is asked for; raises Invalid with the field for what cannot be."""
    kind = KINDS.get(name)
    if kind is None:
        raise Invalid("This cannot be asked for.", field="kind")
    language = one_line(language).strip()
    if kind.name == "translate" and not language:
        raise Invalid("Say into which language.", field="language")
    if len(language) > LANGUAGE:
        raise Invalid(f"A language has at most {LANGUAGE} characters.", field="language")
    if not passage.words.strip():
        raise Invalid("There is nothing written here yet.", field="begin")
    return Proposal(kind, passage.until(kind), language)
