"""Tells a user's open pages that something changed; a listener reads the rows itself."""

from collections import defaultdict
from collections.abc import Callable
from dataclasses import dataclass

EVERYONE = 0


@dataclass(frozen=True, slots=True)
class Change:
    """Something of one user changed: ``topic`` names the kind, ``id`` the row (0: several)."""

    user: int
    topic: str
    id: int = 0


Listener = Callable[[Change], None]


class Events:
    """Carries changes to the listeners of the same user, inside one process, in order."""

    def __init__(self) -> None:
        self._listeners: dict[int, list[Listener]] = defaultdict(list)

    def subscribe(self, user: int, listener: Listener) -> Callable[[], None]:
        """Calls ``listener`` for each change of ``user`` (EVERYONE: of all); returns the way to stop."""
        self._listeners[user].append(listener)

        def unsubscribe() -> None:
            listeners = self._listeners.get(user, [])
            if listener in listeners:
                listeners.remove(listener)
            if not listeners:
                self._listeners.pop(user, None)

        return unsubscribe

    def publish(self, change: Change) -> None:
        """Hands ``change`` to everyone who listens; call it on the event loop."""
        for key in {change.user, EVERYONE}:
            for listener in tuple(self._listeners.get(key, ())):
                listener(change)
