"""What libraries load only because it is installed, and a server has no use for: 25 of 130 MB of memory."""

import sys
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

# Each is looked for in a ``try`` whose failure its library expects.
UNUSED = (
    "aiohttp",  # engineio's client; the reminders' own door outward loads it when something is sent
    "psycopg",  # Peewee's way to PostgreSQL
    "redis",  # socketio's way to other processes; ours loads it itself
    "requests",  # engineio's client
    "rich",  # httpx' command
    "watchfiles",  # uvicorn's way to start anew when a file changes
)
# FastAPI looks whether the shapes of routes are of this old kind.
OLD = "pydantic.v1"


def unused(*, on_server: bool) -> set[str]:
    """What is not needed where the database is, or is not, on a server."""
    return set(UNUSED) - ({"psycopg"} if on_server else set())


@contextmanager
def without(*names: str) -> Iterator[None]:
    """Libraries that look for these modules find none of them, as long as nobody has loaded them; later they are there.

    What is imported in the meantime does without them for good.
    """
    hidden = [name for name in names if name not in sys.modules]
    absent: Any = None  # how Python says of a module that there is none
    sys.modules.update(dict.fromkeys(hidden, absent))
    try:
        yield
    finally:
        for name in hidden:
            del sys.modules[name]
