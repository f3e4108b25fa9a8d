"""Assistant as an app: what browsers ask of it before they install it, and what it shows without its server."""

import io
import json
import re
import shutil
from collections.abc import Callable, Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from axe_playwright_python.sync_playwright import Axe
from PIL import Image
from playwright.sync_api import BrowserContext, Page, Playwright, expect

from assistant.users.models import Session
from tests.conftest import CHROMIUM_ARGS
from tests.person import PASSWORD, Person
from tests.product import Product

PageOf = Callable[..., Page]
SECRET = "a secret of Anna's"
READY = "() => navigator.serviceWorker.ready.then((one) => one.active.state === 'activated')"


def test_the_worker_and_its_page_are_public_and_asked_for_each_time(product: Product) -> None:
    with product.client() as nobody:
        worker = nobody.get("/service-worker.js")
        assert worker.headers["content-type"].startswith("text/javascript")
        assert worker.headers["cache-control"] == "no-cache"
        page = nobody.get("/offline")
        assert page.status_code == 200
        assert "set-cookie" not in page.headers
        # Nothing else is there when it is shown.
        assert re.findall(r"<(?:link|img|script src)\b", page.text) == []
        assert nobody.get("/offline", headers={"sec-fetch-mode": "navigate"}).headers["location"] == "/"


def test_all_that_the_manifest_names_is_there(anna: Person) -> None:
    manifest = anna.get("/static/manifest.webmanifest").json()
    for picture in (*manifest["icons"], *manifest["screenshots"]):
        answer = anna.get(picture["src"])
        assert answer.status_code == 200
        if picture["sizes"] != "any":
            shown = Image.open(io.BytesIO(answer.content))
            assert f"{shown.width}x{shown.height}" == picture["sizes"]
    assert {one["form_factor"] for one in manifest["screenshots"]} == {"wide", "narrow"}
    assert [one["name"] for one in manifest["shortcuts"]] == ["New chat", "New note", "New reminder", "Search"]
    for shortcut in manifest["shortcuts"]:
        # As a launcher opens it, whatever page one begins with.
        assert anna.get(shortcut["url"], headers={"sec-fetch-site": "none"}).status_code == 200


@pytest.fixture
def installing(playwright: Playwright, tmp_path: Path) -> Iterator[Callable[[str], Page]]:
    """Opens a page in a browser that is no private window, as those install nothing."""
    contexts: list[BrowserContext] = []

    def open_page(address: str) -> Page:
        own = Path(playwright.chromium.executable_path)
        found: dict[str, Any] = (
            {"channel": "chromium"} if own.exists() else {"executable_path": shutil.which("chromium")}
        )  # fmt: skip
        context = playwright.chromium.launch_persistent_context(
            tmp_path / "browser", args=CHROMIUM_ARGS, base_url=address, **found
        )
        contexts.append(context)
        return context.pages[0]

    yield open_page
    for context in contexts:
        context.close()


@pytest.mark.browser
def test_a_browser_would_install_it(product: Product, anna: Person, installing: Callable[[str], Page]) -> None:
    page = installing(product.url)
    log_in(page, "anna")
    tools = page.context.new_cdp_session(page)
    manifest = tools.send("Page.getAppManifest")
    assert manifest["errors"] == []
    assert json.loads(manifest["data"])["share_target"]["action"] == "/share"
    assert tools.send("Page.getInstallabilityErrors")["installabilityErrors"] == []


def log_in(page: Page, name: str) -> None:
    page.goto("/login")
    page.get_by_label("Username").fill(name)
    page.get_by_label("Password", exact=True).fill(PASSWORD)
    page.keyboard.press("Enter")
    expect(page.get_by_label("Your message")).to_be_visible()


def leave_words(page: Page) -> None:
    """Types what nobody sends."""
    page.wait_for_function(READY)
    page.get_by_label("Your message").fill(SECRET)
    page.wait_for_function("secret => Object.values(localStorage).some((one) => one.includes(secret))", arg=SECRET)


@pytest.mark.browser
def test_without_the_server_one_sees_what_waits_and_it_goes_on_by_itself(
    product: Product, page_of: PageOf, anna: Person
) -> None:
    page = page_of("anna", trusted=True, bypass_csp=True)
    leave_words(page)
    page.goto("/notes/new")
    text = page.locator(".cm-content")
    expect(text).to_be_visible()
    product.kill()
    text.click()
    page.keyboard.type("Tomatoes for the south wall")
    page.wait_for_function("() => Object.values(localStorage).some((one) => one.includes('south wall'))")
    page.reload()
    waiting = page.locator(".waiting li")
    expect(waiting).to_have_text([re.compile("^Note Tomatoes for the south wall"), re.compile(f"^Message {SECRET}")])
    expect(page.get_by_role("link", name="Message")).to_have_attribute("href", "/")
    assert Axe().run(page).violations_count == 0
    product.start()
    expect(page.locator(".cm-content")).to_contain_text("south wall")
    expect(page).to_have_url(re.compile(r"/notes/\d+$"))
    assert [anna.text(note) for note in anna.notes()] == ["Tomatoes for the south wall"]


@pytest.mark.browser
def test_nobody_sees_what_another_left(product: Product, page_of: PageOf, anna: Person) -> None:
    page = page_of("anna", trusted=True)
    product.person("eve").close()
    leave_words(page)
    shows_without_the_server(product, page, 1)
    # Her session ends by its time: her words wait for her, but show to nobody who is not logged in, nor to the next.
    page.wait_for_function("window.socket?.connected")
    anna.do(expire)
    expect(page.get_by_role("heading", name="Log in")).to_be_visible()
    page.wait_for_function("!localStorage.getItem('person')")
    shows_without_the_server(product, page, 0)
    assert SECRET in page.evaluate("JSON.stringify(localStorage)")
    log_in(page, "eve")
    page.wait_for_function(READY)
    shows_without_the_server(product, page, 0)
    assert SECRET not in page.evaluate("JSON.stringify(localStorage)")


def expire(user: int) -> None:
    Session.update(seen=datetime.now(UTC) - timedelta(days=8)).where(Session.user == user).execute()


def shows_without_the_server(product: Product, page: Page, count: int) -> None:
    """The page is loaded anew while the server is away, and once more when it is back."""
    product.kill()
    page.reload()
    expect(page.get_by_role("heading", name="The server cannot be reached")).to_be_visible()
    expect(page.locator(".waiting li")).to_have_count(count)
    product.start()
    expect(page.get_by_role("heading", name="The server cannot be reached")).to_have_count(0)
