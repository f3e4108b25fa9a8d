"""What models of embeddings want before a question and before a passage; who has none of it gets both as they are."""

import re
from dataclasses import dataclass

MANY_LANGUAGES = re.compile(
    r"embeddinggemma|bge-m3|qwen3-embedding|v2-moe|multilingual|arctic-embed2|\be5", re.IGNORECASE
)
SUGGESTED = "embeddinggemma"  # small, and at home in a hundred languages


@dataclass(frozen=True, slots=True)
class Prefixes:
    """Templates in which ``{}`` is the text."""

    question: str = "{}"
    passage: str = "{}"


# By a part of the model's name; the first that fits counts.
KNOWN = {
    "embeddinggemma": Prefixes("task: search result | query: {}", "title: none | text: {}"),
    "nomic-embed": Prefixes("search_query: {}", "search_document: {}"),
    "qwen3-embedding": Prefixes("Instruct: Given a question, retrieve passages of notes that answer it\nQuery:{}"),
    "e5": Prefixes("query: {}", "passage: {}"),
    "mxbai-embed": Prefixes("Represent this sentence for searching relevant passages: {}"),
    "arctic-embed": Prefixes("query: {}"),
    "bge-m3": Prefixes(),
}


def prefixes(model: str) -> Prefixes:
    """Those of the model with this name."""
    name = model.lower()
    return next((one for part, one in KNOWN.items() if part in name), Prefixes())


def order(model: str) -> tuple[bool, int]:
    """By what models are preferred, the least first: those of many languages, then as they stand in the table."""
    place = next((at for at, part in enumerate(KNOWN) if part in model.lower()), len(KNOWN))
    return not MANY_LANGUAGES.search(model), place
