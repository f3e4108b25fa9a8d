"""How the product looks and behaves for one person: theme, time zone, titles."""

from zoneinfo import ZoneInfo

from markupsafe import Markup
from nicegui import ui
from nicegui.events import GenericEventArguments

from assistant.components.controls import Problem, check_box, select, text_field
from assistant.components.form import KeptForm, Sent, Values
from assistant.settings.pages.parts import hint, section
from assistant.settings.pages.services import Services
from assistant.users import preferences
from assistant.users.pages.page import Page

ENTER = {
    "auto": "Sends; on a touch screen it makes a new line",
    "send": "Sends",
    "line": "Makes a new line; Ctrl + Enter sends",
}
THEMES = {"system": "System", "light": "Light", "dark": "Dark"}


class General:
    """The section; each change is saved at once."""

    def __init__(self, services: Services, page: Page) -> None:
        """Draws it."""
        self._services, self._page = services, page
        chosen = page.asking.preferences
        self._zone = chosen.zone
        self._unknown = ""  # what was typed and is no zone
        values = chosen.model_dump(include={"theme", "zone", "enter", "better_titles"})
        with section("General") as self._saved, KeptForm("", values) as self._form:
            select("theme", "Theme", THEMES)
            self._draw_zone()
            select("enter", "What Enter does in a chat", ENTER)
            check_box("better_titles", "Let the model write titles for conversations", switch=True, role="switch")
        self._form.on_change(self._changed).on_done(self._sent)

    def _draw_zone(self) -> None:
        with ui.element("div").classes("setting-field"):
            field = text_field("zone", "Time zone", list="zones", placeholder="A city, such as Berlin", longest=64)
            field.on("change", self._left, js_handler="(event) => emit(event.target.value.slice(0, 100))")
            self._problem = Problem(field)
            self._time = hint("")
        options = Markup("").join(Markup('<option value="{}">').format(name) for name in preferences.ZONES)
        ui.html(options, sanitize=False, tag="datalist").props("id=zones")
        self._tell()

    async def _changed(self, values: Values, name: str) -> None:
        if name == "zone":
            if values["zone"] != self._unknown:
                self._problem.say("")
            if values["zone"] in preferences.ZONES:
                await self._save_zone(str(values["zone"]))
        elif name:
            await self._save(name, values[name])
            if name == "theme":
                self._page.wear(str(values["theme"]))

    async def _sent(self, sent: Sent) -> None:
        self._form.refused(sent.key)
        await self._look_up(str(sent.values.get("zone", "")))

    async def _left(self, event: GenericEventArguments) -> None:
        await self._look_up(str(event.args)[:100])

    async def _look_up(self, typed: str) -> None:
        """A city is enough to find its zone."""
        zone = preferences.find_zone(typed)
        self._unknown = "" if zone else typed
        if not zone:
            self._problem.say("There is no such time zone. Try a large city nearby, such as Berlin or New York.")
            return
        self._problem.say("")
        if zone != typed:
            self._form.fill({"zone": zone})
        await self._save_zone(zone)

    async def _save_zone(self, zone: str) -> None:
        if zone != self._zone:
            await self._save("zone", zone)
            self._zone = zone
            self._tell()

    async def _save(self, name: str, value: object) -> None:
        await self._services.database.run(preferences.save, self._page.user, **{name: value})
        self._saved.show()

    def _tell(self) -> None:
        local = self._services.clock().astimezone(ZoneInfo(self._zone))
        self._time.set_text(f"It is {local:%H:%M} there now.")
