"""Documents of questions in and out: each file once, and beside it the texts of its pages."""

from collections.abc import Sequence
from typing import Any

from assistant.chat.documents import library
from assistant.chat.models import Conversation, Document, DocumentPage, MessageDocument
from assistant.chat.transfer.shapes import DocumentShape
from assistant.errors import Invalid
from assistant.storage import arrivals
from assistant.storage.file_names import safe
from assistant.storage.packing import Get, Put

FOLDER = "chats/documents/"
BETWEEN = "\f"  # the pages of a text; none has it inside
LONGEST = 4 * 2_000_000 + 10_000  # bytes of the longest text


def shapes(home: Conversation) -> dict[int, list[DocumentShape]]:
    """The documents of the conversation, by the messages that bring them."""
    found = library.of_conversation(home.id)
    return {message: [shape(one) for one in documents] for message, documents in found.items()}


def count(messages: Any) -> int:
    """How many documents these messages bring."""
    brought = MessageDocument.select(MessageDocument.document).where(MessageDocument.message.in_(messages))
    return int(Document.select().where(Document.id.in_(brought)).count())


def put_all(messages: Any, put: Put) -> None:
    """Puts the documents that these messages bring into the archive."""
    brought = MessageDocument.select(MessageDocument.document).where(MessageDocument.message.in_(messages))
    for row in list(Document.select(*library.ABOUT).where(Document.id.in_(brought)).order_by(Document.id)):
        put_one(row, put)


def put_one(row: Document, put: Put) -> None:
    """Puts the document: the file, and the text of its pages."""
    about = shape(row)
    put(about.file, [library.contents(row.user, row.id)])
    put(about.text, [BETWEEN.join(library.texts([row.id])[row.id]).encode()])


def link(one: DocumentShape, folder: str) -> str:
    """The way to the file in Markdown that lies in the folder."""
    name = one.name.replace("\\", "\\\\").replace("[", "\\[").replace("]", "\\]")
    return f"[{name}](<{one.file.removeprefix(folder)}>)"


class Arriving:
    """Documents of one user that come in; one that several messages bring comes once."""

    def __init__(self, user: int, get: Get) -> None:
        """``get`` opens the files."""
        self._user, self._get = user, get
        self._stored: dict[tuple[int, str], int] = {}

    def take(self, home: int, message: int, documents: Sequence[DocumentShape]) -> int:
        """Stores what this message of the conversation brings; says how many came that were not there yet."""
        new = 0
        for one in documents:
            if (home, one.file) not in self._stored:
                self._stored[home, one.file] = store(self._user, self._get, one, conversation=home)
                new += 1
            arrivals.insert(MessageDocument, message=message, document=self._stored[home, one.file])
        return new


def store(user: int, get: Get, one: DocumentShape, **home: int) -> int:
    """The id of the document, stored in its ``conversation`` or ``project``; raises Invalid for what is none."""
    try:
        pages = _read(get, one.text, LONGEST).decode().split(BETWEEN)
    except UnicodeDecodeError:
        raise Invalid(f"{one.text} is no text.") from None
    file = library.prepared(one.name, one.kind, _read(get, one.file, library.SIZE_LIMIT), pages)
    row = arrivals.insert(
        Document, user=user, name=file.name, kind=file.kind, size=len(file.data), data=file.data,
        mark=library.new_mark(), created=one.created, **home, **file.measures,
    )  # fmt: skip
    library.write_pages(row, file.texts)
    return row


def _read(get: Get, path: str, most: int) -> bytes:
    with get(path) as file:
        data = file.read(most + 1)
    if len(data) > most:
        raise Invalid(f"{path} is larger than a document may be.")
    return data


def undo(messages: Any) -> None:
    """Removes the documents that came with these messages."""
    brought = MessageDocument.select(MessageDocument.document).where(MessageDocument.message.in_(messages))
    Document.delete().where(Document.id.in_(brought)).execute()


def remove(user: int, most: int) -> bool:
    """Removes some of the user's documents; whether there may be more."""
    some: Any = Document.select(Document.id).where(Document.user == user).limit(most)
    pages: Any = DocumentPage.select(DocumentPage.id).where(DocumentPage.document.in_(some)).limit(most)
    return bool(
        DocumentPage.delete().where(DocumentPage.id.in_(pages)).execute()
        or Document.delete().where(Document.id.in_(some)).execute()
    )


def shape(row: Document) -> DocumentShape:
    """What is said of the document in the file of what it belongs to."""
    kind: Any = row.kind
    file = f"{FOLDER}{row.id} {safe(row.name)}"
    return DocumentShape(file=file, text=f"{file}.pages.txt", name=row.name, kind=kind, created=row.created)
