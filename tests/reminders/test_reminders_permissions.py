"""The outsider is refused on every route of reminders; nobody is refused before that."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

import httpx
import pytest
from fastapi.routing import APIRoute

from assistant.config import Config
from assistant.reminders import api
from assistant.reminders.ical import feed
from assistant.reminders.ical.uploads import Uploads
from assistant.reminders.notifications import channels
from assistant.storage.database import Database
from assistant.web import parts
from assistant.web.wiring import RingBroadcaster, find_link
from tests.person import Person
from tests.product import Product
from tests.reminders.test_web_push import Browser

SECRET = "xylophone"
BODIES: dict[str, object] = {
    "/api/reminders/rings/{ring:int}/answer": {"state": "done"},
    "/api/reminders/ways/here": {"endpoint": "https://1.1.1.1/x", "keys": {}},
}


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


def routes(database: Database, tmp_path: Path) -> list[tuple[str, str]]:
    rings = RingBroadcaster(database, Config(data=tmp_path), parts.now, find_link)
    made = api.router(database, parts.now, rings.dispatcher, Uploads())
    found = [route for route in made.routes if isinstance(route, APIRoute)]
    return [(method, route.path) for route in found for method in route.methods or () if method != "HEAD"]


def ask(cast: Cast, client: httpx.Client, method: str, path: str) -> httpx.Response:
    where = re.sub(r"{ring:int}", str(cast.ring), path).replace("{token}", "x" * 43)
    return client.request(method, where, json=BODIES.get(path))


def everything(cast: Cast) -> list[object]:
    ways = [channel.__data__ for channel in cast.anna.channels()]
    return [cast.anna.reminded(cast.reminder), cast.anna.rings(cast.reminder), ways, cast.anna.do(feed.get)]


def test_the_outsider_finds_nothing_on_any_route(cast: Cast, database: Database, tmp_path: Path) -> None:
    before, asked = everything(cast), routes(database, tmp_path)
    assert len(asked) == 5
    for method, path in asked:
        answer = ask(cast, cast.eve, method, path)
        expected = 404 if "{" in path else 422 if path.endswith("/here") else 200
        assert answer.status_code == expected, (method, path, answer.text)
        assert SECRET not in answer.text, (method, path)
    assert everything(cast) == before


def test_nobody_gets_nothing_and_other_sites_change_nothing(cast: Cast, database: Database, tmp_path: Path) -> None:
    asked = routes(database, tmp_path)
    cast.anna.headers["origin"] = "https://evil.example"
    for method, path in asked:
        expected = {404} if path.startswith("/calendar/") else {401, 403}
        assert ask(cast, cast.nobody, method, path).status_code in expected, (method, path)
        assert method == "GET" or ask(cast, cast.anna, method, path).status_code == 403, (method, path)


def subscription(browser: Browser) -> dict[str, object]:
    return {"endpoint": "https://1.1.1.1/push", "keys": {"p256dh": browser.p256dh, "auth": browser.auth}}


def test_who_knows_only_the_address_of_a_browser_takes_nothing(cast: Cast) -> None:
    here = "/api/reminders/ways/here"
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
        assert cast.anna.post("/api/reminders/ways/here", json=body).status_code == 422, body
    assert [row.kind for row in cast.anna.channels()] == ["webhook"]
