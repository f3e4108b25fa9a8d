"""Texts in passages: nothing lost, places said, tables and code whole."""

from hypothesis import given
from hypothesis import strategies as st

from assistant.retrieval.passages import LARGEST, MOST, split

TABLE = "| a | b |\n|---|---|\n" + "| one | two |\n" * 150
CODE = "```py\n# no heading\n\n" + "x = 1\n" * 300 + "```\n"


def test_headings_are_the_place() -> None:
    text = f"# House\n{'Words. ' * 100}\n## Cellar\n{'Dark. ' * 120}\n### Key\n{'Hook. ' * 120}\n# Car\n{'Red. ' * 150}"
    assert [one.place for one in split("t", text)] == ["House", "House › Cellar", "House › Cellar › Key", "Car"]


def test_short_sections_stay_together_and_long_ones_are_cut_at_sentences() -> None:
    assert len(split("t", "# A\none\n# B\ntwo\n\nthree")) == 1
    found = split("t", "A sentence that goes on for a while. " * 100)
    assert all(len(one.text) <= MOST for one in found)
    assert all(one.text.endswith(".") for one in found)


def test_tables_and_code_stay_whole() -> None:
    found = [one.text for one in split("t", f"Before.\n\n{TABLE}\nBetween.\n\n{CODE}\nAfter.")]
    assert sum("| one | two |" in one for one in found) == 1
    assert sum("x = 1" in one for one in found) == 1
    assert not any("no heading" in one.place for one in split("t", CODE))


def test_the_title_tells_passages_apart() -> None:
    assert split("a", "same")[0].digest != split("b", "same")[0].digest


@given(st.text(alphabet="#ab .\n|`~é", max_size=4000))
def test_nothing_is_lost(text: str) -> None:
    found = split("t", text)
    assert "".join("".join(one.text for one in found).split()) == "".join(text.split())
    assert all(text[one.start :].startswith(one.text) for one in found)
    assert all(len(one.text) <= LARGEST for one in found)
