"""Codes by time (RFC 6238): each function is one unit of work.

The library is loaded by whoever needs it: most households do without.
"""

import re
from datetime import datetime
from hmac import compare_digest
from typing import Any

from assistant.errors import Invalid
from assistant.users import accounts
from assistant.users.models import TwoStep

SECONDS = 30  # of a step
NEARBY = (0, -1, 1)  # steps: clocks differ, and typing takes a while
SECRET = re.compile("[A-Z2-7]{32}")
CODE = re.compile("[0-9]{6}")
WRONG = "This code is not right. It changes every 30 seconds; the clocks of both devices must be right."


def new_secret() -> str:
    """A secret that nobody has yet."""
    import pyotp  # noqa: PLC0415

    return pyotp.random_base32()


def is_on(user: int) -> bool:
    """Whether the account has a second step."""
    return bool(TwoStep.select().where(TwoStep.user == user).exists())


def those_on() -> set[int]:
    """The accounts that have one."""
    rows: Any = TwoStep.select(TwoStep.user).tuples()
    return {user for (user,) in rows}


def turn_on(user: int, secret: str, code: str, now: datetime) -> None:
    """Gives the account a second step, or another secret; raises Invalid unless the code is one of the secret's."""
    if not SECRET.fullmatch(secret):
        raise Invalid("Load this page again: its picture is no longer good.")
    step = _step(secret, code, now, after=0)
    if step is None:
        raise Invalid(WRONG, field="code")
    TwoStep.delete().where(TwoStep.user == user).execute()
    TwoStep.create(user=user, secret=secret, step=step, created=now)


def turn_off(user: int) -> None:
    """Lets the password alone open the account again."""
    TwoStep.delete().where(TwoStep.user == user).execute()


def accept(user: int, code: str, now: datetime) -> bool:
    """Whether the code opens the account: one of the app's, which counts once, or a recovery code, which is used up."""
    row = TwoStep.get_or_none(TwoStep.user == user)
    if row is None:
        return False
    step = _step(row.secret, code, now, after=row.step)
    if step is None:
        return accounts.use_code(user, code, now)
    # Whoever comes second with the same code finds a later step.
    fresh = (TwoStep.id == row.id) & (TwoStep.step < step)
    return bool(TwoStep.update(step=step).where(fresh).execute())


def _step(secret: str, code: str, now: datetime, *, after: int) -> int | None:
    """The step whose code it is, of those that are near and later than ``after``."""
    import pyotp  # noqa: PLC0415

    digits = "".join(code.split())
    if not CODE.fullmatch(digits):
        return None
    current, app = int(now.timestamp()) // SECONDS, pyotp.TOTP(secret)
    fits = [current + near for near in NEARBY if compare_digest(app.at((current + near) * SECONDS), digits)]
    return next((step for step in fits if step > after), None)
