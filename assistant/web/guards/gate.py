"""The gate that every request and websocket passes: who asks, from where, and what goes back."""

import logging
import re
import secrets
from urllib.parse import quote

from starlette.datastructures import Headers, MutableHeaders
from starlette.requests import cookie_parser

from assistant.config import Config
from assistant.errors import AssistantError
from assistant.storage.house.house import House
from assistant.users.access.bearers import Bearers
from assistant.users.pages.forms import page
from assistant.users.sessions import Asking, Sessions, cookie_name
from assistant.web.api.docs_page import DOCS
from assistant.web.belongings.quotas import ADDING, Quotas
from assistant.web.guards import hosts, sockets
from assistant.web.guards.bodies import Body, Message, Refused
from assistant.web.guards.programs import LONGEST_PATH, SAFE, App, Programs, Receive, Scope, Send, problem
from assistant.web.guards.proxies import Proxies
from assistant.web.guards.requests import route_of
from assistant.web.watching import asked

SHARE = "/share"  # what a phone hands over; it is kept until its person has logged in
PUBLIC = {
    "/login",
    "/login/code",
    "/register",
    "/recover",
    "/logout",
    "/healthz",
    "/readyz",
    "/favicon.ico",
    "/service-worker.js",
    "/offline",
    SHARE,
    DOCS,  # asks by itself, as the owner may let everybody read it
}
HEALTH = {"/healthz", "/readyz"}
# Calendars have no session: the address itself is the secret, and no cookie counts there.
CALENDAR = re.compile(r"/calendar/[^/]+\.ics")
# Programs that have no key look here for ways to log in; that they should log in first would send them in a circle.
WELL_KNOWN = "/.well-known/"
SET_UP = "/two-step"  # where those go first who need a second step and have none
SOCKET = "/_nicegui_ws/"
TRY_AGAIN = 1013  # to a websocket, after which it does
LOOK_AGAIN = "5"  # seconds


class Gate:
    """Pure ASGI middleware, because websockets must pass it too."""

    def __init__(
        self, app: App, *, config: Config, house: House, sessions: Sessions, bearers: Bearers, quotas: Quotas
    ) -> None:
        """Wraps ``app``."""
        self._app, self._config, self._sessions, self._quotas = app, config, sessions, quotas
        self._hosts, self._proxies = hosts.Hosts(config), Proxies(config.trusted_proxies)
        self._programs = Programs(self._bounded, config, house, bearers, self._asking, self._same_origin)

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Lets the request through, or answers it."""
        if scope["type"] not in {"http", "websocket"}:
            await self._app(scope, receive, send)
            return
        scope = self._proxies.seen_through(scope)
        host = Headers(scope=scope).get("host", "")
        if not self._hosts.know(host):
            await self._unknown(scope, receive, send, host)
            return
        dressed = _Dressed(scope, send, self._policy(scope))
        try:
            if scope["type"] == "http" and self._programs.covers(scope["path"]):
                await self._programs(scope, receive, dressed)
                return
            asking = await self._asking(scope)
        except AssistantError as error:
            await self._unavailable(scope, receive, send, error)
            return
        scope["state"] = {**scope.get("state", {}), "asking": asking}
        if asking:
            asked.by(asking.user)
        if scope["type"] == "websocket":
            if asking is None or asking.demanded or not self._ours(scope):
                await receive()
                await send({"type": "websocket.close", "code": 4403})
                return
            asked.at(SOCKET.rstrip("/"))
            await self._app(scope, sockets.listening(scope, receive), send)
            return
        await self._http(scope, receive, dressed, asking)

    async def _unknown(self, scope: Scope, receive: Receive, send: Send, host: str) -> None:
        if scope["type"] == "websocket":
            await receive()
            await send({"type": "websocket.close", "code": 4403})
            return
        await problem(_Dressed(scope, send, self._policy(scope)), 421, hosts.sentence(host))

    async def _unavailable(self, scope: Scope, receive: Receive, send: Send, error: AssistantError) -> None:
        """Says that nobody can be known just now; a page looks again by itself, as sockets do."""
        if scope["type"] == "websocket":
            await receive()
            await send({"type": "websocket.close", "code": TRY_AGAIN})
            return
        dressed = _Dressed(scope, send, self._policy(scope))
        again = {"Refresh": LOOK_AGAIN} if scope["method"] == "GET" else {}
        await self._refuse(scope, receive, dressed, error, **again)

    async def _refuse(self, scope: Scope, receive: Receive, send: Send, error: AssistantError, **headers: str) -> None:
        """Says why it is not done: as a page, with ``headers`` of its own, where one was asked for."""
        if not _wants_page(scope):
            await problem(send, error.status, error.sentence)
            return
        onward, label = ("", "Try again") if scope["method"] == "GET" else ("/", "Go on")
        said = page("message.html", title=error.title, lead=error.sentence, onward=onward, label=label,
                    status=error.status)  # fmt: skip
        said.headers.update(headers)
        await said(scope, receive, send)

    async def _http(self, scope: Scope, receive: Receive, send: "_Dressed", asking: Asking | None) -> None:
        path = scope["path"]
        if len(path) > LONGEST_PATH:
            await problem(send, 414, "This address is too long.")
        elif path.startswith(WELL_KNOWN):
            await problem(send, 404, "There is nothing here.")
        elif path.startswith(SOCKET):
            await problem(send, 403, "Only websockets are spoken here.")
        elif scope["method"] not in SAFE and not self._same_origin(scope) and not _handed_over(scope):
            await problem(send, 403, "This request came from another site.")
        elif asking is None and path not in PUBLIC and not _open_to_all(path):
            await self._turn_away(scope, send)
        elif asking and asking.demanded and path not in {SET_UP, *PUBLIC} and not _open_to_all(path):
            await self._turn_away(scope, send, to=SET_UP)
        else:
            await self._bounded(scope, receive, send)

    async def _check_room(self, scope: Scope) -> None:
        asking: Asking | None = scope["state"]["asking"]
        if asking and scope["method"] not in SAFE and ADDING.fullmatch(scope["path"]):
            declared = Headers(scope=scope).get("content-length", "0")
            await self._quotas.check(asking.user, int(declared) if declared.isdigit() else 0)

    async def _bounded(self, scope: Scope, receive: Receive, send: Send) -> None:
        started = False

        async def watched(message: Message) -> None:
            nonlocal started
            started = True
            await send(message)

        try:
            await self._check_room(scope)
            declared = Headers(scope=scope).get("content-length", "0")
            await self._app(scope, Body(receive, path=scope["path"], declared=declared), watched)
        except Refused as refused:
            if not started:
                await self._refuse(scope, receive, send, refused)
        except AssistantError as error:
            await self._refuse(scope, receive, send, error)
        except Exception:
            logging.getLogger(__name__).exception("a request failed")
            if started:
                raise
            await problem(send, 500, "Something went wrong. The log has the details.")
        finally:
            asked.at(route_of(scope))

    async def _turn_away(self, scope: Scope, send: "_Dressed", to: str = "") -> None:
        if scope["method"] == "GET" and _wants_page(scope):
            query = f"?{scope['query_string'].decode('latin-1')}" if scope["query_string"] else ""
            onward = quote(scope["path"] + query, safe="/")
            where = to or (f"/login?next={onward}" if onward != "/" else "/login")
            await send(
                {
                    "type": "http.response.start",
                    "status": 303,
                    "headers": [(b"location", where.encode())],
                }
            )
            await send({"type": "http.response.body", "body": b""})
        else:
            await problem(send, *((403, "Set up two-step login first.") if to else (401, "Please log in first.")))

    async def _asking(self, scope: Scope) -> Asking | None:
        if _open_to_all(scope["path"]) or scope["path"] in HEALTH:
            return None
        name = cookie_name(secure=scope["scheme"] in {"https", "wss"})
        # Cookies know no ports: those of other programs on this host come along, in whatever shape.
        cookies = cookie_parser("; ".join(Headers(scope=scope).getlist("cookie")))
        return await self._sessions.resolve(cookies[name]) if name in cookies else None

    def _same_origin(self, scope: Scope) -> bool:
        site = Headers(scope=scope).get("sec-fetch-site")
        return site == "same-origin" if site is not None else self._ours(scope)

    def _ours(self, scope: Scope) -> bool:
        headers = Headers(scope=scope)
        scheme = {"ws": "http", "wss": "https"}.get(scope["scheme"], scope["scheme"])
        own = self._config.public_url or f"{scheme}://{headers.get('host', '')}".lower()
        return headers.get("origin", "").lower() == own

    def _policy(self, scope: Scope) -> tuple[str, str, bool]:
        nonce = secrets.token_urlsafe(16)
        secure = scope["scheme"] == "https"
        host = Headers(scope=scope).get("host", "")
        socket = f"{'wss' if secure else 'ws'}://{host}" if all(c.isalnum() or c in ".:-[]" for c in host) else ""
        policy = (
            f"default-src 'self'; script-src 'self' 'nonce-{nonce}' 'unsafe-eval'; style-src 'self' 'unsafe-inline'; "
            f"img-src 'self' data: blob:; font-src 'self' data:; connect-src 'self' {socket}; form-action 'self'; "
            "frame-ancestors 'none'; base-uri 'none'; object-src 'none'"
        )
        return nonce, policy, secure


def _open_to_all(path: str) -> bool:
    """Whether nobody is asked who they are there."""
    return path.startswith("/static/") or CALENDAR.fullmatch(path) is not None


def _handed_over(scope: Scope) -> bool:
    """Whether the browser itself sends it, for another app: no site can, as it would be named."""
    return bool(scope["path"] == SHARE and Headers(scope=scope).get("sec-fetch-site") == "none")


class _Dressed:
    """Sends with our headers; puts the nonce on the scripts of pages."""

    def __init__(self, scope: Scope, send: Send, policy: tuple[str, str, bool]) -> None:
        self._send, self._path = send, scope["path"]
        self._nonce, self._policy, self._secure = policy
        self._start: Message | None = None
        self._body = b""

    async def __call__(self, message: Message) -> None:
        if message["type"] == "http.response.start":
            headers = MutableHeaders(scope=message)
            self._put_on(headers)
            if headers.get("content-type", "").startswith("text/html"):
                self._start = message
                return
        elif message["type"] == "http.response.body" and self._start is not None:
            self._body += message.get("body", b"")
            if not message.get("more_body"):
                await self._page()
            return
        await self._send(message)

    async def _page(self) -> None:
        assert self._start is not None  # noqa: S101 - set before the body
        # NiceGUI's page does not say its language, which screen readers need to pronounce it.
        body = self._body.replace(b"<html dir=", b'<html lang="en" dir=', 1)
        body = body.replace(b"<script", f'<script nonce="{self._nonce}"'.encode())
        MutableHeaders(scope=self._start)["content-length"] = str(len(body))
        await self._send(self._start)
        await self._send({"type": "http.response.body", "body": body})

    def _put_on(self, headers: MutableHeaders) -> None:
        headers["content-security-policy"] = self._policy
        headers["x-content-type-options"] = "nosniff"
        # With "no-referrer" browsers say "Origin: null", and over plain HTTP nothing else tells our forms from others'.
        headers["referrer-policy"] = "same-origin"
        if self._secure:  # browsers heed neither elsewhere
            headers["cross-origin-opener-policy"] = "same-origin"
            headers["strict-transport-security"] = "max-age=31536000"
        if "cache-control" not in headers or headers.get("content-type", "").startswith("text/html"):
            headers["cache-control"] = "no-cache" if self._path.startswith("/static/") else "no-store"


def _wants_page(scope: Scope) -> bool:
    return "text/html" in Headers(scope=scope).get("accept", "")
