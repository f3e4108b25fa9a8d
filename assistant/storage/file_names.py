"""Names of files that Windows, macOS and Linux all take."""

import re
import unicodedata
from urllib.parse import quote

from assistant.storage.text import fold_case

LONGEST = 180  # bytes, so that a number and an ending still fit into the 255 of most file systems
REFUSED = re.compile(r'[<>:"/\\|?*\x00-\x1f]+')
UNSEEN = {"Cc", "Cf", "Cs", "Cn", "Co", "Zl", "Zp"}
RESERVED = re.compile(r"(?:con|prn|aux|nul|com[0-9¹²³]|lpt[0-9¹²³])(?:\..*)?", re.IGNORECASE)
UNLINKABLE = re.compile(r"[^a-z0-9]+")


def safe(title: str) -> str:
    """A name for a file about this, without an ending; never empty."""
    name = REFUSED.sub(" ", unicodedata.normalize("NFC", title))
    name = " ".join("".join(c for c in name if unicodedata.category(c) not in UNSEEN).split())
    name = name.encode()[:LONGEST].decode(errors="ignore").strip(" .")
    if not name:
        return "Untitled"
    return f"_{name}" if RESERVED.fullmatch(name) else name


def as_file(name: str) -> dict[str, str]:
    """The head of an answer that the browser keeps as a file of this name."""
    return {"Content-Disposition": f"attachment; filename*=UTF-8''{quote(name, safe='')}"}


def linkable(name: str) -> str:
    """The name without its ending, in letters that need no escape in an address; never empty."""
    plain = unicodedata.normalize("NFKD", name.rsplit(".", 1)[0]).encode("ascii", "ignore").decode().lower()
    return UNLINKABLE.sub("-", plain).strip("-")[:40].rstrip("-") or "picture"


class Names:
    """The names that are taken in one folder, as a file system compares them that ignores case."""

    def __init__(self) -> None:
        self._taken: set[str] = set()

    def take(self, name: str, ending: str) -> str:
        """The name with its ending, and a number where another file has it already."""
        free, number = f"{name}{ending}", 1
        while (key := fold_case(free)) in self._taken:
            number += 1
            free = f"{name} ({number}){ending}"
        self._taken.add(key)
        return free
