"""The field in which a reminder is said, with its live reading below."""

import asyncio
from collections.abc import Awaitable, Callable, Iterable
from datetime import datetime
from functools import partial
from typing import Any

from markupsafe import Markup
from nicegui import ui

from assistant.components.controls import Problem, button, text_field
from assistant.components.form import KeptForm, Sent, Values
from assistant.components.html import Html
from assistant.components.icons import svg
from assistant.errors import AssistantError, Conflict, Invalid
from assistant.reminders import reminders, validation
from assistant.reminders.models import Reminder
from assistant.reminders.pages.services import Services
from assistant.reminders.parsing.habits import habits_of
from assistant.reminders.parsing.model import STOPPING, Instead, Parsed
from assistant.reminders.parsing.model import Problem as Doubt
from assistant.reminders.parsing.parser import parse
from assistant.reminders.recurrence import next_times, timezones, wording
from assistant.users.pages.page import Page
from assistant.users.preferences import Preferences

EXAMPLE = "Call mum tomorrow at 9"
ACCEPTED = 10_001  # characters; what is longer than a sentence may be is told in words
FIELD = "sentence"


class Others:
    """What else a sentence could mean, a button each."""

    def __init__(self, choose: Callable[[str], Awaitable[None]]) -> None:
        """``choose`` is called with the sentence that says the other."""
        self._choose, self._shown = choose, list[Instead]()
        self._box = ui.element("div").classes("say-others")
        self._box.set_visibility(False)

    def show(self, problems: Iterable[Doubt]) -> None:
        """Offers what these problems leave open."""
        others = [problem.instead for problem in problems if problem.instead]
        if others == self._shown:
            return
        self._shown = others
        self._box.clear()
        with self._box:
            for other in others:
                button(f"Take “{other.words}”", partial(self._choose, other.sentence))
        self._box.set_visibility(bool(others))


class Sentence:
    """The field; what is typed waits in the browser until it is stored."""

    def __init__(
        self,
        page: Page,
        services: Services,
        *,
        on_added: Callable[[Reminder], Awaitable[None]],
        on_details: Callable[[str, Parsed | None], Awaitable[None]],
    ) -> None:
        """Draws it; ``on_details`` is called with what is typed and, where there is something, its reading."""
        self._page, self._services = page, services
        self._on_added, self._on_details = on_added, on_details
        self._typed, self._turn = "", 0
        self._parsed: Parsed | None = None
        form = KeptForm(f"draft:{page.user}:sentence", {FIELD: ""}).classes("say")
        with form.on_change(self._change).on_done(self._add) as self._form:
            with ui.element("div").classes("say-box"):
                Html(svg("plus"))
                field = text_field(
                    FIELD, "Remind me", hidden_label=True, placeholder=EXAMPLE, longest=ACCEPTED,
                    enterkeyhint="done", data_focus="", data_key="/",
                )  # fmt: skip
                button("Details", self._details, kind="plain", icon="sliders").classes("say-details")
                button("Add", kind="main").classes("say-add")
            self._problem = Problem(field)
            self._read = Html("").classes("say-read").props('role="status"')
            self._others = Others(self._take)

    def focus(self) -> None:
        """Puts the cursor into it."""
        self._form.focus(FIELD)

    def says(self, sentence: str, text: str) -> bool:
        """Whether this sentence is in it, or one that reminds of this text."""
        typed = self._typed.strip()
        return bool(typed) and (typed == sentence or (self._parsed is not None and self._parsed.text == text))

    def clear(self) -> None:
        """Empties it: what it said is kept elsewhere."""
        self._form.fill()
        self._form.forget()
        self._show("", None)

    async def _take(self, sentence: str) -> None:
        self._form.fill({FIELD: sentence}, over=True)
        self._form.focus(FIELD)
        await self._change({FIELD: sentence}, FIELD)

    async def _change(self, values: Values, _name: str) -> None:
        self._typed = str(values.get(FIELD) or "")
        self._problem.say("")
        self._turn += 1
        turn, text = self._turn, self._typed
        parsed = await self._parse(text)
        if turn == self._turn:  # nobody typed on meanwhile
            self._show(text, parsed)

    async def _parse(self, text: str) -> Parsed | None:
        if not text.strip():
            return None
        chosen = self._page.asking.preferences
        return await asyncio.to_thread(
            parse, text, now=self._services.clock(), zone=chosen.zone, habits=habits_of(chosen)
        )  # fmt: skip

    def _show(self, text: str, parsed: Parsed | None) -> None:
        self._typed, self._parsed = text, parsed
        read = Markup("")
        if parsed:
            read = reading(parsed, self._services.clock(), self._page.asking.preferences)
        self._read.set_content(read)
        self._others.show(parsed.problems if parsed else ())

    async def _details(self) -> None:
        text = self._typed.strip()
        await self._on_details(text, await self._parse(text))

    async def _add(self, sent: Sent) -> None:
        self._turn += 1
        text = str(sent.values.get(FIELD) or "")
        try:
            row = await self._store(text, sent.key)
        except Conflict:
            row = None  # it was stored under this key before, and only the answer was lost
        except AssistantError as error:
            self._form.refused(sent.key)
            self._show(text, await self._parse(text))
            self._problem.say(error.sentence)
            return
        self._form.stored(sent.key)
        self._problem.say("")
        self._show("", None)
        if row:
            await self._on_added(row)

    async def _store(self, text: str, key: str) -> Reminder:
        parsed = await self._parse(text)
        if parsed is None:
            raise Invalid("What should I remind you of?", field=FIELD)
        stop = next((problem for problem in parsed.problems if problem.kind in STOPPING), None)
        if stop:
            raise Invalid(stop.sentence, field=FIELD)
        return await self._services.database.run(
            reminders.add, self._page.user, now=self._services.clock(), uid=key, **fields(parsed)
        )


def fields(parsed: Parsed) -> dict[str, Any]:
    """What was read, as a reminder takes it."""
    return {
        "text": parsed.text, "local": parsed.local, "zone": parsed.zone, "rule": parsed.rule,
        "after_done": parsed.after_done, "leads": parsed.leads, "priority": parsed.priority, "tags": parsed.tags,
    }  # fmt: skip


def reading(parsed: Parsed, now: datetime, chosen: Preferences) -> Markup:
    """What was understood: the text, when and how often, the next times, and what was assumed."""
    zone, formats = chosen.zone, chosen.formats
    today = timezones.on_the_wall(now, zone).date()
    stops = [problem.sentence for problem in parsed.problems if problem.kind in STOPPING] + _too_long(parsed.text)
    assumed = [problem.sentence for problem in parsed.problems if problem.kind not in STOPPING]
    said = Markup("")
    if parsed.text or parsed.local:
        parts = _parts(parsed, today, chosen, stopped=bool(stops))
        said = Markup("<p><strong>{}</strong>{}</p>").format(
            parsed.text or "…", Markup("").join(Markup(" · <span>{}</span>").format(part) for part in parts)
        )
    upcoming = next_times.upcoming(parsed.local, parsed.zone, parsed.rule, now)
    if len(upcoming) > 1:
        times = [wording.moment_in_words(timezones.on_the_wall(at, zone), today, formats) for at in upcoming]
        said += Markup('<p class="muted">Next: {}</p>').format(" · ".join(times))
    for kind, sentences in (("form-error", stops), ("say-assumed", assumed)):
        said += Markup("").join(Markup('<p class="{}">{}</p>').format(kind, sentence) for sentence in sentences)
    return said


def _parts(parsed: Parsed, today: Any, chosen: Preferences, *, stopped: bool) -> list[str]:
    when = (
        wording.moment_in_words(parsed.local, today, chosen.formats) if parsed.local else "" if stopped else "someday"
    )
    after = wording.length(validation.interval(parsed.after_done)) if parsed.after_done else ""
    leads = wording.leads_in_words(parsed.leads)
    parts = [
        when,
        wording.in_words(parsed.rule) if parsed.rule else "",
        f"again {after} after it is done" if after else "",
        parsed.zone if parsed.zone != chosen.zone and parsed.local else "",
        f"rings {leads}" if leads else "",
        f"{('', 'low', 'medium', 'high')[parsed.priority]} priority" if parsed.priority else "",
        *(f"#{tag}" for tag in parsed.tags),
    ]
    return [part for part in parts if part]


def _too_long(text: str) -> list[str]:
    try:
        validation.valid_text(text or "-")
    except Invalid as error:
        return [error.sentence]
    return []
