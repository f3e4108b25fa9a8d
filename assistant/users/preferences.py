"""What each person prefers, typed."""

import json
from typing import Literal
from zoneinfo import ZoneInfo, available_timezones

from pydantic import BaseModel, ConfigDict, Field, ValidationError, field_validator

from assistant.errors import Invalid
from assistant.formats import Formats
from assistant.storage.database import changed
from assistant.storage.text import fold
from assistant.users.models import User

ZONES = tuple(sorted(available_timezones()))


class Preferences(BaseModel):
    """One person's choices; what is not chosen has these defaults."""

    model_config = ConfigDict(frozen=True, extra="ignore")

    theme: Literal["system", "light", "dark"] = "system"
    text_size: int = Field(default=100, ge=90, le=130)  # percent
    density: Literal["comfortable", "compact"] = "comfortable"
    zone: str = "UTC"
    better_titles: bool = True
    enter: Literal["auto", "send", "line"] = "auto"  # what it does in a chat; a line on touch screens, if not chosen
    model: str = ""
    notes_order: Literal["changed", "created", "title"] = "changed"
    notes_cards: bool = False

    hours: Literal["24", "12"] = "24"
    date_order: Literal["dmy", "mdy", "ymd"] = "dmy"
    first_day: int = Field(default=0, ge=0, le=6)  # of the week, 0 for Monday
    start_page: Literal["chat", "notes", "reminders", "search"] = "chat"

    @field_validator("zone")
    @classmethod
    def _known_zone(cls, value: str) -> str:
        if value not in ZONES:
            raise ValueError("no time zone")
        return value

    @property
    def zone_info(self) -> ZoneInfo:
        """The zone in which the person's times show."""
        return ZoneInfo(self.zone)

    @property
    def start_address(self) -> str:
        """What opens first."""
        return "/" if self.start_page == "chat" else f"/{self.start_page}"

    @property
    def formats(self) -> Formats:
        """How times and days are written for the person."""
        return Formats(self.hours, self.date_order, self.first_day)


def load(user: int) -> Preferences:
    """The person's preferences; the default of each that cannot be read."""
    return parse(User.get_by_id(user).preferences)


def parse(text: str) -> Preferences:
    """Preferences from their stored JSON; the default of each that cannot be read."""
    try:
        return Preferences.model_validate_json(text)
    except ValidationError as error:
        odd = {one["loc"][0] for one in error.errors() if one["loc"]}
        stored = json.loads(text) if odd else {}
        return Preferences.model_validate({name: value for name, value in stored.items() if name not in odd})


def save(user: int, **choices: object) -> Preferences:
    """Changes some preferences; raises Invalid with the field for one that cannot be."""
    zone = choices.get("zone")
    if zone is not None and zone not in ZONES:
        raise Invalid("There is no such time zone. Use a name such as Europe/Berlin.", field="zone")
    try:
        new = Preferences.model_validate({**load(user).model_dump(), **choices})
    except ValidationError as error:
        raise Invalid("This cannot be chosen.", field=str(error.errors()[0]["loc"][0])) from None
    User.update(preferences=new.model_dump_json()).where(User.id == user).execute()
    changed(user, "preferences")
    return new


def find_zone(typed: str) -> str:
    """The zone of that name, or of the city of that name, however it is written; empty where there is none."""
    wanted = fold(typed).strip().replace(" ", "_")
    exact = (zone for zone in ZONES if fold(zone) == wanted)
    city = (zone for zone in ZONES if fold(zone.rpartition("/")[2]) == wanted)
    return next(exact, "") or next(city, "")
