"""Getting in and out over plain HTTP from another device, where a browser trusts the address less than localhost."""

import re
from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.person import PASSWORD
from tests.product import Product

pytestmark = pytest.mark.browser
NEW = "another horse battery"


@pytest.fixture
def page(product: Product, browser: Browser) -> Iterator[Page]:
    with browser.new_context(base_url=product.home) as context:
        opened = context.new_page()
        opened.goto("/")
        assert opened.evaluate("isSecureContext") is False
        yield opened


def submit(page: Page, button: str, **fields: str) -> None:
    for name, text in fields.items():
        page.locator(f"[name={name}]").fill(text)
    page.get_by_role("button", name=button, exact=True).click()


def log_out(page: Page) -> None:
    page.goto("/")
    page.get_by_role("button", name="Log out").click()
    expect(page.get_by_role("heading", name="Log in")).to_be_visible()


def test_every_form_of_an_account_works_there(page: Page) -> None:
    submit(page, "Create account", username="anna", password=PASSWORD)
    expect(page.locator("#codes li")).to_have_count(8)
    code = page.locator("#codes li").first.inner_text()
    log_out(page)
    submit(page, "Log in", username="anna", password="not her password")
    expect(page.get_by_text("Wrong name or password.")).to_be_visible()
    submit(page, "Log in", username="anna", password=PASSWORD)
    expect(page.get_by_role("textbox", name="Message")).to_be_visible()
    page.goto("/password")
    submit(page, "Change password", current=PASSWORD, password=NEW)
    expect(page).to_have_url(re.compile("/settings/account$"))
    page.goto("/codes")
    submit(page, "Make new codes", current=NEW)
    expect(page.locator("#codes li")).to_have_count(8)
    assert code not in page.locator("#codes").inner_text()
    code = page.locator("#codes li").first.inner_text()
    log_out(page)
    page.goto("/recover")
    submit(page, "Set new password", username="anna", code=code, password=PASSWORD)
    submit(page, "Log in", username="anna", password=PASSWORD)
    expect(page.get_by_role("textbox", name="Message")).to_be_visible()
