"""The running product, as a person has it: a process of its own with its own data folder."""

import os
import signal
import socket
import subprocess
import sys
import time
from dataclasses import dataclass, field
from pathlib import Path

import httpx

ROOT = Path(__file__).parent.parent
HOME = "assistant.local"
PASSWORD = "correct horse battery"


def free_port() -> int:
    """A port that nobody listens on."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


@dataclass
class Product:
    """One installation; it can be stopped, killed and started again on the same data."""

    data: Path
    ollama_host: str
    port: int = field(default_factory=free_port)
    process: subprocess.Popen[bytes] | None = None
    settings: dict[str, str] = field(default_factory=dict)

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
        clean = {k: v for k, v in os.environ.items() if not k.startswith(("PYTEST_", "NICEGUI_", "ASSISTANT_"))}
        return clean | {
            "ASSISTANT_DATA": str(self.data),
            "ASSISTANT_PORT": str(self.port),
            "OLLAMA_HOST": self.ollama_host,
            "PYTHONPATH": str(ROOT),
            **self.settings,
        }

    def begin(self) -> None:
        """Starts it."""
        log = (self.data / "log.txt").open("ab")
        command = [sys.executable, "-m", "assistant"]
        self.process = subprocess.Popen(command, env=self.environment, cwd=self.data, stdout=log, stderr=log)
        log.close()

    def start(self) -> "Product":
        """Starts it and waits until it answers."""
        self.begin()
        self.wait()
        return self

    def wait(self) -> None:
        """Waits until it answers."""
        until = time.monotonic() + 20
        while time.monotonic() < until:
            try:
                if httpx.get(f"{self.url}/healthz", timeout=1).status_code == 200:
                    return
            except httpx.HTTPError:
                time.sleep(0.02)
        raise AssertionError(self.log())

    def kill(self) -> None:
        """Ends it as a power cut would."""
        assert self.process
        self.process.send_signal(signal.SIGKILL)
        self.process.wait(10)

    def stop(self) -> None:
        """Ends it as Ctrl+C does."""
        if self.process and self.process.poll() is None:
            self.process.terminate()
            self.process.wait(15)

    def log(self) -> str:
        """What it printed."""
        return (self.data / "log.txt").read_text()

    def run(self, *arguments: str, typed: str = "") -> subprocess.CompletedProcess[str]:
        """Runs a command of the product on the same data."""
        command = [sys.executable, "-m", "assistant", *arguments]
        return subprocess.run(
            command,
            env=self.environment,
            cwd=self.data,
            input=typed,
            capture_output=True,
            text=True,
            timeout=30,
            check=False,
        )

    def client(self, **more: object) -> httpx.Client:
        """A browser's HTTP side: keeps cookies, says where its requests come from."""
        return httpx.Client(base_url=self.url, headers={"origin": self.url}, timeout=15, **more)  # type: ignore[arg-type]

    def person(self, name: str) -> httpx.Client:
        """A client that is logged in as ``name``, whose account is made when it is missing."""
        client = self.client()
        if name == "anna" and "You will be the owner" in client.get("/register").text:
            answer = client.post("/register", data={"username": name, "password": PASSWORD})
            assert "recovery codes" in answer.text, answer.text
            return client
        self.run("user", "add", name, typed=f"{PASSWORD}\n")
        answer = client.post("/login", data={"username": name, "password": PASSWORD})
        assert answer.status_code == 303, answer.text
        return client
