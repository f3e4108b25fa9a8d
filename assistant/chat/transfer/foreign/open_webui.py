"""Open WebUI's export of chats: a list, in each ``chat.history`` a tree of messages."""

import base64
import binascii
import re
from collections.abc import Iterator
from html import unescape
from typing import Any

from assistant.chat.transfer.arriving import Draft
from assistant.chat.transfer.foreign.trees import Kept, Node, drafted, fields, instant, items, words

PROGRAM = "Open WebUI"
DETAILS = re.compile(r"<details\b([^>]{0,5000})>(.*?)</details>\s*", re.DOTALL)
SUMMARY = re.compile(r"<summary>.*?</summary>", re.DOTALL)
QUOTE = re.compile(r"^> ?", re.MULTILINE)
DATA = re.compile(r"data:image/(?:png|jpe?g);base64,", re.IGNORECASE)


def is_one(value: dict[str, Any]) -> bool:
    """Whether this is one of its chats."""
    return isinstance(_history(value).get("messages"), dict)


def draft(value: dict[str, Any], kept: Kept) -> Draft | None:
    """The conversation; None when nothing is said in it."""
    chat, history = fields(value.get("chat")) or value, _history(value)
    models = items(chat.get("models"))
    return drafted(
        PROGRAM, words(value.get("id")) or words(chat.get("id")),
        [_node(str(id), fields(message)) for id, message in history["messages"].items()], kept,  # noqa: A001
        title=words(value.get("title")) or words(chat.get("title")), current=words(history.get("currentId")),
        created=instant(value.get("created_at")) or instant(chat.get("timestamp")),
        updated=instant(value.get("updated_at")), model=words(models[0]) if models else "",
        system=words(chat.get("system")) or words(fields(chat.get("params")).get("system")),
        pinned=value.get("pinned") is True, archived=value.get("archived") is True,
    )  # fmt: skip


def _history(value: dict[str, Any]) -> dict[str, Any]:
    return fields(fields(value.get("chat")).get("history")) or fields(value.get("history"))


def _node(id: str, message: dict[str, Any]) -> Node:  # noqa: A002 - its own word
    text, thinking = _parted(words(message.get("content")))
    role, files = words(message.get("role")), list(map(fields, items(message.get("files"))))
    names = "".join(f"\n\n**{words(one.get('name'))}**" for one in files if words(one.get("name")) and not _shown(one))
    return Node(
        id, words(message.get("parentId")) or None, role, text + names, thinking, words(message.get("model")),
        instant(message.get("timestamp")), tuple(_pictures(files)) if role == "user" else (),
    )  # fmt: skip


def _parted(content: str) -> tuple[str, str]:
    """The text without what is folded in it, and the thoughts that were."""
    thoughts: list[str] = []

    def fold(found: re.Match[str]) -> str:
        if 'type="reasoning"' in found[1]:
            thoughts.append(unescape(QUOTE.sub("", SUMMARY.sub("", found[2]).strip())))
        return "" if "type=" in found[1] else found[0]

    return DETAILS.sub(fold, content), "\n\n".join(thoughts)


def _shown(file: dict[str, Any]) -> bool:
    return file.get("type") == "image"


def _pictures(files: list[dict[str, Any]]) -> Iterator[bytes]:
    for file in files:
        found = DATA.match(url := words(file.get("url"))) if _shown(file) else None
        if found:
            try:
                yield base64.b64decode(url[found.end() :], validate=True)
            except binascii.Error:
                continue
