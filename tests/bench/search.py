"""How fast everything is found: from a key in the search to hits of all rooms."""

from datetime import UTC, datetime, timedelta

from playwright.sync_api import Browser

from assistant.chat.models import Conversation, Message
from assistant.config import Config
from assistant.reminders.models import Reminder
from assistant.web import parts
from tests.bench import notes
from tests.bench.measuring import logged_in, median, running, tell
from tests.ollama_server import OllamaServer
from tests.product import Product

MESSAGES, NOTES, CONVERSATIONS, REMINDERS = 100_000, 10_000, 1_000, 350
# Notes when a key is pressed and when hits of it are drawn.
WATCH = """() => { window.hits = 0;
  document.querySelector('[name=q]').focus();
  addEventListener('keydown', () => { window.key = performance.now() }, {once: true});
  new MutationObserver((_, observer) => {
    if (document.querySelector('.hit mark')) { window.hits = performance.now(); observer.disconnect() }
  }).observe(document.body, {subtree: true, childList: true, characterData: true}) }"""


def measure(ollama: OllamaServer, browser: Browser) -> None:
    """Prints the figures."""
    with running(ollama) as product:
        context = logged_in(product, browser)
        fill(product)
        page = context.new_page()
        page.goto("/search")
        page.wait_for_selector(".hit")

        def once() -> float:
            page.locator("[name=q]").fill("")
            page.wait_for_function("!document.querySelector('.hit mark')")
            page.evaluate(WATCH)
            page.keyboard.press("w")
            page.wait_for_function("window.hits")
            return float(page.evaluate("hits - key"))

        what = f"from a key to the hits, {NOTES:,} notes and {MESSAGES:,} messages"
        tell(what, median(once, 9), "ms", "≤ 40")
        context.close()


def fill(product: Product) -> None:
    """Writes so much of everything, all of the first person's."""
    database, now = parts.open_database(Config(data=product.data)), datetime.now(UTC)
    with database.peewee.atomic():
        homes = [
            {"user": 1, "title": f"word{n % 97} {n}", "created": now, "updated": now} for n in range(CONVERSATIONS)
        ]
        Conversation.insert_many(homes).execute()
        for at in range(0, MESSAGES, 500):
            rows = [message(number, now) for number in range(at, at + 500)]
            Message.insert_many(rows).execute()
        Reminder.insert_many([reminder(number, now) for number in range(REMINDERS)]).execute()
    notes.fill(database, NOTES, now)
    database.close()


def message(number: int, now: datetime) -> dict[str, object]:
    """The columns of a message."""
    text = f"word{number % 997} common text{number}"
    return {
        "conversation": 1 + number % CONVERSATIONS, "user": 1, "role": "user", "text": text, "created": now,
        "state": "done",
    }  # fmt: skip


def reminder(number: int, now: datetime) -> dict[str, object]:
    """The columns of a reminder, as its domain would fill them."""
    at, words = now + timedelta(hours=1 + number), f"do word{number % 97}"
    return {
        "user": 1, "uid": str(number), "text": words, "words": words, "zone": "UTC", "local": at.replace(tzinfo=None),
        "at": at, "created": now, "updated": now,
    }  # fmt: skip
