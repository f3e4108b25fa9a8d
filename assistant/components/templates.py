"""HTML with fields, filled again and again: every line of every list is."""

from markupsafe import Markup, escape


class Template:
    """HTML with fields in braces as ``str.format`` has them; what is put in is escaped unless it is HTML already.

    ``Markup.format`` says the same in three times the processor, for it looks each field up in Python.
    """

    def __init__(self, source: str) -> None:
        """``source`` is HTML; its fields are bare: no attributes of values, no widths."""
        self._fill = source.format

    def format(self, *values: object, **named: object) -> Markup:
        """The HTML with these values in its fields."""
        escaped = {name: escape(value) for name, value in named.items()}
        return Markup(self._fill(*map(escape, values), **escaped))  # noqa: S704 - all of it is escaped
