"""What was handed in for an import, as one zip on the disk: it is read twice and may wait for hours."""

import shutil
import zipfile
from collections.abc import Iterable, Iterator, Sequence
from functools import partial
from pathlib import Path
from typing import BinaryIO

from assistant.errors import Invalid
from assistant.notes.transfer import led_to
from assistant.notes.transfer.archive_reader import LIMITS, LINK, Source, shown
from assistant.notes.transfer.imported_note import FILE_LIMIT
from assistant.notes.transfer.scanner import Remarks
from assistant.storage.file_names import safe
from assistant.storage.zips import PIECE, Member, open_zip


def packed(folder: Path, files: Sequence[tuple[str, BinaryIO]]) -> tuple[Source, Remarks]:
    """The files as one zip in the folder, and what is left out. Raises Invalid (field file) for too much."""
    if len(files) == 1 and _is_zip(files[0][0]):
        # Its own name tells a folder that was packed whole from one that is meant as a tag.
        path = folder / f"{safe(Path(files[0][0]).stem)}.zip"
        with path.open("wb") as out:
            shutil.copyfileobj(files[0][1], out)
        return path, []
    roots = {name.replace("\\", "/").partition("/")[0] for name, _ in files}
    path, left_out = folder / f"{safe(roots.pop()) if len(roots) == 1 else 'files'}.zip", list[tuple[str, str]]()
    with zipfile.ZipFile(path, "w", zipfile.ZIP_STORED) as whole:
        budget = LIMITS.total
        for name, pieces in _unpacked(files, left_out):
            with whole.open(zipfile.ZipInfo(name or "file"), "w", force_zip64=True) as out:
                for piece in pieces:
                    budget -= len(piece)
                    if budget < 0:
                        raise Invalid(LIMITS.large, field="file")
                    out.write(piece)
    return path, left_out


def _unpacked(
    files: Sequence[tuple[str, BinaryIO]], left_out: Remarks
) -> Iterator[tuple[str, Iterable[bytes]]]:  # fmt: skip
    """The files, with those of the zips among them in folders of the zips' names; zips that a text leads to stay."""
    taken: set[str] = set()
    texts = (_whole_text(file) for name, file in files if name.rpartition(".")[2].lower() in led_to.TEXTS)
    kept = led_to.zips([name for name, _ in files if _is_zip(name)], texts)
    for name, file in files:
        if not _is_zip(name) or name in kept:
            yield _free(name, taken), iter(partial(file.read, PIECE), b"")
            continue
        try:
            with open_zip(file, LIMITS) as members:
                for member in members:
                    if member.is_link:
                        left_out.append((shown(member.path), LINK))
                    else:
                        yield _free(f"{name[:-4]}/{member.path}", taken), _whole(member, name, left_out)
        except Invalid as error:
            left_out.append((shown(name), error.sentence))


def _whole_text(file: BinaryIO) -> bytes:
    data = file.read(FILE_LIMIT)
    file.seek(0)
    return data


def _whole(member: Member, zip_name: str, left_out: Remarks) -> Iterator[bytes]:
    try:
        yield from member.pieces()
    except Invalid as error:
        left_out.append((shown(f"{zip_name[:-4]}/{member.path}"), error.sentence))


def _free(name: str, taken: set[str]) -> str:
    """The name, or one like it that no other file of this import has."""
    stem, dot, ending = name.rpartition(".")
    free, number = name, 1
    while free in taken:
        number += 1
        free = f"{stem} {number}.{ending}" if dot else f"{name} {number}"
    taken.add(free)
    return free


def _is_zip(name: str) -> bool:
    return name.lower().endswith(".zip")
