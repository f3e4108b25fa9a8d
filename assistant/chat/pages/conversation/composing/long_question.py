"""A question that is longer than a question may be: it is told at once, and becomes a note if one wants."""

from collections.abc import Callable
from typing import Any

from nicegui import ui

from assistant.chat.conversations import TEXT_LIMIT
from assistant.chat.pages.conversation.thread import Thread
from assistant.components.controls import Problem, button
from assistant.components.dropzone import Dropzone
from assistant.components.form import KeptForm, Long
from assistant.components.toast import toast
from assistant.text import row_number

FIELD = "text"
NO_NOTE = "The note could not be made. Try again."


class LongQuestion:
    """What is said of it below its field, and what can be done with it."""

    def __init__(self, thread: Thread, form: KeptForm, on_change: Callable[[bool], None], draft: str) -> None:
        """Nothing is drawn yet; ``on_change`` is called with whether the question is too long.

        ``draft`` is where the words of a new conversation wait.
        """
        self._thread, self._notes, self._form, self._draft = thread, thread.services.notes, form, draft
        self._on_change = on_change
        self._long: Long | None = None
        self._busy = False
        form.on_long(FIELD, self._measured)

    def draw(self, field: ui.element) -> None:
        """Draws its place, hidden and empty while the question fits."""
        self._field = field
        self._box = ui.element("div").classes("composer-long")
        self._box.set_visibility(False)

    def _fill(self) -> None:
        """Draws what is said and offered, for the first question that does not fit."""
        with self._box:
            self._zone = Dropzone(self._notes.address if self._notes else "")
            self._zone.on_answered(self._made).on_failed(self._failed)
            self._problem = Problem(self._field)
            with ui.element("div").classes("composer-offers"):
                self._note = button("Make it a note", self._make_note, icon="notes")
                self._beginning = button("Keep the beginning", self._keep_beginning)
                button("Take it out", self._take_out, kind="plain")

    def _measured(self, long: Long | None) -> None:
        self._long = long
        if long and not self._box.default_slot.children:
            self._fill()
        if self._box.default_slot.children:
            self._show()
        self._on_change(long is not None)

    def _show(self, trouble: str = "") -> None:
        long = self._long
        self._box.set_visibility(long is not None)
        if long is None:
            self._problem.say("")
            return
        fits = bool(self._notes) and long.size <= (self._notes.largest if self._notes else 0)
        rest = "a question has room for {}" + ("" if fits else ", and a note is too small for it, too")
        self._problem.say(trouble or long.sentence(rest))
        self._note.set_visibility(fits)
        self._beginning.set_visibility(not fits)

    def _make_note(self) -> None:
        if not self._busy:
            self._busy = True
            self._form.hand(FIELD, self._zone)

    def _made(self, told: dict[str, Any]) -> None:
        self._busy = False
        note = row_number(told["answer"].get("id"))
        if not note:
            self._show(NO_NOTE)
            return
        self._form.cut(FIELD)
        if self._thread.id:
            self._form.turn(self._draft)
        self._thread.page.go(f"/?note={note}")

    def _failed(self, told: dict[str, Any]) -> None:
        self._busy = False
        self._show(str(told["answer"].get("detail") or NO_NOTE))

    def _take_out(self) -> None:
        self._cut("Taken out.")

    def _keep_beginning(self) -> None:
        self._cut(f"Only the first {TEXT_LIMIT:,} characters are left.", TEXT_LIMIT)

    def _cut(self, sentence: str, most: int = 0) -> None:
        async def back() -> None:
            self._form.uncut(FIELD)

        self._form.cut(FIELD, most)
        self._form.focus(FIELD)
        toast(sentence, back)
