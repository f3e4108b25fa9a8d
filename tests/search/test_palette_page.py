"""The palette: opened by keys or a button, walked by arrows, and what it leads to and does."""

import re
from collections.abc import Callable
from datetime import UTC, datetime

import pytest
from playwright.sync_api import Locator, Page, expect

from assistant.chat import messages
from assistant.users import preferences
from tests.person import Person

pytestmark = pytest.mark.browser
PageOf = Callable[..., Page]


def opened(page: Page) -> tuple[Locator, Locator]:
    """The field of the opened palette, and its list."""
    return page.get_by_role("combobox", name="Find or do anything"), page.get_by_role("listbox", name="What was found")


def chosen(field: Locator, found: Locator) -> Locator:
    """The option that a screen reader says is chosen."""
    expect(found.locator("[aria-selected=true]")).to_have_count(1)
    return found.locator(f"#{field.get_attribute('aria-activedescendant')}")


def test_by_keys_alone(page_of: PageOf, anna: Person) -> None:
    pair = anna.do(messages.ask, None, "Which plums for a tart?", key=None, now=datetime.now(UTC), model="m")
    note = anna.note("# Plum cake\n\nYeast dough")
    anna.note("# Plum jam")
    page = page_of("anna", "/settings")
    page.get_by_role("heading", name="General").wait_for()
    page.keyboard.press("Control+k")
    field, found = opened(page)
    expect(field).to_be_focused()
    expect(found.get_by_role("option", name="Plum jam")).to_be_visible()  # what is recent
    page.keyboard.type("plum")
    expect(found.get_by_role("option")).to_have_count(7)
    expect(chosen(field, found)).to_contain_text("Which plums")
    page.keyboard.press("ArrowDown")
    page.keyboard.press("ArrowDown")
    page.keyboard.press("ArrowDown")
    page.keyboard.press("ArrowUp")
    expect(found.get_by_role("option").nth(2)).to_have_attribute("aria-selected", "true")
    page.keyboard.press("Escape")
    expect(field).to_be_hidden()
    page.keyboard.press("Control+k")
    expect(field).to_have_value("")
    page.keyboard.type("plum cake")
    page.keyboard.press("Enter")  # takes the best for these words, be they shown yet or not
    expect(page).to_have_url(f"{page.url.split('/settings')[0]}/notes/{note}")
    expect(field).to_be_hidden()
    # In the text of a note as well; with words marked it is a link.
    page.locator(".cm-content").click()
    page.keyboard.press("Control+k")
    expect(field).to_be_focused()
    page.keyboard.type("dark")
    expect(chosen(field, found)).to_contain_text("Dark theme")
    page.keyboard.press("Enter")
    expect(page.locator("html")).to_have_attribute("data-theme", "dark")
    assert anna.do(preferences.load).theme == "dark"
    page.keyboard.press("Control+k")
    page.keyboard.type("plums for")
    found.get_by_role("option", name="Which plums").first.click()
    expect(page.locator(".message-bubble")).to_have_text("Which plums for a tart?")
    assert page.url.endswith((f"/chat/{pair.question.conversation_id}", f"m={pair.question.id}"))


def test_words_that_ask_for_something_are_done(page_of: PageOf, anna: Person) -> None:
    page = page_of("anna", "/notes")
    page.set_viewport_size({"width": 390, "height": 844})
    page.get_by_role("button", name="Find or do anything").click()
    field, found = opened(page)
    field.fill("remind me tomorrow at 9 to call mum")
    expect(chosen(field, found)).to_contain_text("call mum · Tomorrow, 09:00")
    field.press("Enter")
    expect(page.get_by_text("Reminder set: “call mum”")).to_be_visible()
    page.get_by_role("button", name="Undo").click()
    page.get_by_role("button", name="Find or do anything").click()
    field.fill("why is the sky blue?")
    expect(chosen(field, found)).to_contain_text("Ask a model")
    field.press("Enter")
    expect(page.locator(".message-bubble")).to_have_text("why is the sky blue?")
    page.get_by_role("button", name="Find or do anything").click()
    page.get_by_role("button", name="Close").click()
    expect(field).to_be_hidden()
    # A note takes the whole page, and has a button of its own.
    page.goto(f"/notes/{anna.note('# Tea')}")
    page.get_by_role("button", name="Find or do anything").click()
    field.fill("go to remind")
    expect(chosen(field, found)).to_contain_text("Go to reminders")
    field.press("Enter")
    expect(page).to_have_url(re.compile("/reminders$"))
