"""The downloads of models, owned by the server so that they survive a reload."""

import asyncio
import re
import time
from dataclasses import astuple
from typing import Any

from assistant.errors import Invalid, ModelUnavailable
from assistant.ollama.answers import Progress
from assistant.ollama.door import Ollama
from assistant.storage.events import EVERYONE, Change, Events
from assistant.storage.house.board import Board
from assistant.storage.house.house import House

PUBLISH_EVERY = 0.2  # seconds
CUT_OFF = "The instance that pulled it has stopped. Pull it again: what came is kept."
LONGEST = 300  # characters of a name, with what is copied along
# As people copy it: from a command, from the address of the library, or just the name.
COMMAND = re.compile(r"\bollama\s+(?:run|pull|show)\s(.*)", re.IGNORECASE | re.DOTALL)
LIBRARY = re.compile(
    r"^(?:(?:https?://)?(?:www\.)?ollama\.com/(?:library/)?|https?://(?=(?:huggingface|hf)\.co/))", re.IGNORECASE
)
REST = re.compile(r"(?:/tags)?/?(?:[?#].*)?$")  # of the address of a page about a model


class Pulls:
    """Which models are being downloaded, how far, and which failed with which sentence: here and in other instances."""

    def __init__(self, ollama: Ollama, events: Events, house: House | None = None) -> None:
        """Nothing is downloaded yet."""
        self._ollama, self._events = ollama, events
        self._tasks: dict[str, asyncio.Task[None]] = {}
        self._published, self._closing = 0.0, False
        self.running: dict[str, Progress] = {}
        self.shares: dict[str, float] = {}
        self.problems: dict[str, str] = {}
        self._board = Board(house, "pull", heard=self._heard, asked=self._asked, orphaned=self._orphaned)

    def start(self, name: str) -> None:
        """Downloads the model in the background; starting twice is once, wherever."""
        name = name.strip()
        if not name or name in self.running:
            return
        self._tell(name, Progress("starting", 0, 0))
        self._tasks[name] = asyncio.create_task(self._pull(name), name=f"pull {name}")
        self._publish()

    def cancel(self, name: str) -> None:
        """Stops the download; Ollama keeps what it has and goes on from there next time."""
        if name in self._tasks:
            self._tasks[name].cancel()
        else:
            self._board.ask(name, "cancel")

    def forget(self, name: str) -> None:
        """Takes a failed download off the list."""
        if self.problems.pop(name, None) is not None:
            self._board.ask(name, "forget")
            self._board.put(name, None)
        self._publish()

    async def close(self) -> None:
        """Stops all downloads; other instances say that they were cut off."""
        self._closing = True
        tasks = list(self._tasks.values())
        for task in tasks:
            task.cancel()
        await asyncio.gather(*tasks, return_exceptions=True)

    async def _pull(self, name: str) -> None:
        problem = ""
        try:
            async for progress in self._ollama.pull(name):
                # Ollama names each layer only when it begins, so the total grows; a bar that goes back worries.
                share = progress.done / progress.total if progress.total else 0.0
                self.running[name], self.shares[name] = progress, max(self.shares.get(name, 0.0), share)
                if time.monotonic() - self._published > PUBLISH_EVERY:
                    self._tell(name, progress)
                    self._publish()
        except ModelUnavailable as error:
            problem = error.told(owner=True)  # who pulls is one
        except asyncio.CancelledError:
            problem = CUT_OFF if self._closing else ""
            raise
        finally:
            self._tasks.pop(name, None)
            self._end(name, problem)
            self._board.put(name, problem or None)
            self._publish()

    def _tell(self, name: str, progress: Progress) -> None:
        self._show(name, progress, self.shares.get(name, 0.0))
        self._board.put(name, [*astuple(progress), self.shares[name]])

    def _show(self, name: str, progress: Progress, share: float) -> None:
        self.problems.pop(name, None)
        self.running[name], self.shares[name] = progress, share

    def _end(self, name: str, problem: str) -> None:
        self.running.pop(name, None)
        self.shares.pop(name, None)
        if problem:
            self.problems[name] = problem
        else:
            self.problems.pop(name, None)

    def _heard(self, name: str, what: Any) -> None:
        if name in self._tasks:
            return  # begun here at the same moment: Ollama itself gets it once
        if isinstance(what, list):
            *progress, share = what
            self._show(name, Progress(*progress), share)
        else:
            self._end(name, what or "")
        self._publish()

    def _asked(self, name: str, what: Any) -> None:
        (self.cancel if what == "cancel" else self.forget)(name)

    def _orphaned(self, name: str, what: Any) -> None:
        if isinstance(what, list):
            self._end(name, CUT_OFF)
            self._publish()

    def _publish(self) -> None:
        self._published = time.monotonic()
        self._events.publish(Change(EVERYONE, "pulls"))


def model_name(typed: str) -> str:
    """The name of the model in what was typed, be it ``ollama run NAME``; raises Invalid for what is none."""
    typed = typed[:LONGEST].strip("\"'`$> \n\t")
    command = COMMAND.search(typed)
    words = [word for word in (command[1] if command else typed).split() if not word.startswith("-")]
    name = REST.sub("", LIBRARY.sub("", words[0], count=1)).strip("\"'`") if len(words) == 1 else ""
    if not name or "://" in name:
        raise Invalid("Type the name of one model, such as llama3.2:3b.", field="name")
    return name
