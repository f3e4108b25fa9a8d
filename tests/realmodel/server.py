"""A real model that speaks as Ollama does: with tools by its own template, without them, and in a shape."""

import asyncio
import json
import re
from collections.abc import AsyncIterator, Iterator
from pathlib import Path
from typing import Any

import numpy as np

from tests.ollama_server import OllamaServer, Refusal, _line
from tests.realmodel.transformer import Transformer
from tests.realmodel.vocabulary import Vocabulary
from tests.realmodel.weights import Weights

TOOLS, PLAIN = "small-tools:135m", "small:135m"
ABOUT = {"size": 98_000_000, "context": 8192}
MODELS: dict[str, dict[str, Any]] = {
    TOOLS: {**ABOUT, "capabilities": ["completion", "tools"]},
    PLAIN: {**ABOUT, "capabilities": ["completion"]},
}
LONGEST = 48  # tokens of an answer: it says nothing better later
LIKELIEST, WARMTH = 40, 0.8  # of how many tokens one is taken, as Ollama does unless it is told otherwise
CALLS = (
    "You can call these functions:\n{}\nTo call one, answer with nothing but "
    '<tool_call>{{"name": …, "arguments": {{…}}}}</tool_call>.'
)
CALL = re.compile(r"<tool_call>(.*?)(?:</tool_call>|$)", re.DOTALL)


class RealOllama(OllamaServer):
    """One that answers by the weights in the file; what it says depends on nothing but what it was asked before."""

    def __init__(self, path: Path) -> None:
        """Reads the weights."""
        super().__init__(models=dict(MODELS))
        weights = Weights(path)
        self._vocabulary, self._transformer = Vocabulary(weights.about), Transformer(weights)
        self._chance = np.random.default_rng(7)

    async def _chat(self, body: dict[str, Any]) -> AsyncIterator[bytes | Refusal]:
        model, options = body["model"], body.get("options") or {}
        if body.get("tools") and "tools" not in self.models[model]["capabilities"]:
            yield Refusal(400, f'"{model}" does not support tools')
            return
        size = min(int(options.get("num_ctx") or 4096), self._transformer.context)
        prompt = self._vocabulary.tokens(_prompt(body))[-(size - LONGEST) :]  # Ollama cuts the front, and says nothing
        count, text, reason = 0, "", "stop"
        if isinstance(body.get("format"), dict):
            text = await asyncio.to_thread(self._shaped, prompt, body["format"])
            yield _line(model, content=text)
        else:
            most = min(int(options.get("num_predict") or LONGEST), LONGEST)
            pieces = self._pieces(prompt, most, float(options.get("temperature", WARMTH)))
            while (piece := await asyncio.to_thread(next, pieces, None)) is not None:
                count, text = count + 1, text + piece
                if not body.get("tools"):
                    yield _line(model, content=piece)
            reason = "length" if count >= LONGEST else "stop"
            if body.get("tools"):
                yield _said(model, text)
        yield _line(
            model, done=True, done_reason=reason, prompt_eval_count=len(prompt), eval_count=count, eval_duration=10**9
        )

    def answer(self, body: dict[str, Any], most: int, warmth: float) -> Iterator[str]:
        """What it says to the messages, piece by piece, in so many tokens; without warmth always the same."""
        return self._pieces(self._vocabulary.tokens(_prompt(body)), most, warmth)

    def _pieces(self, prompt: list[int], most: int, warmth: float) -> Iterator[str]:
        tokens, begun = list(prompt), b""
        for _ in range(most):
            token = self._taken(self._transformer.follow(tokens), warmth)
            if token == self._vocabulary.end:
                break
            tokens.append(token)
            begun += self._vocabulary.bytes(token)
            try:  # a letter may be of several tokens
                piece, begun = begun.decode(), b""
            except UnicodeDecodeError:
                piece = ""
            yield piece
        yield begun.decode(errors="replace")

    def _taken(self, likely: Any, warmth: float) -> int:
        if warmth <= 0:
            return int(np.argmax(likely))
        best = np.argpartition(likely, -LIKELIEST)[-LIKELIEST:]
        chances = np.exp((likely[best] - likely[best].max()) / warmth)
        return int(self._chance.choice(best, p=chances / chances.sum()))

    def _shaped(self, prompt: list[int], shape: dict[str, Any]) -> str:
        """An object of the shape: of what may be chosen the likeliest, texts as they come."""
        said, values = "{", dict[str, str]()
        for name, about in shape["properties"].items():
            said += f'{", " if values else ""}"{name}": "'
            tokens = prompt + self._vocabulary.tokens(said)
            if "enum" in about:
                values[name] = max(about["enum"], key=lambda one: self._how_likely(tokens, one))
            else:
                words = "".join(self._pieces(tokens, LONGEST, 0.0))
                values[name] = words.partition('"')[0].strip()
            said += f'{values[name]}"'
        return json.dumps(values)

    def _how_likely(self, tokens: list[int], words: str) -> float:
        found, following = 0.0, list(tokens)
        parts = self._vocabulary.tokens(f'{words}"')
        for token in parts:
            likely = self._transformer.follow(following)
            found += float(likely[token] - likely.max() - np.log(np.exp(likely - likely.max()).sum()))
            following.append(token)
        return found / len(parts)


def _prompt(body: dict[str, Any]) -> str:
    parts, system = [], [one["content"] for one in body["messages"] if one["role"] == "system"]
    if body.get("tools"):
        system.append(CALLS.format("\n".join(json.dumps(tool["function"]) for tool in body["tools"])))
    parts.append(("system", "\n\n".join(system) or "You are a helpful assistant."))
    for message in body["messages"]:
        called = [json.dumps(one["function"]) for one in message.get("tool_calls") or ()]
        calls = "".join(f"<tool_call>{one}</tool_call>" for one in called)
        if message["role"] != "system":
            role = "assistant" if message["role"] == "assistant" else "user"
            parts.append((role, f"{message.get('content') or ''}{calls}"))
    return "".join(f"<|im_start|>{role}\n{text}<|im_end|>\n" for role, text in parts) + "<|im_start|>assistant\n"


def _said(model: str, text: str) -> bytes:
    """What Ollama makes of an answer: calls where it can read them, else the words as they are."""
    calls = []
    for found in CALL.findall(text):
        try:
            one = json.loads(found)
            calls.append({"function": {"name": str(one["name"]), "arguments": dict(one["arguments"])}})
        except (ValueError, TypeError, KeyError):
            return _line(model, content=text)
    if not calls:
        return _line(model, content=text)
    message = {"role": "assistant", "content": CALL.sub("", text), "tool_calls": calls}
    return json.dumps({"model": model, "message": message, "done": False}).encode() + b"\n"
