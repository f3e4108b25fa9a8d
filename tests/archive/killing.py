"""Imports that are killed; the suite kills a few, ``make bench`` thirty."""

import random
import time
from datetime import UTC, datetime, timedelta
from pathlib import Path

from assistant.archive import arriving
from assistant.chat import messages
from assistant.chat.models import Conversation, Message
from assistant.notes import notebook
from assistant.notes.models import Note
from assistant.notes.search import index
from assistant.reminders import reminders
from assistant.reminders.models import Reminder
from assistant.storage import arrivals
from assistant.storage.database import Database
from assistant.users import accounts
from assistant.web.moving import rooms
from tests.product import Product

TEXT = "Some words that somebody wrote one evening. " * 20


def fill(database: Database, name: str, count: int) -> int:
    """The new account of somebody who has so many messages and notes, and a tenth as many reminders."""
    now = datetime(2026, 3, 1, tzinfo=UTC)

    def some(user: int, start: int, end: int) -> None:
        home = None
        for number in range(start, end):
            if number % 2 == 0:
                pair = messages.ask(user, home, f"{number} {TEXT}", key=f"{number}", now=now, model="m")
                messages.finish(pair.answer.id, now, text=f"{number} {TEXT}", state="done")
                home = pair.answer.conversation_id if number % 100 else None
            notebook.create(user, now, text=f"# Note {number}\n\n{TEXT}", tags=["a/b"])
            if number % 10 == 0:
                local = datetime(2026, 4, 1) + timedelta(hours=number)  # noqa: DTZ001
                reminders.add(user, text=f"reminder {number}", local=local, zone="UTC", now=now)

    user = int(database.run_here(accounts.add, name, "hash", now=now).id)
    for start in range(0, count, 500):
        database.run_here(some, user, start, min(count, start + 500))
    return user


def held(user: int) -> tuple[int, int, int]:
    """How many messages, notes and reminders the person has, on their way or not."""
    mine = (Message.user == user, Note.user == user, Reminder.user == user)
    found = [int(where.lhs.model.select().where(where).count()) for where in mine]
    return found[0], found[1], found[2]


def seen(user: int) -> tuple[int, int, int]:
    """How many conversations, notes and reminders the person sees."""
    return (
        Conversation.select().where((Conversation.user == user) & Conversation.deleted.is_null()).count(),
        Note.select().where((Note.user == user) & Note.trashed.is_null()).count(),
        Reminder.select().where((Reminder.user == user) & Reminder.deleted.is_null()).count(),
    )


def kill_imports(
    database: Database, home: Product, archive: Path, of: int, *, rounds: int, longest: float
) -> list[str]:
    """Kills so many imports of a person's archive at any moment within so many seconds; what is wrong afterwards."""
    chance, wrong = random.Random(), list[str]()
    for number in range(rounds):
        name = f"killed{number}"
        user = int(database.run_here(accounts.add, name, "hash", now=datetime.now(UTC)).id)
        home.begin("import", name, str(archive))
        assert home.process
        while home.process.poll() is None and not arrivals.Arrival.select().exists():
            time.sleep(0.005)
        time.sleep(chance.uniform(0, longest))
        home.kill()
        arriving.settle(database.run_here, rooms(), home.data)
        found = held(user)
        if found not in {(0, 0, 0), held(of)} or (any(found) and seen(user) != seen(of)):
            wrong.append(f"{number}: {found}")
        if index.check(user) or arrivals.Arrival.select().exists():
            wrong.append(f"{number}: left over")
    return wrong
