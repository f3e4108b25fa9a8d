"""Reminders in a real browser, against the running product."""

from collections.abc import Callable

import pytest
from playwright.sync_api import Page, expect

from tests.person import Person

PageOf = Callable[..., Page]


@pytest.mark.browser
def test_one_is_set_by_a_sentence(page_of: PageOf, anna: Person) -> None:
    page = page_of("anna", "/reminders")
    expect(page.get_by_label("Remind me", exact=True)).to_be_focused()
    page.keyboard.type("call mum tomorrow at 9:30")
    expect(page.locator(".say-read strong")).to_have_text("call mum")
    expect(page.locator(".say-read")).to_contain_text("09:30")
    page.keyboard.press("Enter")
    page.get_by_role("link", name="Upcoming").click()
    expect(page.locator(".reminder .title")).to_have_text("call mum")
    page.get_by_role("button", name="Done: call mum").click()
    expect(page.locator(".reminder")).to_have_count(0)
    page.locator(".toast", has_text="is done").get_by_role("button", name="Undo").click()
    expect(page.locator(".reminder .title")).to_have_text("call mum")
    page.get_by_role("link", name="Month").click()
    expect(page.locator(".calendar-item")).to_have_text("09:30 call mum")


@pytest.mark.browser
def test_what_cannot_be_is_said_and_kept_in_the_field(page_of: PageOf, anna: Person) -> None:
    page = page_of("anna", "/reminders")
    expect(page.get_by_label("Remind me", exact=True)).to_be_focused()
    page.keyboard.type("pay rent on 30 February")
    page.keyboard.press("Enter")
    expect(page.get_by_role("alert")).to_contain_text("There is no 30 February.")
    expect(page.get_by_label("Remind me", exact=True)).to_have_value("pay rent on 30 February")
