"""Calendar files on their way from the browser to the page that asked for them."""

import secrets
from dataclasses import dataclass

from assistant.errors import NotFound

MOST = 4  # files that wait for their page at once; they wait for moments only


@dataclass(frozen=True, slots=True)
class _Waiting:
    user: int
    data: bytes


class Uploads:
    """Files in memory, each until its page takes it or too many others came."""

    def __init__(self) -> None:
        """There are none."""
        self._waiting: dict[str, _Waiting] = {}

    def put(self, user: int, data: bytes) -> str:
        """The name under which the user can take the file, once."""
        while len(self._waiting) >= MOST:
            del self._waiting[next(iter(self._waiting))]
        name = secrets.token_urlsafe(16)
        self._waiting[name] = _Waiting(user, data)
        return name

    def take(self, user: int, name: str) -> bytes:
        """The file, which is here no more; NotFound when it never was, was taken, or is someone else's."""
        found = self._waiting.get(name)
        if found is None or found.user != user:
            raise NotFound("This file is gone. Choose it again.")
        return self._waiting.pop(name).data
