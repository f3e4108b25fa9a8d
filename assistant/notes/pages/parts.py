"""The parts of which the pages are made; they ask the HTTP API for what they show."""

from typing import Any

from nicegui.element import Element

from assistant.components.icons import svg

LIST_ICONS = ("plus", "pin", "close", "rows", "grid")
PLACE_ICONS = ("notes", "archive", "trash", "tag", "edit")


class NoteList(Element, component="notelist.js"):
    """Notes to search, filter, choose and open; ``start`` holds ``q``, ``where`` and ``tag``."""

    def __init__(self, *, zone: str, start: dict[str, str], current: int = 0, compact: bool = False) -> None:
        """``zone`` is where times show; ``compact`` is the list beside an open note."""
        super().__init__()
        self.classes("notelist-host")
        _give(self, zone=zone, start=start, current=current, compact=compact, icons=_icons(LIST_ICONS))

    def changed(self) -> None:
        """Makes the list look again."""
        self.run_method("changed")

    def open_note(self, note: int) -> None:
        """Marks the note that is open."""
        self._props["current"] = note
        self.update()


class Places(Element, component="places.js"):
    """All notes, archive, trash and the tree of tags."""

    def __init__(self) -> None:
        """Its places are shown by the list of the same page."""
        super().__init__()
        self.classes("places-host")
        _give(self, icons=_icons(PLACE_ICONS))

    def changed(self) -> None:
        """Makes the counts and tags look again."""
        self.run_method("changed")


class ImportForm(Element, component="importer.js"):
    """Files to choose, what they would bring, how far it is, and what came of it."""

    def __init__(self) -> None:
        """It asks the HTTP API for everything."""
        super().__init__()
        self.classes("import-host")


def _give(element: Element, **props: Any) -> None:
    for name, value in props.items():
        element._props[name] = value  # noqa: SLF001 - props of any type, as NiceGUI's own elements set them


def _icons(names: tuple[str, ...]) -> dict[str, str]:
    return {name: svg(name) for name in names}
