"""One process a data folder: two that serve the same one would undo each other's work, unless they know to share."""

import fcntl
import os
from pathlib import Path
from typing import TextIO

from assistant.errors import Conflict

NAME = "serving.lock"  # the schema has a lock of its own, beside the database


class FolderLock:
    """The right to serve a data folder; it ends with the process, however that ends."""

    def __init__(self, folder: Path, *, shared: bool = False) -> None:
        """Takes the right, ``shared`` with all that share it; raises Conflict with who has it.

        Raises OSError where the folder cannot be written.
        """
        folder.mkdir(parents=True, exist_ok=True)
        self._file: TextIO = (folder / NAME).open("a+", encoding="utf-8")
        try:
            fcntl.flock(self._file, (fcntl.LOCK_SH if shared else fcntl.LOCK_EX) | fcntl.LOCK_NB)
        except BlockingIOError:
            self._file.seek(0)
            holder = self._file.read(200).strip()
            self._file.close()
            by = f" ({holder})" if holder else ""
            raise Conflict(f"Another Assistant already runs on {folder}{by}. Stop it first.") from None

    def tell(self, words: str) -> None:
        """Writes into the folder who has the right, for the next one that asks."""
        self._file.seek(0)
        self._file.truncate()
        self._file.write(f"{words}, process {os.getpid()}\n")
        self._file.flush()

    def release(self) -> None:
        """Gives the right back."""
        self._file.close()
