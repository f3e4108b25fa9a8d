"""Programs that log in with a name and a password."""

from contextlib import suppress
from datetime import datetime

from assistant.errors import Forbidden
from assistant.storage.database import Database, StorageFailed
from assistant.users import accounts, limits
from assistant.users.models import User
from assistant.users.passwords import Passwords
from assistant.users.two_step import codes

LONGEST = 512  # characters of a password that are looked at


class CodeMissing(Forbidden):
    """The password is right, and a code is needed."""

    def __init__(self) -> None:
        super().__init__("Send a code of your app as well, or a recovery code.", field="code")


async def by_password(
    database: Database,
    passwords: Passwords,
    name: str,
    password: str,
    *,
    where: str,
    now: datetime,
    code: str | None = None,
    field: str = "password",
) -> User:
    """The account of that name and password, asked for from the address ``where``.

    With a ``code``, which may be empty, the second step of an account that has one is looked at as well.

    Unknown names and wrong passwords get the same answer in the same time. Raises Forbidden, with the
    field, for these, TooMany after many.
    """
    key = accounts.key_of(name)[:64]
    refused = await database.run_urgently(limits.admit, key, where, now)
    if refused:
        raise refused
    user: User | None = await database.read(accounts.find, name)
    fits = await passwords.verify(user.password if user else None, password[:LONGEST])
    if user is None or not fits or user.disabled:
        raise Forbidden("Wrong name or password.", field=field)
    if code is not None and await database.read(codes.is_on, user.id):
        if not code:
            raise CodeMissing
        if not await database.run(codes.accept, user.id, code[:100], now):
            raise Forbidden(codes.WRONG, field="code")
    await database.run_urgently(limits.forgive, key, where, now)
    if passwords.outdated(user.password):
        renewed = await passwords.hash(password)
        with suppress(StorageFailed):  # the old hash serves as well
            await database.run(accounts.rehash, user.id, user.password, renewed)
    return user
