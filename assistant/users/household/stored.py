"""How what owners decide is stored: a text for each name. Each function is part of a unit of work."""

from assistant.users.models import HouseholdSetting


def get(name: str) -> str:
    """What was decided; empty where nobody has."""
    row = HouseholdSetting.get_or_none(HouseholdSetting.name == name)
    return str(row.value) if row else ""


def put(name: str, value: str) -> None:
    """Decides it, whatever was decided before."""
    HouseholdSetting.insert(name=name, value=value).on_conflict(
        conflict_target=[HouseholdSetting.name], preserve=[HouseholdSetting.value]
    ).execute()
