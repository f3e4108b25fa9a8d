"""What carries what instances say: decided by the addresses that are configured."""

from assistant.errors import AssistantError
from assistant.storage.engines.addresses import on_file
from assistant.storage.house.wire import Wire


class NoClient(AssistantError):  # noqa: N818 - read as a sentence, like its siblings
    """What speaks to the service is not installed."""

    title = "A part is missing"


def wire(database_url: str, redis_url: str) -> Wire | None:
    """Redis where it is configured, else the database server itself; None for a file, which one process has alone."""
    # Imported only here: who has the one needs nothing of the other.
    if on_file(database_url):
        return None
    if not redis_url:
        from assistant.storage.house.postgres_wire import PostgresWire  # noqa: PLC0415

        return PostgresWire(database_url)
    try:
        from assistant.storage.house.redis_wire import RedisWire  # noqa: PLC0415
    except ImportError:
        raise NoClient("For Redis, install Assistant with its client: pip install 'assistant[redis]'") from None
    return RedisWire(redis_url)
