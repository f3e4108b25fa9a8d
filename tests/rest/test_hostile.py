"""Requests that mean harm, or no sense: each is refused with a problem, and nothing breaks."""

import json

import pytest

from tests.programs import House
from tests.rest.test_rest import PROBLEM

DEEP = b"[" * 30_000 + b"]" * 30_000
BOMBS: list[tuple[str, str, bytes, str, int]] = [
    ("nested without end", "/notes", b'{"tags": ' + DEEP + b"}", "application/json", 400),
    ("a number of ten thousand digits", "/notes/bulk", b'{"action": "pin", "ids": [' + b"9" * 10_000 + b"]}", "", 400),
    ("a number beyond all", "/conversations", b'{"text": "x", "settings": {"temperature": 1e999}}', "", 422),
    ("no number", "/conversations", b'{"text": "x", "settings": {"temperature": NaN}}', "", 422),
    ("a whole number that is none", "/notes/bulk", b'{"action": "pin", "ids": [1.5]}', "", 422),
    ("a hundred thousand ids", "/notes/bulk", b'{"action": "pin", "ids": [' + b"1," * 20_000 + b"1]}", "", 422),
    ("the same field twice", "/notes", b'{"text": "one", "text": 2}', "", 422),
    ("a prototype", "/notes", b'{"text": "x", "__proto__": {"owner": true}}', "", 422),
    ("fields that only we set", "/notes", b'{"text": "x", "user": 1, "version": 99}', "", 422),
    ("packed", "/notes", b"\x1f\x8b\x08\x00" + b"\x00" * 100, "application/json", 400),
    ("another alphabet", "/notes", '{"text": "x"}'.encode("utf-16")[:-1], "application/json", 400),
    ("a form for a browser", "/notes", b"text=x", "application/x-www-form-urlencoded", 400),
    ("a form with parts", "/notes", b"--x\r\n\r\nx\r\n--x--", "multipart/form-data; boundary=x", 415),
    ("parts without end", "/notes/imports", b"--x\r\n" * 2000, "multipart/form-data; boundary=x", 400),
    ("parts without a boundary", "/notes/imports", b"x", "multipart/form-data", 400),
    ("a thousand fields", "/notes/imports",
     b"".join(b'--x\r\nContent-Disposition: form-data; name="f"\r\n\r\ny\r\n' for _ in range(1000)) + b"--x--\r\n",
     "multipart/form-data; boundary=x", 400),
    ("a calendar that is none", "/reminders/imports", b"\x00" * 1000, "text/calendar", 422),
    ("a picture that is none", "/me/picture", b"<svg onload=alert(1)>", "image/png", 422),
    ("a page for a picture", "/images", b"<html>", "text/html", 415),
    ("a sentence of a megabyte", "/reminders/parse", b'{"sentence": "' + b"every " * 40_000 + b'"}', "", 422),
    ("a rule that never comes", "/reminders",
     b'{"text": "x", "local": "2026-03-01T09:00:00", "rule": "FREQ=YEARLY;BYMONTH=2;BYMONTHDAY=30"}', "", 422),
    ("more than a key may have", "/me/keys", b'{"name": "x", "scopes": ["read", "root"]}', "", 422),
    ("more than may be sent", "/me/keys", b" " * 70_000, "application/json", 413),
]  # fmt: skip


@pytest.mark.parametrize(("path", "body", "kind", "status"), [row[1:] for row in BOMBS], ids=[row[0] for row in BOMBS])
def test_hostile_bodies_are_refused_with_a_problem(
    lasting_house: House, path: str, body: bytes, kind: str, status: int
) -> None:
    client = lasting_house.program("anna", raises=False)
    answer = client.post(path, content=body, headers={"content-type": kind or "application/json"})
    assert (answer.status_code, answer.headers["content-type"]) == (status, PROBLEM), answer.text[:300]
    assert set(answer.json()) >= {"type", "title", "status", "detail", "errors"}
    assert "Traceback" not in answer.text


HEADERS: list[tuple[str, str, str, dict[str, str], int]] = [
    ("a version of nothing", "PATCH", "/notes/1", {"if-match": '"' + "x" * 5000 + '"'}, 412),
    ("no version", "PATCH", "/notes/1", {}, 428),
    ("a key of a request with spaces", "POST", "/notes", {"idempotency-key": "a b"}, 422),
    ("an empty key of a request", "POST", "/notes", {"idempotency-key": ""}, 422),
    ("a piece that is none", "GET", "/notes?after=%00%ff", {}, 404),
    ("a piece of another list", "GET", "/reminders?after=MS4yLjM", {}, 404),
    ("a query twice", "GET", "/notes?limit=1&limit=x", {}, 422),
    ("a query that does not exist", "GET", "/notes?user=2", {}, 422),
    ("a number of another alphabet", "GET", "/notes/%D9%A1", {}, 404),
    ("a number below all", "GET", "/notes/-1", {}, 404),
    ("up and away", "GET", "/exports/..%2F..%2Fassistant.db/file", {}, 404),
]  # fmt: skip


@pytest.mark.parametrize(
    ("method", "path", "headers", "status"), [row[1:] for row in HEADERS], ids=[row[0] for row in HEADERS]
)
def test_hostile_requests_are_refused_with_a_problem(
    lasting_house: House, method: str, path: str, headers: dict[str, str], status: int
) -> None:
    client = lasting_house.program("anna", raises=False)
    client.post("/notes", json={"text": "tea"})
    body = {} if method == "GET" else {"content": json.dumps({"text": "x"})}
    answer = client.request(method, path, headers=headers, **body)  # type: ignore[arg-type]
    assert (answer.status_code, answer.headers["content-type"]) == (status, PROBLEM), answer.text[:300]
