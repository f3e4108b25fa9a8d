"""What an open page hears, for as long as it is open and its session lasts."""

from collections.abc import Callable

from nicegui import ui

from assistant.storage.events import Change, Events
from assistant.users.sessions import Asking, Sessions


def while_open(
    events: Events, sessions: Sessions, asking: Asking, listener: Callable[[Change], None], *, of: int | None = None
) -> None:
    """Calls ``listener``, in the page's own context, for changes of the person (or of ``of``) until the page ends."""
    client = ui.context.client

    def heard(change: Change) -> None:
        with client:
            listener(change)

    def ended() -> None:
        unsubscribe()
        unfollow()

    unsubscribe = events.subscribe(asking.user if of is None else of, heard)
    unfollow = sessions.follow(asking.session, ended)
    client.on_delete(ended)
