"""The door at ``/mcp``: who comes in and how much they may ask; and that nothing sent there does what it should not."""

import json
from pathlib import Path
from typing import Any

import httpx
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from assistant.chat.acting import records
from assistant.chat.models import Act
from assistant.notes.models import Note
from assistant.reminders.models import Reminder
from assistant.users.access import api_keys
from assistant.users.models import ApiKey
from tests.databases import EmptyPostgres
from tests.examples import examples
from tests.person import PASSWORD
from tests.programs import HOST, House

TAKES = {"accept": "application/json, text/event-stream"}
BEGIN = {"protocolVersion": "2025-06-18", "capabilities": {}, "clientInfo": {"name": "x", "version": "1"}}
TOOLS = ("find", "read_note", "list_reminders", "save_note", "remind")


def asked(program: httpx.Client, method: str, params: Any = None, **headers: str) -> httpx.Response:
    """What a message of the protocol is answered, with nothing said before it."""
    said = {"jsonrpc": "2.0", "id": 1, "method": method, "params": params if params is not None else {}}
    content = json.dumps(said)
    headers = {**TAKES, "content-type": "application/json", **headers}
    return program.post(f"{HOST}/mcp", content=content, headers=headers)


def call(program: httpx.Client, tool: str, arguments: Any) -> httpx.Response:
    return asked(program, "tools/call", {"name": tool, "arguments": arguments})


def rows(house: House) -> tuple[int, int]:
    notes, reminders = house.run(lambda: (Note.select().count(), Reminder.select().count()))
    return int(notes), int(reminders)


def test_only_a_key_opens_it(house: House) -> None:
    house.person("anna")
    login = {"grant_type": "password", "username": "anna", "password": PASSWORD}
    token = house.client().post("/auth/token", data=login).json()["access_token"]
    for given_key in ("", "ast_wrong", token):
        answer = asked(house.client(given_key), "tools/list")
        assert (answer.status_code, answer.headers["www-authenticate"]) == (401, "Bearer")
    program = house.program("anna", "read")
    assert asked(program, "tools/list").status_code == 200
    house.run(lambda: ApiKey.update(expires=house.now).execute())
    assert asked(program, "tools/list").status_code == 401


def test_each_message_stands_for_itself(house: House) -> None:
    program = house.program("anna")
    begun = asked(program, "initialize", BEGIN)
    assert begun.headers["content-type"] == "application/json"
    assert begun.json()["result"]["protocolVersion"] == "2025-06-18"
    assert "mcp-session-id" not in begun.headers
    # Another instance may answer what comes next: it has heard of nothing.
    with_version = asked(program, "tools/list", **{"mcp-protocol-version": "2025-06-18"})
    assert [tool["name"] for tool in with_version.json()["result"]["tools"]] == list(TOOLS)
    size = len(with_version.content)
    assert size < 6000, "a model reads all of it before each answer"


def test_one_instance_is_asked_what_another_was_begun_with(tmp_path: Path, empty_postgres: EmptyPostgres) -> None:
    address = empty_postgres.address()
    first = House(tmp_path / "first", database_url=address)
    key = first.key("anna", "read", "write")
    assert asked(first.client(key), "initialize", BEGIN).status_code == 200
    first.close()
    second = House(tmp_path / "second", database_url=address)
    said = call(second.client(key), "save_note", {"text": "# Tea"}).json()["result"]["structuredContent"]
    assert said["state"] == "waits"
    (waits,) = second.run(records.from_outside, second.person("anna"), second.now)
    assert waits.program == "a test"
    second.close()


def test_other_sites_and_names_are_refused(tmp_path: Path) -> None:
    house = House(tmp_path, cors_origins="https://friend.example")
    program = house.program("anna")
    for origin in ("https://friend.example", "http://thief.example", "null"):
        answer = asked(program, "tools/list", origin=origin)
        assert answer.status_code == 403
        assert not [name for name in answer.headers if name.startswith("access-control")]
    preflight = program.options(
        f"{HOST}/mcp", headers={"origin": "https://friend.example", "access-control-request-method": "POST"}
    )
    assert preflight.status_code == 403
    assert asked(program, "tools/list", origin=HOST).status_code == 200
    assert asked(program, "tools/list", host="thief.example").status_code == 421
    for place in ("oauth-protected-resource", "oauth-protected-resource/mcp", "oauth-authorization-server"):
        assert house.client().get(f"{HOST}/.well-known/{place}").status_code == 404
    house.close()


def test_it_is_asked_by_post_in_json_that_is_not_too_long(house: House) -> None:
    program = house.program("anna")
    for method in ("GET", "DELETE", "PUT"):
        answer = program.request(method, f"{HOST}/mcp", headers=TAKES)
        assert (answer.status_code, answer.headers["allow"]) == (405, "POST")
    assert asked(program, "tools/list", **{"content-type": "text/plain"}).status_code in {400, 415}
    assert asked(program, "tools/list", accept="text/html").status_code == 406
    assert call(program, "save_note", {"text": "x" * 3_000_000}).status_code == 413
    for broken in ("", "{", "[]", "[{}]", "null", '"x"', "[" * 5000, '{"jsonrpc":"2.0"}', '{"id":1e999}', "9" * 5000):
        headers = {**TAKES, "content-type": "application/json"}
        answer = program.post(f"{HOST}/mcp", content=broken, headers=headers)
        assert 400 <= answer.status_code < 500, broken
    assert asked(program, "tools/delete_all").json()["error"]["code"] == -32601
    assert call(program, "delete_all", {}).json()["error"]["code"] == -32602


def test_a_key_may_ask_so_much_a_minute_of_both_doors_together(tmp_path: Path) -> None:
    house = House(tmp_path, api_rate=10)
    program = house.program("anna")
    for _ in range(5):
        assert asked(program, "tools/list").status_code == 200
        assert program.get("/me").status_code == 200
    answer = asked(program, "tools/list")
    assert answer.status_code == 429
    assert int(answer.headers["retry-after"]) >= 1
    assert answer.headers["ratelimit-policy"] == '"key";q=10;w=60'
    house.close()


HOSTILE: list[tuple[str, Any]] = [
    ("find", {}), ("find", {"query": 7}), ("find", {"query": "x" * 1001}), ("find", {"query": "a", "kind": "user"}),
    ("find", {"query": "a", "user": 1}), ("read_note", {"id": 0}), ("read_note", {"id": -1}),
    ("read_note", {"id": 2**63}), ("read_note", {"id": 10**400}), ("read_note", {"id": True}),
    ("read_note", {"id": "1; DROP TABLE note"}), ("read_note", {"id": [1]}), ("read_note", {"id": 99}),
    ("save_note", {"text": ""}), ("save_note", {"text": "\x00"}), ("save_note", {"text": " \n "}),
    ("save_note", {"text": "x" * 100_001}), ("save_note", {"text": "x", "id": 0}), ("save_note", {"text": None}),
    ("remind", {"sentence": ""}), ("remind", {"sentence": "tomorrow"}),
    ("remind", {"sentence": "tea tomorrow at 9", "id": 77}), ("remind", {"sentence": "x" * 1001}),
    ("list_reminders", {"view": "theirs"}), ("list_reminders", {"limit": 0}), ("list_reminders", {"limit": 10**9}),
]  # fmt: skip


@pytest.mark.parametrize(("tool", "arguments"), HOSTILE)
def test_what_cannot_be_is_told_and_nothing_is_done(lasting_house: House, tool: str, arguments: Any) -> None:
    program, before = lasting_house.program("anna"), rows(lasting_house)
    answer = call(program, tool, arguments)
    assert answer.status_code == 200
    result = answer.json()["result"]
    assert result["isError"] is True
    assert 0 < len(result["content"][0]["text"]) < 1000
    assert rows(lasting_house) == before


def test_half_characters_and_signs_of_markup_are_only_text(house: House) -> None:
    program = house.client(house.key("anna", asks=False))
    for text in ("\ud800 half", "a\x00b", "\u202e right", "<script>alert(1)</script>", "a\r\nb"):
        answer = call(program, "save_note", {"text": text})
        assert answer.status_code in {200, 400}, text
    found = call(program, "find", {"query": "script"}).json()["result"]["structuredContent"]["items"]
    assert [one["title"] for one in found] == ["<script>alert(1)</script>"]


@pytest.fixture(scope="module")
def asking(lasting_house: House) -> httpx.Client:
    """A program that has to ask; how often is no matter here."""
    user = lasting_house.person("anna")
    key = lasting_house.run(
        api_keys.make, user, name="fuzz", scopes=["read", "write"], now=lasting_house.now
    )[1]  # fmt: skip
    return lasting_house.client(key)


VALUES = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False, allow_infinity=False) | st.text(max_size=60),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=8), inner, max_size=3),
    max_leaves=8,
)
NAMED = st.dictionaries(
    st.sampled_from(["query", "kind", "id", "start", "text", "sentence", "view", "limit", "user", "asks"]),
    VALUES | st.sampled_from(["call Anna tomorrow at 9", "done", "delete", "note", 1, 2]), max_size=4,
)  # fmt: skip


@settings(max_examples=examples(400), deadline=None)
@given(tool=st.sampled_from(TOOLS), arguments=NAMED | VALUES)
def test_whatever_is_sent_is_answered_and_nothing_is_done_without_a_yes(
    lasting_house: House, asking: httpx.Client, tool: str, arguments: Any
) -> None:
    before = rows(lasting_house)
    answer = call(asking, tool, arguments)
    assert answer.status_code in {200, 400}
    told = answer.json()
    assert ("result" in told) != ("error" in told)
    if "result" in told and not told["result"]["isError"]:
        assert told["result"]["structuredContent"].get("state") in {None, "waits"}
    assert rows(lasting_house) == before
    lasting_house.run(lambda: Act.delete().execute())
