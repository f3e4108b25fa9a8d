"""Calendars in a real browser: an address made and copied, a file brought in once."""

import re
import sqlite3
from collections.abc import Callable
from contextlib import closing
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any, Literal

import httpx
import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page, expect

from assistant.reminders import queries
from tests.person import Person

PageOf = Callable[..., Page]
PATH = "/reminders/options"
FILE = ".calendars-host input[type=file]"


def calendar(*entries: str) -> str:
    return "\r\n".join(["BEGIN:VCALENDAR", "VERSION:2.0", *entries, "END:VCALENDAR", ""])


def event(number: int) -> str:
    day = datetime(2031, 1, 1, 9) + timedelta(days=number)
    lines = [f"UID:{number}@other", f"SUMMARY:Meeting {number}", f"DTSTART;TZID=Europe/Berlin:{day:%Y%m%dT%H%M%S}"]
    return "\r\n".join(["BEGIN:VEVENT", *lines, "END:VEVENT"])


@pytest.mark.browser
def test_an_address_is_made_copied_renewed_and_switched_off(page_of: PageOf, anna: Person) -> None:
    anna.reminder("Dentist", datetime(2031, 1, 1, 9))
    page = page_of("anna", PATH, trusted=True, permissions=["clipboard-read", "clipboard-write"])
    page.get_by_role("button", name="Make an address").click()
    expect(page.get_by_role("button", name="Copy")).to_be_focused()
    page.keyboard.press("Enter")
    expect(page.get_by_text("Copied.")).to_be_visible()
    address = page.evaluate("navigator.clipboard.readText()")
    assert address == page.get_by_label("The address").input_value()
    webcal = page.get_by_role("link", name="Open in a calendar on this device").get_attribute("href")
    assert webcal == re.sub(r"^http", "webcal", address)
    assert b"SUMMARY:Dentist" in httpx.get(address).content
    page.reload()
    expect(page.get_by_text(re.compile("Made on .*, last read"))).to_be_visible()
    expect(page.get_by_label("The address")).to_have_count(0)
    page.get_by_role("button", name="Make a new one").click()
    page.get_by_role("button", name="Keep it").click()
    expect(page.get_by_role("button", name="Make a new one")).to_be_focused()
    assert httpx.get(address).status_code == 200
    page.get_by_role("button", name="Make a new one").click()
    expect(page.get_by_text("The old address stops working at once.")).to_be_visible()
    expect(page.locator(".main-button:focus")).to_have_text("Make a new one")
    page.keyboard.press("Enter")
    expect(page.get_by_label("The address")).not_to_have_value(address)
    newer = page.get_by_label("The address").input_value()
    assert (httpx.get(address).status_code, httpx.get(newer).status_code) == (404, 200)
    page.get_by_role("button", name="Switch it off").click()
    page.get_by_role("button", name="Switch it off").click()
    expect(page.get_by_text("Switched off. The address is gone.")).to_be_visible()
    expect(page.get_by_role("button", name="Make an address")).to_be_focused()
    assert httpx.get(newer).status_code == 404


@pytest.mark.browser
def test_an_address_is_copied_without_the_clipboards_interface(page_of: PageOf, anna: Person) -> None:
    page = page_of("anna", PATH)
    page.evaluate("Object.defineProperty(navigator, 'clipboard', {value: undefined})")
    page.evaluate(
        "document.execCommand = (what) => (window.executed = [what, String(document.activeElement.value)], true)"
    )
    page.get_by_role("button", name="Make an address").click()
    page.get_by_role("button", name="Copy").click()
    expect(page.get_by_text("Copied.")).to_be_visible()
    assert page.evaluate("executed") == ["copy", page.get_by_label("The address").input_value()]
    page.evaluate("document.execCommand = () => false")
    page.get_by_role("button", name="Copy").click()
    expect(page.get_by_text("press Ctrl+C")).to_be_visible()


@pytest.mark.browser
def test_a_file_is_looked_at_imported_and_known_the_second_time(page_of: PageOf, anna: Person, tmp_path: Path) -> None:
    file = tmp_path / "work.ics"
    broken = "BEGIN:VEVENT\r\nUID:x\r\nSUMMARY:Nowhere\r\nDTSTART:20260230T090000\r\nEND:VEVENT"
    file.write_text(calendar(event(1), event(2), broken), newline="")
    page = page_of("anna", PATH)
    page.locator(FILE).set_input_files(file)
    expect(page.get_by_role("heading", name="2 new reminders in work.ics")).to_be_visible()
    expect(page.locator(".import-titles li")).to_have_text(["Meeting 1", "Meeting 2"])
    expect(page.get_by_text("“20260230T090000” is not a date that exists.")).to_be_visible()
    assert anna.reminders() == []
    page.get_by_role("button", name="Import 2 reminders").click()
    expect(page.get_by_role("heading", name="Done: 2 reminders imported")).to_be_visible()
    assert [row.text for row in anna.reminders()] == ["Meeting 1", "Meeting 2"]
    page.get_by_role("button", name="Import more").click()
    page.locator(FILE).set_input_files(file)
    expect(page.get_by_text("All 2 are here already and left alone.")).to_be_visible()
    expect(page.get_by_role("button", name=re.compile("^Import"))).to_have_count(0)
    page.get_by_role("button", name="Choose another file").click()
    page.locator(FILE).set_input_files({"name": "cat.ics", "mimeType": "text/calendar", "buffer": b"\x00\xff" * 100})
    expect(page.get_by_role("alert")).to_have_text("There is no calendar in this file.")


@pytest.mark.browser
def test_a_long_import_is_cancelled_and_gone_on_with(page_of: PageOf, anna: Person, tmp_path: Path) -> None:
    page = page_of("anna", PATH)
    data = calendar(*map(event, range(900))).encode()
    whole = {"name": "all.ics", "mimeType": "text/calendar", "buffer": data}
    page.locator(FILE).set_input_files(whole)  # type: ignore[arg-type]
    button = page.get_by_role("button", name="Import 900 reminders")
    expect(button).to_be_visible(timeout=20_000)
    # Another writes meanwhile, or it would all be here before one finds Cancel.
    with closing(sqlite3.connect(tmp_path / "assistant.db", isolation_level=None)) as other:
        other.execute("BEGIN IMMEDIATE")
        button.click()
        expect(page.locator(".calendars-host .bar + .row")).to_contain_text("0 of 900")
        page.get_by_role("button", name="Cancel").click()
        other.execute("COMMIT")
    expect(page.get_by_role("heading", name=re.compile(r"^Cancelled: \d+ reminders? imported"))).to_be_visible()
    page.get_by_role("button", name="Import more").click()
    page.locator(FILE).set_input_files(whole)  # type: ignore[arg-type]
    expect(page.get_by_text(re.compile(r"\d+ entries are here already"))).to_be_visible(timeout=20_000)
    page.get_by_role("button", name=re.compile(r"^Import [1-8]\d\d reminders")).click()
    expect(page.get_by_role("heading", name=re.compile(r"^Done: [1-8]\d\d reminders imported"))).to_be_visible()
    assert anna.do(queries.count, "coming", "UTC", datetime.now(UTC)) == 900


@pytest.mark.browser
@pytest.mark.parametrize("size", [(390, 844), (1440, 900)])
@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_the_page_is_readable_for_all(
    page_of: PageOf, anna: Person, size: tuple[int, int], scheme: Literal["light", "dark"]
) -> None:
    page = page_of("anna", PATH, viewport={"width": size[0], "height": size[1]}, color_scheme=scheme, bypass_csp=True)
    page.get_by_role("button", name="Make an address").click()
    page.get_by_text("How to add it to your calendar").click()
    page.locator(FILE).set_input_files(
        {"name": "a.ics", "mimeType": "text/calendar", "buffer": calendar(*map(event, range(30))).encode()}
    )
    expect(page.get_by_role("heading", name="30 new reminders in a.ics")).to_be_visible()
    assert page.evaluate("document.documentElement.scrollWidth") <= size[0]
    violations: Any = Axe().run(page).response["violations"]
    assert [one["id"] for one in violations if one["impact"] in {"serious", "critical"}] == []
    shown = """[...document.querySelectorAll('.calendars-host :is(button, a, summary, input:not([hidden]))')]
      .filter((one) => one.checkVisibility())"""
    heights = page.evaluate(f"{shown}.map((one) => [one.textContent, one.offsetHeight])")
    assert [one for one in heights if one[1] < (44 if size[0] < 1024 else 32)] == []
