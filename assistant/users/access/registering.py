"""Accounts that people make for themselves, and open again with a recovery code, be it by a form or a program."""

from datetime import datetime

from assistant.storage.database import Database
from assistant.users import accounts, limits, preferences
from assistant.users.models import User
from assistant.users.passwords import Passwords, check
from assistant.users.preferences import ZONES
from assistant.users.sessions import Sessions


async def register(
    database: Database, passwords: Passwords, name: str, password: str, *, invitation: str, zone: str, where: str,
    now: datetime,
) -> tuple[User, list[str]]:  # fmt: skip
    """The new account and its recovery codes, which are shown once; asked for from the address ``where``.

    Raises Forbidden where this person may not, Invalid with the field, TooMany after many.
    """
    await database.run(limits.take, where, now)
    if not await database.read(accounts.empty):
        await database.read(accounts.admit, invitation, now)
    accounts.check_name(name)
    check(password)
    hashed = await passwords.hash(password)
    user, codes = await database.run(accounts.register, name, hashed, now=now, invitation=invitation)
    if zone in ZONES:
        await database.run(preferences.save, user.id, zone=zone)
    return user, codes


async def recover(
    database: Database, passwords: Passwords, sessions: Sessions, name: str, *, code: str, password: str, where: str,
    now: datetime,
) -> None:  # fmt: skip
    """Sets a new password with a recovery code, which counts once, and ends all that the account was entered by.

    Raises Invalid with the field, TooMany after many.
    """
    await database.run(limits.take, where, now)
    check(password)
    hashed = await passwords.hash(password)
    user = await database.run(accounts.recover, name, code, hashed, now)
    await sessions.end_all(user.id)
