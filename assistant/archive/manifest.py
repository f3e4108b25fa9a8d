"""What an archive says of itself, in ``manifest.json``; docs/archive.md describes all of it for people."""

from typing import Annotated, Literal

from pydantic import Field

from assistant.storage.packing import Instant, Shape

FORMAT = 1
NAME, README = "manifest.json", "README.txt"
KIND: Literal["assistant-archive"] = "assistant-archive"

WORDS = """This is everything that {name} had in Assistant on {day}.

manifest.json     what is in here, with a check sum of each file
account.json      the name, what was chosen in the settings, and what models know
projects.json     the folders of conversations, and what these begin with
chats/            each conversation: .md to read, .json with every version, thought and setting
chats/pictures/   the pictures in chats
chats/documents/  the documents of questions and projects, each with the text of its pages
notes/            each note as Markdown, as many programs read it
notes/attachments the pictures in notes
notes/history/    of each note: what Markdown cannot say, and its earlier versions
reminders.json    each reminder, with all that rang
reminders.ics     the reminders for a calendar program

Bring it back: Settings, Data, Import; or on the command line: assistant import NAME FILE.zip
There are no passwords in it, no keys, and no addresses to which reminders were sent.
"""


class File(Shape):
    """A file in the archive: bytes, and their SHA-256 in hexadecimal digits."""

    size: Annotated[int, Field(ge=0)]
    sha256: Annotated[str, Field(pattern=r"^[0-9a-f]{64}$")]


class Manifest(Shape):
    """The manifest; ``counts`` says how much of what there is."""

    format: Literal["assistant-archive"]
    version: int
    product: Annotated[str, Field(max_length=100)]
    made: Instant
    counts: dict[str, int]
    files: dict[str, File]
