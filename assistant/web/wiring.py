"""What rooms are handed of each other: they never import one another."""

import asyncio
import logging
from collections import defaultdict
from collections.abc import Callable, Iterable, Sequence
from datetime import UTC, datetime

from assistant.chat import messages, pictures
from assistant.chat.pages.conversation.thread import Thread
from assistant.chat.pages.services import Coming, NoteTools
from assistant.chat.pages.services import Services as ChatServices
from assistant.config import Config
from assistant.errors import AssistantError, Invalid, NotFound
from assistant.notes import attachments, notebook, queries
from assistant.notes.models import ADDRESS
from assistant.notes.pages.services import Mention
from assistant.notes.search import index
from assistant.notes.validation import TEXT_LIMIT
from assistant.reminders import queries as reminder_queries
from assistant.reminders import reminders
from assistant.reminders.links import Find, Link
from assistant.reminders.notifications.dispatcher import Dispatcher
from assistant.reminders.notifications.http_client import HttpClient
from assistant.reminders.notifications.messages import MessageBuilder
from assistant.reminders.notifications.web_push import VapidKeys
from assistant.reminders.ringing import Summary, summarize
from assistant.reminders.rings import Rung
from assistant.reminders.scheduling.scheduler import Scheduler
from assistant.sharing.pages.services import Services as SharingServices
from assistant.sharing.shares import Picture
from assistant.storage.database import Database
from assistant.storage.events import EVERYONE, Change
from assistant.users import accounts, preferences
from assistant.users.pages.page import Page

TOGETHER = 0.05  # seconds in which changes are published as one
SENT = 10  # rings that a page is told of; it shows fewer
PICKS = 8  # notes that chat offers to pick from
NO_BRACKETS = str.maketrans("", "", "[]")  # which would end the name of a picture


class RingBroadcaster:
    """The scheduler of reminders, the pages that hear it, and the dispatcher; an answer in one page is seen in all."""

    def __init__(self, database: Database, config: Config, clock: Callable[[], datetime], find: Find) -> None:
        """Nothing rings before ``start``; ``find`` is the way to what reminders lead to."""
        self._database, self._now, self._find = database, clock, find
        self.keys = VapidKeys(database, config.public_url, config.data / "vapid.pem")
        self.dispatcher = Dispatcher(database, HttpClient(), MessageBuilder(self.keys, config.public_url), clock)
        self._events = database.events
        self.scheduler = Scheduler(database, self._ring, clock)
        self._users: set[int] = set()
        self._listeners: dict[int, list[Callable[[Summary], None]]] = defaultdict(list)
        self._one_at_a_time = asyncio.Lock()
        self._publishing: asyncio.Task[None] | None = None
        self._unsubscribe: Callable[[], None] = lambda: None

    async def summary(self, user: int) -> Summary:
        """What rings for the user."""
        return await self._database.read(summarize, user, self._find, self._now(), SENT)

    def listen(self, user: int, listener: Callable[[Summary], None]) -> Callable[[], None]:
        """Calls ``listener`` whenever something of the user's began to ring or changed; returns the way to stop."""
        self._listeners[user].append(listener)

        def unlisten() -> None:
            listeners = self._listeners.get(user, [])
            if listener in listeners:
                listeners.remove(listener)
            if not listeners:
                self._listeners.pop(user, None)

        return unlisten

    async def start(self) -> None:
        """Rings what was missed, and from now on what is due."""
        self._unsubscribe = self._events.subscribe(EVERYONE, self._heard)
        self.scheduler.start()
        self.dispatcher.start()

    async def stop(self) -> None:
        """Rings nothing more."""
        self._unsubscribe()
        await self.scheduler.stop()
        if self._publishing:
            self._publishing.cancel()
            await asyncio.gather(self._publishing, return_exceptions=True)
        await self.dispatcher.stop()

    async def _ring(self, rung: list[Rung]) -> None:
        users = {one.user for one in rung}
        self._users -= users  # they hear of the same change now
        await self._publish(users)

    def _heard(self, change: Change) -> None:
        if not change.is_about({"reminders", "preferences"}):
            return
        if self._publishing is None or self._publishing.done():
            self._publishing = asyncio.create_task(self._publish_soon())
        self._users |= set(self._listeners) if change.user == EVERYONE else {change.user}

    async def _publish_soon(self) -> None:
        while True:
            await asyncio.sleep(TOGETHER)
            users, self._users = self._users, set()
            if not users:
                return
            await self._publish(users)

    async def _publish(self, users: Iterable[int]) -> None:
        """Reads once what rings and hands it to all pages: if each asked for it, the last would wait for the others.

        One publishing waits for the other, so that nobody hears what is older last.
        """
        async with self._one_at_a_time:
            for user in users:
                if user in self._listeners:
                    await self._tell(user)

    async def _tell(self, user: int) -> None:
        try:
            summary = await self.summary(user)
        except AssistantError:
            logging.getLogger(__name__).exception("open pages were not told what rings")
            return
        for listener in tuple(self._listeners.get(user, ())):
            try:
                listener(summary)
            except Exception:
                logging.getLogger(__name__).exception("a page could not show what rings")


class ZoneFollower:
    """Listens for changes of people's zones; what was missed while nothing ran is made up for at the start."""

    def __init__(self, database: Database, clock: Callable[[], datetime]) -> None:
        """Nothing is heard before ``start``."""
        self._database, self._clock = database, clock
        self._tasks: set[asyncio.Task[None]] = set()
        self._unsubscribe: Callable[[], None] = lambda: None

    def start(self) -> None:
        """Takes everybody's reminders along, and listens from now on."""
        self._unsubscribe = self._database.events.subscribe(EVERYONE, self._heard)
        self._begin(carry_all)

    async def stop(self) -> None:
        """Listens no more, once what was heard is done."""
        self._unsubscribe()
        await asyncio.gather(*self._tasks)

    def _heard(self, change: Change) -> None:
        if change.topic == "preferences" and change.here:  # where it was changed it is done
            self._begin(carry, change.user)

    def _begin(self, act: Callable[..., None], *about: int) -> None:
        task = asyncio.create_task(self._carry(act, *about))
        self._tasks.add(task)
        task.add_done_callback(self._tasks.discard)

    async def _carry(self, act: Callable[..., None], *about: int) -> None:
        try:
            await self._database.run(act, *about, self._clock())
        except AssistantError:
            logging.getLogger(__name__).exception("reminders stay in their zone until the next start")


def carry(user: int, now: datetime) -> None:
    """Puts those of the user's reminders that travel along into the zone in which the user is."""
    reminders.travel(user, preferences.load(user).zone, now)


def carry_all(now: datetime) -> None:
    """Does so for everybody."""
    for person in accounts.people():
        carry(person.id, now)


def sharing(database: Database, clock: Callable[[], datetime], chat: ChatServices) -> SharingServices:
    """What becomes of something that was shared: a note, or a question to a model."""

    async def ask(page: Page, text: str, shared: Sequence[Picture], key: str) -> str:
        thread = Thread(chat, page, None)
        await thread.load()
        if shared and thread.model and not await thread.can("vision"):
            raise Invalid(f"{thread.model} cannot see pictures. Choose another under Settings → Chat.", field="text")
        images = [await pictures.store(database, page.user, one.data, clock()) for one in shared]
        await thread.ask(text, key=key, images=images)
        return f"/chat/{thread.id}"

    return SharingServices(database, clock, attachments.kind_of, _keep_shared, ask)


def _keep_shared(user: int, text: str, shared: Sequence[Picture], now: datetime) -> str:
    stored = [attachments.add(user, None, one.data, kind=one.kind, name=one.name, now=now) for one in shared]
    shown = [f"![{one.name.translate(NO_BRACKETS)}]({ADDRESS}{one.id})" for one in stored]
    note = notebook.create(user, now, text="\n\n".join(filter(None, [text.strip(), *shown])))
    attachments.bind(user, note.id, [one.id for one in stored])
    return f"/notes/{note.id}"


def find_link(user: int, kind: str, id: int) -> Link:  # noqa: A002 - the row's own word
    """The user's note or message; NotFound when it is deleted, gone or someone else's."""
    if kind == "note":
        note = notebook.get(user, id)
        if note.trashed is not None:
            raise NotFound("There is no such note.")
        return Link(kind, id, note.title or "Untitled", f"/notes/{id}")
    if kind != "message":
        raise NotFound("There is no such place.")
    message = messages.get_own(user, id)
    return Link(kind, id, message.conversation.title, f"/chat/{message.conversation_id}?m={id}")


def note_tools() -> NoteTools:
    """The functions by which chat reads and writes notes."""
    return NoteTools(
        find=_find_notes, create=_create_note, append=_append_to_note, read=_read_note,
        address="/api/v1/notes/texts?key={name}", largest=TEXT_LIMIT,
    )  # fmt: skip


def _find_notes(user: int, words: str) -> list[tuple[int, str]]:
    if not words.strip():
        return [(row.id, row.title) for row in queries.listing(user, limit=PICKS).rows]
    hits = index.find(user, words, zone=UTC, limit=PICKS)
    return [(hit.id, notebook.get(user, hit.id).title) for hit in hits]


def _create_note(user: int, text: str, now: datetime) -> int:
    return int(notebook.create(user, now, text=text).id)


def _append_to_note(user: int, note: int, text: str, now: datetime) -> None:
    old = notebook.get(user, note)
    notebook.save(user, note, f"{old.text.rstrip()}\n\n{text}".lstrip(), old.version, now=now)


def _read_note(user: int, note: int) -> tuple[str, str]:
    found = notebook.get(user, note)
    return found.title or "Untitled", found.text


def upcoming_today(user: int, zone: str, now: datetime, limit: int) -> list[Coming]:
    """The first of the user's reminders of this day, in order."""
    found = reminder_queries.listing(user, "today", zone=zone, now=now, limit=limit).rows
    return [
        Coming(one.text, one.at, f"/reminders?open={one.id}", one.at <= now and one.snoozed is None)
        for one in found
        if one.at is not None
    ]


def mentions(user: int, note: int) -> list[Mention]:
    """The user's reminders that lead to the note and are not done, the next first."""
    found = reminders.linked(user, "note", note)
    return [Mention(one.text, one.at, f"/reminders?open={one.id}") for one in found if one.state != "done"]
