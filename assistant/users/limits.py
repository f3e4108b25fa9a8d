"""How often one may try, counted in the database so that every instance counts alike."""

from datetime import datetime, timedelta
from ipaddress import IPv6Address, ip_address

from assistant.errors import TooMany
from assistant.users.models import Attempt

WINDOW = timedelta(minutes=15)
FREE_FAILURES = 5
LONGEST_DELAY = 300.0  # seconds
FREE_FROM_EVERYWHERE = 20
LONGEST_FROM_EVERYWHERE = 60.0
BURST = 10
REFILL = timedelta(minutes=1)


def try_password(key: str, address: str, now: datetime) -> None:
    """Counts a try at the account's password; raises TooMany while the delay after the last ones lasts.

    It counts before the password is looked at, so that many at once are not more than one after
    the other; ``forgive`` takes a right one back. From one network five tries in 15 minutes are
    free, then one waits 2, 4, 8, … up to 300 seconds. From everywhere together twenty are free
    and a minute is the most: strangers can slow the owner down, but not keep them out.
    """
    _wait_for(f"account:{key}@{network(address)}", FREE_FAILURES, LONGEST_DELAY, now)
    _wait_for(f"account:{key}", FREE_FROM_EVERYWHERE, LONGEST_FROM_EVERYWHERE, now)
    for name in (f"account:{key}@{network(address)}", f"account:{key}"):
        Attempt.create(key=name, at=now)


def forgive(key: str, address: str) -> None:
    """Forgets the account's tries from this network after a right password."""
    Attempt.delete().where(Attempt.key.in_([f"account:{key}@{network(address)}", f"account:{key}"])).execute()


def _wait_for(name: str, free: int, longest: float, now: datetime) -> None:
    recent = (Attempt.key == name) & (Attempt.at > now - WINDOW)
    failures = Attempt.select().where(recent).count()
    if failures < free:
        return
    last = Attempt.select().where(recent).order_by(Attempt.at.desc()).get()
    left = min(longest, 2.0 ** (failures - free + 1)) - (now - last.at).total_seconds()
    if left > 0:
        raise TooMany(f"Too many wrong passwords for this account. Try again in {wait(left)}.", retry_after=left)


def take(address: str, now: datetime) -> None:
    """Takes one try from the address's burst of ten, which refills by one a minute.

    Raises TooMany when it is empty. Each try is stored as the instant until which it counts.
    """
    name = f"address:{network(address)}"
    Attempt.delete().where(Attempt.at < now - timedelta(days=1)).execute()
    latest = Attempt.select().where((Attempt.key == name) & (Attempt.at > now)).order_by(Attempt.at.desc()).first()
    used_until = (latest.at if latest else now) + REFILL
    if used_until - now > BURST * REFILL:
        left = (used_until - now - BURST * REFILL).total_seconds()
        raise TooMany(f"Too many tries from your network. Try again in {wait(left)}.", retry_after=left)
    Attempt.create(key=name, at=used_until)


def network(address: str) -> str:
    """The address as it is counted: an IPv6 home has a whole /64."""
    try:
        parsed = ip_address(address)
    except ValueError:
        return "unknown"
    if isinstance(parsed, IPv6Address):
        if parsed.ipv4_mapped:
            return str(parsed.ipv4_mapped)
        return f"{IPv6Address(int(parsed) >> 64 << 64)}/64"
    return str(parsed)


def wait(seconds: float) -> str:
    """The time to wait, in words."""
    whole = max(1, round(seconds + 0.5))
    if whole < 90:  # noqa: PLR2004 - from here on minutes read better
        return f"{whole} second{'s' if whole > 1 else ''}"
    return f"{round(whole / 60)} minutes"
