"""What stands above the lists: the name of the room, its views, and what else there is."""

from collections.abc import Awaitable, Callable

from markupsafe import Markup
from nicegui import ui
from nicegui.element import Element

from assistant.components.controls import icon_button, text_element
from assistant.components.html import Html
from assistant.components.icons import svg
from assistant.components.menu import Choice, menu
from assistant.reminders.pages.lists.where import MONTH, TABS, TODAY, UPCOMING, Where
from assistant.users.pages.page import Page

OPTIONS, OPTIONS_ADDRESS = "Calendars", "/reminders/options"
# Who clicks and types at once must not lose the first letters, however far the server is.
SEARCH = """(e) => {
  const form = document.querySelector('.reminders-filters.hidden');
  form?.classList.remove('hidden');
  form?.elements.q.focus();
  emit();
}"""


Do = Callable[[], Awaitable[None]]


class Title:
    """The heading, with what is seldom needed at its right; on a phone that is a menu beside the views."""

    def __init__(self, on_search: Do, on_select: Do) -> None:
        """Draws it."""
        with ui.element("div").classes("reminders-head"):
            text_element("h1", "Reminders")
            ui.element("span").classes("grow")
            self._search = icon_button("search", "Search and filters").on("click", on_search, js_handler=SEARCH)
            self._select = icon_button("task", "Select", on_select)
            Html(
                Markup('<a class="icon-button" href="{0}" aria-label="{1}" title="{1}">{2}</a>').format(
                    OPTIONS_ADDRESS, OPTIONS, svg("sliders")
                ),
            )

    def selecting(self, *, on: bool) -> None:
        """Says whether one selects."""
        _press(self._select, on=on)

    def filtering(self, on: bool) -> None:  # noqa: FBT001 - called by what turns
        """Says whether search and filters are shown."""
        _press(self._search, on=on)


class Views:
    """The views and how they are laid out, as links."""

    def __init__(self, page: Page, on_search: Do, on_select: Do) -> None:
        """Draws it."""
        self._page, self._where = page, Where()
        with ui.element("div").classes("views"):
            self._links = Html("").classes("views-links")
            with ui.element("span").classes("views-more"):
                icon_button("more", "More")
                menu(
                    [
                        Choice("Search and filters", on_search, "search"),
                        Choice("Select several", on_select, "task"),
                        Choice("List or month", self._other, "calendar"),
                        Choice(OPTIONS, lambda: page.go(OPTIONS_ADDRESS), "sliders"),
                    ]
                )

    def show(self, where: Where, due: int, overdue: int) -> None:
        """Shows which is current, and how many reminders wait today."""
        self._where = where
        tabs = Markup("").join(_tab(where, view, words, due, overdue) for view, words in TABS.items())
        layouts = Markup("").join(
            Markup('<a href="{}" aria-label="{}" title="{}"{}>{}</a>').format(
                where.at(view).address, words, words, _current(is_it), svg(icon)
            )
            for view, words, icon, is_it in (
                (where.tab, "List", "rows", where.view != MONTH), (MONTH, "Month", "calendar", where.view == MONTH)
            )
        )  # fmt: skip
        self._links.set_content(
            Markup(
                '<nav class="tabs" aria-label="Views">{}</nav><nav class="layouts" aria-label="Layout">{}</nav>'
            ).format(tabs, layouts)
        )

    def _other(self) -> None:
        self._page.go(self._where.at(UPCOMING if self._where.view == MONTH else MONTH).address)


def _press(made: Element, *, on: bool) -> None:
    made.props["aria-pressed"] = "true" if on else "false"
    made.update()


def _tab(where: Where, view: str, words: str, due: int, overdue: int) -> Markup:
    count = Markup("")
    if view == TODAY and due:
        name = f"{overdue:,} overdue" if overdue else ""
        count = Markup(' <span class="count{}" title="{}">{}</span>').format(" late" if overdue else "", name, due)
    return Markup('<a href="{}"{}>{}{}</a>').format(where.at(view).address, _current(where.tab == view), words, count)


def _current(is_it: bool) -> Markup:  # noqa: FBT001 - an attribute or none
    return Markup(' aria-current="page"') if is_it else Markup("")
