"""How often one may try, counted in the database so that every instance counts alike."""

from datetime import datetime, timedelta
from ipaddress import IPv6Address, ip_address

from assistant.errors import TooMany
from assistant.users.models import Attempt

WINDOW = timedelta(minutes=15)
FREE_FAILURES = 5
LONGEST_DELAY = 300.0  # seconds; a longer one would lock the owner out at an attacker's will
BURST = 10
REFILL = timedelta(minutes=1)


def check_account(key: str, now: datetime) -> None:
    """Raises TooMany while the delay after the account's last failures lasts.

    Five failures in 15 minutes are free; then one waits 2, 4, 8, … up to 300 seconds.
    """
    name = f"account:{key}"
    recent = (Attempt.key == name) & (Attempt.at > now - WINDOW)
    failures = Attempt.select().where(recent).count()
    if failures < FREE_FAILURES:
        return
    last = Attempt.select().where(recent).order_by(Attempt.at.desc()).get()
    delay = min(LONGEST_DELAY, 2.0 ** (failures - FREE_FAILURES + 1))
    left = delay - (now - last.at).total_seconds()
    if left > 0:
        raise TooMany(
            f"Too many wrong passwords for this account. Try again in {wait(left)}.",
            retry_after=left,
        )


def count_failure(key: str, now: datetime) -> None:
    """Counts a wrong password for the account."""
    Attempt.create(key=f"account:{key}", at=now)


def forgive(key: str) -> None:
    """Forgets the account's failures after a right password."""
    Attempt.delete().where(Attempt.key == f"account:{key}").execute()


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
