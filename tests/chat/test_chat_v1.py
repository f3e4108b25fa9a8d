"""Conversations over the API: asked, followed, stopped, gone on with; models and pictures."""

import json
from collections.abc import Iterator
from contextlib import closing, contextmanager
from typing import Any

import httpx

from assistant.chat import messages
from tests.ollama_server import OllamaServer
from tests.product import PATIENCE, Product
from tests.programs import House
from tests.test_permissions import DOT

V1 = "/api/v1"
STREAM = {"accept": "text/event-stream"}


@contextmanager
def followed(client: httpx.Client, method: str, path: str, **more: Any) -> Iterator[Iterator[tuple[str, str, Any]]]:
    """The events of a stream: name, id, data."""
    with client.stream(method, V1 + path, headers={**STREAM, **more.pop("headers", {})}, **more) as answer:
        assert answer.headers["content-type"].startswith("text/event-stream"), answer.read()
        yield events(answer)


def events(answer: httpx.Response) -> Iterator[tuple[str, str, Any]]:
    """What the lines say."""
    event: dict[str, str] = {}
    for line in answer.iter_lines():
        if not line and event:
            yield event["event"], event["id"], json.loads(event["data"])
            event = {}
        elif line and not line.startswith(":"):
            name, _, value = line.partition(": ")
            event[name] = value


def text_of(found: list[tuple[str, str, Any]]) -> str:
    """The text that the events brought."""
    return "".join(data["text"] for name, _, data in found if name == "text")


def test_an_answer_is_followed_lost_and_followed_on(product: Product, ollama: OllamaServer) -> None:
    with closing(product.person("anna")) as anna, closing(product.person("eve")) as eve:
        with followed(anna, "POST", "/conversations", json={"text": "tokens=60 delay=0.02"}) as stream:
            begun = []
            for event in stream:
                begun.append(event)
                if len(text_of(begun)) > 20:
                    break
        # The connection is lost; the answer goes on, and a program goes on where it was.
        conversations = anna.get(f"{V1}/conversations").json()["items"]
        home = conversations[0]["id"]
        reply = anna.get(f"{V1}/conversations/{home}/messages?last=1").json()["items"][0]["id"]
        last = {"last-event-id": begun[-1][1]}
        with followed(anna, "GET", f"/replies/{reply}/events", headers=last) as stream:
            rest = list(stream)
        name, _, whole = rest[-1]
        assert (name, whole["state"], whole["id"]) == ("end", "done", reply)
        assert text_of(begun) + text_of(rest) == whole["text"]
        # Once it is there, it is all told at once.
        with followed(anna, "GET", f"/replies/{reply}/events") as stream:
            assert [event[0] for event in stream] == ["text", "end"]
        assert eve.get(f"{V1}/replies/{reply}/events").status_code == 404
        assert eve.get(f"{V1}/conversations/{home}").status_code == 404
        assert eve.post(f"{V1}/conversations/{home}/messages", json={"text": "x"}).status_code == 404
    assert "Traceback" not in product.log()


def test_a_reply_is_stopped_continued_and_written_again(product: Product, ollama: OllamaServer) -> None:
    with closing(product.person("anna")) as anna:
        key = {"idempotency-key": "first"}
        body = {"text": "tokens=400 delay=0.05", "settings": {"temperature": 0.5}}
        asked = anna.post(f"{V1}/conversations", json=body, headers=key).json()
        assert anna.post(f"{V1}/conversations", json=body, headers=key).json() == asked
        home, reply = asked["conversation"]["id"], asked["id"]
        assert (asked["conversation"]["temperature"], asked["reply"]["state"]) == (0.5, "writing")
        busy = anna.post(f"{V1}/conversations/{home}/messages", json={"text": "more"})
        assert busy.status_code == 409
        with followed(anna, "GET", f"/replies/{reply}/events") as stream:
            assert next(event for event in stream if event[0] == "text")
        stopped = anna.post(f"{V1}/replies/{reply}/stop").json()
        assert stopped["state"] == "stopped"
        assert anna.post(f"{V1}/replies/{reply}/stop").json() == stopped
        # What follows it ends with it, and so does the right to follow.
        with followed(anna, "POST", f"/replies/{reply}/again", json={"model": ""}) as stream:
            first = next(stream)
            assert first[0] == "status"
        versions = anna.get(f"{V1}/conversations/{home}/messages").json()["items"]
        assert (versions[-1]["version"], versions[-1]["versions"]) == (2, 2)
        assert anna.post(f"{V1}/replies/{versions[-1]['id']}/stop").status_code == 200
        assert anna.post(f"{V1}/messages/{versions[-1]['id']}/choose", json={"version": 1}).status_code == 200
        with followed(anna, "POST", f"/replies/{reply}/continue") as stream:
            assert next(event for event in stream if event[0] == "text")[2]["text"].startswith(stopped["text"][:5])
        assert anna.delete(f"{V1}/conversations/{home}").status_code == 204
        assert anna.get(f"{V1}/conversations/{home}").status_code == 404
        assert anna.post(f"{V1}/conversations/{home}/restore").json()["id"] == home


def test_whoever_is_let_out_stops_following(product: Product, ollama: OllamaServer) -> None:
    with closing(product.person("anna")) as anna:
        key = anna.post(f"{V1}/me/keys", json={"name": "board", "scopes": ["chat", "read"]}).json()
        headers = {"authorization": f"Bearer {key['key']}"}
        with httpx.Client(base_url=product.url, headers=headers, timeout=PATIENCE) as board:
            body = {"text": "tokens=3000 delay=0.05"}
            with followed(board, "POST", "/conversations", json=body) as stream:
                assert next(event for event in stream if event[0] == "text")
                assert anna.delete(f"{V1}/me/keys/{key['id']}").status_code == 204
                rest = [name for name, _, _ in stream]
            assert "end" not in rest
            assert board.get(f"{V1}/conversations").status_code == 401


def test_models_are_listed_and_looked_after_by_owners(product: Product, ollama: OllamaServer) -> None:
    with closing(product.person("anna")) as anna, closing(product.person("eve")) as eve:
        models = anna.get(f"{V1}/models").json()["items"]
        assert models
        assert [model["default"] for model in models].count(True) == 1
        for method, path, body in (
            ("POST", "/pulls", {"name": "x"}), ("DELETE", "/models/x", None),
            ("DELETE", "/loaded-models/x", None), ("DELETE", "/pulls/x", None),
        ):  # fmt: skip
            assert eve.request(method, V1 + path, json=body).status_code == 403, path
        assert anna.post(f"{V1}/pulls", json={"name": "a b c"}).status_code == 422
        pulled = anna.post(f"{V1}/pulls", json={"name": "ollama run tiny:1b"})
        assert (pulled.status_code, pulled.json()["name"]) == (202, "tiny:1b")
        assert anna.delete(f"{V1}/pulls/tiny:1b").status_code == 204
        name = models[-1]["name"]
        assert anna.delete(f"{V1}/models/{name}").status_code == 204
        assert name not in {model["name"] for model in anna.get(f"{V1}/models").json()["items"]}


def test_conversations_without_a_model_are_kept_in_order(house: House) -> None:
    anna, eve = house.program("anna"), house.program("eve")
    homes = []
    for n in range(5):
        asked = anna.post("/conversations", json={"text": f"question {n}", "model": "m"})
        assert asked.status_code == 201, asked.text
        homes.append(asked.json()["conversation"]["id"])
        house.later(minutes=1)
    seen, after = [], ""
    for _ in range(3):
        piece = anna.get(f"/conversations?limit=2{after}").json()
        seen += [row["id"] for row in piece["items"]]
        after = f"&after={piece['next']}"
    assert (seen, piece["next"]) == (homes[::-1], None)
    assert [row["id"] for row in anna.get("/conversations?q=QUESTION 3").json()["items"]] == [homes[3]]
    assert anna.get("/conversations?after=MS4xLjE").status_code == 404

    read = anna.get(f"/conversations/{homes[0]}")
    change = {"title": "Tea", "pinned": True, "temperature": 1.5, "system": "Be brief."}
    changed = anna.patch(f"/conversations/{homes[0]}", json=change, headers={"If-Match": read.headers["etag"]})
    assert {name: changed.json()[name] for name in change} == change
    stale = anna.patch(f"/conversations/{homes[0]}", json={"title": "x"}, headers={"If-Match": read.headers["etag"]})
    assert stale.status_code == 412
    for wrong in ({"temperature": 3}, {"keep_alive": "soon"}, {"num_ctx": 1}, {"think": "hard"}, {"title": ""}):
        refused = anna.patch(f"/conversations/{homes[0]}", json=wrong, headers={"If-Match": "*"})
        assert refused.status_code == 422, wrong
        assert refused.json()["errors"][0]["field"] == next(iter(wrong))

    first = anna.get(f"/conversations/{homes[0]}/messages?limit=1").json()
    (question,) = first["items"]
    (reply,) = anna.get(f"/conversations/{homes[0]}/messages?after={first['next']}").json()["items"]
    assert (question["text"], reply["parent"]) == ("question 0", question["id"])
    assert anna.get(f"/messages/{question['id']}").json() == question
    for path in (f"/messages/{question['id']}", f"/replies/{reply['id']}", f"/conversations/{homes[0]}/messages"):
        assert eve.get(path).status_code == 404
    assert eve.post(f"/messages/{question['id']}/edit", json={"text": "mine"}).status_code == 404
    too_long = anna.post("/conversations", json={"text": "x " * 49_000, "model": "m"})
    assert (too_long.status_code, too_long.json()["errors"][0]["field"]) == (422, "text")
    assert anna.post("/conversations", json={"text": " ", "model": "m"}).status_code == 422


def test_pictures_of_questions_and_what_is_removed(house: House) -> None:
    anna, eve = house.program("anna"), house.program("eve")
    image = anna.post("/images", content=DOT, headers={"content-type": "image/png"}).json()["id"]
    assert anna.get(f"/images/{image}").headers["content-type"] in {"image/png", "image/jpeg"}
    assert eve.get(f"/images/{image}").status_code == 404
    assert eve.post("/conversations", json={"images": [image], "model": "m"}).status_code == 404
    asked = anna.post("/conversations", json={"images": [image], "model": "m"}).json()
    assert asked["question"]["images"] == [image]
    house.wait(house.parts.replies.close())
    house.run(messages.interrupt_all)
    home = asked["conversation"]["id"]
    removed = anna.delete(f"/messages/{asked['question']['id']}").json()
    assert anna.get(f"/conversations/{home}/messages").json()["items"] == []
    assert eve.post(f"/conversations/{home}/put-back", json=removed).status_code == 404
    assert anna.post(f"/conversations/{home}/put-back", json=removed).status_code == 204
    assert len(anna.get(f"/conversations/{home}/messages").json()["items"]) == 2
