"""A document's text, page by page, as the model reads it; the file itself is only ever downloaded."""

from nicegui import ui

from assistant.chat.acting.given import in_pages
from assistant.chat.documents import library, notes
from assistant.chat.models import Document
from assistant.chat.pages.services import Services
from assistant.components.controls import button, link_to
from assistant.components.frame import main
from assistant.components.toast import toast
from assistant.users.pages.page import Page, Place

NOTHING = "There is no text on this page. What it shows can only be seen in the file."


async def reader(services: Services, page: Page, place: Place) -> None:
    """Draws the page of the document that the address names; raises NotFound."""
    row = await services.database.read(library.get, page.user, place.id("document"))
    number = place.number("p") or 1
    text = await services.database.read(library.page, page.user, row.id, number)
    page.title(row.name, "chat")
    with main(), ui.element("div").classes("reader"):
        _head(services, page, row)
        if row.pages > 1:
            _turns(row, number)
        with ui.element("article").classes("reader-page").props(f'aria-label="{_named(row)} {number}" tabindex=0'):
            if text.strip():
                ui.label(text).classes("reader-text").props('dir="auto"')
            else:
                ui.label(NOTHING).classes("muted")


def _head(services: Services, page: Page, row: Document) -> None:
    async def keep() -> None:
        outcome = await services.database.run(_keep, services, page.user, row.id)
        toast("Kept as a note.", link=("Open", outcome))

    with ui.element("header").classes("reader-head"):
        with ui.element("h1"):
            ui.label(row.name).props('dir="auto"')
        ui.label(f"{'A scan, without text to read' if row.scanned else in_pages(row)}").classes("muted")
        with ui.element("div").classes("reader-acts"):
            if row.conversation_id:
                link_to("To the conversation", f"/chat/{row.conversation_id}")
            if row.project_id and not row.removed:
                link_to("To the project", f"/project/{row.project_id}")
            with ui.element("a").classes("quiet-button").props(f'href="/documents/{row.id}/file" download'):
                ui.label("Download")
            if row.words:
                button("Keep as a note", keep, icon="notes")


def _keep(services: Services, user: int, document: int) -> str:
    text = notes.as_note(user, document)
    return services.acting.deeds["note.create"].do(user, {"text": text}, services.clock()).address


def _turns(row: Document, number: int) -> None:
    with ui.element("nav").classes("reader-turns").props('aria-label="Pages"'):
        for words, other in (("Earlier", number - 1), ("Later", number + 1)):
            if 1 <= other <= row.pages:
                link_to(words, f"/documents/{row.id}?p={other}")
            if other < number:
                ui.label(f"{_named(row)} {number:,} of {row.pages:,}")


def _named(row: Document) -> str:
    return "Page" if row.kind == "pdf" else "Part"
