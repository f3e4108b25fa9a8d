"""Calls as models were seen to write them: in their place, as text, in marks, in thinking, with odd names and values.

Each is what Ollama streams, round by round: messages, or lines that are none.
"""

import json
from typing import Any

Script = list[list[dict[str, Any]]]
WORDS = {"sentence": "buy tea tomorrow at 9"}
SAID = [{"content": "I have prepared it."}]
PLAIN = json.dumps({"name": "remind", "arguments": WORDS})


def call(name: str, arguments: Any) -> list[dict[str, Any]]:
    """A round in which this is called as it should be."""
    return [{"tool_calls": [{"function": {"name": name, "arguments": arguments}}]}]


def text(*pieces: str) -> Script:
    """A round of text, in these pieces, and one that says it is prepared."""
    return [[{"content": piece} for piece in pieces], SAID]


REMIND = call("remind", WORDS)
SHAPES: dict[str, Script] = {
    "a call": [REMIND, SAID],
    "arguments as text": [call("remind", json.dumps(WORDS)), SAID],
    "json in the text": text('{"name": "remind", "para', 'meters": {"sentence": "buy tea tomorrow at 9"}}'),
    "in a fence": text(f"```json\n{PLAIN}\n```"),
    "in marks": text("Sure. <tool_", f"call>\n{PLAIN}\n</tool_call>"),
    "as xml": text("<function=remind><parameter=sentence>buy tea tomorrow at 9</parameter></function>"),
    "as python": text('<|python_tag|>remind(sentence="buy tea tomorrow at 9")'),
    "in a list": text(f"[TOOL_CALLS][{PLAIN}]"),
    "openai's": text(json.dumps({"type": "function", "function": {"name": "remind", "arguments": json.dumps(WORDS)}})),
    "in thinking": [[{"thinking": f"<tool_call>{PLAIN}</tool_call>"}], SAID],
    "another name": [call("create_reminder", {"text": "buy tea", "time": "tomorrow at 9"}), SAID],
    "a name before": [call("functions.remind", {**WORDS, "id": None}), SAID],
    "an error first": [[{"error parsing tool call": "raw='{\"sentence', err=unexpected end of input"}], REMIND, SAID],
    "a wrong name, mended": [call("HassTurnOn", {}), REMIND, SAID],
    "an invented handle, mended": [call("remind", {"id": "r7", "sentence": "tomorrow at 9"}), REMIND, SAID],
}
