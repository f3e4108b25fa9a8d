"""What rings in every tab: docked cards with their answers, in a real browser against the running product."""

import re
import time
from collections.abc import Callable
from datetime import UTC, datetime, timedelta

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page, expect

from assistant.reminders import rings
from tests.browsing import reload
from tests.person import Person
from tests.product import Product

pytestmark = pytest.mark.browser
PageOf = Callable[..., Page]
PHONE = {"width": 390, "height": 844}
# Counts what may not grow: what the page draws, and what the server has drawn for it.
DRAWN = "document.querySelectorAll('.dock *').length"
HELD = "Object.keys(document.getElementById('app').__vue_app__._container._vnode.component.data.elements).length"


def remind(person: Person, text: str, seconds: float, **more: object) -> int:
    # In whole seconds, of which none may have begun already.
    return person.reminder(text, datetime.now(UTC) + timedelta(seconds=seconds + 1), **more)


def rung(page: Page, text: str) -> None:
    expect(page.locator(".ring h2", has_text=text)).to_be_visible(timeout=10_000)


def apart(page: Page, one: str, other: str) -> bool:
    """Whether what the selectors find lies beside each other."""
    first, second = (page.locator(each).first.bounding_box() for each in (one, other))
    assert first
    assert second
    beside = first["x"] + first["width"] <= second["x"] or second["x"] + second["width"] <= first["x"]
    return beside or first["y"] + first["height"] <= second["y"] or second["y"] + second["height"] <= first["y"]


def test_it_rings_in_two_tabs_and_an_answer_in_one_takes_it_from_both(page_of: PageOf, anna: Person) -> None:
    one, two = page_of("anna"), page_of("anna", "/notes")
    remind(anna, "Tea", 3)
    for page in (one, two):
        expect(page.locator(".ring h2")).to_have_text("Tea", timeout=8000)
        expect(page).to_have_title(r"(1) New chat · Assistant" if page is one else "(1) Notes · Assistant")
    one.locator(".ring").get_by_role("button", name="Snooze").click()
    one.get_by_role("menuitem", name="10 min").click()
    for page in (one, two):
        expect(page.locator(".ring")).to_have_count(0)
        expect(page).to_have_title("New chat · Assistant" if page is one else "Notes · Assistant")


def test_what_fell_due_while_the_server_was_down_rings_once(page_of: PageOf, product: Product, anna: Person) -> None:
    remind(anna, "Stove", 2)
    product.kill()
    due = time.monotonic() + 3
    while time.monotonic() < due:
        time.sleep(0.05)
    product.start()
    page = page_of("anna", "/reminders?view=overdue")
    expect(page.locator(".ring h2")).to_have_text("Stove", timeout=8000)
    page.locator(".ring").get_by_role("button", name="Done").click()
    expect(page.locator(".ring")).to_have_count(0)
    reload(page)
    expect(page.get_by_role("heading", name="Nothing today")).to_be_visible()
    remind(anna, "Tea", 0)
    expect(page.locator(".ring h2")).to_have_text("Tea")  # and nothing beside it


def test_many_that_ring_at_once_are_one_card(page_of: PageOf, anna: Person) -> None:
    page = page_of("anna", "/reminders")
    soon = datetime.now(UTC) + timedelta(seconds=6)
    for number in range(9):
        anna.reminder(f"r{number}", soon)
    expect(page.locator("#rings-many h2")).to_have_text("7 more reminders ring", timeout=20_000)
    expect(page.locator(".ring")).to_have_count(3)
    expect(page).to_have_title("(9) Reminders · Assistant")
    page.get_by_role("button", name="Dismiss all").click()
    expect(page.locator(".ring")).to_have_count(0)
    expect(page.locator(".rail .badge")).to_have_text("9")
    expect(page).to_have_title("Reminders · Assistant")
    assert anna.do(rings.ringing_count) == 0


def test_a_card_follows_from_room_to_room_and_leads_to_its_reminder(page_of: PageOf, anna: Person) -> None:
    page = page_of("anna", "/notes")
    page.get_by_role("link", name="Chat", exact=True).click()
    expect(page).to_have_title("New chat · Assistant")
    page.get_by_role("link", name="Models").click()
    expect(page).to_have_title("Models · Assistant")
    tea = remind(anna, "Tea", 1)
    rung(page, "Tea")
    expect(page).to_have_title("(1) Models · Assistant")
    page.get_by_role("link", name="Settings").click()
    expect(page).to_have_title("(1) Settings · Assistant")
    expect(page.locator(".ring h2")).to_have_text("Tea")
    expect(page.locator(".rail .badge")).to_have_text("1")
    page.locator(".ring").get_by_role("link", name="Open").click()
    expect(page).to_have_url(re.compile(rf"/reminders\?open={tea}$"))
    expect(page.locator(".ring h2")).to_have_text("Tea")
    page.locator(".ring").get_by_role("button", name="Dismiss").click()
    expect(page.locator(".ring")).to_have_count(0)
    expect(page.get_by_role("status").filter(has_text="Dismissed “Tea”")).to_be_visible()
    assert anna.reminded(tea).state == "active"


def test_done_is_taken_back_and_any_time_can_be_picked(page_of: PageOf, anna: Person) -> None:
    page = page_of("anna", "/notes")
    tea = remind(anna, "Tea", 1)
    card = page.get_by_role("alertdialog", name="Reminder: Tea")
    card.get_by_role("button", name="Done").click(timeout=10_000)
    expect(page.locator(".ring")).to_have_count(0)
    assert anna.reminded(tea).state == "done"
    page.get_by_role("button", name="Undo").click()
    expect(page.locator(".ring h2")).to_have_text("Tea")
    card.get_by_role("button", name="Snooze").click()
    choices: list[str | re.Pattern[str]] = ["In 10 minutes", "In an hour", re.compile("Tonight|evening")]
    choices += ["Tomorrow at 09:00", "Pick a time…"]
    expect(page.get_by_role("menuitem")).to_have_text(choices)
    page.get_by_role("menuitem", name="Pick a time").click()
    dialog = page.get_by_role("dialog")
    dialog.get_by_label("Ring again at").fill("2001-01-01T09:00")
    dialog.get_by_role("button", name="Snooze").click()
    expect(dialog.get_by_role("alert")).to_have_text("Choose a time within the next year.")
    expect(dialog.get_by_label("Ring again at")).to_have_value("2001-01-01T09:00")
    later = (datetime.now(UTC) + timedelta(days=3)).replace(hour=9, minute=30)
    dialog.get_by_label("Ring again at").fill(f"{later:%Y-%m-%dT%H:%M}")
    dialog.get_by_role("button", name="Snooze").click()
    words = f"“Tea” rings again on {later:%A} {later.day} {later:%B} at 09:30."
    expect(page.get_by_role("status").filter(has_text=words)).to_be_visible()
    expect(page.locator(".ring")).to_have_count(0)
    expect(page.locator(".rail .badge")).to_have_count(0)
    (ring,) = anna.do(rings.history, tea)
    assert (ring.state, f"{ring.snoozed_until:%Y-%m-%dT%H:%M}") == ("snoozed", f"{later:%Y-%m-%dT%H:%M}")


@pytest.mark.parametrize("size", [PHONE, {"width": 1440, "height": 900}])
def test_what_rings_is_answered_while_a_dialog_is_open_and_covers_nothing_of_it(
    page_of: PageOf, anna: Person, size: dict[str, int]
) -> None:
    page = page_of("anna", "/notes", viewport=size)
    remind(anna, "Tea", 1)
    rung(page, "Tea")
    page.locator(".ring").get_by_role("button", name="Snooze").click()
    page.get_by_role("menuitem", name="Pick a time").click()
    expect(page.get_by_role("dialog")).to_be_visible()
    for text in ("Water", "Stove"):
        remind(anna, text, 1)
    for text in ("Water", "Stove"):
        rung(page, text)
    page.wait_for_function("document.getAnimations().every((one) => one.playState === 'finished')")
    for part in (".card-box", ".card-box button >> text=Cancel", ".card-box .main-button"):
        assert apart(page, ".dock", f".q-dialog {part}")
    water = page.get_by_role("alertdialog", name="Reminder: Water")
    water.get_by_role("button", name="Done").click()
    expect(water).to_have_count(0)
    toast = page.get_by_role("status").filter(has_text="“Water” is done.")
    assert apart(page, ".toast", ".q-dialog .card-box")
    assert apart(page, ".toast", ".dock")
    toast.get_by_role("button", name="Undo").click()
    expect(water).to_have_count(1)
    page.get_by_role("dialog").get_by_role("button", name="Cancel").click()
    expect(page.get_by_role("dialog")).to_have_count(0)
    page.get_by_role("alertdialog", name="Reminder: Tea").get_by_role("button", name="Snooze").click()
    page.get_by_role("menuitem", name="Tomorrow at").click()
    expect(page.get_by_role("status").filter(has_text="“Tea” rings again tomorrow at 09:00.")).to_be_visible()


def test_on_a_phone_cards_take_room_and_lie_under_the_drawer(page_of: PageOf, anna: Person) -> None:
    page = page_of("anna", "/notes", viewport=PHONE, has_touch=True)
    for text in ("Tea", "Water", "a reminder with a rather long text that has to end somewhere"):
        remind(anna, text, 1)
    expect(page.locator(".ring")).to_have_count(3, timeout=10_000)
    assert page.evaluate("document.documentElement.scrollWidth") <= PHONE["width"]
    assert all(apart(page, ".dock", other) for other in (".top", ".stage", ".rail"))
    height = page.locator(".dock").bounding_box()
    assert height
    assert height["height"] <= 3 * 57
    small = "[...document.querySelectorAll('.ring-acts > *')].filter((one) => one.offsetWidth && one.offsetHeight < 44)"
    assert page.evaluate(f"{small}.length") == 0
    page.get_by_role("button", name="Open the list").click()
    expect(page.locator(".aside")).to_be_in_viewport()
    covered = "({x, y}) => Boolean(document.elementFromPoint(x, y).closest('.aside, .scrim'))"
    box = page.locator(".ring h2").first.bounding_box()
    assert box
    assert page.evaluate(covered, {"x": box["x"] + 5, "y": box["y"] + 5})


def test_what_a_tab_keeps_of_cards_is_bounded(page_of: PageOf, anna: Person) -> None:
    page = page_of("anna", "/notes")
    expect(page.locator("[data-room=reminders]")).to_be_visible()

    def ring_and_dismiss() -> tuple[int, int]:
        remind(anna, "Tea", 0.5)
        rung(page, "Tea")
        page.locator(".ring").get_by_role("button", name="Snooze").click()
        page.get_by_role("menuitem", name="Pick").click()
        page.get_by_role("dialog").get_by_role("button", name="Cancel").click()
        expect(page.get_by_role("dialog")).to_have_count(0)
        anna.do(rings.dismiss_all, datetime.now(UTC))
        anna.nudge()
        expect(page.locator(".ring")).to_have_count(0)
        page.wait_for_function("!document.querySelector('.q-menu, .q-dialog')")
        return page.evaluate(DRAWN), page.evaluate(HELD)

    first = ring_and_dismiss()
    assert [ring_and_dismiss() for _ in range(3)] == [first] * 3


def test_the_offer_is_one_card_made_once(page_of: PageOf, anna: Person) -> None:
    page = page_of("anna", "/notes")
    page.add_init_script("""window.asked = 0;
      Object.defineProperty(Notification, 'permission', {get: () => window.given || 'default'});
      Notification.requestPermission = async () => { window.asked += 1; return (window.given = 'denied'); };""")
    page.reload()
    expect(page.get_by_role("heading", name="Notes", exact=True)).to_be_visible()
    expect(page.locator(".offer")).to_have_count(0)
    for number in range(3):
        remind(anna, f"r{number}", 3600)
    expect(page.locator(".offer h2")).to_have_text("Ring outside this tab as well?")
    remind(anna, "Tea", 1)
    rung(page, "Tea")
    expect(page.locator(".offer")).to_have_count(0)
    page.locator(".ring").get_by_role("button", name="Dismiss").click()
    expect(page.locator(".offer")).to_have_count(1)
    assert apart(page, ".offer", ".toast")
    page.get_by_role("button", name="Not now").click()
    expect(page.locator(".offer")).to_have_count(0)
    remind(anna, "r4", 3600)
    page.reload()
    remind(anna, "Water", 1)
    rung(page, "Water")
    page.locator(".ring").get_by_role("button", name="Done").click()
    expect(page.get_by_role("status").filter(has_text="“Water” is done.")).to_be_visible()
    assert (page.locator(".offer").count(), page.evaluate("window.asked")) == (0, 0)


@pytest.mark.parametrize("size", [PHONE, {"width": 1440, "height": 900}])
def test_cards_can_be_used_by_everybody(page_of: PageOf, anna: Person, size: dict[str, int]) -> None:
    page = page_of("anna", "/notes", viewport=size)
    for text in ("Tea", "Water"):
        remind(anna, text, 1)
        rung(page, text)
    page.wait_for_function("document.getAnimations().every((one) => one.playState === 'finished')")
    found = Axe().run(page, options={"runOnly": ["wcag2a", "wcag2aa", "wcag21aa"], "resultTypes": ["violations"]})
    assert found.violations_count == 0, found.generate_report()


def test_markup_in_a_reminder_stays_text(page_of: PageOf, anna: Person) -> None:
    page = page_of("anna", "/notes")
    remind(anna, '<img src=x onerror="window.hit=1">"\'&', 1)
    expect(page.locator(".ring h2")).to_have_text('<img src=x onerror="window.hit=1">"\'&', timeout=10_000)
    assert page.evaluate("window.hit") is None
    assert page.locator(".ring img").count() == 0
