"""Open WebUI's export of chats: a list, in each ``chat.history`` a tree of messages; files only where one adds them."""

import base64
import re
from collections.abc import Iterator
from functools import partial
from html import unescape
from typing import Any

from assistant.chat.transfer.arriving import Draft
from assistant.chat.transfer.foreign.pictures import Bytes, Files, Kept
from assistant.chat.transfer.foreign.trees import Node, drafted, fields, instant, items, words

PROGRAM = "Open WebUI"
DETAILS = re.compile(r"<details\b([^>]{0,5000})>(.*?)</details>\s*", re.DOTALL)
SUMMARY = re.compile(r"<summary>.*?</summary>", re.DOTALL)
QUOTE = re.compile(r"^> ?", re.MULTILINE)
DATA = re.compile(r"data:image/(?:png|jpe?g|webp|gif);base64,", re.IGNORECASE)
SHOWN = re.compile(r"!\[[^\]\n]{0,500}\]\(((?:data:image/|/api/v1/files/|/cache/image/)[^)\s]*)\)")
ID = re.compile(r"[0-9a-f]{8}-[0-9a-f-]{27}")


def is_one(value: dict[str, Any]) -> bool:
    """Whether this is one of its chats."""
    return isinstance(_history(value).get("messages"), dict)


def draft(value: dict[str, Any], kept: Kept, files: Files) -> Draft | None:
    """The conversation; None when nothing is said in it."""
    chat, history = fields(value.get("chat")) or value, _history(value)
    models = items(chat.get("models"))
    return drafted(
        PROGRAM, words(value.get("id")) or words(chat.get("id")),
        [_node(str(id), fields(message), kept, files) for id, message in history["messages"].items()], kept,  # noqa: A001
        title=words(value.get("title")) or words(chat.get("title")), current=words(history.get("currentId")),
        created=instant(value.get("created_at")) or instant(chat.get("timestamp")),
        updated=instant(value.get("updated_at")), model=words(models[0]) if models else "",
        system=words(chat.get("system")) or words(fields(chat.get("params")).get("system")),
        pinned=value.get("pinned") is True, archived=value.get("archived") is True,
    )  # fmt: skip


def _history(value: dict[str, Any]) -> dict[str, Any]:
    return fields(fields(value.get("chat")).get("history")) or fields(value.get("history"))


def _node(id: str, message: dict[str, Any], kept: Kept, files: Files) -> Node:  # noqa: A002 - its own word
    text, thinking = _parted(words(message.get("content")))
    said, thought = _put_out(message)
    role, given = words(message.get("role")), list(map(fields, items(message.get("files"))))
    named = "".join(f"\n\n**{words(one.get('name'))}**" for one in given if words(one.get("name")) and not _image(one))
    addresses = [words(one.get("url")) or words(one.get("id")) for one in given if _image(one)]
    addresses += [found for found in SHOWN.findall(text) if found not in addresses]
    text = SHOWN.sub("", text)
    return Node(
        id, words(message.get("parentId")) or None, role, (text if text.strip() else said) + named, thought or thinking,
        words(message.get("model")), instant(message.get("timestamp")), tuple(_pictures(addresses, kept, files)),
    )  # fmt: skip


def _parted(content: str) -> tuple[str, str]:
    """The text without what is folded in it, and the thoughts that were."""
    thoughts: list[str] = []

    def fold(found: re.Match[str]) -> str:
        if 'type="reasoning"' in found[1]:
            thoughts.append(QUOTE.sub("", unescape(SUMMARY.sub("", found[2]).strip())))
        return "" if "type=" in found[1] else found[0]

    return DETAILS.sub(fold, content), "\n\n".join(thoughts)


def _put_out(message: dict[str, Any]) -> tuple[str, str]:
    """What newer versions keep beside the text, piece by piece: what was said, and what was thought."""
    said, thought = list[str](), list[str]()
    for one in map(fields, items(message.get("output"))):
        parts = [words(part.get("text")) for part in map(fields, items(one.get("content")))]
        to = {"message": said, "reasoning": thought}.get(words(one.get("type")), list[str]())
        to.append("\n\n".join(filter(None, parts)))
    return "\n\n".join(filter(None, said)), "\n\n".join(filter(None, thought))


def _image(file: dict[str, Any]) -> bool:
    kinds = (words(file.get("content_type")), words(fields(fields(file.get("file")).get("meta")).get("content_type")))
    return file.get("type") == "image" or any(kind.startswith("image/") for kind in kinds)


def _pictures(addresses: list[str], kept: Kept, files: Files) -> Iterator[Bytes]:
    for address in addresses:
        data, id = DATA.match(address), ID.search(address)  # noqa: A001 - its own word
        if data:
            yield partial(base64.b64decode, address[data.end() :], validate=True)
        elif found := files.find(id[0] if id else address.rpartition("/")[2]):
            yield found
        else:
            kept.missing.append(address.rpartition("/")[2][:80] if "/cache/" in address else "a picture")
