"""What owners decide for everybody beside who may come in. Each function is one unit of work."""

from assistant.users.models import HouseholdSetting

DEMANDED, MODEL = "two_step", "model"


def two_step_demanded() -> bool:
    """Whether everybody needs a second step."""
    return _get(DEMANDED) == "yes"


def demand_two_step(*, demanded: bool) -> None:
    """Decides whether everybody needs a second step."""
    _set(DEMANDED, "yes" if demanded else "no")


def default_model() -> str:
    """The model of those who have chosen none; empty for the first that is there."""
    return _get(MODEL)


def set_default_model(name: str) -> None:
    """Decides it."""
    _set(MODEL, name[:200])


def _get(name: str) -> str:
    row = HouseholdSetting.get_or_none(HouseholdSetting.name == name)
    return str(row.value) if row else ""


def _set(name: str, value: str) -> None:
    HouseholdSetting.insert(name=name, value=value).on_conflict_replace().execute()
