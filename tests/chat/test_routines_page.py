"""The daily brief and scheduled questions, as people meet them."""

from collections.abc import Callable
from datetime import UTC, datetime

import pytest
from playwright.sync_api import Page, expect

from assistant.chat.routines.rows import Brief
from tests.browsing import nothing_is_kept
from tests.person import Person
from tests.product import Product

PageOf = Callable[..., Page]


def reaches_its_time(anna: Person) -> None:
    """Lets the clock be at the time of her brief, and the product look at it."""
    anna.do(lambda user: Brief.update(due=datetime.now(UTC)).where(Brief.user == user).execute())
    chosen = anna.patch("/api/v1/me/preferences", json={"text_size": 105}, headers={"if-match": "*"})
    chosen.raise_for_status()


@pytest.mark.browser
def test_a_brief_is_switched_on_on_a_phone_and_comes_at_its_time(page_of: PageOf, anna: Person) -> None:
    anna.note("# Shopping\n\n- [ ] Milk\n- [ ] Bread")
    phone = page_of("anna", "/settings/assistant", viewport={"width": 390, "height": 844})
    box = phone.get_by_role("region", name="Your brief")
    expect(box).to_contain_text("Switched off")
    phone.get_by_role("switch", name="A brief of the day").check()
    expect(box).to_contain_text("The next one comes")
    reaches_its_time(anna)
    box.get_by_role("link", name="Open the last one").click()
    brief = phone.locator(".message-assistant")
    expect(brief.get_by_role("heading", name="Open tasks")).to_be_visible()
    expect(brief).to_contain_text("Milk · Bread")
    brief.get_by_role("link", name="Shopping").click()
    expect(phone.get_by_label("Text of the note")).to_contain_text("Milk")
    # One more by hand, in the same conversation.
    phone.goto("/settings/assistant?at=brief-now#brief-now")
    box.get_by_role("button", name="Make one now").click()
    expect(brief).to_have_count(2)


@pytest.mark.browser
def test_a_question_is_scheduled_by_a_sentence_asked_paused_and_deleted(page_of: PageOf, product: Product) -> None:
    page = page_of("anna", "/")
    page.get_by_label("Your message").fill("Every Monday at 8, ask: tokens=3")
    page.get_by_label("Your message").press("Control+Enter")
    card = page.get_by_role("group", name="Waits for your yes")
    expect(card).to_contain_text("Every Monday at 08:00")
    expect(card).to_contain_text("Next: ")
    expect(card.get_by_role("button", name="Always in this conversation")).to_have_count(0)
    card.get_by_role("button", name="Do it").click()
    expect(page.get_by_text("Scheduled: “Tokens=3”, every Monday at 08:00.").first).to_be_visible()
    page.get_by_role("link", name="Open", exact=True).click()
    box = page.get_by_role("region", name="Scheduled questions")
    expect(box).to_contain_text("Every Monday at 08:00")
    box.get_by_role("button", name="Change: Tokens=3").click()
    dialog = page.get_by_role("dialog")
    dialog.get_by_label("Question").fill("tokens=3")
    dialog.get_by_label("When").fill("jeden Freitag um 17 Uhr")
    expect(dialog.get_by_role("status")).to_contain_text("Next: Fri")
    dialog.get_by_role("button", name="Save").click()
    expect(box).to_contain_text("Every Friday at 17:00")
    nothing_is_kept(page, "question:")
    box.get_by_role("button", name="Ask now: tokens=3").click()
    expect(box.get_by_text("answered.")).to_be_visible()
    box.get_by_role("link", name="Open").click()
    expect(page.locator(".message-assistant .prose")).to_contain_text("t0 t1 t2")
    page.go_back()
    box.get_by_role("switch", name="Ask at its times: tokens=3").uncheck()
    expect(box).to_contain_text("paused")
    box.get_by_role("button", name="Delete: tokens=3").click()
    expect(box).to_contain_text("Nothing yet.")
    page.locator(".toast", has_text="Deleted.").get_by_role("button", name="Undo").click()
    expect(box.get_by_role("switch", name="Ask at its times: tokens=3")).not_to_be_checked()
