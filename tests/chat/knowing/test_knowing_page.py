"""Questions about notes in a real browser: asked by a switch or a mention, answered with marks that lead there."""

from collections.abc import Callable

import pytest
from playwright.sync_api import Page, expect

from tests.chat.test_chat_page import finished, say
from tests.ollama_server import OllamaServer
from tests.person import Person

pytestmark = pytest.mark.browser
PageOf = Callable[..., Page]
FLAT = "# Flat\n\nThe rent is 900 €, due on the third of the month.\n\n## Landlord\n\nMr Weber answers after six."


def test_an_answer_from_notes_leads_to_the_passage(page_of: PageOf, anna: Person, ollama: OllamaServer) -> None:
    page, other = page_of("anna"), page_of("anna")
    switch = page.get_by_role("button", name="My notes")
    expect(switch).to_have_attribute("aria-pressed", "false")
    switch.click()
    expect(switch).to_have_attribute("aria-pressed", "true")
    say(page, "what is my rent? tokens=2")
    expect(page.locator(".answer-sources")).to_contain_text("Nothing was found in your notes")
    finished(page)
    flat = anna.note(FLAT)
    ollama.script.append([{"content": "The rent is 900 € [1]. It was 850 € before [1]. Nobody knows [4]."}])
    say(page, "what is my rent now?")
    finished(page)
    cites = page.locator(".cite")
    expect(cites).to_have_count(2)
    expect(page.locator(".cite-doubt")).to_have_attribute("title", "Not found in this passage: “850”. Flat")
    expect(page.locator(".prose").last).not_to_contain_text("[4]")
    given = page.locator(".answer-sources").last
    expect(given).to_contain_text("Given to the model: 1 passage of 1 note, 1 named")
    other.goto(page.url)
    expect(other.locator(".cite")).to_have_count(2)
    expect(other.get_by_role("button", name="My notes")).to_have_attribute("aria-pressed", "true")
    cites.first.click()
    page.wait_for_url(f"**/notes/{flat}?passage=*")
    expect(page.get_by_role("heading", name="Flat")).to_be_attached()


def test_a_mention_is_completed_and_stands_for_its_note(page_of: PageOf, anna: Person, ollama: OllamaServer) -> None:
    anna.note("Eighty degrees.", title="Green tea", tags=["kitchen"])
    page = page_of("anna")
    box = page.get_by_label("Your message")
    box.press_sequentially("How hot is @gre")
    page.locator(".mentions").get_by_role("button", name="Green tea").click()
    expect(box).to_have_value("How hot is @Green tea ")
    box.press_sequentially("or #kit")
    page.locator(".mentions").get_by_role("button", name="#kitchen").click()
    box.press("Enter")
    expect(page.locator(".answer-sources")).to_contain_text("1 passage of 1 note")
    heard = str(ollama.chats()[0]["messages"][-1]["content"])
    assert "[1] Green tea" in heard
    assert heard.endswith("How hot is @Green tea or #kitchen ")
