"""The index of messages in PostgreSQL: a table of vectors, which the units that write messages bring up to date."""

from collections.abc import Iterable
from typing import Any

from peewee import chunked

from assistant.chat.models import WRITING, Message
from assistant.storage.engines import tsvector
from assistant.storage.tokens import cut, index_words

AT_ONCE = 200  # messages that are read at a time
QUERY = """
SELECT m.id, m.conversation_id, c.title, m.role, m.created, m.text
FROM message_search s JOIN message m ON m.id = s.message_id
JOIN conversation c ON c.id = m.conversation_id
WHERE s.document @@ ?::tsquery AND m.user = ? AND c.deleted IS NULL AND m.deleted IS NULL{}
ORDER BY s.message_id DESC LIMIT ?
"""
HAS = " AND strpos(s.written, ?) > 0"
ANY = "SELECT 1 FROM message_unindexed LIMIT 1"
TAKE = "DELETE FROM message_unindexed RETURNING message_id"
INSERT = """
INSERT INTO message_search (message_id, document, written) VALUES (?, ?::tsvector, ?)
ON CONFLICT (message_id) DO UPDATE SET document = excluded.document, written = excluded.written
"""
DROP = "DELETE FROM message_search WHERE message_id = ?"


def expression(user: int, words: Iterable[tuple[str, bool]]) -> str:
    """What the vectors are asked for: folded words, each with whether it may go on."""
    return tsvector.query(user, [tsvector.phrase(cut(word), prefix=goes_on) for word, goes_on in words])


def catch_up() -> None:
    """Puts into the index what messages have become since the last time."""
    database = Message._meta.database  # noqa: SLF001 - Peewee's own way to the database
    if not database.execute_sql(ANY).fetchone():
        return
    with database.atomic():
        _index({row for (row,) in database.execute_sql(TAKE).fetchall()})


def renew() -> None:
    """Makes the whole index of the messages that are finished."""
    database: Any = Message._meta.database  # noqa: SLF001
    at = 0
    for table in ("message_unindexed", "message_search"):
        database.execute_sql(f"DELETE FROM {table}")  # noqa: S608 - names of ours
    with database.without_indexes("message_search"):
        while some := list(_finished(at)):
            cut = [(message, user, index_words(text)) for message, user, text in some]
            filled = [(message, tsvector.vector(user, [("D", words)]), words) for message, user, words in cut]
            database.fill("message_search", ("message_id", "document", "written"), filled)
            at = some[-1][0]


def _finished(at: int) -> Any:
    rows = Message.select(Message.id, Message.user, Message.text).where((Message.id > at) & (Message.state != WRITING))
    return rows.order_by(Message.id).limit(AT_ONCE).tuples()


def _index(messages: set[int]) -> None:
    database = Message._meta.database  # noqa: SLF001
    for some in chunked(sorted(messages), AT_ONCE):
        rows: Any = Message.select(Message.id, Message.user, Message.text, Message.state).where(Message.id.in_(some))
        for message, user, text, state in rows.tuples():
            if state == WRITING:
                database.execute_sql(DROP, (message,))
            else:
                words = index_words(text)
                database.execute_sql(INSERT, (message, tsvector.vector(user, [("D", words)]), words))
