"""The documents of a user's questions; each function is part of a unit of work."""

import json
from collections import defaultdict
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from secrets import token_hex
from typing import Any

from assistant.chat.models import Document, DocumentPage, Message, MessageDocument
from assistant.errors import Conflict, Invalid, NotFound
from assistant.storage.database import changed
from assistant.storage.text import clean, one_line
from assistant.text import ADDRESS

SIZE_LIMIT = 25 * 1024 * 1024  # bytes
MOST = 10  # of one question
LONGEST_NAME = 200
MOST_ADDRESSES = 500
SCANS = {"pdf"}  # kinds that may be nothing but pictures
AT_ONCE = 100  # rows of one statement
ABOUT = [field for field in Document._meta.sorted_fields if field.name != "data"]  # noqa: SLF001 - as Peewee has them


@dataclass(frozen=True, slots=True)
class File:
    """A file that was read: the texts of its pages, and what the columns of a document say of them."""

    name: str
    kind: str
    data: bytes
    texts: list[str]
    measures: dict[str, Any]


def add(user: int, file: File, now: datetime) -> Document:
    """The document, stored; it belongs to no question yet."""
    row = Document.create(
        user=user, name=file.name, kind=file.kind, size=len(file.data), data=file.data, mark=new_mark(),
        created=now, **file.measures,
    )  # fmt: skip
    write_pages(row.id, file.texts)
    return get(user, row.id)


def new_mark() -> str:
    """Words that nobody could know who wrote the file."""
    return token_hex(8)


def prepared(name: str, kind: str, data: bytes, pages: Iterable[str]) -> File:
    """The file as it can be stored; of a long one this takes a while."""
    texts = [clean(page).replace("\f", "\n") for page in pages]
    silent = sum(not text.strip() for text in texts)
    found = dict.fromkeys(address for text in texts for address in ADDRESS.findall(text))
    measures = {
        "pages": len(texts), "words": sum(len(text.split()) for text in texts),
        "text_size": sum(len(text.encode()) for text in texts),
        "scanned": kind in SCANS and 2 * silent > len(texts), "addresses": json.dumps(list(found)[:MOST_ADDRESSES]),
    }  # fmt: skip
    return File(plain_name(name), kind, data, texts, measures)


def write_pages(document: int, texts: Iterable[str]) -> None:
    """Stores the texts of its pages."""
    rows = [{"document": document, "number": number, "text": text} for number, text in enumerate(texts, 1)]
    for start in range(0, len(rows), AT_ONCE):
        DocumentPage.insert_many(rows[start : start + AT_ONCE]).execute()


def plain_name(name: str) -> str:
    """The name of a file without its folders, as it can be stored; never empty."""
    line = one_line(name.replace("\\", "/").rstrip("/").rpartition("/")[2])
    beginning, dot, ending = line.rpartition(".")
    if len(line) > LONGEST_NAME and dot and len(ending) < LONGEST_NAME // 2:
        return f"{beginning[: LONGEST_NAME - len(ending) - 2]}….{ending}"
    return line[:LONGEST_NAME] or "Untitled"


def get(user: int, document: int) -> Document:
    """The user's document, without the file itself; NotFound when it is someone else's."""
    found: Document | None = Document.select(*ABOUT).where(_own(user, [document])).first()
    if found is None:
        raise NotFound("There is no such document.")
    return found


def some(user: int, documents: Collection[int]) -> list[Document]:
    """Those of these documents that are the user's, without the files, in this order."""
    found = {row.id: row for row in Document.select(*ABOUT).where(_own(user, documents))}
    return [found[one] for one in documents if one in found]


def contents(user: int, document: int) -> bytes:
    """The file as it came; NotFound when it is someone else's."""
    row = Document.select(Document.data).where(_own(user, [document])).first()
    if row is None:
        raise NotFound("There is no such document.")
    return bytes(row.data)


def page(user: int, document: int, number: int) -> str:
    """The text of the page; NotFound where there is none, or it is someone else's."""
    row = get(user, document)
    found = DocumentPage.get_or_none((DocumentPage.document == row.id) & (DocumentPage.number == number))
    if found is None:
        raise NotFound("There is no such page.")
    return str(found.text)


def pages(wanted: Collection[tuple[int, int]]) -> dict[tuple[int, int], str]:
    """The texts of these pages, each by its document and its number."""
    documents, numbers = {document for document, _ in wanted}, {number for _, number in wanted}
    rows: Any = DocumentPage.select(DocumentPage.document, DocumentPage.number, DocumentPage.text)
    there = DocumentPage.document.in_(list(documents)) & DocumentPage.number.in_(list(numbers))
    return {(document, number): text for document, number, text in rows.where(there).tuples()}


def texts(documents: Collection[int]) -> dict[int, list[str]]:
    """The texts of the pages of these documents."""
    found: dict[int, list[str]] = {one: [] for one in documents}
    rows: Any = DocumentPage.select(DocumentPage.document, DocumentPage.text)
    wanted = DocumentPage.document.in_(list(documents))
    for document, text in rows.where(wanted).order_by(DocumentPage.document, DocumentPage.number).tuples():
        found[document].append(text)
    return found


def discard(user: int, document: int) -> None:
    """Removes a document that was not sent; Conflict when it was, NotFound when it is someone else's."""
    row = get(user, document)
    if row.project_id:
        raise Conflict("This document belongs to a project. Remove it there.")
    if MessageDocument.select().where(MessageDocument.document == row.id).exists():
        raise Conflict("This document belongs to a question. Delete the question, or its conversation.")
    Document.delete().where(Document.id == row.id).execute()


def bring(question: Message, documents: Sequence[int]) -> None:
    """Lets the question bring these documents, none of which was sent; raises NotFound where one is gone."""
    mine = _own(question.user, documents) & Document.conversation.is_null() & Document.project.is_null()
    if Document.update(conversation=question.conversation_id).where(mine).execute() != len(set(documents)):
        raise NotFound("One of the documents is gone. Attach it again.", field="documents")
    _link(question, documents)


def bring_again(old: Message, question: Message) -> None:
    """Lets the question bring what an earlier version of it brought."""
    _link(question, [row.id for row in of_messages([old.id]).get(old.id, ())])


def check(documents: Sequence[int]) -> None:
    """Raises Invalid (field documents) for more than a question may bring."""
    if len(documents) > MOST:
        raise Invalid(f"At most {MOST} documents fit into one message.", field="documents")


def of_messages(messages: Collection[int]) -> dict[int, list[Document]]:
    """The documents that these messages bring, without the files."""
    links: Any = MessageDocument.select(MessageDocument.message, MessageDocument.document)
    pairs = links.where(MessageDocument.message.in_(list(messages))).order_by(MessageDocument.id).tuples()
    return _by_message(list(pairs))


def of_conversation(conversation: int) -> dict[int, list[Document]]:
    """The documents of the conversation by the messages that bring them, without the files."""
    links: Any = MessageDocument.select(MessageDocument.message, MessageDocument.document).join(Message)
    return _by_message(list(links.where(Message.conversation == conversation).order_by(MessageDocument.id).tuples()))


def purge(before: datetime) -> None:
    """Deletes for good what no question brings any more, or ever brought, and is older than that.

    What belongs to a project goes once it was removed there before that.
    """
    brought = MessageDocument.select(MessageDocument.document)
    loose = Document.project.is_null() & (Document.created < before) & Document.id.not_in(brought)
    Document.delete().where(loose | (Document.removed < before)).execute()


def _by_message(pairs: Sequence[tuple[int, int]]) -> dict[int, list[Document]]:
    found: dict[int, list[Document]] = defaultdict(list)
    if pairs:
        wanted = Document.id.in_(list({document for _, document in pairs}))
        rows = {row.id: row for row in Document.select(*ABOUT).where(wanted)}
        for message, document in pairs:
            found[message].append(rows[document])
    return dict(found)


def _link(question: Message, documents: Iterable[int]) -> None:
    for document in dict.fromkeys(documents):
        MessageDocument.create(message=question, document=document)
    changed(question.user, "conversation", question.conversation_id)


def _own(user: int, documents: Collection[int]) -> Any:
    return (Document.user == user) & Document.id.in_(list(documents))
