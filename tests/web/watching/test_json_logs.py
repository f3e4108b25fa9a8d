"""The log for programs: a line of JSON for each request, by which one finds it again, and no words of anybody."""

import asyncio
import json
import logging
import socket
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path
from typing import Any

import pytest

from assistant.errors import NotFound
from assistant.web.guards import requests
from assistant.web.watching import asked, logs
from assistant.web.watching.asked import Asked
from assistant.web.watching.json_lines import Foreign, JsonLines
from tests.databases import empty_database
from tests.ollama_server import OllamaServer
from tests.person import PASSWORD
from tests.product import Product
from tests.sockets import cookie, open_page, socket_of

SECRET = "Quittenbrot"  # in all that is written, asked for and sent
PROXY = {"x-request-id": "from-the-proxy-7", "x-forwarded-for": "192.0.2.7"}


@pytest.fixture
def watched(tmp_path: Path, ollama: OllamaServer) -> Iterator[Product]:
    """The product behind a trusted proxy, logging for programs, as talkative as it can."""
    empty_database(tmp_path / "assistant.db")
    settings = {
        "ASSISTANT_LOG_FORMAT": "json", "ASSISTANT_LOG_LEVEL": "debug", "ASSISTANT_TRUSTED_PROXIES": "127.0.0.0/8, ::1",
    }  # fmt: skip
    running = Product(tmp_path, ollama.host, settings=settings, forked=True).start()
    yield running
    running.kill()


def lines(product: Product) -> list[dict[str, Any]]:
    return [json.loads(line) for line in product.log().splitlines()]


def test_a_whole_scene_leaves_its_requests_and_no_words(watched: Product) -> None:
    with closing(watched.person("anna")) as anna:
        tokens = [anna.cookies["assistant-session"], PASSWORD]
        made = anna.post("/api/v1/me/keys", json={"name": SECRET, "scopes": ["read", "write", "chat"]})
        assert made.status_code == 201, made.text
        tokens.append(made.json()["key"])
        key = {"authorization": f"Bearer {tokens[-1]}"}
        note = anna.post("/api/v1/notes", json={"text": f"# {SECRET}"}, headers=key)
        assert note.status_code == 201
        assert note.headers["x-request-id"] != ""
        question = {"text": f"tokens=5 text={SECRET}", "model": "stand-in"}
        with anna.stream(
            "POST", "/api/v1/conversations", json=question, headers={"accept": "text/event-stream"}
        ) as said:
            said.read()
        found = anna.get("/api/v1/search", params={"q": SECRET}, headers={**PROXY, **key})
        assert (found.status_code, found.headers["x-request-id"]) == (200, "from-the-proxy-7")
        # What fails, in each of the ways that see what was sent.
        assert anna.post("/login", data={"username": f"{SECRET}x", "password": SECRET}).status_code == 422
        assert anna.get("/api/v1/notes", headers={"authorization": f"Bearer ast_{SECRET}"}).status_code == 401
        assert anna.get(f"/calendar/{SECRET}.ics").status_code == 404
        assert anna.get(f"/{SECRET}?{SECRET}={SECRET}").status_code == 404
        assert anna.patch("/api/v1/me/preferences", json={SECRET: SECRET}).status_code == 422
        asyncio.run(junk(watched, anna))
        number, user = note.json()["id"], anna.user
    written = watched.log()
    assert SECRET not in written
    assert [token for token in tokens if token in written] == []
    told = lines(watched)
    assert {line["instance"] for line in told} == {f"{socket.gethostname()}:{watched.port}"}
    (search,) = [line for line in told if line.get("request") == "from-the-proxy-7"]
    assert search["message"] == "GET /api/v1/search"
    assert (search["person"], search["status"], search["route"]) == (user, 200, "/api/v1/search")
    assert 0 < search["milliseconds"] < 60_000
    assert f"/{number}" not in "".join(line.get("route") or "" for line in told)
    routes = {(line["message"], line.get("status")) for line in told if line["logger"] == requests.log.name}
    assert routes >= {
        ("POST /login", 422), ("GET /calendar/{token}.ics", 404), ("POST /api/v1/notes", 201),
        ("GET -", 404), ("PATCH /api/v1/me/preferences", 422), ("GET -", 401),
    }  # fmt: skip
    # What a page does over its socket is told under the socket's own id, with the person.
    (page,) = [line for line in told if line["message"].startswith("a page says")]
    assert (page["person"], page["route"]) == (user, "/_nicegui_ws")


async def junk(product: Product, anna: Any) -> None:
    page, headers = open_page(anna).id, {"Origin": product.url, "Cookie": cookie(anna)}
    async with socket_of(product, headers, page) as web:
        await web.emit("log", {"client_id": page, "level": "error", "message": f"{SECRET} is not defined"})
        assert await web.call("alive") is True
        await web.disconnect()


def test_nobody_but_a_trusted_proxy_names_a_request(product: Product) -> None:
    with product.client() as client:
        assert client.get("/login", headers=PROXY).headers["x-request-id"] != PROXY["x-request-id"]
    assert "GET" not in product.log(), "people are not shown each request"


@pytest.mark.parametrize("named", ["", "a b", 'x"y', "x\n{}", "ü", "a" * 101])
def test_what_is_no_name_of_a_request_is_not_taken(named: str) -> None:
    assert requests.GIVEN.fullmatch(named) is None


def record(words: object, *arguments: object, name: str = "assistant.room", error: BaseException | None = None) -> Any:
    about = (type(error), error, error.__traceback__) if error else None
    return logging.LogRecord(name, logging.ERROR, __file__, 1, words, arguments, about)


def test_failures_are_told_by_kind_and_place() -> None:
    try:
        try:
            int(SECRET)
        except ValueError as cause:
            raise NotFound(f"There is no note {SECRET}.") from cause
    except NotFound as error:
        line = JsonLines("one").format(record("reading %s failed: %s", 7, error, error=error))
    told = json.loads(line)
    assert SECRET not in line
    assert told["message"] == "reading 7 failed: assistant.errors.NotFound"
    assert (told["error"]["type"], told["error"]["because"]) == ("assistant.errors.NotFound", "ValueError")
    assert told["error"]["at"][-1].startswith("tests/web/watching/test_json_logs.py:")


@pytest.mark.parametrize(
    ("words", "arguments", "name", "told"),
    [
        ("Task exception was never retrieved\nfuture: <Task exception=ValueError('Quittenbrot')>", (), "asyncio",
         "Task exception was never retrieved"),
        (ValueError(SECRET), (), "nicegui", "ValueError"),
        ("a page says: %.300s", (Foreign(SECRET),), "assistant.web", "a page says: 11 characters"),
        ("100 % done", (), "assistant.web", "100 % done"),
    ],
)  # fmt: skip
def test_what_others_say_is_cut(words: object, arguments: tuple[object, ...], name: str, told: str) -> None:
    assert json.loads(JsonLines("one").format(record(words, *arguments, name=name)))["message"] == told


def test_what_happens_in_a_request_is_told_with_it() -> None:
    token = asked.begin(Asked("id-1", "GET", person=3, route="/notes/{note}"))
    try:
        told = json.loads(JsonLines("one").format(record("something")))
    finally:
        asked.end(token)
    assert (told["request"], told["person"], told["route"]) == ("id-1", 3, "/notes/{note}")
    assert "request" not in json.loads(JsonLines("one").format(record("something")))


def test_each_request_is_told_however_many(tmp_path: Path) -> None:
    bound = logs.Bounded()
    line = logging.LogRecord(logs.REQUESTS, logging.INFO, __file__, 1, "%s %s", ("GET", "/"), None)
    assert all(bound.filter(line) for _ in range(1000))
    assert requests.log.name == logs.REQUESTS
