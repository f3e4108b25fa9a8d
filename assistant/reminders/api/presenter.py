"""Reminders as they are shown: with their repetition in words and with what they lead to."""

from collections.abc import Iterable

from assistant.reminders import queries, reminders
from assistant.reminders.api.shapes import Led, Row
from assistant.reminders.links import Find, found
from assistant.reminders.recurrence import wording
from assistant.storage.database import Database


class Presenter:
    """Rows for the pages; each method but ``row`` reads the database on the calling thread."""

    def __init__(self, database: Database, find: Find) -> None:
        """``find`` is the way to notes and messages."""
        self._database, self.find = database, find

    async def row(self, user: int, reminder: int) -> Row:
        """The user's reminder; NotFound when it is someone else's."""
        return (await self._database.read(self._one, user, reminder))[0]

    def rows(self, user: int, listed: Iterable[queries.Listed]) -> list[Row]:
        """The rows of a list of the user's."""
        return [self._row(user, one) for one in listed]

    def _one(self, user: int, reminder: int) -> list[Row]:
        return self.rows(user, queries.listed([reminders.get(user, reminder)]))

    def _row(self, user: int, listed: queries.Listed) -> Row:
        row = Row.model_validate(listed)
        row.words = wording.in_words(listed.rule) if listed.rule else ""
        link = found(self.find, user, listed.link_kind, listed.link_id)
        row.link = Led.model_validate(link) if link else None
        return row
