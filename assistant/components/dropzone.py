"""A place for files: dropped, pasted or chosen, they are sent over HTTP while the page hears how far it is."""

from collections.abc import Awaitable, Callable
from pathlib import Path
from typing import Any

from nicegui import events
from nicegui.element import Element

from assistant.components.served import leaves

Heard = Callable[[Any], Awaitable[None] | None]
UNLIMITED = 2**50  # bytes
NAME_LIMIT = 1000  # characters


TAG = leaves.in_frame(Path(__file__).with_name("dropzone.js"))


class Dropzone(Element):
    """Whatever is drawn inside takes files; each is posted as a body, or all ``together`` as fields called "file"."""

    def __init__(
        self, url: str, *, accept: str = "", multiple: bool = True, together: bool = False, pictures: bool = False,
        largest: int = UNLIMITED,
    ) -> None:  # fmt: skip
        """``url`` takes the files, with a file's name in place of ``{name}``.

        ``accept`` is as in HTML; ``largest`` is in bytes. With ``pictures`` files may be pasted too, and are sent again
        and again where there is no connection, until they have arrived or are cancelled.
        """
        super().__init__(TAG)
        self._props.update(url=url, together=together, pictures=pictures, largest=largest)
        with self:
            Element("input").props.update(type="file", hidden=True, accept=accept, multiple=multiple)

    def on_picked(self, handler: Heard) -> "Dropzone":
        """Calls ``handler`` with the list of files (``name``, ``size`` in bytes, ``type``) before they are sent."""
        return self._hear("picked", handler)

    def on_sent(self, handler: Heard) -> "Dropzone":
        """Calls ``handler`` with ``name``, ``loaded`` and ``total`` in bytes."""
        return self._hear("sent", handler)

    def on_answered(self, handler: Heard) -> "Dropzone":
        """Calls ``handler`` with ``name``, ``status`` and the JSON ``answer``."""
        return self._hear("answered", handler)

    def on_failed(self, handler: Heard) -> "Dropzone":
        """As on_answered, for what was refused; ``status`` is 0 without a connection, 413 for what is too large."""
        return self._hear("failed", handler)

    def choose(self, *, folder: bool = False) -> None:
        """Opens the browser's dialog to choose files, or a folder; works only right after a click."""
        self.run_method("choose", folder)

    def cancel(self) -> None:
        """Ends what is being sent."""
        self.run_method("cancel")

    def _hear(self, name: str, handler: Heard) -> "Dropzone":
        def heard(event: events.GenericEventArguments) -> Awaitable[None] | None:
            told = event.args
            if name == "picked":
                return handler([_file(one) for one in told] if isinstance(told, list) else [])
            return handler(_file(told)) if isinstance(told, dict) else None

        self.on(name, heard)
        return self


def _file(told: Any) -> dict[str, Any]:
    """What a browser says of a file, which may be anything, in the types that it should have."""
    said: dict[str, Any] = told if isinstance(told, dict) else {}
    numbers = {name: said.get(name) for name in ("size", "loaded", "total", "status")}
    answer = said.get("answer")
    return {
        "name": str(said.get("name", ""))[:NAME_LIMIT], "type": str(said.get("type", ""))[:NAME_LIMIT],
        **{name: value if isinstance(value, int) else 0 for name, value in numbers.items()},
        "answer": answer if isinstance(answer, dict) else {},
    }  # fmt: skip
