"""What the palette offers to choose from, in its order and as rows."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from urllib.parse import quote

from markupsafe import Markup

from assistant.components.icons import svg
from assistant.search.pages import results
from assistant.search.pages.commands import DO, Act, Offer
from assistant.search.pages.results import Group
from assistant.users.preferences import Preferences

LINE = 60  # characters of the words that are said again


@dataclass(frozen=True, slots=True)
class Choice:
    """One of them: where it leads, or what it does; ``heading`` stands above the first of its kind."""

    title: Markup
    icon: str
    heading: str
    address: str = ""
    act: Act | None = None
    snippet: Markup | str = ""
    beside: str = ""


def ordered(
    groups: Sequence[Group], offers: Sequence[Offer], words: str, chosen: Preferences, now: datetime
) -> list[Choice]:
    """What the words ask for, then what they find, kinds that have them in a title first, then what else to do."""
    asked = bool(words.strip())
    hits = [
        Choice(
            hit.title or Markup("Untitled"), group.finder.icon,
            group.finder.words if asked else group.finder.latest, hit.address, snippet=hit.snippet,
            beside=" · ".join(filter(None, (hit.about, results.when(hit.when, chosen, now)))),
        )
        for group in results.ordered(list(groups)) for hit in group.hits
    ]  # fmt: skip
    sure, others = ([_offered(one) for one in offers if one.sure is sure] for sure in (True, False))
    return [*sure, *hits, *others, *([_everywhere(words)] if asked else [])]


def _offered(offer: Offer) -> Choice:
    return Choice(Markup.escape(offer.title), offer.icon, "Do", act=offer.act, snippet=offer.what)


def _everywhere(words: str) -> Choice:
    short = words.strip() if len(words.strip()) <= LINE else f"{words.strip()[:LINE]}…"
    title = Markup("Search everything for “{}”").format(short)
    return Choice(title, "search", "Do", f"/search?q={quote(words.strip())}")


def name(at: int) -> str:
    """The id of the option in that place."""
    return f"choice-{at}"


def rows(found: Sequence[Choice], at: int) -> dict[str, Markup]:
    """The rows by their keys; the option ``at`` is chosen."""
    shown: dict[str, Markup] = {}
    for number, choice in enumerate(found):
        first = not number or found[number - 1].heading != choice.heading
        shown[name(number)] = _row(choice, name(number), first=first, selected=number == at)
    return shown


def _row(choice: Choice, own: str, *, first: bool, selected: bool) -> Markup:
    heading = Markup('<span class="palette-kind" aria-hidden="true">{}</span>').format(choice.heading)
    leads = choice.act is None and not choice.address.startswith(DO)
    to = Markup('href="{}"').format(choice.address) if leads else Markup('data-do="take" data-of="{}"').format(own)
    snippet = Markup('<span class="hit-snippet" dir="auto">{}</span>').format(choice.snippet) if choice.snippet else ""
    return Markup(
        '{}<a role="option" id="{}" class="hit" tabindex="-1" aria-selected="{}" {}>{}<span class="hit-words">'
        '<span class="hit-title" dir="auto">{}</span>{}</span><span class="hit-when">{}</span>'
        '<span class="visually-hidden">{}</span></a>'
    ).format(
        heading if first else "", own, "true" if selected else "false", to, svg(choice.icon), choice.title, snippet,
        choice.beside, choice.heading,
    )  # fmt: skip
