"""An answer as Ollama streams it, line by line.

The lines are read here and not by Ollama's own client: that refuses arguments of a call that come as text, and knows
errors by one key only, while models and versions have others.
"""

import json
from base64 import b64encode
from collections.abc import AsyncGenerator, Iterator, Mapping, Sequence
from typing import Any

import ollama

from assistant.ollama.answers import Call, End, Piece, Turn
from assistant.ollama.connection import Client
from assistant.ollama.options import Options
from assistant.ollama.thoughts import Split, Splitter
from assistant.text import mend_surrogates

Schema = Mapping[str, Any]
Part = dict[str, Any]


def request(
    model: str, turns: Sequence[Turn], options: Options, tools: Sequence[Schema] = (), shape: Schema | None = None
) -> Part:
    """What is sent for an answer."""
    wishes = {
        "think": options.think, "keep_alive": options.keep_alive, "tools": list(tools) or None, "format": shape,
    }  # fmt: skip
    return {
        "model": model, "stream": True, "messages": [_message(turn) for turn in turns],
        "options": options.of_the_model(), **{name: value for name, value in wishes.items() if value is not None},
    }  # fmt: skip


async def parts(client: Client, wanted: Part) -> AsyncGenerator[Part, None]:
    """The lines of the answer; raises ResponseError for one that says what is wrong, ValueError for no JSON."""
    async with client._client.stream("POST", "/api/chat", json=wanted) as answer:  # noqa: SLF001 - see above
        if not answer.is_success:
            await answer.aread()
            answer.raise_for_status()
        async for line in answer.aiter_lines():
            if not line.strip():
                continue
            part = json.loads(line)
            if not isinstance(part, dict):
                raise TypeError("a line that is no part of an answer")
            if wrong := _wrong(part):
                raise ollama.ResponseError(wrong)
            if not part.keys() & {"message", "done"}:
                raise ValueError("a line of something else")
            yield part


def pieces(part: Part, splitter: Splitter) -> Iterator[Piece]:
    """What a part adds: thinking that Ollama tells apart, then that of the text, then the text and the calls."""
    message = part.get("message") or {}
    if thinking := message.get("thinking"):
        yield Piece(thinking=mend_surrogates(str(thinking)))
    split = splitter.feed(mend_surrogates(str(message.get("content") or "")))
    done = bool(part.get("done"))
    if done:
        rest = splitter.finish()
        split = Split(split.text + rest.text, split.thinking + rest.thinking)
    if split.thinking:
        yield Piece(thinking=split.thinking)
    calls = tuple(_calls(message.get("tool_calls")))
    if split.text or done or calls:
        yield Piece(split.text, end=_end(part) if done else None, calls=calls)


def count(value: Any) -> int:
    """A number that fits into a column, whatever came."""
    return min(max(int(value or 0), 0), 2**31 - 1)


def _message(turn: Turn) -> Part:
    message: Part = {"role": turn.role, "content": turn.text}
    if turn.images:
        message["images"] = [b64encode(data).decode() for data in turn.images]
    if turn.calls:
        message["tool_calls"] = [
            {"function": {"name": call.name, "arguments": call.arguments if isinstance(call.arguments, dict) else {}}}
            for call in turn.calls
        ]
    if turn.tool:
        message["tool_name"] = turn.tool
    return message


def _wrong(part: Part) -> str:
    """What is wrong, in Ollama's words: under the key for it, or under one that itself says so."""
    if part.get("error"):
        return str(part["error"])
    if "message" in part:
        return ""
    return next((f"{key}: {value}" for key, value in part.items() if str(key).startswith("error")), "")


def _calls(found: Any) -> Iterator[Call]:
    for one in found if isinstance(found, list) else ():
        function = one.get("function") if isinstance(one, dict) else None
        if isinstance(function, dict) and function.get("name"):
            arguments = function.get("arguments")
            yield Call(str(function["name"]), arguments if isinstance(arguments, dict) else str(arguments or "{}"))


def _end(part: Part) -> End:
    return End(
        count(part.get("prompt_eval_count")),
        count(part.get("eval_count")),
        (part.get("eval_duration") or 0) / 1e9,
        (part.get("load_duration") or 0) / 1e9,
        str(part.get("done_reason") or ""),
    )
