"""What the palette costs the server at each key, among 100,000 rows of everything."""

import tempfile
from datetime import UTC, datetime
from functools import partial
from pathlib import Path
from time import process_time
from types import SimpleNamespace
from typing import Any

from playwright.sync_api import Browser

from assistant.chat.models import Conversation, Message
from assistant.config import Config
from assistant.reminders.models import Reminder
from assistant.search.pages.palette import FEW
from assistant.storage.database import Database
from assistant.users import accounts
from assistant.web import palette, parts
from assistant.web.deeds import acting_rooms
from assistant.web.finders import finders
from tests.bench import notes
from tests.bench.measuring import median, tell
from tests.bench.search import message, reminder
from tests.ollama_server import OllamaServer

CONVERSATIONS, MESSAGES, NOTES, REMINDERS = 15_000, 50_000, 30_000, 5_000
WORDS = ("", "w", "word7", "common word7", "zzzz", "call mum tomorrow at 9", "remind me tomorrow at 9 to call mum")


def measure(_ollama: OllamaServer, _browser: Browser) -> None:
    """Prints the figures."""
    with tempfile.TemporaryDirectory() as folder:
        database, now = parts.open_database(Config(data=Path(folder))), datetime.now(UTC)
        try:
            database.run_here(accounts.add, "anna", "hash", now=now)
            fill(database, now)
            for words in WORDS:
                took = median(partial(once, database, now, words), 5)
                what = f"palette of 100,000 rows: {words or 'nothing typed'}"
                tell(what, took, "ms", "≤ 50")
        finally:
            database.close()


def once(database: Database, now: datetime, words: str) -> float:
    """The milliseconds of processor that the words take: all kinds, and what is offered of them."""
    status: Any = SimpleNamespace(chat_names=lambda: [f"model{number}:7b" for number in range(12)])
    ask: Any = None
    anywhere = (*palette.finders(palette.commands(database, ask), status), *finders(lambda: now))
    offers = palette.Offers(database, acting_rooms(), lambda: now, ask).of
    begun = process_time()
    for one in anywhere:
        if words or one.latest:
            database.run_here(one.find, 1, words, FEW)
    database.run_here(offers, 1, words)
    return (process_time() - begun) * 1000


def fill(database: Database, now: datetime) -> None:
    """Writes so much of everything, all of the first person's."""
    with database.peewee.atomic():
        for at in range(0, CONVERSATIONS, 500):
            homes = [
                {"user": 1, "title": f"word{n % 97} talk {n}", "created": now, "updated": now}
                for n in range(at, at + 500)
            ]
            Conversation.insert_many(homes).execute()
        for at in range(0, MESSAGES, 500):
            Message.insert_many([message(number, now) for number in range(at, at + 500)]).execute()
        for at in range(0, REMINDERS, 500):
            Reminder.insert_many([reminder(number, now) for number in range(at, at + 500)]).execute()
    notes.fill(database, NOTES, now)
