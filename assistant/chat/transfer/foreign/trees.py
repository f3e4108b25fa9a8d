"""From the tree of messages that another program keeps to a conversation of ours.

What says nothing (a system's or a tool's message) is left out, and what followed it follows the one before. Several
messages of the model in a row, between which it used a tool, are one answer.
"""

import hashlib
import math
from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta
from typing import Any

from assistant.chat.conversations import title_from
from assistant.chat.transfer.arriving import Draft
from assistant.chat.transfer.foreign.pictures import Bytes, Kept
from assistant.chat.transfer.shapes import ConversationShape, MessageShape
from assistant.storage.text import clean, one_line

EARLIEST, LATEST = datetime(1990, 1, 1, tzinfo=UTC), datetime(2200, 1, 1, tzinfo=UTC)
MILLISECONDS = 1e11  # seconds after 1970 that no chat has; a number above it counts milliseconds
LONGEST = 1_000_000  # characters of one message
TITLE = 200


@dataclass(frozen=True, slots=True)
class Node:
    """A message of another program; ``parent`` is the id of the one that it follows, wherever that stands."""

    id: str
    parent: str | None
    role: str
    text: str = ""
    thinking: str = ""
    model: str = ""
    created: datetime | None = None
    pictures: tuple[Bytes, ...] = ()

    @property
    def says_something(self) -> bool:
        """Whether a person would see anything of it."""
        return self.role in {"user", "assistant"} and bool(self.text.strip() or self.thinking.strip() or self.pictures)


def drafted(
    program: str,
    id: str,  # noqa: A002 - the program's own word
    nodes: Iterable[Node],
    kept: Kept,
    *,
    title: str = "",
    current: str | None = None,
    created: datetime | None = None,
    updated: datetime | None = None,
    model: str = "",
    system: str = "",
    pinned: bool = False,
    archived: bool = False,
) -> Draft | None:
    """The conversation; None when nobody says anything in it."""
    ordered, ends = _merged(*_ordered(list(nodes)))
    if not ordered:
        return None
    begun = created or next((node.created for node in ordered if node.created), None) or EARLIEST
    numbers = {node.id: number for number, node in enumerate(ordered, 1)}
    messages = [
        _message(node, numbers, begun + timedelta(milliseconds=number), kept) for number, node in enumerate(ordered)
    ]
    last = max((message.created for message in messages), default=begun)
    leaf = numbers.get(ends.get(current or "", ""), len(messages))
    head = ConversationShape(
        key=hashlib.sha256(f"{program}\0{id}".encode()).hexdigest(),
        title=one_line(title)[:TITLE].strip() or title_from(ordered[0].text), title_by="user" if title else "first",
        pinned=pinned, archived=archived, created=begun, updated=updated or last, leaf=leaf, model=model[:TITLE],
        system=clean(system)[:LONGEST],
    )  # fmt: skip
    return Draft(head, lambda: iter(messages))


def instant(value: object) -> datetime | None:
    """The instant that a program wrote as seconds or milliseconds after 1970, or as ISO 8601 says."""
    try:
        if isinstance(value, str):
            found = datetime.fromisoformat(value.strip())
            found = found if found.tzinfo else found.replace(tzinfo=UTC)
        elif isinstance(value, int | float) and not isinstance(value, bool) and math.isfinite(value):
            seconds = value / 1000 if abs(value) > MILLISECONDS else value
            found = datetime(1970, 1, 1, tzinfo=UTC) + timedelta(seconds=seconds)
        else:
            return None
    except (ValueError, OverflowError):
        return None
    return found.astimezone(UTC) if EARLIEST <= found <= LATEST else None


def words(value: object) -> str:
    """The text, where it is one."""
    return clean(value) if isinstance(value, str) else ""


def fields(value: object) -> dict[str, Any]:
    """The object, where it is one."""
    return value if isinstance(value, dict) else {}


def items(value: object) -> list[Any]:
    """The list, where it is one."""
    return value if isinstance(value, list) else []


def fenced(text: str, language: str = "") -> str:
    """The text as a block of code that nothing in it can end."""
    ticks = "```"
    while ticks in text:
        ticks += "`"
    return f"{ticks}{language}\n{text}\n{ticks}"


def document(name: str, text: str, language: str | None = None) -> str:
    """A document that was written beside the chat; code in a ``language``, Markdown where there is none."""
    return f"**{name or 'Untitled'}**\n\n{text if language is None else fenced(text, language)}"


def _ordered(nodes: list[Node]) -> tuple[list[Node], dict[str, str]]:
    """Those that say something, each after the one that it follows, and for each node the last of these above it."""
    known = {node.id: node for node in nodes}
    children: dict[str | None, list[Node]] = {}
    for node in known.values():
        children.setdefault(node.parent if node.parent in known else None, []).append(node)
    ordered: list[Node] = []
    ends: dict[str, str] = {}
    # What leads to itself in a circle is reached from no beginning: then it is one.
    for beginning in (*children.get(None, ()), *known.values()):
        waiting: list[tuple[Node, str]] = [(beginning, "")]
        while waiting:
            node, above = waiting.pop()
            if node.id in ends:
                continue
            if node.says_something:
                ordered.append(_after(node, above or None))
                above = node.id
            ends[node.id] = above
            waiting += [(child, above) for child in reversed(children.get(node.id, ()))]
    return ordered, ends


def _after(node: Node, parent: str | None) -> Node:
    return node if node.parent == parent else replace(node, parent=parent)


def _merged(ordered: list[Node], ends: dict[str, str]) -> tuple[list[Node], dict[str, str]]:
    followers: dict[str | None, int] = {}
    for node in ordered:
        followers[node.parent] = followers.get(node.parent, 0) + 1
    into: dict[str, str] = {}
    found: dict[str, Node] = {}
    for node in ordered:
        parent = into.get(node.parent, node.parent) if node.parent else None
        before = found.get(parent) if parent else None
        one_answer = before is not None and node.role == before.role == "assistant" and followers[node.parent] == 1
        if before is not None and one_answer:
            found[before.id] = _joined(before, node)
            into[node.id] = before.id
        else:
            found[node.id] = _after(node, parent)
    return list(found.values()), {id: into.get(end, end) for id, end in ends.items()}  # noqa: A001


def _joined(one: Node, other: Node) -> Node:
    def both(first: str, second: str) -> str:
        return "\n\n".join(part for part in (first, second) if part.strip())

    return replace(
        one, text=both(one.text, other.text), thinking=both(one.thinking, other.thinking),
        model=other.model or one.model, pictures=one.pictures + other.pictures,
    )  # fmt: skip


def _message(node: Node, numbers: dict[str, int], otherwise: datetime, kept: Kept) -> MessageShape:
    created = node.created or otherwise
    role: Any = node.role
    pictures = (kept.picture(read, created) for read in node.pictures)
    return MessageShape(
        id=numbers[node.id], parent=numbers[node.parent] if node.parent else None, role=role, text=_cut(node.text),
        thinking=_cut(node.thinking), model=node.model[:TITLE], created=created,
        pictures=tuple(picture for picture in pictures if picture is not None),
    )  # fmt: skip


def _cut(text: str) -> str:
    return text.strip("\n")[:LONGEST]
