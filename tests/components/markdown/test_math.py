"""TeX as MathML: what is a formula, what is a price, and what is neither."""

import re
from collections.abc import Callable

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from assistant.components.markdown.math import mathml
from assistant.components.markdown.rendering import NOTE_TAGS, TAGS, render, render_note
from tests.components.markdown.test_rendering import elements
from tests.examples import examples

RENDERERS = pytest.mark.parametrize("rendering", [render, render_note])
SOURCE = re.compile(r'<annotation encoding="application/x-tex">(.*?)</annotation>', re.DOTALL)


def sources(text: str) -> list[str]:
    """The TeX of the formulas that are drawn."""
    return SOURCE.findall(render(text))


@pytest.mark.parametrize(
    ("text", "tex"),
    [
        ("It is $x$.", ["x"]),
        (r"It is \(x\).", ["x"]),
        (r"\(a_1*b*c\) and \(d\)", ["a_1*b*c", "d"]),
        ("$a*b*c$", ["a*b*c"]),
        ("$$x^2$$", ["x^2"]),
        ("$$\nx^2 \\\\\ny\n$$", ["x^2 \\\\\ny"]),
        ("\\[\nx = 1\n\\]", ["x = 1"]),
        (r"\[ x = 1 \]", ["x = 1"]),
        ("text\n\\[\nx = 1\n\\]\nmore", ["x = 1"]),
        ("\\[\na\n\nb\n\\]", ["a\n\nb"]),
        ("1. so\n   $$\n   x\n   $$\n2. then", ["x"]),
        ("> $$\n> x\n> $$", ["x"]),
        ("| $a$ | \\(b\\) |\n|---|---|\n| $c$ | d |", ["a", "b", "c"]),
        ("**$x$** and *\\(y\\)*", ["x", "y"]),
        ("当$x$时，$y$。", ["x", "y"]),
        ("the $n$th and the $k$s", ["n", "k"]),
        (r"$\$5$", [r"\$5"]),
        ("$-5$ and $x_{12}$!", ["-5", "x_{12}"]),
        (r"$\begin{pmatrix}1 & 2\\3 & 4\end{pmatrix}$", [r"\begin{pmatrix}1 &amp; 2\\3 &amp; 4\end{pmatrix}"]),
    ],
)
def test_what_is_a_formula(text: str, tex: list[str]) -> None:
    assert sources(text) == tex


@pytest.mark.parametrize(
    "text",
    [
        "It costs $5 or $6.", "from $20,000 to $30,000", "$5-$10", "US$5 and CA$7", "$ x $", "$x $", "$$", "$$$$",
        "\\(\\)", "$HOME/$USER", "a $PATH and a $HOME", "\\$5 and \\$6$", "`$x$`", "```\n$x$ \\(y\\)\n```", "    $x$",
        "\\[\\]", "(x) and [y]", "it was $5, then 3$", "$$\nnever closed", "\\[\nnever closed",
    ],
)  # fmt: skip
def test_what_is_none(text: str) -> None:
    assert "<math" not in render(text)


def test_a_price_is_shown_as_it_was_written() -> None:
    assert render("It costs $5 or $6.") == "<p>It costs $5 or $6.</p>\n"


@RENDERERS
def test_a_formula_by_itself_is_a_block_and_one_in_a_sentence_is_not(rendering: Callable[[str], str]) -> None:
    assert '<div class="math" tabindex="0"><math display="block">' in rendering("$$x$$")
    assert '<p>so <span class="math-inline"><math>' in rendering("so $x$")


@pytest.mark.parametrize(
    ("text", "code"),
    [
        (r"$\frac{a}{b$ so", r"<code>$\frac{a}{b$</code>"),
        (r"\(\nosuchcommand{x}\)", r"<code>\(\nosuchcommand{x}\)</code>"),
        ("$a & b$", "<code>$a &amp; b$</code>"),
        ("$x^$", "<code>$x^$</code>"),
        ("$$\n\\left( x\n$$", "<code>$$\n\\left( x\n$$</code>"),
        (r"$\newcommand{\a}{b}\a$", r"<code>$\newcommand{\a}{b}\a$</code>"),
    ],
)
def test_what_is_no_tex_is_code_as_it_was_written(text: str, code: str) -> None:
    assert code in render(text)


@pytest.mark.parametrize(
    "tex",
    [
        "{" * 3000, "\\sqrt{" * 500 + "}" * 500, "\\left(" * 900, "x" * 100_000, "\\frac" * 600, "^" * 1000,
        "\\begin{a}" * 300, r"\def\a{\b\b}\def\b{\c\c}\a",
    ],
)  # fmt: skip
def test_hostile_formulas_are_code(tex: str) -> None:
    assert mathml(tex, display=True) is None


def test_of_very_many_formulas_the_rest_is_code() -> None:
    html = render(f"${'x' * 900}$ \n\n" * 100)
    assert html.count("<math") == 44
    assert html.count("<code>") == 56


@given(st.text(alphabet="\\{}$^_&[]()<>\"'=x1 \nabcdefghijklmnopqrstuvwxyz", max_size=80))
@settings(max_examples=examples(300), deadline=None)
def test_any_formula_gives_only_allowed_elements(tex: str) -> None:
    for text in (f"${tex}$", f"$$\n{tex}\n$$", f"\\({tex}\\)"):
        assert elements(render(text)) <= TAGS
        assert elements(render_note(text)) <= NOTE_TAGS


@pytest.mark.parametrize(
    "tex", [r"\href{javascript:alert(1)}{x}", r"\text{<script>alert(1)</script>}", r"\style{a}{b}"]
)
def test_no_formula_brings_more_than_a_formula(tex: str) -> None:
    tags = " ".join(re.findall(r"<[^>]*>", render(f"${tex}$")))
    assert "href" not in tags
    assert "style" not in tags
    assert "script" not in tags
