"""Accounts: who may come in, and how. Each function is one unit of work."""

import re
import secrets
import unicodedata
from datetime import datetime
from typing import Literal, cast

from assistant.errors import Conflict, Forbidden, Invalid, NotFound
from assistant.users import invitations
from assistant.users.household import stored
from assistant.users.models import ApiKey, HalfLogin, RecoveryCode, Session, User
from assistant.users.passwords import digest_of

LONGEST_NAME = 32
NAME = re.compile(r"[\w.\-]{3,32}")
CODES = 8
CODE_ALPHABET = "23456789abcdefghjkmnpqrstvwxyz"  # nothing that is misread on paper
Registration = Literal["closed", "invitation", "open"]


def empty() -> bool:
    """Whether nobody has an account yet."""
    return not User.select().exists()


def register(name: str, password_hash: str, *, now: datetime, invitation: str = "") -> tuple[User, list[str]]:
    """The new account and its recovery codes, which are shown once; the first becomes the owner.

    Runs in one immediate transaction, so that of two first registrations one is the first.
    Raises Forbidden when registration is not open to this person, Invalid for the name.
    """
    first = empty()
    if not first:
        admit(invitation, now)
    user = add(name, password_hash, now=now, owner=first)
    if invitation and not first and registration() == "invitation":
        invitations.use(invitation, now)
    return user, new_codes(user.id)


def admit(invitation: str, now: datetime) -> None:
    """Raises Forbidden unless registration is open, or the invitation is good."""
    mode = registration()
    if mode == "open":
        return
    if mode == "closed":
        raise Forbidden("New accounts are closed. Ask the owner for an invitation.")
    if not invitations.good(invitation, now):
        raise Forbidden("This invitation no longer works. Ask for a new one.")


def add(name: str, password_hash: str, *, now: datetime, owner: bool = False) -> User:
    """A new account; raises Conflict when the name is taken, Invalid when it cannot be one."""
    name = check_free(name)
    return User.create(name=name, key=key_of(name), password=password_hash, owner=owner, created=now)


def check_name(name: str) -> str:
    """The name as it is kept; raises Invalid for one that cannot be."""
    name = unicodedata.normalize("NFC", name.strip())
    # Some letters grow when case is folded, so the form that is compared must fit as well.
    if not NAME.fullmatch(name) or len(key_of(name)) > LONGEST_NAME:
        raise Invalid("Use 3 to 32 letters, digits or . _ -", field="username")
    return name


def check_free(name: str) -> str:
    """As ``check_name``; raises Conflict for a name that somebody has."""
    name = check_name(name)
    if User.select().where(User.key == key_of(name)).exists():
        raise Conflict("This name is taken. Choose another.", field="username")
    return name


def key_of(name: str) -> str:
    """The name as it is compared: in whatever case, and however its accents are written."""
    return unicodedata.normalize("NFC", unicodedata.normalize("NFC", name.strip()).casefold())


def find(name: str) -> User | None:
    """The account of that name, in whatever case."""
    return User.get_or_none(User.key == key_of(name))


def get(name: str) -> User:
    """The account of that name; raises NotFound."""
    user = find(name)
    if user is None:
        raise NotFound(f"There is no account called {name}.", field="username")
    return user


def people() -> list[User]:
    """All accounts, in the order in which they came."""
    return list(User.select().order_by(User.id))


def set_password(user: int, password_hash: str) -> None:
    """Changes the password and ends all that the account is logged in by: sessions, half logins, keys of programs."""
    User.update(password=password_hash).where(User.id == user).execute()
    HalfLogin.delete().where(HalfLogin.user == user).execute()
    _let_out(user)


def rehash(user: int, old: str, new: str) -> None:
    """Keeps a hash with today's parameters of the same password, unless it changed meanwhile."""
    User.update(password=new).where((User.id == user) & (User.password == old)).execute()


def disable(user: int, now: datetime) -> None:
    """Locks the account and ends its sessions and keys; raises Conflict for the last owner."""
    _not_the_last_owner(user)
    User.update(disabled=now).where(User.id == user).execute()
    _let_out(user)


def is_disabled(user: int) -> bool:
    """Whether the account is locked."""
    return bool(User.select().where((User.id == user) & User.disabled.is_null(is_null=False)).exists())


def is_owner(user: int) -> bool:
    """Whether the account has the owner's rights."""
    return bool(User.select().where((User.id == user) & User.owner).exists())


def enable(user: int) -> None:
    """Unlocks the account."""
    User.update(disabled=None).where(User.id == user).execute()


def delete(user: int) -> None:
    """Ends the account and its sessions for good; raises Conflict for the last owner while others are there."""
    if User.select().where(User.id != user).exists():
        _not_the_last_owner(user)
    User.delete().where(User.id == user).execute()


def make_owner(user: int) -> None:
    """Gives the account the owner's rights."""
    User.update(owner=True).where(User.id == user).execute()


def new_codes(user: int) -> list[str]:
    """Eight new recovery codes; the earlier ones no longer count. Only hashes are kept."""
    RecoveryCode.delete().where(RecoveryCode.user == user).execute()
    codes = ["-".join("".join(secrets.choice(CODE_ALPHABET) for _ in range(5)) for _ in range(4)) for _ in range(CODES)]
    for code in codes:
        RecoveryCode.create(user=user, code=digest_of(code))
    return codes


def recover(name: str, code: str, password_hash: str, now: datetime) -> User:
    """Sets a new password with a recovery code, which counts once; raises Forbidden otherwise."""
    user = find(name)
    if user is None or user.disabled or not use_code(user.id, code, now):
        raise Forbidden("This recovery code is not right for that name, or it was used before.", field="code")
    set_password(user.id, password_hash)
    return user


def use_code(user: int, code: str, now: datetime) -> bool:
    """Whether it is one of the account's recovery codes that was not used before; now it is."""
    plain = re.sub(r"[^a-z0-9]", "", code.lower())
    digest = digest_of("-".join(plain[i : i + 5] for i in range(0, len(plain), 5)))
    fits = (RecoveryCode.user == user) & (RecoveryCode.code == digest) & RecoveryCode.used.is_null()
    return bool(RecoveryCode.update(used=now).where(fits).execute())


def registration() -> Registration:
    """Who may register: nobody, people with an invitation, or everybody."""
    return cast("Registration", stored.get("registration") or "closed")


def set_registration(mode: str) -> None:
    """Changes who may register."""
    if mode not in {"closed", "invitation", "open"}:
        raise Invalid("Choose who may register: nobody, people with an invitation, or everybody.", field="registration")
    stored.put("registration", mode)


def private_network_allowed() -> bool:
    """Whether reminders may be sent to addresses in the home network."""
    return stored.get("home_addresses") == "yes"


def allow_private_network(*, allowed: bool) -> None:
    """Decides whether reminders may be sent to addresses in the home network."""
    stored.put("home_addresses", "yes" if allowed else "no")


def _let_out(user: int) -> None:
    Session.delete().where(Session.user == user).execute()
    ApiKey.delete().where(ApiKey.user == user).execute()


def _not_the_last_owner(user: int) -> None:
    others = (User.id != user) & User.owner & User.disabled.is_null()
    if User.get_by_id(user).owner and not User.select().where(others).exists():
        raise Conflict("This is the only owner. Make somebody else an owner first.")
