"""When a ring comes again: a menu of the usual times, and a dialog for any other."""

from datetime import datetime, timedelta
from functools import partial

from nicegui import ui

from assistant.components.controls import Problem, button, text_element, text_field
from assistant.components.form import KeptForm, Sent
from assistant.components.menu import Choice, open_menu
from assistant.components.toast import toast
from assistant.errors import Invalid, NotFound
from assistant.reminders import rings, snoozing
from assistant.reminders.pages.services import Services
from assistant.reminders.rings import RingText
from assistant.users import preferences
from assistant.users.pages.page import Page
from assistant.users.preferences import Preferences


class Snooze:
    """The choices of one tab; it says at which time the reminder rings again."""

    def __init__(self, services: Services, page: Page) -> None:
        """Nothing is open; menus and dialogs will stand in the slot that is open now."""
        self._services, self._page = services, page
        self._place = ui.element("div")

    async def open(self, ring: RingText, at: str) -> None:
        """Opens the menu at the element that the selector ``at`` finds."""
        chosen = await self._services.database.read(preferences.load, self._page.user)
        lines = [
            Choice(one.label, partial(self._snooze, ring, one.until, one.words))
            for one in snoozing.choices(chosen, self._services.clock())
        ]
        with self._place:
            open_menu([*lines, Choice("Pick a time…", partial(self._pick, ring, chosen))], at=at)

    async def _snooze(self, ring: RingText, until: datetime, words: str) -> None:
        try:
            done = await self._services.database.run(
                rings.snooze, self._page.user, ring.id, until, self._services.clock()
            )
        except NotFound:
            return  # it was deleted meanwhile, and its card goes by itself
        if done:
            toast(f"“{ring.text}” rings again {words}.")

    def _pick(self, ring: RingText, chosen: Preferences) -> None:
        later = (self._services.clock() + timedelta(hours=1)).astimezone(chosen.zone_info)
        # NiceGUI leaves a trace of each dialog where it was opened, and this place lasts as long as the tab.
        with self._place:
            trace = ui.element("div")
        with trace, ui.dialog(value=True) as dialog, ui.element("div").classes("card-box"):
            text_element("h2", f"Snooze “{ring.text}”")
            with KeptForm(values={"until": f"{later:%Y-%m-%dT%H:%M}"}) as form:
                field = text_field("until", "Ring again at", type="datetime-local")
                problem = Problem(field)
                with ui.element("div").classes("row-end"):
                    button("Cancel", dialog.close)
                    button("Snooze", kind="main")

        async def picked(sent: Sent) -> None:
            try:
                until = snoozing.parse_time(str(sent.values.get("until", "")), chosen, self._services.clock())
                await self._snooze(ring, until, snoozing.in_words(until, chosen))
            except Invalid as error:
                form.refused(sent.key)
                problem.say(error.sentence)
            else:
                form.stored(sent.key)
                dialog.close()

        def gone() -> None:
            dialog.delete()
            trace.delete()

        form.on_done(picked)
        dialog.on("hide", gone)
