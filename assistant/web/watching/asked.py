"""What is known of the request in which something happens: its id, who asks, and which route answers.

Whatever begins in a request inherits it: the work of a database thread, an answer that is written, and what a page
does over its socket, which is one long request.
"""

from contextvars import ContextVar, Token
from dataclasses import dataclass

SOCKET = "SOCKET"  # stands for the method of what speaks on a socket
NO_STATUS = 0  # of a request that was never answered


@dataclass(slots=True)
class Asked:
    """One request; ``route`` is the template of its address, in which nothing of anybody stands."""

    id: str
    method: str
    person: int | None = None
    route: str = ""
    status: int = NO_STATUS


_current: ContextVar[Asked | None] = ContextVar("asked", default=None)


def current() -> Asked | None:
    """The request in which this happens; None outside of any."""
    return _current.get()


def begin(asked: Asked) -> Token[Asked | None]:
    """Makes it the current one; ``end`` takes what this returns."""
    return _current.set(asked)


def end(token: Token[Asked | None]) -> None:
    """Makes it the current one no more."""
    _current.reset(token)


def by(person: int) -> None:
    """Notes who asks."""
    if asked := _current.get():
        asked.person = person


def at(route: str) -> None:
    """Notes the template of the address that answers."""
    if asked := _current.get():
        asked.route = route
