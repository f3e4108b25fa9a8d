"""What is typed, as it can be stored, and the limits of that."""

from collections.abc import Iterable

from assistant.errors import Invalid
from assistant.storage.text import clean, fold_case, one_line

TEXT_LIMIT = 1_000_000  # bytes
TITLE_LIMIT = 300  # characters
TAGS_LIMIT, TAG_LIMIT = 50, 100


def valid_text(text: str) -> str:
    """The text as it is stored; Invalid when it is too long."""
    text = clean(text)
    size = len(text) if text.isascii() else len(text.encode())
    if size > TEXT_LIMIT:
        raise Invalid(f"This note is {size:,} bytes long; {TEXT_LIMIT:,} fit. Split it in two.", field="text")
    return text


def valid_title(title: str) -> str:
    """The title as it is stored; Invalid when it is too long."""
    title = one_line(title)
    if len(title) > TITLE_LIMIT:
        raise Invalid(f"A title has at most {TITLE_LIMIT} characters; this has {len(title):,}.", field="title")
    return title


def valid_tags(tags: Iterable[str]) -> list[str]:
    """The tags as they are stored, each once; Invalid when they are too many or one is too long."""
    names: dict[str, str] = {}
    for tag in tags:
        names.setdefault(tag_key(tag), tag_name(tag))
    kept = [name for key, name in names.items() if key]
    if len(kept) > TAGS_LIMIT:
        raise Invalid(f"A note has at most {TAGS_LIMIT} tags; these are {len(kept)}.", field="tags")
    if any(len(tag) > TAG_LIMIT for tag in kept):
        raise Invalid(f"A tag has at most {TAG_LIMIT} characters.", field="tags")
    return kept


def tag_name(typed: str) -> str:
    """A tag without its number sign and without empty levels; may be empty."""
    levels = (" ".join(level.split()) for level in clean(typed).strip().lstrip("#").split("/"))
    return "/".join(level for level in levels if level)


def tag_key(typed: str) -> str:
    """A tag as it is compared."""
    return fold_case(tag_name(typed))
