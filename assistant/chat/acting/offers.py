"""Offers made from a person's own words, at once and without a model."""

import json
from datetime import datetime

from assistant.chat.acting import findings, journal
from assistant.chat.acting.journal import Offer
from assistant.chat.acting.rooms import Content, Rooms
from assistant.chat.acting.triggers import Trigger, triggers
from assistant.chat.models import ACTED, Act, Message
from assistant.errors import AssistantError

WORDS = "words"


def from_words(answer: Message, question: str, rooms: Rooms, now: datetime) -> list[Act]:
    """What the question's own words ask for, offered below its answer, or looked up; once for each answer."""
    known = journal.of_answer(answer.id)
    if any(act.origin == WORDS for act in known):
        return known
    made = [_follow(answer, each, rooms, now) for each in triggers(question)]
    return [*known, *(act for act in made if act)]


def reminder(user: int, sentence: str, rooms: Rooms, now: datetime, *, otherwise: str = "") -> Content | None:
    """The content of the reminder that the sentence sets at a time; None where it says no time, or cannot be."""
    wish = rooms.understand(user, sentence, otherwise, now)
    return wish.content if wish.local and not wish.stops else None


def _follow(answer: Message, asked: Trigger, rooms: Rooms, now: datetime) -> Act | None:
    if asked.act == "find":
        found = rooms.find(answer.user, asked.words, asked.kind, "", now)
        return journal.looked(
            answer, "find", {"query": asked.words}, findings.told(found), findings.card(asked.words, found), now,
            origin=WORDS, sources=findings.sources(found),
        )  # fmt: skip
    if asked.act == "save_note":
        return _offer(answer, "save_note", "note.create", {"text": asked.words}, rooms, now)
    content = reminder(answer.user, asked.words, rooms, now, otherwise=asked.otherwise)
    return _offer(answer, "remind", "reminder.create", content, rooms, now) if content else None


def _offer(answer: Message, tool: str, deed: str, content: Content, rooms: Rooms, now: datetime) -> Act | None:
    if _was_done(answer, deed, content):
        return None
    try:
        card = rooms.deeds[deed].card(answer.user, content, now)
    except AssistantError:
        return None  # the person's words say it, and the model answers them
    return journal.propose(answer, Offer(tool, deed, content, card, {}, WORDS), now)


def _was_done(answer: Message, deed: str, content: Content) -> bool:
    """Whether an earlier version of the answer led to the same, and that was done."""
    versions = Message.select(Message.id).where(Message.parent == answer.parent_id)
    same = (Act.deed == deed) & (Act.state == ACTED) & Act.message.in_(versions)
    return Act.select().where(same & (Act.content == json.dumps(content, ensure_ascii=False))).exists()
