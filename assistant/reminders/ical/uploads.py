"""Calendar files that were looked at, and wait until somebody says that they are to be brought in."""

import secrets
from dataclasses import dataclass

from assistant.errors import NotFound
from assistant.reminders.ical.importer import Plan

MOST = 4  # files that wait at once; they wait for moments only


@dataclass(frozen=True, slots=True)
class _Waiting:
    user: int
    data: bytes
    plan: Plan


class Uploads:
    """Files in memory, each until it is taken or too many others came."""

    def __init__(self) -> None:
        """There are none."""
        self._waiting: dict[str, _Waiting] = {}

    def put(self, user: int, data: bytes, plan: Plan) -> str:
        """The name under which the user can take the file, and what it would bring, once."""
        while len(self._waiting) >= MOST:
            del self._waiting[next(iter(self._waiting))]
        name = secrets.token_urlsafe(16)
        self._waiting[name] = _Waiting(user, data, plan)
        return name

    def take(self, user: int, name: str) -> tuple[bytes, Plan]:
        """The file, which is here no more, and its plan; NotFound when it is gone, or someone else's."""
        found = self._waiting.get(name)
        if found is None or found.user != user:
            raise NotFound("This file is gone. Choose it again.")
        del self._waiting[name]
        return found.data, found.plan
