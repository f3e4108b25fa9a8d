"""Where in a JSON object conversations stand, found without holding it: exports of ten years are read one by one."""

from collections.abc import Callable
from itertools import islice
from typing import IO, Any

from assistant.storage.packing import members, names

HOLDERS = ("conversations", "chats", "history", "data", "items")  # of lists of conversations
OWN = {"mapping", "chat_messages", "messages", "messagesTree", "chat"}  # what a conversation itself has
ENOUGH = 1000  # members among which there is a conversation, where there are any


def place(opened: Callable[[], IO[bytes]], is_one: Callable[[Any], bool]) -> str:
    """The place of each conversation, as ``packing.members`` takes it; empty where the object is one, or holds none."""
    with opened() as file:
        for name in names(file):
            if name in OWN:
                break
            if name in HOLDERS:
                with opened() as again:
                    if any(map(is_one, islice(members(again, f"{name}.item"), ENOUGH))):
                        return f"{name}.item"
    return ""
