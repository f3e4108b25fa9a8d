"""Notes as files, as both doors send them."""

import shutil
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from fastapi import Response
from fastapi.responses import FileResponse
from starlette.background import BackgroundTask

from assistant.notes.models import ADDRESS
from assistant.notes.transfer import exporter
from assistant.storage.database import Database
from assistant.storage.file_names import as_file

ZIP, MARKDOWN = "application/zip", "text/markdown"


async def zipped(database: Database, user: int, notes: list[int] | None, name: str) -> Response:
    """A zip of these notes, or of all; NotFound when none of them is the user's."""
    with _folder() as folder:
        path = folder / "notes.zip"
        await exporter.write(database, user, path, notes)
        tidy = BackgroundTask(shutil.rmtree, folder, ignore_errors=True)
        return FileResponse(path, media_type=ZIP, headers=as_file(name), background=tidy)


async def one_note(database: Database, user: int, note: int) -> Response:
    """The note as a Markdown file, in a zip with its pictures where it has any."""
    name, text = await database.read(exporter.one, user, note)
    if ADDRESS in text:
        return await zipped(database, user, [note], f"{name.removesuffix('.md')}.zip")
    return Response(text, headers=as_file(name), media_type=f"{MARKDOWN}; charset=utf-8")


@contextmanager
def _folder() -> Iterator[Path]:
    """A new folder, deleted when what happens inside fails."""
    folder = Path(tempfile.mkdtemp(prefix="assistant-export-"))
    try:
        yield folder
    except BaseException:
        shutil.rmtree(folder, ignore_errors=True)
        raise
