"""The API as it is mounted: made when it is first asked, as most people never do."""

import asyncio
from importlib import import_module

from starlette.types import ASGIApp, Receive, Scope, Send

from assistant.web.parts import Parts

PLACE = "/api/v1"


class Later:
    """Answers as the app of the API does, which costs a fifth of a second and 7 MB of memory."""

    def __init__(self, made: Parts) -> None:
        """Nothing is made yet."""
        self._parts = made
        self._made: ASGIApp | None = None
        self._one_at_a_time = asyncio.Lock()

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Hands the request on."""
        async with self._one_at_a_time:
            if self._made is None:
                self._made = await asyncio.to_thread(self._make)
        await self._made(scope, receive, send)

    def _make(self) -> ASGIApp:
        app: ASGIApp = import_module("assistant.web.api.app").build_api(self._parts)
        return app
