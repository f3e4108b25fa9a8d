"""Documents as an answer is given them: whole between marks where they fit, and said below it."""

import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from assistant.chat.acting import fence, journal, records
from assistant.chat.acting.rooms import Card
from assistant.chat.context import ANSWER_SHARE
from assistant.chat.documents import library, shelf
from assistant.chat.knowing.looking import SHARE
from assistant.chat.knowing.sources import Given
from assistant.chat.models import Act, Document, Message
from assistant.chat.tokens import BYTES_PER_TOKEN, TOKENS_PER_TURN
from assistant.retrieval.passages import Passage, split
from assistant.retrieval.questions import sought
from assistant.retrieval.ranking import best
from assistant.storage.tokens import index_words

GIVEN = "documents"  # the tool and the origin of the row that says so
WHOLE_SHARE = 0.5  # of the context may go to documents that are read whole
CITE = (
    "After each sentence that rests on a document, write the mark of its page as it stands there, such as [D{} p. 1]."
)
FEWEST, MOST, PASSAGE_TOKENS = 3, 12, 420  # passages of documents that are too long; tokens of one, at most
MANY = 100  # pages; of fewer all are read
SCAN = "(This is a scan: it has no text that could be read.)"


@dataclass(frozen=True, slots=True)
class Brought:
    """A document that a message on the way to an answer brings; ``number`` is what the model knows it by."""

    message: int
    number: int
    document: Document


Page = tuple[Brought, int, str]  # with its number and text


def on_path(path: Iterable[Message]) -> tuple[Brought, ...]:
    """The documents that these messages bring, each once, in their order."""
    ids = [message.id for message in path]
    return numbered(ids, library.of_messages(ids))


def numbered(path: Iterable[int], documents: Mapping[int, Sequence[Document]]) -> tuple[Brought, ...]:
    """The documents of the messages on this path, in order."""
    found: dict[int, Brought] = {}
    for message in path:
        for one in documents.get(message, ()):
            found.setdefault(one.id, Brought(message, len(found) + 1, one))
    return tuple(found.values())


def on_shelf(project: int | None) -> tuple[Brought, ...]:
    """The documents of the project that have words; no message brings them."""
    return tuple(Brought(0, 0, one) for one in shelf.of_project(project) if one.words)


def taken(told: int, size: int, *, tools: int, knows: bool) -> int:
    """How many of the ``size`` tokens of context something else than documents takes.

    So many are ``told``: instructions, memory, the question; ``tools`` are those that say what can be called. Who
    ``knows`` keeps a share for passages.
    """
    return told + tools + (int(size * SHARE) if knows else 0)


def room(size: int, taken: int) -> float:
    """How many of the ``size`` tokens of context documents may take, where so many are ``taken``."""
    return max(0.0, min(size * WHOLE_SHARE, size * (1 - ANSWER_SHARE) - taken))


def fit_whole(documents: Sequence[Document], tokens: float) -> frozenset[int]:
    """Those of the documents, by their ids, that fit whole into so many tokens; the latest go first."""
    found = set[int]()
    for one in reversed(documents):
        needed = tokens_of(one)
        if needed <= tokens:
            found.add(one.id)
            tokens -= needed
    return frozenset(found)


def tokens_of(document: Document) -> int:
    """About how many tokens the document takes when it is read whole."""
    return int(document.text_size / BYTES_PER_TOKEN) + TOKENS_PER_TURN * (document.pages + 6)


def passages(
    question: str, brought: Iterable[Brought], texts: Mapping[int, Sequence[str]], tokens: float
) -> list[Given]:  # fmt: skip
    """What of documents that are not read whole fits the question best, in their order; so many tokens of it.

    Where none of the question's words stands in them, as in “summarise this”, passages from all over those that a
    message brings; of what stands on a project's shelf none then, unless all of it is few.
    """
    pages = [(one, number, text) for one in brought for number, text in enumerate(texts[one.document.id], 1)]
    many = len(pages) > MANY
    found = [
        (one, number, passage)
        for one, number, text in (_worth_reading(question, pages) if many else pages)
        for passage in split("", text)
    ]
    most = max(FEWEST, min(MOST, int(tokens / PASSAGE_TOKENS)))
    hits = [one.at for one in best(question, [passage.text for _, _, passage in found], most)]
    if len(found) <= most and not many:
        return [_given(*one) for one in found]
    asked = [at for at, (one, _, _) in enumerate(found) if one.number]
    spread = asked[:: max(1, len(asked) // most)]
    return [_given(*found[at]) for at in sorted(hits or spread[:most])]


def _worth_reading(question: str, pages: Iterable[Page]) -> list[Page]:
    """Those of the pages that a message brings, and of those on a shelf those with a word of the question.

    To look only for that takes a fifth of the time, and a shelf may have thousands.
    """
    stems = [one.stem for one in sought(question)]
    return [page for page in pages if page[0].number or _has(page[2], stems)]


def _has(text: str, stems: Sequence[str]) -> bool:
    words = index_words(text)
    return any(stem in words for stem in stems)


def as_read(brought: Iterable[Brought], texts: Mapping[int, Sequence[str]]) -> dict[int, str]:
    """What the model reads of the documents that have texts here, by the messages that bring them."""
    found: dict[int, list[str]] = {}
    for one in brought:
        if one.document.id in texts:
            text = fence.fenced(_whole(one, texts[one.document.id]), f"§{one.document.mark}§")
            found.setdefault(one.message, []).append(f"{text}\n{CITE.format(one.number)}")
    return {message: "\n\n".join(some) for message, some in found.items()}


def tell(answer: Message, brought: Sequence[Brought], now: datetime) -> None:
    """Says below the answer, once, which documents it was given whole: they are texts that the person did not type."""
    documents = [one.document for one in brought if one.document.words]
    if not documents or any(act.origin == GIVEN for act in records.of_answer(answer.id)):
        return
    count = len(documents)
    title = f"Read “{documents[0].name}” whole" if count == 1 else f"Read {count} documents whole"
    pieces = tuple((f"/documents/{one.id}", f"{one.name} · {in_pages(one)}") for one in documents)
    addresses = "\n".join(dict.fromkeys(address for one in documents for address in json.loads(one.addresses)))
    journal.looked(
        answer, GIVEN, {}, addresses, Card(title, pieces=pieces), now, origin=GIVEN,
        sources=tuple(one.name for one in documents),
    )  # fmt: skip


def acted(acts: Iterable[Act]) -> list[Act]:
    """The acts without those that only say what the model was given."""
    return [act for act in acts if act.origin != GIVEN]


def in_pages(document: Document) -> str:
    """How long the document is: pages, where it has some, and words."""
    words = f"{document.words:,} word{'' if document.words == 1 else 's'}"
    if document.kind != "pdf":
        return words
    return f"{document.pages:,} page{'' if document.pages == 1 else 's'}, {words}"


def _given(one: Brought, number: int, passage: Passage) -> Given:
    document = one.document
    return Given(
        "document", document.id, document.name, place(document, number), passage.text,
        f"/documents/{document.id}?p={number}", document.name,
    )  # fmt: skip


def place(document: Document, number: int) -> str:
    """What the page is called; of what has no pages a part."""
    return f"{'p.' if document.kind == 'pdf' else 'part'} {number}"


def _whole(one: Brought, texts: Sequence[str]) -> str:
    head = f"Document D{one.number}: {one.document.name}"
    if not one.document.words:
        return f"{head}\n{SCAN if one.document.scanned else '(It is empty.)'}"
    pages = [f"[D{one.number} p. {number}]\n{text}" for number, text in enumerate(texts, 1)]
    return "\n\n".join([head, *pages])
