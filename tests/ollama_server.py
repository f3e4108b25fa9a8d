"""A stand-in for Ollama on a real socket, speaking the protocol of its OpenAPI description.

What the last message says decides how it answers: ``tokens=200 delay=0.02 think=5 load=1 fail=3
cut=3 broken=3 endless stall odd length status=500 text=…``; ``call={"name": …}`` calls a tool, where there are any.
``script`` holds answers that were recorded. Tokens are numbered, so that gaps and doubles show.
Run it by itself with ``python -m tests.ollama_server PORT``.
"""

import asyncio
import json
import re
import sys
import threading
import time
import zlib
from collections.abc import AsyncIterator, Callable, Iterator
from contextlib import suppress
from dataclasses import dataclass, field
from typing import Any

from tests.listener import Listener

HEARING = 20.0  # seconds until the end of a connection is heard of, on a machine with five times its work

REASONS = {200: "OK", 400: "Bad Request", 404: "Not Found", 429: "Too Many Requests", 500: "Error", 503: "Busy"}
DURATION = re.compile(r"[+-]?(0|([\d.]+(ns|us|µs|ms|s|m|h))+)")
LEVELS = ("low", "medium", "high")
MODELS: dict[str, dict[str, Any]] = {
    "plain:1b": {"size": 1_300_000_000, "context": 8192, "capabilities": ["completion"]},
    "thinker:4b": {"size": 2_500_000_000, "context": 40960, "capabilities": ["completion", "thinking", "tools"]},
    "eyes:4b": {"size": 3_300_000_000, "context": 131072, "capabilities": ["completion", "vision"]},
}


def tokens(count: int) -> str:
    """The whole text that ``tokens=count`` answers."""
    return "".join(f"t{number} " for number in range(count))


def vector(text: str) -> list[float]:
    """What a text means to the stand-in: the beginnings of its words, scattered over 64 numbers."""
    numbers = [0.01] * 64
    for word in re.findall(r"\w{3,}", text.lower()):
        numbers[zlib.crc32(word[:5].encode()) % 64] += 1.0
    return numbers


@dataclass(frozen=True)
class Refusal:
    """An answer that is an error, in these words."""

    status: int
    words: str


@dataclass
class OllamaServer:
    """One stand-in; ``requests`` holds (path, body, arrival), ``closed`` the times of cut connections."""

    models: dict[str, dict[str, Any]] = field(default_factory=lambda: dict(MODELS))
    port: int = 0
    requests: list[tuple[str, dict[str, Any], float]] = field(default_factory=list)
    closed: list[float] = field(default_factory=list)
    old: bool = False  # as one that knows no levels of thinking
    script: list[list[dict[str, Any]]] = field(default_factory=list)  # messages of the next answers, a part each
    slow_show: float = 0.0  # seconds that /api/show takes
    tags: Any = None  # what /api/tags answers instead of the models
    embeds: Callable[[str], list[float]] = field(default=vector)
    first_sent: list[float] = field(default_factory=list)
    last_sent: list[float] = field(default_factory=list)

    @property
    def host(self) -> str:
        """Its address, as in OLLAMA_HOST."""
        return f"http://127.0.0.1:{self.port}"

    def chats(self) -> list[dict[str, Any]]:
        """The bodies of all requests for an answer."""
        return [body for path, body, _ in self.requests if path == "/api/chat"]

    def heard_of_the_end(self) -> bool:
        """Waits until somebody has cut a connection; False when nobody does, or more than one was."""
        until = time.monotonic() + HEARING
        while not self.closed and time.monotonic() < until:
            time.sleep(0.01)
        return len(self.closed) == 1

    def start(self) -> "OllamaServer":
        """Listens, on the same port as before when it was stopped."""
        self._listener = Listener(self._serve, port=self.port)
        self.port = self._listener.port
        return self

    def stop(self) -> None:
        """Is away: refuses connections and cuts those that are open."""
        self._listener.stop()

    async def _serve(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        with suppress(ConnectionError, asyncio.IncompleteReadError):
            while await self._one(reader, writer):
                pass

    async def _one(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> bool:
        head = await reader.readuntil(b"\r\n\r\n")
        method, path, _ = head.split(b"\r\n")[0].decode().split(" ")
        length = re.search(rb"content-length: *(\d+)", head, re.IGNORECASE)
        raw = await reader.readexactly(int(length[1])) if length else b""
        body = json.loads(raw) if raw else {}
        self.requests.append((path, body, time.time()))
        if path == "/api/chat":
            await self._watched(reader, writer, self._chat(body))
            return False
        if path == "/api/pull":
            await self._watched(reader, writer, self._pull(body))
            return False
        if path == "/api/show":
            await asyncio.sleep(self.slow_show)
        status, answer = self._plain(method, path, body)
        last = re.search(rb"connection: *close", head, re.IGNORECASE) is not None
        await _send(writer, status, answer, last=last)
        return not last

    async def _watched(
        self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter, lines: AsyncIterator[bytes | Refusal]
    ) -> None:
        async def pour() -> None:
            started = False
            async for line in lines:
                if isinstance(line, Refusal):
                    await _send(writer, line.status, {"error": line.words}, last=True)
                    return
                if not started:
                    writer.write(b"HTTP/1.1 200 OK\r\ncontent-type: application/x-ndjson\r\nconnection: close\r\n\r\n")
                    self.first_sent.append(time.time())
                    started = True
                writer.write(line)
                await writer.drain()
            self.last_sent.append(time.time())

        pouring = asyncio.create_task(pour())
        gone = asyncio.create_task(reader.read(1))
        await asyncio.wait({pouring, gone}, return_when=asyncio.FIRST_COMPLETED)
        if not pouring.done():
            self.closed.append(time.time())
        for task in (pouring, gone):
            task.cancel()
        await asyncio.gather(pouring, gone, return_exceptions=True)

    async def _chat(self, body: dict[str, Any]) -> AsyncIterator[bytes | Refusal]:
        said = body["messages"][-1]["content"] if body["messages"] else ""
        if body["messages"] and body["messages"][-1]["role"] in {"assistant", "tool"}:
            said = "tokens=3"
        said = said.rpartition("§\n\n")[2]  # after the passages that are given along
        said = said.partition("\n\n(It is ")[0]  # which day it is, for models with tools
        model = body["model"]
        wish = _wish(said)
        if model not in self.models:
            yield Refusal(404, f"model '{model}' not found")
            return
        if "status" in wish:
            yield Refusal(int(wish["status"]), f"the stand-in says {wish['status']}")
            return
        if body.get("think") and "thinking" not in self.models[model]["capabilities"]:
            yield Refusal(400, f'"{model}" does not support thinking')
            return
        if body.get("tools") and "tools" not in self.models[model]["capabilities"]:
            yield Refusal(400, f"registry.ollama.ai/library/{model} does not support tools")
            return
        if refused := _refused(body, self.models[model], old=self.old):
            yield Refusal(400, refused)
            return
        called = said.partition("call=")[2] if body.get("tools") else ""
        if self.script or called:
            script = self.script.pop(0) if self.script else [{"tool_calls": [{"function": json.loads(called)}]}]
            async for line in _played(_scripted(model, script, body)):
                yield line
            return
        await asyncio.sleep(float(wish.get("load", 0)))
        read = sum(len(message["content"]) for message in body["messages"])
        async for line in self._words(model, said, wish, read, think=body.get("think") is not False):
            yield line

    async def _words(
        self, model: str, said: str, wish: dict[str, str], read: int, *, think: bool
    ) -> AsyncIterator[bytes]:  # fmt: skip
        delay = float(wish.get("delay", 0))
        if "thinking" in self.models[model]["capabilities"] and think:
            for number in range(int(wish.get("think", 0))):
                yield _line(model, thinking=f"h{number} ")
                await asyncio.sleep(delay)
        text = said.partition("text=")[2]
        pieces = re.findall(r"\S+\s*|\s+", text) if text else [f"t{n} " for n in range(int(wish.get("tokens", 5)))]
        for number, piece in enumerate(pieces):
            if number == int(wish.get("fail", -1)):
                yield json.dumps({"error": "the stand-in broke"}).encode() + b"\n"
                return
            if number == int(wish.get("cut", -1)):
                return
            if number == int(wish.get("broken", -1)):
                yield b'{"message": {"content": \n'
            yield _line(model, content=piece)
            if delay:
                await asyncio.sleep(delay)
        if "stall" in said.split():
            await asyncio.sleep(600)
        if "odd" in said.split():
            yield _line(model, content="half \ud83d")
            yield _line(model, done=True, prompt_eval_count=-1, eval_count=2**70, eval_duration=10**9)
            return
        while "endless" in said.split():
            yield b"x" * 65536
        counts: dict[str, Any] = {"prompt_eval_count": read, "eval_count": len(pieces), "eval_duration": 10**9}
        yield _line(model, done=True, done_reason="length" if "length" in said.split() else "stop", **counts)

    async def _pull(self, body: dict[str, Any]) -> AsyncIterator[bytes | Refusal]:
        name = body["model"]
        if name.startswith("missing"):
            yield json.dumps({"error": "pull model manifest: file does not exist"}).encode() + b"\n"
            return
        yield b'{"status":"pulling manifest"}\n'
        for layer in ("sha256:a", "sha256:b"):
            for done in range(0, 101, 20):
                step = {"status": f"pulling {layer}", "digest": layer, "total": 10**9, "completed": done * 10**7}
                yield json.dumps(step).encode() + b"\n"
                await asyncio.sleep(0.5 if name.startswith("slow") else 0.02)
        self.models[name] = {"size": 2 * 10**9, "context": 4096, "capabilities": ["completion"]}
        yield b'{"status":"success"}\n'

    def _embedded(self, body: dict[str, Any]) -> tuple[int, Any]:
        """Vectors of texts; as Ollama it refuses all of a request in which one is too long."""
        name, texts = body["model"], body["input"]
        if name not in self.models:
            return 404, {"error": f"model '{name}' not found"}
        if "embedding" not in self.models[name]["capabilities"]:
            return 400, {"error": "this model does not support embeddings"}
        if any("too long for me" in text for text in texts):
            return 400, {"error": "the input length exceeds the context length"}
        return 200, {"model": name, "embeddings": [self.embeds(text) for text in texts]}

    def _plain(self, method: str, path: str, body: dict[str, Any]) -> tuple[int, Any]:
        name = body.get("model", "")
        if path == "/api/version":
            return 200, {"version": "0.12.0"}
        if path == "/api/tags":
            return 200, self.tags if self.tags is not None else {
                "models": [_tag(*item) for item in self.models.items()]
            }
        if path == "/api/ps":
            return 200, {"models": []}
        if path == "/api/embed":
            return self._embedded(body)
        if path == "/_log":
            return 200, {
                "requests": self.requests,
                "closed": self.closed,
                "first": self.first_sent,
                "last": self.last_sent,
            }
        if path not in {"/api/show", "/api/delete", "/api/generate"}:
            return 404, {"error": "404 page not found"}
        if name not in self.models:
            return 404, {"error": f"model '{name}' not found"}
        if path == "/api/delete" and method == "DELETE":
            del self.models[name]
            return 200, {}
        if path == "/api/generate":
            return 200, {"model": name, "response": "", "done": True, "done_reason": "unload"}
        info = {"general.architecture": "stand", "stand.context_length": self.models[name]["context"]}
        about = self.models[name]
        return 200, {"model_info": info, "capabilities": about["capabilities"], "details": _details(name, about)}


async def _played(lines: Iterator[bytes | float]) -> AsyncIterator[bytes]:
    """The lines, with their pauses."""
    for line in lines:
        if isinstance(line, bytes):
            yield line
        else:
            await asyncio.sleep(line)


def _scripted(model: str, messages: list[dict[str, Any]], body: dict[str, Any]) -> Iterator[bytes | float]:
    """The lines of an answer of these messages; one that is no message (an error, counts) goes out as it is.

    A ``pause`` among them is a number of seconds.
    """
    counts: dict[str, Any] = {"prompt_eval_count": len(json.dumps(body["messages"])) // 4, "eval_count": 5}
    for message in messages:
        if message.keys() & {"content", "thinking", "tool_calls"}:
            part = {"role": "assistant", "content": "", **message}
            yield json.dumps({"model": model, "message": part, "done": False}).encode() + b"\n"
        elif "prompt_eval_count" in message:
            counts |= message
        elif "pause" in message:
            yield float(message["pause"])
        else:
            yield json.dumps(message).encode() + b"\n"
            return
    yield _line(model, done=True, done_reason="stop", eval_duration=10**9, **counts)


def _refused(body: dict[str, Any], model: dict[str, Any], *, old: bool) -> str:
    """Ollama's words for a value that is not of the type that it reads."""
    alive, think = body.get("keep_alive"), body.get("think")
    if isinstance(alive, str) and not DURATION.fullmatch(alive):
        missing = re.fullmatch(r"[+-]?[\d.]+", alive)
        return f'time: {"missing unit in" if missing else "invalid"} duration "{alive}"'
    if think is not None and think not in (True, False, *LEVELS):
        return f'invalid think value: "{think}" (must be "high", "medium", "low", true, or false)'
    if isinstance(think, str) and old:
        return "json: cannot unmarshal string into Go struct field ChatRequest.think of type bool"
    if isinstance(think, str) and model.get("family") != "gptoss":
        return f'think value "{think}" is not supported for this model'
    for name, kind in (("num_ctx", "integer"), ("num_predict", "integer"), ("temperature", "float32")):
        value = body.get("options", {}).get(name)
        if value is not None and (isinstance(value, str | bool) or (kind == "integer" and value != int(value))):
            return f'option "{name}" must be of type {kind}'
    return ""


def _wish(said: str) -> dict[str, str]:
    return dict(re.findall(r"(\w+)=([\w.]+)", said.partition("text=")[0]))


def _line(model: str, *, content: str = "", thinking: str = "", **more: Any) -> bytes:
    message = {"role": "assistant", "content": content, **({"thinking": thinking} if thinking else {})}
    return json.dumps({"model": model, "message": message, "done": False, **more}).encode() + b"\n"


def _tag(name: str, about: dict[str, Any]) -> dict[str, Any]:
    digest, details = f"digest-{name}", _details(name, about)
    return {"name": name, "model": name, "size": about["size"], "digest": digest, "details": details}


def _details(name: str, about: dict[str, Any]) -> dict[str, Any]:
    size = name.rsplit(":", maxsplit=1)[-1].upper()
    return {"family": about.get("family", "stand"), "parameter_size": size, "quantization_level": "Q4_K_M"}


async def _send(writer: asyncio.StreamWriter, status: int, answer: Any, *, last: bool = False) -> None:
    body = json.dumps(answer).encode()
    writer.write(f"HTTP/1.1 {status} {REASONS.get(status, 'Error')}\r\ncontent-type: application/json\r\n".encode())
    elsewhere = "location: http://127.0.0.1:9/\r\n" if status == 307 else ""
    close = "connection: close\r\n" if last else ""
    writer.write(f"{elsewhere}{close}content-length: {len(body)}\r\n\r\n".encode() + body)
    await writer.drain()


if __name__ == "__main__":
    OllamaServer(port=int(sys.argv[1])).start()
    threading.Event().wait()
