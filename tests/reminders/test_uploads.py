"""Calendar files that wait for a yes: any instance finds them, once, for an hour, and for their person alone."""

import asyncio
import os
import time
from pathlib import Path

import pytest

from assistant.errors import NotFound
from assistant.reminders.ical.importer import Plan
from assistant.reminders.ical.uploads import KEPT, MOST, Uploads

ANNA, EVE = 1, 2
PLAN = Plan(new=2, done=1, here=3, skipped=[("a", "b\nc")], remarks=[("ü", "—")], titles=["tea", "\n"])


def put(uploads: Uploads, user: int = ANNA, data: bytes = b"\x00one\ntwo") -> str:
    return asyncio.run(uploads.put(user, data, PLAN))


def take(uploads: Uploads, name: str, user: int = ANNA) -> bytes | None:
    try:
        data, plan = asyncio.run(uploads.take(user, name))
    except NotFound:
        return None
    assert plan == PLAN
    return data


def test_another_instance_takes_it_once(tmp_path: Path) -> None:
    name = put(Uploads(tmp_path))
    second, third = Uploads(tmp_path), Uploads(tmp_path)
    assert take(second, name, EVE) is None
    assert take(second, name) == b"\x00one\ntwo"
    assert take(third, name) is None
    assert [path for path in tmp_path.rglob("*") if path.is_file()] == []


def test_others_push_out_only_those_of_the_same_person(tmp_path: Path) -> None:
    uploads = Uploads(tmp_path)
    hers, names = put(uploads, EVE), []
    for number in range(MOST + 1):
        names.append(put(uploads))
        at = time.time() - 100 + number
        os.utime(tmp_path / "calendars" / str(ANNA) / names[-1], (at, at))
    assert take(uploads, names[0]) is None
    assert all(take(uploads, name) for name in names[1:])
    assert take(uploads, hers, EVE)


def test_what_nobody_took_in_time_is_deleted(tmp_path: Path) -> None:
    uploads = Uploads(tmp_path)
    uploads.tidy()
    old, new = put(uploads), put(uploads)
    at = time.time() - KEPT.total_seconds() - 1
    os.utime(tmp_path / "calendars" / str(ANNA) / old, (at, at))
    uploads.tidy()
    assert (take(uploads, old), bool(take(uploads, new))) == (None, True)


@pytest.mark.parametrize("name", ["", ".", "..", "../2/x", "\x00", "a" * 22, "a" * 300, "../" * 7 + "a"])
def test_names_that_were_never_given_lead_nowhere(tmp_path: Path, name: str) -> None:
    uploads = Uploads(tmp_path)
    put(uploads)
    assert take(uploads, name) is None
