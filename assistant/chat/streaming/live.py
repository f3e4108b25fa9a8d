"""One answer while it is written, and how those who look at it follow."""

import asyncio
import time
from collections.abc import AsyncGenerator
from contextlib import suppress
from dataclasses import dataclass

from assistant.chat.models import CUT, DONE, FAILED
from assistant.ollama.answers import End, Piece
from assistant.ollama.thoughts import BETWEEN, unopened

FRAME = 0.05  # seconds between two updates of one follower: 20 a second read as flowing


@dataclass(frozen=True, slots=True)
class Update:
    """What a follower has not seen yet; offsets count UTF-16 units, as browsers do. ``thought`` is in seconds."""

    text_from: int
    text: str
    thinking_from: int
    thinking: str
    status: str
    thought: float
    final: bool


class Growing:
    """A text that only grows; pieces are joined when somebody looks."""

    def __init__(self, start: str = "") -> None:
        """Begins with ``start``."""
        self.pieces = [start] if start else []

    def add(self, piece: str) -> None:
        """Appends ``piece``."""
        if piece:
            self.pieces.append(piece)

    def __str__(self) -> str:
        whole = "".join(self.pieces)
        self.pieces = self.pieces and [whole]
        return whole


class Live:
    """One answer while it is written; any number of pages follow it from where they are."""

    def __init__(
        self, answer: int, user: int, conversation: int, text: str, seconds: float = 0.0, *, thinking: str = "",
        thought: float | None = None,
    ) -> None:  # fmt: skip
        """``text`` is what an earlier, unfinished attempt left, which took ``seconds``; so is what it ``thought``."""
        self.continued, self.seconds_before = bool(text), seconds if text else 0.0
        self.id, self.user, self.conversation = answer, user, conversation
        self._text, self._thinking = Growing(text), Growing(thinking if text else "")
        self.status = "waiting"
        self.final = False
        self.stopped = False  # by its person
        self.lost = False  # to another instance, which writes it now; or its question was not stored
        self.clipped = False  # Ollama read less than it was sent
        self.started = time.monotonic()
        self.thinking_since: float | None = None
        self.thinking_seconds = thought if text else None
        self.first_sign: float | None = None  # seconds until the model said anything
        self.end: End | None = None
        self._followers: set[asyncio.Event] = set()
        self._heard = asyncio.Event()
        self.lasting: asyncio.Future[None] | None = None  # done when its row lasts; None where it does already

    @property
    def text(self) -> str:
        """The text so far."""
        return str(self._text)

    @property
    def thinking(self) -> str:
        """The thinking so far."""
        return str(self._thinking)

    @property
    def thought(self) -> float:
        """For how many seconds the model has thought."""
        if self.thinking_since is None:
            return self.thinking_seconds or 0.0
        return self.thinking_seconds or time.monotonic() - self.thinking_since

    def add(self, piece: Piece) -> None:
        """Appends what came and wakes the followers."""
        now = time.monotonic()
        if self.first_sign is None and (piece.thinking or piece.text):
            self.first_sign = now - self.started
        if piece.thinking:
            self._thinking.add(piece.thinking)
            self.thinking_since = self.thinking_since or now
            self.status = "thinking"
        if piece.text:
            if self.thinking_since and self.thinking_seconds is None:
                self.thinking_seconds = now - self.thinking_since
            self._text.add(piece.text)
            self.status = "writing"
        if piece.calls and not piece.text:
            self.status = "acting"
        self.clipped = self.clipped or piece.clipped
        self.end = piece.end or self.end
        self.wake()

    def grow_to(self, text_at: int, text: str, thinking_at: int, thinking: str) -> bool:
        """Appends what is new of texts that begin at those places; False where what is before it is missing."""
        missing = text_at > len(self.text) or thinking_at > len(self.thinking)
        if not missing:
            self._text.add(text[len(self.text) - text_at :])
            self._thinking.add(thinking[len(self.thinking) - thinking_at :])
            self.wake()
        return not missing

    @property
    def counts(self) -> dict[str, object]:
        """What its row keeps at its end, beside what came: how long it took, and what Ollama counted."""
        took = self.seconds_before + time.monotonic() - self.started
        kept: dict[str, object] = {"seconds": took, "clipped": self.clipped}
        if self.end and self.continued:
            # Ollama counted the text so far as part of the prompt, so only the sum is true.
            kept["prompt_tokens"] = self.end.prompt_tokens + self.end.answer_tokens
        elif self.end:
            kept |= {
                "prompt_tokens": self.end.prompt_tokens, "answer_tokens": self.end.answer_tokens,
                "answer_seconds": self.end.answer_seconds,
            }  # fmt: skip
        return kept

    @property
    def so_far(self) -> dict[str, object]:
        """What its row has of it while it is written."""
        return {"text": self.text, "thinking": self.thinking, "thinking_seconds": self.thinking_seconds}

    @property
    def is_followed(self) -> bool:
        """Whether anybody looks at it."""
        return bool(self._followers)

    def settle(self) -> None:
        """Takes thinking out of the text that shows only at its end what it was."""
        found = unopened(self.text)
        if found.text != self.text:
            self._text = Growing(found.text)
            self._thinking.add(BETWEEN + found.thinking if self.thinking and found.thinking else found.thinking)

    def correct(self, text: str) -> None:
        """Has this text in place of what came."""
        if text != self.text:
            self._text = Growing(text)

    def wake(self) -> None:
        """Makes every follower look."""
        self._heard.set()
        for event in self._followers:
            event.set()

    async def lasts(self) -> None:
        """Waits until it is known whether its row lasts; where it does not, the answer is ``lost``."""
        if self.lasting is not None and not self.lasting.done():
            await asyncio.wait([self.lasting])

    async def heard(self, within: float) -> None:
        """Waits until there is anything of it, or so many seconds."""
        with suppress(TimeoutError):
            async with asyncio.timeout(within):
                await self._heard.wait()

    @property
    def first(self) -> Update | None:
        """All that came so far, as who follows gets it first; None before there is anything, and at the end."""
        text, thinking = self.text, self.thinking
        if self.final or not (text or thinking):
            return None
        return Update(0, text, 0, thinking, self.status, self.thought, final=False)

    async def follow(self) -> AsyncGenerator[Update, None]:
        """What came since the last update, the whole first, at most 20 times a second."""
        event = asyncio.Event()
        event.set()
        self._followers.add(event)
        text_at = thinking_at = 0
        text_units = thinking_units = 0
        sent_status = ""
        try:
            while True:
                await event.wait()
                event.clear()
                text, thinking, final = self.text, self.thinking, self.final
                new, thought = text[text_at:], thinking[thinking_at:]
                if new or thought or final or sent_status != self.status:
                    sent_status = self.status
                    yield Update(text_units, new, thinking_units, thought, sent_status, self.thought, final)
                text_at, thinking_at = len(text), len(thinking)
                text_units += _units(new)
                thinking_units += _units(thought)
                if final:
                    return
                if new or thought:
                    # Only after text: the first token must not wait for a frame to pass.
                    await asyncio.sleep(FRAME)
        finally:
            self._followers.discard(event)


def _units(text: str) -> int:
    return len(text) if text.isascii() else len(text.encode("utf-16-le", "surrogatepass")) // 2


def outcome(live: Live) -> tuple[str, str]:
    """The state of an answer that came to its end, and what is wrong with it."""
    cut = live.end is not None and live.end.reason == "length"
    if live.text.strip():
        return (CUT if cut else DONE), ""
    if live.thinking and cut:
        return FAILED, (
            "The model thought until it could write no more, and gave no answer. Allow more context in the settings, "
            "or set Thinking to Off, then try again."
        )
    if live.thinking:
        return FAILED, "The model only thought, and gave no answer. Try again, or set Thinking to Off."
    return FAILED, "The model gave no answer. Try again, or choose another model."
