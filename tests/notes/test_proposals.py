"""Which passage is meant, where it is once the text has changed, and what an answer makes of it."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from assistant.errors import Invalid
from assistant.notes.proposals import asking, differences, passage, wording
from assistant.notes.proposals.kinds import ALL, KINDS
from assistant.notes.proposals.passage import PARAGRAPH, WHOLE, Passage
from tests.examples import examples

TEXT = "# Trip\n\nWe saw it.\nIt was cold.\n\n- tea\n- milk"
SOME = st.text("ab \n", max_size=12)


def marked(text: str, words: str) -> Passage:
    begin = text.index(words)
    return Passage(text, begin, begin + len(words))


@pytest.mark.parametrize(
    ("at", "words", "what"),
    [(0, "# Trip", PARAGRAPH), (12, "We saw it.\nIt was cold.", PARAGRAPH), (len(TEXT), "- tea\n- milk", PARAGRAPH)],
)
def test_without_a_mark_the_paragraph_at_the_cursor_is_meant(at: int, words: str, what: str) -> None:
    found = passage.meant(TEXT, at, at, "")
    assert (found.words, found.what) == (words, what)


def test_where_nothing_stands_at_the_cursor_the_whole_note_is_meant() -> None:
    assert passage.meant("tea\n\n\n\n\nmilk", 5, 5, "").what == WHOLE
    assert passage.meant("", 0, 0, "").words == ""
    with pytest.raises(Invalid, match="nothing written"):
        asking.valid("improve", passage.meant(" \n ", 1, 1, ""), "")


def test_a_mark_is_found_by_its_words_where_the_text_was_merged() -> None:
    assert passage.meant(f"Before.\n\n{TEXT}", 8, 18, "We saw it.").words == "We saw it."


@pytest.mark.parametrize(
    ("now", "words"),
    [
        (TEXT, "We saw it."), (f"Above\n\n{TEXT}", "We saw it."),
        (TEXT.replace("# Trip", "# A long trip"), "We saw it."),
        (TEXT.replace("We saw it.", "We all saw it."), "We all saw it."), (TEXT.replace("We saw it.\n", ""), ""),
        (TEXT.replace("\nIt was cold.", "\n\nIt was not.") + "\n- x", "We saw it."),
        ("- milk\n\nWe saw it.", "We saw it."),
        (TEXT.replace("saw it.", "saw it. Twice."), "We saw it."), ("", ""),
    ],
)  # fmt: skip
def test_a_passage_is_found_again_in_what_others_made_of_the_text(now: str, words: str) -> None:
    assert passage.now_at(marked(TEXT, "We saw it."), now).words == words


@settings(max_examples=examples(300))
@given(SOME, SOME, SOME, SOME, SOME)
def test_what_changed_around_a_passage_does_not_touch_it(
    before: str, inside: str, after: str, other: str, more: str
) -> None:
    words = f"x{inside}x"
    found = passage.now_at(marked(f"{before}\n{words}\n{after}", words), f"{other}\n{words}\n{more}")
    assert found.words == words


@settings(max_examples=examples(300))
@given(st.text("ab\n", max_size=20), st.text("ab\n", max_size=20), st.integers(0, 20), st.integers(0, 20))
def test_wherever_a_passage_was_it_is_in_the_text(old: str, new: str, one: int, two: int) -> None:
    begin, end = sorted(min(at, len(old)) for at in (one, two))
    found = passage.now_at(Passage(old, begin, end), new)
    assert 0 <= found.begin <= found.end <= len(new)


def test_places_are_counted_as_browsers_do() -> None:
    text = "🍵 tea 🍵 milk"
    at = text.index("milk")
    assert passage.in_units(text, at) == at + 2
    assert passage.in_characters(text, at + 2) == at
    assert passage.in_characters(text, 99) == len(text)


@pytest.mark.parametrize(
    ("kind", "words", "answer", "fitted"),
    [
        ("improve", "We saw it.", "We saw it all.", "We saw it all."),
        ("improve", "We saw it.\nIt was cold.\n", "“We saw a cold thing.”", "We saw a cold thing.\n"),
        ("improve", "We saw it.", "```markdown\nWe saw it all.\n```", "We saw it all."),
        ("shorten", "It was cold.", "§12345678§\nCold.\n§12345678§", "Cold."),
        ("translate", "It was cold.", "  Es war kalt.\n", "Es war kalt."),
        ("improve", "We saw it.", "  \n", "We saw it."),
        ("continue", "It was cold.", "Then we swam.", "It was cold. Then we swam."),
        ("continue", "It was cold", ", and we swam.", "It was cold, and we swam."),
        ("continue", "- tea\n- milk", "- bread\n- salt", "- tea\n- milk\n- bread\n- salt"),
        ("continue", "# Trip", "A.\n\nB.", "# Trip\n\nA.\n\nB."),
        ("tasks", "We saw", "1. Swim\n2) Dry\n- Swim", "We saw it.\n\n- [ ] Swim\n- [ ] Dry\n"),
        ("tasks", "It was cold.", "Here they are:\n- [x] Buy a coat\n* [ ] Warm up", None),
        ("tasks", "- tea\n- milk", "- [ ] Buy tea", "- tea\n- milk\n- [ ] Buy tea"),
    ],
)
def test_an_answer_becomes_what_stands_in_the_note(kind: str, words: str, answer: str, fitted: str | None) -> None:
    meant = marked(TEXT, words)
    proposal = asking.valid(kind, meant, "German")
    proposal.answer = answer
    assert proposal.words == (fitted or "It was cold.\n\n- [ ] Buy a coat\n- [ ] Warm up")
    if proposal.kind.follows:
        assert proposal.words.startswith(words)


def test_tasks_never_come_into_the_middle_of_a_line_or_a_paragraph() -> None:
    proposal = asking.valid("tasks", marked(TEXT, "saw"), "")
    proposal.answer = "- swim"
    now = proposal.passage
    assert TEXT[: now.begin] + proposal.words + TEXT[now.end :] == TEXT.replace(
        "We saw it.\n", "We saw it.\n\n- [ ] swim\n\n"
    )


def test_an_address_that_was_not_there_is_told() -> None:
    proposal = asking.valid("improve", marked(TEXT, "We saw it."), "")
    proposal.answer = "We saw [it](https://thief.example/?q=x)."
    assert proposal.told == ["It leads to an address that was not in your text: https://thief.example/?q=x"]
    assert wording.new_addresses("see https://a.example/x.", "https://A.example/x and") == []


@settings(max_examples=examples(300))
@given(st.text("ab ,\n", max_size=30), st.text("ab ,\n", max_size=30))
def test_differences_lead_from_one_text_to_the_other(before: str, after: str) -> None:
    pieces = differences.in_words(before, after)
    assert "".join(text for kind, text in pieces if kind != "added") == before
    assert "".join(text for kind, text in pieces if kind != "removed") == after


def test_what_was_not_reached_yet_is_not_removed() -> None:
    assert [kind for kind, _ in differences.so_far("We has seen the sea.", "We have")] == ["same", "added", "same"]
    assert differences.in_words("我看到了海", "我看见了海") == [
        ("same", "我看"), ("removed", "到"), ("added", "见"), ("same", "了海"),
    ]  # fmt: skip
    whole = "word " * 4000
    assert [kind for kind, _ in differences.in_words(f"a\n{whole}", f"b\n{whole}")] == ["removed", "added", "same"]


def test_what_cannot_be_asked_for_is_said_with_its_field() -> None:
    for name, language, field in (
        ("sing", "", "kind"),
        ("translate", " ", "language"),
        ("translate", "x" * 61, "language"),
    ):
        with pytest.raises(Invalid) as raised:
            asking.valid(name, marked(TEXT, "We saw it."), language)
        assert raised.value.field == field
    assert list(KINDS) == [kind.name for kind in ALL]
    assert "into this language: German." in KINDS["translate"].told("German")
