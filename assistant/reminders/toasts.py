"""Tells a person's open pages that something rings, or no longer does."""

from collections.abc import Iterable

from nicegui import Client

CHANGED = "dispatchEvent(new CustomEvent('reminders:changed'))"


def tell(users: Iterable[int]) -> None:
    """Makes every open page of these users look at what rings; call it on the event loop."""
    wanted = set(users)
    for client in list(Client.instances.values()):
        asking = getattr(client.request.state, "asking", None) if client.request else None
        if asking and asking.user in wanted and client.has_socket_connection:
            client.run_javascript(CHANGED)
