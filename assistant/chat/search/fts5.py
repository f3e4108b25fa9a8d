"""The index of messages in SQLite: a table of FTS5, which triggers keep."""

from collections.abc import Iterable

from assistant.chat.models import Message
from assistant.storage.tokens import cut

# The newest matches are what one looks for; taking them before anything is ranked or cut into
# snippets keeps a common word as cheap as a rare one.
QUERY = """
SELECT m.id, m.conversation_id, c.title, m.role, m.created, m.text
FROM message_search JOIN message m ON m.id = message_search.rowid
JOIN conversation c ON c.id = m.conversation_id
WHERE message_search MATCH ? AND m.user = ? AND c.deleted IS NULL AND m.deleted IS NULL{}
ORDER BY message_search.rowid DESC LIMIT ?
"""
RENEWAL = (
    "DELETE FROM message_search",
    """INSERT INTO message_search (rowid, owner, text)
    SELECT id, 'u' || user, index_words(text) FROM message WHERE state <> 'writing' ORDER BY id""",
)
HAS = " AND instr(message_search.text, ?) > 0"


def expression(user: int, words: Iterable[tuple[str, bool]]) -> str:
    """What FTS5 is asked for: folded words, each with whether it may go on."""
    wanted = " AND ".join(_phrase(word, goes_on=goes_on) for word, goes_on in words)
    return f"owner:u{user}" + (f" AND text:({wanted})" if wanted else "")


def catch_up() -> None:
    """Nothing: triggers did it."""


def renew() -> None:
    """Makes the whole index of the messages that are finished."""
    for statement in RENEWAL:
        Message._meta.database.execute_sql(statement)  # noqa: SLF001 - Peewee's own way to the database


def _phrase(word: str, *, goes_on: bool) -> str:
    quoted = cut(word).replace('"', " ")
    return f'"{quoted}"*' if goes_on else f'"{quoted}"'
