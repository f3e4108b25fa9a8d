"""Offers made from a person's own words, at once and without a model."""

import json
from datetime import datetime

from assistant.chat.acting import findings, journal, records
from assistant.chat.acting.journal import Offer
from assistant.chat.acting.rooms import REMEMBER, SCHEDULE, Card, Content, Rooms
from assistant.chat.acting.words import set_times
from assistant.chat.acting.words.triggers import Trigger, plain, sentences, triggers
from assistant.chat.memory import sentences as facts
from assistant.chat.memory.facts import LONGEST
from assistant.chat.messages import get_own
from assistant.chat.models import ACTED, CLAIMED, Act, Message
from assistant.errors import AssistantError, Conflict

WORDS = "words"


def from_words(answer: Message, question: str, rooms: Rooms, now: datetime) -> list[Act]:
    """What the question's own words ask for, offered below its answer, or looked up; once for each answer."""
    known = records.of_answer(answer.id)
    if any(act.origin == WORDS for act in known):
        return known
    made = [_follow(answer, each, rooms, now) for each in triggers(question)]
    return [*known, *(act for act in made if act)]


def instead(user: int, act: int, rooms: Rooms, now: datetime) -> Act:
    """What the person's question asks for as far as its words say it, offered where an answer only claimed it."""
    row = records.own(user, act)
    answer = get_own(user, row.message_id or 0)
    question = Message.get_or_none(Message.id == answer.parent_id)
    words = question.text if question else ""
    if row.state != CLAIMED or not words.strip():
        raise Conflict("There is nothing to offer here. Write what you want.")
    row.allowed = journal.AGAIN
    row.save(only=[Act.allowed])
    kind = json.loads(row.said).get("kind")
    if kind == "fact":
        content = {"text": facts.fact(words) or words[:LONGEST], "conversation": answer.conversation_id}
        offered = _offer(answer, "remember", REMEMBER, content, rooms, now)
    elif kind == "note":
        offered = _offer(answer, "save_note", "note.create", {"text": words}, rooms, now)
    else:
        told = [sentence for sentence in sentences(words) if rooms.understand(user, plain(sentence), "", now).local]
        wish = rooms.understand(user, plain(told[0] if told else words), "", now)
        offered = _offer(answer, "remind", "reminder.create", wish.content, rooms, now)
    if offered is None:
        raise Conflict("Your words do not say enough for that. Write what, and when.")
    return offered


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
    if asked.act == "schedule":
        return _schedule(answer, asked, rooms, now)
    if asked.act == "remember":
        return _remember(answer, asked.words, rooms, now)
    content = reminder(answer.user, asked.words, rooms, now, otherwise=asked.otherwise)
    return _offer(answer, "remind", "reminder.create", content, rooms, now) if content else None


def _schedule(answer: Message, asked: Trigger, rooms: Rooms, now: datetime) -> Act | None:
    """The question, offered to be asked at set times as it would be asked here now."""
    times = set_times.times(answer.user, asked.otherwise, rooms.understand, now)
    if times is None:
        return None
    home = answer.conversation
    content = {
        "text": asked.words, "when": asked.otherwise, "local": times[0], "rule": times[1], "model": home.model,
        "knows": home.knows,
    }  # fmt: skip
    return _offer(answer, "schedule", SCHEDULE, content, rooms, now)


def _remember(answer: Message, words: str, rooms: Rooms, now: datetime) -> Act | None:
    """The fact, offered; why it cannot be kept is said below the answer: no model has to find that out."""
    content = {"text": words, "conversation": answer.conversation_id}
    try:
        rooms.deeds[REMEMBER].card(answer.user, content, now)
    except AssistantError as error:
        card = Card(f"Not remembered: {error.sentence}")
        return journal.looked(answer, "remember", {"text": words}, card.title, card, now, origin=WORDS)
    return _offer(answer, "remember", REMEMBER, content, rooms, now)


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
