"""Keys for programs, in a real browser: made by who is certainly there, used, removed, put back."""

import json
from collections.abc import Callable
from datetime import UTC, datetime, timedelta

import httpx
import pytest
from playwright.sync_api import Page, expect

from assistant.users.models import Session
from tests.person import PASSWORD, Person
from tests.product import NO_AUTHORITIES, PATIENCE, Product

pytestmark = pytest.mark.browser


def opens(product: Product, key: str) -> bool:
    """Whether the key lets a program in."""
    headers = {"authorization": f"Bearer {key}"}
    answer = httpx.get(f"{product.url}/api/v1/me", headers=headers, timeout=PATIENCE, verify=NO_AUTHORITIES)
    return answer.status_code == 200


def logged_in_long_ago(user: int) -> None:
    """All logins of the user are an hour old."""
    Session.update(created=datetime.now(UTC) - timedelta(hours=1)).where(Session.user == user).execute()


def test_a_key_is_made_shown_once_used_removed_and_put_back(
    product: Product, anna: Person, page_of: Callable[..., Page]
) -> None:
    page = page_of("anna", "/settings/account")
    anna.do(logged_in_long_ago)
    box = page.get_by_role("region", name="Keys for programs")
    box.get_by_text("Make a key").first.click()
    box.get_by_role("button", name="Make a key").click()
    asked = page.get_by_role("dialog")
    asked.get_by_label("Password").fill("guess")
    asked.get_by_role("button", name="Go on").click()
    expect(asked.get_by_role("alert")).to_have_text("This is not your password.")
    asked.get_by_label("Password").fill(PASSWORD)
    asked.get_by_role("button", name="Go on").click()
    expect(asked).to_have_count(0)
    expect(box.get_by_role("alert")).to_have_text("Give the key a name of 1 to 100 characters.")
    box.get_by_label("What it is for").fill('Kitchen "display" <b>')
    box.get_by_label("Ask models").check()
    box.get_by_label("It works").select_option("A year")
    box.get_by_role("button", name="Make a key").click()
    secret = box.get_by_role("status").locator(".secret").first
    expect(secret).to_contain_text("ast_")
    key = secret.inner_text()
    box.get_by_text("For a program that speaks MCP").click()
    copied = json.loads(str(box.get_by_role("button", name="Copy the configuration").get_attribute("data-copy")))
    expect(box.get_by_role("button", name="Copy the address")).to_have_attribute(
        "data-copy", copied["mcpServers"]["assistant"]["url"]
    )
    assert copied["mcpServers"]["assistant"]["headers"] == {"Authorization": f"Bearer {key}"}
    assert opens(product, key)
    line = box.get_by_role("listitem")
    expect(line).to_contain_text('Kitchen "display" <b>')
    expect(line).to_contain_text("read, write, chat")
    page.reload()
    expect(line).to_contain_text("last used")
    expect(secret).to_have_count(0)
    line.get_by_role("button", name="Remove").click()
    expect(line).to_have_count(0)
    assert not opens(product, key)
    page.get_by_role("button", name="Undo").click()
    expect(line).to_have_count(1)
    assert opens(product, key)
