"""Claude's export: a list of conversations, each with its ``chat_messages``."""

from collections.abc import Iterator
from typing import Any

from assistant.chat.transfer.arriving import Draft
from assistant.chat.transfer.foreign.trees import Kept, Node, drafted, fenced, fields, instant, items, words

PROGRAM = "Claude"
ROLES = {"human": "user", "assistant": "assistant"}


def is_one(value: dict[str, Any]) -> bool:
    """Whether this is one of its conversations."""
    return isinstance(value.get("chat_messages"), list)


def draft(value: dict[str, Any], kept: Kept) -> Draft | None:
    """The conversation; None when nothing is said in it."""
    nodes = list(_nodes(value["chat_messages"]))
    return drafted(
        PROGRAM, words(value.get("uuid")), nodes, kept, title=words(value.get("name")),
        current=words(value.get("current_leaf_message_uuid")) or (nodes[-1].id if nodes else None),
        created=instant(value.get("created_at")), updated=instant(value.get("updated_at")),
        pinned=value.get("is_starred") is True,
    )  # fmt: skip


def _nodes(messages: list[Any]) -> Iterator[Node]:
    before: str | None = None
    for number, message in enumerate(map(fields, messages)):
        id = words(message.get("uuid")) or str(number)  # noqa: A001 - its own word
        parent = message.get("parent_message_uuid")
        text, thinking = _said(message)
        attached = "".join(f"\n\n{one}" for one in _attached(message))
        yield Node(
            id, words(parent) if isinstance(parent, str) else before, ROLES.get(words(message.get("sender")), ""),
            text + attached, thinking, created=instant(message.get("created_at")),
        )  # fmt: skip
        before = id


def _said(message: dict[str, Any]) -> tuple[str, str]:
    texts, thoughts = list[str](), list[str]()
    for block in map(fields, items(message.get("content"))):
        match block.get("type"):
            case "text":
                texts.append(words(block.get("text")))
            case "voice_note":
                texts.append(words(block.get("transcript")))
            case "thinking":
                thoughts.append(words(block.get("thinking")))
            case "tool_use":
                texts += _artifact(fields(block.get("input")))
    return "\n\n".join(filter(None, texts)) or words(message.get("text")), "\n\n".join(filter(None, thoughts))


def _artifact(given: dict[str, Any]) -> Iterator[str]:
    """A document that was written beside the chat."""
    title, content = words(given.get("title")), words(given.get("content"))
    if content and title:
        markdown = words(given.get("type")) == "text/markdown"
        yield f"**{title}**\n\n{content if markdown else fenced(content, words(given.get('language')))}"


def _attached(message: dict[str, Any]) -> Iterator[str]:
    for one in map(fields, items(message.get("attachments"))):
        name, content = words(one.get("file_name")) or "file", words(one.get("extracted_content"))
        yield f"**{name}**\n\n{fenced(content)}" if content else f"**{name}**"
    for one in map(fields, items(message.get("files"))):
        if words(one.get("file_name")):
            yield f"**{words(one.get('file_name'))}**"
