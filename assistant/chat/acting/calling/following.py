"""What becomes of one call: something is looked up at once, all else is offered; each is a row, once."""

import json
import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from datetime import datetime

from assistant.chat.acting import findings, journal, records
from assistant.chat.acting.calling import reading
from assistant.chat.acting.calling.handles import Handles, Named
from assistant.chat.acting.calling.schemas import CHANGE, FIND, MEMORY, READ, REMIND, SAVE
from assistant.chat.acting.journal import Offer
from assistant.chat.acting.outcomes import in_words
from assistant.chat.acting.rooms import REMEMBER, Card, Content, Rooms, Wish
from assistant.chat.acting.words.triggers import plain, sentences
from assistant.chat.models import ACTED, PROPOSED, UNABLE, Act, Message
from assistant.errors import AssistantError, Conflict, Invalid
from assistant.ollama.answers import Call

LONGEST = 6000  # bytes of one result, which are about 2,000 tokens
END = re.compile(
    r"\W*(?:mark (?:it )?(?:as )?)?(done|finished|complete[d]?|erledigt|fertig|abgehakt)\W*", re.IGNORECASE
)
GONE = re.compile(r"\W*(delete[d]?|remove|cancel(?:led)?|löschen?|gelöscht|entfernen?)(?: it)?\W*", re.IGNORECASE)
OFFERED = (
    "A card now offers this to the person: {words}. It is not done yet, and is done only if they say yes. Say in one "
    "sentence that you have prepared it; do not say that it is done."
)
THERE = "A card that the person sees already offers this: {words}. Nothing more is to be called for it."
UNKNOWN = "There is no tool of this name. The tools are: find, read_note, save_note, change_note, remind."


@dataclass(frozen=True, slots=True)
class Turn:
    """The answer in which it is called, what the person asked, and in which round of the model's."""

    answer: Message
    question: str
    round: int
    origin: str = "tools"


class Follower:
    """Follows the calls of one turn; each call is one unit of work."""

    def __init__(self, rooms: Rooms, turn: Turn, now: datetime) -> None:
        """In these rooms, at this moment."""
        self._rooms, self._turn, self._now, self._user = rooms, turn, now, turn.answer.user
        self._steps = records.of_answer(turn.answer.id)
        self._handles = Handles(self._steps)

    def follow(self, call: Call) -> Act:
        """The row of what became of the call; what cannot be is a result that says so, for the model to mend."""
        tool = reading.known(call.name)
        said = reading.arguments(tool, call) if tool else {}
        known: Mapping[str, Callable[[Content], Act]] = {
            FIND: self._find, READ: self._read, SAVE: self._save, CHANGE: self._change, REMIND: self._remind,
        }  # fmt: skip
        if not tool:
            return self._looked(call.name[:20], {}, UNKNOWN, Card(""), state=UNABLE)
        try:
            return known[tool](said)
        except AssistantError as error:
            return self._looked(tool, said, f"Error: {error.sentence}", Card(""), state=UNABLE)

    def _find(self, said: Content) -> Act:
        words, kind = said.get("query", ""), said.get("kind", "").lower().rstrip("s")
        kind = kind if kind in {"note", "reminder", "conversation"} else ""
        found = self._rooms.find(self._user, words, kind, said.get("day", ""), self._now)
        handles = [self._handles.give(one.kind, one.id, self._state(one.kind, one.id)) for one in found]
        shown = findings.card(words or said.get("day", "") or "what is next", found)
        return self._looked(FIND, said, findings.told(found, handles), shown, sources=findings.sources(found))

    def _state(self, kind: str, id: int) -> str:  # noqa: A002 - the row's own word
        if kind == "note":
            return str(self._rooms.read_note(self._user, id).version)
        return self._rooms.reminder_now(self._user, id)[1] if kind == "reminder" else ""

    def _read(self, said: Content) -> Act:
        note = self._rooms.read_note(self._user, self._named(said, "note").id)
        self._handles.give("note", note.id, str(note.version))
        shown = Card(f"Read “{note.title}”", pieces=((f"/notes/{note.id}", note.title),))
        return self._looked(READ, said, note.text or "(empty)", shown, sources=(note.foreign,) if note.foreign else ())

    def _save(self, said: Content) -> Act:
        text = said.get("text", "")
        if not said.get("id"):
            return self._offer(SAVE, "note.create", {"text": text}, said)
        if said["id"] == MEMORY:
            content = {"text": text, "conversation": self._turn.answer.conversation_id}
            return self._offer(SAVE, REMEMBER, content, said)
        return self._offer(SAVE, "note.append", {"note": self._named(said, "note").id, "text": text}, said)

    def _change(self, said: Content) -> Act:
        named = self._named(said, "note")
        note = self._rooms.read_note(self._user, named.id)
        if str(note.version) != named.state:
            self._handles.give("note", note.id, str(note.version))
            raise Conflict("The note has changed since you read it. Read it again.")
        old = _passage(note.text, said.get("find", ""))
        content = {"note": note.id, "version": note.version, "old": old, "new": said.get("replace", "")}
        return self._offer(CHANGE, "note.change", content, said)

    def _remind(self, said: Content) -> Act:
        sentence = plain(said.get("sentence", ""))
        if not said.get("id"):
            return self._set(sentence, said)
        named = self._named(said, "reminder")
        bound = {"reminder": named.id, "mark": named.state}
        if END.fullmatch(sentence):
            return self._offer(REMIND, "reminder.done", bound, said)
        if GONE.fullmatch(sentence):
            return self._offer(REMIND, "reminder.delete", bound, said)
        wish = self._as_the_person_said(self._rooms.understand(self._user, sentence, "", self._now))
        return self._offer(REMIND, "reminder.change", bound | self._rooms.changed(wish), said)

    def _set(self, sentence: str, said: Content) -> Act:
        wish = self._as_the_person_said(self._rooms.understand(self._user, sentence, "", self._now))
        if wish.stops:
            raise Invalid(wish.stops)
        for act in self._steps:
            same = act.deed == "reminder.create" and act.state in {PROPOSED, ACTED}
            if same and json.loads(act.content)["fields"]["local"] == wish.content["fields"]["local"]:
                return self._looked(REMIND, said, THERE.format(words=in_words(act)), Card(""))
        return self._offer(REMIND, "reminder.create", wish.content, said)

    def _as_the_person_said(self, wish: Wish) -> Wish:
        """The wish with the time of the person's own words where they say one, and the model another."""
        own = list(self._own_times())
        if len(own) != 1 or (wish.local, wish.rule) == (own[0].local, own[0].rule):
            return wish
        time = {name: own[0].content["fields"][name] for name in ("local", "zone", "rule", "after_done", "leads")}
        content = wish.content | {"fields": wish.content["fields"] | time, "sentence": own[0].content["sentence"]}
        content["sentence"] = _reworded(wish.text, self._rooms, self._user, own[0], self._now) or content["sentence"]
        told = "The model wrote another time than you; yours is taken." if wish.local else ""
        doubts = [*own[0].doubts, *filter(None, [told])]
        return replace(
            wish, local=own[0].local, rule=own[0].rule, content=content | {"doubts": doubts}, doubts=tuple(doubts),
            stops="" if wish.text else wish.stops,
        )  # fmt: skip

    def _own_times(self) -> list[Wish]:
        read = [self._rooms.understand(self._user, plain(one), "", self._now) for one in sentences(self._turn.question)]
        return list({(wish.local, wish.rule): wish for wish in read if wish.local}.values())

    def _named(self, said: Content, kind: str) -> Named:
        return self._handles.find(said.get("id", ""), kind)

    def _offer(self, tool: str, deed: str, content: Content, said: Content) -> Act:
        card = self._rooms.deeds[deed].card(self._user, content, self._now)
        for act in self._steps:
            if (act.deed, act.content) == (deed, json.dumps(content, ensure_ascii=False)):
                return self._looked(tool, said, THERE.format(words=in_words(act)), Card(""))
        home, sources = self._turn.answer.conversation, records.sources_in(self._turn.answer.conversation_id)
        offer = Offer(tool, deed, content, card, said, self._turn.origin, self._turn.round, sources)
        if self._rooms.deeds[deed].kind in home.allows.split() and not sources:
            return journal.do_at_once(self._turn.answer, offer, self._rooms, self._now)
        made = journal.propose(self._turn.answer, offer, self._now)
        made.result = OFFERED.format(words=in_words(made))
        made.save(only=[Act.result])
        return made

    def _looked(self, tool: str, said: Content, result: str, card: Card, **more: object) -> Act:
        cut = result.encode()[:LONGEST].decode(errors="ignore")
        told = result if cut == result else f"{cut}\n… (the rest is left out)"
        row = journal.looked(
            self._turn.answer,
            tool,
            said,
            told,
            card,
            self._now,
            round=self._turn.round,
            origin=self._turn.origin,
            **more,
        )
        row.content = json.dumps({"handles": self._handles.kept()})
        row.save(only=[Act.content])
        return row


def same(call: Call, steps: list[Act]) -> bool:
    """Whether this was called already in the turn, with the same arguments."""
    tool = reading.known(call.name)
    said = reading.arguments(tool, call) if tool else {}
    return any(step.tool in {tool, call.name[:20]} and step.round and json.loads(step.said) == said for step in steps)


def _passage(text: str, wanted: str) -> str:
    """The passage as it stands in the text, though white space may differ; raises Invalid where it is not one."""
    if not wanted.strip():
        raise Invalid("Say in find which passage to replace, word for word.")
    if text.count(wanted) == 1:
        return wanted
    pattern = r"\s+".join(map(re.escape, wanted.split()))
    found = [match[0] for match in re.finditer(pattern, text, re.IGNORECASE)]
    if len(found) == 1 and text.count(found[0]) == 1:
        return found[0]
    raise Invalid(
        "The passage stands there more than once. Give more of it." if found else
        "This passage does not stand in the note. Read it again and copy the passage word for word."
    )  # fmt: skip


def _reworded(text: str, rooms: Rooms, user: int, own: Wish, now: datetime) -> str:
    """A sentence of the model's text with the person's time that reads back to exactly that; empty where none does."""
    if not text:
        return ""
    said = own.content["sentence"].replace(own.text, text, 1) if own.text else f"{text} {own.content['sentence']}"
    read = rooms.understand(user, said, "", now)
    return said if (read.text, read.local, read.rule) == (text, own.local, own.rule) else ""
