"""A question that is far too long holds nothing up: it is told at once, and becomes a note. Over plain HTTP."""

import re
from collections.abc import Callable

import pytest
from playwright.sync_api import Locator, Page, expect

from tests.chat.test_chat_page import finished, say
from tests.ollama_server import OllamaServer
from tests.person import Person

pytestmark = pytest.mark.browser
PageOf = Callable[..., Page]
PASTE = """(box, [words, size, end]) => {
  const line = "lorem ipsum ".repeat(6) + end;
  box.value += words + line.repeat(size / line.length + 1).slice(0, size - words.length);
  box.dispatchEvent(new InputEvent("input", { bubbles: true, inputType: "insertFromPaste" }));
}"""


def box(page: Page) -> Locator:
    return page.get_by_label("Your message")


def paste(field: Locator, size: int, words: str = "", end: str = "\n") -> None:
    """As a paste leaves it: that many more characters in lines, which begin with the words."""
    field.evaluate(PASTE, [words, size, end])


def offer(page: Page, name: str) -> Locator:
    return page.locator(".composer").get_by_role("button", name=name)


def told(page: Page) -> Locator:
    return page.locator(".composer").get_by_role("alert").filter(visible=True)


def lasts(page: Page) -> None:
    """The page is still the one that was opened, and its socket the same."""
    assert page.evaluate("window.stays === window.socket.id")


def watched(page: Page) -> Page:
    page.wait_for_function("window.socket?.connected")
    page.evaluate("window.stays = window.socket.id")
    return page


@pytest.mark.parametrize(("size", "said"), [(1_500_000, "1.5 million")])
def test_a_huge_paste_is_told_and_the_next_question_goes_out_at_once(
    page_of: PageOf, ollama: OllamaServer, size: int, said: str
) -> None:
    page = watched(page_of("anna"))
    wrong: list[str] = []
    page.on("pageerror", lambda error: wrong.append(str(error)))
    paste(box(page), size)
    expect(told(page)).to_contain_text(f"This is {said} characters; a question has room for 100,000")
    send = page.get_by_role("button", name="Send", exact=True)
    expect(send).to_be_disabled()
    box(page).press("Enter")
    offer(page, "Take it out").click()
    expect(box(page)).to_have_value("")
    expect(told(page)).to_have_count(0)
    expect(send).to_be_enabled()
    assert not wrong
    say(page, "tokens=2")
    finished(page)
    lasts(page)
    assert [body["messages"][-1]["content"] for body in ollama.chats() if body.get("stream")][:1] == ["tokens=2"]


def test_what_is_taken_out_comes_back(page_of: PageOf) -> None:
    page = watched(page_of("anna"))
    box(page).fill("Sum this up: ")
    paste(box(page), 1_500_000)
    offer(page, "Take it out").click()
    expect(box(page)).to_have_value("Sum this up: ")
    page.locator(".toast").get_by_role("button", name="Undo").click()
    expect(told(page)).to_contain_text("1.5 million")
    assert box(page).evaluate("box => box.value.length") == 1_500_013
    offer(page, "Keep the beginning").click()
    expect(told(page)).to_have_count(0)
    assert box(page).evaluate("box => box.value.length") == 100_000
    lasts(page)


@pytest.mark.parametrize("begun", [False, True])
def test_it_becomes_a_note_that_is_asked_about(
    page_of: PageOf, anna: Person, ollama: OllamaServer, begun: bool
) -> None:
    page = page_of("anna")
    if begun:
        say(page, "tokens=2")
        finished(page)
    watched(page)
    box(page).fill("tokens=3 ")
    paste(box(page), 200_000, "A long story\n")
    expect(told(page)).to_have_text("This is 200,009 characters; a question has room for 100,000.")
    offer(page, "Make it a note").click()
    expect(page.get_by_role("heading", name="About “A long story”")).to_be_visible()
    said = page.get_by_text("longer than the model’s context has room for").inner_text()
    (first,) = re.findall(r"reads the first ([\d,]+) of 200,000 characters", said)
    expect(box(page)).to_have_value("tokens=3 ")
    (note,) = anna.notes()
    assert anna.text(note).startswith("A long story\nlorem ipsum")
    assert len(anna.text(note)) >= 199_999
    lasts(page)
    box(page).press("Enter")
    finished(page)
    about = [body["messages"][0]["content"] for body in ollama.chats() if body["messages"][0]["role"] == "system"]
    (shown,) = re.findall(r"A long story\nlorem.*(?=\n\n\(The note goes on)", about[0], re.DOTALL)
    assert f"{len(shown):,}" == first


FIELDS = [
    ("/models", "Name of a model", "300"), ("/reminders", "Remind me", "10,001"), ("/search", "Search", "1,000"),
    ("/notes", "Search notes", "1,000"),
]  # fmt: skip


def test_a_field_tells_what_is_too_long_for_it(page_of: PageOf, anna: Person) -> None:
    anna.note("tea")
    page = page_of("anna", "about:blank")
    for path, label, room in FIELDS:
        page.goto(path)
        watched(page)
        field = page.get_by_label(label, exact=True).first
        paste(field, 6_000_000, end="")
        told = page.get_by_role("alert").filter(visible=True).filter(has_text="6.0 million")
        expect(told).to_contain_text(f"This is 6.0 million characters; there is room for {room}.")
        field.press("Enter")
        field.press("Tab")
        field.fill("tea")
        expect(told).to_have_count(0)
        lasts(page)
