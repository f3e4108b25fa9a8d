"""What stands between signs, and what models write that CommonMark does not know."""

import re
from collections.abc import Callable

import pytest

from assistant.components.markdown.rendering import render, render_note


@pytest.mark.parametrize(
    ("text", "html"),
    [
        ("***x***", "<em><strong>x</strong></em>"),
        ("**a *b* c**", "<strong>a <em>b</em> c</strong>"),
        ("==x y==", "<mark>x y</mark>"),
        ("a ==**x**== b", "a <mark><strong>x</strong></mark> b"),
        ("a == b == c", "a == b == c"),
        ("if a==b and c==d", "if a<mark>b and c</mark>d"),
        ("a === b", "a === b"),
        ("~~x~~", "<s>x</s>"),
        ("~~x~~~", "~~x~~~"),
        ("~5 to ~10", "~5 to ~10"),
        ("**「重要」**です", "<strong>「重要」</strong>です"),
        ("これは**「重要」**です", "これは<strong>「重要」</strong>です"),
        ("**重要：**说明", "<strong>重要：</strong>说明"),
        ("**注意:**请看", "<strong>注意:</strong>请看"),
        ("这是**“重点”**内容", "这是<strong>“重点”</strong>内容"),
        ("한국어**(강조)**입니다", "한국어<strong>(강조)</strong>입니다"),
        ("*（斜体）*字", "<em>（斜体）</em>字"),
        ("~~（删除）~~了", "<s>（删除）</s>了"),
        ("a**(b)**c", "a**(b)**c"),
        ("snake_case_name", "snake_case_name"),
        ("一_二_三", "一_二_三"),
        ("a<br>b<br/>c<BR />d", "a<br>b<br>c<br>d"),
        ("`<br>`", "<code>&lt;br&gt;</code>"),
        ("<b>x</b>", "&lt;b&gt;x&lt;/b&gt;"),
    ],
)
def test_what_stands_between_signs(text: str, html: str) -> None:
    assert render(text).replace("<br>\n", "<br>") == f"<p>{html}</p>\n"
    assert render_note(text).replace("<br>\n", "<br>") == f"<p>{html}</p>\n"


def test_a_line_is_broken_in_a_cell() -> None:
    assert "<td>one<br>\ntwo</td>" in render("| a |\n|---|\n| one<br>two |")


def test_a_note_is_referred_to_and_stands_at_the_end() -> None:
    html = render(
        "So it is[^why], and[^2].\n\n[^why]: Because *it* is.\n[^2]: Two\n    lines.\n\n    More.\n\nThe end."
    )
    shown = re.sub(r" ?</?a\b[^>]*>", "", html)
    assert '<p>So it is<sup class="footnote">1</sup>, and<sup class="footnote">2</sup>.</p>\n<p>The end.</p>' in shown
    assert '<ol class="footnotes">\n<li id="note-0-1">\n<p>Because <em>it</em> is.↩</p>\n</li>' in shown
    assert "<p>Two<br>\nlines.</p>\n<p>More.↩</p>" in shown


@pytest.mark.parametrize("rendering", [render, render_note])
def test_a_number_leads_to_its_note_and_the_note_back(rendering: Callable[[str], str]) -> None:
    html = rendering("a[^x] b[^x] c[^y]\n\n[^x]: one\n[^y]: - two\n[^z]: nobody's")
    names = re.findall(r'(?<= id=")[^"]*', html)
    led_to = re.findall(r'(?<= href="#)[^"]*', html)
    assert names == ["note-0-1-from", "note-0-2-from", "note-0-1", "note-0-2", "note-0-3"]
    assert led_to == ["note-0-1", "note-0-1", "note-0-2", "note-0-1-from", "note-0-2-from"]
    assert "_blank" not in html


def test_two_texts_of_a_page_have_no_id_in_common() -> None:
    first, second = (set(re.findall(r'(?:id="|href="#)([^"]*)', render("a[^1]\n\n[^1]: b", at))) for at in (1, 2))
    assert first
    assert not first & second


@pytest.mark.parametrize("text", ["a[^b]", "[^a b]: c", "`[^a]`\n\n[^b]: c", "- [^a]: in a list"])
def test_what_refers_to_nothing_stays(text: str) -> None:
    assert "<sup" not in render(text)


def test_notes_in_notes_are_all_shown_once() -> None:
    html = render("a[^1]\n\n[^1]: one[^2]\n\n    [^2]: two[^1]\n")
    assert html.count("<li ") == 2


@pytest.mark.parametrize("kind", ["note", "tip", "important", "warning", "caution"])
def test_a_callout_says_what_it_is(kind: str) -> None:
    html = render(f"> [!{kind.upper()}]\n> Mind *this*.\n>\n> - and that")
    assert f'<blockquote class="callout callout-{kind}">\n<p class="callout-title">{kind.capitalize()}</p>' in html
    assert "<p>Mind <em>this</em>.</p>" in html
    assert "[!" not in html


@pytest.mark.parametrize("text", ["> [!OTHER]\n> x", "> [!NOTE] x", "[!NOTE]\nx", "- [!NOTE]\n  x"])
def test_what_is_no_callout(text: str) -> None:
    assert "callout" not in render(text)
    assert "[!" in render(text)


def test_a_diagram_is_code_that_says_what_it_is() -> None:
    assert "<span>Mermaid diagram</span>" in render("```mermaid\ngraph TD; A-->B\n```")


@pytest.mark.parametrize(
    ("text", "html"),
    [
        ("مرحبا **hello**", '<p dir="auto">مرحبا <strong>hello</strong></p>'),
        ("> שלום", '<blockquote dir="auto">'),
        ("- عنصر\n  - inner", '<ul dir="auto">\n<li>عنصر\n<ul>'),
        ("> مرحبا", '<blockquote dir="auto">\n<p>مرحبا'),
        ("| مرحبا |\n|---|\n| b |", '<table dir="auto">'),
        ("hello", "<p>hello</p>"),
    ],
)
def test_each_block_runs_in_the_direction_of_its_words(text: str, html: str) -> None:
    assert html in render(text)
    assert html in render_note(text)
