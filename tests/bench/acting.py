"""What an act in the pages takes: until its first sign, and until nothing moves any more."""

import statistics
from collections.abc import Callable
from datetime import UTC, datetime, timedelta

from playwright.sync_api import Browser, Page

from assistant.notes import notebook
from assistant.reminders import reminders
from tests.bench.measuring import RUNS, logged_in, opened_beside, running, tell
from tests.ollama_server import OllamaServer
from tests.product import Product
from tests.relay import Relay

MANY = 350
ROUND_TRIP = 0.06  # seconds
QUIET = 250  # ms without a change after which a page has settled
# Notes when one acts, and the first and the last change in the page after that.
WATCH = """event => {
  window.acted = window.first = window.last = 0;
  window.watching?.disconnect();
  addEventListener(event, () => { window.acted = performance.now() }, { once: true, capture: true });
  window.watching = new MutationObserver(() => {
    if (!acted) return;
    window.last = performance.now();
    window.first ||= last;
  });
  watching.observe(document.documentElement, { subtree: true, childList: true, attributes: true, characterData: true });
}"""
Act = Callable[[], object]


def measure(ollama: OllamaServer, browser: Browser) -> None:
    """Prints the figures."""
    with running(ollama) as product:
        product.person("anna").close()
        filled(product)
        near(product, browser)
        far(product, browser)


def near(product: Product, browser: Browser) -> None:
    """What acts take beside the server."""
    page = logged_in(product, browser).new_page()
    at(page, "/reminders?view=today")
    tell("view of reminders changed: settled", settled(page, views(page)), "ms", "≤ 55")
    at(page, "/reminders?view=today")
    tell("key in the sentence: settled", settled(page, keys(page), "keydown"), "ms", "≤ 120")
    at(page, "/reminders?view=today")
    tell("reminder ticked: its row has changed", first(page, ticks(page)), "ms", "≤ 30")
    at(page, "/reminders?view=calendar")
    tell("month turned: settled", settled(page, months(page)), "ms", "≤ 50")
    at(page, "/notes")
    tell("room changed by a link: settled", settled(page, rooms(page)), "ms", "≤ 120")
    page.context.close()


def far(product: Product, browser: Browser) -> None:
    """How soon a click is answered by a first sign, with a round trip as over a slow network."""
    relay = Relay(product.port, delay=ROUND_TRIP / 2).start()
    context = logged_in(product, browser, relay.url)
    page = context.new_page()
    acts: dict[str, tuple[str, Callable[[Page], Act]]] = {
        "a view": ("/reminders?view=today", views), "a tick": ("/reminders?view=today", ticks),
        "the month": ("/reminders?view=calendar", months), "a room": ("/notes", rooms),
    }  # fmt: skip
    for name, (address, act) in acts.items():
        at(page, address)
        tell(f"{ROUND_TRIP * 1000:.0f} ms of round trip, {name}: first sign", first(page, act(page)), "ms", "≤ 100")
    context.close()
    relay.stop()


def filled(product: Product) -> None:
    """Reminders of today and of the days after it, and notes."""
    database, now = opened_beside(product), datetime.now(UTC)
    day = now.replace(tzinfo=None, hour=0, minute=0, second=0, microsecond=0)

    def add() -> None:
        for number in range(MANY):
            when = day + timedelta(days=number // 50, minutes=number % 50)
            reminders.add(1, text=f"Reminder {number}", local=when, zone="UTC", now=now, allow_past=True)
            notebook.create(1, now, text=f"# Note {number}\n\nSome words.")

    database.run_here(add)
    database.close()


def at(page: Page, address: str) -> None:
    """Shows the address, and waits until nothing moves there."""
    page.goto(address)
    page.wait_for_function("window.socket?.connected")
    page.wait_for_load_state("networkidle")


def views(page: Page) -> Act:
    """From one view to the other and back."""
    names = iter(["Upcoming", "Today"] * RUNS)
    return lambda: page.get_by_role("navigation", name="Views").get_by_role("link", name=next(names)).click()


def keys(page: Page) -> Act:
    """The last letter of a sentence, there and gone, which says another time each time."""
    page.get_by_label("Remind me", exact=True).press_sequentially("tea tomorrow at 9")
    page.wait_for_function("document.querySelector('.say-read')?.innerText.includes('9:00')")
    letters = iter(["Backspace", "8", "Backspace", "7"] * RUNS)
    return lambda: page.keyboard.press(next(letters))


def ticks(page: Page) -> Act:
    """One reminder after another is done."""
    return page.get_by_role("button", name="Done: ").first.click


def months(page: Page) -> Act:
    """A month after the other."""
    return page.get_by_role("button", name="The month after").click


def rooms(page: Page) -> Act:
    """From room to room, by the menu."""
    names = iter(["Reminders", "Notes"] * RUNS)
    return lambda: page.get_by_role("navigation", name="Menu").get_by_role("link", name=next(names)).click()


def settled(page: Page, act: Act, event: str = "click") -> float:
    """The median of ms from the act to the last change that it makes."""
    return statistics.median(acted(page, act, event)[1] for _ in range(RUNS))


def first(page: Page, act: Act) -> float:
    """The median of ms from the click to the first change that it makes."""
    return statistics.median(acted(page, act, "click")[0] for _ in range(RUNS))


def acted(page: Page, act: Act, event: str) -> tuple[float, float]:
    """ms from the act to the first and to the last change."""
    page.evaluate(WATCH, event)
    act()
    page.wait_for_function(f"last && performance.now() - last > {QUIET}")
    return float(page.evaluate("first - acted")), float(page.evaluate("last - acted"))
