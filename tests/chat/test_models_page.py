"""The page of the models, in a real browser."""

import re
from collections.abc import Callable

import pytest
from playwright.sync_api import Page, expect

from tests.chat.acting.recorded import call
from tests.ollama_server import OllamaServer
from tests.person import Person
from tests.product import Product

pytestmark = pytest.mark.browser
PageOf = Callable[..., Page]
LONG = "a-very-long-name-of-a-model-that-somebody-made:30b-a3b-instruct-q4_K_M"


def test_each_model_says_what_it_can(page_of: PageOf, ollama: OllamaServer) -> None:
    ollama.models["nomic:1b"] = {"size": 270_000_000, "context": 2048, "capabilities": ["embedding"]}
    page = page_of("anna", "/models")
    for name, can in (("plain:1b", "Chat"), ("thinker:4b", "Chat · Tools · Thinking"), ("eyes:4b", "Chat · Vision"),
                      ("nomic:1b", "Embeddings")):  # fmt: skip
        card = page.locator(".model").filter(has=page.get_by_role("heading", name=name, exact=True))
        expect(card.locator(".model-can")).to_have_text(can)
    page.get_by_role("button", name="More for nomic:1b").click()
    expect(page.get_by_role("menuitem", name="Delete")).to_be_visible()
    expect(page.get_by_role("menuitem", name="Make default")).to_have_count(0)


def test_a_model_is_tried_whether_it_can_act(page_of: PageOf, anna: Person, ollama: OllamaServer) -> None:
    ollama.script[:] = [
        call("remind", {"sentence": "call Anna tomorrow at 9"}),
        call("remind", {"sentence": "Müll am Freitag um 17 Uhr"}),
        call("save_note", {"text": "The key is under the mat"}), call("find", {"query": "tea"}),
        [{"content": "Paris."}], [{"content": "I do not know."}],
    ]  # fmt: skip
    page = page_of("anna", "/models")
    page.get_by_role("button", name="More for thinker:4b").click()
    page.get_by_role("menuitem", name="Can this model act?").click()
    expect(page.locator(".trial")).to_contain_text("Mostly")
    expect(page.locator(".trial-right")).to_have_count(5)
    expect(page.locator(".trial-wrong")).to_have_text(re.compile("Uses what it found"))
    assert (anna.notes(), anna.reminders()) == ([], [])


def test_a_default_is_chosen_and_new_chats_begin_with_it(page_of: PageOf, product: Product) -> None:
    product.person("anna").close()
    page = page_of("eve", "/models")
    page.get_by_role("button", name="More for eyes:4b").click()
    expect(page.get_by_role("menuitem", name="Make default")).to_be_visible()
    expect(page.get_by_role("menuitem", name="Delete")).to_have_count(0)
    page.get_by_role("menuitem", name="Make default").click()
    expect(page.locator(".model").filter(has_text="eyes:4b").get_by_text("Default", exact=True)).to_be_visible()
    page.goto("/")
    expect(page.locator(".model-picker .model-name")).to_have_text("eyes:4b")


@pytest.mark.parametrize(
    ("typed", "name"),
    [("ollama run new:1b", "new:1b"), ("https://ollama.com/library/new", "new"), (" $ ollama pull new:1b ", "new:1b")],
)
def test_a_copied_command_is_understood(page_of: PageOf, ollama: OllamaServer, typed: str, name: str) -> None:
    page = page_of("anna", "/models")
    page.get_by_label("Name of a model").fill(typed)
    page.keyboard.press("Enter")
    expect(page.locator(".model").get_by_role("heading", name=name, exact=True)).to_be_visible()
    assert [body["model"] for path, body, _ in ollama.requests if path == "/api/pull"] == [name]


def test_what_is_no_name_stays_with_a_sentence(page_of: PageOf) -> None:
    page = page_of("anna", "/models")
    field = page.get_by_label("Name of a model")
    field.fill("two words")
    page.keyboard.press("Enter")
    expect(page.get_by_role("alert").filter(has_text="name of one model")).to_be_visible()
    expect(field).to_have_value("two words")


def test_suggestions_stay_once_there_are_models(page_of: PageOf) -> None:
    page = page_of("anna", "/models")
    page.get_by_text("Suggestions").click()
    page.get_by_role("button", name="Pull gemma3:4b").click()
    expect(page.locator(".model").get_by_role("heading", name="gemma3:4b")).to_be_visible()
    expect(page.get_by_role("button", name="Pull gemma3:4b")).to_have_count(0)


def test_the_address_of_ollama_is_for_owners(page_of: PageOf, product: Product, ollama: OllamaServer) -> None:
    owner, member = page_of("anna", "/models"), page_of("eve", "/models")
    ollama.stop()
    for page in (owner, member):
        expect(page.get_by_role("status").filter(has_text="Ollama cannot be reached")).to_be_visible(timeout=20_000)
    expect(owner.get_by_text(ollama.host)).to_be_visible()
    assert "OLLAMA_HOST" not in member.content()
    assert ollama.host not in member.content()
    ollama.start()
    expect(owner.get_by_text("cannot be reached")).to_be_hidden(timeout=20_000)


@pytest.mark.parametrize("some", [True, False])
def test_nothing_overflows_on_a_phone(page_of: PageOf, ollama: OllamaServer, *, some: bool) -> None:
    ollama.models.clear()
    if some:
        ollama.models[LONG] = {"size": 18_000_000_000, "context": 262_144, "capabilities": ["completion", "vision"]}
    page = page_of("anna", "/models", viewport={"width": 390, "height": 844}, has_touch=True, is_mobile=True)
    expect(page.get_by_role("button", name="Pull", exact=True)).to_be_in_viewport()
    expect(page.get_by_text(LONG if some else "No model is installed yet.")).to_be_visible()
    if not some:
        expect(page.get_by_role("button", name=re.compile("^Pull llama3"))).to_be_in_viewport()
    assert page.evaluate("document.documentElement.scrollWidth") <= 390
    assert page.locator(".sheet").evaluate("box => box.scrollWidth <= box.clientWidth")
