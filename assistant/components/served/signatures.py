"""What NiceGUI works out anew for each element, remembered."""

from collections.abc import Callable
from typing import Any

from nicegui import helpers


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
