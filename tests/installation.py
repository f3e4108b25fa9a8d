"""A grown installation for real, on this machine: PostgreSQL, Redis, nginx, and instances that come and go."""

import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from pathlib import Path

from assistant.config import Config
from assistant.storage.database import Database
from assistant.web.parts import open_database
from tests.nginx_server import NginxServer
from tests.person import Person
from tests.postgres_server import PostgresServer
from tests.product import NO_AUTHORITIES, PATIENCE, Product, free_port
from tests.redis_server import RedisServer

SPARE = 2  # ports that nginx knows beside those of the instances, for the next ones: it tries three for a request


@dataclass
class Installation:
    """Instances behind one address, with one database and one folder."""

    folder: Path
    url: str  # of the database
    nginx: NginxServer
    instances: list[Product]
    free: list[int]  # ports
    leaving: list[Product] = field(default_factory=list)

    def database(self) -> Database:
        """The database, beside the instances."""
        return open_database(Config(data=self.folder, database_url=self.url))

    def person(self, name: str) -> Person:
        """Somebody with an account and a session, whose side of HTTP goes through nginx."""
        return Person(self.nginx.url, self.url, name, timeout=PATIENCE, verify=NO_AUTHORITIES)

    def replace(self, number: int, *, softly: bool) -> float:
        """Ends an instance, as a power cut does or ``softly`` as an upgrade does, and begins another in its place.

        An upgrade begins the next one beside the old one, tells that to leave once it answers, and does not wait for
        its end. Returns the seconds until the new one answered.
        """
        old, begun = self.instances[number], time.monotonic()
        if softly:
            self.instances[number] = replace(old, port=self._port(), process=None).start()
            assert old.process
            old.process.terminate()
            self.leaving.append(old)
        else:
            old.kill()
            old.start()
        return time.monotonic() - begun

    def end(self) -> None:
        """Ends all instances at once."""
        for instance in (*self.instances, *self.leaving):
            if instance.process:
                instance.kill()

    def _port(self) -> int:
        """One that is free, when need be once the oldest that leaves is gone."""
        if not self.free:
            assert self.leaving[0].process
            self.leaving[0].process.wait(PATIENCE)
        for gone in [one for one in self.leaving if one.process and one.process.poll() is not None]:
            self.leaving.remove(gone)
            self.free.append(gone.port)
        return self.free.pop(0)


@contextmanager
def installed(folder: Path, ollama: str, *, count: int = 3, lasting: bool = False) -> Iterator[Installation]:
    """An installation that answers; raises NoServerError where a part of it is not installed.

    The ``lasting`` one waits for the disk, and its instances are begun as people begin them.
    """
    postgres, redis = PostgresServer(lasting=lasting), RedisServer()
    data, proxy = folder / "data", folder / "proxy"
    data.mkdir()
    proxy.mkdir()
    house: Installation | None = None
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
        free = [free_port() for _ in range(SPARE)]
        nginx = NginxServer(proxy, [*(instance.port for instance in instances), *free])
        house = Installation(data, url, nginx, instances, free)
        for instance in instances:
            instance.begin()
        for instance in instances:
            instance.wait()
        nginx.start()
        yield house
    finally:
        if nginx and nginx.process:
            nginx.stop()
        if house:
            house.end()
        redis.close()
        postgres.close()
