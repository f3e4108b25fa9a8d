"""Proxies in front of us: whose word counts, and what they say of who asks."""

from collections.abc import Iterable, MutableMapping
from ipaddress import ip_address
from typing import Any

from starlette.datastructures import Headers

from assistant.config import Network

Scope = MutableMapping[str, Any]
HIDDEN = {b"x-forwarded-prefix", b"x-forwarded-host"}  # would enter the pages' addresses


class Proxies:
    """The proxies that are trusted."""

    def __init__(self, networks: Iterable[Network]) -> None:
        """Trusts who asks from these networks."""
        self._networks = tuple(networks)

    def trust(self, scope: Scope) -> bool:
        """Whether the request comes from one of them."""
        return bool(scope.get("client")) and self.are(scope["client"][0])

    def are(self, address: str) -> bool:
        """Whether one of them has the address."""
        if not self._networks:
            return False
        try:
            parsed = ip_address(address)
        except ValueError:
            return False
        return any(parsed in network for network in self._networks)

    def seen_through(self, scope: Scope) -> Scope:
        """The request as its sender made it: address and scheme are those that the nearest of them tells."""
        headers = Headers(scope=scope)
        scope = {**scope, "headers": [(name, value) for name, value in scope["headers"] if name not in HIDDEN]}
        if self.trust(scope):
            hops = _parts(headers, "x-forwarded-for")
            address = next((hop for hop in reversed(hops) if not self.are(hop)), None)
            if address:
                scope["client"] = (address, 0)
            # The last one is the nearest proxy's own word; some say wss for a websocket.
            if _parts(headers, "x-forwarded-proto")[-1:] in (["https"], ["wss"]):
                scope["scheme"] = "wss" if scope["type"] == "websocket" else "https"
        return scope


def _parts(headers: Headers, name: str) -> list[str]:
    """The values of all lines of a header that is a list, in their order."""
    return [part.strip().lower() for part in ",".join(headers.getlist(name)).split(",") if part.strip()]
