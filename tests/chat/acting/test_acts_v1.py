"""What the assistant offers and did, for programs."""

from pathlib import Path

import pytest

from assistant.chat import messages
from assistant.chat.acting.words import offers
from tests.programs import House


@pytest.fixture
def offered(house: House) -> int:
    """An offer that waits for Anna's yes; what tells how."""
    user, text = house.person("anna"), "remind me to buy tea tomorrow at 9"

    def unit() -> int:
        pair = messages.ask(user, None, text, key=None, now=house.now, model="plain:1b")
        messages.finish(pair.answer.id, house.now, state="done", text="Well.")
        (act,) = offers.from_words(messages.get_own(user, pair.answer.id), text, house.parts.acting, house.now)
        return int(act.id)

    return int(house.run(unit))


def test_an_offer_is_listed_approved_and_undone(house: House, offered: int, tmp_path: Path) -> None:
    client = house.client(house.key("anna"))
    (waiting,) = client.get("/acts/waiting").json()["items"]
    assert (waiting["id"], waiting["title"], waiting["lines"]) == (
        offered, "Set a reminder", ["buy tea", "Tomorrow, 09:00"],
    )  # fmt: skip
    wrong = client.post(f"/acts/{offered}/approve", json={"digest": "0" * 64})
    assert (wrong.status_code, client.get("/reminders").json()["items"]) == (409, [])
    changed = client.post(f"/acts/{offered}/rewrite", json={"text": "buy coffee tomorrow at 10"}).json()
    bad = client.post(f"/acts/{offered}/rewrite", json={"text": ""})
    assert (bad.status_code, bad.headers["content-type"]) == (422, "application/problem+json")
    done = client.post(f"/acts/{offered}/approve", json={"digest": changed["digest"]}).json()
    assert (done["state"], done["allowed"]) == ("done", "person")
    assert [one["text"] for one in client.get("/reminders").json()["items"]] == ["buy coffee"]
    assert client.post(f"/acts/{offered}/approve", json={"digest": changed["digest"]}).status_code == 409
    assert [one["id"] for one in client.get("/acts").json()["items"]] == [offered]
    assert client.post(f"/acts/{offered}/undo").json()["state"] == "undone"
    assert client.get("/reminders").json()["items"] == []


def test_an_offer_is_refused_and_lapses(house: House, offered: int) -> None:
    client = house.client(house.key("anna"))
    house.later(minutes=11)
    assert client.get("/acts/waiting").json()["items"] == []
    assert client.post(f"/acts/{offered}/refuse").json()["state"] == "refused"


def test_nobody_else_and_no_reader_says_yes(house: House, offered: int) -> None:
    reader = house.client(house.key("anna", "read"))
    digest = reader.get("/acts/waiting").json()["items"][0]["digest"]
    assert reader.post(f"/acts/{offered}/approve", json={"digest": digest}).status_code == 403
    bert = house.client(house.key("bert"))
    assert bert.post(f"/acts/{offered}/approve", json={"digest": digest}).status_code == 404
    assert bert.get("/acts").json()["items"] == []
