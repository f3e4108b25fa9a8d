"""Calendar files that were looked at, and wait until somebody says that they are to be brought in.

They lie in the folder that all instances share: whichever is asked next finds them, and so does one that was started
anew.
"""

import asyncio
import json
import re
import secrets
import time
from collections.abc import Iterator
from dataclasses import asdict
from datetime import timedelta
from pathlib import Path

from assistant.errors import NotFound
from assistant.reminders.ical.importer import Plan
from assistant.storage.database import DiskFull

MOST = 4  # files of one person that wait at once
KEPT = timedelta(hours=1)  # they wait for moments only
NAME = re.compile(r"[\w-]{22}", re.ASCII)
GONE = "This file is gone. Choose it again."


class Uploads:
    """Files, each with its plan, until it is taken, too many others of its person came, or it waited too long."""

    def __init__(self, folder: Path) -> None:
        """They lie below the data ``folder``, and so does what waited there before."""
        self._place = folder / "calendars"

    async def put(self, user: int, data: bytes, plan: Plan) -> str:
        """The name under which the user can take the file, and what it would bring, once. Raises DiskFull."""
        try:
            return await asyncio.to_thread(self._put, user, data, plan)
        except OSError as error:
            raise DiskFull("There is too little space for this file. Free some and try again.") from error

    async def take(self, user: int, name: str) -> tuple[bytes, Plan]:
        """The file, which is here no more, and its plan; NotFound when it is gone, or someone else's."""
        return await asyncio.to_thread(self._take, user, name)

    def tidy(self) -> None:
        """Deletes what nobody took in time."""
        for folder in self._place.iterdir() if self._place.exists() else ():
            for file in _oldest_first(folder):
                if time.time() - file.stat().st_mtime > KEPT.total_seconds():
                    file.unlink(missing_ok=True)

    def _put(self, user: int, data: bytes, plan: Plan) -> str:
        folder, name = self._place / str(user), secrets.token_urlsafe(16)
        folder.mkdir(parents=True, exist_ok=True, mode=0o700)
        for file in list(_oldest_first(folder))[: -(MOST - 1)]:
            file.unlink(missing_ok=True)
        coming = folder / f"{name}.part"
        coming.touch(mode=0o600)
        coming.write_bytes(json.dumps(asdict(plan)).encode() + b"\n" + data)
        coming.rename(folder / name)
        return name

    def _take(self, user: int, name: str) -> tuple[bytes, Plan]:
        if not NAME.fullmatch(name):
            raise NotFound(GONE)
        file = self._place / str(user) / name
        taken = file.with_suffix(".taken")
        try:
            file.rename(taken)  # of any number that ask at once, one has it
        except FileNotFoundError:
            raise NotFound(GONE) from None
        plan, _, data = taken.read_bytes().partition(b"\n")
        taken.unlink()
        return data, _plan(json.loads(plan))


def _oldest_first(folder: Path) -> Iterator[Path]:
    yield from sorted(folder.iterdir(), key=lambda file: file.stat().st_mtime)


def _plan(known: dict[str, list[list[str]]]) -> Plan:
    pairs = {name: [(what, why) for what, why in known[name]] for name in ("skipped", "remarks")}
    return Plan(**{**known, **pairs})  # type: ignore[arg-type]
