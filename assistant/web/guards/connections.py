"""Connections as uvicorn serves them, bounded before anybody has said who they are.

A head may be so large and take so long, and one address may hold so many connections.
"""

import asyncio
import resource
from collections import Counter
from typing import Any

from uvicorn.protocols.http.httptools_impl import HttpToolsProtocol

from assistant.config import Config
from assistant.web.guards.proxies import Proxies

HEAD_LIMIT = 64 * 1024  # bytes of a request's first line and headers
HEAD_TIME = 10.0  # seconds from the first byte of a head, or from the connection, to its end
EACH_ADDRESS = 256  # connections; a browser holds six and one for each tab
DESCRIPTORS = 65_536  # that are wanted; the system may allow fewer

TOO_LARGE = b"HTTP/1.1 431 Request Header Fields Too Large\r\nconnection: close\r\ncontent-length: 0\r\n\r\n"
TOO_SLOW = b"HTTP/1.1 408 Request Timeout\r\nconnection: close\r\ncontent-length: 0\r\n\r\n"
TOO_MANY = b"HTTP/1.1 429 Too Many Requests\r\nconnection: close\r\ncontent-length: 0\r\n\r\n"


def raise_descriptor_limit() -> int:
    """Allows as many open files and connections as the system lets us, up to DESCRIPTORS; returns how many."""
    soft, hard = resource.getrlimit(resource.RLIMIT_NOFILE)
    wanted = DESCRIPTORS if hard == resource.RLIM_INFINITY else min(hard, DESCRIPTORS)
    if soft != resource.RLIM_INFINITY and soft < wanted:
        resource.setrlimit(resource.RLIMIT_NOFILE, (wanted, hard))
        soft = wanted
    return soft


def bounded(config: Config) -> type[asyncio.Protocol]:
    """The class that uvicorn makes for each connection; proxies that are trusted may hold as many as they like."""
    held: Counter[str] = Counter()
    return type("Bounded", (BoundedProtocol,), {"held": held, "trusted": Proxies(config.trusted_proxies)})


class BoundedProtocol(HttpToolsProtocol):
    """One connection; see the module."""

    held: Counter[str]
    trusted: Proxies

    def connection_made(self, transport: Any) -> None:
        """Counts the connection; more than EACH_ADDRESS of one address are refused."""
        super().connection_made(transport)
        self._head, self._refused = 0, False
        self._address = self.client[0] if self.client else ""
        self.held[self._address] += 1
        self._late = self.loop.call_later(HEAD_TIME, self._refuse, TOO_SLOW)
        if self.held[self._address] > EACH_ADDRESS and not self.trusted.are(self._address):
            self._refuse(TOO_MANY)

    def connection_lost(self, exc: Exception | None) -> None:
        """Counts it no more."""
        super().connection_lost(exc)
        self._let_go()

    def data_received(self, data: bytes) -> None:
        """Reads on, unless the head is too large already."""
        if self._refused:
            return
        within = self._late_is_set()
        super().data_received(data)
        if within and self._late_is_set():
            self._head += len(data)
            if self._head > HEAD_LIMIT:
                self._refuse(TOO_LARGE)

    def on_message_begin(self) -> None:
        """A head begins: its time runs."""
        super().on_message_begin()
        if not self._late_is_set():
            self._head = 0
            self._late = self.loop.call_later(HEAD_TIME, self._refuse, TOO_SLOW)

    def on_headers_complete(self) -> None:
        """The head is whole; one that came in a single large piece is judged here."""
        self._late.cancel()
        if len(self.url) + sum(len(name) + len(value) for name, value in self.headers) > HEAD_LIMIT:
            self._refuse(TOO_LARGE)
            return
        super().on_headers_complete()

    def on_body(self, body: bytes) -> None:
        """Takes a piece of the body, unless its head was refused."""
        if not self._refused:
            super().on_body(body)

    def on_message_complete(self) -> None:
        """Ends the request, unless its head was refused."""
        if not self._refused:
            super().on_message_complete()

    def handle_websocket_upgrade(self) -> None:
        """Hands the connection on; a socket is let in by its session and counts no more here."""
        self._let_go()
        super().handle_websocket_upgrade()

    def _let_go(self) -> None:
        self._late.cancel()
        self.held[self._address] -= 1
        if not self.held[self._address]:
            del self.held[self._address]

    def _late_is_set(self) -> bool:
        return not self._late.cancelled()

    def _refuse(self, answer: bytes) -> None:
        self._late.cancel()
        self._refused = True
        if not self.transport.is_closing():
            self.transport.write(answer)
            self.transport.close()
