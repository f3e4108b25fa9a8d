"""Files that are zips: only so much of them is unpacked, whatever they say of themselves."""

import io
import zipfile
from typing import Any

from defusedxml import DefusedXmlException, ElementTree

from assistant.chat.documents.formats.page_texts import UnreadableError

UNPACKED = 64 * 1024 * 1024  # bytes of all that is read of one file
ENTRIES = 20_000
ENCRYPTED = 0x1  # of an entry's flags
ENTITIES = "This file is built as only files are that mean harm. It is not read."
BOMB = "This unpacks to more than 64 MB of text, which is more than is read."


class Packed:
    """A zip; what is read of it counts towards one limit."""

    def __init__(self, data: bytes) -> None:
        """Raises UnreadableError for what is no zip."""
        try:
            self._zip = zipfile.ZipFile(io.BytesIO(data))
        except (zipfile.BadZipFile, ValueError, NotImplementedError, OSError):
            raise UnreadableError("This file is damaged: it cannot be unpacked.") from None
        if len(self._zip.infolist()) > ENTRIES:
            raise UnreadableError("This file holds more than 20,000 others.")
        self._left = UNPACKED

    def has(self, name: str) -> bool:
        """Whether there is a file of that name."""
        return name in self._zip.NameToInfo

    def read(self, name: str) -> bytes:
        """The bytes of the file of that name; raises UnreadableError where they are missing, damaged or too many."""
        entry = self._zip.NameToInfo.get(name)
        if entry is None:
            raise UnreadableError("This file is damaged: a part of it is missing.")
        if entry.flag_bits & ENCRYPTED:
            raise UnreadableError("This file is protected by a password. Remove it and send the file again.")
        if entry.file_size > self._left:
            raise UnreadableError(BOMB)
        try:
            with self._zip.open(entry) as file:
                data = file.read(self._left + 1)
        except (zipfile.BadZipFile, NotImplementedError, EOFError, OSError):
            raise UnreadableError("This file is damaged: it cannot be unpacked.") from None
        self._left -= len(data)
        if self._left < 0:
            raise UnreadableError(BOMB)
        return data

    def xml(self, name: str) -> Any:
        """The root of the XML of that name; entities of its own are refused."""
        try:
            return ElementTree.fromstring(self.read(name))
        except DefusedXmlException:
            raise UnreadableError(ENTITIES) from None
        except ElementTree.ParseError:
            raise UnreadableError("This file is damaged: its text cannot be read.") from None
