"""Which addresses lead to which page of notes."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from functools import partial
from typing import Any

from fastapi import Request
from nicegui import background_tasks, events, ui

from assistant.components.frame import frame
from assistant.components.toast import toast
from assistant.errors import NotFound
from assistant.notes import notebook, trash
from assistant.notes.pages.parts import Editor, ImportForm, NoteList, Places
from assistant.storage.database import Database
from assistant.storage.events import Change, Events
from assistant.users.pages.open import while_open
from assistant.users.sessions import Asking, Sessions, who

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


def register(**parts: Any) -> None:
    """Adds the pages; ``parts`` are the fields of Room."""
    room = Room(**parts)

    @ui.page("/notes")
    async def notes(request: Request, q: str = "", where: str = "notes", tag: str = "", deleted: int = 0) -> None:
        where = where if where in {"notes", "archive", "trash"} else "notes"
        _list_page(room, who(request), {"q": q[:1000], "where": where, "tag": tag}, deleted)

    @ui.page("/notes/new")
    async def new(request: Request, title: str = "") -> None:
        _editor_page(room, who(request), 0, "New note", wanted=title[:300])

    @ui.page("/notes/import")
    async def bring_in(request: Request) -> None:
        asking = who(request)
        with frame(
            "Import notes", name=asking.name, theme=asking.preferences.theme, active="notes", new=NEW, aside=Places
        ):
            ImportForm()

    @ui.page("/notes/{note:int}")
    async def one(request: Request, note: int) -> None:
        asking = who(request)
        try:
            found = await room.database.read(notebook.get, asking.user, note)
        except NotFound as error:
            _missing(asking, error.sentence)
            return
        _editor_page(room, asking, note, found.title or "Untitled")


def _list_page(room: Room, asking: Asking, start: dict[str, str], deleted: int) -> None:
    places: Places

    def beside() -> None:
        nonlocal places
        places = Places()

    with frame("Notes", name=asking.name, theme=asking.preferences.theme, active="notes", new=NEW, aside=beside):
        listed = NoteList(zone=asking.preferences.zone, start=start)

    async def done(event: events.GenericEventArguments) -> None:
        _said(room, asking.user, str(event.args["action"]), [int(note) for note in event.args["ids"]])

    def changed(change: Change) -> None:
        if change.topic == "notes":
            listed.changed()
            places.changed()

    listed.on("bulk_done", done)
    while_open(room.events, room.sessions, asking, changed)
    if deleted:
        ui.run_javascript("history.replaceState(null, '', '/notes')")
        ui.timer(0.1, lambda: _said(room, asking.user, "trash", [deleted]), once=True)


def _said(room: Room, user: int, action: str, ids: list[int]) -> None:
    how_many = "1 note" if len(ids) == 1 else f"{len(ids)} notes"
    back = UNDO.get(action)

    async def undo() -> None:
        if back:
            await room.database.run(back, user, ids)

    toast(DONE.get(action, "{} changed.").format(how_many), undo if back else None)


def _editor_page(room: Room, asking: Asking, note: int, title: str, *, wanted: str = "") -> None:
    listed: NoteList

    def beside() -> None:
        nonlocal listed
        listed = NoteList(zone=asking.preferences.zone, start={}, current=note, compact=True)

    with frame(title, name=asking.name, theme=asking.preferences.theme, active="notes", new=NEW, aside=beside):
        editor = Editor(note=note, user=asking.user, zone=asking.preferences.zone, wanted=wanted)
    opened = note

    async def look() -> None:
        try:
            found = await room.database.read(notebook.get, asking.user, opened)
        except NotFound:
            return
        meta = {"pinned": found.pinned, "archived": found.archived, "colour": found.colour}
        with editor:
            editor.changed(found.version, {**meta, "trashed": found.trashed is not None})

    def created(event: events.GenericEventArguments) -> None:
        nonlocal opened
        opened = int(event.args)
        listed.open_note(opened)

    def changed(change: Change) -> None:
        if change.topic == "notes":
            listed.changed()
        elif change.topic == "note" and change.id == opened:
            background_tasks.create(look(), name="note changed")

    editor.on("created", created)
    while_open(room.events, room.sessions, asking, changed)


def _missing(asking: Asking, sentence: str) -> None:
    with (
        frame("Not found", name=asking.name, theme=asking.preferences.theme, active="notes", new=NEW),
        ui.element("div").classes("welcome"),
    ):
        with ui.element("h1"):
            ui.label(sentence)
        ui.label("It may have been deleted for good.").classes("muted")
        ui.link("All notes", "/notes").classes("main-button")
