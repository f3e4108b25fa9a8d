"""Models, pictures, settings and the other device, in a real browser."""

import io
import re
from collections.abc import Callable

import pytest
from PIL import Image
from playwright.sync_api import Page, expect

from tests.chat.test_chat_page import answer, choose_model, finished, say
from tests.ollama_server import OllamaServer
from tests.person import PASSWORD
from tests.product import Product

pytestmark = pytest.mark.browser
PageOf = Callable[..., Page]


def picture(kind: str = "PNG") -> bytes:
    out = io.BytesIO()
    Image.new("RGB", (3000, 1000), "teal").save(out, kind)
    return out.getvalue()


def choose(page: Page, whose: str, item: str) -> None:
    page.get_by_role("button", name=f"More for {whose}").click()
    page.get_by_role("menuitem", name=item).click()


def test_the_first_model_is_pulled_from_the_empty_page(page_of: PageOf, ollama: OllamaServer) -> None:
    ollama.models.clear()
    page = page_of("anna")
    page.get_by_role("button", name="Pull").first.click(timeout=15_000)
    expect(page.locator(".model-name")).to_have_text("llama3.2:3b", timeout=15_000)
    say(page, "tokens=2")
    finished(page)


def test_a_pull_survives_a_reload_and_is_cancelled(page_of: PageOf, ollama: OllamaServer) -> None:
    page = page_of("anna", "/models")
    page.get_by_label("Name of a model").fill("slow:1b")
    page.get_by_role("button", name="Pull", exact=True).click()
    expect(page.get_by_role("progressbar", name="Pulling slow:1b")).to_be_visible()
    page.reload()
    expect(page.get_by_role("progressbar", name="Pulling slow:1b")).to_be_visible()
    page.get_by_role("button", name="Cancel").click()
    expect(page.get_by_role("progressbar", name="Pulling slow:1b")).to_be_hidden()
    assert ollama.heard_of_the_end()


def test_a_pull_that_fails_says_why(page_of: PageOf) -> None:
    page = page_of("anna", "/models")
    page.get_by_label("Name of a model").fill("missing:1b")
    page.get_by_role("button", name="Pull", exact=True).click()
    expect(page.get_by_role("alert")).to_contain_text("file does not exist")


def test_a_model_is_deleted_after_a_question(page_of: PageOf, ollama: OllamaServer) -> None:
    page = page_of("anna", "/models")
    choose(page, "plain:1b", "Delete")
    page.get_by_role("button", name="Keep it").click()
    assert "plain:1b" in ollama.models
    choose(page, "plain:1b", "Delete")
    page.get_by_role("dialog").get_by_role("button", name="Delete").click()
    expect(page.locator(".model").get_by_text("plain:1b")).to_have_count(0)
    assert "plain:1b" not in ollama.models


def test_a_picture_reaches_the_model_small(page_of: PageOf, ollama: OllamaServer) -> None:
    page = page_of("anna")
    choose_model(page, "eyes:4b")
    with page.expect_file_chooser() as chooser:
        page.get_by_role("button", name="Attach files").click()
    chooser.value.set_files({"name": "sea.png", "mimeType": "image/png", "buffer": picture()})
    expect(page.get_by_alt_text("Picture to send")).to_be_visible()
    expect(page.get_by_role("button", name="Send", exact=True)).to_be_enabled()
    say(page, "tokens=2")
    finished(page)
    expect(page.locator(".message-images img")).to_be_visible()
    (sent,) = ollama.chats()[0]["messages"][-1]["images"]
    assert len(sent) < len(picture()) * 4
    page.reload()
    expect(page.locator(".message-images img")).to_be_visible()
    page.goto("/")
    expect(page.locator(".model-name")).to_have_text("eyes:4b")


def test_what_is_no_picture_is_refused_at_the_composer(page_of: PageOf) -> None:
    page = page_of("anna")
    choose_model(page, "eyes:4b")
    say(page, "tokens=1")
    finished(page)
    page.locator("input[type=file][accept*=docx]").set_input_files(
        {"name": "x.png", "mimeType": "image/png", "buffer": b"<svg onload=alert(1)>"}
    )
    expect(page.get_by_role("alert")).to_contain_text("not a picture")


def test_the_other_device_shows_the_answer_and_stops_it(page_of: PageOf, ollama: OllamaServer) -> None:
    desk = page_of("anna")
    say(desk, "tokens=500 delay=0.05")
    expect(desk.locator(".message-live")).to_contain_text("t1")
    phone = page_of("anna", "/chat/1", viewport={"width": 390, "height": 844}, has_touch=True)
    expect(phone.locator(".message-live")).to_contain_text("t5")
    phone.get_by_role("button", name="Stop").click()
    for page in (desk, phone):
        expect(page.get_by_text("Stopped.")).to_be_visible(timeout=2000)
    assert answer(desk) == answer(phone)
    assert ollama.heard_of_the_end()


def test_settings_of_a_conversation_reach_ollama(page_of: PageOf, ollama: OllamaServer) -> None:
    page = page_of("anna")
    say(page, "tokens=1")
    finished(page)
    page.get_by_role("button", name="Conversation settings").click()
    page.get_by_label("Instructions for the model").fill("Be brief.")
    page.get_by_label("Temperature").fill("9")
    page.get_by_role("button", name="Save", exact=True).click()
    expect(page.get_by_text("goes from 0")).to_be_visible()
    page.get_by_label("Temperature").fill("0.5")
    page.get_by_label("Context in tokens").fill("1024")
    page.get_by_role("button", name="Save", exact=True).click()
    expect(page.get_by_role("dialog")).to_be_hidden()
    say(page, "tokens=2")
    finished(page, 2)
    sent = ollama.chats()[-1]
    assert sent["messages"][0] == {"role": "system", "content": "Be brief."}
    assert sent["options"] == {"num_ctx": 1024, "temperature": 0.5}


def test_what_no_longer_fits_is_said(page_of: PageOf) -> None:
    page = page_of("anna")
    for number in range(1, 4):
        say(page, "tokens=1 " + "long " * 1500)
        finished(page, number)
    expect(page.locator(".message-note").last).to_contain_text("no longer fit")


def test_rename_pin_and_archive(page_of: PageOf) -> None:
    page = page_of("anna")
    say(page, "tokens=1")
    finished(page)

    def choose(item: str) -> None:
        page.get_by_role("button", name="More for").click()
        page.get_by_role("menuitem", name=item, exact=True).click()

    choose("Rename")
    page.get_by_label("Title").fill("My <b>plans</b>")
    page.get_by_label("Title").press("Enter")
    expect(page.locator(".conversation .title")).to_have_text("My <b>plans</b>")
    expect(page).to_have_title("My <b>plans</b> · Assistant")
    choose("Pin")
    expect(page.locator(".conversations .group:not(.projects) h2")).to_have_text("Pinned")
    choose("Archive")
    expect(page.locator(".conversation")).to_have_count(0)
    page.get_by_role("button", name="Archived", exact=True).click()
    expect(page.locator(".conversation")).to_have_count(1)


def test_a_new_password_logs_out_everywhere_else(page_of: PageOf, product: Product) -> None:
    page, other = page_of("anna", "/settings/account"), page_of("anna")
    page.get_by_role("link", name="Change password").click()
    page.get_by_label("Current password").fill("not it at all")
    page.get_by_label("New password").fill("a new long password")
    page.get_by_label("New password").press("Enter")
    expect(page.get_by_text("This is not your password.")).to_be_visible()
    page.get_by_label("Current password").fill(PASSWORD)
    page.get_by_label("New password").fill("a new long password")
    page.get_by_label("New password").press("Enter")
    page.wait_for_url(re.compile("/settings"))
    other.wait_for_url("**/login", timeout=3000)
    with product.client() as client:
        assert client.post("/login", data={"username": "anna", "password": "a new long password"}).status_code == 303


def test_settings_before_the_first_message(page_of: PageOf, ollama: OllamaServer) -> None:
    page = page_of("anna")
    page.get_by_role("button", name="Conversation settings").click()
    page.get_by_label("Keep the model loaded").fill("a while")
    page.get_by_role("button", name="Save", exact=True).click()
    expect(page.get_by_text("such as 30s, 10m or 1h")).to_be_visible()
    page.get_by_label("Keep the model loaded").fill("10m")
    page.get_by_label("Instructions for the model").fill("Rhyme.")
    page.get_by_role("button", name="Save", exact=True).click()
    expect(page.get_by_role("dialog")).to_be_hidden()
    say(page, "tokens=1")
    finished(page)
    assert ollama.chats()[0]["messages"][0] == {"role": "system", "content": "Rhyme."}
    assert ollama.chats()[0]["keep_alive"] == "10m"


def test_an_owner_looks_after_people(page_of: PageOf, product: Product) -> None:
    page, eve = page_of("anna"), page_of("eve", "/settings")
    expect(eve.get_by_role("link", name="General")).to_be_visible()
    expect(eve.get_by_text("People")).to_have_count(0)
    page.goto("/settings/household")
    choose(page, "eve", "Lock out")
    eve.wait_for_url("**/login", timeout=3000)
    choose(page, "eve", "Let in again")
    expect(page.get_by_text("eve can log in again.")).to_be_visible()
    choose(page, "eve", "Make owner")
    page.get_by_role("dialog").get_by_role("button", name="Make owner").click()
    expect(page.get_by_text("eve is an owner.")).to_be_visible()
    assert product.run("user", "list").stdout.split() == ["anna", "owner", "eve", "owner"]
    page.get_by_role("button", name="Make an invitation link").click()
    page.get_by_role("button", name="Allow invitations").click()
    expect(page.locator(".secret")).to_contain_text("/register?invitation=")


def test_the_theme_stays_and_never_flashes(page_of: PageOf) -> None:
    page = page_of("anna", "/settings", color_scheme="light")
    page.get_by_label("Theme", exact=True).select_option("Dark")
    expect(page.locator("html")).to_have_attribute("data-theme", "dark")
    page.goto("/", wait_until="commit")
    assert page.locator("html").get_attribute("data-theme") == "dark"


def test_question_mark_shows_the_shortcuts(page_of: PageOf) -> None:
    page = page_of("anna", "/models")
    page.keyboard.press("?")
    expect(page.locator("#shortcuts")).to_be_visible()


def test_a_deleted_conversation_is_not_found(page_of: PageOf) -> None:
    page = page_of("anna", "/chat/77")
    expect(page.get_by_text("There is no such conversation.")).to_be_visible()


def test_nowhere_is_said_in_the_house_style(page_of: PageOf) -> None:
    page = page_of("anna", "/nowhere")
    expect(page.get_by_role("heading", name="There is nothing here")).to_be_visible()
    page.get_by_role("link", name="To the chat").click()
    expect(page.get_by_label("Your message")).to_be_visible()
    page.goto("/chat/abc")
    expect(page.get_by_role("heading", name="There is nothing here")).to_be_visible()


def test_only_owners_pull(page_of: PageOf) -> None:
    owner, member = page_of("anna", "/models"), page_of("eve", "/models")
    owner.get_by_label("Name of a model").fill("slow:1b")
    owner.get_by_role("button", name="Pull", exact=True).click()
    expect(member.get_by_role("progressbar", name="Pulling slow:1b")).to_be_visible()
    assert member.get_by_role("button", name="Cancel").count() == 0
    owner.get_by_role("button", name="Cancel").click()
