"""A user's facts about themselves; each function is one unit of work."""

import re
from collections.abc import Iterable, Iterator
from datetime import datetime

from assistant.chat.memory import telling
from assistant.chat.models import TYPED, Fact
from assistant.errors import Conflict, Invalid, NotFound
from assistant.storage.database import changed
from assistant.storage.text import check_fits, fold, one_line

LONGEST = 500  # characters of a fact
MOST = 200  # facts of a person, with those that are switched off
TOKENS = 1000  # that those which models are told may take together
SENTENCE = re.compile(r"\n+|(?<=[.!?])\s+")
NO_ROOM = "There is no room for this: switch something else off, or shorten it."
KNOWN = "This stands there already."


def listing(user: int) -> list[Fact]:
    """The user's facts, the oldest first: so they stay in their places when another comes."""
    return list(Fact.select().where(Fact.user == user).order_by(Fact.id))


def get(user: int, fact: int) -> Fact:
    """The user's fact; NotFound when it is gone or someone else's."""
    found = Fact.get_or_none((Fact.id == fact) & (Fact.user == user))
    if found is None:
        raise NotFound("There is no such fact.")
    return found


def add(
    user: int, *, text: str, now: datetime, source: str = TYPED, conversation: int | None = None, program: str = ""
) -> Fact:  # fmt: skip
    """A new fact, of which models are told from now on; raises what ``check`` raises."""
    text = check(user, text)
    made = Fact.create(
        user=user, text=text, source=source, conversation=conversation, program=program, created=now, updated=now
    )
    changed(user, "memory")
    return made


def check(user: int, text: str) -> str:
    """The text as a fact would be kept; raises Invalid (field text) for what cannot be, Conflict for what is there."""
    text = _valid(text)
    known = listing(user)
    if any(fold(one.text) == fold(text) for one in known):
        raise Conflict(KNOWN)
    if len(known) >= MOST:
        raise Invalid(f"You have {MOST} facts, which is all there is room for.", field="text")
    _check_room([*(one.text for one in known if one.active), text], "text")
    return text


def change(user: int, fact: int, *, now: datetime, text: str | None = None, active: bool | None = None) -> Fact:
    """Another text, or switched on or off; raises Invalid with the field for what cannot be."""
    row = get(user, fact)
    if text is not None and text != row.text:
        row.text, row.updated = _valid(text), now
    if active is not None:
        row.active = active
    if row.active:
        others = [one.text for one in listing(user) if one.active and one.id != fact]
        _check_room([*others, row.text], "active" if text is None else "text")
    row.save()
    changed(user, "memory")
    return row


def delete(user: int, fact: int) -> Fact:
    """Forgets it, and returns it for ``put_back``."""
    row = get(user, fact)
    Fact.delete().where(Fact.id == fact).execute()
    changed(user, "memory")
    return row


def put_back(user: int, fact: Fact) -> None:
    """Undoes ``delete``, in its old place; where there is no room by now, it is switched off."""
    if Fact.get_or_none(Fact.id == fact.id) is None:
        active = fact.active and has_room(user, fact.text)
        values = {name: getattr(fact, name) for name in Fact._meta.fields}  # noqa: SLF001 - as Peewee documents it
        Fact.insert(**(values | {"user": user, "active": active, "conversation": fact.conversation_id})).execute()
        changed(user, "memory")


def has_room(user: int, *more: str) -> bool:
    """Whether models can be told of these facts too."""
    return telling.tokens([*(one.text for one in listing(user) if one.active), *more]) <= TOKENS


def parts(text: str) -> Iterator[str]:
    """A longer text about somebody as facts: its lines and sentences, the longest cut at words."""
    for part in SENTENCE.split(text):
        rest = one_line(part).lstrip("-*• ")
        while len(rest) > LONGEST:
            cut = rest.rfind(" ", 0, LONGEST)
            cut = cut if cut > 0 else LONGEST
            yield rest[:cut]
            rest = rest[cut:].strip()
        if rest:
            yield rest


def _valid(text: str) -> str:
    text = one_line(text)
    if not text:
        raise Invalid("Write what is to be remembered.", field="text")
    check_fits(text, LONGEST)
    return text


def _check_room(texts: Iterable[str], field: str) -> None:
    if telling.tokens(texts) > TOKENS:
        raise Invalid(NO_ROOM, field=field)
