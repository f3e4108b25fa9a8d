"""The form that adds a webhook or an ntfy topic."""

from collections.abc import Awaitable, Callable

from nicegui import ui

from assistant.components.controls import Problem, button, say_problems, select, text_field
from assistant.components.form import KeptForm, Sent, Values
from assistant.errors import AssistantError
from assistant.reminders.models import NTFY, WEBHOOK
from assistant.reminders.notifications import channels
from assistant.reminders.pages.services import Services
from assistant.users.pages.page import Page

KINDS = {NTFY: "ntfy", WEBHOOK: "Webhook"}
SECRETS = {WEBHOOK: "Secret (optional)", NTFY: "Access token (optional)"}
HINTS = {
    WEBHOOK: "Signs what is sent: HMAC-SHA256, in the header X-Assistant-Signature.",
    NTFY: "Only a protected topic needs one.",
}
EXAMPLES = {WEBHOOK: "https://example.com/hook", NTFY: "https://ntfy.sh/a-topic-that-nobody-guesses"}


class ChannelForm:
    """The form that adds a webhook or an ntfy topic; what is wrong is said at its field."""

    def __init__(self, services: Services, page: Page, added: Callable[[], Awaitable[None]]) -> None:
        """Draws it; ``added`` is awaited after each channel."""
        self._services, self._page, self._added = services, page, added
        with KeptForm(f"draft:{page.user}:channel", {"kind": NTFY}).classes("channel-form") as self._form:
            select("kind", "Kind", KINDS)
            self._secret = ui.element("div")
            with ui.element("div").classes("wide"):
                self._address = text_field("address", "Address", type="url", longest=2000, inputmode="url")
                address = Problem(self._address)
            with ui.element("div").classes("row wide"):
                self._add = button("Add", kind="main")
                rest = Problem()
        self._problems = {"address": address, "": rest}
        self._show_kind(NTFY)
        self._form.on_change(self._changed).on_done(self._done)

    def _changed(self, values: Values, name: str) -> None:
        if name in {"kind", ""}:  # "": what was typed before came back
            self._show_kind(WEBHOOK if values.get("kind") == WEBHOOK else NTFY)

    def _show_kind(self, kind: str) -> None:
        self._secret.clear()
        with self._secret:
            field = text_field("secret", SECRETS[kind], type="password", longest=200, autocomplete="new-password")
            self._problems["secret"] = Problem(field)
            ui.label(HINTS[kind]).classes("muted")
        self._address.props["placeholder"] = EXAMPLES[kind]
        self._address.update()

    async def _done(self, sent: Sent) -> None:
        say_problems(self._problems)
        given = {name: str(sent.values.get(name) or "") for name in ("kind", "address", "secret")}
        try:
            await self._services.dispatcher.check(given["address"].strip())
            await self._services.database.run(channels.add, self._page.user, now=self._services.clock(), **given)
        except AssistantError as error:
            self._form.refused(sent.key)
            say_problems(self._problems, error.sentence, error.field)
            return
        self._form.stored(sent.key)
        self._show_kind(NTFY)
        await self._added()
