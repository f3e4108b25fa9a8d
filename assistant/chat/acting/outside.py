"""What a program of the person's asks for from outside, with a key: it waits for a yes, unless the key needs none.

Each function is one unit of work. What a program wrote is text that the person did not type.
"""

from collections.abc import Iterable
from datetime import datetime

from assistant.chat.acting import journal, records
from assistant.chat.acting.calling.following import END, GONE
from assistant.chat.acting.journal import Offer, Outside
from assistant.chat.acting.rooms import Content, Rooms
from assistant.chat.acting.words.triggers import plain
from assistant.chat.models import ACTED, Act
from assistant.errors import Conflict, Invalid
from assistant.storage.text import check_fits

ORIGIN = "mcp"
MOST = 50  # that wait for one person
WRITES = ("note.create", "note.append", "reminder.create", "reminder.change")
NOTE = "/notes/{}"
REMINDER = "/reminders?open={}"


def save_note(
    place: Outside, rooms: Rooms, now: datetime, *, text: str, note: int | None = None, asks: bool = True
) -> Act:  # fmt: skip
    """The act of a new note, or of one more piece of the ``note``; it ``asks``, or is done at once.

    Raises Invalid for a text that is none, NotFound for a note that is gone or someone else's, Conflict while too
    much waits.
    """
    check_fits(text, journal.LONGEST)
    if note is None:
        return _offer(place, rooms, now, "save_note", "note.create", {"text": text}, asks=asks)
    return _offer(place, rooms, now, "save_note", "note.append", {"note": note, "text": text}, asks=asks)


def remind(
    place: Outside, rooms: Rooms, now: datetime, *, sentence: str, reminder: int | None = None, asks: bool = True
) -> Act:  # fmt: skip
    """The act of a new reminder, or of the ``reminder`` set anew, done or deleted; deleting always asks.

    Raises Invalid for a sentence that says too little, NotFound for a reminder that is gone or someone else's, Conflict
    while too much waits.
    """
    said = plain(sentence)
    if reminder is None:
        wish = rooms.understand(place.user, said, "", now)
        if wish.stops:
            raise Invalid(wish.stops, field="sentence")
        return _offer(place, rooms, now, "remind", "reminder.create", wish.content, asks=asks)
    _text, mark = rooms.reminder_now(place.user, reminder)
    bound: Content = {"reminder": reminder, "mark": mark}
    if END.fullmatch(said):
        return _offer(place, rooms, now, "remind", "reminder.done", bound, asks=asks)
    if GONE.fullmatch(said):
        return _offer(place, rooms, now, "remind", "reminder.delete", bound, asks=True)
    content = bound | rooms.changed(rooms.understand(place.user, said, "", now))
    return _offer(place, rooms, now, "remind", "reminder.change", content, asks=asks)


def wrote(user: int, addresses: Iterable[str]) -> dict[str, str]:
    """Which of the user's notes and reminders a program wrote in, by their addresses, and its name."""
    written = (Act.user == user) & (Act.program != "") & (Act.state == ACTED) & Act.deed.in_(WRITES)
    rows = Act.select(Act.address, Act.program).where(written & Act.address.in_(list(addresses))).order_by(Act.id)
    return {row.address: row.program for row in rows}


def _offer(
    place: Outside, rooms: Rooms, now: datetime, tool: str, deed: str, content: Content, *, asks: bool
) -> Act:  # fmt: skip
    offer = Offer(tool, deed, content, rooms.deeds[deed].card(place.user, content, now), {}, ORIGIN)
    if not asks:
        return journal.do_at_once(place, offer, rooms, now)
    waiting = records.from_outside(place.user, now)
    for act in waiting:  # a program that heard nothing asks again
        if (act.program, act.deed, act.content) == (place.program, deed, journal.as_json(content)):
            return act
    if len(waiting) >= MOST:
        raise Conflict(f"{MOST} things wait for the person's yes already. Nothing more is taken until they decide.")
    return journal.propose(place, offer, now)
