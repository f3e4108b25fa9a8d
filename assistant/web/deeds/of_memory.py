"""What the assistant remembers of a person: a fact kept, with its way back."""

from datetime import datetime

from assistant.chat.acting.rooms import REMEMBER, Card, Content, Deed, Outcome
from assistant.chat.memory import facts
from assistant.chat.models import SAID
from assistant.errors import Conflict, NotFound
from assistant.users import preferences

ADDRESS = "/settings/assistant?at=facts#facts"


def _card(user: int, content: Content, _now: datetime) -> Card:
    if not preferences.load(user).memory:
        raise Conflict("Memory is switched off under Settings → Assistant.")
    text = facts.check(user, str(content["text"]))
    return Card("Remember about you", (text,), editable=text)


def _do(user: int, content: Content, now: datetime) -> Outcome:
    row = facts.add(user, text=str(content["text"]), now=now, source=SAID, conversation=content["conversation"])
    return Outcome(f"Remembered: “{row.text}”.", ADDRESS, {"fact": row.id})


def _undo(user: int, way_back: Content, _now: datetime) -> None:
    try:
        facts.delete(user, int(way_back["fact"]))
    except NotFound:
        raise Conflict("This is forgotten already.") from None


def _written(_user: int, content: Content, text: str, _now: datetime) -> Content:
    return content | {"text": text}


DEEDS = {REMEMBER: Deed("remember", _card, _do, _undo, _written)}
