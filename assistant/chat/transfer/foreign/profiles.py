"""What other programs were told about somebody, or remembered of them: it is offered as facts, switched off."""

import re
from collections.abc import Iterable, Iterator
from datetime import datetime
from typing import Any

from assistant.chat.memory import facts
from assistant.chat.transfer import memory
from assistant.chat.transfer.foreign.trees import fields, words
from assistant.chat.transfer.memory import FactShape

MOST = 200  # facts that are looked at
FENCED = re.compile(r"```(.*?)```", re.DOTALL)
TOLD = ("about_user_message", "about_model_message", "user_profile", "user_instructions")
OFFERED = ("About you", "Models are told of these facts once you switch them on, under Settings → Assistant.")

Remarks = list[tuple[str, str]]


def of_chatgpt(content: dict[str, Any], about: dict[str, Any]) -> Iterator[str]:
    """What a conversation begins with unseen: who one is, and how one wants to be answered."""
    told = fields(about.get("user_context_message_data")) | content
    for text in dict.fromkeys(words(told.get(name)) for name in TOLD):
        framed = FENCED.findall(text)  # around it stands how the model is to take it
        yield from framed or [text]


def of_claude(value: dict[str, Any]) -> Iterator[str]:
    """What it remembers, in a file of its own."""
    yield words(value.get("conversations_memory"))


def offered(user: int, texts: Iterable[tuple[str, str]], now: datetime) -> tuple[list[FactShape], Remarks]:
    """The facts in the texts, each beside its program, that are not here yet; and what is to be said of them."""
    coming: dict[str, FactShape] = {}
    for program, text in texts:
        for part in facts.parts(text):
            if len(coming) < MOST:
                coming.setdefault(part, FactShape(
                    text=part, source="import", program=program, active=False, created=now, updated=now
                ))  # fmt: skip
    found, said = memory.fresh(user, coming.values())
    return found, [*([OFFERED] if found else []), *said]
