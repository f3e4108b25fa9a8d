"""What belongs to a note beside its text: colour, tags, and what leads to it."""

from functools import partial
from urllib.parse import quote

from markupsafe import Markup
from nicegui import ui

from assistant.components.controls import show_options
from assistant.components.html import Html
from assistant.components.icons import svg
from assistant.components.rows import Rows
from assistant.notes import notebook, tags
from assistant.notes.models import COLOURS
from assistant.notes.pages.editor.opened import Leading, Line, Opened
from assistant.notes.pages.services import Services
from assistant.users.pages.page import Page

OFFERED = 300  # tags that the browser completes
TAG = Markup(
    '<a href="/notes?tag={}">{}</a>'
    '<button type="button" data-do="untag" data-of="{}" aria-label="Remove the tag {}">{}</button>'
)


class TagLine:
    """Colour and tags of the note that is open; what is typed into the field is stored by the box of the text."""

    def __init__(self, page: Page, services: Services) -> None:
        """Draws it."""
        self._page, self._services, self._found = page, services, Opened()
        with ui.element("div").classes("tags"):
            self._colour = ui.element("button").classes("icon-button colour-button")
            self._colour.props('type="button" aria-label="Colour" title="Colour" aria-haspopup="menu"')
            with self._colour:
                Html(svg("circle"))
                self._draw_colours()
            self._list = Rows(tag="ul").classes("tag-list").on_act(self._untag)
            ui.element("span").classes("tag-pending muted").props("data-pending")
            field = ui.element("input").classes("tag-input")
            field.props('data-tags placeholder="Add a tag" aria-label="Add a tag" enterkeyhint="done"')
            self._offered = ui.element("datalist")
            field.props["list"] = self._offered.html_id
            field.on("focus", self._offer)

    def show(self, found: Opened) -> None:
        """Shows those of the note."""
        self._found = found
        rows = {tag: TAG.format(quote(tag, safe=""), tag, tag, tag, svg("close")) for tag in found.tags}
        self._list.show(rows, classes=dict.fromkeys(found.tags, "tag"))
        self._colour.classes(replace=f"icon-button colour-button colour-{found.colour or 'none'}")

    def _draw_colours(self) -> None:
        with ui.menu().props('auto-close="" transition-duration="0"').classes("menu colours"):
            for colour in COLOURS:
                label = colour.capitalize() or "No colour"
                choice = ui.element("button").classes(f"colour colour-{colour or 'none'}")
                choice.props(f'type="button" aria-label="{label}" title="{label}"')
                choice.on("click", partial(self._paint, colour))

    async def _paint(self, colour: str) -> None:
        if self._found.id:
            await self._services.database.run(notebook.set_colour, self._page.user, self._found.id, colour)

    async def _untag(self, _what: str, tag: str, _more: str) -> None:
        now = self._services.clock()
        await self._services.database.run(
            partial(notebook.tag_all, self._page.user, [self._found.id], remove=[tag], now=now)
        )  # fmt: skip

    async def _offer(self) -> None:
        names = await self._services.database.read(tags.listed, self._page.user)
        show_options(self._offered, {name: name for name, _count in names[:OFFERED]})


class LeadingHere:
    """The notes and reminders that lead to the one that is open."""

    def __init__(self) -> None:
        """Draws the place for them."""
        self._place = Html("", tag="footer").classes("editor-foot")
        self.show(Leading())

    def show(self, leading: Leading) -> None:
        """Shows them; nothing where there are none."""
        parts = [("Linked from", "backlinks", leading.notes), ("Reminders", "mentions", leading.reminders)]
        self._place.set_content(Markup("").join(_drawn(*part) for part in parts if part[2]))


def _drawn(heading: str, name: str, lines: tuple[Line, ...]) -> Markup:
    links = Markup("").join(Markup('<a href="{}">{}</a>').format(line.address, line.words) for line in lines)
    return Markup('<div class="{}"><h2>{}</h2>{}</div>').format(name, heading, links)
