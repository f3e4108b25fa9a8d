"""What is attached to notes: pictures, checked by content, and other files, kept as they came for their owner only."""

import asyncio
import hashlib
import io
import re
from collections.abc import Iterable
from datetime import datetime
from typing import Any
from urllib.parse import quote

from peewee import chunked

from assistant.errors import Invalid, NotFound
from assistant.notes.models import ADDRESS, SHOWN, Attachment, Note
from assistant.notes.versions import revisions
from assistant.storage.database import Database
from assistant.storage.text import one_line

SIZE_LIMIT = 10 * 1024 * 1024  # bytes
PIXEL_LIMIT = 50_000_000
NAME_LIMIT = 200  # characters
AT_ONCE = 500  # values of one statement
KINDS = {"JPEG": "image/jpeg", "PNG": "image/png", "WEBP": "image/webp", "GIF": "image/gif"}
FILE = "file"  # the kind of what is no picture: nobody is shown it, it is only handed out
PICTURES = {"png", "jpg", "jpeg", "gif", "webp"}  # endings of what should be one
ENDINGS = {"image/jpeg": ".jpg", "image/png": ".png", "image/webp": ".webp", "image/gif": ".gif"}
ENDING = re.compile(r"\.[a-z0-9]{1,10}\Z", re.ASCII)
# Which an import reads as notes.
READ = re.compile(r"\.(?:md|markdown|mdown|mkd|txt|text|html?|xhtml|json|zip|jex|enex|xml|csv)\Z")
LARGE = "The {} is larger than 10 MB."
EMPTY = "There is nothing in this file."


async def store(database: Database, user: int, note: int | None, data: bytes, *, name: str, now: datetime) -> int:
    """The id of the stored picture or file.

    Raises Invalid (field file) for what is empty, too large, or only called a picture; NotFound for a strange note.
    """
    if not data:
        raise Invalid(EMPTY, field="file")
    kind = await asyncio.to_thread(kind_of_any, data, name)
    return int((await database.run(add, user, note, data, kind=kind, name=name, now=now)).id)


def kind_of(data: bytes) -> str:
    """The picture's media type, by its content; Invalid (field file) when it is too large or no picture."""
    # Pillow costs memory and time at the start, and most people never attach a picture.
    from PIL import Image as Pictures  # noqa: PLC0415
    from PIL import UnidentifiedImageError  # noqa: PLC0415

    if len(data) > SIZE_LIMIT:
        raise Invalid(LARGE.format("picture"), field="file")
    try:
        with Pictures.open(io.BytesIO(data), formats=tuple(KINDS)) as picture:
            if picture.width * picture.height > PIXEL_LIMIT:
                raise Invalid("The picture has more than 50 million pixels.", field="file")
            kind = KINDS[str(picture.format)]
            picture.verify()
    except (UnidentifiedImageError, OSError, SyntaxError, ValueError, KeyError, Pictures.DecompressionBombError):
        raise Invalid("This is not a picture that can be read. Use JPEG, PNG, WebP or GIF.", field="file") from None
    return kind


def kind_of_any(data: bytes, name: str) -> str:
    """The media type of a picture, or FILE of what is called otherwise and is none; Invalid as ``kind_of``."""
    if _is_picture(name):
        return kind_of(data)
    if len(data) > SIZE_LIMIT:
        raise Invalid(too_large(name), field="file")
    try:
        return kind_of(data)
    except Invalid:
        return FILE


def too_large(name: str) -> str:
    """What is said of a file of that name that is larger than SIZE_LIMIT."""
    return LARGE.format("picture" if _is_picture(name) else "file")


def _is_picture(name: str) -> bool:
    return name.rpartition(".")[2].lower() in PICTURES


def ending(name: str, kind: str) -> str:
    """With what the name of its file ends, where it leaves the house; never as what an import takes for a note."""
    if kind != FILE:
        return ENDINGS[kind]
    found = ENDING.search(name.lower())
    return found[0] + (".file" if READ.fullmatch(found[0]) else "") if found else ".file"


def headers(attachment: Attachment) -> dict[str, str]:
    """How its bytes are handed out: a picture is shown, all else is downloaded, and nothing taken for what it is not.

    The browser asks for it each time: the next person at it must not see it.
    """
    how = "attachment" if attachment.kind == FILE else "inline"
    name = quote(attachment.name or ("file" if attachment.kind == FILE else "picture"), safe="")
    return {
        "Cache-Control": "private, no-cache", "Content-Disposition": f"{how}; filename*=UTF-8''{name}",
        "X-Content-Type-Options": "nosniff",
    }  # fmt: skip


def media_type(attachment: Attachment) -> str:
    """As what its bytes are handed out."""
    return "application/octet-stream" if attachment.kind == FILE else attachment.kind


def written(attachment: Attachment) -> str:
    """How a text shows it, in Markdown."""
    name = attachment.name.rpartition("/")[2].replace("[", "").replace("]", "")
    label = name or ("file" if attachment.kind == FILE else "")
    return f"{'' if attachment.kind == FILE else '!'}[{label}]({ADDRESS}{attachment.id})"


def add(user: int, note: int | None, data: bytes, *, kind: str, name: str, now: datetime) -> Attachment:
    """What is stored, the same that is there already when the note has it; ``kind`` is of ``kind_of_any``.

    Raises NotFound when the note is someone else's.
    """
    if note is not None:
        revisions.get_own(user, note)
    digest = hashlib.sha256(data).hexdigest()
    home = Attachment.note.is_null() if note is None else Attachment.note == note
    known = Attachment.get_or_none((Attachment.user == user) & (Attachment.digest == digest) & home)
    if known is not None:
        return known
    return Attachment.create(
        user=user, note=note, name=one_line(name)[:NAME_LIMIT], kind=kind, size=len(data), digest=digest,
        created=now, data=data,
    )  # fmt: skip


def get(user: int, attachment: int) -> Attachment:
    """What the user has attached; NotFound when it is gone or someone else's."""
    found = Attachment.get_or_none((Attachment.id == attachment) & (Attachment.user == user))
    if found is None:
        raise NotFound("There is no such file.")
    return found


def of_note(user: int, note: int) -> list[Attachment]:
    """The note's pictures and files, in the order in which they came; NotFound when the note is someone else's."""
    home = revisions.get_own(user, note)
    return list(Attachment.select().where(Attachment.note == home).order_by(Attachment.id))


def file_sizes(user: int, attached: Iterable[int]) -> dict[int, int]:
    """Those of the ids that are files of the user but no pictures, and their bytes."""
    found: dict[int, int] = {}
    for some in chunked(sorted(attached), AT_ONCE):
        mine = (Attachment.user == user) & (Attachment.kind == FILE) & Attachment.id.in_(list(some))
        rows: Any = Attachment.select(Attachment.id, Attachment.size).where(mine).tuples()
        found |= dict(rows)
    return found


def bind(user: int, note: int, attachments: Iterable[int]) -> None:
    """Gives the note pictures and files that had none yet. Raises NotFound when the note is someone else's."""
    revisions.get_own(user, note)
    free = Attachment.id.in_(list(attachments)) & (Attachment.user == user) & Attachment.note.is_null()
    Attachment.update(note=note).where(free).execute()


def copied(old: Note, new: Note, now: datetime) -> str:
    """The new note's text with what is attached to the old one copied, so that each note has its own."""
    ids: dict[int, int] = {}
    for picture in Attachment.select().where(Attachment.note == old).order_by(Attachment.id):
        values: dict[str, Any] = {f: getattr(picture, f) for f in ("user", "name", "kind", "size", "digest", "data")}
        ids[picture.id] = Attachment.create(note=new, created=now, **values).id
    return SHOWN.sub(lambda found: f"{ADDRESS}{ids.get(int(found[1]), int(found[1]))}", new.text)
