"""The running product, as a person has it: a process of its own with its own data folder."""

import random
import socket
import ssl
import subprocess
import sys
import tempfile
import time
from contextlib import suppress
from dataclasses import dataclass, field
from pathlib import Path

import httpx

from tests.forks import Command, Forked, Process, clean_environment
from tests.person import Person

ROOT = Path(__file__).parent.parent
HOME = "assistant.local"
PORTS = range(11_000, 30_000)
PATIENCE = 60.0  # seconds that a machine with five times its work may take
# Nobody here speaks TLS, and each client would read all authorities of the world first: 25 ms of processor.
NO_AUTHORITIES = ssl.SSLContext(ssl.PROTOCOL_TLS_CLIENT)


def free_port() -> int:
    """A port that nobody listens on, below those that connections are given: it stays free while nothing runs on it."""
    for port in random.SystemRandom().sample(PORTS, len(PORTS)):
        with socket.socket() as probe, suppress(OSError):
            probe.bind(("127.0.0.1", port))
            return port
    raise AssertionError("no port is free")


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

    def begin(self, *arguments: str) -> None:
        """Starts it, or begins a command of it."""
        log = self.data / "log.txt"
        if self.forked:
            self.process = Forked(Command(arguments, self.environment, self.data, log, log))
            return
        with log.open("ab") as words:
            command = [sys.executable, "-m", "assistant", *arguments]
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

    def person(self, name: str) -> Person:
        """Somebody of that name with a session, whose account is made when it is missing."""
        database = self.settings.get("ASSISTANT_DATABASE_URL") or f"sqlite:///{self.data / 'assistant.db'}"
        return Person(self.url, database, name, timeout=PATIENCE, verify=NO_AUTHORITIES)
