"""Oneself and everybody over the API: preferences, logins, passwords, accounts, what owners decide."""

from tests.person import PASSWORD
from tests.programs import House

ANY = {"If-Match": "*"}


def test_preferences_are_read_and_changed(house: House) -> None:
    anna = house.program("anna", "read", "write")
    me = anna.get("/me").json()
    assert (me["name"], me["owner"], me["scopes"]) == ("anna", True, ["read", "write"])
    read = anna.get("/me/preferences")
    changed = anna.patch(
        "/me/preferences", json={"zone": "Europe/Berlin", "theme": "dark"}, headers={"If-Match": read.headers["etag"]}
    )
    assert changed.json() == {**read.json(), "zone": "Europe/Berlin", "theme": "dark"}
    stale = anna.patch("/me/preferences", json={"theme": "light"}, headers={"If-Match": read.headers["etag"]})
    assert (stale.status_code, stale.json()["current"]["theme"]) == (412, "dark")
    for wrong in ({"zone": "Mars/Base"}, {"theme": "pink"}, {"theme": None}, {"text_size": "100"}, {"no_such": 1},
                  {"better_titles": 1}, {"text_size": 500}, {"quiet_to": 0}):  # fmt: skip
        refused = anna.patch("/me/preferences", json=wrong, headers=ANY)
        assert refused.status_code == 422, wrong
        assert refused.json()["errors"][0]["field"] == next(iter(wrong))


def test_logins_are_listed_and_ended(house: House) -> None:
    anna, eve = house.program("anna"), house.program("eve")
    house.wait(house.parts.sessions.begin(house.person("anna"), "Mozilla/5.0 (X11; Linux) Firefox/140.0"))
    (login,) = anna.get("/me/sessions").json()["items"]
    assert (login["agent"], login["current"]) == ("Firefox on Linux", False)
    assert eve.delete(f"/me/sessions/{login['id']}").status_code == 404
    assert anna.delete(f"/me/sessions/{login['id']}").status_code == 204
    assert anna.get("/me/sessions").json()["items"] == []
    assert anna.delete("/me/sessions").status_code == 204
    assert anna.get("/me").status_code == 401
    assert eve.get("/me").status_code == 200


def test_a_password_is_changed_by_whoever_knows_it(house: House) -> None:
    anna = house.program("anna")
    new = "another fine one"
    wrong = anna.put("/me/password", json={"current": "guess", "password": new})
    assert (wrong.status_code, wrong.json()["errors"][0]["field"]) == (403, "current")
    short = anna.put("/me/password", json={"current": PASSWORD, "password": "x"})
    assert (short.status_code, short.json()["errors"][0]["field"]) == (422, "password")
    assert anna.put("/me/password", json={"current": PASSWORD, "password": new}).status_code == 204
    assert anna.get("/me").status_code == 401
    login = {"grant_type": "password", "username": "anna", "password": new}
    assert house.client().post("/auth/token", data=login).status_code == 200


def test_owners_look_after_accounts(house: House) -> None:
    anna, eve = house.program("anna"), house.program("eve")
    for method, path in (
        ("GET", "/users"), ("POST", "/users"), ("GET", "/users/1"), ("PATCH", "/users/1"), ("PUT", "/users/1/password"),
        ("GET", "/invitations"), ("POST", "/invitations"), ("DELETE", "/invitations/1"), ("GET", "/household"),
        ("PATCH", "/household"),
    ):  # fmt: skip
        assert eve.request(method, path).status_code == 403, path
    made = anna.post("/users", json={"name": "ben", "password": "a fine long one"})
    assert (made.status_code, made.json()["name"]) == (201, "ben")
    ben = f"/users/{made.json()['id']}"
    assert anna.post("/users", json={"name": "BEN", "password": "a fine long one"}).status_code == 409
    assert [person["name"] for person in anna.get("/users").json()["items"]] == ["anna", "eve", "ben"]
    key = house.program("ben")
    assert anna.patch(ben, json={"disabled": True}, headers=ANY).json()["disabled"] == "2026-03-02T12:00:00Z"
    assert key.get("/me").status_code == 401
    assert anna.patch(ben, json={"disabled": False, "owner": True}, headers=ANY).json()["owner"]
    assert anna.put(f"{ben}/password", json={"password": "yet another one"}).status_code == 204
    assert anna.put("/users/99/password", json={"password": "yet another one"}).status_code == 404
    anna.patch(ben, json={"disabled": True}, headers=ANY)
    assert anna.patch("/users/1", json={"disabled": True}, headers=ANY).status_code == 409

    secret = anna.post("/invitations").json()["secret"]
    (invited,) = anna.get("/invitations").json()["items"]
    assert secret not in str(invited)
    assert anna.delete(f"/invitations/{invited['id']}").status_code == 204
    assert anna.get("/invitations").json()["items"] == []
    nobody = house.client()
    assert nobody.get("/openapi.json").status_code == 401
    decided = anna.patch("/household", json={"api_described": True, "registration": "open"}, headers=ANY)
    assert decided.json() == {
        "registration": "open", "private_network": False, "api_described": True, "two_step": False, "default_model": "",
    }  # fmt: skip
    assert nobody.get("/openapi.json").status_code == 200


def test_words_are_found_in_all_rooms(house: House) -> None:
    anna, eve = house.program("anna"), house.program("eve")
    anna.post("/notes", json={"text": "# Green tea"})
    anna.post("/reminders", json={"text": "buy tea"})
    found = anna.get("/search?q=tea").json()["items"]
    assert {hit["kind"] for hit in found} == {"notes", "reminders"}
    assert "<mark>tea</mark>" in found[0]["title_html"]
    assert [hit["kind"] for hit in anna.get("/search?q=tea&kind=notes").json()["items"]] == ["notes"]
    assert anna.get("/search?q=tea&kind=cups").status_code == 422
    assert eve.get("/search?q=tea").json()["items"] == []


def test_everything_of_ones_own_is_taken_out_in_one_file(house: House) -> None:
    anna, eve = house.program("anna"), house.program("eve")
    anna.post("/notes", json={"text": "# Tea"})
    begun = anna.post("/exports")
    assert begun.status_code == 202, begun.text
    making = house.parts.exports.current(house.person("anna"))
    assert making
    house.wait(making.task)
    (there,) = anna.get("/exports").json()["items"]
    assert (there["id"], there["state"], there["size"] > 0) == (begun.json()["id"], "done", True)
    file = f"/exports/{there['id']}/file"
    assert anna.get(file).content[:2] == b"PK"
    assert eve.get("/exports").json()["items"] == []
    assert eve.get(file).status_code == 404
    assert eve.delete(f"/exports/{there['id']}").status_code == 404
    assert house.program("anna", "read", "write").get(file).status_code == 403
    assert anna.delete(f"/exports/{there['id']}").status_code == 204
    assert anna.get("/exports").json()["items"] == []
    # A login of long ago is not enough, a key is.
    login = {"grant_type": "password", "username": "anna", "password": PASSWORD}
    token = house.client().post("/auth/token", data=login).json()["access_token"]
    house.later(minutes=11)
    assert house.client(token).post("/exports").status_code == 403
