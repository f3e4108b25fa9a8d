"""A question and its answer in a database, with the rooms that answers act in."""

from datetime import UTC, datetime, timedelta

from assistant.chat import messages
from assistant.chat.acting import journal
from assistant.chat.acting.words import offers
from assistant.chat.models import Act, Message
from assistant.notes import notebook
from assistant.reminders import queries
from assistant.storage.database import Database
from assistant.users import accounts, preferences
from assistant.web.deeds import acting_rooms

NOW = datetime(2026, 11, 30, 8, 0, tzinfo=UTC)  # a Monday, 09:00 in Berlin


class Table:
    """Anna at her conversation; what she says is stored as a question with an answer that is done."""

    def __init__(self, database: Database) -> None:
        self.database, self.rooms, self.now = database, acting_rooms(), NOW
        self.user = int(database.run_here(accounts.add, "anna", "hash", now=NOW).id)
        self.other = int(database.run_here(accounts.add, "bert", "hash", now=NOW).id)
        for user in (self.user, self.other):
            database.run_here(preferences.save, user, zone="Europe/Berlin")
        self.home: int | None = None

    def later(self, **more: float) -> None:
        self.now += timedelta(**more)

    def ask(self, text: str, answer: str = "Well.") -> Message:
        def unit() -> Message:
            pair = messages.ask(self.user, self.home, text, key=None, now=self.now, model="plain:1b")
            messages.finish(pair.answer.id, self.now, state="done", text=answer)
            return messages.get_own(self.user, pair.answer.id)

        row = self.database.run_here(unit)
        self.home = row.conversation_id
        return row

    def offered(self, text: str) -> list[Act]:
        """What is offered at once for what Anna says."""
        answer = self.ask(text)
        return self.database.run_here(offers.from_words, answer, text, self.rooms, self.now)

    def yes(self, act: Act, *, digest: str = "", user: int = 0, always: bool = False) -> Act:
        return self.database.run_here(
            journal.approve, user or self.user, act.id, digest or act.digest, self.rooms, self.now, always=always
        )

    def undo(self, act: Act) -> Act:
        return self.database.run_here(journal.undo, self.user, act.id, self.rooms, self.now)

    def rewrite(self, act: Act, text: str) -> Act:
        return self.database.run_here(journal.rewrite, self.user, act.id, text, self.rooms, self.now)

    def reminders(self) -> list[tuple[str, str, str]]:
        """Text, time on the wall and rule of what is set, also of what has no time."""
        rows = [
            row for view in ("coming", "someday")
            for row in self.database.run_here(
                queries.listing, self.user, view, zone="Europe/Berlin", now=self.now, limit=50
            ).rows
        ]  # fmt: skip
        return [(row.text, row.local.isoformat(" ", "minutes") if row.local else "", row.rule) for row in rows]

    def note(self, text: str, **more: object) -> int:
        return int(self.database.run_here(notebook.create, self.user, self.now, text=text, **more).id)  # type: ignore[arg-type]

    def text(self, note: int) -> str:
        return str(self.database.run_here(notebook.get, self.user, note).text)
