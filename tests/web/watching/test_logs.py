"""The log holds one line a message, whatever a page sends, and stays readable."""

import asyncio
import logging
import re
from contextlib import closing
from typing import Any

import pytest

from assistant.errors import NotFound
from assistant.storage.database import StorageFailed
from assistant.web.watching import logs
from tests.product import Product
from tests.sockets import cookie, open_page, socket_of

LINE = re.compile(r"\d{4}-\d\d-\d\d [\d:,]+ [A-Z]+ [\w.]+: |Assistant is on ")


def test_a_message_is_one_line_and_a_traceback_is_indented() -> None:
    try:
        int("first\n2026-01-01 00:00:00,000 INFO forged: second")
    except ValueError as error:
        record = logging.LogRecord("room", logging.ERROR, __file__, 1, "bad\r\nthing \x1b[31m", (), None)
        record.exc_info = (type(error), error, error.__traceback__)
    lines = logs.OneLine(logs.FORMAT).format(record).split("\n")
    assert lines[0].endswith(r"room: bad\r\nthing \x1b[31m")
    assert all(line.startswith("    ") for line in lines[1:])


def test_alike_lines_are_bounded_and_the_rest_is_counted(monkeypatch: pytest.MonkeyPatch) -> None:
    now = [1000.0]
    monkeypatch.setattr("assistant.web.watching.logs.time.monotonic", lambda: now[0])
    bound = logs.Bounded()

    def record(text: str) -> logging.LogRecord:
        return logging.LogRecord("room", logging.WARNING, __file__, 1, text, (), None)

    assert sum(bound.filter(record("again")) for _ in range(100)) == logs.ALIKE
    assert bound.filter(record("something else"))
    now[0] += logs.WINDOW + 1
    later = record("again")
    assert bound.filter(later)
    assert later.getMessage() == "again (after 80 lines that were left out)"


@pytest.mark.parametrize(
    ("error", "passes"),
    [(NotFound("There is no such note."), False), (RuntimeError("The parent slot of button has been deleted."), False),
     (StorageFailed("The disk is full."), True), (RuntimeError("no such thing"), True), (ValueError("x"), True)],
)  # fmt: skip
def test_what_a_page_has_said_is_not_logged_as_a_fault(error: Exception, passes: bool) -> None:
    record = logging.LogRecord("nicegui", logging.ERROR, __file__, 1, error, (), (type(error), error, None))
    assert logs.Unsaid().filter(record) is passes
    assert logs.Unsaid().filter(logging.LogRecord("nicegui", logging.ERROR, __file__, 1, "plain", (), None))


def junk(number: int) -> tuple[str, Any]:
    kinds: tuple[tuple[str, Any], ...] = (
        ("event", {"id": "x", "listener_id": None, "args": 5}), ("event", {"id": 1}), ("ack", {"next_message_id": "x"}),
        ("javascript_response", {"request_id": []}), ("log", {"level": "nonsense", "message": {}}),
        ("log", {"level": "error", "message": "oops\n2026-01-01 00:00:00,000 INFO room: forged"}), ("handshake", {}),
    )  # fmt: skip
    return kinds[number % len(kinds)]


def test_what_pages_send_forges_nothing_and_fills_no_disk(product: Product) -> None:
    with closing(product.person("anna")) as anna:
        page, headers = open_page(anna).id, {"Origin": product.url, "Cookie": cookie(anna)}

        async def scenario() -> None:
            async with socket_of(product, headers, page) as web:
                for number in range(700):
                    name, message = junk(number)
                    await web.emit(name, {"client_id": page, **message})
                assert await web.call("alive") is True
                await web.disconnect()

        asyncio.run(scenario())
    lines = product.log().splitlines()
    assert not [line for line in lines if line.startswith("2026-01-01")]
    assert all(LINE.match(line) or line.startswith("    ") for line in lines), lines
    assert "Traceback" not in product.log()
    assert len(lines) < 150


def test_a_socket_that_sends_binary_messages_is_closed(product: Product) -> None:
    with closing(product.person("anna")) as anna:
        page, headers = open_page(anna).id, {"Origin": product.url, "Cookie": cookie(anna)}

        async def scenario() -> None:
            gone = asyncio.Event()
            async with socket_of(product, headers, page) as web:
                web.on("disconnect", gone.set)
                await web.emit("event", [b"x"] * 1000)
                async with asyncio.timeout(5):
                    await gone.wait()

        asyncio.run(scenario())
