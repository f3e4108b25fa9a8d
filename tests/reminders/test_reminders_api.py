"""What reminders answer over HTTP beside their pages: answers to rings, files out, a browser's subscription."""

import json
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from assistant.reminders import rings, snoozing
from assistant.reminders.ical import feed
from assistant.users import preferences
from tests.databases import empty_database
from tests.person import Person
from tests.product import Product

LATER = datetime(2031, 5, 5, 9)


@pytest.fixture(scope="module")
def installation(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Product]:
    """One running product for all tests here; each has people of its own."""
    folder = tmp_path_factory.mktemp("product")
    empty_database(folder / "assistant.db")
    running = Product(folder, "http://127.0.0.1:9", forked=True).start()
    yield running
    running.kill()


@pytest.fixture
def person(installation: Product, request: pytest.FixtureRequest) -> Iterator[Person]:
    made = installation.person(f"p{abs(hash(request.node.name)) % 10**9}")
    yield made
    made.close()


def answer(person: Person, ring: int, state: object, **more: object) -> tuple[int, object]:
    """Whether it counted or, where it was refused, the field."""
    body = json.dumps({"state": state, **more})  # also halves of characters
    headers = {"content-type": "application/json"}
    got = person.post(f"/api/v1/reminders/rings/{ring}/answer", content=body, headers=headers)
    told = got.json()
    return got.status_code, told["errors"][0]["field"] if "errors" in told else told["counted"]


@pytest.mark.parametrize("state", ["done", "dismissed", "snoozed"])
def test_the_first_answer_counts(person: Person, state: str) -> None:
    ring, until = person.rung("tea"), (datetime.now(UTC) + timedelta(hours=1)).isoformat()
    assert answer(person, ring.ring, state, until=until) == (200, True)
    assert person.do(rings.ringing) == []
    # What sleeps waits for an answer still.
    assert answer(person, ring.ring, "done") == (200, state == "snoozed")
    assert answer(person, ring.ring, "dismissed") == (200, False)
    (told,) = person.rings(ring.reminder)
    assert told.state == ("done" if state == "snoozed" else state)


def test_snoozed_until_a_time_as_the_persons_clock_shows_it(person: Person) -> None:
    person.do(lambda user: preferences.save(user, zone="Asia/Tokyo"))
    until = snoozing.parse_time("2031-05-05T09:00", person.do(preferences.load), datetime.now(UTC))
    assert until == datetime(2031, 5, 5, tzinfo=UTC)


def test_snoozed_as_long_as_the_person_usually_does(person: Person) -> None:
    ring, now = person.rung("Tea"), datetime.now(UTC)
    person.do(lambda user: preferences.save(user, snooze=30))
    assert answer(person, ring.ring, "snoozed", until="usual") == (200, True)
    until = person.do(rings.history, ring.reminder)[0].snoozed_until
    assert until
    assert timedelta(minutes=29) < until - now < timedelta(minutes=31)


@pytest.mark.parametrize("until", ["tonight", "tomorrow"])
def test_snoozed_until_a_time_of_the_day(person: Person, until: str) -> None:
    ring = person.rung("tea")
    assert answer(person, ring.ring, "snoozed", until=until) == (200, True)
    (told,) = person.rings(ring.reminder)
    assert told.snoozed_until
    assert (told.snoozed_until.hour, told.snoozed_until > datetime.now(UTC)) == (20 if until == "tonight" else 9, True)


@pytest.mark.parametrize(
    ("said", "field"),
    [
        ({"state": "perhaps"}, "state"), ({"state": None}, "state"), ({"state": 1}, "state"), ({}, "state"),
        ({"state": "snoozed"}, "until"), ({"state": "snoozed", "until": "\ud800"}, "until"),
        ({"state": "snoozed", "until": 7}, "until"), ({"state": "snoozed", "until": "2001-01-01T09:00"}, "until"),
        ({"state": "snoozed", "until": "9999-12-31T23:59:59-14:00"}, "until"),
        ({"state": "snoozed", "until": "0001-01-01T00:00:00+14:00"}, "until"),
    ],
)  # fmt: skip
def test_an_answer_that_makes_no_sense_is_refused_with_its_field(
    person: Person, said: dict[str, Any], field: str
) -> None:
    ring = person.rung("tea")
    assert answer(person, ring.ring, **({"state": None} | said)) == (422, field)
    assert [one.ring for one in person.do(rings.ringing)] == [ring.ring]


@pytest.mark.parametrize("rule", ["FREQ=DAILY;\nCOUNT=9", "FREQ=DAILY;BYHOUR=1,\r\n2", "FREQ=DAILY;\x0bCOUNT=9"])
def test_white_space_in_a_rule_does_no_harm_to_calendars(person: Person, rule: str) -> None:
    person.reminder("broken lines", LATER, rule=rule)
    token = person.do(feed.make, datetime.now(UTC))
    for path in (f"/calendar/{token}.ics", "/reminders/export.ics"):
        got = person.get(path)
        assert got.status_code == 200
        assert "broken lines" in got.text
