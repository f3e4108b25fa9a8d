"""The outsider is refused at what browsers ask of reminders; nobody is refused before that."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime

import httpx
import pytest

from assistant.reminders.notifications import channels
from tests.person import Person
from tests.product import Product
from tests.reminders.test_web_push import Browser

SECRET = "xylophone"


@dataclass
class Cast:
    """Anna with a secret that rings, Eve who is nobody to her, and a browser without a session."""

    anna: Person
    eve: Person
    nobody: httpx.Client
    reminder: int
    ring: int


@pytest.fixture
def cast(product: Product) -> Iterator[Cast]:
    anna, eve, nobody = product.person("anna"), product.person("eve"), product.client()
    rung = anna.rung(SECRET)
    # Only now, when it has rung: nothing may be sent anywhere from a test.
    said = {"kind": "webhook", "address": f"https://1.1.1.1/{SECRET}", "secret": ""}
    anna.do(channels.add, now=datetime.now(UTC), **said)
    yield Cast(anna, eve, nobody, rung.reminder, rung.ring)
    for client in (anna, eve, nobody):
        client.close()


def test_the_outsider_finds_nothing_and_nobody_does_either(cast: Cast) -> None:
    for client, file in ((cast.eve, 200), (cast.nobody, 401)):
        assert client.get(f"/calendar/{'x' * 43}.ics").status_code == 404
        answer = client.get("/reminders/export.ics")
        assert answer.status_code == file
        assert SECRET not in answer.text
    assert SECRET in cast.anna.get("/reminders/export.ics").text


def subscription(browser: Browser) -> dict[str, object]:
    return {"endpoint": "https://1.1.1.1/push", "keys": {"p256dh": browser.p256dh, "auth": browser.auth}}


def test_who_knows_only_the_address_of_a_browser_takes_nothing(cast: Cast) -> None:
    here = "/api/v1/reminders/ways/here"
    assert cast.anna.post(here, json=subscription(Browser())).status_code == 204
    before = cast.anna.channels()
    assert cast.eve.post(here, json=subscription(Browser(secret=b"another 16 bytes"))).status_code == 409
    assert cast.eve.channels() == []
    assert cast.anna.channels() == before
    assert [row.kind for row in before] == ["webhook", "push"]


def test_a_browser_whose_push_service_may_not_be_reached_is_refused(cast: Cast) -> None:
    bodies: list[object] = [
        {}, [], {"endpoint": 1}, {"endpoint": ""}, {"endpoint": "https://1.1.1.1/", "keys": {"auth": "x" * 1000}},
    ]  # fmt: skip
    hosts = ("localhost", "192.168.0.1", "169.254.169.254", "[::ffff:127.0.0.1]")
    addresses = ["x", *(f"http://{host}/x" for host in hosts)]
    bodies += [subscription(Browser()) | {"endpoint": address} for address in addresses]
    for body in bodies:
        assert cast.anna.post("/api/v1/reminders/ways/here", json=body).status_code == 422, body
    assert [row.kind for row in cast.anna.channels()] == ["webhook"]
