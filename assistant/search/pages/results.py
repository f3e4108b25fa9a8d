"""What was found, as rows: a heading for each kind, and its hits."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from markupsafe import Markup

from assistant.components.icons import svg
from assistant.search.finders import Finder, Hit, beside
from assistant.users.preferences import Preferences

MEANING = Finder("meaning", "By meaning", "bulb", lambda _user, _words, _limit: [])
FEW = 5  # of a kind, as long as all kinds are shown
MOST = 50  # of one kind


@dataclass(frozen=True, slots=True)
class Group:
    """The hits of one kind, the best first; one more than ``MOST`` says that there are others."""

    finder: Finder
    hits: list[Hit]

    @property
    def count(self) -> str:
        """How many there are, in words."""
        return f"{MOST}+" if len(self.hits) > MOST else str(len(self.hits))

    @property
    def named(self) -> bool:
        """Whether the best of them has the words in its title."""
        return any(hit.named for hit in self.hits[:1])


def rows(
    groups: list[Group], *, asked: bool, counted: bool, alone: bool, chosen: Preferences, now: datetime
) -> dict[str, Markup]:
    """The rows by their keys.

    ``asked`` says that something is looked for, ``counted`` that the hits are all that there are, and ``alone`` that
    one kind was chosen, of which all is shown.
    """
    found: dict[str, Markup] = {}
    for group in ordered(groups):
        name, shown = group.finder.name, group.hits[: MOST if alone else FEW]
        words = group.finder.words if asked else group.finder.latest
        more = asked and not alone and len(group.hits) > FEW
        found[name] = _heading(words, group.count if counted else "", name if more else "")
        for hit in shown:
            found[f"{name} {hit.address}"] = _row(group.finder, hit, when(hit.when, chosen, now))
    return found


def near(hits: list[Hit], groups: list[Group], chosen: Preferences, now: datetime) -> dict[str, Markup]:
    """The rows of what was found by what the words mean, but for what stands above already."""
    left = beside(hits, [hit for group in groups for hit in group.hits[:FEW]])
    if not left:
        return {}
    rows = {f"meaning {hit.address}": _row(MEANING, hit, when(hit.when, chosen, now)) for hit in left}
    return {MEANING.name: _heading(MEANING.words, "", ""), **rows}


def ordered(groups: list[Group]) -> list[Group]:
    """Those that have hits; kinds that have the words in a title come first."""
    return sorted((group for group in groups if group.hits), key=lambda group: not group.named)


def when(moment: datetime | None, chosen: Preferences, now: datetime) -> str:
    """The moment in few words, as the person says it."""
    if moment is None:
        return ""
    zone, formats = chosen.zone_info, chosen.formats
    local, today = moment.astimezone(zone), now.astimezone(zone).date()
    near = {-1: "Yesterday", 0: formats.time(local), 1: f"Tomorrow, {formats.time(local)}"}
    days = (local.date() - today) // timedelta(days=1)
    return near.get(days) or formats.day(local.date(), today)


def _heading(words: str, count: str, more: str) -> Markup:
    button = Markup('<button type="button" class="plain-button" data-do="kind" data-of="{}">Show all</button>')
    return Markup('<div class="hits-heading"><h2>{} <span>{}</span></h2>{}</div>').format(
        words, count, button.format(more) if more else ""
    )


def _row(finder: Finder, hit: Hit, moment: str) -> Markup:
    snippet = Markup('<span class="hit-snippet" dir="auto">{}</span>').format(hit.snippet) if hit.snippet else ""
    beside = " · ".join(part for part in (hit.about, moment) if part)
    return Markup(
        '<a class="hit" href="{}" data-row>{}<span class="hit-words">'
        '<span class="hit-title" dir="auto">{}</span>{}</span><span class="hit-when">{}</span></a>'
    ).format(hit.address, svg(finder.icon), hit.title or "Untitled", snippet, beside)
