"""The place where one writes; text and pictures stay in the browser until they are stored."""

from collections.abc import Awaitable, Callable
from typing import Any

from markupsafe import Markup
from nicegui import ui

from assistant.chat import conversations, messages
from assistant.chat.context import ANSWER_SHARE, QUESTION_SHARE
from assistant.chat.conversations import TEXT_LIMIT
from assistant.chat.documents import library
from assistant.chat.knowing.looking import NOTES
from assistant.chat.messages import IMAGES_LIMIT, Pair
from assistant.chat.models import Conversation
from assistant.chat.pages.acting.allowances import Allowances
from assistant.chat.pages.acting.cards import YES
from assistant.chat.pages.conversation.composing.long_question import LongQuestion
from assistant.chat.pages.conversation.composing.mention_list import MentionList
from assistant.chat.pages.conversation.settings_dialog import settings_dialog
from assistant.chat.pages.conversation.thread import Thread
from assistant.chat.pages.documents.files_field import Files, FilesField
from assistant.chat.pages.prompts.completion import Completion
from assistant.chat.tokens import estimate
from assistant.components.controls import Problem, button, icon_button, text_area
from assistant.components.form import KeptForm, Sent, Values
from assistant.components.html import Html
from assistant.components.icons import svg
from assistant.components.menu import Choice, open_menu
from assistant.errors import AssistantError
from assistant.users import preferences

METER_FROM = 0.5  # of the context; below it nobody need care
FULL = 0.85
PAUSE = 150  # ms after a key: the whole question is then sent to be measured, and it may be long
CALM = 0.3  # seconds in which a question and the first words of its answer are shown before all else that it changed
METER_WORDS = "How much of the model’s context is used"
FULL_WORDS = "The conversation is longer than the model reads: its oldest messages will be left out of the next answer"
TOO_LONG_WORDS = "This alone is longer than what the model reads at once"
KNOWS_WORDS = "Answer from {}. @ names a note or a conversation, # a tag."
LINE_PLACEHOLDER = "Ask anything; Ctrl + Enter sends"
MODEL = Markup('<span class="visually-hidden">Model: </span><span class="model-name">{}</span>') + svg("chevron")
NO_MODEL = '<span>No model yet.</span><a href="/models">Get one</a>'
WAITING = "Not sent yet. It is kept here and goes out as soon as the server answers."


def draft_name(user: int, conversation: int | None) -> str:
    """Where the browser keeps the draft; people who share a browser do not share drafts."""
    return f"draft:{user}:{conversation or 'new'}"


class Composer:
    """The form, and what stands around its text: pictures, the model, settings, Send or Stop."""

    def __init__(self, thread: Thread, on_sent: Callable[[Pair, Files], Awaitable[None]]) -> None:
        """Draws it; ``on_sent`` is awaited with each question that is stored and being answered."""
        self._thread, self._services, self._user = thread, thread.services, thread.user
        self._on_sent, self._said = on_sent, ""
        self._typed = 0  # tokens, about, of what has not been sent
        services = self._services
        self._files = FilesField(services.database, services.readings, self._user, self._changed_files, self._say)
        with self._files.zone.classes("composer-place"):
            self._form = KeptForm(
                draft_name(self._user, thread.id), {"text": "", "images": [], "documents": []}, pause=PAUSE
            )
            self._form.on_done(self._send).on_kept(self._kept).on_change(self._count)
            self._prompts = Completion(self._services, thread.page, self.fill)
            self._mentions = MentionList(self._services, thread.page, self.fill)
            self._long = LongQuestion(thread, self._form, self._too_long, draft_name(self._user, None))
            with self._form.classes("composer").props('aria-label="Message"'):
                self._draw()

    async def refresh(self) -> None:
        """Shows which model answers, what it can, and whether an answer is being written."""
        thread = self._thread
        names, model = self._services.models_status.chat_names(), thread.model
        sees = await thread.can("vision")
        if thread.closed:
            return
        self._picker.set_content(MODEL.format(model if model in names or not model else f"{model} (missing)"))
        self._picker.set_visibility(bool(names))
        self._no_model.set_visibility(self._services.models_status.known and not names)
        warning = "" if sees or not model else f"{model} cannot see pictures. Choose a model that can."
        self._files.fit(thread.fit_whole(self._files.stored.documents), sees=sees, warning=warning)
        self._stop.set_visibility(bool(thread.writing))
        self._send_button.set_visibility(not thread.writing)
        self._show_used()
        self._allowances.show(thread.home)
        knows = {"aria-pressed": str(bool(thread.knows)).lower(), "title": KNOWS_WORDS.format(thread.knowable)}
        self._knowing.props.update(knows)
        self._knowing.update()

    def _show_used(self) -> None:
        used, size = self._thread.context_used(self._files.stored.documents)
        used += self._typed
        if self._typed > size * QUESTION_SHARE:
            words, title = "Too long for the model", TOO_LONG_WORDS
        elif used > size * (1 - ANSWER_SHARE):
            words, title = f"{used / size:.0%} · oldest left out", FULL_WORDS
        else:
            words, title = f"{used / size:.0%} of context", METER_WORDS
        self._meter.set_text(words)
        self._meter.props["title"] = title
        full = used / size > FULL
        self._meter.classes(add="full" if full else "", remove="" if full else "full")
        self._meter.set_visibility(used / size > METER_FROM)

    def fill(self, text: str) -> None:
        """Puts the text into the box and the cursor behind it."""
        self._form.fill({"text": text}, over=True)
        self._form.focus("text")

    def leave(self) -> None:
        """What is typed belongs to a new conversation: this one is gone."""
        self._form.turn(draft_name(self._user, None))

    def _draw(self) -> None:
        self._prompts.draw()
        self._mentions.draw()
        self._files.draw()
        self._note_chip()
        self._allowances = Allowances(self._services, self._user)
        enter = self._thread.preferences.enter
        box = text_area(
            "text", "Your message", hidden_label=True, grows=True, rows=1, longest=TEXT_LIMIT,
            placeholder=LINE_PLACEHOLDER if enter == "line" else "Ask anything", data_enter=enter,
            enterkeyhint="send" if enter == "send" else "enter", data_focus="", data_key="/",
        )  # fmt: skip
        box.on("input", lambda: self._say(""), args=[], throttle=1.0, trailing_events=False)
        self._prompts.listen(box)
        self._problem = Problem(box)
        self._long.draw(box)
        ui.label(WAITING).classes("composer-waiting").props('role="status"')
        with ui.element("div").classes("composer-bar"):
            icon_button("clip", "Attach files", self._files.choose)
            self._draw_model()
            self._knowing = button("My notes", self._switch_notes, kind="plain", icon="notes")
            self._knowing.classes("knowing")
            icon_button("sliders", "Conversation settings", self._options)
            ui.element("span").classes("grow")
            self._meter = ui.label().classes("meter")
            self._stop = (
                icon_button("stop", "Stop", self._end).classes(replace="stop-button").props('data-key="escape mod+."')
            )
            self._send_button = icon_button("send", "Send", type="submit").classes(replace="send-button")

    def _draw_model(self) -> None:
        self._picker = Html(tag="button").classes("model-picker")
        self._picker.props('type="button" id="model-picker" aria-haspopup="menu"').on("click", self._choose_model)
        none = NO_MODEL if self._thread.page.asking.owner else "No model yet. The owner can add one."
        self._no_model = Html(none, tag="span").classes("no-model")

    def _note_chip(self) -> None:
        note = self._thread.note
        if not note:
            return
        with ui.element("div").classes("note-chip"):
            Html(svg("notes"))
            ui.label(note.title).classes("title")
            icon_button("close", f"Do not ask about {note.title}", self._without_note)

    def _without_note(self) -> None:
        self._thread.page.go("/")

    def _say(self, sentence: str) -> None:
        if sentence != self._said:
            self._said = sentence
            self._problem.say(sentence)

    def _too_long(self, is_so: bool) -> None:  # noqa: FBT001 - all that there is to hear
        self._send_button.props["disabled"] = is_so
        self._send_button.update()

    async def _count(self, values: Values, _name: str) -> None:
        text = str(values.get("text") or "")
        self._typed = estimate(text) if text else 0
        self._show_used()
        await self._prompts.typed(text)
        await self._mentions.typed(text)

    def show_reading(self) -> None:
        """Shows how far the files are that are being read."""
        self._files.show_reading()

    async def _changed_files(self, files: Files) -> None:
        self._form.fill(files.values)
        await self.refresh()

    async def _kept(self, sent: Sent) -> None:
        """What was typed before: unless it was stored and nobody heard of that, it is there to be sent."""
        asked = await self._services.database.read(messages.asked, self._user, sent.key)
        if not asked:
            await self._files.show(*_files(sent))
            await self.refresh()
            return
        self._form.stored(sent.key)
        if asked != self._thread.id:
            self._thread.page.go(f"/chat/{asked}")

    async def _send(self, sent: Sent) -> None:
        thread, files = self._thread, self._files.stored
        begun = thread.id is None
        images, documents = _files(sent)
        if self._files.busy:
            self._refuse(sent, "A file is still on its way. Send when it is there.")
            return
        text = str(sent.values.get("text") or "")
        if await self._prompts.take(text):
            self._form.refused(sent.key)
            return
        if not text.strip() and not images and not documents and thread.offers:
            # The yes takes a second key: the first may be the end of what was just sent.
            self._form.refused(sent.key)
            ui.run_javascript(f"{YES}?.focus()")
            return
        thread.page.calm(CALM)
        try:
            pair = await thread.ask(text, key=sent.key, images=images, documents=documents)
        except AssistantError as error:
            self._refuse(sent, error.sentence)
            return
        self._form.stored(sent.key, draft=draft_name(self._user, thread.id))
        if begun:
            thread.page.address(f"/chat/{thread.id}")
        await self._files.show([], [])
        self._say("")
        self._typed = 0
        await self._on_sent(pair, files)

    def _refuse(self, sent: Sent, sentence: str) -> None:
        self._form.refused(sent.key)
        self._say(sentence)

    async def _end(self) -> None:
        for answer in self._thread.writing:
            await self._services.replies.stop(self._user, answer)

    def _choose_model(self) -> None:
        def choice(name: str) -> Choice:
            async def choose() -> None:
                await self._use(name)

            return Choice(name, choose, icon="check" if name == self._thread.model else "")

        open_menu([choice(name) for name in self._services.models_status.chat_names()], at="#model-picker")

    async def _use(self, model: str) -> None:
        self._thread.chosen = model[:200]
        await self._services.database.run(preferences.save, self._user, model=self._thread.chosen)
        if self._thread.id:
            await self._services.database.run(conversations.change, self._user, self._thread.id, model=model[:200])
        await self.refresh()

    async def _switch_notes(self) -> None:
        thread, knows = self._thread, "" if self._thread.knows else NOTES
        if thread.id and thread.home:
            await self._services.database.run(conversations.change, self._user, thread.id, knows=knows)
            thread.home.knows = knows
        else:
            thread.wish({"knows": knows})
        await self.refresh()

    async def _options(self) -> None:
        thread = self._thread

        async def save(values: dict[str, Any]) -> None:
            if thread.id:
                await self._services.database.run(conversations.change, self._user, thread.id, **values)
            else:
                conversations.check_settings(values)
                thread.wish(values)

        await settings_dialog(thread, thread.home or Conversation(**thread.wishes), save)


def _files(sent: Sent) -> tuple[list[int], list[int]]:
    """The ids of the pictures and of the documents that were sent along."""

    def numbers(name: str, most: int) -> list[int]:
        found = sent.values.get(name)
        return [one for one in found if isinstance(one, int)][: most + 1] if isinstance(found, list) else []

    return numbers("images", IMAGES_LIMIT), numbers("documents", library.MOST)
