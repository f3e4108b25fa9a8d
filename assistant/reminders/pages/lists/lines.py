"""What is done in the lines of lists and of the month, handed on to what does it."""

from collections.abc import Awaitable, Callable, Sequence
from datetime import date

from assistant.reminders.pages.lists.actions import Actions
from assistant.reminders.pages.lists.bulk import Bulk
from assistant.reminders.pages.lists.entries import Entry
from assistant.reminders.pages.lists.markup import place
from assistant.reminders.pages.lists.menus import Menus
from assistant.reminders.recurrence import timezones


class Lines:
    """The acts of the lines that ``entries`` returns: those that are shown."""

    def __init__(
        self, actions: Actions, menus: Menus, bulk: Bulk, *, entries: Callable[[], Sequence[Entry]],
        on_open: Callable[[int], Awaitable[None]],
    ) -> None:  # fmt: skip
        """``on_open`` is called with the id of a reminder."""
        self._actions, self._menus, self._bulk = actions, menus, bulk
        self._entries, self._on_open = entries, on_open
        self._acts: dict[str, Callable[[Entry, str], Awaitable[None] | None]] = {
            "tick": lambda entry, _: actions.tick(entry.id, entry.at),
            "untick": lambda entry, _: actions.untick(entry.id, entry.text),
            "delete": lambda entry, _: actions.delete([entry.id], entry.text),
            "open": lambda entry, _: on_open(entry.id),
            "choose": lambda entry, more: bulk.choose(entry.id, range_too=more == "shift"),
            "menu": lambda entry, _: menus.row(entry, f"#menu-{place(entry)}"),
            "move": lambda entry, _: menus.move_one(entry, f"#move-{place(entry)}"),
            "drop": self._drop,
        }

    async def act(self, what: str, of: str, more: str) -> None:
        """Does what was done to the line ``of``: its id, and the instant of its occurrence."""
        number, _, at = of.partition(" ")
        fitting = [entry for entry in self._entries() if str(entry.id) == number]
        exact = [entry for entry in fitting if entry.at and entry.at.isoformat() == at]
        act = self._acts.get(what)
        if fitting and act and (answer := act([*exact, *fitting][0], more)):
            await answer

    def _drop(self, entry: Entry, day: str) -> Awaitable[None] | None:
        try:
            to = date.fromisoformat(day)
        except ValueError:
            return None  # not a day, as “Overdue”
        here = timezones.on_the_wall(entry.at, self._actions.zone).date() if entry.at else None
        return None if to == here else self._actions.move(entry.id, entry.text, to, entry.at)
