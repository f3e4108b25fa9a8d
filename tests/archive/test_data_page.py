"""Everything out, in, and gone, in a real browser; and backups, for owners."""

import re
import time
from collections.abc import Callable
from pathlib import Path

import pytest
from playwright.sync_api import Locator, Page, expect

from tests.archive.killing import held
from tests.person import Person
from tests.product import PATIENCE, Product

pytestmark = pytest.mark.browser
PageOf = Callable[..., Page]


def box(page: Page, name: str) -> Locator:
    return page.get_by_role("region", name=name, exact=True)


def test_out_in_and_gone(page_of: PageOf, product: Product, anna: Person, tmp_path: Path) -> None:
    anna.note("# Tea\n\nThree minutes", tags=["kitchen"])
    anna.reminder("buy tea", tags=["shop"])
    page = page_of("anna", "/settings/data")
    out = box(page, "Export")
    out.get_by_role("button", name="Make an export").click()
    with page.expect_download() as fetched:
        out.get_by_role("link", name="Download").click()
    archive = tmp_path / "anna.zip"
    fetched.value.save_as(archive)
    assert fetched.value.suggested_filename == "assistant-anna.zip"
    # A file that is none is refused in a sentence, and another can be chosen.
    other = page_of("bert", "/settings/data")
    into = box(other, "Import")
    into.locator("input[type=file]").set_input_files({"name": "x.zip", "mimeType": "", "buffer": b"PK\x03\x04 no"})
    expect(into.get_by_role("alert").filter(has_text="damaged")).to_be_visible()
    into.get_by_role("button", name="Choose another file").click()
    into.locator("input[type=file]").set_input_files(archive)
    expect(into.get_by_text("New notes")).to_be_visible()
    other.reload()  # what was looked at waits
    into.get_by_role("button", name="Import", exact=True).click()
    expect(into.get_by_text("Done. This came:")).to_be_visible()
    with product.person("bert") as bert:
        assert [bert.text(note) for note in bert.notes()] == ["# Tea\n\nThree minutes"]
        assert [one.text for one in bert.reminders("someday")] == ["buy tea"]
        user = bert.user
    other.goto("/notes")
    expect(other.get_by_text("Three minutes")).to_be_visible()
    # Bert leaves; Anna, the only owner, cannot while he is here, and stays.
    page.get_by_role("button", name="Delete my account").click()
    page.get_by_role("button", name="Delete for good").click()
    expect(page.get_by_text("This is the only owner")).to_be_visible()
    other.goto("/settings/data")
    other.get_by_role("button", name="Delete my account").click()
    other.get_by_role("button", name="Delete for good").click()
    expect(other).to_have_url(re.compile("/login"))
    assert anna.get("/settings/data").status_code == 200
    expect(other.get_by_label("Name")).to_be_visible()
    end = time.monotonic() + PATIENCE
    while anna.do(lambda _anna: held(user)) != (0, 0, 0):
        assert time.monotonic() < end
        time.sleep(0.05)


def test_an_owner_backs_up_and_is_told_what_failed(page_of: PageOf, product: Product, anna: Person) -> None:
    (product.data / "backups").mkdir()
    (product.data / "backups" / "last.json").write_text(
        '{"problem": "The disk is full.", "tried": "2026-01-01T00:00:00+00:00"}'
    )
    page = page_of("anna", "/")
    expect(page.get_by_text("The last backup failed. The disk is full.")).to_be_visible()
    page.get_by_role("link", name="Backups").click()
    kept = box(page, "Backups")
    kept.get_by_label("Days kept").fill("none")
    kept.get_by_label("Days kept").blur()
    expect(kept.get_by_text("Write a number from 1 to 366.")).to_be_visible()
    kept.get_by_label("Days kept").fill("3")
    kept.get_by_label("Days kept").blur()
    expect(kept.get_by_text("Saved")).to_be_visible()
    kept.get_by_role("button", name="Back up now").click()
    expect(kept.get_by_text("verified. There are 1.")).to_be_visible()
    expect(page.get_by_text("The last backup failed. The disk is full.")).to_be_hidden()
    assert anna.get("/readyz").json()["backup"] == "ok"
    bert = page_of("bert", "/")
    expect(bert.get_by_role("heading").first).to_be_visible()
    bert.goto("/settings/household")
    expect(bert.get_by_role("heading", level=1)).to_be_visible()
    expect(bert.get_by_text("Backups")).to_be_hidden()
