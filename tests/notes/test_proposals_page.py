"""What a model proposes for a passage of a note, in a real browser: seen as it comes, to take or to drop."""

import re
from collections.abc import Callable

import pytest
from playwright.sync_api import Locator, Page, expect

from assistant.notes.versions import history
from assistant.users import preferences
from tests.notes.test_notes_page import box, opened, rewrite, saved, shows
from tests.ollama_server import OllamaServer
from tests.person import Person

pytestmark = pytest.mark.browser
PageOf = Callable[..., Page]
PHONE = {"width": 390, "height": 844}
TEXT = "# Trip\n\nWe has seen the sea and it were cold.\n\nBring a towel."


def sheet(page: Page) -> Locator:
    return page.get_by_role("region", name="Proposal")


def mark(page: Page, words: str) -> None:
    """Marks the words in the text, as one who draws over them."""
    line = box(page).locator(".cm-line", has_text=words)
    line.wait_for()
    line.evaluate(
        """(line, words) => {
            const texts = document.createTreeWalker(line, NodeFilter.SHOW_TEXT);
            let node;
            while ((node = texts.nextNode()) && !node.data.includes(words));
            const range = document.createRange();
            const from = node.data.indexOf(words);
            range.setStart(node, from);
            range.setEnd(node, from + words.length);
            line.closest("[contenteditable]").focus();
            getSelection().removeAllRanges();
            getSelection().addRange(range);
        }""",
        words,
    )
    expect(page.locator(".cm-editor")).to_have_attribute("data-marked", "true")


def press(page: Page, name: str) -> None:
    page.get_by_role("toolbar", name="Ask the model").get_by_role("button", name=name).click()


def test_a_proposal_is_seen_as_differences_taken_and_taken_back(
    page_of: PageOf, anna: Person, ollama: OllamaServer
) -> None:
    note = anna.note(TEXT)
    better = TEXT.replace("has seen the sea and it were", "have seen the sea, and it was")
    page = opened(page_of("anna", f"/notes/{note}", viewport={"width": 1440, "height": 900}))
    expect(page.get_by_role("toolbar", name="Ask the model")).to_be_hidden()
    mark(page, "We has seen the sea and it were cold.")
    ollama.script[:] = [[{"content": "“We have seen the sea, "}, {"content": "and it was cold.”"}]]
    press(page, "Improve")
    expect(sheet(page)).to_contain_text("What you marked")
    expect(sheet(page).locator("del")).to_have_text(["has", "were"])
    expect(sheet(page).locator("ins")).to_have_text(["have", ",", "was"])
    assert anna.text(note) == TEXT
    # What it was given stands between marks, and not in what the system says.
    (asked,) = ollama.chats()
    assert "sea" not in asked["messages"][0]["content"]
    assert re.search(r"(§\w{8}§)\nWe has seen the sea and it were cold\.\n\1$", asked["messages"][1]["content"])
    expect(sheet(page).get_by_role("button", name="Take")).to_be_focused()
    page.keyboard.press("Enter")
    shows(page, better)
    expect(sheet(page)).to_be_hidden()
    page.get_by_role("button", name="Undo").click()
    shows(page, TEXT)
    assert anna.text(note) == TEXT
    # What was there before stands in the history, and what was done in the journal.
    assert better in [anna.do(history.get_version, note, one.id).text for one in anna.do(history.versions, note)]
    mark(page, "Bring a towel.")
    ollama.script[:] = [[{"content": "Bring two towels."}]]
    press(page, "Improve")
    sheet(page).get_by_role("button", name="Take").click()
    shows(page, TEXT.replace("a towel", "two towels"))
    page.keyboard.press("Control+z")
    shows(page, TEXT)
    saved(page)
    page.goto("/settings/assistant")
    lines = page.locator(".journal li")
    expect(lines).to_have_count(2)
    expect(lines.last).to_contain_text("undone")
    expect(lines.first).to_contain_text("Improve: the note “Trip” was changed.")
    expect(lines.first).to_contain_text("asked for by you, in the note")


def test_what_others_write_meanwhile_stays(page_of: PageOf, anna: Person, ollama: OllamaServer) -> None:
    note = anna.note("first\n\nWe has seen it.\n\nlast")
    page, other = (opened(page_of("anna", f"/notes/{note}")) for _ in range(2))
    mark(page, "We has seen it.")
    ollama.script[:] = [[{"content": "We have seen it."}]]
    press(page, "Improve")
    expect(sheet(page).get_by_role("button", name="Take")).to_be_visible()
    rewrite(other, "FIRST, and more\n\nmore\n\nWe has seen it.\n\nLAST")
    shows(page, "FIRST, and more\n\nmore\n\nWe has seen it.\n\nLAST")
    sheet(page).get_by_role("button", name="Take").click()
    for one in (page, other):
        shows(one, "FIRST, and more\n\nmore\n\nWe have seen it.\n\nLAST")
    # The passage itself was changed: both are offered.
    mark(page, "We have seen it.")
    ollama.script[:] = [[{"content": "We saw it."}]]
    press(page, "Shorten")
    expect(sheet(page).get_by_role("button", name="Take")).to_be_visible()
    rewrite(other, "FIRST, and more\n\nmore\n\nWe have all seen it.\n\nLAST")
    saved(other)
    sheet(page).get_by_role("button", name="Take").click()
    expect(sheet(page).get_by_role("alert")).to_contain_text("was changed meanwhile")
    expect(sheet(page).locator("del")).to_contain_text(["have all seen"])
    shows(page, "FIRST, and more\n\nmore\n\nWe have all seen it.\n\nLAST")
    sheet(page).get_by_role("button", name="Keep both").click()
    for one in (page, other):
        shows(one, "FIRST, and more\n\nmore\n\nWe have all seen it.\n\nWe saw it.\n\nLAST")


def test_by_keys_stopped_tried_again_and_dropped(page_of: PageOf, anna: Person, ollama: OllamaServer) -> None:
    note = anna.note("# List\n\nBuy some bread today.")
    page = opened(page_of("anna", f"/notes/{note}", viewport={"width": 1440, "height": 900}))
    box(page).click()
    page.keyboard.press("Control+End")
    # By the palette, without a mark: the paragraph at the cursor; what came is seen, though nothing follows.
    ollama.script[:] = [[{"content": "Buy bread"}, {"pause": 600}]]
    page.keyboard.press("Control+k")
    page.keyboard.type("shorten")
    page.keyboard.press("Enter")
    expect(sheet(page)).to_contain_text("The paragraph at the cursor")
    expect(sheet(page).get_by_role("button", name="Stop")).to_be_focused()
    expect(sheet(page).locator("del")).to_have_text("some ")
    page.keyboard.press("Escape")
    expect(sheet(page).get_by_role("status")).to_have_text("Stopped.")
    expect(sheet(page).get_by_role("button", name="Take")).to_be_visible()
    assert ollama.heard_of_the_end()  # at the model, too
    rewrite(page, "# List\n\nBuy bread, please.")
    sheet(page).get_by_role("button", name="Drop").click()
    expect(sheet(page)).to_be_hidden()
    expect(box(page)).to_be_focused()
    # By the button before those that format.
    page.get_by_role("button", name="Ask the model: improve").press("Enter")
    bar = page.get_by_role("toolbar", name="Ask the model")
    expect(bar.get_by_role("button", name="Improve")).to_be_focused()
    for _ in range(4):
        page.keyboard.press("Tab")
    expect(bar.get_by_role("button", name="Tasks")).to_be_focused()
    ollama.script[:] = [[{"content": "* Buy bread\n* Be polite"}]]
    page.keyboard.press("Enter")
    expect(sheet(page).locator("ins")).to_contain_text("- [ ] Buy bread")
    expect(sheet(page).locator("del")).to_have_count(0)
    ollama.script[:] = [[{"content": "- [ ] Buy bread"}]]
    sheet(page).get_by_role("button", name="Try again").click()
    expect(sheet(page).locator("ins")).not_to_contain_text("polite")
    sheet(page).get_by_role("button", name="Take").click()
    shows(page, "# List\n\nBuy bread, please.\n\n- [ ] Buy bread")


def test_what_fails_is_said_and_nothing_is_lost(page_of: PageOf, anna: Person, ollama: OllamaServer) -> None:
    note = anna.note("We has seen it. fail=3")
    page = opened(page_of("anna", f"/notes/{note}", viewport={"width": 1440, "height": 900}))
    mark(page, "We has seen it. fail=3")
    press(page, "Improve")
    expect(sheet(page).get_by_role("alert")).to_contain_text("the stand-in broke")
    expect(sheet(page).get_by_role("button", name="Try again")).to_be_visible()
    sheet(page).get_by_role("button", name="Drop").click()
    # What was typed meanwhile stays, and a page that is loaded anew has dropped the proposal.
    rewrite(page, "tokens=500 delay=0.2")
    mark(page, "tokens=500 delay=0.2")
    press(page, "Improve")
    expect(sheet(page)).to_contain_text("plain:1b writes…")
    rewrite(page, "Typed meanwhile.")
    page.reload()
    shows(opened(page), "Typed meanwhile.")
    expect(sheet(page)).to_be_hidden()
    ollama.stop()
    mark(page, "Typed meanwhile.")
    press(page, "Improve")
    expect(sheet(page).get_by_role("alert")).to_contain_text("Ollama")
    sheet(page).get_by_role("button", name="Drop").click()
    more = "Typed meanwhile. And more."
    rewrite(page, more)
    saved(page)
    assert anna.text(note) == more
    # Too long for what the model reads: said in words.
    rewrite(page, "word " * 7000)
    ollama.start()
    saved(page)
    page.keyboard.press("Control+a")
    press(page, "Shorten")
    expect(sheet(page).get_by_role("alert")).to_contain_text("plain:1b reads about")


def test_on_a_phone_into_another_language(page_of: PageOf, anna: Person, ollama: OllamaServer) -> None:
    note = anna.note(TEXT)
    page = opened(page_of("anna", f"/notes/{note}", viewport=PHONE))
    mark(page, "We has seen the sea and it were cold.")
    bar = page.get_by_role("toolbar", name="Ask the model")
    expect(bar).to_be_in_viewport(ratio=1)
    for name in ("Improve", "Shorten", "Continue", "Translate", "Tasks"):
        expect(bar.get_by_role("button", name=name)).to_be_in_viewport(ratio=1)
    press(page, "Translate")
    field = sheet(page).get_by_label("Into which language?")
    expect(field).to_be_focused()
    field.press("Enter")
    expect(sheet(page)).to_contain_text("Say into which language.")
    field.fill("German")
    ollama.script[:] = [[{"content": "Wir haben das Meer gesehen, und es war kalt."}]]
    field.press("Enter")
    expect(sheet(page)).to_contain_text("Translate into German")
    expect(sheet(page).get_by_role("button", name="Take")).to_be_in_viewport(ratio=1)
    sheet(page).get_by_role("button", name="Take").click()
    shows(page, "# Trip\n\nWir haben das Meer gesehen, und es war kalt.\n\nBring a towel.")
    assert anna.do(preferences.load).translate_to == "German"
    mark(page, "Bring a towel.")
    press(page, "Translate")
    expect(field).to_be_focused()
    expect(field).to_have_value("German")
    page.keyboard.press("Escape")
    expect(sheet(page)).to_be_hidden()
