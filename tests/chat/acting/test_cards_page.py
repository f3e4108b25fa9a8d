"""Cards below answers in a real browser: offered before the model has said a word, and done by a yes alone."""

from collections.abc import Callable

import pytest
from playwright.sync_api import Page, expect

from tests.browsing import follow
from tests.chat.acting.recorded import REMIND, SAID, call
from tests.chat.test_chat_page import choose_model, finished, say
from tests.ollama_server import OllamaServer
from tests.person import Person
from tests.product import Product

pytestmark = pytest.mark.browser
PageOf = Callable[..., Page]


def test_a_card_is_there_before_the_model_has_said_a_word(page_of: PageOf, anna: Person, ollama: OllamaServer) -> None:
    page, other = page_of("anna"), page_of("anna")
    say(page, "Remind me tomorrow at 9 to buy tea load=600")
    box = page.get_by_role("group", name="Waits for your yes")
    expect(box).to_contain_text("Tomorrow, 09:00")
    expect(page.locator(".message-status")).to_be_visible()  # nothing was said yet
    assert anna.reminders() == []
    other.goto(page.url)
    box.get_by_role("button", name="Change").click()
    page.get_by_label("What and when, in your words").fill("buy coffee tomorrow at 10")
    page.get_by_role("button", name="Save", exact=True).click()
    expect(other.get_by_role("group", name="Waits for your yes")).to_contain_text("buy coffee")
    other.get_by_role("button", name="Do it").click()
    done = page.locator(".act-done")
    expect(done).to_contain_text("Reminder set: “buy coffee”")
    expect(box).to_have_count(0)
    assert [one.text for one in anna.reminders()] == ["buy coffee"]
    page.reload()
    done.get_by_role("button", name="Undo").click()
    expect(page.locator(".act-undone")).to_be_visible()
    assert anna.reminders() == []


def test_with_ollama_away_keys_say_yes_and_no(
    page_of: PageOf, anna: Person, ollama: OllamaServer, product: Product
) -> None:
    page = page_of("anna")
    say(page, "tokens=2")
    finished(page)
    ollama.stop()
    say(page, "note: the key is under the mat")
    expect(page.locator(".outcome-failed")).to_be_visible()
    page.get_by_label("Your message").press("Enter")  # empty by now
    expect(page.get_by_role("button", name="Do it")).to_be_focused()
    assert anna.notes() == []
    page.keyboard.press("Enter")
    expect(page.locator(".act-done")).to_contain_text("was written")
    assert [anna.text(note) for note in anna.notes()] == ["the key is under the mat"]
    say(page, "note: and another")
    expect(page.get_by_role("button", name="Do it")).to_be_visible()
    expect(page.locator(".outcome-failed")).to_have_count(2)
    page.keyboard.press("Escape")
    expect(page.locator(".act-refused")).to_contain_text("and another")
    assert len(anna.notes()) == 1
    product.kill()
    product.start()
    page.reload()
    page.locator(".act-refused").get_by_role("button", name="Offer again").click()
    page.get_by_role("button", name="Do it").click()
    expect(page.locator(".act-done")).to_have_count(2)
    assert len(anna.notes()) == 2


def test_what_is_always_done_stands_in_the_settings_and_is_undone_there(
    page_of: PageOf, anna: Person, ollama: OllamaServer
) -> None:
    page = page_of("anna")
    choose_model(page, "thinker:4b")
    ollama.script[:] = [REMIND, SAID]
    say(page, "ping me tomorrow at 9 about tea")
    page.get_by_role("button", name="Always in this conversation").click()
    expect(page.locator(".act-done")).to_have_count(1)
    chip = page.get_by_text("Writes notes and sets reminders here without asking")
    expect(chip).to_be_visible()
    ollama.script[:] = [call("save_note", {"text": "# Key\n\nunder the mat"}), SAID]
    say(page, "keep in mind where the key is")
    expect(page.locator(".act-done")).to_have_count(2)
    assert [anna.text(note) for note in anna.notes()] == ["# Key\n\nunder the mat"]
    page.get_by_role("button", name="Ask again").click()
    expect(chip).to_have_count(0)
    follow(page, "/settings/assistant")
    lines = page.locator(".journal li")
    expect(lines).to_have_count(2)
    expect(lines.first).to_contain_text("as you allowed in that conversation")
    lines.first.get_by_role("button", name="Undo").click()
    expect(lines.first).to_contain_text("undone")
    assert (anna.notes(), anna.notes("trash")) == ([], [1])
