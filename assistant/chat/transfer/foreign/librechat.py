"""LibreChat's export: a conversation with its messages, nested in each other or in a row."""

from collections.abc import Iterator
from typing import Any

from assistant.chat.transfer.arriving import Draft
from assistant.chat.transfer.foreign.trees import EARLIEST, Kept, Node, drafted, fields, instant, items, words

PROGRAM = "LibreChat"


def is_one(value: dict[str, Any]) -> bool:
    """Whether this is one of its conversations."""
    rows = isinstance(value.get("messages"), list) and "conversationId" in value
    return rows or isinstance(value.get("messagesTree"), list)


def draft(value: dict[str, Any], kept: Kept) -> Draft | None:
    """The conversation; None when nothing is said in it."""
    nodes = list(_nodes(items(value.get("messagesTree")) or items(value.get("messages"))))
    options = fields(value.get("options"))
    dated = [node for node in nodes if node.created and node.says_something]
    latest = max(dated, key=lambda node: node.created or EARLIEST, default=None)
    return drafted(
        PROGRAM, words(value.get("conversationId")), nodes, kept, title=words(value.get("title")),
        current=latest.id if latest else None, created=instant(value.get("createdAt")),
        updated=instant(value.get("updatedAt")), model=words(options.get("model")) or words(value.get("model")),
        system=words(options.get("promptPrefix")), archived=value.get("isArchived") is True,
    )  # fmt: skip


def _nodes(messages: list[Any]) -> Iterator[Node]:
    waiting: list[tuple[dict[str, Any], str | None]] = [(fields(message), None) for message in reversed(messages)]
    number = 0
    while waiting:
        message, above = waiting.pop()
        number += 1
        id = words(message.get("messageId")) or f"{number}"  # noqa: A001 - its own word
        text, thinking = _said(message)
        mine = message.get("isCreatedByUser") is True or words(message.get("sender")).lower() == "user"
        yield Node(
            id, above or words(message.get("parentMessageId")) or None, "user" if mine else "assistant", text,
            thinking, "" if mine else words(message.get("model")), instant(message.get("createdAt")),
        )  # fmt: skip
        waiting += [(fields(child), id) for child in reversed(items(message.get("children")))]


def _said(message: dict[str, Any]) -> tuple[str, str]:
    texts, thoughts = list[str](), list[str]()
    for part in map(fields, items(message.get("content"))):
        value = part.get(words(part.get("type")))
        said = words(value) or words(fields(value).get("value"))
        (thoughts if part.get("type") == "think" else texts).append(said)
    return words(message.get("text")) or "\n\n".join(filter(None, texts)), "\n\n".join(filter(None, thoughts))
