"""The outsider is refused on every route of notes; nobody is refused before that."""

import re
from collections.abc import Iterator
from dataclasses import dataclass

import httpx
import pytest
from fastapi.routing import APIRoute

from assistant.notes import api, notebook, queries, trash
from assistant.notes.links import names
from assistant.notes.transfer.import_jobs import ImportJobs
from assistant.notes.versions import history
from assistant.storage.database import Database
from assistant.web import parts
from tests.notes.test_notes_api import draft, picture
from tests.person import Person
from tests.product import Product

SECRET, VERSION = "xylophone", 3
BODIES: dict[tuple[str, str], object] = {
    ("PUT", "/api/notes/{note:int}/draft"): {"text": "mine", "title": "mine", "tags": ["mine"], "version": VERSION},
}
QUERY = f"title={SECRET}&ids=1"
NAMING = {("POST", "/api/notes/attachments"), ("GET", "/notes/export")}
ECHOING = {"/notes/open"}  # answers with what was asked


@dataclass
class Cast:
    """Anna with a secret, Eve who is nobody to her, and a browser without a session."""

    anna: Person
    eve: Person
    nobody: httpx.Client
    ids: dict[str, int]


@pytest.fixture
def cast(product: Product) -> Iterator[Cast]:
    anna, eve, nobody = product.person("anna"), product.person("eve"), product.client()
    made = draft(anna, 0, text=f"{SECRET} " * 100, title=SECRET, tags=[SECRET, "template"], key="the-key").json()
    note = made["id"]
    assert draft(anna, note, text=f"- [ ] {SECRET}", version=made["version"]).json()["version"] == VERSION
    image = anna.post(f"/api/notes/attachments?note={note}", content=picture()).json()["id"]
    yield Cast(anna, eve, nobody, {"note": note, "attachment": image})
    for client in (anna, eve, nobody):
        client.close()


def routes(database: Database) -> list[tuple[str, str]]:
    made = api.router(database, ImportJobs(database, parts.now), parts.now)
    found = [route for route in made.routes if isinstance(route, APIRoute)]
    return [(method, route.path) for route in found for method in route.methods or ()]


def ask(cast: Cast, client: httpx.Client, method: str, path: str) -> httpx.Response:
    where = re.sub(r"{(\w+):int}", lambda name: str(cast.ids[name[1]]), path)
    if path == "/api/notes/attachments":
        return client.request(method, f"{where}?note={cast.ids['note']}", content=picture())
    if path == "/api/notes/import":
        return client.request(method, where, files={"file": ("mine.md", b"# Mine")})
    if method == "GET":
        return client.get(f"{where}?{QUERY}")
    return client.request(method, where, json=BODIES.get((method, path)))


def everything(cast: Cast) -> list[object]:
    note, anna = cast.ids["note"], cast.anna
    kept = [anna.do(history.get_version, note, one.id).text for one in anna.do(history.versions, note)]
    whole = anna.do(notebook.get, note).__data__
    return [
        whole,
        kept,
        anna.do(queries.get_listed, note),
        anna.get(f"/notes/attachments/{cast.ids['attachment']}").content,
    ]


def test_the_outsider_finds_nothing_on_any_route(cast: Cast, database: Database) -> None:
    before, asked = everything(cast), routes(database)
    assert len(asked) == 9
    for method, path in asked:
        answer = ask(cast, cast.eve, method, path)
        if ":int}" in path or (method, path) in NAMING:
            assert answer.status_code == 404, (method, path, answer.text)
        else:
            assert answer.status_code in {200, 201, 204, 303}, (method, path, answer.text)
        assert path in ECHOING or SECRET.encode() not in answer.content, (method, path)
    assert everything(cast) == before


def test_what_the_outsider_is_told_is_what_is_there(cast: Cast) -> None:
    assert cast.eve.get(f"/notes/open?title={SECRET}").headers["location"] == f"/notes/new?title={SECRET}"
    assert cast.eve.do(names.found, {SECRET.lower()}) == {}
    assert [cast.eve.notes(where) for where in ("notes", "archive", "trash")] == [[], [], []]
    mine = draft(cast.eve, 0, text=f"![x](/notes/attachments/{cast.ids['attachment']})", key="the-key").json()["id"]
    assert mine != cast.ids["note"]
    assert cast.eve.notes() == [mine]
    cast.eve.do(trash.trash, mine, parts.now())
    cast.eve.do(trash.empty_trash)
    assert cast.anna.get(f"/notes/attachments/{cast.ids['attachment']}").status_code == 200


def test_the_owner_reaches_every_route(cast: Cast, database: Database) -> None:
    for method, path in routes(database):
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
