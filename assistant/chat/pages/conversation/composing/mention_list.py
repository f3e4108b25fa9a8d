"""``@note``, ``@conversation`` and ``#tag`` in the composer: what a mention at the end of the text may become."""

from collections.abc import Callable

from markupsafe import Markup

from assistant.chat.knowing.mentions import BEGUN, Offered, offered
from assistant.chat.pages.services import Services
from assistant.components.icons import svg
from assistant.components.rows import Rows
from assistant.text import row_number
from assistant.users.pages.page import Page

ICONS = {"note": "notes", "conversation": "chat", "tag": "tag"}


class MentionList:
    """The list above the composer's text while its last word begins a mention."""

    def __init__(self, services: Services, page: Page, fill: Callable[[str], None]) -> None:
        """Nothing is drawn before ``draw``; ``fill`` puts a text into the composer."""
        self._services, self._page, self._fill = services, page, fill
        self._found: list[Offered] = []
        self._typed = ""

    def draw(self) -> None:
        """Draws it, empty."""
        self._rows = Rows().classes("prompts mentions").on_act(self._chosen)
        self._rows.props('aria-label="What to ask about"')
        self._rows.set_visibility(False)

    async def typed(self, text: str) -> None:
        """Shows what the mention may become that ends what stands in the composer."""
        begun = BEGUN.search(text) is not None
        if not begun and not self._found:
            return
        self._typed = text
        stock = self._services.acting.stock
        found = await self._services.database.read(offered, self._page.user, text, stock) if begun else []
        if self._typed == text and not self._page.closed:
            self._show(found)

    def _show(self, found: list[Offered]) -> None:
        self._found = found
        self._rows.show({f"{number} {one.name}": _row(number, one) for number, one in enumerate(found)})
        self._rows.set_visibility(bool(found))

    def _chosen(self, _what: str, of: str, _more: str) -> None:
        number = row_number(of)
        if number < len(self._found):
            text = self._found[number].text
            self._show([])
            self._fill(text)


def _row(number: int, one: Offered) -> Markup:
    return Markup(
        '<button type="button" data-row data-do="mention" data-of="{}">{}<strong>{}</strong><span>{}</span></button>'
    ).format(number, svg(ICONS[one.kind]), one.name, one.kind)
