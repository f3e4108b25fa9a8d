"""Where a list goes on: opaque to programs, read before anything is asked of the database."""

from base64 import urlsafe_b64decode, urlsafe_b64encode

from assistant.errors import NotFound

LONGEST = 2000  # characters


class UnknownPiece(NotFound):
    """There is no such place in the list."""

    def __init__(self) -> None:
        super().__init__("This place in the list does not exist. Begin without `after`.", field="after")


def told(place: str | None) -> str | None:
    """The place as programs get it."""
    return None if place is None else urlsafe_b64encode(place.encode()).decode().rstrip("=")


def read(cursor: str | None) -> str | None:
    """The place that a program sent back; raises UnknownPiece for what was never one."""
    if cursor is None:
        return None
    try:
        # The decoder passes over what is no letter of it.
        place = urlsafe_b64decode(cursor + "=" * (-len(cursor) % 4)).decode()
    except ValueError:
        raise UnknownPiece from None
    if not place or len(cursor) > LONGEST or told(place) != cursor:
        raise UnknownPiece
    return place
