"""``/name`` in the composer: the prompts that are meant, and what they ask for."""

from collections.abc import Callable
from functools import partial

from markupsafe import Markup
from nicegui import ui

from assistant.chat.models import Prompt
from assistant.chat.pages.services import Services
from assistant.chat.prompts import library, variables
from assistant.chat.prompts.library import SIGN
from assistant.components.controls import button, text_area, text_element
from assistant.components.dialogs import answered
from assistant.components.form import KeptForm, Sent
from assistant.components.rows import Rows
from assistant.errors import NotFound
from assistant.storage.text import fold
from assistant.text import row_number
from assistant.users.pages.page import Page

SHOWN = 6
NONE = Markup('<a href="/settings/prompts" data-row>{}</a>')
TO_FIRST = "(event) => {const first = event.target.form.querySelector('.prompts [data-row]');"
TO_FIRST += " if (first) {event.preventDefault(); first.focus();}}"


class Completion:
    """The list above the composer's text while it is the beginning of a prompt's name."""

    def __init__(self, services: Services, page: Page, fill: Callable[[str], None]) -> None:
        """Nothing is drawn before ``draw``; ``fill`` puts a text into the composer."""
        self._services, self._page, self._fill = services, page, fill
        self._found: list[Prompt] = []
        self._typed = ""

    def draw(self) -> None:
        """Draws it, empty."""
        self._rows = Rows().classes("prompts").on_act(self._chosen)
        self._rows.props('aria-label="Prompts"')
        self._rows.set_visibility(False)

    def listen(self, field: ui.element) -> None:
        """Lets the arrow down lead from the field into the list."""
        field.on("keydown.down", js_handler=TO_FIRST)

    async def typed(self, text: str) -> None:
        """Shows which prompts are meant by what stands in the composer."""
        name = _name(text)
        if name is None:
            if self._typed:
                self._typed, self._found = "", []
                self._rows.set_visibility(False)
            return
        self._typed = text
        found = await self._services.database.read(library.starting, self._page.user, name, SHOWN)
        if self._typed != text or self._page.closed:
            return
        self._found = found
        rows: dict[object, str] = {row.id: _row(row) for row in found}
        if not name and not found:
            rows["none"] = NONE.format("Keep prompts that you use often, and call them by /name")
        self._rows.show(rows)
        self._rows.set_visibility(bool(rows))

    async def take(self, text: str) -> bool:
        """Whether what is sent is the name of a prompt, which then stands in the composer in its place."""
        name = _name(text)
        found = await self._services.database.read(library.starting, self._page.user, name, 1) if name else []
        if not found or not found[0].key.startswith(fold(name or "")):
            return False
        await self._use(found[0])
        return True

    async def _chosen(self, _what: str, of: str, _more: str) -> None:
        try:
            prompt = await self._services.database.read(library.get, self._page.user, row_number(of))
        except NotFound:
            return
        await self._use(prompt)

    async def _use(self, prompt: Prompt) -> None:
        self._typed = ""
        self._rows.set_visibility(False)
        names = variables.names(prompt.text)
        values = await ask(prompt, names) if names else {}
        if values is not None:
            self._fill(variables.filled(prompt.text, values))


async def ask(prompt: Prompt, names: list[str]) -> dict[str, str] | None:
    """What the person writes for each of the names; None when they do not."""
    with ui.dialog(value=True) as dialog, ui.element("div").classes("card-box"):
        text_element("h2", f"/{prompt.name}")
        with KeptForm("", dict.fromkeys((f"v{at}" for at in range(len(names))), "")) as form:
            for at, name in enumerate(names):
                first = {"autofocus": ""} if not at else {}
                text_area(f"v{at}", name, grows=True, rows=1, data_enter="send", **first)  # type: ignore[arg-type]
            with ui.element("div").classes("row-end"):
                button("Cancel", partial(dialog.submit, None))
                button("Put in", kind="main")

    async def done(sent: Sent) -> None:
        form.stored(sent.key)
        dialog.submit({name: str(sent.values.get(f"v{at}") or "") for at, name in enumerate(names)})

    form.on_done(done)
    answer: object = await answered(dialog)
    return answer if isinstance(answer, dict) else None


def _name(text: str) -> str | None:
    """The beginning of a name, where the text is nothing else; empty for the sign alone."""
    if not text.startswith(SIGN):
        return None
    name = text.removeprefix(SIGN).strip()
    return name if not name or library.NAME.fullmatch(name) else None


def _row(prompt: Prompt) -> Markup:
    first = prompt.text.splitlines()[0]
    return Markup(
        '<button type="button" data-row data-do="use" data-of="{}"><strong>/{}</strong><span>{}</span></button>'
    ).format(prompt.id, prompt.name, first[:200])
