"""Names by which a model may speak of notes and reminders: given by the server, good for one turn.

An invented one leads to nothing, and never to a row that the model was not shown.
"""

import json
import re
from collections.abc import Iterable
from dataclasses import dataclass

from assistant.chat.models import Act
from assistant.errors import NotFound

LETTERS = {"note": "n", "reminder": "r", "conversation": "c"}
HANDLE = re.compile(r"\b([nrc]\d{1,3})\b", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Named:
    """What a handle stands for, in the state in which the model was shown it."""

    kind: str
    id: int
    state: str  # the version of a note, the mark of a reminder


class Handles:
    """Those of one turn, as its steps gave them."""

    def __init__(self, steps: Iterable[Act]) -> None:
        """Reads them from the rows: after a restart they are the same."""
        self._named: dict[str, Named] = {}
        for step in steps:
            for name, about in json.loads(step.content).get("handles", {}).items():
                self._named[name] = Named(*about)

    def give(self, kind: str, id: int, state: str) -> str:  # noqa: A002 - the row's own word
        """The handle of this, the same one when it has one already; its state is that of now."""
        known = next((name for name, one in self._named.items() if (one.kind, one.id) == (kind, id)), None)
        name = known or f"{LETTERS[kind]}{sum(one.kind == kind for one in self._named.values()) + 1}"
        self._named[name] = Named(kind, id, state)
        return name

    def find(self, written: str, kind: str) -> Named:
        """What the model means by what it wrote; raises NotFound with the handles that there are."""
        found = HANDLE.search(written)
        named = self._named.get(found[1].lower()) if found else None
        if named is None or named.kind != kind:
            there = ", ".join(name for name, one in self._named.items() if one.kind == kind)
            hint = f"There are {there}." if there else "Use find first."
            raise NotFound(f"There is no {kind} {written[:20]!r}. {hint}")
        return named

    def kept(self) -> dict[str, tuple[str, int, str]]:
        """All of them, as a row keeps them."""
        return {name: (one.kind, one.id, one.state) for name, one in self._named.items()}
