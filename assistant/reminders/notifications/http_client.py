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
from importlib import import_module
from ipaddress import IPv4Address, IPv6Address, ip_address, ip_network
from typing import TYPE_CHECKING, Any, Protocol, cast
from urllib.parse import urlsplit

from yarl import URL

from assistant.errors import AssistantError, Invalid
from assistant.storage.text import clean

# Few send anything: the library, 9 MB of memory, is loaded for the first request.
if TYPE_CHECKING:
    import aiohttp
    from aiohttp.abc import AbstractResolver, ResolveResult

LONGEST_ADDRESS = 2000  # characters
PRIVATE_NETWORKS = [
    ip_network(network)
    for network in (
        "10.0.0.0/8", "172.16.0.0/12", "192.168.0.0/16", "127.0.0.0/8", "100.64.0.0/10", "fc00::/7", "::1/128",
    )
]  # fmt: skip
# Where clouds keep their machines' secrets, and what Python takes for public but nobody can be reached at.
NEVER = [
    ip_network(network)
    for network in (
        "100.100.100.200/32", "168.63.129.16/32", "192.0.0.0/24", "192.88.99.0/24", "fd00:ec2::254/128",
        "fd20:ce::254/128", "2001::/23", "fec0::/10",
    )
]  # fmt: skip
ANYWHERE = ip_network("2000::/3")
TRANSLATED = ip_network("64:ff9b::/96")
HIDDEN = "This address leads into a private network. The owner of this installation can allow that in Settings."
FORBIDDEN = "This address cannot be used: it is not on the internet."


def parse_address(address: str, *, secure: bool = False) -> URL:
    """The address in its parts; raises Invalid (field address) for what cannot be one."""
    if len(address) > LONGEST_ADDRESS:
        raise Invalid("This address is too long.", field="address")
    try:
        url = URL(address)
        port = url.port
    except ValueError:
        raise Invalid("This is not an address. It begins with https://", field="address") from None
    if url.scheme not in {"http", "https"} or not url.host or not port or clean(address) != address:
        raise Invalid("This is not an address. It begins with https://", field="address")
    if secure and url.scheme != "https":
        raise Invalid("This address must begin with https://", field="address")
    named = "@" in urlsplit(address).netloc
    if named or url.fragment or any(sign.isspace() for sign in address):
        raise Invalid("Leave out names, passwords, spaces and # in this address.", field="address")
    return url


def refusal(address: str, *, private_network: bool) -> str:
    """Why nothing is sent to this IP address, in a sentence; empty when it may be."""
    try:
        plain = _plain(ip_address(address))
    except ValueError:
        return FORBIDDEN
    if any(plain in network for network in NEVER) or plain.is_multicast:
        return FORBIDDEN
    if any(plain in network for network in PRIVATE_NETWORKS):
        return "" if private_network else HIDDEN
    outside = plain.is_global and (plain.version == 4 or plain in ANYWHERE)  # noqa: PLR2004 - IP's own number
    return "" if outside else FORBIDDEN


def _plain(address: IPv4Address | IPv6Address) -> IPv4Address | IPv6Address:
    """The address that is reached in the end, where an IPv6 address only wraps one of IPv4."""
    if isinstance(address, IPv4Address):
        return address
    inner = IPv4Address(int(address) & 0xFFFFFFFF) if address in TRANSLATED else None
    return inner or address.ipv4_mapped or address.sixtofour or address


CONNECTING, TOTAL = 5.0, 10.0  # seconds
THREADS = 16  # of their own, so that a name that nobody answers for holds up only names
LONGEST_WAIT = 1800  # seconds that an answer can ask us to wait
OKAY, MOVED, WRONG, BROKEN = 200, 300, 400, 500
AGAIN_LATER = {408, 425, 429}


class DeliveryError(AssistantError):
    """It did not arrive; ``again`` says whether another try makes sense, ``answered`` the status, 0 for no answer."""

    status = 502
    title = "Not sent"

    def __init__(self, sentence: str, *, again: bool, answered: int = 0, wait: float = 0) -> None:
        """``wait`` is how many seconds the other side asked us to wait."""
        super().__init__(sentence)
        self.again, self.answered, self.wait = again, answered, wait


@dataclass(frozen=True, slots=True)
class Request:
    """What is posted, and where."""

    address: str
    body: bytes
    headers: dict[str, str]


class Resolver(Protocol):
    """Says what names stand for."""

    async def resolve(
        self, host: str, port: int = 0, family: socket.AddressFamily = socket.AF_UNSPEC
    ) -> "list[ResolveResult]":
        """What the name stands for right now; raises OSError."""

    async def close(self) -> None:
        """Says nothing more."""


class ThreadedResolver:
    """The system's resolver, on threads of its own."""

    def __init__(self) -> None:
        """Threads come when they are needed."""
        self._pool = ThreadPoolExecutor(THREADS, thread_name_prefix="names")

    async def resolve(
        self, host: str, port: int = 0, family: socket.AddressFamily = socket.AF_UNSPEC
    ) -> "list[ResolveResult]":
        """What the name stands for right now."""
        loop = asyncio.get_running_loop()
        found = await loop.run_in_executor(
            self._pool, lambda: socket.getaddrinfo(host, port, family=family, type=socket.SOCK_STREAM)
        )
        return [
            {"hostname": host, "host": str(info[4][0]), "port": port, "family": info[0], "proto": info[2],
             "flags": socket.AI_NUMERICHOST | socket.AI_NUMERICSERV}
            for info in found
        ]  # fmt: skip

    async def close(self) -> None:
        """Lets the threads go."""
        self._pool.shutdown(wait=False, cancel_futures=True)


class HttpClient:
    """Sends requests, and refuses those that lead where they must not."""

    def __init__(self, resolver: Resolver | None = None) -> None:
        """``resolver`` says what names stand for; by default the system does."""
        self._resolver = resolver or ThreadedResolver()

    async def check(self, address: str, *, private_network: bool) -> None:
        """Raises Invalid (field address) unless the address could be sent to now."""
        url = parse_address(address)
        try:
            async with asyncio.timeout(CONNECTING):
                found = await self._resolver.resolve(url.raw_host or "", url.port or 0)
        except (OSError, TimeoutError, ValueError):
            raise Invalid(f"There is no address called {url.host}.", field="address") from None
        for one in found:
            refused = refusal(one["host"], private_network=private_network)
            if refused:
                raise Invalid(refused, field="address")

    async def send(self, request: Request, *, private_network: bool) -> None:
        """Posts the request; raises DeliveryError. Only with ``private_network``, this network is reached."""
        refused: list[str] = []
        aiohttp = await asyncio.to_thread(import_module, "aiohttp")
        try:
            async with (
                asyncio.timeout(TOTAL),
                self._session(_guard(refused, private_network=private_network)) as session,
            ):
                posted = session.post(
                    URL(request.address), data=request.body, headers=request.headers, allow_redirects=False
                )
                # The answer's text is not read: it would tell what stands inside of our network.
                async with posted as answer:
                    _judge(answer.status, answer.headers.get("Retry-After", ""))
        except TimeoutError:
            raise DeliveryError(f"It did not answer within {TOTAL:.0f} seconds.", again=True) from None
        except (aiohttp.ClientError, OSError, ValueError) as error:
            if refused:
                raise DeliveryError(refused[0], again=False) from None
            raise DeliveryError(_sentence(error), again=True) from None

    async def close(self) -> None:
        """Sends nothing more."""
        await self._resolver.close()

    def _session(self, guard: Callable[[Any], socket.socket]) -> "aiohttp.ClientSession":
        import aiohttp  # noqa: PLC0415

        # One a request: nothing that was once connected is used after the owner changed their mind.
        resolver = cast("AbstractResolver", self._resolver)
        connector = aiohttp.TCPConnector(resolver=resolver, socket_factory=guard, use_dns_cache=False)
        return aiohttp.ClientSession(
            connector=connector, trust_env=False, auto_decompress=False, cookie_jar=aiohttp.DummyCookieJar(),
            headers={"User-Agent": "Assistant"}, timeout=aiohttp.ClientTimeout(total=TOTAL, sock_connect=CONNECTING),
        )  # fmt: skip


def _guard(refused: list[str], *, private_network: bool) -> Callable[[Any], socket.socket]:
    def made(info: Any) -> socket.socket:
        family, kind, protocol, _, place = info
        reason = refusal(str(place[0]), private_network=private_network)
        if reason:
            refused.append(reason)
            raise OSError(reason)
        return socket.socket(family=family, type=kind, proto=protocol)

    return made


def _judge(status: int, wait: str) -> None:
    if OKAY <= status < MOVED:
        return
    if status < WRONG:
        raise DeliveryError("It answered with another address. Give that one instead.", again=False, answered=status)
    seconds = min(float(wait), LONGEST_WAIT) if wait.isdecimal() and wait.isascii() else 0
    again = status >= BROKEN or status in AGAIN_LATER
    raise DeliveryError(f"It answered with the error {status}.", again=again, answered=status, wait=seconds)


def _sentence(error: Exception) -> str:
    import aiohttp  # noqa: PLC0415

    if isinstance(error, aiohttp.ClientConnectorDNSError):
        return "There is no address of this name."
    if isinstance(error, aiohttp.ClientSSLError):
        return "Its certificate cannot be trusted."
    if isinstance(error, aiohttp.ClientConnectorError):
        return "Nobody listens there."
    return "It did not answer as a web server does."
