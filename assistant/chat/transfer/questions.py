"""Scheduled questions that go along in an archive."""

from collections.abc import Iterable
from typing import Annotated, Any, Literal

from pydantic import Field, ValidationError

from assistant.chat.models import Conversation
from assistant.chat.routines import questions
from assistant.chat.routines.questions import LONGEST, MOST
from assistant.chat.routines.rows import ScheduledQuestion
from assistant.chat.transfer.leaving import identity
from assistant.errors import Invalid
from assistant.storage.database import changed
from assistant.storage.packing import UNREADABLE, Instant, Shape
from assistant.storage.text import clean

TOO_MANY = f"It was left out: {MOST} scheduled questions are all there is room for."
WALL = r"^\d{4}-\d\d-\d\dT([01]\d|2[0-3]):[0-5]\d:[0-5]\d$"


class QuestionShape(Shape):
    """A question that is asked at set times, in the person's zone; ``conversation`` is the key of the one it has."""

    text: Annotated[str, Field(min_length=1, max_length=LONGEST)]
    local: Annotated[str, Field(pattern=WALL)]
    rule: Annotated[str, Field(max_length=500)] = ""
    model: Annotated[str, Field(max_length=200)] = ""
    knows: Literal["", "notes"] = ""
    paused: bool = False
    conversation: Annotated[str, Field(max_length=64)] = ""
    last: Instant | None = None
    outcome: Literal["", "answered", "failed", "missed", "stopped"] = ""
    problem: Annotated[str, Field(max_length=2000)] = ""
    created: Instant
    updated: Instant


def of(user: int) -> list[QuestionShape]:
    """The user's scheduled questions."""
    return [_shape(one) for one in questions.listing(user)]


def _shape(row: ScheduledQuestion) -> QuestionShape:
    home = Conversation.get_or_none((Conversation.id == row.conversation_id) & Conversation.deleted.is_null())
    values = {
        name: getattr(row, name) for name in QuestionShape.model_fields if name not in {"conversation", "problem"}
    }
    return QuestionShape(**values, problem=row.problem[:2000], conversation=identity(home) if home else "")


def read(values: Iterable[Any]) -> list[QuestionShape]:
    """The scheduled questions in an archive; raises Invalid for what is none."""
    try:
        return [QuestionShape.model_validate(one) for one in values]
    except ValidationError:
        raise Invalid(UNREADABLE.format("A scheduled question")) from None


def fresh(user: int, coming: Iterable[QuestionShape]) -> tuple[list[QuestionShape], list[tuple[str, str]]]:
    """Those that are not here yet, and what is to be said of them."""
    known = {(one.text, one.local, one.rule) for one in questions.listing(user)}
    found: list[QuestionShape] = []
    remarks: list[tuple[str, str]] = []
    for one in coming:
        text = clean(one.text).strip()
        if not text or (text, one.local, one.rule) in known:
            continue
        if len(known) >= MOST:
            remarks.append((text[:60], TOO_MANY))
            continue
        known.add((text, one.local, one.rule))
        found.append(one.model_copy(update={"text": text}))
    return found, remarks


def land(user: int, coming: Iterable[dict[str, Any]]) -> None:
    """Stores them, each once however often; conversations that came with them are there by now.

    Their zone is left open: so their times are worked out at the next look, as for somebody who has travelled.
    """
    new, _ = fresh(user, map(QuestionShape.model_validate, coming))
    for one in new:
        mine = (Conversation.user == user) & (Conversation.key == one.conversation)
        home = Conversation.get_or_none(mine) if one.conversation else None
        ScheduledQuestion.create(user=user, zone="", conversation=home, **one.model_dump(exclude={"conversation"}))
    changed(user, "routines")
