"""Where a server is, as people write it: read once, shown without what is secret in it."""

import re
from contextlib import suppress
from dataclasses import dataclass, field
from ipaddress import ip_address
from urllib.parse import quote, unquote, urlsplit

OLLAMA_PORT = 11434
PORTS = {"": OLLAMA_PORT, "http": 80, "https": 443}  # as Ollama's own command reads OLLAMA_HOST
# One cannot connect to these: they are how people tell Ollama to listen everywhere.
EVERYWHERE = {"0.0.0.0": "127.0.0.1", "::": "::1"}  # noqa: S104
ENDPOINT = re.compile(r"/(?:api|v1)(?:/(?:tags|chat|generate|models|chat/completions|completions))?$")
FORMS = "must be host, host:port or http(s)://host:port, with user:password@ before it and a path behind it if needed"


@dataclass(frozen=True, slots=True)
class Address:
    """Where a server is and how it knows us; as text it is without the credentials."""

    scheme: str
    host: str
    port: int
    path: str = ""
    user: str = field(default="", repr=False)
    password: str = field(default="", repr=False)

    def __str__(self) -> str:
        return f"{self.scheme}://{self._place}"

    @property
    def whole(self) -> str:
        """The address with its credentials, as ``ollama_address`` reads it again."""
        if not self.user and not self.password:
            return str(self)
        return f"{self.scheme}://{quote(self.user, safe='')}:{quote(self.password, safe='')}@{self._place}"

    @property
    def _place(self) -> str:
        host = f"[{self.host}]" if ":" in self.host else self.host
        return f"{host}:{self.port}{self.path}"


def ollama_address(text: str) -> Address:
    """The address in ``text``, which may be anything that Ollama's own command takes for OLLAMA_HOST, and more.

    What people copy along is left out: ``/api`` or ``/v1`` at the end. Raises ValueError for what is no address.
    """
    scheme, rest = _split(text.strip())
    known, _, where = rest.rpartition("@")
    place, _, path = where.partition("/")
    if scheme not in PORTS or re.search(r"[\s?#\\]", where):
        raise ValueError(FORMS)
    host, port = _host_and_port(place, PORTS[scheme])
    user, _, password = known.partition(":")
    return Address(
        scheme or "http", host, port, ENDPOINT.sub("", f"/{path}".rstrip("/")), unquote(user), unquote(password)
    )


def without_credentials(text: str) -> str:
    """The address as it was typed, with ``…`` for what stands before its ``@``."""
    scheme, rest = _split(text)
    return f"{scheme}{'://' if scheme else ''}…@{rest.rpartition('@')[2]}" if "@" in rest else text


def _split(text: str) -> tuple[str, str]:
    scheme, found, rest = text.partition("://")
    return (scheme.lower() or "?", rest) if found else ("", text)


def _host_and_port(place: str, usual: int) -> tuple[str, int]:
    with suppress(ValueError):
        bare = str(ip_address(place.strip("[]")))  # an IPv6 address without brackets has colons of its own
        return EVERYWHERE.get(bare, bare), usual
    try:
        parts = urlsplit(f"//{place}")
        host, port = parts.hostname or "", parts.port
    except ValueError:
        raise ValueError(FORMS) from None
    if place.endswith(":") or port == 0 or not re.fullmatch(r"[\w.:-]*", host):
        raise ValueError(FORMS)
    return EVERYWHERE.get(host, host) or "127.0.0.1", port or usual
