"""The ways to ring outside the page, over HTTP and in a real browser, against the running product."""

import json
import re
import time
from base64 import urlsafe_b64encode
from collections.abc import Callable, Iterator
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from axe_playwright_python.sync_playwright import Axe
from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat
from playwright.sync_api import Page, Worker, expect
from py_vapid import Vapid

from assistant.reminders import rings
from assistant.reminders.notifications import channels
from assistant.storage.house.rows import key
from tests.person import Person
from tests.product import PATIENCE, Product
from tests.reminders.receiver import Receiver
from tests.reminders.test_web_push import Browser

PageOf = Callable[..., Page]


@pytest.fixture
def receiver() -> Iterator[Receiver]:
    server = Receiver()
    yield server
    server.stop()


def allow_home(page: Page) -> None:
    """As the owner does it."""
    page.goto("/settings/household")
    switch = page.get_by_role("switch", name=re.compile("this home’s network"))
    expect(switch).not_to_be_checked()
    switch.click()
    expect(page.get_by_text("Saved", exact=True)).to_be_visible()
    page.reload()
    expect(switch).to_be_checked()


def subscription(browser: Browser, address: str) -> dict[str, Any]:
    return {"endpoint": address, "keys": {"p256dh": browser.p256dh, "auth": browser.auth}}


FORBIDDEN = [
    "http://localhost/x", "http://192.168.0.1/", "http://169.254.169.254/", "http://[::ffff:127.0.0.1]/", "x",
]  # fmt: skip


@pytest.mark.browser
def test_what_may_not_be_reached_is_said_at_the_field(page_of: PageOf, anna: Person) -> None:
    page = page_of("anna", "about:blank")
    for address in FORBIDDEN:
        page.goto("/settings/reminders")
        page.get_by_label("Kind").select_option("webhook")
        page.get_by_role("textbox", name="Address").fill(address)
        expect(page.get_by_role("alert")).to_have_count(0)
        page.get_by_role("button", name="Add", exact=True).click()
        expect(page.get_by_role("alert")).to_have_count(1)
        expect(page.get_by_role("textbox", name="Address")).to_have_attribute("aria-invalid", "true")
        assert anna.channels() == []


@pytest.mark.browser
def test_secrets_are_never_told(page_of: PageOf, anna: Person) -> None:
    browser = Browser()
    said = {"kind": "webhook", "address": "https://1.1.1.1/x", "secret": "shared"}
    anna.do(channels.add, now=datetime.now(UTC), **said)
    here = anna.post("/api/v1/reminders/ways/here", json=subscription(browser, "https://1.1.1.1/push/clandestine"))
    assert (here.status_code, here.text) == (204, "")
    page = page_of("anna", "/settings/reminders")
    expect(page.get_by_role("button", name=re.compile("^Remove"))).to_have_count(2)
    for secret in ("shared", "clandestine", browser.auth, browser.p256dh):
        assert secret not in page.content()
        assert secret not in anna.get("/settings/reminders").text


@pytest.mark.browser
def test_a_reminder_rings_at_a_webhook_and_an_ended_session_takes_its_push_along(
    product: Product, page_of: PageOf, anna: Person, receiver: Receiver
) -> None:
    page = page_of("anna", "/settings/household")
    allow_home(page)
    page.goto("/settings/reminders")
    page.get_by_label("Kind").select_option("webhook")
    page.get_by_role("textbox", name="Address").fill("http://user@nowhere/")
    page.get_by_role("button", name="Add", exact=True).click()
    expect(page.get_by_role("alert")).to_contain_text("Leave out names")
    expect(page.get_by_role("textbox", name="Address")).to_have_value("http://user@nowhere/")
    page.get_by_role("textbox", name="Address").fill(receiver.url("/hook"))
    page.get_by_label("Secret").fill("shared")
    page.get_by_role("button", name="Add", exact=True).click()
    expect(page.get_by_text(receiver.url("/hook"))).to_be_visible()
    page.get_by_role("button", name=f"Test {receiver.url('/hook')}").click()
    expect(page.get_by_role("status").get_by_text("It arrived.")).to_be_visible()
    assert receiver.got[0].told["event"] == "test"
    browser = Browser()
    assert (
        anna.post("/api/v1/reminders/ways/here", json=subscription(browser, receiver.url("/push"))).status_code == 204
    )
    anna.reminder("Tea", datetime.now(UTC) + timedelta(seconds=2))
    page.goto("/settings/reminders")
    expect(page.locator(".ring h2")).to_have_text("Tea", timeout=8000)
    until(page, lambda: receiver.of("/push"))
    until(page, lambda: len(receiver.of("/hook")) == 2)
    assert json.loads(browser.open(receiver.of("/push")[0].body))["title"] == "Tea"
    assert receiver.of("/hook")[1].told["text"] == "Tea"
    anna.post("/logout")
    page.reload()
    expect(page.get_by_text("No device rings while Assistant is closed")).to_be_visible()
    page.get_by_role("button", name=f"Remove {receiver.url('/hook')}").click()
    expect(page.get_by_text(receiver.url("/hook"))).to_have_count(0)


def until(page: Page, true: Callable[[], object]) -> None:
    deadline = time.monotonic() + PATIENCE
    while not true():
        assert time.monotonic() < deadline, "it did not happen"
        page.wait_for_timeout(20)


def leave(page: Page) -> Worker:
    """Goes elsewhere; the worker, once it knows that no page of ours is in front."""
    (worker,) = page.context.service_workers
    page.goto("about:blank")
    until(page, lambda: worker.evaluate("pages().then((all) => all.length)") == 0)
    return worker


# Chromium's push service is not reachable from a test: its answer is put in its place, the rest is real.
SUBSCRIBES = """
const keys = %s;
let made = null;
const fake = () => ({ ...keys, toJSON: () => keys, unsubscribe: async () => { made = null; return true; } });
PushManager.prototype.getSubscription = async () => made;
PushManager.prototype.subscribe = async (options) => {
  window.asked = options.applicationServerKey;
  return (made = fake());
};
"""


def public_key(anna: Person) -> str:
    pair = Vapid.from_pem(anna.do(lambda _user: key("vapid", bytes)))
    raw = pair.public_key.public_bytes(Encoding.X962, PublicFormat.UncompressedPoint)
    return urlsafe_b64encode(raw).rstrip(b"=").decode()


@pytest.mark.browser
def test_the_switch_makes_this_browser_ring_and_silences_it(product: Product, page_of: PageOf, anna: Person) -> None:
    page = page_of("anna", "/settings/reminders", trusted=True, permissions=["notifications"])
    page.add_init_script(SUBSCRIBES % json.dumps(subscription(Browser(), "https://1.1.1.1/push")))
    page.reload()
    switch = page.get_by_label("Ring on this device even when Assistant is closed")
    expect(switch).to_be_enabled()
    expect(switch).not_to_be_checked()
    switch.click()
    expect(page.get_by_text("· this device")).to_be_visible()
    expect(switch).to_be_checked()
    assert page.evaluate("window.asked") == public_key(anna)
    assert [(channel.kind, channel.name) for channel in anna.channels()] == [("push", "Chrome on Linux")]
    switch.click()
    expect(switch).not_to_be_checked()
    expect(page.get_by_text("No device rings while Assistant is closed")).to_be_visible()
    assert anna.channels() == []


@pytest.mark.browser
def test_a_browser_that_cannot_subscribe_says_so(page_of: PageOf) -> None:
    page = page_of("anna", "/settings/reminders", trusted=True, permissions=["notifications"])
    page.add_init_script(
        "PushManager.prototype.subscribe = async () => { throw new DOMException('x', 'AbortError'); };"
    )
    page.reload()
    switch = page.get_by_label("Ring on this device even when Assistant is closed")
    expect(switch).to_be_enabled()
    switch.click()
    expect(page.get_by_role("alert")).to_contain_text("did not reach its push service")
    expect(switch).not_to_be_checked()
    page.add_init_script("Object.defineProperty(window, 'isSecureContext', { value: false });")
    page.reload()
    expect(page.get_by_text("only when its address begins with https://")).to_be_visible()
    expect(switch).to_be_disabled()


@pytest.mark.browser
def test_another_persons_subscription_in_this_browser_is_ended(page_of: PageOf, anna: Person) -> None:
    made = subscription(Browser(), "https://1.1.1.1/push")
    assert anna.post("/api/v1/reminders/ways/here", json=made).status_code == 204
    page = page_of("eve", "/settings/reminders", trusted=True, permissions=["notifications"])
    register(page)
    # Eve opens the browser in which Anna's subscription still is.
    page.add_init_script((SUBSCRIBES % json.dumps(made)) + "made = fake();")
    page.reload()
    until(page, lambda: page.evaluate("PushManager.prototype.getSubscription()") is None)
    assert anna.channels() == []


def register(page: Page) -> None:
    page.evaluate("navigator.serviceWorker.register('/service-worker.js').then(() => navigator.serviceWorker.ready)")


class Pushes:
    """The browser's own side of a push, over its developer tools."""

    def __init__(self, page: Page) -> None:
        self.tools = page.context.new_cdp_session(page)
        self.registrations: list[str] = []
        self.tools.on("ServiceWorker.workerRegistrationUpdated", self.note)
        self.tools.send("ServiceWorker.enable")
        until(page, lambda: self.registrations)

    def note(self, told: dict[str, Any]) -> None:
        self.registrations += [one["registrationId"] for one in told["registrations"]]

    def push(self, origin: str, told: dict[str, Any]) -> None:
        message = {"origin": origin, "registrationId": self.registrations[0], "data": json.dumps(told)}
        self.tools.send("ServiceWorker.deliverPushMessage", message)


SHOWN = """async () => (await (await navigator.serviceWorker.getRegistration("/")).getNotifications())
  .map((note) => ({ title: note.title, body: note.body, tag: note.tag, data: note.data }))"""


@pytest.mark.browser
def test_a_push_shows_a_notification_that_goes_once_it_is_answered(
    product: Product, page_of: PageOf, anna: Person
) -> None:
    page = page_of("anna", "/settings/reminders", trusted=True, permissions=["notifications"])
    register(page)
    anna.reminder("Tea", datetime.now(UTC) + timedelta(seconds=1))
    expect(page.locator(".ring h2")).to_have_text("Tea", timeout=8000)
    (ring,) = (one.ring for one in anna.do(rings.ringing))
    pushes = Pushes(page)
    told = {"id": "test", "ring": 0, "title": "Test", "body": "Your reminders arrive here.", "address": "/reminders"}
    pushes.push(product.url, told)
    until(page, lambda: page.evaluate(SHOWN))
    (shown,) = page.evaluate(SHOWN)
    assert (shown["title"], shown["body"], shown["tag"]) == ("Test", "Your reminders arrive here.", "test")
    # A notice of something else, such as a daily brief, stands beside it.
    pushes.push(product.url, {**told, "id": "7", "title": "Daily brief", "address": "/chat/1"})
    until(page, lambda: sorted(note["tag"] for note in page.evaluate(SHOWN)) == ["7", "test"])
    page.evaluate("navigator.serviceWorker.ready.then((worker) => worker.getNotifications({ tag: '7' }))"
                  ".then(([note]) => note.close())")  # fmt: skip
    until(page, lambda: [note["tag"] for note in page.evaluate(SHOWN)] == ["test"])
    # A page in front tells it itself.
    pushes.push(product.url, {**told, "ring": ring, "title": "Tea"})
    pushes.push(product.url, {**told, "title": "Second"})
    until(page, lambda: [note["title"] for note in page.evaluate(SHOWN)] == ["Second"])
    # With no page of ours in front, the worker shows it.
    leave(page)
    pushes.push(product.url, {**told, "ring": ring, "title": "Tea", "body": "09:00 · 2 minutes late"})
    page.goto("/settings/reminders")
    until(page, lambda: any(note["tag"] == f"ring{ring}" for note in page.evaluate(SHOWN)))
    note = next(note for note in page.evaluate(SHOWN) if note["tag"] == f"ring{ring}")
    assert (note["title"], note["body"], note["data"]["ring"]) == ("Tea", "09:00 · 2 minutes late", ring)
    # Answered elsewhere, it goes, once it is sure that the page knows of it.
    page.wait_for_function("shown => Date.now() - shown > 5000", arg=note["data"]["shown"], timeout=8000)
    anna.post(f"/api/v1/reminders/rings/{ring}/answer", json={"state": "done"})
    until(page, lambda: [one["tag"] for one in page.evaluate(SHOWN)] == ["test"])


CLICK = """async ([tag, action]) => {
  const [notification] = await registration.getNotifications({ tag });
  dispatchEvent(new NotificationEvent("notificationclick", { notification, action }));
}"""


@pytest.mark.browser
@pytest.mark.parametrize(("action", "state"), [("done", "done"), ("snooze", "snoozed")])
def test_it_is_answered_in_the_notification(
    product: Product, page_of: PageOf, anna: Person, action: str, state: str
) -> None:
    page = page_of("anna", "/settings/reminders", trusted=True, permissions=["notifications"])
    register(page)
    reminder = anna.reminder("Tea", datetime.now(UTC) + timedelta(seconds=1))
    expect(page.locator(".ring h2")).to_have_text("Tea", timeout=8000)
    (ring,) = (one.ring for one in anna.do(rings.ringing))
    pushes = Pushes(page)
    worker = leave(page)
    told = {"id": "1", "ring": ring, "title": "Tea", "body": "", "address": f"/reminders?open={reminder}"}
    pushes.push(product.url, told)
    until(page, lambda: worker.evaluate("registration.getNotifications().then((notes) => notes.length)") == 1)
    worker.evaluate(CLICK, [f"ring{ring}", action])
    until(page, lambda: anna.rings(reminder)[0].state == state)
    assert worker.evaluate("registration.getNotifications().then((notes) => notes.length)") == 0


@pytest.mark.browser
@pytest.mark.parametrize("size", [(390, 844), (1440, 900)])
def test_the_page_can_be_used_by_everybody(page_of: PageOf, anna: Person, size: tuple[int, int]) -> None:
    said = {"kind": "webhook", "address": "https://1.1.1.1/" + "x" * 300, "secret": ""}
    anna.do(channels.add, now=datetime.now(UTC), **said)
    page = page_of("anna", "/settings/reminders", viewport={"width": size[0], "height": size[1]})
    expect(page.get_by_role("button", name=re.compile("Remove"))).to_be_visible()
    found = Axe().run(page, options={"runOnly": ["wcag2a", "wcag2aa", "wcag21aa"], "resultTypes": ["violations"]})
    assert found.violations_count == 0, found.generate_report()
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")
    assert page.evaluate("document.querySelector('.sheet').scrollWidth <= document.querySelector('.sheet').clientWidth")
