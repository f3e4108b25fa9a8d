"""Tells a person's open pages what rings, and that something no longer does."""

from nicegui import Client

CHANGED = "dispatchEvent(new CustomEvent('reminders:changed', {detail: %s}))"


def open_for(user: int) -> bool:
    """Whether the user has a page open."""
    return bool(_pages(user))


def publish(user: int, payload: str) -> None:
    """Hands each open page of the user what rings, as JSON; call it on the event loop."""
    for client in _pages(user):
        client.run_javascript(CHANGED % payload)


def _pages(user: int) -> list[Client]:
    found = []
    for client in list(Client.instances.values()):
        asking = getattr(client.request.state, "asking", None) if client.request else None
        if asking and asking.user == user and client.has_socket_connection:
            found.append(client)
    return found
