"""A connection between a browser and the product that can be cut, joined and made slow."""

import asyncio
import contextlib
import threading
from collections.abc import Coroutine
from typing import Any

PIECE = 65536  # bytes
Piece = tuple[float, bytes]  # when it is due on the loop's clock, and what it is


class Relay:
    """Listens on a port of its own and hands on to another.

    ``cut`` is as when a server is gone: connections break and none is taken. ``pull`` is as when a cable is pulled:
    nobody is told anything. ``delay`` is the seconds that each piece takes each way.
    """

    def __init__(self, target: int, *, delay: float = 0, port: int = 0) -> None:
        """``target`` is the port that it leads to; where it listens is found when ``port`` is not said."""
        self.target, self.delay, self.port = target, delay, port
        self._open, self._silent = asyncio.Event(), False
        self._writers: set[asyncio.StreamWriter] = set()
        self._loop = asyncio.new_event_loop()
        self._thread = threading.Thread(target=self._loop.run_forever, daemon=True)

    @property
    def url(self) -> str:
        """Its address in a browser."""
        return f"http://localhost:{self.port}"

    def start(self) -> "Relay":
        """Listens."""
        self._thread.start()
        self._do(self._listen())
        return self

    def stop(self) -> None:
        """Lets go of everything."""
        self._do(self._end())
        self._loop.call_soon_threadsafe(self._loop.stop)
        self._thread.join()
        self._loop.close()

    def cut(self) -> None:
        """Breaks all connections and takes none."""
        self._do(self._cut())

    def pull(self) -> None:
        """Hands nothing on any more, and says so to nobody."""
        self._do(self._pull())

    def join(self) -> None:
        """Takes connections again; what was under way when the cable was pulled comes."""
        self._do(self._join())

    def _do(self, work: Coroutine[Any, Any, None]) -> None:
        asyncio.run_coroutine_threadsafe(work, self._loop).result(30)

    async def _listen(self) -> None:
        self._open.set()
        self._server = await asyncio.start_server(self._serve, "127.0.0.1", self.port)
        self.port = self._server.sockets[0].getsockname()[1]

    async def _cut(self) -> None:
        self._server.close()
        for writer in tuple(self._writers):
            writer.transport.abort()

    async def _end(self) -> None:
        self._open.set()
        await self._cut()
        while others := asyncio.all_tasks() - {asyncio.current_task()}:
            await asyncio.wait(others, timeout=1)
            await self._cut()

    async def _pull(self) -> None:
        self._silent = True
        self._open.clear()

    async def _join(self) -> None:
        if self._silent:
            self._silent = False
            self._open.set()
        else:
            await self._listen()

    async def _serve(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        await self._open.wait()
        try:
            there, back = await asyncio.open_connection("127.0.0.1", self.target)
        except OSError:
            writer.transport.abort()
            return
        self._writers |= {writer, back}
        await asyncio.gather(self._hand_on(reader, back), self._hand_on(there, writer))
        self._writers -= {writer, back}

    async def _hand_on(self, source: asyncio.StreamReader, target: asyncio.StreamWriter) -> None:
        pieces: asyncio.Queue[Piece] = asyncio.Queue()
        sending = asyncio.create_task(self._send(pieces, target))
        try:
            while piece := await source.read(PIECE):
                pieces.put_nowait((self._loop.time() + self.delay, piece))
            pieces.put_nowait((0, b""))
            await sending
        except OSError:
            pass  # it was cut
        finally:
            sending.cancel()
            target.close()

    async def _send(self, pieces: "asyncio.Queue[Piece]", target: asyncio.StreamWriter) -> None:
        with contextlib.suppress(OSError):
            while True:
                due, piece = await pieces.get()
                await asyncio.sleep(due - self._loop.time())
                await self._open.wait()
                if not piece:
                    return
                target.write(piece)
                await target.drain()
