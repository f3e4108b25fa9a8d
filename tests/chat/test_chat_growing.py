"""An answer while it is written: what is marked stays marked, the end is followed, what is earlier comes above."""

from collections.abc import Callable

import pytest
from playwright.sync_api import Page, expect

from tests.chat.test_chat_moving import seed
from tests.chat.test_chat_page import finished, say
from tests.product import Product

pytestmark = pytest.mark.browser
PageOf = Callable[..., Page]
MARK = """() => {
  const first = document.querySelector('.message-live p');
  const range = document.createRange();
  range.setStart(first.firstChild, 3);
  range.setEnd(first.firstChild, 8);
  getSelection().removeAllRanges();
  getSelection().addRange(range);
}"""
AT_END = (
    "() => { const e = document.querySelector('.thread'); return e.scrollHeight - e.scrollTop - e.clientHeight < 80 }"
)

# More comes each time after the page has scrolled to the end and before it hears so.
GROWS_AS_IT_SCROLLS = """() => {
  const [box, inner] = document.querySelectorAll('.thread, .thread-inner');
  const grow = () => inner.append(Object.assign(document.createElement('div'), { style: 'height: 300px; flex: none' }));
  window.grown = 0;
  box.addEventListener('scroll', () => window.grown < 5 && (window.grown++, grow()), { capture: true });
  grow();
}"""
CLICKS_WHILE_IT_GROWS = """button => {
  button.click();
  const more = Object.assign(document.createElement('div'), { style: 'height: 1px' });
  document.querySelector('.thread-inner').append(more);
}"""


def paragraphs(count: int, words: int) -> str:
    """So many paragraphs of so many numbered words."""
    return "\n\n".join(" ".join(f"w{at * words + word}" for word in range(words)) for at in range(count))


def test_what_is_marked_while_an_answer_grows_is_marked_when_it_is_done(page_of: PageOf) -> None:
    page = page_of("anna")
    say(page, f"delay=0.05 text={paragraphs(12, 5)}")
    expect(page.locator(".message-live")).to_contain_text("w9")
    page.evaluate(MARK)
    marked = page.evaluate("String(getSelection())")
    assert len(marked) == 5
    finished(page)
    expect(page.locator(".message-live")).to_have_count(0)
    assert page.evaluate("String(getSelection())") == marked
    assert page.evaluate("getSelection().anchorNode.isConnected")


def test_the_end_is_followed_however_fast_it_moves(page_of: PageOf, product: Product) -> None:
    page = page_of("anna", viewport={"width": 900, "height": 500})
    seed(product, ["Long"], messages=20)
    page.goto("/chat/1")
    page.wait_for_function(AT_END)
    page.evaluate(GROWS_AS_IT_SCROLLS)
    page.wait_for_function("window.grown === 5")
    page.wait_for_function(AT_END)
    expect(page.locator(".away-from-end")).to_have_count(0)
    say(page, f"text={paragraphs(300, 10)}")
    finished(page, 11)
    page.wait_for_function(AT_END)


def test_a_hit_far_up_is_shown_with_what_stands_around_it(page_of: PageOf, product: Product) -> None:
    page = page_of("anna")
    seed(product, ["Long"], messages=2000)
    page.goto("/chat/1?m=1")
    expect(page.locator(".message-hit")).to_be_in_viewport()
    expect(page.locator(".message")).to_have_count(120)
    page.get_by_role("button", name="Show later messages").click()
    expect(page.locator(".message")).to_have_count(180)
    expect(page.locator("#m120")).to_be_in_viewport()
    expect(page.locator(".message").last).not_to_be_in_viewport()
    say(page, "tokens=2")
    expect(page.locator(".message-assistant .prose").last).to_have_text("t0 t1")
    expect(page.get_by_role("button", name="Show later messages")).to_have_count(0)
    expect(page.locator(".message").last).to_be_in_viewport()
    page.get_by_role("button", name="Show earlier messages").click()
    expect(page.locator(".message").nth(100)).to_be_attached()
    say(page, "tokens=2")
    expect(page.locator(".message")).to_have_count(60)  # who asks goes to the end; what is far above is left out again
    expect(page.locator(".message").last).to_be_in_viewport()


def test_what_is_earlier_comes_above_also_while_an_answer_grows(page_of: PageOf, product: Product) -> None:
    page = page_of("anna")
    seed(product, ["Long"], messages=200)
    page.goto("/chat/1")
    say(page, "tokens=200 delay=0.05")
    expect(page.locator(".message-live")).to_contain_text("t3")
    page.locator(".thread").evaluate("e => e.scrollTo(0, 0)")
    expect(page.locator(".away-from-end")).to_have_count(1)
    first = page.locator(".message").first
    place = first.locator("article").get_attribute("id")
    top = page.locator(f"#{place}").evaluate("e => e.getBoundingClientRect().top")
    page.get_by_role("button", name="Show earlier messages").evaluate(CLICKS_WHILE_IT_GROWS)
    expect(first.locator("article")).not_to_have_id(place or "")
    page.wait_for_function(
        "([id, top]) => Math.abs(document.getElementById(id).getBoundingClientRect().top - top) < 2", arg=[place, top]
    )
