"""The one door outward: what people gave as addresses is sent to, and nothing else is reached through it.

Whoever may name an address could make this server talk to what only the server can reach. So each
address is judged when the socket to it is made: neither another DNS answer nor another way to
write it gets past that.
"""

import asyncio
import socket
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from typing import Any

import aiohttp
from aiohttp.abc import AbstractResolver, ResolveResult
from yarl import URL

from assistant.errors import AssistantError, Invalid
from assistant.reminders.addresses import read, refusal

CONNECTING, TOTAL = 5.0, 10.0  # seconds
THREADS = 16  # of their own, so that a name that nobody answers for holds up only names
LONGEST_WAIT = 1800  # seconds that an answer can ask us to wait
OKAY, MOVED, WRONG, BROKEN = 200, 300, 400, 500
AGAIN_LATER = {408, 425, 429}


class Unsent(AssistantError):  # noqa: N818 - read as a sentence, like its siblings
    """It did not arrive; ``again`` says whether another try makes sense, ``answered`` the status, 0 for no answer."""

    status = 502
    title = "Not sent"

    def __init__(self, sentence: str, *, again: bool, answered: int = 0, wait: float = 0) -> None:
        """``wait`` is how many seconds the other side asked us to wait."""
        super().__init__(sentence)
        self.again, self.answered, self.wait = again, answered, wait


@dataclass(frozen=True, slots=True)
class Letter:
    """What is posted, and where."""

    address: str
    body: bytes
    headers: dict[str, str]


class Names(AbstractResolver):
    """The system's resolver, on threads of its own."""

    def __init__(self) -> None:
        """Threads come when they are needed."""
        self._pool = ThreadPoolExecutor(THREADS, thread_name_prefix="names")

    async def resolve(
        self, host: str, port: int = 0, family: socket.AddressFamily = socket.AF_UNSPEC
    ) -> list[ResolveResult]:
        """What the name stands for right now."""
        loop = asyncio.get_running_loop()
        found = await loop.run_in_executor(
            self._pool, lambda: socket.getaddrinfo(host, port, family=family, type=socket.SOCK_STREAM)
        )
        return [
            ResolveResult(hostname=host, host=str(info[4][0]), port=port, family=info[0], proto=info[2],
                          flags=socket.AI_NUMERICHOST | socket.AI_NUMERICSERV)
            for info in found
        ]  # fmt: skip

    async def close(self) -> None:
        """Lets the threads go."""
        self._pool.shutdown(wait=False, cancel_futures=True)


class Post:
    """Sends letters, and refuses those that lead where they must not."""

    def __init__(self, resolver: AbstractResolver | None = None) -> None:
        """``resolver`` says what names stand for; by default the system does."""
        self._resolver = resolver or Names()

    async def check(self, address: str, *, home: bool) -> None:
        """Raises Invalid (field address) unless the address could be sent to now."""
        url = read(address)
        try:
            async with asyncio.timeout(CONNECTING):
                found = await self._resolver.resolve(url.raw_host or "", url.port or 0)
        except (OSError, TimeoutError, ValueError):
            raise Invalid(f"There is no address called {url.host}.", field="address") from None
        for one in found:
            refused = refusal(one["host"], home=home)
            if refused:
                raise Invalid(refused, field="address")

    async def send(self, letter: Letter, *, home: bool) -> None:
        """Posts the letter; raises Unsent. Only with ``home``, addresses in this network are reached."""
        refused: list[str] = []
        try:
            async with asyncio.timeout(TOTAL), self._session(_guard(refused, home=home)) as session:
                posted = session.post(
                    URL(letter.address), data=letter.body, headers=letter.headers, allow_redirects=False
                )
                # The answer's text is not read: it would tell what stands inside of our network.
                async with posted as answer:
                    _judge(answer.status, answer.headers.get("Retry-After", ""))
        except TimeoutError:
            raise Unsent(f"It did not answer within {TOTAL:.0f} seconds.", again=True) from None
        except (aiohttp.ClientError, OSError, ValueError) as error:
            if refused:
                raise Unsent(refused[0], again=False) from None
            raise Unsent(_sentence(error), again=True) from None

    async def close(self) -> None:
        """Sends nothing more."""
        await self._resolver.close()

    def _session(self, guard: Callable[[Any], socket.socket]) -> aiohttp.ClientSession:
        # One a letter: nothing that was once connected is used after the owner changed their mind.
        connector = aiohttp.TCPConnector(resolver=self._resolver, socket_factory=guard, use_dns_cache=False)
        return aiohttp.ClientSession(
            connector=connector, trust_env=False, auto_decompress=False, cookie_jar=aiohttp.DummyCookieJar(),
            headers={"User-Agent": "Assistant"}, timeout=aiohttp.ClientTimeout(total=TOTAL, sock_connect=CONNECTING),
        )  # fmt: skip


def _guard(refused: list[str], *, home: bool) -> Callable[[Any], socket.socket]:
    def made(info: Any) -> socket.socket:
        family, kind, protocol, _, place = info
        reason = refusal(str(place[0]), home=home)
        if reason:
            refused.append(reason)
            raise OSError(reason)
        return socket.socket(family=family, type=kind, proto=protocol)

    return made


def _judge(status: int, wait: str) -> None:
    if OKAY <= status < MOVED:
        return
    if status < WRONG:
        raise Unsent("It answered with another address. Give that one instead.", again=False, answered=status)
    seconds = min(float(wait), LONGEST_WAIT) if wait.isdecimal() and wait.isascii() else 0
    again = status >= BROKEN or status in AGAIN_LATER
    raise Unsent(f"It answered with the error {status}.", again=again, answered=status, wait=seconds)


def _sentence(error: Exception) -> str:
    if isinstance(error, aiohttp.ClientConnectorDNSError):
        return "There is no address of this name."
    if isinstance(error, aiohttp.ClientSSLError):
        return "Its certificate cannot be trusted."
    if isinstance(error, aiohttp.ClientConnectorError):
        return "Nobody listens there."
    return "It did not answer as a web server does."
