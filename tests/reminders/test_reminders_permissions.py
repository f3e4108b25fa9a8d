"""The outsider is refused on every route of reminders; nobody is refused before that."""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from pathlib import Path

import httpx
import pytest
from fastapi.routing import APIRoute

from assistant.config import Config
from assistant.reminders import api
from assistant.storage.database import Database
from assistant.web import parts
from assistant.web.wiring import RingBroadcaster, find_link
from tests.product import Product

SECRET = "xylophone"
DAY = "2031-05-05"
CALENDAR = f"BEGIN:VCALENDAR\r\nBEGIN:VTODO\r\nUID:1\r\nSUMMARY:{SECRET}\r\nEND:VTODO\r\nEND:VCALENDAR\r\n"
BODIES: dict[tuple[str, str], object] = {
    ("POST", "/api/reminders"): {"text": "mine"},
    ("POST", "/api/reminders/check"): {"text": "mine"},
    ("POST", "/api/reminders/understand"): {"sentence": "mine"},
    ("PATCH", "/api/reminders/{reminder:int}"): {"text": "mine"},
    ("POST", "/api/reminders/{reminder:int}/move"): {"day": DAY},
    ("POST", "/api/reminders/rings/{ring:int}/answer"): {"state": "done"},
    ("POST", "/api/reminders/ways"): {"kind": "webhook", "address": "https://1.1.1.1/hook"},
    ("POST", "/api/reminders/ways/here"): {"endpoint": "https://1.1.1.1/x", "keys": {}},
    ("PUT", "/api/reminders/ways/here"): {"endpoint": "https://1.1.1.1/x", "keys": {}},
}
QUERY = f"q={SECRET}&tag={SECRET}&kind=note&id=1&start=2031-01-01T00:00:00Z&end=2031-12-01T00:00:00Z"
ACTIONS = ("done", "undone", "delete", "restore", "move", "move_back", "tag", "untag", "priority")


@dataclass
class Cast:
    """Anna with a secret that rings, Eve who is nobody to her, and a browser without a session."""

    anna: httpx.Client
    eve: httpx.Client
    nobody: httpx.Client
    ids: dict[str, int] = field(default_factory=dict)


@pytest.fixture
def cast(product: Product) -> Iterator[Cast]:
    found = Cast(product.person("anna"), product.person("eve"), product.client())
    anna = found.anna
    note = anna.post("/api/notes", json={"text": f"# {SECRET}", "key": "k"}).json()["id"]
    soon = (datetime.now(UTC) + timedelta(seconds=4)).replace(tzinfo=None, microsecond=0)
    said = {"text": SECRET, "tags": [SECRET], "zone": "UTC", "link_kind": "note", "link_id": note}
    found.ids["reminder"] = anna.post(
        "/api/reminders", json={**said, "local": soon.isoformat(), "rule": "FREQ=DAILY"}
    ).json()["id"]
    until = datetime.now(UTC) + timedelta(seconds=60)
    while not (rings := anna.get("/api/reminders/rings").json()["rings"]):
        assert datetime.now(UTC) < until
    found.ids["ring"] = rings[0]["id"]
    # Only now, when it has rung: nothing may be sent anywhere from a test.
    way = {"kind": "webhook", "address": f"https://1.1.1.1/{SECRET}"}
    found.ids["way"] = anna.post("/api/reminders/ways", json=way).json()["id"]
    yield found
    for client in (found.anna, found.eve, found.nobody):
        client.close()


def routes(database: Database, tmp_path: Path) -> list[tuple[str, str]]:
    rings = RingBroadcaster(database, Config(data=tmp_path), parts.now, find_link)
    made = api.router(database, parts.now, find_link, rings.dispatcher, rings.keys)
    found = [route for route in made.routes if isinstance(route, APIRoute)]
    return [(method, route.path) for route in found for method in route.methods or () if method != "HEAD"]


def ask(cast: Cast, client: httpx.Client, method: str, path: str) -> httpx.Response:
    where = re.sub(r"{(\w+):int}", lambda name: str(cast.ids[name[1]]), path).replace("{token}", "x" * 43)
    if method == "GET":
        return client.get(f"{where}?{QUERY}")
    if path.startswith("/api/reminders/import"):
        return client.request(method, where, content=CALENDAR.replace(SECRET, "mine"))
    if path == "/api/reminders/bulk":
        return client.request(method, where, json={"action": "done", "ids": [cast.ids["reminder"]]})
    return client.request(method, where, json=BODIES.get((method, path)))


def everything(cast: Cast) -> list[object]:
    here = f"/api/reminders/{cast.ids['reminder']}"
    paths = [here, f"{here}/history", "/api/reminders/tags", "/api/reminders/rings", "/api/reminders/calendar"]
    return [cast.anna.get(path).content for path in paths] + [cast.anna.get("/api/reminders/ways").json()["ways"]]


def test_the_outsider_finds_nothing_on_any_route(cast: Cast, database: Database, tmp_path: Path) -> None:
    before, asked = everything(cast), routes(database, tmp_path)
    assert len(asked) > 30
    for method, path in asked:
        answer = ask(cast, cast.eve, method, path)
        if "{" in path or path == "/api/reminders/bulk":
            assert answer.status_code == 404, (method, path, answer.text)
        elif path == "/api/reminders/ways/here":
            assert answer.status_code in {200, 422}, (method, path, answer.text)
        else:
            assert answer.status_code in {200, 201, 204}, (method, path, answer.text)
        assert SECRET not in answer.text, (method, path)
    assert everything(cast) == before
    theirs = cast.ids["reminder"]
    back = [{"reminder": theirs, "was": f"{DAY}T09:00:00", "occurrence": f"{DAY}T09:00:00Z", "copy_id": theirs}]
    for action in ACTIONS:
        body = {"action": action, "ids": [theirs], "day": DAY, "tag": "mine", "priority": 3, "back": back}
        assert cast.eve.post("/api/reminders/bulk", json=body).status_code == 404, action
    assert everything(cast) == before


def test_nobody_gets_nothing_and_other_sites_change_nothing(cast: Cast, database: Database, tmp_path: Path) -> None:
    asked = routes(database, tmp_path)
    cast.anna.headers["origin"] = "https://evil.example"
    for method, path in asked:
        expected = {404} if path.startswith("/calendar/") else {401, 403}
        assert ask(cast, cast.nobody, method, path).status_code in expected, (method, path)
        assert method == "GET" or ask(cast, cast.anna, method, path).status_code == 403, (method, path)
