"""Between chat and notes: an answer is kept in a note, and a note is asked about.

Chat knows notes only by the functions that it is given.
"""

import re
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from functools import partial
from typing import Any

from nicegui import events, ui

from assistant.chat import messages
from assistant.chat.context import BYTES_PER_TOKEN
from assistant.chat.pages.services import Services, reporting_errors
from assistant.components.toast import toast
from assistant.errors import NotFound
from assistant.users.sessions import Asking

SHARE = 0.5  # of the context may go to the note that is asked about
INSTRUCTION = "The person asks about this note of theirs, which is called “{}”:\n\n{}"


@dataclass(frozen=True)
class NoteTools:
    """What chat may do with notes, each a unit of work that takes the user first."""

    find: Callable[[int, str], list[tuple[int, str]]]  # notes with these words: id and title
    create: Callable[[int, str, datetime], int]
    append: Callable[[int, int, str, datetime], None]
    read: Callable[[int, int], tuple[str, str]]  # title and text


async def keep_dialog(services: Services, notes: NoteTools, asking: Asking, message: int, part: str) -> None:
    """Lets the person put a message, or the ``part`` that is marked, into a new note or one they pick."""
    row = await services.database.read(messages.get_own, asking.user, message)
    title = re.sub(r"([\\`*_\[\]])", r"\\\1", row.conversation.title)
    source = f"[From the conversation “{title}”](/chat/{row.conversation_id}?m={message})"
    text = f"{(part or row.text).strip()}\n\n{source}\n"
    with ui.dialog(value=True) as dialog, ui.element("div").classes("card-box"):
        with ui.element("h2"):
            ui.label("Save to a note")
        with ui.element("button").classes("main-button").on("click", partial(dialog.submit, 0)):
            ui.label("New note")
        box = ui.input(placeholder="Or add to a note: find it here").props("outlined dense clearable")
        box.props["aria-label"] = "Find a note"
        box.props["autofocus"] = True
        found = ui.element("div").classes("picks")

    async def show(words: str) -> None:
        hits = await services.database.read(notes.find, asking.user, words)
        found.clear()
        with found:
            for note, title in hits:
                with ui.element("button").classes("pick").on("click", partial(dialog.submit, note)):
                    ui.label(title or "Untitled")
            if words and not hits:
                ui.label("No note has these words.").classes("muted")

    async def typed(event: events.ValueChangeEventArguments[str | None]) -> None:
        await show((event.value or "")[:200])

    box.on_value_change(typed)
    await show("")
    picked: Any = await dialog
    dialog.delete()
    if picked is not None:
        await reporting_errors(_keep)(services, notes, asking, picked, text)


async def _keep(services: Services, notes: NoteTools, asking: Asking, note: int, text: str) -> None:
    if note:
        await services.database.run(notes.append, asking.user, note, text, services.clock())
    else:
        note = await services.database.run(notes.create, asking.user, text, services.clock())
    toast("Saved to the note.", link=("Open", f"/notes/{note}"))


async def about_note(services: Services, notes: NoteTools, asking: Asking, note: int) -> tuple[str, str]:
    """The title of the note and the instructions that show it to the model, as much of it as fits.

    Raises NotFound when it is someone else's.
    """
    title, text = await services.database.read(notes.read, asking.user, note)
    if not text.strip():
        raise NotFound("This note is empty.")
    fits = int(services.context * SHARE * BYTES_PER_TOKEN)
    whole = text.encode()
    if len(whole) > fits:
        text = whole[:fits].decode("utf-8", "ignore") + "\n\n(The note goes on, but no more of it fits.)"
    return title, INSTRUCTION.format(title, text)
