"""A model of another program, which comes by the Model Context Protocol over a real socket: the official client."""

import asyncio
import json
import threading
from collections.abc import Awaitable, Callable
from typing import Any, TypeVar

import httpx2
from mcp import Client
from mcp.client.streamable_http import streamable_http_client
from mcp_types import CallToolResult, ListToolsResult

from tests.product import NO_AUTHORITIES, PATIENCE

T = TypeVar("T")


class OtherModel:
    """Somebody's model with a key; each call is a connection of its own."""

    def __init__(self, url: str, key: str, *, mode: str = "legacy", **headers: str) -> None:
        """``mode`` is how the protocol is negotiated: as it was until 2025, or by the newest version."""
        self._address, self._mode = f"{url}/mcp", mode
        self._headers = ({"authorization": f"Bearer {key}"} if key else {}) | headers

    def tools(self) -> ListToolsResult:
        """The tools that it is told of."""
        return self.run(lambda client: client.list_tools())

    def call(self, tool: str, **arguments: Any) -> CallToolResult:
        """What a tool answers."""
        return self.run(lambda client: client.call_tool(tool, arguments))

    def data(self, tool: str, **arguments: Any) -> Any:
        """What a tool answers, as data."""
        found = self.call(tool, **arguments)
        assert not found.is_error, found.content
        assert json.loads(self.words(found)) == found.structured_content
        return found.structured_content

    def refused(self, tool: str, **arguments: Any) -> str:
        """Why a tool does not do it."""
        found = self.call(tool, **arguments)
        assert found.is_error
        return self.words(found)

    @staticmethod
    def words(found: CallToolResult) -> str:
        """The text of an answer."""
        return "".join(getattr(part, "text", "") for part in found.content)

    def run(self, work: Callable[[Client], Awaitable[T]]) -> T:
        """The result of what is done in one connection; in a thread of its own: a browser's loop may run in this."""
        found: list[T] = []
        failed: list[BaseException] = []

        async def connected() -> None:
            http = httpx2.AsyncClient(headers=self._headers, timeout=PATIENCE, verify=NO_AUTHORITIES)
            transport = streamable_http_client(self._address, http_client=http)
            async with http, Client(transport, mode=self._mode, cache=None) as client:
                found.append(await work(client))

        def begin() -> None:
            try:
                asyncio.run(connected())
            except BaseException as error:  # noqa: BLE001 - raised again, in the thread of the test
                failed.append(error)

        thread = threading.Thread(target=begin)
        thread.start()
        thread.join()
        if failed:
            raise failed[0]
        return found[0]
