"""What was found, as the model is told it and as a person sees it."""

from collections.abc import Sequence

from assistant.chat.acting import fence
from assistant.chat.acting.rooms import Card, Found
from assistant.chat.knowing.sources import NOTHING as NOT_THERE
from assistant.chat.knowing.sources import RULES, read_out
from assistant.chat.models import Source

NOTHING = "Nothing was found."
SHOWN = 8


def told(found: Sequence[Found], handles: Sequence[str] = ()) -> str:
    """The findings on a line each, with the handles by which the model may name them."""
    if not found:
        return NOTHING
    names = handles or [""] * len(found)
    return "\n".join(_line(name, one) for name, one in zip(names, found, strict=True))


def card(words: str, found: Sequence[Found]) -> Card:
    """What a person sees of a search: how many hits, and the first of them as links."""
    count = f"{len(found)} found" if found else "Nothing found"
    links = tuple((one.address, " · ".join(filter(None, (one.title, one.when)))) for one in found[:SHOWN])
    return Card(f"Looked for “{words[:80]}”: {count}", pieces=links)


def sources(found: Sequence[Found]) -> tuple[str, ...]:
    """Where texts are from that the person did not type."""
    return tuple(dict.fromkeys(one.foreign for one in found if one.foreign))


def passages(given: Sequence[Source]) -> str:
    """What was looked up for a question, as the model hears it before that: between marks, as text that is data."""
    if not given:
        return ""
    rows = [row for row in given if row.number]
    if not rows:
        return NOT_THERE.format(given[0].title.replace("your", "the person’s"))
    return f"{RULES}\n{fence.fenced(read_out(rows), fence.mark())}"


def _line(handle: str, one: Found) -> str:
    about = " · ".join(filter(None, (one.kind, one.when)))
    text = " ".join(one.text.split())
    return f"{handle + ' ' if handle else ''}[{about}] {one.title}{': ' + text if text else ''}"
