"""An answer in which a model calls, round by round: each call is followed, and its result heard in the next round."""

import json
import time
from collections.abc import AsyncGenerator, Awaitable, Callable, Sequence
from contextlib import aclosing, suppress
from dataclasses import dataclass, field, replace
from datetime import datetime
from itertools import groupby

from assistant.chat import tokens
from assistant.chat.acting import fence, given, records
from assistant.chat.acting.calling import following, reading
from assistant.chat.acting.calling.following import Follower
from assistant.chat.acting.calling.schemas import FIND, READ, TOOLS
from assistant.chat.acting.rooms import Rooms
from assistant.chat.acting.words import claims
from assistant.chat.messages import get_own
from assistant.chat.models import ACTED, Act
from assistant.errors import ModelUnavailable
from assistant.ollama.answers import Call, Piece, Turn
from assistant.ollama.door import Ollama
from assistant.ollama.options import Options
from assistant.storage.database import Database

ROUNDS, CALLS, SECONDS = 5, 8, 60.0
RESULTS_SHARE, SHORT = 0.3, 300  # of the context for results; characters of an earlier one that has no room
ENOUGH = "Nothing more is to be called. Answer the person now, in a few sentences."
INSTEAD = "Below stands what I found, or would do."
NOT_CALLED = (
    "You said that this is done, but you called no tool, so nothing was done. If the person asked for it, call the "
    "right tool now. Else call nothing."
)


@dataclass(frozen=True, slots=True)
class Asked:
    """Which answer of whom, and what the person asked."""

    user: int
    answer: int
    question: str


@dataclass
class Rounds:
    """The rounds of one answer."""

    database: Database
    ollama: Ollama
    rooms: Rooms
    clock: Callable[[], datetime]
    asked: Asked
    fit: Callable[[int], Awaitable[list[Turn]]]  # the conversation, with room for so many tokens beside it
    size: int  # tokens that the model reads at once
    quiet: Options  # how it is asked once it has called
    steps: list[Act] = field(default_factory=list)  # of this answer, also from before the process was restarted
    enough: bool = False
    mark: str = field(default_factory=fence.mark)
    begun: float = field(default_factory=time.monotonic)

    async def pieces(self, model: str, turns: Sequence[Turn], options: Options) -> AsyncGenerator[Piece, None]:
        """The answer as it comes, without what are calls; ``turns`` end with what there is of it already."""
        self.steps = given.acted(await self.database.read(records.of_answer, self.asked.answer))
        number, heard = max((step.round for step in self.steps), default=0), Heard()
        said = turns[-1].text if turns and turns[-1].role == "assistant" else ""
        tail = [Turn("assistant", said)] if said else []
        while True:
            number, before, heard = number + 1, said, Heard()
            sent = [*await self._base(turns), *self._told(), *tail]
            async with aclosing(self._steadily(model, sent, options, heard)) as new:
                async for piece in new:
                    gap = "\n\n" if before and not tail and said == before and piece.text else ""
                    said += gap + piece.text
                    yield replace(piece, text=gap + piece.text)
            calls = [] if self.enough else heard.calls
            acted = bool(self.steps) or options == self.quiet
            if not calls and (said.strip() or not heard.thinking or not acted or options.think is False):
                break
            tail = []
            options = self.quiet if calls else replace(options, think=False)
            await self._follow(calls, number)
        if not said.strip() and (self.steps or options.think is False):
            said = heard.thinking if heard.thinking and not heard.calls else INSTEAD if self.steps else ""
            yield Piece(said)
        await self._hold_to(said, model, turns, options, number)

    async def _base(self, turns: Sequence[Turn]) -> list[Turn]:
        """The conversation before the answer, with room for what was called."""
        more = sum(tokens.estimate(turn.text) for turn in self._told())
        fitted = await self.fit(more) if more else turns
        return list(fitted[:-1] if fitted and fitted[-1].role == "assistant" else fitted)

    async def _steadily(
        self, model: str, turns: Sequence[Turn], options: Options, heard: "Heard"
    ) -> AsyncGenerator[Piece, None]:
        """One round; where Ollama could not read a call, once more."""
        try:
            async with aclosing(self._heard(model, turns, options, heard)) as pieces:
                async for piece in pieces:
                    yield piece
        except ModelUnavailable as error:
            if "tool call" not in error.sentence:
                raise
        else:
            return
        async with aclosing(self._heard(model, turns, options, heard)) as pieces:
            async for piece in pieces:
                yield piece

    async def _hold_to(
        self, said: str, model: str, turns: Sequence[Turn], options: Options, number: int
    ) -> None:  # fmt: skip
        """Where the answer claims what nobody called, asks once, silently, for the call."""
        if not claims.claimed(said) or any(step.deed for step in self.steps):
            return
        heard = Heard()
        asked = [*await self._base(turns), Turn("assistant", said), Turn("user", NOT_CALLED)]
        with suppress(ModelUnavailable):  # what was answered stands
            async with aclosing(self._heard(model, asked, options, heard)) as pieces:
                async for _ in pieces:
                    pass
            await self._follow(heard.calls, number + 1)

    async def _heard(
        self, model: str, turns: Sequence[Turn], options: Options, heard: "Heard"
    ) -> AsyncGenerator[Piece, None]:
        async with aclosing(self.ollama.chat(model, turns, options, tools=TOOLS)) as pieces:
            async for piece in pieces:
                clipped = piece.end is not None and tokens.is_clipped(turns, piece.end.prompt_tokens)
                yield replace(heard.hear(piece), clipped=clipped)
        yield Piece(heard.rest())

    async def _follow(self, calls: Sequence[Call], number: int) -> None:
        """Follows the calls of a round, unless it is enough."""
        for call in calls:
            called = [step for step in self.steps if step.round]
            if len(called) >= CALLS or following.same(call, called):
                self.enough = True
                return
            self.steps.append(await self.database.run(self._one, call, number))
        self.enough = number >= ROUNDS or time.monotonic() - self.begun > SECONDS

    def _one(self, call: Call, number: int) -> Act:
        answer = get_own(self.asked.user, self.asked.answer)
        turn = following.Turn(answer, self.asked.question, number)
        return Follower(self.rooms, turn, self.clock()).follow(call)

    def _told(self) -> list[Turn]:
        """The rounds so far as the model hears them: its calls, and what became of each."""
        turns: list[Turn] = []
        for _, steps in groupby((step for step in self.steps if step.round), lambda step: step.round):
            some = list(steps)
            turns.append(Turn("assistant", "", calls=tuple(Call(step.tool, json.loads(step.said)) for step in some)))
            turns += [Turn("tool", self._result(step), tool=step.tool) for step in some]
        turns = _shortened(turns, int(self.size * RESULTS_SHARE * tokens.BYTES_PER_TOKEN))
        if turns and self.enough:
            turns[-1] = replace(turns[-1], text=f"{turns[-1].text}\n\n{ENOUGH}")
        return turns

    def _result(self, step: Act) -> str:
        if step.tool in {FIND, READ} and step.state == ACTED:
            return fence.fenced(step.result, self.mark)
        return f"Done: {step.result}" if step.deed and step.state == ACTED else step.result


def _shortened(turns: list[Turn], room: int) -> list[Turn]:
    """The results, the earlier ones cut short where all together are longer than so many bytes."""
    kept: list[Turn] = []
    for turn in reversed(turns):
        size = len(turn.text.encode())
        room -= size
        kept.append(turn if room >= 0 or size <= SHORT or not kept else replace(turn, text=f"{turn.text[:SHORT]}…"))
    return kept[::-1]


class Heard:
    """What was heard in one round; text that may be a call is held back until it is sure."""

    def __init__(self) -> None:
        """Nothing yet."""
        self.text = self.thinking = ""
        self._sent = 0
        self._native: list[Call] = []

    @property
    def calls(self) -> list[Call]:
        """What is called: where calls belong, else in the text, else in the thinking of an answer without text."""
        written = self._native or reading.in_text(self.text)
        return written or ([] if self.text.strip() else reading.in_text(self.thinking))

    def hear(self, piece: Piece) -> Piece:
        """What of the piece can be shown already, with what was held back before it."""
        self.text += piece.text
        self.thinking += piece.thinking
        self._native += piece.calls
        end = self._sent + reading.beginning(self.text[self._sent :])
        shown, self._sent = self.text[self._sent : end], end
        return Piece(shown, piece.thinking, piece.end, piece.calls)

    def rest(self) -> str:
        """What was held back and is no call."""
        held, self._sent = self.text[self._sent :], len(self.text)
        return "" if reading.in_text(self.text) else held
