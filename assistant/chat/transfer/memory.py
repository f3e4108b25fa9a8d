"""Facts about a person that go along in an archive, or come from another program."""

from collections.abc import Iterable
from typing import Annotated, Any, Literal

from pydantic import Field, ValidationError

from assistant.chat.memory import facts
from assistant.chat.memory.facts import LONGEST, MOST
from assistant.chat.models import Conversation, Fact
from assistant.chat.transfer.leaving import identity
from assistant.errors import Invalid
from assistant.storage.database import changed
from assistant.storage.packing import UNREADABLE, Instant, Shape
from assistant.storage.text import fold, one_line

OFF = "There is no room to tell models of it beside what is here: it is kept, switched off."
TOO_MANY = f"It was left out: {MOST} facts are all there is room for."


class FactShape(Shape):
    """A fact; ``conversation`` is the key of the one that it is from."""

    text: Annotated[str, Field(min_length=1, max_length=LONGEST)]
    source: Literal["typed", "conversation", "import"]
    program: Annotated[str, Field(max_length=40)] = ""
    conversation: Annotated[str, Field(max_length=64)] = ""
    active: bool = True
    created: Instant
    updated: Instant


def of(user: int) -> list[FactShape]:
    """The user's facts."""
    return [_shape(one) for one in facts.listing(user)]


def _shape(row: Fact) -> FactShape:
    home = Conversation.get_or_none((Conversation.id == row.conversation_id) & Conversation.deleted.is_null())
    values = {name: getattr(row, name) for name in FactShape.model_fields if name != "conversation"}
    return FactShape(**values, conversation=identity(home) if home else "")


def read(values: Iterable[Any]) -> list[FactShape]:
    """The facts in an archive; raises Invalid for what is none."""
    try:
        return [FactShape.model_validate(one) for one in values]
    except ValidationError:
        raise Invalid(UNREADABLE.format("A fact")) from None


def fresh(user: int, coming: Iterable[FactShape]) -> tuple[list[FactShape], list[tuple[str, str]]]:
    """Those that are not here yet, off where models have no room for them, and what is to be said of them."""
    known = {fold(one.text) for one in facts.listing(user)}
    found: list[FactShape] = []
    remarks: list[tuple[str, str]] = []
    for one in coming:
        text, new = one_line(one.text), one
        if not text or fold(text) in known:
            continue
        if len(known) >= MOST:
            remarks.append((text[:60], TOO_MANY))
            continue
        told = [other.text for other in found if other.active]
        if one.active and not facts.has_room(user, *told, text):
            new = one.model_copy(update={"active": False})
            remarks.append((text[:60], OFF))
        known.add(fold(text))
        found.append(new.model_copy(update={"text": text}))
    return found, remarks


def land(user: int, coming: Iterable[dict[str, Any]]) -> None:
    """Stores the facts, each once however often; conversations that came with them are there by now."""
    new, _ = fresh(user, map(FactShape.model_validate, coming))
    for one in new:
        mine = (Conversation.user == user) & (Conversation.key == one.conversation)
        home = Conversation.get_or_none(mine) if one.conversation else None
        Fact.create(user=user, conversation=home, **one.model_dump(exclude={"conversation"}))
    changed(user, "memory")
