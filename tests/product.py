"""The running product, as a person has it: a process of its own with its own data folder."""

import asyncio
import socket
import ssl
import subprocess
import sys
import tempfile
import threading
import time
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import UTC, datetime
from functools import cache
from pathlib import Path

import httpx

from assistant.storage.database import Database
from assistant.users import accounts, models
from assistant.users.passwords import Passwords
from assistant.users.sessions import Sessions, cookie_name
from tests.forks import Command, Forked, Process, clean_environment

ROOT = Path(__file__).parent.parent
HOME = "assistant.local"
PASSWORD = "correct horse battery"
PATIENCE = 60.0  # seconds that a machine with five times its work may take
# Nobody here speaks TLS, and each client would read all authorities of the world first: 25 ms of processor.
NO_AUTHORITIES = ssl.SSLContext(ssl.PROTOCOL_TLS_CLIENT)


def free_port() -> int:
    """A port that nobody listens on."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


@dataclass
class Product:
    """One installation; it can be stopped, killed and started again on the same data.

    Its processes run ``python -m assistant``, or are ``forked`` from one that has loaded the product already.
    """

    data: Path
    ollama_host: str
    port: int = field(default_factory=free_port)
    process: Process | None = None
    settings: dict[str, str] = field(default_factory=dict)
    forked: bool = False

    @property
    def url(self) -> str:
        """Its address in a browser."""
        return f"http://localhost:{self.port}"

    @property
    def home(self) -> str:
        """Its address as another device at home has it: plain HTTP, which browsers do not trust as they do localhost.

        Only the tests' browser resolves the name, to this machine.
        """
        return f"http://{HOME}:{self.port}"

    @property
    def environment(self) -> dict[str, str]:
        """The process' environment, without what tests and developers set."""
        return clean_environment() | {
            "ASSISTANT_DATA": str(self.data),
            "ASSISTANT_PORT": str(self.port),
            "OLLAMA_HOST": self.ollama_host,
            "PYTHONPATH": str(ROOT),
            **self.settings,
        }

    def begin(self) -> None:
        """Starts it."""
        log = self.data / "log.txt"
        if self.forked:
            self.process = Forked(Command((), self.environment, self.data, log, log))
            return
        with log.open("ab") as words:
            command = [sys.executable, "-m", "assistant"]
            self.process = subprocess.Popen(command, env=self.environment, cwd=self.data, stdout=words, stderr=words)

    def start(self) -> "Product":
        """Starts it and waits until it answers."""
        self.begin()
        self.wait()
        return self

    def wait(self) -> None:
        """Waits until it answers."""
        until = time.monotonic() + PATIENCE
        while time.monotonic() < until:
            try:
                if httpx.get(f"{self.url}/healthz", timeout=PATIENCE, verify=NO_AUTHORITIES).status_code == 200:
                    return
            except httpx.HTTPError:
                time.sleep(0.02)
            assert self.process
            if self.process.poll() is not None:
                break
        raise AssertionError(self.log())

    def kill(self) -> None:
        """Ends it as a power cut would."""
        assert self.process
        self.process.kill()
        self.process.wait(PATIENCE)

    def stop(self) -> None:
        """Ends it as Ctrl+C does."""
        if self.process and self.process.poll() is None:
            self.process.terminate()
            self.process.wait(PATIENCE)

    def log(self) -> str:
        """What it printed."""
        return (self.data / "log.txt").read_text()

    def run(self, *arguments: str, typed: str = "") -> subprocess.CompletedProcess[str]:
        """Runs a command of the product on the same data."""
        if self.forked:
            return self._run_forked(arguments, typed)
        return subprocess.run(
            [sys.executable, "-m", "assistant", *arguments],
            env=self.environment,
            cwd=self.data,
            input=typed,
            capture_output=True,
            text=True,
            timeout=PATIENCE,
            check=False,
        )

    def _run_forked(self, arguments: tuple[str, ...], typed: str) -> subprocess.CompletedProcess[str]:
        with tempfile.TemporaryDirectory() as folder:
            out, err = Path(folder) / "out", Path(folder) / "err"
            status = Forked(Command(arguments, self.environment, self.data, out, err, typed)).wait(PATIENCE)
            return subprocess.CompletedProcess(arguments, status, out.read_text(), err.read_text())

    def client(self, **more: object) -> httpx.Client:
        """A browser's HTTP side: keeps cookies, says where its requests come from."""
        return httpx.Client(
            base_url=self.url,
            headers={"origin": self.url},
            timeout=PATIENCE,
            verify=NO_AUTHORITIES,
            **more,  # type: ignore[arg-type]
        )

    def person(self, name: str) -> httpx.Client:
        """A client with a session of ``name``, whose account is made when it is missing.

        Both are written beside the running product, as a command would: hashing a password for each would take longer
        than most tests.
        """
        client = self.client()
        # With the domain that a cookie from localhost gets, so that what the product sets takes its place.
        client.cookies.set(cookie_name(secure=False), self._session(name), domain="localhost.local")
        return client

    def _session(self, name: str) -> str:
        async def begin(database: Database) -> str:
            user = await database.run(_account, name)
            return await Sessions(database, clock=_now).begin(user, "a test")

        database = Database(f"sqlite:///{self.data / 'assistant.db'}")
        # A test may have the tables in a database of its own, and a browser's loop in this thread.
        with database.peewee.bind_ctx(models.ALL):
            token = _elsewhere(lambda: asyncio.run(begin(database)))
            database.close()
        return token


def _account(name: str) -> int:
    found = accounts.find(name)
    made = found or accounts.add(name, _hash(), now=_now(), owner=accounts.empty())
    return int(made.id)


@cache
def _hash() -> str:
    passwords = Passwords()
    try:
        return passwords.hash_here(PASSWORD)
    finally:
        passwords.close()


def _now() -> datetime:
    return datetime.now(UTC)


def _elsewhere(function: Callable[[], str]) -> str:
    """The result of ``function``, run in a thread of its own."""
    found: list[str] = []
    thread = threading.Thread(target=lambda: found.append(function()))
    thread.start()
    thread.join()
    return found[0]
