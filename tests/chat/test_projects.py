"""Projects: what their conversations begin with, what they are answered from, and what stays when one is deleted."""

from collections.abc import Callable
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest

from assistant.chat import context, conversations, messages, projects
from assistant.chat.acting import given
from assistant.chat.context import Aside
from assistant.chat.documents import library, shelf
from assistant.chat.knowing import sources
from assistant.chat.models import Conversation, Document, DocumentPage
from assistant.errors import Conflict, Invalid, NotFound
from tests.chat.acting.table import NOW, Table
from tests.chat.knowing.test_looking import Knower, knowing
from tests.ollama_server import OllamaServer

DAY = timedelta(days=1)


@pytest.fixture
def table(database: Any) -> Table:
    return Table(database)


def document(user: int, name: str, *pages: str) -> int:
    return int(library.add(user, library.prepared(name, "pdf", b"%PDF", pages), NOW).id)


def listed(user: int, **more: Any) -> list[str]:
    return [row.title for row in conversations.listing(user, **more)]


def test_a_project_is_kept_changed_and_found(table: Table) -> None:
    user = table.user
    house = projects.add(
        user, name=" The  house ", system=" Be brief. ", tags=["#home", "Home", " ", "garden"], now=NOW
    )
    assert (house.name, house.system, projects.tags(house)) == ("The house", "Be brief.", ["home", "garden"])
    projects.add(user, name="Ärger", now=NOW)
    assert [row.name for row in projects.listing(user)] == ["Ärger", "The house"]
    assert [row.name for row in projects.listing(user, words="HOUSE the")] == ["The house"]
    projects.change(user, house.id, name="Flat", tags=(), now=NOW)
    assert (projects.get(user, house.id).name, projects.tags(projects.get(user, house.id))) == ("Flat", [])
    for values, field in (
        ({"name": " "}, "name"), ({"name": "x" * 101}, "name"), ({"system": "x" * 100_001}, "system"),
        ({"tags": [str(one) for one in range(21)]}, "tags"), ({"tags": ["x" * 101]}, "tags"),
    ):  # fmt: skip
        with pytest.raises(Invalid) as refused:
            projects.change(user, house.id, now=NOW, **values)
        assert refused.value.field == field


def test_instructions_stand_in_a_stable_order(table: Table) -> None:
    answer = table.ask("Hello")
    house = projects.add(table.user, name="House", system="Speak of the house.", now=NOW)
    conversations.change(table.user, answer.conversation_id, system="Be brief.", project=house.id)

    def heard(answer: int) -> str:
        aside = Aside(memory="I live in Leeds.", system="Rules.")
        return context.request(table.user, answer, 8192, aside=aside).turns[0].text

    assert heard(answer.id) == "Be brief.\n\nSpeak of the house.\n\nI live in Leeds.\n\nRules."
    conversations.change(table.user, answer.conversation_id, project=None)
    assert heard(answer.id) == "Be brief.\n\nI live in Leeds.\n\nRules."
    conversations.change(table.user, answer.conversation_id, project=house.id)
    projects.change(table.user, house.id, system="word " * 1000, now=NOW)
    with pytest.raises(Exception, match="instructions of this conversation leave no room"):
        context.request(table.user, answer.id, 512)


def test_conversations_begin_in_it_and_move_in_and_out(table: Table) -> None:
    user = table.user
    house = projects.add(user, name="House", now=NOW)
    pair = messages.ask(user, None, "In it", key=None, now=NOW, model="m", settings={"project": house.id})
    table.ask("Outside")
    assert listed(user) == ["Outside", "In it"]
    assert (listed(user, project=0), listed(user, project=house.id)) == (["Outside"], ["In it"])
    conversations.change(user, pair.question.conversation_id, project=None)
    conversations.change(user, table.home or 0, project=house.id)
    assert (listed(user, project=0), listed(user, project=house.id)) == (["In it"], ["Outside"])
    for act in (
        lambda: conversations.change(user, table.home or 0, project=house.id + 1),
        lambda: messages.ask(table.other, None, "mine", key=None, now=NOW, model="m", settings={"project": house.id}),
    ):
        with pytest.raises(NotFound) as refused:
            act()
        assert refused.value.field == "project"


def test_a_deleted_project_lets_its_conversations_stay_and_comes_back_with_them(table: Table) -> None:
    user = table.user
    house, other = (projects.add(user, name=name, now=NOW) for name in ("House", "Other"))
    homes = [
        messages.ask(user, None, text, key=None, now=NOW, model="m", settings={"project": house.id}).question
        for text in ("Roof", "Cellar", "Garden")
    ]
    roof = document(user, "roof.pdf", "Tiles.")
    shelf.put(user, house.id, [roof])
    assert projects.delete(user, house.id, NOW) == 3
    assert sorted(listed(user, project=0)) == ["Cellar", "Garden", "Roof"]
    assert [row.name for row in projects.listing(user)] == ["Other"]
    with pytest.raises(NotFound):
        projects.get(user, house.id)
    conversations.change(user, homes[0].conversation_id, project=other.id)
    projects.restore(user, house.id)
    projects.restore(user, house.id)
    assert sorted(listed(user, project=house.id)) == ["Cellar", "Garden"]
    assert [row.id for row in shelf.listing(user, house.id)] == [roof]
    projects.delete(user, house.id, NOW)
    conversations.purge(NOW + DAY)
    assert Document.get_or_none(Document.id == roof) is not None
    conversations.purge(NOW + DAY + timedelta(seconds=1))
    assert Document.get_or_none(Document.id == roof) is None
    assert DocumentPage.select().count() == 0
    assert Conversation.select().count() == 3
    with pytest.raises(NotFound):
        projects.restore(user, house.id)


def test_documents_are_kept_with_it_and_can_be_put_back(table: Table) -> None:
    user = table.user
    house = projects.add(user, name="House", now=NOW)
    roof, plan = document(user, "roof.pdf", "Tiles."), document(user, "plan.pdf", "Walls.")
    shelf.put(user, house.id, [roof, plan])
    conversations.purge(NOW + 3 * DAY)
    assert [row.id for row in shelf.listing(user, house.id)] == [roof, plan]
    with pytest.raises(Conflict):
        library.discard(user, roof)
    shelf.put(user, house.id, [roof])
    other = projects.add(user, name="Other", now=NOW)
    with pytest.raises(NotFound):
        shelf.put(user, other.id, [roof])
    with pytest.raises(NotFound):
        messages.ask(user, None, "mine", key=None, now=NOW, model="m", documents=(roof,))
    shelf.take(user, house.id, roof, NOW)
    assert [row.id for row in shelf.listing(user, house.id)] == [plan]
    shelf.put_back(user, house.id, roof)
    assert [row.id for row in shelf.listing(user, house.id)] == [roof, plan]
    shelf.take(user, house.id, roof, NOW)
    conversations.purge(NOW + 2 * DAY)
    assert Document.select().count() == 1
    more = [document(user, f"{one}.pdf", "x") for one in range(shelf.MOST)]
    with pytest.raises(Invalid, match="at most 20"):
        shelf.put(user, house.id, more)


def test_the_outsider_is_refused(table: Table) -> None:
    user, eve = table.user, table.other
    house, hers = projects.add(user, name="House", now=NOW), projects.add(eve, name="Hers", now=NOW)
    roof = document(user, "roof.pdf", "Tiles.")
    shelf.put(user, house.id, [roof])
    loose = document(user, "loose.pdf", "Tiles.")
    table.ask("Mine")
    refused: list[Callable[[], Any]] = [
        lambda: projects.get(eve, house.id),
        lambda: projects.change(eve, house.id, name="mine now", now=NOW),
        lambda: projects.fold_up(eve, house.id, opened=False),
        lambda: projects.delete(eve, house.id, NOW),
        lambda: projects.restore(eve, house.id),
        lambda: shelf.listing(eve, house.id),
        lambda: shelf.put(eve, house.id, []),
        lambda: shelf.put(eve, hers.id, [loose]),
        lambda: shelf.take(eve, house.id, roof, NOW),
        lambda: shelf.take(eve, hers.id, roof, NOW),
        lambda: shelf.put_back(eve, house.id, roof),
        lambda: conversations.change(eve, table.home or 0, project=hers.id),
        lambda: conversations.change(user, table.home or 0, project=hers.id),
    ]
    for act in refused:
        with pytest.raises(NotFound):
            act()
    assert [row.name for row in projects.listing(eve)] == ["Hers"]
    assert listed(eve, project=house.id) == []


@pytest.mark.parametrize("count", [30, given.MANY + 1])
def test_passages_of_its_documents_are_those_that_fit(table: Table, count: int) -> None:
    house = projects.add(table.user, name="House", now=NOW)
    pages = [f"Page {number} of nothing. " * 60 for number in range(count)]
    pages[17] = "The chimney was swept in May."
    shelf.put(table.user, house.id, [document(table.user, "log.pdf", *pages)])
    brought = given.on_shelf(house.id)
    texts = library.texts([one.document.id for one in brought])
    (found,) = given.passages("When was the chimney swept?", brought, texts, 4000)
    assert (found.place, found.address.endswith("?p=18"), found.foreign) == ("p. 18", True, "log.pdf")
    assert given.passages("Thanks a lot!", brought, texts, 4000) == []


def test_answers_are_given_its_documents_and_its_notes_alone(tmp_path: Path, ollama: OllamaServer) -> None:
    async def scenario(desk: Knower) -> None:
        def begin() -> int:
            house = projects.add(1, name="House", system="Speak of the house.", tags=["house"], now=NOW)
            shelf.put(1, house.id, [document(1, "roof.pdf", "The tiles are red.", "Repairs cost 900 euros.")])
            return int(house.id)

        house = await desk.database.run(begin)
        flat = await desk.note("# Flat\n\nThe boiler is old.", tags=["house/rooms"])
        await desk.note("# Office\n\nThe boiler there is new.")
        answer = await desk.know("What do repairs cost?", "900 euros [2].", knows="")
        assert await desk.given(answer) == []
        await desk.database.run(conversations.change, 1, desk.home, project=house)
        answer = await desk.know("And what do repairs of the boiler cost?", "900 euros [2].")
        found = await desk.given(answer)
        assert [(row.kind, row.place) for row in found if row.kind == "document"] == [
            ("document", "p. 1"), ("document", "p. 2"),
        ]  # fmt: skip
        assert {row.of for row in found if row.kind == "note"} == {flat}
        assert [one["role"] for one in desk.heard()][:1] == ["system"]
        assert desk.heard()[0]["content"].startswith("Speak of the house.")
        await desk.database.run(projects.change, 1, house, tags=["nothing"], now=NOW)
        answer = await desk.know("And the boiler?", "Who knows.")
        assert [row.title for row in await desk.given(answer) if not row.number] == ["your notes with #nothing"]

    knowing(tmp_path, ollama, scenario)


def test_what_was_cited_leads_there_whatever_comes_and_goes(table: Table) -> None:
    house = projects.add(table.user, name="House", now=NOW)
    shelf.put(table.user, house.id, [document(table.user, "roof.pdf", "Tiles.")])
    answer = table.ask("Roof?")
    brought = given.on_shelf(house.id)
    texts = library.texts([one.document.id for one in brought])
    sources.add(answer, given.passages("Tiles?", brought, texts, 4000))
    (row,) = sources.of_answer(answer.id)
    assert (row.number, row.address) == (1, f"/documents/{brought[0].document.id}?p=1")
