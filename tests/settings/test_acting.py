"""What is chosen in the settings acts in the rooms."""

import re
from collections.abc import Callable
from datetime import date

import pytest
from playwright.sync_api import Page, expect

from tests.ollama_server import OllamaServer

pytestmark = pytest.mark.browser
PageOf = Callable[..., Page]


@pytest.mark.long
def test_what_is_chosen_acts_in_the_rooms(page_of: PageOf, ollama: OllamaServer) -> None:
    page = page_of("anna", "/settings/chat")
    saved = page.get_by_text("Saved", exact=True)
    page.get_by_label("Instructions for the model", exact=True).fill("Be brief.")
    page.get_by_label("Temperature", exact=True).fill("9")
    expect(page.get_by_text("goes from 0")).to_be_visible()
    page.get_by_label("Temperature", exact=True).fill("0,5")
    expect(page.get_by_text("goes from 0")).to_be_hidden()
    page.get_by_label("Context in tokens", exact=True).fill("2048")
    page.get_by_label("Reading width", exact=True).select_option("Narrow")
    expect(page.locator("html")).to_have_attribute("data-width", "narrow")
    expect(page.get_by_role("button", name="Context in tokens: back to the default")).to_be_visible()
    page.reload()
    expect(page.get_by_label("Temperature", exact=True)).to_have_value("0.5")
    expect(page.get_by_label("Context in tokens", exact=True)).to_have_value("2048")
    page.get_by_role("button", name="Context in tokens: back to the default").click()
    expect(page.get_by_label("Context in tokens", exact=True)).to_have_value("")
    page.goto("/")
    page.get_by_label("Your message").fill("tokens=1")
    page.keyboard.press("Control+Enter")
    expect(page.locator(".message-assistant .prose")).to_contain_text(re.compile(r"\w"))
    sent = ollama.chats()[0]
    assert sent["messages"][0] == {"role": "system", "content": "Be brief."}
    assert (sent["options"]["temperature"], sent["options"]["num_ctx"]) == (0.5, 8192)
    # A day's note is a new one, then the same again.
    page.goto("/settings/notes")
    page.get_by_label("Template of a day’s note", exact=True).fill("Dear diary of {{weekday}},")
    expect(saved).to_be_visible()
    page.goto("/notes/today")
    expect(page.locator(".cm-content")).to_contain_text(re.compile("Dear diary of [A-Z][a-z]+day,"))
    expect(page.locator(".notes [data-row]")).to_have_count(1)
    page.goto("/notes")
    page.get_by_role("link", name="Today’s note").click()
    expect(page).to_have_url(re.compile(r"/notes/\d+$"))
    expect(page.locator(".notes [data-row]")).to_have_count(1)
    # Hours of the clock and the first day of the week.
    page.goto("/settings")
    page.get_by_label("Hours", exact=True).select_option("12")
    page.get_by_label("The week begins on", exact=True).select_option("Sunday")
    expect(page.get_by_text(re.compile(r"It is \d+:\d\d [AP]M there now"))).to_be_visible()
    page.goto("/reminders?view=month")
    expect(page.locator(".calendar-weekdays span").first).to_have_text("Sun")
    first = page.locator(".calendar-day").first.get_attribute("data-of")
    assert date.fromisoformat(str(first)).weekday() == 6
    # The household's model is that of whoever has chosen none.
    page.goto("/settings/household")
    model = page.get_by_label("Default model", exact=True)
    name = str(model.locator("option").nth(2).get_attribute("value"))
    model.select_option(name)
    expect(saved).to_be_visible()
    page.goto("/")
    expect(page.locator(".model-name")).to_have_text(name)
