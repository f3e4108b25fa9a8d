"""Each thing that goes wrong has its own sentence, which says what to do."""

import asyncio
import json
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager
from pathlib import Path

import pytest

from assistant.errors import ModelUnavailable
from assistant.ollama.answers import Turn
from assistant.ollama.door import Ollama
from assistant.ollama.failures import FAILURES
from assistant.ollama.options import Options
from tests.ollama.canned import canned, deaf, http
from tests.ollama.certificates import Authority
from tests.product import free_port

PAGE = "<html><head><title>Sorry</title></head><body><h1>Sorry</h1><p>Contact anna@example.org</p></body></html>"
# What one is told to do begins with one of these.
ACTS = (
    "Allow", "Check", "Choose", "Delete", "Let", "Look", "Pull", "Renew", "Restart", "Send", "Set", "Shorten", "Start",
    "Try", "Update", "Wait", "Write", "See", "Close",
)  # fmt: skip


def said(words: str, status: int = 500) -> bytes:
    return http(status, json.dumps({"error": words}))


def lines(*parts: object) -> bytes:
    body = "".join(json.dumps(part) + "\n" for part in parts)
    return http(200, body, kind="application/x-ndjson")


def fails(
    act: str, port: int, *, scheme: str = "http", host: str = "127.0.0.1", authority: Path | None = None
) -> ModelUnavailable:
    """What is said when this is asked of whatever listens there."""

    async def scenario() -> None:
        door = Ollama(f"{scheme}://{host}:{port}", authority=authority, patience=0.5)
        try:
            if act == "chat":
                async for _ in door.chat("plain:1b", [Turn("user", "Hello")], Options()):
                    pass
            elif act == "pull":
                async for _ in door.pull("plain:1b"):
                    pass
            else:
                await (door.version() if act == "version" else door.models())
        finally:
            await door.close()

    with pytest.raises(ModelUnavailable) as error:
        asyncio.run(scenario())
    return error.value


CHUNK = {"model": "m", "message": {"role": "assistant", "content": "Hel"}, "done": False}
ANSWERS = [
    ("redirect", "list", http(301, "", more="location: https://ollama.example/api/tags\r\n")),
    ("redirect", "chat", http(302, PAGE, kind="text/html", more="location: /login\r\n")),
    ("not accepted", "chat", said("invalid options", 400)),
    ("not accepted", "chat", said("unknown field", 422)),
    ("login", "list", http(401, PAGE, kind="text/html")),
    ("forbidden", "list", http(403, "")),
    ("missing", "chat", said("model 'plain:1b' not found", 404)),
    ("missing", "chat", said('model "plain:1b" not found, try pulling it first', 404)),
    ("not there", "chat", http(404, "404 page not found", kind="text/plain")),
    ("not there", "list", http(404, PAGE, kind="text/html")),
    ("not there", "list", said("Not Found", 404)),
    ("not there", "version", http(405, "Method not allowed")),
    ("proxy login", "list", http(407, PAGE, kind="text/html")),
    ("gave up", "chat", http(408, "")),
    ("too large", "chat", http(411, PAGE, kind="text/html")),
    ("too large", "chat", http(413, PAGE, kind="text/html")),
    ("too many", "chat", said("you have reached your hourly limit", 429)),
    ("broken inside", "chat", said("something odd")),
    ("memory", "chat", said("model requires more system memory (9.1 GiB) than is available (4.2 GiB)")),
    ("memory", "chat", said("llama runner process has terminated: cudaMalloc failed: out of memory")),
    ("memory", "chat", said("llama runner process has terminated: signal: killed")),
    ("crashed", "chat", said("model runner has unexpectedly stopped, this may be due to resource limitations")),
    ("crashed", "chat", said("llama runner process has terminated: exit status 2")),
    ("nothing behind", "list", http(502, PAGE, kind="text/html")),
    ("busy", "chat", said("server busy, please try again.  maximum pending requests exceeded", 503)),
    ("busy", "list", http(503, PAGE, kind="text/html")),
    ("gave up", "chat", http(504, PAGE, kind="text/html")),
    ("page", "list", http(200, PAGE, kind="text/html")),
    ("page", "version", http(200, PAGE, kind="text/html; charset=utf-8")),
    ("page", "chat", http(200, PAGE, kind="text/html")),
    ("cut", "chat", lines(CHUNK)),
    ("cut", "chat", http(200, "", kind="application/x-ndjson")),
    ("pull cut", "pull", lines({"status": "pulling manifest"})),
    ("no sense", "version", http(200, "")),
    ("no sense", "list", http(200, "")),
    ("no sense", "list", http(200, '{"object": "list", "data": []}')),
    ("no sense", "chat", lines({"choices": []})),
    ("broke off", "chat", lines(CHUNK).replace(b"content-length: ", b"content-length: 9")),
    ("broke off", "list", b""),
    ("broke off", "list", b"SSH-2.0-OpenSSH_9.2\r\n"),
    ("memory", "chat", lines(CHUNK, {"error": "CUDA error: out of memory"})),
    ("no tools", "chat", said("registry.ollama.ai/library/plain:1b does not support tools", 400)),
    ("no thinking", "chat", said('"plain:1b" does not support thinking', 400)),
    ("no thinking", "chat", said('think value "low" is not supported for this model', 400)),
    ("no pictures", "chat", said("this model is missing data required for image input")),
    ("no chat", "chat", said('"plain:1b" does not support chat', 400)),
    ("too long", "chat", said("the input length exceeds the context length", 400)),
    ("too old", "chat", said("llama runner process has terminated: error loading model: unknown model architecture")),
    ("too old", "pull", lines({"error": "pull model manifest: 412: The model requires a newer version of Ollama."})),
    ("no such model", "pull", lines({"error": "pull model manifest: file does not exist"})),
    ("no library", "pull", lines({"error": "Get \"https://registry.ollama.ai/v2/\": dial tcp: lookup: no such host"})),
    ("disk full", "pull", lines({"error": "write /root/.ollama/models/blobs/sha256: no space left on device"})),
    ("damaged", "pull", lines({"error": "digest mismatch, file must be downloaded again: want a, got b"})),
    ("wants TLS", "list", http(400, "Client sent an HTTP request to an HTTPS server.", kind="text/plain")),
    ("wants TLS", "list", http(400, "<html><head><title>400 The plain HTTP request was sent to HTTPS port</title>")),
    ("wordless", "chat", http(418, "")),
    ("told", "chat", said("a teapot", 418)),
]  # fmt: skip


@pytest.mark.parametrize(
    ("kind", "act", "answer"), ANSWERS, ids=[f"{kind}-{at}" for at, (kind, *_) in enumerate(ANSWERS)]
)
def test_what_is_answered_is_said_in_words(kind: str, act: str, answer: bytes) -> None:
    with canned(answer) as port:
        _is(kind, fails(act, port), port)


@contextmanager
def nothing() -> Iterator[int]:
    yield free_port()


@pytest.mark.parametrize(("kind", "server"), [("refused", nothing), ("silent", deaf), ("slow", lambda: canned(None))])
def test_what_is_not_answered_is_said_too(kind: str, server: Callable[[], AbstractContextManager[int]]) -> None:
    with server() as port:
        _is(kind, fails("list", port), port)


def test_a_name_that_nobody_knows_is_said() -> None:
    _is("no such name", fails("list", 80, host="nowhere.invalid"), 80, host="nowhere.invalid")


def test_certificates_are_said_by_what_is_wrong_with_them(tmp_path: Path) -> None:
    ours, theirs = Authority(tmp_path), Authority(_folder(tmp_path / "others"))
    fine = http(200, '{"models": []}')
    for kind, tls, trusted in (
        ("not trusted", ours.server(), None),
        ("not trusted", ours.server(), theirs.file),
        ("other name", ours.server(name="models.example"), ours.file),
        ("other name", ours.server(name="127.0.0.2"), ours.file),
        ("expired", ours.server(days=-1), ours.file),
    ):
        with canned(fine, tls=tls) as port:
            _is(kind, fails("list", port, scheme="https", authority=trusted), port, scheme="https")
    with canned(fine) as port:
        _is("no TLS", fails("list", port, scheme="https", authority=ours.file), port, scheme="https")


def test_each_sentence_says_what_to_do() -> None:
    for name, failure in FAILURES.items():
        whole = f"{failure.sentence} {failure.advice}"
        if name != "told":
            assert any(f"{act} " in whole or f" {act.lower()} " in whole for act in ACTS), name
        assert len(failure.sentence) < 130, name
        assert "\n" not in whole


def _folder(path: Path) -> Path:
    path.mkdir()
    return path


def _is(kind: str, error: ModelUnavailable, port: int, *, scheme: str = "http", host: str = "127.0.0.1") -> None:
    known = FAILURES[kind]
    about = {"model": "plain:1b", "host": f"{scheme}://{host}:{port}"}
    generic = about | {"model": "The model"}
    assert error.sentence.startswith((known.sentence.format(**about), known.sentence.format(**generic))), error.sentence
    assert error.advice in (known.advice.format(**about), known.advice.format(**generic))
    assert error.reason == known.reason
    assert "<" not in error.sentence
    assert "anna@example.org" not in error.sentence
