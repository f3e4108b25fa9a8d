"""From one conversation to another, and away from the server: what stays, what comes back, what is sent once."""

from collections.abc import Callable
from datetime import timedelta

import pytest
from playwright.sync_api import Page, expect

from assistant.chat.models import Conversation, Message
from assistant.config import Config
from assistant.web import parts
from tests.browsing import reload
from tests.chat.test_chat_page import finished, say
from tests.ollama_server import OllamaServer
from tests.person import Person
from tests.product import Product

pytestmark = pytest.mark.browser
PageOf = Callable[..., Page]
CUT = "window.socket.io.reconnection(false); window.socket.io.engine.close()"
JOIN = "window.socket.io.reconnection(true); window.socket.connect()"


def seed(product: Product, titles: list[str], messages: int = 2) -> None:
    """Gives the first user conversations, the first of which is the latest, each with so many messages."""
    database = parts.open_database(Config(data=product.data))
    now = parts.now()
    with database.peewee.atomic():
        for place, title in enumerate(titles):
            at = now - timedelta(minutes=place)
            home = Conversation.create(user=1, title=title, created=at, updated=at)
            for number in range(messages):
                home.leaf = Message.create(
                    conversation=home, user=1, parent=home.leaf, role="assistant" if number % 2 else "user",
                    text=f"{title} {number}", created=at, model="plain:1b",
                ).id  # fmt: skip
            home.save()
    database.close()


def test_the_list_stays_as_it_is_while_conversations_change(page_of: PageOf, product: Product) -> None:
    page = page_of("anna", viewport={"width": 1200, "height": 500})
    seed(product, [f"Talk {number}" for number in range(60)])
    page.reload()
    page.get_by_label("Find a conversation").fill("talk")
    expect(page.locator(".conversations .projects")).to_have_count(0)  # none has these words
    expect(page.locator(".conversation")).to_have_count(60)
    page.locator(".conversations-list").evaluate("e => { e.id = 'same'; e.scrollTo(0, 900) }")
    page.get_by_role("link", name="Talk 28", exact=True).click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Talk 28")
    expect(page.locator(".message-bubble")).to_have_text("Talk 28 0")
    expect(page.locator(".conversation.current")).to_have_text("Talk 28")
    assert page.locator("#same").evaluate("e => e.scrollTop") == 900
    expect(page.get_by_label("Find a conversation")).to_have_value("talk")
    expect(page.get_by_label("Your message")).to_be_focused()


def test_back_and_forward_lead_through_conversations_and_their_drafts(page_of: PageOf, product: Product) -> None:
    page = page_of("anna")
    seed(product, ["One", "Two"])
    page.goto("/chat/1")
    page.get_by_label("Your message").fill("half a thought on one")
    page.get_by_role("link", name="Two", exact=True).click()
    expect(page).to_have_title("Two · Assistant")
    expect(page.get_by_label("Your message")).to_have_value("")
    page.get_by_role("link", name="New chat", exact=True).first.click()
    expect(page.get_by_role("heading", name="Hello anna")).to_be_visible()
    page.go_back()
    expect(page.locator(".message-bubble")).to_have_text("Two 0")
    page.go_back()
    expect(page.locator(".message-bubble")).to_have_text("One 0")
    expect(page.get_by_label("Your message")).to_have_value("half a thought on one")
    page.go_forward()
    expect(page.get_by_role("heading", level=1)).to_have_text("Two")
    assert page.url.endswith("/chat/2")


def test_a_conversation_is_found_and_opened_with_the_keys(page_of: PageOf, product: Product) -> None:
    page = page_of("anna")
    seed(product, ["Garden", "Heat pump", "Heat wave"])
    page.reload()
    page.get_by_label("Find a conversation").fill("heat")
    expect(page.locator(".conversation")).to_have_count(2)
    page.keyboard.press("ArrowDown")
    page.keyboard.press("ArrowDown")
    expect(page.get_by_role("link", name="Heat wave")).to_be_focused()
    page.keyboard.press("Enter")
    expect(page.get_by_role("heading", level=1)).to_have_text("Heat wave")
    page.get_by_label("Find a conversation").fill("garden")
    page.keyboard.press("Enter")
    expect(page.get_by_role("heading", level=1)).to_have_text("Garden")


def test_who_goes_on_typing_while_a_conversation_opens_keeps_the_cursor(page_of: PageOf, product: Product) -> None:
    page = page_of("anna")
    seed(product, ["Garden", "Heat pump"])
    page.reload()
    expect(page.get_by_label("Your message")).to_be_focused()
    page.get_by_label("Find a conversation").evaluate(
        "field => { document.querySelector('a[href=\"/chat/2\"]').click(); field.focus() }"
    )
    expect(page).to_have_title("Heat pump · Assistant")
    expect(page.locator("body.moving")).to_have_count(0)
    page.evaluate("() => new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(done)))")
    expect(page.get_by_label("Find a conversation")).to_be_focused()
    page.get_by_label("Find a conversation").fill("garden")
    expect(page.locator(".conversation")).to_have_count(1)


def test_enter_opens_what_has_the_words_also_where_the_list_is_read_again(page_of: PageOf, product: Product) -> None:
    page = page_of("anna")
    seed(product, ["Heat pump", "Garden", *(f"Talk {number}" for number in range(1500))], messages=0)
    page.reload()
    page.get_by_label("Find a conversation").fill("heat")
    expect(page.locator(".conversation")).to_have_count(1)
    page.get_by_label("Find a conversation").evaluate(
        """field => {
          const say = (name) => field.dispatchEvent(new Event(name, { bubbles: true }));
          field.value = "garden";
          say("input");
          field.form.requestSubmit();
          say("input");
          field.click();
        }"""
    )
    expect(page).to_have_title("Garden · Assistant")


def test_enter_while_the_socket_is_away_sends_once_when_it_is_back(page_of: PageOf, ollama: OllamaServer) -> None:
    page = page_of("anna")
    expect(page.get_by_label("Your message")).to_be_focused()
    page.evaluate(CUT)
    say(page, "tokens=3 far away")
    expect(page.get_by_text("Not sent yet.")).to_be_visible(timeout=2500)
    expect(page.get_by_text("Not connected.")).to_be_visible()
    page.get_by_label("Your message").press("Enter")
    page.evaluate(JOIN)
    finished(page)
    expect(page.get_by_text("Not sent yet.")).to_be_hidden()
    expect(page.get_by_label("Your message")).to_have_value("")
    assert page.locator(".message-user").count() == 1
    asked = [body for body in ollama.chats() if body["messages"][-1]["content"] == "tokens=3 far away"]
    assert len(asked) == 1


def test_what_was_typed_during_a_restart_is_still_there_and_sent_once(page_of: PageOf, product: Product) -> None:
    page = page_of("anna")
    expect(page.get_by_label("Your message")).to_be_focused()
    product.kill()
    say(page, "tokens=2 while it restarts")
    product.start()
    reload(page)
    expect(page.get_by_label("Your message")).to_have_value("tokens=2 while it restarts")
    page.get_by_label("Your message").press("Enter")
    finished(page)
    assert page.locator(".message-user").count() == 1
    expect(page.locator(".conversation")).to_have_count(1)


def test_what_was_stored_and_never_confirmed_is_not_offered_again(page_of: PageOf) -> None:
    page = page_of("anna")
    say(page, "tokens=2")
    finished(page)
    page.evaluate("kept => localStorage.setItem('draft:1:1', kept)", '{"values": {"text": "tokens=2"}, "key": "same"}')
    page.reload()
    page.get_by_label("Your message").press("Enter")
    finished(page, 2)
    page.evaluate("kept => localStorage.setItem('draft:1:1', kept)", '{"values": {"text": "tokens=2"}, "key": "same"}')
    page.reload()
    expect(page.get_by_label("Your message")).to_have_value("")
    assert page.locator(".message-user").count() == 2


def test_on_a_phone_enter_makes_a_line(page_of: PageOf) -> None:
    page = page_of("anna", viewport={"width": 390, "height": 844}, has_touch=True, is_mobile=True)
    page.get_by_label("Your message").fill("tokens=2")
    page.get_by_label("Your message").press("Enter")
    page.keyboard.type("more")
    expect(page.get_by_label("Your message")).to_have_value("tokens=2\nmore")
    assert page.locator(".message").count() == 0
    page.get_by_role("button", name="Send", exact=True).tap()
    finished(page)
    expect(page.locator(".message-bubble")).to_have_text("tokens=2\nmore")


def test_a_composition_neither_sends_nor_stops(page_of: PageOf) -> None:
    page = page_of("anna", "about:blank")
    for sign in ("isComposing: true", "keyCode: 229"):
        page.goto("/")
        event = f"new KeyboardEvent('keydown', {{key, bubbles: true, cancelable: true, {sign}}})"
        press = f"(e, key) => e.dispatchEvent({event})"
        page.get_by_label("Your message").fill("half")
        page.get_by_label("Your message").evaluate(press, "Enter")
        expect(page.get_by_label("Your message")).to_have_value("half")
        assert page.locator(".message").count() == 0
        say(page, "tokens=60 delay=0.05")
        expect(page.locator(".message-live")).to_contain_text("t2")
        page.get_by_label("Your message").evaluate(press, "Escape")
        finished(page)
        expect(page.get_by_text("Stopped.")).to_have_count(0)


def test_earlier_messages_come_above_what_one_reads(page_of: PageOf, product: Product) -> None:
    page = page_of("anna")
    seed(product, ["Long"], messages=2000)
    page.goto("/chat/1")
    expect(page.locator(".message")).to_have_count(60)
    expect(page.locator(".message").last).to_be_in_viewport()
    page.locator(".thread").evaluate("e => e.scrollTo(0, 0)")
    top = page.locator("#m1941").evaluate("e => e.getBoundingClientRect().top")
    page.get_by_role("button", name="Show earlier messages").click()
    expect(page.locator(".message")).to_have_count(120)
    page.wait_for_function(
        "top => Math.abs(document.querySelector('#m1941').getBoundingClientRect().top - top) < 2", arg=top
    )
    page.goto("/chat/1?m=900")
    expect(page.locator(".message-hit")).to_be_in_viewport()


def test_a_note_that_is_asked_about_is_a_chip_that_can_be_taken_off(
    page_of: PageOf, product: Product, anna: Person
) -> None:
    page = page_of("anna")
    note = anna.note("# Moving house\n\nboxes")
    page.get_by_role("button", name="Ask about a note").click()
    page.get_by_role("dialog").get_by_role("button", name="Moving house").click()
    expect(page).to_have_url(f"{product.home}/?note={note}")
    expect(page.locator(".note-chip")).to_have_text("Moving house")
    page.get_by_role("button", name="Do not ask about Moving house").click()
    expect(page.get_by_role("heading", name="Hello anna")).to_be_visible()
    expect(page.locator(".note-chip")).to_be_hidden()


def test_an_example_never_takes_what_is_typed(page_of: PageOf) -> None:
    page = page_of("anna")
    page.get_by_role("button", name="Explain how a heat pump works").click()
    expect(page.get_by_label("Your message")).to_have_value("Explain how a heat pump works, in plain words.")
    page.get_by_label("Your message").fill("mine")
    page.get_by_role("button", name="Explain how a heat pump works").click()
    expect(page.get_by_label("Your message")).to_have_value("mine\nExplain how a heat pump works, in plain words.")


def test_only_models_that_chat_are_offered(page_of: PageOf, ollama: OllamaServer) -> None:
    ollama.models = {
        "embedder:1b": {"size": 10**8, "context": 512, "capabilities": ["embedding"]}, **ollama.models,
    }  # fmt: skip
    page = page_of("anna")
    expect(page.locator(".model-name")).to_have_text("plain:1b")
    page.locator(".model-picker").click()
    expect(page.get_by_role("menuitem", name="plain:1b")).to_be_visible()
    expect(page.get_by_role("menuitem", name="embedder:1b")).to_have_count(0)


def test_owners_are_told_where_ollama_should_be_and_others_whom_to_ask(page_of: PageOf, ollama: OllamaServer) -> None:
    owner, member = page_of("anna"), page_of("eve")
    ollama.stop()
    expect(owner.locator(".banner:visible")).to_contain_text("OLLAMA_HOST", timeout=15_000)
    expect(member.locator(".banner:visible")).to_contain_text("Tell the owner", timeout=15_000)
    expect(member.locator(".banner:visible")).not_to_contain_text("127.0.0.1")
    say(member, "tokens=2")
    expect(member.get_by_role("alert")).to_have_text("Ollama cannot be reached right now.Retry", timeout=10_000)
    ollama.start()


def test_how_full_the_context_is_shows_once_it_matters(page_of: PageOf) -> None:
    page = page_of("anna")
    say(page, "tokens=1")
    finished(page)
    meter = page.locator(".meter")
    expect(meter).to_be_hidden()
    say(page, "tokens=1 " + "long " * 1000)
    finished(page, 2)
    expect(meter).to_contain_text("% of context")
    expect(meter).to_be_visible()
    expect(meter).not_to_contain_text("oldest left out")
    page.get_by_label("Your message").fill("word " * 3000)  # is said before it is sent
    expect(meter).to_contain_text("oldest left out")
    page.get_by_label("Your message").fill("word " * 8000)
    expect(meter).to_have_text("Too long for the model")
    page.get_by_label("Your message").fill("short")
    expect(meter).not_to_contain_text("oldest left out")


def test_what_is_written_from_right_to_left_runs_so(page_of: PageOf, product: Product) -> None:
    page = page_of("anna")
    seed(product, ["مرحبا (عام)!"])
    page.goto("/chat/1")
    direction = "e => getComputedStyle(e).direction"
    for place in (".conversation .title", ".message-bubble", ".message-assistant .prose p", "h1"):
        assert page.locator(place).first.evaluate(direction) == "rtl", place
    page.get_by_label("Your message").fill("كيف حالك؟")
    assert page.get_by_label("Your message").evaluate(direction) == "rtl"
    page.get_by_label("Your message").fill("How are you?")
    assert page.get_by_label("Your message").evaluate(direction) == "ltr"
