"""The search over all messages of a person."""

from nicegui import events, ui

from assistant.chat import search
from assistant.chat.pages.services import Services
from assistant.components.frame import main
from assistant.components.searchbox import SearchBox
from assistant.users.pages.page import Page, Place


async def search_page(services: Services, page: Page, place: Place) -> None:
    """Draws the search box and, as one types, the newest messages with all its words."""
    asking, words = page.asking, place.query.get("q", "")
    zone = asking.preferences.zone_info
    page.title("Search", "search")
    with main(), ui.element("div").classes("sheet"), ui.element("div").classes("sheet-inner"):
        with ui.element("h1"):
            ui.label("Search")
        box = SearchBox(words, "Words in your messages")
        results = ui.element("div").classes("sheet-results").props('aria-live="polite"')
    latest = 0

    async def show(text: str) -> None:
        nonlocal latest
        latest += 1
        mine = latest
        hits = await services.database.read(search.find, asking.user, text)
        if mine != latest:
            return  # somebody typed on; newer words are being looked up
        results.clear()
        with results:
            if not hits:
                hint = "Nothing has all these words." if text.strip() else "Finds what you and the models wrote."
                ui.label(hint).classes("muted")
            for hit in hits:
                day = hit.created.astimezone(zone)
                with ui.element("a").classes("hit").props(f'href="/chat/{hit.conversation}?m={hit.message}"'):
                    ui.html(hit.snippet, sanitize=False)
                    ui.label(f"{hit.title} · {day:%d %b %Y, %H:%M}").classes("muted")

    async def typed(event: events.GenericEventArguments) -> None:
        await show(str(event.args)[:1000])

    box.on("words", typed)
    await show(words[:1000])
