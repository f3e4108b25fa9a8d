"""What each person can set, in words: a field for each preference that the settings show."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from assistant.users.preferences import Preferences


@dataclass(frozen=True)
class Field:
    """A preference by its ``name``; ``words`` are others by which people look for it.

    It is a choice where there are ``options`` (value: words), a switch where its default is yes or no, else text
    of so many characters, on one line unless ``lines``. What is typed is read by ``kind``.
    """

    name: str
    title: str
    hint: str = ""
    words: str = ""
    options: Mapping[str, str] | None = None
    longest: int = 100
    lines: bool = False
    placeholder: str = ""
    kind: str = "text"

    @property
    def default(self) -> Any:
        """The value of who has not chosen."""
        return Preferences.model_fields[self.name].default

    @property
    def is_switch(self) -> bool:
        """Whether it is yes or no."""
        return isinstance(self.default, bool)

    def shown(self, value: Any) -> str | bool:
        """The value as its control has it."""
        if self.is_switch:
            return bool(value)
        return "" if value is None else str(value)

    def read(self, typed: object) -> object:
        """What the control says, as the preference is given it: nothing for a number that is left empty."""
        if self.default is None and isinstance(typed, str):
            return typed.strip().replace(",", ".") or None
        return typed

    def in_words(self, value: Any) -> str:
        """The value as people read it."""
        if self.is_switch:
            return "on" if value else "off"
        shown = str(self.shown(value))
        return (self.options or {}).get(shown, shown) or self.placeholder or "empty"


@dataclass(frozen=True)
class Group:
    """Fields that stand together in a box with a title."""

    title: str
    fields: tuple[Field, ...]


SIZES = {str(size): f"{size} %" for size in range(90, 131, 5)}
GENERAL = (
    Group(
        "How it looks",
        (
            Field(
                "theme", "Theme", "System follows your device.", "dark light mode night colour color appearance look",
                {"system": "System", "light": "Light", "dark": "Dark"},
            ),
            Field("text_size", "Text size", "", "font large small bigger zoom letters read accessibility", SIZES),
            Field(
                "density", "Density", "Compact shows more at once.", "spacing room dense tight rows lists",
                {"comfortable": "Comfortable", "compact": "Compact"},
            ),
            Field(
                "start_page", "Start page", "What opens first, and after you log in.", "home begin first open landing",
                {"chat": "New chat", "notes": "Notes", "reminders": "Reminders", "search": "Search"},
            ),
        ),
    ),
    Group(
        "Times and dates",
        (
            Field(
                "hours", "Hours", "", "clock 12 24 hour am pm time format",
                {"24": "24 hours: 21:05", "12": "12 hours: 9:05 PM"},
            ),
            Field(
                "date_order", "Dates", "", "order day month year format american iso",
                {"dmy": "Day first: 3 Dec 2026", "mdy": "Month first: Dec 3, 2026", "ymd": "Year first: 2026-12-03"},
            ),
            Field(
                "first_day", "The week begins on", "", "first day week monday sunday saturday calendar",
                {"0": "Monday", "6": "Sunday", "5": "Saturday"},
            ),
        ),
    ),
)  # fmt: skip
CHAT = (
    Group(
        "Writing",
        (
            Field(
                "enter", "What Enter does in a chat", "", "key return send new line newline keyboard",
                {
                    "auto": "Sends; on a touch screen it makes a new line",
                    "send": "Sends",
                    "line": "Makes a new line; Ctrl + Enter sends",
                },
            ),
        ),
    ),
    Group(
        "Conversations",
        (
            Field(
                "better_titles", "Let the model write titles for conversations",
                "Else a title is the beginning of your first message.", "name rename better title automatic summary",
            ),
        ),
    ),
)  # fmt: skip
NOTES = (
    Group(
        "Lists",
        (
            Field(
                "notes_order", "Sort", "", "order sorted date title newest alphabet",
                {"changed": "Last changed first", "created": "Newest first", "title": "By title"},
            ),
            Field("notes_cards", "Show notes as cards", "", "view grid tiles list layout"),
        ),
    ),
)  # fmt: skip
