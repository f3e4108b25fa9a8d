"""Takes the pictures of the product that a phone shows before it is installed: ``python -m tests.screenshots``."""

import io
import shutil
import tempfile
from datetime import UTC, datetime, timedelta
from pathlib import Path

from PIL import Image
from playwright.sync_api import Page, sync_playwright

from assistant.chat import messages
from assistant.components.theme import STATIC
from tests.conftest import CHROMIUM_ARGS
from tests.databases import empty_database
from tests.ollama_server import MODELS, OllamaServer
from tests.person import Person
from tests.product import Product

WIDE, NARROW = {"width": 1280, "height": 800}, {"width": 390, "height": 844}
MODEL = next(iter(MODELS))
COLOURS = 96  # enough for what has few, at a third of the size
SHOTS = (
    ("shot-wide.png", "/chat/2", WIDE, ".message-assistant"),
    ("shot-notes.png", "/notes/3", WIDE, ".cm-line"),
    ("shot-narrow.png", "/chat/2", NARROW, ".message-assistant"),
    ("shot-reminders.png", "/reminders?view=upcoming", NARROW, "[data-list] > *"),
)
QUESTION = "What can I plant in April on a balcony that gets sun until noon?"
ANSWER = """Plenty. For half a day of sun these do well:

| Plant | Pot | Harvest |
|---|---|---|
| Radishes | 15 cm | after 5 weeks |
| Spinach | 20 cm | June |
| Parsley | 20 cm | all summer |
| Peas | 30 cm, with sticks | June |

Wait with tomatoes and basil until the middle of May, when nights stay above 8 °C. Shall I remind you?"""
NOTES = (
    ("Packing list", "- [x] Passport\n- [x] Chargers\n- [ ] Rain jacket\n", "travel"),
    ("Grandma’s plum cake", "Yeast dough, plums, cinnamon. Bake for 35 minutes at 190 °C.\n", "recipes"),
    (
        "Balcony",
        "Sun until noon, so rather salad than tomatoes.\n\n## This spring\n\n- [x] New soil, 60 litres\n"
        "- [ ] Sow radishes, every two weeks\n- [ ] Sticks for the peas\n\n> Water in the **morning**: fewer snails.\n",
        "garden",
    ),
)


def fill(anna: Person) -> None:
    """Gives her something to show."""
    now = datetime.now(UTC)
    for question, answer in (("Two ideas for dinner with leeks", "A tart, or a soup."), (QUESTION, ANSWER)):
        anna.do(_chat, question, answer, now)
    for title, text, tag in NOTES:
        anna.note(text, title=title, tags=[tag])
    day = now.replace(hour=9, minute=0)
    for text, days, rule in (
        ("Water the balcony", 1, "FREQ=DAILY"), ("Call the dentist", 1, ""), ("Bins out", 2, "FREQ=WEEKLY"),
        ("Sow radishes again", 5, "FREQ=WEEKLY;INTERVAL=2"), ("Anniversary", 12, "FREQ=YEARLY"),
    ):  # fmt: skip
        anna.reminder(text, day + timedelta(days=days), rule=rule)


def _chat(user: int, question: str, answer: str, now: datetime) -> None:
    pair = messages.ask(user, None, question, key=None, now=now, model=MODEL)
    messages.finish(pair.answer.id, now, state="done", text=answer)


def small(picture: bytes) -> bytes:
    """The picture in few bytes."""
    out = io.BytesIO()
    Image.open(io.BytesIO(picture)).convert("RGB").quantize(COLOURS, dither=Image.Dither.NONE).save(
        out, "PNG", optimize=True
    )
    return out.getvalue()


def take(page: Page) -> None:
    """Takes all of them."""
    for name, address, size, there in SHOTS:
        page.set_viewport_size(size)  # type: ignore[arg-type]
        page.goto(address)
        page.locator(there).first.wait_for()
        page.wait_for_load_state("networkidle")
        picture = small(page.screenshot(animations="disabled"))
        (STATIC / name).write_bytes(picture)
        print(f"{name}: {len(picture):,} bytes")


def main() -> None:
    """Runs the product with something in it."""
    folder = Path(tempfile.mkdtemp(prefix="screenshots-"))
    ollama = OllamaServer().start()
    empty_database(folder / "assistant.db")
    product = Product(folder, ollama.host).start()
    try:
        anna = product.person("anna")
        fill(anna)
        with sync_playwright() as running:
            browser = running.chromium.launch(args=CHROMIUM_ARGS, executable_path=shutil.which("chromium"))
            context = browser.new_context(base_url=product.url, timezone_id="UTC", color_scheme="light")
            context.add_cookies(
                [{"name": one.name, "value": str(one.value), "url": product.url} for one in anna.cookies.jar]
            )
            take(context.new_page())
            browser.close()
    finally:
        product.kill()
        ollama.stop()
        shutil.rmtree(folder)


if __name__ == "__main__":
    main()
