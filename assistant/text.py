"""Text as every part of this can carry it, and the numbers of rows in it."""

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
