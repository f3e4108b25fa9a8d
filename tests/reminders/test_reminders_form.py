"""The form and its sentence, several reminders at once, the calendar; in a real browser."""

import re
import sqlite3
from collections.abc import Callable
from contextlib import closing
from datetime import UTC, datetime, timedelta

import pytest
from playwright.sync_api import Page, expect

from assistant.reminders import rings
from tests.browsing import nothing_is_kept, reload
from tests.person import Person
from tests.product import Product

PageOf = Callable[..., Page]

pytestmark = pytest.mark.browser


def remind(person: Person, text: str, day: datetime, **more: object) -> int:
    return person.reminder(text, day.replace(second=0), **more)


def at(days: int, hour: int = 9) -> datetime:
    return (datetime.now(UTC) + timedelta(days=days)).replace(hour=hour, minute=0)


def test_the_sentence_and_the_fields_say_the_same(page_of: PageOf, anna: Person) -> None:
    page = page_of("anna", "/reminders")
    page.get_by_label("Remind me", exact=True).fill("payroll every second Friday at 5pm")
    page.get_by_role("button", name="Details").click()
    form = page.locator(".reminder-dialog")
    expect(form.get_by_label("Remind me of")).to_have_value("payroll")
    expect(form.get_by_label("Time", exact=True)).to_have_value("17:00")
    expect(form.get_by_label("Every so many")).to_have_value("2")
    expect(form.get_by_role("checkbox", name="Fri")).to_be_checked()
    form.get_by_label("Time", exact=True).fill("18:30")
    expect(form.get_by_label("In a sentence")).to_have_value("payroll every second Friday at 18:30")
    form.get_by_role("checkbox", name="Mon").click()
    form.get_by_text("More", exact=True).click()
    form.get_by_role("checkbox", name="The day before").click()
    expect(form.get_by_label("In a sentence")).to_have_value(
        re.compile("^payroll every second week on Monday and Friday at 18:30.*the day before and at the time$")
    )
    form.get_by_label("In a sentence").fill("payroll on the last day of the month at 8:00")
    expect(form.get_by_label("On which day of the month")).to_have_value("last")
    expect(form.get_by_label("Time", exact=True)).to_have_value("08:00")
    form.get_by_label("Tags").fill("work, money")
    form.get_by_label("Priority").select_option("High")
    form.get_by_label("Note").fill("for everybody")
    form.get_by_role("button", name="Save").click()
    expect(page.get_by_role("status").filter(has_text="Set: “payroll”")).to_be_visible()
    expect(page.get_by_label("Remind me", exact=True)).to_have_value("")
    (row,) = anna.reminders() or anna.reminders("today")
    assert (row.rule, row.tags, row.priority) == ("FREQ=MONTHLY;BYMONTHDAY=-1", ("work", "money"), 3)
    assert (row.note, f"{row.local:%H:%M}") == ("for everybody", "08:00")


def test_the_other_of_two_meanings_is_one_click_away(page_of: PageOf, anna: Person) -> None:
    page = page_of("anna", "/reminders")
    field, other = page.get_by_label("Remind me", exact=True), page.get_by_role("button", name="Take “on 4 March”")
    field.fill("rent on 03/04 at 10:00 #home")
    expect(page.get_by_role("status").filter(has_text="could be 3 April or 4 March")).to_be_visible()
    other.click()
    expect(field).to_have_value("rent on 4 March at 10:00 #home")
    expect(field).to_be_focused()
    expect(other).to_have_count(0)
    field.fill("rent on 03/04 at 10:00 #home")
    page.get_by_role("button", name="Details").click()
    form = page.locator(".reminder-dialog")
    expect(form.get_by_label("Day", exact=True)).to_have_value(re.compile("-04-03$"))
    form.get_by_role("button", name="Take “on 4 March”").click()
    expect(form.get_by_label("In a sentence")).to_have_value("rent on 4 March at 10:00 #home")
    expect(form.get_by_label("Day", exact=True)).to_have_value(re.compile("-03-04$"))
    form.get_by_role("button", name="Save").click()
    expect(page.get_by_role("status").filter(has_text="Set: “rent”")).to_be_visible()
    (row,) = anna.reminders()
    assert row.local
    assert (row.local.month, row.local.day, row.local.hour, row.tags) == (3, 4, 10, ("home",))


def test_what_is_refused_is_said_at_its_field_and_nothing_is_lost(page_of: PageOf, anna: Person) -> None:
    page = page_of("anna", "/reminders")
    page.get_by_role("button", name="Details").click()
    form = page.locator(".reminder-dialog")
    form.get_by_text("More", exact=True).click()
    form.get_by_label("Note").fill("typed before")
    form.get_by_role("button", name="Save").click()
    expect(form.get_by_role("alert")).to_have_text("Say what to be reminded of.")
    expect(form.get_by_label("Remind me of")).to_have_attribute("aria-invalid", "true")
    form.get_by_label("Remind me of").fill("tea")
    form.get_by_label("Day", exact=True).fill("2001-01-01")
    form.get_by_label("Day", exact=True).blur()
    expect(form.get_by_role("alert")).to_have_text("This time has passed already.")
    form.get_by_label("Day", exact=True).fill(f"{at(2):%Y-%m-%d}")
    form.get_by_label("Time zone").fill("Mars/Base")
    form.get_by_label("Time zone").blur()
    expect(form.get_by_role("alert")).to_contain_text("This time zone is not known.")
    form.get_by_label("Time zone").fill("Europe/Berlin")
    form.get_by_label("Time zone").blur()
    expect(form.get_by_role("alert")).to_have_count(0)
    form.get_by_role("checkbox", name="At the time").click()
    expect(form.get_by_role("alert")).to_contain_text("rings 1 to 10 times")
    form.get_by_role("checkbox", name="At the time").click()
    expect(form.get_by_label("Note")).to_have_value("typed before")
    form.get_by_role("button", name="Save").click()
    page.get_by_role("link", name="Upcoming").click()
    expect(page.locator(".reminder .title")).to_have_text("tea")


def test_several_are_done_moved_tagged_and_deleted_at_once_and_each_is_undone(page_of: PageOf, anna: Person) -> None:
    ids = [remind(anna, f"r{number}", at(2 + number)) for number in range(4)]
    page = page_of("anna", "/reminders?view=coming")
    titles = page.locator(".reminder .title")
    page.get_by_role("button", name="Select", exact=True).click()
    page.get_by_role("checkbox", name="Select r0").click()
    page.get_by_role("checkbox", name="Select r2").click(modifiers=["Shift"])
    expect(page.locator(".reminders-bar strong")).to_have_text("3 reminders")
    bar = page.locator(".reminders-bar")
    undo = page.locator(".toast").last.get_by_role("button", name="Undo")
    bar.get_by_role("button", name="Done").click()
    expect(titles).to_have_text(["r3"])
    undo.click()
    expect(titles).to_have_text(["r0", "r1", "r2", "r3"])
    for name in ("r0", "r2"):
        page.get_by_role("checkbox", name=f"Select {name}").click()
    bar.get_by_role("button", name="Move").click()
    page.get_by_role("menuitem", name="Another day…").click()
    page.get_by_label("Move to this day").fill(f"{at(20):%Y-%m-%d}")
    page.get_by_label("Move to this day").press("Enter")
    expect(titles).to_have_text(["r1", "r3", "r0", "r2"])
    undo.click()
    expect(titles).to_have_text(["r0", "r1", "r2", "r3"])
    bar.get_by_role("button", name="Tag").click()
    page.get_by_label("Add a tag").fill("trip")
    page.get_by_label("Add a tag").press("Enter")
    expect(page.locator(".reminder .tag")).to_have_count(2)
    bar.get_by_role("button", name="Delete").click()
    expect(titles).to_have_text(["r1", "r3"])
    undo.click()
    expect(titles).to_have_text(["r0", "r1", "r2", "r3"])
    page.get_by_role("button", name="Stop selecting").click()
    page.get_by_role("button", name="Search and filters").click()
    page.get_by_label("Tag", exact=True).select_option("trip")
    expect(titles).to_have_text(["r0", "r2"])
    assert {anna.reminded(each).state for each in ids} == {"active"}


def test_what_is_dragged_to_another_day_moves_there_and_back(page_of: PageOf, anna: Person) -> None:
    today = datetime.now(UTC)
    first = (today.replace(day=1) + timedelta(days=40)).replace(day=6)
    remind(anna, "choir", first.replace(hour=19, minute=0), rule=f"FREQ=WEEKLY;BYDAY={first:%a}"[:-1].upper())
    page = page_of("anna", "/reminders?view=calendar")
    page.get_by_role("button", name="The month after").click()
    items = page.locator(".calendar-day:not(.other) .calendar-item")
    expect(items).to_have_text(["19:00 choir"] * 4)
    days = page.locator(".calendar-day:not(.other)")
    days.nth(5).locator(".calendar-item").drag_to(days.nth(8))
    expect(days.nth(8).locator(".calendar-item")).to_have_text("19:00 choir")
    expect(days.nth(5).locator(".calendar-item")).to_have_count(0)
    expect(days.nth(12).locator(".calendar-item")).to_have_text("19:00 choir")
    page.locator(".toast").get_by_role("button", name="Undo").click()
    expect(days.nth(5).locator(".calendar-item")).to_have_text("19:00 choir")
    expect(items).to_have_text(["19:00 choir"] * 4)
    page.get_by_role("link", name="Upcoming").click()
    expect(page.locator(".reminder .title").first).to_have_text("choir")


def test_a_note_and_a_message_are_reminded_of(page_of: PageOf, anna: Person) -> None:
    note = anna.note("# Moving house")
    page = page_of("anna", f"/notes/{note}")
    page.get_by_label("More", exact=True).click()
    page.get_by_role("menuitem", name="Remind me").click()
    dialog = page.locator(".remind-dialog")
    expect(dialog.get_by_label("What")).to_have_value("Moving house")
    dialog.get_by_label("When").fill("soon")
    dialog.get_by_role("button", name="Remind me").click()
    expect(dialog.get_by_role("alert")).to_contain_text("Say when")
    dialog.get_by_label("When").fill("tomorrow at 9")
    dialog.get_by_role("button", name="Remind me").click()
    expect(page.locator(".editor-foot")).to_contain_text("Moving house")
    page.goto("/")
    page.get_by_label("Your message").fill("hello")
    page.get_by_label("Your message").press("Enter")
    page.locator(".message-assistant").get_by_label("Remind me").click()
    expect(dialog.get_by_label("What")).to_have_value("t0 t1 t2 t3 t4")
    # Both at once: the second must not go before the words of the first have come.
    dialog.evaluate("""box => {
      const [chip, main] = ["tomorrow at 9", "Remind me"].map((name) =>
        [...box.querySelectorAll("button")].find((one) => one.textContent.trim() === name));
      chip.click(), main.click();
    }""")
    expect(dialog).to_have_count(0)
    first = anna.reminders()[0]
    assert (first.link_kind, first.link_id) == ("note", note)
    page.goto("/reminders?view=coming")
    page.get_by_role("link", name=re.compile("^Open (?!Moving)")).click()
    expect(page.locator(".message-hit")).to_contain_text("t0 t1")


def test_the_empty_chat_shows_today(page_of: PageOf, anna: Person) -> None:
    remind(anna, "not today", at(3))
    page = page_of("anna", "/")
    expect(page.get_by_label("Your message")).to_be_visible()
    expect(page.locator(".today-strip")).to_have_count(0)
    soon = datetime.now(UTC) + timedelta(seconds=90)
    if soon.date() != datetime.now(UTC).date():
        pytest.skip("the day ends within the next 90 seconds")
    today = remind(anna, "water", soon + timedelta(minutes=1))
    expect(page.locator(".today-strip .title")).to_have_text("water")
    anna.do(rings.complete, today, datetime.now(UTC))
    anna.nudge()
    expect(page.locator(".today-strip")).to_have_count(0)


def test_it_is_asked_for_notifications_once_when_the_first_is_set(page_of: PageOf, anna: Person) -> None:
    page = page_of("anna", "/reminders")
    page.add_init_script("""window.asked = 0;
      Object.defineProperty(Notification, 'permission', {get: () => window.given || 'default'});
      Notification.requestPermission = async () => { window.asked += 1; return (window.given = 'denied'); };""")
    page.reload()
    expect(page.get_by_label("Remind me", exact=True)).to_be_visible()
    expect(page.locator(".offer")).to_have_count(0)
    page.get_by_label("Remind me", exact=True).fill("tea tomorrow")
    page.keyboard.press("Enter")
    page.get_by_role("button", name="Allow notifications").click()
    expect(page.locator(".offer")).to_have_count(0)
    assert page.evaluate("window.asked") == 1
    page.reload()
    page.get_by_label("Remind me", exact=True).fill("coffee tomorrow")
    page.keyboard.press("Enter")
    expect(page.get_by_role("status").filter(has_text="coffee")).to_be_visible()
    expect(page.locator(".offer")).to_have_count(0)


def test_who_travels_is_asked_and_takes_along_what_follows(page_of: PageOf, anna: Person) -> None:
    follows = remind(anna, "pills", at(2, 8), follows=True)
    stays = remind(anna, "call home", at(2, 8))
    page = page_of("anna", "/reminders?view=coming", timezone_id="Asia/Tokyo")
    expect(page.locator(".offer h2")).to_have_text("Are you in Asia/Tokyo?")
    page.get_by_role("button", name="Use the time here").click()
    expect(page.locator(".reminder", has_text="call home")).to_contain_text("17:00")
    expect(page.locator(".reminder", has_text="pills")).to_contain_text("08:00")
    zones = [anna.reminded(each).zone for each in (follows, stays)]
    assert zones == ["Asia/Tokyo", "UTC"]


def test_it_fits_a_phone(page_of: PageOf, anna: Person) -> None:
    tonight = at(0, 23).replace(minute=59)  # which is today's also in the last hour of the day
    remind(anna, "a reminder with a rather long text that has to break somewhere " * 5, tonight, rule="FREQ=DAILY")
    page = page_of("anna", "about:blank", viewport={"width": 390, "height": 844}, has_touch=True)
    for view in ("today", "agenda", "calendar"):
        page.goto(f"/reminders?view={view}")
        page.locator(".reminder-text", has_text="a reminder with").first.tap()
        form = page.locator(".reminder-dialog")
        expect(form.get_by_role("button", name="Save")).to_be_in_viewport()
        assert page.evaluate("document.documentElement.scrollWidth") <= 390
        assert form.evaluate("box => box.scrollWidth <= box.clientWidth")


def test_what_is_typed_waits_through_a_restart_of_the_server(page_of: PageOf, anna: Person, product: Product) -> None:
    page = page_of("anna", "/reminders")
    page.get_by_label("Remind me", exact=True).fill("call mum tomorrow at 9")
    page.get_by_role("button", name="Details").click()
    form = page.locator(".reminder-dialog")
    form.get_by_text("More", exact=True).click()
    form.get_by_label("Note").fill("about the garden")
    product.kill()
    form.get_by_role("button", name="Save").click()
    expect(page.get_by_role("status").filter(has_text="Not connected.")).to_be_visible()
    product.start()
    reload(page)
    expect(page.get_by_label("Remind me", exact=True)).to_have_value("call mum tomorrow at 9")
    expect(form.get_by_label("Note")).to_have_value("about the garden")
    expect(form.get_by_label("Remind me of")).to_have_value("call mum")
    page.keyboard.press("Escape")
    # The one that was left is gone, and the one to go on with is there.
    page.get_by_role("button", name="Go on").click()
    expect(page.get_by_role("button", name="Go on")).to_have_count(0)
    expect(form.get_by_label("Note")).to_have_value("about the garden")
    form.get_by_role("button", name="Save").click()
    expect(page.get_by_role("status").filter(has_text="Set: “call mum”")).to_be_visible()
    expect(page.get_by_label("Remind me", exact=True)).to_have_value("")
    expect(form).not_to_be_visible()
    nothing_is_kept(page, "draft:")
    page.reload()
    expect(page.get_by_label("Remind me", exact=True)).to_have_value("")
    expect(form).not_to_be_visible()


def test_a_sentence_followed_by_enter_at_once_counts(page_of: PageOf, anna: Person) -> None:
    old = remind(anna, "old text", at(3))
    page = page_of("anna", f"/reminders?open={old}")
    form = page.locator(".reminder-dialog")
    expect(form.get_by_label("Remind me of")).to_have_value("old text")
    sentence = form.get_by_label("In a sentence")
    expect(sentence).to_have_value(re.compile("old text on "))
    sentence.fill("new text tomorrow at 10")
    sentence.press("Enter")
    expect(page.get_by_role("status").filter(has_text="Saved: “new text”")).to_be_visible()
    row = anna.reminded(old)
    assert (row.text, f"{row.local:%H:%M}") == ("new text", "10:00")


def test_numbers_that_cannot_be_are_said(page_of: PageOf, anna: Person) -> None:
    page = page_of("anna", "/reminders")
    page.get_by_label("Remind me", exact=True).fill("tea every day at 9")
    page.get_by_role("button", name="Details").click()
    form = page.locator(".reminder-dialog")
    form.get_by_label("Every so many").fill("0")
    expect(form.get_by_role("alert")).to_have_text("Say how often: a whole number from 1 to 999.")
    form.get_by_role("button", name="Save").click()
    expect(form.get_by_label("Every so many")).to_have_value("0")
    form.get_by_label("Every so many").fill("2")
    form.get_by_label("Ends").select_option("until")
    expect(form.get_by_role("alert")).to_have_text("Say until which day.")
    assert anna.reminders() == []


def test_what_rings_is_answered_while_a_form_is_open(page_of: PageOf, anna: Person) -> None:
    page = page_of("anna", "/reminders")
    page.get_by_role("button", name="Details").click()
    form = page.locator(".reminder-dialog")
    expect(form.get_by_label("In a sentence")).to_be_focused()
    tea = anna.reminder("Tea", datetime.now(UTC) + timedelta(seconds=5))
    page.get_by_role("alertdialog", name="Reminder: Tea").get_by_role("button", name="Done").click(timeout=20_000)
    expect(page.locator(".ring")).to_have_count(0)
    assert anna.reminded(tea).state == "done"
    page.locator(".toast").get_by_role("button", name="Undo").click()
    expect(page.locator(".ring h2")).to_have_text("Tea")
    page.keyboard.press("Escape")
    page.locator(".ring").get_by_role("button", name="Snooze").click()
    page.get_by_role("menuitem", name="Tomorrow at").click()
    expect(page.locator(".toast").last).to_contain_text("“Tea” rings again tomorrow at 09:00.")
    page.get_by_role("link", name="Today").click()
    expect(page.locator(".reminder")).to_contain_text("snoozed until")
    expect(page.locator(".rail .badge")).to_have_count(0)


def test_a_list_that_cannot_be_read_says_so_and_is_tried_again(page_of: PageOf, anna: Person, product: Product) -> None:
    remind(anna, "tea", at(3))
    page = page_of("anna", "/reminders")
    expect(page.get_by_role("heading", name="Nothing today")).to_be_visible()
    with closing(sqlite3.connect(next(product.data.glob("*.db")))) as database:
        database.execute("ALTER TABLE reminder_tag RENAME TO away")
        page.get_by_role("link", name="Upcoming").click()
        expect(page.get_by_role("heading", name="Your reminders could not be read")).to_be_visible()
        database.execute("ALTER TABLE away RENAME TO reminder_tag")
    page.get_by_role("button", name="Try again").click()
    expect(page.locator(".reminder .title")).to_have_text("tea")


def test_a_word_without_an_end_stays_in_the_page(page_of: PageOf, anna: Person) -> None:
    page = page_of("anna", "/reminders", viewport={"width": 390, "height": 844})
    page.get_by_label("Remind me", exact=True).fill("x" * 300 + " tomorrow")
    expect(page.locator(".say-read strong")).to_have_text("x" * 300)
    assert page.evaluate("document.querySelector('.reminders').scrollWidth") <= 390
    page.get_by_role("button", name="Details").click()
    assert page.locator(".reminder-dialog").evaluate("box => box.scrollWidth <= box.clientWidth")
