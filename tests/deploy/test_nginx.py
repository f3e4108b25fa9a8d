"""nginx with the files of ``deploy``, for real, before the running product."""

import asyncio
import json
import shutil
import socket
import time
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import httpx
import pytest

from assistant.rest import problems
from assistant.web.guards.bodies import BODY_LIMIT, LIMITS
from tests.chat.test_chat_v1 import events
from tests.databases import empty_database
from tests.nginx_server import NginxServer
from tests.ollama_server import OllamaServer
from tests.person import PASSWORD
from tests.product import PATIENCE, Product
from tests.sockets import cookie, open_page, socket_of

pytestmark = pytest.mark.skipif(shutil.which("nginx") is None, reason="nginx is not installed")
TRUSTED = {"ASSISTANT_TRUSTED_PROXIES": "127.0.0.1", "ASSISTANT_LOG_FORMAT": "json"}
HTTPS = {"x-forwarded-proto": "https"}  # of a balancer, which this machine is taken for


@pytest.fixture(scope="module")
def behind(tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[Product, NginxServer]]:
    """The product, and nginx before it; anna has an account."""
    folder = tmp_path_factory.mktemp("behind")
    empty_database(folder / "assistant.db")
    ollama = OllamaServer().start()
    product = Product(folder, ollama.host, settings=TRUSTED, forked=True).start()
    product.person("anna").close()
    nginx = NginxServer(tmp_path_factory.mktemp("nginx"), [product.port]).start()
    yield product, nginx
    nginx.stop()
    product.kill()
    ollama.stop()


def visitor(url: str, **more: Any) -> httpx.Client:
    return httpx.Client(base_url=url, headers={"origin": url, **more.pop("headers", {})}, timeout=PATIENCE, **more)


def test_all_fronts_are_read(tmp_path: Path) -> None:
    for front in ("tls", "behind-tls"):
        folder = tmp_path / front
        folder.mkdir()
        said = NginxServer(folder, [1, 2, 3], front=front).check()
        assert (said.returncode, "warn" in said.stderr) == (0, False), said.stderr


def test_who_logs_in_is_known_and_the_request_is_found_in_both_logs(behind: tuple[Product, NginxServer]) -> None:
    product, nginx = behind
    with visitor(nginx.url) as client:
        entered = client.post("/login", data={"username": "anna", "password": PASSWORD})
        assert entered.status_code == 303
        assert entered.headers["set-cookie"].startswith("assistant-session=")
        asked = client.get("/api/v1/me")
        assert asked.json()["name"] == "anna"
        request = asked.headers["x-request-id"]
    assert asked.headers.get_list("x-request-id") == [request]
    # Both write when the answer is out.
    until = time.monotonic() + PATIENCE
    while request not in (lines := (nginx.folder / "access.log").read_text()) or request not in product.log():
        assert time.monotonic() < until
    seen = [json.loads(line) for line in product.log().splitlines()]
    assert [line["route"] for line in seen if line.get("request") == request] == ["/api/v1/me"]
    (line,) = [one for one in map(json.loads, lines.splitlines()) if one["request"] == request]
    assert (line["room"], line["status"], line["instance"]) == ("/api", 200, f"127.0.0.1:{product.port}")


def test_behind_tls_cookies_and_headers_are_those_of_https(behind: tuple[Product, NginxServer]) -> None:
    _product, nginx = behind
    secure = nginx.url.replace("http:", "https:")
    with visitor(nginx.url, headers={**HTTPS, "origin": secure}) as client:
        entered = client.post("/login", data={"username": "anna", "password": PASSWORD})
        assert entered.status_code == 303, entered.text
        assert entered.headers["set-cookie"].startswith("__Host-assistant=")
        assert "secure" in entered.headers["set-cookie"].lower()
        assert entered.headers["strict-transport-security"] == "max-age=31536000"
        own = client.get("/readyz")
        assert own.status_code == 404
        assert own.headers["strict-transport-security"] == "max-age=31536000"
    with visitor(nginx.url) as client:
        assert "strict-transport-security" not in client.get("/readyz").headers
        # What another site could do with a name of its own is refused as ever.
        assert client.get("/healthz", headers={"host": "evil.example"}).status_code == 421
        assert client.get("/healthz").status_code == 200


def test_tls_ends_at_nginx_and_plain_http_is_led_there(behind: tuple[Product, NginxServer], tmp_path: Path) -> None:
    product, _ = behind
    nginx = NginxServer(tmp_path, [product.port], front="tls").start()
    secure = f"https://localhost:{nginx.tls_port}"
    try:
        with visitor(secure, verify=False) as client:
            entered = client.post("/login", data={"username": "anna", "password": PASSWORD})
            assert entered.headers["set-cookie"].startswith("__Host-assistant=")
            assert entered.headers["strict-transport-security"] == "max-age=31536000"
        with visitor(nginx.url) as client:
            assert client.get("/notes?q=tea").headers["location"] == "https://localhost/notes?q=tea"
    finally:
        nginx.stop()


def test_a_page_lives_and_an_answer_flows_through(behind: tuple[Product, NginxServer]) -> None:
    product, nginx = behind
    through: Any = SimpleNamespace(url=nginx.url)
    with closing(product.person("anna")) as anna, visitor(nginx.url, cookies=dict(anna.cookies)) as client:
        page, headers = open_page(client).id, {"Origin": nginx.url, "Cookie": cookie(anna)}

        async def scenario() -> None:
            async with socket_of(through, headers, page) as web:
                assert await web.call("alive") is True
                await web.disconnect()

        asyncio.run(scenario())
        question = {"text": "tokens=30 delay=0.05"}
        stream = {"accept": "text/event-stream"}
        with client.stream("POST", "/api/v1/conversations", json=question, headers=stream) as answer:
            texts = [data for name, _, data in events(answer) if name == "text"]
    # A proxy that waits for the whole answer would hand it on as one.
    assert len(texts) > 5


@pytest.mark.parametrize("front", [*LIMITS, "/notes"])
def test_bodies_are_as_large_as_the_instances_allow(behind: tuple[Product, NginxServer], front: str) -> None:
    _product, nginx = behind
    limit = LIMITS.get(front, BODY_LIMIT)
    assert declared(nginx.port, front, limit) == 100
    assert declared(nginx.port, front, limit + 2 * 1024 * 1024) == 413


def declared(port: int, path: str, length: int) -> int:
    """How nginx answers the head alone of such a request: 100 when it takes the body."""
    head = (
        f"POST {path} HTTP/1.1\r\nHost: localhost:{port}\r\nContent-Length: {length}\r\nExpect: 100-continue\r\n"
        "Content-Type: application/octet-stream\r\nConnection: close\r\n\r\n"
    )
    with socket.create_connection(("127.0.0.1", port), timeout=PATIENCE) as connection:
        connection.sendall(head.encode())
        return int(connection.recv(100).split()[1])


def test_what_is_too_large_or_too_much_is_a_problem_as_ours(behind: tuple[Product, NginxServer]) -> None:
    _product, nginx = behind
    with visitor(nginx.url) as client:
        large = client.post("/notes", content=b"x" * 200_000)
        assert_problem(large, 413)
        # The door: a burst, and then one waits; looking at the form costs nothing.
        tried = [client.post("/login", headers={"origin": "http://evil.example"}) for _ in range(30)]
        slowed = [answer for answer in tried if answer.status_code == 429]
        assert 5 <= len(slowed) <= 10
        assert_problem(slowed[0], 429)
        assert slowed[0].headers["retry-after"] == "5"
        assert client.post("/api/v1/auth/token", json={}).status_code == 429
        assert all(client.get("/login").status_code == 200 for _ in range(30))
        # While one looked at it the door has opened again, on a slow machine for more than one.
        pages = (client.post("/login", headers={"accept": "text/html"}) for _ in range(30))
        page = next(answer for answer in pages if answer.status_code == 429)
        assert page.headers["content-type"] == "text/html; charset=utf-8"
        assert "Too many requests" in page.text


def test_programs_are_slowed_after_a_burst(behind: tuple[Product, NginxServer]) -> None:
    _product, nginx = behind
    with visitor(nginx.url, headers={"authorization": "Bearer nobody"}) as client:
        statuses = {client.get("/api/v1/none").status_code for _ in range(20)}
    assert statuses == {401}


def assert_problem(answer: httpx.Response, status: int) -> None:
    assert answer.status_code == status
    assert answer.headers["content-type"] == problems.MEDIA_TYPE
    own = problems.document(status, answer.json()["detail"])
    assert answer.json() == own
    for name, value in (("x-content-type-options", "nosniff"), ("referrer-policy", "same-origin"),
                        ("cache-control", "no-store")):  # fmt: skip
        assert answer.headers[name] == value
    assert "frame-ancestors 'none'" in answer.headers["content-security-policy"]
    assert answer.headers["x-request-id"] != ""


def test_without_any_instance_people_read_a_page_and_programs_a_problem(tmp_path: Path) -> None:
    nginx = NginxServer(tmp_path, [1, 2, 3]).start()
    try:
        with visitor(nginx.url) as client:
            assert_problem(gone := client.get("/api/v1/notes"), 503)
            assert gone.headers["retry-after"] == "2"
            page = client.get("/notes", headers={"accept": "text/html,*/*"})
            assert page.status_code == 503
            assert page.headers["refresh"] == "3"
            assert "This page tries again by itself." in page.text
            assert client.get("/search?q=Quittenbrot").status_code == 503
    finally:
        nginx.stop()
    # What people look for stands in no log.
    logs = "".join(path.read_text() for path in tmp_path.glob("*.log"))
    assert "/api" in logs
    assert "Quittenbrot" not in logs
