"""Pictures of messages: checked by content, turned upright, made small, stripped of metadata."""

import asyncio
import io
from dataclasses import asdict, dataclass
from datetime import datetime
from typing import Any

from assistant.chat.models import Image
from assistant.errors import Invalid, NotFound
from assistant.storage.database import Database

SIZE_LIMIT = 10 * 1024 * 1024  # bytes
PIXEL_LIMIT = 50_000_000  # a phone's largest pictures have that many
LONGEST_SIDE = 1568  # pixels; vision models scale down to about this themselves
_one_at_a_time = asyncio.Semaphore(1)  # an unpacked picture takes up to 200 MB
KINDS = ("JPEG", "PNG", "WEBP", "GIF")


@dataclass(frozen=True, slots=True)
class Prepared:
    """A picture that is small enough to be kept, upright and without metadata."""

    kind: str
    data: bytes
    width: int
    height: int


async def store(database: Database, user: int, data: bytes, now: datetime) -> int:
    """The id of the stored picture; raises Invalid when it is none of the known kinds."""
    return await database.run(keep, user, await prepare(data), now)


async def prepare(data: bytes) -> Prepared:
    """The picture as it is kept; raises Invalid when it is none of the known kinds."""
    if len(data) > SIZE_LIMIT:
        raise Invalid("The picture is larger than 10 MB.", field="image")
    async with _one_at_a_time:
        return Prepared(*await asyncio.to_thread(shrunk, data))


def keep(user: int, picture: Prepared, now: datetime) -> int:
    """The id of the picture, which is stored now; a unit of work."""
    return int(Image.create(user=user, created=now, **asdict(picture)).id)


def get(user: int, image: int) -> Image:
    """The user's picture; NotFound when it is someone else's."""
    found = Image.get_or_none((Image.id == image) & (Image.user == user))
    if found is None:
        raise NotFound("There is no such picture.")
    return found


def shrunk(data: bytes) -> tuple[str, bytes, int, int]:
    """The picture as it is stored: kind, bytes, width and height; raises Invalid when it is none of the known kinds."""
    # Pillow costs memory and time at the start, and most people never attach a picture.
    from PIL import Image as Pictures  # noqa: PLC0415

    try:
        with Pictures.open(io.BytesIO(data), formats=KINDS) as opened:
            large = opened.width * opened.height > PIXEL_LIMIT
            picture = None if large else _small(opened)
    except Exception:  # noqa: BLE001 - Pillow raises nearly anything on what is no picture
        raise Invalid("This is not a picture that can be read. Use JPEG, PNG, WebP or GIF.", field="image") from None
    if picture is None:
        raise Invalid("The picture has more than 50 million pixels.", field="image")
    out = io.BytesIO()
    if picture.mode == "RGBA":
        picture.save(out, "PNG")
    else:
        picture.save(out, "JPEG", quality=88)
    return (
        ("image/png" if picture.mode == "RGBA" else "image/jpeg"),
        out.getvalue(),
        picture.width,
        picture.height,
    )


def _small(opened: Any) -> Any:
    from PIL import ImageOps  # noqa: PLC0415

    # Small first: turning or converting the whole would take several times its memory.
    opened.draft("RGB", (LONGEST_SIDE, LONGEST_SIDE))
    see_through = opened.mode in {"RGBA", "LA", "P", "PA"} or "transparency" in opened.info
    opened.thumbnail((LONGEST_SIDE, LONGEST_SIDE))
    return ImageOps.exif_transpose(opened).convert("RGBA" if see_through else "RGB")
