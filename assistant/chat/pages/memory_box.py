"""What models are told about a person, in the settings: each fact with where it is from, to change and to forget."""

from collections.abc import Callable
from functools import partial

from markupsafe import Markup
from nicegui import ui

from assistant.chat.memory import facts, telling
from assistant.chat.models import BROUGHT, SAID, Fact
from assistant.chat.pages.services import Services
from assistant.components.controls import Problem, button, text_area, text_element, text_field
from assistant.components.form import KeptForm, Sent
from assistant.components.icons import svg
from assistant.components.rows import Rows
from assistant.components.toast import toast
from assistant.errors import AssistantError
from assistant.text import row_number
from assistant.users import preferences
from assistant.users.pages.page import Page
from assistant.users.preferences import Preferences

ABOUT = "Models are told this in every conversation. Say “remember that …” in a chat, or write it here."
EMPTY = "Nothing yet."
HIDDEN = "Memory is switched off above: models are told none of this."
FULL = 0.8  # of the room from which on it is said how much is taken


class MemoryBox:
    """The box of facts."""

    def __init__(self, services: Services, page: Page) -> None:
        """Nothing is drawn before ``draw``."""
        self._services, self._page = services, page

    async def draw(self) -> None:
        """Draws it, and follows what changes."""
        with ui.element("section").classes("card-box setting memory").props('aria-label="What models know about me"'):
            text_element("h2", "What models know about me")
            self._about = ui.label().classes("hint")
            self._empty = ui.label(EMPTY).classes("muted")
            self._rows = Rows().classes("lines").on_act(self._acted)
            self._room = ui.label().classes("hint").props('role="status"')
            self._form()
            self._place = ui.element("div")
        await self._show(set())
        self._page.follow({"memory", "preferences"}, self._show)

    def _form(self) -> None:
        with KeptForm(f"fact:{self._page.user}:new", {"text": ""}).classes("memory-new") as form:
            field = text_field(
                "text", "Something about you", hidden_label=True, longest=facts.LONGEST,
                placeholder="Such as: I am a vegetarian", enterkeyhint="done",
            )  # fmt: skip
            button("Add", icon="plus")
            problem = Problem(field)

        async def add(sent: Sent) -> None:
            if await self._stored(form, sent, problem, facts.add):
                form.focus("text")

        form.on_done(add)

    async def _show(self, _topics: set[str]) -> None:
        user, read = self._page.user, self._services.database.read
        rows = await read(facts.listing, user)
        chosen = await read(preferences.load, user)
        tokens = telling.tokens(row.text for row in rows if row.active)
        self._about.set_text(ABOUT if chosen.memory else HIDDEN)
        self._empty.set_visibility(not rows)
        self._rows.show({row.id: _row(row, chosen) for row in rows})
        full = tokens > facts.TOKENS * FULL
        self._room.set_text(f"{tokens * 100 // facts.TOKENS} % of the room is taken." if full else "")
        self._room.set_visibility(full)

    async def _acted(self, what: str, of: str, more: str) -> None:
        run, user, now = self._services.database.run, self._page.user, self._services.clock()
        try:
            row = await self._services.database.read(facts.get, user, row_number(of))
            if what == "active":
                await run(facts.change, user, row.id, active=more == "on", now=now)
            elif what == "edit":
                self._edit(row)
            elif what == "delete":
                await self._delete(row)
        except AssistantError as error:
            toast(error.sentence)
            self._rows.show({})  # a switch that could not be turned is as it was
            await self._show(set())

    async def _delete(self, row: Fact) -> None:
        gone = await self._services.database.run(facts.delete, self._page.user, row.id)

        async def undo() -> None:
            await self._services.database.run(facts.put_back, self._page.user, gone)

        toast("Forgotten.", undo)

    def _edit(self, row: Fact) -> None:
        with self._place, ui.dialog(value=True) as dialog, ui.element("div").classes("card-box"):
            dialog.props('aria-labelledby="fact-title"').on("hide", dialog.delete)
            with ui.element("h2").props('id="fact-title"'):
                ui.label("Something about you")
            with KeptForm(f"fact:{self._page.user}:{row.id}", {"text": row.text}) as form:
                field = text_area(
                    "text", "Text", hidden_label=True, grows=True, rows=2, longest=facts.LONGEST, data_enter="send",
                    autofocus="",
                )  # fmt: skip
                problem = Problem(field)
                with ui.element("div").classes("row-end"):
                    button("Cancel", dialog.close)
                    button("Save", kind="main")

        async def save(sent: Sent) -> None:
            if await self._stored(form, sent, problem, partial(facts.change, fact=row.id)):
                dialog.close()

        form.on_done(save)

    async def _stored(self, form: KeptForm, sent: Sent, problem: Problem, act: Callable[..., Fact]) -> bool:
        """Whether what was typed is kept; else why not stands at its field."""
        try:
            await self._services.database.run(
                partial(act, self._page.user), text=str(sent.values.get("text") or ""), now=self._services.clock()
            )
        except AssistantError as error:
            form.refused(sent.key)
            problem.say(error.sentence)
            return False
        problem.say("")
        form.stored(sent.key)
        return True


def _row(row: Fact, chosen: Preferences) -> Markup:
    when = chosen.formats.day(row.created.astimezone(chosen.zone_info).date())
    place: Markup | str = {BROUGHT: f"From {row.program}" if row.program else "Brought from elsewhere"}.get(
        row.source, "You said so in a chat" if row.source == SAID else "You wrote this"
    )
    if row.conversation_id:
        place = Markup('<a href="/chat/{}">{}</a>').format(row.conversation_id, place)
    return Markup(
        '<div class="line-words"><span class="{}" dir="auto">{}</span><span class="hint">{} · {}</span></div>'
        '<input type="checkbox" role="switch" class="switch-alone" data-do="active" data-of="{id}" '
        'aria-label="Tell models: {name}"{}>'
        '<button type="button" class="icon-button" data-do="edit" data-of="{id}" title="Change" '
        'aria-label="Change: {name}">{}</button>'
        '<button type="button" class="icon-button" data-do="delete" data-of="{id}" title="Forget" '
        'aria-label="Forget: {name}">{}</button>'
    ).format(
        "person-name" if row.active else "person-name fact-off", row.text, place, when,
        Markup(" checked") if row.active else "", svg("edit"), svg("trash"), id=row.id, name=row.text[:60],
    )  # fmt: skip
