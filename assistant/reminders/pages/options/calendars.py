"""The part of a page about the address at which calendars show the reminders."""

from datetime import datetime
from functools import partial

from markupsafe import Markup
from nicegui import events, ui

from assistant.components.controls import button, link_to, text_field
from assistant.components.html import Html
from assistant.reminders.ical import feed
from assistant.reminders.models import CalendarFeed
from assistant.reminders.pages.options.section import section
from assistant.reminders.pages.services import Services
from assistant.users.pages.page import Page
from assistant.users.preferences import Preferences

ABOUT = (
    "A private address at which Google, Apple, Outlook, Thunderbird and other calendars show your reminders."
    " Feasts that move, and days left out, are told them for the years to come."
)
ONCE = "This is the only time it’s shown, so copy it now. Whoever has it can read your reminders."
NO_COPY = "Your browser does not let pages copy. The address is selected: press Ctrl+C."
MAKE, RENEW, OFF = "Make an address", "Make a new one", "Switch it off"
QUESTIONS = {
    RENEW: "The old address stops working at once. Calendars that use it stop updating.",
    OFF: "The address stops working at once. Calendars that use it stop updating.",
}
HOW_TO = (
    ("Google Calendar", "Other calendars, plus, From URL. It updates a few times a day, from public addresses only."),
    ("iPhone and Mac", "Open it on the device, or Add Calendar Subscription."),
    ("Outlook", "Add calendar, Subscribe from web."),
    ("Thunderbird", "New calendar, On the network."),
)
# In the click itself, for only then do browsers let a page copy.
COPY = "() => window.assistant.copy(document.getElementById('%s').value).then(() => emit(true), () => emit(false))"


class CalendarAddress:
    """The person's calendar address, as one view shows it; itself only right after it was made."""

    def __init__(self, services: Services, page: Page) -> None:
        """Nothing is drawn before ``draw``."""
        self._services, self._page = services, page
        self._feed: CalendarFeed | None = None
        self._address = ""

    async def draw(self) -> None:
        """Draws the section and follows what changes."""
        with section("Calendar address"):
            ui.label(ABOUT).classes("muted")
            self._box = ui.element("div").classes("calendar-address")
            self._said = ui.label().classes("calendars-said").props('role="status"')
            Html(_how_to(), tag="details").classes("import-said")
        self._feed = await self._read()
        self._show()
        self._page.follow({"calendar"}, lambda _topics: self._refresh())

    async def _read(self) -> CalendarFeed | None:
        return await self._services.database.read(feed.get, self._page.user)

    async def _refresh(self) -> None:
        """Shows what another page did; what was done here shows already."""
        found = await self._read()
        if (found and found.id) != (self._feed and self._feed.id):
            self._feed, self._address = found, ""
            self._show()

    def _show(self, focused: str = "") -> None:
        self._box.clear()
        with self._box:
            if self._address:
                self._show_address()
            if self._feed:
                ui.label(_since(self._feed, self._page.asking.preferences)).classes("muted")
            with ui.element("div").classes("row"):
                self._show_acts(focused)

    def _show_address(self) -> None:
        with ui.element("div").classes("row calendar-copy"):
            field = text_field("address", "The address", hidden_label=True, readonly="", value=self._address)
            field.on("focus", js_handler="(event) => event.target.select()")
            copy = button("Copy", kind="main", type="button")
            copy.on("click", self._copied, js_handler=COPY % field.html_id)
        copy.run_method("focus")
        self._field = field
        ui.label(ONCE).classes("calendar-once")
        with ui.element("div").classes("row"):
            webcal = f"webcal:{self._address.partition(':')[2]}"
            link_to("Open in a calendar on this device", webcal, "quiet")

    def _show_acts(self, focused: str) -> None:
        if self._feed is None:
            make = button(MAKE, self._make, kind="main")
            if focused == MAKE:
                make.run_method("focus")
            return
        for words in (RENEW, OFF):
            act = button(words, partial(self._ask, words))
            if words == focused:
                act.run_method("focus")

    def _ask(self, what: str) -> None:
        """Asks before an address stops working that calendars may be using."""
        self._box.clear()
        with self._box:
            ui.label(QUESTIONS[what])
            with ui.element("div").classes("row"):
                yes = button(what, self._make if what == RENEW else self._revoke, kind="main")
                button("Keep it", partial(self._show, what))
        yes.run_method("focus")

    async def _make(self) -> None:
        token = await self._services.database.run(feed.make, self._page.user, self._services.clock())
        origin = self._page.origin(self._services.public_url)
        self._feed, self._address = await self._read(), f"{origin}/calendar/{token}.ics"
        self._said.set_text("")
        self._show()

    async def _revoke(self) -> None:
        await self._services.database.run(feed.revoke, self._page.user)
        self._feed, self._address = None, ""
        self._said.set_text("Switched off. The address is gone.")
        self._show(MAKE)

    def _copied(self, event: events.GenericEventArguments) -> None:
        self._said.set_text("Copied." if event.args is True else NO_COPY)
        if event.args is not True:
            self._field.run_method("select")


def _since(found: CalendarFeed, chosen: Preferences) -> str:
    made = found.created.astimezone(chosen.zone_info)
    read = f"last read {_time(found.read, chosen)}" if found.read else "not read yet"
    return f"Made on {chosen.formats.day(made.date(), whole=True)}, {read}."


def _time(instant: datetime, chosen: Preferences) -> str:
    at = instant.astimezone(chosen.zone_info)
    return chosen.formats.moment(at, at.date())


def _how_to() -> Markup:
    lines = Markup("").join(Markup("<li><strong>{}</strong> {}</li>").format(*line) for line in HOW_TO)
    return Markup("<summary>How to add it to your calendar</summary><ul>{}</ul>").format(lines)
