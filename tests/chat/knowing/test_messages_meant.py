"""What messages mean: found without their words, in the search and where a question names a conversation."""

from collections.abc import Sequence
from datetime import UTC, datetime

import pytest

from assistant.chat import conversations
from assistant.chat.knowing.looking import of_conversation
from assistant.chat.models import DONE, Conversation, Message
from assistant.chat.search import meaning
from assistant.chat.search.rows import MessageDue, MessageSet, MessageVector
from assistant.retrieval.meaning.looking import Asked
from assistant.retrieval.meaning.making import Model
from assistant.retrieval.meaning.stock import Meanings
from assistant.storage.database import Database
from assistant.web.deeds import of_passages

ME, OUTSIDER = 1, 2
NOW = datetime(2026, 11, 30, 12, tzinfo=UTC)
SMALL = Model("embed:small", "digest-1")
BOILER = "The boiler needs a pressure of two bar, says the plumber."
CAT = "Miso, our cat, hides when it thunders loudly."


def said(text: str, user: int = ME, home: int | None = None, *, state: str = DONE, role: str = "user") -> Message:
    if home is None:
        home = Conversation.create(user=user, title="Talk", created=NOW, updated=NOW).id
    return Message.create(conversation=home, user=user, role=role, text=text, state=state, created=NOW)


def vector(text: str) -> list[float]:
    return [float("cat" in text or "pet" in text), float("boiler" in text or "heating" in text), 0.2]


def embed(stock: Meanings) -> list[int]:
    """Makes all that is due; which messages that was, in order."""
    found = list[int]()
    while (some := stock.making.claim(SMALL, 8, "me", NOW)) is not None:
        found += dict.fromkeys(part.item for part in some)
        stock.making.keep(SMALL, "me", [(part, vector(part.text)) for part in some])
    stock.making.complete(SMALL)
    return found


def near(stock: Meanings, question: str, user: int = ME) -> list[int]:
    found = stock.looking.nearest(user, Asked({SMALL.digest: vector(question)}))
    return [one.message for one in meaning.meant(user, found)]


def test_messages_are_found_by_what_they_mean(database: Database) -> None:
    def work() -> None:
        stock = meaning.meanings()
        cat, boiler, short = said(CAT), said(BOILER), said("thanks")
        writing = said(f"{BOILER} And more", state="writing", role="assistant")
        said("The boiler of somebody else is loud.", OUTSIDER)
        first = embed(stock)
        assert first == sorted(first, reverse=True)
        assert {row.item_id for row in MessageVector.select()}.isdisjoint({short.id, writing.id})
        assert near(stock, "Which pet is afraid?")[0] == cat.id
        assert near(stock, "heating") == [boiler.id, cat.id]
        assert embed(stock) == []
        # An answer that was being written is due once it is done, and what has changed once more.
        Message.update(state=DONE).where(Message.id == writing.id).execute()
        Message.update(text=f"{CAT} Really.").where(Message.id == boiler.id).execute()
        assert embed(stock) == [writing.id, boiler.id]
        assert near(stock, "heating")[0] == writing.id
        conversations.delete(ME, writing.conversation_id, NOW)
        assert writing.id not in near(stock, "heating")
        conversations.restore(ME, writing.conversation_id)
        assert near(stock, "heating")[0] == writing.id
        Message.delete().where(Message.id == writing.id).execute()
        assert writing.id not in near(stock, "heating")
        assert near(stock, "heating", OUTSIDER) != []
        assert not MessageDue.select().exists()

    database.run_here(work)


def test_without_a_model_nothing_is_kept_of_messages(database: Database) -> None:
    def work() -> None:
        said(CAT)
        for table in (MessageSet, MessageVector, MessageDue):
            assert not table.select().exists()

    database.run_here(work)


def test_of_one_person_only_so_many_are_kept(database: Database, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(meaning, "MOST", 20)

    def work() -> None:
        stock, rows = meaning.meanings(), [said(f"{CAT} {number}") for number in range(30)]
        other = said(BOILER, OUTSIDER)
        embed(stock)
        kept = {row.item_id for row in MessageVector.select().where(MessageVector.user == ME)}
        assert len(kept) <= 20
        assert rows[-1].id in kept
        assert MessageVector.select().where(MessageVector.item == other).exists()
        for number in range(10):
            said(f"{CAT} again {number}")
        embed(stock)
        newer = {row.item_id for row in MessageVector.select().where(MessageVector.user == ME)}
        assert len(newer) <= 20
        assert min(newer) > min(kept)

    database.run_here(work)


def test_a_conversation_that_is_named_is_looked_through_by_meaning(database: Database) -> None:
    def work() -> None:
        home = said("We talk of many things here, one after the other.").conversation_id
        for number in range(30):
            said(f"Nothing to see at number {number}, just words and words. " * 8, home=home)
        cat = said(CAT, home=home)
        stock = meaning.meanings()
        embed(stock)
        known, asked = of_passages.stock(), Asked({SMALL.digest: vector("pet")})

        def within(some: Sequence[int], meant: Asked) -> list[tuple[int, int]]:
            return [(one.item, one.number) for one in stock.looking.among(meant, some)]

        object.__setattr__(known, "within", within)
        found = of_conversation(ME, home, "Which pet is afraid?", 2000, known, asked)
        assert found[0].of == cat.id
        assert found[0].address == f"/chat/{home}?m={cat.id}"
        assert of_conversation(OUTSIDER, home, "Which pet is afraid?", 2000, known, asked) == []

    database.run_here(work)
