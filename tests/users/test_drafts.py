"""What one person typed is not there for the next at the same browser; over plain HTTP, as at home."""

import json
import re
import sqlite3
from collections.abc import Callable, Iterator
from contextlib import closing
from datetime import UTC, datetime, timedelta

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, expect

from tests.person import PASSWORD
from tests.product import Product

pytestmark = pytest.mark.browser
SECRET = "a secret of Anna's"
KEPT = {"reminders:sound": "1", "notes:view": "both"}  # the browser's, whoever sits before it


@pytest.fixture
def context(product: Product, browser: Browser) -> Iterator[BrowserContext]:
    for name in ("anna", "eve"):
        product.person(name).close()
    with browser.new_context(base_url=product.home) as opened:
        yield opened


def log_in(context: BrowserContext, name: str, password: str = PASSWORD) -> Page:
    page = context.new_page()
    page.goto("/login")
    page.get_by_label("Username").fill(name)
    page.get_by_label("Password", exact=True).fill(password)
    page.keyboard.press("Enter")
    expect(page.get_by_label("Your message")).to_be_visible()
    return page


def leave_drafts(page: Page) -> None:
    assert page.evaluate("isSecureContext") is False
    page.get_by_label("Your message").fill(SECRET)
    page.wait_for_function("secret => Object.values(localStorage).some((one) => one.includes(secret))", arg=SECRET)
    page.evaluate(
        """([kept, secret]) => {
          for (const [key, value] of Object.entries(kept)) localStorage.setItem(key, value);
          for (const key of ["note:1:new:abc", "reminders:form:1:5"]) localStorage.setItem(key, secret);
          sessionStorage.setItem("reminders:about:note:5", secret);
        }""",
        [KEPT, SECRET],
    )


def stored(page: Page) -> str:
    return json.dumps(page.evaluate("[{...localStorage}, {...sessionStorage}]"))


def expect_nothing_left(page: Page) -> None:
    kept = "[...Object.values(localStorage), ...Object.values(sessionStorage)]"
    page.wait_for_function(f"secret => !{kept}.some((one) => one.includes(secret))", arg=SECRET)
    assert all(f'"{key}"' in stored(page) for key in KEPT)


def log_out(page: Page) -> None:
    page.get_by_role("button", name="Log out").click()
    expect(page.get_by_role("heading", name="Log in")).to_be_visible()


def in_database(product: Product, statement: str, *values: object) -> None:
    with closing(sqlite3.connect(product.data / "assistant.db", timeout=5)) as rows:
        rows.execute(statement, values)
        rows.commit()


def lock_out(product: Product) -> None:
    product.run("user", "make-owner", "eve")
    assert product.run("user", "disable", "anna").returncode == 0


def new_password(product: Product) -> None:
    with closing(product.person("anna")) as phone:
        form = {"current": PASSWORD, "password": "another long password"}
        assert phone.post("/password", data=form).status_code == 303


def test_logging_out_leaves_nothing(context: BrowserContext) -> None:
    page = log_in(context, "anna")
    other = context.new_page()
    other.goto("/notes")
    leave_drafts(page)
    log_out(page)
    expect_nothing_left(page)
    other.wait_for_url(re.compile("/login"))
    expect_nothing_left(other)


@pytest.mark.parametrize("end", [lock_out, new_password])
def test_a_session_that_is_ended_elsewhere_leaves_nothing(
    context: BrowserContext, product: Product, end: Callable[[Product], None]
) -> None:
    page = log_in(context, "anna")
    leave_drafts(page)
    end(product)
    page.wait_for_url("**/login*")
    expect(page.get_by_role("heading", name="Log in")).to_be_visible()
    expect_nothing_left(page)


def expire(product: Product) -> None:
    long_ago = datetime.now(UTC).replace(tzinfo=None) - timedelta(days=8)
    in_database(product, "UPDATE session SET seen = ?", str(long_ago))


def test_who_was_logged_out_by_time_finds_their_words_again(context: BrowserContext, product: Product) -> None:
    page = log_in(context, "anna")
    leave_drafts(page)
    expire(product)
    page.wait_for_url("**/login*")
    expect(page.get_by_role("heading", name="Log in")).to_be_visible()
    page.get_by_label("Username").fill("anna")
    page.get_by_label("Password", exact=True).fill("not it at all")
    page.keyboard.press("Enter")
    expect(page.get_by_text("Wrong name or password.")).to_be_visible()
    page.get_by_label("Password", exact=True).fill(PASSWORD)
    page.keyboard.press("Enter")
    expect(page.get_by_label("Your message")).to_have_value(SECRET)


def test_the_next_person_finds_none_of_them(context: BrowserContext, product: Product) -> None:
    page = log_in(context, "anna")
    leave_drafts(page)
    expire(product)
    page.wait_for_url("**/login*")
    page = log_in(context, "eve")
    expect(page.get_by_label("Your message")).to_have_value("")
    expect_nothing_left(page)


def test_a_new_password_here_keeps_what_is_typed_here(context: BrowserContext) -> None:
    page = log_in(context, "anna")
    leave_drafts(page)
    page.goto("/password")
    page.get_by_label("Current password").fill(PASSWORD)
    page.get_by_label("New password").fill("another long password")
    page.keyboard.press("Enter")
    page.wait_for_url("**/settings/account")
    page.goto("/")
    expect(page.get_by_label("Your message")).to_have_value(SECRET)


def test_every_way_out_clears_what_the_browser_keeps(product: Product) -> None:
    everything = '"cache", "storage"'
    with closing(product.person("anna")) as anna:
        token = dict(anna.cookies)
        assert anna.post("/logout").headers["clear-site-data"] == everything
    with product.client(cookies=token) as ended:
        assert ended.get("/login").headers["clear-site-data"] == everything
    with product.client() as nobody:
        assert "clear-site-data" not in nobody.get("/login").headers
        assert "data-forget" in nobody.get("/login").text


def test_a_password_stays_in_its_field_until_it_is_right(context: BrowserContext, product: Product) -> None:
    in_database(product, "INSERT INTO household_setting (name, value) VALUES ('registration', 'open')")
    page = context.new_page()
    page.goto("/register")
    page.get_by_label("Username").fill("c")
    page.get_by_label("Password", exact=True).fill("short")
    page.get_by_role("button", name="Create account").click()
    said = ["Use 3 to 32 letters, digits or . _ -", "Use at least 8 characters."]
    expect(page.locator(".wrong:visible")).to_have_text(said)
    expect(page.get_by_label("Password", exact=True)).to_have_value("short")
    expect(page.get_by_label("Username")).to_be_focused()
    page.get_by_label("Username").fill("Çarl")
    page.get_by_label("Password", exact=True).fill("long enough for me")
    expect(page.locator(".wrong:visible")).to_have_count(0)
    page.get_by_role("button", name="Create account").click()
    expect(page.locator("#codes li")).to_have_count(8)
