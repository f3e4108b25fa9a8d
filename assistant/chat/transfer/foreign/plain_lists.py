"""What many other programs export: a conversation whose messages are a plain list, each with its role and content."""

from collections.abc import Iterator
from hashlib import sha256
from typing import Any

from assistant.chat.transfer.arriving import Draft
from assistant.chat.transfer.foreign.pictures import Files, Kept
from assistant.chat.transfer.foreign.trees import Node, drafted, fields, instant, items, words

PROGRAM = "another program"
LISTS = ("messages", "conversations", "conversation", "turns")
ROLES = {
    "user": "user", "human": "user", "prompter": "user",
    "assistant": "assistant", "ai": "assistant", "bot": "assistant", "gpt": "assistant", "model": "assistant",
}  # fmt: skip
CREATED = ("created_at", "createdAt", "create_time", "created", "timestamp", "date", "time")


def is_one(value: dict[str, Any]) -> bool:
    """Whether this has messages of which it is said who writes them."""
    found = list(map(fields, _messages(value)[:4]))
    return any(_role(one) and _said(one) for one in found)


def draft(value: dict[str, Any], kept: Kept, _files: Files) -> Draft | None:
    """The conversation; None when nothing is said in it."""
    nodes = list(_nodes(_messages(value)))
    title = words(value.get("title")) or words(value.get("name"))
    said = next((node.text for node in nodes if node.says_something), "")
    id = words(value.get("id")) or words(value.get("uuid")) or sha256(f"{title}\0{said}".encode()).hexdigest()  # noqa: A001
    model = value.get("model")
    system = [_said(one) for one in map(fields, _messages(value)) if words(one.get("role")) == "system"]
    return drafted(
        PROGRAM, id, nodes, kept, title=title, current=nodes[-1].id if nodes else None, created=_instant(value),
        model=words(model) or words(fields(model).get("id")), system=words(value.get("prompt")) or "".join(system[:1]),
    )  # fmt: skip


def _messages(value: dict[str, Any]) -> list[Any]:
    for one in (value, fields(value.get("chat"))):
        if found := next((one[name] for name in LISTS if isinstance(one.get(name), list)), None):
            return items(found)
    return []


def _nodes(messages: list[Any]) -> Iterator[Node]:
    for number, message in enumerate(map(fields, messages)):
        yield Node(
            str(number), str(number - 1) if number else None, _role(message), _said(message),
            words(message.get("reasoning_content")) or words(message.get("thinking")), words(message.get("model")),
            _instant(message),
        )  # fmt: skip


def _role(message: dict[str, Any]) -> str:
    names = (message.get("role"), message.get("from"), message.get("sender"), message.get("author"))
    said = next((words(name) or words(fields(name).get("role")) for name in names if name), "")
    return ROLES.get(said.lower(), "")


def _said(message: dict[str, Any]) -> str:
    content = next((message[name] for name in ("content", "value", "text") if message.get(name)), "")
    parts = [part if isinstance(part, str) else fields(part).get("text") for part in items(content)]
    return words(content) or "\n\n".join(filter(None, map(words, parts)))


def _instant(value: dict[str, Any]) -> Any:
    return next((found for name in CREATED if (found := instant(value.get(name)))), None)
