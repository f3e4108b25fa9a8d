"""Prompts over the API."""

from tests.programs import House

ANY = {"If-Match": "*"}


def test_prompts_are_kept_changed_and_found(house: House) -> None:
    anna, eve = house.program("anna"), house.program("eve")
    made = anna.post("/prompts", json={"name": "/translate", "text": "Into {{language}}:"})
    assert (made.status_code, made.json()["name"], made.json()["variables"]) == (201, "translate", ["language"])
    where = f"/prompts/{made.json()['id']}"
    read = anna.get(where)
    changed = anna.patch(where, json={"text": "To {{a}} from {{b}}"}, headers={"If-Match": read.headers["etag"]})
    assert changed.json()["variables"] == ["a", "b"]
    assert anna.patch(where, json={"name": "x"}, headers={"If-Match": read.headers["etag"]}).status_code == 412
    for wrong, field in (({"name": "two words"}, "name"), ({"text": " "}, "text")):
        refused = anna.patch(where, json=wrong, headers=ANY)
        assert (refused.status_code, refused.json()["errors"][0]["field"]) == (422, field)
    taken = anna.post("/prompts", json={"name": "Translate", "text": "x"})
    assert (taken.status_code, taken.json()["errors"][0]["field"]) == (409, "name")
    anna.post("/prompts", json={"name": "at-translation", "text": "x"})
    assert [one["name"] for one in anna.get("/prompts?q=trans").json()["items"]] == ["translate", "at-translation"]
    assert eve.get("/prompts").json()["items"] == []
    assert anna.delete(where).status_code == 204
    assert anna.get(where).status_code == 404
