"""Whoever wants what is not theirs: every operation of the API, asked by others and with too little."""

import json
from dataclasses import dataclass
from datetime import timedelta
from typing import Any

import httpx
import pytest

from assistant.chat import messages
from assistant.chat.models import Act, Image
from assistant.reminders.notifications import channels
from assistant.reminders.scheduling.claims import claim_due
from assistant.users.sessions import SCOPES
from assistant.web.api.app import build_api
from assistant.web.api.document import document
from tests.notes.test_notes_api import picture
from tests.programs import House
from tests.rest.test_rest import PROBLEM, cookie

SECRET = "xylophone"
NOBODYS = {"/auth/token", "/auth/revoke", "/auth/register", "/auth/recover"}
# Whose rows these name is not the asker's business alone.
EVERYBODYS = {"name", "kind", "user", "invitation"}
# Bodies that examples do not make right, by operation.
BODIES: dict[str, dict[str, Any]] = {
    "answer_ring": {"state": "done"}, "put_messages_back": {"leaf": None, "at": "2026-03-02T12:00:00Z"},
    "move_reminder": {"day": "2026-03-09"}, "snooze_reminder": {"until": "2026-03-02T14:00:00Z"},
    "change_reminder": {"text": "mine now"}, "change_note": {"text": "mine now"}, "choose_version": {"version": 1},
    "change_conversation": {"title": "mine now"}, "change_prompt": {"text": "mine now"},
    "change_fact": {"text": "mine now"}, "change_scheduled_question": {"text": "mine now"},
    "edit_question": {"text": "x"},
    "ask": {"text": "x"}, "keep_draft": {"text": "mine now", "version": 1}, "write_reply_again": {},
    "reply_to_question": {}, "start_note_import": {}, "complete_reminder": {},
    "approve_act": {"digest": "x"}, "rewrite_act": {"text": "x"}, "propose": {"kind": "improve"},
    "take_proposal": {"kind": "improve", "before": "a", "after": "b"},
}  # fmt: skip


@dataclass
class Anna:
    """What is Anna's: a program of hers, and the ids of all that one can name."""

    house: House
    program: httpx.Client
    ids: dict[str, Any]

    def everything(self) -> dict[str, Any]:
        """What she sees of it."""
        lists = (
            "/notes", f"/notes/{self.ids['note']}", f"/notes/{self.ids['note']}/versions", "/reminders?view=coming",
            "/reminders/rings", "/reminders/ways", "/conversations", "/acts",
            f"/conversations/{self.ids['home']}/messages", "/prompts", "/memory", "/scheduled-questions",
            "/me/keys",
            "/projects", f"/projects/{self.ids['project']}/documents",
            "/me/sessions", "/imports", "/files",
            "/notes/imports", "/reminders/calendar",
        )  # fmt: skip
        told = {where: self.program.get(where).json() for where in lists}
        for key in told["/me/keys"]["items"]:
            key.pop("used")
        return told


@pytest.fixture
def anna(house: House) -> Anna:
    """Anna, who has one of everything."""
    program, now = house.program("anna"), house.now
    user = house.person("anna")
    note = program.post("/notes", json={"text": SECRET}).json()
    for text in (f"{SECRET} two", f"{SECRET} three"):
        changed = program.patch(f"/notes/{note['id']}", json={"text": text}, headers={"if-match": "*"})
        assert changed.status_code == 200
        house.later(hours=1)
    version = program.get(f"/notes/{note['id']}/versions").json()["items"][0]["id"]
    kinds = {"content-type": "image/png"}
    attachment = program.post(f"/attachments?note={note['id']}", content=picture(), headers=kinds).json()["id"]
    image = house.run(Image.create, user=user, kind="image/png", data=b"x", width=1, height=1, created=now).id
    pair = house.run(messages.ask, user, None, SECRET, key=None, now=now, model="m")
    house.run(messages.finish, pair.answer.id, now, state="done", text=f"{SECRET} answer")
    act = house.run(
        Act.create, user=user, conversation=pair.question.conversation_id, message=pair.answer.id, number=1, round=1,
        origin="tools", tool="x", deed="reminder_create", card=json.dumps({"title": SECRET}), state="proposed",
        created=now, expires=now + timedelta(days=9),
    ).id  # fmt: skip
    sent = program.post("/files?name=x.txt", content=SECRET.encode())
    prompt = program.post("/prompts", json={"name": SECRET, "text": SECRET}).json()["id"]
    fact = program.post("/memory", json={"text": SECRET}).json()["id"]
    asked = {"text": SECRET, "when": "every monday at 8"}
    scheduled = program.post("/scheduled-questions", json=asked).json()["id"]
    project = program.post("/projects", json={"name": SECRET, "system": SECRET, "tags": [SECRET]}).json()["id"]
    said = {"text": SECRET, "local": "2026-03-02T15:00:00", "zone": "UTC"}
    reminder = program.post("/reminders", json=said).json()["id"]
    house.later(hours=3)
    house.run(claim_due, house.now)
    ring = program.get("/reminders/rings").json()["items"][0]["id"]
    way = house.run(channels.add, user, kind="webhook", address=f"https://1.1.1.1/{SECRET}", secret="", now=now).id
    key = program.get("/me/keys").json()["items"][0]["id"]
    house.wait(house.parts.sessions.begin(user, "a browser"))
    session = program.get("/me/sessions").json()["items"][0]["id"]
    planned = program.post("/notes/imports", files={"file": ("a.md", SECRET.encode())}).json()["id"]
    ids = {
        "note": note["id"], "version": version, "attachment": attachment, "image": image,
        "home": pair.question.conversation_id,
        "message_id": pair.question.id, "question": pair.question.id, "reply": pair.answer.id, "prompt": prompt,
        "scheduled": scheduled,
        "fact": fact, "document": sent.json()["document"]["id"], "number": 1,
        "act": act, "project": project,
        "reminder": reminder, "ring": ring, "way": way, "key": key, "session": session,
        "export": "k3Jx", "one": planned,
        "name": "llama3.2:3b", "kind": "notes", "user": user, "invitation": 1,
    }  # fmt: skip
    return Anna(house, program, ids)


@dataclass(frozen=True)
class Operation:
    """One of the API's operations, as it describes itself."""

    method: str
    path: str
    name: str
    needs: str
    own: bool  # whether it names rows that are somebody's
    body: dict[str, Any] | None
    of_owners: bool

    def ask(self, client: httpx.Client, ids: dict[str, Any], **headers: str) -> httpx.Response:
        """What it answers, with these ids in its address."""
        where = self.path.format(**ids)
        sent = {"if-match": "*", **headers}
        body = BODIES.get(self.name, self.body)
        if body is None:
            return client.request(self.method, where, headers=sent)
        return client.request(self.method, where, json=body, headers=sent)


def operations(house: House) -> list[Operation]:
    """All of them."""
    described = document(build_api(house.parts))
    found = []
    for path, item in described["paths"].items():
        for method, one in item.items():
            named = {part.strip("{}") for part in path.split("/") if part.startswith("{")}
            needs = one["security"][0]["key"][0] if one["security"] else ""
            json_body = one.get("requestBody", {}).get("content", {}).get("application/json")
            owners = "users" in one["tags"] or "household" in one["tags"] or "backups" in one["tags"]
            found.append(
                Operation(
                    method.upper(), path, one["operationId"], needs, bool(named - EVERYBODYS),
                    _example(described, json_body["schema"]) if json_body else None, owners,
                )
            )  # fmt: skip
    return found


def _example(described: dict[str, Any], schema: dict[str, Any]) -> Any:
    """A body of this shape, as its examples have it."""
    if "$ref" in schema:
        return _example(described, described["components"]["schemas"][schema["$ref"].rpartition("/")[2]])
    if "anyOf" in schema:
        return _example(described, schema["anyOf"][0])
    if schema.get("examples"):
        return schema["examples"][0]
    if "properties" in schema:
        return {name: _example(described, schema["properties"][name]) for name in schema.get("required", ())}
    return {"string": "x", "integer": 1, "boolean": True, "array": []}.get(schema.get("type", ""))


def test_what_is_somebody_elses_is_not_there(house: House, anna: Anna) -> None:
    eve, before = house.program("eve"), anna.everything()
    asked = [one for one in operations(house) if one.own]
    assert len(asked) > 50
    for one in asked:
        answer = one.ask(eve, anna.ids)
        assert (one.name, answer.status_code, answer.headers["content-type"]) == (one.name, 404, PROBLEM), answer.text
        assert SECRET not in answer.text, one.name
    assert anna.everything() == before


def test_ids_in_bodies_and_queries_are_looked_at_too(house: House, anna: Anna) -> None:
    eve, before, ids = house.program("eve"), anna.everything(), anna.ids
    mine = eve.post("/conversations", json={"text": "hello"}).json()["conversation"]["id"]
    hers = {"method": "POST", "status": 404}
    link = {"kind": "note", "id": ids["note"]}
    table: list[dict[str, Any]] = [
        {**hers, "path": "/conversations", "json": {"text": "x", "images": [ids["image"]]}},
        {**hers, "path": f"/conversations/{mine}/messages", "json": {"text": "x", "images": [ids["image"]]}, "or": 409},
        {**hers, "path": f"/conversations/{mine}/put-back",
         "json": {"leaf": ids["reply"], "at": "2026-03-02T12:00:00Z"}},
        {**hers, "path": "/reminders", "json": {"text": "x", "link": link}},
        {**hers, "path": f"/attachments?note={ids['note']}", "content": picture(), "kind": "image/png"},
        {"method": "GET", "status": 404, "path": f"/notes/export?id={ids['note']}"},
        {"method": "GET", "status": 404, "path": f"/notes/{ids['note']}/versions/{ids['version']}"},
    ]  # fmt: skip
    for row in table:
        headers = {"content-type": row["kind"]} if "kind" in row else {}
        more = {name: row[name] for name in ("json", "content") if name in row}
        answer = eve.request(row["method"], row["path"], headers=headers, **more)
        assert answer.status_code in {row["status"], row.get("or")}, (row, answer.text)
        assert SECRET not in answer.text
    for path, named in (("/notes/bulk", "note"), ("/reminders/bulk", "reminder")):
        for action in ("tag", "delete" if named == "reminder" else "trash", "restore"):
            done = eve.post(path, json={"action": action, "ids": [ids[named]], "tags": ["mine"]}).json()
            assert [item["status"] for item in done["items"]] == [404], (path, action)
    assert eve.get(f"/search?q={SECRET}").json()["items"] == []
    assert eve.get(f"/notes/search?q={SECRET}").json()["items"] == []
    assert anna.everything() == before


def test_a_scope_that_is_missing_opens_nothing(house: House, anna: Anna) -> None:
    before = anna.everything()
    lacking = {scope: house.program("anna", *(other for other in SCOPES if other != scope)) for scope in SCOPES}
    asked = [one for one in operations(house) if one.needs]
    assert len(asked) > 110
    for one in asked:
        answer = one.ask(lacking[one.needs], anna.ids)
        assert (one.name, answer.status_code) == (one.name, 403), answer.text
        assert answer.json()["detail"] == f"This key may not do that: it lacks the scope {one.needs}."
    made = {key["id"] for key in anna.program.get("/me/keys").json()["items"]}
    for key in made - {key["id"] for key in before["/me/keys"]["items"]}:
        anna.program.delete(f"/me/keys/{key}")
    assert anna.everything() == before


def test_owners_alone_look_after_others(house: House, anna: Anna) -> None:
    eve = house.program("eve")
    asked = [one for one in operations(house) if one.of_owners]
    assert len(asked) > 15
    for one in asked:
        assert (one.name, one.ask(eve, anna.ids).status_code) == (one.name, 403)


def test_nobody_and_other_sites_do_nothing(house: House, anna: Anna) -> None:
    before, browser = anna.everything(), cookie(house, "anna")
    nobody = house.client()
    for one in operations(house):
        if one.path in NOBODYS:
            continue
        assert (one.name, one.ask(nobody, anna.ids).status_code) == (one.name, 401)
        if one.method != "GET":
            evil = one.ask(nobody, anna.ids, **browser, origin="https://evil.example")
            assert (one.name, evil.status_code) == (one.name, 403)
    assert {**anna.everything(), "/me/sessions": None} == {**before, "/me/sessions": None}
