"""What one says to Ollama, and what comes back."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any


@dataclass(frozen=True, slots=True)
class Model:
    """A model that is installed; ``size`` in bytes."""

    name: str
    size: int
    digest: str
    family: str
    parameters: str
    quantization: str


@dataclass(frozen=True, slots=True)
class Details:
    """What a model can do; ``context`` in tokens. 0 and no capabilities mean that it is unknown.

    ``levels``: its thinking is not only on or off.
    """

    name: str
    context: int = 0
    capabilities: frozenset[str] = frozenset()
    levels: bool = False


@dataclass(frozen=True, slots=True)
class Running:
    """A model that is in memory; sizes in bytes."""

    name: str
    size: int
    vram: int
    expires: datetime | None


@dataclass(frozen=True, slots=True)
class Progress:
    """How far a download is, all layers together, in bytes."""

    status: str
    done: int
    total: int


@dataclass(frozen=True, slots=True)
class Call:
    """What a model wants to be done: by which tool, with which arguments, which may be text that is no JSON."""

    name: str
    arguments: dict[str, Any] | str


@dataclass(frozen=True, slots=True)
class Turn:
    """One message as the model reads it; ``images`` are the bytes of picture files.

    An answer may have ``calls``; the result of one has the role "tool" and the ``tool`` that was called.
    """

    role: str
    text: str
    images: tuple[bytes, ...] = ()
    calls: tuple[Call, ...] = ()
    tool: str = ""


@dataclass(frozen=True, slots=True)
class End:
    """Ollama's own account of a finished answer; durations in seconds."""

    prompt_tokens: int
    answer_tokens: int
    answer_seconds: float
    load_seconds: float
    reason: str


@dataclass(frozen=True, slots=True)
class Piece:
    """What came next: text, thinking, calls, or the end; ``clipped`` where Ollama read less than it was sent."""

    text: str = ""
    thinking: str = ""
    end: End | None = None
    calls: tuple[Call, ...] = ()
    clipped: bool = False
