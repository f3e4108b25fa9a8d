"""How a reminder repeats: the part of its form that says so."""

from collections.abc import Mapping

from nicegui import ui
from nicegui.element import Element
from nicegui.elements.mixins.text_element import TextElement

from assistant.components.controls import Problem, select, text_field
from assistant.components.form import Values
from assistant.errors import Invalid
from assistant.reminders.pages.form_values import choices
from assistant.reminders.recurrence import wording
from assistant.reminders.recurrence.choices import AFTER, EVERY_LIMIT, NEVER, OTHER, REGULARLY
from assistant.reminders.recurrence.rule import COUNT_LIMIT, WEEKDAYS
from assistant.reminders.validation import interval

KINDS = {NEVER: "Never", REGULARLY: "Regularly", AFTER: "After it is done"}
UNITS = {
    "MINUTELY": "minute", "HOURLY": "hour", "DAILY": "day", "WEEKLY": "week", "MONTHLY": "month", "YEARLY": "year",
}  # fmt: skip
AFTER_UNITS = {"M": "minute", "H": "hour", "D": "day", "W": "week"}
NTHS = {"1": "the first", "2": "the second", "3": "the third", "4": "the fourth", "-1": "the last"}
SHORT = dict(zip(WEEKDAYS, ("Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun"), strict=True))
ENDS = {"never": "without an end", "until": "until", "count": "so many times"}


class RecurrenceField:
    """What belongs to a choice is drawn when it is first chosen; later it is hidden, and keeps what was typed."""

    def __init__(self) -> None:
        """Draws it, in the form that is open."""
        self._parts: dict[str, Element] = {}
        self._selects: dict[str, Element] = {}
        self._select("repeat_kind", "Repeats", KINDS)
        self._draw = {"every": self._every, "days": self._days, "month": self._month, "ends": self._ends}
        for name in self._draw:
            self._part(name)
        self.problem = Problem()

    def show(self, values: Values) -> None:
        """Shows what belongs to what is chosen, and says it as it is: one week, two weeks, day 14."""
        chosen = choices(values)
        regular = chosen.kind == REGULARLY
        shown = {
            "every": chosen.kind in {REGULARLY, AFTER}, "unit": regular, "after": chosen.kind == AFTER,
            "days": regular and chosen.unit == "WEEKLY", "month": regular and chosen.unit == "MONTHLY",
            "nth": chosen.month_on == "nth", "ends": regular, "until": chosen.ends == "until",
            "count": chosen.ends == "count",
        }  # fmt: skip
        for name in [name for name in self._draw if shown[name]]:
            with self._parts[name]:
                self._draw.pop(name)()
        for name, part in self._parts.items():
            part.set_visibility(shown[name])
        plural = "" if chosen.every == "1" else "s"
        day = str(values.get("day", ""))[8:10].lstrip("0") or "1"
        self._say("repeat_unit", {unit: f"{word}{plural}" for unit, word in UNITS.items()})
        self._say("repeat_after_unit", {unit: f"{word}{plural}" for unit, word in AFTER_UNITS.items()})
        self._say("repeat_month_on", {"day": f"on day {day}"})
        if chosen.kind == OTHER:
            self._offer(_longer(str(values.get("rule", "")), str(values.get("after_done", ""))))

    def _every(self) -> None:
        ui.label("every")
        _number("repeat_every", "Every so many", EVERY_LIMIT)
        with self._part("unit"):
            self._select("repeat_unit", "Unit", UNITS)
        with self._part("after"):
            self._select("repeat_after_unit", "Unit after it is done", AFTER_UNITS)

    def _days(self) -> None:
        self._parts["days"].props('role="group" aria-label="On these days"')
        for value, name in SHORT.items():
            chip("repeat_days", value, name)

    def _month(self) -> None:
        options = {"day": "on day 1", "last": "on the last day", "nth": "on a weekday"}
        self._select("repeat_month_on", "On which day of the month", options)
        with self._part("nth"):
            self._select("repeat_nth", "Which", NTHS)
            self._select("repeat_weekday", "Weekday", SHORT)

    def _ends(self) -> None:
        self._select("repeat_ends", "Ends", ENDS)
        with self._part("until"):
            text_field("repeat_until", "Until", hidden_label=True, type="date")
        with self._part("count"):
            _number("repeat_count", "Times", COUNT_LIMIT)
            ui.label("times")

    def _part(self, name: str) -> Element:
        part = self._parts[name] = ui.element("div").classes(f"form-line repeat-{name}")
        return part

    def _select(self, name: str, label: str, options: Mapping[str, str]) -> None:
        self._selects[name] = select(name, label, options, hidden_label=True)

    def _offer(self, words: str) -> None:
        """Offers the longer rule that there is, in words."""
        if OTHER not in _options(self._selects["repeat_kind"]):
            with self._selects["repeat_kind"]:
                TextElement(tag="option", text=words).props["value"] = OTHER
        self._say("repeat_kind", {OTHER: words})

    def _say(self, name: str, words: Mapping[str, str]) -> None:
        """Changes the words of a select's options, and not what is selected."""
        options = _options(self._selects[name]) if name in self._selects else {}
        for value, option in options.items():
            if value in words and option.text != words[value]:
                option.set_text(words[value])


def chip(name: str, value: str, words: str) -> Element:
    """One of several boxes of a name, drawn as a chip that is pressed or not."""
    with ui.element("label").classes("chip-box"):
        box = ui.element("input")
        box.props.update({"type": "checkbox", "name": name, "value": value})
        ui.label(words).classes("chip")
    return box


def _number(name: str, label: str, most: int) -> Element:
    return text_field(name, label, hidden_label=True, type="number", min=1, max=most).classes("number")


def _longer(rule: str, after_done: str) -> str:
    try:
        return wording.in_words(rule) if rule else f"{wording.length(interval(after_done))} after it is done"
    except Invalid:
        return "By a longer rule"


def _options(box: Element) -> dict[str, TextElement]:
    return {str(each.props["value"]): each for each in box.default_slot.children if isinstance(each, TextElement)}
