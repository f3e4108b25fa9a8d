"""No serious or critical finding of axe on any page, in either theme, and nothing that is wider than the page."""

from collections.abc import Callable
from contextlib import closing
from datetime import UTC, datetime
from typing import Any, Literal

import pytest
from axe_playwright_python.base import AXE_SCRIPT
from axe_playwright_python.sync_playwright import DEFAULT_OPTIONS
from playwright.sync_api import Page, expect

from assistant.chat.memory import facts
from assistant.chat.routines import questions
from assistant.web.deeds.routines import around
from tests.browsing import follow
from tests.product import Product

pytestmark = pytest.mark.browser
WIDTHS = 360, 1440
# What fades in is judged once it has come.
STILL = """() => Promise.allSettled(document.getAnimations()
    .filter((one) => one.effect.getComputedTiming().iterations < Infinity).map((one) => one.finished))"""
SETTINGS = [
    f"/settings/{name}"
    for name in ("general", "chat", "assistant", "prompts", "reminders", "account", "data", "household")
]


def findings(page: Page) -> list[str]:
    page.evaluate(STILL)
    if not page.evaluate("'axe' in window"):
        page.evaluate(AXE_SCRIPT)
    found: Any = page.evaluate("options => axe.run(options).then((result) => result.violations)", DEFAULT_OPTIONS)
    return [
        f"{page.url}: {one['id']} at {node['target']}"
        for one in found
        if one["impact"] in {"serious", "critical"}
        for node in one["nodes"]
    ]


def set_width(page: Page, width: int) -> None:
    page.set_viewport_size({"width": width, "height": 800})


def fits(page: Page, width: int) -> bool:
    """Whether nothing is wider than the page, at every width; at the end it is as wide as said."""
    inside = []
    for wide in (*(other for other in WIDTHS if other != width), width):
        set_width(page, wide)
        inside.append(page.evaluate("document.documentElement.scrollWidth") <= wide)
    return all(inside)


# Each page once in a theme: colours hang on the theme, what stands where on the width.
@pytest.mark.parametrize(("theme", "width"), [("light", 1440), ("dark", 360)])
def test_a_proposal_for_a_note(
    page_of: Callable[..., Page], product: Product, theme: Literal["light", "dark"], width: int
) -> None:
    with closing(product.person("anna")) as anna:
        note = anna.note("# Trip\n\ntext=We have seen it, all of it.")
    page = page_of("anna", f"/notes/{note}", color_scheme=theme, bypass_csp=True)
    set_width(page, width)
    page.locator(".cm-line").last.click()
    page.get_by_role("button", name="Ask the model: improve").click()
    bar = page.get_by_role("toolbar", name="Ask the model")
    bar.get_by_role("button", name="Improve").wait_for()
    found = findings(page)
    bar.get_by_role("button", name="Translate").click()
    page.get_by_label("Into which language?").fill("German")
    found += findings(page)
    page.get_by_label("Into which language?").press("Enter")
    page.get_by_role("button", name="Take").wait_for()
    found += findings(page)
    assert fits(page, width)
    assert found == [], "\n".join(found)


# Each page once in a theme: colours hang on the theme, what stands where on the width.
@pytest.mark.parametrize(("theme", "width"), [("light", 1440), ("dark", 360)])
@pytest.mark.long
def test_every_page(
    page_of: Callable[..., Page], product: Product, theme: Literal["light", "dark"], width: int
) -> None:
    page = page_of("anna", color_scheme=theme, viewport={"width": 360, "height": 800}, bypass_csp=True)
    found = findings(page)
    set_width(page, 1440)
    found += findings(page)
    page.keyboard.press("Control+k")
    page.get_by_role("option").first.wait_for()
    found += findings(page)
    assert fits(page, width)
    page.keyboard.press("Escape")
    page.get_by_label("Your message").fill(
        "text=# Hi\n\n- [ ] one\n\n| a |\n|---|\n| b |\n\n```python\nx = 1\n```\n[a](https://a.example)"
    )
    page.get_by_label("Your message").press("Enter")
    expect(page.locator(".message-assistant footer")).to_have_count(1)
    found += findings(page)
    assert fits(page, width)
    with closing(product.person("anna")) as anna:
        anna.do(facts.add, text="I live in Leeds", now=datetime.now(UTC))
        asked = {"text": "What is new?", "local": "2030-01-07T08:00:00", "rule": "FREQ=WEEKLY;BYDAY=MO"}
        anna.do(questions.add, around(), now=datetime.now(UTC), **asked)
        project = anna.post("/api/v1/projects", json={"name": "House", "system": "x", "tags": ["d"]}).json()["id"]
        anna.note("# A\n- [ ] b [[c]]", tags=("d/e",), colour="red")
        for day in (1, 2):
            anna.reminder("e", datetime(2030, 1, day, 9, tzinfo=UTC), rule="FREQ=DAILY", priority=3, tags=["f"])
    notes = ("/notes", "/notes?q=zzz", "/notes/1", "/notes/new", "/notes/import")
    reminders = ("/reminders?view=coming", "/reminders?view=calendar", "/reminders?open=1", "/reminders/options")
    at = f"/project/{project}"
    for path in (at, "/models", "/search", "/search?q=hi", *SETTINGS, "/chat/999", *notes, *reminders):
        follow(page, path)
        page.wait_for_load_state("networkidle")
        found += findings(page)
        assert fits(page, width), path
    for path in ("/chat/1/print", "/notes/1/print", "/password", "/codes", "/two-step"):
        page.goto(path)
        found += findings(page)
        assert fits(page, width), path
    page.context.clear_cookies()
    for path in ("/login", "/recover", "/register"):
        page.goto(path)
        found += findings(page)
    assert found == [], "\n".join(found)
