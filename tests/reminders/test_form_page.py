"""The form of a reminder in a real browser: what is typed stays, what is stored counts once, what is done is undone."""

import re
from collections.abc import Callable
from datetime import UTC, datetime, timedelta

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Locator, Page, expect

from assistant.reminders import reminders, trash
from tests.browsing import nothing_is_kept
from tests.person import Person

PageOf = Callable[..., Page]

pytestmark = pytest.mark.browser


def remind(person: Person, text: str, **more: object) -> int:
    return person.reminder(text, (datetime.now(UTC) + timedelta(days=3)).replace(second=0, minute=0), **more)


def retext(person: Person, reminder: int, text: str) -> None:
    person.do(reminders.edit, reminder, datetime.now(UTC), text=text)
    person.nudge()


def texts(person: Person) -> list[str]:
    return [row.text for row in person.reminders()]


def opened(page: Page) -> Locator:
    form = page.locator(".reminder-dialog")
    expect(form.get_by_label("Remind me of")).to_be_visible()
    return form


def told(page: Page, words: str) -> Locator:
    return page.get_by_role("status").filter(has_text=words)


def test_each_reminder_keeps_what_is_typed_in_it(page_of: PageOf, anna: Person) -> None:
    one, two = remind(anna, "one"), remind(anna, "two")
    page = page_of("anna", f"/reminders?open={one}")
    form = opened(page)
    form.get_by_text("More", exact=True).click()
    form.get_by_label("Note").fill("for one")
    page.keyboard.press("Escape")
    expect(told(page, "“one” is not saved yet")).to_be_visible()
    page.goto(f"/reminders?open={two}")
    expect(opened(page).get_by_label("Remind me of")).to_have_value("two")
    expect(form.get_by_label("Note")).not_to_be_visible()
    page.goto("/reminders")
    expect(opened(page).get_by_label("Remind me of")).to_have_value("one")
    expect(form.get_by_label("Note")).to_have_value("for one")
    form.get_by_role("button", name="Save").click()
    expect(told(page, "Saved: “one”")).to_be_visible()
    assert anna.reminded(one).note == "for one"


def test_saved_while_the_connection_is_lost_it_is_stored_once(page_of: PageOf, anna: Person) -> None:
    page = page_of("anna", "/reminders")
    page.get_by_role("button", name="Details").click()
    form = opened(page)
    form.get_by_label("In a sentence").fill("tea tomorrow at 9")
    expect(form.get_by_label("Remind me of")).to_have_value("tea")
    page.evaluate("window.socket.disconnect()")
    form.get_by_label("Remind me of").fill("green tea")
    form.get_by_role("button", name="Save").click()
    form.get_by_role("button", name="Save").click()
    expect(told(page, "Not connected.")).to_be_visible()
    page.evaluate("window.socket.connect()")
    expect(told(page, "Set: “green tea”")).to_be_visible()
    expect(form).to_have_count(0)
    assert texts(anna) == ["green tea"]


def test_what_was_changed_elsewhere_is_told_and_either_can_be_kept(page_of: PageOf, anna: Person) -> None:
    tea = remind(anna, "tea")
    page = page_of("anna", f"/reminders?open={tea}")
    form = opened(page)
    retext(anna, tea, "white tea")
    expect(form.get_by_label("Remind me of")).to_have_value("white tea")  # nothing was typed: it follows
    form.get_by_label("Remind me of").fill("black tea")
    expect(form.get_by_label("In a sentence")).to_have_value(re.compile("^black tea on "))
    retext(anna, tea, "green tea")
    form.get_by_role("button", name="Save").click()
    expect(form.get_by_role("alert")).to_contain_text("Meanwhile it was changed elsewhere, to: “green tea on ")
    expect(form.get_by_label("Remind me of")).to_have_value("black tea")
    form.get_by_role("button", name="Keep mine").click()
    expect(told(page, "Saved: “black tea”")).to_be_visible()
    assert anna.reminded(tea).text == "black tea"


def test_deleted_elsewhere_it_can_be_saved_as_a_new_one(page_of: PageOf, anna: Person) -> None:
    tea = remind(anna, "tea")
    page = page_of("anna", f"/reminders?open={tea}")
    form = opened(page)
    form.get_by_label("Remind me of").fill("green tea")
    expect(form.get_by_label("In a sentence")).to_have_value(re.compile("^green tea on "))
    anna.do(trash.delete, tea, datetime.now(UTC))
    anna.nudge()
    expect(form.get_by_role("alert")).to_contain_text("This reminder was deleted meanwhile.")
    form.get_by_role("button", name="Save").click()
    expect(told(page, "Set: “green tea”")).to_be_visible()
    assert texts(anna) == ["green tea"]


def test_what_is_deleted_set_or_discarded_comes_back(page_of: PageOf, anna: Person) -> None:
    tea = remind(anna, "tea")
    page = page_of("anna", f"/reminders?open={tea}")
    opened(page).get_by_role("button", name="Delete").click()
    told(page, "“tea” was deleted.").get_by_role("button", name="Undo").click()
    expect(told(page, "“tea” was deleted.")).to_have_count(0)
    page.goto(f"/reminders?open={tea}")
    form = opened(page)
    form.get_by_label("Remind me of").fill("green tea")
    expect(form.get_by_label("In a sentence")).to_have_value(re.compile("^green tea on "))
    form.get_by_role("button", name="Cancel").click()
    nothing_is_kept(page, "draft:")
    told(page, "What you typed was discarded.").get_by_role("button", name="Undo").click()
    expect(opened(page).get_by_label("Remind me of")).to_have_value("green tea")
    form.get_by_role("button", name="Save").click()
    expect(told(page, "Saved: “green tea”")).to_be_visible()
    nothing_is_kept(page, "draft:")
    page.get_by_role("button", name="Details").click()
    opened(page).get_by_label("In a sentence").fill("coffee tomorrow")
    form.get_by_role("button", name="Save").click()
    told(page, "Set: “coffee”").get_by_role("button", name="Undo").click()
    expect(told(page, "Set: “coffee”")).to_have_count(0)
    assert texts(anna) == ["green tea"]


def test_what_stands_under_more_is_chosen_and_stored(page_of: PageOf, anna: Person) -> None:
    note = anna.note("# Plan")
    trip = remind(anna, "trip", link_kind="note", link_id=note)
    page = page_of("anna", f"/reminders?open={trip}")
    form = opened(page)
    expect(form.get_by_role("link", name="Plan")).to_have_attribute("href", f"/notes/{note}")
    form.get_by_role("button", name="Remove the link").click()
    form.get_by_label("So many", exact=True).fill("3")
    form.get_by_role("button", name="Add").click()
    expect(form.get_by_role("checkbox", name="3 hours before")).to_be_checked()
    expect(form.get_by_label("So many", exact=True)).to_have_value("")
    form.get_by_label("Time zone").fill("tokyo")
    expect(form.locator("#form-zones option")).to_have_count(1)
    expect(form.locator("#form-zones option")).to_have_attribute("value", "Asia/Tokyo")
    form.get_by_label("When I travel, ring by the clocks where I am").check()
    expect(form.get_by_label("Time zone")).to_be_disabled()
    form.get_by_text("What rang when").click()
    expect(form.get_by_text("Nothing yet.")).to_be_visible()
    form.get_by_role("button", name="Save").click()
    expect(told(page, "Saved: “trip”")).to_be_visible()
    row = anna.reminded(trip)
    assert (row.leads, row.link_id, row.follows, row.zone) == ((0, 180), None, True, "UTC")


@pytest.mark.parametrize("width", [390, 1440])
@pytest.mark.parametrize("theme", ["light", "dark"])
def test_the_dialog_is_named_and_has_no_finding_of_axe(page_of: PageOf, anna: Person, width: int, theme: str) -> None:
    page = page_of(
        "anna", "/reminders", color_scheme=theme, viewport={"width": width, "height": 844}, bypass_csp=True
    )  # fmt: skip
    page.get_by_role("button", name="Details").click()
    form = opened(page)
    expect(page.get_by_role("dialog", name="New reminder")).to_be_visible()
    expect(form.get_by_label("In a sentence")).to_be_focused()
    form.get_by_label("In a sentence").fill("tea every second week on Monday at 9, 5 times")
    expect(form.get_by_label("Times", exact=True)).to_have_value("5")
    form.get_by_text("More", exact=True).click()
    form.get_by_label("Every so many").fill("0")
    expect(form.get_by_role("alert")).to_be_visible()
    found = Axe().run(page).response["violations"]
    assert [one["id"] for one in found if one["impact"] in {"serious", "critical"}] == []
    assert form.evaluate("box => box.scrollWidth <= box.clientWidth")
