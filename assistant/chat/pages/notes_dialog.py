"""Between chat and notes: an answer is kept in a note, and a note is asked about.

Chat knows notes only by the functions that it is given.
"""

import re
from dataclasses import dataclass
from functools import partial
from typing import Any

from nicegui import ui

from assistant.chat import messages
from assistant.chat.pages.services import NoteTools, Services
from assistant.chat.tokens import BYTES_PER_TOKEN
from assistant.components.controls import button, text_element, text_field
from assistant.components.form import KeptForm, Values
from assistant.components.toast import toast
from assistant.errors import NotFound
from assistant.users.sessions import Asking

SHARE = 0.5  # of the context may go to the note that is asked about
INSTRUCTION = "The person asks about this note of theirs, which is called “{}”:\n\n{}"
READ_WHOLE = "The model reads this note with each question."
READ_IN_PART = (
    "This note is longer than the model’s context has room for: it reads the first {:,} of {:,} characters. "
    "A larger context size, in the settings, lets it read more."
)
WORDS = 200  # characters that are looked for


async def keep_dialog(services: Services, notes: NoteTools, asking: Asking, message: int, part: str) -> None:
    """Lets the person put a message, or the ``part`` that is marked, into a new note or one they pick."""
    row = await services.database.read(messages.get_own, asking.user, message)
    title = re.sub(r"([\\`*_\[\]])", r"\\\1", row.conversation.title)
    source = f"[From the conversation “{title}”](/chat/{row.conversation_id}?m={message})"
    text = f"{(part or row.text).strip()}\n\n{source}\n"
    note = await _pick(services, notes, asking.user, "Save to a note", new="New note")
    if note is None:
        return
    if note:
        await services.database.run(notes.append, asking.user, note, text, services.clock())
    else:
        note = await services.database.run(notes.create, asking.user, text, services.clock())
    toast("Saved to the note.", link=("Open", f"/notes/{note}"))


async def pick_note(services: Services, notes: NoteTools, user: int) -> int:
    """The note that the person picks to ask about; 0 when they do not."""
    return await _pick(services, notes, user, "Ask about a note") or 0


async def _pick(services: Services, notes: NoteTools, user: int, title: str, *, new: str = "") -> int | None:
    """The note that is picked, 0 for a ``new`` one; None when the dialog is closed."""
    with ui.dialog(value=True) as dialog, ui.element("div").classes("card-box"):
        dialog.on("hide", dialog.delete)
        text_element("h2", title)
        if new:
            button(new, partial(dialog.submit, 0), kind="main", icon="plus")
        with KeptForm("", {"words": ""}) as form:
            label = "Or add to a note: find it here" if new else "Find a note"
            text_field("words", "Find a note", hidden_label=True, type="search", placeholder=label)
        found = ui.element("div").classes("picks")
        with ui.element("div").classes("row-end"):
            button("Cancel", dialog.close)

    async def show(values: Values, _name: str = "") -> None:
        words = str(values.get("words") or "")[:WORDS]
        hits = await services.database.read(notes.find, user, words)
        if found.is_deleted:
            return  # with the page, meanwhile
        found.clear()
        with found:
            for note, name in hits:
                with ui.element("button").classes("pick").props('type="button"') as pick:
                    ui.label(name or "Untitled")
                pick.on("click", partial(dialog.submit, note))
            if not hits:
                ui.label("No note has these words." if words.strip() else "There are no notes yet.").classes("muted")

    form.on_change(show)
    await show({})
    form.focus("words")
    picked: Any = await dialog
    return None if picked is None else int(picked)


@dataclass(frozen=True)
class AboutNote:
    """A note that is asked about: its ``title``, the ``instruction`` that shows it to the model, what is said of it."""

    title: str
    instruction: str
    said: str


async def about_note(services: Services, notes: NoteTools, asking: Asking, note: int, size: int) -> AboutNote:
    """The note, as much of it as fits into ``size`` tokens.

    Raises NotFound when it is someone else's.
    """
    title, text = await services.database.read(notes.read, asking.user, note)
    if not text.strip():
        raise NotFound("This note is empty.")
    fits = int(size * SHARE * BYTES_PER_TOKEN)
    whole = text.encode()
    if len(whole) <= fits:
        return AboutNote(title, INSTRUCTION.format(title, text), READ_WHOLE)
    part = whole[:fits].decode("utf-8", "ignore")
    instruction = INSTRUCTION.format(title, part + "\n\n(The note goes on, but no more of it fits.)")
    return AboutNote(title, instruction, READ_IN_PART.format(len(part), len(text)))
