"""What a person does with a message: write it again, edit it, keep it, be reminded of it, delete it."""

from collections.abc import Awaitable, Callable
from typing import Any

from nicegui import ui

from assistant.chat import branches, messages
from assistant.chat.conversations import TEXT_LIMIT
from assistant.chat.models import Message
from assistant.chat.pages.conversation.message_html import first_line
from assistant.chat.pages.conversation.settings_dialog import pick_model
from assistant.chat.pages.conversation.thread import Thread
from assistant.chat.pages.notes_dialog import keep_dialog
from assistant.components.controls import Problem, button, text_area
from assistant.components.form import KeptForm, Sent
from assistant.components.toast import toast
from assistant.errors import AssistantError
from assistant.text import row_number

REMINDER = 100  # characters of a message that a reminder of it begins with
TO_COMPOSER = "document.querySelector('.composer textarea')?.focus()"
# Escape ends a composition first; Safari gives one away only by its old number.
CANCEL = "(event) => { if (event.isComposing || event.keyCode === 229) return; event.stopPropagation(); emit() }"


class MessageActs:
    """The acts; each may raise AssistantError, which is then said in the page."""

    def __init__(self, thread: Thread) -> None:
        """Of messages of this conversation."""
        self._thread, self._services, self._page = thread, thread.services, thread.page
        self._known: dict[str, Callable[[int], Awaitable[None]]] = {
            "again": self._again, "again_with": self._again_with, "keep_on": self._keep_on, "answer": self._answer,
            "keep": self.keep, "remind": self._remind, "remove": self._remove,
        }  # fmt: skip

    async def do(self, what: str, of: str) -> None:
        """Does what a button in a row says, to the message that it names."""
        if what == "choose":
            message, _, version = of.partition(".")
            await self._run(branches.choose_version, row_number(message), row_number(version))
        elif what in self._known:
            await self._known[what](row_number(of))

    async def keep(self, message: int, part: str = "") -> None:
        """Lets the person put the message, or the ``part`` of it, into a note."""
        if self._services.notes:
            await keep_dialog(self._services, self._services.notes, self._page.asking, message, part[:TEXT_LIMIT])

    def edit_form(self, message: Message, close: Callable[[], None]) -> None:
        """Draws the question in a form; ``close`` is called once it is asked anew, or not."""
        form = KeptForm(f"draft:{self._page.user}:edit:{message.id}", {"text": message.text})

        def done() -> None:
            close()
            self._page.client.run_javascript(TO_COMPOSER)

        def cancel() -> None:
            form.forget()
            done()

        async def send(sent: Sent) -> None:
            text = str(sent.values.get("text", ""))
            try:
                await self._thread.check_room(text)
                pair = await self._run(messages.edit, message.id, text, key=sent.key, now=self._services.clock())
            except AssistantError as error:
                form.refused(sent.key)
                problem.say(error.sentence)
                return
            await self._services.replies.start(self._page.user, pair.answer.id)
            form.stored(sent.key)
            done()

        with form.classes("message-edit").on_done(send):
            field = text_area(
                "text", "Edit your message", hidden_label=True, grows=True, rows=2,
                data_enter=self._thread.preferences.enter, longest=TEXT_LIMIT,
            )  # fmt: skip
            field.on("keydown.escape", cancel, js_handler=CANCEL)
            problem = Problem(field)
            with ui.element("div").classes("row-end"):
                button("Cancel", cancel)
                button("Send", kind="main")
        form.focus("text")

    async def _run(self, act: Callable[..., Any], *about: Any, **more: Any) -> Any:
        return await self._services.database.run(act, self._page.user, *about, **more)

    async def _start(self, answer: Message) -> None:
        await self._services.replies.start(self._page.user, answer.id)

    async def _again(self, message: int) -> None:
        await self._start(
            await self._run(messages.regenerate, message, model=self._thread.model, now=self._services.clock())
        )

    async def _again_with(self, message: int) -> None:
        model = await pick_model(self._services.models_status.chat_names(), self._thread.model)
        if model:
            await self._start(
                await self._run(messages.regenerate, message, model=model, now=self._services.clock())
            )  # fmt: skip

    async def _answer(self, question: int) -> None:
        await self._start(
            await self._run(messages.answer_to, question, model=self._thread.model, now=self._services.clock())
        )

    async def _keep_on(self, message: int) -> None:
        await self._start(await self._run(messages.resume, message, self._services.clock()))

    async def _remind(self, message: int) -> None:
        row = await self._services.database.read(messages.get_own, self._page.user, message)
        text = first_line(row.text)[:REMINDER]
        if self._services.remind:
            await self._services.remind(self._page, "message", message, text)

    async def _remove(self, message: int) -> None:
        removed = await self._run(branches.remove, message, self._services.clock())

        async def undo() -> None:
            await self._run(branches.put_back, removed)

        toast("Deleted this message and what followed it.", undo)
