"""Every request gets its id, which goes into the log and back with the answer, and is told of when it is over."""

import logging
import re
import secrets
import time
from collections.abc import Callable, Iterable
from typing import Any

from starlette.datastructures import Headers, MutableHeaders

from assistant.config import Config
from assistant.web.guards.bodies import Message
from assistant.web.guards.programs import App, Scope
from assistant.web.guards.proxies import Proxies
from assistant.web.watching import asked
from assistant.web.watching.asked import Asked

HEADER = "x-request-id"
GIVEN = re.compile(r"[A-Za-z0-9._:-]{1,100}")  # what a proxy may call a request
QUIET = {"/healthz", "/readyz"}  # asked every few seconds

Observer = Callable[[str, str, int, float], None]  # method, route, status, seconds

log = logging.getLogger(__name__)


class Requests:
    """Pure ASGI middleware before all others."""

    def __init__(self, app: App, *, config: Config, observers: Iterable[Observer]) -> None:
        """The observers hear of each request when it is over."""
        self._app, self._observers = app, observers
        self._proxies = Proxies(config.trusted_proxies)

    async def __call__(self, scope: Scope, receive: Any, send: Any) -> None:
        """Lets the request through."""
        if scope["type"] not in {"http", "websocket"}:
            await self._app(scope, receive, send)
            return
        request = Asked(self._id(scope), scope.get("method", asked.SOCKET))
        token, begun = asked.begin(request), time.perf_counter()

        async def named(message: Message) -> None:
            if message["type"] == "http.response.start":
                request.status = message["status"]
                MutableHeaders(scope=message)[HEADER] = request.id
            await send(message)

        try:
            await self._app(scope, receive, named)
        finally:
            self._tell(request, scope["path"], time.perf_counter() - begun)
            asked.end(token)

    def _id(self, scope: Scope) -> str:
        given = Headers(scope=scope).get(HEADER, "") if self._proxies.trust(scope) else ""
        return given if GIVEN.fullmatch(given) else secrets.token_hex(16)

    def _tell(self, request: Asked, path: str, seconds: float) -> None:
        level = logging.DEBUG if path in QUIET else logging.INFO
        log.log(level, "%s %s", request.method, request.route or "-", extra={"seconds": seconds})
        for observe in self._observers:
            observe(request.method, request.route, request.status, seconds)


def route_of(scope: Scope) -> str:
    """The template of the address that the request was answered at, such as ``/notes/{note}``; empty if at none."""
    place = str(scope.get("root_path", ""))
    return f"{place}{getattr(scope.get('route'), 'path_format', '')}"
