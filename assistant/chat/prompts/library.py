"""A user's prompts; each function is one unit of work."""

import re
import unicodedata
from datetime import datetime

from assistant.chat.models import Prompt
from assistant.errors import Conflict, Invalid, NotFound
from assistant.storage.database import changed
from assistant.storage.text import fold

NAME = re.compile(r"[\w-]{1,40}")
LONGEST = 20_000  # characters of a prompt
MOST = 500  # prompts of a person
SIGN = "/"


def listing(user: int) -> list[Prompt]:
    """The user's prompts, by name."""
    return list(Prompt.select().where(Prompt.user == user).order_by(Prompt.key))


def starting(user: int, typed: str, limit: int) -> list[Prompt]:
    """Those whose names begin so, then those that have it within."""
    wanted = fold(typed)
    found = [row for row in listing(user) if wanted in row.key]
    return sorted(found, key=lambda row: not row.key.startswith(wanted))[:limit]


def get(user: int, prompt: int) -> Prompt:
    """The user's prompt; NotFound when it is gone or someone else's."""
    found = Prompt.get_or_none((Prompt.id == prompt) & (Prompt.user == user))
    if found is None:
        raise NotFound("There is no such prompt.")
    return found


def add(user: int, *, name: str, text: str, now: datetime) -> Prompt:
    """A new prompt; raises Invalid with the field for what cannot be."""
    if Prompt.select().where(Prompt.user == user).count() >= MOST:
        raise Invalid(f"You have {MOST} prompts, which is all there is room for.", field="name")
    values = _valid(user, 0, name, text)
    made = Prompt.create(user=user, created=now, updated=now, **values)
    changed(user, "prompts")
    return made


def change(user: int, prompt: int, *, name: str, text: str, now: datetime) -> None:
    """Another name or text; raises Invalid with the field for what cannot be."""
    found = get(user, prompt)
    Prompt.update(updated=now, **_valid(user, found.id, name, text)).where(Prompt.id == found.id).execute()
    changed(user, "prompts")


def delete(user: int, prompt: int) -> Prompt:
    """Takes it away, and returns it for ``put_back``."""
    found = get(user, prompt)
    Prompt.delete().where(Prompt.id == found.id).execute()
    changed(user, "prompts")
    return found


def put_back(user: int, prompt: Prompt) -> None:
    """Undoes ``delete``; raises Invalid where another has its name by now."""
    Prompt.create(
        user=user, created=prompt.created, updated=prompt.updated, **_valid(user, 0, prompt.name, prompt.text)
    )
    changed(user, "prompts")


def _valid(user: int, own: int, name: str, text: str) -> dict[str, str]:
    name = unicodedata.normalize("NFC", name.strip().removeprefix(SIGN))
    if not NAME.fullmatch(name):
        raise Invalid("Use 1 to 40 letters, digits, - or _, without spaces.", field="name")
    if Prompt.select().where((Prompt.user == user) & (Prompt.key == fold(name)) & (Prompt.id != own)).exists():
        raise Conflict("You have a prompt of this name. Choose another.", field="name")
    if not text.strip():
        raise Invalid("Write what the model is to be asked.", field="text")
    if len(text) > LONGEST:
        raise Invalid(f"A prompt may have {LONGEST:,} characters.", field="text")
    return {"name": name, "key": fold(name), "text": text.strip()}
