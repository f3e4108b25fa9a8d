"""Programs log in, go on, and are let out: by tokens and by keys."""

import base64
import json
from datetime import timedelta
from typing import Any

import httpx
import jwt
import pyotp
import pytest

from assistant.users import accounts
from assistant.users.access import signing
from assistant.users.models import SigningKey
from assistant.users.two_step import codes
from tests.person import PASSWORD
from tests.programs import House


def login(client: httpx.Client, name: str = "anna", **more: str) -> Any:
    """What logging in is answered."""
    return client.post("/auth/token", data={"grant_type": "password", "username": name, "password": PASSWORD, **more})


def refresh(client: httpx.Client, token: str) -> Any:
    """What going on is answered."""
    return client.post("/auth/token", data={"grant_type": "refresh_token", "refresh_token": token})


def opens(house: House, token: str) -> bool:
    """Whether the token lets somebody in."""
    return house.client(token).get("/notes").status_code == 200


def test_a_program_logs_in_and_goes_on(house: House) -> None:
    house.person("anna")
    nobody = house.client()
    first = login(nobody, scope="read")
    assert first.status_code == 200
    assert first.headers["cache-control"] == "no-store"
    got = first.json()
    assert (got["token_type"], got["expires_in"], got["scope"]) == ("Bearer", 900, "read")
    claims = jwt.decode(got["access_token"], options={"verify_signature": False})
    assert set(claims) == {"iss", "aud", "sub", "sid", "scope", "jti", "iat", "exp"}
    assert jwt.get_unverified_header(got["access_token"])["alg"] == "EdDSA"
    assert opens(house, got["access_token"])
    assert house.client(got["access_token"]).post("/notes", json={}).status_code == 403

    house.later(minutes=15)
    assert not opens(house, got["access_token"])
    second = refresh(nobody, got["refresh_token"]).json()
    assert second["scope"] == "read"
    assert opens(house, second["access_token"])
    # Used twice, it was stolen: all of its family ends.
    stolen = refresh(nobody, got["refresh_token"])
    assert (stolen.status_code, stolen.json()["error"]) == (401, "invalid_grant")
    assert not opens(house, second["access_token"])
    assert refresh(nobody, second["refresh_token"]).status_code == 401


def test_logging_out_ends_all_tokens_of_a_login(house: House) -> None:
    house.person("anna")
    nobody = house.client()
    one, other = login(nobody).json(), login(nobody).json()
    assert nobody.post("/auth/revoke", data={"refresh_token": one["refresh_token"]}).status_code == 204
    assert not opens(house, one["access_token"])
    assert opens(house, other["access_token"])
    assert nobody.post("/auth/revoke", data={"refresh_token": "whatever"}).status_code == 204


@pytest.mark.parametrize("end", ["everywhere", "password", "disabled"])
def test_tokens_and_keys_end_at_once(house: House, end: str) -> None:
    house.person("boss")
    user = house.person("anna")
    key, got = house.key("anna"), login(house.client()).json()
    assert opens(house, key)
    assert opens(house, got["access_token"])
    if end == "everywhere":
        house.wait(house.parts.sessions.end_all(user))
    elif end == "password":
        house.run(accounts.set_password, user, house.parts.passwords.hash_here("another fine one"))
    else:
        house.run(accounts.disable, user, house.now)
    assert not opens(house, key)
    assert not opens(house, got["access_token"])
    assert refresh(house.client(), got["refresh_token"]).status_code == 401


def test_wrong_names_and_passwords_are_refused_alike_and_slowed(house: House) -> None:
    house.person("anna")
    nobody = house.client()
    wrong = [login(nobody, password="no"), login(nobody, "nobody-here")]
    assert {answer.status_code for answer in wrong} == {401}
    assert wrong[0].json()["detail"] == wrong[1].json()["detail"]
    answers = [login(nobody, password="no") for _ in range(12)]
    assert answers[-1].status_code == 429
    assert int(answers[-1].headers["retry-after"]) > 0
    for field, value, status in (
        ("grant_type", "magic", 422), ("scope", "everything", 422), ("extra", "x", 200), ("scope", "x" * 200, 422),
    ):  # fmt: skip
        house.later(hours=24)
        assert login(nobody, **{field: value}).status_code == status, field
    assert nobody.post("/auth/token", json={"grant_type": "password"}).status_code == 415


def test_an_account_with_two_steps_needs_a_code(house: House) -> None:
    user, secret = house.person("anna"), codes.new_secret()
    app = pyotp.TOTP(secret)
    house.run(codes.turn_on, user, secret, app.at(house.now), house.now)
    nobody = house.client()
    missing = login(nobody)
    assert (missing.status_code, missing.json()["error"], missing.json()["errors"][0]["field"]) == (
        401, "code_required", "code",
    )  # fmt: skip
    assert login(nobody, code="000000").json()["error"] == "invalid_grant"
    house.later(minutes=1)
    code = app.at(house.now)
    assert login(nobody, code=code, password="wrong").json()["errors"][0]["field"] == "password"
    assert login(nobody, code=code).status_code == 200
    assert login(nobody, code=code).status_code == 401  # a code counts once
    recovery = house.run(accounts.new_codes, user)[0]
    assert login(nobody, code=recovery).status_code == 200


def test_where_two_steps_are_demanded_they_are_set_up_first(house: House) -> None:
    anna = house.program("anna")
    assert anna.patch("/household", json={"two_step": True}, headers={"If-Match": "*"}).status_code == 200
    refused = anna.get("/notes")
    assert (refused.status_code, refused.json()["detail"]) == (403, "Set up two-step login first, in a browser.")


def forged(token: str, house: House, **changes: Any) -> str:
    """The token with other claims, signed by the key that signs."""
    claims = jwt.decode(token, options={"verify_signature": False})
    claims.update(changes)
    row = SigningKey.select().order_by(SigningKey.id.desc()).first()
    from assistant.users.access.access_tokens import _private  # noqa: PLC0415

    headers = {"kid": row.name, "typ": "at+jwt"}
    return jwt.encode({k: v for k, v in claims.items() if v is not None}, _private(bytes(row.secret)), "EdDSA", headers)


def test_tokens_that_were_tampered_with_open_nothing(house: House) -> None:
    house.person("anna")
    house.person("eve")
    token = login(house.client()).json()["access_token"]
    assert opens(house, forged(token, house))
    for change in (
        {"aud": "other"}, {"iss": "other"}, {"sub": "2"}, {"sid": "99"}, {"sid": None}, {"sub": "x"}, {"exp": 1e30},
        {"jti": None}, {"exp": None}, {"scope": None}, {"sid": "9" * 40},
    ):  # fmt: skip
        assert not opens(house, forged(token, house, **change)), change
    head, body, mark = token.split(".")
    none = base64.urlsafe_b64encode(json.dumps({"alg": "none", "typ": "at+jwt"}).encode()).decode().rstrip("=")
    kid = jwt.get_unverified_header(token)["kid"]
    with_public = jwt.encode({"sub": "1"}, "x" * 32, "HS256", {"kid": kid, "typ": "at+jwt"})
    for other in (
        f"{none}.{body}.",
        f"{none}.{body}.{mark}",
        f"{head}.{body}.{mark[:-4]}AAAA",
        with_public,
        f"{head}..",
    ):
        assert not opens(house, other)
    another_kind = jwt.encode({"sub": "1"}, "x" * 32, "HS256", {"kid": kid})
    assert not opens(house, another_kind)


def test_a_signing_key_that_was_replaced_is_believed_until_its_tokens_end(house: House) -> None:
    house.person("anna")
    old = login(house.client()).json()["access_token"]
    leaked = SigningKey.select().first()
    house.later(minutes=5)
    house.run(signing.rotate, house.now)
    assert opens(house, old)
    new = login(house.client()).json()["access_token"]
    assert jwt.get_unverified_header(new)["kid"] != jwt.get_unverified_header(old)["kid"]
    assert opens(house, new)
    # With the old key, nobody makes a token that lasts longer.
    longer = house.now + timedelta(minutes=20)
    from assistant.users.access.access_tokens import _private  # noqa: PLC0415

    claims = jwt.decode(old, options={"verify_signature": False}) | {"exp": longer}
    headers = {"kid": leaked.name, "typ": "at+jwt"}
    assert not opens(house, jwt.encode(claims, _private(bytes(leaked.secret)), "EdDSA", headers))
    house.later(minutes=20)
    house.run(signing.rotate, house.now)
    house.later(minutes=20)
    house.run(signing.rotate, house.now)
    assert SigningKey.select().count() <= 2


def test_keys_are_made_shown_once_and_taken_back(house: House) -> None:
    anna, eve = house.program("anna"), house.program("eve")
    body = {"name": " Kitchen  display ", "scopes": ["write", "read"], "expires": "2026-03-03T12:00:00+00:00"}
    made = anna.post("/me/keys", json=body)
    assert made.status_code == 201
    key = made.json()
    assert (key["name"], key["scopes"], key["expires"]) == (
        "Kitchen display",
        ["read", "write"],
        "2026-03-03T12:00:00Z",
    )
    assert key["key"].startswith("ast_")
    assert key["key"].endswith(key["ending"])
    listed = anna.get("/me/keys").json()["items"][0]
    assert listed == {name: value for name, value in key.items() if name != "key"}
    assert opens(house, key["key"])
    assert anna.get("/me/keys").json()["items"][0]["used"] == "2026-03-02T12:00:00Z"
    assert eve.delete(f"/me/keys/{key['id']}").status_code == 404
    house.later(hours=23)
    assert opens(house, key["key"])
    house.later(hours=1)
    assert not opens(house, key["key"])
    other = anna.post("/me/keys", json={"name": "x", "scopes": ["read"]}).json()
    assert anna.delete(f"/me/keys/{other['id']}").status_code == 204
    assert not opens(house, other["key"])
    refusals: list[dict[str, Any]] = [
        {"scopes": ["all"]}, {"scopes": []}, {"name": " "}, {"expires": "2020-01-01T00:00:00Z"},
    ]  # fmt: skip
    for wrong in refusals:
        refused = anna.post("/me/keys", json={"name": "x", "scopes": ["read"], **wrong})
        assert refused.status_code == 422, wrong
        assert refused.json()["errors"][0]["field"].partition(".")[0] == next(iter(wrong))
