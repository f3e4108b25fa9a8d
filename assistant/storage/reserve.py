"""Disk space that is held back, so that people can still log in, and free some, when the disk is full."""

import shutil
from contextlib import suppress
from pathlib import Path

SIZE = 1_000_000  # bytes: some dozens of small writes
ROOM = 10 * SIZE  # bytes that must be free before so much is held back


class Reserve:
    """A file that takes up space until it is needed."""

    def __init__(self, path: Path) -> None:
        """``path`` is where the file is, or will be."""
        self._path = path

    def keep(self) -> None:
        """Holds the space back from now on, where there is plenty; does nothing when it is held already."""
        with suppress(OSError):
            if self._path.exists() or shutil.disk_usage(self._path.parent).free < ROOM:
                return
            # Not a file with a hole, which would take up nothing.
            self._path.write_bytes(bytes(SIZE))
            self._path.chmod(0o600)

    def spend(self) -> bool:
        """Frees the space; whether there was any."""
        try:
            self._path.unlink()
        except OSError:
            return False
        return True
