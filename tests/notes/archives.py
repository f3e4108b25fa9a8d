"""Archives for import, as apps and attackers make them."""

import asyncio
import io
import json
import struct
import zipfile
from datetime import UTC, datetime
from typing import Any

from PIL import Image

from assistant.notes.transfer import importer
from assistant.notes.transfer.archive_reader import Source
from assistant.notes.transfer.importer import Plan, Report
from assistant.storage.database import Database

ME, OUTSIDER = 1, 2
NOW = datetime(2026, 3, 1, 12, tzinfo=UTC)


def picture(colour: str = "red", kind: str = "PNG") -> bytes:
    out = io.BytesIO()
    Image.new("RGB", (8, 8), colour).save(out, kind)
    return out.getvalue()


def zipped(files: dict[str, bytes | str], *, stored: bool = False) -> io.BytesIO:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_STORED if stored else zipfile.ZIP_DEFLATED) as file:
        for name, data in files.items():
            info = zipfile.ZipInfo(name, (2024, 5, 6, 7, 8, 10))
            info.filename = name  # as written: the constructor would mend some of it
            info.compress_type = zipfile.ZIP_STORED if stored else zipfile.ZIP_DEFLATED
            file.writestr(info, data)
    out.seek(0)
    return out


def keep(title: str = "", text: str | None = None, **more: Any) -> str:
    payload: dict[str, Any] = {
        "color": "DEFAULT", "isTrashed": False, "isPinned": False, "isArchived": False, "title": title,
        "userEditedTimestampUsec": 1_700_000_000_123_456, "createdTimestampUsec": 1_600_000_000_000_000,
    }  # fmt: skip
    if text is not None:
        payload["textContent"] = text
    return json.dumps(payload | more)


def locked() -> io.BytesIO:
    """A zip whose one file says that it is encrypted."""
    data = bytearray(zipped({"a.md": "secret"}).getvalue())
    for sign, place in ((b"PK\x03\x04", 6), (b"PK\x01\x02", 8)):
        at = data.find(sign) + place
        struct.pack_into("<H", data, at, struct.unpack_from("<H", data, at)[0] | 1)
    return io.BytesIO(bytes(data))


def bring(database: Database, source: Source, *, user: int = ME, **more: Any) -> Report:
    return asyncio.run(importer.run(database, user, source, **({"now": NOW} | more)))


def plan(database: Database, source: Source, *, user: int = ME, **more: Any) -> Plan:
    return asyncio.run(importer.preview(database, user, source, **more))
