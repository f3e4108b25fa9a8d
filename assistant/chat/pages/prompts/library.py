"""The prompts that a person keeps, in the settings."""

from functools import partial

from markupsafe import Markup
from nicegui import ui

from assistant.chat.models import Prompt
from assistant.chat.pages.services import Services
from assistant.chat.prompts import library, variables
from assistant.components.controls import Problem, button, say_problems, text_area, text_element, text_field
from assistant.components.form import KeptForm, Sent
from assistant.components.icons import svg
from assistant.components.rows import Rows
from assistant.components.toast import toast
from assistant.errors import AssistantError, NotFound
from assistant.text import row_number
from assistant.users.pages.page import Page

ABOUT = "Type / and the name in a chat, and the prompt stands there. What is written as {{topic}} is asked for."


class Library:
    """The box of prompts."""

    def __init__(self, services: Services, page: Page) -> None:
        """Nothing is drawn before ``draw``."""
        self._services, self._page = services, page

    async def draw(self) -> None:
        """Draws it, and follows what changes."""
        with ui.element("section").classes("card-box setting").props('aria-label="Prompts"'):
            text_element("h2", "Your prompts")
            ui.label(ABOUT).classes("hint")
            self._rows = Rows().classes("lines").on_act(self._acted)
            button("New prompt", partial(self._edit, None), icon="plus").classes("prompt-new")
            self._place = ui.element("div")
        await self._show()
        self._page.follow({"prompts"}, lambda _topics: self._show())

    async def _show(self) -> None:
        found = await self._services.database.read(library.listing, self._page.user)
        self._rows.set_visibility(bool(found))
        self._rows.show({prompt.id: _row(prompt) for prompt in found})

    async def _acted(self, what: str, of: str, _more: str) -> None:
        try:
            prompt = await self._services.database.read(library.get, self._page.user, row_number(of))
        except NotFound:
            return  # it was deleted elsewhere, and its row goes by itself
        if what == "edit":
            self._edit(prompt)
        elif what == "delete":
            await self._delete(prompt)

    def _edit(self, prompt: Prompt | None) -> None:
        draft = f"prompt:{self._page.user}:{prompt.id if prompt else 'new'}"
        values = {"name": prompt.name, "text": prompt.text} if prompt else {"name": "", "text": ""}
        with self._place, ui.dialog(value=True) as dialog, ui.element("div").classes("card-box"):
            text_element("h2", f"/{prompt.name}" if prompt else "New prompt")
            with KeptForm(draft, values) as form:
                name = text_field("name", "Name", placeholder="summary", longest=100, autocapitalize="none")
                problems = {"name": Problem(name)}
                text = text_area(
                    "text", "Prompt", grows=True, rows=3, longest=library.LONGEST,
                    placeholder="Summarise {{topic}} in three sentences.",
                )  # fmt: skip
                problems |= {"text": Problem(text), "": Problem()}
                with ui.element("div").classes("row-end"):
                    button("Cancel", dialog.close)
                    button("Save", kind="main")

        async def save(sent: Sent) -> None:
            typed = {field: str(sent.values.get(field) or "") for field in ("name", "text")}
            try:
                await self._store(prompt, typed)
            except AssistantError as error:
                form.refused(sent.key)
                say_problems(problems, error.sentence, error.field)
                return
            form.stored(sent.key)
            dialog.close()

        form.on_done(save)
        dialog.on("hide", dialog.delete)

    async def _store(self, prompt: Prompt | None, typed: dict[str, str]) -> None:
        run, user, now = self._services.database.run, self._page.user, self._services.clock()
        if prompt is None:
            await run(library.add, user, now=now, **typed)
        else:
            await run(library.change, user, prompt.id, now=now, **typed)

    async def _delete(self, prompt: Prompt) -> None:
        gone = await self._services.database.run(library.delete, self._page.user, prompt.id)

        async def undo() -> None:
            await self._services.database.run(library.put_back, self._page.user, gone)

        toast(f"/{prompt.name} was deleted.", undo)


def _row(prompt: Prompt) -> Markup:
    asked = variables.names(prompt.text)
    asks = Markup('<span class="hint">Asks for {}</span>').format(", ".join(asked)) if asked else ""
    return Markup(
        '<div class="line-words"><span class="person-name">/{name}</span>'
        '<span class="hint prompt-text" dir="auto">{}</span>{}</div>'
        '<button type="button" class="icon-button" data-do="edit" data-of="{id}" title="Edit /{name}" '
        'aria-label="Edit /{name}">{}</button>'
        '<button type="button" class="icon-button" data-do="delete" data-of="{id}" title="Delete /{name}" '
        'aria-label="Delete /{name}">{}</button>'
    ).format(
        prompt.text.splitlines()[0][:200], asks, svg("edit"), svg("trash"), id=prompt.id, name=prompt.name
    )  # fmt: skip
