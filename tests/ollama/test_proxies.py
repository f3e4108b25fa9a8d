"""Proxies of the environment: whom they lead to, whom they do not, and what they break."""

import asyncio
from collections.abc import Iterator
from pathlib import Path

import pytest

from assistant.addresses import ollama_address
from assistant.errors import ModelUnavailable
from assistant.ollama.door import Ollama
from assistant.ollama.proxies import is_at_home, route
from tests.ollama.proxy import Proxy, basic
from tests.ollama_server import OllamaServer
from tests.product import Product, free_port

NAMES = ("http_proxy", "https_proxy", "all_proxy", "no_proxy", "HTTP_PROXY", "HTTPS_PROXY", "ALL_PROXY", "NO_PROXY")


@pytest.fixture(autouse=True)
def bare(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in NAMES:
        monkeypatch.delenv(name, raising=False)


@pytest.fixture
def proxy(ollama: OllamaServer) -> Iterator[Proxy]:
    with Proxy(ollama.port, forward=True) as made:
        yield made


def version(host: str) -> str:
    async def ask() -> str:
        door = Ollama(host)
        try:
            return await door.version()
        finally:
            await door.close()

    return asyncio.run(ask())


@pytest.mark.parametrize("kind", ["socks", "socks5h", "http", "nonsense", "http://["])
def test_a_desktop_s_proxy_ends_neither_doctor_nor_server(tmp_path: Path, ollama: OllamaServer, kind: str) -> None:
    away = f"{kind}://127.0.0.1:{free_port()}/"
    names = {"ALL_PROXY": away, "all_proxy": away, "http_proxy": away, "https_proxy": away}
    # Libraries look at a proxy as they are loaded, and some stumble over this kind.
    home = Product(tmp_path, ollama.host, settings=names, forked=kind != "socks")
    said = home.run("doctor")
    assert (said.returncode, said.stderr) == (0, ""), said.stdout
    assert "0.12.0" in said.stdout
    assert "without the proxy, as it is in your home" in said.stdout


def test_the_server_starts_with_a_proxy_that_it_cannot_use(tmp_path: Path, ollama: OllamaServer) -> None:
    home = Product(tmp_path, ollama.host, settings={"ALL_PROXY": "socks://127.0.0.1:9/"})
    try:
        home.start()
        assert "Traceback" not in home.log()
    finally:
        home.stop()


def test_neither_an_odd_address_nor_lost_certificates_end_a_command(tmp_path: Path, ollama: OllamaServer) -> None:
    host = ollama.host.replace("http://", "http://anna:pa/ss@")
    said = Product(tmp_path, host, settings={"SSL_CERT_FILE": "/nowhere.pem"}).run("doctor")
    assert (said.returncode, said.stderr) == (0, ""), said.stdout


@pytest.mark.parametrize("proxy", ["http://[", "http://proxy:99999", "http://", "http://a b"])
def test_a_proxy_that_is_no_address_is_said(monkeypatch: pytest.MonkeyPatch, proxy: str) -> None:
    monkeypatch.setenv("http_proxy", proxy)
    with pytest.raises(ModelUnavailable, match=r"kind that cannot be used|proxy on the way to Ollama"):
        version("http://models.example")


def test_others_are_asked_through_the_proxy(monkeypatch: pytest.MonkeyPatch, proxy: Proxy) -> None:
    monkeypatch.setenv("http_proxy", f"http://127.0.0.1:{proxy.port}")
    assert version("http://models.example") == "0.12.0"
    assert proxy.asked == ["GET http://models.example/api/version HTTP/1.1"]


def test_doctor_says_which_proxy_it_is_without_its_password(tmp_path: Path, ollama: OllamaServer) -> None:
    with Proxy(ollama.port, forward=True, wanted=basic("anna", "secret")) as proxy:
        settings = {"http_proxy": f"http://anna:secret@127.0.0.1:{proxy.port}"}
        said = Product(tmp_path, "http://models.example", settings=settings, forked=True).run("doctor")
    assert f"through the proxy http://…@127.0.0.1:{proxy.port}" in said.stdout
    assert "secret" not in said.stdout + said.stderr
    assert said.returncode == 0


def test_a_proxy_that_wants_a_password_is_said(monkeypatch: pytest.MonkeyPatch, ollama: OllamaServer) -> None:
    with Proxy(ollama.port, forward=True, wanted=basic("anna", "secret")) as proxy:
        for name, host in (("http_proxy", "http://models.example"), ("https_proxy", "https://models.example")):
            monkeypatch.setenv(name, f"127.0.0.1:{proxy.port}")
            with pytest.raises(ModelUnavailable, match="wants a name and a password"):
                version(host)


def test_a_proxy_that_is_away_or_of_another_kind_is_said(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("http_proxy", f"http://127.0.0.1:{free_port()}")
    with pytest.raises(ModelUnavailable, match="proxy on the way to Ollama cannot be reached"):
        version("http://models.example")
    monkeypatch.delenv("http_proxy")
    monkeypatch.setenv("ALL_PROXY", "socks5://127.0.0.1:9")
    with pytest.raises(ModelUnavailable, match="kind that cannot be used") as error:
        version("http://models.example")
    assert "no_proxy" in error.value.advice


@pytest.mark.parametrize(
    ("host", "home"),
    [
        ("127.0.0.1", True), ("127.9.9.9", True), ("::1", True), ("192.168.1.5", True), ("10.0.0.1", True),
        ("172.20.0.1", True), ("169.254.1.1", True), ("100.64.0.1", True), ("fd00::1", True), ("fe80::1", True),
        ("localhost", True), ("box", True), ("box.local", True), ("Box.Local.", True), ("ai.lan", True),
        ("8.8.8.8", False), ("172.32.0.1", False), ("2606:4700::1", False), ("models.example", False),
        ("local.example", False), ("notlocal", True),
    ],
)  # fmt: skip
def test_who_is_at_home(host: str, home: bool) -> None:
    assert is_at_home(host) is home


@pytest.mark.parametrize(
    ("host", "exceptions", "directly"),
    [
        ("models.example", "", False),
        ("models.example", "*", True),
        ("models.example", "models.example", True),
        ("models.example", "MODELS.example.", True),
        ("models.example", "other.org, example", True),
        ("models.example", ".example", True),
        ("models.example", "*.example", True),
        ("models.example", "dels.example", False),
        ("models.example", "models.example:80", True),
        ("models.example", "models.example:81", False),
        ("models.example", "example.models.example", False),
        ("8.8.8.8", "8.8.8.8", True),
        ("8.8.8.8", "8.8.8.80", False),
        ("8.8.8.8", "9.0.0.0/8 8.8.0.0/16", True),
        ("8.8.8.8", "8.8.8.9/32", False),
        ("[2606:4700::1]", "2606:4700::/32", True),
        ("[2606:4700::1]", "[2606:4700::1]", True),
        ("[2606:4700::1]", "[2606:4700::1]:80", True),
        ("[2606:4700::1]", "2606:4700::2", False),
    ],
)
def test_no_proxy_is_read_as_others_read_it(
    monkeypatch: pytest.MonkeyPatch, host: str, exceptions: str, directly: bool
) -> None:
    monkeypatch.setenv("http_proxy", "http://proxy.example:3128")
    monkeypatch.setenv("no_proxy", exceptions)
    assert (route(ollama_address(f"http://{host}")).proxy == "") is directly
