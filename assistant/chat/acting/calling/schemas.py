"""The five tools as every model is told of them: always the same, in the same order, so that its cache holds."""

import json
from typing import Any

from assistant.chat.tokens import estimate

FIND, READ, SAVE, CHANGE, REMIND = "find", "read_note", "save_note", "change_note", "remind"
MEMORY = "memory"  # in place of a note's handle: what is kept is a fact about the person
NAMES = (FIND, READ, SAVE, CHANGE, REMIND)


def _tool(name: str, description: str, required: tuple[str, ...], **arguments: str) -> dict[str, Any]:
    properties = {key: {"type": "string", "description": words} for key, words in arguments.items()}
    parameters = {"type": "object", "properties": properties, "required": list(required)}
    return {"type": "function", "function": {"name": name, "description": description, "parameters": parameters}}


TOOLS = (
    _tool(
        FIND, "Look for the person's notes, reminders and conversations. Use it when they ask what they wrote, have "
        "planned or said, and before changing something. Answers with a handle for each, such as n1 or r2.",
        ("query",), query="A few words to look for, or nothing to see the next reminders.",
        kind="note, reminder or conversation; empty for all.", day="For reminders: only this day, in words.",
    ),
    _tool(READ, "Read a note that find found.", ("id",), id="Its handle, such as n1."),
    _tool(
        SAVE, "Write a new note, or add to one. Only when the person wants something written down. With the id "
        "“memory”: remember a fact about the person for every conversation, when they want it remembered.", ("text",),
        text="The text, in Markdown, beginning with a title; a fact as one sentence in the person's own words.",
        id="The handle of a note to add to, if any; “memory” for a fact.",
    ),
    _tool(
        CHANGE, "Change a passage of a note.", ("id", "find", "replace"), id="Its handle, such as n1.",
        find="The passage as it stands there, word for word.", replace="What is to stand there instead.",
    ),
    _tool(
        REMIND, "Set a reminder, or change one. Only when the person wants to be reminded. Never compute a date: use "
        "the person's own words for the time.", ("sentence",),
        sentence="What and when, in the person's words: “call Anna tomorrow at 9”, “every Friday at 17:00 bins”. To "
        "change one only the new time; “done” or “delete” to end it.",
        id="The handle of a reminder to change, such as r1; empty for a new one.",
    ),
)  # fmt: skip
RULES = (
    "You can use tools to find, read and write the person's notes and to set reminders. Use them only when the person "
    "asks for such a thing; answer everything else directly. Nothing is done before the person says yes to a card, so "
    "never say that something is done, saved or set unless a tool says “Done”."
)
TOKENS = estimate(json.dumps(TOOLS, ensure_ascii=False) + RULES)  # that it takes to say this
