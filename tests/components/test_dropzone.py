"""Files and folders that are dropped, pasted or chosen are sent and told."""

from collections.abc import Callable
from pathlib import Path

import pytest
from playwright.sync_api import Page, Route, expect

pytestmark = pytest.mark.browser
# A folder as browsers hand it over when it is dropped: entries that are read piece by piece.
DROP_FOLDER = """() => {
  const made = (path, text) => new File([text], path.split("/").pop());
  const file = (path, text) => ({ isFile: true, fullPath: path, file: (done) => done(made(path, text)) });
  const folder = (path, inside) => ({ isFile: false, fullPath: path, createReader: () => {
    const pieces = [inside.slice(0, 1), inside.slice(1), []];
    return { readEntries: (done) => done(pieces.shift()) };
  } });
  const root = folder("/vault", [file("/vault/a.md", "a"), folder("/vault/deep", [file("/vault/deep/b.md", "bb")])]);
  const event = new Event("drop", { bubbles: true, cancelable: true });
  event.dataTransfer = { items: [{ webkitGetAsEntry: () => root }], types: ["Files"] };
  document.getElementById("zone").dispatchEvent(event);
  return event.defaultPrevented;
}"""
PASTE = """() => {
  const data = new DataTransfer();
  data.items.add(new File(["pasted"], "shot.png", { type: "image/png" }));
  document.getElementById("zone").dispatchEvent(new ClipboardEvent("paste", { clipboardData: data, bubbles: true }));
}"""


@pytest.fixture
def page(open_page: Callable[[str], Page]) -> Page:
    return open_page("/files")


def test_a_dropped_folder_is_walked(page: Page) -> None:
    assert page.evaluate(DROP_FOLDER)
    said = page.get_by_label("Said")
    expect(said).to_have_text(
        "picked vault/a.md, vault/deep/b.md; stored vault/a.md of 1; stored vault/deep/b.md of 2;"
    )


def test_files_are_chosen_one_after_another(page: Page, tmp_path: Path) -> None:
    for name, size in (("one.txt", 3), ("two.txt", 1000), ("large.txt", 1001)):
        (tmp_path / name).write_bytes(b"x" * size)
    names = ("one.txt", "large.txt", "two.txt")
    page.locator("input[type=file]").set_input_files([tmp_path / name for name in names])
    expect(page.get_by_label("Said")).to_have_text(
        "picked large.txt, one.txt, two.txt; stored one.txt of 3; failed large.txt with 413; stored two.txt of 1000;"
    )


def test_a_picture_that_is_pasted_waits_for_a_connection(open_page: Callable[[str], Page]) -> None:
    page, tries = open_page("/files?pictures"), []

    def twice(route: Route) -> None:
        tries.append(route.request.post_data)
        route.abort()

    page.route("**/files", twice, times=2)
    page.evaluate(PASTE)
    expect(page.get_by_label("Said")).to_have_text("picked shot.png; stored shot.png of 6;")
    assert tries == ["pasted", "pasted"]


def test_a_file_that_finds_no_connection_is_told(page: Page, tmp_path: Path) -> None:
    (tmp_path / "one.txt").write_text("x")
    page.route("**/files", lambda route: route.abort() if route.request.method == "POST" else route.continue_())
    page.locator("input[type=file]").set_input_files([tmp_path / "one.txt"])
    expect(page.get_by_label("Said")).to_have_text("picked one.txt; failed one.txt with 0;")
