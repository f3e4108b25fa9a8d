"""Prompts that go along in an archive."""

import unicodedata
from collections.abc import Iterable
from typing import Annotated, Any

from pydantic import Field, ValidationError

from assistant.chat.models import Prompt
from assistant.chat.prompts.library import LONGEST, NAME
from assistant.errors import Invalid
from assistant.storage.database import changed
from assistant.storage.packing import UNREADABLE, Instant, Shape
from assistant.storage.text import clean, fold

HERE = "Another prompt of this name is here: it stays, and what is in the file is kept as {}."


class PromptShape(Shape):
    """A prompt that is called by its name."""

    name: Annotated[str, Field(min_length=1, max_length=40)]
    text: Annotated[str, Field(min_length=1, max_length=LONGEST)]
    created: Instant
    updated: Instant


def of(user: int) -> list[PromptShape]:
    """The user's prompts."""
    rows = Prompt.select().where(Prompt.user == user).order_by(Prompt.id)
    return [PromptShape(name=one.name, text=one.text, created=one.created, updated=one.updated) for one in rows]


def read(values: Iterable[Any]) -> list[PromptShape]:
    """The prompts in an archive; raises Invalid for what is none."""
    try:
        return [PromptShape.model_validate(one) for one in values]
    except ValidationError:
        raise Invalid(UNREADABLE.format("A prompt")) from None


def fresh(user: int, coming: Iterable[PromptShape]) -> tuple[list[PromptShape], list[tuple[str, str]]]:
    """Those that are not here yet, each under a name that is free, and what is to be said of them."""
    known = {one.key: one.text for one in Prompt.select().where(Prompt.user == user)}
    found: list[PromptShape] = []
    remarks: list[tuple[str, str]] = []
    for one in coming:
        name = unicodedata.normalize("NFC", one.name)
        if not NAME.fullmatch(name):
            remarks.append((one.name, "It was left out: prompts are named with letters, digits, - and _."))
            continue
        free, number = name, 1
        while fold(free) in known and known[fold(free)] != one.text:
            number += 1
            free = f"{name[:36]}-{number}"
        if fold(free) in known:
            continue
        known[fold(free)] = one.text
        found.append(one.model_copy(update={"name": free}))
        if free != name:
            remarks.append((one.name, HERE.format(free)))
    return found, remarks


def land(user: int, coming: Iterable[dict[str, Any]]) -> None:
    """Stores the prompts, each once however often."""
    for one in map(PromptShape.model_validate, coming):
        values = one.model_dump() | {"text": clean(one.text), "key": fold(one.name), "user": user}
        Prompt.insert(**values).on_conflict_ignore().execute()
    changed(user, "prompts")
