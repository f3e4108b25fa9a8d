"""What people see of answers that are not simply whole, and of questions that do not fit."""

import re
from collections.abc import Callable

import pytest
from playwright.sync_api import Page, expect

from tests.components.test_accessible import findings
from tests.ollama_server import OllamaServer

pytestmark = pytest.mark.browser
PageOf = Callable[..., Page]


def say(page: Page, text: str) -> None:
    box = page.get_by_role("textbox", name="Your message")
    box.fill(text)
    box.press("Enter")


def test_a_question_that_does_not_fit_is_refused_and_stays(page_of: PageOf, ollama: OllamaServer) -> None:
    page = page_of("anna")
    say(page, "word " * 18_000)
    expect(page.get_by_role("alert")).to_contain_text("the model reads about 22,000 at once")
    expect(page.get_by_role("textbox", name="Your message")).to_have_value("word " * 18_000)
    page.reload()
    expect(page.get_by_role("textbox", name="Your message")).to_have_value("word " * 18_000)
    assert ollama.chats() == []
    say(page, "tokens=2")
    expect(page.locator(".message-assistant .prose")).to_have_text("t0 t1")
    page.get_by_role("button", name="Conversation settings").click()
    expect(page.get_by_text("This model reads 8,192 at most.")).to_be_visible()


def test_an_answer_that_was_cut_goes_on(page_of: PageOf) -> None:
    page = page_of("anna")
    say(page, "tokens=5 length")
    expect(page.locator(".outcome")).to_contain_text("cut off at the model’s limit of length")
    page.get_by_role("button", name="Continue").click()
    expect(page.locator(".message-assistant .prose")).to_have_text("t0 t1 t2 t3 t4 t0 t1 t2")
    expect(page.locator(".outcome")).to_have_count(0)


def test_an_answer_that_is_only_thought_says_so(page_of: PageOf) -> None:
    page = page_of("anna")
    say(page, "text=<think> hmm and nothing more")
    expect(page.get_by_role("alert")).to_contain_text("only thought")
    expect(page.get_by_role("button", name="Retry")).to_be_visible()
    expect(page.get_by_role("button", name="Continue")).to_have_count(0)
    page.locator(".thinking summary").click()
    expect(page.locator(".thinking-text")).to_have_text("hmm and nothing more")


def test_thinking_in_the_text_is_folded_and_not_copied(page_of: PageOf) -> None:
    page = page_of("anna")
    say(page, "text=<think>hmm</think>Here it is.")
    expect(page.locator(".message-assistant .prose")).to_have_text("Here it is.")
    expect(page.locator(".thinking-text")).to_be_hidden()
    expect(page.locator(".message-assistant [data-copy]")).to_have_attribute("data-copy", "Here it is.")


def test_a_conversation_is_exported_and_printed_by_its_menu(page_of: PageOf) -> None:
    page = page_of("anna")
    say(page, "text=Here is **all** of it.")
    expect(page.locator(".message-assistant .prose")).to_have_text("Here is all of it.")
    page.locator(".conversations [data-do=more]").click()
    with page.expect_download() as downloading:
        page.get_by_role("menuitem", name="Export as Markdown").click()
    assert downloading.value.suggested_filename.endswith(".md")
    page.locator(".conversations [data-do=more]").click()
    with page.context.expect_page() as opening:
        page.get_by_role("menuitem", name="Print").click()
    paper = opening.value
    expect(paper.get_by_role("heading", level=2)).to_have_count(2)
    expect(paper.locator(".prose strong")).to_have_text("all")
    expect(paper.get_by_role("button", name="Print")).to_be_visible()


def test_a_formula_is_copied_as_its_tex(page_of: PageOf) -> None:
    page = page_of("anna", trusted=True, permissions=["clipboard-read", "clipboard-write"])
    say(page, f"text=So $x^2$, and\n\n\\[\na + b\n\\]\n\nit is. $${'x' * 90}$$")
    expect(page.locator(".message-assistant footer")).to_have_count(1)
    prose = page.locator(".message-assistant .prose")
    expect(prose.locator("math")).to_have_count(3)

    def copied() -> list[str]:
        page.keyboard.press("ControlOrMeta+c")
        return str(page.evaluate("navigator.clipboard.readText()")).split()

    prose.locator(".math-inline").click()
    assert copied() == ["$x^2$"]
    prose.locator("div.math").click()
    assert copied() == ["\\[", "a", "+", "b", "\\]"]
    prose.evaluate("e => getSelection().selectAllChildren(e)")
    assert copied() == ["So", "$x^2$,", "and", "\\[", "a", "+", "b", "\\]", "it", "is.", f"$${'x' * 90}$$"]
    page.set_viewport_size({"width": 390, "height": 800})
    assert findings(page) == []
    expect(prose).to_match_aria_snapshot("- paragraph:\n  - text: So\n  - math: x 2\n  - text: ', and'")


def test_a_footnote_is_led_to_and_back_from(page_of: PageOf) -> None:
    page = page_of("anna", viewport={"width": 900, "height": 500})
    words = "\n\n".join(f"Paragraph {at}." for at in range(60))
    for count in (1, 2):
        say(page, f"text=As they say[^1].\n\n{words}\n\n[^1]: They do.")
        expect(page.locator(".message-assistant footer")).to_have_count(count)
    first = page.locator(".message-assistant").first
    first.locator("sup a").click()
    expect(first.get_by_text("They do.")).to_be_in_viewport()
    first.get_by_label("Back to the text").click()
    expect(first.locator("sup a")).to_be_in_viewport()
    page.evaluate("document.querySelector('.thread').id = 'same'")
    for _ in range(2):
        page.go_back()
        expect(first.locator("sup a")).to_be_in_viewport()
    expect(page).to_have_url(re.compile(r"/chat/1$"))
    expect(page.locator("#same")).to_have_count(1)
    page.get_by_role("link", name="Notes", exact=True).first.click()
    expect(page).to_have_url(re.compile("/notes"))
    page.go_back()
    expect(first.locator("sup a")).to_have_count(1)
    assert page.evaluate("document.querySelectorAll('[id=note-2-1]').length") == 1
