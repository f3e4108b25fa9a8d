"""Redis as the wire: its channels."""

from collections.abc import Callable, Sequence
from urllib.parse import urlsplit

from redis.asyncio import Redis
from redis.exceptions import RedisError

from assistant.storage.house.wire import Said, WireLostError

PATIENCE = 5.0  # seconds for a connection or an answer
LOOK_EVERY = 10.0  # seconds after which a silent connection is looked at


class RedisWire:
    """Carries what is said over one Redis, which keeps nothing of it."""

    def __init__(self, url: str) -> None:
        """``url`` is ``redis://…``, ``rediss://…`` or ``unix://…``; nothing is connected yet."""
        parts = urlsplit(url)
        self.shown = f"Redis on {parts.hostname or parts.path or 'this machine'}"
        self._redis = Redis.from_url(
            url, decode_responses=True, socket_connect_timeout=PATIENCE, socket_timeout=PATIENCE,
            health_check_interval=LOOK_EVERY,
        )  # fmt: skip

    async def listen(self, channels: Sequence[str], heard: Callable[[str], None], renewed: Callable[[], None]) -> None:
        """Hands on what is said on the channels. Raises WireLostError."""
        try:
            async with self._redis.pubsub() as subscribed:
                await subscribed.subscribe(*channels)
                while True:
                    message = await subscribed.get_message(timeout=LOOK_EVERY)
                    # The client subscribes again by itself where the connection was lost, and is told so.
                    if message and message["type"] == "subscribe" and message["channel"] == channels[-1]:
                        renewed()
                    elif message and message["type"] == "message":
                        heard(message["data"])
        except (RedisError, OSError) as error:
            raise WireLostError(str(error)) from error

    async def say(self, said: Sequence[Said]) -> None:
        """Says it, in this order. Raises WireLostError."""
        try:
            async with self._redis.pipeline(transaction=False) as together:
                for channel, words in said:
                    together.publish(channel, words)
                await together.execute()
        except (RedisError, OSError) as error:
            raise WireLostError(str(error)) from error

    async def ask(self) -> str:
        """The server's version. Raises WireLostError."""
        try:
            return str((await self._redis.info("server"))["redis_version"])
        except (RedisError, OSError) as error:
            raise WireLostError(str(error)) from error

    async def close(self) -> None:
        """Ends its connections."""
        await self._redis.aclose()
