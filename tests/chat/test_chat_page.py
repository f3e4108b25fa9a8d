"""Chat in a real browser, against the running product and a stand-in for Ollama."""

import re
from collections.abc import Callable

import pytest
from playwright.sync_api import Page, expect

from tests.browsing import follow, nothing_is_kept
from tests.ollama_server import OllamaServer, tokens
from tests.product import Product

pytestmark = pytest.mark.browser
PageOf = Callable[..., Page]


def say(page: Page, text: str) -> None:
    box = page.get_by_label("Your message")
    box.fill(text)
    box.press("Enter")


def answer(page: Page) -> str:
    return page.locator(".message-assistant .prose").last.inner_text()


def finished(page: Page, count: int = 1) -> None:
    expect(page.locator(".message-assistant footer")).to_have_count(count, timeout=15_000)


def choose_model(page: Page, name: str) -> None:
    page.locator(".model-picker").click()
    page.get_by_role("menuitem", name=name).click()
    expect(page.locator(".model-name")).to_have_text(name)


def test_a_message_is_answered(page_of: PageOf, ollama: OllamaServer) -> None:
    page = page_of("anna")
    say(page, "tokens=20 delay=0.01")
    finished(page)
    assert answer(page).split() == tokens(20).split()
    assert page.url.endswith("/chat/1")
    assert page.get_by_label("Your message").input_value() == ""
    assert ollama.chats()[0]["options"]["num_ctx"] == 8192
    expect(page.locator(".conversation")).to_have_count(1)


def test_a_double_enter_sends_once(page_of: PageOf, ollama: OllamaServer) -> None:
    page = page_of("anna")
    box = page.get_by_label("Your message")
    box.fill("tokens=5")
    box.evaluate(
        "e => { for (const _ of [1, 2]) e.dispatchEvent(new KeyboardEvent('keydown', {key: 'Enter', bubbles: true})) }"
    )
    finished(page)
    assert page.locator(".message-user").count() == 1
    assert len([body for body in ollama.chats() if body["messages"][-1]["content"] == "tokens=5"]) == 1


def test_two_tabs_reloaded_twenty_times_show_the_same(page_of: PageOf) -> None:
    first, second = page_of("anna"), page_of("anna")
    say(first, "tokens=150 delay=0.04")
    expect(first.locator(".message-live")).to_contain_text("t3")
    for _ in range(10):
        second.goto("/chat/1")
        first.reload()
    for page in (first, second):
        finished(page)
        assert page.locator(".message-assistant .prose").inner_text().split() == tokens(150).split()


def test_stop_reaches_ollama(page_of: PageOf, ollama: OllamaServer) -> None:
    page = page_of("anna")
    say(page, "tokens=500 delay=0.05")
    expect(page.locator(".message-live")).to_contain_text("t2")
    page.keyboard.press("Escape")
    expect(page.get_by_text("Stopped.")).to_be_visible(timeout=2000)
    assert ollama.heard_of_the_end()
    assert answer(page).startswith("t0 t1 t2")


def test_ollama_away_and_back(page_of: PageOf, ollama: OllamaServer) -> None:
    page = page_of("anna")
    ollama.stop()
    say(page, "tokens=4")
    expect(page.get_by_role("alert")).to_contain_text("cannot be reached", timeout=3000)
    expect(page.locator(".banner:visible")).to_be_visible(timeout=12_000)
    ollama.start()
    expect(page.locator(".banner:visible")).to_be_hidden(timeout=5000)
    page.get_by_role("button", name="Retry").click()
    finished(page)
    expect(page.locator(".message-assistant .prose")).to_have_text("t0 t1 t2 t3")


def test_killed_while_writing_nothing_is_lost(page_of: PageOf, product: Product) -> None:
    page = page_of("anna")
    say(page, "tokens=400 delay=0.05")
    expect(page.locator(".message-live")).to_contain_text("t30", timeout=10_000)
    product.kill()
    product.start()
    # The page that lost its server loads itself anew; another one must not cross that.
    page = page_of("anna", "/chat/1")
    expect(page.locator(".outcome-interrupted")).to_be_visible()
    assert answer(page).startswith("t0 t1 t2 t3 t4 t5 t6 t7 t8")
    page.get_by_role("button", name="Continue").click()
    expect(page.locator(".outcome-interrupted")).to_have_count(0)
    finished(page)
    assert answer(page).endswith("t0 t1 t2")


FAILURES = {
    "tokens=9 fail=3": "the stand-in broke",
    "tokens=9 cut=3": "cut off",
    "tokens=9 broken=3": "made no sense",
    "status=500": "the stand-in says 500",
    "endless": "made no sense",
}


def test_a_failed_answer_says_why_and_keeps_its_text(page_of: PageOf) -> None:
    page = page_of("anna", "about:blank")
    for wish, said in FAILURES.items():
        page.goto("/")
        say(page, wish)
        expect(page.get_by_role("alert")).to_contain_text(said, timeout=5000)
        if "tokens" in wish:
            assert answer(page).strip() == "t0 t1 t2"


def test_edit_and_versions(page_of: PageOf) -> None:
    page = page_of("anna")
    say(page, "tokens=2")
    finished(page)
    page.get_by_role("button", name="Regenerate", exact=True).click()
    expect(page.locator(".message-assistant .versions")).to_contain_text("2/2")
    finished(page)
    page.get_by_role("button", name="Edit", exact=True).click()
    page.get_by_label("Edit your message").fill("tokens=3")
    page.get_by_label("Edit your message").press("Enter")
    expect(page.locator(".message-user .versions")).to_contain_text("2/2")
    expect(page.locator(".message-assistant .prose")).to_have_text("t0 t1 t2")
    nothing_is_kept(page, "draft:1:edit:")
    page.locator(".message-user").get_by_role("button", name="Earlier version").click()
    expect(page.locator(".message-assistant .prose")).to_have_text("t0 t1")


def test_nothing_from_the_model_becomes_html(page_of: PageOf) -> None:
    page = page_of("anna")
    image = "<img src=x onerror=\"document.title='pwned'\">"
    attack = f"{image} <script>document.title='pwned'</script> [x](javascript:alert(1))"
    say(page, f"delay=0.02 text=# Hi\n\n{attack}\n\n![out](https://evil.example/x.png)\n\n```python\nprint(1)\n```")
    finished(page)
    assert page.title() != "pwned"
    assert page.locator(".message-assistant img, .message-assistant script, .prose [href^=javascript]").count() == 0
    expect(page.locator(".prose h1")).to_have_text("Hi")
    expect(page.locator(".code .k, .code .nb").first).to_be_visible()


def test_thinking_is_folded_with_its_time(page_of: PageOf) -> None:
    page = page_of("anna")
    choose_model(page, "thinker:4b")
    say(page, "think=10 delay=0.05 tokens=3")
    finished(page)
    expect(page.locator(".thinking summary")).to_contain_text(re.compile(r"Thought for (0\.[5-9]|[1-9]\d*\.\d) s"))
    page.locator(".thinking summary").click()
    expect(page.locator(".thinking-text")).to_contain_text("h0 h1")


def test_delete_a_conversation_and_undo(page_of: PageOf) -> None:
    page = page_of("anna")
    say(page, "tokens=2")
    finished(page)
    page.get_by_role("button", name="More for").click()
    page.get_by_role("menuitem", name="Delete").click()
    expect(page.locator(".conversation")).to_have_count(0)
    page.get_by_role("button", name="Undo").click()
    expect(page.locator(".conversation")).to_have_count(1)


def test_search_opens_at_the_message(page_of: PageOf) -> None:
    page = page_of("anna")
    say(page, "Zebra tokens=2")
    finished(page)
    page.goto("/search")
    page.get_by_role("searchbox", name="Search").fill("zeb")
    expect(page.locator(".hit mark")).to_have_text("Zebra")
    page.locator(".hit").click()
    expect(page.locator(".message-hit")).to_contain_text("Zebra")


def test_a_search_is_typed_and_kept_in_the_address(page_of: PageOf) -> None:
    page = page_of("anna")
    say(page, "A paragraph on zebras tokens=2")
    finished(page)
    page.goto("/search")
    expect(page.get_by_role("searchbox", name="Search")).to_be_focused()
    page.keyboard.type("paragraph", delay=80)
    expect(page.locator(".hit mark")).to_have_text("paragraph")
    expect(page.get_by_role("searchbox", name="Search")).to_have_value("paragraph")
    page.locator(".hit").click()
    expect(page.locator(".message-hit")).to_be_visible()
    page.go_back()
    expect(page.locator(".hit mark")).to_have_text("paragraph")


def test_a_reader_who_scrolled_up_stays_and_is_offered_the_end(page_of: PageOf) -> None:
    page = page_of("anna", viewport={"width": 900, "height": 500})
    say(page, "tokens=900 delay=0.005")
    expect(page.locator(".message-live")).to_contain_text("t500 ", timeout=10_000)
    page.locator(".thread").evaluate("e => e.scrollTo(0, 0)")
    expect(page.get_by_role("button", name="Go to the end")).to_be_in_viewport()
    finished(page)
    assert page.locator(".thread").evaluate("e => e.scrollTop") == 0
    page.get_by_role("button", name="Go to the end").click()
    expect(page.get_by_role("button", name="Go to the end")).to_be_hidden()


def test_what_opens_for_typing_has_the_focus(page_of: PageOf) -> None:
    page = page_of("anna")
    say(page, "tokens=2")
    finished(page)
    page.get_by_role("button", name="Edit", exact=True).click()
    expect(page.get_by_label("Edit your message")).to_be_focused()
    page.keyboard.type(" more")
    expect(page.get_by_label("Edit your message")).to_have_value("tokens=2 more")
    page.keyboard.press("Escape")
    expect(page.get_by_label("Your message", exact=True)).to_be_focused()
    nothing_is_kept(page, "draft:1:edit:")
    page.keyboard.type("back in the composer")
    expect(page.get_by_label("Your message")).to_have_value("back in the composer")
    page.get_by_role("button", name="More for").click()
    page.get_by_role("menuitem", name="Rename").click()
    expect(page.get_by_label("Title")).to_be_focused()
    page.keyboard.type("A new name")
    page.keyboard.press("Enter")
    expect(page.locator(".conversation .title")).to_have_text("A new name")
    expect(page.get_by_role("button", name="More for A new name")).to_be_focused()
    # A dialog that was answered, or not, gives the cursor back as well.
    again = page.get_by_role("button", name="Regenerate with another model")
    for closing in ("Cancel", "Escape"):
        again.focus()
        page.keyboard.press("Enter")
        expect(page.get_by_role("dialog")).to_be_visible()
        if closing == "Escape":
            page.keyboard.press("Escape")
        else:
            page.get_by_role("button", name="Cancel").press("Enter")
        expect(page.get_by_role("dialog")).to_have_count(0)
        expect(again).to_be_focused()
    # Who goes elsewhere leaves none of them open.
    for address in ("/notes", "/chat/1"):
        follow(page, address)
    for opens in ("Remind me", "Move to a project"):
        if opens == "Remind me":
            page.get_by_role("button", name=opens).last.click()
        else:
            page.get_by_role("button", name="More for").click()
            page.get_by_role("menuitem", name=opens).click()
        expect(page.get_by_role("dialog").get_by_role("heading", name=opens)).to_be_visible()
        page.go_back()
        expect(page.locator(".rail [aria-current=page]")).to_have_text("Notes")
        expect(page.get_by_role("dialog")).to_have_count(0)
        page.go_forward()
        expect(again).to_be_visible()


def test_the_open_conversation_is_deleted_in_every_tab_and_comes_back(page_of: PageOf) -> None:
    page = page_of("anna")
    say(page, "tokens=2")
    finished(page)
    other = page_of("anna", "/chat/1")
    page.get_by_role("button", name="More for").click()
    page.get_by_role("menuitem", name="Delete").click()
    for one in (page, other):
        expect(one.get_by_text("Hello anna")).to_be_visible()
    page.get_by_role("button", name="Undo").click()
    other.locator(".conversation a").click()
    expect(other.locator(".message-assistant .prose")).to_have_text("t0 t1")


def test_deleting_the_first_message_leaves_an_empty_page_and_undo(page_of: PageOf) -> None:
    page = page_of("anna")
    say(page, "tokens=2")
    finished(page)
    page.locator(".message-user").get_by_role("button", name="Delete").click()
    expect(page.get_by_text("Hello anna")).to_be_visible()
    page.get_by_role("button", name="Undo").click()
    page.locator(".message-assistant").get_by_role("button", name="Delete").click()
    page.get_by_role("button", name="Answer it").click()
    finished(page)
    assert page.locator(".versions").count() == 0


def test_the_draft_survives_a_reload(page_of: PageOf) -> None:
    page = page_of("anna")
    page.get_by_label("Your message").fill("half a thought")
    page.wait_for_function("Object.values(localStorage).some((kept) => kept.includes('half a thought'))")
    page.reload()
    expect(page.get_by_label("Your message")).to_have_value("half a thought")


def test_logout_sends_every_page_to_the_login(page_of: PageOf, product: Product) -> None:
    page = page_of("anna")
    product.run("user", "add", "bob", typed="another good secret\n")
    product.run("user", "make-owner", "bob")
    assert product.run("user", "disable", "anna").returncode == 0
    page.wait_for_url("**/login", timeout=2000)
