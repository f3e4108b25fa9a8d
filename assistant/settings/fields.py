"""What each person can set, in words: a field for each preference that the settings show."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import time
from typing import Any

from assistant.users.preferences import Preferences


@dataclass(frozen=True)
class Field:
    """A preference by its ``name``; ``words`` are others by which people look for it.

    It is a choice where there are ``options`` (value: words), a switch where its default is yes or no, else text
    of so many characters, on one line unless ``lines``; ``kind`` is its control's, ``mode`` that of a phone's keys.
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
    mode: str = "text"

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
        if isinstance(value, time):
            return f"{value:%H:%M}"
        return "" if value is None else f"{value:g}" if isinstance(value, float) else str(value)

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
        words = (self.options or {}).get(shown, shown)
        return words or ("none" if self.lines else self.placeholder)


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
ACCOUNT = (
    Group(
        "You",
        (
            Field(
                "called", "Name shown", "How you are greeted. You log in by your username.", "display nickname call me",
                longest=60, placeholder="Your username",
            ),
        ),
    ),
)  # fmt: skip
CONVERSATIONS = (
    Field(
        "system", "Instructions for the model", "The model reads them before every message of a new conversation.",
        "system prompt persona role instructions custom", lines=True, longest=20_000,
        placeholder="Such as: Answer briefly, in British English.",
    ),
    Field(
        "temperature", "Temperature", "0 is exact, 2 is wild.", "creative random sampling", longest=10,
        placeholder="As the model likes", mode="decimal",
    ),
    Field(
        "num_ctx", "Context in tokens", "More needs more memory.", "num_ctx window length memory", longest=10,
        placeholder="As the installation is set up", mode="numeric",
    ),
    Field(
        "think", "Thinking", "For models that can.", "reasoning think effort",
        {"": "As the model likes", "off": "Off", "on": "On", "low": "A little", "medium": "Some", "high": "A lot"},
    ),
    Field(
        "better_titles", "Let the model write titles for conversations",
        "Else a title is the beginning of your first message.", "name rename better title automatic summary",
    ),
)  # fmt: skip
ASSISTANT = (
    Group(
        "Acting",
        (
            Field(
                "acts", "Let the assistant act",
                "It finds things, and offers to write notes and set reminders. It always asks before it does.",
                "tools agent actions approve notes reminders find automatic permission",
            ),
        ),
    ),
    Group(
        "Memory",
        (
            Field(
                "memory", "Tell models what they know about me",
                "In every conversation, what stands below. Switched off, nothing is told and nothing new is kept.",
                "memory remember facts profile personal personalisation custom instructions forget privacy",
            ),
        ),
    ),
    Group(
        "Daily brief",
        (
            Field(
                "brief", "A brief of the day",
                "Your reminders of today, what is overdue, and open tasks of your notes. It comes as a conversation, "
                "and you are notified.",
                "daily brief briefing morning summary digest agenda overview today push tagesüberblick",
            ),
            Field("brief_at", "Comes at", "", "daily brief time morning when", kind="time"),
            Field(
                "brief_days", "On", "", "daily brief weekdays weekend days",
                {"every": "Every day", "work": "Monday to Friday", "six": "Monday to Saturday", "weekend": "Weekends"},
            ),
            Field("brief_tasks", "With open tasks of notes", "", "daily brief todo checkboxes"),
            Field(
                "brief_words", "Words", "The facts are always there; a model may write some sentences above them.",
                "daily brief model prose template",
                {"plain": "The facts alone", "model": "Some sentences by the model"},
            ),
        ),
    ),
)  # fmt: skip
WRITING = Group(
    "Writing and reading",
    (
        Field(
            "enter", "What Enter does in a chat", "", "key return send new line newline keyboard",
            {
                "auto": "Sends; on a touch screen it makes a new line",
                "send": "Sends",
                "line": "Makes a new line; Ctrl + Enter sends",
            },
        ),
        Field(
            "width", "Reading width", "How long the lines of answers are.", "wide narrow column line length",
            {"narrow": "Narrow", "medium": "Medium", "wide": "Wide"},
        ),
    ),
)  # fmt: skip
NOTES = (
    Group(
        "Lists",
        (
            Field("notes_cards", "Show notes as cards", "", "view default grid tiles list layout"),
            Field(
                "notes_order", "Sort", "", "order sorted date title newest alphabet",
                {"changed": "Last changed first", "created": "Newest first", "title": "By title"},
            ),
        ),
    ),
    Group(
        "Writing",
        (
            Field(
                "notes_day", "Template of a day’s note",
                "What “Today’s note” begins with. {{date}}, {{weekday}} and {{time}} are filled in.",
                "daily journal diary today template", lines=True, longest=20_000, placeholder="## {{weekday}}",
            ),
            Field(
                "translate_to", "Translate into", "What “Translate” in a note begins with.",
                "language translation model selection sprache", longest=60, placeholder="what you choose there",
            ),
        ),
    ),
    Group(
        "Trash",
        (
            Field(
                "trash_days", "Deleted notes stay for", "Then they are gone for good.", "trash bin days keep purge",
                {"7": "7 days", "30": "30 days", "90": "90 days", "365": "a year"},
            ),
        ),
    ),
)  # fmt: skip
REMINDERS = (
    Group(
        "What you mean",
        (
            Field("morning", "Morning", "“Tomorrow morning”, and days without a time.", "time of day", kind="time"),
            Field("noon", "Noon", "", "time of day midday lunch", kind="time"),
            Field("evening", "Evening", "", "time of day", kind="time"),
            Field("tonight", "Tonight", "", "time of day night", kind="time"),
            Field(
                "next_weekday", "“Next Friday” is", "", "next week weekday coming sentence",
                {"coming": "The first Friday to come", "week": "The Friday of next week"},
            ),
        ),
    ),
    Group(
        "Snooze",
        (
            Field(
                "snooze", "Snooze for", "The first choice, and the button in notifications.", "later default minutes",
                {"5": "5 minutes", "10": "10 minutes", "15": "15 minutes", "30": "half an hour", "60": "an hour",
                 "120": "2 hours"},
            ),
        ),
    ),
    Group(
        "Quiet hours",
        (
            Field(
                "quiet", "Keep quiet for some hours",
                "Reminders then show without a sound, and reach phones and others when the hours end.",
                "do not disturb night sleep silent mute dnd",
            ),
            Field("quiet_from", "From", "", "quiet hours begin start night", kind="time"),
            Field("quiet_to", "Until", "", "quiet hours end morning", kind="time"),
            Field(
                "quiet_rings", "What rings all the same", "", "quiet hours priority important urgent break through",
                {"nothing": "Nothing", "high": "High priority", "medium": "Medium and high priority"},
            ),
        ),
    ),
)  # fmt: skip


def chat(models: Iterable[str], chosen: str) -> tuple[Group, ...]:
    """The fields of chat; conversations begin with one of the ``models``, or with one that is missing now."""
    names = {name: name for name in models}
    options = {"": "The household’s, or the first that is there", **names}
    if chosen and chosen not in names:
        options[chosen] = f"{chosen} (missing)"
    model = Field("model", "Model", "What new conversations begin with.", "default llm ollama", options)
    return WRITING, Group("New conversations", (model, *CONVERSATIONS))
