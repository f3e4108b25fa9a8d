"""Prints all addresses of the app with what they answer, as the table of docs/addresses.md.

``python -m tests.house.addresses --write`` writes them there.
"""

import re
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path

from fastapi.routing import APIRoute
from nicegui import core
from starlette.routing import BaseRoute, Mount, Route

from assistant.config import Config
from assistant.web.app import build
from assistant.web.guards.programs import API, MCP
from tests.product import ROOT

PAGE = ROOT / "docs" / "addresses.md"
DIGEST = re.compile(r"-[0-9a-f]{16}(?=\.)")  # in the name of what browsers keep
BLOCK = re.compile(r"(<!-- addresses:.*?-->\n).*?(<!-- /addresses -->)", re.DOTALL)


def inner(routes: list[BaseRoute]) -> Iterator[tuple[str, str, str]]:
    """Methods, path and meaning of each; NiceGUI's own are its own business."""
    for route in routes:
        if isinstance(route, Route) and route.path == MCP:
            yield "POST", MCP, "Models of other programs, by the Model Context Protocol: [mcp.md](mcp.md)."
        elif isinstance(route, APIRoute | Route) and not route.path.startswith("/_nicegui"):
            methods = ", ".join(sorted((route.methods or {"GET"}) - {"HEAD"}))
            words = (route.endpoint.__doc__ or "A page.").strip().split("\n")[0]
            yield methods, DIGEST.sub("-…", route.path), words
        elif isinstance(route, Mount) and route.path == API:
            yield "", f"{API}/…", "The API, which describes itself at `/api/docs`."
        elif isinstance(route, Mount) and route.path.startswith("/static"):
            yield "GET", f"{route.path}/…", "Static files."
        elif hasattr(route, "original_router"):
            yield from inner(route.original_router.routes)


def table() -> str:
    """The table, by path."""
    with tempfile.TemporaryDirectory() as folder:
        found = {*inner(build(Config(data=Path(folder))).routes), *inner(core.app.routes)}
    rows = [
        f"| {methods} | `{path}` | {words} |"
        for methods, path, words in sorted(found, key=lambda row: (row[1], row[0]))
    ]
    return "\n".join(["| Method | Address | What it is |", "|---|---|---|", *rows]) + "\n"


if __name__ == "__main__":
    if "--write" in sys.argv:
        PAGE.write_text(BLOCK.sub(lambda found: found[1] + table() + found[2], PAGE.read_text("utf-8")), "utf-8")
    else:
        print(table(), end="")
