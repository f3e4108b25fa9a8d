"""Projects in a real browser: begun at a desk and used on a phone, filled, asked in, left, deleted and taken back."""

from collections.abc import Callable
from typing import Any, Literal

import pytest
from playwright.sync_api import Locator, Page, expect

from tests.browsing import hold_back, let_go, nothing_is_kept
from tests.chat.documents.files import pdf
from tests.chat.test_chat_page import choose_model, finished, say
from tests.components.test_accessible import findings
from tests.ollama_server import OllamaServer
from tests.person import Person
from tests.product import Product

pytestmark = pytest.mark.browser
PageOf = Callable[..., Page]
ROOF = pdf(["The roof is 12 years old.", "Repairs cost 900 euros."])
PLAIN = {"better_titles": False}  # what they are called is what was asked
PHONE = {"width": 390, "height": 844}


def folder(page: Page, name: str = "House") -> Locator:
    return page.locator(".conversations .folder", has_text=name)


def inside(page: Page) -> Locator:
    return page.locator(".conversations .conversation.inside")


def begin(page: Page, name: str) -> None:
    page.get_by_role("button", name="New project").click()
    page.get_by_role("textbox", name="Name").fill(name)
    page.get_by_role("button", name="Create").click()
    expect(page.get_by_role("heading", name=name)).to_be_visible()


def add_document(page: Page) -> None:
    given: Any = [{"name": "roof.pdf", "mimeType": "", "buffer": ROOF}]
    page.locator(".project-files input[type=file]").set_input_files(given)
    expect(page.locator(".project-documents")).to_contain_text("2 pages, 10 words")


def menu_of(page: Page, title: str, words: str) -> None:
    page.locator(".conversations .conversation", has_text=title).hover()
    page.get_by_role("button", name=f"More for {title}").click()
    page.get_by_role("menuitem", name=words).click()


@pytest.mark.parametrize("theme", ["light", "dark"])
def test_one_is_begun_at_a_desk_and_used_on_a_phone(
    page_of: PageOf, anna: Person, ollama: OllamaServer, theme: Literal["light", "dark"]
) -> None:
    anna.patch("/api/v1/me/preferences", json=PLAIN, headers={"if-match": "*"})
    flat = anna.note("# Flat\n\nThe boiler is old.", tags=["house"])
    anna.note("# Office\n\nThe boiler there is new.")
    page = page_of("anna", color_scheme=theme, bypass_csp=True)
    choose_model(page, "plain:1b")
    begin(page, "House")
    page.get_by_label("Instructions for the model").fill("Answer for a layman.")
    page.get_by_label("Tags of notes").fill("#house, ")
    page.get_by_role("button", name="Save").click()
    expect(page.get_by_label("Tags of notes")).to_have_value("house")
    # What is stored is no draft, in whichever browser: it would hide what is changed elsewhere later.
    nothing_is_kept(page, "project:")
    follower = page_of("anna", page.url)
    expect(follower.get_by_label("Instructions for the model")).to_have_value("Answer for a layman.")
    page.get_by_label("Tags of notes").fill("house, garden")
    page.get_by_role("button", name="Save").click()
    expect(follower.get_by_label("Tags of notes")).to_have_value("house, garden")
    nothing_is_kept(follower, "project:")
    follower.close()
    page.get_by_label("Tags of notes").fill("house")
    page.get_by_role("button", name="Save").click()
    expect(page.locator(".toast")).to_have_count(3)
    add_document(page)
    assert findings(page) == []

    phone = page_of("anna", color_scheme=theme, viewport=PHONE, bypass_csp=True)
    phone.get_by_role("button", name="Open the list").click()
    folder(phone).get_by_role("link", name="House").click()
    expect(phone.get_by_role("heading", name="House")).to_be_visible()
    expect(phone.locator(".project-documents")).to_contain_text("roof.pdf")
    assert findings(phone) == []
    phone.get_by_role("link", name="New chat here").click()
    expect(phone.get_by_role("heading", name="New chat in House")).to_be_visible()
    expect(phone.get_by_role("button", name="My notes")).to_have_attribute("aria-pressed", "true")
    ollama.script.append([{"content": "Repairs cost 900 euros [2]."}])
    say(phone, "what do repairs and the boiler cost?")
    finished(phone)
    system, question = ollama.chats()[0]["messages"]
    assert system["content"].startswith("Answer for a layman.")
    assert ("The boiler is old." in question["content"], "Office" in question["content"]) == (True, False)
    assert str(flat) in str(phone.locator(".answer-sources a").evaluate_all("all => all.map(one => one.href)"))
    expect(phone.locator(".project-crumb")).to_have_text("House")
    assert findings(phone) == []
    expect(inside(page)).to_contain_text(["what do repairs"])
    expect(page.locator(".project-list")).to_contain_text("what do repairs")
    phone.locator(".cite").click()
    expect(phone.locator(".reader-text")).to_have_text("Repairs cost 900 euros.")
    phone.get_by_role("link", name="To the project").click()
    phone.wait_for_url("**/project/*")


def test_a_conversation_moves_in_and_out_in_all_tabs(page_of: PageOf, anna: Person) -> None:
    anna.patch("/api/v1/me/preferences", json=PLAIN, headers={"if-match": "*"})
    page, other = page_of("anna"), page_of("anna")
    choose_model(page, "plain:1b")
    say(page, "Two ideas for dinner")
    finished(page)
    menu_of(page, "Two ideas for dinner", "Move to a project")
    page.get_by_placeholder("Or a new project").fill("Kitchen")
    # Who hears nothing for a while sends it again; it counts once.
    hold_back(page, now=True)
    page.get_by_role("button", name="Create").click()
    page.evaluate("() => { const now = Date.now; Date.now = () => now() + 20000 }")
    page.get_by_role("button", name="Create").click()
    let_go(page)
    expect(page.locator(".toast")).to_contain_text("Moved to Kitchen.")
    expect(page.locator(".conversations .folder")).to_have_count(1)
    for tab in (page, other):
        expect(inside(tab)).to_contain_text(["Two ideas"])
    expect(page.locator(".project-crumb")).to_have_text("Kitchen")
    page.get_by_role("button", name="Conversations in Kitchen").click()
    for tab in (page, other):
        expect(inside(tab)).to_have_count(0)
        expect(tab.get_by_role("button", name="Conversations in Kitchen")).to_have_attribute("aria-expanded", "false")
    # Whoever looks for words finds both, wherever they are.
    other.get_by_label("Find a conversation").fill("dinner")
    expect(other.locator(".conversations .conversation")).to_have_count(1)
    other.get_by_label("Find a conversation").fill("kitch")
    other.get_by_label("Find a conversation").press("Enter")
    other.wait_for_url("**/project/*")
    expect(other.locator(".project-list")).to_contain_text("Two ideas")
    page.get_by_role("button", name="Conversation settings").click()
    page.locator("select[name=project]").select_option("None")
    page.get_by_role("button", name="Save", exact=True).click()
    expect(page.locator(".project-crumb")).to_be_hidden()
    expect(other.locator(".project-list")).to_be_hidden()
    expect(page.locator(".conversations .conversation:not(.folder)")).to_have_count(1)


def test_what_is_removed_and_deleted_comes_back(page_of: PageOf, anna: Person) -> None:
    anna.patch("/api/v1/me/preferences", json=PLAIN, headers={"if-match": "*"})
    page, other = page_of("anna"), page_of("anna")
    choose_model(page, "plain:1b")
    begin(page, "House")
    add_document(page)
    page.get_by_label("Instructions for the model").fill("Half a thought")
    page.get_by_role("button", name="Remove roof.pdf").click()
    expect(page.locator(".project-documents")).to_be_hidden()
    page.get_by_role("button", name="Undo").click()
    expect(page.locator(".project-documents")).to_contain_text("roof.pdf")
    expect(page.get_by_label("Instructions for the model")).to_have_value("Half a thought")
    (project,) = anna.get("/api/v1/projects").json()["items"]
    where = f"/api/v1/projects/{project['id']}"
    anna.patch(where, json={"system": "Other", "tags": ["house"]}, headers={"if-match": "*"})
    expect(page.get_by_label("Tags of notes")).to_have_value("house")
    expect(page.get_by_label("Instructions for the model")).to_have_value("Half a thought")
    page.get_by_role("link", name="New chat here").click()
    say(page, "Under one roof")
    finished(page)
    folder(other).get_by_role("link", name="House").click()
    expect(other.locator(".project-list")).to_contain_text("Under one roof")
    folder(page).hover()
    page.get_by_role("button", name="More for the project House").click()
    page.get_by_role("menuitem", name="Delete").click()
    expect(page.get_by_role("dialog")).to_contain_text("Its document goes with it.")
    page.get_by_role("dialog").get_by_role("button", name="Delete").click()
    expect(folder(page)).to_have_count(0)
    other.wait_for_url("**/")  # which showed what is gone
    expect(other.locator(".conversations .conversation")).to_contain_text(["Under one roof"])
    expect(page.locator(".project-crumb")).to_be_hidden()
    page.locator(".toast", has_text="was deleted.").get_by_role("button", name="Undo").click()
    expect(inside(other)).to_contain_text(["Under one roof"])
    expect(page.locator(".project-crumb")).to_have_text("House")
    page.keyboard.press("Control+k")
    page.get_by_role("combobox").fill("hous")  # which no conversation is called
    page.get_by_role("option", name="House").first.click()
    page.wait_for_url("**/project/*")
    expect(page.locator(".project-documents")).to_contain_text("roof.pdf")
    # A chat that was to begin in it begins without it.
    page.get_by_role("link", name="New chat here").click()
    expect(page.locator(".project-crumb")).to_have_text("House")
    anna.delete(where)
    expect(page.locator(".project-crumb")).to_be_hidden()
    expect(page.get_by_role("heading", name="Hello anna")).to_be_visible()
    say(page, "And on")
    finished(page)


def test_the_outsider_finds_nothing(product: Product, anna: Person) -> None:
    made = anna.post("/api/v1/projects", json={"name": "Secret"}).json()["id"]
    eve = product.person("eve")
    for path in (f"/project/{made}", f"/?project={made}", "/project/99"):
        answer = eve.get(path, headers={"accept": "text/html"})
        assert (answer.status_code, "Secret" in answer.text) == (404, False), path
    assert "Secret" not in eve.get("/", headers={"accept": "text/html"}).text
    eve.close()
