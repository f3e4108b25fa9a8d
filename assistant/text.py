"""Text as every part of this can carry it, the numbers of rows in it, and sizes in words."""

import re

ADDRESS = re.compile(r"(?:https?://|www\.)[^\s<>()\[\]\"'`]+", re.IGNORECASE)  # of the web, as it stands in texts
LARGEST = 2**63 - 1  # of the ids that both databases can hold and compare with
DIGITS = 19


def mend_surrogates(text: str) -> str:
    """The text with ``�`` for each half of a surrogate pair, which neither the database nor a page can carry."""
    try:
        text.encode()
    except UnicodeEncodeError:
        return text.encode("utf-16", "surrogatepass").decode("utf-16", "replace")
    return text


def row_number(text: object) -> int:
    """The id that a browser says; 0, which no row has, for what cannot be one."""
    digits = str(text)
    value = int(digits) if digits.isascii() and digits.isdigit() and len(digits) <= DIGITS else 0
    return value if value <= LARGEST else 0


def in_bytes(size: int) -> str:
    """The size as people read it."""
    for unit, least in (("GB", 10**9), ("MB", 10**6), ("kB", 10**3)):
        if size >= least:
            return f"{size / least:.1f} {unit}"
    return f"{size:,} bytes"
