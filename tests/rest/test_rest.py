"""What holds for all of the API: who comes in, what is refused and how, what counts once."""

import json
from typing import Any

import pytest

from assistant.chat.models import Conversation
from assistant.rest import door
from assistant.rest.models import KeptAnswer
from assistant.web.guards.programs import API
from tests.notes.test_notes_api import picture
from tests.programs import HOST, House

PROBLEM = "application/problem+json"


@pytest.mark.parametrize(
    ("method", "path", "status"),
    [
        ("GET", "/nothing", 404), ("GET", "", 404), ("GET", "/notes/", 404), ("PUT", "/notes", 405),
        ("DELETE", "/notes/1/restore", 405), ("TRACE", "/notes", 405), ("GET", "/notes/0", 422),
        ("GET", f"/notes/{2**70}", 422), ("GET", "/notes/x", 404), ("GET", "/notes?limit=0", 422),
        ("GET", "/notes?colour=red", 422), ("GET", f"/notes/{'9' * 1200}", 414), ("GET", "/notes/77", 404),
    ],
)  # fmt: skip
def test_every_failure_is_a_problem(lasting_house: House, method: str, path: str, status: int) -> None:
    answer = lasting_house.program("anna").request(method, path)
    assert (answer.status_code, answer.headers["content-type"]) == (status, PROBLEM)
    told = answer.json()
    assert set(told) >= {"type", "title", "status", "detail", "errors"}
    assert told["status"] == status
    assert bool(told["errors"]) == (status == 422)
    if status == 405:
        assert {"GET", "POST"} & set(answer.headers["allow"].split(", "))


@pytest.mark.parametrize(
    ("content", "kind", "status", "field"),
    [
        (b"{", "application/json", 400, None), (b"\xff\xfe", "application/json", 400, None),
        (b"[" * 60_000, "application/json", 400, None), (b"{}", "text/plain", 415, None),
        (b"<note/>", "application/xml", 415, None), (b"[]", "application/json", 422, ""),
        (b'{"text": 1}', "application/json", 422, "text"), (b'{"txt": "x"}', "application/json", 422, "txt"),
        (b"", "application/json", 422, ""),
        (b'{"pinned": 1}', "application/json", 422, "pinned"),
        (json.dumps({"tags": ["x" * 200]}).encode(), "application/json", 422, "tags.0"),
        (json.dumps({"text": "x" * 1_000_001}).encode(), "application/json", 422, "text"),
        (b'{"text": "a\\u0000b"}', "", 201, None), (b'{"text": "\\ud800"}', "application/json", 201, None),
        (b'{"text": "x"}', "application/x-www-form-urlencoded", 201, None),
    ],
)  # fmt: skip
def test_bodies_are_read_strictly(
    lasting_house: House, content: bytes, kind: str, status: int, field: str | None
) -> None:
    anna = lasting_house.program("anna")
    answer = anna.post("/notes", content=content, headers={"content-type": kind} if kind else {})
    assert answer.status_code == status, answer.text
    if field is not None:
        assert [error["field"] for error in answer.json()["errors"]] == [field]
        assert answer.json()["errors"][0]["place"] == "body"


def test_a_body_that_is_too_large_is_a_problem_also_in_pieces(house: House) -> None:
    anna = house.program("anna")
    assert anna.post("/me/keys", content=b"x" * 70_000).status_code == 413

    def pieces():  # type: ignore[no-untyped-def]
        for _ in range(20):
            yield b" " * 10_000

    answer = anna.post("/me/keys", content=pieces(), headers={"content-type": "application/json"})
    assert (answer.status_code, answer.headers["content-type"]) == (413, PROBLEM)


def test_a_request_with_a_key_counts_once(house: House) -> None:
    anna, eve = house.program("anna"), house.program("eve")
    key = {"Idempotency-Key": "one"}
    first = anna.post("/notes", json={"text": "tea"}, headers=key)
    again = anna.post("/notes", json={"text": "tea"}, headers=key)
    assert (again.status_code, again.json()) == (201, first.json())
    assert again.headers["idempotency-replayed"] == "true"
    assert again.headers["location"] == first.headers["location"]
    other = anna.post("/notes", json={"text": "coffee"}, headers=key)
    assert (other.status_code, other.json()["errors"][0]["field"]) == (409, "Idempotency-Key")
    assert eve.post("/notes", json={"text": "tea"}, headers=key).json()["id"] != first.json()["id"]
    assert anna.get("/notes/counts").json()["notes"] == 1
    # What failed is tried again, not answered again.
    assert anna.post("/notes/99/duplicate", headers={"Idempotency-Key": "two"}).status_code == 404
    house.later(hours=25)
    assert anna.post("/notes", json={"text": "tea"}, headers=key).json()["id"] != first.json()["id"]
    house.later(hours=25)
    assert house.run(door.purge, house.now) == 2
    assert KeptAnswer.select().count() == 0
    assert anna.post("/notes", json={}, headers={"Idempotency-Key": "x" * 300}).status_code == 422


def test_a_place_in_a_list_that_was_never_told_is_refused_by_its_field(house: House) -> None:
    anna = house.program("anna")
    home = anna.post("/conversations", json={"text": "x"}).json()["conversation"]["id"]
    for path in ("/notes", "/reminders", "/conversations", f"/conversations/{home}/messages", "/acts"):
        for place in ("", "..", "AAAA", "e30", "Li4", "é", "x" * 1999):
            where = {"where": "done"} if path == "/acts" else {}
            refused = anna.get(path, params={"after": place, **where})
            named = refused.json().get("errors", [])
            assert (path, place, refused.status_code, [one["field"] for one in named]) == (path, place, 404, ["after"])


@pytest.mark.parametrize(
    ("path", "body"),
    [
        ("/notes/tags/rename", {"name": "tea", "new_name": "coffee"}), ("/reminders/rings/dismiss", None),
        ("/images", picture()),
    ],
)  # fmt: skip
def test_what_is_done_by_a_post_is_done_once(house: House, path: str, body: Any) -> None:
    anna = house.program("anna")
    anna.post("/notes", json={"text": "x", "tags": ["tea"]})
    key = {"Idempotency-Key": "one"}
    sent = {"content": body, "headers": key | {"content-type": "image/png"}} if isinstance(body, bytes) else {
        "json": body, "headers": key,
    }  # fmt: skip
    first, again = (anna.post(path, **sent) for _ in range(2))
    assert (first.is_success, again.json(), again.headers["idempotency-replayed"]) == (True, first.json(), "true")


def test_scopes_are_kept_to(house: House) -> None:
    reader = house.program("anna", "read")
    assert reader.get("/notes").status_code == 200
    refused = reader.post("/notes", json={"text": "x"})
    assert (refused.status_code, refused.json()["detail"]) == (
        403,
        "This key may not do that: it lacks the scope write.",
    )
    assert house.program("anna", "write").get("/notes").status_code == 403
    assert house.program("anna", "read", "write").get("/me/keys").status_code == 403


def test_nobody_gets_in_without_a_key(house: House) -> None:
    house.person("anna")
    for given in (
        None,
        b"Bearer ast_x",
        b"Bearer a.b.c",
        b"Basic YTpi",
        b"",
        b"Bearer \xff\xfe",
        b"Bearer " + b"x" * 9000,
    ):
        headers = {} if given is None else {b"authorization": given}
        answer = house.client().get("/notes", headers=headers)
        assert (answer.status_code, answer.headers["content-type"]) == (401, PROBLEM), given
        assert answer.headers["www-authenticate"].startswith("Bearer")
    assert house.client().get("/openapi.json").status_code == 401


def cookie(house: House, name: str) -> dict[str, str]:
    """The cookie of a browser of that person."""
    token = house.wait(house.parts.sessions.begin(house.person(name), "a browser"))
    return {"cookie": f"assistant-session={token}"}


def test_a_cookie_counts_only_from_our_own_pages(house: House) -> None:
    anna, browser = cookie(house, "anna"), house.client()
    assert browser.get("/notes", headers=anna).status_code == 200
    ours = {**anna, "origin": HOST}
    assert browser.post("/notes", json={"text": "x"}, headers=ours).status_code == 201
    for elsewhere in ({}, {"origin": "https://evil.example"}, {"origin": "null"}, {"sec-fetch-site": "cross-site"},
                      {"origin": HOST, "sec-fetch-site": "same-site"}):  # fmt: skip
        assert browser.post("/notes", json={"text": "x"}, headers={**anna, **elsewhere}).status_code == 403, elsewhere
    # A key beside it makes it not count at all.
    wrong = {**ours, "authorization": "Bearer ast_wrong"}
    assert browser.post("/notes", json={"text": "x"}, headers=wrong).status_code == 401
    evil = {"origin": "https://evil.example"}
    assert house.program("anna").post("/notes", json={"text": "x"}, headers=evil).status_code == 201


def test_other_sites_are_let_in_by_name_only(tmp_path, house: House) -> None:  # type: ignore[no-untyped-def]
    asks = {"origin": "https://board.example", "access-control-request-method": "POST"}
    closed = house.client().options("/notes", headers=asks)
    assert "access-control-allow-origin" not in closed.headers
    assert closed.status_code == 405
    (tmp_path / "open").mkdir()
    open_house = House(tmp_path / "open", cors_origins=("https://board.example",))
    anna = open_house.program("anna")
    may = open_house.client().options("/notes", headers=asks)
    assert may.status_code == 204
    assert may.headers["access-control-allow-origin"] == "https://board.example"
    assert "Authorization" in may.headers["access-control-allow-headers"]
    assert "access-control-allow-credentials" not in may.headers
    got = anna.get("/notes", headers={"origin": "https://board.example"})
    assert got.headers["access-control-allow-origin"] == "https://board.example"
    assert "access-control-allow-origin" not in anna.get("/notes", headers={"origin": "https://evil.example"}).headers
    open_house.close()


def test_too_many_requests_are_told_when_to_come_again(tmp_path, house: House) -> None:  # type: ignore[no-untyped-def]
    told = house.program("anna").get("/notes").headers
    assert told["ratelimit-policy"] == '"key";q=600;w=60'
    assert told["ratelimit"].startswith('"key";r=599;t=')
    (tmp_path / "slow").mkdir()
    slow = House(tmp_path / "slow", api_rate=10)
    anna, other = slow.program("anna"), slow.program("anna")
    answers = [anna.get("/notes") for _ in range(12)]
    assert [a.status_code for a in answers][:10] == [200] * 10
    last = answers[-1]
    assert (last.status_code, last.headers["content-type"]) == (429, PROBLEM)
    assert 1 <= int(last.headers["retry-after"]) <= 7
    assert other.get("/notes").status_code == 200
    nobody = [slow.client().get("/notes").status_code for _ in range(40)]
    assert (nobody[0], nobody[-1]) == (401, 429)
    slow.close()


def test_a_fault_of_ours_is_a_problem_too(house: House, monkeypatch: pytest.MonkeyPatch) -> None:
    from assistant.notes import queries  # noqa: PLC0415

    def broken(*_args: object, **_more: object) -> None:
        raise RuntimeError("a secret of ours")

    anna = house.client(house.key("anna"), raises=False)
    monkeypatch.setattr(queries, "counts", broken)
    answer = anna.get("/notes/counts")
    assert (answer.status_code, answer.headers["content-type"]) == (500, PROBLEM)
    assert "secret" not in answer.text
    assert Conversation.select().count() == 0
    assert API in str(answer.url)
