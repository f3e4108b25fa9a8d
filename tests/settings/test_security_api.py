"""How an account is entered, over the API: the password once more, two-step login, recovery codes, new accounts."""

from typing import Any

import pyotp

from assistant.users import accounts
from tests.person import PASSWORD
from tests.programs import HOST, House
from tests.rest.test_rest import cookie

LOGIN = {"grant_type": "password", "username": "anna", "password": PASSWORD}


def test_a_login_of_long_ago_does_nothing_dangerous_until_the_password_comes_again(house: House) -> None:
    key, token = house.program("anna"), house.client().post("/auth/token", data=LOGIN).json()["access_token"]
    anna = house.client(token)
    dangerous: list[tuple[str, str, Any, bool]] = [
        ("POST", "/me/keys", {"name": "x", "scopes": ["read"]}, True), ("POST", "/exports", None, True),
        ("DELETE", "/me/storage/prompts", None, True), ("POST", "/me/recovery-codes", None, False),
        ("PUT", "/me/two-step", {"secret": "x", "code": "1"}, False), ("DELETE", "/me/two-step", None, False),
        ("DELETE", "/me", None, False),
    ]  # fmt: skip
    house.later(minutes=11)
    for method, path, body, _ in dangerous:
        refused = anna.request(method, path, json=body)
        assert (path, refused.status_code) == (path, 403)
        assert "ten minutes" in refused.json()["detail"]
    for method, path, body, by_key in dangerous:
        if not by_key:
            refused = key.request(method, path, json=body)
            assert (path, refused.status_code, "A key cannot" in refused.text) == (path, 403, True)
    browser = {**cookie(house, "anna"), "origin": HOST}
    house.later(minutes=11)
    made = house.client().post("/me/keys", json={"name": "x", "scopes": ["read"]}, headers=browser)
    assert made.status_code == 403


def test_the_password_once_more_is_good_for_ten_minutes(house: House) -> None:
    house.person("anna")
    granted = house.client().post("/auth/token", data=LOGIN).json()
    house.later(minutes=14)
    anna = house.client(granted["access_token"])
    assert anna.post("/me/recovery-codes").status_code == 403
    assert anna.post("/me/proof", json={"password": "guess"}).json()["errors"][0]["field"] == "password"
    assert anna.post("/me/proof", json={"password": PASSWORD}).status_code == 204
    assert len(anna.post("/me/recovery-codes").json()["codes"]) == 8
    next_one = {"grant_type": "refresh_token", "refresh_token": granted["refresh_token"]}
    again = house.client(house.client().post("/auth/token", data=next_one).json()["access_token"])
    house.later(minutes=9)
    assert again.post("/me/recovery-codes").status_code == 201
    house.later(minutes=2)
    assert again.post("/me/recovery-codes").status_code == 403
    key = house.program("anna")
    assert key.post("/me/proof", json={"password": PASSWORD}).status_code == 403


def test_two_step_login_is_turned_on_and_off(house: House) -> None:
    house.person("anna")
    other = house.client(house.client().post("/auth/token", data=LOGIN).json()["access_token"])
    anna = house.client(house.client().post("/auth/token", data=LOGIN).json()["access_token"])
    assert anna.get("/me/two-step").json() == {"on": False, "demanded": False}
    secret = anna.post("/me/two-step/secret").json()
    assert secret["secret"] in secret["address"]
    assert anna.put("/me/two-step", json={"secret": secret["secret"], "code": "000000"}).status_code == 422
    code = pyotp.TOTP(secret["secret"]).at(house.now)
    assert anna.put("/me/two-step", json={"secret": secret["secret"], "code": code}).status_code == 204
    assert anna.get("/me/two-step").json()["on"]
    assert other.get("/me").status_code == 401
    assert house.client().post("/auth/token", data=LOGIN).json()["error"] == "code_required"
    owner = house.program("anna")
    (person,) = owner.get("/users").json()["items"]
    assert person["two_step"]
    assert owner.patch("/household", json={"two_step": True}, headers={"If-Match": "*"}).json()["two_step"]
    assert anna.delete("/me/two-step").status_code == 403
    owner.patch("/household", json={"two_step": False}, headers={"If-Match": "*"})
    assert anna.delete("/me/two-step").status_code == 204
    assert house.client().post("/auth/token", data=LOGIN).status_code == 200


def test_an_owner_limits_what_somebody_keeps_and_takes_two_steps_off(house: House) -> None:
    anna, eve = house.program("anna"), house.program("eve")
    user, any_version = house.person("eve"), {"If-Match": "*"}
    limited = anna.patch(f"/users/{user}", json={"quota": 20}, headers=any_version).json()
    assert (limited["quota"], limited["two_step"]) == (20, False)
    full = eve.post("/notes", json={"text": "x" * 100})
    assert (full.status_code, full.json()["title"]) == (507, "No room left")
    assert eve.post("/prompts", json={"name": "x", "text": "x" * 100}).status_code == 507
    assert eve.post("/conversations", json={"text": "x" * 100}).status_code == 507
    assert eve.get("/me/storage").json()["quota"] == 20
    assert anna.patch(f"/users/{user}", json={"quota": None}, headers=any_version).json()["quota"] is None
    assert eve.post("/notes", json={"text": "x" * 100}).status_code == 201
    kept = {one["kind"]: (one["count"], one["size"]) for one in anna.get(f"/users/{user}/storage").json()["items"]}
    assert kept["notes"] == (1, 100)
    assert anna.patch(f"/users/{user}", json={"two_step": False}, headers=any_version).status_code == 200
    assert anna.patch(f"/users/{user}", json={"two_step": True}, headers=any_version).status_code == 422


def test_all_of_a_kind_is_deleted_in_pieces(house: House) -> None:
    anna, eve = house.program("anna"), house.program("eve")
    eve.post("/prompts", json={"name": "hers", "text": "x"})
    for number in range(5):
        assert anna.post("/prompts", json={"name": f"p{number}", "text": "x"}).status_code == 201
    assert anna.delete("/me/storage/prompts?most=3").json() == {"deleted": 3, "left": 2}
    assert anna.delete("/me/storage/prompts").json() == {"deleted": 2, "left": 0}
    assert anna.delete("/me/storage/cups").status_code == 404
    assert len(eve.get("/prompts").json()["items"]) == 1


def test_people_make_accounts_and_open_them_again(house: House) -> None:
    nobody = house.client()
    new = {"name": "anna", "password": "a fine long one", "zone": "Europe/Berlin"}
    first = nobody.post("/auth/register", json=new).json()
    assert (first["name"], len(first["codes"])) == ("anna", 8)
    anna = house.client(nobody.post("/auth/token", data=LOGIN | {"password": new["password"]}).json()["access_token"])
    assert anna.get("/me").json()["owner"]
    assert anna.get("/me/preferences").json()["zone"] == "Europe/Berlin"
    closed = nobody.post("/auth/register", json={"name": "ben", "password": "a fine long one"})
    assert closed.status_code == 403
    house.run(accounts.set_registration, "invitation")
    secret = anna.post("/invitations").json()["secret"]
    wrong: dict[str, Any]
    for wrong, field, status in (
        ({"name": "x"}, "name", 422),
        ({"password": "short"}, "password", 422),
        ({"name": "anna"}, "name", 409),
    ):
        body = {"name": "ben", "password": "a fine long one", "invitation": secret, **wrong}
        refused = nobody.post("/auth/register", json=body)
        assert (refused.status_code, refused.json()["errors"][0]["field"]) == (status, field)
    ben = {"name": "ben", "password": "a fine long one", "invitation": secret}
    house.later(minutes=30)
    assert nobody.post("/auth/register", json=ben).status_code == 201
    assert nobody.post("/auth/register", json={**ben, "name": "cleo"}).status_code == 403
    house.later(minutes=30)
    key = house.program("anna")
    again = {"name": "anna", "code": first["codes"][0], "password": "another fine one"}
    assert nobody.post("/auth/recover", json={**again, "code": "x"}).json()["errors"][0]["field"] == "code"
    assert nobody.post("/auth/recover", json=again).status_code == 204
    assert nobody.post("/auth/recover", json=again).status_code == 403
    assert key.get("/me").status_code == 401
    many = [nobody.post("/auth/recover", json=again) for _ in range(12)][-1]
    assert (many.status_code, int(many.headers["retry-after"]) > 0) == (429, True)
