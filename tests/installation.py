"""A grown installation for real, on this machine: PostgreSQL, Redis, nginx, and instances that come and go."""

import random
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path

from assistant.config import Config
from assistant.storage.database import Database
from assistant.web.parts import open_database
from tests.nginx_server import NginxServer
from tests.person import Person
from tests.postgres_server import PostgresServer
from tests.product import NO_AUTHORITIES, PATIENCE, Product
from tests.redis_server import RedisServer


@dataclass
class Installation:
    """Instances behind one address, with one database and one folder."""

    folder: Path
    url: str  # of the database
    nginx: NginxServer
    instances: list[Product]
    chance: random.Random = field(default_factory=lambda: random.Random(17))

    def database(self) -> Database:
        """The database, beside the instances."""
        return open_database(Config(data=self.folder, database_url=self.url))

    def person(self, name: str) -> Person:
        """Somebody with an account and a session, whose side of HTTP goes through nginx."""
        return Person(self.nginx.url, self.url, name, timeout=PATIENCE, verify=NO_AUTHORITIES)

    def replace(self, number: int, *, softly: bool) -> float:
        """Ends an instance, as a power cut does or ``softly`` as an upgrade does, and begins it anew.

        Returns the seconds that one was missing.
        """
        instance, begun = self.instances[number], time.monotonic()
        if softly:
            instance.stop()
        else:
            instance.kill()
        instance.start()
        return time.monotonic() - begun


@contextmanager
def installed(folder: Path, ollama: str, *, count: int = 3, lasting: bool = False) -> Iterator[Installation]:
    """An installation that answers; raises NoServerError where a part of it is not installed.

    The ``lasting`` one waits for the disk, and its instances are begun as people begin them.
    """
    postgres, redis = PostgresServer(lasting=lasting), RedisServer()
    data, proxy = folder / "data", folder / "proxy"
    data.mkdir()
    proxy.mkdir()
    instances: list[Product] = []
    nginx: NginxServer | None = None
    try:
        url = postgres.start().create("house")
        settings = {
            "ASSISTANT_DATABASE_URL": url,
            "ASSISTANT_REDIS_URL": redis.start().url,
            "ASSISTANT_TRUSTED_PROXIES": "127.0.0.1",
            "ASSISTANT_LOG_FORMAT": "json",
        }
        instances = [Product(data, ollama, settings=settings, forked=not lasting) for _ in range(count)]
        for instance in instances:
            instance.start()
        nginx = NginxServer(proxy, [instance.port for instance in instances]).start()
        yield Installation(data, url, nginx, instances)
    finally:
        if nginx:
            nginx.stop()
        for instance in instances:
            if instance.process:
                instance.kill()
        redis.close()
        postgres.close()
