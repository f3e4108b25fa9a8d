"""Large calendar files are read in a process of their own, and come as they would otherwise."""

import asyncio
from datetime import UTC, datetime
from typing import Any

import pytest

from assistant.errors import Invalid
from assistant.reminders.ical import importer
from assistant.reminders.ical.importer import Plan
from assistant.reminders.ical.lines import ENTRIES_LIMIT
from assistant.storage.database import Database

ME, NOW, ZONE = 1, datetime(2026, 11, 25, 9, tzinfo=UTC), "Europe/Berlin"
EVENT = "BEGIN:VEVENT\r\nUID:{0}@x\r\nSUMMARY:Tëa {0}\r\nDTSTART:20270101T090000\r\n{1}END:VEVENT\r\n"


def calendar(entries: int, more: str = "") -> bytes:
    events = "".join(EVENT.format(number, more) for number in range(entries))
    return f"BEGIN:VCALENDAR\r\n{events}END:VCALENDAR\r\n".encode()


def preview(database: Database, data: bytes) -> Plan:
    return asyncio.run(importer.preview(database, ME, data, zone=ZONE, now=NOW))


def test_apart_it_is_read_as_here(database: Database, monkeypatch: pytest.MonkeyPatch) -> None:
    data = calendar(30, "RRULE:FREQ=DAILY;COUNT=3\r\nATTENDEE:mailto:a@x.example\r\n") + calendar(1, "DTSTART:x\r\n")
    here = preview(database, data)
    monkeypatch.setattr(importer, "LARGE", 1)
    begun: list[Any] = []
    begin = asyncio.create_subprocess_exec

    async def counted(*command: str, **more: Any) -> Any:
        begun.append(command)
        return await begin(*command, **more)

    monkeypatch.setattr(asyncio, "create_subprocess_exec", counted)
    assert preview(database, data) == here
    assert (here.new, len(begun)) == (30, 1)
    with pytest.raises(Invalid) as error:
        preview(database, b"no calendar")
    assert (error.value.sentence, error.value.field) == ("There is no calendar in this file.", "file")


@pytest.mark.parametrize("broken", ["raise SystemExit(3)", "import os; os.kill(os.getpid(), 9)"])
def test_where_no_other_process_can_do_it_this_one_does(
    database: Database, monkeypatch: pytest.MonkeyPatch, broken: str
) -> None:
    monkeypatch.setattr(importer, "LARGE", 1)
    monkeypatch.setattr(importer, "READER", broken)
    assert preview(database, calendar(2)).new == 2


def test_too_many_entries_are_said_by_whoever_reads(database: Database) -> None:
    data = calendar(ENTRIES_LIMIT + 1)
    assert len(data) > importer.LARGE
    with pytest.raises(Invalid, match="more than 20,000 entries"):
        preview(database, data)
