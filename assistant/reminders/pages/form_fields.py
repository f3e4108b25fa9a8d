"""The fields of the reminder's form, and what they say of a reading or of a problem."""

from collections.abc import Awaitable, Callable, Iterable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime
from functools import lru_cache
from zoneinfo import available_timezones

from markupsafe import Markup
from nicegui import events, ui
from nicegui.element import Element

from assistant.components.controls import Problem, button, check_box, link_to, select, text_area, text_field
from assistant.components.form import Values
from assistant.components.html import Html
from assistant.components.icons import svg
from assistant.reminders.links import Link
from assistant.reminders.models import DISMISSED, DONE, MISSED, MOVED, RINGING, SNOOZED
from assistant.reminders.pages.form_values import BLANK, LEAD_UNITS
from assistant.reminders.pages.recurrence_field import RecurrenceField, chip
from assistant.reminders.pages.sentence import Others
from assistant.reminders.pages.times import moment
from assistant.reminders.recurrence import wording
from assistant.reminders.rings import Rang
from assistant.storage.text import fold
from assistant.users.preferences import Preferences

LEADS = (0, 10, 30, 60, 1440, 10080)  # minutes before its time that are offered
PRIORITIES = {"0": "None", "1": "Low", "2": "Medium", "3": "High"}
SUGGESTIONS = 8
STATES = {
    RINGING: "waits for an answer", SNOOZED: "snoozed", DONE: "done", DISMISSED: "dismissed", MISSED: "missed",
    MOVED: "left out",
}  # fmt: skip
MORE = ("leads", "lead_count", "follows", "priority", "tags", "note", "link")


@dataclass(frozen=True)
class Acts:
    """What the buttons among the fields do."""

    add_lead: Callable[[], Awaitable[None]]
    remove_link: Callable[[], Awaitable[None]]
    history: Callable[[], Awaitable[None]] | None  # none where nothing can have rung
    say_instead: Callable[[str], Awaitable[None]]


class FormFields:
    """All fields, each with the place where its problem is said."""

    def __init__(self, values: Values, *, zone: str, tags: Iterable[str], link: Link | None, acts: Acts) -> None:
        """Draws them, in the form that is open; ``zone`` is the person's, ``link`` what the reminder leads to."""
        self.problems: dict[str, Problem] = {}
        self._zone = zone
        self._values = values
        self._sentence(acts.say_instead, fresh=acts.history is None)
        with _line("Remind me of"):
            self._text("text", "Remind me of", longest=600)
        with _line("When"):
            text_field("day", "Day", hidden_label=True, type="date")
            at = text_field("time", "Time", hidden_label=True, type="time")
            self.problems["local"] = Problem(at)
        with _line("Repeats"):
            self.recurrence = RecurrenceField()
        self.problems["rule"] = self.recurrence.problem
        self._more = ui.element("details").classes("form-more")
        self._more.on("toggle", self._toggled, js_handler="(event) => emit(event.target.open)")
        with self._more, ui.element("summary"):
            Html(svg("forward"))
            ui.label("More")
        self._tags, self._to, self._acts, self._drawn = tags, link, acts, False
        self.begin(values)

    def begin(self, values: Values) -> None:
        """Opens More where something stands there already."""
        self._values = values
        if values.get("zone") != self._zone or any(values.get(name) != BLANK[name] for name in MORE):
            self.open_more()

    def show(self, values: Values) -> None:
        """Shows what belongs to what is chosen."""
        self._values = values
        self.recurrence.show(values)
        if self._drawn:
            self._show_further(values)

    def _show_further(self, values: Values) -> None:
        self._zone_field.props["disabled"] = bool(values.get("follows"))
        self._link.set_visibility(bool(values.get("link")))
        known = {str(lead) for lead in LEADS}
        said = values.get("leads")
        others = [lead for lead in said if str(lead) not in known] if isinstance(said, list) else []
        self._show_chips([*LEADS, *sorted(int(lead) for lead in others if str(lead).isdecimal())])
        self._suggest(str(values.get("zone", "")))

    def open_more(self) -> None:
        """Shows what stands under More, which is drawn when it is first wanted."""
        self._more.props["open"] = True
        if self._drawn:
            return
        self._drawn = True
        with self._more:
            self._further(self._tags, self._to, self._acts)
        self._show_further(self._values)

    def hint(self, words: str) -> None:
        """What stands in the sentence while it is empty."""
        self._sentence_field.props["placeholder"] = words

    def read(
        self, upcoming: Iterable[datetime], chosen: Preferences, now: datetime, problems: Mapping[str, bool]
    ) -> None:
        """Says the next times, and the sentences of the ``problems``: whether each stops it from being stored."""
        times = [moment(at, chosen, now) for at in upcoming]
        lines = [
            Markup('<p class="{}">{}</p>').format("form-error" if stops else "say-assumed", sentence)
            for sentence, stops in problems.items()
        ]
        if times:
            lines.append(Markup("<p>{} {}</p>").format("Next:" if len(times) > 1 else "Rings", " · ".join(times)))
        self._reading.set_content(Markup("").join(lines))

    def tell_history(self, past: Iterable[Rang], chosen: Preferences, now: datetime) -> None:
        """Says what rang when."""
        lines = [
            Markup("<li><span>{}</span><span>{}</span></li>").format(
                moment(ring.occurrence, chosen, now), _told(ring, chosen, now)
            )
            for ring in past
        ]
        self._history.set_content(Markup("").join(lines) or "<li>Nothing yet.</li>")

    def _sentence(self, instead: Callable[[str], Awaitable[None]], *, fresh: bool) -> None:
        self._sentence_field = text_area(
            "sentence", "In a sentence", hidden_label=True, grows=True, rows=1, longest=1000, data_enter="send",
            **({"data_autofocus": ""} if fresh else {}),
        ).classes("form-sentence")  # fmt: skip
        self._reading = Html("").classes("form-read").props('role="status"')
        self._sentence_field.props["aria-describedby"] = self._reading.html_id
        self.others = Others(instead)

    def _further(self, tags: Iterable[str], link: Link | None, acts: Acts) -> None:
        with _line("Rings"):
            self._leads(acts)
        with _line("Priority"):
            select("priority", "Priority", PRIORITIES, hidden_label=True)
        with _line("Tags"):
            self._text("tags", "Tags", placeholder="with commas between", list="form-tags")
            Html(_options(tags), tag="datalist").props('id="form-tags"')
        with _line("Note"):
            area = text_area("note", "Note", hidden_label=True, grows=True, rows=2)
            self.problems["note"] = Problem(area)
        with _line("Time zone"):
            self._zone_field = self._text("zone", "Time zone", list="form-zones")
            self._zones = Html("", tag="datalist").props('id="form-zones"')
            check_box("follows", "When I travel, ring by the clocks where I am")
        self._link = ui.element("div").classes("form-row")
        with self._link:
            ui.label("Leads to").classes("form-label")
            with ui.element("div").classes("form-line"):
                if link:
                    link_to(link.title, link.address)
                else:
                    ui.label("What it led to is gone.")
                button("Remove the link", acts.remove_link, kind="quiet")
        self._link.set_visibility(False)
        if acts.history:
            self._rang(acts.history)

    def _rang(self, opened: Callable[[], Awaitable[None]]) -> None:
        with ui.element("details").classes("form-rang").on("toggle", opened, args=[]):
            with ui.element("summary"):
                ui.label("What rang when")
            self._history = Html("", tag="ul")

    def _leads(self, acts: Acts) -> None:
        self._chips = ui.element("div").classes("form-line").props('role="group" aria-label="When it rings"')
        self._chipped: list[int] = []
        with ui.element("div").classes("form-line form-leads"):
            ui.label("or")
            text_field("lead_count", "So many", hidden_label=True, type="number", min=1, max=999).classes("number")
            select("lead_unit", "Unit of the time before", LEAD_UNITS, hidden_label=True)
            ui.label("before")
            button("Add", acts.add_lead)
        self.problems["leads"] = Problem()

    def _show_chips(self, leads: list[int]) -> None:
        if leads == self._chipped:
            return
        self._chipped = leads
        self._chips.clear()
        with self._chips:
            for lead in leads:
                words = wording.before(lead)
                chip("leads", str(lead), words[0].upper() + words[1:])

    def _suggest(self, typed: str) -> None:
        found = [name for name in _zones() if fold(typed) in fold(name)] if typed else []
        self._zones.set_content(_options(found[:SUGGESTIONS]))

    def _text(self, name: str, label: str, **props: object) -> Element:
        field = text_field(name, label, hidden_label=True, **props)
        self.problems[name] = Problem(field)
        return field

    def _toggled(self, event: events.GenericEventArguments) -> None:
        if event.args:
            self.open_more()
        else:
            self._more.props["open"] = False


@contextmanager
def _line(label: str) -> Iterator[None]:
    with ui.element("div").classes("form-row"):
        ui.label(label).classes("form-label").props('aria-hidden="true"')
        with ui.element("div").classes("form-line"):
            yield


@lru_cache(1)
def _zones() -> list[str]:
    return sorted(name for name in available_timezones() if "/" in name or name == "UTC")


def _options(words: Iterable[str]) -> Markup:
    return Markup("").join(Markup('<option value="{}"></option>').format(each) for each in words)


def _told(ring: Rang, chosen: Preferences, now: datetime) -> str:
    until = f" until {moment(ring.snoozed_until, chosen, now)}" if ring.state == SNOOZED and ring.snoozed_until else ""
    said = [
        f"rang {wording.before(ring.lead)}" if ring.lead and ring.rang else "",
        f"{STATES.get(ring.state, ring.state)}{until}",
        wording.late(ring.late),
        f"{ring.missed} earlier missed" if ring.missed else "",
    ]
    return " · ".join(filter(None, said))
