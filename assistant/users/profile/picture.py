"""A person's picture: checked by content, turned upright, cut to a small square, stripped of metadata."""

import asyncio
import io

from assistant.errors import Invalid, NotFound
from assistant.storage.database import Database, changed
from assistant.users.models import ProfilePicture

SIZE_LIMIT = 10 * 1024 * 1024  # bytes
PIXEL_LIMIT = 50_000_000
SIDE = 192  # pixels
STORED_LIMIT = 200_000  # bytes of one as it is stored
KINDS = ("JPEG", "PNG", "WEBP", "GIF")
_one_at_a_time = asyncio.Semaphore(1)  # an unpacked picture takes up to 200 MB


async def store(database: Database, user: int, data: bytes) -> int:
    """The id of the picture, which takes the place of an earlier one; raises Invalid when it is none."""
    async with _one_at_a_time:
        small = await asyncio.to_thread(_small, data)
    return await database.run(_keep, user, small)


def get(user: int) -> ProfilePicture:
    """The user's picture; NotFound when there is none."""
    found = ProfilePicture.get_or_none(ProfilePicture.user == user)
    if found is None:
        raise NotFound("There is no picture.")
    return found


def number(user: int) -> int:
    """The id of the user's picture, which is another for each; 0 where there is none."""
    found = ProfilePicture.select(ProfilePicture.id).where(ProfilePicture.user == user).first()
    return int(found.id) if found else 0


def remove(user: int) -> bytes:
    """Takes the picture away, and returns it for ``put_back``; NotFound when there is none."""
    data = bytes(get(user).data)
    ProfilePicture.delete().where(ProfilePicture.user == user).execute()
    changed(user, "preferences")
    return data


def put_back(user: int, data: bytes) -> None:
    """Undoes ``remove``."""
    _keep(user, data)


def is_stored(data: bytes) -> bool:
    """Whether it is a picture as ``store`` keeps it."""
    from PIL import Image  # noqa: PLC0415

    try:
        with Image.open(io.BytesIO(data), formats=("JPEG",)) as opened:
            opened.load()
            return opened.size == (SIDE, SIDE) and len(data) < STORED_LIMIT
    except Exception:  # noqa: BLE001 - Pillow raises nearly anything on what is no picture
        return False


def _keep(user: int, data: bytes) -> int:
    ProfilePicture.delete().where(ProfilePicture.user == user).execute()
    made = ProfilePicture.create(user=user, kind="image/jpeg", data=data)
    changed(user, "preferences")
    return int(made.id)


def _small(data: bytes) -> bytes:
    # Pillow costs memory and time at the start, and most people never choose a picture.
    from PIL import Image, ImageOps  # noqa: PLC0415

    if len(data) > SIZE_LIMIT:
        raise Invalid("The picture is larger than 10 MB.", field="picture")
    try:
        with Image.open(io.BytesIO(data), formats=KINDS) as opened:
            large = opened.width * opened.height > PIXEL_LIMIT
            if not large:
                opened.draft("RGB", (SIDE * 2, SIDE * 2))
                upright = ImageOps.exif_transpose(opened).convert("RGBA")
                square = ImageOps.fit(upright, (SIDE, SIDE))
    except Exception:  # noqa: BLE001 - Pillow raises nearly anything on what is no picture
        raise Invalid("This is not a picture that can be read. Use JPEG, PNG, WebP or GIF.", field="picture") from None
    if large:
        raise Invalid("The picture has more than 50 million pixels.", field="picture")
    ground, out = Image.new("RGB", square.size, "white"), io.BytesIO()
    ground.paste(square, mask=square)
    ground.save(out, "JPEG", quality=88)
    return out.getvalue()
