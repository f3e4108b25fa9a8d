"""The box in which one searches: what is typed stays the browser's, results come as one types."""

from nicegui.element import Element


class SearchBox(Element, component="searchbox.js"):
    """The box; its event ``words`` carries what is typed, at most 1,000 characters."""

    def __init__(self, words: str, label: str) -> None:
        """``words`` are there from the start; ``label`` says what is searched."""
        super().__init__()
        self._props["words"] = words[:1000]
        self._props["label"] = label
