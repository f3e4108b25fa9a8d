"""The settings, in a real browser: each change is saved at once, and owners decide for the household."""

import re
from collections.abc import Callable
from contextlib import closing

import pytest
from playwright.sync_api import Page, expect

from tests.person import PASSWORD
from tests.product import Product

pytestmark = pytest.mark.browser
PageOf = Callable[..., Page]
PHONE = {"viewport": {"width": 390, "height": 844}, "has_touch": True, "is_mobile": True}


def register(product: Product, invitation: str) -> int:
    with product.client() as client:
        form = {"username": "carl", "password": PASSWORD, "invitation": invitation}
        return client.post("/register", data=form).status_code


def test_each_change_is_saved_at_once(page_of: PageOf) -> None:
    page = page_of("anna", "/settings", color_scheme="light")
    page.get_by_label("Theme").select_option("Dark")
    expect(page.locator("html")).to_have_attribute("data-theme", "dark")
    expect(page.get_by_text("Saved", exact=True)).to_be_visible()
    titles = page.get_by_role("switch", name="Let the model write titles")
    expect(titles).to_be_checked()
    titles.click()
    expect(page.get_by_text("Saved", exact=True)).to_be_hidden(timeout=6000)
    page.reload()
    expect(titles).not_to_be_checked()
    expect(page.get_by_label("Theme")).to_have_value("dark")
    page.get_by_label("Theme").select_option("System")
    expect(page.locator("html")).to_have_attribute("data-theme", "")
    page.get_by_role("link", name="Notes").click()
    expect(page.locator("html")).to_have_attribute("data-theme", "")


@pytest.mark.parametrize(("typed", "kept"), [("Europe/Berlin", "Europe/Berlin"), ("new york", "America/New_York")])
def test_a_time_zone_is_found_by_its_city(page_of: PageOf, typed: str, kept: str) -> None:
    page = page_of("anna", "/settings")
    zone = page.get_by_label("Time zone")
    zone.fill("Nowhere")
    zone.press("Tab")
    expect(page.get_by_role("alert").filter(has_text="no such time zone")).to_be_visible()
    expect(zone).to_have_value("Nowhere")
    zone.fill(typed)
    zone.press("Enter")
    expect(zone).to_have_value(kept)
    expect(page.get_by_text("Saved", exact=True)).to_be_visible()
    page.reload()
    expect(zone).to_have_value(kept)


def test_an_invitation_never_opens_the_door_silently(page_of: PageOf, product: Product) -> None:
    page = page_of("anna", "/settings")
    nobody = page.get_by_role("radio", name=re.compile("^Nobody"))
    expect(nobody).to_be_checked()
    page.get_by_role("button", name="Make an invitation link").click()
    page.get_by_role("dialog").get_by_role("button", name="Cancel").click()
    expect(nobody).to_be_checked()
    expect(page.locator(".secret")).to_have_count(0)
    page.get_by_role("button", name="Make an invitation link").click()
    page.get_by_role("button", name="Allow invitations").click()
    expect(page.get_by_role("radio", name=re.compile("^People with an invitation"))).to_be_checked()
    address = page.locator(".secret").inner_text()
    page.reload()
    expect(page.get_by_text(re.compile("^Works until"))).to_have_count(1)
    page.get_by_role("button", name="Take back").click()
    expect(page.get_by_text(re.compile("^Works until"))).to_have_count(0)
    assert register(product, address.partition("=")[2]) == 403
    page.get_by_role("button", name="Undo").click()
    expect(page.get_by_text(re.compile("^Works until"))).to_have_count(1)
    assert register(product, address.partition("=")[2]) == 200
    page.reload()
    expect(page.get_by_text(re.compile("^Works until"))).to_have_count(0)
    expect(page.get_by_text("carl", exact=True)).to_be_visible()


def test_the_link_is_copied(page_of: PageOf) -> None:
    page = page_of("anna", "/settings", trusted=True, permissions=["clipboard-read", "clipboard-write"])
    page.get_by_role("button", name="Make an invitation link").click()
    page.get_by_role("button", name="Allow invitations").click()
    page.get_by_role("button", name="Copy the link").click()
    expect(page.locator(".copied")).to_have_count(1)
    assert page.evaluate("navigator.clipboard.readText()") == page.locator(".secret").inner_text()


def test_locked_out_by_mistake(page_of: PageOf, product: Product) -> None:
    product.person("anna").close()
    product.person("eve").close()
    page = page_of("anna", "/settings")
    page.get_by_role("button", name="More for eve").click()
    page.get_by_role("menuitem", name="Lock out").click()
    expect(page.get_by_text("Locked out", exact=True)).to_be_visible()
    page.get_by_role("button", name="Undo").click()
    expect(page.get_by_text("Locked out", exact=True)).to_have_count(0)
    product.person("eve").close()


def test_other_browsers_are_logged_out(page_of: PageOf, product: Product) -> None:
    page = page_of("anna", "/settings")
    with closing(product.person("anna")) as other:
        page.reload()
        elsewhere = page.get_by_role("button", name="Log out everywhere else")
        elsewhere.click()
        expect(page.get_by_text("You are logged out everywhere else.")).to_be_visible()
        expect(elsewhere).to_have_count(0)
        assert other.get("/settings").status_code == 401
    page.reload()
    expect(page.get_by_role("heading", name="Settings")).to_be_visible()


def test_a_phone_has_the_way_to_models_shortcuts_and_out(page_of: PageOf) -> None:
    page = page_of("anna", "/settings", **PHONE)
    assert page.evaluate("document.documentElement.scrollWidth") <= 390
    page.get_by_role("button", name="Keyboard shortcuts").tap()
    expect(page.locator("#shortcuts")).to_be_visible()
    page.get_by_role("button", name="Close").tap()
    page.get_by_role("link", name="Models").tap()
    expect(page.get_by_role("heading", name="Models", exact=True)).to_be_visible()
    page.go_back()
    page.get_by_role("button", name="Log out").tap()
    expect(page.get_by_role("heading", name="Log in")).to_be_visible()


def test_a_member_sees_nothing_of_the_household(page_of: PageOf, product: Product) -> None:
    product.person("anna").close()
    page = page_of("eve", "/settings")
    expect(page.get_by_role("heading", name="Account")).to_be_visible()
    for title in ("Who may register", "People", "Where reminders may be sent"):
        expect(page.get_by_role("heading", name=title)).to_have_count(0)
