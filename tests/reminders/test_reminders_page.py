"""Reminders in a real browser and over HTTP, against the running product."""

import time
from collections.abc import Callable, Iterator
from datetime import UTC, datetime, timedelta

import httpx
import pytest
from playwright.sync_api import Page, expect

from tests.product import Product

PageOf = Callable[..., Page]


@pytest.fixture
def anna(product: Product) -> Iterator[httpx.Client]:
    """Anna's HTTP side, beside her pages."""
    client = product.person("anna")
    yield client
    client.close()


def remind(client: httpx.Client, text: str, seconds: float, **more: object) -> int:
    local = (datetime.now(UTC) + timedelta(seconds=seconds)).replace(tzinfo=None, microsecond=0)
    answer = client.post("/api/reminders", json={"text": text, "local": local.isoformat(), "zone": "UTC", **more})
    assert answer.status_code == 201, answer.text
    return int(answer.json()["id"])


@pytest.mark.browser
def test_one_is_set_by_a_sentence(page_of: PageOf, anna: httpx.Client) -> None:
    page = page_of("anna", "/reminders")
    expect(page.get_by_label("Remind me", exact=True)).to_be_focused()
    page.keyboard.type("call mum tomorrow at 9:30")
    expect(page.locator(".say-read strong")).to_have_text("call mum")
    expect(page.locator(".say-read")).to_contain_text("09:30")
    page.keyboard.press("Enter")
    page.get_by_role("link", name="Upcoming").click()
    expect(page.locator(".reminder .title")).to_have_text("call mum")
    page.get_by_role("button", name="Done: call mum").click()
    expect(page.locator(".reminder")).to_have_count(0)
    page.locator(".toast", has_text="is done").get_by_role("button", name="Undo").click()
    expect(page.locator(".reminder .title")).to_have_text("call mum")
    page.get_by_role("link", name="Month").click()
    expect(page.locator(".calendar-item")).to_have_text("09:30 call mum")


@pytest.mark.browser
def test_what_cannot_be_is_said_and_kept_in_the_field(page_of: PageOf, anna: httpx.Client) -> None:
    page = page_of("anna", "/reminders")
    expect(page.get_by_label("Remind me", exact=True)).to_be_focused()
    page.keyboard.type("pay rent on 30 February")
    page.keyboard.press("Enter")
    expect(page.get_by_role("alert")).to_contain_text("There is no 30 February.")
    expect(page.get_by_label("Remind me", exact=True)).to_have_value("pay rent on 30 February")


@pytest.mark.browser
def test_it_rings_in_two_tabs_and_an_answer_in_one_takes_it_from_both(page_of: PageOf, anna: httpx.Client) -> None:
    one, two = page_of("anna"), page_of("anna", "/notes")
    remind(anna, "Tea", 3)
    for page in (one, two):
        expect(page.locator(".ring h2")).to_have_text("Tea", timeout=8000)
        expect(page).to_have_title(r"(1) New chat · Assistant" if page is one else "(1) Notes · Assistant")
    one.locator(".ring").get_by_role("button", name="Snooze").click()
    one.get_by_role("button", name="10 min").click()
    for page in (one, two):
        expect(page.locator(".ring")).to_have_count(0)


@pytest.mark.browser
def test_what_fell_due_while_the_server_was_down_rings_once(
    page_of: PageOf, product: Product, anna: httpx.Client
) -> None:
    remind(anna, "Stove", 2)
    product.kill()
    due = time.monotonic() + 3
    while time.monotonic() < due:
        time.sleep(0.05)
    product.start()
    page = page_of("anna", "/reminders?view=overdue")
    expect(page.locator(".ring h2")).to_have_text("Stove", timeout=8000)
    page.locator(".ring").get_by_role("button", name="Done").click()
    expect(page.locator(".ring")).to_have_count(0)
    page.reload()
    expect(page.get_by_role("heading", name="Nothing today")).to_be_visible()
    assert page.locator(".ring").count() == 0


def test_the_outsider_is_refused_on_every_route(product: Product, anna: httpx.Client) -> None:
    mine = remind(anna, "a secret", 3600)
    with product.client() as nobody:
        assert nobody.get("/api/reminders/rings").status_code == 401
    eve = product.person("eve")
    paths = [
        ("GET", ""), ("PATCH", ""), ("DELETE", ""), ("POST", "/restore"), ("POST", "/done"), ("POST", "/undone"),
        ("POST", "/move"), ("GET", "/history"),
    ]  # fmt: skip
    for method, path in paths:
        body = {"day": "2031-01-01"} if path == "/move" else {"text": "mine"} if method == "PATCH" else None
        answer = eve.request(method, f"/api/reminders/{mine}{path}", json=body)
        assert answer.status_code == 404, (method, path, answer.text)
    assert eve.post("/api/reminders/rings/1/answer", json={"state": "done"}).status_code == 404
    for view in ("today", "coming", "overdue", "someday", "done"):
        assert eve.get(f"/api/reminders?view={view}").json()["rows"] == []
    assert anna.get(f"/api/reminders/{mine}").json()["text"] == "a secret"
    eve.close()


def test_bad_input_is_a_sentence_with_its_field(anna: httpx.Client) -> None:
    good = {"text": "x", "local": "2031-01-01T09:00:00", "zone": "UTC"}
    for change, field in (
        ({"zone": "Mars/Base"}, "zone"),
        ({"rule": "FREQ=SECONDLY"}, "rule"),
        ({"rule": "FREQ=DAILY;COUNT=1000000"}, "rule"),
        ({"local": "2001-01-01T09:00:00"}, "local"),
        ({"text": "x" * 10_000}, "text"),
    ):
        answer = anna.post("/api/reminders", json={**good, **change})
        assert (answer.status_code, answer.json()["field"]) == (422, field), answer.text
    assert anna.post("/api/reminders/understand", json={"sentence": "x" * 10_000}).json()["problems"]
