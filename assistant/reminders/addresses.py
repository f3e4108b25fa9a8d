"""Addresses outside: how they are written, and which of them may be reached."""

from ipaddress import IPv4Address, IPv6Address, ip_address, ip_network
from urllib.parse import urlsplit

from yarl import URL

from assistant.errors import Invalid

LONGEST = 2000  # characters
HOME = [
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


def read(address: str, *, secure: bool = False) -> URL:
    """The address in its parts; raises Invalid (field address) for what cannot be one."""
    if len(address) > LONGEST:
        raise Invalid("This address is too long.", field="address")
    try:
        url = URL(address)
        port = url.port
    except ValueError:
        raise Invalid("This is not an address. It begins with https://", field="address") from None
    if url.scheme not in {"http", "https"} or not url.host or not port:
        raise Invalid("This is not an address. It begins with https://", field="address")
    if secure and url.scheme != "https":
        raise Invalid("This address must begin with https://", field="address")
    named = "@" in urlsplit(address).netloc
    if named or url.fragment or any(sign.isspace() for sign in address):
        raise Invalid("Leave out names, passwords, spaces and # in this address.", field="address")
    return url


def refusal(address: str, *, home: bool) -> str:
    """Why nothing is sent to this IP address, in a sentence; empty when it may be."""
    try:
        plain = _plain(ip_address(address))
    except ValueError:
        return FORBIDDEN
    if any(plain in network for network in NEVER) or plain.is_multicast:
        return FORBIDDEN
    if any(plain in network for network in HOME):
        return "" if home else HIDDEN
    outside = plain.is_global and (plain.version == 4 or plain in ANYWHERE)  # noqa: PLR2004 - IP's own number
    return "" if outside else FORBIDDEN


def _plain(address: IPv4Address | IPv6Address) -> IPv4Address | IPv6Address:
    """The address that is reached in the end, where an IPv6 address only wraps one of IPv4."""
    if isinstance(address, IPv4Address):
        return address
    inner = IPv4Address(int(address) & 0xFFFFFFFF) if address in TRANSLATED else None
    return inner or address.ipv4_mapped or address.sixtofour or address
