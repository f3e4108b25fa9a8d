"""The dialogs of a conversation: its settings, and the choice of another model."""

from collections.abc import Awaitable, Callable
from functools import partial
from typing import Any, cast

from nicegui import ui

from assistant.chat import projects
from assistant.chat.models import Conversation
from assistant.chat.pages.conversation.thread import Thread
from assistant.components.controls import Problem, button, say_problems, select, text_area, text_element, text_field
from assistant.components.dialogs import answered
from assistant.components.form import KeptForm, Sent, Values
from assistant.errors import AssistantError, Invalid
from assistant.ollama.answers import Details
from assistant.text import row_number

Save = Callable[[dict[str, Any]], Awaitable[None]]
THINK = {"": "As the model likes", "off": "Off", "on": "On"}
LEVELS = {"low": "A little", "medium": "Some", "high": "A lot"}  # for models that know them


async def settings_dialog(thread: Thread, now: Conversation, save: Save) -> None:
    """Lets the person change a conversation's settings; what ``save`` refuses is shown at its field."""
    model = await thread.services.ollama.known(thread.model)
    folders = await thread.services.database.read(projects.listing, thread.user) if thread.id else []
    problems: dict[str, Problem] = {}
    with ui.dialog(value=True) as dialog, ui.element("div").classes("card-box"):
        text_element("h2", "Settings of this conversation")
        form = KeptForm("", _shown(now))
        with form.classes("settings-form"):
            if folders:
                names = {"": "None", **{str(one.id): one.name for one in folders}}
                problems["project"] = Problem(select("project", "Project", names))
            _fields(thread, problems, model)
            problems[""] = Problem()
            with ui.element("div").classes("row-end"):
                button("Cancel", dialog.close)
                button("Save", kind="main")

    async def keep(sent: Sent) -> None:
        try:
            moved = {"project": row_number(str(sent.values.get("project") or "")) or None} if folders else {}
            await save(_values(sent.values, now) | moved)
        except AssistantError as error:
            form.refused(sent.key)
            say_problems(problems, error.sentence, error.field)
            return
        form.stored(sent.key)
        dialog.close()

    form.on_done(keep)
    dialog.on("hide", dialog.delete)


def _fields(thread: Thread, problems: dict[str, Problem], model: Details) -> None:
    def hinted(name: str, field: Any, hint: str) -> None:
        ui.label(hint).classes("hint")
        problems[name] = Problem(field)

    system = text_area("system", "Instructions for the model", grows=True, rows=3)
    hinted("system", system, "The model reads them before every message.")
    temperature = text_field("temperature", "Temperature", inputmode="decimal", placeholder="As the model likes")
    hinted("temperature", temperature, "0 is exact, 2 is wild.")
    used, size = thread.context_used()
    tokens = text_field("num_ctx", "Context in tokens", inputmode="numeric", placeholder=f"{thread.services.context:,}")
    share = f"{used / size:.0%} of context used, about {used:,} of {size:,} tokens"
    most = f" This model reads {model.context:,} at most." if model.context else ""
    hinted("num_ctx", tokens, f"{share}. More needs more memory.{most}")
    keep = text_field("keep_alive", "Keep the model loaded", placeholder="As Ollama is set up")
    hinted("keep_alive", keep, "Such as 10m or 1h after the last answer.")
    if "thinking" in model.capabilities:
        select("think", "Thinking", {**THINK, **LEVELS} if model.levels else THINK)


def _shown(now: Conversation) -> Values:
    return {
        "system": now.system, "temperature": _number_shown(now.temperature), "num_ctx": _number_shown(now.num_ctx),
        "keep_alive": now.keep_alive, "think": now.think, "project": str(now.project_id or ""),
    }  # fmt: skip


def _number_shown(number: float | None) -> str:
    return "" if number is None else str(number)


def _values(typed: Values, now: Conversation) -> dict[str, Any]:
    def text(name: str) -> str:
        return str(typed.get(name) or "").strip()

    return {
        "system": text("system"), "keep_alive": text("keep_alive"), "think": str(typed.get("think", now.think)),
        "temperature": _number(text("temperature"), float, "temperature"),
        "num_ctx": _number(text("num_ctx").replace(",", ""), int, "num_ctx"),
    }  # fmt: skip


def _number(text: str, kind: Callable[[str], float], field: str) -> float | None:
    try:
        return kind(text.replace(",", ".")) if text else None
    except ValueError:
        raise Invalid("Write a number.", field=field) from None


async def pick_model(names: list[str], current: str) -> str:
    """The model that the person picks; empty when they do not."""
    with ui.dialog(value=True) as dialog, ui.element("div").classes("card-box"):
        text_element("h2", "Regenerate with")
        with ui.element("div").classes("picks"):
            for name in names:
                words = f"{name} (now)" if name == current else name
                with ui.element("button").classes("pick").props('type="button"') as pick:
                    ui.label(words)
                pick.on("click", partial(dialog.submit, name))
        with ui.element("div").classes("row-end"):
            button("Cancel", partial(dialog.submit, ""))
    chosen = await answered(dialog)
    return cast("str", chosen or "")
