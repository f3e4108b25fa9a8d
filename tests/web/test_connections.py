"""Connections are bounded before anybody has said who they are."""

import socket
import time
from collections.abc import Iterator
from contextlib import ExitStack, closing
from pathlib import Path

import httpx
import pytest

from assistant.web.guards.connections import EACH_ADDRESS, HEAD_LIMIT, HEAD_TIME
from tests.bench.measuring import resident
from tests.product import Product

PIECE = b"x-filler: " + b"a" * 8000 + b"\r\n"


def connect(product: Product) -> socket.socket:
    return socket.create_connection(("127.0.0.1", product.port), timeout=HEAD_TIME + 10)


def answer(connection: socket.socket) -> bytes:
    """What came back until the connection was closed."""
    found = b""
    try:
        while piece := connection.recv(65536):
            found += piece
    except ConnectionResetError:
        pass
    return found


def pour(connection: socket.socket, pieces: int) -> int:
    """Sends so many pieces of a head; returns how many were taken before the connection was closed."""
    connection.sendall(b"GET / HTTP/1.1\r\nhost: localhost\r\n")
    for number in range(pieces):
        try:
            connection.sendall(PIECE)
        except OSError:
            return number
    return pieces


def test_a_head_without_end_is_refused_and_takes_no_memory(product: Product) -> None:
    before = resident(product)
    with closing(connect(product)) as connection:
        assert pour(connection, 20_000) < 2_000  # of 160 MB, what the system's own buffers hold
        assert answer(connection)[:12] in {b"HTTP/1.1 431", b""}
    assert resident(product) - before < 20_000_000
    assert httpx.get(f"{product.url}/healthz").status_code == 200


def test_a_large_head_in_one_piece_is_refused(product: Product) -> None:
    with closing(connect(product)) as connection:
        filler = b"x-filler: " + b"a" * HEAD_LIMIT + b"\r\n"
        connection.sendall(b"GET /healthz HTTP/1.1\r\nhost: localhost\r\n" + filler + b"\r\n")
        assert answer(connection).startswith(b"HTTP/1.1 431")
    large = {"x-filler": "a" * (HEAD_LIMIT // 2)}
    assert httpx.get(f"{product.url}/healthz", headers=large).status_code == 200


@pytest.fixture
def silent(product: Product) -> Iterator[list[socket.socket]]:
    """Connections of one address, half of which have begun a head: as many as are let in, and more."""
    with ExitStack() as stack:
        opened = [stack.enter_context(closing(connect(product))) for _ in range(EACH_ADDRESS + 20)]
        for connection in opened[::2]:
            connection.sendall(b"GET / HTTP/1.1\r\nhost: loc")
        yield opened


def test_silent_and_half_sent_connections_are_closed_in_time(product: Product, silent: list[socket.socket]) -> None:
    assert answer(silent[-1]).startswith(b"HTTP/1.1 429")
    begun = time.monotonic()
    assert all(b"200" not in answer(connection)[:12] for connection in silent)
    assert time.monotonic() - begun < HEAD_TIME + 8
    assert httpx.get(f"{product.url}/healthz", timeout=10).status_code == 200


def test_a_slow_body_is_no_slow_head(product: Product) -> None:
    with closing(connect(product)) as connection:
        lines = (
            b"POST /login HTTP/1.1",
            b"host: localhost",
            b"origin: http://localhost",
            b"content-length: 9",
            b"content-type: application/x-www-form-urlencoded",
        )
        connection.sendall(b"\r\n".join(lines) + b"\r\n\r\nuser")
        connection.settimeout(HEAD_TIME + 1)
        with pytest.raises(TimeoutError):
            answer(connection)


def test_doctor_tells_how_many_may_be_open(tmp_path: Path) -> None:
    told = Product(tmp_path, "http://127.0.0.1:1", forked=True).run("doctor").stdout
    assert "Open files" in told
