"""A page that is open while the PostgreSQL server restarts says so and goes on; nothing acknowledged is lost."""

from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import pytest
from playwright.sync_api import Browser, BrowserContext, expect

from tests.ollama_server import OllamaServer
from tests.person import Person
from tests.postgres_server import PostgresServer
from tests.product import PATIENCE, Product
from tests.servers import started

AWAY = "cannot be reached"
TOLD = {"timeout": PATIENCE * 1000}


@pytest.fixture
def server() -> Iterator[PostgresServer]:
    """A server of this test's own, which may go."""
    yield from started(PostgresServer)


@pytest.fixture
def grown(server: PostgresServer, tmp_path: Path, ollama: OllamaServer) -> Iterator[Product]:
    """The product on it."""
    settings = {"ASSISTANT_DATABASE_URL": server.create("assistant")}
    running = Product(tmp_path, ollama.host, settings=settings, forked=True).start()
    yield running
    running.kill()


def in_browser(browser: Browser, product: Product, person: Person) -> BrowserContext:
    context = browser.new_context(base_url=product.url, timezone_id="UTC")
    cookies = [{"name": c.name, "value": str(c.value), "url": product.url} for c in person.cookies.jar]
    context.add_cookies(cookies)  # type: ignore[arg-type]
    return context


@pytest.mark.browser
def test_a_page_says_that_the_database_is_away_and_goes_on(
    server: PostgresServer, grown: Product, browser: Browser
) -> None:
    with closing(grown.person("anna")) as anna:
        note = anna.note("one", title="Tea")
        context = in_browser(browser, grown, anna)
        writing, setting = context.new_page(), context.new_page()
        writing.goto(f"/notes/{note}")
        setting.goto("/reminders")
        box = writing.get_by_label("Text of the note")
        expect(box).to_have_attribute("contenteditable", "true")
        box.click()
        writing.keyboard.press("Control+End")
        writing.keyboard.type(" two")
        expect(writing.locator(".editor-state")).to_have_text("Saved")
        acknowledged = anna.text(note)

        server.stop()
        writing.keyboard.type(" three")
        expect(writing.get_by_text(AWAY).first).to_be_visible(**TOLD)  # type: ignore[arg-type]
        sentence = setting.get_by_label("Remind me", exact=True)
        sentence.fill("call mum tomorrow at 9:30")
        sentence.press("Enter")
        expect(setting.get_by_text(AWAY).first).to_be_visible(**TOLD)  # type: ignore[arg-type]
        expect(sentence).to_have_value("call mum tomorrow at 9:30")

        server.start()
        expect(writing.locator(".editor-state")).to_have_text("Saved", **TOLD)  # type: ignore[arg-type]
        sentence.press("Enter")
        expect(sentence).to_have_value("", **TOLD)
        assert (acknowledged, anna.text(note)) == ("one two", "one two three")
        assert [one.text for one in anna.reminders()] == ["call mum"]
        context.close()
