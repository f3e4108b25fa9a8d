"""A conversation is put into a project or taken out, a project is begun, and one is deleted."""

from functools import partial
from typing import Any

from nicegui import ui

from assistant.chat import conversations, projects
from assistant.chat.documents import shelf
from assistant.chat.models import Conversation, Project
from assistant.chat.pages.services import Services
from assistant.components.controls import Problem, button, text_element, text_field
from assistant.components.dialogs import answered, confirm
from assistant.components.form import KeptForm, Sent
from assistant.components.toast import toast
from assistant.errors import AssistantError
from assistant.users.pages.page import Page


async def move(services: Services, page: Page, one: Conversation) -> None:
    """Lets the person pick a project for the conversation, an existing one, a new one or none."""
    found = await services.database.read(projects.listing, page.user)
    with ui.dialog(value=True) as dialog, ui.element("div").classes("card-box"):
        text_element("h2", "Move to a project")
        with ui.element("div").classes("picks"):
            for row in found:
                _pick(f"{row.name} (now)" if row.id == one.project_id else row.name, partial(dialog.submit, row.id))
            if one.project_id:
                _pick("No project", partial(dialog.submit, 0))
        _new_form(services, page, dialog.submit)
        with ui.element("div").classes("row-end"):
            button("Cancel", dialog.close)
    picked: Any = await answered(dialog)
    if picked is not None and (int(picked) or None) != one.project_id:
        await _move(services, page, one, int(picked) or None)


async def _move(services: Services, page: Page, one: Conversation, project: int | None) -> None:
    before, change = one.project_id, partial(conversations.change, page.user, one.id)
    await services.database.run(change, project=project)
    row = await services.database.read(projects.get, page.user, project or before or 0)

    async def undo() -> None:
        await services.database.run(change, project=before)

    toast(f"Moved to {row.name}." if project else f"Taken out of {row.name}.", undo)


def _pick(words: str, act: Any) -> None:
    with ui.element("button").classes("pick").props('type="button"').on("click", act):
        ui.label(words).props('dir="auto"')


async def begin(services: Services, page: Page) -> None:
    """Lets the person begin a project, and leads there."""
    with ui.dialog(value=True) as dialog, ui.element("div").classes("card-box"):
        text_element("h2", "New project")
        ui.label("A folder of conversations with its own instructions, documents and notes.").classes("muted")
        form = _new_form(services, page, dialog.submit, alone=True)
        with form, ui.element("div").classes("row-end"):
            button("Cancel", dialog.close)
            button("Create", kind="main")
    form.focus("name")
    made: Any = await answered(dialog)
    if made:
        page.go(f"/project/{int(made)}")


def _new_form(services: Services, page: Page, done: Any, *, alone: bool = False) -> KeptForm:
    """A form that makes a project of a name, and calls ``done`` with its id."""
    with KeptForm(f"project:{page.user}:new", {"name": ""}).classes("" if alone else "project-new") as form:
        field = text_field(
            "name", "Name", hidden_label=not alone, longest=projects.LONGEST, enterkeyhint="done", autocomplete="off",
            placeholder="Such as: House" if alone else "Or a new project",
        )  # fmt: skip
        if not alone:
            button("Create", icon="plus")
        problem = Problem(field)

    async def make(sent: Sent) -> None:
        try:
            name = str(sent.values.get("name") or "")
            made = await services.database.run(projects.add, page.user, name=name, now=services.clock())
        except AssistantError as error:
            form.refused(sent.key)
            problem.say(error.sentence)
            return
        form.stored(sent.key)
        done(made.id)

    return form.on_done(make)


async def delete(services: Services, page: Page, row: Project) -> bool:
    """Whether the person deleted the project, after being asked; the way back stands in a toast."""
    files = len(await services.database.read(shelf.listing, page.user, row.id))
    what = "" if not files else "Its document goes with it. " if files == 1 else f"Its {files} documents go with it. "
    question = f"Delete the project “{row.name}”?"
    if not await confirm(question, f"Its conversations stay, among your others. {what}", yes="Delete"):
        return False
    await services.database.run(projects.delete, page.user, row.id, services.clock())

    async def undo() -> None:
        await services.database.run(projects.restore, page.user, row.id)

    toast(f"The project {row.name} was deleted.", undo)
    return True
