"""By which names a browser may call the product."""

import socket
from contextlib import closing

import httpx
import pytest

from assistant.config import Config
from assistant.web.guards.hosts import Hosts
from tests.product import Product


@pytest.mark.parametrize(
    "host",
    [
        "localhost", "localhost:8080", "127.0.0.1:8080", "[::1]:8080", "192.168.1.20", "box:8080", "assistant.local",
        "nas.lan", "server.home.arpa:80", "x.internal", "HOME.Example.NET:8443", "chat.example", "", "box.local.",
        socket.gethostname(),
    ],
)  # fmt: skip
def test_known_names(host: str) -> None:
    config = Config(allowed_hosts="home.example.net", public_url="https://chat.example")  # type: ignore[arg-type]
    assert Hosts(config).know(host)


@pytest.mark.parametrize(
    "host",
    [
        "evil.example", "evil.example:8080", "127.0.0.1.evil.example", "localhost.evil.example", "xlocal.com",
        "a.b:99999999", "[::1].evil.example", "local.", "box.fritz.box", "evil.example:80:80", " ", "a b.com",
    ],
)  # fmt: skip
def test_unknown_names(host: str) -> None:
    assert Hosts(Config()).know(host) is (host == "local.")


def test_another_sites_name_creates_no_owner(product: Product) -> None:
    form = {"username": "mallory", "password": "correct horse battery"}
    evil = f"http://rebound.example:{product.port}"
    headers = {"host": f"rebound.example:{product.port}", "origin": evil}
    answer = httpx.post(f"{product.url}/register", data=form, headers=headers)
    assert answer.status_code == 421
    assert "ASSISTANT_ALLOWED_HOSTS=rebound.example" in answer.json()["detail"]
    assert product.run("user", "list").stdout == "Nobody has an account yet.\n"
    with closing(product.client()) as client:
        assert client.get("/register").status_code == 200


def test_a_name_that_was_added_is_known(product: Product) -> None:
    product.stop()
    product.settings["ASSISTANT_ALLOWED_HOSTS"] = "rebound.example"
    product.start()
    assert httpx.get(f"{product.url}/register", headers={"host": "rebound.example"}).status_code == 200
