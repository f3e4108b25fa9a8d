"""Acting with models that know no tools: one short answer in a shape, which says what the person wants, if anything.

That it is well formed says nothing of whether it is right: it becomes an offer, and nothing else.
"""

import json
from contextlib import aclosing
from dataclasses import replace
from typing import Any

from assistant.chat.acting.calling.reading import in_text
from assistant.chat.acting.calling.schemas import FIND, MEMORY, REMIND, SAVE
from assistant.ollama.answers import Call, Turn
from assistant.ollama.door import Ollama
from assistant.ollama.options import Options
from assistant.storage.text import fold

NONE, REMEMBER = "none", "remember"
ACTIONS = (NONE, REMIND, SAVE, FIND, REMEMBER)
SHAPE: dict[str, Any] = {
    "type": "object",
    "properties": {"action": {"type": "string", "enum": list(ACTIONS)}, "words": {"type": "string"}},
    "required": ["action", "words"],
}
EXAMPLES = """\
Say in JSON what the last message asks the app to do. "action" is one of none, remind, save_note, find, remember; \
"words" are the person's own words for it, copied, never computed.
"Why is the sky blue?" → {"action": "none", "words": ""}
"could you ping me about the rent on Friday at 9" → {"action": "remind", "words": "the rent on Friday at 9"}
"denk bitte für mich morgen um 8 an die Tabletten" → {"action": "remind", "words": "morgen um 8 Tabletten"}
"keep in mind that the code is 1234" → {"action": "save_note", "words": "the code is 1234"}
"for next time: I never eat meat" → {"action": "remember", "words": "I never eat meat"}
"did I ever write anything about tea?" → {"action": "find", "words": "tea"}
"""
LONGEST, LEAST = 2000, 0.6  # characters of a question that is read; the part of the words that must be its own


async def wanted(ollama: Ollama, model: str, question: str, options: Options) -> Call | None:
    """What the model says that the question asks for; None for nothing, and for what is not in the question."""
    turns = [Turn("user", f"{EXAMPLES}\nMessage: {json.dumps(question[:LONGEST], ensure_ascii=False)}")]
    short = replace(options, temperature=0.0, num_predict=200)
    # Some models ignore the shape where they are told not to think.
    for each in (short, replace(short, think=None)) if short.think is not None else (short,):
        async with aclosing(ollama.chat(model, turns, each, shape=SHAPE)) as pieces:
            said = "".join([piece.text async for piece in pieces])
        action, words = _read(said)
        if action:
            return _call(action, words, question)
    return None


def _read(said: str) -> tuple[str, str]:
    """Action and words; empty for what has not the shape."""
    start = said.find("{")
    try:
        value = json.JSONDecoder(strict=False).raw_decode(said[start:])[0] if start >= 0 else None
    except (ValueError, RecursionError):
        value = None
    if isinstance(value, dict) and value.get("action") in ACTIONS and isinstance(value.get("words"), str):
        return str(value["action"]), value["words"].strip()
    called = in_text(said)
    return ("", "") if not called else (called[0].name, "")


def _call(action: str, words: str, question: str) -> Call | None:
    if action == NONE or not words or _own_part(words, question) < LEAST:
        return None
    if action == REMEMBER:
        return Call(SAVE, {"id": MEMORY, "text": words})
    return Call(action, {{REMIND: "sentence", SAVE: "text", FIND: "query"}[action]: words})


def _own_part(words: str, question: str) -> float:
    """How many of the words stand in the question, from 0 to 1."""
    said, own = fold(words).split(), set(fold(question).split())
    return sum(word.strip(".,;:!?") in own or word in own for word in said) / max(1, len(said))
