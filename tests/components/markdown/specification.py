"""The examples of the specifications of CommonMark 0.31 and of GitHub's extension of it, GFM.

Their licence is not ours, so that they are no part of this: ``make test`` fetches them, in the archive of another
parser, and they are read from there.
"""

import re
import tarfile
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

ARCHIVE = Path(__file__).parents[3] / "build" / "specification.tar.gz"
FILES = {"CommonMark": "/spec/commonmark.txt", "GFM": "/spec/gfm.txt"}
PART = re.compile(r"^`{32} example[^\n]*\n(.*?)^\.\n(.*?)^`{32}$|^#{1,6} +([^\n]*)$", re.MULTILINE | re.DOTALL)


@dataclass(frozen=True)
class Example:
    """A text and its HTML; its name is that of the specification and the number there."""

    name: str
    text: str
    html: str


def examples() -> list[Example]:
    """All of CommonMark, and what GFM extends it by; none where they were not fetched."""
    if not ARCHIVE.exists():
        return []
    with tarfile.open(ARCHIVE) as archive:
        return [example for kind, file in FILES.items() for example in _read(kind, _inside(archive, file))]


def _inside(archive: tarfile.TarFile, end: str) -> str:
    file = archive.extractfile(next(name for name in archive.getnames() if name.endswith(end)))
    assert file is not None
    return file.read().decode()


def _read(kind: str, specification: str) -> Iterator[Example]:
    number, wanted = 0, True
    for found in PART.finditer(specification):
        if found[3]:
            wanted = kind == "CommonMark" or "(extension)" in found[3]
            continue
        number += 1
        if wanted:
            yield Example(f"{kind} {number}", *(part.replace("→", "\t") for part in (found[1], found[2])))
