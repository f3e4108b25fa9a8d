"""Kinds of conversations that other programs are seen to export: what they hold beside plain words."""

import base64
import io
import json
import zipfile
from datetime import UTC
from typing import Any

import pytest
from PIL import Image as Pictures

from assistant.archive import arriving, bringing
from assistant.chat.memory import facts
from assistant.chat.models import Conversation, Image, Message
from assistant.chat.transfer.foreign import profiles
from assistant.storage.house.works import Stopped
from assistant.web.moving import rooms
from tests.archive.accounts import picture
from tests.chat.test_foreign import THEN, USER, Mover, chatgpt, mover, node

__all__ = ["mover"]


def webp(width: int) -> bytes:
    out = io.BytesIO()
    Pictures.new("RGB", (width, 5), "teal").save(out, "WEBP")
    return out.getvalue()


def zipped(files: dict[str, bytes | Any]) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as file:
        for name, content in files.items():
            file.writestr(name, content if isinstance(content, bytes) else json.dumps(content))
    return out.getvalue()


def shown(role: str) -> list[tuple[str, int]]:
    """The kinds and widths of the pictures of messages of that side."""
    found = Image.select().join(Message).where(Message.role == role).order_by(Image.id)
    return [(one.kind, one.width) for one in found]


def drawn(id: str, parent: str, pointer: str, **about: Any) -> dict[str, Any]:  # noqa: A002
    part = {"content_type": "image_asset_pointer", "asset_pointer": pointer, "metadata": {"dalle": {"prompt": ""}}}
    return node(id, parent, "tool", content={"content_type": "multimodal_text", "parts": [part]}, metadata=about)


def test_what_a_model_drew_is_a_picture_of_its_answer(mover: Mover) -> None:
    asked = {"content_type": "code", "language": "json", "text": '{"prompt": "a leaf"}'}
    nodes = (
        node("q", "root", "user", "Draw a leaf"),
        node("call", "q", "assistant", content=asked, recipient="dalle.text2im"),
        drawn("one", "call", "file-service://file-AbCdEfGh1234"),
        drawn("two", "one", "sediment://file_00000000aa11", image_gen_title="Leaf in autumn"),
        drawn("three", "two", "sediment://0123456789ab#file_00000000bb22#p_0"),
        drawn("gone", "three", "sediment://file_00000000cc33", image_gen_title="Leaf in spring"),
        node("heard", "gone", "tool", {"content_type": "audio_asset_pointer", "asset_pointer": "sediment://file_9"}),
        node("end", "heard", "assistant", "Two leaves."),
    )
    files = {
        "conversations-000.json": [chatgpt(*nodes, current="end")],
        "dalle-generations/file-AbCdEfGh1234-b3.webp": webp(7),
        "file-AbCdEfGh12345-of-another.png": picture(9),
        "user-x/file_00000000aa11-77.dat": picture(4),
        "file_00000000bb22-sanitized.jpg": picture(5, "JPEG"),
    }
    report = mover.bring(zipped(files))
    assert report.counts["pictures"] == 3
    assert report.remarks == [
        ("Left out", "1 recording; what was said comes as words."),
        ("Tea", "A picture is not among the files: Leaf in spring."),
    ]
    assert mover.read("Tea") == [("user", "Draw a leaf", 1, 1), ("assistant", "Two leaves.", 1, 1)]
    assert shown("assistant") == [("image/jpeg", 7), ("image/png", 6), ("image/jpeg", 7)]
    assert mover.bring(zipped(files)).counts["new messages"] == 0


def test_pages_that_an_answer_names_are_links(mover: Mover) -> None:
    cited = "Tea is old【1†source】."
    old = {"start_ix": 10, "end_ix": 20, "metadata": {"type": "webpage", "title": "Tea", "url": "https://tea.example"}}
    mark = "\ue200cite\ue202turn0search1\ue201"
    new = {"type": "grouped_webpages", "matched_text": mark, "alt": "([Cups](https://cups.example/a))"}
    nodes = (
        node("q", "root", "user", "Say"),
        node("a", "q", "assistant", cited, metadata={"citations": [old]}),
        node("q2", "a", "user", "More"),
        node(
            "b",
            "q2",
            "assistant",
            f"Cups too. {mark} \ue200cite\ue202turn0\ue201",
            metadata={"content_references": [new]},
        ),
    )
    mover.bring([chatgpt(*nodes, current="b")])
    texts = [text for _, text, _, _ in mover.read("Tea")]
    assert texts[1] == "Tea is old ([Tea](https://tea.example))."
    assert texts[3].strip() == "Cups too.  ([Cups](https://cups.example/a))"


def test_claude_s_documents_are_shown_as_they_were_changed(mover: Mover) -> None:
    def used(name: str, **given: Any) -> dict[str, Any]:
        return {"type": "tool_use", "name": name, "input": given}

    calls = [
        used("artifacts", command="create", id="p", title="Page", content="<b>one</b>", language="html"),
        used("artifacts", command="update", id="p", old_str="one", new_str="two"),
        used("artifacts", command="rewrite", id="p", content="<i>three</i>"),
        used("create_file", path="/docs/list.py", file_text="print(1)", description="A list"),
        used("str_replace", path="/docs/list.py", old_str="1", new_str="2"),
        used("web_search", query="tea"),
    ]
    said = [
        {"uuid": "0", "sender": "human", "text": "Go", "files": [{"file_uuid": "f-12345678", "file_name": "a.png"}]}
    ]
    for number, call in enumerate(calls, 1):
        said += [{"uuid": f"{number}a", "sender": "assistant", "content": [call, {"type": "text", "text": "There."}]},
                 {"uuid": f"{number}h", "sender": "human", "text": "On"}]  # fmt: skip
    files = {"conversations.json": [{"uuid": "c", "name": "Made", "chat_messages": said}], "projects.json": [],
             "files/f-12345678_a.png": picture(2)}  # fmt: skip
    assert mover.bring(zipped(files)).programs == ["Claude"]
    assert [text for role, text, _, _ in mover.read("Made") if role == "assistant"] == [
        "**Page**\n\n```html\n<b>one</b>\n```\n\nThere.",
        "**Page**\n\n```html\n<b>two</b>\n```\n\nThere.",
        "**Page**\n\n```html\n<i>three</i>\n```\n\nThere.",
        "**list.py**\n\n```py\nprint(1)\n```\n\nThere.",
        "**list.py**\n\n```py\nprint(2)\n```\n\nThere.",
        "There.",
    ]
    assert shown("user") == [("image/png", 4)]


def test_open_webui_s_pieces_and_pictures(mover: Mover) -> None:
    inside = base64.b64encode(webp(3)).decode()
    kept, gone = "11111111-2222-3333-4444-555555555555", "99999999-2222-3333-4444-555555555555"
    output = [
        {"type": "reasoning", "content": [{"type": "output_text", "text": "All that was thought."}]},
        {"type": "function_call", "name": "draw", "arguments": "{}"},
        {"type": "message", "content": [{"type": "output_text", "text": "Here."}]},
    ]
    short = '<details type="reasoning"><summary>Thought</summary>&gt; All that</details>Here.'
    drawn_there = f"So ![it](data:image/webp;base64,{inside}) and ![that](/api/v1/files/{gone}/content)."
    turns: list[dict[str, Any]] = [
        {"role": "user", "content": "Draw"},
        {"content": short, "output": output, "files": [{"type": "image", "url": f"/api/v1/files/{kept}/content"}]},
        {"role": "user", "content": "Again"},
        {"content": "", "output": output[2:]},
        {"role": "user", "content": "And?"},
        {"content": drawn_there},
    ]
    messages = {
        f"{at}": {"role": "assistant", "parentId": f"{at - 1}" if at else None, "timestamp": THEN + at, **turn}
        for at, turn in enumerate(turns)
    }
    chat = {"id": "w", "title": "Drawn", "chat": {"history": {"currentId": "5", "messages": messages}}}
    report = mover.bring(zipped({"chat-export.json": [chat], f"uploads/{kept}_leaf.png": picture(6)}))
    assert report.remarks == [("Drawn", "A picture is not among the files: a picture.")]
    assert [text for _, text, _, _ in mover.read("Drawn")] == ["Draw", "Here.", "Again", "Here.", "And?", "So  and ."]
    assert Message.get(Message.text == "Here.").thinking == "All that was thought."
    assert shown("assistant") == [("image/png", 8), ("image/jpeg", 3)]


def test_librechat_s_branch_goes_on_to_its_end(mover: Mover) -> None:
    def one(id: str, mine: bool, *children: dict[str, Any], **more: Any) -> dict[str, Any]:  # noqa: A002
        return {"messageId": id, "isCreatedByUser": mine, "text": id, "children": list(children), **more}

    at = {"createdAt": "2024-05-01T16:35:11.530Z"}
    seen = {"files": [{"file_id": "0a1b2c3d4e", "filename": "tree.png", "type": "image/png", "width": 5},
                      {"file_id": "1b2c3d4e5f", "filename": "list.pdf", "type": "application/pdf"}]}  # fmt: skip
    later = one("later", True, one("end", False))
    tree = one("ask", True, one("answer", False, one("thanks", True, one("welcome", False)), later, **at), **at, **seen)
    undated = {"conversationId": "x", "title": "Tree", "recursive": True, "messages": [tree]}
    report = mover.bring(undated)
    assert [text for _, text, _, _ in mover.read("Tree")] == ["ask\n\n**list.pdf**", "answer", "later", "end"]
    assert report.remarks == [("Tree", "A picture is not among the files: tree.png.")]
    flat = [one("a", True, **at), one("b", False, parentMessageId="a", **at)]
    mover.bring({"conversationId": "y", "title": "At once", "messages": flat})
    assert [text for _, text, _, _ in mover.read("At once")] == ["a", "b"]


ASKED, SAID = {"role": "user", "content": "Tea?"}, {"role": "assistant", "content": [{"type": "text", "text": "Yes."}]}
BOTH = [ASKED, SAID]
SENT = [{"sender": "user", "text": "Tea?"}, {"sender": "AI", "text": "Yes."}]
FROM = [{"from": "human", "value": "Tea?"}, {"from": "gpt", "value": "Yes."}]
WRITTEN = [ASKED, {"author": {"role": "assistant"}, "content": "Yes."}]
PLAIN: dict[str, Any] = {
    "messages": {"title": "T", "messages": [{"role": "system", "content": "Be brief."}, *BOTH]},
    "in a chat": [{"id": "1", "title": "T", "chat": {"messages": BOTH}}],
    "in a history": {"version": 4, "history": [{"id": "1", "name": "T", "messages": BOTH, "model": {"id": "m"}}]},
    "from whom": [{"title": "T", "conversations": FROM}],
    "of senders": {"data": [{"title": "T", "messages": SENT}]},
    "of authors": {"chats": [{"title": "T", "messages": WRITTEN}]},
}


@pytest.mark.parametrize("how", PLAIN)
def test_a_plain_list_of_messages(mover: Mover, how: str) -> None:
    assert mover.bring(PLAIN[how]).programs == ["another program"]
    assert [one[:2] for one in mover.read("T")] == [("user", "Tea?"), ("assistant", "Yes.")]
    assert mover.bring(PLAIN[how]).counts["conversations here already"] == 1


def test_one_conversation_a_line(mover: Mover) -> None:
    lines = [{"uuid": f"{number}", "name": f"N{number}", "chat_messages": [{"sender": "human", "text": "Tea?"}]}
             for number in range(3)]  # fmt: skip
    assert mover.bring("\n".join(map(json.dumps, lines)).encode()).counts["new conversations"] == 3


def test_brackets_in_texts_nest_nothing(mover: Mover) -> None:
    many = [
        chatgpt(
            node("q", "root", "user", "[{" * 40_000 + '\\" \\\\'), node("a", "q", "assistant", "]" * 9), current="a"
        )
    ]
    assert mover.bring(many).counts["new messages"] == 2
    assert Conversation.select().count() == 1


def test_what_a_program_knew_about_somebody_is_offered_switched_off(mover: Mover) -> None:
    framed = "The user told this about themselves; it seldom matters:\nUser profile:\n```Lives in Ghent. Likes tea.```"
    told = {"content_type": "user_editable_context", "user_profile": framed, "user_instructions": "Answer briefly"}
    hidden = node("c", "root", "user", content=told, metadata={"is_visually_hidden_from_conversation": True})
    chats = [
        chatgpt(hidden, node("q", "c", "user", "Tea?"), current="q", conversation_id=f"{number}") for number in range(2)
    ]
    kept = [{"conversations_memory": "Has a cat.", "account_uuid": "u"}]
    report = mover.bring(zipped({"conversations.json": chats, "memories.json": kept}))
    assert report.counts["new facts about you"] == 4
    assert profiles.OFFERED in report.remarks
    found = [(one.text, one.program, one.source, one.active) for one in facts.listing(USER)]
    assert sorted(found) == [
        ("Answer briefly", "ChatGPT", "import", False), ("Has a cat.", "Claude", "import", False),
        ("Likes tea.", "ChatGPT", "import", False), ("Lives in Ghent.", "ChatGPT", "import", False),
    ]  # fmt: skip
    assert mover.bring(zipped({"conversations.json": chats})).counts["new facts about you"] == 0


def test_a_look_says_how_far_it_is_and_can_be_ended(mover: Mover) -> None:
    path = mover.folder / "chats.json"
    both = (node("q", "root", "user", "Tea?" * 500), node("a", "q", "assistant", "Yes." * 500))
    path.write_text(json.dumps([chatgpt(*both, current="a", conversation_id=f"{number}") for number in range(200)]))
    told: list[tuple[int, int]] = []
    with bringing.opened(rooms(), USER, path, UTC) as coming:
        arriving.plan(mover.database, coming.incoming, progress=lambda done, total: told.append((done, total)))
        with pytest.raises(Stopped):
            arriving.plan(mover.database, coming.incoming, cancelled=lambda: True)
    assert {total for _, total in told} == {path.stat().st_size // 1000}
    assert told[0][0] < told[len(told) // 2][0] < told[-1][0] == told[-1][1]
