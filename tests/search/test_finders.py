"""What the search finds in each room, and for whom."""

from collections.abc import Iterator
from datetime import datetime, timedelta
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from markupsafe import escape

from assistant.chat import conversations, messages, projects
from assistant.config import Config
from assistant.notes import notebook
from assistant.reminders import reminders
from assistant.search.finders import Hit
from assistant.settings.finder import Entry
from assistant.storage.database import Database
from assistant.storage.highlight import highlight, snippet
from assistant.storage.text import compose
from assistant.users import accounts
from assistant.web import parts
from assistant.web.finders import finders
from tests.examples import examples

ANNA, EVE = 1, 2
NOW = datetime.fromisoformat("2030-01-01T12:00:00+00:00")


@pytest.fixture
def database(tmp_path: Path) -> Iterator[Database]:
    opened = parts.open_database(Config(data=tmp_path))
    for name in ("anna", "eve"):
        opened.run_here(accounts.add, name, "x", now=NOW)
    yield opened
    opened.close()


def write(database: Database) -> None:
    """Something with the word Ärger in each room, all of Anna's."""
    database.run_here(projects.add, ANNA, name="Ärger im Haus", now=NOW)
    pair = database.run_here(messages.ask, ANNA, None, "Viel Ärger im Büro", key="k", now=NOW, model="m")
    database.run_here(messages.finish, pair.answer.id, NOW, state="done", text="Straße und <b>Ärger</b>")
    database.run_here(notebook.create, ANNA, NOW, text="# Ärger\n- [ ] **viel** Ärger & <i>mehr</i>")
    tomorrow = (NOW + timedelta(days=1)).replace(tzinfo=None)
    database.run_here(reminders.add, ANNA, text="Ärger melden", local=tomorrow, zone="UTC", now=NOW)


def can_set(*, owner: bool) -> list[Entry]:
    people = [Entry("household", "Household", "people", "People", "dark")] if owner else []
    return [Entry("general", "General", "theme", "Theme <b>", "dark"), *people]


def found(database: Database, user: int, words: str, limit: int = 50) -> dict[str, list[Hit]]:
    return {one.name: database.run_here(one.find, user, words, limit) for one in finders(lambda: NOW, can_set)}


@pytest.mark.parametrize("typed", ["Ärger", "ärger", "ÄRGER", "arger", "ARGER", "A\u0308RGER", "Ärg"])
def test_every_room_folds_alike(database: Database, typed: str) -> None:
    write(database)
    counts = {name: len(hits) for name, hits in found(database, ANNA, typed).items()}
    assert counts == {"projects": 1, "conversations": 1, "messages": 2, "notes": 1, "reminders": 1, "settings": 0}


@pytest.mark.parametrize("typed", ["Straße", "STRASSE", "strasse", "ＳＴＲＡＳＳＥ"])
def test_messages_know_both_spellings_of_sz(database: Database, typed: str) -> None:
    write(database)
    assert len(found(database, ANNA, typed)["messages"]) == 1


def test_titles_find_signs_too(database: Database) -> None:
    database.run_here(messages.ask, ANNA, None, "C++ or #rust 🐴", key="k", now=NOW, model="m")
    for typed in ("C++", "#", "🐴"):
        assert [row.title for row in database.run_here(conversations.listing, ANNA, words=typed)] == ["C++ or #rust 🐴"]
    assert database.run_here(conversations.listing, ANNA, words="C--") == []


def test_settings_are_found_by_who_can_set_them(database: Database) -> None:
    for owner, titles in ((False, ["Theme &lt;b&gt;"]), (True, ["Theme &lt;b&gt;", "People"])):
        if owner:
            database.run_here(accounts.make_owner, ANNA)
        hits = found(database, ANNA, "dark")["settings"]
        assert [hit.title for hit in hits] == titles
        assert hits[0].address == "/settings/general?at=theme#theme"


def test_the_outsider_finds_nothing(database: Database) -> None:
    write(database)
    for typed in ("Ärger", "", "e", "owner:u1", '"', "tag:x", "*"):
        assert not any(found(database, EVE, typed).values()), typed


def test_hits_are_safe_and_say_where_the_words_stand(database: Database) -> None:
    write(database)
    hits = found(database, ANNA, "ärger")
    assert hits["messages"][0].snippet == "Straße und &lt;b&gt;<mark>Ärger</mark>&lt;/b&gt;"
    assert hits["conversations"][0].title == "Viel <mark>Ärger</mark> im Büro"
    assert hits["notes"][0].title == "<mark>Ärger</mark>"
    assert hits["notes"][0].snippet == "viel <mark>Ärger</mark> &amp; &lt;i&gt;mehr&lt;/i&gt;"
    assert hits["reminders"][0].title == "<mark>Ärger</mark> melden"
    assert [hits[name][0].named for name in ("conversations", "messages", "notes", "reminders")] == [
        True, False, True, True,
    ]  # fmt: skip
    assert hits["notes"][0].address == "/notes/1"
    assert hits["messages"][0].address == "/chat/1?m=2"


def test_without_words_the_latest_is_found(database: Database) -> None:
    write(database)
    counts = {name: len(hits) for name, hits in found(database, ANNA, "  ").items()}
    assert counts == {"projects": 0, "conversations": 1, "messages": 0, "notes": 1, "reminders": 1, "settings": 0}


def test_what_was_deleted_is_not_found_and_what_was_archived_is(database: Database) -> None:
    write(database)
    database.run_here(conversations.change, ANNA, 1, archived=True)
    assert found(database, ANNA, "ärger")["conversations"][0].about == "Archived"
    database.run_here(conversations.delete, ANNA, 1, NOW)
    counts = {name: len(hits) for name, hits in found(database, ANNA, "ärger").items()}
    assert counts["conversations"] == counts["messages"] == 0


def test_a_limit_is_kept(database: Database) -> None:
    for number in range(9):
        database.run_here(notebook.create, ANNA, NOW + timedelta(minutes=number), text=f"# Note {number}\nword")
    assert len(found(database, ANNA, "word", 4)["notes"]) == 4


@settings(deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture], max_examples=examples(200))
@given(st.text(max_size=40), st.text(max_size=12))
def test_a_highlight_keeps_the_text_and_lets_no_sign_through(text: str, words: str) -> None:
    bare = highlight(text, words).replace("<mark>", "").replace("</mark>", "")
    assert bare == escape(compose(text))
    assert "<" not in snippet(text, words).replace("<mark>", "").replace("</mark>", "")


SIGNS = [
    ("C++ and C# and F#", "c++", "c and f"),
    ("C++ and C# and F#", "C#", "c and f"),
    ("C++ and C# and F#", "f# c++", "f# and c"),
    ("the .NET one", ".net", "the net one"),
    ("a channel # here", "#", "a channel here"),
    ("write to anna@example.org", "anna@example", "anna example org"),
    ("write to @anna", "@anna", "write to anna"),
    ("just @ that", "@", "just that"),
    ("AT&T", "at&t", "at t"),
    ("100% sure", "100%", "100 sure"),
    ("it costs 5 €", "€", "it costs 5"),
    ("a party 🎉 today", "🎉", "a party today"),
    ("good👍🏽job", "👍", "good job"),
    ("機能と設定", "機能", "設定"),
    ("机器学习很有趣", "器学", "机器"),
    ("ÄRGER++", "arger++", "Ärger"),
    ("Straße #7", "STRASSE #7", "Strasse 7"),
    ("what is this?", "this?", "what is that?"),
    ("(hello), world", "hello, (world)", "hello"),
    ("node.js runs", "node.js", "node runs js"),
]


@pytest.mark.parametrize(("text", "typed", "other"), SIGNS)
def test_signs_find_what_they_say_in_every_room(database: Database, text: str, typed: str, other: str) -> None:
    for number, words in enumerate((other, text)):
        pair = database.run_here(messages.ask, ANNA, None, words, key=f"k{number}", now=NOW, model="m")
        database.run_here(messages.finish, pair.answer.id, NOW, state="done", text=f"Well: {words}")
        database.run_here(notebook.create, ANNA, NOW, text=f"title\n{words}")
    hits = found(database, ANNA, typed)
    assert {name: len(hits[name]) for name in ("messages", "notes")} == {"messages": 2, "notes": 1}
    for room in ("messages", "notes"):
        assert all("<mark>" in hit.snippet for hit in hits[room])


def test_signs_are_kept_away_and_left_out(database: Database) -> None:
    for words in ("C++ one", "C one"):
        database.run_here(notebook.create, ANNA, NOW, text=words)
    assert len(found(database, ANNA, "one -c++")["notes"]) == 1
    assert len(found(database, ANNA, "-c++")["notes"]) == 1
    assert found(database, EVE, "c++")["notes"] == []


def test_tags_are_found_however_they_are_written(database: Database) -> None:
    database.run_here(notebook.create, ANNA, NOW, text="one", tags=["Ärger"])
    tomorrow = (NOW + timedelta(days=1)).replace(tzinfo=None)
    database.run_here(reminders.add, ANNA, text="two", local=tomorrow, zone="UTC", now=NOW, tags=["Ärger"])
    for typed in ("ÄRGER", "arger", "#ärger"):
        hits = found(database, ANNA, typed)
        assert (len(hits["notes"]), len(hits["reminders"])) == (1, 1), typed
    assert len(found(database, ANNA, "tag:ARGER")["notes"]) == 1
