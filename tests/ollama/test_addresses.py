"""Where Ollama is: each form of address works against what it is for, and its secrets stay secret."""

import asyncio
import logging
import re
from pathlib import Path

import pytest

from assistant.addresses import ollama_address
from assistant.config import ConfigError, load
from assistant.errors import ModelUnavailable
from assistant.ollama.answers import Turn
from assistant.ollama.door import Ollama
from assistant.ollama.options import Options
from tests.ollama.certificates import Authority
from tests.ollama.proxy import Proxy, basic
from tests.ollama_server import OllamaServer, tokens
from tests.product import Product

SECRET = "p@ss/w:rd #1"
TYPED = "anna:p%40ss%2Fw%3Ard%20%231"


def talk(host: str, *, key: str = "", authority: Path | None = None) -> str:
    """What is answered at the address, asked in all the ways that there are."""

    async def scenario() -> str:
        door = Ollama(host, key=key, authority=authority)
        try:
            assert await door.version() == "0.12.0"
            assert len(await door.models()) == 3
            assert (await door.details("plain:1b")).context == 8192
            pieces = door.chat("plain:1b", [Turn("user", "tokens=5")], Options())
            return "".join([piece.text async for piece in pieces])
        finally:
            await door.close()

    return asyncio.run(scenario())


@pytest.mark.parametrize("path", ["/ollama", "/ollama/", "/ollama/api", "/ollama/v1", "/ollama/api/chat", "/a/b"])
def test_a_path_before_ollama(ollama: OllamaServer, path: str) -> None:
    prefix = re.sub(r"/(api|v1).*|/$", "", path)
    with Proxy(ollama.port, prefix=prefix) as proxy:
        assert talk(f"http://127.0.0.1:{proxy.port}{path}") == tokens(5)
        assert f"GET {prefix}/api/version HTTP/1.1" in proxy.asked


@pytest.mark.parametrize("end", ["/", "/api", "/api/", "/v1", "/v1/", "/v1/chat/completions"])
def test_what_is_copied_along_does_no_harm(ollama: OllamaServer, end: str) -> None:
    assert talk(ollama.host + end) == tokens(5)


def test_a_password(ollama: OllamaServer) -> None:
    with Proxy(ollama.port, wanted=basic("anna", SECRET)) as proxy:
        assert talk(f"http://{TYPED}@127.0.0.1:{proxy.port}") == tokens(5)
        for wrong in ("", "anna:no@", "anna@"):
            with pytest.raises(ModelUnavailable, match="wants a password or a key") as error:
                talk(f"http://{wrong}127.0.0.1:{proxy.port}")
            assert "ASSISTANT_OLLAMA_KEY" in error.value.advice


def test_a_key(monkeypatch: pytest.MonkeyPatch, ollama: OllamaServer) -> None:
    with Proxy(ollama.port, wanted="Bearer key-1") as proxy:
        host = f"http://127.0.0.1:{proxy.port}"
        assert talk(host, key="key-1") == tokens(5)
        monkeypatch.setenv("OLLAMA_API_KEY", "key-1")
        with pytest.raises(ModelUnavailable):
            talk(host)  # the key for another place is not given away


def test_an_authority_of_one_s_own(tmp_path: Path, ollama: OllamaServer) -> None:
    authority = Authority(tmp_path)
    with Proxy(ollama.port, tls=authority.server(), wanted=basic("anna", SECRET), prefix="/ai") as proxy:
        host = f"https://{TYPED}@127.0.0.1:{proxy.port}/ai"
        assert talk(host, authority=authority.file) == tokens(5)
        with pytest.raises(ModelUnavailable, match="not trusted") as error:
            talk(host)
        assert "ASSISTANT_OLLAMA_CA" in error.value.advice


@pytest.mark.parametrize("host", ["[::1]:{}", "http://[::1]:{}", "http://[::1]:{}/api"])
def test_ipv6(ollama: OllamaServer, host: str) -> None:
    with Proxy(ollama.port, host="::1") as proxy:
        assert talk(host.format(proxy.port)) == tokens(5)


def test_a_port_alone(ollama: OllamaServer) -> None:
    assert talk(f":{ollama.port}") == tokens(5)


def test_credentials_are_shown_nowhere(tmp_path: Path, ollama: OllamaServer, caplog: pytest.LogCaptureFixture) -> None:
    caplog.set_level(logging.DEBUG)
    with Proxy(ollama.port, wanted=basic("anna", SECRET)) as proxy:
        host = f"http://{TYPED}@127.0.0.1:{proxy.port}"
        talk(host)
        home = Product(tmp_path, host, settings={"ASSISTANT_LOG_LEVEL": "debug"}, forked=True)
        fine = home.run("doctor")
        home.start()
        home.stop()
        other = f"http://anna:nearly-{TYPED[5:]}@127.0.0.1:{proxy.port}"
        wrong = Product(tmp_path, other, forked=True).run("doctor")
    away = Product(tmp_path, host, forked=True).run("doctor")
    assert (fine.returncode, wrong.returncode, away.returncode) == (0, 1, 1)
    shown = [
        caplog.text,
        home.log(),
        *(one.stdout + one.stderr for one in (fine, wrong, away)),
        repr(load(ollama_host=host)),
    ]
    for text in shown:
        assert not any(secret in text for secret in (SECRET, TYPED, TYPED[5:], basic("anna", SECRET)[6:]))


def test_a_key_and_an_authority_come_from_the_settings(tmp_path: Path, ollama: OllamaServer) -> None:
    authority = Authority(tmp_path)
    with Proxy(ollama.port, tls=authority.server(), wanted="Bearer key-1") as proxy:
        settings = {"ASSISTANT_OLLAMA_KEY": "key-1", "ASSISTANT_OLLAMA_CA": str(authority.file)}
        said = Product(tmp_path, f"https://127.0.0.1:{proxy.port}", settings=settings, forked=True).run("doctor")
    assert said.returncode == 0, said.stdout
    assert "key-1" not in said.stdout


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("OLLAMA_HOST", "https://anna:hidden@ho st"),
        ("OLLAMA_HOST", "anna:hidden@host:99999"),
        ("ASSISTANT_OLLAMA_KEY", "hidden key"),
        ("ASSISTANT_OLLAMA_CA", "nowhere.pem"),
        ("ASSISTANT_OLLAMA_CA", __file__),
    ],
)
def test_what_cannot_be_is_said_without_its_secret(monkeypatch: pytest.MonkeyPatch, name: str, value: str) -> None:
    monkeypatch.setenv(name, value)
    with pytest.raises(ConfigError, match=name) as error:
        load()
    assert "hidden" not in str(error.value)


@pytest.mark.parametrize(
    ("typed", "address"),
    [
        ("", "http://127.0.0.1:11434"), ("box", "http://box:11434"), (":11434", "http://127.0.0.1:11434"),
        ("http://box", "http://box:80"), ("HTTPS://Box.Example/", "https://box.example:443"),
        ("::1", "http://[::1]:11434"), ("[::1]", "http://[::1]:11434"), ("[::]:9", "http://[::1]:9"),
        ("http://u:p@h:1/x/", "http://h:1/x"), ("https://u:a#b?c/d@h", "https://h:443"),
    ],
)  # fmt: skip
def test_forms(typed: str, address: str) -> None:
    read = ollama_address(typed)
    assert str(read) == address
    assert ollama_address(read.whole) == read


@pytest.mark.parametrize("typed", ["ftp://x", "://x", "h:x", "h:0", "h:99999", "a b", "http:/x", "::1:11434", "h?x"])
def test_what_is_no_address(typed: str) -> None:
    with pytest.raises(ValueError, match="host:port"):
        ollama_address(typed)
