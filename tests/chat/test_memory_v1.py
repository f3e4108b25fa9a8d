"""What models know about a person, over the API."""

from tests.programs import House


def test_facts_are_kept_changed_switched_off_and_forgotten(house: House) -> None:
    anna, eve = house.program("anna"), house.program("eve")
    made = anna.post("/memory", json={"text": "I am a\nvegetarian"})
    assert (made.status_code, made.json()["text"], made.json()["source"]) == (201, "I am a vegetarian", "typed")
    where = f"/memory/{made.json()['id']}"
    listed = anna.get("/memory").json()
    assert len(listed["items"]) == 1
    assert listed["told"].endswith("- I am a vegetarian")
    assert listed["tokens"] > 0
    etag = {"If-Match": anna.get(where).headers["etag"]}
    off = anna.patch(where, json={"active": False}, headers=etag)
    assert off.json()["active"] is False
    assert anna.patch(where, json={"active": True}, headers=etag).status_code == 412
    assert anna.get("/memory").json()["told"] == ""
    assert anna.post("/memory", json={"text": "i am a VEGETARIAN"}).status_code == 409
    refused = anna.patch(where, json={"text": " "}, headers={"If-Match": "*"})
    assert (refused.status_code, refused.json()["errors"][0]["field"]) == (422, "text")
    assert eve.get("/memory").json()["items"] == []
    assert eve.get(where).status_code == 404
    assert anna.patch("/me/preferences", json={"memory": False}, headers={"If-Match": "*"}).json()["memory"] is False
    assert anna.delete(where).status_code == 204
    assert anna.get(where).status_code == 404
