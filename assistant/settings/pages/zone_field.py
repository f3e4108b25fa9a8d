"""The time zone: found by its city, or as the browser says."""

from contextlib import suppress
from functools import cache
from zoneinfo import ZoneInfo

from markupsafe import Markup
from nicegui import ui
from nicegui.events import GenericEventArguments

from assistant.components.controls import Problem, text_field
from assistant.components.form import KeptForm, Sent, Values
from assistant.components.html import Html
from assistant.settings.pages.field_rows import save
from assistant.settings.pages.parts import hint, section
from assistant.settings.pages.services import Services
from assistant.users import preferences
from assistant.users.pages.page import Page

NO_ZONE = "There is no such time zone. Try a large city nearby, such as Berlin or New York."
PATIENCE = 10.0  # seconds
BROWSERS = "Intl.DateTimeFormat().resolvedOptions().timeZone"


@cache
def _zones() -> Markup:
    return Markup().join(Markup('<option value="{}">').format(name) for name in preferences.ZONES)


class ZoneField:
    """The box of the time zone."""

    def __init__(self, services: Services, page: Page) -> None:
        """Nothing is drawn before ``draw``."""
        self._services, self._page = services, page
        self._unknown = ""  # what was typed and is no zone
        self._browsers = ""
        self._chosen = page.asking.preferences

    async def draw(self) -> None:
        """Draws it."""
        with section("Where you are") as self._saved, KeptForm("", {"zone": self._chosen.zone}) as self._form:
            with ui.element("div").classes("setting-row"):
                with ui.element("div").classes("setting-words"):
                    with ui.element("label").classes("setting-title") as label:
                        ui.label("Time zone")
                    self._time = hint("")
                with ui.element("div").classes("setting-control"):
                    field = text_field("zone", "", list="zones", placeholder="A city, such as Berlin", longest=64)
                    self._problem = Problem(field)
                    with ui.element("button").classes("plain-button").props('type="button"') as self._offer:
                        self._offer_words = ui.label()
                    self._offer.on("click", self._take)
            label.props["for"] = field.html_id
            field.on("change", self._left, js_handler="(event) => emit(event.target.value.slice(0, 100))")
            # Six hundred names, of which each is four nodes: they come when somebody is about to type one.
            self._names = Html("", tag="datalist").props("id=zones")
            field.on("focus", self._name_all, args=[])
        self._form.on_change(self._changed).on_done(self._sent)
        self._tell()
        self._page.begin(self._ask_browser(), name="zone of the browser")
        self._page.follow({"preferences"}, self._refresh)

    async def _refresh(self, _topics: set[str]) -> None:
        """Shows what another field or another page has changed."""
        chosen = await self._services.database.read(preferences.load, self._page.user)
        if chosen.zone != self._chosen.zone:
            self._form.fill({"zone": chosen.zone})
        self._chosen = chosen
        self._tell()

    async def _ask_browser(self) -> None:
        said = ""
        with suppress(TimeoutError):  # a browser that does not say it gets no offer
            await self._page.client.connected()
            with self._offer:
                said = str(await ui.run_javascript(BROWSERS, timeout=PATIENCE))
        self._browsers = said if said in preferences.ZONES else ""
        self._tell()

    def _name_all(self) -> None:
        if not self._names.content:
            self._names.set_content(_zones())

    async def _take(self) -> None:
        self._form.fill({"zone": self._browsers}, over=True)
        await self._save(self._browsers)

    async def _changed(self, values: Values, _name: str) -> None:
        typed = values.get("zone")
        if typed != self._unknown:
            self._problem.say("")
        if typed in preferences.ZONES:
            await self._save(str(typed))

    async def _sent(self, sent: Sent) -> None:
        self._form.refused(sent.key)
        await self._look_up(str(sent.values.get("zone", "")))

    async def _left(self, event: GenericEventArguments) -> None:
        await self._look_up(str(event.args)[:100])

    async def _look_up(self, typed: str) -> None:
        """A city is enough to find its zone."""
        zone = preferences.find_zone(typed)
        self._unknown = "" if zone else typed
        self._problem.say("" if zone else NO_ZONE)
        if zone:
            if zone != typed:
                self._form.fill({"zone": zone})
            await self._save(zone)

    async def _save(self, zone: str) -> None:
        if zone != self._chosen.zone:
            await save(self._services, self._page, zone=zone)
            self._chosen = self._page.asking.preferences
            self._saved.show()
            self._tell()

    def _tell(self) -> None:
        local = self._services.clock().astimezone(ZoneInfo(self._chosen.zone))
        self._time.set_text(f"It is {self._chosen.formats.time(local)} there now. Default: as your browser says.")
        name = self._browsers.rpartition("/")[2].replace("_", " ")
        self._offer_words.set_text(f"Use {name}, as this browser says")
        self._offer.set_visibility(bool(self._browsers) and self._browsers != self._chosen.zone)
