"""Claude's export: a list of conversations, each with its ``chat_messages``."""

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import PurePosixPath
from typing import Any

from assistant.chat.transfer.arriving import Draft
from assistant.chat.transfer.foreign.pictures import Bytes, Files, Kept
from assistant.chat.transfer.foreign.trees import Node, document, drafted, fenced, fields, instant, items, words

PROGRAM = "Claude"
ROLES = {"human": "user", "assistant": "assistant"}
PICTURES = {".png", ".jpg", ".jpeg", ".webp", ".gif"}


def is_one(value: dict[str, Any]) -> bool:
    """Whether this is one of its conversations."""
    return isinstance(value.get("chat_messages"), list)


def draft(value: dict[str, Any], kept: Kept, files: Files) -> Draft | None:
    """The conversation; None when nothing is said in it."""
    nodes = list(_nodes(value["chat_messages"], kept, files))
    return drafted(
        PROGRAM, words(value.get("uuid")), nodes, kept, title=words(value.get("name")),
        current=words(value.get("current_leaf_message_uuid")) or (nodes[-1].id if nodes else None),
        created=instant(value.get("created_at")), updated=instant(value.get("updated_at")),
        model=words(value.get("model")), pinned=value.get("is_starred") is True,
    )  # fmt: skip


def _nodes(messages: list[Any], kept: Kept, files: Files) -> Iterator[Node]:
    before: str | None = None
    written: dict[str, _Document] = {}
    for number, message in enumerate(map(fields, messages)):
        id = words(message.get("uuid")) or str(number)  # noqa: A001 - its own word
        parent = message.get("parent_message_uuid")
        text, thinking = _said(message, written)
        parts = [text, *_attached(message)]
        shown = list[Bytes]()
        for one in _files(message):
            name = words(one.get("file_name"))
            found = files.find(words(one.get("file_uuid")), name)
            picture = PurePosixPath(name).suffix.lower() in PICTURES
            if found and picture:
                shown.append(found)
                continue
            parts.append(f"**{name}**" if name else "")
            kept.missing += [name] if picture else []
        yield Node(
            id, words(parent) if isinstance(parent, str) else before, ROLES.get(words(message.get("sender")), ""),
            "\n\n".join(filter(None, parts)), thinking, created=instant(message.get("created_at")),
            pictures=tuple(shown),
        )  # fmt: skip
        before = id


@dataclass(slots=True)
class _Document:
    """One that the model writes beside the chat, and changes later."""

    title: str
    text: str
    language: str | None

    def shown(self) -> str:
        return document(self.title, self.text, self.language)


def _said(message: dict[str, Any], written: dict[str, _Document]) -> tuple[str, str]:
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
                texts.append(_document(fields(block.get("input")), written))
            case "code":
                given = fields(block.get("input"))
                if words(given.get("code")):
                    texts.append(fenced(words(given.get("code")), words(given.get("language"))))
    return "\n\n".join(filter(None, texts)) or words(message.get("text")), "\n\n".join(filter(None, thoughts))


def _document(given: dict[str, Any], written: dict[str, _Document]) -> str:
    """What the model wrote beside the chat with this call of a tool, as it was from then on; else nothing."""
    path = words(given.get("path"))
    id = words(given.get("id")) or path  # noqa: A001 - its own word
    title = words(given.get("title")) or PurePosixPath(path).name
    content = words(given.get("content")) or words(given.get("file_text"))
    old, new = words(given.get("old_str")), words(given.get("new_str"))
    if content and (title or id in written):
        before = written.get(id)
        written[id] = _Document(title or (before.title if before else ""), content, _language(given, path, before))
        return written[id].shown()
    if old and id in written and old in written[id].text:
        written[id].text = written[id].text.replace(old, new, 1)
        return written[id].shown()
    return ""


def _language(given: dict[str, Any], path: str, before: _Document | None) -> str | None:
    """Of the document's code; None for Markdown."""
    kind, ending = words(given.get("type")), PurePosixPath(path).suffix.lower().removeprefix(".")
    if kind == "text/markdown" or ending in {"md", "markdown"}:
        return None
    if before and not kind and not ending:
        return before.language
    return words(given.get("language")) or ending


def _attached(message: dict[str, Any]) -> Iterator[str]:
    for one in map(fields, items(message.get("attachments"))):
        name, content = words(one.get("file_name")) or "file", words(one.get("extracted_content"))
        yield f"**{name}**\n\n{fenced(content)}" if content else f"**{name}**"


def _files(message: dict[str, Any]) -> Iterator[dict[str, Any]]:
    """The files, which newer exports name twice."""
    seen = set[str]()
    for one in map(fields, [*items(message.get("files")), *items(message.get("files_v2"))]):
        name = words(one.get("file_uuid")) or words(one.get("file_name"))
        if name not in seen:
            seen.add(name)
            yield one
