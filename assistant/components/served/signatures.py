"""What NiceGUI works out anew for each element, remembered, and what it says of each, said in less."""

from collections.abc import Callable
from itertools import count
from typing import Any

from nicegui import helpers
from nicegui.event_listener import EventListener


def remember() -> None:
    """From now on each method is asked once whether it expects arguments.

    NiceGUI asks it three times an element, by reading the signature: a fifth of the time that drawing a page takes.
    """
    asked, known = helpers.expects_arguments, dict[Any, bool]()

    def expects_arguments(function: Callable[..., Any]) -> bool:
        method = getattr(function, "__func__", None)
        if method is None:
            return asked(function)
        if method not in known:
            known[method] = asked(function)
        return known[method]

    helpers.expects_arguments = expects_arguments  # type: ignore[assignment]


def number() -> None:
    """From now on what listens to an element has a number for a name.

    NiceGUI gives each a random one of 36 signs, which nothing packs: a tenth of what a page weighs.
    """
    numbers = count(1)

    def named(listener: EventListener) -> None:
        listener.id = str(next(numbers))

    EventListener.__post_init__ = named  # type: ignore[method-assign, assignment]
