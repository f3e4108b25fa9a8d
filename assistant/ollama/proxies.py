"""Whether Ollama is asked through a proxy: those at home never are, others by the rules of ``no_proxy``."""

import os
import re
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from ipaddress import ip_address, ip_network
from urllib.request import getproxies

import httpx

from assistant.addresses import Address, without_credentials

AT_HOME = (".localhost", ".local", ".lan", ".internal", ".home.arpa")
USABLE = ("http", "https")
HIDDEN = re.compile(r"\w+_proxy|OLLAMA_\w+|SSL_CERT_(FILE|DIR)", re.IGNORECASE)
PORT = re.compile(r"(.+?):(\d+)")  # of an entry of no_proxy; an IPv6 address stands in brackets then


@dataclass(frozen=True, slots=True)
class Route:
    """How Ollama is reached: through ``proxy``, or directly where it is empty; ``why`` says why for ``doctor``.

    ``usable`` is False where the environment wants a proxy of a kind that we do not speak.
    """

    proxy: str = ""
    why: str = ""
    usable: bool = True

    @property
    def shown(self) -> str:
        """The proxy without its credentials."""
        return without_credentials(self.proxy)


def route(address: Address) -> Route:
    """The way to the address that the environment asks for."""
    found = getproxies()
    proxy = found.get(address.scheme) or found.get("all") or ""
    if not proxy:
        return Route()
    if is_at_home(address.host):
        return Route(why="without the proxy, as it is in your home")
    if _is_excepted(address, found.get("no", "")):
        return Route(why="without the proxy, as no_proxy says")
    proxy = proxy if "://" in proxy else f"http://{proxy}"
    return Route(proxy, usable=_is_usable(proxy))


def is_at_home(host: str) -> bool:
    """Whether the host is this machine or one in the same home, which no proxy outside could reach."""
    name = host.lower().rstrip(".")
    try:
        return not ip_address(name.partition("%")[0]).is_global
    except ValueError:
        return "." not in name or name.endswith(AT_HOME)


@contextmanager
def bare_environment() -> Iterator[None]:
    """Hides what the environment says of proxies, certificates and Ollama from whoever would read it."""
    hidden = {name: value for name, value in os.environ.items() if HIDDEN.fullmatch(name)}
    for name in hidden:
        del os.environ[name]
    try:
        yield
    finally:
        os.environ.update(hidden)


def _is_usable(proxy: str) -> bool:
    try:
        return httpx.Proxy(proxy).url.scheme in USABLE
    except (ValueError, httpx.InvalidURL):
        return False


def _is_excepted(address: Address, exceptions: str) -> bool:
    return any(_fits(address, entry.lower()) for entry in re.split(r"[\s,]+", exceptions) if entry)


def _fits(address: Address, entry: str) -> bool:
    """Whether an entry of ``no_proxy`` means the host: ``*``, a name and all below it, an address, a network."""
    if entry == "*":
        return True
    host = address.host.lower().rstrip(".")
    try:
        return ip_address(host) in ip_network(entry.strip("[]"), strict=False)
    except ValueError:
        pass
    with_port = PORT.fullmatch(entry) if entry.startswith("[") or entry.count(":") == 1 else None
    if with_port and int(with_port[2]) != address.port:
        return False
    name = (with_port[1] if with_port else entry).strip("[]").removeprefix("*").strip(".")
    return host == name or host.endswith(f".{name}")
