"""How models are told about a person: always in the same words and the same order, so that a prompt's cache holds."""

from collections.abc import Iterable

from assistant.chat.models import Fact
from assistant.chat.tokens import estimate
from assistant.users import preferences

HEAD = "About the person you talk with, in their own words. Use it where it helps, and do not recite it:"


def told(user: int) -> str:
    """What models are told about the user; empty where there is nothing, or memory is switched off."""
    rows = list(Fact.select(Fact.text).where((Fact.user == user) & Fact.active).order_by(Fact.id))
    return in_words(row.text for row in rows) if rows and preferences.load(user).memory else ""


def in_words(texts: Iterable[str]) -> str:
    """The facts as a model reads them."""
    return "\n".join([HEAD, *(f"- {text}" for text in texts)])


def tokens(texts: Iterable[str]) -> int:
    """About how many tokens the facts take together; 0 for none."""
    said = list(texts)
    return estimate(in_words(said)) if said else 0
