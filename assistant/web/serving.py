"""The server around the app, and how it ends: at once where it is alone, else so that nobody loses anything."""

import asyncio
import signal
from types import FrameType

import uvicorn
from fastapi import FastAPI

from assistant.config import Config
from assistant.storage.house.house import House
from assistant.web.guards import connections

SEEN = 3.0  # seconds in which balancers see that it is leaving
REQUESTS = 3  # seconds that requests have to end


class Server(uvicorn.Server):
    """Serves until it is told to stop.

    SIGTERM lets an instance among several say first that it is leaving; then it takes no connections any more, and
    tells sockets to connect again, which others take. A second one, or Ctrl+C, ends it at once.
    """

    def __init__(self, settings: uvicorn.Config, house: House) -> None:
        """``house`` knows whether there are others."""
        super().__init__(settings)
        self._house = house
        self._loop: asyncio.AbstractEventLoop | None = None

    async def startup(self, *args: object, **more: object) -> None:
        """Begins to listen."""
        self._loop = asyncio.get_running_loop()
        await super().startup(*args, **more)  # type: ignore[arg-type]

    def handle_exit(self, sig: int, frame: FrameType | None) -> None:
        """What a signal does."""
        if sig != signal.SIGTERM or self._loop is None or self._house.leaving or not self._house.others:
            super().handle_exit(sig, frame)
            return
        self._house.leaving = True
        self._loop.call_soon_threadsafe(self._loop.call_later, SEEN, super().handle_exit, sig, frame)


def serve(app: FastAPI, config: Config) -> int:
    """Serves the app until it is told to stop; returns the exit status."""
    settings = uvicorn.Config(
        app, host=config.host, port=config.port, log_config=None, log_level="warning", access_log=False,
        server_header=False, proxy_headers=False, timeout_graceful_shutdown=REQUESTS, ws_max_size=1_000_000,
        http=connections.bounded(config),
    )  # fmt: skip
    server = Server(settings, app.state.house)
    server.run()
    return 0 if server.started else 1
