"""Whatever is sent to whichever address, it is answered in words: what comes from outside is no fault of ours."""

import json
import random
import re
from contextlib import closing
from datetime import UTC, datetime
from typing import Any
from urllib.parse import quote

import pytest

from tests.house.addresses import PAGE
from tests.product import Product

ROW = re.compile(r"^\| ([A-Z, ]+) \| `(/[^`]*)` \|", re.MULTILINE)
KINDS = ("application/json", "application/json", "text/html", "multipart/form-data; boundary=x")
TIMES = 8  # of each address
LEFT_OUT = {"/logout"}  # it would end the session that asks
HOSTILE: tuple[Any, ...] = (
    "", " ", "\ud800", "\x00", "a\nb", "x" * 3000, "\u202e", "../../etc/passwd", "%00", "{}", "'; --", "<b>", "1e999",
    "NaN", "-1", "0", "1", "9" * 30, str(2**63), 0, -1, 1, 2**31, 2**63, 2**64, -(2**63) - 1, 1.5, 1e300, True, None,
    [], {}, [[]], ["\ud800"], {"\ud800": 1}, [1, "a", None], "2026-02-30", "2026-13-01T99:99", "Europe/Nowhere",
    "FREQ=X",
)  # fmt: skip
NAMES = (
    "text", "title", "tags", "ids", "id", "action", "version", "followed", "sentence", "zone", "local", "rule",
    "leads", "state", "until", "occurrence", "kind", "address", "secret", "unheard", "beside", "file", "query", "q",
    "limit", "after", "view", "where", "tag", "open", "note", "m", "from", "to", "name", "key", "theme", "endpoint",
    "keys", "colour", "start", "end", "next",
)  # fmt: skip


def addresses() -> list[tuple[str, str]]:
    """Each method and path of the product, as its documents name them."""
    rows = ROW.findall(PAGE.read_text("utf-8"))
    found = [(method, path) for methods, path in rows for method in methods.split(", ") if "…" not in path]
    return [(method, path) for method, path in found if path not in LEFT_OUT]


def filled(chance: random.Random, path: str) -> str:
    """The path with something in each of its places."""

    def some(_place: re.Match[str]) -> str:
        value = chance.choice([1, 1, 2, *HOSTILE])
        text = str(value).encode("utf-8", "replace").decode()
        return quote(text, safe="") or "-"

    return re.sub(r"{[^}]+}", some, path)


def body(chance: random.Random) -> bytes:
    """JSON with names that the product knows, or what is no JSON at all."""
    if chance.random() < 0.15:
        return chance.choice([b"", b"{", b"\xff\xfe", b"[" * 900, b'"\\ud800"', b"nul", b"a=b&c=%00"])
    names = chance.sample(NAMES, chance.randrange(0, 8))
    value: Any = {name: chance.choice(HOSTILE) for name in names}
    return json.dumps(value if chance.random() < 0.9 else chance.choice(HOSTILE)).encode()


@pytest.mark.parametrize(
    ("method", "path", "content"),
    [
        ("PUT", "/api/v1/notes/1/draft", {"title": "\ud800", "tags": ["\ud800"], "unheard": "\ud800"}),
        ("GET", "/reminders?open=18446744073709551616", None),
        ("GET", "/chat/99999999999999999999", None),
        ("GET", "/?note=18446744073709551616&m=18446744073709551616", None),
    ],
)
def test_what_was_answered_with_a_fault_once(product: Product, method: str, path: str, content: Any) -> None:
    with closing(product.person("anna")) as anna:
        anna.note("# One")
        sent = json.dumps(content).encode() if content is not None else None
        headers = {"content-type": "application/json", "accept": "text/html"}
        assert anna.request(method, path, content=sent, headers=headers).status_code < 500
    assert "Traceback" not in product.log()


@pytest.mark.parametrize("seed", [1])
@pytest.mark.long
def test_no_address_answers_with_a_fault(product: Product, seed: int) -> None:
    chance, wrong = random.Random(seed), []
    anna = product.person("anna")
    assert len(addresses()) > 35
    # Something must be there, or all that is asked about it ends at once.
    for words in ("# One\n\n[[Two]]", "two"):
        anna.note(words, tags=["a/b"])
    anna.reminder("water", datetime(2030, 1, 1, 9, tzinfo=UTC), rule="FREQ=DAILY")
    anna.rung("tea")
    for method, path in addresses():
        for _ in range(TIMES):
            where, content = filled(chance, path), body(chance) if method != "GET" else None
            query = {name: str(chance.choice(HOSTILE)) for name in chance.sample(NAMES, chance.randrange(0, 3))}
            safe = {name: value.encode("utf-8", "replace").decode() for name, value in query.items()}
            kind = chance.choice(
                ["application/json", "application/json", "text/html", "multipart/form-data; boundary=x"]
            )
            headers = {"content-type": kind, "accept": chance.choice(["*/*", "text/html"])}
            answer = anna.request(method, where, params=safe, content=content, headers=headers, follow_redirects=False)
            if answer.status_code >= 500 and answer.status_code != 503:
                wrong.append((answer.status_code, method, where[:200], safe, (content or b"")[:300]))
    anna.close()
    assert not wrong, "\n".join(map(str, wrong[:20])) + product.log()[-3000:]
    assert "Traceback" not in product.log()
