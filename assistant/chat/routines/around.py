"""What routines are handed of the other rooms; they know them only by what stands here."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime


@dataclass(frozen=True, slots=True)
class Entry:
    """A reminder: what it says, when, and where it opens; ``foreign`` names where it is from, if not typed here."""

    text: str
    when: str
    address: str
    foreign: str = ""


@dataclass(frozen=True, slots=True)
class OpenTasks:
    """A note with its first open tasks; so many ``more`` are in it."""

    title: str
    address: str
    tasks: tuple[str, ...]
    more: int = 0
    foreign: str = ""


@dataclass(frozen=True, slots=True)
class Day:
    """What there is to know of a person's day: its ``title``, the first of each kind, and how many more there are."""

    title: str
    today: tuple[Entry, ...] = ()
    overdue: tuple[Entry, ...] = ()
    notes: tuple[OpenTasks, ...] = ()
    more_today: int = 0
    more_overdue: int = 0
    more_notes: int = 0

    @property
    def foreign(self) -> tuple[str, ...]:
        """Where texts of it are from that the person did not type."""
        named = [one.foreign for one in (*self.today, *self.overdue)] + [note.foreign for note in self.notes]
        return tuple(dict.fromkeys(filter(None, named)))


@dataclass(frozen=True, slots=True)
class Timing:
    """What a sentence such as “every Monday at 8” says: its first time on the wall, its rule, and what is left of it.

    ``stops`` is why it cannot be.
    """

    local: str
    rule: str
    rest: str
    stops: str = ""


@dataclass(frozen=True)
class Around:
    """The other rooms. All but ``next_times`` are part of a unit of work, and take the user first.

    ``notify`` takes a title, a body and the address to which it leads. ``next_times`` are those of a time on the wall
    in a zone by a rule, after an instant, so many. ``in_words`` says a time on the wall and its rule.
    """

    day: Callable[[int, datetime], Day]
    notify: Callable[[int, str, str, str, datetime], None]
    understand: Callable[[int, str, datetime], Timing]
    in_words: Callable[[int, str, str, datetime], str]
    next_times: Callable[[datetime, str, str, datetime, int], list[datetime]]
