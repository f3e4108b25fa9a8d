"""“Every Monday at 8, ask …”: a question that is to be asked at set times, in English and German."""

import re
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime

from assistant.chat.acting.rooms import Wish
from assistant.chat.acting.words.phrases import POLITE

LONGEST = 4_000  # characters of the whole
# Asked first of every message, in microseconds: how often, and that it is asked.
LIKELY = re.compile(
    r"(?=.{0,200}\b(?:every|each|daily|weekly|monthly|weekdays?|jede[nrsm]?|täglich|wöchentlich|werktags|alle)\b)"
    r".{0,200}\b(?:ask|frage?)\b",
    re.IGNORECASE | re.DOTALL,
)
WHEN = r"(?P<when>\S(?:[^\n:?!]|:(?=\d)){2,100}?)"
# Who says “ask me” wants to be asked, which is a reminder; “frage ich” tells of oneself.
NOT_ME = r"(?! +(?:me|mich|mir|us|uns|ich|wir|du|er|man)\b)"
WHOM = rf"(?: +(?:the +model|the +assistant|yourself|it|das +modell|den +assistenten|dich))?{NOT_ME}"
BETWEEN = r"\s*[,:]?\s+(?:(?:please|bitte|then|dann)\s+)?"
TEXT = r"(?P<text>\S.*)"
FORMS = tuple(
    re.compile(form, re.IGNORECASE | re.DOTALL)
    for form in (
        rf"{POLITE}{WHEN}{BETWEEN}(?:ask|frage?(?:\s+bitte)?){WHOM}\s*[,:]?\s+{TEXT}",
        rf"{POLITE}(?:ask|frage?){WHOM}\s+{WHEN}\s*[,:]\s+{TEXT}",
    )
)
QUOTES = "\"'“”„"
SAMPLE = "Question"


@dataclass(frozen=True, slots=True)
class Scheduled:
    """What is to be asked, and ``when`` in words."""

    when: str
    text: str


def scheduled(words: str) -> Scheduled | None:
    """What the words ask to be asked again and again, as far as they have the form of it; None for all others."""
    if len(words) > LONGEST or not LIKELY.match(words):
        return None
    for form in FORMS:
        if (found := form.fullmatch(words.strip())) and (text := found["text"].strip(QUOTES + " ")):
            return Scheduled(found["when"].strip(" ,"), text[:1].upper() + text[1:])
    return None


def times(
    user: int, when: str, understand: Callable[[int, str, str, datetime], Wish], now: datetime
) -> tuple[str, str] | None:
    """The first time on the wall and the rule that ``when`` says; None where it says anything else, or no rule."""
    wish = understand(user, when, SAMPLE, now)
    return (wish.local, wish.rule) if wish.local and wish.rule and wish.text == SAMPLE and not wish.stops else None
