"""Exports of ten years, which are larger than what one would hold in memory."""

import json
import tracemalloc
from datetime import UTC
from pathlib import Path
from typing import Any

import pytest

from assistant.archive import arriving, bringing
from assistant.web.moving import rooms
from tests.chat.test_foreign import USER, Mover, chatgpt, mover, node

__all__ = ["mover"]


def talks(number: int) -> dict[str, Any]:
    """A conversation of 40 kB, as each program writes it."""
    said, when = "words " * 3000, "2025-05-01T10:00:00Z"
    sides = [("user", f"{number} {said}"), ("assistant", f"{number} {said}")]
    rows = [{"messageId": f"{at}", "parentMessageId": f"{at - 1}", "isCreatedByUser": not at, "text": text,
             "createdAt": when} for at, (_, text) in enumerate(sides)]  # fmt: skip
    history = {"messages": {f"{at}": {"parentId": f"{at - 1}" if at else None, "role": role, "content": text}
                            for at, (role, text) in enumerate(sides)}, "currentId": "1"}  # fmt: skip
    tree = [node("0", "root", "user", sides[0][1]), node("1", "0", "assistant", sides[1][1])]
    return {
        "ChatGPT": chatgpt(*tree, current="1", conversation_id=f"{number}"),
        "Claude": {"uuid": f"{number}", "chat_messages": [
            {"uuid": f"{at}", "sender": "human" if role == "user" else role, "text": text, "created_at": when}
            for at, (role, text) in enumerate(sides)
        ]},
        "Open WebUI": {"id": f"{number}", "chat": {"history": history}},
        "LibreChat": {"conversationId": f"{number}", "messages": rows},
        "another program": {"id": f"{number}", "messages": [{"role": role, "content": text} for role, text in sides]},
    }  # fmt: skip


@pytest.mark.parametrize("holder", ["conversations", "data"])
@pytest.mark.parametrize("program", ["ChatGPT", "Claude", "Open WebUI", "LibreChat", "another program"])
def test_what_lies_in_an_object_is_read_one_by_one_as_well(
    mover: Mover, tmp_path: Path, program: str, holder: str
) -> None:
    many, path = 150, tmp_path / "export.json"
    with path.open("w") as file:
        file.write(f'{{"version": 3, "{holder}": [{{"nobody": "says anything"}}')
        for number in range(many):
            file.write("," + json.dumps(talks(number)[program]))
        file.write('], "behind": [{"a": 1}]}')
    tracemalloc.start()
    with bringing.opened(rooms(), USER, path, UTC) as coming:
        report = arriving.plan(mover.database, coming.incoming)
    most = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    assert (report.programs, report.counts["new conversations"]) == ([program], many)
    assert path.stat().st_size > 5_000_000 > 3 * most
