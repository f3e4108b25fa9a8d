"""What the assistant can find and do in the rooms, handed to chat as functions.

- ``searching``: notes, reminders and conversations found by words
- ``knowledge``: what is known of what texts mean
- ``of_passages``: what of the notes there is to know
- ``of_notes``: a note written, added to, changed; each with its way back
- ``of_memory``: a fact about the person kept; with its way back
- ``writing``: a text of a note, written about by the person's own model
- ``of_reminders``: a reminder set, changed, done, deleted; each with its way back
- ``of_questions``: a question scheduled; with its way back
- ``routines``: a person’s day, times by rules and in words, notices
"""

from datetime import datetime

from assistant.chat.acting import journal
from assistant.chat.acting.rooms import Rooms
from assistant.notes.proposals.asking import Proposals
from assistant.users import preferences
from assistant.web.deeds import of_memory, of_notes, of_passages, of_questions, of_reminders, searching
from assistant.web.deeds.knowledge import Knowledge
from assistant.web.deeds.routines import around
from assistant.web.deeds.writing import Writing


def acting_rooms(knowledge: Knowledge | None = None) -> Rooms:
    """The rooms, as acting knows them; ``knowledge`` says what texts and questions mean."""
    return Rooms(
        find=searching.find, read_note=of_notes.read, understand=of_reminders.understand,
        reminder_now=of_reminders.reminder_now, changed=of_reminders.changed_fields, today=_today, acts=_acts,
        deeds=of_notes.DEEDS | of_reminders.DEEDS | of_memory.DEEDS | of_questions.deeds(around()),
        stock=of_passages.stock(knowledge),
    )  # fmt: skip


def proposals(writing: Writing, rooms: Rooms) -> Proposals:
    """What notes need to propose something for a passage, and to remember what was taken."""

    def undo(user: int, act: int, now: datetime) -> None:
        journal.undo(user, act, rooms, now)

    return Proposals(writing.write, of_notes.taken, undo)


def _today(user: int, now: datetime) -> str:
    zone = preferences.load(user).zone_info
    return f"{now.astimezone(zone):%A, %-d %B %Y, %H:%M} ({zone.key})"


def _acts(user: int) -> bool:
    return preferences.load(user).acts
