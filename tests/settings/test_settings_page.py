"""The settings, in a real browser: each change is saved at once, and owners decide for the household."""

import io
import re
from collections.abc import Callable
from contextlib import closing

import pytest
from PIL import Image
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


def picture() -> bytes:
    out = io.BytesIO()
    Image.new("RGB", (64, 64), "teal").save(out, "PNG")
    return out.getvalue()


def test_each_change_is_saved_at_once_acts_and_can_be_taken_back(page_of: PageOf) -> None:
    page = page_of("anna", "/settings", color_scheme="light")
    html, saved = page.locator("html"), page.get_by_text("Saved", exact=True)
    page.get_by_label("Theme", exact=True).select_option("Dark")
    expect(html).to_have_attribute("data-theme", "dark")
    expect(saved).to_be_visible()
    expect(saved).to_be_hidden(timeout=6000)
    page.get_by_label("Text size", exact=True).select_option("130")
    expect(html).to_have_css("font-size", "20.8px")
    page.get_by_label("Density", exact=True).select_option("Compact")
    expect(html).to_have_attribute("data-density", "compact")
    page.reload()
    expect(page.get_by_label("Text size", exact=True)).to_have_value("130")
    expect(html).to_have_css("font-size", "20.8px")
    expect(html).to_have_attribute("data-theme", "dark")
    page.get_by_role("button", name="Text size: back to the default").click()
    expect(page.get_by_label("Text size", exact=True)).to_have_value("100")
    expect(page.get_by_role("button", name="Text size: back to the default")).to_be_hidden()
    expect(html).to_have_css("font-size", "16px")
    page.get_by_label("Theme", exact=True).select_option("System")
    expect(html).to_have_attribute("data-theme", "")
    # By words that are not its own, from any section; the list, the address and the title follow.
    page.get_by_placeholder("Search settings").fill("rename autom")
    page.keyboard.press("Enter")
    expect(page).to_have_url(re.compile("/settings/chat"))
    titles = page.get_by_role("switch", name="Let the model write titles")
    expect(titles).to_be_checked()
    titles.click()
    expect(saved).to_be_visible()
    page.go_back()
    expect(page.get_by_role("heading", name="General")).to_be_visible()
    page.go_forward()
    expect(titles).not_to_be_checked()
    expect(page.get_by_role("link", name="Chat").last).to_have_attribute("aria-current", "page")
    page.get_by_placeholder("Search settings").fill('zebra "')
    expect(page.get_by_text("No setting is called so")).to_be_visible()


def test_another_tab_follows(page_of: PageOf) -> None:
    page, other = page_of("anna", "/settings"), page_of("anna", "/settings")
    page.get_by_label("Theme", exact=True).select_option("Dark")
    expect(other.locator("html")).to_have_attribute("data-theme", "dark")
    expect(other.get_by_label("Theme", exact=True)).to_have_value("dark")
    other.get_by_label("Theme", exact=True).select_option("Light")
    expect(page.locator("html")).to_have_attribute("data-theme", "light")


def test_a_time_zone_is_found_by_its_city(page_of: PageOf) -> None:
    page = page_of("anna", "/settings")
    for typed, kept in (("Europe/Berlin", "Europe/Berlin"), ("new york", "America/New_York")):
        zone = page.get_by_label("Time zone")
        zone.fill("Nowhere")
        expect(page.locator(f"datalist option[value='{kept}']")).to_have_count(1)
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
    page = page_of("anna", "/settings/household")
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
    assert address.startswith(page.evaluate("location.origin") + "/register?invitation=")
    page.reload()
    expect(page.get_by_text(re.compile("^Works until"))).to_have_count(1)
    page.get_by_role("button", name="Take back").click()
    expect(page.get_by_text(re.compile("^Works until"))).to_have_count(0)
    assert register(product, address.partition("=")[2]) == 403
    page.get_by_role("button", name="Undo").click()
    expect(page.get_by_text(re.compile("^Works until"))).to_have_count(1)
    assert register(product, address.partition("=")[2]) == 200
    page.get_by_role("button", name="Back to the default", exact=True).first.click()
    described = page.get_by_role("switch", name="Everybody may read what the API can do")
    described.click()
    page.get_by_role("button", name="Everybody may read what the API can do: back to the default").click()
    expect(described).not_to_be_checked()
    page.reload()
    expect(nobody).to_be_checked()
    expect(described).not_to_be_checked()
    expect(page.get_by_text(re.compile("^Works until"))).to_have_count(0)
    expect(page.get_by_text("carl", exact=True)).to_be_visible()


def test_the_link_is_copied(page_of: PageOf) -> None:
    page = page_of("anna", "/settings/household", trusted=True, permissions=["clipboard-read", "clipboard-write"])
    page.get_by_role("button", name="Make an invitation link").click()
    page.get_by_role("button", name="Allow invitations").click()
    page.get_by_role("button", name="Copy the link").click()
    expect(page.locator(".copied")).to_have_count(1)
    assert page.evaluate("navigator.clipboard.readText()") == page.locator(".secret").inner_text()


def test_locked_out_by_mistake(page_of: PageOf, product: Product) -> None:
    product.person("anna").close()
    product.person("eve").close()
    page = page_of("anna", "/settings/household")
    page.get_by_role("button", name="More for eve").click()
    page.get_by_role("menuitem", name="Room").click()
    page.get_by_label("At most").fill("a lot")
    page.keyboard.press("Enter")
    expect(page.get_by_text("Write how much")).to_be_visible()
    page.get_by_label("At most").fill("1,5 GB")
    page.keyboard.press("Enter")
    expect(page.get_by_text("0 bytes of 1.5 GB")).to_be_visible()
    page.get_by_role("button", name="More for eve").click()
    page.get_by_role("menuitem", name="Lock out").click()
    expect(page.get_by_text("Locked out", exact=True)).to_be_visible()
    page.get_by_role("button", name="Undo").click()
    expect(page.get_by_text("Locked out", exact=True)).to_have_count(0)
    product.person("eve").close()


def test_other_browsers_are_logged_out(page_of: PageOf, product: Product) -> None:
    page = page_of("anna", "/settings/account")
    with closing(product.person("anna")) as other:
        page.reload()
        elsewhere = page.get_by_role("button", name="Log out everywhere else")
        elsewhere.click()
        expect(page.get_by_text("You are logged out everywhere else")).to_be_visible()
        expect(elsewhere).to_have_count(0)
        assert other.get("/settings").status_code == 401
    page.get_by_label("Name shown", exact=True).fill("Anna Bell")
    expect(page.locator(".rail .avatar")).to_have_text("AB")
    with page.expect_file_chooser() as chooser:
        page.get_by_role("button", name="Choose a picture").click()
    chooser.value.set_files({"name": "me.png", "mimeType": "image/png", "buffer": picture()})
    expect(page.locator(".rail img.avatar")).to_be_visible()
    page.get_by_role("button", name="Remove").click()
    expect(page.locator(".rail .avatar")).to_have_text("AB")
    page.reload()
    expect(page.get_by_role("heading", name="Account").first).to_be_visible()


def test_a_phone_has_the_way_to_models_shortcuts_and_out(page_of: PageOf) -> None:
    page = page_of("anna", "/settings", **PHONE)
    assert page.evaluate("document.documentElement.scrollWidth") <= 390
    page.get_by_role("combobox", name=re.compile("^Section")).select_option("Reminders")
    expect(page).to_have_url(re.compile("/settings/reminders$"))
    expect(page.get_by_role("heading", name="This device")).to_be_visible()
    page.go_back()
    expect(page.get_by_role("combobox", name=re.compile("^Section"))).to_have_value("general")
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
    page = page_of("eve", "/settings/account")
    expect(page.get_by_role("heading", name="Where you are logged in")).to_be_visible()
    expect(page.get_by_role("link", name="Household")).to_have_count(0)
    page.get_by_placeholder("Search settings").fill("invite")
    expect(page.get_by_text("No setting is called so")).to_be_visible()
