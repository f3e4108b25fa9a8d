"""ChatGPT's export: a list of conversations, each a ``mapping`` of nodes, and files beside it."""

import json
import re
from collections.abc import Iterator
from typing import Any

from assistant.chat.transfer.arriving import Draft
from assistant.chat.transfer.foreign import profiles
from assistant.chat.transfer.foreign.pictures import Bytes, Files, Kept
from assistant.chat.transfer.foreign.trees import Node, document, drafted, fenced, fields, instant, items, words

PROGRAM = "ChatGPT"

# What its pages turn into links and marks, and what has no meaning without them.
MARKS = re.compile("\ue200[^\ue201]{0,2000}\ue201|[\ue200-\ue2ff]|【[^】]{0,200}†[^】]{0,200}】")
POINTER = re.compile(r"^[a-z-]{1,20}://")
LINK = re.compile(r"\[[^\]\n]{1,300}\]\(https?://[^\s()]{1,2000}\)")
THOUGHTS = {"thoughts", "reasoning_recap"}
CONTEXT = "user_editable_context"
HIDDEN = {CONTEXT, "model_editable_context", "system_error", "tether_browsing_display"}
DRAWN = "a picture that the model drew"


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
    if kind == CONTEXT:
        kept.about += profiles.of_chatgpt(content, about)
    if not message or kind in HIDDEN or about.get("is_visually_hidden_from_conversation") is True:
        return Node(id, parent, "")
    shown = tuple(_pictures(content, about, kept, files))
    if role == "tool" and shown:  # what the model has drawn comes from its tool
        return Node(id, parent, "assistant", created=instant(message.get("create_time")), pictures=shown)
    text, thinking = _said(role, kind, message, content)
    if role == "user":
        text = "\n\n".join(filter(None, [text, *(f"**{name}**" for name in _attached(about))]))
    return Node(
        id, parent, role, text, thinking, words(about.get("model_slug")), instant(message.get("create_time")), shown
    )  # fmt: skip


def _said(role: str, kind: str, message: dict[str, Any], content: dict[str, Any]) -> tuple[str, str]:
    if kind in THOUGHTS:
        thoughts = map(fields, items(content.get("thoughts")))
        parts = [words(one.get("content")) or words(one.get("summary")) for one in thoughts]
        return "", "\n\n".join(filter(None, [*parts, words(content.get("content"))]))
    recipient = words(message.get("recipient")) or "all"
    if role == "assistant" and recipient.startswith("canmore."):
        return _canvas(_text(content)), ""
    if role == "assistant" and (kind == "code" or recipient != "all"):
        return "", fenced(_text(content), words(content.get("language")).replace("unknown", ""))
    text = _text(content)
    return text if text.isascii() else MARKS.sub("", _linked(text, fields(message.get("metadata")))), ""


def _text(content: dict[str, Any]) -> str:
    parts = [part if isinstance(part, str) else words(fields(part).get("text")) for part in items(content.get("parts"))]
    return "\n\n".join(filter(None, [*map(words, parts), words(content.get("text"))]))


def _linked(text: str, about: dict[str, Any]) -> str:
    """The text with links where its marks led to pages."""
    for one in reversed(list(map(fields, items(about.get("citations"))))):
        start, end, page = one.get("start_ix"), one.get("end_ix"), fields(one.get("metadata"))
        address = words(page.get("url"))
        marked = isinstance(start, int) and isinstance(end, int) and text[start:end].startswith("【")
        if marked and address.startswith(("https://", "http://")):
            text = f"{text[:start]} ([{words(page.get('title')) or address}]({address})){text[end:]}"
    for one in map(fields, items(about.get("content_references"))):
        mark, said = words(one.get("matched_text")), " ".join(LINK.findall(words(one.get("alt"))))
        if said and mark.strip():
            text = text.replace(mark, f" ({said})", 1)
    return text


def _canvas(text: str) -> str:
    """A document that was written beside the chat, or written anew; other changes of it are told as they are."""
    try:
        found = fields(json.loads(text))
    except ValueError:
        found = {}
    updates = list(map(fields, items(found.get("updates"))))
    if len(updates) == 1 and updates[0].get("pattern") == ".*":
        return words(updates[0].get("replacement"))
    kind = words(found.get("type"))
    if not (body := words(found.get("content"))):
        return fenced(text, "json")
    return document(words(found.get("name")), body, kind.partition("/")[2] if kind.startswith("code/") else None)


def _attached(about: dict[str, Any]) -> Iterator[str]:
    """The names of files that are no pictures."""
    for one in map(fields, items(about.get("attachments"))):
        kind = words(one.get("mime_type")) or words(one.get("mimeType"))
        if words(one.get("name")) and "width" not in one and not kind.startswith("image/"):
            yield words(one.get("name"))


def _pictures(content: dict[str, Any], about: dict[str, Any], kept: Kept, files: Files) -> Iterator[Bytes]:
    for part in map(fields, items(content.get("parts"))):
        kind, pointer = words(part.get("content_type")), POINTER.sub("", words(part.get("asset_pointer")))
        if "audio" in kind or "video" in kind:
            kept.recordings += 1
        elif pointer and (found := files.find(*pointer.split("#"))):
            yield found
        elif pointer:
            kept.missing.append(_name(pointer, about))


def _name(pointer: str, about: dict[str, Any]) -> str:
    """What a picture is called that is not there."""
    for one in map(fields, items(about.get("attachments"))):
        if one.get("id") == pointer and words(one.get("name")):
            return words(one.get("name"))
    return words(about.get("image_gen_title")) or (DRAWN if "attachments" not in about else "a picture")
