"""Which addresses lead to which page of notes."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from functools import partial
from json import dumps
from typing import Any

from nicegui import events, ui

from assistant.components.frame import aside, main
from assistant.components.toast import toast
from assistant.notes import trash
from assistant.notes.pages.editor import NoteEditor
from assistant.notes.pages.parts import ImportForm, NoteList, Places
from assistant.notes.pages.services import Mention, Services
from assistant.storage.database import Database
from assistant.storage.events import Events
from assistant.users.pages.page import Drawn, Page, Place
from assistant.users.pages.shell import Route
from assistant.users.sessions import Sessions

DONE = {
    "trash": "{} moved to the trash.", "archive": "{} archived.", "unarchive": "{} taken out of the archive.",
    "restore": "{} taken back.", "tag": "{} tagged.",
}  # fmt: skip
NEW = ("New note", "/notes/new")
UNDO: dict[str, Callable[[int, list[int]], int]] = {
    "trash": trash.restore_all,
    "archive": partial(trash.archive_all, on=False),
}


@dataclass(frozen=True)
class Room:
    """What the pages need."""

    database: Database
    sessions: Sessions
    events: Events
    clock: Callable[[], datetime]
    mentions: Callable[[int, int], list[Mention]]


def routes(**parts: Any) -> list[Route]:
    """The addresses of notes; ``parts`` are the fields of Room."""
    room = Room(**parts)
    views = {
        "/notes": _list_page,
        "/notes/import": _import_page,
    }
    note = partial(NoteView, room)
    return [
        *(Route(path, "notes", partial(Drawn, partial(view, room))) for path, view in views.items()),
        *(Route(path, "notes", note, stays=True) for path in ("/notes/new", "/notes/{note:int}")),
    ]


async def _import_page(_room: Room, page: Page, _place: Place) -> None:
    page.title("Import notes", "notes", NEW)
    with aside():
        Places()
    with main():
        ImportForm()


async def _list_page(room: Room, page: Page, place: Place) -> None:
    asking, query, deleted = page.asking, place.query, place.number("deleted")
    where = query.get("where", "notes")
    where = where if where in {"notes", "archive", "trash"} else "notes"
    page.title("Notes", "notes", NEW)
    with aside():
        places = Places()
    with main():
        start = {"q": query.get("q", "")[:1000], "where": where, "tag": query.get("tag", "")}
        listed = NoteList(zone=asking.preferences.zone, start=start)

    async def done(event: events.GenericEventArguments) -> None:
        _said(room, asking.user, str(event.args["action"]), [int(note) for note in event.args["ids"]])

    async def changed(_topics: set[str]) -> None:
        listed.changed()
        places.changed()

    listed.on("bulk_done", done)
    page.follow({"notes"}, changed)
    if deleted:
        page.address("/notes")
        _said(room, asking.user, "trash", [deleted])


def _said(room: Room, user: int, action: str, ids: list[int]) -> None:
    how_many = "1 note" if len(ids) == 1 else f"{len(ids)} notes"
    back = UNDO.get(action)

    async def undo() -> None:
        if back:
            await room.database.run(back, user, ids)

    toast(DONE.get(action, "{} changed.").format(how_many), undo if back else None)


class NoteView:
    """One note after another, beside the list of them."""

    def __init__(self, room: Room, page: Page) -> None:
        """Nothing is drawn yet."""
        self._room, self._page = room, page

    async def draw(self) -> None:
        """Draws the list and the editor."""
        self._page.title("Note", "notes", NEW)
        with aside():
            self._listed = NoteList(zone=self._page.asking.preferences.zone, start={}, current=0, compact=True)
        with main():
            services = Services(self._room.database, self._room.clock, remind=_remind, mentions=self._room.mentions)
            self._editor = NoteEditor(self._page, services, on_created=self._listed.open_note, on_gone=self._gone)
        self._page.follow({"notes"}, self._changed)

    async def show(self, place: Place) -> None:
        """Opens the note of the address; NotFound when it is gone or someone else's."""
        note = place.id("note")
        await self._editor.open(note, title=place.query.get("title", "")[:300])
        self._listed.open_note(note)

    def _gone(self, note: int) -> None:
        self._page.go(f"/notes?deleted={note}")

    async def _changed(self, _topics: set[str]) -> None:
        self._listed.changed()


async def _remind(_page: Page, kind: str, id: int, text: str) -> None:  # noqa: A002 - the row's own word
    detail = dumps({"kind": kind, "id": id, "text": text})
    ui.run_javascript(f"dispatchEvent(new CustomEvent('reminders:about', {{detail: {detail}}}))")
