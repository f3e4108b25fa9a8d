"""“Remind me” of a note or a message, from any page: what is known already, the person says when."""

import asyncio
from collections.abc import Awaitable, Callable
from functools import partial

from markupsafe import Markup
from nicegui import ui

from assistant.components.controls import Problem, button, say_problems, text_field
from assistant.components.form import KeptForm, Sent, Values
from assistant.components.html import Html
from assistant.components.toast import toast
from assistant.errors import AssistantError, Invalid
from assistant.reminders import trash
from assistant.reminders.pages import form_store
from assistant.reminders.pages.form_values import blank, of_sentence
from assistant.reminders.pages.sentence import Others
from assistant.reminders.pages.services import Services
from assistant.reminders.pages.times import moment, wall
from assistant.reminders.parsing.habits import habits_of
from assistant.reminders.parsing.model import STOPPING, Parsed
from assistant.reminders.parsing.parser import parse
from assistant.reminders.queries import Listed
from assistant.reminders.recurrence import next_times, wording
from assistant.reminders.validation import interval
from assistant.users.pages.page import Page

# From the page, the kind (note or message), its id, and the text that is proposed.
Remind = Callable[[Page, str, int, str], Awaitable[None]]

SUGGESTIONS = ("in an hour", "tonight", "tomorrow at 9", "next Monday at 9")
SAY_WHEN = "Say when, like “tomorrow at 9”."
TEXT_SHOWN = 100  # characters of what is proposed


def remind_dialog(services: Services) -> Remind:
    """The function that opens the dialog in a page; other rooms are handed it."""

    async def remind(page: Page, kind: str, about: int, text: str) -> None:
        with page.client.content:
            RemindDialog(page, services, kind, about, text)

    return remind


class RemindDialog:
    """One opened dialog; what is typed in it waits in the browser, for each note and message by itself."""

    def __init__(self, page: Page, services: Services, kind: str, about: int, text: str) -> None:
        """Opens it, in the slot that is open."""
        self._page, self._services, self._link = page, services, f"{kind}:{about}"
        self._zone, self._turn = page.asking.preferences.zone, 0
        self._habits = habits_of(page.asking.preferences)
        proposed = {"text": " ".join(text.split())[:TEXT_SHOWN], "when": ""}
        self._box = ui.element("div")
        with self._box, ui.dialog(value=True) as self._dialog:
            self._dialog.props('aria-labelledby="remind-title" allow-focus-outside transition-duration="120"')
            self._dialog.classes("reminder-sheet").on("hide", self._delete, args=[])
            with ui.element("div").classes("card-box remind-dialog"):
                with ui.element("h2").props('id="remind-title"'):
                    ui.label("Remind me")
                form = KeptForm(f"draft:{page.user}:remind:{self._link}", proposed)
                with form.classes("remind-form").on_change(self._typed).on_done(self._save):
                    self._draw()
                self._form = form

    def _draw(self) -> None:
        what = text_field("text", "What", longest=500)
        self._problems = {"text": Problem(what)}
        when = text_field("when", "When", longest=500, placeholder="tomorrow at 9", data_autofocus="")
        with ui.element("div").classes("chips"):
            for words in SUGGESTIONS:
                button(words, partial(self._suggest, words)).classes(replace="chip")
        self._reading = Html("").classes("form-read").props('role="status"')
        self._others = Others(self._suggest)
        self._problems[""] = Problem()
        when.props["aria-describedby"] = self._reading.html_id
        with ui.element("div").classes("row-end"):
            button("Cancel", self._cancel)
            button("Remind me", kind="main")

    async def _suggest(self, words: str) -> None:
        self._form.fill({"when": words})
        self._form.focus("when")
        await self._read(words)

    async def _typed(self, values: Values, _name: str) -> None:
        await self._read(str(values.get("when", "")))

    async def _read(self, when: str) -> Parsed | None:
        """What the words say, shown below them; None when something else was typed meanwhile."""
        self._turn += 1
        turn, now = self._turn, self._services.clock()
        say_problems(self._problems)
        found = await asyncio.to_thread(parse, when.strip(), now=now, zone=self._zone, habits=self._habits)
        if turn != self._turn:
            return None
        self._reading.set_content(self._said(found) if when.strip() else "")
        self._others.show(found.problems)
        return found

    def _said(self, found: Parsed) -> str:
        lines = []
        if found.local:
            rings = wording.leads_in_words(found.leads)
            formats = self._page.asking.preferences.formats
            said = [
                wall(found.local, formats), wording.in_words(found.rule) if found.rule else "",
                f"again {wording.length(interval(found.after_done))} after it is done" if found.after_done else "",
                f"rings {rings}" if rings else "",
            ]  # fmt: skip
            lines.append(Markup("<p>{}</p>").format(" · ".join(filter(None, said))))
        now, chosen = self._services.clock(), self._page.asking.preferences
        upcoming = next_times.upcoming(found.local, found.zone, found.rule, now)
        if len(upcoming) > 1:
            lines.append(Markup("<p>Next: {}</p>").format(" · ".join(moment(at, chosen, now) for at in upcoming)))
        lines += [
            Markup('<p class="{}">{}</p>').format("form-error" if stops else "say-assumed", sentence)
            for sentence, stops in _problems(found).items()
        ]
        return Markup("").join(lines)

    async def _save(self, sent: Sent) -> None:
        row: Listed | None = None
        try:
            row = await self._store(sent)
        except AssistantError as error:
            self._reading.set_content("")
            say_problems(self._problems, error.sentence, error.field)
            self._form.focus("text" if error.field == "text" else "when")
        finally:
            if row is None:
                self._form.refused(sent.key)
        if row:
            self._form.stored(sent.key)
            self._dialog.close()
            self._tell(row)

    async def _store(self, sent: Sent) -> Listed:
        now, when = self._services.clock(), str(sent.values.get("when", ""))
        found = await asyncio.to_thread(parse, when.strip(), now=now, zone=self._zone, habits=self._habits)
        stopping = next((sentence for sentence, stops in _problems(found).items() if stops), "")
        if stopping or not found.local:
            raise Invalid(stopping or SAY_WHEN, field="when")
        said = of_sentence(found, self._zone) | {"text": str(sent.values.get("text", "")), "link": self._link}
        values = blank(self._zone) | said
        user, find = self._page.user, self._services.find
        return await self._services.database.run(form_store.add, user, values, sent.key, find, zone=self._zone, now=now)

    def _tell(self, row: Listed) -> None:
        now, database, user = self._services.clock(), self._services.database, self._page.user
        when = moment(row.at, self._page.asking.preferences, now) if row.at else "someday"

        async def undo() -> None:
            await database.run(trash.delete, user, row.id, self._services.clock())

        toast(f"Set: “{row.text}”, {when}.", undo)

    def _cancel(self) -> None:
        self._form.forget()
        self._dialog.close()

    def _delete(self) -> None:
        self._dialog.delete()
        self._box.delete()


def _problems(found: Parsed) -> dict[str, bool]:
    """What is wrong with words that should say nothing but when, each with whether it stops the reminder."""
    problems = {each.sentence: each.kind in STOPPING for each in found.problems if each.kind != "no_text"}
    if found.text:
        problems[f"“{found.text}” says nothing about when." if found.local else SAY_WHEN] = True
    return problems
