"""Reminders over the API: what a page can do, a program can."""

from datetime import timedelta

from assistant.reminders.scheduling.claims import claim_due
from assistant.users import preferences
from tests.programs import House

BERLIN = "Europe/Berlin"


def test_a_sentence_sets_a_reminder_also_from_plain_curl(house: House) -> None:
    house.run(preferences.save, house.person("anna"), zone=BERLIN)
    curl = house.program("anna", "write")
    # As curl -d sends it: JSON that is said to be a form.
    curl_says = {"content-type": "application/x-www-form-urlencoded"}
    made = curl.post("/reminders", content=b'{"sentence":"call mum tomorrow at 9"}', headers=curl_says)
    assert made.status_code == 201, made.text
    row = made.json()
    assert (row["text"], row["at"], row["zone"]) == ("call mum", "2026-03-03T08:00:00Z", BERLIN)
    assert row["local"] == "2026-03-03T09:00:00"
    said = {"sentence": "jeden Freitag um 17 Uhr gießen #pflanzen !hoch", "note": "nicht zu viel", "leads": [0, 60]}
    corrected = curl.post("/reminders", json=said).json()
    assert (corrected["rule"], corrected["tags"]) == ("FREQ=WEEKLY;BYDAY=FR", ["pflanzen"])
    assert (corrected["note"], corrected["leads"], corrected["priority"]) == ("nicht zu viel", [0, 60], 3)
    for body, field in (
        ({"sentence": "yesterday at 9"}, "sentence"), ({"sentence": "tomorrow at 9"}, "sentence"), ({}, "sentence"),
        ({"sentence": "x" * 1001}, "sentence"), ({"text": "x", "zone": "Mars/Base"}, "zone"), ({"text": " "}, "text"),
        ({"text": "x", "local": "2020-01-01T09:00"}, "local"), ({"text": "x", "after_done": "soon"}, "after_done"),
        ({"text": "x", "local": "2026-04-01T09:00", "rule": "FREQ=X"}, "rule"),
        ({"text": "x", "local": "2026-04-01T09:00:00Z"}, "local"), ({"text": "x", "local": 1}, "local"),
        ({"text": "x", "leads": []}, "leads"), ({"text": "x", "priority": 4}, "priority"),
    ):  # fmt: skip
        refused = curl.post("/reminders", json=body)
        assert refused.status_code == 422, (body, refused.text)
        assert refused.json()["errors"][0]["field"] == field, (body, refused.text)
    missing = curl.post("/reminders", json={"text": "x", "link": {"kind": "note", "id": 99}})
    assert missing.status_code == 404


def test_a_sentence_is_read_without_setting_anything(house: House) -> None:
    anna = house.program("anna", "read")
    said = {"sentence": "water plants every second Friday at 5pm #home", "zone": BERLIN}
    reading = anna.post("/reminders/parse", json=said).json()
    assert (reading["text"], reading["tags"], reading["language"]) == ("water plants", ["home"], "en")
    assert reading["rule"] == "FREQ=WEEKLY;INTERVAL=2;BYDAY=FR"
    assert len(reading["upcoming"]) == 3
    start, end = reading["spans"][0]
    assert said["sentence"][start:end] == "every second Friday at 5pm"
    wrong = anna.post("/reminders/parse", json={"sentence": "yesterday at 9 x"}).json()
    assert [problem["stops"] for problem in wrong["problems"]] == [True]
    assert anna.get("/reminders").json()["items"] == []


def test_days_left_out_and_feasts_are_set_by_a_sentence_or_a_rule(house: House) -> None:
    house.run(preferences.save, house.person("anna"), zone=BERLIN)
    anna = house.program("anna", "write")
    said = anna.post("/reminders", json={"sentence": "Standup jeden Werktag um 9 außer an Feiertagen"}).json()
    assert said["rule"] == "FREQ=WEEKLY;BYDAY=MO,TU,WE,TH,FR;EXCEPT=HOLIDAYS-DE"
    feast = {"text": "eggs", "local": "2026-03-03T10:00", "zone": BERLIN, "rule": "FREQ=YEARLY;FEAST=EASTER"}
    made = anna.post("/reminders", json=feast).json()
    assert (made["local"], made["rule"]) == ("2026-04-05T10:00:00", feast["rule"])  # Easter of that year
    refused = anna.post("/reminders", json=feast | {"rule": "FREQ=DAILY;EXCEPT=HOLIDAYS-XX"})
    assert refused.status_code == 422
    assert refused.json()["errors"][0]["field"] == "rule"


def test_a_reminder_is_changed_done_moved_and_deleted(house: House) -> None:
    anna = house.program("anna")
    note = anna.post("/notes", json={"text": "# Tea"}).json()["id"]
    body = {"text": "tea", "local": "2026-03-04T09:00", "rule": "FREQ=DAILY", "link": {"kind": "note", "id": note}}
    row = anna.post("/reminders", json=body).json()
    where = f"/reminders/{row['id']}"
    read = anna.get(where)
    assert read.json() == row
    assert row["link"] == {"kind": "note", "id": note}
    house.later(minutes=1)
    version = {"If-Match": read.headers["etag"]}
    changed = anna.patch(where, json={"text": "green tea", "link": None, "tags": ["kitchen"]}, headers=version)
    assert (changed.json()["text"], changed.json()["link"], changed.json()["tags"]) == ("green tea", None, ["kitchen"])
    stale = anna.patch(where, json={"text": "black tea"}, headers=version)
    assert (stale.status_code, stale.json()["current"]["text"]) == (412, "green tea")
    assert anna.patch(where, json={"text": None}, headers={"If-Match": "*"}).status_code == 422

    for _ in range(2):  # ticked twice, it is done once
        done = anna.post(f"{where}/complete", json={"occurrence": "2026-03-04T09:00:00Z"})
        assert done.json()["at"] == "2026-03-05T09:00:00Z"
    assert anna.post(f"{where}/uncomplete").json()["at"] == "2026-03-04T09:00:00Z"
    moved = anna.post(f"{where}/move", json={"day": "2026-03-08"}).json()
    assert (moved["id"] != row["id"], moved["at"], moved["rule"]) == (True, "2026-03-08T09:00:00Z", "")
    days = anna.get("/reminders/occurrences?from=2026-03-04T00:00:00Z&to=2026-03-07T00:00:00%2B00:00").json()["items"]
    assert [day["at"] for day in days] == ["2026-03-05T09:00:00Z", "2026-03-06T09:00:00Z"]
    assert anna.get("/reminders/occurrences?from=2026-03-04T00:00:00Z&to=2029-01-01T00:00:00Z").status_code == 422
    assert anna.get("/reminders/tags").json()["items"] == [{"name": "kitchen", "count": 2}]
    assert anna.delete(where).status_code == 204
    assert anna.get(where).status_code == 404
    assert anna.post(f"{where}/restore").json()["text"] == "green tea"


def test_what_rings_is_answered_once(house: House) -> None:
    anna, eve = house.program("anna"), house.program("eve")
    ids = [anna.post("/reminders", json={"sentence": f"tea {n} in 10 minutes"}).json()["id"] for n in range(3)]
    house.later(minutes=10, seconds=1)
    house.run(claim_due, house.now)
    rings = {ring["reminder"]: ring["id"] for ring in anna.get("/reminders/rings").json()["items"]}
    assert set(rings) == set(ids)
    assert eve.get("/reminders/rings").json()["items"] == []
    where = f"/reminders/rings/{rings[ids[0]]}/answer"
    assert eve.post(where, json={"state": "done"}).status_code == 404
    assert anna.post(where, json={"state": "done"}).json() == {"counted": True}
    assert anna.post(where, json={"state": "dismissed"}).json() == {"counted": False}
    later = (house.now + timedelta(hours=1)).isoformat().replace("+00:00", "Z")
    other = f"/reminders/rings/{rings[ids[1]]}/answer"
    assert anna.post(other, json={"state": "snoozed"}).status_code == 422
    assert anna.post(other, json={"state": "snoozed", "until": later}).json() == {"counted": True}
    assert anna.get(f"/reminders/{ids[1]}").json()["snoozed"] == later
    assert anna.post("/reminders/rings/dismiss").json() == {"count": 1}
    (past,) = anna.get(f"/reminders/{ids[2]}/rings").json()["items"]
    assert past["state"] == "dismissed"
    assert anna.post(f"/reminders/{ids[2]}/snooze", json={"until": later}).json()["snoozed"] == later


def test_many_at_once_are_each_answered_for(house: House) -> None:
    anna, eve = house.program("anna"), house.program("eve")
    mine = [anna.post("/reminders", json={"sentence": f"tea {n} tomorrow at 9"}).json()["id"] for n in range(3)]
    theirs = eve.post("/reminders", json={"text": "secret"}).json()["id"]

    def status(action: str, ids: list[int], **more: object) -> list[int]:
        answer = anna.post("/reminders/bulk", json={"action": action, "ids": ids, **more})
        return [one["status"] for one in answer.json()["items"]]

    assert status("move", [*mine, theirs], day="2026-03-09") == [200, 200, 200, 404]
    assert status("move", mine, day="2020-03-09") == [422, 422, 422]
    assert anna.post("/reminders/bulk", json={"action": "move", "ids": mine}).status_code == 422
    assert status("tag", mine, tags=["x"]) == status("untag", mine, tags=["x"]) == [200] * 3
    assert status("prioritise", mine, priority=2) == status("complete", mine) == status("uncomplete", mine) == [200] * 3
    assert status("delete", mine) == status("restore", mine) == [200] * 3
    rows = anna.get("/reminders?limit=2").json()
    assert [row["at"] for row in rows["items"]] == ["2026-03-09T09:00:00Z"] * 2
    rest = anna.get(f"/reminders?limit=2&after={rows['next']}").json()
    assert ([row["id"] for row in rest["items"]], rest["next"]) == ([mine[2]], None)
    assert anna.get("/reminders?after=AAAA").status_code == 404


def test_another_persons_reminders_are_not_found(house: House) -> None:
    anna, eve = house.program("anna"), house.program("eve")
    row = anna.post("/reminders", json={"sentence": "secret tomorrow at 9"}).json()["id"]
    for method, path, body in (
        ("GET", "", None), ("PATCH", "", {"text": "mine"}), ("DELETE", "", None), ("POST", "/complete", None),
        ("POST", "/uncomplete", None), ("POST", "/move", {"day": "2026-03-09"}), ("POST", "/restore", None),
        ("POST", "/snooze", {"until": "2026-03-09T09:00:00Z"}), ("GET", "/rings", None),
    ):  # fmt: skip
        answer = eve.request(method, f"/reminders/{row}{path}", json=body, headers={"If-Match": "*"})
        assert answer.status_code == 404, (method, path, answer.text)
    assert anna.get(f"/reminders/{row}").json()["text"] == "secret"


def test_calendars_and_addresses_outside(house: House) -> None:
    anna, eve = house.program("anna"), house.program("eve")
    assert anna.get("/reminders/calendar").json() == {"calendar": None}
    address = anna.post("/reminders/calendar").json()["address"]
    assert address.startswith("http://assistant.local/calendar/")
    assert address.endswith(".ics")
    assert anna.get("/reminders/calendar").json()["calendar"]["created"] == "2026-03-02T12:00:00Z"
    assert anna.delete("/reminders/calendar").status_code == 204
    assert b"BEGIN:VCALENDAR" in anna.get("/reminders/export").content
    for address, status in (("https://1.1.1.1/hook", 201), ("http://127.0.0.1/x", 422), ("no address", 422)):
        answer = anna.post("/reminders/ways", json={"kind": "webhook", "address": address, "secret": "s3"})
        assert answer.status_code == status, answer.text
        assert "s3" not in answer.text
    (way,) = anna.get("/reminders/ways").json()["items"]
    assert eve.delete(f"/reminders/ways/{way['id']}").status_code == 404
    assert anna.delete(f"/reminders/ways/{way['id']}").status_code == 204
