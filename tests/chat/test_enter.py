"""What Enter does in the composer: as the settings say, with a keyboard and on a touch screen."""

from collections.abc import Callable
from functools import partial

import pytest
from playwright.sync_api import Page, expect

from assistant.users import preferences
from tests.chat.test_chat_page import finished
from tests.person import Person

PageOf = Callable[..., Page]
PHONE = {"viewport": {"width": 390, "height": 844}, "has_touch": True, "is_mobile": True}


@pytest.mark.browser
@pytest.mark.parametrize("device", ["keyboard", "phone"])
def test_enter_does_what_the_settings_say(page_of: PageOf, anna: Person, device: str) -> None:
    page = page_of("anna", "about:blank", **(PHONE if device == "phone" else {}))
    for enter in ("auto", "send", "line"):
        anna.do(partial(preferences.save, enter=enter))
        page.goto("/")
        box = page.get_by_label("Your message")
        hint = "Ask anything; Ctrl + Enter sends" if enter == "line" else "Ask anything"
        expect(box).to_have_attribute("placeholder", hint)
        box.fill("tokens=2")
        box.press("Enter")
        if enter == "line" or (enter, device) == ("auto", "phone"):
            expect(box).to_have_value("tokens=2\n")
            expect(box).to_have_attribute("enterkeyhint", "enter")
            box.press("Control+Enter")
        finished(page)
        expect(box).to_have_value("")


@pytest.mark.browser
def test_the_setting_counts_in_the_next_chat(page_of: PageOf) -> None:
    page = page_of("anna", "/settings/chat")
    page.get_by_label("What Enter does in a chat", exact=True).select_option("Makes a new line; Ctrl + Enter sends")
    expect(page.get_by_text("Saved", exact=True)).to_be_visible()
    page.get_by_role("link", name="Chat", exact=True).first.click()
    box = page.get_by_label("Your message")
    box.fill("tokens=2")
    box.press("Enter")
    expect(box).to_have_value("tokens=2\n")


@pytest.mark.parametrize("odd", ['"never"', "7", "null", "[]", '{"a": 1}'])
def test_an_odd_value_is_the_default_and_nothing_else_is_lost(odd: str) -> None:
    read = preferences.parse(f'{{"enter": {odd}, "theme": "dark"}}')
    assert (read.enter, read.theme) == ("auto", "dark")


@pytest.mark.parametrize("odd", ["", "[]", "{", "7"])
def test_what_is_no_preferences_is_the_default(odd: str) -> None:
    assert preferences.parse(odd) == preferences.Preferences()
