"""Notes in a real browser, against the running product."""

import io
import re
import zipfile
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from PIL import Image
from playwright.sync_api import Page, expect

from assistant.config import Config
from assistant.notes import notebook, queries
from assistant.notes.versions import history
from assistant.web import parts
from tests.browsing import hold_back, let_go, reload
from tests.chat.test_chat_page import finished, say
from tests.notes.archives import zipped
from tests.person import Person
from tests.product import Product

pytestmark = pytest.mark.browser
PageOf = Callable[..., Page]


def box(page: Page) -> Any:
    return page.get_by_label("Text of the note")


def opened(page: Page) -> Page:
    expect(box(page)).to_have_attribute("contenteditable", "true")
    return page


def saved(page: Page) -> None:
    expect(page.locator(".editor-state")).to_have_text("Saved")


def shows(page: Page, text: str, **more: Any) -> None:
    """The box holds exactly these lines."""
    lines = [re.compile(f"^{re.escape(line)}$") for line in text.split("\n")]
    expect(box(page).locator(".cm-line")).to_have_text(lines, **more)


def rewrite(page: Page, text: str) -> None:
    """Puts the text in place of the one in the box, as one who pastes it."""
    box(page).click()
    page.keyboard.press("Control+A")
    page.keyboard.insert_text(text)


def split(page: Page) -> Page:
    page.get_by_role("button", name="Split", exact=True).click()
    expect(page.locator(".pane-preview")).to_be_visible()
    return page


def nothing_kept(page: Page) -> None:
    page.wait_for_function("() => !Object.keys(localStorage).some((key) => key.startsWith('note:1:'))", timeout=12_000)


def test_the_life_of_a_note(page_of: PageOf, anna: Person) -> None:
    page = page_of("anna", "/notes", viewport={"width": 1440, "height": 900})
    page.get_by_role("link", name="Write the first note").click()
    split(opened(page))
    box(page).click()
    page.keyboard.type("# Market\n- [ ] Basil\nTomatoes\n\n\nTo the **end**")
    saved(page)
    assert anna.text(1) == "# Market\n- [ ] Basil\n- [ ] Tomatoes\n\nTo the **end**"
    assert page.url.endswith("/notes/1")
    expect(page.locator(".pane-preview h1")).to_have_text("Market")
    page.locator(".pane-preview input[data-task]").nth(1).click()
    expect(box(page)).to_contain_text("- [x] Tomatoes")
    page.get_by_role("textbox", name="Title").fill("Saturday")
    page.get_by_role("textbox", name="Title").press("Enter")
    page.get_by_label("Add a tag").fill("home/kitchen")
    page.get_by_label("Add a tag").press("Enter")
    expect(page.locator(".tags .tag")).to_have_text("home/kitchen")
    page.get_by_role("button", name="Pin", exact=True).click()
    page.goto("/notes")
    expect(page.locator(".note-title")).to_contain_text("Saturday")
    expect(page.locator(".note-pin")).to_be_visible()
    expect(page.locator(".places")).to_contain_text("kitchen")
    page.locator(".note > a").click()
    opened(page)
    page.get_by_role("button", name="More", exact=True).click()
    page.get_by_role("menuitem", name="Delete").click()
    expect(page.get_by_text("1 note moved to the trash.")).to_be_visible()
    expect(page.locator(".note")).to_have_count(0)
    page.get_by_role("button", name="Undo").click()
    expect(page.locator(".note-title")).to_contain_text("Saturday")


def test_another_tab_shows_a_change_at_once_and_merges_what_does_not_overlap(page_of: PageOf, anna: Person) -> None:
    note = anna.note("first\n\nmiddle\n\nlast")
    one, two = opened(page_of("anna", f"/notes/{note}")), opened(page_of("anna", f"/notes/{note}"))
    rewrite(one, "FIRST\n\nmiddle\n\nlast")
    shows(two, "FIRST\n\nmiddle\n\nlast")
    two.route("**/api/v1/notes/*/draft", lambda route: route.abort())
    rewrite(two, "FIRST\n\nmiddle\n\nLAST")
    expect(two.locator(".editor-state")).to_contain_text("Kept in this browser")
    rewrite(one, "FIRST and more\n\nmiddle\n\nlast")
    saved(one)
    two.unroute("**/api/v1/notes/*/draft")
    shows(two, "FIRST and more\n\nmiddle\n\nLAST", timeout=12_000)
    shows(one, "FIRST and more\n\nmiddle\n\nLAST")
    assert anna.text(note) == "FIRST and more\n\nmiddle\n\nLAST"


@pytest.mark.parametrize(
    ("choice", "now"), [("Keep mine", "mine"), ("Keep theirs", "theirs"), ("Edit both", "theirs\nmine")]
)
def test_a_conflict_shows_both_and_loses_none(page_of: PageOf, anna: Person, choice: str, now: str) -> None:
    note = anna.note("base")
    page = opened(page_of("anna", f"/notes/{note}"))
    page.route("**/api/v1/notes/*/draft", lambda route: route.abort())
    rewrite(page, "mine")
    expect(page.locator(".editor-state")).to_contain_text("Kept in this browser")
    assert anna.put(f"/api/v1/notes/{note}/draft", json={"text": "theirs", "version": 1}).status_code == 200
    page.unroute("**/api/v1/notes/*/draft")
    expect(page.locator(".conflict .diff").first).to_have_text("mine", timeout=12_000)
    expect(page.locator(".conflict .diff").last).to_have_text("theirs")
    page.get_by_role("button", name=choice).click()
    saved(page)
    shows(page, now)
    assert anna.text(note) == now
    kept = [anna.do(history.get_version, note, one.id).text for one in anna.do(history.versions, note)]
    assert {"mine", "theirs"} <= {*now.split("\n"), *kept}


def test_a_conflict_settled_without_a_connection_is_stored_later(page_of: PageOf, anna: Person) -> None:
    note = anna.note("base")
    page = opened(page_of("anna", f"/notes/{note}"))
    page.route("**/api/v1/notes/*/draft", lambda route: route.abort())
    rewrite(page, "mine")
    expect(page.locator(".editor-state")).to_contain_text("Kept in this browser")
    anna.put(f"/api/v1/notes/{note}/draft", json={"text": "theirs", "version": 1})
    page.unroute("**/api/v1/notes/*/draft")
    expect(page.locator(".conflict .diff").last).to_have_text("theirs", timeout=12_000)
    page.route("**/api/v1/notes/*/draft", lambda route: route.abort())
    page.get_by_role("button", name="Keep theirs").click()
    expect(page.locator(".editor-state")).to_contain_text("Kept in this browser")
    page.unroute("**/api/v1/notes/*/draft")
    reload(page)
    nothing_kept(opened(page))
    shows(page, "theirs")
    assert "mine" in [anna.do(history.get_version, note, one.id).text for one in anna.do(history.versions, note)]


def test_markdown_looks_like_what_it_means(page_of: PageOf, anna: Person) -> None:
    page = opened(page_of("anna", f"/notes/{anna.note('# Head')}"))
    expect(page.locator(".md-heading1").first).to_contain_text("#")
    page.keyboard.press("Control+End")
    box(page).press_sequentially("\n**bold** and `code`")
    expect(page.locator(".md-strong").filter(has_text="bold")).to_be_visible()
    expect(page.locator(".md-monospace").filter(has_text="code")).to_be_visible()
    rewrite(page, "")
    page.keyboard.type("3. one\ntwo\n\n- [x] done\nopen\n")
    page.keyboard.press("Tab")
    page.keyboard.type("inside\n\n> said\nand")
    page.keyboard.press("Tab")  # leaves the box, as there is no list here
    expect(box(page)).not_to_be_focused()
    shows(page, "3. one\n4. two\n- [x] done\n- [ ] open\n  - [ ] inside\n> said\n> and")


def test_the_server_killed_while_typing_loses_nothing(page_of: PageOf, product: Product, anna: Person) -> None:
    note = anna.note("")
    page = opened(page_of("anna", f"/notes/{note}"))
    box(page).press_sequentially("before the fall ", delay=10)
    saved(page)
    product.kill()
    box(page).press_sequentially("and while it lay there", delay=10)
    expect(page.locator(".editor-state")).to_contain_text("Kept in this browser")
    product.start()
    shows(page, "before the fall and while it lay there", timeout=20_000)
    reload(page)
    opened(page)
    shows(page, "before the fall and while it lay there")
    expect(page.locator(".editor-state")).not_to_contain_text("Kept in this browser", timeout=12_000)
    nothing_kept(page)
    assert anna.text(note) == "before the fall and while it lay there"


def test_what_was_typed_last_is_saved_on_leaving(page_of: PageOf, anna: Person) -> None:
    note = anna.note("start")
    page = opened(page_of("anna", f"/notes/{note}"))
    rewrite(page, "start and at once away")
    page.goto("/models")
    page.goto(f"/notes/{note}")
    opened(page)
    shows(page, "start and at once away")
    nothing_kept(page)
    assert anna.text(note) == "start and at once away"


def test_history_shows_differences_and_restores(page_of: PageOf, anna: Person) -> None:
    long = "\n".join(f"line {number} of a long list" for number in range(40))
    note = anna.note(long)
    page = opened(page_of("anna", f"/notes/{note}", viewport={"width": 1280, "height": 1800}))
    rewrite(page, "only this now")
    saved(page)
    page.get_by_role("button", name="More", exact=True).click()
    page.get_by_role("menuitem", name="History").click()
    page.locator(".history-list button").first.click()
    expect(page.locator(".history-text .diff-removed").last).to_contain_text("line 39")
    page.get_by_role("button", name="Restore this version").click()
    shows(page, long)
    assert anna.text(note) == long


def test_undo_after_a_restore_never_mixes_two_texts(page_of: PageOf, anna: Person) -> None:
    long = "\n".join(f"line {number} of a long list" for number in range(40))
    note = anna.note(long)
    page = opened(page_of("anna", f"/notes/{note}", viewport={"width": 1280, "height": 1800}))
    box(page).click()
    page.keyboard.press("Control+A")
    page.keyboard.type("only this now")
    saved(page)
    page.get_by_role("button", name="More", exact=True).click()
    page.get_by_role("menuitem", name="History").click()
    page.locator(".history-list button").first.click()
    page.get_by_role("button", name="Restore this version").click()
    shows(page, long)
    box(page).click()
    page.keyboard.press("Control+Z")
    shows(page, long)


def test_a_task_is_ticked_right_after_typing_and_undone(page_of: PageOf, anna: Person) -> None:
    note = anna.note("- [ ] one\n- [ ] two")
    page = split(opened(page_of("anna", f"/notes/{note}", viewport={"width": 1440, "height": 900})))
    expect(page.locator("[data-task]")).to_have_count(2)
    box(page).click()
    page.keyboard.press("Control+End")
    page.keyboard.type(" more")
    page.locator("[data-task]").nth(1).click()
    shows(page, "- [ ] one\n- [x] two more")
    box(page).click()
    page.keyboard.press("Control+Z")
    shows(page, "- [ ] one\n- [ ] two more")
    saved(page)
    nothing_kept(page)
    assert anna.text(note) == "- [ ] one\n- [ ] two more"


def test_the_lost_answer_to_a_first_save_loses_nothing(page_of: PageOf, anna: Person) -> None:
    page = opened(page_of("anna", "/notes/new", trusted=True))

    def lose(route: Any) -> None:
        route.fetch()
        route.abort()

    page.route("**/api/v1/notes/0/draft", lose, times=1)
    page.keyboard.type("first words")
    expect(page.locator(".editor-state")).to_contain_text("Kept in this browser")
    page.keyboard.type(" and more")
    saved(page)
    shows(page, "first words and more")
    assert anna.text(1) == "first words and more"
    assert anna.notes() == [1]


def test_what_is_typed_while_a_task_is_ticked_stays(page_of: PageOf, anna: Person) -> None:
    note = anna.note("- [ ] one\n\nlast")
    page = split(opened(page_of("anna", f"/notes/{note}", viewport={"width": 1440, "height": 900})))
    page.evaluate(
        "() => { const real = fetch; window.fetch = (to, how) => how?.method === 'PUT'"
        " ? new Promise((go) => setTimeout(() => go(real(to, how)), 700)) : real(to, how) }"
    )
    page.locator("[data-task]").click()
    box(page).click()
    page.keyboard.press("Control+End")
    page.keyboard.type(" words")
    shows(page, "- [x] one\n\nlast words", timeout=10_000)
    saved(page)
    nothing_kept(page)
    assert anna.text(note) == "- [x] one\n\nlast words"


def test_tags_typed_fast_all_stay(page_of: PageOf, anna: Person) -> None:
    note = anna.note("words")
    page = opened(page_of("anna", f"/notes/{note}"))
    page.get_by_label("Add a tag").click()
    page.keyboard.type("".join(f"tag{number:02}," for number in range(20)))
    expect(page.locator(".tags .tag")).to_have_count(20)
    page.reload()
    opened(page)
    expect(page.locator(".tags .tag")).to_have_count(20)


def test_a_colour_is_chosen(page_of: PageOf, anna: Person) -> None:
    note = anna.note("words")
    page = opened(page_of("anna", f"/notes/{note}"))
    page.get_by_role("button", name="Colour", exact=True).click()
    page.get_by_role("button", name="Green", exact=True).click()
    expect(page.locator(".colour-button")).to_have_class(re.compile("colour-green"))
    assert anna.do(notebook.get, note).colour == "green"


def test_a_title_is_saved_without_leaving_its_field(page_of: PageOf, anna: Person) -> None:
    note = anna.note("words")
    page = opened(page_of("anna", f"/notes/{note}"))
    page.get_by_role("textbox", name="Title").click()
    page.keyboard.type("A title")
    saved(page)
    assert anna.do(notebook.get, note).title == "A title"
    expect(page).to_have_title("A title · Assistant")


def test_links_follow_a_first_line_once_it_is_finished(page_of: PageOf, anna: Person) -> None:
    note = anna.note("Shopping\n\nbread")
    other = anna.note("See [[Shopping]]")
    page = opened(page_of("anna", f"/notes/{note}"))
    rewrite(page, "Market\n\nbread")
    page.get_by_role("textbox", name="Title").click()
    shows(opened(page_of("anna", f"/notes/{other}")), "See [[Market]]")
    assert anna.text(other) == "See [[Market]]"


def test_a_tab_never_touches_what_another_keeps(page_of: PageOf, anna: Person) -> None:
    note = anna.note("base")
    page = opened(page_of("anna", f"/notes/{note}"))
    page.route("**/api/v1/notes/*/draft", lambda route: route.abort())
    rewrite(page, "typed while the server was away")
    expect(page.locator(".editor-state")).to_contain_text("Kept in this browser")
    other = page.context.new_page()
    other.goto(f"/notes/{note}")
    opened(other)
    shows(other, "base")
    rewrite(other, "base and more")
    saved(other)
    other.close()
    page.unroute("**/api/v1/notes/*/draft")
    expect(page.get_by_role("button", name="Keep mine").or_(page.locator(".state-saved"))).to_be_visible(timeout=12_000)
    assert "typed while the server was away" in page.content()


def test_another_note_is_opened_while_the_first_still_saves(page_of: PageOf, anna: Person) -> None:
    first, second = anna.note("one", title="First"), anna.note("two", title="Second")
    page = opened(page_of("anna", f"/notes/{first}"))
    page.evaluate(
        "(first) => { const real = fetch; window.fetch = (to, how) => how?.method === 'PUT' && !window.release"
        " && String(to).includes(`/${first}/`) ? new Promise((go) => { window.release = () => go(real(to, how)) })"
        " : real(to, how) }",
        first,
    )
    rewrite(page, "one, and what came after")
    expect(page.locator(".editor-state")).to_have_text("Saving…")
    page.locator(".note").filter(has_text="Second").get_by_role("link").click()
    shows(page, "two")
    expect(page.get_by_role("textbox", name="Title")).to_have_value("Second")
    rewrite(page, "two, too")
    saved(page)
    assert anna.text(second) == "two, too"
    assert anna.text(first) == "one"
    page.locator(".note").filter(has_text="First").get_by_role("link").click()
    shows(page, "one, and what came after")
    box(page).press("Control+End")
    page.keyboard.type(", and more")
    page.locator(".note").filter(has_text="Second").get_by_role("link").click()
    shows(page, "two, too")
    page.evaluate("window.release()")
    nothing_kept(page)
    assert anna.text(first) == "one, and what came after, and more"
    assert anna.text(second) == "two, too"


def test_a_new_note_is_begun_while_the_one_before_is_not_stored(page_of: PageOf, anna: Person) -> None:
    page = opened(page_of("anna", "/notes/new"))
    page.route("**/api/v1/notes/0/draft", lambda route: route.abort())
    page.keyboard.type("the one before")
    expect(page.locator(".editor-state")).to_contain_text("Kept in this browser")
    page.get_by_role("link", name="New note").first.click()
    expect(page.locator(".cm-placeholder")).to_be_visible()
    page.keyboard.type("the new one")
    expect(page.locator(".editor-state")).to_contain_text("Kept in this browser")
    page.unroute("**/api/v1/notes/0/draft")
    nothing_kept(page)
    titles = [anna.do(queries.get_listed, note).title for note in anna.notes()]
    assert sorted(titles) == ["the new one", "the one before"]


def test_what_is_typed_while_the_socket_is_away_is_saved(page_of: PageOf, anna: Person) -> None:
    note = anna.note("")
    page = opened(page_of("anna", f"/notes/{note}"))
    page.evaluate("() => { socket.io.reconnection(false); socket.io.engine.close() }")
    expect(page.locator(".away")).to_be_visible()
    box(page).click()
    page.keyboard.type("typed without a socket")
    page.get_by_role("textbox", name="Title").fill("And a title")
    page.get_by_label("Add a tag").fill("tagged")
    page.get_by_label("Add a tag").press("Enter")
    saved(page)
    nothing_kept(page)
    kept = anna.do(queries.get_listed, note)
    assert (anna.text(note), kept.title, kept.tags) == ("typed without a socket", "And a title", ("tagged",))
    expect(page.locator(".away")).to_be_visible()
    page.evaluate("() => { socket.io.reconnection(true); socket.connect() }")
    expect(page.locator(".away")).to_be_hidden()
    expect(page.locator(".tags .tag")).to_have_text("tagged")
    shows(page, "typed without a socket")
    page.locator(".rail").get_by_role("link", name="Models").click()
    expect(page.locator(".editor")).to_have_count(0)
    page.evaluate("() => new Promise((back) => { socket.once('connect', () => back(1)); socket.io.engine.close() })")


def test_tags_typed_while_the_server_is_away_are_kept_through_a_reload(
    page_of: PageOf, product: Product, anna: Person
) -> None:
    note = anna.note("words")
    page = opened(page_of("anna", f"/notes/{note}"))
    page.route("**/api/v1/notes/*/draft", lambda route: route.abort())
    page.get_by_label("Add a tag").click()
    page.keyboard.type("one,two,")
    expect(page.locator(".tag-pending")).to_have_text("one two")
    expect(page.locator(".editor-state")).to_contain_text("Kept in this browser")
    page.reload()
    opened(page)
    expect(page.locator(".tag-pending")).to_have_text("one two")
    page.unroute("**/api/v1/notes/*/draft")
    expect(page.locator(".tags .tag")).to_have_text(["one", "two"], timeout=12_000)
    nothing_kept(page)
    page.get_by_label("Add a tag").fill("x" * 101)
    page.get_by_label("Add a tag").press("Enter")
    expect(page.get_by_role("alert")).to_contain_text("at most 100 characters")
    expect(page.get_by_label("Add a tag")).to_have_value("x" * 101)


def test_search_shows_hits_as_one_types(page_of: PageOf, anna: Person) -> None:
    anna.note("The zebra crossing by the school", title="Streets", tags=["town"])
    anna.note("Zèbre is French", title="Words", pinned=True)
    anna.note("Nothing of that kind")
    page = page_of("anna", "/notes")
    expect(page.locator(".note")).to_have_count(3)
    page.get_by_label("Search notes").press_sequentially("zeb", delay=50)
    expect(page.locator(".note mark")).to_have_text(["Zèbre", "zebra"])
    page.get_by_label("Search notes").press_sequentially(" tag:town", delay=20)
    expect(page.locator(".note")).to_have_count(1)
    expect(page).to_have_url(re.compile("town$"))
    page.reload()
    expect(page.locator(".note mark")).to_have_text("zebra")
    page.get_by_label("Search notes").fill("\"'; -- NEAR( * 🦓")
    expect(page.get_by_text("No note has all this")).to_be_visible()
    assert page.locator("[role=alert]:visible").count() == 0


def test_ten_thousand_notes_scroll(page_of: PageOf, product: Product, anna: Person) -> None:
    database = parts.open_database(Config(data=product.data))

    def fill() -> None:
        for number in range(10_000):
            notebook.create(1, parts.now(), text=f"Note {number:05}\n\nwith a few words of its own")

    database.run_here(fill)
    database.close()
    page = page_of("anna", "/notes")
    expect(page.locator(".note")).to_have_count(50)
    for shown in (100, 150, 200):
        page.locator(".note").last.scroll_into_view_if_needed()
        expect(page.locator(".note").nth(shown - 1)).to_be_attached()
        expect(page.locator(".note")).to_have_count(shown)  # it reads 50 at a time
    page.get_by_role("button", name="View and filters").click()
    page.get_by_label("Order").select_option("title")
    expect(page.locator(".note-title").first).to_have_text("Note 00000")
    page.get_by_label("Search notes").fill("09999")
    expect(page.locator(".note")).to_have_count(1)


def test_many_are_chosen_tagged_and_deleted_with_undo(page_of: PageOf, anna: Person) -> None:
    for number in range(4):
        anna.note(f"Note {number}")
    page = page_of("anna", "/notes")
    for number in (0, 2):
        page.get_by_label(f"Choose Note {number}").check()
    page.get_by_role("button", name="Tag", exact=True).click()
    page.get_by_label("Tag for the chosen notes").fill("garden")
    page.get_by_role("button", name="Add tag").click()
    expect(page.locator(".note .tag")).to_have_count(2)
    for number in (0, 2):
        page.get_by_label(f"Choose Note {number}").check()
    page.locator(".chosen-bar").get_by_role("button", name="Delete").click()
    expect(page.locator(".note")).to_have_count(2)
    page.locator(".toast", has_text="moved to the trash").get_by_role("button", name="Undo").click()
    expect(page.locator(".note")).to_have_count(4)
    page.locator(".places").get_by_role("button", name="Rename the tag garden").click()
    expect(page.get_by_role("dialog").get_by_label("Name")).to_be_focused()
    page.keyboard.type("outside")
    page.keyboard.press("Enter")
    expect(page.locator(".note .tag").first).to_have_text("outside")


def test_links_are_completed_followed_and_created(page_of: PageOf, anna: Person) -> None:
    anna.note("All of them", title="Bakeries")
    note = anna.note("")
    page = split(opened(page_of("anna", f"/notes/{note}", viewport={"width": 1440, "height": 900})))
    box(page).press_sequentially("See [[bak", delay=30)
    expect(page.get_by_role("option", name="Bakeries")).to_be_visible()
    page.keyboard.press("Enter")
    box(page).press_sequentially(" and [[Cheese]]", delay=5)
    saved(page)
    shows(page, "See [[Bakeries]] and [[Cheese]]")
    expect(page.locator(".wiki-missing")).to_have_text("Cheese")
    assert anna.put("/api/v1/notes/1/draft", json={"title": "Good bakeries", "version": 1}).status_code == 200
    shows(page, "See [[Good bakeries]] and [[Cheese]]")
    page.locator(".wiki-missing").click()
    opened(page)
    expect(page.get_by_role("textbox", name="Title")).to_have_value("Cheese")
    page.goto("/notes/1")
    page.locator(".backlinks a").click()
    opened(page)
    expect(box(page)).to_contain_text("Cheese")


def test_a_formula_of_a_note_is_copied_as_tex_and_its_footnotes_lead_there_and_back(
    page_of: PageOf, anna: Person
) -> None:
    anna.note("# Sums\n\nSo $x^2$ it is[^1].\n\n" + "More.\n\n" * 60 + "[^1]: They say.\n")
    permissions = ["clipboard-read", "clipboard-write"]
    viewport = {"width": 1440, "height": 500}
    page = split(opened(page_of("anna", "/notes/1", viewport=viewport, trusted=True, permissions=permissions)))
    preview = page.locator(".pane-preview")
    preview.locator(".math-inline").click()
    page.keyboard.press("ControlOrMeta+c")
    assert page.evaluate("navigator.clipboard.readText()") == "$x^2$"
    preview.locator("sup a").click()
    expect(preview.get_by_text("They say.")).to_be_in_viewport()
    preview.get_by_label("Back to the text").click()
    expect(preview.locator("sup a")).to_be_in_viewport()
    expect(preview.get_by_text("They say.")).not_to_be_in_viewport()


def test_pictures_and_files_are_kept_with_the_note(page_of: PageOf, anna: Person) -> None:
    out = io.BytesIO()
    Image.new("RGB", (30, 20), "teal").save(out, "PNG")
    page = split(opened(page_of("anna", "/notes/new", viewport={"width": 1440, "height": 900})))
    box(page).click()
    page.locator("input[type=file]").set_input_files(
        {"name": "sea.png", "mimeType": "image/png", "buffer": out.getvalue()}
    )
    saved(page)
    expect(page.locator(".pane-preview img")).to_be_visible()
    assert page.locator(".pane-preview img").evaluate("e => e.naturalWidth") == 30
    page.locator("input[type=file]").set_input_files(
        {"name": "A [paper].pdf", "mimeType": "application/pdf", "buffer": b"%PDF-1.7"}
    )
    with page.expect_download() as download:
        page.locator(".pane-preview .file-chip", has_text="A paper.pdf").click()
    assert download.value.suggested_filename == "A [paper].pdf"
    page.locator("input[type=file]").set_input_files(
        {"name": "x.png", "mimeType": "image/png", "buffer": b"<svg onload=alert(1)>"}
    )
    expect(page.get_by_role("alert")).to_contain_text("not a picture")


def test_a_picture_comes_to_its_note_when_the_server_is_back(page_of: PageOf, product: Product, anna: Person) -> None:
    out = io.BytesIO()
    Image.new("RGB", (30, 20), "teal").save(out, "PNG")
    note = anna.note("above\n\nbelow", title="First")
    other = anna.note("another", title="Second")
    page = opened(page_of("anna", f"/notes/{note}", viewport={"width": 1440, "height": 900}))
    product.kill()
    expect(page.locator(".away")).to_be_visible()
    box(page).click()
    page.keyboard.press("Control+End")
    page.locator("input[type=file]").set_input_files(
        {"name": "[sea].png", "mimeType": "image/png", "buffer": out.getvalue()}
    )
    product.start()
    expect(box(page)).to_contain_text("![sea.png](/notes/attachments/1)", timeout=15_000)
    reload(page)
    opened(page)
    nothing_kept(page)
    assert anna.text(note) == "above\n\nbelow![sea.png](/notes/attachments/1)\n"
    page.route("**/api/v1/attachments*", lambda route: route.abort(), times=1)
    page.locator("input[type=file]").set_input_files(
        {"name": "sun.png", "mimeType": "image/png", "buffer": out.getvalue()}
    )
    page.locator(".note").filter(has_text="Second").get_by_role("link").click()
    shows(page, "another")
    page.locator(".note").filter(has_text="First").get_by_role("link").click()
    expect(box(page)).to_contain_text("![sun.png](/notes/attachments/2)", timeout=15_000)
    nothing_kept(page)
    assert anna.text(other) == "another"


def test_a_page_whose_line_is_slow_is_connected_in_the_end(page_of: PageOf, anna: Person) -> None:
    note = anna.note("words")
    page = page_of("anna", "/models")
    hold_back(page)
    page.goto(f"/notes/{note}")
    opened(page)
    page.wait_for_function("() => held.length > 0 && performance.now() > 3000")
    let_go(page)
    rewrite(split(page), "# More words")
    expect(page.locator(".pane-preview h1")).to_have_text("More words")
    saved(page)
    assert anna.text(note) == "# More words"


def rows(person: Person) -> list[tuple[object, ...]]:
    """Every note as it is, without what differs between two accounts."""
    found = []
    for note in (*person.notes(), *person.notes("archive")):
        one, whole = person.do(queries.get_listed, note), person.do(notebook.get, note)
        text = re.sub(r"/notes/attachments/\d+", "/picture", whole.text)
        alike = (one.tags, one.pinned, one.archived, one.colour, one.created, one.updated)
        found.append((one.title, text, whole.title_set, *alike))
    return sorted(found)


def test_what_is_exported_is_imported_row_by_row(page_of: PageOf, product: Product, anna: Person) -> None:
    out = io.BytesIO()
    Image.new("RGB", (3, 3), "red").save(out, "PNG")
    picture = anna.post("/api/v1/attachments?name=dot.png", content=out.getvalue()).json()
    anna.note(
        f"![dot](/notes/attachments/{picture['id']})\n\nWith a picture: äöü 漢字",
        title="Über/alles: ?",
        tags=("a/b", "c"),
    )
    anna.note("No title here\n\n[[Über/alles: ?]]", colour="blue")
    anna.do(notebook.pin, 2)
    anna.note("---\nfront: matter?\n---\n", title="Odd")
    anna.do(notebook.archive, 3)
    page = page_of("anna", "/notes")
    with page.expect_download() as download:
        page.get_by_role("link", name="Export all").click()
    path = Path(download.value.path())
    assert len(zipfile.ZipFile(path).namelist()) == 4
    eve = page_of("eve", "/notes/import")
    eve.locator("input[type=file]").first.set_input_files(
        {"name": "notes.zip", "mimeType": "application/zip", "buffer": path.read_bytes()}
    )
    expect(eve.get_by_role("heading", name="3 new notes")).to_be_visible()
    eve.get_by_role("button", name="Import 3 notes").click()
    expect(eve.get_by_role("heading", name="Done: 3 notes imported")).to_be_visible()
    client = product.person("eve")
    assert rows(client) == rows(anna)
    client.close()
    eve.get_by_role("button", name="Import more").click()
    eve.locator("input[type=file]").first.set_input_files(
        {"name": "notes.zip", "mimeType": "application/zip", "buffer": path.read_bytes()}
    )
    expect(eve.get_by_text("here already and left alone")).to_be_visible()


def test_a_vault_moves_in(page_of: PageOf) -> None:
    files: dict[str, bytes | str] = {
        "Plans/Day one.md": "---\nup: '[[Trip]]'\n---\nSee [the hotel](../Places/Hotel.md) and ![[gone.png]] #rome",
        "Places/Hotel.md": "---\naliases: [Inn]\n---\nBack: [[Plans/Day one|then]]",
        "Trip.enex": "<en-export><note><title>Trip</title><content><en-note/></content></note></en-export>",
    }
    page = page_of("anna", "/notes/import")
    page.locator("input[type=file]").first.set_input_files(
        {"name": "vault.zip", "mimeType": "application/zip", "buffer": zipped(files).getvalue()}
    )
    expect(page.get_by_role("heading", name="3 new notes")).to_be_visible()
    expect(page.get_by_text("From Evernote (1).")).to_be_visible()
    expect(page.get_by_text("Its picture gone.png is not among the files.")).to_be_visible()
    page.get_by_label("Make tags of the words with a # in the texts: rome").check()
    page.get_by_role("button", name="Import 3 notes").click()
    expect(page.get_by_role("heading", name="Done: 3 notes imported")).to_be_visible()
    page.get_by_role("button", name="Show the notes").click()
    page.get_by_role("link", name="Day one").click()
    expect(page.locator(".tag-list")).to_contain_text("rome")
    page.get_by_role("button", name="Preview", exact=True).click()
    expect(page.locator(".pane-preview .fields")).to_contain_text("Trip")
    page.locator(".pane-preview").get_by_role("link", name="the hotel").click()
    page.locator(".pane-preview").get_by_role("link", name="then").click()
    expect(page.locator(".pane-preview").get_by_role("link", name="the hotel")).to_be_visible()


def test_an_answer_is_saved_to_a_note_and_a_note_is_asked_about(page_of: PageOf, anna: Person, ollama: Any) -> None:
    note = anna.note("The heating is broken.", title="Landlord")
    page = page_of("anna")
    say(page, "text=Dear landlord, please mend it.")
    finished(page)
    page.locator(".message-assistant").get_by_role("button", name="Save to a note").click()
    page.get_by_role("dialog").get_by_role("button", name="Landlord").click()
    expect(page.get_by_text("Saved to the note.")).to_be_visible()
    text = anna.text(note)
    assert text.startswith("The heating is broken.\n\nDear landlord, please mend it.\n\n[From the conversation")
    page.get_by_role("link", name="Open", exact=True).click()
    opened(page)
    page.get_by_role("button", name="Preview", exact=True).click()
    page.locator(".pane-preview a").click()
    expect(page.locator(".message-hit")).to_contain_text("Dear landlord")
    page.goto(f"/notes/{note}")
    opened(page)
    page.get_by_role("button", name="More", exact=True).click()
    page.get_by_role("menuitem", name="Ask about this").click()
    expect(page.get_by_text("About “Landlord”")).to_be_visible()
    say(page, "tokens=2")
    finished(page)
    asked = [body for body in ollama.chats() if body["messages"][-1]["content"] == "tokens=2"]
    assert "The heating is broken." in asked[0]["messages"][0]["content"]


def test_a_marked_part_is_saved_to_a_new_note(page_of: PageOf, anna: Person) -> None:
    page = page_of("anna")
    say(page, "text=Keep this. Not that.")
    finished(page)
    page.locator(".message-assistant .prose p").evaluate(
        "e => { const r = document.createRange(); r.setStart(e.firstChild, 0); r.setEnd(e.firstChild, 10);"
        " getSelection().removeAllRanges(); getSelection().addRange(r) }"
    )
    page.locator(".keep-selection").click()
    page.get_by_role("button", name="New note").click()
    expect(page.get_by_text("Saved to the note.")).to_be_visible()
    assert anna.text(1).startswith("Keep this.\n\n[From")


def test_too_much_text_is_said_and_nothing_typed_is_lost(page_of: PageOf, anna: Person) -> None:
    note = anna.note("small")
    page = opened(page_of("anna", f"/notes/{note}"))
    rewrite(page, "x" * 1_000_001)
    expect(page.get_by_role("alert")).to_contain_text("1", timeout=10_000)
    expect(page.locator(".editor-state")).to_have_text("Not saved")
    kept = "JSON.parse(localStorage[Object.keys(localStorage).find((key) => key.startsWith('note:1:'))])"
    assert page.evaluate(f"{kept}.text.length") == 1_000_001
    assert anna.text(note) == "small"


def test_on_a_phone_one_writes_reads_and_goes_back(page_of: PageOf, anna: Person) -> None:
    note = anna.note("# A heading\n\nwords")
    page = page_of("anna", f"/notes/{note}", viewport={"width": 360, "height": 740}, has_touch=True, is_mobile=True)
    opened(page)
    expect(page.locator(".pane-preview")).to_be_hidden()
    page.get_by_role("button", name="Preview", exact=True).click()
    expect(page.locator(".pane-preview h1")).to_have_text("A heading")
    assert page.evaluate("document.documentElement.scrollWidth") <= 360
    page.get_by_role("link", name="All notes").first.click()
    expect(page.locator(".note")).to_have_count(1)
    assert page.evaluate("document.documentElement.scrollWidth") <= 360


def test_a_link_to_a_heading_opens_the_note_there(page_of: PageOf, anna: Person) -> None:
    long = "\n\n".join(f"line {number}" for number in range(80))
    target = anna.note(f"# Target\n\n{long}\n\n## Far below\n\nthe end\n\n{long}")
    note = anna.note("# From\n\n[[Target#Far below|there]] ![[Target#Far below]]")
    page = split(opened(page_of("anna", f"/notes/{note}")))
    preview = page.locator(".pane-preview")
    expect(preview.locator(".shown-note")).to_contain_text("the end")
    preview.get_by_role("link", name="there").click()
    expect(page).to_have_url(re.compile(rf"/notes/{target}\?part=far-below$"))
    expect(preview.locator("#h-far-below")).to_be_in_viewport()  # what is embedded has a heading of this name, too
    expect(box(page).get_by_text("## Far below")).to_be_in_viewport()
    # Both halves scroll together, and the other may still be on its way.
    page.wait_for_function("""() => {
      document.querySelector(".pane-preview").scrollTop = 0;
      return document.getElementById("h-far-below").getBoundingClientRect().top > innerHeight;
    }""")
    reload(page)
    expect(preview.get_by_role("heading", name="Far below")).to_be_in_viewport()
