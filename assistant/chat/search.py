"""Finds words in a user's messages with SQLite's full-text index."""

from dataclasses import dataclass
from datetime import datetime

from assistant.chat.models import Message
from assistant.storage.database import UTCField
from assistant.storage.highlight import snippet
from assistant.storage.text import fold
from assistant.storage.tokens import cut, ends_single, has_words, literal

WORDS_LIMIT = 12
INPUT_LIMIT = 1000  # characters; more is no search by hand

# The newest matches are what one looks for; taking them before anything is ranked or cut into
# snippets keeps a common word as cheap as a rare one.
QUERY = """
SELECT m.id, m.conversation_id, c.title, m.role, m.created, m.text
FROM message_search JOIN message m ON m.id = message_search.rowid
JOIN conversation c ON c.id = m.conversation_id
WHERE message_search MATCH ? AND m.user = ? AND c.deleted IS NULL AND m.deleted IS NULL{}
ORDER BY message_search.rowid DESC LIMIT ?
"""
HAS = " AND instr(message_search.text, ?) > 0"


@dataclass(frozen=True, slots=True)
class Hit:
    """A message that was found; ``snippet`` is safe HTML in which the hits stand in <mark>."""

    message: int
    conversation: int
    title: str
    role: str
    created: datetime
    snippet: str


def find(user: int, words: str, limit: int = 50) -> list[Hit]:
    """The newest messages of the user that contain all words (the last one as a beginning)."""
    typed = fold(words[:INPUT_LIMIT].replace("\x00", " ")).split()
    parts = [part for part in typed if has_words(part) or literal(part)][:WORDS_LIMIT]
    if not parts:
        return []
    signs = [cut(sign) for sign in map(literal, parts) if sign]
    wanted = [_phrase(part, last=part is parts[-1]) for part in parts if has_words(part)]
    match = f"owner:u{user}" + (f" AND text:({' AND '.join(wanted)})" if wanted else "")
    query = QUERY.format(HAS * len(signs))
    rows = Message._meta.database.execute_sql(query, (match, user, *signs, limit))  # noqa: SLF001
    return [_hit(*row, words=words) for row in rows]


def _phrase(part: str, *, last: bool) -> str:
    quoted = cut(part).replace('"', " ")
    goes_on = last and has_words(part[-1:]) and not ends_single(part)
    return f'"{quoted}"*' if goes_on else f'"{quoted}"'


def _hit(message: int, conversation: int, title: str, role: str, created: str, text: str, *, words: str) -> Hit:
    instant = UTCField().python_value(created)
    assert instant is not None  # noqa: S101 - the column is never empty
    return Hit(message, conversation, title, role, instant, str(snippet(text, words)))
