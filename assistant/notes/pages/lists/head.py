"""The head of the list: what it is called, the search, options, and the ways to a new note."""

from collections.abc import Awaitable, Callable
from functools import partial

from nicegui import ui

from assistant.components.controls import icon_button, text_field
from assistant.components.form import KeptForm, Sent, Values
from assistant.components.html import Html
from assistant.components.icons import svg
from assistant.components.menu import Choice, open_menu
from assistant.notes import notebook, queries
from assistant.notes.pages.lists.filters import LONGEST, Filter
from assistant.notes.pages.lists.options import Options
from assistant.notes.pages.services import Services
from assistant.notes.queries import TRASH
from assistant.users.pages.page import Page

PAUSE = 10  # ms after a key: a search takes less than the time between two of them
TO_FIRST = "() => document.querySelector('.notes [data-row]')?.focus()"
Heard = Callable[[str], Awaitable[None]]


class ListHead:
    """Stands above the rows; what is typed and chosen in it is told to the list."""

    def __init__(self, page: Page, services: Services, *, on_words: Heard, on_enter: Heard) -> None:
        """``on_words`` hears the search after each key, ``on_enter`` when it is sent."""
        self._page, self._services = page, services
        self._on_words, self._on_enter = on_words, on_enter
        self._words = ""

    def draw(self, on_options: Callable[[Values], Awaitable[None]], on_select: Callable[[], None]) -> None:
        """Draws it; ``on_options`` hears the values of Options, ``on_select`` that several notes are to be chosen."""
        wanted = self._page.asking.preferences
        with ui.element("header").classes("notes-head"):
            with ui.element("div").classes("notes-title"):
                icon_button("menu", "Places").props("data-drawer").classes("notes-drawer")
                with ui.element("div").props('role="heading" aria-level="1"').classes("notes-heading") as self._heading:
                    self._title = ui.label()
                self._count = ui.label().classes("notes-count")
                self._options = Options(wanted.notes_order, on_options, on_select, cards=wanted.notes_cards)
                self._templates = icon_button("copy", "New from a template", self._offer_templates)
                today = Html(svg("calendar"), tag="a").classes("icon-button")
                today.props('href="/notes/today" aria-label="Today’s note" title="Today’s note"')
                new = Html(svg("plus"), tag="a").classes("icon-button notes-new")
                new.props('href="/notes/new" aria-label="New note" title="New note"')
            self._search()
            self._options.panel()

    def show(self, shown: Filter, total: int, *, templates: bool) -> None:
        """Shows what is listed, and how many notes that are."""
        self._title.set_text(shown.heading)
        self._count.set_text(f"{total:,}" if total else "")
        self._templates.set_visibility(templates)
        self._form.set_visibility(shown.where != TRASH)
        self._options.show(shown)
        if shown.words != self._words:
            self._words = shown.words
            self._form.fill({"q": shown.words})

    def level(self, level: int) -> None:
        """Says how deep the heading stands: on level 1 it is the page's own, and the search gets the cursor."""
        self._heading.props["aria-level"] = str(level)
        self._heading.update()
        if level == 1:
            self._field.props["data-focus"] = ""
        else:
            self._field.props.pop("data-focus", None)
        self._field.update()

    def _search(self) -> None:
        with KeptForm(values={"q": ""}, pause=PAUSE).classes("notes-search") as self._form:
            self._field = text_field(
                "q", "Search notes", hidden_label=True, type="search", placeholder="Search notes", longest=LONGEST,
                data_key="/", enterkeyhint="go",
            )  # fmt: skip
            self._field.on("keydown.down.prevent", js_handler=TO_FIRST)
            Html(svg("search")).classes("icon-host")
            Html("<kbd>/</kbd>").classes("notes-key").props('aria-hidden="true"')
        self._form.on_change(self._typed).on_done(self._entered)

    async def _typed(self, values: Values, _name: str) -> None:
        self._words = str(values.get("q", ""))[:LONGEST]
        await self._on_words(self._words)

    async def _entered(self, sent: Sent) -> None:
        self._form.refused(sent.key)  # the words stay
        self._words = str(sent.values.get("q", ""))[:LONGEST]
        await self._on_enter(self._words)

    async def _offer_templates(self) -> None:
        found = await self._services.database.read(queries.templates, self._page.user)
        choices = [Choice(one.title or "Untitled", partial(self._from_template, one.id)) for one in found]
        open_menu(choices, at=f"#{self._templates.html_id}")

    async def _from_template(self, template: int) -> None:
        services, user = self._services, self._page.user
        made = await services.database.run(notebook.begin_from, user, template, services.clock())
        self._page.go(f"/notes/{made.id}")
