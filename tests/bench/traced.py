"""The product, telling when each stage of a message passes: ``python -m tests.bench.traced``, with TRACE naming a file.

A line a stage: its name, a space, seconds since 1970.
"""

import functools
import os
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

from engineio.async_socket import AsyncSocket  # type: ignore[import-untyped]

from assistant.chat import context, messages
from assistant.chat.acting.turn import Turns
from assistant.chat.streaming.live import Live
from assistant.cli import main
from assistant.ollama.door import Ollama

# What passes between Enter and the first words, in this order.
RECEIVED, ASKING, ASKED, WRITING, READ, FITTED, GOING, CAME, SHOWN = STAGES = (
    "received", "asking", "asked", "writing", "read", "fitted", "going", "came", "shown",
)  # fmt: skip
FIRST_WORDS = ">t0"  # as they go to the page


class Trace:
    """Writes down when a stage was first passed after Enter."""

    def __init__(self, file: Path) -> None:
        """Appends to ``file``."""
        self._file, self._passed = file, set[str]()

    def passes(self, stage: str, after: str = "") -> None:
        """Notes the stage, once a message; where it comes ``after`` another, only once that has passed."""
        if stage == RECEIVED and ASKING not in self._passed:
            self._passed.discard(RECEIVED)  # what a page says besides
        if stage in self._passed or (after and after not in self._passed):
            return
        self._passed.add(stage)
        with self._file.open("a") as lines:
            lines.write(f"{stage} {time.time()}\n")
        if stage == SHOWN:
            self._passed.clear()

    def wrap(
        self, home: Any, name: str, before: str = "", end: str = "", after: str = "", of: str = ""
    ) -> None:  # fmt: skip
        """Lets a function of ``home`` say when it begins and ends; where it sends, only what has the words ``of``."""
        told: Callable[..., Any] = getattr(home, name)

        @functools.wraps(told)
        def plain(*args: Any, **kwargs: Any) -> Any:
            if of and of not in str(args[1].data):
                return told(*args, **kwargs)
            if before:
                self.passes(before, after)
            result = told(*args, **kwargs)
            if end:
                self.passes(end, after)
            return result

        setattr(home, name, plain)


def listen(trace: Trace) -> None:
    """Puts the trace into what a message goes through."""
    trace.wrap(AsyncSocket, "receive", before=RECEIVED)
    trace.wrap(messages, "ask", before=ASKING, end=ASKED)
    trace.wrap(Turns, "begin", before=WRITING, after=ASKED)
    trace.wrap(Turns, "aside", before=READ, after=WRITING)
    trace.wrap(context, "fitted", end=FITTED, after=READ)
    trace.wrap(Ollama, "chat", before=GOING, after=FITTED)
    trace.wrap(Live, "add", before=CAME, after=GOING)
    trace.wrap(AsyncSocket, "send", before=SHOWN, after=CAME, of=FIRST_WORDS)


if __name__ == "__main__":
    listen(Trace(Path(os.environ["TRACE"])))
    main()
