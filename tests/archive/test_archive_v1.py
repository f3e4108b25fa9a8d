"""What comes in and goes out as a whole, over the API: imports of all rooms, backups, the end of an account."""

import asyncio
from typing import Any

import httpx
import pytest

from tests.person import PASSWORD
from tests.programs import House

ANY = {"If-Match": "*"}
EVENTS = {"Accept": "text/event-stream"}
CALENDAR = (
    "BEGIN:VCALENDAR\r\nVERSION:2.0\r\nPRODID:x\r\n"
    + "".join(
        f"BEGIN:VEVENT\r\nUID:tea-{number}\r\nDTSTAMP:20260301T090000Z\r\nDTSTART:20260401T{number:02}0000Z\r\n"
        f"SUMMARY:Tea {number}\r\nEND:VEVENT\r\n"
        for number in range(3)
    )
    + "END:VCALENDAR\r\n"
)


def settled(house: House, task: "asyncio.Task[None] | None") -> None:
    """Waits for what goes on in the background."""
    assert task is not None
    house.wait(task)


def exported(house: House, program: httpx.Client) -> bytes:
    """The file of an export of the program's person."""
    assert program.post("/exports").status_code == 202
    (made,) = program.get("/exports").json()["items"]
    current = house.parts.exports.current(program.get("/me").json()["id"])
    assert current
    settled(house, current.task)
    return program.get(f"/exports/{made['id']}/file").content


def test_what_one_took_out_another_brings_in(house: House) -> None:
    anna, eve = house.program("anna"), house.program("eve")
    anna.post("/notes", json={"text": "# Tea", "tags": ["kitchen"]})
    anna.post("/reminders", json={"text": "buy tea"})
    file, user = exported(house, anna), house.person("eve")
    assert eve.get("/imports").json()["items"] == []
    sent = eve.post("/imports", content=file, headers={"content-type": "application/zip"})
    assert (sent.status_code, sent.json()["state"]) == (202, "looking")
    one = house.parts.arriving.current(user)
    assert one
    settled(house, one.task)
    planned = eve.get(f"/imports/{one.id}").json()
    assert planned["state"] == "planned"
    assert (planned["counts"]["new notes"], planned["counts"]["new reminders"]) == (1, 1)
    assert eve.get("/notes").json()["items"] == []
    assert anna.get(f"/imports/{one.id}").status_code == 404
    assert eve.post(f"/imports/{one.id}/start").status_code == 202
    settled(house, one.task)
    assert eve.get(f"/imports/{one.id}").json()["state"] == "done"
    (note,) = eve.get("/notes").json()["items"]
    assert (note["title"], note["tags"]) == ("Tea", ["kitchen"])
    assert eve.post(f"/imports/{one.id}/start").status_code == 202
    assert eve.delete(f"/imports/{one.id}").status_code == 204
    assert eve.get("/imports").json()["items"] == []
    # What is none brings nothing, and says why.
    assert eve.post("/imports").json()["errors"][0]["field"] == "file"
    eve.post("/imports", content=b"no zip")
    other = house.parts.arriving.current(user)
    assert other
    settled(house, other.task)
    failed = eve.get(f"/imports/{other.id}").json()
    assert (failed["state"], bool(failed["problem"])) == ("failed", True)
    assert eve.post(f"/imports/{other.id}/start").status_code == 409


def test_notes_are_brought_in_from_files(house: House) -> None:
    anna, user = house.program("anna"), house.person("anna")
    files: Any = [("file", ("a/Tea.md", b"# Tea\n\n#green")), ("file", ("b.md", b"two"))]
    planned = anna.post("/notes/imports", files=files).json()
    assert (planned["state"], planned["plan"]["new"], planned["plan"]["hashtags"]) == ("planned", 2, ["green"])
    assert anna.get("/notes").json()["items"] == []
    assert anna.get("/notes/imports").json()["items"] == [planned]
    begun = anna.post(f"/notes/imports/{planned['id']}/start", json={"inline_tags": True})
    assert begun.status_code == 202, begun.text
    job = house.parts.imports.current(user)
    assert job
    settled(house, job.task)
    done = anna.get(f"/notes/imports/{planned['id']}").json()
    assert (done["state"], done["report"]["created"]) == ("done", 2)
    assert {n["title"]: n["tags"] for n in anna.get("/notes").json()["items"]} == {"Tea": ["a", "green"], "b": []}
    assert anna.delete(f"/notes/imports/{planned['id']}").status_code == 204
    assert anna.get(f"/notes/imports/{planned['id']}").status_code == 404
    for wrong in ({"content": b"# Tea"}, {"files": {"other": ("a.md", b"x")}}):
        refused = anna.post("/notes/imports", **wrong)
        assert (refused.status_code, refused.json()["errors"][0]["field"]) == (422, "file")


def test_a_calendar_is_brought_in_and_tells_how_far_it_is(house: House) -> None:
    anna, eve = house.program("anna"), house.program("eve")
    kind = {"content-type": "text/calendar"}
    planned = anna.post("/reminders/imports", content=CALENDAR.encode(), headers=kind).json()
    assert (planned["new"], planned["here"], len(planned["titles"])) == (3, 0, 3)
    assert anna.get("/reminders?view=coming").json()["items"] == []
    assert eve.post(f"/reminders/imports/{planned['id']}/start").status_code == 404
    report = anna.post(f"/reminders/imports/{planned['id']}/start").json()
    assert report == {"done": 3, "total": 3, "created": 3, "skipped": []}
    assert len(anna.get("/reminders?view=coming").json()["items"]) == 3
    assert anna.post(f"/reminders/imports/{planned['id']}/start").status_code == 404
    again = anna.post("/reminders/imports", content=CALENDAR.encode(), headers=kind).json()
    assert (again["new"], again["here"]) == (0, 3)
    assert anna.delete(f"/reminders/imports/{again['id']}").status_code == 204
    other = eve.post("/reminders/imports", content=CALENDAR.encode(), headers=kind).json()
    told = eve.post(f"/reminders/imports/{other['id']}/start", headers=EVENTS).text
    assert told.startswith("event: progress\n")
    assert told.rstrip().split("\n")[-2:] == [
        "event: end", 'data: {"done": 3, "total": 3, "created": 3, "skipped": []}',
    ]  # fmt: skip


@pytest.mark.sqlite
def test_owners_back_up(house: House) -> None:
    anna = house.program("anna")
    assert anna.get("/backups").json()["count"] == 0
    plan = anna.get("/backups/plan")
    changed = anna.patch("/backups/plan", json={"at": "4:15", "days": 3}, headers={"If-Match": plan.headers["etag"]})
    assert changed.json() == {**plan.json(), "at": "04:15", "days": 3}
    assert anna.patch("/backups/plan", json={"at": "25:00"}, headers=ANY).json()["errors"][0]["field"] == "at"
    begun = anna.post("/backups")
    assert (begun.status_code, begun.json()["running"] is not None) == (202, True)
    while (state := anna.get("/backups").json())["running"]:
        house.wait(asyncio.sleep(0.01))
    assert (state["count"], state["problem"], state["size"] > 0) == (1, "", True)
    assert anna.delete("/backups/running").status_code == 204


def test_an_account_ends_with_all_that_it_has(house: House) -> None:
    house.person("anna")
    login = {"grant_type": "password", "username": "eve", "password": PASSWORD}
    key, user = house.program("eve"), house.person("eve")
    key.post("/notes", json={"text": "tea"})
    assert key.delete("/me").status_code == 403
    eve = house.client(house.client().post("/auth/token", data=login).json()["access_token"])
    assert eve.delete("/me").status_code == 204
    assert (eve.get("/me").status_code, key.get("/me").status_code) == (401, 401)
    assert house.client().post("/auth/token", data=login).status_code == 401
    house.wait(house.parts.removals.close())
    assert user not in {row["id"] for row in house.program("anna").get("/users").json()["items"]}
    # The last owner stays while others are there.
    house.person("ben")
    login["username"] = "anna"
    anna = house.client(house.client().post("/auth/token", data=login).json()["access_token"])
    assert anna.delete("/me").status_code == 409
