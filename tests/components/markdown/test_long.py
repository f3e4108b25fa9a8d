"""Long texts: whole at both ends, and in time that grows with them."""

import json
import sys
import time
from collections.abc import Callable
from html import unescape
from random import Random

import pytest

from assistant.components.markdown.parser import parser
from assistant.components.markdown.rendering import render, render_note

RENDERERS = pytest.mark.parametrize("rendering", [render, render_note])
WORDS = "the heat pump costs (about) 1,200 main.py https://example.org/a_b *very* **bold** `code` [link](https://a.b/c)"


def prose(length: int, *, line: int = 14) -> str:
    """Words of all kinds, in lines of so many."""
    drawn = Random(1)
    words = [drawn.choice(WORDS.split()) for _ in range(length // 4)]
    return "\n".join(" ".join(words[at : at + line]) for at in range(0, len(words), line))[:length]


@RENDERERS
def test_a_long_table_shows_all_its_rows(rendering: Callable[[str], str]) -> None:
    table = "| a | b | c |\n|---|---|---|\n" + "".join(f"| row {at} | {'word ' * 6}| *x* |\n" for at in range(3000))
    html = rendering(table + "\nafter")
    assert html.count("<tr>") == 3001
    assert html.count("<table>") == 1
    assert "<td>row 2999</td>" in html
    assert "<p>after</p>" in html


@RENDERERS
def test_long_code_stays_code_and_what_follows_does_not_become_it(rendering: Callable[[str], str]) -> None:
    html = rendering("```\n" + "# no heading\n\n- no item\n" * 8000 + "```\n\n# Heading\n")
    assert html.count("<pre") == 1
    assert html.count("<h1") == 1
    assert "<li>" not in html


@RENDERERS
def test_a_long_list_keeps_its_numbers(rendering: Callable[[str], str]) -> None:
    html = rendering("".join(f"{at}. item {'word ' * 5}\n\n   more\n\n" for at in range(1, 3001)))
    assert html.count("<ol>") == 1
    assert html.count("<li>") == 3000


@RENDERERS
def test_what_is_defined_at_the_end_of_a_long_text_holds_at_its_start(rendering: Callable[[str], str]) -> None:
    html = rendering("[first][far]\n\n" + "words\n\n" * 20_000 + "[far]: https://far.example\n")
    assert '<a href="https://far.example"' in html


@RENDERERS
def test_no_word_of_a_long_text_is_lost(rendering: Callable[[str], str]) -> None:
    text = " ".join(f"word{at}" for at in range(20_000))
    assert unescape(rendering(text)) == f"<p>{text}</p>\n"


LONG = {
    "a paragraph": prose(130_000),
    "one line": prose(100_000, line=10**6),
    "JSON": json.dumps([{"id": at, "url": f"https://x.example/{at}", "tags": ["a", "b*"]} for at in range(1700)]),
    "brackets": "[" * 10_000,
    "brackets of both kinds": "[](" * 10_000,
    "brackets in lines": "[a\n" * 30_000,
    "brackets that close": "[" * 5_000 + "]" * 5_000,
    "pictures in pictures": "![a " * 20_000,
    "addresses that open brackets": "http://a.b/(" * 8_000,
    "one address": "http://a.b/" + "(" * 50_000 + ")" * 50_000,
    "dots": "www.a." * 15_000,
    "a letter's address": "a." * 25_000 + "@" + "b." * 25_000,
    "schemes": "http://" * 14_000,
    "dollars": "$a " * 30_000,
    "dollars that close": "$a$" * 20_000,
    "formulas that do not end": "\\(a " * 25_000,
    "formulas by themselves": "$$\na\n" * 20_000,
    "formulas in brackets": "\\[\n" * 30_000,
    "notes": "[^a]: b\n" * 12_000,
    "names of notes": "".join(f"[^{at}]: b\n" for at in range(6000)),
    "marks": "==a" * 30_000,
    "strikes": "~~a ~~~" * 12_000,
    "stars": "*a **b " * 15_000,
    "underlines": "_a" * 40_000,
    "callouts": "> [!NOTE]\n\n" * 8_000,
    "declarations": "<![CDATA[" * 10_000,
    "lines": "a\n" * 50_000,
    "titles": "[[" * 40_000,
    "ticks": "".join("`" * (at % 300 + 1) + "a" for at in range(700)),
}


@pytest.mark.parametrize("text", LONG.values(), ids=LONG)
def test_a_long_text_is_rendered_soon(text: str) -> None:
    started = time.process_time()
    render_note(text)
    assert time.process_time() - started < 10  # a square of any of these takes minutes


@pytest.mark.parametrize("text", LONG.values(), ids=LONG)
def test_the_work_grows_no_faster_than_the_text(text: str) -> None:
    half = len(text) // 16
    parser(notes=True).render(text[:half])  # so that nothing is loaded or worked out for the first time
    assert calls(text[: 2 * half]) < 2.6 * calls(text[:half]) + 1000


def calls(text: str) -> int:
    """How many functions are called while the text is read."""
    count = 0

    def counted(*_: object) -> None:
        nonlocal count
        count += 1

    made = parser(notes=True)
    sys.setprofile(counted)
    try:
        made.render(text)
    finally:
        sys.setprofile(None)
    return count
