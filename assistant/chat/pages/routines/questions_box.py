"""What is asked at set times, in the settings: each question with when it comes and what came of it last."""

from collections.abc import Callable
from datetime import datetime
from functools import partial
from typing import Any

from markupsafe import Markup
from nicegui import ui

from assistant.chat.pages.services import Services
from assistant.chat.routines import questions
from assistant.chat.routines.rows import ANSWERED, FAILED, MISSED, STOPPED, ScheduledQuestion
from assistant.components.controls import (
    Problem,
    button,
    check_box,
    say_problems,
    select,
    text_area,
    text_element,
    text_field,
)
from assistant.components.form import KeptForm, Sent, Values
from assistant.components.icons import svg
from assistant.components.rows import Rows
from assistant.components.toast import toast
from assistant.errors import AssistantError, Invalid
from assistant.text import row_number
from assistant.users.pages.page import Page
from assistant.users.preferences import Preferences

ABOUT = (
    "Asked by itself at its times; you are notified of the answer. Say “Every Monday at 8, ask …” in a chat, or write "
    "it here. Nothing else is done then: the model has no tools, and nobody is there to say yes."
)
EMPTY = "Nothing yet."
USUAL = "Your usual model"
OUTCOMES = {ANSWERED: "answered", FAILED: "not answered", MISSED: "missed, as nothing ran", STOPPED: "stopped"}


class QuestionsBox:
    """The box of scheduled questions."""

    def __init__(self, services: Services, page: Page) -> None:
        """Nothing is drawn before ``draw``."""
        self._services, self._page, self._around = services, page, services.routines.around

    async def draw(self) -> None:
        """Draws it, and follows what changes."""
        with ui.element("section").classes("card-box setting").props('aria-label="Scheduled questions"'):
            text_element("h2", "Scheduled questions")
            ui.label(ABOUT).classes("hint")
            self._empty = ui.label(EMPTY).classes("muted")
            self._rows = Rows().classes("lines questions").on_act(self._acted)
            button("New scheduled question", partial(self._edit, None), icon="plus")
            self._place = ui.element("div")
        await self._show(set())
        self._page.follow({"routines", "preferences"}, self._show)

    async def _show(self, _topics: set[str]) -> None:
        shown = await self._services.database.read(self._read, self._page.user, self._services.clock())
        self._empty.set_visibility(not shown)
        self._rows.show(shown)

    def _read(self, user: int, now: datetime) -> dict[int, Markup]:
        chosen = self._page.asking.preferences
        return {
            row.id: _row(
                row, self._around.in_words(user, row.local, row.rule, now),
                _moments(questions.next_times(row, self._around, now)[:1], chosen, now), chosen, now,
            )
            for row in questions.listing(user)
        }  # fmt: skip

    async def _acted(self, what: str, of: str, more: str) -> None:
        run, user, now = self._services.database.run, self._page.user, self._services.clock()
        question = row_number(of)
        try:
            if what == "active":
                await run(questions.change, user, question, self._around, paused=more != "on", now=now)
            elif what == "run":
                await run(questions.run_now, user, question, now)
                toast("It is being asked.")
            elif what == "edit":
                self._edit(await self._services.database.read(questions.get, user, question))
            elif what == "delete":
                await run(questions.delete, user, question, now)
                toast("Deleted.", partial(self._restore, question))
        except AssistantError as error:
            toast(error.sentence)
            self._rows.show({})  # a switch that could not be turned is as it was
            await self._show(set())

    async def _restore(self, question: int) -> None:
        now = self._services.clock()
        await self._services.database.run(questions.restore, self._page.user, question, self._around, now)

    def _edit(self, row: ScheduledQuestion | None) -> None:
        user, now = self._page.user, self._services.clock()
        when = self._around.in_words(user, row.local, row.rule, now) if row else ""
        values = {
            "text": row.text if row else "", "when": when, "model": row.model if row else "",
            "knows": bool(row and row.knows),
        }  # fmt: skip
        with self._place, ui.dialog(value=True) as dialog, ui.element("div").classes("card-box"):
            dialog.props('aria-labelledby="question-title"').on("hide", dialog.delete)
            with ui.element("h2").props('id="question-title"'):
                ui.label("Ask at set times")
            draft = f"question:{user}:{row.id if row else 'new'}"
            form, problems, told = self._form(draft, values, dialog.close)

        async def changed(typed: Values, name: str) -> None:
            if name == "when":
                said = str(typed.get("when") or "")
                told.set_text(await self._services.database.read(self._coming, user, said, self._services.clock()))

        async def save(sent: Sent) -> None:
            try:
                await self._services.database.run(self._store, user, row, sent.values, when, self._services.clock())
            except AssistantError as error:
                form.refused(sent.key)
                say_problems(problems, error.sentence, "when" if error.field in {"local", "rule"} else error.field)
                return
            form.stored(sent.key)
            dialog.close()

        form.on_change(changed).on_done(save)

    def _form(
        self, draft: str, values: dict[str, Any], close: Callable[[], object]
    ) -> tuple[KeptForm, dict[str, Problem], ui.label]:
        names = {name: name for name in (*self._services.models_status.chat_names(), values["model"]) if name}
        with KeptForm(draft, values, pause=300) as form:
            text = text_area(
                "text", "Question", grows=True, rows=2, longest=questions.LONGEST, autofocus="",
                placeholder="What is new in my garden?",
            )  # fmt: skip
            problems = {"text": Problem(text)}
            when = text_field("when", "When", longest=200, placeholder="every Monday at 8", autocapitalize="none")
            problems["when"] = Problem(when)
            told = ui.label().classes("hint").props('role="status"')
            select("model", "Model", {"": USUAL, **names}, fixed=True)
            check_box("knows", "Answer from my notes")
            problems[""] = Problem()
            with ui.element("div").classes("row-end"):
                button("Cancel", close)
                button("Save", kind="main")
        return form, problems, told

    def _coming(self, user: int, when: str, now: datetime) -> str:
        """The next three times of what is written, or nothing while it says none."""
        try:
            said = questions.understood(user, self._around, when, now)
            row = questions.tried(user, self._around, text="…", now=now, **said)
        except Invalid:
            return ""
        return f"Next: {_moments(questions.next_times(row, self._around, now), self._page.asking.preferences, now)}"

    def _store(self, user: int, row: ScheduledQuestion | None, typed: Values, before: str, now: datetime) -> None:
        fields: dict[str, Any] = {
            "text": str(typed.get("text") or ""), "model": str(typed.get("model") or ""),
            "knows": "notes" if typed.get("knows") else "",
        }  # fmt: skip
        when = str(typed.get("when") or "")
        if row is None or when != before:
            fields |= questions.understood(user, self._around, when, now)
        if row is None:
            questions.add(user, self._around, now=now, **fields)
        else:
            questions.change(user, row.id, self._around, now=now, **fields)


def _moments(times: list[datetime], chosen: Preferences, now: datetime) -> str:
    today = now.astimezone(chosen.zone_info).date()
    walls = [at.astimezone(chosen.zone_info) for at in times]
    return " · ".join(f"{chosen.formats.named(at.date(), today)}, {chosen.formats.time(at)}" for at in walls)


def _row(row: ScheduledQuestion, when: str, following: str, chosen: Preferences, now: datetime) -> Markup:
    about = [when, "paused" if row.paused else f"next {following}" if following else "over"]
    about += ["from your notes" if row.knows else "", row.model]
    return Markup(
        '<div class="line-words"><span class="{}" dir="auto">{}</span><span class="hint">{}</span>{}</div>'
        '<input type="checkbox" role="switch" class="switch-alone" data-do="active" data-of="{id}" '
        'aria-label="Ask at its times: {name}"{}>{}{}{}'
    ).format(
        "person-name fact-off" if row.paused else "person-name", row.text, " · ".join(filter(None, about)),
        _last(row, chosen, now), Markup("") if row.paused else Markup(" checked"),
        _button("again", "run", "Ask now", row), _button("edit", "edit", "Change", row),
        _button("trash", "delete", "Delete", row), id=row.id, name=row.text[:60],
    )  # fmt: skip


def _last(row: ScheduledQuestion, chosen: Preferences, now: datetime) -> Markup:
    """What came of it last, or what is being done about it now, with the way there."""
    if row.wanted is not None:
        said = f"Is being asked. {row.problem}" if not row.problem else f"Is tried again. {row.problem}"
    elif row.last is not None:
        at = row.last.astimezone(chosen.zone_info)
        said = f"{chosen.formats.moment(at, now.astimezone(chosen.zone_info).date())}: {OUTCOMES.get(row.outcome, '')}"
        said = f"{said}. {row.problem}" if row.problem else f"{said}."
    else:
        return Markup()
    place = f"/chat/{row.conversation_id}" + (f"?m={row.answer_id}" if row.answer_id else "")
    link = Markup(' <a href="{}">Open</a>').format(place) if row.conversation_id else Markup()
    return Markup('<span class="hint">{}{}</span>').format(said.strip(), link)


def _button(icon: str, act: str, words: str, row: ScheduledQuestion) -> Markup:
    return Markup(
        '<button type="button" class="icon-button" data-do="{}" data-of="{}" title="{}" aria-label="{}: {}">{}</button>'
    ).format(act, row.id, words, words, row.text[:60], svg(icon))
