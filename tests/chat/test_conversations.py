"""Conversations as rows: asking, versions, the context, finding."""

import re
from datetime import timedelta
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from assistant.chat import branches, context, conversations, course, messages, pictures, tokens
from assistant.chat.models import Message
from assistant.chat.search import index as search
from assistant.errors import Conflict, Invalid, ModelUnavailable, NotFound
from assistant.storage.database import Database
from assistant.web import parts
from tests.examples import examples

ME = 1
NOW = parts.now()


def ask(home: int | None, text: str, key: str, answer: str = "an answer", **stats: Any) -> messages.Pair:
    pair = messages.ask(ME, home, text, key=key, now=NOW, model="plain:1b")
    messages.finish(pair.answer.id, NOW, state="done", text=answer, **stats)
    return pair


def texts(home: int) -> list[str]:
    return [shown.message.text for shown in branches.thread(ME, home)]


def test_asking_twice_is_once(database: Database) -> None:
    first = ask(None, "Hello there", "k")
    again = messages.ask(ME, None, "Hello there", key="k", now=NOW, model="x")
    assert (again.new, again.question.id, again.answer.id) == (False, first.question.id, first.answer.id)
    assert len(conversations.listing(ME)) == 1


def test_only_one_answer_is_written_at_a_time(database: Database) -> None:
    pair = messages.ask(ME, None, "one", key="1", now=NOW, model="m")
    with pytest.raises(Conflict):
        messages.ask(ME, pair.question.conversation_id, "two", key="2", now=NOW, model="m")
    assert Message.select().count() == 2


def test_a_branch_is_read_from_its_end(database: Database) -> None:
    home = ask(None, "question 0", "0").question.conversation_id
    pairs = [ask(home, f"question {number}", str(number)) for number in range(1, 10)]
    read = branches.window(ME, home, last=4)
    assert [shown.message.text for shown in read.shown] == ["question 8", "an answer", "question 9", "an answer"]
    assert read.earlier == 16
    back = branches.window(ME, home, last=4, back_to=pairs[3].question.id)
    assert (back.shown[0].message.id, back.earlier) == (pairs[3].question.id - branches.BEFORE_HIT, 3)
    assert branches.window(ME, home, last=100).earlier == 0


def test_a_key_says_where_its_question_is(database: Database) -> None:
    pair = ask(None, "Hello", "k")
    assert messages.asked(ME, "k") == pair.question.conversation_id
    assert (messages.asked(ME, "other"), messages.asked(2, "k")) == (0, 0)


def test_versions_are_kept_and_paged(database: Database) -> None:
    pair = ask(None, "first", "1", "one")
    home = pair.question.conversation_id
    ask(home, "second", "2", "two")
    edited = messages.edit(ME, pair.question.id, "first, better", key="3", now=NOW)
    messages.finish(edited.answer.id, NOW, state="done", text="three")
    assert texts(home) == ["first, better", "three"]
    assert [shown.versions for shown in branches.thread(ME, home)] == [2, 1]
    branches.choose_version(ME, edited.question.id, 1)
    assert texts(home) == ["first", "one", "second", "two"]
    with pytest.raises(NotFound):
        branches.choose_version(ME, edited.question.id, 3)
    assert branches.reveal(ME, edited.answer.id) == home
    assert texts(home) == ["first, better", "three"]


def test_deleting_a_message_is_undone_exactly(database: Database) -> None:
    home = ask(None, "one", "1").question.conversation_id
    second = ask(home, "two", "2")
    before = texts(home)
    undo = branches.remove(ME, second.question.id, NOW)
    assert len(texts(home)) == 2
    branches.put_back(ME, undo)
    assert texts(home) == before


def test_a_deleted_message_is_neither_a_version_nor_found_and_goes_after_a_day(database: Database) -> None:
    pair = ask(None, "zebra", "1")
    again = messages.regenerate(ME, pair.answer.id, model="m", now=NOW)
    messages.finish(again.id, NOW, state="done", text="the second")
    branches.remove(ME, again.id, NOW)
    shown = branches.thread(ME, pair.question.conversation_id)
    assert [(one.message.id, one.versions) for one in shown] == [(pair.question.id, 1), (pair.answer.id, 1)]
    branches.remove(ME, pair.question.id, NOW)
    assert search.find(ME, "zebra") == []
    assert branches.thread(ME, pair.question.conversation_id) == []
    with pytest.raises(NotFound):
        messages.get_own(ME, pair.answer.id)
    conversations.purge(NOW + timedelta(hours=25))
    assert Message.select().count() == 0


def test_a_question_whose_answer_was_deleted_is_answered_anew(database: Database) -> None:
    pair = ask(None, "why", "1")
    branches.remove(ME, pair.answer.id, NOW)
    answer = messages.answer_to(ME, pair.question.id, model="m", now=NOW)
    assert [one.message.id for one in branches.thread(ME, answer.conversation_id)] == [pair.question.id, answer.id]


@pytest.mark.parametrize("row", [-1, 0, 2**31, 2**63, 10**40])
def test_no_number_is_too_large_to_be_not_found(database: Database, row: int) -> None:
    for act in (conversations.get, messages.get_own, pictures.get):
        with pytest.raises(NotFound):
            act(ME, row)


def test_deleting_a_conversation_can_be_undone_for_a_day(database: Database) -> None:
    home = ask(None, "find me", "1").question.conversation_id
    conversations.delete(ME, home, NOW)
    assert search.find(ME, "find") == []
    conversations.purge(NOW + timedelta(hours=23))
    conversations.restore(ME, home)
    assert len(search.find(ME, "find")) == 1
    conversations.delete(ME, home, NOW)
    conversations.purge(NOW + timedelta(hours=25))
    with pytest.raises(NotFound):
        conversations.restore(ME, home)
    assert Message.select().count() == 0


def test_a_restart_marks_what_was_being_written(database: Database) -> None:
    pair = messages.ask(ME, None, "one", key="1", now=NOW, model="m")
    messages.checkpoint(pair.answer.id, text="half an ans")
    assert messages.interrupt_all() == 1
    shown = branches.thread(ME, pair.question.conversation_id)[-1].message
    assert (shown.state, shown.text) == ("interrupted", "half an ans")
    assert messages.resume(ME, shown.id, NOW).text == "half an ans"
    with pytest.raises(Conflict):
        messages.resume(ME, shown.id, NOW)


@pytest.mark.parametrize(
    ("values", "field"),
    [
        ({"title": "  "}, "title"),
        ({"title": "x" * 201}, "title"),
        ({"temperature": 3.0}, "temperature"),
        ({"num_ctx": 10}, "num_ctx"),
        ({"temperature": float("nan")}, "temperature"),
        ({"think": "very"}, "think"),
        ({"keep_alive": "a while"}, "keep_alive"),
        ({"keep_alive": "2d"}, "keep_alive"),
        ({"keep_alive": "1h" * 11}, "keep_alive"),
        ({"system": "x" * 100_001}, "system"),
    ],
)
def test_a_wrong_setting_names_its_field(database: Database, values: dict[str, object], field: str) -> None:
    home = ask(None, "one", "1").question.conversation_id
    with pytest.raises(Invalid) as error:
        conversations.change(ME, home, **values)
    assert error.value.field == field


@pytest.mark.parametrize("text", ["", " \n ", "x" * 100_001])
def test_a_message_that_cannot_be(database: Database, text: str) -> None:
    with pytest.raises(Invalid):
        messages.ask(ME, None, text, key="k", now=NOW, model="m")
    assert conversations.listing(ME) == []


def test_the_oldest_are_left_out_and_the_system_prompt_stays(database: Database) -> None:
    home = ask(None, "a" * 900, "0", "b" * 900).question.conversation_id
    for number in range(1, 5):
        ask(home, "a" * 900, str(number), "b" * 900)
    conversations.change(ME, home, system="Be brief.", num_ctx=2048)
    pair = messages.ask(ME, home, "the last question", key="last", now=NOW, model="m")
    made = context.request(ME, pair.answer.id, 8192)
    assert made.turns[0].text == "Be brief."
    assert made.turns[-1].text == "the last question"
    assert made.left_out == 11 - (len(made.turns) - 1)
    assert 0 < made.left_out < 10
    assert sum(tokens.estimate(turn.text) for turn in made.turns) <= 2048 * 0.75


def test_the_estimate_learns_from_ollamas_own_count(database: Database) -> None:
    home = ask(None, "a" * 3000, "0", "b" * 30, prompt_tokens=504, answer_tokens=10).question.conversation_id
    conversations.change(ME, home, num_ctx=1024)
    pair = messages.ask(ME, home, "c" * 600, key="1", now=NOW, model="m")
    assert context.request(ME, pair.answer.id, 8192).left_out == 0


def test_the_models_own_limit_counts(database: Database) -> None:
    home = ask(None, "a" * 900, "0", "b" * 900).question.conversation_id
    for number in range(1, 5):
        ask(home, "a" * 900, str(number), "b" * 900)
    pair = messages.ask(ME, home, "the last question", key="last", now=NOW, model="m")
    for wished, limit, expected in ((None, 0, 8192), (None, 2048, 2048), (1024, 2048, 1024), (4096, 2048, 2048)):
        conversations.change(ME, home, num_ctx=wished)
        made = context.request(ME, pair.answer.id, 8192, limit=limit)
        assert made.num_ctx == expected
        assert sum(tokens.estimate(turn.text) for turn in made.turns) <= expected * 0.75
        assert made.turns[-1].text == "the last question"
        assert made.left_out == 11 - len(made.turns)


def test_an_answer_that_goes_on_has_room_for_what_it_has(database: Database) -> None:
    home = ask(None, "a" * 900, "0", "b" * 900).question.conversation_id
    pair = messages.ask(ME, home, "the last question", key="last", now=NOW, model="m")
    messages.checkpoint(pair.answer.id, text="c" * 3000)
    made = context.request(ME, pair.answer.id, 2048)
    assert [turn.text[0] for turn in made.turns] == ["b", "t", "c"]
    assert made.left_out == 1


@pytest.mark.parametrize(("system", "said"), [("", "reads about 5,500 at once"), ("x" * 5000, "instructions")])
def test_a_question_that_does_not_fit_alone_is_refused(database: Database, system: str, said: str) -> None:
    question = "q" * 90_000
    with pytest.raises(Invalid, match=said) as error:
        context.check_room(question, system, 2048)
    assert error.value.field == "text"
    pair = messages.ask(ME, None, question, key="1", now=NOW, model="m", settings={"system": system})
    with pytest.raises(ModelUnavailable, match=said):
        context.request(ME, pair.answer.id, 8192, limit=2048)


def test_what_is_said_to_fit_fits(database: Database) -> None:
    for sign in ("q", "ü", "機", "😀"):
        with pytest.raises(Invalid) as error:
            context.check_room(sign * 90_000, "", 8192)
        [fits] = [int(found.replace(",", "")) for found in re.findall(r"about ([\d,]+)", str(error.value))]
        context.check_room(sign * fits, "", 8192)
        with pytest.raises(Invalid):
            context.check_room(sign * (fits + 200), "", 8192)


def test_a_conversation_of_which_ollama_counted_less_takes_longer_questions(database: Database) -> None:
    home = ask(None, "a" * 3000, "0", "b" * 30, prompt_tokens=504, answer_tokens=10).question.conversation_id
    scale = course.scale(ME, home)
    assert scale == 0.5
    context.check_room("q" * 30_000, "", 8192, scale=scale)
    with pytest.raises(Invalid):
        context.check_room("q" * 30_000, "", 8192)


@pytest.mark.parametrize(
    "words", ['"', "*", "NEAR(", "'; --", "x" * 100_000, "😀", "\x00", "a AND", "text:", "(", "-", "^a", "NOT"]
)
def test_hostile_searches_find_nothing_and_do_not_fail(database: Database, words: str) -> None:
    ask(None, "quiet water", "1", "still")
    assert search.find(ME, words) == []


@given(st.text(min_size=1, max_size=60))
@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], max_examples=examples(60), deadline=None)
def test_any_search_is_answered(database: Database, words: str) -> None:
    search.find(ME, words)


def test_hits_are_marked_and_safe(database: Database) -> None:
    ask(None, "<b>Straße</b> nach Ölbronn", "1", "the answer")
    (hit,) = search.find(ME, "olbr")
    assert hit.snippet == "&lt;b&gt;Straße&lt;/b&gt; nach <mark>Ölbronn</mark>"


@pytest.mark.parametrize(
    ("text", "title"),
    [
        ("  # Plans for *Sunday*\nmore", "Plans for *Sunday"),
        ("\n\n", "Picture"),
        ("word " * 40, ("word " * 16).strip() + "…"),
    ],
)
def test_titles_come_from_the_first_line(text: str, title: str) -> None:
    assert conversations.title_from(text) == title


def test_a_window_around_a_message_says_what_stands_before_and_behind(database: Database) -> None:
    home = None
    for number in range(20):
        home = ask(home, str(number), str(number), "answer").question.conversation_id
    assert home
    ids = [one.message.id for one in branches.thread(ME, home)]
    around = branches.window(ME, home, last=4, back_to=ids[10], most=8)
    assert [one.message.id for one in around.shown] == ids[5:13]
    assert (around.earlier, around.later) == (5, 27)
    end = branches.window(ME, home, last=4, back_to=ids[38], most=8)
    assert [one.message.id for one in end.shown] == ids[33:]
    assert (end.earlier, end.later) == (33, 0)
    assert branches.window(ME, home, last=4).later == 0


def test_a_window_begins_where_it_began_while_messages_are_added(database: Database) -> None:
    home = ask(None, "0", "0", "answer").question.conversation_id
    for number in range(1, 5):
        ask(home, str(number), str(number), "answer")
        ids = [one.message.id for one in branches.thread(ME, home)]
        read = branches.window(ME, home, last=2, since=ids[1])
        assert [one.message.id for one in read.shown] == ids[1:]
    assert branches.window(ME, home, last=4, since=ids[-1]).earlier == 6
    assert branches.window(ME, home, last=4, since=ids[-1] + 1).earlier == 6
