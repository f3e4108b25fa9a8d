"""Questions that are asked at set times: understood from a sentence, asked once, answered with nobody there."""

import asyncio
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest

from assistant.chat import conversations
from assistant.chat.acting import records
from assistant.chat.acting.words import set_times
from assistant.chat.acting.words.triggers import triggers
from assistant.chat.models import CLAIMED, Act, Message
from assistant.chat.routines import asking, questions
from assistant.chat.routines.rows import ScheduledQuestion
from assistant.errors import Invalid, NotFound
from assistant.notes import notebook
from assistant.reminders.models import Delivery
from assistant.reminders.notifications import channels
from assistant.users import preferences
from assistant.web.deeds.of_reminders import understand
from tests.ollama_server import OllamaServer
from tests.programs import House

ZONE = "Europe/Berlin"
EIGHT = datetime(2026, 3, 9, 7, tzinfo=UTC)  # on the wall in Berlin, on a Monday
TEXT = "What is new? tokens=3"


class Mondays:
    """Anna's house in the week before a Monday; its clock is in the test's hand."""

    def __init__(self, folder: Path, host: str) -> None:
        self.house = House(folder, ollama_host=host)
        self.house.now = EIGHT - timedelta(days=3)
        self.routines = self.house.parts.routines
        self.anna = self.house.person("anna")
        self.house.run(preferences.save, self.anna, zone=ZONE)
        self.house.run(
            channels.add, self.anna, kind="ntfy", address="https://ntfy.sh/anna", secret="", now=self.house.now
        )

    def add(self, when: str = "every monday at 8", text: str = TEXT, **more: Any) -> int:
        times = self.house.run(questions.understood, self.anna, self.routines.around, when, self.house.now)
        said = {"text": text, "now": self.house.now, **times, **more}
        return int(self.house.run(questions.add, self.anna, self.routines.around, **said).id)

    def at(self, when: datetime) -> None:
        """Lets it be that time, and waits for what is written then."""
        self.house.now = when
        self.house.wait(self._look())

    async def _look(self) -> None:
        await self.routines.look()
        while self.house.parts.replies.being_written:
            await asyncio.sleep(0.01)
        await self.routines.written()
        await self.routines.look()

    def row(self, question: int) -> ScheduledQuestion:
        found: ScheduledQuestion = self.house.run(ScheduledQuestion.get_by_id, question)
        return found

    def answers(self) -> list[Message]:
        return list(self.house.run(lambda: list(Message.select().where(Message.role == "assistant"))))

    def notices(self) -> list[tuple[str, str, str]]:
        rows = self.house.run(lambda: list(Delivery.select().order_by(Delivery.id)))
        return [(row.title, row.body, row.address) for row in rows]


@pytest.fixture
def mondays(tmp_path: Path, ollama: OllamaServer) -> Iterator[Mondays]:
    made = Mondays(tmp_path, ollama.host)
    yield made
    made.house.close()


@pytest.mark.parametrize(
    ("words", "when", "text"),
    [
        ("Every Monday at 8, ask what's new in the garden", "Every Monday at 8", "What's new in the garden"),
        ("every weekday at 7:30 ask: what is on my plate?", "every weekday at 7:30", "What is on my plate?"),
        ("Please every day at 9 please ask the model to sum up my notes", "every day at 9", "To sum up my notes"),
        ("ask every friday at 17: what did I get done?", "every friday at 17", "What did I get done?"),
        ("Jeden Montag um 8 frage, was es Neues gibt", "Jeden Montag um 8", "Was es Neues gibt"),
        ("Jeden Tag um 7 Uhr frag bitte: was steht an?", "Jeden Tag um 7 Uhr", "Was steht an?"),
        ("Frage jeden Freitag um 17 Uhr: was war gut?", "jeden Freitag um 17 Uhr", "Was war gut?"),
        ("Every Monday at 8, ask:\n“One?\nTwo?”", "Every Monday at 8", "One?\nTwo?"),
    ],
)
def test_a_sentence_says_what_to_ask_and_when(words: str, when: str, text: str) -> None:
    (found,) = triggers(words)
    assert (found.act, found.otherwise, found.words) == ("schedule", when, text)


@pytest.mark.parametrize(
    "words",
    [
        "Every time I ask my boss for a raise he laughs, why?", "I ask myself every day at 8 who I am.",
        "Why do people ask the same thing every Monday?", "Every day I ask: why me?", "What may I ask every week?",
        "Every Monday at 8, ask me how I feel", "Jeden Morgen frage ich mich, warum ich aufstehe.",
        "Frage an alle: was tun?", "Each of them may ask a question", "Is every question a good ask?",
    ],
)  # fmt: skip
def test_ordinary_words_say_nothing_of_the_kind(mondays: Mondays, words: str) -> None:
    found = set_times.scheduled(words)
    now = mondays.house.now
    assert found is None or mondays.house.run(set_times.times, mondays.anna, found.when, understand, now) is None


def test_it_is_asked_at_its_time_and_the_answer_is_told(mondays: Mondays, ollama: OllamaServer) -> None:
    question = mondays.add(model="plain:1b")
    mondays.at(EIGHT - timedelta(minutes=1))
    assert mondays.answers() == []
    mondays.at(EIGHT)
    (answer,) = mondays.answers()
    assert answer.text.split() == ["t0", "t1", "t2"]
    row = mondays.row(question)
    assert (row.outcome, row.wanted, row.due) == ("answered", None, EIGHT + timedelta(days=7))
    # The answer itself may be private: it is not sent through others.
    address = f"/chat/{answer.conversation_id}?m={answer.id}"
    assert mondays.notices() == [(TEXT, "The answer is there.", address)]
    mondays.at(EIGHT + timedelta(hours=1))
    assert len(mondays.answers()) == 1
    mondays.at(EIGHT + timedelta(days=7))
    assert {one.conversation_id for one in mondays.answers()} == {answer.conversation_id}
    assert len(mondays.answers()) == 2
    assert "March 2026" in ollama.chats()[-1]["messages"][-1]["content"]  # it knows which day it is


def test_what_was_missed_is_asked_if_it_is_still_that_day(mondays: Mondays) -> None:
    question = mondays.add()
    mondays.at(EIGHT + timedelta(hours=10))
    assert len(mondays.answers()) == 1
    mondays.at(EIGHT + timedelta(days=8))  # a Tuesday
    assert len(mondays.answers()) == 1
    row = mondays.row(question)
    assert (row.outcome, row.due) == ("missed", EIGHT + timedelta(days=14))


def test_nothing_is_done_with_nobody_there(mondays: Mondays, ollama: OllamaServer) -> None:
    """Neither by the words, nor by a model that calls tools, nor by an allowance of the conversation."""
    text = 'Remind me tomorrow at 9 to call. call={"name": "save_note", "arguments": {"text": "mine"}}'
    mondays.add(text=text, model="thinker:4b")
    mondays.at(EIGHT)
    (answer,) = mondays.answers()
    assert "tools" not in ollama.chats()[-1]
    assert mondays.house.run(lambda: list(Act.select())) == []
    mondays.house.run(
        conversations.change, mondays.anna, answer.conversation_id, allows="create change", model="thinker:4b"
    )
    mondays.at(EIGHT + timedelta(days=7))
    assert mondays.house.run(lambda: list(Act.select())) == []


def test_what_it_claims_to_have_done_is_put_right(mondays: Mondays) -> None:
    mondays.add(text="text=I've set a reminder for tomorrow at nine.", model="plain:1b")
    mondays.at(EIGHT)
    (answer,) = mondays.answers()
    acts = mondays.house.run(records.of_answer, answer.id)
    assert [one.state for one in acts] == [CLAIMED]


def test_notes_are_asked_where_that_is_wanted(mondays: Mondays, ollama: OllamaServer) -> None:
    mondays.house.run(notebook.create, mondays.anna, mondays.house.now, text="# Garden\n\nThe tomatoes are ripe.")
    mondays.add(text="How are the tomatoes?", knows="notes", model="plain:1b")
    mondays.at(EIGHT)
    assert "The tomatoes are ripe." in ollama.chats()[-1]["messages"][-1]["content"]


def test_while_ollama_is_away_it_is_tried_again_and_then_told(mondays: Mondays, ollama: OllamaServer) -> None:
    question = mondays.add(model="plain:1b")
    ollama.stop()
    mondays.at(EIGHT)
    row = mondays.row(question)
    assert (mondays.answers(), row.wanted, row.outcome) == ([], EIGHT, "")
    assert row.problem
    for minutes in (1, 2, 4, 8, 16, 32, 64):
        mondays.at(EIGHT + timedelta(minutes=minutes))
    assert mondays.notices() == []
    mondays.at(EIGHT + timedelta(hours=2, minutes=8))
    row = mondays.row(question)
    assert (row.wanted, row.outcome, bool(row.problem)) == (None, "failed", True)
    (notice,) = mondays.notices()
    assert notice[0] == f"Not answered: {TEXT}"
    ollama.start()
    mondays.at(EIGHT + timedelta(days=7))
    assert mondays.row(question).outcome == "answered"


def test_one_that_failed_is_asked_again_in_its_place(mondays: Mondays, ollama: OllamaServer) -> None:
    mondays.add(text="status=500", model="plain:1b")
    mondays.at(EIGHT)
    (answer,) = mondays.answers()
    assert answer.state == "failed"
    mondays.house.run(lambda: Message.update(text=TEXT).where(Message.role == "user").execute())
    mondays.at(EIGHT + timedelta(minutes=2))
    (answer,) = mondays.answers()
    assert (answer.state, answer.text.split()[:1]) == ("done", ["t0"])
    assert len(mondays.notices()) == 1
    assert len(ollama.chats()) >= 2


def test_a_kill_between_asking_and_answering_asks_once(mondays: Mondays) -> None:
    """What a stopped process left is found by its rows: the same question, never a second one."""
    question = mondays.add(model="plain:1b")
    around = mondays.routines.around
    mondays.house.run(asking.claim, question, around, EIGHT)
    assert mondays.house.run(asking.take, question, EIGHT) is not None
    assert mondays.house.run(asking.take, question, EIGHT) is None  # another instance has it
    first = mondays.house.run(asking.ask, question, "plain:1b", EIGHT)
    assert mondays.house.run(asking.ask, question, "plain:1b", EIGHT) == first
    mondays.at(EIGHT + timedelta(minutes=2))
    (answer,) = mondays.answers()
    assert (answer.id, answer.state) == (first, "done")
    assert len(mondays.notices()) == 1


def test_it_is_paused_changed_run_deleted_and_put_back(mondays: Mondays) -> None:
    question, around, run = mondays.add(), mondays.routines.around, mondays.house.run
    run(questions.change, mondays.anna, question, around, paused=True, now=mondays.house.now)
    mondays.at(EIGHT)
    assert mondays.answers() == []
    run(questions.run_now, mondays.anna, question, mondays.house.now)
    mondays.at(EIGHT + timedelta(minutes=1))
    assert len(mondays.answers()) == 1
    again = run(questions.change, mondays.anna, question, around, paused=False, text="New", now=mondays.house.now)
    assert (again.due, again.text) == (EIGHT + timedelta(days=7), "New")
    run(questions.delete, mondays.anna, question, mondays.house.now)
    mondays.at(EIGHT + timedelta(days=7))
    assert len(mondays.answers()) == 1
    run(questions.restore, mondays.anna, question, around, mondays.house.now)
    assert mondays.row(question).due == EIGHT + timedelta(days=14)
    run(questions.delete, mondays.anna, question, mondays.house.now)
    assert run(questions.purge, mondays.house.now + timedelta(days=2)) == 1
    with pytest.raises(NotFound):
        run(questions.restore, mondays.anna, question, around, mondays.house.now)


def test_it_follows_its_person_to_another_zone(mondays: Mondays) -> None:
    question = mondays.add()
    mondays.house.run(preferences.save, mondays.anna, zone="America/New_York")
    mondays.at(EIGHT)
    assert mondays.answers() == []
    assert mondays.row(question).due == EIGHT + timedelta(hours=5)  # summer time begins there that weekend


def test_a_clock_that_was_years_ahead_holds_up_nothing(mondays: Mondays) -> None:
    question = mondays.add()
    mondays.at(EIGHT + timedelta(days=2000))
    assert mondays.row(question).outcome == "missed"
    mondays.at(EIGHT - timedelta(hours=1))
    assert mondays.row(question).due == EIGHT


def test_what_cannot_be_is_said_at_its_field(mondays: Mondays) -> None:
    for when, field in (("", "when"), ("every monday at 8 buy milk", "when"), ("every minute", "rule")):
        with pytest.raises(Invalid) as refused:
            mondays.add(when)
        assert refused.value.field == field, when
    with pytest.raises(Invalid) as refused:
        mondays.add(text=" ")
    assert refused.value.field == "text"


def test_a_long_conversation_is_followed_by_another(mondays: Mondays, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(asking, "FULL", 4)
    mondays.add("every day at 8")
    for day in range(3):
        mondays.at(EIGHT + timedelta(days=day))
    homes = [one.conversation_id for one in mondays.answers()]
    assert (len(homes), len(set(homes))) == (3, 2)


def test_a_card_offers_it_and_a_yes_schedules_it(mondays: Mondays) -> None:
    program = mondays.house.program("anna")
    asked = program.post(
        "/conversations",
        json={"text": "Every Monday at 8, ask what is new", "model": "plain:1b"},
    )
    assert asked.status_code == 201, asked.text
    mondays.at(mondays.house.now)
    (act,) = program.get("/acts").json()["items"]
    assert act["lines"] == ["What is new", "Every Monday at 08:00"]
    rewritten = program.post(f"/acts/{act['id']}/rewrite", json={"text": "every Tuesday at 9, ask: what is new?"})
    assert rewritten.json()["lines"] == ["What is new?", "Every Tuesday at 09:00"]
    act = rewritten.json()
    # It is asked each time, whatever a conversation allows.
    said = {"digest": act["digest"], "always": True}
    assert program.post(f"/acts/{act['id']}/approve", json=said).status_code == 409
    done = program.post(f"/acts/{act['id']}/approve", json={"digest": act["digest"]})
    assert done.json()["state"] == "done", done.text
    (listed,) = program.get("/scheduled-questions").json()["items"]
    assert (listed["text"], listed["model"], listed["in_words"]) == (
        "What is new?",
        "plain:1b",
        "Every Tuesday at 09:00",
    )
    assert program.post(f"/acts/{act['id']}/undo").json()["state"] == "undone"
    assert program.get("/scheduled-questions").json()["items"] == []
