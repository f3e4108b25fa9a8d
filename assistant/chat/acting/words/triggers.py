"""What a person's own words ask for, without a model: to be reminded, to write down, find or remember something.

A trigger word alone is not enough: a reminder needs a time, a search the name of a room. Ordinary questions have
neither, whatever words they use.
"""

from dataclasses import dataclass
from typing import Literal

from assistant.chat.acting.words.phrases import BREAK, ENDING, ENGLISH, FIND, GERMAN, LENGTH, LIKELY, NAMED, NOTE, TIMER
from assistant.chat.acting.words.set_times import scheduled
from assistant.chat.memory import sentences as facts

LONGEST = 1000  # characters of one sentence that is read
MOST = 5  # sentences of one message


@dataclass(frozen=True, slots=True)
class Trigger:
    """What is asked for; ``words`` are a reminder's sentence, a note's text, a fact, what to find, or what to ask.

    ``kind`` is where to look; ``otherwise`` is the text of a reminder that says none, or when to ask.
    """

    act: Literal["remind", "save_note", "find", "remember", "schedule"]
    words: str
    kind: str = ""
    otherwise: str = ""


def triggers(text: str) -> list[Trigger]:
    """What the words ask for; a reminder among them still has to have a time. Costs microseconds for other texts."""
    if asked := scheduled(text):
        return [Trigger("schedule", asked.text, otherwise=asked.when)]
    if not LIKELY.search(text):
        return []
    if note := NOTE.fullmatch(text):
        return [Trigger("save_note", note["text"].strip())]
    return [each for part in sentences(text) if (each := _asked(part))][:MOST]


def sentences(text: str) -> list[str]:
    """The sentences and lines of the text, as they are read one by one."""
    return [part.strip() for part in BREAK.split(text) if part.strip()]


def plain(sentence: str) -> str:
    """The sentence of a reminder without what carries it: “could you”, “kannst du mich … erinnern?”."""
    found = _reminded(sentence.strip())
    return found.words if found else sentence.strip()


def _asked(sentence: str) -> Trigger | None:
    if len(sentence) > LONGEST:
        return None
    for kind, pattern in FIND:
        if (found := pattern.fullmatch(sentence)) and (words := found["words"].strip(" .?!\"“”„'")):
            return Trigger("find", words, kind)
    if known := facts.fact(sentence):
        return Trigger("remember", known)
    return _reminded(sentence)


def _reminded(sentence: str) -> Trigger | None:
    said = ENDING.sub("", sentence)
    for pattern in ENGLISH:
        if found := pattern.fullmatch(said):
            return Trigger("remind", f"remind me {found['rest'].strip(' ,:')}")
    for name, pattern in NAMED:
        if (found := pattern.fullmatch(said)) and (words := found["rest"].strip(" ,:")):
            runs = name == TIMER and LENGTH.match(words)
            return Trigger("remind", f"in {words}" if runs else words, otherwise=name)
    for pattern in GERMAN:
        if found := pattern.fullmatch(said):
            return Trigger("remind", f"erinnere mich {found['rest']}{found['tail'] or ''}".strip(" ,:"))
    return None
