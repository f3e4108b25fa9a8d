"""What is typed, as it can be stored, and the limits of that."""

import re
import unicodedata
from collections.abc import Iterable
from datetime import datetime, timedelta

from assistant.errors import Invalid
from assistant.storage.text import clean
from assistant.text import LARGEST

TEXT_LIMIT, NOTE_LIMIT = 500, 10_000  # characters
TAGS_LIMIT, TAG_LIMIT = 50, 100
LEADS_LIMIT, LEAD_LIMIT = 10, 366 * 24 * 60  # minutes
PRIORITIES = range(4)
YEARS = range(1970, 2200)
LINKS = ("", "note", "message")
INTERVAL = re.compile(r"P(?:(\d{1,4})W)?(?:(\d{1,4})D)?(?:T(?:(\d{1,4})H)?(?:(\d{1,5})M)?)?", re.ASCII)
LONGEST = timedelta(days=3660)


def valid_text(text: str) -> str:
    """The text on one line; Invalid (field text) when it is empty or too long."""
    text = " ".join(clean(text).split())
    if not text:
        raise Invalid("Say what to be reminded of.", field="text")
    if len(text) > TEXT_LIMIT:
        raise Invalid(f"A reminder has at most {TEXT_LIMIT} characters; this has {len(text):,}.", field="text")
    return text


def valid_note(note: str) -> str:
    """The note as it is stored; Invalid (field note) when it is too long."""
    note = clean(note).strip()
    if len(note) > NOTE_LIMIT:
        raise Invalid(f"A reminder's note has at most {NOTE_LIMIT:,} characters; this has {len(note):,}.", field="note")
    return note


def valid_priority(priority: int) -> int:
    """The priority; Invalid (field priority) for another than 0 to 3."""
    if priority not in PRIORITIES:
        raise Invalid("A priority is 0 (none), 1 (low), 2 (middle) or 3 (high).", field="priority")
    return priority


def valid_local(local: datetime | None) -> datetime | None:
    """The time on the wall in whole seconds; Invalid (field local) for a year that cannot be meant."""
    if local is not None and local.year not in YEARS:
        raise Invalid(f"Choose a year from {YEARS[0]} to {YEARS[-1]}.", field="local")
    return None if local is None else local.replace(microsecond=0, fold=0)


def valid_leads(leads: Iterable[int]) -> list[int]:
    """The minutes before its time at which it rings, each once, earliest ring last; Invalid (field leads)."""
    kept = sorted(set(leads))
    if not 1 <= len(kept) <= LEADS_LIMIT:
        raise Invalid(f"A reminder rings 1 to {LEADS_LIMIT} times for one occurrence.", field="leads")
    if kept[0] < 0 or kept[-1] > LEAD_LIMIT:
        raise Invalid("A reminder rings at its time or up to a year before it.", field="leads")
    return kept


def valid_interval(after_done: str) -> str:
    """The interval in its shortest spelling, like P3D or PT4H; Invalid (field after_done) for another."""
    text = after_done.strip().upper()
    if text and not timedelta(minutes=1) <= interval(text) <= LONGEST:
        raise Invalid("It can come again a minute to ten years after it was done.", field="after_done")
    return text


def interval(text: str) -> timedelta:
    """The interval that the text says; Invalid (field after_done) when it cannot be read."""
    found = INTERVAL.fullmatch(text)
    if found is None:
        raise Invalid("Write the time until it comes again like P3D (days), P2W (weeks) or PT4H.", field="after_done")
    weeks, days, hours, minutes = (int(number or 0) for number in found.groups())
    return timedelta(weeks=weeks, days=days, hours=hours, minutes=minutes)


def valid_link(kind: str, id: int | None) -> tuple[str, int | None]:  # noqa: A002 - the row's own word
    """What the reminder leads to; Invalid (field link) for another kind than a note or a message."""
    if kind not in LINKS or (not kind) != (id is None) or (id is not None and not 0 < id <= LARGEST):
        raise Invalid("A reminder can lead to a note or to a message.", field="link")
    return kind, id


def valid_tags(tags: Iterable[str]) -> dict[str, str]:
    """The tags by the key that they are compared with; Invalid (field tags) for too many or too long ones."""
    names: dict[str, str] = {}
    for tag in tags:
        names.setdefault(tag_key(tag), _tag_name(tag))
    names.pop("", None)
    if len(names) > TAGS_LIMIT:
        raise Invalid(f"A reminder has at most {TAGS_LIMIT} tags; these are {len(names)}.", field="tags")
    if any(len(name) > TAG_LIMIT for name in names.values()):
        raise Invalid(f"A tag has at most {TAG_LIMIT} characters.", field="tags")
    return names


def tag_key(tag: str) -> str:
    """A tag as it is compared."""
    return unicodedata.normalize("NFC", _tag_name(tag)).casefold()


def _tag_name(tag: str) -> str:
    return " ".join(clean(tag).split()).lstrip("#").strip()
