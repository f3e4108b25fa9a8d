"""A Redis for tests, of its own: it keeps nothing and listens on a file only."""

import shutil
import subprocess
import tempfile
import time
from pathlib import Path

from tests.postgres_server import NoServerError

PATIENCE = 30.0  # seconds


class RedisServer:
    """One server, in a folder of its own."""

    def __init__(self) -> None:
        """Makes the folder; raises NoServerError without Redis."""
        program = shutil.which("redis-server")
        if program is None:
            raise NoServerError("Redis is not installed")
        self._program = program
        self.folder = Path(tempfile.mkdtemp(prefix="assistant-redis-"))
        self._process: subprocess.Popen[bytes] | None = None

    @property
    def url(self) -> str:
        """Its address."""
        return f"unix://{self._socket}"

    @property
    def _socket(self) -> Path:
        return self.folder / "redis.sock"

    def start(self) -> "RedisServer":
        """Starts it and waits until it answers."""
        command = [self._program, "--port", "0", "--unixsocket", str(self._socket), "--save", "", "--dir",
                   str(self.folder), "--logfile", str(self.folder / "log.txt")]  # fmt: skip
        self._process = subprocess.Popen(command)
        until = time.monotonic() + PATIENCE
        while not self._socket.exists():
            assert time.monotonic() < until, "Redis does not start"
            time.sleep(0.02)
        return self

    def stop(self) -> None:
        """Ends it at once."""
        if self._process is not None:
            self._process.kill()
            self._process.wait(PATIENCE)
            self._process = None
            self._socket.unlink(missing_ok=True)

    def close(self) -> None:
        """Ends it and deletes all that it had."""
        self.stop()
        shutil.rmtree(self.folder, ignore_errors=True)
