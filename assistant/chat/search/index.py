"""Finds words in a user's messages with the full-text index of the database."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Protocol

from assistant.chat.models import Message
from assistant.chat.search import fts5, tsvectors
from assistant.storage.database import UTCField, fitting
from assistant.storage.highlight import snippet
from assistant.storage.text import fold
from assistant.storage.tokens import cut, ends_single, has_words, literal

WORDS_LIMIT = 12
INPUT_LIMIT = 1000  # characters; more is no search by hand


@dataclass(frozen=True, slots=True)
class Hit:
    """A message that was found; ``snippet`` is safe HTML in which the hits stand in <mark>."""

    message: int
    conversation: int
    title: str
    role: str
    created: datetime
    snippet: str


class _Words(Protocol):
    """The index, as either database keeps it."""

    QUERY: str
    HAS: str

    def expression(self, user: int, words: Iterable[tuple[str, bool]]) -> str: ...
    def catch_up(self) -> None: ...
    def renew(self) -> None: ...


def find(user: int, words: str, limit: int = 50) -> list[Hit]:
    """The newest messages of the user that contain all words (the last one as a beginning)."""
    typed = fold(words[:INPUT_LIMIT].replace("\x00", " ")).split()
    parts = [part for part in typed if has_words(part) or literal(part)][:WORDS_LIMIT]
    if not parts:
        return []
    catch_up()  # with what was written outside of a unit of work
    signs = [cut(sign) for sign in map(literal, parts) if sign]
    wanted = [(part, _goes_on(part) and part is parts[-1]) for part in parts if has_words(part)]
    query = _words().QUERY.format(_words().HAS * len(signs))
    match = _words().expression(user, wanted)
    rows = Message._meta.database.execute_sql(query, (match, user, *signs, limit))  # noqa: SLF001
    return [_hit(*row, words=words) for row in rows]


def catch_up() -> None:
    """Brings the index up to date with what was written, at the end of each unit of work."""
    _words().catch_up()


def rebuild() -> None:
    """Makes the index anew from the messages."""
    _words().renew()


def _goes_on(part: str) -> bool:
    return has_words(part[-1:]) and not ends_single(part)


def _hit(message: int, conversation: int, title: str, role: str, created: str, text: str, *, words: str) -> Hit:
    instant = UTCField().python_value(created)
    assert instant is not None  # noqa: S101 - the column is never empty
    return Hit(message, conversation, title, role, instant, str(snippet(text, words)))


def _words() -> _Words:
    return fitting(Message, sqlite=fts5, postgres=tsvectors)
