"""A PostgreSQL server for tests, of its own and without waiting for the disk; it sorts letters as people do."""

import fcntl
import os
import pwd
import shutil
import subprocess
import tempfile
from contextlib import suppress
from pathlib import Path

ORDER = ("--encoding=UTF8", "--locale=C.UTF-8", "--locale-provider=icu", "--icu-locale=und")
SETTINGS = {
    "listen_addresses": "''", "fsync": "off", "full_page_writes": "off",
    "autovacuum": "off", "max_connections": "60", "shared_buffers": "64MB", "wal_level": "minimal",
    "max_wal_senders": "0",
}  # fmt: skip
LASTING = {**SETTINGS, "fsync": "on", "full_page_writes": "on", "autovacuum": "on", "shared_buffers": "128MB"}
PLACE = "postgres"  # file that tells where the shared server is


class NoServerError(Exception):
    """None can be started here; the message says why."""


class PostgresServer:
    """One server, in a folder of its own."""

    def __init__(self, folder: Path | None = None, *, lasting: bool = False) -> None:
        """Makes the folder, or takes that of a server that is there; raises NoServerError without PostgreSQL.

        A ``lasting`` one waits for the disk, as the world's do.
        """
        found = sorted(Path("/usr/lib/postgresql").glob("*/bin"), key=lambda path: int(path.parent.name))
        on_path = shutil.which("pg_ctl")
        if not on_path and not found:
            raise NoServerError("PostgreSQL is not installed")
        self._programs = found[-1] if found else Path(str(on_path)).resolve().parent
        # It refuses to run as root.
        self._owner = "postgres" if os.geteuid() == 0 else None
        self.folder = folder or Path(tempfile.mkdtemp(prefix="assistant-postgres-"))
        if folder is None:
            self._make(lasting=lasting)

    def _make(self, *, lasting: bool) -> None:
        if self._owner:
            owner = pwd.getpwnam(self._owner)
            os.chown(self.folder, owner.pw_uid, owner.pw_gid)
        self._run("initdb", "--auth=trust", "--username=postgres", "--no-sync", *ORDER, "-D", str(self._data))
        settings = LASTING if lasting else SETTINGS
        lines = [*settings.items(), ("unix_socket_directories", f"'{self.folder}'")]
        conf = self._data / "postgresql.conf"
        conf.write_text(conf.read_text() + "".join(f"{name} = {value}\n" for name, value in lines))

    @property
    def _data(self) -> Path:
        return self.folder / "data"

    def start(self) -> "PostgresServer":
        """Starts it and waits until it answers."""
        self._run("pg_ctl", "start", "-w", "-D", str(self._data), "-l", str(self.folder / "log.txt"))
        return self

    def stop(self, how: str = "immediate") -> None:
        """Ends it, at once as a power cut would, or ``fast`` as its owner does."""
        self._run("pg_ctl", "stop", "-w", "-m", how, "-D", str(self._data))

    def close(self) -> None:
        """Ends it and deletes all that it had."""
        with suppress(NoServerError):  # it was stopped already
            self.stop()
        shutil.rmtree(self.folder, ignore_errors=True)

    def url(self, name: str = "postgres") -> str:
        """The address of a database in it."""
        return f"postgresql://postgres@/{name}?host={self.folder}"

    def create(self, name: str, *options: str) -> str:
        """The address of a new, empty database."""
        self._run("createdb", "-h", str(self.folder), "-U", "postgres", *options, name)
        return self.url(name)

    def drop(self, name: str) -> None:
        """Deletes a database, whoever uses it."""
        self._run("dropdb", "-h", str(self.folder), "-U", "postgres", "--force", name)

    def _run(self, program: str, *arguments: str) -> None:
        environment = {"PATH": os.environ["PATH"], "LC_ALL": "C"}
        done = subprocess.run(
            [self._programs / program, *arguments], user=self._owner, cwd=self.folder, env=environment,
            stdout=subprocess.DEVNULL, stderr=subprocess.PIPE, text=True, check=False,
        )  # fmt: skip
        if done.returncode:
            raise NoServerError(f"{program}: {done.stderr.strip()}")


def shared(folder: Path) -> PostgresServer:
    """The server that the folder tells of; whoever comes first starts it."""
    place = folder / PLACE
    with (folder / f"{PLACE}.lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        if place.exists():
            return PostgresServer(Path(place.read_text()))
        server = PostgresServer().start()
        place.write_text(str(server.folder))
        return server


def end_shared(folder: Path) -> None:
    """Ends the server that the folder tells of, if it does."""
    place = folder / PLACE
    if place.exists():
        PostgresServer(Path(place.read_text())).close()
