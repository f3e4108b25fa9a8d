"""The texts of Standard Notes' own editor, which are a tree of blocks, as Markdown."""

import json
from collections.abc import Callable, Iterable
from typing import Any

from assistant.errors import Invalid

DEEPEST = 60  # blocks inside blocks
BOLD, ITALIC, STRUCK, CODE, MARKED = 1, 2, 4, 16, 128
MARKS = ((BOLD, "**"), (ITALIC, "*"), (STRUCK, "~~"), (MARKED, "=="), (CODE, "`"))
INLINE = {"text", "link", "autolink", "linebreak", "tab", "code-highlight", "snbubble"}
BROKEN = "Its text cannot be read."


def as_markdown(written: str) -> str:
    """The text. Raises Invalid where it is none."""
    try:
        root = json.loads(written)["root"]
        return _blocks(root["children"], 0).strip("\n")
    except (ValueError, KeyError, TypeError, AttributeError, RecursionError):
        raise Invalid(BROKEN) from None


def _blocks(nodes: Iterable[Any], depth: int) -> str:
    if depth > DEEPEST:
        raise Invalid(BROKEN)
    made = [_block(node, depth) for node in nodes]
    return "\n\n".join(block for block in made if block.strip())


def _block(node: dict[str, Any], depth: int) -> str:
    kind, inside = str(node.get("type")), node.get("children") or []
    if kind in SHAPES:
        return SHAPES[kind](node, inside)
    if kind == "list":
        return _list(node, depth)
    if kind in INLINE:
        return _words([node])
    blocks = any(child.get("type") not in INLINE for child in inside)
    return _blocks(inside, depth + 1) if blocks else _words(inside)


def _list(node: dict[str, Any], depth: int) -> str:
    if depth > DEEPEST:
        raise Invalid(BROKEN)
    lines: list[str] = []
    number = int(node.get("start") or 1)
    for item in node.get("children") or []:
        inside = item.get("children") or []
        nested = [child for child in inside if child.get("type") == "list"]
        sign = f"{number}. " if node.get("listType") == "number" else "- "
        words = _words(child for child in inside if child.get("type") != "list")
        if node.get("listType") == "check":
            sign += "[x] " if item.get("checked") else "[ ] "
        if words or not nested:
            lines.append(sign + words.replace("\n", "\n  "))
            number += 1
        for one in nested:
            lines += ["    " + line for line in _list(one, depth + 1).split("\n")]
    return "\n".join(lines)


def _table(rows: list[Any]) -> str:
    cells = [
        [_blocks(cell.get("children") or [], DEEPEST - 5).replace("\n", "<br>").replace("|", "\\|")
         for cell in row.get("children") or []]
        for row in rows
    ]  # fmt: skip
    if not cells:
        return ""
    lines = ["| " + " | ".join(row) + " |" for row in cells]
    return "\n".join([lines[0], "|" + " --- |" * len(cells[0]), *lines[1:]])


def _words(nodes: Iterable[Any]) -> str:
    made = []
    for node in nodes:
        kind = node.get("type")
        if kind in {"link", "autolink"}:
            words, url = _words(node.get("children") or []), str(node.get("url") or "")
            made.append(f"<{url}>" if words == url else f"[{words}]({url})" if url else words)
        elif kind == "linebreak":
            made.append("\n")
        elif kind == "tab":
            made.append(" ")
        elif kind in {"text", "code-highlight"}:
            made.append(_marked(str(node.get("text") or ""), node.get("format")))
        else:
            made.append(_words(node.get("children") or []))
    return "".join(made)


def _plain(nodes: Iterable[Any]) -> str:
    return "".join("\n" if node.get("type") == "linebreak" else str(node.get("text") or "") for node in nodes)


def _marked(words: str, form: object) -> str:
    inside = words.strip()
    if not isinstance(form, int) or not inside:
        return words
    for bit, sign in reversed(MARKS):
        if form & bit:
            inside = f"{sign}{inside}{sign}"
    return words.replace(words.strip(), inside, 1)


SHAPES: dict[str, Callable[[dict[str, Any], list[Any]], str]] = {
    "heading": lambda node, inside: f"{'#' * int(str(node.get('tag', 'h1'))[1:] or 1)} {_words(inside)}",
    "code": lambda node, inside: f"```{node.get('language') or ''}\n{_plain(inside)}\n```",
    "quote": lambda _, inside: "\n".join(f"> {line}" for line in _words(inside).split("\n")),
    "horizontalrule": lambda *_: "---",
    "table": lambda _, inside: _table(inside),
    "collapsible-title": lambda _, inside: f"**{_words(inside)}**",
    "snfile": lambda *_: "(a file that is in Standard Notes)",
    "tweet": lambda node, _: str(node.get("id") or ""),
    "youtube": lambda node, _: str(node.get("videoID") or ""),
}
