"""Places, list and note side by side in a real browser: what stays, what is in sight, what comes back."""

import io
import re
import zipfile
from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from playwright.sync_api import FilePayload, Locator, Page, expect

from assistant.config import Config
from assistant.notes import notebook, trash
from assistant.web import parts
from tests.browsing import hold_back, let_go
from tests.person import Person
from tests.product import Product

pytestmark = pytest.mark.browser
PageOf = Callable[..., Page]
WIDE = {"width": 1440, "height": 900}
PHONE: dict[str, Any] = {"viewport": {"width": 390, "height": 844}, "has_touch": True, "is_mobile": True}
LIST = "[data-scroll=notes]"


@pytest.fixture
def many(product: Product, anna: Person) -> int:
    """A thousand notes of Anna's, the last one changed last; every tenth has a tag."""
    database = parts.open_database(Config(data=product.data))

    def fill() -> None:
        start = parts.now() - timedelta(days=1)
        for number in range(1000):
            tags = ["home/garden"] if number % 10 == 0 else []
            at = start + timedelta(minutes=number)
            notebook.create(1, at, text=f"Note {number:03}\n\nsome *words*", tags=tags)

    database.run_here(fill)
    database.close()
    return 1000


def in_list(page: Page, title: str) -> Locator:
    return page.locator(".note", has=page.get_by_text(title, exact=True))


def scroll_to(page: Page, top: int) -> None:
    page.locator(LIST).evaluate("(box, top) => { box.scrollTop = top }", top)


def scrolled(page: Page) -> float:
    return float(page.locator(LIST).evaluate("(box) => box.scrollTop"))


TYPED_IN_A_ROW = """async (field, all) => {
  held = [];
  for (const words of all) {
    const before = held.length;
    field.value = words;
    field.dispatchEvent(new InputEvent("input", { bubbles: true }));
    while (held.length === before) await new Promise((done) => setTimeout(done));
  }
}"""


def opened(page: Page, title: str) -> None:
    expect(page).to_have_title(f"{title} · Assistant")
    expect(page.get_by_label("Text of the note")).to_be_visible()


@pytest.mark.usefixtures("many")
def test_a_note_opened_from_deep_in_the_list_is_in_sight_there(page_of: PageOf) -> None:
    page = page_of("anna", "/notes/300", viewport=WIDE)
    opened(page, "Note 299")
    expect(page.locator(".note.current")).to_be_in_viewport()
    expect(page.locator(".note.current")).to_contain_text("Note 299")
    expect(in_list(page, "Note 300")).to_be_in_viewport()
    page.evaluate("window.assistant.move('/notes/900')")
    opened(page, "Note 899")
    expect(page.locator(".note.current")).to_be_in_viewport()
    expect(page.locator(".note.current")).to_have_count(1)
    assert page.evaluate("document.scrollingElement.scrollTop") == 0


@pytest.mark.usefixtures("many")
def test_places_list_and_search_stay_when_a_note_opens(page_of: PageOf) -> None:
    page = page_of("anna", "/notes", viewport=WIDE)
    expect(page.locator(".note")).to_have_count(50)
    page.evaluate("for (const row of document.querySelectorAll('.places li')) row.dataset.same = '1'")
    scroll_to(page, 1500)
    in_list(page, "Note 975").locator("a").click()
    opened(page, "Note 975")
    assert scrolled(page) == 1500
    assert page.locator(".places li:not([data-same])").count() == 0
    page.get_by_role("link", name="garden 100").click()
    expect(page.locator(".note")).to_have_count(50)
    expect(page.locator(".notes-count")).to_have_text("100")
    expect(page).to_have_url(re.compile(r"/notes\?tag=home%2Fgarden$"))
    in_list(page, "Note 980").locator("a").click()
    opened(page, "Note 980")
    expect(page.locator(".notes-heading")).to_have_text("home/garden")
    expect(page.locator(".places [aria-current]")).to_contain_text("garden")


@pytest.mark.usefixtures("many")
def test_back_and_forward_keep_place_and_search(page_of: PageOf) -> None:
    page = page_of("anna", "/notes", viewport=WIDE)
    expect(page.locator(".note")).to_have_count(50)
    scroll_to(page, 40_000)
    expect(in_list(page, "Note 455")).to_be_in_viewport()
    in_list(page, "Note 455").locator("a").click()
    opened(page, "Note 455")
    page.get_by_role("navigation", name="Menu").get_by_role("link", name="Models").click()
    expect(page).to_have_title("Models · Assistant")
    page.go_back()
    opened(page, "Note 455")
    expect(page.locator(".note.current")).to_be_in_viewport()
    page.go_back()
    expect(page).to_have_title("Notes · Assistant")
    expect(in_list(page, "Note 455")).to_be_in_viewport()
    assert scrolled(page) == 40_000
    page.get_by_label("Search notes").fill("099")
    expect(page.locator(".note")).to_have_count(1)
    page.locator(".note > a").click()
    opened(page, "Note 099")
    page.go_back()
    expect(page.get_by_label("Search notes")).to_have_value("099")
    expect(page.locator(".note")).to_have_count(1)
    page.go_forward()
    opened(page, "Note 099")


@pytest.mark.usefixtures("many")
def test_a_long_list_keeps_a_window_of_rows(page_of: PageOf) -> None:
    page = page_of("anna", "/notes", viewport=WIDE)
    expect(page.locator(".note")).to_have_count(50)
    for _ in range(8):
        page.locator(".note").last.scroll_into_view_if_needed()
        last = page.locator(".note").last.text_content() or ""
        expect(page.locator(".note").last).not_to_have_text(last)
    assert page.locator(".note").count() <= 300
    scroll_to(page, 10**6)
    expect(in_list(page, "Note 000")).to_be_in_viewport()
    scroll_to(page, 0)
    expect(in_list(page, "Note 999")).to_be_in_viewport()
    assert page.locator(".note").count() <= 300


@pytest.mark.usefixtures("many")
def test_who_scrolls_before_the_socket_is_there_stays_where_they_are(page_of: PageOf) -> None:
    page = page_of("anna", "/models", viewport=WIDE)
    hold_back(page)
    page.goto("/notes")
    expect(page.locator(".note")).to_have_count(50)
    scroll_to(page, 20_000)
    let_go(page)
    expect(in_list(page, "Note 725")).to_be_in_viewport()
    assert scrolled(page) == 20_000


def test_keys_walk_the_hits_and_open_one(page_of: PageOf, anna: Person) -> None:
    for number in range(3):
        anna.note(f"zebra {number}")
    anna.note("horse")
    page = page_of("anna", "/notes", viewport=WIDE)
    page.locator(".notes-heading").click()
    page.keyboard.press("/")
    page.keyboard.type("zeb")
    expect(page.locator(".note")).to_have_count(3)
    page.keyboard.press("ArrowDown")
    page.keyboard.press("ArrowDown")
    page.keyboard.press("Enter")
    opened(page, "zebra 1")
    expect(page.locator(".note.current")).to_contain_text("zebra 1")
    page.get_by_label("Search notes").fill("horse")
    page.get_by_label("Search notes").press("Enter")
    opened(page, "horse")


@pytest.mark.usefixtures("many")
def test_enter_opens_a_hit_for_its_words_though_they_are_still_looked_up(page_of: PageOf) -> None:
    page = page_of("anna", "/settings", viewport=WIDE)
    hold_back(page)
    page.goto("/notes")
    let_go(page)
    expect(in_list(page, "Note 999")).to_be_in_viewport()
    field = page.get_by_label("Search notes")
    field.evaluate(TYPED_IN_A_ROW, [*["not", "note"] * 20, "500"])  # many hits, which keep the last waiting
    field.press("Enter")
    let_go(page)
    opened(page, "Note 500")


def test_parent_tags_count_what_is_below_them(page_of: PageOf, anna: Person) -> None:
    anna.note("one", tags=["home/garden", "home/kitchen"])
    anna.note("two", tags=["home/garden"])
    anna.note("three", tags=["home"])
    page = page_of("anna", "/notes", viewport=WIDE)
    expect(page.locator(".places li", has_text="home")).to_contain_text("3")
    expect(page.locator(".places li", has_text="garden")).to_contain_text("2")
    page.get_by_role("button", name="Tags below home").click()
    expect(page.locator(".places li", has_text="garden")).to_have_count(0)
    page.get_by_role("link", name="home 3").click()
    expect(page.locator(".note")).to_have_count(3)


def test_rows_show_plain_words(page_of: PageOf, anna: Person) -> None:
    anna.note(
        "# Trip\n\n| Town | Nights |\n| --- | --- |\n| **Lisbon** | [two](https://a.example) |\n\n## Later\n- more",
    )
    page = page_of("anna", "/notes", viewport=WIDE)
    expect(page.locator(".note-excerpt")).to_have_text("Town Nights Lisbon two Later more")
    page.get_by_label("Search notes").fill("lisbon")
    expect(page.locator(".note-excerpt mark")).to_have_text("Lisbon")
    expect(page.locator(".note-excerpt")).to_have_text("Town Nights Lisbon two Later more")


def test_html_in_a_note_stays_text(page_of: PageOf, anna: Person) -> None:
    evil = "<img src=x onerror=alert(1)>"
    anna.note(f"{evil} title\n\nbody {evil}", tags=[f"{evil}/a"])
    page = page_of("anna", "/notes", viewport=WIDE)
    expect(page.locator(".note-title")).to_have_text(f"{evil} title")
    page.get_by_label("Search notes").fill("body")
    expect(page.locator(".note mark")).to_have_text("body")
    assert page.locator("#page img, .places img").count() == 0


def test_on_a_phone_back_returns_to_the_list_where_it_was(page_of: PageOf, many: int) -> None:
    page = page_of("anna", "/notes", **PHONE)
    expect(page.locator(".note")).to_have_count(50)
    scroll_to(page, 20_000)
    note = in_list(page, "Note 725")
    expect(note).to_be_in_viewport()
    note.locator("a").click()
    opened(page, "Note 725")
    expect(page.locator(".note > a").first).to_be_hidden()
    page.locator(".editor-back").click()
    expect(note.locator("a")).to_be_visible()
    assert scrolled(page) == 20_000
    page.get_by_role("button", name="Open the list").click()
    page.locator(".places").get_by_role("link", name="garden 100").click()
    expect(page.locator(".notes-count")).to_have_text("100")
    page.locator(".note > a").first.click()
    opened(page, "Note 990")
    page.locator(".editor-back").click()
    expect(page).to_have_title("home/garden · Assistant")
    expect(page.locator(".note > a").first).to_be_visible()
    assert page.evaluate("document.documentElement.scrollWidth") <= 390
    assert many


def test_on_a_phone_several_are_chosen_and_archived_with_undo(page_of: PageOf, anna: Person) -> None:
    for number in range(3):
        anna.note(f"Note {number}")
    page = page_of("anna", "/notes", **PHONE)
    page.get_by_role("button", name="View and filters").click()
    page.get_by_role("button", name="Select notes").click()
    page.get_by_label("Choose Note 0").check()
    page.get_by_label("Choose Note 2").check()
    expect(page.locator(".chosen-count")).to_have_text("2 selected")
    page.get_by_role("button", name="Archive", exact=True).click()
    expect(page.locator(".note")).to_have_count(1)
    page.get_by_role("button", name="Undo").click()
    expect(page.locator(".note")).to_have_count(3)


def test_the_trash_gives_back_and_is_emptied_after_asking(page_of: PageOf, anna: Person) -> None:
    for number in range(3):
        anna.do(trash.trash, anna.note(f"Note {number}"), parts.now())
    page = page_of("anna", "/notes?where=trash", viewport=WIDE)
    page.get_by_label("Choose Note 1").check()
    page.get_by_role("button", name="Restore").click()
    expect(page.locator(".note")).to_have_count(2)
    page.get_by_role("button", name="Empty trash").click()
    page.get_by_role("button", name="Cancel").click()
    expect(page.get_by_role("dialog")).to_have_count(0)
    expect(page.locator(".note")).to_have_count(2)
    page.get_by_role("button", name="Empty trash").click()
    page.get_by_role("button", name="Delete for good").click()
    expect(page.get_by_text("The trash is empty")).to_be_visible()
    assert [len(anna.notes(where)) for where in ("notes", "archive", "trash")] == [1, 0, 0]


def test_filters_and_order_need_no_typing(page_of: PageOf, anna: Person) -> None:
    anna.do(notebook.pin, anna.note("b first"))
    anna.note("c second")
    anna.note("a third")
    page = page_of("anna", "/notes", viewport=WIDE)
    page.get_by_role("button", name="View and filters").click()
    page.get_by_label("Only pinned").check()
    expect(page.locator(".note")).to_have_count(1)
    expect(page.get_by_label("Search notes")).to_have_value("is:pinned")
    page.get_by_role("button", name="Clear filters").click()
    expect(page.locator(".note")).to_have_count(3)
    page.get_by_label("Changed after").fill("2100-01-01")
    expect(page.get_by_text("No note has all this")).to_be_visible()
    page.get_by_role("button", name="Clear filters").click()
    page.get_by_label("Order").select_option("title")
    expect(page.locator(".note-title")).to_have_text(["b first", "a third", "c second"])
    page.get_by_label("Show as cards").check()
    expect(page.locator(".note-column")).to_be_hidden()
    page.reload()
    expect(page.locator(".note-title")).to_have_text(["b first", "a third", "c second"])
    expect(page.locator(".note-column")).to_be_hidden()


def test_a_note_begins_from_a_template(page_of: PageOf, anna: Person) -> None:
    anna.note("# Week\n\n- [ ] Monday", title="Weekly plan", tags=["template"])
    page = page_of("anna", "/notes", viewport=WIDE)
    page.get_by_role("button", name="New from a template").click()
    page.get_by_role("menuitem", name="Weekly plan").click()
    opened(page, "Week")
    expect(page.locator(".note")).to_have_count(2)


def test_empty_notes_show_no_filters(page_of: PageOf, anna: Person) -> None:
    page = page_of("anna", "/notes", viewport=WIDE)
    expect(page.get_by_role("link", name="Write the first note")).to_be_visible()
    expect(page.get_by_label("Search notes")).to_be_hidden()
    expect(page.get_by_role("button", name="View and filters")).to_be_hidden()
    assert anna.put("/api/v1/notes/0/draft", json={"text": "first"}).status_code == 200  # as from another device
    expect(page.locator(".note")).to_have_count(1)
    expect(page.get_by_label("Search notes")).to_be_visible()


def vault(notes: int) -> FilePayload:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as packed:
        for number in range(notes):
            packed.writestr(f"Vault/Note {number}.md", f"# Note {number}\n\nwords")
        packed.writestr("Vault/film.mp4", b"no note")
    return {"name": "Vault.zip", "mimeType": "application/zip", "buffer": out.getvalue()}


def test_an_import_is_found_again_after_a_reload(page_of: PageOf, anna: Person) -> None:
    page = page_of("anna", "/notes/import", viewport=WIDE)
    page.locator("input[type=file]").first.set_input_files(vault(30))
    expect(page.get_by_role("heading", name="30 new notes")).to_be_visible()
    page.reload()
    expect(page.get_by_role("heading", name="30 new notes")).to_be_visible()
    expect(page.get_by_text("film.mp4")).to_be_visible()
    page.get_by_role("button", name="Import 30 notes").click()
    page.reload()
    expect(page.get_by_role("heading", name="Done: 30 notes imported")).to_be_visible()
    expect(page.get_by_text("film.mp4")).to_be_visible()
    page.get_by_role("button", name="Show the notes").click()
    expect(page.locator(".note")).to_have_count(30)
    page.goto("/notes/import")
    expect(page.get_by_role("button", name="Choose files")).to_be_visible()
    assert len(anna.notes()) == 30


def test_what_cannot_be_imported_is_said(page_of: PageOf, anna: Person) -> None:
    page = page_of("anna", "/notes/import", viewport=WIDE)
    page.locator("input[type=file]").first.set_input_files(
        {"name": "broken.zip", "mimeType": "application/zip", "buffer": b"PK no zip"}
    )
    expect(page.get_by_role("alert")).to_contain_text("zip")
    expect(page.get_by_role("button", name="Choose files")).to_be_visible()
    page.locator("input[type=file]").first.set_input_files(vault(1))
    expect(page.get_by_role("heading", name="1 new note")).to_be_visible()
    expect(page.get_by_role("alert")).to_be_hidden()
    page.get_by_role("button", name="Choose other files").click()
    expect(page.get_by_role("button", name="Choose files")).to_be_visible()
    assert anna.notes() == []
