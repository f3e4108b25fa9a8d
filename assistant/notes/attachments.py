"""Pictures in notes: checked by content, kept as they came, served only to their owner."""

import asyncio
import hashlib
import io
from collections.abc import Iterable
from datetime import datetime
from typing import Any

from assistant.errors import Invalid, NotFound
from assistant.notes.models import ADDRESS, SHOWN, Attachment, Note
from assistant.notes.versions import revisions
from assistant.storage.database import Database
from assistant.storage.text import one_line

SIZE_LIMIT = 10 * 1024 * 1024  # bytes
PIXEL_LIMIT = 50_000_000
NAME_LIMIT = 200  # characters
KINDS = {"JPEG": "image/jpeg", "PNG": "image/png", "WEBP": "image/webp", "GIF": "image/gif"}


async def store(database: Database, user: int, note: int | None, data: bytes, *, name: str, now: datetime) -> int:
    """The id of the stored picture. Raises Invalid when it is none of the known kinds, NotFound for a strange note."""
    kind = await asyncio.to_thread(kind_of, data)
    return int((await database.run(add, user, note, data, kind=kind, name=name, now=now)).id)


def kind_of(data: bytes) -> str:
    """The picture's media type, by its content; Invalid (field file) when it is too large or no picture."""
    # Pillow costs memory and time at the start, and most people never attach a picture.
    from PIL import Image as Pictures  # noqa: PLC0415
    from PIL import UnidentifiedImageError  # noqa: PLC0415

    if len(data) > SIZE_LIMIT:
        raise Invalid("The picture is larger than 10 MB.", field="file")
    try:
        with Pictures.open(io.BytesIO(data), formats=tuple(KINDS)) as picture:
            if picture.width * picture.height > PIXEL_LIMIT:
                raise Invalid("The picture has more than 50 million pixels.", field="file")
            kind = KINDS[str(picture.format)]
            picture.verify()
    except (UnidentifiedImageError, OSError, SyntaxError, ValueError, KeyError, Pictures.DecompressionBombError):
        raise Invalid("This is not a picture that can be read. Use JPEG, PNG, WebP or GIF.", field="file") from None
    return kind


def add(user: int, note: int | None, data: bytes, *, kind: str, name: str, now: datetime) -> Attachment:
    """The stored picture, the one that is there already when the note has the same; ``kind`` is of ``kind_of``.

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
    """The user's picture; NotFound when it is gone or someone else's."""
    found = Attachment.get_or_none((Attachment.id == attachment) & (Attachment.user == user))
    if found is None:
        raise NotFound("There is no such picture.")
    return found


def of_note(user: int, note: int) -> list[Attachment]:
    """The note's pictures, in the order in which they came; NotFound when the note is someone else's."""
    home = revisions.get_own(user, note)
    return list(Attachment.select().where(Attachment.note == home).order_by(Attachment.id))


def bind(user: int, note: int, attachments: Iterable[int]) -> None:
    """Gives the note pictures that had none yet. Raises NotFound when the note is someone else's."""
    revisions.get_own(user, note)
    free = Attachment.id.in_(list(attachments)) & (Attachment.user == user) & Attachment.note.is_null()
    Attachment.update(note=note).where(free).execute()


def copied(old: Note, new: Note, now: datetime) -> str:
    """The new note's text with the old one's pictures copied, so that each note has its own."""
    ids: dict[int, int] = {}
    for picture in Attachment.select().where(Attachment.note == old).order_by(Attachment.id):
        values: dict[str, Any] = {f: getattr(picture, f) for f in ("user", "name", "kind", "size", "digest", "data")}
        ids[picture.id] = Attachment.create(note=new, created=now, **values).id
    return SHOWN.sub(lambda found: f"{ADDRESS}{ids.get(int(found[1]), int(found[1]))}", new.text)
