"""Archives in an import to which a text leads: these are files of their notes, and are not opened."""

from collections.abc import Iterable
from urllib.parse import quote

TEXTS = {"md", "markdown", "mdown", "mkd", "txt", "text", "html", "htm", "xhtml"}


def zips(paths: Iterable[str], texts: Iterable[bytes]) -> set[str]:
    """Those of the paths whose names stand in one of the texts, as they are or as in an address."""
    signs: dict[str, list[bytes]] = {}
    for path in paths:
        name = path.rpartition("/")[2]
        signs[path] = [one.encode() for one in {name, quote(name), quote(name, safe="()!',~*&+")}]
    found: set[str] = set()
    for text in texts if signs else ():
        found |= {path for path, some in signs.items() if path not in found and any(one in text for one in some)}
    return found
