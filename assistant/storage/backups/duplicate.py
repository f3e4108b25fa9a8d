"""Copies a file, makes it last, and prints what came of it: a program, for a process of its own.

A process that opens and closes a file loses all locks that it has on it, and SQLite's are such locks: so whoever has
the database open must not copy its file.

It prints lines: the bytes that are copied so far, ``copied`` once they all are, and at last the copy's SHA-256; or
``failed`` and the number of the failure.
"""

import errno
import hashlib
import os
import sys
import threading

PIECE = 32 << 20  # bytes between two looks at the progress
READ = 1 << 20
NOT_HERE = {errno.EXDEV, errno.EINVAL, errno.ENOSYS, errno.EOPNOTSUPP, errno.EPERM}  # the system copies by itself


class Sum(threading.Thread):
    """Adds up the copy behind the one who writes it, as long as it is in memory."""

    def __init__(self, copy: int) -> None:
        """``copy`` is its file."""
        super().__init__()
        self._copy, self._there, self._whole = copy, 0, False
        self._changed = threading.Condition()
        self._sum = hashlib.sha256()

    def tell(self, there: int, *, whole: bool = False) -> None:
        """So many bytes are there."""
        with self._changed:
            self._there, self._whole = there, whole
            self._changed.notify()

    def run(self) -> None:
        """Until it is whole."""
        buffer = memoryview(bytearray(READ))
        done = 0
        while True:
            with self._changed:
                while self._there == done and not self._whole:
                    self._changed.wait()
                there = self._there
            if done == there:
                return
            while done < there:
                count = os.preadv(self._copy, [buffer[: there - done]], done)
                self._sum.update(buffer[:count])
                done += count

    def finished(self) -> str:
        """The sum, once it is there."""
        self.join()
        return self._sum.hexdigest()


def copy(source: int, target: int) -> str:
    """The SHA-256 of the copy."""
    size, done, by_system = os.fstat(source).st_size, 0, hasattr(os, "copy_file_range")
    behind = Sum(target)
    behind.start()
    try:
        while done < size:
            most = min(PIECE, size - done)
            if by_system:
                try:
                    count = os.copy_file_range(source, target, most, done, done)
                except OSError as error:
                    if error.errno not in NOT_HERE:
                        raise
                    by_system = False
                    continue
            else:
                count = os.pwrite(target, os.pread(source, min(READ, most), done), done)
            if not count:
                raise OSError(errno.EIO, "the file became shorter")
            done += count
            behind.tell(done)
            say(str(done))
    finally:
        behind.tell(done, whole=True)
    say("copied")
    os.fsync(target)
    return behind.finished()


def say(line: str) -> None:
    """Tells whoever started it."""
    sys.stdout.write(f"{line}\n")
    sys.stdout.flush()


def main(source: str, target: str) -> int:
    """The status with which it ends."""
    try:
        say(copy(os.open(source, os.O_RDONLY), os.open(target, os.O_RDWR | os.O_TRUNC)))
    except OSError as error:
        say(f"failed {error.errno}")
        return 1
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1], sys.argv[2]))
