"""How much a person may keep: told before something new is stored, with what takes the room."""

import re
import time
from collections.abc import Iterable
from dataclasses import dataclass

from assistant.errors import Full
from assistant.settings.kinds import Kind
from assistant.storage.database import Database
from assistant.text import in_bytes
from assistant.users.household import choices
from assistant.web.belongings.kinds import kept

FRESH = 60.0  # seconds that a measure counts, with what came since
# What adds to it over HTTP; a note that is there may always be saved, or one could not even shorten it.
ADDING = re.compile(
    r"/share|/api/v1/(?:attachments|images|files|documents/\d+/pictures|imports|prompts|memory|projects|scheduled-questions|me/picture"
    r"|conversations(?:/\d+/messages)?|messages/\d+/edit"
    r"|notes(?:/imports|/texts|/0/draft|/\d+/(?:duplicate|begin))?|reminders(?:/imports)?)"
)


@dataclass
class Measure:
    """How many bytes there were at a moment of the monotonic clock, with what was added since."""

    at: float
    used: int


class Quotas:
    """Measures who has a limit; all others cost one look at their row."""

    def __init__(self, database: Database, kinds: Iterable[Kind]) -> None:
        """Nothing is measured yet."""
        self._database, self._kinds = database, tuple(kinds)
        self._known: dict[int, Measure] = {}

    async def check(self, user: int, more: int) -> None:
        """Raises Full, with what takes the room, where so many bytes more are too many."""
        if await self._database.read(self.fits, user, more):
            return
        quota, sizes = await self._database.read(self._measured, user)
        known = self._known[user] = Measure(time.monotonic(), sum(sizes.values()))
        if quota is not None and known.used + more > quota:
            raise Full(_sentence(quota, sizes))
        known.used += more

    def fits(self, user: int, more: int) -> bool:
        """Whether so many bytes more fit, and count from now on; False where that has to be measured first.

        For the beginning of a unit of work.
        """
        quota = choices.quota(user)
        if quota is None:
            self._known.pop(user, None)
            return True
        known = self._known.get(user)
        if known is None or time.monotonic() - known.at > FRESH or known.used + more > quota:
            return False
        known.used += more
        return True

    def _measured(self, user: int) -> tuple[int | None, dict[str, int]]:
        return choices.quota(user), {kind.many: kind.kept(user)[1] for kind in self._kinds}


def check_kept(user: int) -> None:
    """Raises Full, with what takes the room, where there is too much already. A unit of work."""
    quota = choices.quota(user)
    if quota is not None and sum((sizes := kept(user)).values()) > quota:
        raise Full(_sentence(quota, sizes))


def _sentence(quota: int, sizes: dict[str, int]) -> str:
    largest = sorted(((size, name) for name, size in sizes.items() if size), reverse=True)
    if not largest:
        return f"This alone is more than your {in_bytes(quota)}. Ask the owner for more room."
    what = ", ".join(f"{in_bytes(size)} of {name}" for size, name in largest)
    return (
        f"This does not fit into your {in_bytes(quota)}: there are {what}. "
        "Delete something under Settings → Data, or ask the owner for more room."
    )
