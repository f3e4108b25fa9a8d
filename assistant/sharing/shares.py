"""What was shared: kept for a day, for one person, who takes it or throws it away; each function is a unit of work."""

import secrets
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from assistant.errors import Invalid, NotFound
from assistant.sharing.models import Share, SharedPicture
from assistant.storage.text import clean
from assistant.users.passwords import digest_of

LONGEST = 100_000  # characters
MOST_PICTURES = 8  # as many as one message has
KEPT = timedelta(days=1)
WAITING = 5  # of one person, or of all who are not logged in; for one more the oldest goes
GONE = "This is no longer here. It was kept, asked about or thrown away, or it waited for more than a day."


@dataclass(frozen=True, slots=True)
class Picture:
    """A picture that was shared: its name, its kind of media, its bytes."""

    name: str
    kind: str
    data: bytes


def keep(user: int | None, text: str, pictures: Sequence[Picture], now: datetime) -> str:
    """The token by which it is found again. Raises Invalid where there is nothing, or too much."""
    text = clean(text).strip()
    if not text and not pictures:
        raise Invalid("Nothing was shared that can be read: texts, links and pictures can.")
    if len(text) > LONGEST:
        raise Invalid(f"This text has {len(text):,} characters; {LONGEST:,} can be shared at once.")
    if len(pictures) > MOST_PICTURES:
        raise Invalid(f"These are {len(pictures)} pictures; {MOST_PICTURES} can be shared at once.")
    token = secrets.token_urlsafe(32)
    owned = Share.user.is_null() if user is None else Share.user == user
    newest = Share.select(Share.id).where(owned).order_by(Share.id.desc())
    _delete(one.id for one in newest.offset(WAITING - 1))
    made = Share.create(user=user, token=digest_of(token), text=text, created=now)
    for one in pictures:
        SharedPicture.create(share=made, name=one.name, kind=one.kind, data=one.data)
    return token


def get(user: int, token: str) -> Share:
    """What was shared; from here on it is the user's. Raises NotFound for another's, and for what is gone."""
    Share.update(user=user).where((Share.token == digest_of(token)) & Share.user.is_null()).execute()
    found = Share.get_or_none((Share.token == digest_of(token)) & (Share.user == user))
    if found is None:
        raise NotFound(GONE)
    return found


def pictures(user: int, token: str) -> list[int]:
    """The ids of its pictures; raises NotFound."""
    mine = SharedPicture.select(SharedPicture.id).where(SharedPicture.share == get(user, token))
    return [one.id for one in mine.order_by(SharedPicture.id)]


def picture(user: int, token: str, picture: int) -> Picture:
    """One of its pictures; raises NotFound."""
    found = SharedPicture.get_or_none((SharedPicture.share == get(user, token)) & (SharedPicture.id == picture))
    if found is None:
        raise NotFound(GONE)
    return _read(found)


def take(user: int, token: str) -> list[Picture]:
    """Its pictures, which are gone from here with all of it; raises NotFound."""
    share = get(user, token)
    taken = [
        _read(one) for one in SharedPicture.select().where(SharedPicture.share == share).order_by(SharedPicture.id)
    ]
    _delete([share.id])
    return taken


def purge(now: datetime) -> int:
    """Deletes what nobody came for; returns how much."""
    return _delete(one.id for one in Share.select(Share.id).where(Share.created < now - KEPT))


def _read(row: SharedPicture) -> Picture:
    return Picture(row.name, row.kind, bytes(row.data))


def _delete(shares: Iterable[int]) -> int:
    return int(Share.delete().where(Share.id.in_(list(shares))).execute())
