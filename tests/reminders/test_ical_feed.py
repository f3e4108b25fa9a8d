"""The private address of a calendar: who has it reads, nobody else does, and nothing is sent twice."""

import asyncio
import re
import sqlite3
from collections.abc import Callable, Iterator
from contextlib import closing
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

import httpx
import icalendar
import pytest

from assistant.config import Config
from assistant.reminders import moves, reminders, rings, trash
from assistant.reminders.ical import feed, importer, writer
from assistant.reminders.models import Reminder
from assistant.storage.database import Database
from assistant.users import accounts
from assistant.users import models as user_models
from assistant.web import parts
from tests.person import Person
from tests.product import PATIENCE, Product
from tests.sockets import cookie, open_page, socket_of

ANNA, EVE = 1, 2
NOW = datetime(2026, 5, 4, 7, 30, tzinfo=UTC)


@pytest.fixture
def people(database: Database) -> Database:
    """The database, with Anna and Eve in it."""
    database.bind(user_models.ALL)
    for name in ("anna", "eve"):
        database.run_here(accounts.add, name, "hash", now=NOW, owner=name == "anna")
    return database


def add(database: Database, user: int = ANNA, **more: Any) -> Reminder:
    said: dict[str, Any] = {"text": "Tea", "local": datetime(2026, 6, 1, 9), "zone": "Europe/Berlin", "now": NOW} | more
    return database.run_here(reminders.add, user, **said)


def test_only_the_newest_address_works_and_only_for_its_user(people: Database) -> None:
    old = people.run_here(feed.make, ANNA, NOW)
    new = people.run_here(feed.make, ANNA, NOW)
    eves = people.run_here(feed.make, EVE, NOW)
    assert len({old, new, eves}) == 3
    assert people.run_here(feed.find, old) is None
    for token, user in ((new, ANNA), (eves, EVE)):
        found = people.run_here(feed.find, token)
        assert found is not None
        assert found.user == user
    assert people.run_here(feed.revoke, ANNA) is True
    assert people.run_here(feed.revoke, ANNA) is False
    assert people.run_here(feed.find, new) is None
    assert people.run_here(feed.find, eves) is not None
    for wrong in ("", "x", new + "x", "ä" * 43, "\x00" * 43, "%" * 43, new[:-1] + "é"):
        assert people.run_here(feed.find, wrong) is None


def test_the_address_of_someone_locked_out_is_not_found_until_let_in_again(people: Database) -> None:
    token = people.run_here(feed.make, EVE, NOW)
    people.run_here(accounts.disable, EVE, NOW)
    assert people.run_here(feed.find, token) is None
    people.run_here(accounts.enable, EVE)
    assert people.run_here(feed.find, token) is not None


def test_readings_are_noted_some_minutes_apart(people: Database) -> None:
    people.run_here(feed.make, ANNA, NOW)
    found = people.run_here(feed.get, ANNA)
    assert found is not None
    assert feed.worth_noting(found, NOW)
    people.run_here(feed.note_read, found.id, NOW)
    found = people.run_here(feed.get, ANNA)
    assert found is not None
    assert not feed.worth_noting(found, NOW + timedelta(minutes=4))
    assert feed.worth_noting(found, NOW + timedelta(minutes=5))


LATER = NOW + timedelta(minutes=1)
CHANGES: dict[str, Callable[[Database, int], Any]] = {
    "another text": lambda database, row: database.run_here(reminders.edit, ANNA, row, LATER, text="Coffee"),
    "a note": lambda database, row: database.run_here(reminders.edit, ANNA, row, NOW, note="hot"),
    "a priority": lambda database, row: database.run_here(reminders.edit, ANNA, row, NOW, priority=2),
    "another time": lambda database, row: database.run_here(reminders.edit, ANNA, row, NOW, local=datetime(2026, 6, 2)),
    "no time": lambda database, row: database.run_here(reminders.edit, ANNA, row, NOW, local=None),
    "another zone": lambda database, row: database.run_here(reminders.edit, ANNA, row, NOW, zone="Asia/Tokyo"),
    "a rule": lambda database, row: database.run_here(reminders.edit, ANNA, row, NOW, rule="FREQ=DAILY"),
    "another tag": lambda database, row: database.run_here(reminders.edit, ANNA, row, NOW, tags=["warm"]),
    "a tag for many": lambda database, row: database.run_here(reminders.tag_all, ANNA, [row], add=["x"]),
    "no tag": lambda database, row: database.run_here(reminders.tag_all, ANNA, [row], remove=["drinks"]),
    "moved": lambda database, row: database.run_here(moves.move, ANNA, row, datetime(2026, 6, 5).date(), NOW),
    "done": lambda database, row: database.run_here(rings.complete, ANNA, row, NOW),
    "deleted": lambda database, row: database.run_here(trash.delete, ANNA, row, NOW),
    "a new one": lambda database, _: add(database, text="New"),
}


@pytest.mark.parametrize("what", CHANGES)
def test_the_fingerprint_changes_with_what_is_shown(database: Database, what: str) -> None:
    row = add(database, tags=["drinks"])
    gone = add(database, text="Gone")
    database.run_here(trash.delete, ANNA, gone.id, NOW)

    def seen() -> tuple[str, bytes]:
        return (
            database.run_here(writer.fingerprint, ANNA, NOW),
            database.run_here(writer.feed, ANNA, NOW),
        )

    before = seen()
    CHANGES[what](database, row.id)
    after = seen()
    assert before[0] != after[0]
    assert before[1] != after[1]


def test_the_fingerprint_follows_there_and_back_and_swaps(database: Database) -> None:
    one, two = add(database), add(database, text="Two")

    def seen() -> str:
        return database.run_here(writer.fingerprint, ANNA, NOW)

    both = seen()
    database.run_here(trash.delete, ANNA, one.id, NOW)
    without_one = seen()
    database.run_here(trash.restore, ANNA, one.id)
    assert seen() == both
    database.run_here(trash.delete, ANNA, two.id, NOW)
    assert seen() not in {both, without_one}


def test_the_fingerprint_stays_when_nothing_that_is_shown_changes(database: Database) -> None:
    row = add(database, tags=["a"])

    def seen() -> tuple[str, bytes]:
        return (
            database.run_here(writer.fingerprint, ANNA, NOW),
            database.run_here(writer.feed, ANNA, NOW),
        )

    before = seen()
    add(database, EVE, text="Eve's", tags=["b"])
    database.run_here(reminders.edit, ANNA, row.id, NOW, leads=[0, 15])
    database.run_here(trash.purge, NOW)
    assert seen() == before


@pytest.fixture
def eve(product: Product, anna: Person) -> Iterator[Person]:
    with closing(product.person("eve")) as person:
        yield person


def made(person: Person) -> str:
    return f"{person.base_url}/calendar/{person.do(feed.make, datetime.now(UTC))}.ics"


def remind(person: Person, text: str, **more: object) -> int:
    return person.reminder(text, datetime(2030, 6, 1, 9), zone="Europe/Berlin", **more)


def test_a_calendar_reads_the_address_without_a_session(product: Product, anna: Person, eve: Person) -> None:
    remind(anna, "Dentist")
    remind(eve, "Eve's secret")
    address = made(anna)
    assert re.fullmatch(re.escape(product.url) + r"/calendar/[A-Za-z0-9_-]{43}\.ics", address)
    for headers in ({}, {"cookie": "assistant-session=wrong"}):
        answer = httpx.get(address, headers=headers)
        assert answer.status_code == 200
        assert answer.headers["content-type"] == "text/calendar; charset=utf-8"
        assert answer.headers["cache-control"] == "private, no-cache"
        assert answer.headers["referrer-policy"] == "same-origin"
        assert "set-cookie" not in answer.headers
    calendar: Any = icalendar.Calendar.from_ical(answer.content)
    (event,) = calendar.walk("VEVENT")
    assert event["SUMMARY"] == "Dentist"
    assert event["DTSTART"].dt == datetime(2030, 6, 1, 9, tzinfo=ZoneInfo("Europe/Berlin"))
    # Eve's own session, sent along by her browser, changes nothing.
    assert eve.get(address).content == answer.content
    kept = anna.do(feed.get)
    assert kept
    assert kept.created
    assert kept.read
    assert eve.do(feed.get) is None


def test_what_is_known_is_not_sent_again(anna: Person) -> None:
    address = made(anna)
    reminder = remind(anna, "Dentist")
    first = httpx.get(address)
    etag = first.headers["etag"]
    for known in (etag, etag.removeprefix("W/"), f'"x", {etag}', "*"):
        again = httpx.get(address, headers={"if-none-match": known})
        assert (again.status_code, again.content) == (304, b"")
        assert again.headers["etag"] == etag
    assert httpx.get(address, headers={"if-none-match": '"other"'}).status_code == 200
    head = httpx.head(address)
    assert (head.status_code, head.headers["etag"], head.content) == (200, etag, b"")
    anna.do(rings.complete, reminder, datetime.now(UTC))
    changed = httpx.get(address, headers={"if-none-match": etag})
    assert changed.status_code == 200
    assert b"Dentist" not in changed.content


def test_wrong_revoked_and_locked_out_look_the_same_and_are_not_logged(
    product: Product, anna: Person, eve: Person
) -> None:
    never = f"{product.url}/calendar/{'x' * 43}.ics"
    revoked, locked = made(anna), made(eve)
    assert anna.do(feed.revoke)
    assert product.run("user", "disable", "eve").returncode == 0
    answers = [httpx.get(address) for address in (never, revoked, locked, f"{product.url}/calendar/a%0Ab.ics")]
    assert {answer.status_code for answer in answers} == {404}
    assert len({answer.content for answer in answers}) == 1
    for method in ("POST", "PUT", "DELETE", "PATCH"):
        assert httpx.request(method, revoked).status_code in {403, 405}
    for path in (
        "/calendar/",
        "/calendar/x",
        "/calendar/a/b.ics",
        "/calendar/../reminders/export.ics",
        "/reminders/export.ics",
    ):
        assert httpx.get(product.url + path).status_code in {401, 404}, path
    secret = re.findall(r"calendar/(.{43})", revoked)[0]
    assert secret not in product.log()
    assert "/calendar/" not in product.log()


def test_only_a_digest_is_kept(product: Product, anna: Person) -> None:
    secret = made(anna).rpartition("/")[2].removesuffix(".ics")
    assert secret not in anna.get("/reminders/options").text
    product.stop()
    with closing(sqlite3.connect(Path(product.data) / "assistant.db")) as kept:
        assert kept.execute("SELECT count(*) FROM calendar_feed").fetchone() == (1,)
    assert all(secret.encode() not in file.read_bytes() for file in product.data.glob("assistant.db*"))


def test_the_address_is_the_public_one_where_that_is_set(product: Product, anna: Person) -> None:
    product.stop()
    product.settings["ASSISTANT_PUBLIC_URL"] = "https://home.example"
    product.start()
    page = open_page(anna, "/reminders/options")

    async def make() -> str:
        # As through the proxy that has the public address.
        headers = {"Origin": "https://home.example", "Cookie": cookie(anna)}
        drawn = asyncio.get_running_loop().create_future()
        async with socket_of(product, headers, page.id) as socket:
            socket.on("update", drawn.set_result)
            await socket.emit("event", page.click("Make an address"))
            told = str(await asyncio.wait_for(drawn, PATIENCE))
            await socket.disconnect()
        return told

    assert "'https://home.example/calendar/" in asyncio.run(make())


def test_a_file_goes_out_and_in_again_for_its_owner_only(product: Product, anna: Person, eve: Person) -> None:
    remind(anna, "Dentist", tags=["health"], leads=[0, 30])
    export = anna.get("/reminders/export.ics")
    assert re.fullmatch(r'attachment; filename="reminders-\d{4}-\d\d-\d\d\.ics"', export.headers["content-disposition"])
    assert b"Dentist" not in eve.get("/reminders/export.ics").content
    with product.client() as nobody:
        assert nobody.get("/reminders/export.ics").status_code == 401
    database = parts.open_database(Config(data=product.data))

    async def both() -> None:
        asked = {"zone": "UTC", "now": datetime.now(UTC)}
        here = await importer.preview(database, anna.user, export.content, **asked)  # type: ignore[arg-type]
        assert (here.new, here.here) == (0, 1)
        plan = await importer.preview(database, eve.user, export.content, **asked)  # type: ignore[arg-type]
        assert (plan.new, plan.titles, plan.skipped) == (1, ["Dentist"], [])
        assert eve.reminders() == []
        steps = importer.run(database, eve.user, export.content, **asked)  # type: ignore[arg-type]
        last = [step async for step in steps][-1]
        assert (last.total, last.created, last.here, last.skipped) == (1, 1, 0, [])

    asyncio.run(both())
    database.close()
    (row,) = eve.reminders()
    assert (row.text, row.tags, row.leads) == ("Dentist", ("health",), (0, 30))
    assert len(anna.reminders()) == 1


def test_a_file_that_is_sent_has_its_limits(anna: Person) -> None:
    path = "/api/v1/reminders/imports"
    assert anna.post(path, content=b"\x00\xff" * 1000).json()["errors"][0]["field"] == "file"
    assert anna.post(path, content=b"x" * (10 * 1024 * 1024 + 1)).status_code == 413
    assert anna.post(path, content=b"", headers={"origin": "https://evil.example"}).status_code == 403
