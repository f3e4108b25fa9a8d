"""What stands in the reminder's form: the sentence and the fields, which follow each other while one types."""

import asyncio
from collections.abc import Callable
from datetime import datetime

from assistant.components.controls import Problem, say_problems
from assistant.components.form import KeptForm, Values
from assistant.errors import AssistantError, Invalid
from assistant.reminders import rings
from assistant.reminders.pages import form_store
from assistant.reminders.pages.form_fields import Acts, FormFields
from assistant.reminders.pages.form_store import Opened, Reading
from assistant.reminders.pages.form_values import TIMED, as_fields, differ, with_day
from assistant.reminders.pages.services import Services
from assistant.reminders.parsing.habits import habits_of
from assistant.reminders.recurrence import timezones
from assistant.users.pages.page import Page

# Where the cursor goes for a problem with a field of the reminder.
PLACES = {"local": "day", "rule": "repeat_every", "leads": "lead_count"}
UNDER_MORE = frozenset({"leads", "zone", "tags", "note"})
EXAMPLE, NO_SENTENCE = "call mum tomorrow at 9", "No sentence says this"
NOTHING = Reading({}, (), {})


class FormContent:
    """The values of an opened form, as they were typed last."""

    def __init__(self, page: Page, services: Services, opened: Opened, draft: str) -> None:
        """Nothing is drawn yet; ``draft`` is where the browser keeps what is typed."""
        self._page, self._services, self._opened = page, services, opened
        self._zone = page.asking.preferences.zone
        self._habits = habits_of(page.asking.preferences)
        self._turn, self.stops, self.ended = 0, "", False
        self.values = opened.values | {"base": opened.values}
        self.form = KeptForm(draft, self.values).classes("reminder-form").on_change(self._typed)
        self.on_unchanged: Callable[[], None] | None = None  # where a draft came back that says nothing new

    def draw(self) -> None:
        """Draws the fields, in the form."""
        opened = self._opened
        acts = Acts(self._add_lead, self._remove_link, self._history if opened.id else None, self._say_instead)
        self._fields = FormFields(self.values, zone=self._zone, tags=opened.tags, link=opened.link, acts=acts)
        self._problems = self._fields.problems
        self._problems[""] = Problem()
        self._fields.show(self.values)
        self._hint(str(self.values["sentence"]))
        if self.values["text"] or self.values["local"]:
            self._page.begin(self._look(), name="reminder form")

    @property
    def base(self) -> Values:
        """What the form began with; also in another page, when it was loaded again."""
        base = self.values.get("base")
        return base if isinstance(base, dict) and "text" in base else self._opened.values

    @property
    def changed(self) -> bool:
        """Whether anything was typed or chosen that is not stored."""
        return differ(self.values, self.base)

    def take(self, values: Values) -> None:
        """Puts these values into the form."""
        self.values = self.values | values
        self.form.fill(values)
        self._fields.show(self.values)

    def begin_with(self, values: Values) -> None:
        """Begins anew with what the reminder says now."""
        say_problems(self._problems)
        self.take(values | {"base": values})
        self.form.forget()
        self._page.begin(self._look(), name="reminder form")

    def say(self, sentence: str) -> None:
        """Says something about the whole form."""
        say_problems(self._problems, sentence)

    def refuse(self, error: AssistantError) -> None:
        """Says what is wrong where it was typed, and puts the cursor there."""
        self._say(error)
        place = _place(error)
        self.form.focus(PLACES.get(place, place or "sentence"))

    async def settle(self, values: Values) -> None:
        """Takes what is sent; whoever types a sentence and presses Enter at once means that sentence.

        Raises Invalid where the sentence says what cannot be.
        """
        self.values = self.values | values
        self._turn += 1
        if self.values.get("sentence") != self.values.get("said"):
            await self._read()
        if self.stops:
            raise Invalid(self.stops, field="sentence")

    async def _typed(self, values: Values, name: str) -> None:
        if self.ended:
            return
        self.values = self.values | values
        self._turn += 1
        if not name and not self.changed and self.on_unchanged:
            self.on_unchanged()
            return
        self._fields.show(self.values)
        if not name:
            self._fields.begin(self.values)
            await self._look()
        elif name == "sentence" and self.values.get("said") != self.values["sentence"]:
            await self._read()
        elif name in TIMED or name.startswith("repeat_"):
            await self._follow(name)
        elif name in self._problems:
            self._problems[name].say("")

    async def _look(self) -> None:
        """Shows what the form says, whichever side of it was changed last."""
        turn, sentence = self._turn, str(self.values.get("sentence", ""))
        if sentence != self.values.get("said"):
            await self._read()
            return
        reading = await asyncio.to_thread(
            form_store.read, sentence, zone=self._zone, now=self._now(), habits=self._habits
        )
        if self._old(turn):
            return
        if sentence and not differ(self.values, self.values | reading.values):
            self._show(reading)
        else:
            await self._follow("")

    async def _read(self) -> None:
        """Makes the fields say what the sentence says."""
        turn, sentence = self._turn, str(self.values.get("sentence", ""))
        if not sentence.strip():
            self.take({"said": sentence})
            self._show(NOTHING)
            return
        reading = await asyncio.to_thread(
            form_store.read, sentence, zone=self._zone, now=self._now(), habits=self._habits
        )
        if not self._old(turn):
            self.take(reading.values)
            self._show(reading)
            say_problems(self._problems)

    async def _reading(self, sentence: str) -> Reading:
        return await asyncio.to_thread(
            form_store.read, sentence, zone=self._zone, now=self._now(), habits=self._habits
        )  # fmt: skip

    async def _follow(self, name: str) -> None:
        """Makes the sentence say what the fields say; ``name`` is what was changed, empty when nothing was."""
        now, turn = self._now(), self._turn
        day = with_day(self.values, timezones.on_the_wall(now, self._zone)) if name else {}
        if day:
            self.take(day)
        try:
            reading = await asyncio.to_thread(form_store.check, self.values, zone=self._zone, now=now)
        except Invalid as error:
            if not self._old(turn):
                self._doubt(error, name)
            return
        if self._old(turn):
            return
        if name:
            self.take(reading.values)
        self._hint(reading.values["sentence"])
        self._show(reading)
        say_problems(self._problems)

    def _doubt(self, error: Invalid, name: str) -> None:
        """Says what is wrong, unless it is only what was not said yet, or was so when the form was opened."""
        early = error.field == "text" and name != "text"
        if early or not self.changed:
            self._show(NOTHING)
            say_problems(self._problems)
        else:
            self._say(error)

    def _say(self, error: AssistantError) -> None:
        self._show(NOTHING)
        if error.field == "sentence":
            self.stops = error.sentence
        if error.field in UNDER_MORE:
            self._fields.open_more()
        say_problems(self._problems, error.sentence, _place(error))

    def _show(self, reading: Reading) -> None:
        self.stops = next((sentence for sentence, stops in reading.problems.items() if stops), "")
        chosen, now = self._page.asking.preferences, self._now()
        self._fields.read(reading.upcoming, chosen, now, reading.problems)
        self._fields.others.show(reading.doubts)

    def _hint(self, sentence: str) -> None:
        self._fields.hint(EXAMPLE if sentence or not (self.values["text"] or self.values["local"]) else NO_SENTENCE)

    async def _say_instead(self, sentence: str) -> None:
        self.take({"sentence": sentence})
        self.form.focus("sentence")
        self._turn += 1
        await self._read()

    async def _add_lead(self) -> None:
        try:
            leads = as_fields(self.values, self._zone)["leads"]
        except Invalid as error:
            self.refuse(error)
            return
        self.take({"leads": [str(lead) for lead in leads], "lead_count": ""})
        await self._follow("leads")

    async def _remove_link(self) -> None:
        self.take({"link": ""})

    async def _history(self) -> None:
        past = await self._services.database.read(rings.history, self._page.user, self._opened.id)
        self._fields.tell_history(past, self._page.asking.preferences, self._now())

    def _old(self, turn: int) -> bool:
        """Whether something else was typed since that turn."""
        return turn != self._turn or self.ended

    def _now(self) -> datetime:
        return self._services.clock()


def _place(error: AssistantError) -> str:
    """Where the problem stands: a repetition is one field, however it repeats."""
    return "rule" if error.field == "after_done" else error.field or ""
