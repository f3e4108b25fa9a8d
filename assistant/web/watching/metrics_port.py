"""The port on which Prometheus reads the figures: one of its own, which no visitor of the pages reaches."""

import asyncio
import logging
from importlib.util import find_spec
from typing import TYPE_CHECKING

from assistant.config import Config, ConfigError
from assistant.web.parts import Parts

if TYPE_CHECKING:
    from aiohttp import web

    from assistant.web.watching.figures import Figures

PATH = "/metrics"
TYPE = "text/plain; version=0.0.4; charset=utf-8"
log = logging.getLogger(__name__)


def check(config: Config) -> None:
    """Raises ConfigError where figures are wanted that cannot be counted."""
    if config.metrics_port and find_spec("prometheus_client") is None:
        raise ConfigError("ASSISTANT_METRICS_PORT needs the extra metrics: pip install 'assistant[metrics]'.")


class MetricsPort:
    """Counts and tells, where the configuration wants it; else does nothing at all."""

    def __init__(self, parts: Parts) -> None:
        """Nothing is counted before ``start``."""
        self._parts = parts
        self._runner: web.AppRunner | None = None
        self._watching: asyncio.Task[None] | None = None

    async def start(self) -> None:
        """Counts from now on, and listens; a port that is taken is told in the log, as people come first."""
        if not self._parts.config.metrics_port:
            return
        from assistant.web.watching.figures import Figures  # noqa: PLC0415 - an extra, which few have

        figures = Figures(self._parts, self._parts.config.instance)
        figures.begin()
        self._watching = asyncio.create_task(figures.watch_loop())
        try:
            await self._listen(figures)
        except OSError as error:
            log.warning("There are no figures for Prometheus: the port cannot be listened on (%s)", error.strerror)

    async def stop(self) -> None:
        """Listens no more."""
        if self._watching:
            self._watching.cancel()
            await asyncio.gather(self._watching, return_exceptions=True)
        if self._runner:
            await self._runner.cleanup()

    async def _listen(self, figures: "Figures") -> None:
        from aiohttp import web  # noqa: PLC0415 - here for the same reason

        async def answer(_request: web.Request) -> web.Response:
            return web.Response(body=await figures.text(), headers={"Content-Type": TYPE})

        app = web.Application()
        app.router.add_get(PATH, answer)
        self._runner = web.AppRunner(app, access_log=None)
        await self._runner.setup()
        config = self._parts.config
        await web.TCPSite(self._runner, config.metrics_host, config.metrics_port).start()
