"""The views of the page of reminders, and what is typed there while the server is away; in a real browser."""

import re
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta

import pytest
from playwright.sync_api import Page, expect

from tests.person import Person
from tests.product import Product

PageOf = Callable[..., Page]

pytestmark = pytest.mark.browser


def at(days: int, hour: int = 9) -> datetime:
    return (datetime.now(UTC) + timedelta(days=days)).replace(hour=hour, minute=0)


def remind(person: Person, text: str, when: datetime | None, **more: object) -> int:
    return person.reminder(text, when and when.replace(second=0), **more)


def texts(person: Person) -> list[str]:
    return [row.text for row in person.reminders()]


@contextmanager
def away(page: Page, seconds: float) -> Iterator[None]:
    """The network is gone for so long, at least."""
    page.context.set_offline(True)
    page.evaluate("window.socket.io.engine.close()")
    expect(page.locator(".away")).to_be_visible()
    page.evaluate("window.begun = performance.now()")
    yield
    page.wait_for_function("seconds => performance.now() - window.begun > seconds * 1000", arg=seconds, timeout=90_000)
    page.context.set_offline(False)


def test_back_and_forward_lead_from_view_to_view(page_of: PageOf, anna: Person) -> None:
    remind(anna, "tea", at(2))
    remind(anna, "read", None)
    page = page_of("anna", "/reminders")
    titles = page.locator(".reminder .title")
    page.get_by_role("link", name="Upcoming").click()
    expect(titles).to_have_text(["tea"])
    page.get_by_role("link", name="Someday").click()
    expect(titles).to_have_text(["read"])
    page.go_back()
    expect(titles).to_have_text(["tea"])
    expect(page.get_by_role("link", name="Upcoming")).to_have_attribute("aria-current", "page")
    page.go_back()
    expect(page.get_by_role("heading", name="Nothing today")).to_be_visible()
    page.go_forward()
    page.go_forward()
    expect(titles).to_have_text(["read"])
    page.reload()
    expect(titles).to_have_text(["read"])


FORMER = [
    ("coming", "Upcoming", False), ("agenda", "Upcoming", False), ("overdue", "Today", False),
    ("calendar", "Upcoming", True), ("nonsense", "Today", False),
]  # fmt: skip


@pytest.mark.usefixtures("anna")
def test_former_addresses_lead_to_the_view_that_took_their_place(page_of: PageOf) -> None:
    page = page_of("anna", "about:blank")
    for old, tab, month in FORMER:
        page.goto(f"/reminders?view={old}")
        views = page.get_by_role("navigation", name="Views")
        expect(views.get_by_role("link", name=tab)).to_have_attribute("aria-current", "page")
        expect(page.locator(".calendar")).to_be_visible(visible=month)


def test_overdue_stands_above_today_and_upcoming_tells_repetitions_by_day(page_of: PageOf, anna: Person) -> None:
    now = datetime.now(UTC)
    if now.hour in {0, 23}:
        pytest.skip("too near to midnight for something before and after now")
    remind(anna, "stand-up", at(1, 8), rule="FREQ=DAILY;COUNT=3")
    remind(anna, "late", now + timedelta(seconds=61), leads=[0])
    remind(anna, "tonight", now.replace(hour=23, minute=59))
    page = page_of("anna", "/reminders")
    expect(page.locator(".day-title")).to_have_text("Today")
    expect(page.locator(".reminder .title")).to_have_text(["late", "tonight"])
    expect(page.locator(".day-title").first).to_have_text("Overdue 1", timeout=75_000)
    page.get_by_role("link", name="Upcoming").click()
    expect(page.locator(".reminder .title")).to_have_text(["stand-up"] * 3)
    expect(page.locator(".day-title").first).to_have_text("Tomorrow")
    expect(page.get_by_role("button", name="Done: stand-up")).to_have_count(1)


def test_a_new_reminder_is_shown_where_it_went(page_of: PageOf, anna: Person) -> None:
    for number in range(60):
        remind(anna, f"r{number}", at(3 + number))
    page = page_of("anna", "/reminders")
    field = page.get_by_label("Remind me", exact=True)
    field.fill("read a book someday #books !high")
    field.press("Enter")
    fresh = page.locator("li.fresh .reminder")
    expect(fresh.locator(".title")).to_have_text("read a book")
    expect(fresh).to_contain_text("High")
    expect(fresh).to_contain_text("#books")
    expect(page.get_by_role("link", name="Someday")).to_have_attribute("aria-current", "page")
    field.fill(f"far away on {at(62):%d %B %Y} at 8:00")
    field.press("Enter")
    expect(fresh.locator(".title")).to_have_text("far away")
    expect(fresh).to_be_in_viewport()
    expect(page.get_by_role("link", name="Upcoming")).to_have_attribute("aria-current", "page")
    page.get_by_role("button", name="Back to the first").click()
    expect(page.locator(".reminder .title").first).to_have_text("r0")
    page.locator(".toast", has_text="far away").get_by_role("button", name="Undo").click()
    page.go_back()
    expect(page.locator(".reminder .title")).to_have_text(["read a book"])


def test_its_menu_moves_snoozes_and_deletes(page_of: PageOf, anna: Person) -> None:
    tea = remind(anna, "tea", at(1))
    page = page_of("anna", "/reminders?view=upcoming")
    row = page.locator(".reminder", has_text="tea")
    row.hover()
    row.get_by_role("button", name="More for tea").click()
    page.get_by_role("menuitem", name="Move to another day…").click()
    page.get_by_label("Move to this day").fill("2001-01-01")
    page.get_by_label("Move to this day").press("Enter")
    expect(page.get_by_role("alert").filter(has_text="“tea” would be in the past then.")).to_be_visible()
    page.get_by_label("Move to this day").fill(f"{at(5):%Y-%m-%d}")
    page.get_by_label("Move to this day").press("Enter")
    expect(page.locator(".toast")).to_contain_text("“tea” moved to")
    moved = anna.reminded(tea).local
    assert moved
    assert moved.date() == at(5).date()
    page.locator(".toast").get_by_role("button", name="Undo").click()
    expect(page.locator(".day-title")).to_have_text("Tomorrow")
    row.get_by_role("button", name="Delete tea").click()
    expect(page.get_by_role("heading", name="Nothing coming up")).to_be_visible()
    page.locator(".toast").last.get_by_role("button", name="Undo").click()
    expect(row).to_be_visible()


def test_what_rang_is_snoozed_in_its_line(page_of: PageOf, anna: Person) -> None:
    anna.reminder("tea", datetime.now(UTC) + timedelta(seconds=5))
    page = page_of("anna", "/reminders")
    row = page.locator(".reminder", has_text="tea")
    expect(page.locator(".day-title")).to_have_text("Overdue 1", timeout=15_000)
    row.hover()
    row.get_by_role("button", name="More for tea").click()
    page.get_by_role("menuitem", name="Snooze…").click()
    page.get_by_role("menuitem", name="In an hour").click()
    expect(row).to_contain_text("snoozed until")
    page.locator(".toast", has_text="rings again in an hour").get_by_role("button", name="Undo").click()
    expect(row).not_to_contain_text("snoozed until")


def test_search_and_filters_are_kept_in_the_address(page_of: PageOf, anna: Person) -> None:
    remind(anna, "black tea", at(2), tags=["kitchen"], priority=3)
    remind(anna, "green tea", at(3))
    remind(anna, "coffee", None, tags=["kitchen"])
    page = page_of("anna", "/reminders?view=upcoming")
    titles = page.locator(".reminder .title")
    page.get_by_role("button", name="Search and filters").click()
    page.get_by_label("Search reminders").press_sequentially("tea")
    expect(titles).to_have_text(["black tea", "green tea"])
    page.get_by_label("Priority", exact=True).select_option("High priority")
    expect(titles).to_have_text(["black tea"])
    expect(page).to_have_url(re.compile("view=upcoming&q=tea&priority=3"))
    page.reload()
    expect(page.get_by_label("Search reminders")).to_have_value("tea")
    expect(titles).to_have_text(["black tea"])
    page.get_by_role("link", name="Someday").click()
    expect(page.get_by_role("heading", name="Nothing fits")).to_be_visible()
    page.get_by_role("button", name="Clear search and filters").click()
    expect(titles).to_have_text(["coffee"])
    expect(page.get_by_label("Search reminders")).to_have_value("")


# As where the server is far away: what is said goes out once it is released.
HOLD = """() => {
  const { emit } = window.socket, held = [];
  window.socket.emit = (...said) => held.push(said) && window.socket;
  window.waits = (words) => held.some(([, message]) => message?.args?.join().includes(words));
  window.release = () => { window.socket.emit = emit; held.forEach((said) => emit.apply(window.socket, said)); };
}"""


def test_what_is_typed_right_after_search_was_clicked_is_searched(page_of: PageOf, anna: Person) -> None:
    remind(anna, "green tea", at(3))
    remind(anna, "coffee", at(4))
    page = page_of("anna", "/reminders")
    expect(page.get_by_label("Remind me", exact=True)).to_be_focused()
    titles, search = page.locator(".reminder .title"), page.get_by_label("Search reminders")
    page.evaluate(HOLD)
    page.get_by_role("link", name="Upcoming").click()
    page.get_by_role("button", name="Search and filters").click()
    page.keyboard.type("te")
    page.wait_for_function("""window.waits('"q":"te"')""")
    page.evaluate("window.release()")
    expect(titles).to_have_text(["green tea"])
    page.wait_for_function("!document.body.classList.contains('moving')")
    page.evaluate("new Promise(requestAnimationFrame)")  # the cursor goes where the view wants it, if anywhere
    page.keyboard.type("m")
    expect(search).to_have_value("tem")
    expect(page.get_by_role("heading", name="Nothing fits")).to_be_visible()


def test_another_tab_sees_what_is_done_here(page_of: PageOf, anna: Person) -> None:
    remind(anna, "tea", at(2))
    page = page_of("anna", "/reminders?view=upcoming")
    other = page.context.new_page()
    other.goto("/reminders?view=month")
    expect(other.locator(".calendar-item")).to_contain_text("tea")
    page.get_by_role("button", name="Done: tea").click()
    expect(other.locator(".calendar-item.done")).to_contain_text("tea")


def test_arrows_lead_from_line_to_line(page_of: PageOf, anna: Person) -> None:
    for number in range(3):
        remind(anna, f"r{number}", at(2 + number))
    page = page_of("anna", "/reminders?view=upcoming")
    lines = page.locator(".reminder-text")
    lines.first.focus()
    page.keyboard.press("ArrowDown")
    expect(lines.nth(1)).to_be_focused()
    page.keyboard.press("ArrowDown")
    page.keyboard.press("ArrowUp")
    expect(lines.nth(1)).to_be_focused()


@pytest.mark.parametrize("seconds", [6, 40])
def test_a_sentence_sent_while_the_network_was_away_is_added_once(page_of: PageOf, anna: Person, seconds: int) -> None:
    page = page_of("anna", "/reminders?view=upcoming")
    field = page.get_by_label("Remind me", exact=True)
    expect(field).to_be_focused()
    with away(page, seconds):
        page.keyboard.type("water the plants tomorrow at 9")
        page.keyboard.press("Enter")
        page.keyboard.press("Enter")
        expect(field).to_have_value("water the plants tomorrow at 9")
    expect(page.locator(".away")).to_be_hidden(timeout=30_000)
    title = page.locator(".reminder .title")
    expect(title.or_(page.locator(".say-read strong"))).to_have_text("water the plants", timeout=30_000)
    if not title.count():  # the server has forgotten the page, and with it what was sent; the words are there
        expect(field).to_have_value("water the plants tomorrow at 9")
        field.press("Enter")
    expect(title).to_have_text(["water the plants"])
    expect(field).to_have_value("")
    assert texts(anna) == ["water the plants"]


def test_a_sentence_survives_a_restart_of_the_server_while_it_is_typed(
    page_of: PageOf, anna: Person, product: Product
) -> None:
    page = page_of("anna", "/reminders?view=upcoming")
    field = page.get_by_label("Remind me", exact=True)
    expect(field).to_be_focused()
    page.keyboard.type("call mum tomorrow")
    product.kill()
    page.keyboard.type(" at 10")
    product.start()
    expect(page.locator(".say-read")).to_contain_text("Tomorrow, 10:00", timeout=60_000)
    expect(field).to_have_value("call mum tomorrow at 10")
    field.press("Enter")
    expect(page.locator(".reminder .title")).to_have_text(["call mum"])
    assert texts(anna) == ["call mum"]


def test_keys_of_two_tabs_with_the_same_words_add_once(page_of: PageOf, anna: Person) -> None:
    page = page_of("anna", "/reminders?view=upcoming")
    field = page.get_by_label("Remind me", exact=True)
    field.fill("tea tomorrow at 9")
    other = page.context.new_page()
    other.goto("/reminders?view=upcoming")
    expect(other.get_by_label("Remind me", exact=True)).to_have_value("tea tomorrow at 9")
    field.press("Enter")
    expect(page.locator(".reminder .title")).to_have_text(["tea"])
    other.get_by_label("Remind me", exact=True).press("Enter")
    expect(other.get_by_label("Remind me", exact=True)).to_have_value("")
    assert texts(anna) == ["tea"]
