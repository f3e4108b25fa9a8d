"""Reminders over HTTP, against the running product."""

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from typing import Any

import httpx
import pytest

from tests.databases import empty_database
from tests.product import Product

LATER = "2031-05-05T09:00:00"


@pytest.fixture(scope="module")
def installation(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Product]:
    """One running product for all tests here; each has people of its own."""
    folder = tmp_path_factory.mktemp("product")
    empty_database(folder / "assistant.db")
    running = Product(folder, "http://127.0.0.1:9", forked=True).start()
    yield running
    running.kill()


@pytest.fixture(scope="module")
def anna(installation: Product) -> Iterator[httpx.Client]:
    """Logged in once: the door counts."""
    client = installation.person("anna")
    yield client
    client.close()


@pytest.fixture
def person(installation: Product, request: pytest.FixtureRequest) -> Iterator[httpx.Client]:
    client = installation.person(f"p{abs(hash(request.node.name)) % 10**9}")
    yield client
    client.close()


def remind(client: httpx.Client, text: str = "tea", local: str | None = LATER, **more: object) -> dict[str, Any]:
    answer = client.post("/api/reminders", json={"text": text, "local": local, "zone": "UTC", **more})
    assert answer.status_code == 201, answer.text
    found: dict[str, Any] = answer.json()
    return found


def texts(client: httpx.Client, view: str = "coming") -> list[str]:
    return [row["text"] for row in client.get(f"/api/reminders?view={view}").json()["rows"]]


def rung(client: httpx.Client) -> dict[str, Any]:
    found: dict[str, Any] = client.get("/api/reminders/rings").json()
    return found


def several(client: httpx.Client, action: str, ids: list[int], **more: object) -> httpx.Response:
    return client.post("/api/reminders/bulk", json={"action": action, "ids": ids, **more})


def test_a_form_is_checked_and_said(person: httpx.Client) -> None:
    said = {"text": "choir", "local": "2031-05-06T19:00:00", "zone": "Europe/Berlin", "rule": "FREQ=WEEKLY;BYDAY=TU"}
    found = person.post("/api/reminders/check", json=said).json()
    assert found["words"] == "every Tuesday"
    assert found["next"][0] == "2031-05-06T17:00:00Z"
    assert len(found["next"]) == 3
    again = person.post("/api/reminders/understand", json={"sentence": found["sentence"]}).json()
    assert [again[name] for name in said] == list(said.values())
    assert texts(person) == []


@pytest.mark.parametrize(
    ("change", "field"),
    [
        ({"text": " "}, "text"),
        ({"text": "x" * 10_000}, "text"),
        ({"local": "2001-01-01T09:00:00"}, "local"),
        ({"local": "9999-01-01T09:00:00"}, "local"),
        ({"local": "2026-02-30T09:00:00"}, "local"),
        ({"local": "2031-01-01T09:00:00Z"}, "local"),
        ({"zone": "Mars/Base"}, "zone"),
        ({"rule": "FREQ=SECONDLY"}, "rule"),
        ({"rule": "FREQ=DAILY;COUNT=1000000"}, "rule"),
        ({"rule": "FREQ=YEARLY;BYMONTH=2;BYMONTHDAY=30"}, "rule"),
        ({"rule": "DROP TABLE reminder"}, "rule"),
        ({"leads": []}, "leads"),
        ({"leads": [-1]}, "leads"),
        ({"leads": list(range(11))}, "leads"),
        ({"after_done": "P0D"}, "after_done"),
        ({"priority": 9}, "priority"),
        ({"tags": ["x" * 200]}, "tags"),
        ({"note": "x" * 20_000}, "note"),
        ({"link_kind": "note"}, "link"),
        ({"link_kind": "planet", "link_id": 1}, "link_kind"),
    ],
)
def test_what_cannot_be_is_refused_with_its_field(anna: httpx.Client, change: dict[str, object], field: str) -> None:
    before = texts(anna)
    for path in ("/api/reminders", "/api/reminders/check"):
        answer = anna.post(path, json={"text": "x", "local": LATER, "zone": "UTC", **change})
        assert (answer.status_code, answer.json().get("field")) == (422, field), (path, answer.text)
        assert answer.json()["detail"]
    assert texts(anna) == before


def test_a_link_leads_to_what_is_the_persons_own(installation: Product, person: httpx.Client) -> None:
    note = person.post("/api/notes", json={"text": "# Boxes", "key": "k"}).json()["id"]
    row = remind(person, link_kind="note", link_id=note)
    assert row["link"] == {"kind": "note", "id": note, "title": "Boxes", "address": f"/notes/{note}"}
    assert [one["id"] for one in person.get(f"/api/reminders/linked?kind=note&id={note}").json()] == [row["id"]]
    unlinked = person.patch(f"/api/reminders/{row['id']}", json={"link_kind": "", "link_id": None})
    assert unlinked.json()["link"] is None
    eve = installation.person("eve")
    stolen = {"text": "x", "link_kind": "note", "link_id": note}
    assert eve.post("/api/reminders", json=stolen).status_code == 404
    mine = remind(eve)["id"]
    assert eve.patch(f"/api/reminders/{mine}", json={"link_kind": "note", "link_id": note}).status_code == 404
    assert eve.get(f"/api/reminders/linked?kind=note&id={note}").json() == []
    eve.close()


def test_a_note_that_is_gone_is_no_longer_led_to(person: httpx.Client) -> None:
    note = person.post("/api/notes", json={"text": "# Boxes", "key": "k"}).json()["id"]
    row = remind(person, link_kind="note", link_id=note)
    person.delete(f"/api/notes/{note}")
    assert person.get(f"/api/reminders/{row['id']}").json()["link"] is None


def test_several_at_once_and_back(person: httpx.Client) -> None:
    ids = [remind(person, f"r{number}")["id"] for number in range(3)]
    for action, back in (("done", "undone"), ("delete", "restore")):
        assert several(person, action, ids).json()["count"] == 3
        assert texts(person) == []
        assert several(person, back, ids).json()["count"] == 3
        assert texts(person) == ["r0", "r1", "r2"]
    assert several(person, "tag", ids[:2], tag="trip").json()["count"] == 2
    assert person.get("/api/reminders/tags").json() == ["trip"]
    several(person, "untag", ids[:1], tag="trip")
    several(person, "priority", ids[1:], priority=3)
    rows = person.get("/api/reminders?view=coming").json()["rows"]
    assert [(row["tags"], row["priority"]) for row in rows] == [([], 0), (["trip"], 3), ([], 3)]


def test_moved_and_back(person: httpx.Client) -> None:
    once = remind(person, "once")["id"]
    weekly = remind(person, "weekly", rule="FREQ=WEEKLY;BYDAY=MO")["id"]
    moved = several(person, "move", [once, weekly], day="2031-05-08").json()
    assert moved["count"] == 2
    days = [(row["text"], row["at"][:10]) for row in person.get("/api/reminders?view=coming").json()["rows"]]
    assert days == [("once", "2031-05-08"), ("weekly", "2031-05-08"), ("weekly", "2031-05-12")]
    several(person, "move_back", [], back=moved["back"])
    days = [(row["text"], row["at"][:10]) for row in person.get("/api/reminders?view=coming").json()["rows"]]
    assert days == [("once", "2031-05-05"), ("weekly", "2031-05-05")]
    assert several(person, "move", [once]).json()["field"] == "day"
    assert several(person, "move", [once], day="2001-01-01").json()["field"] == "day"


def test_all_that_rings_is_dismissed_at_once(person: httpx.Client) -> None:
    for number in range(105):
        # Each soon after it was set, however long setting all of them takes.
        soon = (datetime.now(UTC) + timedelta(seconds=9)).replace(tzinfo=None, microsecond=0)
        remind(person, f"r{number}", soon.isoformat())
    until = datetime.now(UTC) + timedelta(seconds=60)
    # The list, the total and the views are read one after another, while more may ring.
    while datetime.now(UTC) < until:
        rings = rung(person)
        if (rings["total"], len(rings["rings"]), rings["overdue"]) == (105, 100, 105):
            break
    assert (rings["total"], len(rings["rings"]), rings["overdue"]) == (105, 100, 105)
    assert person.post("/api/reminders/rings/dismiss").status_code == 204
    assert person.get("/api/reminders/rings").json()["total"] == 0


def test_snoozed_until_a_time_as_the_persons_clock_shows_it(person: httpx.Client) -> None:
    person.patch("/api/preferences", json={"zone": "Asia/Tokyo"})
    remind(person, local=(datetime.now(UTC) + timedelta(seconds=6)).replace(tzinfo=None, microsecond=0).isoformat())
    until = datetime.now(UTC) + timedelta(seconds=60)
    while not (rings := person.get("/api/reminders/rings").json()["rings"]) and datetime.now(UTC) < until:
        pass
    wall = (datetime.now(UTC) + timedelta(hours=10)).replace(tzinfo=None)  # an hour from now in Tokyo
    said = {"state": "snoozed", "until": f"{wall:%Y-%m-%dT%H:%M}"}
    assert person.post(f"/api/reminders/rings/{rings[0]['id']}/answer", json=said).status_code == 204
    (ring,) = history(person)
    assert ring["snoozed_until"][:16] == f"{wall - timedelta(hours=9):%Y-%m-%dT%H:%M}"


def history(person: httpx.Client) -> list[dict[str, Any]]:
    (row,) = person.get("/api/reminders?view=overdue").json()["rows"]
    found: list[dict[str, Any]] = person.get(f"/api/reminders/{row['id']}/history").json()
    return found


def test_a_zone_that_is_not_known_is_refused(anna: httpx.Client) -> None:
    assert anna.patch("/api/preferences", json={"zone": "Mars/Base"}).json()["field"] == "zone"
    assert anna.patch("/api/preferences", json={}).status_code == 422


def test_what_follows_its_person_is_taken_along(anna: httpx.Client) -> None:
    row = remind(anna, follows=True)["id"]
    anna.patch("/api/preferences", json={"zone": "Asia/Tokyo"})
    until = datetime.now(UTC) + timedelta(seconds=60)
    while anna.get(f"/api/reminders/{row}").json()["zone"] != "Asia/Tokyo" and datetime.now(UTC) < until:
        pass
    found = anna.get(f"/api/reminders/{row}").json()
    assert (found["zone"], found["local"], found["at"]) == ("Asia/Tokyo", LATER, "2031-05-05T00:00:00Z")


@pytest.mark.parametrize("rule", ["FREQ=DAILY;\nCOUNT=9", "FREQ=DAILY;BYHOUR=1,\r\n2", "FREQ=DAILY;\x0bCOUNT=9"])
def test_white_space_in_a_rule_does_no_harm_to_calendars(anna: httpx.Client, rule: str) -> None:
    remind(anna, "broken lines", rule=rule)
    address = anna.post("/api/reminders/calendar").json()["address"]
    for path in (address, "/reminders/export.ics"):
        answer = anna.get(path)
        assert answer.status_code == 200
        assert "broken lines" in answer.text


HALF = '"\\ud800"'  # half a character, as JSON can say it


@pytest.mark.parametrize(
    ("method", "path", "body"),
    [
        *(("PATCH", "/api/reminders/{id}", f'{{"{name}": null}}')
          for name in ("text", "zone", "rule", "after_done", "leads", "note", "tags", "follows")),
        ("PATCH", "/api/reminders/{id}", '{"link_id": 1}'),
        ("POST", "/api/reminders", f'{{"text": "x", "local": "{LATER}", "rule": {HALF}}}'),
        ("POST", "/api/reminders/check", f'{{"text": "x", "local": "{LATER}", "rule": {HALF}}}'),
        ("POST", "/api/reminders/ways", '{"kind": "webhook", "address": "https://x.example/\\ud800 "}'),
        ("POST", "/api/reminders/{id}/move", '{"day": "9999-12-31"}'),
        ("POST", "/api/reminders/{id}/move", '{"day": "0001-01-01"}'),
        ("POST", "/api/reminders/{id}/move", '{"day": "2031-05-09", "occurrence": "0001-01-01T00:00:00+14:00"}'),
        ("POST", "/api/reminders/bulk", '{"action": "move", "ids": [{id}], "day": "9999-12-31"}'),
        ("POST", "/api/reminders/bulk", '{"action": "move_back", "back": [{"reminder": {id}, "copy_id": {id}, '
         '"occurrence": "9999-12-31T23:59:59-14:00"}]}'),
        ("GET", f"/api/reminders?priority={10**30}", ""),
        ("GET", f"/api/reminders/linked?kind=note&id=-{10**30}", ""),
        ("GET", "/api/reminders/between?start=0001-01-01T00:00:00%2B14:00&end=0001-01-02T00:00:00Z", ""),
        ("GET", "/api/reminders/between?start=9999-12-01T00:00:00Z&end=9999-12-31T23:00:00Z", ""),
    ],
)  # fmt: skip
def test_what_makes_no_sense_is_refused_and_never_breaks(anna: httpx.Client, method: str, path: str, body: str) -> None:
    row = str(remind(anna, "sense")["id"])
    json = {"content-type": "application/json"}
    answer = anna.request(method, path.replace("{id}", row), content=body.replace("{id}", row), headers=json)
    assert answer.status_code == 422, answer.text
    assert answer.json()["detail"]
    assert anna.get(f"/api/reminders/{row}").json()["text"] == "sense"


def test_half_a_character_is_understood_as_what_is_left(anna: httpx.Client) -> None:
    json = {"content-type": "application/json"}
    answer = anna.post("/api/reminders/understand", content='{"sentence": "tea \\ud800 tomorrow"}', headers=json)
    assert answer.status_code == 200
    assert (
        anna.post("/api/reminders/understand", json={"sentence": "x" * 10_000})
        .json()["problems"][0]["sentence"]
        .endswith("this has 10,000.")
    )


def test_pressed_twice_it_is_done_once(anna: httpx.Client) -> None:
    row = remind(anna, "twice", rule="FREQ=DAILY")
    for _ in range(2):
        anna.post(f"/api/reminders/{row['id']}/done", json={"occurrence": row["at"]})
    assert anna.get(f"/api/reminders/{row['id']}").json()["at"] == "2031-05-06T09:00:00Z"
    several(anna, "done", [row["id"]], occurrences={row["id"]: row["at"]})
    assert anna.get(f"/api/reminders/{row['id']}").json()["at"] == "2031-05-06T09:00:00Z"


def test_the_way_back_of_a_tag_leaves_those_that_had_it(anna: httpx.Client) -> None:
    had, new = remind(anna, "had", tags=["work"])["id"], remind(anna, "new")["id"]
    changed = several(anna, "tag", [had, new], tag="Work").json()["changed"]
    assert changed == [new]
    several(anna, "untag", changed, tag="Work")
    assert [anna.get(f"/api/reminders/{one}").json()["tags"] for one in (had, new)] == [["work"], []]


def test_words_in_quotes_stand_together_and_tags_are_found(anna: httpx.Client) -> None:
    for text, tags in (("green tea", []), ("tea that is green", []), ("leaves", ["green tea"])):
        remind(anna, text, tags=tags)

    def found(words: str) -> list[str]:
        rows = anna.get("/api/reminders", params={"view": "coming", "q": words}).json()["rows"]
        return sorted(row["text"] for row in rows)

    assert found('"green tea"') == ["green tea", "leaves"]
    assert found("tea green") == ["green tea", "leaves", "tea that is green"]
    assert found('"') == found("")
