"""Text as both databases can keep it."""


def clean(text: str) -> str:
    """The text as it can be stored: one kind of line end, no NUL, no half characters."""
    try:
        text.encode()
    except UnicodeEncodeError:
        text = text.encode("utf-16", "surrogatepass").decode("utf-16", "replace")
    return text.replace("\x00", "").replace("\r\n", "\n").replace("\r", "\n")
