"""Tells a user's open pages that something changed; a listener reads the rows itself."""

from collections import defaultdict
from collections.abc import Callable, Collection, Iterable
from dataclasses import dataclass, field

EVERYONE = 0
EVERYTHING = "everything"  # the topic when nobody knows what changed: some of it was not heard


@dataclass(frozen=True, slots=True)
class Change:
    """Something of one user changed: ``topic`` names the kind, ``id`` the row (0: several).

    ``here`` says that it was changed in this process.
    """

    user: int
    topic: str
    id: int = 0
    here: bool = field(default=True, compare=False)

    def is_about(self, topics: Collection[str]) -> bool:
        """Whether it may be one of these topics."""
        return self.topic in topics or self.topic == EVERYTHING


Listener = Callable[[Change], None]


class Events:
    """Carries changes to the listeners of the same user, in order; ``outward`` takes them to other processes."""

    def __init__(self) -> None:
        self._listeners: dict[int, list[Listener]] = defaultdict(list)
        self.outward: Callable[[Iterable[Change]], None] | None = None
        # Hear the seconds from when a change was heard here until a page that follows it has shown it.
        self.observers: list[Callable[[float], None]] = []

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
        """Hands ``change`` to everyone who listens in this process; call it on the event loop."""
        for key in {change.user, EVERYONE}:
            for listener in tuple(self._listeners.get(key, ())):
                listener(change)

    def spread(self, changes: Collection[Change]) -> None:
        """Publishes changes of rows here, and wherever else the database is served."""
        for change in changes:
            self.publish(change)
        if self.outward is not None and changes:
            self.outward(changes)

    def everything(self) -> None:
        """Makes all who listen look again."""
        for user, listeners in tuple(self._listeners.items()):
            for listener in tuple(listeners):
                listener(Change(user, EVERYTHING, here=False))
