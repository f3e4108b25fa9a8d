"""Guards on NiceGUI's socket: a socket drives only pages of its own, living session.

NiceGUI trusts whoever knows a page's id. Its handlers are private, which is why its version is
pinned; ``guard`` fails at the start when one of them is gone.
"""

import asyncio
import inspect
import logging
from collections.abc import Callable
from typing import Any
from urllib.parse import parse_qs

from nicegui import Client, app, background_tasks, core
from socketio.exceptions import ConnectionRefusedError  # noqa: A004 - its name in the protocol

from assistant.text import mend_surrogates
from assistant.users.sessions import Asking, Sessions
from assistant.web.guards.bodies import Message
from assistant.web.guards.programs import Receive, Scope
from assistant.web.watching.json_lines import Foreign

SENT = 0.2  # seconds in which the last message reaches the page
BINARY = {"5", "6"}  # how Socket.IO's packets begin that have binary attachments
GOING_AWAY = 1001  # RFC 6455, 7.4.1: a browser has navigated away, or its tab was closed
EVENTS = ("handshake", "event", "javascript_response", "ack", "log")


def guard(sessions: Sessions) -> None:
    """Wraps the socket's handlers and sends pages to the login when their session ends."""
    handlers = core.sio.handlers["/"]
    core.sio.on("connect", _guarded_connect(handlers["connect"], sessions))
    for name in EVENTS:
        core.sio.on(name, _guarded(_logged if name == "log" else handlers[name], sessions))
    core.sio.on("disconnect", _left(handlers["disconnect"]))
    core.sio.on("alive", _alive)
    core.sio.eio.on("message", _without_binary(core.sio.eio.handlers["message"]))
    unfollows: dict[str, Callable[[], None]] = {}

    def connected(client: Client) -> None:
        asking = _of(client)
        if asking and client.id not in unfollows:
            unfollows[client.id] = sessions.follow(asking.session, lambda: _leave(client))

    def deleted(client: Client) -> None:
        unfollows.pop(client.id, lambda: None)()

    app.on_connect(connected)
    app.on_delete(deleted)


def listening(scope: Scope, receive: Receive) -> Receive:
    """``receive``, which notes in the scope's state when the browser says that the page is left for good.

    What else ends a socket, as a phone that sleeps or a line that is cut, may be over in a moment.
    """

    async def noting() -> Message:
        message = await receive()
        if message["type"] == "websocket.disconnect" and message.get("code") == GOING_AWAY:
            scope["state"]["left"] = True
        return message

    return noting


def _left(handler: Callable[[str], None]) -> Callable[[str], None]:
    """Ends a page at once where it was left for good: nobody comes back for what it holds."""

    def left(sid: str) -> None:
        environ = core.sio.get_environ(sid)
        clients = [client for room in core.sio.rooms(sid) if (client := Client.instances.get(room))]
        handler(sid)
        if not environ or "left" not in environ["asgi.scope"]["state"]:
            return
        for client in clients:
            if not client.has_socket_connection:
                for document in list(client._delete_tasks):  # noqa: SLF001 - what NiceGUI would do half a minute later
                    client._cancel_delete_task(document)  # noqa: SLF001
                client.delete()

    return left


async def _alive(_sid: str, *_more: Any) -> bool:
    """Answers a page that asks whether anybody is there: a cable that was pulled tells nobody."""
    return True


def _leave(client: Client) -> None:
    client.run_javascript("window.location.replace('/login')")
    background_tasks.create(_cut(client), name="session ended")


async def _cut(client: Client) -> None:
    """Closes the page's sockets: a browser that ignores where it is sent must hear nothing more."""
    await asyncio.sleep(SENT)
    for sid, _ in list(core.sio.manager.get_participants("/", client.id)):
        await core.sio.disconnect(sid)


def _of(client: Client) -> Asking | None:
    return getattr(client.request.state, "asking", None) if client.request else None


def _guarded(handler: Callable[..., Any], sessions: Sessions) -> Callable[..., Any]:
    async def guarded(sid: str, message: Any = None) -> Any:
        if not isinstance(message, dict) or not _allowed(sid, message, sessions) or _gone(message):
            return None
        try:
            result = handler(sid, _mended(message))
            return await result if inspect.isawaitable(result) else result
        except Exception as error:  # noqa: BLE001 - whatever a socket sends, the next message is heard
            logging.getLogger(__name__).warning("a page sent what makes no sense: %s", type(error).__name__)
            return None

    return guarded


def _logged(_sid: str, message: dict[str, Any]) -> None:
    """Logs what a page says went wrong there: short, and as its words, not as ours."""
    logging.getLogger(__name__).warning("a page says: %.300s", Foreign(message.get("message", "")))


def _without_binary(handler: Callable[..., Any]) -> Callable[..., Any]:
    """Closes sockets that send binary messages, or promise any: no page of ours does."""

    async def guarded(eio_sid: str, data: Any) -> None:
        if isinstance(data, bytes) or str(data)[:1] in BINARY:
            await core.sio.eio.disconnect(eio_sid)
            return
        await handler(eio_sid, data)

    return guarded


def _mended(value: Any) -> Any:
    """The value with every text in it mended, however deep it stands."""
    if isinstance(value, str):
        return mend_surrogates(value)
    if isinstance(value, dict):
        return {_mended(key): _mended(inner) for key, inner in value.items()}
    return [_mended(inner) for inner in value] if isinstance(value, list) else value


def _guarded_connect(handler: Callable[..., Any], sessions: Sessions) -> Callable[..., Any]:
    async def guarded(sid: str, environ: dict[str, Any], auth: Any = None) -> Any:
        # The client's id in the query stands for a handshake that is done at once.
        query = parse_qs(environ.get("QUERY_STRING", ""))
        if not _allowed(sid, {"client_id": query.get("client_id", [""])[0]}, sessions):
            raise ConnectionRefusedError("Not your page")
        return await handler(sid, environ, auth)

    return guarded


def _gone(message: dict[str, Any]) -> bool:
    """Whether the message is about an element that is not in the page any more, as when a list was drawn anew."""
    client = Client.instances.get(str(message.get("client_id")))
    number = message.get("id")
    element = client.elements.get(number) if client and isinstance(number, int) else None
    try:
        return element is not None and element.parent_slot is None and element.id != 0
    except RuntimeError:
        return True


def _allowed(sid: str, message: dict[str, Any], sessions: Sessions) -> bool:
    environ = core.sio.get_environ(sid)
    asking = environ["asgi.scope"]["state"].get("asking") if environ else None
    if asking is None or not sessions.alive(asking.session):
        return False
    client = Client.instances.get(str(message.get("client_id")))
    owner = _of(client) if client else None
    return owner is None if client is None else owner is not None and owner.session == asking.session
