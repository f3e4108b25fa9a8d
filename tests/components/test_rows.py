"""A list of rows: what is done in it is heard, only what changed is sent, and focus stays."""

from collections.abc import Callable

import pytest
from playwright.sync_api import Page, expect

pytestmark = pytest.mark.browser
# What of the list was drawn anew, and how much the socket brought.
WATCH = """() => {
  window.drawn = [];
  const name = (target) => target.closest("li")?.innerText ?? target.tagName;
  const everything = { subtree: true, childList: true, attributes: true, characterData: true };
  new MutationObserver((all) => drawn.push(...all.map((one) => name(one.target))))
    .observe(document.querySelector("ul:has([data-row])"), everything);
}"""

# How many nodes Vue is given to compare.
COUNT = """() => {
  const { h } = Vue;
  window.made = 0;
  globalThis.Vue = Object.create(Vue, { h: { value: (...all) => (made += 1, h(...all)) } });
}"""


@pytest.fixture
def page(open_page: Callable[[str], Page]) -> Page:
    return open_page("/rows")


def test_what_is_done_is_heard_with_its_row(page: Page) -> None:
    said = page.get_by_label("Said")
    page.get_by_role("button", name="Row 3", exact=True).click()
    expect(said).to_have_text("open 3")
    page.get_by_label("Done 5", exact=True).check()
    expect(said).to_have_text("tick 5 on")
    page.get_by_label("Done 5", exact=True).uncheck()
    expect(said).to_have_text("tick 5 off")
    page.get_by_role("button", name="Row 7", exact=True).click(modifiers=["Shift"])
    expect(said).to_have_text("open 7 shift")


def test_only_the_row_that_changed_is_sent_and_drawn(page: Page) -> None:
    received: list[str] = []
    page.on("websocket", lambda socket: socket.on("framereceived", lambda frame: received.append(str(frame))))
    page.reload()
    page.wait_for_function("window.socket?.connected")
    expect(page.get_by_label("Done 5", exact=True)).to_be_visible()
    page.wait_for_function("document.querySelectorAll('[data-row]').length >= 200")
    page.evaluate(WATCH)
    received.clear()
    page.get_by_label("Done 5", exact=True).check()
    expect(page.get_by_label("Said")).to_have_text("tick 5 on")
    page.wait_for_function("drawn.length")
    assert len("".join(received)) < 2000
    assert {words.split("\n")[0] for words in page.evaluate("drawn")} <= {"Row 5…", "Row 5"}


def test_what_did_not_change_is_not_made_anew_and_what_comes_again_is(page: Page) -> None:
    page.evaluate(COUNT)
    page.get_by_label("Done 5", exact=True).check()
    expect(page.get_by_label("Said")).to_have_text("tick 5 on")
    page.wait_for_function("made")
    assert page.evaluate("made") < 20
    for words in ("First", "Second", "First"):
        page.get_by_role("button", name="Menu").click()
        page.get_by_role("menuitem", name=words).click()
        expect(page.get_by_label("Said")).to_have_text(words.lower())
        expect(page.get_by_role("menuitem", name=words)).to_have_count(0)


def test_a_row_that_goes_takes_no_other_with_it(page: Page) -> None:
    page.evaluate("document.querySelectorAll('[data-row]').forEach((row) => (row.mark = row.innerText))")
    page.get_by_role("button", name="Row 3", exact=True).click()
    expect(page.get_by_role("button", name="Row 3", exact=True)).to_have_count(0)
    same = "[...document.querySelectorAll('[data-row]')].filter((row) => row.mark === row.innerText).length"
    assert page.evaluate(same) == 199


def test_focus_stays_where_it_was_when_its_row_is_drawn_anew(page: Page) -> None:
    box = page.get_by_label("Done 5", exact=True)
    box.focus()
    box.press("Space")
    expect(page.get_by_label("Said")).to_have_text("tick 5 on")
    expect(page.locator("[aria-label='Done 5'][checked]")).to_have_count(1)
    expect(page.get_by_label("Done 5", exact=True)).to_be_focused()
    page.keyboard.press("Space")
    expect(page.get_by_label("Said")).to_have_text("tick 5 off")


def test_when_its_row_is_gone_focus_goes_to_the_one_in_its_place(page: Page) -> None:
    page.get_by_role("button", name="Row 3", exact=True).focus()
    page.keyboard.press("Enter")
    expect(page.get_by_role("button", name="Row 3", exact=True)).to_have_count(0)
    expect(page.get_by_role("button", name="Row 4", exact=True)).to_be_focused()


def test_arrows_walk_from_row_to_row(page: Page) -> None:
    page.get_by_role("button", name="Row 3", exact=True).focus()
    page.keyboard.press("ArrowDown")
    expect(page.get_by_role("button", name="Row 4", exact=True)).to_be_focused()
    page.keyboard.press("ArrowUp")
    page.keyboard.press("ArrowUp")
    expect(page.get_by_role("button", name="Row 2", exact=True)).to_be_focused()


def test_who_walks_goes_on_from_a_row_that_was_drawn_anew(page: Page) -> None:
    page.get_by_role("button", name="Row 0", exact=True).focus()
    page.keyboard.press("ArrowDown")
    page.evaluate("document.activeElement.closest('li').innerHTML += ''")
    expect(page.get_by_role("button", name="Row 1", exact=True)).to_be_focused()
    page.keyboard.press("ArrowDown")
    expect(page.get_by_role("button", name="Row 2", exact=True)).to_be_focused()


def test_the_end_in_sight_brings_more(page: Page) -> None:
    page.wait_for_function("document.querySelectorAll('[data-row]').length >= 200")
    for wanted in (250, 300):
        page.evaluate("document.getElementById('box').scrollTop = 1e6")
        page.wait_for_function(f"document.querySelectorAll('[data-row]').length >= {wanted}")


def test_a_menu_is_walked_by_keys(page: Page) -> None:
    opener = page.get_by_role("button", name="Menu", exact=True)
    opener.focus()
    page.keyboard.press("Enter")
    first, second = (page.get_by_role("menuitem", name=name) for name in ("First", "Second"))
    expect(first).to_be_visible()
    page.keyboard.press("ArrowDown")
    expect(first).to_be_focused()
    page.keyboard.press("ArrowDown")
    expect(second).to_be_focused()
    page.keyboard.press("ArrowDown")
    expect(first).to_be_focused()
    page.keyboard.press("ArrowUp")
    expect(second).to_be_focused()
    page.keyboard.press("Enter")
    expect(page.get_by_label("Said")).to_have_text("second")
    expect(second).to_have_count(0)
    page.keyboard.press("Enter")
    expect(first).to_be_visible()
    page.keyboard.press("Escape")
    expect(first).to_have_count(0)
    expect(opener).to_be_focused()


def test_a_rows_menu_opens_at_its_button_and_is_gone_once_it_is_closed(page: Page) -> None:
    opener = page.get_by_label("More of 4", exact=True)
    for _ in range(2):
        opener.click()
        choice = page.get_by_role("menuitem", name="Delete")
        expect(choice).to_have_count(1)
        expect(choice).to_be_visible()
        box, at = choice.bounding_box(), opener.bounding_box()
        assert box
        assert at
        assert abs(box["y"] - at["y"]) < 200
        page.keyboard.press("Escape")
        expect(choice).to_have_count(0)
    opener.click()
    page.get_by_role("menuitem", name="Delete").click()
    expect(page.get_by_label("Said")).to_have_text("deleted 4")
    expect(page.locator(".q-menu")).to_have_count(0)
