"""The outsider is refused on every route of notes; nobody is refused before that."""

import re
from collections.abc import Iterator
from dataclasses import dataclass

import httpx
import pytest
from fastapi.routing import APIRoute

from assistant.notes import api, notebook, queries, trash
from assistant.notes.links import names
from assistant.notes.versions import history
from assistant.storage.database import Database
from assistant.web import parts
from tests.notes.test_notes_api import draft, picture
from tests.person import Person
from tests.product import Product

SECRET, VERSION = "xylophone", 3
QUERY = f"title={SECRET}&ids=1"
NAMING = {"/notes/export"}
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
    image = anna.post(f"/api/v1/attachments?note={note}", content=picture()).json()["id"]
    yield Cast(anna, eve, nobody, {"note": note, "attachment": image})
    for client in (anna, eve, nobody):
        client.close()


def routes(database: Database) -> list[str]:
    made = [route for route in api.router(database, parts.now).routes if isinstance(route, APIRoute)]
    assert {method for route in made for method in route.methods or ()} == {"GET"}  # the others are the API's
    return [route.path for route in made]


def ask(cast: Cast, client: httpx.Client, path: str) -> httpx.Response:
    where = re.sub(r"{(\w+):int}", lambda name: str(cast.ids[name[1]]), path)
    return client.get(f"{where}?{QUERY}")


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
    assert len(asked) == 5
    for path in asked:
        answer = ask(cast, cast.eve, path)
        expected = 404 if ":int}" in path or path in NAMING else 303
        assert answer.status_code == expected, (path, answer.text)
        assert path in ECHOING or SECRET.encode() not in answer.content, path
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
    for path in routes(database):
        answer = ask(cast, cast.anna, path)
        assert answer.status_code < 400, (path, answer.text)


def test_nobody_gets_nothing(cast: Cast, database: Database) -> None:
    for path in routes(database):
        assert ask(cast, cast.nobody, path).status_code == 401, path
