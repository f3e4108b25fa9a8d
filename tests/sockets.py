"""A socket as a hostile browser holds it: to the pages of a person, with nothing of a page in between."""

import html
import json
import re
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass
from typing import Any

import aiohttp
import httpx
import socketio

from tests.product import Product

ELEMENTS = re.compile(r"parseElements\(String\.raw`(.*?)`\)", re.DOTALL)


@dataclass(frozen=True)
class Listener:
    """What a page listens to: an event of an element."""

    element: int
    id: str
    event: str


@dataclass(frozen=True)
class OpenPage:
    """A page as its document says it: its id, its elements and what it listens to."""

    id: str
    elements: dict[str, dict[str, Any]]

    @property
    def listeners(self) -> list[Listener]:
        """All that it listens to."""
        return [
            Listener(int(number), event["listener_id"], event["type"])
            for number, element in self.elements.items()
            for event in element.get("events", [])
        ]

    def hear(self, update: dict[str, dict[str, Any] | None]) -> None:
        """Takes what the server draws anew."""
        for number, element in update.items():
            if element is None:
                self.elements.pop(number, None)
            elif isinstance(element, dict):
                self.elements[number] = element

    def message(self, listener: Listener, *args: object) -> dict[str, Any]:
        """What a browser sends when the event happens."""
        return {
            "client_id": self.id,
            "id": listener.element,
            "listener_id": listener.id,
            "args": [json.dumps(arg) for arg in args],
        }

    def click(self, words: str) -> dict[str, Any]:
        """What a browser sends when the button with these words is clicked."""
        (button,) = (
            int(n)
            for n, element in self.elements.items()
            if element["tag"] == "button" and element.get("text") == words
        )
        return self.message(next(one for one in self.listeners if one.element == button), {})


def cookie(client: httpx.Client) -> str:
    """The cookies that a browser would send along."""
    return "; ".join(f"{one.name}={one.value}" for one in client.cookies.jar)


def open_page(client: httpx.Client, path: str = "/") -> OpenPage:
    """The page at that address."""
    document = client.get(path, headers={"accept": "text/html"}).text
    found, elements = re.search(r"client_id['\"]?: ?['\"]([0-9a-f-]{36})", document), ELEMENTS.search(document)
    assert found, path
    assert elements, path
    return OpenPage(found[1], json.loads(html.unescape(elements[1])))


@asynccontextmanager
async def socket_of(product: Product, headers: dict[str, str], client_id: str) -> AsyncIterator[socketio.AsyncClient]:
    """A connected socket that claims the page ``client_id``; raises ConnectionError when refused."""
    query = f"client_id={client_id}&implicit_handshake=true&tab_id=t&document_id=d&next_message_id=0"
    async with aiohttp.ClientSession() as session:
        socket = socketio.AsyncClient(reconnection=False, http_session=session)
        await socket.connect(
            f"{product.url}?{query}", headers=headers, transports=["websocket"], socketio_path="/_nicegui_ws/socket.io"
        )
        yield socket
