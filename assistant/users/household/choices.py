"""What owners decide for everybody beside who may come in. Each function is one unit of work."""

import re
from typing import Any

from assistant.errors import Invalid
from assistant.storage.engines.prepared import prepared
from assistant.users.household import stored
from assistant.users.models import HouseholdSetting, User

YES = "yes"
DEMANDED, MODEL, DESCRIBED = "two_step", "model", "api_described"
ROOM = re.compile(r"(\d{1,6}(?:\.\d{1,3})?) ?(bytes|kb|mb|gb|tb)", re.ASCII)
UNITS = {"bytes": 1, "kb": 10**3, "mb": 10**6, "gb": 10**9, "tb": 10**12}
LARGEST_ROOM = 10**15


def two_step_demanded() -> bool:
    """Whether everybody needs a second step."""
    return stored.get(DEMANDED) == YES


def two_step_query() -> Any:
    """The query of it, for those who read it with something else: its value is ``YES`` where everybody needs one."""
    return HouseholdSetting.select(HouseholdSetting.value).where(HouseholdSetting.name == DEMANDED)


def demand_two_step(*, demanded: bool) -> None:
    """Decides whether everybody needs a second step."""
    stored.put(DEMANDED, YES if demanded else "no")


def api_described() -> bool:
    """Whether the API is described also to those who are not logged in."""
    return stored.get(DESCRIBED) == YES


def describe_api(*, allowed: bool) -> None:
    """Decides whether the API is described also to those who are not logged in."""
    stored.put(DESCRIBED, YES if allowed else "no")


def default_model() -> str:
    """The model of those who have chosen none; empty for the first that is there."""
    return stored.get(MODEL)


def set_default_model(name: str) -> None:
    """Decides it."""
    stored.put(MODEL, name[:200])


def quota(user: int) -> int | None:
    """How many bytes the user may keep; None for as many as there is room for."""
    row = _of.first(user)
    return row.quota if row else None


@prepared(User)
def _of(user: Any) -> Any:
    return User.select(User.quota).where(User.id == user)


def set_quota(user: int, most: int | None) -> None:
    """Decides it; what is there already stays."""
    User.update(quota=most).where(User.id == user).execute()


def parse_room(typed: str) -> int | None:
    """The bytes that somebody means by “2 GB” or “500 MB”; None for nothing. Raises Invalid (field quota)."""
    if not typed.strip():
        return None
    found = ROOM.fullmatch(typed.strip().lower().replace(",", "."))
    size = round(float(found[1]) * UNITS[found[2]]) if found else 0
    if not 0 < size <= LARGEST_ROOM:
        raise Invalid("Write how much, such as 500 MB or 2 GB.", field="quota")
    return size
