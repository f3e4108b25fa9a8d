"""A proposal that is taken: the note as it was is kept, and what was done is remembered."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime

from assistant.errors import Conflict
from assistant.notes import notebook
from assistant.notes.proposals.kinds import Kind
from assistant.notes.versions import history, revisions

CHANGED = "This passage was changed meanwhile. Read the note again."


@dataclass(frozen=True, slots=True)
class Taken:
    """What was taken: ``after`` stands in place of ``before`` since, at that place in the note's text."""

    note: int
    kind: Kind
    model: str
    before: str
    after: str
    at: int


Keep = Callable[[int, Taken, datetime], int]  # remembers it, and returns its number; a unit of work


def take(user: int, wanted: Taken, keep: Keep, now: datetime) -> int:
    """Puts the proposal into the note, where its passage stands, and returns its number. A unit of work.

    Raises Conflict where the passage does not stand there, NotFound when the note is gone or someone else's.
    """
    home = revisions.get_own(user, wanted.note)
    at = wanted.at if home.text.startswith(wanted.before, wanted.at) else home.text.find(wanted.before)
    if at < 0 or (at != wanted.at and home.text.count(wanted.before) > 1):
        raise Conflict(CHANGED)
    keep_before(user, home.id, now)
    text = home.text[:at] + wanted.after + home.text[at + len(wanted.before) :]
    notebook.save(user, home.id, text, home.version, now=now)
    return keep(user, Taken(home.id, wanted.kind, wanted.model, wanted.before, wanted.after, at), now)


def keep_before(user: int, note: int, now: datetime) -> None:
    """Keeps the note as it is among its versions; NotFound when it is gone or someone else's. A unit of work."""
    history.keep(revisions.get_own(user, note), now, reason="edit")
