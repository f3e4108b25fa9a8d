"""What one says to Ollama, and what comes back."""

from dataclasses import dataclass
from datetime import datetime


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
class Turn:
    """One message as the model reads it; ``images`` are the bytes of picture files."""

    role: str
    text: str
    images: tuple[bytes, ...] = ()


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
    """What came next: text, thinking, or the end."""

    text: str = ""
    thinking: str = ""
    end: End | None = None
