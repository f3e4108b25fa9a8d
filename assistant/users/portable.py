"""What of an account goes along: its name and what was chosen, and nothing that lets anybody in."""

from collections.abc import Iterable
from typing import Annotated, Any, Literal

from pydantic import Field, ValidationError

from assistant.errors import Invalid
from assistant.storage.packing import UNREADABLE, Get, Put, Shape
from assistant.users import preferences
from assistant.users.models import User
from assistant.users.preferences import Preferences
from assistant.users.profile import picture

FILE = "account.json"
PICTURE: Literal["account.jpg"] = "account.jpg"


class AccountFile(Shape):
    """The whole file. Preferences that a version does not know are left out; lists are told by the room of chats.

    ``picture`` is the path of the person's own.
    """

    name: Annotated[str, Field(max_length=32)]
    preferences: dict[str, Any]
    prompts: tuple[dict[str, Any], ...] = ()
    memory: tuple[dict[str, Any], ...] = ()
    questions: tuple[dict[str, Any], ...] = ()
    picture: Literal["", "account.jpg"] = ""


def write(user: int, put: Put, **told: Iterable[dict[str, Any]]) -> None:
    """Puts the account, with the lists that the room of chats tells, by their names."""
    row = User.get_by_id(user)
    chosen = preferences.parse(row.preferences).model_dump(mode="json")
    shown: Literal["", "account.jpg"] = PICTURE if picture.number(user) else ""
    if shown:
        put(shown, [bytes(picture.get(user).data)], packed=False)
    lists = {name: tuple(some) for name, some in told.items()}
    file = AccountFile.model_validate({"name": row.name, "preferences": chosen, "picture": shown, **lists})
    put(FILE, [file.model_dump_json(indent=1).encode()])


def read(get: Get) -> AccountFile:
    """The account in an archive; raises Invalid for what is none."""
    try:
        with get(FILE) as file:
            return AccountFile.model_validate_json(file.read(20_000_000))
    except ValidationError:
        raise Invalid(UNREADABLE.format(FILE)) from None


def fresh_picture(user: int, coming: AccountFile, get: Get) -> bytes | None:
    """The picture that comes along, where there is none here. Raises Invalid for what is none."""
    if not coming.picture or picture.number(user):
        return None
    with get(coming.picture) as file:
        data = file.read(picture.STORED_LIMIT)
    if not picture.is_stored(data):
        raise Invalid(UNREADABLE.format(PICTURE))
    return data


def fresh(user: int, coming: AccountFile) -> dict[str, Any]:
    """The preferences that come along: those where nothing else was chosen here."""
    here, default = preferences.load(user).model_dump(mode="json"), Preferences().model_dump(mode="json")
    return {
        name: value
        for name, value in coming.preferences.items()
        if name in default and here[name] == default[name] and value != default[name] and _fits(name, value)
    }


def _fits(name: str, value: object) -> bool:
    try:
        Preferences.model_validate({name: value})
    except ValidationError:
        return False
    return name != "zone" or value in preferences.ZONES
