"""Text: what the database can keep, and how it is compared."""

import unicodedata

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from assistant.storage.text import clean, compose, fold, fold_case, fold_composed, one_line, sort_key


@pytest.mark.parametrize(
    ("text", "folded"),
    [
        ("Käse", "kase"),
        ("Ka\u0308se", "kase"),
        ("STRASSE", "strasse"),
        ("Straße", "strasse"),
        ("ﬁne", "fine"),
        ("ｗｉｄｅ", "wide"),
        ("Ёлка", "елка"),
        ("a\x00b\tc\nd", "a b\tc\nd"),
        ("x\u200dy", "x y"),
        ("", ""),
    ],
)
def test_case_accents_width_and_control_characters_make_no_difference(text: str, folded: str) -> None:
    assert fold(text) == folded


@given(st.text(alphabet=st.characters(exclude_categories=["Cs"]), max_size=40))
@example("ßﬁ½aİ\u0301")
def test_both_forms_of_an_accent_fold_to_the_same(text: str) -> None:
    assert fold(unicodedata.normalize("NFD", text)) == fold(unicodedata.normalize("NFC", text))


@given(st.text(max_size=40), st.integers(0, 40))
def test_the_start_of_a_composed_text_folds_to_the_start(text: str, at: int) -> None:
    text = compose(text)
    assert fold_composed(text).startswith(fold_composed(text[:at]))


def test_names_differ_by_accents_but_not_by_case() -> None:
    assert fold_case("MÜLL") == fold_case("mu\u0308ll") == "müll"
    assert fold_case("Müll") != fold_case("Mull")


@pytest.mark.parametrize(
    ("text", "kept"),
    [("a\r\nb\rc", "a\nb\nc"), ("a\x00b", "ab"), ("\ud83d\ude00", "😀"), ("a\ud800b", "a\ufffdb"), (" a ", " a ")],
)
def test_what_is_stored_can_be_stored(text: str, kept: str) -> None:
    assert clean(text) == kept
    clean(text).encode()


def test_one_line_has_no_breaks_and_no_spaces_around() -> None:
    assert one_line(" a\r\n b\t c \x00") == "a b c"


def test_the_alphabet_ignores_case_accents_and_spaces_around() -> None:
    assert sorted([" zoo", "Äpfel", "bread"], key=sort_key) == ["Äpfel", "bread", " zoo"]
