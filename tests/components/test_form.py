"""What is typed into a kept form survives everything, and is stored once."""

import re
from collections.abc import Callable

import pytest
from playwright.sync_api import BrowserContext, Locator, Page, expect

from tests.components.conftest import Sample, connected
from tests.components.sample import RECONNECT
from tests.relay import Relay

pytestmark = pytest.mark.browser
OpenPage = Callable[[str], Page]


@pytest.fixture
def page(open_page: OpenPage) -> Page:
    return open_page("/")


def sentence(page: Page) -> Locator:
    return page.get_by_label("Sentence")


def lost(page: Page, relay: Relay) -> None:
    """The socket breaks and does not come back."""
    relay.cut()
    page.wait_for_function("!window.socket.connected")


def test_what_is_sent_is_stored_and_the_form_is_empty_again(page: Page, sample: Sample) -> None:
    sentence(page).fill("milk")
    page.get_by_label("Notes").fill("two bottles")
    page.get_by_label("Urgent").check()
    page.get_by_role("button", name="Add").click()
    for field in (sentence(page), page.get_by_label("Notes")):
        expect(field).to_have_value("")
    expect(page.get_by_label("Urgent")).not_to_be_checked()
    assert sample.stored() == [{"sentence": "milk", "notes": "two bottles", "urgent": True}]
    page.reload()
    connected(page)
    expect(sentence(page)).to_have_value("")


def test_what_is_refused_stays_and_is_said_at_the_field(page: Page, sample: Sample) -> None:
    sentence(page).fill("refuse")
    sentence(page).press("Enter")
    expect(page.get_by_role("alert")).to_have_text("Say something else.")
    expect(sentence(page)).to_have_attribute("aria-invalid", "true")
    expect(sentence(page)).to_have_value("refuse")
    sentence(page).fill("milk")
    sentence(page).press("Enter")
    expect(sentence(page)).to_have_value("")
    assert [values["sentence"] for values in sample.stored()] == ["milk"]


def test_sent_twice_at_once_it_is_stored_once(page: Page, sample: Sample) -> None:
    sentence(page).fill("milk")
    page.evaluate(
        "() => { for (let i = 0; i < 3; i++) document.querySelector('[name=sentence]').dispatchEvent("
        "new KeyboardEvent('keydown', {key: 'Enter', bubbles: true, cancelable: true})) }"
    )
    expect(sentence(page)).to_have_value("")
    assert len(sample.stored()) == 1


def test_the_same_words_can_be_stored_again(page: Page, sample: Sample) -> None:
    for _ in range(2):
        sentence(page).fill("milk")
        sentence(page).press("Enter")
        expect(sentence(page)).to_have_value("")
    assert len(sample.stored()) == 2


def test_the_socket_was_away_for_a_moment(page: Page, sample: Sample, relay: Relay) -> None:
    page.evaluate("window.stays = true")
    lost(page, relay)
    # Soon, so that the server still knows the page, also on a slow machine.
    sentence(page).fill("milk")
    page.keyboard.press("Enter")
    page.keyboard.press("Enter")
    relay.join()
    expect(sentence(page)).to_have_value("")
    assert page.evaluate("window.stays") is True
    assert [values["sentence"] for values in sample.stored()] == ["milk"]


def test_the_socket_was_away_until_the_server_forgot_the_page(page: Page, sample: Sample, relay: Relay) -> None:
    page.evaluate("window.stays = true")
    sentence(page).fill("bread")
    lost(page, relay)
    sentence(page).fill("bread and milk")
    sentence(page).press("Enter")
    page.wait_for_timeout(RECONNECT * 1000 + 1500)
    relay.join()
    page.wait_for_function("!window.stays")
    connected(page)
    expect(sentence(page)).to_have_value("bread and milk")
    sentence(page).press("Enter")
    expect(sentence(page)).to_have_value("")
    assert [values["sentence"] for values in sample.stored()] == ["bread and milk"]


def test_the_server_was_started_anew_while_one_typed(page: Page, sample: Sample) -> None:
    page.evaluate("window.stays = true")
    sentence(page).press_sequentially("mil")
    sample.stop()
    sentence(page).press_sequentially("k")
    sample.start()
    page.wait_for_function("!window.stays")
    connected(page)
    expect(sentence(page)).to_have_value("milk")
    sentence(page).press("Enter")
    expect(sentence(page)).to_have_value("")
    assert [values["sentence"] for values in sample.stored()] == ["milk"]


def test_what_the_server_has_not_heard_of_is_not_written_over(page: Page) -> None:
    page.get_by_label("Typed").fill("mine")
    page.get_by_role("button", name="Suggest").click()
    expect(page.get_by_label("Untouched")).to_have_value("suggested")
    expect(page.get_by_label("Typed")).to_have_value("mine")


def test_a_reload_keeps_it(page: Page) -> None:
    sentence(page).fill("milk")
    page.get_by_label("Urgent").check()
    page.reload()
    expect(sentence(page)).to_have_value("milk")
    expect(page.get_by_label("Urgent")).to_be_checked()
    expect(page.get_by_label("Heard")).to_have_text("milk ()")


def test_the_same_draft_sent_from_two_tabs_is_stored_once(page: Page, open_page: OpenPage, sample: Sample) -> None:
    sentence(page).fill("milk")
    other = open_page("/")
    expect(sentence(other)).to_have_value("milk")
    for tab in (page, other):
        sentence(tab).press("Enter")
        expect(sentence(tab)).to_have_value("")
    assert len(sample.stored()) == 1


@pytest.mark.parametrize("first", [0, 1])
def test_other_words_in_a_second_tab_are_not_swallowed(
    page: Page, open_page: OpenPage, sample: Sample, first: int
) -> None:
    sentence(page).fill("milk")
    other = open_page("/")
    expect(sentence(other)).to_have_value("milk")
    changed, kept = (page, other) if first else (other, page)
    sentence(changed).fill("milk and bread")
    for tab in (kept, changed):
        sentence(tab).press("Enter")
        expect(sentence(tab)).to_have_value("")
    assert [values["sentence"] for values in sample.stored()] == ["milk", "milk and bread"]


def test_words_typed_after_sending_stay(page: Page, sample: Sample, relay: Relay) -> None:
    sentence(page).fill("milk")
    relay.pull()
    sentence(page).press("Enter")
    sentence(page).fill("bread")
    relay.join()
    expect(page.get_by_label("Heard")).to_have_text(re.compile("bread"))
    expect(sentence(page)).to_have_value("bread")
    sentence(page).press("Enter")
    expect(sentence(page)).to_have_value("")
    assert [values["sentence"] for values in sample.stored()] == ["milk", "bread"]


COMPOSING = """([code, composing]) => {
  const event = new KeyboardEvent("keydown", {key: "Enter", isComposing: composing, bubbles: true, cancelable: true});
  Object.defineProperty(event, "keyCode", {value: code});
  document.querySelector("[name=sentence]").dispatchEvent(event);
}"""


@pytest.mark.parametrize(("code", "composing"), [(13, True), (229, False), (229, True)])
def test_enter_that_ends_a_composition_sends_nothing(page: Page, sample: Sample, code: int, composing: bool) -> None:
    sentence(page).fill("牛乳")
    page.evaluate(COMPOSING, [code, composing])
    expect(page.get_by_label("Heard")).to_have_text(re.compile("牛乳"))
    sentence(page).press("End")
    assert sample.stored() == []
    expect(sentence(page)).to_have_value("牛乳")
    sentence(page).press("Enter")
    expect(sentence(page)).to_have_value("")
    assert len(sample.stored()) == 1


def test_what_was_composed_is_heard(page: Page, context: BrowserContext) -> None:
    keyboard = context.new_cdp_session(page)
    sentence(page).focus()
    for text in ("g", "gy", "牛乳"):
        keyboard.send("Input.imeSetComposition", {"text": text, "selectionStart": len(text), "selectionEnd": len(text)})
    expect(sentence(page)).to_have_value("牛乳")
    expect(page.get_by_label("Heard")).to_have_text("")
    keyboard.send("Input.insertText", {"text": "牛乳"})
    expect(page.get_by_label("Heard")).to_have_text("牛乳 (sentence)")
