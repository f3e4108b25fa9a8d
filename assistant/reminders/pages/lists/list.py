"""The list of a view: lines under the days to which they belong."""

from collections import Counter
from collections.abc import Awaitable, Callable, Collection
from datetime import date
from typing import Any

from markupsafe import Markup
from nicegui import ui

from assistant.components.controls import button
from assistant.components.html import Html
from assistant.components.rows import Act, Rows
from assistant.formats import PLAIN, Formats
from assistant.reminders.pages.lists import markup
from assistant.reminders.pages.lists.entries import OVERDUE, Listing, heading
from assistant.reminders.pages.lists.where import DONE, SOMEDAY, TODAY, UPCOMING, Where

EMPTY = {
    TODAY: ("Nothing today", "Say what and when above. “Stand-up every weekday at 8:30” works too."),
    UPCOMING: ("Nothing coming up", "What you set for tomorrow and later stands here."),
    SOMEDAY: ("Nothing for someday", "Leave out the time, and a reminder waits here."),
    DONE: ("Nothing done yet", "What you tick off stands here."),
}
Do = Callable[[], Awaitable[None]]
Rest = Callable[[float], Awaitable[None]]


class ReminderList:
    """The lines, or why there are none."""

    def __init__(
        self,
        *,
        on_act: Act,
        on_end: Callable[[float, float], Awaitable[None]],
        on_start: Do,
        on_clear: Do,
        on_retry: Do,
    ) -> None:
        """Draws it; ``on_end`` is called when its end comes into sight."""
        with ui.element("div").classes("reminders-list") as self.box:
            self._earlier = button("Back to the first", on_start, kind="quiet")
            self._rows = Rows().classes("reminder-list").on_act(on_act).on_rest(on_end)
            with ui.element("div").classes("reminders-empty").props('role="status"') as self._empty:
                self._words = Html("")
                self._clear = button("Clear search and filters", on_clear)
                self._retry = button("Try again", on_retry)
        self._unread = False

    def show(
        self, where: Where, listing: Listing, today: date, *, chosen: Collection[int] | None = None, fresh: int = 0,
        moved: bool = False, more: bool = False, formats: Formats = PLAIN,
    ) -> None:  # fmt: skip
        """Shows the lines; ``chosen`` are selected, where one selects; ``fresh`` is new here, and comes into sight.

        ``moved`` says that the first of the list is further up, ``more`` that it goes on.
        """
        rows: dict[Any, str] = {}
        classes: dict[Any, str] = {}
        counts = Counter(entry.group for entry in listing.entries)
        for entry in listing.entries:
            if chosen is not None and entry.further:
                continue
            words = heading(entry.group, today, formats)
            if words and (None, entry.group) not in rows:
                number = counts[entry.group] if entry.group == OVERDUE else None
                rows[None, entry.group] = markup.title(words, entry.group, number)
                classes[None, entry.group] = "group overdue-title" if entry.group == OVERDUE else "group"
            rows[entry.key] = markup.line(entry, selecting=chosen is not None, chosen=entry.id in (chosen or ()))
            classes[entry.key] = _classes(entry.id, chosen, fresh)
        self._rows.rest(0, int(more))
        self._rows.show(rows, classes=classes)
        self._earlier.set_visibility(moved)
        self._rows.set_visibility(bool(rows))
        self._say_empty(where, nothing=not rows)

    def unread(self, sentence: str) -> None:
        """Says why the list could not be read; what is shown stays."""
        self._unread = True
        if not self._rows.visible or not self._rows.default_slot.children:
            self._say("Your reminders could not be read", sentence)

    def _say_empty(self, where: Where, *, nothing: bool) -> None:
        self._unread = False
        self._empty.set_visibility(nothing)
        if nothing:
            fits = ("Nothing fits", "Try fewer words, or another view.")
            self._say(*(fits if where.filtered else EMPTY[where.view]))
            self._clear.set_visibility(where.filtered)

    def _say(self, title: str, words: str) -> None:
        self._words.set_content(Markup("<h2>{}</h2><p>{}</p>").format(title, words))
        self._empty.set_visibility(True)
        self._retry.set_visibility(self._unread)
        self._clear.set_visibility(False)


def _classes(reminder: int, chosen: Collection[int] | None, fresh: int) -> str:
    return " ".join(
        filter(None, ("selected" if reminder in (chosen or ()) else "", "fresh" if reminder == fresh else ""))
    )
