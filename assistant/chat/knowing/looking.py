"""What is looked up for a question before the model is asked: passages of notes, and of conversations it names."""

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from assistant.chat import course, projects, tokens
from assistant.chat.knowing import sources
from assistant.chat.knowing.mentions import NAMED, TAGGED, Mentioned, mentioned
from assistant.chat.knowing.sources import Given
from assistant.chat.knowing.stock import Scope, Stock
from assistant.chat.messages import get_own
from assistant.chat.models import Conversation, Message, Source
from assistant.chat.search import meaning
from assistant.retrieval import ranking
from assistant.retrieval.questions import sought
from assistant.storage.database import Database

NOTES = "notes"  # what a conversation knows
WHOLE, SHARE = 0.25, 0.35  # of the context: a stock that is so small goes in whole; else passages take so much
PASSAGES, ALL = 8, 40  # that are given at most, looked up and whole
FEW = 3  # words of a question by which little can be looked up
CHOSEN = 50  # of a conversation, by each order
TURNS = 400  # messages of a conversation that are looked through


@dataclass(frozen=True, slots=True)
class Wanted:
    """What is to be looked up for an answer, and in what: ``within`` are the notes of a project that names tags."""

    question: str
    named: Mentioned
    notes: bool  # in all of them
    within: Scope = None
    place: str = "your notes"

    @property
    def scope(self) -> Scope:
        """The notes in which it is looked up."""
        return self.within if self.notes else self.named.notes


def wants(home: Conversation, question: str) -> bool:
    """Whether anything may be to be looked up; costs nothing."""
    return home.knows == NOTES or NAMED.search(question) is not None or TAGGED.search(question) is not None


class Looking:
    """Looks up, and keeps what was given."""

    def __init__(self, database: Database, stock: Stock) -> None:
        """In this stock."""
        self._database, self._stock = database, stock

    async def look(self, user: int, answer: int, size: int) -> list[Source]:
        """What the answer is given, whose model reads so many tokens at once; nothing where nothing is wanted.

        An answer that is gone on with is given what it was given.
        """
        known = await self._database.read(sources.of_answer, answer)
        if not any(row.kind != "document" for row in known):
            wanted = await self._database.read(self._wanted, user, answer)
            if wanted is not None:
                room = int(size * tokens.BYTES_PER_TOKEN)
                await self._database.run(self._stock.fresh, user)
                # A stock that goes in whole needs no meaning.
                small = await self._database.read(self._all_small, user, wanted, room)
                meant = None if small else await self._stock.mean(wanted.question)
                givens = await self._database.read(self._found, user, wanted, room, meant)
                await self._database.run(self._keep, user, answer, wanted, givens)
                known = await self._database.read(sources.of_answer, answer)
        return known

    def _wanted(self, user: int, answer: int) -> Wanted | None:
        row = get_own(user, answer)
        asked = [message.text for message in course.before(row) if message.role == "user"]
        question = asked[-1] if asked else ""
        named = mentioned(user, question, self._stock)
        notes = row.conversation.knows == NOTES and not named.any
        if not notes and not named.any:
            return None
        if len(sought(question)) < FEW and asked[:-1]:
            question = f"{question} {asked[-2]}"  # it goes on with what was asked before
        tags = projects.tags(row.conversation.project) if notes and row.conversation.project else []
        if not tags:
            return Wanted(question, named, notes)
        within = {note for tag in tags for note in self._stock.tagged(user, tag)}
        return Wanted(question, named, notes, sorted(within), f"your notes with {tagged(tags)}")

    def _all_small(self, user: int, wanted: Wanted, room: int) -> bool:
        most = int(room * WHOLE)
        return self._is_small(user, wanted, room) and all(
            sum(len(text.encode()) for _, text in _parts(user, home)) <= most for home in wanted.named.conversations
        )

    def _is_small(self, user: int, wanted: Wanted, room: int) -> bool:
        number, characters = self._stock.size(user, wanted.scope)
        return not number or 0 < characters <= room * WHOLE

    def _found(self, user: int, wanted: Wanted, room: int, meant: Any) -> list[Given]:
        found: list[Given] = []
        if wanted.notes or wanted.named.notes:
            if self._is_small(user, wanted, room):
                found += self._stock.whole(user, wanted.scope)[:ALL]
            else:
                found += self._stock.find(user, wanted.question, wanted.scope, PASSAGES, meant)
        for home in wanted.named.conversations:
            found += of_conversation(user, home, wanted.question, int(room * WHOLE), self._stock, meant)
        return _fitted(found, int(room * SHARE))

    def _keep(self, user: int, answer: int, wanted: Wanted, givens: list[Given]) -> None:
        row = get_own(user, answer)
        if givens:
            sources.add(row, givens)
        else:
            sources.add_nothing(row, wanted.place if wanted.notes else " and ".join(wanted.named.words))


def tagged(tags: Iterable[str]) -> str:
    """The tags as people read them: #house or #garden."""
    return " or ".join(f"#{tag}" for tag in tags)


def of_conversation(
    user: int, conversation: int, question: str, room: int, stock: Stock, meant: Any
) -> list[Given]:  # fmt: skip
    """Passages of the user's conversation: all of it in so many bytes of room, else those that fit the question.

    They fit by their words, and where somebody could say what is ``meant`` by that.
    """
    home = Conversation.get_or_none((Conversation.id == conversation) & (Conversation.user == user))
    if home is None:
        return []
    foreign = f"the imported conversation “{home.title}”" if home.key else ""
    cut = _parts(user, conversation)
    every = [
        Given(
            "message", row.id, home.title, "You" if row.role == "user" else row.model or "Assistant", text,
            f"/chat/{home.id}?m={row.id}", foreign,
        )
        for row, text in cut
    ]  # fmt: skip
    if sum(len(one.text.encode()) for one in every) <= room:
        return every[:ALL]
    ranks = ranking.best(question, [one.text for one in every], CHOSEN)
    order = ranking.both([(one.at, one.share) for one in ranks], _near(cut, stock, meant))
    return [every[at] for at in order[:PASSAGES]]


def _parts(user: int, conversation: int) -> list[tuple[Message, str]]:
    """The latest messages of the user's conversation, cut into parts, in order."""
    there = (Message.conversation == conversation) & Message.deleted.is_null() & (Message.text != "")
    rows = Message.select().where(there & (Message.user == user)).order_by(Message.id.desc()).limit(TURNS)
    return [(row, text) for row in reversed(list(rows)) for text in meaning.parts(row.text)]


def _near(cut: Sequence[tuple[Message, str]], stock: Stock, meant: Any) -> list[int]:
    """Which of the parts mean what is asked, by their places, the nearest first."""
    places, counted = dict[tuple[int, int], int](), Counter[int]()
    for at, (row, _) in enumerate(cut):
        places[row.id, counted[row.id]] = at
        counted[row.id] += 1
    return [places[one] for one in stock.within(list(counted), meant) if one in places][:CHOSEN]


def _fitted(givens: list[Given], room: int) -> list[Given]:
    """The first of them that fit into so many bytes."""
    kept: list[Given] = []
    for given in givens:
        room -= len(f"{given.title}{given.place}{given.text}".encode()) + 30
        if room < 0 and kept:
            break
        kept.append(given)
    return kept
