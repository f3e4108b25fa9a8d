"""One search over all rooms, in a real browser."""

import re
from collections.abc import Callable
from contextlib import closing
from datetime import UTC, datetime

import pytest
from playwright.sync_api import Locator, Page, expect

from tests.chat.test_chat_page import finished, say
from tests.person import Person
from tests.product import Product

pytestmark = pytest.mark.browser
PageOf = Callable[..., Page]
NOTES = ("# Zebra facts\n<img src=x onerror=alert(1)> zebras graze", "# Africa\nlions and zebras", "# Bread\nflour")


def write(product: Product) -> None:
    with closing(product.person("anna")) as anna:
        for text in NOTES:
            anna.note(text)
        anna.reminder("Feed the zebra", datetime(2035, 1, 1, 9, tzinfo=UTC))


def box(page: Page) -> Locator:
    return page.get_by_role("searchbox", name="Search")


def test_everything_is_found_as_one_types(page_of: PageOf, product: Product) -> None:
    write(product)
    page = page_of("anna")
    say(page, "What do zebras eat? tokens=2")
    finished(page)
    page.goto("/search")
    expect(page.locator(".hits")).to_contain_text("Recent notes")
    expect(box(page)).to_be_focused()
    page.keyboard.type("zeb", delay=30)
    expect(page.locator(".hit mark")).to_have_text(["Zebra", "zebras", "zebras", "zebra", "zebras"])
    expect(page.locator(".hits h2")).to_have_text(["Notes 2", "Reminders 1", "Messages 1"])
    expect(page).to_have_url(re.compile(r"/search\?q=zeb$"))
    chips = page.get_by_role("group", name="What to search")
    chips.get_by_role("button", name="Reminders 1").click()
    expect(page.locator(".hit")).to_have_count(1)
    expect(page).to_have_url(re.compile(r"/search\?q=zeb&kind=reminders$"))
    page.reload()
    expect(page.locator(".hit")).to_have_text(re.compile("Feed the zebra"))
    expect(chips.get_by_role("button", name="Reminders")).to_have_attribute("aria-pressed", "true")
    box(page).fill("zebra quagga")
    expect(page.get_by_text("Nothing found for “zebra quagga”.")).to_be_visible()


def test_a_hit_runs_in_the_direction_of_its_words(page_of: PageOf, anna: Person) -> None:
    anna.note("# חתול tea\nהחתול שותה tea")
    anna.note("# Tea\ngreen tea")
    page = page_of("anna", "/search?q=tea")
    expect(page.locator(".hit")).to_have_count(2)
    hebrew, english = page.locator(".hit", has_text="חתול"), page.locator(".hit", has_text="green")
    for part in (".hit-title", ".hit-snippet"):
        expect(hebrew.locator(part)).to_have_css("direction", "rtl")
        expect(english.locator(part)).to_have_css("direction", "ltr")


def test_arrows_walk_the_hits_and_enter_opens(page_of: PageOf, product: Product) -> None:
    write(product)
    page = page_of("anna", "/search?q=zebras")
    expect(page.locator(".hit")).to_have_count(2)
    expect(box(page)).to_be_focused()
    box(page).blur()
    page.keyboard.press("/")
    expect(box(page)).to_be_focused()
    for key, title in (("ArrowDown", "Africa"), ("ArrowDown", "Zebra facts"), ("ArrowUp", "Africa")):
        page.keyboard.press(key)
        expect(page.locator(".hit:focus .hit-title")).to_have_text(title)
    page.keyboard.press("ArrowUp")
    expect(box(page)).to_be_focused()
    page.keyboard.press("ArrowDown")
    page.keyboard.press("ArrowDown")
    page.keyboard.press("Enter")
    expect(page).to_have_url(re.compile("/notes/1$"))
    expect(page.locator(".hits")).to_have_count(0)  # the address changes before the view
    page.go_back()
    expect(box(page)).to_have_value("zebras")
    expect(page.locator(".hit")).to_have_count(2)
    box(page).fill("bread")
    page.keyboard.press("Enter")
    expect(page).to_have_url(re.compile("/notes/3$"))


def test_more_than_a_few_are_shown_on_demand(page_of: PageOf, product: Product) -> None:
    with closing(product.person("anna")) as anna:
        for number in range(8):
            anna.note(f"# Page {number}\nxylophone")
    page = page_of("anna", "/search?q=xylophone")
    expect(page.locator(".hit")).to_have_count(5)
    page.get_by_role("button", name="Show all").click()
    expect(page.locator(".hit")).to_have_count(8)
    page.get_by_role("button", name="All", exact=True).click()
    expect(page.locator(".hit")).to_have_count(5)


def test_the_outsider_finds_only_their_own(page_of: PageOf, product: Product) -> None:
    write(product)
    page = page_of("eve", "/search?q=zebra")
    expect(page.get_by_text("Nothing found")).to_be_visible()
    box(page).fill("")
    expect(page.get_by_text("Everything you write is found here")).to_be_visible()
    assert page.locator(".hit").count() == 0


def test_on_a_phone_a_tap_opens_and_nothing_overflows(page_of: PageOf, product: Product) -> None:
    write(product)
    page = page_of("anna", "/search?q=zebra", viewport={"width": 390, "height": 844}, has_touch=True, is_mobile=True)
    expect(page.locator(".hit")).to_have_count(3)
    assert page.evaluate("document.documentElement.scrollWidth") <= 390
    assert min(page.locator(".hit, .chip").evaluate_all("all => all.map(one => one.offsetHeight)")) >= 44
    page.locator(".hit").first.tap()
    expect(page).to_have_url(re.compile("/notes/1$"))
