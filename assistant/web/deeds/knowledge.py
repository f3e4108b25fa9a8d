"""What is known of what texts mean: who says so, and of which rooms."""

from dataclasses import dataclass

from assistant.retrieval.meaning.embedder import Embedder
from assistant.retrieval.meaning.stock import Meanings


@dataclass(frozen=True, slots=True)
class Knowledge:
    """The embedder, and what it has said of notes and of messages."""

    embedder: Embedder
    notes: Meanings
    messages: Meanings
