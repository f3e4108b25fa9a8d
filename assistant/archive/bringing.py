"""Finds out what somebody brings, by its content: an archive of ours, or what another program exports."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import tzinfo
from pathlib import Path

from assistant.archive import reader
from assistant.archive.reader import Looked
from assistant.archive.rooms import Incoming, Rooms
from assistant.errors import Invalid


@dataclass(frozen=True, slots=True)
class Coming:
    """What is to be brought in; ``of_all`` is how many steps that takes."""

    incoming: Incoming
    of_all: int = 0


@contextmanager
def opened(
    rooms: Rooms, user: int, source: Path, zone: tzinfo, looked: Looked | None = None, *, known: bool = False
) -> Iterator[Coming]:
    """What the user brings, opened; of a ``known`` file all was looked at before, and nobody wrote to it since.

    Raises Invalid (field file) for what is nothing that can be read.
    """
    try:
        if source.is_file() and reader.is_zip(source):
            with reader.opened(source, looked, known=known) as archive:
                if archive is not None:
                    counts = archive.manifest.counts
                    of_all = sum(counts.get(what, 0) for what in ("messages", "notes", "reminders"))
                    yield Coming(rooms.archive(user, archive), of_all)
                    return
        with rooms.foreign(user, source, zone) as incoming:
            yield Coming(incoming)
    except Invalid as error:
        raise Invalid(error.sentence, field="file") from error
    except OSError as error:
        raise Invalid(f"{source} cannot be read: {error.strerror or error}.", field="file") from error
