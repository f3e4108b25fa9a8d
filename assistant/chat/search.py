"""Finds words in a user's messages with SQLite's full-text index."""

import html
import re
from dataclasses import dataclass
from datetime import datetime

from assistant.chat.models import Message
from assistant.storage.database import UTCField
from assistant.storage.text import compose, fold

WORDS_LIMIT = 12
INPUT_LIMIT = 1000  # characters; more is no search by hand
HIT_START, HIT_END = "\x02", "\x03"

# The newest matches are what one looks for; taking them before anything is ranked or cut into
# snippets keeps a common word as cheap as a rare one.
QUERY = """
SELECT m.id, m.conversation_id, c.title, m.role, m.created,
       snippet(message_search, 1, ?, ?, '…', 24)
FROM message_search JOIN message m ON m.id = message_search.rowid
JOIN conversation c ON c.id = m.conversation_id
WHERE message_search MATCH ? AND m.user = ? AND c.deleted IS NULL AND m.deleted IS NULL
ORDER BY message_search.rowid DESC LIMIT ?
"""


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
    terms = re.findall(r"\w+", compose(words[:INPUT_LIMIT]))[:WORDS_LIMIT]
    if not terms:
        return []
    wanted = [_spelled(term, "") for term in terms[:-1]] + [_spelled(terms[-1], "*")]
    match = f"owner:u{user} AND text:({' AND '.join(wanted)})"
    rows = Message._meta.database.execute_sql(QUERY, (HIT_START, HIT_END, match, user, limit))  # noqa: SLF001
    return [_hit(*row) for row in rows]


def _spelled(term: str, end: str) -> str:
    """The term in each spelling that folds to the same: the index itself knows case and accents, and no more."""
    folded = fold(term)
    spellings = dict.fromkeys((term, folded, folded.replace("ss", "ß")))
    return "(" + " OR ".join(f'"{spelling}"{end}' for spelling in spellings) + ")"


def _hit(message: int, conversation: int, title: str, role: str, created: str, snippet: str) -> Hit:
    safe = html.escape(snippet).replace(HIT_START, "<mark>").replace(HIT_END, "</mark>")
    instant = UTCField().python_value(created)
    assert instant is not None  # noqa: S101 - the column is never empty
    return Hit(message, conversation, title, role, instant, safe)
