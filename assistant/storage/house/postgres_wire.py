"""The database server as the wire: LISTEN and NOTIFY, on two connections beside those that units of work have."""

import secrets
from collections.abc import Callable, Iterator, Sequence
from typing import Any

import psycopg
from psycopg import sql

from assistant.storage.engines.postgres import CONNECT_TIMEOUT
from assistant.storage.house.wire import Said, WireLostError

LONGEST = 7500  # characters at a time, all of them ASCII: the server takes 8,000 bytes
WHOLE = "="  # before what is not in pieces
SAY = "SELECT pg_notify(channel, words) FROM unnest(%s::text[], %s::text[]) AS said (channel, words)"


class PostgresWire:
    """Carries what is said over the database server."""

    shown = "the database server"

    def __init__(self, url: str) -> None:
        """``url`` is as libpq takes it; nothing is connected yet."""
        self._url = url
        self._saying: psycopg.AsyncConnection[Any] | None = None

    async def listen(self, channels: Sequence[str], heard: Callable[[str], None], renewed: Callable[[], None]) -> None:
        """Hands on what is said on the channels. Raises WireLostError."""
        pieces: dict[str, str] = {}
        try:
            async with await self._connect() as connection:
                for channel in channels:
                    await connection.execute(sql.SQL("LISTEN {}").format(sql.Identifier(channel)))
                renewed()
                async for one in connection.notifies():
                    if (whole := _joined(pieces, one.payload)) is not None:
                        heard(whole)
        except psycopg.Error as error:
            raise WireLostError(str(error)) from error
        raise WireLostError("the server ended the connection")

    async def say(self, said: Sequence[Said]) -> None:
        """Says it, in this order. Raises WireLostError."""
        parts = [(channel, piece) for channel, words in said for piece in _pieces(words)]
        try:
            if self._saying is None:
                self._saying = await self._connect()
            await self._saying.execute(SAY, [[channel for channel, _ in parts], [piece for _, piece in parts]])
        except psycopg.Error as error:
            await self.close()
            raise WireLostError(str(error)) from error

    async def close(self) -> None:
        """Ends its connection for saying; that for listening ends with ``listen``."""
        saying, self._saying = self._saying, None
        if saying is not None:
            await saying.close()

    async def _connect(self) -> psycopg.AsyncConnection[Any]:
        return await psycopg.AsyncConnection.connect(
            self._url, autocommit=True, connect_timeout=CONNECT_TIMEOUT, application_name="assistant",
            keepalives_idle=10, keepalives_interval=5, keepalives_count=2, client_encoding="utf8",
        )  # fmt: skip


def _pieces(words: str) -> Iterator[str]:
    if len(words) <= LONGEST:
        yield WHOLE + words
        return
    name = secrets.token_hex(4)
    for at in range(0, len(words), LONGEST):
        yield f"{'.' if at + LONGEST >= len(words) else '+'}{name}{words[at : at + LONGEST]}"


def _joined(pieces: dict[str, str], piece: str) -> str | None:
    """What the piece ends; None while more is to come. Each instance says its pieces one after the other."""
    if piece.startswith(WHOLE):
        return piece[1:]
    more, name, words = piece[0] == "+", piece[1:9], piece[9:]
    pieces[name] = pieces.get(name, "") + words
    return None if more else pieces.pop(name)
