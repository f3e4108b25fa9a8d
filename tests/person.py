"""Somebody of the running product: their side of HTTP, and their rows, written beside it as a command writes them."""

import asyncio
import threading
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from functools import cache
from typing import Any, Concatenate, ParamSpec, TypeVar

import httpx

from assistant.chat import models as chat_models
from assistant.chat.routines import rows as routine_rows
from assistant.notes import models as note_models
from assistant.notes import notebook, queries
from assistant.reminders import models as reminder_models
from assistant.reminders import queries as reminder_queries
from assistant.reminders import reminders, rings
from assistant.reminders.models import DONE, SNOOZED, Channel, Reminder, Ring
from assistant.reminders.notifications import channels
from assistant.reminders.queries import Listed
from assistant.reminders.rings import Rang, Rung
from assistant.reminders.scheduling.claims import claim_due
from assistant.storage.database import Database
from assistant.storage.engines.addresses import on_file
from assistant.storage.house import rows as house_rows
from assistant.users import accounts, preferences
from assistant.users import models as user_models
from assistant.users.passwords import Passwords
from assistant.users.sessions import Sessions, cookie_name

P = ParamSpec("P")
T = TypeVar("T")
PASSWORD = "correct horse battery"
MODELS = [
    *user_models.ALL, *chat_models.ALL, *routine_rows.ALL, *note_models.ALL, *reminder_models.ALL, *house_rows.ALL,
]  # fmt: skip


class Person(httpx.Client):
    """A browser's HTTP side with a session of the person, whose account is made when it is missing.

    Account and session are written beside the running product: hashing a password for each would take longer than
    most tests. The product hears nothing of what is written so; ``nudge`` makes it look.
    """

    def __init__(self, url: str, database: str, name: str, **more: Any) -> None:
        """Logs in to the product at ``url`` with that database; ``more`` is as for any client."""
        super().__init__(base_url=url, headers={"origin": url}, **more)
        self._database = Database(database)
        # What a crash of the machine would lose is no matter here.
        if on_file(database):
            self._database.peewee.execute_sql("PRAGMA synchronous = OFF")
        self.user = self._run(_account, name)
        # With the domain that a cookie from localhost gets, so that what the product sets takes its place.
        self.cookies.set(cookie_name(secure=False), self._session(), domain="localhost.local")

    def do(self, function: Callable[Concatenate[int, P], T], /, *args: P.args, **kwargs: P.kwargs) -> T:
        """The result of a domain function, called for this person as one unit of work."""
        return self._run(function, self.user, *args, **kwargs)

    def nudge(self) -> None:
        """Makes scheduler and pages look again: the person put off something on a phone, which is gone by then."""
        ring = self.do(_bell)
        later = datetime.now(UTC) + timedelta(days=1)
        said = {"state": SNOOZED, "until": later.isoformat()}
        self.post(f"/api/v1/reminders/rings/{ring}/answer", json=said).raise_for_status()
        self.do(_take_down, ring)

    def note(self, text: str = "", **more: Any) -> int:
        """The id of a new note; ``more`` is its title, tags, colour and so on."""
        return int(self.do(notebook.create, datetime.now(UTC), text=text, **more).id)

    def notes(self, where: str = "notes") -> list[int]:
        """The ids of the notes in the list, the archive or the trash."""
        return self.do(queries.ids, where=where)

    def text(self, note: int) -> str:
        """The text of a note."""
        return str(self.do(notebook.get, note).text)

    def reminder(self, text: str, local: datetime | None = None, **more: Any) -> int:
        """The id of a new reminder at that time, in UTC unless ``more`` says otherwise; it is known at once."""
        said = {"zone": "UTC", **more, "local": local and local.replace(tzinfo=None, microsecond=0)}
        made = self.do(reminders.add, text=text, now=datetime.now(UTC), **said)
        self.nudge()
        return int(made.id)

    def rung(self, text: str) -> Rung:
        """A ring that waits for an answer, of a new reminder."""
        return self.do(_rung, text, datetime.now(UTC))

    def rings(self, reminder: int) -> list[Rang]:
        """What rang of a reminder, and what became of it."""
        return self.do(rings.history, reminder)

    def reminders(self, view: str = "coming") -> list[Listed]:
        """The reminders of a list."""
        zone = self.do(preferences.load).zone
        return self.do(reminder_queries.listing, view, zone=zone, now=datetime.now(UTC), limit=200).rows

    def reminded(self, reminder: int) -> Listed:
        """The reminder as it is now."""
        return self.do(lambda user: reminder_queries.listed([reminders.get(user, reminder)])[0])

    def channels(self) -> list[Channel]:
        """Where it rings outside the page."""
        return self.do(channels.listing)

    def close(self) -> None:
        """Leaves the product, and its rows."""
        super().close()
        self._database.close()

    def __exit__(self, *about: Any) -> None:
        """Leaves the product, and its rows."""
        super().__exit__(*about)
        self._database.close()

    def _run(self, function: Callable[P, T], /, *args: P.args, **kwargs: P.kwargs) -> T:
        # A test may have the tables in a database of its own.
        with self._database.peewee.bind_ctx(MODELS):
            return self._database.run_here(function, *args, **kwargs)

    def _session(self) -> str:
        found: list[str] = []
        sessions = Sessions(self._database, clock=lambda: datetime.now(UTC))

        def begin() -> None:
            found.append(asyncio.run(sessions.begin(self.user, "a test")))

        # In a thread of its own: a browser's loop may run in this one.
        with self._database.peewee.bind_ctx(MODELS):
            thread = threading.Thread(target=begin)
            thread.start()
            thread.join()
        return found[0]


def _account(name: str) -> int:
    found = accounts.find(name)
    made = found or accounts.add(name, _hash(), now=datetime.now(UTC), owner=accounts.empty())
    return int(made.id)


@cache
def _hash() -> str:
    passwords = Passwords()
    try:
        return passwords.hash_here(PASSWORD)
    finally:
        passwords.close()


def _rung(user: int, text: str, now: datetime) -> Rung:
    local = now.replace(tzinfo=None, microsecond=0)
    row = reminders.add(user, text=text, local=local, zone="UTC", now=now - timedelta(seconds=2))
    claim_due(now)
    return next(ring for ring in rings.ringing(user) if ring.reminder == row.id)


def _bell(user: int) -> int:
    """The id of a ring that sleeps, of a reminder that was done long ago: no page shows it."""
    then, now = datetime(2000, 1, 1, tzinfo=UTC), datetime.now(UTC)
    row = Reminder.create(
        user=user, uid=f"bell {now.timestamp()}", text="bell", local=then.replace(tzinfo=None), zone="UTC", at=then,
        state=DONE, done=then, created=then, updated=then, leads="[0]",
    )  # fmt: skip
    ring = Ring.create(
        reminder=row.id, user=user, occurrence=then, lead=0, due=then, rang=then, state=SNOOZED,
        snoozed_until=now + timedelta(days=1),
    )  # fmt: skip
    return int(ring.id)


def _take_down(user: int, ring: int) -> None:
    row = Ring.get((Ring.id == ring) & (Ring.user == user))
    Reminder.delete().where(Reminder.id == row.reminder_id).execute()
