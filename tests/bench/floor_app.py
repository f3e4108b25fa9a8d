"""The floor: the least that a chat in NiceGUI can be, without accounts, database or Markdown.

``python -m tests.bench.floor_app PORT``, with OLLAMA_HOST as for the product.
"""

import json
import os
import sys

import httpx
from nicegui import app, events, ui
from nicegui.element import Element

client = httpx.AsyncClient(base_url=os.environ.get("OLLAMA_HOST", "http://127.0.0.1:11434"), timeout=None)


class Box(Element, component="floor_box.js"):
    """A text field, and below it what was answered."""


@app.get("/healthz")
def healthy() -> str:
    """Whether it is there."""
    return "ok"


@ui.page("/")
def chat() -> None:
    """The page."""
    said: list[dict[str, str]] = []
    box = Box()

    async def answer(event: events.GenericEventArguments) -> None:
        said.append({"role": "user", "content": str(event.args)})
        text = ""
        asked = {"model": "plain:1b", "messages": said, "stream": True}
        async with client.stream("POST", "/api/chat", json=asked) as lines:
            async for line in lines.aiter_lines():
                piece = json.loads(line)["message"]["content"]
                text += piece
                if piece:
                    box.run_method("add", piece)
        said.append({"role": "assistant", "content": text})

    box.on("send", answer)


if __name__ in {"__main__", "__mp_main__"}:
    ui.run(
        host="127.0.0.1", port=int(sys.argv[1]), title="Floor", show=False, reload=False, show_welcome_message=False,
        tailwind=False,
    )  # fmt: skip
