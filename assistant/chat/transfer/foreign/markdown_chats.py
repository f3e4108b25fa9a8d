"""Conversations that were written down as Markdown, with a line before each message that says who speaks."""

import hashlib
import re
from collections.abc import Iterator
from dataclasses import replace
from datetime import datetime, tzinfo

from assistant.chat.transfer.arriving import Draft
from assistant.chat.transfer.foreign.pictures import Kept
from assistant.chat.transfer.foreign.trees import Node, drafted

PROGRAM = "Markdown"
PEOPLE = "you|user|human|me|prompt|question|du|ich|nutzer|frage"
MODELS = "assistant|ai|answer|response|model|chatgpt|gpt(?:-[\\w.]+)?|claude|gemini|llama|mistral|assistent|antwort"
# "## You", "**User:**", "### ChatGPT, 1 March 2026, 09:30", "Human:"; a name by itself is a word of the text.
SPEAKER = re.compile(
    rf"(?:#{{1,6}}[ ]+(?:\*\*)?(?P<head>{PEOPLE}|{MODELS})\b(?P<more>[^\n]{{0,100}})"
    rf"|\*\*(?P<bold>{PEOPLE}|{MODELS})(?: said)?:?\*\*:?[ ]*(?P<rest>[^\n]*)"
    rf"|(?P<plain>{PEOPLE}|{MODELS}):[ ]*(?P<said>[^\n]*))",
    re.IGNORECASE,
)
ANY_HEAD = re.compile(r"## (?P<name>[^\n,]{1,100}), (?P<when>\d{1,2} \w+ \d{4}, \d\d:\d\d)")  # as our own export writes
TITLE = re.compile(r"#[ ]+([^\n]+)")
FENCE = re.compile(r"(`{3,}|~{3,})")
PERSON = re.compile(PEOPLE, re.IGNORECASE)
WRITTEN = "%d %B %Y, %H:%M"


def draft(name: str, text: str, written: datetime | None, zone: tzinfo, kept: Kept) -> Draft | None:
    """The conversation in the file; None when nobody speaks in it."""
    title, nodes = "", list[Node]()
    lines: list[str] = []
    for line, spoken in _lines(text):
        if spoken is None:
            heading = TITLE.fullmatch(line) if not nodes and not title else None
            title = heading[1].strip() if heading else title
            lines += [] if heading else [line]
            continue
        _close(nodes, lines)
        lines = [spoken.text] if spoken.text else []
        nodes.append(spoken)
    _close(nodes, lines)
    if {node.role for node in nodes} != {"user", "assistant"}:
        return None
    nodes = [_in_zone(node, zone) for node in nodes]
    sign = hashlib.sha256(f"{title or name}\0{nodes[0].text}".encode()).hexdigest()
    return drafted(PROGRAM, sign, nodes, kept, title=title or name, current=nodes[-1].id, created=written)


def _lines(text: str) -> Iterator[tuple[str, Node | None]]:
    """Each line; with who speaks from there on, where it says that."""
    fence, number = "", 0
    for line in text.removeprefix("\ufeff").splitlines():
        mark = FENCE.match(line.lstrip())
        if mark:
            fence = "" if fence and mark[1].startswith(fence) else fence or mark[1]
        spoken = None if fence or mark else _spoken(line, number)
        number += spoken is not None
        yield line, spoken


def _spoken(line: str, number: int) -> Node | None:
    own = ANY_HEAD.fullmatch(line)
    found = SPEAKER.fullmatch(line)
    if own is None and found is None:
        return None
    name = (
        own["name"] if own else next(filter(None, (found["head"], found["bold"], found["plain"])), "") if found else ""
    )
    more = (found["rest"] or found["said"] or "") if found and not own else ""
    mine = bool(PERSON.fullmatch(name))
    before = str(number - 1) if number else None
    created = _when(own["when"]) if own else None
    model = name if own and not mine and name != "Assistant" else ""
    return Node(str(number), before, "user" if mine else "assistant", more, model=model, created=created)


def _when(text: str) -> datetime | None:
    try:
        return datetime.strptime(text, WRITTEN)  # noqa: DTZ007 - the zone is the reader's, and comes later
    except ValueError:
        return None


def _in_zone(node: Node, zone: tzinfo) -> Node:
    return replace(node, created=node.created.replace(tzinfo=zone)) if node.created else node


def _close(nodes: list[Node], lines: list[str]) -> None:
    if nodes:
        nodes[-1] = replace(nodes[-1], text="\n".join(lines).strip())
