"""Documents in a real browser: attached, fitted, cited, opened, kept."""

from collections.abc import Callable
from typing import Any

import pytest
from playwright.sync_api import Page, expect

from tests.chat.documents.files import pdf
from tests.chat.test_chat_page import choose_model, finished, say
from tests.ollama_server import OllamaServer

pytestmark = pytest.mark.browser
PageOf = Callable[..., Page]


def attach(page: Page, *files: tuple[str, bytes]) -> None:
    given: Any = [{"name": name, "mimeType": "", "buffer": data} for name, data in files]
    page.locator("input[type=file][accept*=docx]").set_input_files(given)


def test_a_document_is_attached_asked_about_cited_opened_and_kept(page_of: PageOf, ollama: OllamaServer) -> None:
    page = page_of("anna")
    choose_model(page, "plain:1b")
    long = "word " * 60_000
    attach(page, ("roof.pdf", pdf(["The roof is 12 years old.", "It costs 900."])), ("long.txt", long.encode()))
    chips = page.locator(".composer-images .doc-chip")
    expect(chips.filter(has_text="roof.pdf")).to_contain_text("2 pages, 9 words · fits whole")
    expect(chips.filter(has_text="long.txt")).to_contain_text("60,000 words · passages are looked up")
    attach(page, ("bad.zip", b"PK\x03\x04"))
    expect(page.get_by_role("alert")).to_contain_text("bad.zip: This file is damaged: it cannot be unpacked.")
    page.get_by_role("button", name="Remove long.txt").click()
    page.reload()
    expect(chips).to_have_count(1)
    say(page, "text=It is old [D1 p. 2].")
    finished(page)
    expect(chips).to_have_count(0)
    expect(page.locator(".message-user .doc-chip")).to_contain_text("roof.pdf")
    expect(page.locator(".answer-acts")).to_contain_text("Read “roof.pdf” whole")
    assert "[D1 p. 2]\nIt costs 900." in ollama.chats()[0]["messages"][-1]["content"]
    page.locator(".page-mark").click()
    expect(page.locator(".reader-text")).to_have_text("It costs 900.")
    page.get_by_role("link", name="Earlier").click()
    expect(page.locator(".reader-text")).to_have_text("The roof is 12 years old.")
    with page.expect_download() as saved:
        page.get_by_role("link", name="Download").click()
    assert saved.value.suggested_filename == "roof.pdf"
    page.get_by_role("button", name="Keep as a note").click()
    page.get_by_role("link", name="Open").click()
    expect(page.locator(".cm-content, textarea").first).to_contain_text("It costs 900.")


def test_a_scan_shows_its_pages_to_a_model_that_sees_and_a_file_on_its_way_is_cancelled(page_of: PageOf) -> None:
    page = page_of("anna")
    choose_model(page, "plain:1b")
    attach(page, ("scan.pdf", pdf(["", ""])))
    chip = page.locator(".composer-images .doc-chip")
    expect(chip).to_contain_text("2 pages · a scan, without text to read")
    expect(page.get_by_role("button", name="Show its pages")).to_have_count(0)
    choose_model(page, "eyes:4b")
    page.get_by_role("button", name="Show its pages").click()
    expect(page.get_by_alt_text("Picture to send")).to_have_count(2)
    page.route("**/api/v1/files*", lambda _route: None)  # it never arrives
    attach(page, ("slow.pdf", pdf(["x"])))
    page.get_by_role("button", name="Cancel slow.pdf").click()
    expect(chip).to_have_count(1)
    page.unroute("**/api/v1/files*")
    attach(page, ("next.txt", b"one two"))
    expect(chip.filter(has_text="next.txt")).to_contain_text("2 words · fits whole")
