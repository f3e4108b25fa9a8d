"""The outsider is refused on every route of notes; nobody is refused before that."""

import re
from collections.abc import Iterator
from dataclasses import dataclass

import httpx
import pytest
from fastapi.routing import APIRoute

from assistant.notes import api
from assistant.storage.database import Database
from assistant.web import parts
from tests.notes.test_notes_api import ids, picture, save, write
from tests.product import Product

SECRET = "xylophone"
BODIES: dict[tuple[str, str], object] = {
    ("POST", "/api/notes"): {"text": "mine", "key": "the-key"},
    ("PUT", "/api/notes/{note:int}"): {"text": "mine", "version": 3},
    ("PATCH", "/api/notes/{note:int}"): {"title": "mine", "tags": [], "colour": "", "pinned": True, "archived": True},
    ("POST", "/api/notes/{note:int}/tick"): {"index": 0, "on": True, "version": 2},
    ("PATCH", "/api/notes/tags"): {"old": SECRET, "new": "mine"},
    ("POST", "/api/notes/bulk"): {"ids": [1], "action": "trash"},
    ("POST", "/api/notes/render"): {"text": f"[[{SECRET}]]"},
}
QUERY = f"q={SECRET}&prefix={SECRET}&title={SECRET}&tag={SECRET}"
NAMING = {("POST", "/api/notes/attachments"), ("PATCH", "/api/notes/tags"), ("POST", "/api/notes/bulk")}
ECHOING = {"/api/notes/render", "/notes/open"}  # these answer with what was asked


@dataclass
class Cast:
    """Anna with a secret, Eve who is nobody to her, and a browser without a session."""

    anna: httpx.Client
    eve: httpx.Client
    nobody: httpx.Client
    ids: dict[str, int]


@pytest.fixture
def cast(product: Product) -> Iterator[Cast]:
    anna, eve, nobody = product.person("anna"), product.person("eve"), product.client()
    note = write(anna, f"{SECRET} " * 100, tags=[SECRET, "template"], title=SECRET, key="the-key")
    save(anna, note, f"- [ ] {SECRET}")
    image = anna.post(f"/api/notes/attachments?note={note['id']}", content=picture()).json()["id"]
    version = anna.get(f"/api/notes/{note['id']}/versions").json()[0]["id"]
    yield Cast(anna, eve, nobody, {"note": note["id"], "attachment": image, "version": version})
    for client in (anna, eve, nobody):
        client.close()


def routes(database: Database) -> list[tuple[str, str]]:
    found = [route for route in api.router(database, parts.now).routes if isinstance(route, APIRoute)]
    return [(method, route.path) for route in found for method in route.methods or ()]


def ask(cast: Cast, client: httpx.Client, method: str, path: str) -> httpx.Response:
    where = re.sub(r"{(\w+):int}", lambda name: str(cast.ids[name[1]]), path)
    if path == "/api/notes/attachments":
        return client.request(method, f"{where}?note={cast.ids['note']}", content=picture())
    if method == "GET":
        return client.get(f"{where}?{QUERY}")
    return client.request(method, where, json=BODIES.get((method, path)))


def everything(cast: Cast) -> list[object]:
    here = f"/api/notes/{cast.ids['note']}"
    paths = [here, f"{here}/versions", f"/notes/attachments/{cast.ids['attachment']}", "/api/notes/tags"]
    return [cast.anna.get(path).content for path in paths]


def test_the_outsider_finds_nothing_on_any_route(cast: Cast, database: Database) -> None:
    before, asked = everything(cast), routes(database)
    assert len(asked) > 20
    for method, path in asked:
        answer = ask(cast, cast.eve, method, path)
        if "{" in path or (method, path) in NAMING:
            assert answer.status_code == 404, (method, path, answer.text)
        else:
            assert answer.status_code in {200, 201, 303}, (method, path, answer.text)
        assert path in ECHOING or SECRET not in answer.text, (method, path)
    assert everything(cast) == before


def test_what_the_outsider_is_told_is_what_is_there(cast: Cast) -> None:
    assert cast.eve.get(f"/notes/open?title={SECRET}").headers["location"] == f"/notes/new?title={SECRET}"
    assert cast.eve.post("/api/notes/render", json={"text": f"[[{SECRET}]]"}).json()["missing"] == [SECRET]
    assert cast.eve.get("/api/notes/counts").json() == {"notes": 0, "archive": 0, "trash": 0}
    assert cast.eve.post("/api/notes/bulk", json={"ids": [cast.ids["note"]], "action": "trash"}).status_code == 404
    mine = write(cast.eve, f"![x](/notes/attachments/{cast.ids['attachment']})", key="the-key")
    assert mine["id"] != cast.ids["note"]
    assert ids(cast.eve) == [mine["id"]]
    cast.eve.delete(f"/api/notes/{mine['id']}")
    cast.eve.post("/api/notes/trash/empty")
    assert cast.anna.get(f"/notes/attachments/{cast.ids['attachment']}").status_code == 200


def test_the_owner_reaches_every_route(cast: Cast, database: Database) -> None:
    changing = [("POST", "/api/notes/{note:int}/tick"), ("PUT", "/api/notes/{note:int}")]
    last = [("POST", "/api/notes/bulk"), ("DELETE", "/api/notes/{note:int}"), ("POST", "/api/notes/trash/empty")]
    others = [route for route in routes(database) if route not in {*changing, *last}]
    for method, path in [*changing, *others, *last]:
        answer = ask(cast, cast.anna, method, path)
        assert answer.status_code < 400, (method, path, answer.text)


def test_nobody_gets_nothing(cast: Cast, database: Database) -> None:
    for method, path in routes(database):
        assert ask(cast, cast.nobody, method, path).status_code in {401, 403}, (method, path)


def test_other_sites_change_nothing(cast: Cast, database: Database) -> None:
    cast.anna.headers["origin"] = "https://evil.example"
    for method, path in routes(database):
        if method != "GET":
            assert ask(cast, cast.anna, method, path).status_code == 403, (method, path)
