"""What the texts of one room mean: how it is made, and how it is looked through."""

from assistant.retrieval.meaning.looking import Looking
from assistant.retrieval.meaning.making import Making
from assistant.retrieval.meaning.rows import Tables


class Meanings:
    """Both, over one room's tables; of an item there are about ``parts_each``."""

    def __init__(self, tables: Tables, parts_each: int = 1) -> None:
        """Of this room."""
        self.making, self.looking, self.parts_each = Making(tables), Looking(tables), parts_each
