"""How much of the context a conversation takes: what the model is told and given to read counts, once."""

from datetime import UTC, datetime

from assistant.chat import tokens
from assistant.chat.acting import given
from assistant.chat.models import Document, Message

NOW = datetime(2026, 11, 30, 12, tzinfo=UTC)


def said(id: int, role: str, text: str, **counted: int) -> Message:  # noqa: A002 - the row's own word
    return Message(id=id, user=1, role=role, text=text, created=NOW, **counted)


def test_what_is_read_counts_until_the_model_has_counted_it() -> None:
    question, answer = said(1, "user", "x" * 300), said(2, "assistant", "y" * 30)
    alone = tokens.estimate(question.text) + tokens.estimate(answer.text)
    assert tokens.used([question, answer], 0, {}) == alone
    assert tokens.used([question, answer], 50, {1: 1000, 2: 200, 9: 7}) == alone + 50 + 1200
    counted = said(2, "assistant", "y" * 30, prompt_tokens=900, answer_tokens=10)
    assert tokens.used([question, counted], 50, {1: 1000, 2: 200}) == 910
    after = said(3, "user", "z" * 30)
    assert tokens.used([question, counted, after], 50, {1: 1000, 3: 400}) == 910 + 400 + tokens.estimate(after.text)


def test_whether_a_document_fits_depends_on_all_that_is_there() -> None:
    document, size = Document(id=1, text_size=3 * 3000, pages=1), 8192
    needed = given.tokens_of(document)

    def fits(told: int, *, tools: int = 0, knows: bool = False) -> bool:
        room = given.room(size, given.taken(told, size, tools=tools, knows=knows))
        return bool(given.fit_whole([document], room))

    assert needed > 3000
    assert fits(0)
    assert fits(2000)
    assert not fits(3200)
    assert not fits(2000, tools=1200)
    assert not fits(300, knows=True)
