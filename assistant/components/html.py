"""Elements whose inside is HTML that was made on the server."""

from nicegui.element import Element


class Html(Element):
    """An element of the page with HTML of ours inside, which is shown as it is: what others wrote is escaped by then.

    The browser gets it as a property of the element itself; NiceGUI's own would be a component of Vue for each.
    """

    def __init__(self, content: str = "", *, tag: str = "div") -> None:
        """Draws it."""
        super().__init__(tag)
        self._props["innerHTML"] = str(content)

    @property
    def content(self) -> str:
        """What is inside."""
        return str(self._props["innerHTML"])

    def set_content(self, content: str) -> None:
        """Shows other HTML inside."""
        if content != self.content:
            self._props["innerHTML"] = str(content)
            self.update()
