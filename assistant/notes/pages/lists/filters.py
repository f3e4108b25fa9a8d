"""What of all notes is listed: a place, a tag, and what is searched, whose filters may be set without typing them."""

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from urllib.parse import urlencode

from assistant.notes.queries import ARCHIVE, NOTES, TRASH

LONGEST = 1000  # characters of a search
UNFINISHED = re.compile(r'-|"|-?(?:tag|is|before|after):"?', re.IGNORECASE)  # a filter that has only begun
HEADINGS = {NOTES: "Notes", ARCHIVE: "Archive", TRASH: "Trash"}
PINNED = "is:pinned"


@dataclass(frozen=True, slots=True)
class Filter:
    """A place and a tag, whose notes are listed, or searched for the ``words``."""

    where: str = NOTES
    tag: str = ""
    words: str = ""

    @classmethod
    def of(cls, query: Mapping[str, str]) -> "Filter":
        """What the query of an address says."""
        where = query.get("where", NOTES)
        return cls(where if where in HEADINGS else NOTES, query.get("tag", "")[:LONGEST], query.get("q", "")[:LONGEST])

    @property
    def address(self) -> str:
        """Where the list with this filter is."""
        query = {"where": "" if self.where == NOTES else self.where, "tag": self.tag, "q": self.words}
        said = urlencode({name: value for name, value in query.items() if value})
        return f"/notes?{said}" if said else "/notes"

    @property
    def heading(self) -> str:
        """What the list is called."""
        return self.tag or HEADINGS[self.where]

    @property
    def asked(self) -> str:
        """What is searched, in the search's own words; empty where the list is shown as it is."""
        words = [] if self.where == TRASH else [word for word in self.words.split() if not UNFINISHED.fullmatch(word)]
        if not words:
            return ""
        here = [f'tag:"{self.tag}"' if self.tag else "", "is:archived" if self.where == ARCHIVE else ""]
        return " ".join([*filter(None, here), *words])

    @property
    def pinned(self) -> bool:
        """Whether only pinned notes are searched."""
        return PINNED in self.words.split()

    def day(self, name: str) -> str:
        """The day after (or before) which notes must have changed, as YYYY-MM-DD; empty where it does not matter."""
        found = re.search(rf"(?:^|\s){name}:(\d{{4}}-\d\d-\d\d)(?!\S)", self.words)
        return found[1] if found else ""

    def with_pinned(self, *, on: bool) -> "Filter":
        """The same for pinned notes only, or for all."""
        return self._with(PINNED if on else "", lambda word: word == PINNED)

    def with_day(self, name: str, day: str) -> "Filter":
        """The same for notes changed after (or before) a day; an empty one is any."""
        return self._with(f"{name}:{day}" if day else "", lambda word: word.startswith(f"{name}:"))

    def _with(self, word: str, other: Callable[[str], bool]) -> "Filter":
        kept = [one for one in self.words.split() if not other(one)]
        words = " ".join([*kept, word] if word else kept)
        return replace(self, words=words[:LONGEST])
