"""Which names a browser may call us by: with a name of its own, another site could pass for us (DNS rebinding)."""

import re
import socket
from ipaddress import ip_address
from urllib.parse import urlsplit

from assistant.config import Config

# Names that nobody can register: RFC 6761, RFC 6762, RFC 8375, and .internal, reserved by ICANN in 2024.
HOME_ENDINGS = (".localhost", ".local", ".home.arpa", ".internal", ".lan")
HOST = re.compile(r"(\[[0-9a-f:.]+\]|[^\[\]:]+)(?::\d{1,5})?", re.ASCII | re.IGNORECASE)


class Hosts:
    """The names by which we may be called."""

    def __init__(self, config: Config) -> None:
        """Those of the configuration, and this machine's own."""
        public = urlsplit(config.public_url).hostname if config.public_url else None
        own = {socket.gethostname(), socket.getfqdn()}
        self._names = {name.lower().rstrip(".") for name in (*own, *config.allowed_hosts, public or "") if name}

    def know(self, header: str) -> bool:
        """Whether the Host header is an address, a name that only a home can have, or one of ours."""
        fits = HOST.fullmatch(header.strip())
        if not header or fits is None:
            return not header  # only programs send none; a browser always says it
        name = fits[1].lower().rstrip(".").strip("[]")
        try:
            ip_address(name)
        except ValueError:
            return "." not in name or name.endswith(HOME_ENDINGS) or name in self._names
        return True


def sentence(header: str) -> str:
    """What to do about a name that is not known."""
    name = "".join(c for c in header.split(":", maxsplit=1)[0][:100] if c.isalnum() or c in ".-")
    return (
        f"Assistant does not know itself as “{name}”. Open it by its IP address, or tell the person who runs it to set "
        f"ASSISTANT_ALLOWED_HOSTS={name} and start it again."
    )
