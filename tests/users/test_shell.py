"""One shell a tab: moving between rooms as in any browser, without loading the page anew."""

import re
from collections.abc import Callable, Iterator
from datetime import UTC, datetime
from pathlib import Path

import pytest
from playwright.sync_api import Locator, Page, expect

from assistant.chat import conversations
from assistant.chat.models import WRITING, Message
from assistant.config import Config
from assistant.notes import notebook
from assistant.web import parts
from tests.browsing import follow, hold_back, let_go
from tests.examples import examples
from tests.ollama_server import tokens
from tests.person import Person
from tests.product import Product
from tests.relay import Relay

pytestmark = pytest.mark.browser
PageOf = Callable[..., Page]
ROOMS = {"Notes": "/notes", "Reminders": "/reminders", "Search": "/search", "Settings": "/settings", "Chat": "/"}
VIEWS = examples(200)
NOWHERE = ["/nothing", "/notes/999999", "/chat/999999", "/chat/99999999999999999999", "/notes/99999999999999999999"]


@pytest.fixture
def relay(product: Product) -> Iterator[Relay]:
    made = Relay(product.port).start()
    yield made
    made.stop()


@pytest.fixture
def page(page_of: PageOf) -> Page:
    opened = page_of("anna")
    settled(opened)
    opened.evaluate("window.stays = true")
    return opened


def settled(page: Page) -> None:
    """Waits until the page is connected and shows where it was sent."""
    page.wait_for_function("window.socket?.connected && !document.body.classList.contains('moving')")


def stays(page: Page) -> bool:
    """Whether the page was not loaded anew."""
    return page.evaluate("window.stays === true") is True


def menu(page: Page) -> Locator:
    return page.get_by_role("navigation", name="Menu")


def room(page: Page, name: str) -> None:
    menu(page).get_by_role("link", name=name, exact=True).click()


def arrived(page: Page, name: str) -> None:
    """Waits until the room is shown, in the address, the menu and the page."""
    expect(page).to_have_url(re.compile(re.escape(ROOMS[name]) + "$"))
    expect(menu(page).locator("[aria-current=page]")).to_have_text([name])
    settled(page)
    expect(page.get_by_role("main")).to_have_count(1)


def test_rooms_are_shown_without_loading_the_page(page: Page) -> None:
    titles = set()
    for name in ROOMS:
        room(page, name)
        arrived(page, name)
        expect(page).to_have_title(re.compile(r".+ · Assistant$"))
        titles.add(page.title())
    assert len(titles) == len(ROOMS)
    assert stays(page)


def test_back_and_forward_are_as_in_any_browser(page: Page) -> None:
    walked = ["Notes", "Reminders", "Settings"]
    for name in walked:
        room(page, name)
        arrived(page, name)
    title = page.title()
    for name in ("Reminders", "Notes", "Chat"):
        page.go_back()
        arrived(page, name)
    for name in walked:
        page.go_forward()
        arrived(page, name)
    expect(page).to_have_title(title)
    assert stays(page)
    page.reload()
    arrived(page, "Settings")


def test_the_keyboard_is_in_the_page_that_was_reached(page: Page) -> None:
    for name in ROOMS:
        room(page, name)
        arrived(page, name)
        page.wait_for_function("document.getElementById('page').contains(document.activeElement)")


def test_a_list_is_where_it_was_when_one_comes_back(page: Page, product: Product) -> None:
    database = parts.open_database(Config(data=product.data))
    for number in range(80):
        database.run_here(notebook.create, 1, datetime.now(UTC), text=f"# Note {number}")
    database.close()
    room(page, "Notes")
    arrived(page, "Notes")
    page.wait_for_function(
        "[...document.querySelectorAll('[data-scroll]')].some((box) => box.scrollHeight > box.clientHeight + 400)"
    )
    where = page.evaluate(
        "(() => { const box = [...document.querySelectorAll('[data-scroll]')]"
        ".find((box) => box.scrollHeight > box.clientHeight + 400); box.scrollTop = 300; return box.dataset.scroll })()"
    )
    room(page, "Settings")
    arrived(page, "Settings")
    page.go_back()
    arrived(page, "Notes")
    page.wait_for_function("name => document.querySelector(`[data-scroll='${name}']`).scrollTop === 300", arg=where)


def test_of_two_moves_at_once_the_last_counts(page: Page) -> None:
    page.evaluate("['/notes', '/reminders', '/settings'].forEach((address) => assistant.move(address))")
    arrived(page, "Settings")
    page.go_back()
    arrived(page, "Reminders")


def test_what_is_stored_meanwhile_leads_nobody_back(page: Page, anna: Person) -> None:
    page.goto("/reminders")
    page.get_by_label("Remind me", exact=True).fill("tea tomorrow at 9")
    # The line is slow: the reminder and the way to the notes arrive together.
    hold_back(page, now=True)
    page.get_by_label("Remind me", exact=True).press("Enter")
    page.evaluate("() => { window.moved = []; const { move, address } = assistant;"
                  " assistant.move = (to) => { moved.push(to); move(to) };"
                  " assistant.address = (to) => { moved.push(to); address(to) } }")  # fmt: skip
    page.locator(".rail").get_by_role("link", name="Notes").click()
    let_go(page)
    expect(page.get_by_role("status").filter(has_text="tea")).to_be_visible()
    arrived(page, "Notes")
    assert [one.text for one in anna.reminders()] == ["tea"]
    # What comes after it is heard after it.
    follow(page, "/search")
    assert page.evaluate("moved") == ["/search"]
    # What was typed just before one left by a key counts as well.
    page.goto("/settings/chat")
    said = page.locator("textarea[name=system]")
    said.press_sequentially("Be brief.")
    page.keyboard.press("Alt+2")
    arrived(page, "Notes")
    page.goto("/settings/chat")
    expect(said).to_have_value("Be brief.")


def test_another_tab_and_another_site_are_the_browsers_own(page: Page) -> None:
    with page.context.expect_page() as opened:
        menu(page).get_by_role("link", name="Notes", exact=True).click(modifiers=["ControlOrMeta"])
    expect(opened.value).to_have_url(re.compile("/notes$"))
    expect(page).to_have_url(re.compile("/$"))
    assert stays(page)


def test_an_address_that_leads_nowhere_says_so(page: Page, anna: Person) -> None:
    for address in NOWHERE:
        page.evaluate("address => assistant.move(address)", address)
        expect(page).to_have_url(re.compile(re.escape(address) + "$"))
        # That the first view has arrived may be said only now; what counts is that this one has.
        expect(page.get_by_role("heading", level=1)).to_have_text(re.compile(r"^There is no"))
        expect(page.get_by_role("heading", level=1)).to_be_visible()
        expect(page.locator("body.moving")).to_have_count(0)
        assert anna.get(address, headers={"accept": "text/html"}).status_code == 404
        page.goto(address)
        expect(page.get_by_role("heading", level=1)).to_have_count(1)
        expect(
            page.get_by_role("link", name="To the chat").or_(page.get_by_role("link", name="Chat")).first
        ).to_be_visible()
        page.goto("/")
        settled(page)


@pytest.mark.lasting
def test_a_tab_stays_small_however_long_one_wanders(page: Page, product: Product) -> None:
    addresses = list(ROOMS.values())

    def wander(views: int) -> tuple[int, float]:
        """Elements in the page and MB of the server, after so many views."""
        for number in range(views):
            page.evaluate("address => assistant.move(address)", addresses[number % len(addresses)])
            settled(page)
        arrived(page, list(ROOMS)[(views - 1) % len(ROOMS)])
        elements = page.evaluate("document.querySelectorAll('*').length")
        assert product.process
        status = Path(f"/proc/{product.process.pid}/status").read_text()
        return int(elements), int(re.findall(r"VmRSS:\s+(\d+)", status)[0]) / 1024

    few, before = wander(20)
    many, after = wander(VIEWS)
    assert many <= few * 1.1
    # A view takes half a megabyte while it is shown: were they kept, they would be twenty-five at least.
    assert after - before < 15
    assert stays(page)


def test_a_link_that_was_followed_while_the_connection_was_away(page_of: PageOf, relay: Relay) -> None:
    page = page_of("anna", base_url=relay.url, trusted=True)
    settled(page)
    page.evaluate("window.stays = true")
    relay.cut()
    page.wait_for_function("!window.socket.connected")
    room(page, "Notes")
    expect(page.get_by_text("Not connected.")).to_be_visible()
    relay.join()
    arrived(page, "Notes")
    expect(page.get_by_text("Not connected.")).to_be_hidden()
    assert stays(page)


def test_what_changed_while_the_connection_was_away_is_shown_once_it_is_back(
    page_of: PageOf, relay: Relay, product: Product
) -> None:
    page = page_of("anna", base_url=relay.url, trusted=True)
    settled(page)
    box = page.get_by_label("Your message")
    box.fill("tokens=120 delay=0.02")
    box.press("Enter")
    expect(page.locator(".message-live")).to_contain_text("t3")
    relay.cut()
    page.wait_for_function("!window.socket.connected")
    anna = product.person("anna")
    while any(message.state == WRITING for message in anna.do(_messages)):
        page.wait_for_timeout(100)
    anna.do(lambda user: conversations.change(user, 1, title="Renamed meanwhile"))
    anna.nudge()
    anna.close()
    relay.join()
    expect(page.locator(".message-assistant footer")).to_have_count(1)
    assert page.locator(".message-assistant .prose").inner_text().split() == tokens(120).split()
    expect(page.locator(".conversation")).to_contain_text(["Renamed meanwhile"])


def _messages(user: int) -> list[Message]:
    return list(Message.select().where(Message.user == user))


# When one acted, and when the page said that nobody is there.
ACTED = """() => {
  addEventListener("keydown", () => { window.acted = performance.now() }, { once: true, capture: true });
  new MutationObserver(() => { if (document.body.classList.contains("away-now")) window.told ??= performance.now() })
    .observe(document.body, { attributes: true });
}"""


def test_while_nobody_answers_the_page_says_so_within_two_seconds(page_of: PageOf, relay: Relay) -> None:
    page = page_of("anna", base_url=relay.url, trusted=True)
    settled(page)
    page.evaluate(ACTED)
    relay.pull()
    page.keyboard.press("a")
    expect(page.get_by_text("Not connected.")).to_be_visible()
    assert page.evaluate("told - acted") <= 2000
    relay.join()
    expect(page.get_by_text("Not connected.")).to_be_hidden()


@pytest.mark.parametrize("part", ["**/static/frame-*.js", "**/_nicegui/**/nicegui.js"])
def test_a_page_whose_script_was_cut_off_loads_itself_again(page_of: PageOf, part: str) -> None:
    page = page_of("anna", "/settings")
    settled(page)
    page.route(part, lambda route: route.abort(), times=1)
    page.goto("/notes")
    expect(page.get_by_role("heading", name="Notes", level=1)).to_be_visible()
