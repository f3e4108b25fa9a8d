"""What programs ask: made when it is first asked, as most people never do."""

import asyncio
from collections.abc import Callable
from importlib import import_module

from starlette.types import ASGIApp, Receive, Scope, Send

from assistant.web.parts import Parts

Make = Callable[[Parts], ASGIApp]


class Later:
    """Answers as an app that is loaded then: to load the API takes time and memory, MCP more."""

    def __init__(self, made: Parts, module: str, make: str) -> None:
        """Nothing is made yet; ``make`` in the ``module`` makes it of the parts."""
        self._parts, self._module, self._make_by = made, module, make
        self._made: ASGIApp | None = None
        self._one_at_a_time = asyncio.Lock()

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Hands the request on."""
        async with self._one_at_a_time:
            if self._made is None:
                self._made = await asyncio.to_thread(self._make)
        await self._made(scope, receive, send)

    def _make(self) -> ASGIApp:
        make: Make = getattr(import_module(self._module), self._make_by)
        return make(self._parts)
