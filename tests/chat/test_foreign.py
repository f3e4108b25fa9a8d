"""Conversations that other programs export, in files written by the descriptions of their formats."""

import base64
import io
import json
import zipfile
from datetime import UTC, datetime
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

import pytest

from assistant.archive import arriving, bringing
from assistant.archive.rooms import Report
from assistant.chat import branches, messages
from assistant.chat.models import Conversation, Image, Message
from assistant.chat.transfer.foreign import profiles
from assistant.errors import Invalid
from assistant.storage.database import Database
from assistant.web.moving import rooms
from tests.archive.accounts import picture

NOW = datetime(2026, 3, 1, tzinfo=UTC)
USER = 7
THEN = 1_700_000_000  # seconds: 14 November 2023


class Mover:
    """Somebody who moves in."""

    def __init__(self, database: Database, folder: Path) -> None:
        self.database, self.folder = database, folder

    def bring(self, source: Path | bytes | object) -> Report:
        """Brings a file, bytes or JSON, under a name that says nothing."""
        path = source if isinstance(source, Path) else self.folder / "download"
        if not isinstance(source, Path):
            path.write_bytes(source if isinstance(source, bytes) else json.dumps(source).encode())
        with bringing.opened(rooms(), USER, path, ZoneInfo("Europe/Berlin")) as coming:
            planned = arriving.plan(self.database, coming.incoming)
            before = Message.select().count()
            report = arriving.run(self.database.run_here, rooms(), USER, coming.incoming, self.folder, now=NOW)
        assert planned.counts == report.counts
        assert Message.select().count() - before == report.counts["new messages"]
        return report

    def read(self, title: str) -> list[tuple[str, str, int, int]]:
        """The branch that is shown of the conversation: who, what, and which version of how many."""
        home = Conversation.get(Conversation.title == title)
        shown = self.database.run_here(branches.thread, USER, home.id)
        return [(one.message.role, one.message.text, one.version, one.versions) for one in shown]


@pytest.fixture
def mover(database: Database, tmp_path: Path) -> Mover:
    return Mover(database, tmp_path)


def node(id: str, parent: str | None, role: str, *parts: Any, **more: Any) -> dict[str, Any]:  # noqa: A002
    about = more.pop("metadata", {})
    content = more.pop("content", {"content_type": "text", "parts": list(parts)})
    message = {"id": id, "author": {"role": role}, "content": content, "metadata": about, "create_time": THEN, **more}
    return {"id": id, "message": message, "parent": parent, "children": []}


def chatgpt(*nodes: dict[str, Any], current: str, **more: Any) -> dict[str, Any]:
    root: dict[str, Any] = {"id": "root", "message": None, "parent": None, "children": []}
    return {
        "conversation_id": "c1", "title": "Tea", "create_time": THEN + 0.5, "update_time": THEN + 60.25,
        "mapping": {one["id"]: one for one in (root, *nodes)}, "current_node": current, **more,
    }  # fmt: skip


TEA = (
    node("s", "root", "system", ""),
    node("ctx", "s", "user", content={"content_type": "user_editable_context", "user_profile": "I like tea"}),
    node("q", "ctx", "user", "How long?"),
    node("a1", "q", "assistant", "Three minutes \ue200cite\ue202turn0\ue201.", metadata={"model_slug": "gpt-4o"}),
    node("a2", "q", "assistant", "Four minutes.", metadata={"model_slug": "o3"}),
)


def test_chatgpt_s_branches_come_and_the_current_one_is_shown(mover: Mover) -> None:
    report = mover.bring([chatgpt(*TEA, current="a1", is_starred=True), {"id": "c2", "title": "no mapping"}])
    assert report.programs == ["ChatGPT"]
    assert report.counts["new conversations"] == 1
    assert report.remarks == [("Left out", "1 entry in which nobody says anything."), profiles.OFFERED]
    assert mover.read("Tea") == [("user", "How long?", 1, 1), ("assistant", "Three minutes .", 1, 2)]
    home = Conversation.get(Conversation.title == "Tea")
    assert (home.created, home.pinned) == (datetime(2023, 11, 14, 22, 13, 20, 500_000, tzinfo=UTC), True)
    assert Message.get(Message.text == "Four minutes.").model == "o3"
    # The same a month later, with what was written meanwhile.
    later = (*TEA, node("q2", "a1", "user", "And green tea?"), node("a3", "q2", "assistant", "Two."))
    report = mover.bring([chatgpt(*later, current="a3")])
    assert report.counts == {
        "new conversations": 0, "conversations that grow": 1, "new messages": 2, "pictures": 0,
        "conversations here already": 0, "new facts about you": 0, "documents": 0,
    }  # fmt: skip
    assert [text for _, text, _, _ in mover.read("Tea")][-1] == "Two."
    assert mover.bring([chatgpt(*later, current="a3")]).counts["conversations here already"] == 1
    assert messages.is_writing(home) is False


def test_chatgpt_s_tools_thoughts_canvas_and_pictures(mover: Mover) -> None:
    pointer = {"content_type": "image_asset_pointer", "asset_pointer": "file-service://file-AbC1", "width": 3}
    canvas = json.dumps({"name": "Plan", "type": "code/python", "content": "print(1)"})
    nodes = (
        node("q", "root", "user", pointer, "What is this?"),
        node("t", "q", "assistant", content={"content_type": "thoughts", "thoughts": [{"content": "Looks green."}]}),
        node("code", "t", "assistant", content={"content_type": "code", "language": "python", "text": "1+1"},
             recipient="python"),
        node("out", "code", "tool", content={"content_type": "execution_output", "text": "2"}),
        node("doc", "out", "assistant", canvas, recipient="canmore.create_textdoc"),
        node("end", "doc", "assistant", "A leaf."),
    )  # fmt: skip
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w") as file:
        file.writestr("chat.html", "<html>")
        file.writestr("user.json", json.dumps({"id": "u"}))
        file.writestr("message_feedback.json", "[]")
        file.writestr("shared_conversations.json", json.dumps([{"id": "x", "conversation_id": "y"}]))
        file.writestr("conversations-000.json", "\ufeff" + json.dumps([chatgpt(*nodes, current="end")]))
        file.writestr("file-AbC1-leaf.png", picture(3))
    report = mover.bring(packed.getvalue())
    assert (report.counts["pictures"], report.remarks) == (1, [])
    (question, answer) = mover.read("Tea")
    assert question[:2] == ("user", "What is this?")
    assert answer[1] == "**Plan**\n\n```python\nprint(1)\n```\n\nA leaf."
    assert Message.get(Message.role == "assistant").thinking == "Looks green.\n\n```python\n1+1\n```"
    (image,) = Image.select()
    assert (bytes(image.data), image.message) == (picture(3), Message.get(Message.role == "user"))


def test_claude(mover: Mover) -> None:
    blocks = [
        {"type": "thinking", "thinking": "Let me see."},
        {"type": "text", "text": "Here it is."},
        {"type": "tool_use", "name": "artifacts", "input": {"title": "Page", "content": "<b>", "language": "html"}},
        {"type": "tool_result", "content": []},
    ]
    said = [
        {"uuid": "1", "sender": "human", "text": "Make a page", "created_at": "2025-05-01T10:00:00.123456Z",
         "attachments": [{"file_name": "a.txt", "extracted_content": "words"}], "files": [{"file_name": "b.png"}]},
        {"uuid": "2", "sender": "assistant", "text": "", "content": blocks, "created_at": "2025-05-01T10:00:05Z"},
    ]  # fmt: skip
    whole = {"uuid": "u", "name": "Page", "created_at": "2025-05-01T10:00:00Z", "updated_at": "2025-05-01T10:00:05Z",
             "account": {"uuid": "me"}, "chat_messages": said}  # fmt: skip
    assert mover.bring([whole, {"uuid": "v", "name": "", "chat_messages": []}]).programs == ["Claude"]
    (question, answer) = mover.read("Page")
    assert question[1] == "Make a page\n\n**a.txt**\n\n```\nwords\n```\n\n**b.png**"
    assert answer[1] == "Here it is.\n\n**Page**\n\n```html\n<b>\n```"
    assert Message.get(Message.role == "assistant").thinking == "Let me see."


def test_open_webui(mover: Mover) -> None:
    thought = (
        '<details type="reasoning" done="true" duration="3">\n<summary>Thought</summary>\n&gt; Hm\n</details>\nYes.'
    )
    shown = f"data:image/png;base64,{base64.b64encode(picture(2)).decode()}"
    found = {
        "1": {"id": "1", "parentId": None, "role": "user", "content": "Is it?", "timestamp": THEN,
              "files": [{"type": "image", "url": shown}, {"type": "file", "name": "a.pdf"}]},
        "2": {"id": "2", "parentId": "1", "role": "assistant", "content": thought, "model": "llama3:8b",
              "timestamp": THEN + 1},
        "3": {"id": "3", "parentId": "1", "role": "assistant", "content": "No.", "model": "qwen3:4b",
              "timestamp": THEN + 2},
    }  # fmt: skip
    chat = {"title": "Is it", "models": ["llama3:8b"], "system": "Be short.",
            "history": {"currentId": "2", "messages": found}}  # fmt: skip
    value = [{"id": "w", "title": "Is it", "chat": chat, "created_at": THEN, "updated_at": THEN + 9, "archived": True}]
    assert mover.bring(value).programs == ["Open WebUI"]
    assert mover.read("Is it") == [("user", "Is it?\n\n**a.pdf**", 1, 1), ("assistant", "Yes.", 1, 2)]
    home = Conversation.get(Conversation.title == "Is it")
    assert (home.system, home.model, home.archived) == ("Be short.", "llama3:8b", True)
    assert Message.get(Message.model == "llama3:8b").thinking == "Hm"
    assert Image.select().count() == 1


def test_librechat_as_a_tree_and_in_a_row(mover: Mover) -> None:
    answer = {"messageId": "b", "parentMessageId": "a", "isCreatedByUser": False, "model": "gpt", "text": "",
              "content": [{"type": "think", "think": "Hm"}, {"type": "text", "text": {"value": "Hello"}}],
              "createdAt": "2024-01-01T00:00:01.000Z", "children": []}  # fmt: skip
    question = {"messageId": "a", "parentMessageId": "0000", "isCreatedByUser": True, "text": "Hi", "sender": "User",
                "createdAt": "2024-01-01T00:00:00.000Z"}  # fmt: skip
    tree = {"conversationId": "x", "title": "Tree", "endpoint": "openAI", "options": {"model": "gpt"},
            "recursive": True, "messagesTree": [question | {"children": [answer]}]}  # fmt: skip
    row = {"conversationId": "y", "title": "Row", "messages": [question, answer]}
    assert mover.bring(tree).programs == ["LibreChat"]
    mover.bring([row])
    for title in ("Tree", "Row"):
        assert mover.read(title) == [("user", "Hi", 1, 1), ("assistant", "Hello", 1, 1)]


def test_a_folder_of_markdown(mover: Mover, tmp_path: Path) -> None:
    folder = tmp_path / "chats"
    (folder / "sub").mkdir(parents=True)
    (folder / "one.md").write_text(
        "# Bread\n\n## You, 01 March 2025, 09:30\n\nHow?\n\n## llama3:8b, 01 March 2025, 09:31\n\nSo:\n\n"
        "```md\n## You\n```\n\n## You, 01 March 2025, 09:32\n\nThanks\n"
    )
    (folder / "sub" / "two.md").write_text("**User:** first\nmore\n\n**Assistant:** second\n")
    (folder / "three.txt").write_text("Human: q\n\nAI: a\n")
    (folder / "recipe.md").write_text("# Recipe\n\n## Flour\n\nAssistant cooks like flour.\n")
    report = mover.bring(folder)
    assert (report.counts["new conversations"], report.programs) == (3, ["Markdown"])
    assert [text for _, text, _, _ in mover.read("Bread")] == ["How?", "So:\n\n```md\n## You\n```", "Thanks"]
    assert Message.get(Message.text == "How?").created == datetime(2025, 3, 1, 8, 30, tzinfo=UTC)
    assert mover.read("two") == [("user", "first\nmore", 1, 1), ("assistant", "second", 1, 1)]
    assert mover.bring(folder).counts["new messages"] == 0


@pytest.mark.parametrize(
    "content",
    [
        b"", b"[]", b"{}", b"[1, 2]", b"words", b'[{"mapping": {', b'{"mapping": 1}', b"\xff\xfe\x00", b"[" * 300_000,
        b'[{"chat_messages": [{"sender": "human"}]}]',
    ],
)  # fmt: skip
def test_what_holds_no_conversation_is_said(mover: Mover, content: bytes) -> None:
    with pytest.raises(Invalid) as refused:
        mover.bring(content)
    assert refused.value.field == "file"
    assert Conversation.select().count() == 0


def test_what_no_program_writes_does_no_harm(mover: Mover) -> None:
    """Circles, wrong types, times beyond all, half characters: what can be read comes."""
    odd = chatgpt(
        node("q", "a", "user", "In a circle", 7, None, {"x": 1}, create_time=1e300),
        node("a", "q", "assistant", "with itself", create_time="never"),
        node("b", "nobody", "user", "half \ud83d", create_time=True),
        node("c", "c", "assistant", content={"content_type": "text", "parts": "x"}),
        current="gone", title=7, create_time=-1e18, conversation_id=None,
    )  # fmt: skip
    assert mover.bring([odd]).counts["new conversations"] == 1
    assert {one.text for one in Message.select()} >= {"with itself", "In a circle"}


def test_what_is_not_among_the_files_is_told(mover: Mover) -> None:
    shown = {"content_type": "multimodal_text", "parts": [{"asset_pointer": "sediment://file_0001"}, "What is this?"]}
    attached = [
        {"id": "file_0001", "name": "a.png", "width": 9, "height": 9}, {"id": "file_2", "name": "b.pdf"},
        {"id": "file_3", "name": "c.jpg", "mime_type": "image/jpeg"},
    ]  # fmt: skip
    asked = node("q", "root", "user", content=shown, metadata={"attachments": attached})
    report = mover.bring([chatgpt(asked, node("a", "q", "assistant", "Tea."), current="a")])
    assert report.remarks == [("Tea", "A picture is not among the files: a.png.")]
    assert mover.read("Tea")[0][1] == "What is this?\n\n**b.pdf**"


def test_what_was_said_aloud_comes_as_words(mover: Mover) -> None:
    spoken = {"uuid": "m", "sender": "human", "content": [{"type": "voice_note", "transcript": "Is it tea?"}]}
    mover.bring([{"uuid": "c", "name": "Spoken", "chat_messages": [spoken]}])
    assert mover.read("Spoken") == [("user", "Is it tea?", 1, 1)]


def test_many_conversations_are_read_one_by_one(mover: Mover) -> None:
    many = [
        chatgpt(*TEA, current="a2", conversation_id=f"c{number}", title=f"Number {number}") for number in range(200)
    ]
    report = mover.bring(many)
    assert (report.counts["new conversations"], report.counts["new messages"]) == (200, 600)
