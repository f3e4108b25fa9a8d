"""Work on many notes, a few at a time, so that nobody waits for it; what was begun goes on after a restart."""

import asyncio
import logging
import time
from collections.abc import Callable
from datetime import datetime

from assistant.errors import AssistantError
from assistant.notes import renaming
from assistant.notes.links import names
from assistant.notes.models import Note, NoteChore
from assistant.storage.database import Database
from assistant.storage.events import EVERYONE, Change

LONGEST = 0.2  # seconds of one unit of work
PAUSE = 0.02  # seconds between two, in which others write
AT_ONCE = 50  # notes that are read at once

log = logging.getLogger(__name__)


class NoteChores:
    """Does what there is to do, one piece after another."""

    def __init__(self, database: Database, clock: Callable[[], datetime]) -> None:
        """Nothing is done before ``start``."""
        self._database, self._clock = database, clock
        self._task: asyncio.Task[None] | None = None
        self._ending = False
        self._unsubscribe: Callable[[], None] = lambda: None

    def start(self) -> None:
        """Goes on with what was begun, and hears of what there is to do from now on."""
        self._unsubscribe = self._database.events.subscribe(EVERYONE, self._heard)
        self.begin()

    def begin(self) -> None:
        """Goes on with what there is to do, if it is not going on already."""
        if not self._ending and (self._task is None or self._task.done()):
            self._task = asyncio.create_task(self._work(), name="chores of notes")

    async def close(self) -> None:
        """Pauses between two pieces; the next process goes on."""
        self._ending = True
        self._unsubscribe()
        if self._task is not None:
            await asyncio.gather(self._task, return_exceptions=True)

    def _heard(self, change: Change) -> None:
        if change.topic == renaming.TOPIC and change.here:
            self.begin()

    async def _work(self) -> None:
        try:
            more = True
            while more and not self._ending:
                more = await self._database.run(step, self._clock())
                await asyncio.sleep(PAUSE)
        except AssistantError as error:
            log.warning("what is to be done for notes waits: %s", error)


def step(now: datetime) -> bool:
    """Does a piece of the next work, links that follow a name first; whether there was any."""
    chore = NoteChore.select().order_by(NoteChore.kind.desc(), NoteChore.id).first()
    if chore is None:
        return False
    until = time.monotonic() + LONGEST
    if chore.kind == renaming.KIND:
        renaming.go_on(chore, now, until)
    else:
        _look_for_links(chore, until)
    return True


def _look_for_links(chore: NoteChore, until: float) -> None:
    """Keeps of more notes what their texts name."""
    notes = list(Note.select().where(Note.id > chore.at).order_by(Note.id).limit(AT_ONCE))
    for note in notes:
        names.store(note)
        chore.at = note.id
        if time.monotonic() > until:
            break
    if notes:
        chore.save(only=[NoteChore.at])
    else:
        chore.delete_instance()
