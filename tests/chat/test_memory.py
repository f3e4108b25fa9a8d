"""What models know about a person: kept by words or by hand, told in a stable place, switched off, forgotten."""

import json
from collections.abc import Callable
from datetime import UTC, datetime

import pytest
from playwright.sync_api import Page, expect

from assistant.chat import context
from assistant.chat.acting import records
from assistant.chat.acting.words.triggers import triggers
from assistant.chat.context import Aside
from assistant.chat.memory import facts, telling
from assistant.chat.models import Act, Conversation, Fact
from assistant.chat.transfer import memory
from assistant.errors import Conflict, Invalid, NotFound
from assistant.storage.database import Database
from assistant.users import preferences
from tests.chat.acting.table import Table
from tests.ollama_server import OllamaServer
from tests.person import Person

NOW = datetime(2026, 3, 1, tzinfo=UTC)
PageOf = Callable[..., Page]

REMEMBERED = {
    "remember that I am a vegetarian": "I am a vegetarian",
    "Please remember: my wife is called Anna.": "My wife is called Anna",
    "Can you remember that I live in Leeds?": "I live in Leeds",
    "Hi! Could you please always remember that we have two cats? Thanks": "We have two cats",
    "keep in mind that my knees are bad, please": "My knees are bad",
    "remember my birthday is 3 May": "My birthday is 3 May",
    "Remember for the future that I write British English": "I write British English",
    "Merk dir, dass ich Vegetarier bin": "Ich bin Vegetarier",
    "merke dir bitte, dass meine Frau Anna heißt.": "Meine Frau heißt Anna",
    "Merk dir: Anna mag keinen Koriander": "Anna mag keinen Koriander",
    "Kannst du dir bitte merken, dass ich in Köln wohne?": "Ich wohne in Köln",
    "Merk dir, dass ich morgens früh aufstehe": "dass ich morgens früh aufstehe",
    "Merk dir, dass ich keine Nüsse essen darf": "Ich darf keine Nüsse essen",
    "Merk dir bitte: ich trinke keinen Kaffee": "Ich trinke keinen Kaffee",
}
NOT_REMEMBERED = (
    "remember to call mum tomorrow at 9", "Do you remember the film with the shark?", "remember when we met?",
    "remember that time we went to Rome", "Remember me?", "How do I remember vocabulary?", "remember this",
    "Don’t forget that I am vegetarian. What can I eat?",
    "remember that I have a dentist appointment tomorrow at 9", "Can you remember?",
    "I remember that my grandmother baked bread", "Merk dir das", "Vergiss es", "merk dir, wann der Zug fährt",
    "Merk dir, dass ich morgen nach Köln fahre", "Kannst du dir das merken?", "remember it",
)  # fmt: skip


@pytest.mark.parametrize(("text", "wanted"), REMEMBERED.items())
def test_a_fact_is_found_in_ones_own_words(text: str, wanted: str) -> None:
    assert [one.words for one in triggers(text) if one.act == "remember"] == ([wanted] if wanted else [])


def test_other_words_are_no_facts() -> None:
    assert {text: found for text in NOT_REMEMBERED for found in triggers(text) if found.act == "remember"} == {}


@pytest.fixture
def table(database: Database) -> Table:
    return Table(database)


def texts(user: int) -> list[str]:
    return [row.text for row in facts.listing(user)]


def test_words_offer_a_fact_and_a_yes_keeps_it(table: Table) -> None:
    (act,) = table.offered("Remember that I am a vegetarian")
    assert (records.shown(act).title, records.shown(act).lines) == ("Remember about you", ("I am a vegetarian",))
    assert texts(table.user) == []
    done = table.yes(table.rewrite(act, "I am a vegan"))
    assert (done.state, done.result) == ("done", "Remembered: “I am a vegan”.")
    (row,) = facts.listing(table.user)
    assert (row.text, row.source, row.conversation_id) == ("I am a vegan", "conversation", table.home)
    (again,) = table.offered("remember that I am a vegan")
    assert (again.deed, records.shown(again).title) == ("", "Not remembered: This stands there already.")
    table.undo(done)
    assert texts(table.user) == texts(table.other) == []


def test_an_allowance_to_remember_is_one_of_its_own(table: Table) -> None:
    table.yes(table.offered("Remember that I am a vegetarian")[0], always=True)
    assert Conversation.get_by_id(table.home).allows == "remember"
    table.database.run_here(preferences.save, table.user, memory=False)
    (act,) = table.offered("Remember that I live in Leeds")
    assert (act.deed, "switched off" in records.shown(act).title) == ("", True)


def test_models_are_told_in_a_stable_place(table: Table) -> None:
    answer = table.ask("Hello")
    Conversation.update(system="Be brief.").where(Conversation.id == table.home).execute()
    assert telling.told(table.user) == ""
    first = facts.add(table.user, text="I live\nin Leeds", now=NOW)
    facts.add(table.user, text="I am a vegetarian", now=NOW)
    facts.change(table.user, first.id, active=False, now=NOW)
    told = telling.told(table.user)
    assert told == f"{telling.HEAD}\n- I am a vegetarian"
    facts.change(table.user, first.id, active=True, now=NOW)
    told = telling.told(table.user)
    assert told.splitlines()[1:] == ["- I live in Leeds", "- I am a vegetarian"]

    def turns(aside: Aside) -> list[str]:
        return [turn.text for turn in context.request(table.user, answer.id, 8192, aside=aside).turns][:2]

    assert turns(Aside(memory=told, system="Rules.")) == [f"Be brief.\n\n{told}\n\nRules.", "Hello"]
    # A question that needs all the room gets it.
    long = table.ask("word " * 220)
    small = context.request(table.user, long.id, 512, aside=Aside(memory=f"{told}\n- {'x' * 300}"))
    assert small.turns[0].text == "Be brief."
    table.database.run_here(preferences.save, table.user, memory=False)
    assert telling.told(table.user) == ""


def test_there_is_room_for_a_thousand_tokens(table: Table) -> None:
    user, long = table.user, "word " * 40
    while facts.has_room(user, f"{len(texts(user))} {long}"):
        facts.add(user, text=f"{len(texts(user))} {long}", now=NOW)
    assert 10 < len(texts(user)) < 20
    with pytest.raises(Invalid, match="no room"):
        facts.add(user, text=f"one more {long}", now=NOW)
    first = facts.listing(user)[0]
    facts.change(user, first.id, active=False, now=NOW)
    facts.add(user, text="x " + "word " * 40, now=NOW)
    with pytest.raises(Invalid, match="no room") as refused:
        facts.change(user, first.id, active=True, now=NOW)
    assert refused.value.field == "active"


def test_what_cannot_be_is_said_and_nobody_elses(table: Table) -> None:
    kept = facts.add(table.user, text="I live in Leeds", now=NOW)
    for text, error in (("  \n", Invalid), ("x" * 501, Invalid), ("i LIVE in leeds", Conflict)):
        with pytest.raises(error):
            facts.add(table.user, text=text, now=NOW)
    for act in (facts.get, facts.delete):
        with pytest.raises(NotFound):
            act(table.other, kept.id)
    with pytest.raises(NotFound):
        facts.change(table.other, kept.id, text="mine", now=NOW)
    gone = facts.delete(table.user, kept.id)
    facts.add(table.user, text="I have a cat", now=NOW)
    facts.put_back(table.user, gone)
    facts.put_back(table.user, gone)
    assert texts(table.user) == ["I live in Leeds", "I have a cat"]


def test_a_long_text_becomes_facts() -> None:
    parts = list(facts.parts("I am Anna. I live in Leeds!\n- I like tea\n\n" + "word " * 150))
    assert parts[:3] == ["I am Anna.", "I live in Leeds!", "I like tea"]
    assert [len(part) <= facts.LONGEST for part in parts] == [True] * 5


def test_what_comes_along_is_not_doubled_and_off_without_room(table: Table) -> None:
    for number in range(9):
        facts.add(table.user, text=f"{number} " + "word " * 60, now=NOW)
    coming = memory.of(table.user)
    facts.add(table.other, text=coming[0].text, now=NOW)
    for one in coming[:5]:
        facts.add(table.other, text=f"other {one.text}", now=NOW)
    new, remarks = memory.fresh(table.other, coming)
    assert (len(new), [one.active for one in new].count(False)) == (8, len(remarks))
    assert remarks
    for _ in range(2):
        memory.land(table.other, [one.model_dump(mode="json") for one in new])
    assert len(texts(table.other)) == 14


def test_models_call_it_by_other_names(table: Table, ollama: OllamaServer) -> None:
    from assistant.chat.acting.calling.following import Follower, Turn  # noqa: PLC0415
    from assistant.ollama.answers import Call  # noqa: PLC0415

    answer = table.ask("btw I never eat meat")
    for number, call in enumerate(
        (
            Call("save_note", {"id": "memory", "text": "I never eat meat"}), Call("remember", {"fact": "I like tea"}),
            Call("update_memory", '{"content": "I live in Leeds"}'),
        )
    ):  # fmt: skip
        follower = Follower(table.rooms, Turn(answer, "", number + 1), table.now)
        act = table.database.run_here(follower.follow, call)
        assert (act.deed, act.state) == ("memory.add", "proposed"), call
    assert len(Act.select().where(Act.deed == "memory.add")) == 3


def test_the_journal_keeps_what_was_said(table: Table) -> None:
    done = table.yes(table.offered("Remember that I am a vegetarian")[0])
    facts.delete(table.user, json.loads(done.way_back)["fact"])
    with pytest.raises(Conflict, match="forgotten already"):
        table.undo(done)
    assert Fact.select().count() == 0


@pytest.mark.browser
def test_in_a_chat_and_in_the_settings(page_of: PageOf, anna: Person) -> None:
    page = page_of("anna", "/")
    page.get_by_label("Your message").fill("remember that I am a vegetarian")
    page.get_by_label("Your message").press("Control+Enter")
    page.get_by_role("button", name="Do it").click()
    expect(page.get_by_text("Remembered: “I am a vegetarian”.").first).to_be_visible()
    page.get_by_role("link", name="Open", exact=True).click()
    box = page.get_by_role("region", name="What models know about me")
    expect(box.get_by_role("link", name="You said so in a chat")).to_be_visible()
    box.get_by_label("Something about you").fill("I am a vegetarian")
    box.get_by_label("Something about you").press("Enter")
    expect(box.get_by_text("This stands there already.")).to_be_visible()
    box.get_by_label("Something about you").fill("I live in Leeds")
    box.get_by_label("Something about you").press("Enter")
    expect(box.get_by_text("I live in Leeds")).to_be_visible()
    expect(box.get_by_label("Something about you")).to_have_value("")
    box.get_by_role("button", name="Change: I live in Leeds").click()
    page.get_by_role("dialog").get_by_role("textbox").fill("I live in York")
    page.get_by_role("dialog").get_by_role("textbox").press("Control+Enter")
    box.get_by_role("switch", name="Tell models: I live in York").click()
    expect(box.get_by_role("switch", name="Tell models: I live in York")).not_to_be_checked()
    box.get_by_role("button", name="Forget: I am a vegetarian").click()
    expect(box.get_by_text("I am a vegetarian")).to_be_hidden()
    page.locator(".toast", has_text="Forgotten.").get_by_role("button", name="Undo").click()
    expect(box.get_by_text("I am a vegetarian")).to_be_visible()
