"""One answer's turn: what its question asks for by itself, what the model may call, and whether what it says is so."""

import asyncio
from collections.abc import AsyncGenerator, Callable, Sequence
from contextlib import aclosing, suppress
from dataclasses import dataclass, replace
from datetime import datetime

from assistant.chat import context, course, tokens
from assistant.chat.acting import findings, given, journal, outcomes, records
from assistant.chat.acting.calling import schemas, shaped
from assistant.chat.acting.calling.following import Follower
from assistant.chat.acting.calling.following import Turn as Calling
from assistant.chat.acting.calling.rounds import Asked, Rounds
from assistant.chat.acting.given import Brought
from assistant.chat.acting.rooms import Card, Rooms
from assistant.chat.acting.words import claims, offers
from assistant.chat.acting.words.phrases import LIKELY
from assistant.chat.acting.words.triggers import triggers
from assistant.chat.context import Aside, Request
from assistant.chat.course import Course
from assistant.chat.documents import library
from assistant.chat.knowing import looking, sources
from assistant.chat.knowing.citations import cleaned
from assistant.chat.knowing.looking import Looking
from assistant.chat.knowing.sources import Given
from assistant.chat.memory import telling
from assistant.chat.messages import get_own
from assistant.chat.models import CLAIMED, PROPOSED, SCHEDULED, Message
from assistant.errors import ModelUnavailable
from assistant.ollama.answers import Call, Details, Piece, Turn
from assistant.ollama.door import Ollama
from assistant.ollama.options import Options
from assistant.storage.database import Database


@dataclass(frozen=True, slots=True)
class Opening:
    """What an answer begins with: the ``model`` that writes it, empty where there is none, and what was asked.

    ``acts`` says whether the assistant may act here, ``offered`` whether the person's own words led to something,
    ``knows`` whether something is to be looked up for it; ``asked`` is the question's id, ``tokens`` how many of
    context the conversation wishes, ``taken`` how many its instructions and the question take. ``course`` is what
    leads to it, ``documents`` are those that the conversation brings, ``shelf`` those of its project; ``today`` is the
    day, where it is told. A question that nobody was there to ask is answered ``alone``.
    """

    user: int
    answer: int
    model: str
    question: str
    acts: bool
    offered: bool
    aside: Aside
    course: Course
    knows: bool = False
    asked: int = 0
    tokens: int = 0
    taken: int = 0
    documents: tuple[Brought, ...] = ()
    shelf: tuple[Brought, ...] = ()
    alone: bool = False
    today: str = ""

    @property
    def reads(self) -> bool:
        """Whether there are documents."""
        return bool(self.documents or self.shelf)

    def calls(self, model: Details) -> bool:
        """Whether the model is given tools."""
        return self.acts and "tools" in model.capabilities


Begun = tuple[Opening, bool]  # and whether something is to be offered before


class Turns:
    """Begins the turns of answers, and sees them through."""

    def __init__(
        self, database: Database, ollama: Ollama, rooms: Rooms, clock: Callable[[], datetime], context_tokens: int
    ) -> None:  # fmt: skip
        """Acts in these rooms; models read so many tokens unless a conversation wishes otherwise."""
        self._rooms, self._database, self._ollama, self._clock = rooms, database, ollama, clock
        self._looking, self._context = Looking(database, rooms.stock), context_tokens

    async def begin(self, user: int, answer: int, begun: Begun | None = None) -> Opening:
        """Offers what the person's own words ask for, and says what the answer begins with.

        Costs one reading of rows where they ask for nothing, or none where they were read as it was stored: ``begun``.
        """
        opening, asks = begun if begun is not None else await self._database.read(self.read, user, answer)
        if asks:
            opening = await self._database.run(self._offer, opening)
        return opening

    async def aside(self, opening: Opening, model: Details) -> Aside:
        """What the model hears beside the messages: what is looked up for the question, before that, and documents.

        One with tools also hears of them, and which day it is.
        """
        aside, size = opening.aside, context.size(opening.tokens or self._context, model.context)
        if opening.reads:
            aside = replace(aside, documents=await self._documents(opening, model, size))
        if opening.knows or opening.reads:
            aside = await self._with_passages(opening, size, aside)
        if not (opening.calls(model) or opening.alone):
            return aside
        after = "\n".join(filter(None, [aside.after, f"(It is {opening.today}.)"]))
        if opening.alone:
            return replace(aside, after=after)
        return replace(aside, after=after, system=schemas.RULES, reserve=schemas.TOKENS)

    async def fitted(self, opening: Opening, default: int, *, limit: int, aside: Aside) -> Request:
        """The conversation as it fits into the model's context, ``default`` tokens or as many as it wishes."""
        if opening.course.pictured:
            return await self._database.read(context.fitted, opening.course, default, limit=limit, aside=aside)
        return context.fitted(opening.course, default, limit=limit, aside=aside)

    async def _with_passages(self, opening: Opening, size: int, aside: Aside) -> Aside:
        found = await self._looking.look(opening.user, opening.answer, size)
        words = [aside.before.get(opening.asked, ""), findings.passages(found)]
        return replace(aside, before={**aside.before, opening.asked: "\n\n".join(filter(None, words))})

    async def without_strange_marks(self, opening: Opening, text: str) -> str:
        """The answer without marks that name none of the passages that it was given."""
        if not (opening.knows or opening.reads) or "[" not in text:
            return text
        return cleaned(text, await self._database.read(sources.of_answer, opening.answer))

    async def pieces(
        self, opening: Opening, wanted: Request, model: Details, options: Options, aside: Aside
    ) -> AsyncGenerator[Piece, None]:
        """The answer as it comes, with what the model hears ``aside``.

        Where it is likely to act, thinking is off unless the person wants it.
        """
        if not opening.calls(model):
            async with aclosing(self._ollama.chat(wanted.model, wanted.turns, options)) as pieces:
                async for piece in pieces:
                    clipped = piece.end is not None and tokens.is_clipped(wanted.turns, piece.end.prompt_tokens)
                    yield replace(piece, clipped=True) if clipped else piece
            return
        quiet = options
        if options.think is None and "thinking" in model.capabilities:
            quiet = replace(options, think="low" if model.levels else False)
        if opening.offered or LIKELY.search(opening.question):
            options = quiet

        async def fit(more: int) -> list[Turn]:
            tighter = replace(aside, reserve=aside.reserve + more)
            size = wanted.num_ctx
            return (await self.fitted(opening, size, limit=size, aside=tighter)).turns

        asked = Asked(opening.user, opening.answer, opening.question)
        rounds = Rounds(self._database, self._ollama, self._rooms, self._clock, asked, fit, wanted.num_ctx, quiet)
        async with aclosing(rounds.pieces(wanted.model, wanted.turns, options)) as pieces:
            async for piece in pieces:
                yield piece

    async def settle(self, opening: Opening, model: Details, text: str, options: Options) -> None:
        """Once the answer has ended: offers what a model without tools should have, and says what is not so."""
        if not (opening.acts or opening.alone):
            return
        kind = claims.claimed(text)
        told = opening.acts and not opening.calls(model)
        likely = not opening.offered and LIKELY.search(opening.question) is not None
        if told and (likely or kind):
            with suppress(ModelUnavailable):  # what was answered stands
                call = await shaped.wanted(self._ollama, opening.model, opening.question, options)
                if call:
                    await self._database.run(self._follow, opening, call)
        if kind:
            await self._database.run(self._unfounded, opening, kind)

    async def _documents(self, opening: Opening, model: Details, size: int) -> dict[int, str]:
        """What the model reads of documents, by the messages that bring them."""
        taken = given.taken(
            opening.taken, size, tools=schemas.TOKENS if opening.calls(model) else 0, knows=opening.knows
        )
        room = given.room(size, taken)
        fitting = given.fit_whole([one.document for one in opening.documents], room)
        whole = [one for one in opening.documents if one.document.id in fitting]
        long = [one for one in opening.documents if one.document.id not in fitting]
        long += opening.shelf  # in passages alone: their marks lead where they did, whatever else comes and goes
        every = [*opening.documents, *opening.shelf]
        texts = await self._database.read(library.texts, [one.document.id for one in every])
        left = room - sum(given.tokens_of(one.document) for one in whole)
        found = await asyncio.to_thread(given.passages, opening.question, long, texts, left) if long else []
        await self._database.run(self._tell_given, opening, whole, found)
        return await asyncio.to_thread(given.as_read, whole, texts)

    def _tell_given(self, opening: Opening, whole: Sequence[Brought], found: Sequence[Given]) -> None:
        answer = get_own(opening.user, opening.answer)
        given.tell(answer, whole, self._clock())
        if not any(one.kind == "document" for one in sources.of_answer(answer.id)):
            sources.add(answer, found)

    def read(self, user: int, answer: int) -> Begun:
        """What the answer begins with, as far as its rows say; for a unit of work."""
        led = course.read(user, answer)
        row, path, question, has = led.answer, led.path, led.question, led.has
        acts = records.of_conversation(row.conversation_id) if course.ACTS in has else {}
        waits = any(act.state == PROPOSED and below != answer for below, some in acts.items() for act in some)
        mine = given.acted(acts.get(answer, []))
        memory = telling.told(user) if course.FACTS in has else ""
        aside = Aside(outcomes.told(path, acts), outcomes.offered(mine), memory=memory)
        # Nobody is there to say yes to what a scheduled question might lead to: nothing is offered, nothing called.
        may = self._rooms.acts(user)
        today = self._rooms.today(user, self._clock()) if may else ""
        alone = may and bool(path) and (path[-1].key or "").startswith(SCHEDULED)
        model, may = str(row.model or row.conversation.model), may and not alone
        asks = waits or (may and bool(triggers(question)))
        told = [question, context.instructions(row.conversation), memory]
        taken = sum(tokens.estimate(text) for text in told if text)
        wished = row.conversation.num_ctx or 0
        opening = Opening(
            user, answer, model, question, may, bool(mine), aside, led.last(wished or self._context),
            looking.wants(row.conversation, question), path[-1].id if path else 0, wished, taken,
            given.on_path(path) if course.DOCUMENTS in has else (), given.on_shelf(row.conversation.project_id), alone,
            today,
        )  # fmt: skip
        return opening, asks

    def _offer(self, opening: Opening) -> Opening:
        """Offers what is asked for; how the turn begins once that stands there."""
        row: Message = get_own(opening.user, opening.answer)
        journal.lapse(opening.user, row.conversation_id, opening.answer)
        if opening.acts:
            offers.from_words(row, opening.question, self._rooms, self._clock())
        return self.read(opening.user, opening.answer)[0]

    def _follow(self, opening: Opening, call: Call) -> None:
        answer = get_own(opening.user, opening.answer)
        calling = Calling(answer, opening.question, 1, "schema")
        Follower(self._rooms, calling, self._clock()).follow(call)

    def _unfounded(self, opening: Opening, kind: str) -> None:
        """Says below the answer that what it claims was not done, unless something was done or waits there."""
        answer = get_own(opening.user, opening.answer)
        if any(act.deed or act.state == CLAIMED for act in records.of_answer(answer.id)):
            return
        card = Card("Nothing was saved.")
        journal.looked(answer, "", {"kind": kind}, "", card, self._clock(), origin="claim", state=CLAIMED)
