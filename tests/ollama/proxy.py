"""A small proxy on a real socket, before Ollama (reverse) or on the way to it (forward).

It leads everything to one port, and is as strict as it was told: about the path, the password, the key, TLS.
"""

import asyncio
import base64
import re
import ssl
from contextlib import suppress
from dataclasses import dataclass, field

from tests.listener import Listener

DENIED = b"HTTP/1.1 %d %s\r\ncontent-type: text/html\r\ncontent-length: %d\r\nconnection: close\r\n\r\n%s"


def basic(user: str, password: str) -> str:
    """What a client says that knows the password."""
    return "Basic " + base64.b64encode(f"{user}:{password}".encode()).decode()


@dataclass
class Proxy:
    """``wanted`` is the value of (Proxy-)Authorization that it wants; ``asked`` holds the first lines that came."""

    target: int
    prefix: str = ""
    wanted: str = ""
    forward: bool = False
    tls: ssl.SSLContext | None = None
    host: str = "127.0.0.1"
    asked: list[str] = field(default_factory=list)
    port: int = 0

    def __enter__(self) -> "Proxy":
        self._listener = Listener(self._serve, host=self.host, tls=self.tls)
        self.port = self._listener.port
        return self

    def __exit__(self, *_error: object) -> None:
        self._listener.stop()

    async def _serve(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        with suppress(OSError, asyncio.IncompleteReadError):
            head = await reader.readuntil(b"\r\n\r\n")
            await self._lead(head, reader, writer)

    async def _lead(self, head: bytes, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        first, _, fields = head.decode().partition("\r\n")
        self.asked.append(first)
        method, path, version = first.split(" ")
        name = "proxy-authorization" if self.forward else "authorization"
        given = re.search(rf"(?im)^{name}: *(.*?)\r?$", fields)
        if self.wanted and (given is None or given[1] != self.wanted):
            await _deny(writer, 407 if self.forward else 401, "Unauthorized")
            return
        if not path.startswith(self.prefix):
            await _deny(writer, 404, "Not Found")
            return
        there, back = await asyncio.open_connection("127.0.0.1", self.target)
        if method == "CONNECT":
            writer.write(b"HTTP/1.1 200 Connection established\r\n\r\n")
        else:
            path = re.sub(r"^http://[^/]*", "", path).removeprefix(self.prefix)
            fields = re.sub(r"(?im)^connection:.*\r\n", "", fields)
            back.write(f"{method} {path} {version}\r\nconnection: close\r\n{fields}".encode())
        try:
            await asyncio.gather(_pour(reader, back), _pour(there, writer))
        finally:
            back.transport.abort()


async def _deny(writer: asyncio.StreamWriter, status: int, words: str) -> None:
    page = f"<html><head><title>{status} {words}</title></head><body><h1>{words}</h1></body></html>".encode()
    writer.write(DENIED % (status, words.encode(), len(page), page))
    await writer.drain()


async def _pour(source: asyncio.StreamReader, into: asyncio.StreamWriter) -> None:
    with suppress(OSError):
        while piece := await source.read(65536):
            into.write(piece)
            await into.drain()
    with suppress(OSError):
        into.close()
