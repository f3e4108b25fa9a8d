"""Whether Ollama answers and which models it has, known without asking at each page."""

import asyncio
import re
from contextlib import suppress

from assistant.errors import ModelUnavailable
from assistant.ollama.answers import Model
from assistant.ollama.door import Ollama
from assistant.storage.events import EVERYONE, Change, Events

REFRESH_WHEN_UP = 10.0  # seconds between two questions
REFRESH_WHEN_DOWN = 1.5
REFRESH_TIMEOUT = 15.0
EMBEDS = re.compile(r"bert|embed|\bbge\b|minilm", re.IGNORECASE)
ASKED = 100  # models that are asked what they can do, in one refresh


class ModelsStatus:
    """The last known state of Ollama; open pages are told when it changes."""

    def __init__(self, ollama: Ollama, events: Events) -> None:
        """Nothing is asked before ``watch`` or ``refresh``."""
        self._ollama = ollama
        self._events = events
        self._wanted = asyncio.Event()
        self.known = False
        self.problem = ""  # for everybody
        self.advice = ""  # for owners
        self.models: list[Model] = []
        self._able: dict[str, frozenset[str]] = {}  # what the models can do, as far as Ollama said so

    async def watch(self) -> None:
        """Asks again and again until cancelled; more often while Ollama is away."""
        while True:
            await self.refresh()
            pause = REFRESH_WHEN_DOWN if self.problem else REFRESH_WHEN_UP
            self._wanted.clear()
            with suppress(TimeoutError):
                await asyncio.wait_for(self._wanted.wait(), pause)

    def hurry(self) -> None:
        """Makes the next question happen now: something suggests that the state changed."""
        self._wanted.set()

    async def refresh(self) -> None:
        """Asks Ollama for its models and tells the open pages if that changed anything."""
        advice, able = "", self._able
        try:
            async with asyncio.timeout(REFRESH_TIMEOUT):
                models, problem = await self._ollama.models(), ""
                able = await self._ask(models)
        except TimeoutError:
            models, problem = self.models, "Ollama takes too long to answer."
            advice = "Restart it if this stays."
        except ModelUnavailable as error:
            models, problem, advice = self.models, error.sentence, error.advice
        if not self.known or (models, problem, able) != (self.models, self.problem, self._able):
            self.known, self.models, self.problem, self.advice = True, models, problem, advice
            self._able = able
            self._events.publish(Change(EVERYONE, "ollama"))

    def names(self) -> list[str]:
        """The names of the models that are there, in Ollama's order: the newest first."""
        return [model.name for model in self.models]

    def chat_names(self) -> list[str]:
        """The names of those that can chat, and not only make embeddings."""
        return [model.name for model in self.models if _chats(model, self._able.get(model.name, frozenset()))]

    def embedding_models(self) -> list[Model]:
        """Those that make embeddings."""
        able = self._able
        return [model for model in self.models if _embeds(model, able.get(model.name, frozenset()))]

    async def _ask(self, models: list[Model]) -> dict[str, frozenset[str]]:
        """What the models can do; Ollama's client remembers what each one said."""
        known = await asyncio.gather(*(self._ollama.known(model.name) for model in models[:ASKED]))
        return {one.name: one.capabilities for one in known}


def _embeds(model: Model, capabilities: frozenset[str]) -> bool:
    if capabilities:
        return "embedding" in capabilities
    return EMBEDS.search(f"{model.family} {model.name}") is not None


def _chats(model: Model, capabilities: frozenset[str]) -> bool:
    """Whether the model can chat; where Ollama does not say what it can, its family and its name do."""
    return "completion" in capabilities if capabilities else not EMBEDS.search(f"{model.family} {model.name}")
