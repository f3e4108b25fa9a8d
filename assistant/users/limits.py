"""How often one may try, counted in the database so that every instance counts alike."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from ipaddress import IPv6Address, ip_address

from assistant.errors import TooMany
from assistant.users.models import Attempt


@dataclass(frozen=True)
class Slot:
    """How tries of one kind are slowed: so many are free in a window, then one waits 2, 4, 8, … up to ``longest``."""

    free: int
    longest: float  # seconds
    window: timedelta


OWN = Slot(free=5, longest=300.0, window=timedelta(minutes=15))
# All that are not known share one: a day of guessing from any number of addresses is fewer than 100 tries.
STRANGERS = Slot(free=20, longest=1500.0, window=timedelta(days=1))
SESSION = "session:"  # how a browser is named that is logged in
KNOWN_FOR = timedelta(days=90)  # after its last login
REFUSED_COUNTED = 64  # refused tries of one slot that are kept; more would change nothing
BURST = 10
REFILL = timedelta(minutes=1)


def admit(key: str, where: str, now: datetime, browser: str = "") -> TooMany | None:
    """Counts a try at a password, of the address and of the account; returns why it is refused.

    It returns rather than raises, because what raises in a unit of work takes its counting back.
    """
    try:
        if not is_known(key, browser, now):
            take(where, now)
        try_password(key, where, now, browser)
    except TooMany as error:
        return error
    return None


def try_password(key: str, address: str, now: datetime, browser: str = "") -> None:
    """Counts a try at the account's password; raises TooMany while the delay after the last ones lasts.

    It counts before the password is looked at, so that many at once are not more than one after the other, and a
    try that is refused counts too; ``forgive`` takes a right one back. A ``browser`` or a network from which the
    account was entered before has a slot of its own, so that strangers cannot keep its person out; all others
    share one beside that of their network.
    """
    for name, slot in _slots(key, address, browser, now).items():
        _count(name, slot, now)


def forgive(key: str, address: str, now: datetime, browser: str = "") -> None:
    """Forgets the account's tries from there after a right password, and knows browser and network from now on."""
    places = {_place(key, network(address)), _place(key, browser)} if browser else {_place(key, network(address))}
    for place in places:
        Attempt.delete().where(Attempt.key.in_([place, f"{place}!", f"known:{place}"])).execute()
        Attempt.create(key=f"known:{place}", at=now + KNOWN_FOR)


def is_known(key: str, place: str, now: datetime) -> bool:
    """Whether the account was entered from this browser or network in the last 90 days."""
    if place.startswith(SESSION):
        return True
    known = (Attempt.key == f"known:{_place(key, place)}") & (Attempt.at > now)
    return bool(place) and Attempt.select().where(known).exists()


def _slots(key: str, address: str, browser: str, now: datetime) -> dict[str, Slot]:
    if is_known(key, browser, now):
        return {_place(key, browser): OWN}
    own = {_place(key, network(address)): OWN}
    return own if is_known(key, network(address), now) else {**own, f"account:{key}": STRANGERS}


def _place(key: str, place: str) -> str:
    return f"account:{key}@{place}"


def _count(name: str, slot: Slot, now: datetime) -> None:
    """Counts under the name and, where it is refused, under the name with a mark, from which no delay is measured."""
    # A clock that was ahead has left rows of the future: they count for nothing.
    recent = Attempt.select().where((Attempt.at > now - slot.window) & (Attempt.at <= now))
    tried, refused = recent.where(Attempt.key == name), recent.where(Attempt.key == f"{name}!")
    last = tried.order_by(Attempt.at.desc()).first()
    left = 0.0
    if last is not None:
        # What was refused since the last try lengthens only the next delay: a time that was told is kept to.
        failures = tried.count() + refused.where(Attempt.at < last.at).count()
        delay = min(slot.longest, 2.0 ** min(failures - slot.free + 1, 20)) if failures >= slot.free else 0.0
        left = delay - (now - last.at).total_seconds()
    if left <= 0:
        Attempt.create(key=name, at=now)
        return
    if refused.count() < REFUSED_COUNTED:
        Attempt.create(key=f"{name}!", at=now)
    raise TooMany(f"Too many wrong passwords for this account. Try again in {wait(left)}.", retry_after=left)


def take(address: str, now: datetime) -> None:
    """Takes one try from the address's burst of ten, which refills by one a minute.

    Raises TooMany when it is empty. Each try is stored as the instant until which it counts.
    """
    name = f"address:{network(address)}"
    Attempt.delete().where(Attempt.at < now - timedelta(days=1)).execute()
    # A clock that was ahead and is put right leaves rows that no burst can have made.
    Attempt.delete().where((Attempt.key == name) & (Attempt.at > now + (BURST + 1) * REFILL)).execute()
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
