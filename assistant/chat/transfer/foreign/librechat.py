"""LibreChat's export: a conversation with its messages, nested in each other or in a row."""

from collections.abc import Iterator
from typing import Any

from assistant.chat.transfer.arriving import Draft
from assistant.chat.transfer.foreign.pictures import Bytes, Files, Kept
from assistant.chat.transfer.foreign.trees import EARLIEST, Node, drafted, fields, instant, items, words

PROGRAM = "LibreChat"


def is_one(value: dict[str, Any]) -> bool:
    """Whether this is one of its conversations."""
    rows = isinstance(value.get("messages"), list) and "conversationId" in value
    return rows or isinstance(value.get("messagesTree"), list)


def draft(value: dict[str, Any], kept: Kept, files: Files) -> Draft | None:
    """The conversation; None when nothing is said in it."""
    nodes = list(_nodes(items(value.get("messagesTree")) or items(value.get("messages")), kept, files))
    options = fields(value.get("options"))
    said = [node for node in nodes if node.says_something]
    latest = max(enumerate(said), key=lambda one: (one[1].created or EARLIEST, one[0]), default=None)
    dated = all(node.created for node in said)  # else the last of them is as good as any
    return drafted(
        PROGRAM, words(value.get("conversationId")), nodes, kept, title=words(value.get("title")),
        current=latest[1].id if latest and dated else None, created=instant(value.get("createdAt")),
        updated=instant(value.get("updatedAt")), model=words(options.get("model")) or words(value.get("model")),
        system=words(options.get("promptPrefix")), archived=value.get("isArchived") is True,
    )  # fmt: skip


def _nodes(messages: list[Any], kept: Kept, files: Files) -> Iterator[Node]:
    waiting: list[tuple[dict[str, Any], str | None]] = [(fields(message), None) for message in reversed(messages)]
    number = 0
    while waiting:
        message, above = waiting.pop()
        number += 1
        id = words(message.get("messageId")) or f"{number}"  # noqa: A001 - its own word
        text, thinking = _said(message)
        shown, named = _files(message, kept, files)
        mine = message.get("isCreatedByUser") is True or words(message.get("sender")).lower() == "user"
        yield Node(
            id, above or words(message.get("parentMessageId")) or None, "user" if mine else "assistant",
            "\n\n".join(filter(None, [text, *named])), thinking, "" if mine else words(message.get("model")),
            instant(message.get("createdAt")), tuple(shown),
        )  # fmt: skip
        waiting += [(fields(child), id) for child in reversed(items(message.get("children")))]


def _said(message: dict[str, Any]) -> tuple[str, str]:
    texts, thoughts = list[str](), list[str]()
    for part in map(fields, items(message.get("content"))):
        value = part.get(words(part.get("type")))
        said = words(value) or words(fields(value).get("value"))
        (thoughts if part.get("type") == "think" else texts).append(said)
    return words(message.get("text")) or "\n\n".join(filter(None, texts)), "\n\n".join(filter(None, thoughts))


def _files(message: dict[str, Any], kept: Kept, files: Files) -> tuple[list[Bytes], list[str]]:
    """The pictures, where they are among the files, and the names of files that are none."""
    given = [*items(message.get("files")), *items(message.get("attachments"))]
    given += [part.get("image_file") for part in map(fields, items(message.get("content")))]
    shown, named = list[Bytes](), list[str]()
    for one in map(fields, given):
        name, id = words(one.get("filename")), words(one.get("file_id"))  # noqa: A001 - its own word
        place = words(one.get("filepath")).rpartition("/")[2]
        if not (words(one.get("type")).startswith("image/") or "width" in one):
            named += [f"**{name}**"] if name else []
        elif found := files.find(place, id, name):
            shown.append(found)
        else:
            kept.missing.append(name or "a picture")
    return shown, named
