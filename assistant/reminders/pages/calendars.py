"""The part of a page about other calendars: their address, their files."""

from nicegui.element import Element


class Calendars(Element, component="calendars.js"):
    """The address for calendars, the export and the import; it asks the HTTP API for everything."""

    def __init__(self, *, zone: str) -> None:
        """``zone`` is where times show."""
        super().__init__()
        self.classes("calendars-host")
        self._props["zone"] = zone
