"""What pages show of a person."""

import re
from dataclasses import dataclass

from markupsafe import Markup

from assistant.users.models import User
from assistant.users.preferences import Preferences, parse
from assistant.users.profile import picture

PARTS = re.compile(r"[\s._-]+")


@dataclass(frozen=True, slots=True)
class Face:
    """The name that is shown, and the number of the picture, 0 for initials."""

    name: str
    picture: int = 0

    def avatar(self) -> Markup:
        """The picture in a circle, or the initials; others read the name beside it."""
        if self.picture:
            return Markup('<img class="avatar" src="/account/picture?{}" alt="" width="36" height="36">').format(
                self.picture
            )
        return Markup('<span class="avatar" aria-hidden="true">{}</span>').format(initials(self.name))


def load(user: int) -> Face:
    """The user's face."""
    row = User.get_by_id(user)
    return Face(shown_name(row.name, parse(row.preferences)), picture.number(user))


def shown_name(name: str, chosen: Preferences) -> str:
    """The name that is shown of who logs in by ``name``."""
    return chosen.called or name


def initials(name: str) -> str:
    """The first letters of the first and the last part of the name."""
    parts = [part for part in PARTS.split(name) if part]
    return "".join(part[0] for part in ([parts[0], parts[-1]] if len(parts) > 1 else parts)).upper()
