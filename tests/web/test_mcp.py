"""Models of other programs at ``/mcp``, over a real socket: what they find and ask for, and what a person says."""

from collections.abc import Callable
from datetime import UTC, datetime, timedelta

import httpx
import pytest
from playwright.sync_api import Page, expect

from assistant.users.access import api_keys
from assistant.users.models import ApiKey
from tests.models import OtherModel
from tests.person import Person
from tests.product import Product

HINTS = {  # only reads, destroys, the same again is the same
    "find": (True, False, True),
    "read_note": (True, False, True),
    "list_reminders": (True, False, True),
    "save_note": (False, False, False),
    "remind": (False, True, False),
}


def key_of(person: Person, *scopes: str, name: str = "Claude", asks: bool = True) -> str:
    made = person.do(api_keys.make, name=name, scopes=scopes or ("read", "write"), now=datetime.now(UTC), asks=asks)
    return made[1]


@pytest.mark.parametrize("mode", ["legacy", "auto"])
def test_a_model_finds_reads_writes_and_reminds(product: Product, anna: Person, mode: str) -> None:
    note = anna.note("# Tea\nWe like *Assam* best.")
    tomorrow = datetime.now(UTC) + timedelta(days=1)
    reminder = anna.reminder("buy Assam", tomorrow)
    model = OtherModel(product.url, key_of(anna, asks=False), mode=mode)
    assert model.run(lambda client: _name(client.instructions)) == "Assistant"
    told = {tool.name: tool for tool in model.tools().tools}
    assert {
        name: (one.annotations.read_only_hint, one.annotations.destructive_hint, one.annotations.idempotent_hint)
        for name, one in told.items()
        if one.annotations
    } == HINTS
    assert all(one.title and one.annotations and one.annotations.open_world_hint is False for one in told.values())
    found = model.data("find", query="assam")["items"]
    assert [(one["kind"], one["id"]) for one in found] == [("note", note), ("reminder", reminder)]
    assert model.data("read_note", id=note)["text"] == "# Tea\nWe like *Assam* best."
    (listed,) = model.data("list_reminders")["items"]
    assert (listed["id"], listed["text"]) == (reminder, "buy Assam")
    assert datetime.fromisoformat(listed["at"]) == tomorrow.replace(microsecond=0)
    assert model.data("save_note", text="# Coffee")["state"] == "done"
    assert model.data("save_note", text="And Darjeeling.", id=note)["state"] == "done"
    assert anna.text(note).endswith("best.\n\nAnd Darjeeling.")
    assert "is changed" not in model.data("remind", sentence="call Bert tomorrow at 9")["message"]
    assert sorted(one.text for one in anna.reminders()) == ["buy Assam", "call Bert"]
    source = model.data("read_note", id=note)["source"]
    assert "Claude" in source


async def _name(instructions: str | None) -> str:
    return str(instructions).split(maxsplit=1)[0]


def test_a_key_that_only_reads_writes_nothing_and_opens_nothing_of_others(product: Product, anna: Person) -> None:
    with product.person("eve") as eve:
        theirs, ring = eve.note("# Secret"), eve.reminder("secret", datetime.now(UTC) + timedelta(days=1))
    model = OtherModel(product.url, key_of(anna, "read"))
    assert {tool.name for tool in model.tools().tools} == {"find", "read_note", "list_reminders"}
    assert "may not write" in model.refused("save_note", text="# Tea")
    assert "may not write" in model.refused("remind", sentence="tea tomorrow at 9")
    assert model.data("find", query="secret") == {"items": []}
    assert model.data("list_reminders") == {"items": []}
    assert model.refused("read_note", id=theirs) == "There is no such note."
    writes = OtherModel(product.url, key_of(anna, asks=False))
    assert writes.refused("save_note", text="more", id=theirs) == "There is no such note."
    assert "no such reminder" in writes.refused("remind", sentence="done", id=ring)
    assert anna.notes() == []


def test_no_program_says_yes_to_what_one_asked_for(product: Product, anna: Person) -> None:
    key = key_of(anna, "read", "write", "chat", "admin")
    OtherModel(product.url, key).data("save_note", text="# Tea")
    (offered,) = anna.get("/api/v1/acts").json()["items"]
    path, yes = f"/api/v1/acts/{offered['id']}/approve", {"digest": offered["digest"]}
    with httpx.Client(base_url=product.url, headers={"authorization": f"Bearer {key}"}) as program:
        answer = program.post(path, json=yes)
        assert (answer.status_code, "no program says yes" in answer.json()["detail"]) == (403, True)
        assert program.get("/api/v1/acts").json()["items"][0]["state"] == "proposed"
    assert anna.notes() == []
    assert anna.post(path, json=yes).json()["state"] == "done"
    assert [anna.text(note) for note in anna.notes()] == ["# Tea"]


@pytest.mark.browser
def test_what_a_model_asks_for_is_done_by_a_yes_and_undone_later(
    product: Product, anna: Person, page_of: Callable[..., Page]
) -> None:
    page = page_of("anna", "/notes")
    model = OtherModel(product.url, key_of(anna, name='Claude "Desktop" <b>'))
    said = model.data("remind", sentence="call Bert tomorrow at 9")
    assert said["state"] == "waits"
    assert "Not done yet" in said["message"]
    banner = page.get_by_role("status").filter(has_text="asks: Set a reminder: call Bert; Tomorrow, 09:00")
    expect(banner).to_contain_text('Claude "Desktop" <b>')
    model.data("save_note", text="# Tea\n<img src=x onerror=alert(1)>")
    banner = page.get_by_role("status").filter(has_text="2 things that programs ask for wait for your yes.")
    banner.get_by_role("link", name="Look at them").click()
    box = page.get_by_role("region", name="Waits for your yes")
    expect(box.locator(".act-card")).to_have_count(2)
    expect(box).to_contain_text("<img src=x onerror=alert(1)>")
    expect(banner).to_be_in_viewport()
    assert anna.reminders() == []
    # Written otherwise, then done; undone by the toast's way back is the rooms' own.
    box.get_by_role("button", name="Change").first.click()
    box.get_by_label("What and when, in your words").fill("call Bert tomorrow at 10")
    box.get_by_role("button", name="Save").click()
    expect(box.locator(".act-card").first).to_contain_text("Tomorrow, 10:00")
    box.get_by_role("button", name="Do it").first.click()
    expect(box.locator(".act-card")).to_have_count(1)
    expect(page.get_by_role("status").filter(has_text="Reminder set: “call Bert”")).to_be_visible()
    assert [one.text for one in anna.reminders()] == ["call Bert"]
    box.get_by_role("button", name="Don’t").click()
    expect(box).to_contain_text("Nothing waits.")
    expect(page.get_by_text("that programs ask for wait")).to_have_count(0)
    page.locator(".toast", has_text="It is not done.").get_by_role("button", name="Undo").click()
    expect(box.locator(".act-card")).to_have_count(1)
    did = page.get_by_role("region", name="What it did")
    expect(did).to_contain_text('by your yes · asked for by the program Claude "Desktop" <b>')
    did.get_by_role("button", name="Undo").click()
    expect(did).to_contain_text("undone")
    assert anna.reminders() == []
    assert anna.notes() == []


def test_a_key_that_is_removed_opens_nothing(product: Product, anna: Person) -> None:
    key = key_of(anna)
    model = OtherModel(product.url, key)
    assert model.data("find", query="tea") == {"items": []}
    anna.do(lambda user: ApiKey.delete().where(ApiKey.user == user).execute())
    with pytest.raises(BaseExceptionGroup):
        model.data("find", query="tea")
    with product.client() as program:
        program.headers["authorization"] = f"Bearer {key}"
        answer = program.post("/mcp", json={"jsonrpc": "2.0", "id": 1, "method": "tools/list"})
    assert (answer.status_code, answer.headers["www-authenticate"]) == (401, "Bearer")
