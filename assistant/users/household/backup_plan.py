"""When backups are made by themselves, and which are kept: the owners' decision."""

import re
from datetime import datetime, time, timedelta, tzinfo

from pydantic import BaseModel, ConfigDict, Field, ValidationError

from assistant.errors import Invalid
from assistant.users.household import stored
from assistant.users.models import User

NAME = "backups"
TIME = re.compile(r"(?:[01]?\d|2[0-3]):[0-5]\d")


class BackupPlan(BaseModel):
    """Each night at ``at``, by the server's clock; the newest of so many days and weeks are kept."""

    model_config = ConfigDict(frozen=True, extra="ignore")

    on: bool = True
    at: str = Field(default="03:30", pattern=TIME.pattern)
    days: int = Field(default=7, ge=1, le=366)
    weeks: int = Field(default=4, ge=0, le=520)

    def latest(self, now: datetime, zone: tzinfo) -> datetime:
        """The instant at which the last one was to be made."""
        hour, minute = map(int, self.at.split(":"))
        local = now.astimezone(zone)
        today = datetime.combine(local.date(), time(hour, minute), zone)
        return today if today <= local else datetime.combine(local.date() - timedelta(days=1), today.time(), zone)


def load() -> BackupPlan:
    """The plan; its default where what is stored makes no sense."""
    text = stored.get(NAME)
    try:
        return BackupPlan.model_validate_json(text) if text else BackupPlan()
    except ValidationError:
        return BackupPlan()


def save(*, on: bool, at: str, days: str, weeks: str) -> BackupPlan:
    """Changes the plan, as it was typed; raises Invalid with the field that cannot be."""
    if not TIME.fullmatch(at.strip()):
        raise Invalid("Write the time as hours and minutes, such as 03:30.", field="at")
    plan = BackupPlan(
        on=on, at=at.strip().zfill(5), days=_count(days, "days", 1, 366), weeks=_count(weeks, "weeks", 0, 520)
    )
    stored.put(NAME, plan.model_dump_json())
    return plan


def begins() -> datetime | None:
    """Since when there is something to back up; None where nobody has an account."""
    first = User.select(User.created).order_by(User.id).first()
    return first.created if first else None


def _count(typed: str, field: str, least: int, most: int) -> int:
    text = typed.strip()
    if not (text.isascii() and text.isdecimal() and len(text) < 5 and least <= int(text) <= most):  # noqa: PLR2004
        raise Invalid(f"Write a number from {least} to {most}.", field=field)
    return int(text)
