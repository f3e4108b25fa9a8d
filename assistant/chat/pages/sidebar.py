"""The list of conversations beside the page."""

from collections.abc import Iterable
from datetime import date, datetime, timedelta
from itertools import groupby
from typing import Any
from zoneinfo import ZoneInfo

from nicegui.element import Element

from assistant.chat.models import Conversation
from assistant.components.icons import svg

ICONS = ("plus", "more")
SHOWN = 100


class Sidebar(Element, component="sidebar.js"):
    """The list; events: ``find``, ``more``, ``rename``, ``pin``, ``archive``, ``remove``, ``archive_view``."""

    def __init__(self, current: int | None) -> None:
        """``current`` is the conversation that is open."""
        super().__init__()
        self.classes("conversations-host")
        self._props["groups"] = []
        self._props["current"] = current or 0
        self._props["more"] = False
        self._props["archive"] = False
        self._props["icons"] = {name: svg(name) for name in ICONS}

    def show(self, **state: Any) -> None:
        """Changes ``groups``, ``current``, ``more`` or ``archive``; sends only if that changes anything."""
        if any(self._props.get(name) != value for name, value in state.items()):
            for name, value in state.items():
                self._props[name] = value
            self.update()


def grouped(
    conversations: Iterable[Conversation], writing: set[int], now: datetime, zone: ZoneInfo
) -> list[dict[str, Any]]:
    """The conversations under Pinned, Today, Yesterday, … of the user's own calendar."""
    today = now.astimezone(zone).date()

    def title(conversation: Conversation) -> str:
        return "Pinned" if conversation.pinned else _age(conversation.updated.astimezone(zone).date(), today)

    return [
        {"title": name, "items": [_item(one, writing) for one in group]}
        for name, group in groupby(conversations, title)
    ]


def _age(day: date, today: date) -> str:
    monday = today - timedelta(days=today.weekday())
    if day >= today:
        return "Today"
    if day == today - timedelta(days=1):
        return "Yesterday"
    if day >= monday:
        return "This week"
    if day >= monday - timedelta(days=7):
        return "Last week"
    if (day.year, day.month) == (today.year, today.month):
        return "This month"
    return f"{day:%B}" if day.year == today.year else str(day.year)


def _item(conversation: Conversation, writing: set[int]) -> dict[str, Any]:
    return {
        "id": conversation.id,
        "title": conversation.title or "New conversation",
        "pinned": conversation.pinned,
        "archived": conversation.archived,
        "writing": conversation.id in writing,
    }
