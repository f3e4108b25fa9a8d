"""ChatGPT's export: a list of conversations, each a ``mapping`` of nodes, and files beside it."""

import json
import re
from collections.abc import Callable, Iterator
from typing import Any

from assistant.chat.transfer.arriving import Draft
from assistant.chat.transfer.foreign.trees import Kept, Node, drafted, fenced, fields, instant, items, words

PROGRAM = "ChatGPT"
Files = Callable[[str], bytes | None]

# What its pages turn into links and marks, and what has no meaning without them.
MARKS = re.compile("\ue200[^\ue201]{0,2000}\ue201|[\ue200-\ue2ff]|【[^】]{0,200}†[^】]{0,200}】")
POINTER = re.compile(r"^[a-z-]{1,20}://")
THOUGHTS = {"thoughts", "reasoning_recap"}
HIDDEN = {"user_editable_context", "model_editable_context", "system_error", "tether_browsing_display"}


def is_one(value: dict[str, Any]) -> bool:
    """Whether this is one of its conversations."""
    return isinstance(value.get("mapping"), dict)


def draft(value: dict[str, Any], kept: Kept, files: Files) -> Draft | None:
    """The conversation; None when nothing is said in it."""
    nodes = [_node(str(id), fields(node), kept, files) for id, node in value["mapping"].items()]  # noqa: A001
    return drafted(
        PROGRAM, words(value.get("conversation_id")) or words(value.get("id")), nodes, kept,
        title=words(value.get("title")), current=words(value.get("current_node")),
        created=instant(value.get("create_time")), updated=instant(value.get("update_time")),
        model=words(value.get("default_model_slug")), pinned=value.get("is_starred") is True,
        archived=value.get("is_archived") is True,
    )  # fmt: skip


def _node(id: str, node: dict[str, Any], kept: Kept, files: Files) -> Node:  # noqa: A002 - its own word
    message, parent = fields(node.get("message")), words(node.get("parent")) or None
    content, about = fields(message.get("content")), fields(message.get("metadata"))
    role = words(fields(message.get("author")).get("role"))
    kind = words(content.get("content_type"))
    if not message or kind in HIDDEN or about.get("is_visually_hidden_from_conversation") is True:
        return Node(id, parent, "")
    text, thinking = _said(role, kind, message, content)
    if role == "user":
        text = "\n\n".join(filter(None, [text, *(f"**{name}**" for name in _attached(about))]))
    return Node(
        id, parent, role, text, thinking, words(about.get("model_slug")), instant(message.get("create_time")),
        tuple(_pictures(content, kept, files)) if role == "user" else (),
    )  # fmt: skip


def _said(role: str, kind: str, message: dict[str, Any], content: dict[str, Any]) -> tuple[str, str]:
    if kind in THOUGHTS:
        parts = [words(fields(one).get("content")) for one in items(content.get("thoughts"))]
        return "", "\n\n".join(filter(None, [*parts, words(content.get("content"))]))
    recipient = words(message.get("recipient")) or "all"
    if role == "assistant" and recipient.startswith("canmore."):
        return _canvas(_text(content)), ""
    if role == "assistant" and (kind == "code" or recipient != "all"):
        return "", fenced(_text(content), words(content.get("language")).replace("unknown", ""))
    return _text(content), ""


def _text(content: dict[str, Any]) -> str:
    parts = [part if isinstance(part, str) else words(fields(part).get("text")) for part in items(content.get("parts"))]
    return MARKS.sub("", "\n\n".join(filter(None, [*map(words, parts), words(content.get("text"))])))


def _canvas(text: str) -> str:
    """A document that was written beside the chat; changes of it are told as they are."""
    try:
        found = fields(json.loads(text))
    except ValueError:
        found = {}
    name, body = words(found.get("name")), words(found.get("content"))
    kind = words(found.get("type"))
    if not body:
        return fenced(text, "json")
    return f"**{name}**\n\n{fenced(body, kind.partition('/')[2]) if kind.startswith('code/') else body}"


def _attached(about: dict[str, Any]) -> Iterator[str]:
    """The names of files that are no pictures."""
    for one in map(fields, items(about.get("attachments"))):
        kind = words(one.get("mime_type")) or words(one.get("mimeType"))
        if words(one.get("name")) and "width" not in one and not kind.startswith("image/"):
            yield words(one.get("name"))


def _pictures(content: dict[str, Any], kept: Kept, files: Files) -> Iterator[bytes]:
    for part in items(content.get("parts")):
        pointer = POINTER.sub("", words(fields(part).get("asset_pointer")))
        if pointer and (data := files(pointer)):
            yield data
        else:
            kept.missing += bool(pointer)
