"""What the assistant is to ask at set times: a question scheduled, with its way back."""

from datetime import datetime
from functools import partial
from typing import Any

from assistant.chat.acting.rooms import SCHEDULE, Card, Content, Deed, Outcome
from assistant.chat.acting.words import set_times
from assistant.chat.routines import questions
from assistant.chat.routines.around import Around
from assistant.errors import Conflict, Invalid, NotFound
from assistant.reminders.recurrence import timezones, wording
from assistant.users import preferences
from assistant.web.deeds.of_reminders import understand

ADDRESS = "/settings/assistant?at=questions#questions"
KEPT = ("text", "local", "rule", "model", "knows")
FROM_NOTES = "Answered from your notes"


def deeds(around: Around) -> dict[str, Deed]:
    """The deeds, by their names."""
    card, do = partial(_card, around), partial(_do, around)
    return {SCHEDULE: Deed("schedule", card, do, _undo, _written)}


def _card(around: Around, user: int, content: Content, now: datetime) -> Card:
    row = questions.tried(user, around, now=now, **_fields(content))
    chosen = preferences.load(user)
    today = timezones.on_the_wall(now, chosen.zone).date()
    said = around.in_words(user, row.local, row.rule, now)
    coming = (timezones.on_the_wall(at, chosen.zone) for at in questions.next_times(row, around, now))
    return Card(
        "Ask this at set times", (row.text, " · ".join(filter(None, (said, FROM_NOTES if row.knows else "")))),
        tuple(wording.moment_in_words(at, today, chosen.formats) for at in coming),
        editable=f"{content['when']}, ask: {row.text}",
    )  # fmt: skip


def _do(around: Around, user: int, content: Content, now: datetime) -> Outcome:
    row = questions.add(user, around, now=now, **_fields(content))
    said = around.in_words(user, row.local, row.rule, now)
    return Outcome(f"Scheduled: “{row.text}”, {said[:1].lower()}{said[1:]}.", ADDRESS, {"question": row.id})


def _undo(user: int, way_back: Content, now: datetime) -> None:
    try:
        questions.delete(user, int(way_back["question"]), now)
    except NotFound:
        raise Conflict("This question is deleted already.") from None


def _written(user: int, content: Content, text: str, now: datetime) -> Content:
    found = set_times.scheduled(text)
    said = set_times.times(user, found.when, understand, now) if found else None
    if found is None or said is None:
        raise Invalid("Write it as “every Monday at 8, ask: what is new?”", field="text")
    return content | {"text": found.text, "when": found.when, "local": said[0], "rule": said[1]}


def _fields(content: Content) -> dict[str, Any]:
    return {name: str(content[name]) for name in KEPT}
