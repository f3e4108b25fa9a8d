"""Draws fields: each with its words, its default and the way back to it; each change is saved at once."""

from dataclasses import replace
from functools import partial
from typing import Any

from nicegui import ui
from nicegui.element import Element

from assistant.components.controls import Problem, check_box, icon_button, select, text_area, text_field
from assistant.components.form import KeptForm, Sent, Values
from assistant.components.toast import toast
from assistant.errors import AssistantError
from assistant.settings.fields import Field, Group
from assistant.settings.pages.parts import Words, section
from assistant.settings.pages.services import Services
from assistant.users import preferences
from assistant.users.pages.page import Page

PAUSE = 300  # ms after a key, after which what was typed is saved


class Rows:
    """The fields of a group in a box, as one form."""

    def __init__(self, services: Services, page: Page, group: Group) -> None:
        """Draws them."""
        self._services, self._page = services, page
        self._fields = {field.name: field for field in group.fields}
        self.places: dict[str, Element] = {}
        self._resets: dict[str, Element] = {}
        self._problems: dict[str, Problem] = {}
        self._said: dict[str, str] = {}
        chosen = page.asking.preferences
        values = {name: field.shown(getattr(chosen, name)) for name, field in self._fields.items()}
        with section(group.title) as self._saved, KeptForm("", values, pause=PAUSE) as self._form:
            for field in group.fields:
                self._row(field)
        self._form.on_change(self._changed).on_done(self._sent)
        self._mark()

    def refresh(self) -> None:
        """Shows what is chosen now, which another page may have changed."""
        chosen = self._page.asking.preferences
        self._form.fill({name: field.shown(getattr(chosen, name)) for name, field in self._fields.items()})
        self._mark()

    def _row(self, field: Field) -> None:
        with ui.element("div").classes("setting-row").props(f'id="{field.name}"') as self.places[field.name]:
            words = Words(field.title, field.hint, f"Default: {field.in_words(field.default)}")
            with ui.element("div").classes("setting-control"):
                control = _control(field)
                reset = icon_button("undo", f"{field.title}: back to the default", partial(self._reset, field))
                self._problems[field.name] = Problem(control)
        control.props["aria-describedby"] = f"{control.props['aria-describedby']} {words.tell_of(control)}"
        self._resets[field.name] = reset.classes("setting-reset")

    async def _changed(self, values: Values, _name: str) -> None:
        # Whoever goes on to the next field at once has changed both.
        for name, field in self._fields.items():
            if name in values and values[name] != field.shown(getattr(self._page.asking.preferences, name)):
                await self._save(field, values[name])
            else:
                self._say(name)

    async def _sent(self, sent: Sent) -> None:
        self._form.refused(sent.key)  # everything is saved already

    async def _reset(self, field: Field) -> None:
        before = getattr(self._page.asking.preferences, field.name)
        await self._save(field, field.default)
        self._form.fill({field.name: field.shown(field.default)}, over=True)
        self._form.focus(field.name)
        if field.lines and before:
            toast(f"“{field.title}” is as it was at first.", partial(self._put_back, field, before))

    async def _put_back(self, field: Field, before: object) -> None:
        await self._save(field, before)
        self._form.fill({field.name: field.shown(before)}, over=True)

    async def _save(self, field: Field, value: object) -> None:
        try:
            await save(self._services, self._page, **{field.name: field.read(value)})
        except AssistantError as error:
            self._say(field.name, error.sentence)
            return
        self._say(field.name)
        self._saved.show()
        self._mark()

    def _say(self, name: str, sentence: str = "") -> None:
        if self._said.get(name, "") != sentence:
            self._said[name] = sentence
            self._problems[name].say(sentence)

    def _mark(self) -> None:
        for name, reset in self._resets.items():
            reset.set_visibility(getattr(self._page.asking.preferences, name) != self._fields[name].default)


def _control(field: Field) -> Element:
    """The control of the field; its label stands beside it."""
    if field.is_switch:
        return check_box(field.name, "", switch=True, role="switch")
    if field.options is not None:
        return select(field.name, "", field.options, fixed=True)
    more: dict[str, Any] = {"placeholder": field.placeholder} if field.placeholder else {}
    if field.lines:
        return text_area(field.name, "", grows=True, rows=3, longest=field.longest, **more)
    return text_field(field.name, "", type=field.kind, inputmode=field.mode, longest=field.longest, **more)


async def save(services: Services, page: Page, **choices: object) -> None:
    """Changes preferences of the page's person, and what the page knows of them; raises Invalid with the field."""
    chosen = await services.database.run(preferences.save, page.user, **choices)
    page.asking = replace(page.asking, preferences=chosen)
