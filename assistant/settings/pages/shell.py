"""The page of the settings: the list of sections, the search over all of them, and the section that is shown."""

from dataclasses import replace

from markupsafe import Markup
from nicegui import ui
from nicegui.element import Element

from assistant.components.controls import select, text_element, text_field
from assistant.components.form import KeptForm, Sent, Values
from assistant.components.frame import main
from assistant.components.html import Html
from assistant.components.icons import svg
from assistant.errors import NotFound
from assistant.settings import finder
from assistant.settings.pages.field_rows import Rows
from assistant.settings.pages.parts import Block, hint
from assistant.settings.pages.sections import Section, sections
from assistant.settings.pages.services import Services
from assistant.users import preferences
from assistant.users.pages.page import Page, Place

MOST = 12  # settings that a search shows
# What a wide window has in its menu.
ELSEWHERE = f"""
<nav aria-label="More"><a href="/models">{svg("models")}<span>Models</span>{svg("forward")}</a>
<button type="button" data-dialog="#shortcuts">{svg("keyboard")}<span>Keyboard shortcuts</span>{svg("forward")}</button>
<form method="post" action="/logout"><button type="submit">{svg("out")}<span>Log out</span></button></form></nav>"""


class SettingsView:
    """The list and one of the sections; each is a view of its own, so that what it follows ends with it."""

    def __init__(self, services: Services, page: Page) -> None:
        """Nothing is drawn yet."""
        self._services, self._page, asking = services, page, page.asking
        seen = sections(services, owner=asking.owner, model=asking.preferences.model)
        self._sections = {one.name: one for one in seen}
        self._rows: list[Rows] = []
        self._shown = ""

    async def draw(self) -> None:
        """Draws the place for it."""
        with main(), ui.element("div").classes("sheet").props("data-scroll=settings"):
            self._sheet = ui.element("div").classes("settings")

    async def show(self, place: Place) -> None:
        """Shows the section at the address; raises NotFound where there is none for this person."""
        self._shown = str(place.parts.get("section", "general"))
        if self._shown not in self._sections:
            raise NotFound("There are no such settings.")
        section = self._sections[self._shown]
        self._page.title(section.title if "section" in place.parts else "Settings", "settings")
        with self._sheet:
            with ui.element("div").classes("settings-side"):
                self._draw_side()
            self._results = ui.element("div").classes("settings-results").props('role="region"')
            self._results.props["aria-label"] = "Settings that were found"
            self._results.set_visibility(False)
            with ui.element("div").classes("settings-section") as self._box:
                await self._draw_section(section, place.query.get("at", ""))
        self._page.follow({"preferences"}, self._refresh)

    async def _draw_section(self, section: Section, at: str) -> None:
        text_element("h1", section.title)
        places: dict[str, Element] = {}
        for part in section.parts:
            if isinstance(part, Block):
                with ui.element("div").classes("settings-part").props(f'id="{part.name}"') as places[part.name]:
                    await part.draw(self._page)
            else:
                self._rows.append(Rows(self._services, self._page, part))
                places |= self._rows[-1].places
        if section.name == "general":
            Html(ELSEWHERE).classes("elsewhere")
        if at in places:
            places[at].classes("found")

    async def _refresh(self, _topics: set[str]) -> None:
        chosen = await self._services.database.read(preferences.load, self._page.user)
        if chosen != self._page.asking.preferences:
            self._page.asking = replace(self._page.asking, preferences=chosen)
            for rows in self._rows:
                rows.refresh()

    def _draw_side(self) -> None:
        with KeptForm("", {"find": ""}) as search:
            search.classes("settings-search").props('role="search"')
            text_field(
                "find", "Search settings", hidden_label=True, type="search", placeholder="Search settings", data_key="/"
            )
        search.on_change(lambda values, _name: self._find(str(values.get("find", ""))))

        async def sent(sent: Sent) -> None:
            search.refused(sent.key)  # the words stay
            if found := self._found(str(sent.values.get("find", ""))):
                self._page.go(found[0].address)

        search.on_done(sent)
        with ui.element("nav").props('aria-label="Sections"'):
            links = (self._link(one) for one in self._sections.values())
            Html(Markup().join(links)).classes("settings-list")
        with KeptForm("", {"section": self._shown}) as choice:
            choice.classes("settings-choice")
            options = {name: one.title for name, one in self._sections.items()}
            select("section", "Section", options, hidden_label=True, fixed=True)
        choice.on_change(self._choose)

    def _link(self, one: Section) -> Markup:
        here = Markup(' aria-current="page"') if one.name == self._shown else ""
        icon = Markup(svg(one.icon))  # noqa: S704 - our own
        return Markup('<a href="/settings/{}"{}>{}<span>{}</span></a>').format(one.name, here, icon, one.title)

    def _choose(self, values: Values, _name: str) -> None:
        name = str(values.get("section"))
        if name in self._sections and name != self._shown:
            self._page.go(f"/settings/{name}")

    def _found(self, typed: str) -> list[finder.Entry]:
        entries = [entry for one in self._sections.values() for entry in one.entries()]
        return finder.find(entries, typed[:100])

    def _find(self, typed: str) -> None:
        found, wanted = self._found(typed)[:MOST], bool(typed.strip())
        self._results.set_visibility(wanted)
        self._box.set_visibility(not wanted)
        self._results.clear()
        with self._results:
            for entry in found:
                with ui.element("a").classes("settings-result") as link:
                    ui.label(entry.title)
                    hint(entry.section_title)
                link.props["href"] = entry.address
            if wanted and not found:
                ui.label("No setting is called so. Try another word.").classes("muted")
