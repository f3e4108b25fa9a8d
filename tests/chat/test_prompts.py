"""Prompts: kept, called by /name in the composer, their variables asked for."""

from collections.abc import Callable
from datetime import UTC, datetime

import pytest
from playwright.sync_api import Page, expect

from assistant.chat.prompts import library, variables
from assistant.errors import Conflict, Invalid, NotFound
from assistant.storage.database import Database
from tests.browsing import nothing_is_kept
from tests.person import Person

ME, OUTSIDER, NOW = 1, 2, datetime(2026, 3, 1, tzinfo=UTC)
PageOf = Callable[..., Page]


def kept(*names: str) -> list[int]:
    return [library.add(ME, name=name, text=f"Text of {name}", now=NOW).id for name in names]


@pytest.mark.parametrize(
    ("text", "names", "filled"),
    [
        ("About {{topic}} in {{ two words }}, {{topic}}.", ["topic", "two words"], "About A in A, A."),
        ("{{}} {{ }} {{a}b}} {topic} {{a\nb}}", [], "{{}} {{ }} {{a}b}} {topic} {{a\nb}}"),
        ("{{über}} {{{x}}}", ["über", "x"], "A {A}"),
        (" ".join(f"{{{{v{n}}}}}" for n in range(30)), [f"v{n}" for n in range(20)], None),
    ],
)  # fmt: skip
def test_variables(text: str, names: list[str], filled: str | None) -> None:
    assert variables.names(text) == names
    if filled is not None:
        assert variables.filled(text, dict.fromkeys(names, "A")) == filled
    assert variables.filled(text, {}) == text


def test_a_value_is_not_read_again() -> None:
    assert variables.filled("{{a}} {{b}}", {"a": "{{b}} \\1", "b": "x"}) == "{{b}} \\1 x"


def test_names_are_found_by_their_beginning_then_within(database: Database) -> None:
    kept("summary", "Übersicht", "long-summary", "sum")
    assert [row.name for row in library.starting(ME, "SUM", 9)] == ["sum", "summary", "long-summary"]
    assert [row.name for row in library.starting(ME, "uber", 9)] == ["Übersicht"]
    assert [row.name for row in library.listing(ME)] == ["long-summary", "sum", "summary", "Übersicht"]
    assert library.starting(ME, "%", 9) == library.listing(OUTSIDER) == []


@pytest.mark.parametrize(
    ("name", "text", "field"),
    [
        ("", "x", "name"), ("two words", "x", "name"), ("a" * 41, "x", "name"), ("/", "x", "name"),
        ("SUMMARY", "x", "name"), ("new", "  ", "text"), ("new", "x" * 20_001, "text"),
    ],
)  # fmt: skip
def test_what_cannot_be_is_told_at_its_field(database: Database, name: str, text: str, field: str) -> None:
    (first,) = kept("summary")
    with pytest.raises(Conflict if name == "SUMMARY" else Invalid) as refused:
        library.add(ME, name=name, text=text, now=NOW)
    assert refused.value.field == field
    library.change(ME, first, name="/Summary", text="other", now=NOW)  # its own name is free
    assert library.get(ME, first).name == "Summary"


def test_nobody_elses_and_the_way_back(database: Database) -> None:
    (first,) = kept("summary")
    for act in (library.get, library.delete):
        with pytest.raises(NotFound):
            act(OUTSIDER, first)
    with pytest.raises(NotFound):
        library.change(OUTSIDER, first, name="x", text="x", now=NOW)
    gone = library.delete(ME, first)
    library.put_back(ME, gone)
    assert [row.text for row in library.listing(ME)] == ["Text of summary"]
    with pytest.raises(Conflict):
        library.put_back(ME, gone)


@pytest.mark.browser
def test_from_the_settings_into_the_composer(page_of: PageOf, anna: Person) -> None:
    page = page_of("anna", "/settings/prompts")
    page.get_by_role("button", name="New prompt").click()
    page.get_by_label("Name", exact=True).fill("sum mary")
    page.get_by_label("Prompt", exact=True).fill("Summarise {{topic}} for {{whom}}.")
    page.get_by_role("button", name="Save").click()
    expect(page.get_by_text("without spaces")).to_be_visible()
    page.get_by_label("Name", exact=True).fill("/summary")
    page.get_by_role("button", name="Save").click()
    expect(page.get_by_text("Asks for topic, whom")).to_be_visible()
    nothing_is_kept(page, "prompt:")
    page.get_by_role("button", name="Delete /summary").click()
    page.get_by_role("button", name="Undo").click()
    edit = page.get_by_role("button", name="Edit /summary")
    edit.press("Enter")
    page.get_by_label("Prompt", exact=True).fill("Summarise {{topic}} for {{whom}} well.")
    page.get_by_role("button", name="Save").press("Enter")
    expect(page.get_by_text("for {{whom}} well.")).to_be_visible()
    expect(edit).to_be_focused()
    page.goto("/")
    box = page.get_by_label("Your message")
    box.fill("/s")
    expect(page.get_by_role("button", name="/summary")).to_be_visible()
    box.press("ArrowDown")
    page.keyboard.press("Enter")
    page.get_by_label("topic", exact=True).fill("heat pumps")
    page.get_by_label("whom", exact=True).fill("a child")
    page.keyboard.press("Enter")
    expect(box).to_have_value("Summarise heat pumps for a child well.")
    expect(box).to_be_focused()
    expect(page.get_by_label("topic", exact=True)).to_have_count(0)  # it fades away
    expect(page.get_by_role("button", name="/summary")).to_be_hidden()
    # Enter takes it, too, and sends nothing; what is no prompt is a question.
    box.fill("/SUM")
    box.press("Control+Enter")
    expect(page.get_by_label("topic", exact=True)).to_be_visible()
    page.get_by_role("button", name="Cancel").click()
    expect(page.get_by_label("topic", exact=True)).to_have_count(0)  # it keeps the cursor until it is gone
    expect(box).to_have_value("/SUM")
    box.fill("/etc/hosts")
    box.press("Control+Enter")
    expect(page.locator(".message-bubble")).to_have_text("/etc/hosts")
