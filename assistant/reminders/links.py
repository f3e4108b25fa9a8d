"""What a reminder can lead to: a note or a message, which are other rooms' business."""

from collections.abc import Callable
from dataclasses import dataclass

from assistant.errors import NotFound


@dataclass(frozen=True, slots=True)
class Link:
    """A note or a message, as a person sees it and reaches it."""

    kind: str  # note, message
    id: int
    title: str
    address: str


# From user, kind and id; raises NotFound for what is gone or someone else's.
Find = Callable[[int, str, int], Link]


def found(find: Find, user: int, kind: str, id: int | None) -> Link | None:  # noqa: A002 - the row's own word
    """Where a reminder leads; None when it leads nowhere, or no longer."""
    try:
        return find(user, kind, id) if kind and id else None
    except NotFound:
        return None
