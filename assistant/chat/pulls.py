"""The downloads of models, owned by the server so that they survive a reload."""

import asyncio
import re
import time

from assistant.errors import Invalid, ModelUnavailable
from assistant.ollama.answers import Progress
from assistant.ollama.door import Ollama
from assistant.storage.events import EVERYONE, Change, Events

PUBLISH_EVERY = 0.2  # seconds
LONGEST = 300  # characters of a name, with what is copied along
# As people copy it: from a command, from the address of the library, or just the name.
COMMAND = re.compile(r"\bollama\s+(?:run|pull|show)\s(.*)", re.IGNORECASE | re.DOTALL)
LIBRARY = re.compile(
    r"^(?:(?:https?://)?(?:www\.)?ollama\.com/(?:library/)?|https?://(?=(?:huggingface|hf)\.co/))", re.IGNORECASE
)
REST = re.compile(r"(?:/tags)?/?(?:[?#].*)?$")  # of the address of a page about a model


class Pulls:
    """Which models are being downloaded, how far, and which failed with which sentence."""

    def __init__(self, ollama: Ollama, events: Events) -> None:
        """Nothing is downloaded yet."""
        self._ollama, self._events = ollama, events
        self._tasks: dict[str, asyncio.Task[None]] = {}
        self._published = 0.0
        self.running: dict[str, Progress] = {}
        self.shares: dict[str, float] = {}
        self.problems: dict[str, str] = {}

    def start(self, name: str) -> None:
        """Downloads the model in the background; starting twice is once."""
        name = name.strip()
        if not name or name in self._tasks:
            return
        self.problems.pop(name, None)
        self.running[name] = Progress("starting", 0, 0)
        self._tasks[name] = asyncio.create_task(self._pull(name), name=f"pull {name}")
        self._publish()

    def cancel(self, name: str) -> None:
        """Stops the download; Ollama keeps what it has and goes on from there next time."""
        if name in self._tasks:
            self._tasks[name].cancel()

    def forget(self, name: str) -> None:
        """Takes a failed download off the list."""
        self.problems.pop(name, None)
        self._publish()

    async def close(self) -> None:
        """Stops all downloads."""
        tasks = list(self._tasks.values())
        for task in tasks:
            task.cancel()
        await asyncio.gather(*tasks, return_exceptions=True)

    async def _pull(self, name: str) -> None:
        try:
            async for progress in self._ollama.pull(name):
                self.running[name] = progress
                # Ollama names each layer only when it begins, so the total grows; a bar that goes back worries.
                share = progress.done / progress.total if progress.total else 0.0
                self.shares[name] = max(self.shares.get(name, 0.0), share)
                if time.monotonic() - self._published > PUBLISH_EVERY:
                    self._publish()
        except ModelUnavailable as error:
            self.problems[name] = error.told(owner=True)  # who pulls is one
        finally:
            self.running.pop(name, None)
            self.shares.pop(name, None)
            self._tasks.pop(name, None)
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
