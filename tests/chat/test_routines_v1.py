"""Scheduled questions and the daily brief, over the API."""

from tests.programs import House


def test_a_question_is_scheduled_changed_paused_run_and_deleted(house: House) -> None:
    anna, eve = house.program("anna"), house.program("eve")
    said = {"text": "What is new?", "when": "every monday at 8", "knows": "notes"}
    made = anna.post("/scheduled-questions", json=said)
    assert made.status_code == 201, made.text
    told = made.json()
    assert (told["in_words"], told["local"], told["rule"]) == (
        "Every Monday at 08:00", "2026-03-09T08:00:00", "FREQ=WEEKLY;BYDAY=MO",
    )  # fmt: skip
    assert told["next"] == ["2026-03-09T08:00:00Z", "2026-03-16T08:00:00Z", "2026-03-23T08:00:00Z"]
    where = f"/scheduled-questions/{told['id']}"
    etag = {"If-Match": anna.get(where).headers["etag"]}
    paused = anna.patch(where, json={"paused": True}, headers=etag).json()
    assert (paused["paused"], paused["next"]) == (True, [])
    assert anna.patch(where, json={"paused": False}, headers=etag).status_code == 412
    moved = anna.patch(where, json={"when": "every day at 7:30", "paused": False}, headers={"If-Match": "*"}).json()
    assert moved["in_words"] == "Every day at 07:30"
    running = anna.post(f"{where}/run")
    assert (running.status_code, running.json()["asking"]) == (202, True)
    assert anna.post(f"{where}/run").status_code == 409
    assert anna.delete(where).status_code == 204
    assert anna.get("/scheduled-questions").json()["items"] == []
    assert anna.post(f"{where}/restore").json()["text"] == "What is new?"
    for way in (eve.get(where), eve.delete(where), eve.post(f"{where}/run"), eve.post(f"{where}/restore")):
        assert way.status_code == 404
    assert eve.get("/scheduled-questions").json()["items"] == []


def test_what_cannot_be_is_refused_at_its_field(house: House) -> None:
    anna = house.program("anna")
    good = {"text": "What is new?", "when": "every monday at 8"}
    for change, field in (
        ({"when": "now and then"}, "when"), ({"when": None}, "when"), ({"text": "  "}, "text"),
        ({"when": "every 5 minutes"}, "rule"),
    ):  # fmt: skip
        refused = anna.post("/scheduled-questions", json={k: v for k, v in (good | change).items() if v is not None})
        assert (refused.status_code, refused.json()["errors"][0]["field"]) == (422, field), refused.text


def test_a_brief_is_planned_by_preferences_and_made_at_once(house: House) -> None:
    anna, eve = house.program("anna"), house.program("eve")
    assert anna.get("/brief").json() == {"next": None, "conversation": None}
    chosen = anna.patch("/me/preferences", json={"brief": True, "brief_at": "07:15"}, headers={"If-Match": "*"})
    assert chosen.status_code == 200, chosen.text
    house.wait(house.parts.routines.look())
    assert anna.get("/brief").json()["next"] == "2026-03-03T07:15:00Z"
    made = anna.post("/brief")
    assert made.status_code == 201, made.text
    messages = anna.get(f"/conversations/{made.json()['conversation']}/messages").json()["items"]
    assert [one["role"] for one in messages] == ["user", "assistant"]
    assert anna.post(f"/replies/{messages[1]['id']}/again", json={}).status_code in {404, 409}
    assert eve.get("/brief").json() == {"next": None, "conversation": None}
