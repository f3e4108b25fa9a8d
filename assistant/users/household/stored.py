"""How what owners decide is stored: a text for each name. Each function is part of a unit of work."""

from typing import Any

from assistant.storage.engines.prepared import prepared
from assistant.users.models import HouseholdSetting


def get(name: str) -> str:
    """What was decided; empty where nobody has."""
    row = _named.first(name)
    return str(row.value) if row else ""


@prepared(HouseholdSetting)
def _named(name: Any) -> Any:
    return HouseholdSetting.select().where(HouseholdSetting.name == name)


def put(name: str, value: str) -> None:
    """Decides it, whatever was decided before."""
    HouseholdSetting.insert(name=name, value=value).on_conflict(
        conflict_target=[HouseholdSetting.name], preserve=[HouseholdSetting.value]
    ).execute()
