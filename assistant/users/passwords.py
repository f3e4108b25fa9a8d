"""Passwords: what may be one, and Argon2id hashing that never crowds out the rest."""

import asyncio
import hashlib
import threading
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from functools import cache, partial
from typing import ParamSpec, TypeVar

from argon2 import PasswordHasher, Type
from argon2.exceptions import InvalidHashError, VerificationError

from assistant.errors import Busy, Invalid

P = ParamSpec("P")
T = TypeVar("T")

SHORTEST, LONGEST = 8, 128  # characters, NIST SP 800-63B section 3.1.1.2
COMMONEST = 10_000
AT_ONCE = 2  # each takes 64 MiB and one core for about 0.15 s
WAITING = 8


def digest_of(secret: str) -> bytes:
    """SHA-256 of a secret that chance has made, by which it is stored: nobody can guess it, so it may be quick."""
    return hashlib.sha256(secret.encode()).digest()


def check(password: str, *, field: str = "password") -> None:
    """Raises Invalid, with the field, for a password that is too short, too long or too common."""
    if len(password) < SHORTEST:
        raise Invalid(f"Use at least {SHORTEST} characters.", field=field)
    if len(password) > LONGEST:
        raise Invalid(f"Use at most {LONGEST} characters.", field=field)
    if password.casefold() in _commonest():
        raise Invalid("This is one of the 10,000 most used passwords. Choose another.", field=field)


class Passwords:
    """Hashes and verifies, at most two at once; a short queue, then Busy."""

    def __init__(self, *, memory_kib: int = 65536, passes: int = 3) -> None:
        """The defaults are Argon2id with 64 MiB, three passes, one lane."""
        self._hasher = PasswordHasher(time_cost=passes, memory_cost=memory_kib, parallelism=1, type=Type.ID)
        self._pool = ThreadPoolExecutor(AT_ONCE, thread_name_prefix="hash")
        self._lock = threading.Lock()
        self._waiting = 0
        self._nobody = ""

    async def hash(self, password: str) -> str:
        """The hash to keep; raises Busy when too many are waiting."""
        return await self._do(self._hasher.hash, password)

    async def verify(self, kept: str | None, password: str) -> bool:
        """Whether the password fits; takes as long when there is no account (``kept`` is None)."""
        return await self._do(self._fits, kept, password)

    def hash_here(self, password: str) -> str:
        """As ``hash``, on the calling thread: for the command line."""
        return self._hasher.hash(password)

    def outdated(self, kept: str) -> bool:
        """Whether the hash was made with other parameters than today's."""
        return self._hasher.check_needs_rehash(kept)

    def close(self) -> None:
        """Ends the threads."""
        self._pool.shutdown(wait=True)

    def _fits(self, kept: str | None, password: str) -> bool:
        if kept is None:
            with self._lock:
                self._nobody = self._nobody or self._hasher.hash("the password of nobody")
        try:
            self._hasher.verify(kept or self._nobody, password)
        except (VerificationError, InvalidHashError):
            return False
        return kept is not None

    async def _do(self, function: Callable[P, T], *args: P.args, **kwargs: P.kwargs) -> T:
        if self._waiting >= AT_ONCE + WAITING:
            raise Busy(
                "Too many people are logging in right now. Try again in a few seconds.",
                retry_after=3,
            )
        self._waiting += 1
        try:
            work = partial(function, *args, **kwargs)
            return await asyncio.get_running_loop().run_in_executor(self._pool, work)
        finally:
            self._waiting -= 1


@cache
def _commonest() -> frozenset[str]:
    # The list is half a megabyte of source: read only when somebody chooses a password.
    from zxcvbn.frequency_lists import FREQUENCY_LISTS  # noqa: PLC0415

    return frozenset(FREQUENCY_LISTS["passwords"][:COMMONEST])
