"""The notes, tags and conversations that a question names: ``@Title`` and ``#tag``."""

import re
from collections.abc import Iterable
from dataclasses import dataclass, field

from assistant.chat import conversations
from assistant.chat.knowing.stock import Stock
from assistant.storage.text import fold

NAME, TAG = "@", "#"
NAMED = re.compile(r"(?:(?<=\s)|^)@(?=\S)")
TAGGED = re.compile(r"(?:(?<=\s)|^)#([^\W_][\w/-]{0,99})")
BEGUN = re.compile(r"(?:(?<=\s)|^)([@#])([^@#\n]{0,60})$")
LONGEST = 200  # characters of a title
MENTIONS = 8  # of one question
OFFERED = 6


@dataclass(slots=True)
class Mentioned:
    """What a question names, by ids; ``words`` says it for people."""

    notes: list[int] = field(default_factory=list)
    conversations: list[int] = field(default_factory=list)
    words: list[str] = field(default_factory=list)

    @property
    def any(self) -> bool:
        """Whether it names anything."""
        return bool(self.words)


@dataclass(frozen=True, slots=True)
class Offered:
    """What a mention that was begun may become: its kind, what it is called, what stands in its place then."""

    kind: str
    name: str
    text: str


def mentioned(user: int, question: str, stock: Stock) -> Mentioned:
    """What the question names; what nothing is called is no mention."""
    found = Mentioned()
    for sign in list(NAMED.finditer(question))[:MENTIONS]:
        _name(user, question[sign.end() : sign.end() + LONGEST], stock, found)
    for tag in list(dict.fromkeys(TAGGED.findall(question)))[:MENTIONS]:
        notes = stock.tagged(user, tag)
        if notes:
            found.notes += notes
            found.words.append(f"notes with #{tag}")
    found.notes = list(dict.fromkeys(found.notes))
    return found


def offered(user: int, typed: str, stock: Stock) -> list[Offered]:
    """What the mention at the end of what was typed may become."""
    begun = BEGUN.search(typed)
    if not begun:
        return []
    before, words = typed[: begun.start(1)], begun[2]
    if begun[1] == TAG:
        tags = stock.tags(user, words, OFFERED) if words and " " not in words else []
        return [Offered("tag", f"#{tag}", f"{before}#{tag} ") for tag in tags]
    if words != words.lstrip():
        return []
    notes = [("note", title) for _, title in stock.titled(user, words, OFFERED)]
    homes = [("conversation", row.title) for row in conversations.listing(user, words=words, limit=OFFERED)]
    names = list(dict.fromkeys((notes + homes) if words else notes))[:OFFERED]
    # A name that stands there whole is done.
    return [Offered(kind, name, f"{before}@{name} ") for kind, name in names if not words.startswith(f"{name} ")]


def _name(user: int, rest: str, stock: Stock, found: Mentioned) -> None:
    """Adds what the longest title names with which the rest of the question begins."""
    first = rest.split(maxsplit=1)[0].rstrip(".,:;!?)")
    notes = _fitting(rest, stock.titled(user, first, 200))
    rows = [(row.id, row.title) for row in conversations.listing(user, words=first, archived=None, limit=200)]
    homes = _fitting(rest, rows)
    longest = max((len(title) for _, title in [*notes, *homes]), default=0)
    for id, title in notes:  # noqa: A001 - the row's own word
        if len(title) == longest:
            found.notes.append(id)
            found.words.append(f"the note “{title}”")
    for id, title in homes:  # noqa: A001
        if len(title) == longest and not notes:
            found.conversations.append(id)
            found.words.append(f"the conversation “{title}”")


def _fitting(rest: str, known: Iterable[tuple[int, str]]) -> list[tuple[int, str]]:
    folded = fold(rest)
    return [(id, title) for id, title in known if title and _begins(folded, fold(title))]  # noqa: A001


def _begins(text: str, name: str) -> bool:
    return text.startswith(name) and not text[len(name) : len(name) + 1].isalnum()
