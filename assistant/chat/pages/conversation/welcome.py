"""The empty chat: a greeting, something to begin with, and what is due today; and what is wrong with Ollama."""

from collections.abc import Callable
from functools import partial

from nicegui import events, ui
from nicegui.element import Element

from assistant.chat.models_status import ModelsStatus
from assistant.chat.pages.conversation.thread import Thread
from assistant.chat.pages.notes_dialog import pick_note
from assistant.chat.pages.services import Coming
from assistant.chat.pages.suggestions import suggested
from assistant.components.controls import link_to, pictured, text_element
from assistant.users.profile.face import shown_name

TODAY = 4  # reminders
QUESTIONS = (
    "Plan three quick dinners for this week, with a shopping list.",
    "Explain how a heat pump works, in plain words.",
)
IN_PROJECT = "It begins with the instructions, documents and notes of this project."
TYPED = "() => emit(document.querySelector('.composer textarea').value.slice(0, 1000))"


class Banner:
    """Says above the page what is wrong with Ollama: to owners how to mend it, to others whom to tell."""

    def __init__(self, *, owner: bool) -> None:
        """Draws it, hidden while all is well."""
        self._owner = owner
        self._box = text_element("div", "").classes("banner").props('role="status"')

    def show(self, state: ModelsStatus) -> None:
        """Says how it is now."""
        others = "Tell the owner of this installation; you can write already." if state.advice else ""
        self._box.set_text(f"{state.problem} {state.advice if self._owner else others}".strip())
        self._box.set_visibility(bool(state.problem))


class Welcome:
    """What stands in place of messages while there are none."""

    def __init__(self, thread: Thread, fill: Callable[[str], None]) -> None:
        """Draws nothing yet; ``fill`` puts an example into the composer."""
        self._thread, self._services, self._fill = thread, thread.services, fill
        self._box = ui.element("div").classes("welcome")

    async def show(self) -> None:
        """Draws what fits now, or nothing once there are messages."""
        coming = await self._today()
        thread, state = self._thread, self._services.models_status
        if thread.closed:
            return
        self._box.set_visibility(not thread.shown)
        self._box.clear()
        if thread.shown:
            return
        with self._box:
            text_element("h1", _greeting(thread)).props('dir="auto"')
            if state.chat_names() or not state.known or state.problem:
                self._begin()
            elif thread.page.asking.owner:
                ui.label("Get a first model to talk to. One click is enough.").classes("muted")
                suggested(self._services)
            else:
                ui.label("There is no model yet. Ask the owner of this installation to add one.").classes("muted")
            self._draw_today(coming)

    def _begin(self) -> None:
        if self._thread.note:
            ui.label(self._thread.note.said).classes("muted")
            return
        if self._thread.project:
            ui.label(IN_PROJECT).classes("muted")
            return
        ui.label("Ask anything. It stays on this machine.").classes("muted")
        with ui.element("div").classes("starters"):
            for words in QUESTIONS:
                _starter("bulb", words).on("click", partial(self._example, words), js_handler=TYPED)
            if self._services.notes:
                _starter("notes", "Ask about a note").on("click", self._ask_about)
            if self._services.today:
                pictured("a", "reminders", "Set a reminder").classes("starter").props('href="/reminders"')

    def _example(self, words: str, event: events.GenericEventArguments) -> None:
        typed = str(event.args or "").strip()
        self._fill(f"{typed}\n{words}" if typed and typed != words else words)

    async def _ask_about(self) -> None:
        notes = self._services.notes
        note = await pick_note(self._services, notes, self._thread.user) if notes else 0
        if note:
            self._thread.page.go(f"/?note={note}")

    async def _today(self) -> list[Coming]:
        thread, services = self._thread, self._services
        if not services.today or thread.shown or thread.note or thread.project:
            return []
        zone, now = thread.preferences.zone, services.clock()
        return await services.database.read(services.today, thread.user, zone, now, TODAY + 1)

    def _draw_today(self, coming: list[Coming]) -> None:
        if not coming:
            return
        zone, formats = self._thread.preferences.zone_info, self._thread.preferences.formats
        with ui.element("section").classes("today-strip").props('aria-label="Today\'s reminders"'):
            for one in coming[:TODAY]:
                with link_to("", one.address):
                    with ui.element("time").classes("overdue" if one.overdue else ""):
                        ui.label(formats.time(one.at.astimezone(zone)))
                    ui.label(one.text).classes("title")
            if len(coming) > TODAY:
                link_to("More for today", "/reminders").classes("muted")


def _greeting(thread: Thread) -> str:
    if thread.note:
        return f"About “{thread.note.title}”"
    if thread.project:
        return f"New chat in {thread.project.name}"
    return f"Hello {shown_name(thread.page.asking.name, thread.preferences)}"


def _starter(icon: str, words: str) -> Element:
    return pictured("button", icon, words).classes("starter").props('type="button"')
