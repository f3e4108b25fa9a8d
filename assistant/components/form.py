"""A form that keeps what is typed in the browser until the server has stored it."""

from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass
from typing import Any

from nicegui import events
from nicegui.element import Element

Values = dict[str, Any]


@dataclass(frozen=True)
class Sent:
    """What was sent: the ``values`` by the names of their fields, under a ``key`` that makes it count once."""

    values: Values
    key: str


class KeptForm(Element, component="form.js"):
    """A form; the fields drawn inside belong to it by their ``name`` and carry no value of their own.

    Text fields have texts, check boxes true or false (several of one name: the list of those that are on).
    """

    def __init__(self, draft: str = "", values: Mapping[str, Any] | None = None, *, pause: int = 60) -> None:
        """``draft`` is where the browser keeps what is typed (empty: nowhere); ``values`` are there at first.

        ``pause`` is in milliseconds after a key, before ``on_change`` hears of it.
        """
        super().__init__()
        self._props["draft"] = draft
        self._props["values"] = dict(values or {})
        self._props["pause"] = pause
        self._heard: int | None = None  # the number of the last edit that was heard of

    def on_change(self, handler: Callable[[Values, str], Awaitable[None] | None]) -> "KeptForm":
        """Calls ``handler`` with all values and the name of the field that changed (empty: a draft came back)."""

        def heard(event: events.GenericEventArguments) -> Awaitable[None] | None:
            said = self._said(event)
            return handler(_values(said), str(said.get("name", "")))

        self.on("changed", heard)
        return self

    def on_done(self, handler: Callable[[Sent], Awaitable[None]]) -> "KeptForm":
        """Awaits ``handler`` when the form is sent; it answers by ``stored`` or ``refused``."""

        return self._hear("done", handler)

    def on_kept(self, handler: Callable[[Sent], Awaitable[None]]) -> "KeptForm":
        """Awaits ``handler`` with what was typed before the page was loaded.

        It may have been stored since, and nobody could say so: then ``stored`` answers.
        """
        return self._hear("kept", handler)

    def stored(self, key: str, *, draft: str | None = None) -> None:
        """What was sent under the key is safe: the form is empty again; ``draft`` is where its next words belong."""
        self.run_method("stored", key, draft)

    def refused(self, key: str) -> None:
        """What was sent under the key was not stored; it stays as it was typed."""
        self.run_method("refused", key)

    def fill(self, values: Mapping[str, Any] | None = None, *, over: bool = False) -> None:
        """Changes values in the browser; without any, all are as at first.

        What was typed there meanwhile stays, unless ``over`` says that the values know it already.
        """
        heard = None if over else self._heard
        self.run_method("fill", *((None,) if values is None else (dict(values), heard)))

    def turn(self, draft: str) -> None:
        """What is typed belongs to another place from now on, or what was kept there comes back."""
        self.run_method("turn", draft)

    def forget(self) -> None:
        """Nothing of this form is kept any more; for a form that is closed."""
        self.run_method("forget")

    def focus(self, name: str, *, all_selected: bool = False) -> None:
        """Puts the cursor into the field of that name, or selects all that is in it."""
        self.run_method("focus", name, all_selected)

    def _hear(self, name: str, handler: Callable[[Sent], Awaitable[None]]) -> "KeptForm":
        async def heard(event: events.GenericEventArguments) -> None:
            said = self._said(event)
            await handler(Sent(_values(said), str(said.get("key", ""))[:64]))

        self.on(name, heard)
        return self

    def _said(self, event: events.GenericEventArguments) -> dict[str, Any]:
        said: dict[str, Any] = event.args if isinstance(event.args, dict) else {}
        at = said.get("at")
        self._heard = at if isinstance(at, int) else None
        return said


def _values(said: dict[str, Any]) -> Values:
    values = said.get("values")
    return values if isinstance(values, dict) else {}
