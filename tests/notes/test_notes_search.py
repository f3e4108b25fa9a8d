"""Finding notes: any word, any script, any filter, whatever is typed, and never anybody else's."""

import time
from datetime import UTC, datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

from assistant.notes import notebook, tags, trash
from assistant.notes.models import Note
from assistant.notes.search import index, query
from assistant.storage import tokens
from assistant.storage.database import Database
from assistant.storage.text import compose, fold, fold_composed, original
from tests.examples import examples

ME, OUTSIDER = 1, 2
NOW = datetime(2026, 3, 1, 12, tzinfo=UTC)
in_one_database = settings(
    suppress_health_check=[HealthCheck.function_scoped_fixture], max_examples=examples(80), deadline=None
)  # fmt: skip
pytestmark = pytest.mark.usefixtures("database")


def write(text: str = "", **values: Any) -> int:
    return int(notebook.create(values.pop("user", ME), values.pop("now", NOW), text=text, **values).id)


def found(words: str, user: int = ME, zone: Any = UTC, limit: int = 50) -> list[int]:
    return [hit.id for hit in index.find(user, words, zone=zone, limit=limit)]


def test_all_words_must_match_and_the_last_as_a_beginning() -> None:
    note = write("The quick brown fox")
    write("The quick red fox")
    assert found("brown qui") == [note]
    assert found('brown "qui"') == []
    assert found("brown qui is:pinned") == []
    assert found("brown qui -is:pinned") == [note]
    assert found("BROWN quick ") == [note]
    assert found("rown") == []


def test_titles_count_over_tags_over_texts_and_then_the_latest_first() -> None:
    text, tagged, titled = write("x\nplan"), write("y", tags=["plan"]), write("z", title="The plan")
    newer = write("x\nplan", now=NOW + timedelta(hours=1))
    assert found("plan") == [titled, tagged, newer, text]
    notebook.save(ME, text, "x\nplan again", 1, now=NOW + timedelta(hours=2))
    assert found("plan") == [titled, tagged, text, newer]


def test_what_must_not_be_there_may_stand_in_the_text_of_what_a_title_found() -> None:
    write("black", title="Tea")
    green = write("green", title="Tea for all", tags=["kitchen"])
    assert found("tea -black") == found("tea -bla") == [green]
    assert found("kitchen -black") == [green]
    assert found("tea -green -black") == []


def test_of_a_word_that_many_texts_have_its_beginnings_do_not_push_it_out(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(index, "MATCHES", 3)
    notes = [write(f"x\ntea {number}") for number in range(3)]
    for number in range(5):
        write(f"x\nteapot {number}")
    assert sorted(found("tea")) == notes
    assert len(found("teap")) == 3


def test_a_word_in_the_title_counts_where_others_are_in_the_text() -> None:
    both = write("of winter", title="Summer")
    in_text = write("some\nsummer and winter")
    assert found("summer winter") == [both, in_text]


def test_hits_in_titles_and_tags_are_not_pushed_out_by_newer_texts(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(index, "MATCHES", 5)
    titled, tagged = write("a", title="The word"), write("b", tags=["word"])
    for number in range(20):
        write(f"{number}\nword")
    assert found("word")[:2] == [titled, tagged]


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("Ölbronn an der Straße", "olbronn strasse"),
        ("Olbronn Strasse", "Ölbronn STRAẞE"),
        ("cafe\u0301", "café"),
        ("café", "cafe\u0301"),
        ("Ελλάδα", "ελλαδα"),
        ("İstanbul", "istanbul"),
        ("ﬁne ｆｕｌｌ", "fine full"),
        ("हिन्दी भाषा", "हिन्दी"),
        ("שָׁלוֹם", "שלום"),
        ("Ёлка", "елка"),
        ("snake_case and some-thing", "case"),
        ("snake_case and some-thing", "some-thing snake_case"),
        ("mail to a.b@example.com", "a.b@example.com"),
        ("`code` **bold** [link](x)", "code bold link"),
        ("C++ and c#", "c++"),
        ("buy 🛒 milk", "🛒"),
    ],
)
def test_accents_case_and_marks_make_no_difference(text: str, words: str) -> None:
    note = write(text)
    assert found(words) == [note]
    assert found(words + " ") == [note]


@pytest.mark.parametrize(
    "words", ["日", "本語", "日本語", "を勉", "語を勉強", "カタ", "한국", "국어", "東京tower", "tower", "강"]
)
def test_text_without_spaces_is_found_by_any_part(words: str) -> None:
    note = write("日本語を勉強する カタカナ 한국어 東京tower 강")
    write("日の本は語 勉を強 カナタ 국한")
    assert note in found(words)
    assert note in found(f'"{words}"')
    if len(words) > 1:
        assert found(words) == [note]


def test_phrases_and_exclusions() -> None:
    first, second = write("red apple pie"), write("apple red pie")
    assert found('"red apple"') == [first]
    assert found('"apple pi') == [first]  # a phrase that is still being typed
    assert found("pie -red") == []
    assert found('pie -"red apple"') == [second]
    assert found("-apple") == []
    other = write("bread")
    assert found("-apple") == [other]


def test_filters() -> None:
    pinned = write("word one", pinned=True, tags=["work/plans"])
    archived = write("word two", archived=True, tags=["Work"])
    plain = write("word three", tags=["working", "two words"])
    assert found("is:pinned") == [pinned]
    assert found("word is:archived") == [archived]
    assert found("word -is:archived -is:pinned") == [plain]
    assert set(found("tag:work")) == {pinned, archived}
    assert found("tag:#WORK/ one") == [pinned]
    assert found("tag:work/plans") == [pinned]
    assert found("-tag:work") == [plain]
    assert found('tag:"two words" -is:pinned') == [plain]
    assert found("IS:Pinned TAG:work") == [pinned]
    assert found("tag:nothing word") == []
    assert found("is:strange") == []


def test_many_notes_that_pass_a_filter_are_found_the_other_way(monkeypatch: pytest.MonkeyPatch) -> None:
    wanted = [write(f"word {number}", pinned=True) for number in range(4)]
    write("word")
    monkeypatch.setattr(index, "FEW", 3)
    assert sorted(found("is:pinned word ")) == wanted


def test_dates_are_days_where_the_person_is() -> None:
    note = write("late", now=datetime(2026, 1, 31, 23, 30, tzinfo=UTC))  # already February in Berlin
    berlin = ZoneInfo("Europe/Berlin")
    assert found("after:2026-02-01", zone=berlin) == [note]
    assert found("after:2026-02-01") == []
    assert found("before:2026-02-01") == [note]
    assert found("before:2026-02-01", zone=berlin) == []
    assert found("late after:2026 before:2026-2") == [note]
    assert found("late -before:2026-02-01", zone=berlin) == [note]
    assert found("late after:2026-13-45") == [note]  # not a date yet
    assert found("after:0001-01-01 late", zone=ZoneInfo("Asia/Tokyo")) == [note]
    assert found("before:tomorrow") == []


def test_the_trash_is_not_searched() -> None:
    note = write("word")
    trash.trash(ME, note, NOW)
    assert found("word") == []
    trash.restore(ME, note)
    assert found("word") == [note]


def test_an_outsider_finds_nothing() -> None:
    note = write("secret word", title="Secret", tags=["secret"], pinned=True)
    for words in (
        "secret",
        "word",
        "tag:secret",
        "is:pinned",
        "u1",
        "owner:u1",
        '"u1"',
        "-nothing",
        'x") OR owner:(u1',
    ):
        assert found(words, user=OUTSIDER) == []
    assert found("u1") == []
    assert found("secret") == [note]


def test_hits_are_marked_in_safe_html() -> None:
    write("<b>Straße</b> nach\n\n&amp; Ölbronn", title="Öl & <Straße>")
    (hit,) = index.find(ME, "strasse olbr", zone=UTC)
    assert hit.title == "Öl &amp; &lt;<mark>Straße</mark>&gt;"
    assert hit.snippet == "&lt;b&gt;<mark>Straße</mark>&lt;/b&gt; nach &amp;amp; <mark>Ölbronn</mark>"
    assert (hit.tags, hit.updated) == ((), NOW)


def test_a_snippet_shows_the_surroundings_of_the_hit() -> None:
    write("ß ﬁ " * 200 + "here is the Nädel in it " + "more words " * 200)
    (hit,) = index.find(ME, "nadel", zone=UTC)
    assert hit.snippet.startswith("…")
    assert hit.snippet.endswith("…")
    assert "here is the <mark>Nädel</mark> in it" in hit.snippet
    assert len(hit.snippet) < 300


def test_a_snippet_shows_words_rather_than_markdown() -> None:
    write("# Trip\n\n| Town | Night |\n| --- | --- |\n| **Lisbon** | [two](https://a.example/hotel) |\n## Later\nmore")
    assert index.find(ME, "lisb", zone=UTC)[0].snippet == "Town Night <mark>Lisbon</mark> two Later more"
    assert "<mark>hotel</mark>" in index.find(ME, "hotel", zone=UTC)[0].snippet


def test_characters_in_the_middle_of_a_run_are_marked() -> None:
    write("日本語を勉強する")
    (hit,) = index.find(ME, "語を", zone=UTC)
    assert hit.snippet == "日本<mark>語を</mark>勉強する"


def test_phrases_and_beginnings_are_marked_whole() -> None:
    write("A red, apple; redder redapple")
    assert index.find(ME, '"red apple"', zone=UTC)[0].snippet == "A <mark>red, apple</mark>; redder redapple"
    assert index.find(ME, "red", zone=UTC)[0].snippet.count("<mark>") == 3


HOSTILE = [
    '"', '""', "*", "NEAR(", "'; --", "'; DROP TABLE note; --", "x" * 100_000, "a " * 50_000, "😀", "\x00", "a\x00b",
    "\ud800", "a AND", "OR", "NOT", "text:", "owner:u1", "title:x", "(", ")", "-", "--", "^a", "{a b}:", "a*", '-"',
    "tag:", "tag:/", 'tag:"', "is:", "before:", "before:9999-12-31", "after:0000", "%", "\\", "a\nb", "\u202e",
    "ﷺ" * 500, '"a" * "b"', "tag:a " * 300, "+a", "a+b", "<mark>", "&lt;", "\u0301", "\u200d", "-" * 1000, "日" * 5000,
    "\U0010ffff", "is:pinned" * 100,
]  # fmt: skip


@pytest.mark.parametrize("words", HOSTILE, ids=range(len(HOSTILE)))
def test_hostile_searches_never_fail(words: str) -> None:
    write("quiet water 日本 😀", tags=["still"])
    start = time.process_time()
    index.find(ME, words, zone=ZoneInfo("America/New_York"))
    assert time.process_time() - start < 1


@given(st.text(max_size=80))
@in_one_database
def test_any_search_is_answered(words: str) -> None:
    if not Note.select().exists():
        write("some text with words 日本", tags=["tag"])
    index.find(ME, words, zone=UTC)


def typed_words(text: str) -> list[str]:
    # A minus excludes, quotes make phrases and a colon may filter: as a phrase, every word is itself.
    words = text.replace('"', " ").replace("\x00", " ").split()
    return [word for word in words if tokens.has_words(fold(word)) and len(word) < 100]


@given(st.text(max_size=120))
@example("a\u0301 ǅ ß İ ŉ 각 가 ﾊﾟ \U0001df00 ① ½ ªº ͅ ⅷ")
@example("x\u200dy 👩‍👩‍👧 a\xadb")
@in_one_database
def test_a_note_finds_its_own_words(text: str) -> None:
    note = write(text)
    stored = notebook.get(ME, note).text
    for word in typed_words(stored)[:6]:
        assert note in found(f'"{word}"', limit=1000), word
        assert note in found(f'"{word}', limit=1000), word
    hits = index.find(ME, stored[:100], zone=UTC)
    assert all(hit.snippet.count("<mark>") == hit.snippet.count("</mark>") for hit in hits)
    trash.trash(ME, note, NOW)
    trash.empty_trash(ME)


@given(st.text(max_size=40))
@settings(max_examples=examples(150), deadline=None)
@example("ßﬁ½aİ\u0301")
@example("\u0301a")
@example("ae\u0301\u0301b")
@example("x\ufe0fy")
def test_folded_places_lead_back(text: str) -> None:
    text = compose(text.replace("\ud800", ""))
    places = [original(text, at) for at in range(len(fold_composed(text)))]
    assert places == sorted(places)
    rebuilt = "".join(fold_composed(text[at]) for at in sorted(set(places)))
    assert rebuilt == fold_composed(text)


def test_the_index_agrees_with_the_rows_and_can_be_made_anew(database: Database) -> None:
    first, second = write("one 日本", tags=["a"]), write("two")
    theirs = write("three", user=OUTSIDER)
    notebook.save(ME, first, "one more", 1, now=NOW)
    tags.rename(ME, "a", "b", NOW)
    assert index.check() == []
    execute = database.peewee.execute_sql
    execute("UPDATE note SET text = 'changed by hand' WHERE id = ?", (first,))
    (row,) = execute("SELECT search_row FROM note WHERE id = ?", (theirs,)).fetchone()
    index.remove([row])
    index.write(Note(id=second, user=ME, title="x", text="", search_row=99), [])
    assert len(index.check()) == 3
    assert index.check(ME)[0] == f"Note {first} stands in the index with another text."
    assert index.check(OUTSIDER)[0] == f"Note {theirs} is missing from the index."
    assert index.rebuild() == 3
    assert index.check() == []
    assert (found("changed"), found("two"), found("three", user=OUTSIDER)) == ([first], [second], [theirs])


def test_a_query_says_what_it_understood() -> None:
    made = query.parse('tag:A/b "x y" -no la', UTC)
    assert made.tags == [("a/b", True)]
    terms = [(term.words, term.prefix, term.negative) for term in made.terms]
    assert terms == [("x y", False, False), ("no", False, True), ("la", True, False)]
    assert query.parse("  ", UTC).empty


def test_a_hit_late_in_a_long_text_is_shown() -> None:
    write("Wörter " * 5_000 + "Nadel " + "Wörter " * 5_000)
    (hit,) = index.find(ME, "nadel", zone=UTC)
    assert "<mark>Nadel</mark>" in hit.snippet
    far = write("Wörter " * 40_000 + "Ende")
    assert [(hit.id, "<mark>" in hit.snippet) for hit in index.find(ME, "ende", zone=UTC)] == [(far, False)]
