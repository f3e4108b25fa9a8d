"""Text as every part of this can carry it."""


def mend_surrogates(text: str) -> str:
    """The text with ``�`` for each half of a surrogate pair, which neither the database nor a page can carry."""
    return text if text.isascii() else text.encode("utf-16", "surrogatepass").decode("utf-16", "replace")
