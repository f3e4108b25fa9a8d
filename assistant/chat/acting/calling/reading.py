"""Calls as models write them: in their place, in the text, in fences and marks, in thinking; with odd names and values.

What is read here is only a wish: whatever it says is checked where it is followed.
"""

import difflib
import json
import re
from collections.abc import Iterator
from typing import Any

from assistant.chat.acting.calling.schemas import CHANGE, FIND, MEMORY, NAMES, READ, REMIND, SAVE
from assistant.ollama.answers import Call

NAMED = ("name", "function", "tool", "tool_name", "action", "type")  # under which a call says what it is
GIVEN = ("arguments", "parameters", "args", "input", "params", "action_input", "kwargs")
# What begins a call in a text: from there on nothing is shown before it is sure that it is none.
BEGINS = re.compile(
    r"<\|?/?(?:tool_calls?|function_?calls?|function|tool)\b|\[TOOL_CALLS\]|<\|python_tag\|>|functools\[|"
    r"```(?:json|tool_code|tool_call|tool|xml)?\s*(?:\{|\[\s*\{|<)|\{\s*\"(?:name|function|tool|tool_name|action|type|"
    r"arguments|parameters)\"|\[\s*\{\s*\"(?:name|function|tool)\"",
    re.IGNORECASE,
)
PENDING = re.compile(r"(?:<[|/\w]*|\[[\w\s{\"]*|`{1,3}\w*\s*[\[{]*\s*|\{\s*\"?\w*\"?|functools?\[?)$")  # may begin one
MARKS = re.compile(
    r"</?\|?/?(?:tool_calls?|function_?calls?|tool)\|?>|\[/?TOOL_CALLS\]|<\|python_tag\|>|```\w*", re.IGNORECASE
)
XML_CALL = re.compile(r"<function(?:=|\s+name=)\"?(\w+)\"?\s*>(.*?)(?:</function>|$)", re.DOTALL | re.IGNORECASE)
XML_VALUE = re.compile(r"<parameter(?:=|\s+name=)\"?(\w+)\"?\s*>(.*?)</parameter>", re.DOTALL | re.IGNORECASE)
PYTHON = re.compile(rf"\b({'|'.join(NAMES)})\((.*?)\)\s*$", re.DOTALL | re.MULTILINE)
PYTHON_VALUE = re.compile(r"(\w+)\s*=\s*(\"(?:[^\"\\]|\\.)*\"|'(?:[^'\\]|\\.)*')", re.DOTALL)
ALIKE = {
    "search": FIND, "search_notes": FIND, "find_note": FIND, "find_notes": FIND, "find_reminders": FIND, "lookup": FIND,
    "list_reminders": FIND, "get_reminders": FIND, "list_notes": FIND, "get_note": READ, "open_note": READ,
    "create_note": SAVE, "add_note": SAVE, "write_note": SAVE, "new_note": SAVE, "append_note": SAVE, "note": SAVE,
    "remember": SAVE, "save_memory": SAVE, "add_memory": SAVE, "store_memory": SAVE, "update_memory": SAVE, "bio": SAVE,
    "update_note": CHANGE, "edit_note": CHANGE, "modify_note": CHANGE, "replace": CHANGE, "set_reminder": REMIND,
    "create_reminder": REMIND, "add_reminder": REMIND, "reminder": REMIND, "remind_me": REMIND, "schedule_reminder":
    REMIND, "update_reminder": REMIND, "delete_reminder": REMIND, "create_event": REMIND, "set_alarm": REMIND,
}  # fmt: skip
REMEMBERS = re.compile(r"memor|remember|\bbio\b", re.IGNORECASE)  # in the names of tools that keep facts
VALUES = {
    FIND: {"q": "query", "search": "query", "text": "query", "keywords": "query", "words": "query", "date": "day",
           "when": "day", "type": "kind"},
    READ: {"note_id": "id", "note": "id", "handle": "id"},
    SAVE: {"content": "text", "body": "text", "note": "text", "fact": "text", "memory": "text",
           "note_id": "id", "handle": "id"},
    CHANGE: {"note_id": "id", "note": "id", "old": "find", "old_text": "find", "search": "find", "new": "replace",
             "new_text": "replace", "replacement": "replace", "handle": "id"},
    REMIND: {"reminder": "sentence", "message": "sentence", "text": "sentence", "content": "sentence", "title":
             "sentence", "task": "sentence", "what": "sentence", "reminder_id": "id", "handle": "id"},
}  # fmt: skip
TAKEN = {"query", "kind", "day", "id", "text", "find", "replace", "sentence"}
WHEN = ("time", "when", "date", "datetime", "due", "at", "day")  # that models add to a reminder's sentence


def in_text(text: str) -> list[Call]:
    """The calls that stand in the text of an answer, or in its thinking; none in an ordinary one."""
    if not BEGINS.search(text) and not PYTHON.search(text):
        return []
    found = [Call(name, dict(XML_VALUE.findall(inside))) for name, inside in XML_CALL.findall(text)]
    found += [call for value in _values(MARKS.sub(" ", text)) if (call := _call(value))]
    if not found:
        found = [Call(name, _python(inside)) for name, inside in PYTHON.findall(text)]
    return [call for call in found if known(call.name)]


def known(name: str) -> str:
    """The one of the five tools that is meant; empty where none is."""
    plain = re.sub(r"[^a-z]+", "_", name.lower()).strip("_").removeprefix("functions_").removeprefix("default_api_")
    if plain in NAMES or plain in ALIKE:
        return ALIKE.get(plain, plain)
    near = difflib.get_close_matches(plain, [*NAMES, *ALIKE], 1, 0.8)
    return ALIKE.get(near[0], near[0]) if near else ""


def arguments(tool: str, call: Call) -> dict[str, str]:
    """The arguments as text, under the names that the tool has for them; what is empty or unknown is left out."""
    given = call.arguments if isinstance(call.arguments, dict) else _object(call.arguments)
    if len(given) == 1 and isinstance(inner := next(iter(given.values())), dict):
        given = inner  # {"properties": {…}}, as some write it
    read: dict[str, str] = {}
    for key, value in given.items():
        name = VALUES[tool].get(str(key).lower(), str(key).lower())
        words = _words(value)
        if words and name not in read:
            read[name] = words
    if tool == REMIND:
        more = [read[name] for name in WHEN if name in read and read[name] not in read.get("sentence", "")]
        read["sentence"] = " ".join(filter(None, [read.get("sentence", ""), *more]))
    if tool == SAVE and REMEMBERS.search(call.name):
        read["id"] = MEMORY
    if tool == SAVE and read.get("title") and not read.get("text", "").lstrip("# ").startswith(read["title"]):
        read["text"] = f"# {read['title']}\n\n{read.get('text', '')}".strip()
    return read


def beginning(text: str) -> int:
    """Where in the text something begins that may be a call; its length where nothing does."""
    found = BEGINS.search(text) or PENDING.search(text)
    return found.start() if found else len(text)


def _call(value: Any) -> Call | None:
    if not isinstance(value, dict):
        return None
    inner = value.get("function")
    if isinstance(inner, dict):
        value = inner
    name = next((value[key] for key in NAMED if isinstance(value.get(key), str) and known(value[key])), None)
    if name is None:
        return None
    given = next((value[key] for key in GIVEN if key in value), None)
    if given is None:
        given = {key: one for key, one in value.items() if one is not name}
        if not any(VALUES[known(name)].get(key, key) in TAKEN for key in given):
            return None  # an object of something else
    return Call(name, given if isinstance(given, dict) else str(given))


def _values(text: str) -> Iterator[Any]:
    """The JSON objects in the text, also in lists, one after the other."""
    decoder, at = json.JSONDecoder(strict=False), 0
    while (at := text.find("{", at)) >= 0:
        try:
            value, at = decoder.raw_decode(text, at)
        except (ValueError, RecursionError):
            at += 1
        else:
            yield value


def _object(text: str) -> dict[str, Any]:
    return next((value for value in _values(text) if isinstance(value, dict)), {})


def _words(value: Any) -> str:
    if value is None or isinstance(value, dict):
        return ""
    if isinstance(value, list):
        return ", ".join(filter(None, map(_words, value)))
    return str(value).strip()


def _python(inside: str) -> dict[str, Any]:
    return {key: value[1:-1].replace("\\n", "\n").replace("\\", "") for key, value in PYTHON_VALUE.findall(inside)}
