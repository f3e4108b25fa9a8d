"""Killed at any moment: what was answered as saved is there, and the index agrees with the rows."""

import random
import time
from collections.abc import Callable
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from tests.browsing import reload
from tests.notes.archives import zipped
from tests.notes.killing import play
from tests.person import Person
from tests.product import Product

PageOf = Callable[..., Page]

NOTES, KILLS = 1500, 4


def test_what_was_saved_survives_being_killed(tmp_path: Path) -> None:
    found = play(f"sqlite:///{tmp_path}/notes.db", saves=120, rounds=2)
    assert found.acknowledged
    assert (found.lost, found.broken) == ([], [])


@pytest.mark.browser
def test_a_killed_import_goes_on_and_doubles_nothing(product: Product, page_of: PageOf, anna: Person) -> None:
    chance = random.Random()
    vault = zipped({f"folder/{number}.md": f"# {number}" for number in range(NOTES)}).getvalue()
    page = page_of("anna", "/notes/import")
    page.locator("input[type=file]").first.set_input_files(
        {"name": "vault.zip", "mimeType": "application/zip", "buffer": vault}
    )
    page.get_by_role("button", name=f"Import {NOTES:,} notes").click()
    expect(page.get_by_role("button", name="Cancel")).to_be_visible()
    for _ in range(KILLS):
        time.sleep(chance.uniform(0, 0.5))
        product.kill()
        product.start()
    reload(page)
    expect(page.get_by_role("heading", name="Done")).to_be_visible()
    assert len(anna.notes()) == NOTES
    assert list((product.data / "imports").glob("*/*.zip")) == []
