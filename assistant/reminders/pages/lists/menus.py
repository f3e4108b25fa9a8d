"""What can be done with a reminder, as menus, and the dialog for another day."""

from collections.abc import Awaitable, Callable, Mapping
from datetime import date, timedelta
from functools import partial

from nicegui import ui

from assistant.components.controls import Problem, button, text_element, text_field
from assistant.components.form import KeptForm, Sent, Values
from assistant.components.menu import Choice, open_menu
from assistant.errors import AssistantError, Invalid
from assistant.formats import Formats
from assistant.reminders import snoozing
from assistant.reminders.pages.lists.actions import Actions
from assistant.reminders.pages.lists.entries import Entry
from assistant.reminders.recurrence import timezones

SATURDAY = 5
DAY = timedelta(days=1)
ToDay = Callable[[date], Awaitable[object]]
Open = Callable[[int], Awaitable[None]]


class Menus:
    """The menus of one page."""

    def __init__(self, actions: Actions, on_open: Open) -> None:
        """Menus and dialogs will stand in the slot that is open now."""
        self._actions, self._on_open = actions, on_open
        self._place = ui.element("div")

    def row(self, entry: Entry, at: str) -> None:
        """Opens the menu of a line at the element that the selector ``at`` finds."""
        acts, later = self._actions, self._actions.later
        lines = [Choice("Open", later(self._on_open, entry.id), "edit")]
        if entry.done:
            lines.append(Choice("Not done after all", later(acts.untick, entry.id, entry.text), "again"))
        else:
            if entry.at and entry.at <= acts.now:
                lines.append(Choice("Snooze…", later(self._snooze, entry, at), "clock"))
            lines += self._moves(self._to(entry), entry, "move to ")
        if not entry.further:
            lines.append(Choice("Delete", later(acts.delete, [entry.id], entry.text), "trash", danger=True))
        self._open(lines, at)

    def move_one(self, entry: Entry, at: str) -> None:
        """Opens the menu of the days to which a line can be moved."""
        self._open(self._moves(self._to(entry), entry), at)

    def move(self, to_day: ToDay, at: str) -> None:
        """Opens the menu of the days to which something can be moved."""
        self._open(self._moves(to_day, None), at)

    def pick(self, choices: Mapping[str, Callable[[], Awaitable[object]]], at: str) -> None:
        """Opens a menu of named acts."""
        self._open([Choice(words, self._actions.later(act)) for words, act in choices.items()], at)

    def _to(self, entry: Entry) -> ToDay:
        return partial(self._actions.move, entry.id, entry.text, at=entry.at)

    def _moves(self, to_day: ToDay, entry: Entry | None, before: str = "") -> list[Choice]:
        days = _days(self._actions.today, self._actions.formats)
        now = timezones.on_the_wall(self._actions.now, self._actions.zone)
        stands = timezones.on_the_wall(entry.at, self._actions.zone) if entry and entry.at else None
        if stands is None or stands.time() <= now.time():
            del days["today"]  # its time has passed there
        lines = [
            Choice(_capital(before + words), self._actions.later(to_day, day), "calendar")
            for words, day in days.items()
            if stands is None or day != stands.date()
        ]
        return [
            *lines,
            Choice(_capital(f"{before}another day…"), self._actions.later(self._choose, to_day), "calendar"),
        ]

    async def _snooze(self, entry: Entry, at: str) -> None:
        acts = self._actions
        lines = [
            Choice(one.label, acts.later(acts.snooze, entry.id, entry.text, one.until, one.words), "clock")
            for one in snoozing.choices(acts.chosen, acts.now)
        ]
        self._open(lines, at)

    async def _choose(self, to_day: ToDay) -> None:
        today = self._actions.today
        with self._place:
            await ask_day(to_day, today)

    def _open(self, lines: list[Choice], at: str) -> None:
        with self._place:
            open_menu(lines, at=at)


def _days(today: date, formats: Formats) -> dict[str, date]:
    """The usual days, by their names."""
    tomorrow = today + DAY
    weekend = today + DAY * ((SATURDAY - today.weekday()) % 7 or 7)
    monday = today + DAY * (7 - today.weekday())
    days = {"today": today, "tomorrow": tomorrow}
    if weekend > tomorrow:
        days[f"the weekend ({formats.named(weekend, today)})"] = weekend
    if monday > tomorrow:
        days[f"next week ({formats.named(monday, today)})"] = monday
    return days


def _capital(words: str) -> str:
    return words[0].upper() + words[1:]


async def ask_day(to_day: ToDay, today: date) -> None:
    """Opens a dialog for a day; what is wrong with it is said there."""

    async def move(values: Values) -> None:
        try:
            day = date.fromisoformat(str(values.get("day") or ""))
        except ValueError:
            raise Invalid("Choose a day.", field="day") from None
        await to_day(day)

    ask("Move to another day", "Move", move, lambda: text_field("day", "Move to this day", type="date", min=f"{today}"))


def ask(title: str, yes: str, act: Callable[[Values], Awaitable[object]], draw: Callable[[], ui.element]) -> None:
    """Opens a dialog of one field, which ``draw`` draws; it closes when ``act`` has taken what it says."""
    with ui.dialog(value=True) as dialog, ui.element("div").classes("card-box small-dialog"):
        dialog.props["aria-label"] = title
        text_element("h2", title)
        with KeptForm() as form:
            problem = Problem(draw().props("autofocus"))
            with ui.element("div").classes("row-end"):
                button("Cancel", dialog.close)
                button(yes, kind="main")

    async def done(sent: Sent) -> None:
        try:
            await act(sent.values)
        except AssistantError as error:
            form.refused(sent.key)
            problem.say(error.sentence)
        else:
            form.stored(sent.key)
            dialog.close()

    form.on_done(done)
    dialog.on("hide", dialog.delete)
