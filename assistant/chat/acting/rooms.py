"""What acting is handed of the other rooms; it knows them only by what stands here."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any, Literal

from assistant.chat.knowing.stock import Stock

Content = dict[str, Any]  # of an act, as JSON holds it
Kind = Literal["create", "change", "delete", "remember", "schedule"]
REMEMBER = "memory.add"  # the deed that keeps a fact about the person
SCHEDULE = "question.schedule"  # the deed that asks a question at set times


@dataclass(frozen=True, slots=True)
class Card:
    """An act in words, as a person reads it before saying yes.

    ``lines`` say what exactly, ``next`` when it rings, ``pieces`` what differs (same, added, removed), ``told`` what
    was assumed. ``editable`` is what can be written otherwise in place; without it nothing can.
    """

    title: str
    lines: tuple[str, ...] = ()
    next: tuple[str, ...] = ()
    pieces: tuple[tuple[str, str], ...] = ()
    told: tuple[str, ...] = ()
    editable: str | None = None


@dataclass(frozen=True, slots=True)
class Outcome:
    """What was done, in words; where it is; and what undoing it needs."""

    words: str
    address: str
    way_back: Content


@dataclass(frozen=True)
class Deed:
    """One thing that can be done in a room; each function takes the user first and is part of a unit of work.

    ``card`` says what would be done, and raises AssistantError where it cannot; ``do`` does exactly that;
    ``undo`` takes it back by the room's own history and trash; ``written`` is the content as a person wrote it anew.
    """

    kind: Kind
    card: Callable[[int, Content, datetime], Card]
    do: Callable[[int, Content, datetime], Outcome]
    undo: Callable[[int, Content, datetime], None]
    written: Callable[[int, Content, str, datetime], Content]


@dataclass(frozen=True, slots=True)
class Found:
    """Something that was found: a note, a reminder or a conversation.

    ``foreign`` names where its text is from, when the person did not type it.
    """

    kind: Literal["note", "reminder", "conversation"]
    id: int
    title: str
    text: str
    when: str
    address: str
    foreign: str = ""


@dataclass(frozen=True, slots=True)
class NoteText:
    """A note as the model may read it, of that version."""

    id: int
    version: int
    title: str
    text: str
    foreign: str = ""


@dataclass(frozen=True, slots=True)
class Wish:
    """What a reminder's sentence says: its ``text``, its time and rule, and the content to set it by.

    ``stops`` is why it cannot be.
    """

    text: str
    local: str  # as the clock on the wall shows it; empty without a time
    rule: str
    content: Content = field(default_factory=dict)
    stops: str = ""
    doubts: tuple[str, ...] = ()


@dataclass(frozen=True)
class Rooms:
    """The rooms. ``find`` takes words, the kind (or ""), and a day in words; it raises nothing.

    ``understand`` takes a sentence, and the text of a reminder that says none. ``reminder_now`` says what a reminder
    of the user reads, and the mark of its state, to which a change is bound.
    """

    find: Callable[[int, str, str, str, datetime], list[Found]]
    read_note: Callable[[int, int], NoteText]
    understand: Callable[[int, str, str, datetime], Wish]
    reminder_now: Callable[[int, int], tuple[str, str]]
    changed: Callable[[Wish], Content]  # what a sentence changes of a reminder; raises Invalid
    today: Callable[[int, datetime], str]  # weekday, date, time and zone of the person
    acts: Callable[[int], bool]  # whether the person lets the assistant act at all
    deeds: Mapping[str, Deed]
    stock: Stock  # what questions are answered from
