"""Which reminders a page shows: the address in words."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date
from types import MappingProxyType
from typing import Any
from urllib.parse import urlencode

from assistant.reminders.validation import PRIORITIES, YEARS

TODAY, UPCOMING, SOMEDAY, DONE, MONTH = "today", "upcoming", "someday", "done", "month"
TABS = MappingProxyType({TODAY: "Today", UPCOMING: "Upcoming", SOMEDAY: "Someday", DONE: "Done"})
# Addresses that were handed out before, and the lists of the domain by the views that show them.
FORMER = MappingProxyType({"coming": UPCOMING, "agenda": UPCOMING, "overdue": TODAY, "calendar": MONTH})
LISTS = MappingProxyType({TODAY: "due", UPCOMING: "coming", SOMEDAY: "someday", DONE: "done"})
LONGEST = 200  # characters that are searched


@dataclass(frozen=True, slots=True)
class Where:
    """A view with what narrows it; ``month`` is the first day of the one that is shown, where it is not today's."""

    view: str = TODAY
    words: str = ""
    tag: str = ""
    priority: int | None = None
    month: date | None = None

    @property
    def tab(self) -> str:
        """The tab that is current: the month is upcoming as a calendar."""
        return UPCOMING if self.view == MONTH else self.view

    @property
    def filtered(self) -> bool:
        """Whether it is narrowed."""
        return bool(self.words.strip() or self.tag) or self.priority is not None

    @property
    def filters(self) -> dict[str, Any]:
        """What narrows it, as the queries take it."""
        return {"words": self.words, "tag": self.tag or None, "priority": self.priority}

    @property
    def address(self) -> str:
        """Its address."""
        view = "" if self.view == TODAY else self.view
        priority = "" if self.priority is None else str(self.priority)
        month = f"{self.month:%Y-%m}" if self.month and self.view == MONTH else ""
        parts = {"view": view, "q": self.words, "tag": self.tag, "priority": priority, "month": month}
        query = urlencode({name: value for name, value in parts.items() if value})
        return f"/reminders?{query}" if query else "/reminders"

    def at(self, view: str) -> "Where":
        """Another view, narrowed in the same way."""
        return replace(self, view=view, month=None)

    def clear(self) -> "Where":
        """The view as a whole."""
        return Where(self.view, month=self.month)


def read(query: Mapping[str, str]) -> Where:
    """What the query of an address asks for; what it cannot ask for is left out."""
    view = query.get("view", TODAY)
    view = FORMER.get(view, view)
    return Where(
        view=view if view in {*TABS, MONTH} else TODAY,
        words=query.get("q", "")[:LONGEST],
        tag=query.get("tag", "")[:LONGEST],
        priority=_priority(query.get("priority", "")),
        month=_month(query.get("month", "")),
    )


def narrowed(where: Where, values: Mapping[str, Any]) -> Where:
    """The view with what the fields of the filters say."""
    words, tag = str(values.get("q") or "")[:LONGEST], str(values.get("tag") or "")[:LONGEST]
    return replace(where, words=words, tag=tag, priority=_priority(str(values.get("priority") or "")))


def _priority(text: str) -> int | None:
    return next((each for each in PRIORITIES if text == str(each)), None)


def _month(text: str) -> date | None:
    try:
        month = date.fromisoformat(f"{text}-01")
    except ValueError:
        return None
    return month if month.year in YEARS else None
