"""How programs come to the API: by key, token or a page of ours; how much they may ask; from which sites."""

import json
from collections.abc import Awaitable, Callable, MutableMapping
from typing import Any

from starlette.datastructures import Headers, MutableHeaders

from assistant.config import Config
from assistant.rest.allowances import Allowance, Allowances
from assistant.rest.problems import MEDIA_TYPE, document
from assistant.storage.house.house import House
from assistant.users.access.bearers import Bearers
from assistant.users.limits import network
from assistant.users.sessions import Asking
from assistant.web.guards.bodies import Message
from assistant.web.watching import asked

Scope = MutableMapping[str, Any]
Receive = Callable[[], Awaitable[Message]]
Send = Callable[[Message], Awaitable[None]]
App = Callable[[Scope, Receive, Send], Awaitable[None]]

SAFE = {"GET", "HEAD", "OPTIONS"}
API = "/api/v1"
MCP = "/mcp"  # for models of other programs
ENTRANCE = f"{API}/auth/"  # where one comes without anything yet
METHODS = "GET, POST, PUT, PATCH, DELETE"
SENT = "Authorization, Content-Type, Accept, Idempotency-Key, If-Match, If-None-Match, Last-Event-ID"
TOLD = "ETag, Location, Retry-After, RateLimit, RateLimit-Policy, Idempotency-Replayed, WWW-Authenticate, X-Request-ID"
LONGEST_PATH = 1000  # characters; none of ours comes near


class Programs:
    """What stands before the API."""

    def __init__(
        self,
        app: App,
        config: Config,
        house: House,
        bearers: Bearers,
        by_cookie: Callable[[Scope], Awaitable[Asking | None]],
        same_origin: Callable[[Scope], bool],
    ) -> None:
        """``by_cookie`` finds the person of a page of ours, whose requests come from the ``same_origin``."""
        self._app, self._origins, self._bearers = app, frozenset(config.cors_origins), bearers
        self._by_cookie, self._same_origin = by_cookie, same_origin
        self._allowances = Allowances(config.api_rate, house)

    @staticmethod
    def covers(path: str) -> bool:
        """Whether the address is one that programs ask."""
        return path in {API, MCP} or path.startswith((f"{API}/", f"{MCP}/"))

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Lets the request through, or answers it."""
        headers = Headers(scope=scope)
        own: dict[str, str] = {}
        by_key = not scope["path"].startswith(API)
        # Models of other programs come from no site: what a page could send there, it sends for somebody else.
        origin, origins = headers.get("origin", ""), frozenset() if by_key else self._origins
        if origins:
            own["Vary"] = "Origin"
        if origin in origins:
            own |= {"Access-Control-Allow-Origin": origin, "Access-Control-Expose-Headers": TOLD}
        send = _with(send, own)
        if origin in origins and "access-control-request-method" in headers:
            await _preflight(send)
            return
        allowance = self._allowances.take("address", network(scope["client"][0] if scope.get("client") else ""))
        own |= allowance.headers
        if await _refused(send, allowance):
            return
        if len(scope["path"]) > LONGEST_PATH:
            await problem(send, 414, "This address is too long.")
            return
        if by_key and origin and not self._same_origin(scope):
            await problem(send, 403, "This request came from another site.")
            return
        await self._known(scope, receive, send, own, by_key=by_key)

    async def _known(
        self, scope: Scope, receive: Receive, send: Send, own: dict[str, str], *, by_key: bool
    ) -> None:  # fmt: skip
        given = Headers(scope=scope).get("authorization")
        asking = await self._bearer(given) if given is not None else None
        if by_key and (asking is None or not asking.key):
            # What is said of OAuth here would have programs look for a login that there is not.
            await problem(send, 401, "Send a key of yours that is good, as “Authorization: Bearer ast_…”.")
            return
        if given is not None and asking is None:
            await problem(send, 401, "This key or token is not good, or no longer.", 'Bearer error="invalid_token"')
            return
        if given is None:
            asking = await self._by_cookie(scope)
            if asking is not None and scope["method"] not in SAFE and not self._same_origin(scope):
                await problem(send, 403, "This request came from another site.")
                return
        await self._counted(scope, receive, send, own, asking)

    async def _bearer(self, given: str) -> Asking | None:
        kind, _, token = given.partition(" ")
        return await self._bearers.resolve(token.strip()) if kind.lower() == "bearer" else None

    async def _counted(
        self, scope: Scope, receive: Receive, send: Send, own: dict[str, str], asking: Asking | None
    ) -> None:  # fmt: skip
        if asking is not None:
            allowance = self._allowances.take("key", f"{asking.key} {asking.session}")
            own |= allowance.headers
            if await _refused(send, allowance):
                return
        if asking is not None and asking.demanded:
            await problem(send, 403, "Set up two-step login first, in a browser.")
            return
        scope["state"] = {**scope.get("state", {}), "asking": asking}
        if asking is not None:
            asked.by(asking.user)
        await self._app(scope, receive, send)


async def problem(send: Send, status: int, detail: str, authenticate: str = "", wait: int = 0) -> None:
    """Answers with a problem; ``authenticate`` says how one comes in, ``wait`` after how many seconds to try again."""
    body = json.dumps(document(status, detail)).encode()
    headers = [(b"content-type", MEDIA_TYPE.encode()), (b"content-length", str(len(body)).encode())]
    if status == 401:  # noqa: PLR2004 - HTTP's own
        headers.append((b"www-authenticate", (authenticate or "Bearer").encode()))
    if wait:
        headers.append((b"retry-after", str(wait).encode()))
    await send({"type": "http.response.start", "status": status, "headers": headers})
    await send({"type": "http.response.body", "body": body})


async def _refused(send: Send, allowance: Allowance) -> bool:
    if not allowance.wait:
        return False
    words = f"Too many requests. Try again in {allowance.wait} second{'s' if allowance.wait > 1 else ''}."
    await problem(send, 429, words, wait=allowance.wait)
    return True


async def _preflight(send: Send) -> None:
    headers = [
        (b"access-control-allow-methods", METHODS.encode()),
        (b"access-control-allow-headers", SENT.encode()),
        (b"access-control-max-age", b"600"),
    ]
    await send({"type": "http.response.start", "status": 204, "headers": headers})
    await send({"type": "http.response.body", "body": b""})


def _with(send: Send, own: dict[str, str]) -> Send:
    """Sends with these headers, which may still be added to."""

    async def sending(message: Message) -> None:
        if message["type"] == "http.response.start":
            headers = MutableHeaders(scope=message)
            for name, value in own.items():
                headers[name] = value
        await send(message)

    return sending
