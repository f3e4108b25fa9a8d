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
from assistant.reminders.recurrence.choices import AFTER, NEVER, OTHER, REGULARLY
from assistant.reminders.recurrence.rule import WEEKDAYS
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
    """Drawn whole; what does not belong to the choice is hidden, so that nothing typed goes away."""

    def __init__(self) -> None:
        """Draws it, in the form that is open."""
        self._parts: dict[str, Element] = {}
        self._kind = select("repeat_kind", "Repeats", KINDS, hidden_label=True)
        self._every()
        self._days()
        self._month()
        self._ends()
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
        for name, part in self._parts.items():
            part.set_visibility(shown[name])
        plural = "" if chosen.every == "1" else "s"
        _say(self._unit, {unit: f"{word}{plural}" for unit, word in UNITS.items()})
        _say(self._after_unit, {unit: f"{word}{plural}" for unit, word in AFTER_UNITS.items()})
        day = str(values.get("day", ""))[8:10].lstrip("0") or "1"
        _say(self._month_on, {"day": f"on day {day}"})
        if chosen.kind == OTHER:
            self._offer(_longer(str(values.get("rule", "")), str(values.get("after_done", ""))))

    def _every(self) -> None:
        with self._row("every"):
            ui.label("every")
            text_field("repeat_every", "Every so many", hidden_label=True, type="number", min=1, max=999).classes(
                "number"
            )
            with self._row("unit"):
                self._unit = select("repeat_unit", "Unit", UNITS, hidden_label=True)
            with self._row("after"):
                self._after_unit = select("repeat_after_unit", "Unit after it is done", AFTER_UNITS, hidden_label=True)

    def _days(self) -> None:
        with self._row("days").props('role="group" aria-label="On these days"'):
            for value, name in SHORT.items():
                chip("repeat_days", value, name)

    def _month(self) -> None:
        options = {"day": "on day 1", "last": "on the last day", "nth": "on a weekday"}
        with self._row("month"):
            self._month_on = select("repeat_month_on", "On which day of the month", options, hidden_label=True)
            with self._row("nth"):
                select("repeat_nth", "Which", NTHS, hidden_label=True)
                select("repeat_weekday", "Weekday", SHORT, hidden_label=True)

    def _ends(self) -> None:
        with self._row("ends"):
            select("repeat_ends", "Ends", ENDS, hidden_label=True)
            with self._row("until"):
                text_field("repeat_until", "Until", hidden_label=True, type="date")
            with self._row("count"):
                text_field("repeat_count", "Times", hidden_label=True, type="number", min=1, max=10000).classes(
                    "number"
                )
                ui.label("times")

    def _row(self, name: str) -> Element:
        part = self._parts[name] = ui.element("div").classes(f"form-line repeat-{name}")
        return part

    def _offer(self, words: str) -> None:
        """Offers the longer rule that there is, in words."""
        if OTHER not in _options(self._kind):
            with self._kind:
                TextElement(tag="option", text=words).props["value"] = OTHER
        _say(self._kind, {OTHER: words})


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


def _say(box: Element, words: Mapping[str, str]) -> None:
    """Changes the words of a select's options, and not what is selected."""
    options = _options(box)
    for value, said in words.items():
        if options[value].text != said:
            options[value].set_text(said)
