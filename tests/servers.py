"""Servers of PostgreSQL and Redis that a test has for itself."""

from collections.abc import Iterator
from typing import TypeVar

import pytest

from tests.postgres_server import NoServerError, PostgresServer
from tests.redis_server import RedisServer

Server = TypeVar("Server", PostgresServer, RedisServer)


def started(kind: type[Server]) -> Iterator[Server]:
    """One server of this kind while a fixture lasts; without one the test is skipped."""
    try:
        server = kind().start()
    except NoServerError as reason:
        pytest.skip(str(reason))
    yield server
    server.close()
