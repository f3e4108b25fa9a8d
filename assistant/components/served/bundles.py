"""Scripts and styles as browsers get them: few files, without comments and indents, each named after what is in it.

A name that says what is in it is kept by browsers for a year. The modules of a bundle are those that stand in the
source, each in a function of its own, so that their names do not meet.
"""

import gzip
import re
from collections.abc import Iterable
from dataclasses import dataclass
from hashlib import sha256
from pathlib import Path

from fastapi import Request, Response

FOREVER = "public, max-age=31536000, immutable"
# On a line of its own, or behind what it is about; there one with quotes stays, for it might be in a text.
COMMENT = re.compile(r"^\s*//.*\n|[ \t]+// [^\n\"'`]*$", re.MULTILINE)
INDENT = re.compile(r"^\s+", re.MULTILINE)  # and lines without a word
STYLE_COMMENT = re.compile(r"\s*/\*.*?\*/", re.DOTALL)
IMPORT = re.compile(r'^import (.+?) from "(.+?)";\n', re.MULTILINE)
WAITS = re.compile(r"^\S.*\bawait\b", re.MULTILINE)
EXPORT = re.compile(r"^export (async function|function|class|const) (\w+)", re.MULTILINE)


@dataclass(frozen=True)
class File:
    """What is served, packed and not; ``address`` holds its digest."""

    text: bytes
    packed: bytes
    address: str
    kind: str

    def answer(self, request: Request) -> Response:
        """What a browser gets, to keep for good."""
        packs = "gzip" in request.headers.get("accept-encoding", "")
        headers = {"Cache-Control": FOREVER, "Vary": "Accept-Encoding"} | (
            {"Content-Encoding": "gzip"} if packs else {}
        )
        return Response(self.packed if packs else self.text, media_type=self.kind, headers=headers)


def styles(place: str, sheets: Iterable[str]) -> File:
    """The sheets as one; ``place`` is its address with ``{}`` for the digest."""
    return _file(place, STYLE_COMMENT.sub("", "".join(sheets)), "text/css")


def script(place: str, modules: Iterable[Path], end: str) -> File:
    """The modules as one, each after those that it imports; ``end`` says what is exported.

    What a module ``x.js`` exports is ``$x`` there, and its default ``$x.$default``.
    """
    outside: dict[str, None] = {}
    inside = [_module(path, outside) for path in modules]
    return _file(place, "\n".join([*outside, *inside, end, ""]), "text/javascript")


def compact(text: str) -> str:
    """The script without indents, comments and empty lines.

    What stands in backticks over several lines is HTML with us, to which indents mean nothing.
    """
    return INDENT.sub("", COMMENT.sub("", text))


def _module(path: Path, outside: dict[str, None]) -> str:
    text = COMMENT.sub("", path.read_text("utf-8"))
    exported = [name for _, name in EXPORT.findall(text)]
    if "\nexport default {" in text:
        exported.append("$default")
        text = text.replace("\nexport default {", "\nconst $default = {")

    def imported(found: re.Match[str]) -> str:
        names, source = found.groups()
        if source.startswith((".", "/")):
            return f"const {names} = ${Path(source).stem};\n"
        outside[found[0].rstrip()] = None
        return ""

    text = EXPORT.sub(r"\1 \2", IMPORT.sub(imported, text))
    begin = "await (async () => {" if WAITS.search(text) else "(() => {"
    return f"const ${path.stem} = {begin}\n{INDENT.sub('', text)}return {{ {', '.join(exported)} }};\n}})();"


def _file(place: str, text: str, kind: str) -> File:
    digest = sha256(text.encode()).hexdigest()[:16]
    return File(text.encode(), gzip.compress(text.encode(), 9, mtime=0), place.format(digest), kind)
