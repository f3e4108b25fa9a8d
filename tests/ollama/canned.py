"""A server that says the same to whoever asks, however senseless it is."""

import socket
import ssl
import threading
from collections.abc import Iterator
from contextlib import contextmanager, suppress

HANDSHAKE = b"\x16\x03"  # how TLS begins, which is no request


def http(status: int, body: str, *, kind: str = "application/json", more: str = "") -> bytes:
    """A whole answer over HTTP."""
    head = f"HTTP/1.1 {status} Word\r\ncontent-type: {kind}\r\ncontent-length: {len(body.encode())}\r\n{more}"
    return f"{head}connection: close\r\n\r\n{body}".encode()


@contextmanager
def canned(answer: bytes | None, *, tls: ssl.SSLContext | None = None) -> Iterator[int]:
    """The port of a server that says this; None: it says nothing, and waits."""
    with socket.create_server(("127.0.0.1", 0)) as listening:
        waiting: list[socket.socket] = []

        def serve() -> None:
            with suppress(OSError):
                while True:
                    _say(listening.accept()[0], answer, tls, waiting)

        thread = threading.Thread(target=serve, daemon=True)
        thread.start()
        yield listening.getsockname()[1]
        listening.shutdown(socket.SHUT_RDWR)
        thread.join(5)
        for one in waiting:
            one.close()


@contextmanager
def deaf() -> Iterator[int]:
    """The port of a machine that takes no more connections, and does not say so."""
    with socket.socket() as listening:
        listening.bind(("127.0.0.1", 0))
        listening.listen(0)
        filling = []
        for _ in range(4):
            one = socket.socket()
            one.setblocking(False)
            with suppress(BlockingIOError):
                one.connect(listening.getsockname())
            filling.append(one)
        yield listening.getsockname()[1]
        for one in filling:
            one.close()


def _say(one: socket.socket, answer: bytes | None, tls: ssl.SSLContext | None, waiting: list[socket.socket]) -> None:
    if answer is None:
        waiting.append(one)
        return
    one.settimeout(5)
    with suppress(OSError), tls.wrap_socket(one, server_side=True) if tls else one as talking:
        _read_request(talking)
        talking.sendall(answer)
        talking.shutdown(socket.SHUT_WR)
        while talking.recv(65536):
            pass


def _read_request(talking: socket.socket) -> None:
    request = b""
    while b"\r\n\r\n" not in request and not request.startswith(HANDSHAKE):
        piece = talking.recv(65536)
        if not piece:
            return
        request += piece
