"""Text as both databases can keep it."""

from assistant.text import mend_surrogates


def clean(text: str) -> str:
    """The text as it can be stored: one kind of line end, no NUL, no half characters."""
    return mend_surrogates(text).replace("\x00", "").replace("\r\n", "\n").replace("\r", "\n")
