"""Asks for the password before something that a browser which was left open must not do."""

from nicegui import ui

from assistant.components.controls import Problem, button, say_problems, text_element, text_field
from assistant.components.dialogs import answered
from assistant.components.form import KeptForm, Sent
from assistant.errors import AssistantError
from assistant.users.identity import LONGEST, Identity
from assistant.users.pages.page import Page

WHY = "You logged in a while ago. Give your password again, so that it is certain that it is you."


async def proven(identity: Identity, page: Page) -> bool:
    """Whether it is the person: who logged in more than ten minutes ago is asked for the password; closing is no."""
    if await identity.is_fresh(page.asking):
        return True
    with ui.dialog(value=True) as dialog, ui.element("div").classes("card-box ask-password"):
        text_element("h2", "Your password")
        text_element("p", WHY)
        with KeptForm() as form:
            # Password managers look for a name beside the password.
            ui.element("input").props(f'type="text" hidden autocomplete="username" value="{page.asking.name}"')
            field = text_field(
                "current", "Password", type="password", autocomplete="current-password", autofocus="", longest=LONGEST
            )
            problems = {"current": Problem(field), "": Problem()}
            with ui.element("div").classes("row-end"):
                button("Cancel", dialog.close)
                button("Go on", kind="main")

    async def judge(sent: Sent) -> None:
        try:
            await identity.prove(page.asking, str(sent.values.get("current") or ""), page.client.ip)
        except AssistantError as error:
            form.refused(sent.key)
            say_problems(problems, error.sentence, error.field)
            return
        form.stored(sent.key)
        dialog.submit("yes")

    form.on_done(judge)
    answer: object = await answered(dialog)
    return answer == "yes"
