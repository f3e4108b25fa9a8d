"""Safe rendering: what a model writes becomes text and a few harmless elements."""

import re
import time
from html.parser import HTMLParser

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from assistant.components import theme
from assistant.components.markdown.rendering import NOTE_TAGS, TAGS, render, render_note
from tests.examples import examples
from tests.notes.ticking import tick

DANGER = re.compile(r"<(script|img|style|form|iframe|object|svg|link|meta)\b|\son\w+=|javascript:", re.IGNORECASE)


@pytest.mark.parametrize(
    ("text", "has"),
    [
        ("# Hi", "<h1>Hi</h1>"),
        ("- a\n- b", "<li>a</li>"),
        ("| a |\n|---|\n| b |", "<td>b</td>"),
        ("- [x] done", 'type="checkbox"'),
        ("```python\ndef f(): pass\n```", '<span class="k">def</span>'),
        ("[a](https://x.example)", 'target="_blank"'),
        ("[a](https://x.example)", 'rel="noopener noreferrer nofollow"'),
        ("![pic](https://x.example/p.png)", '<a href="https://x.example/p.png"'),
        ("    code", "<code>code"),
        ("~~gone~~", "<s>gone</s>"),
        ("<b>bold?</b>", "&lt;b&gt;"),
    ],
)
def test_what_markdown_becomes(text: str, has: str) -> None:
    assert has in render(text)


ATTACKS = pytest.mark.parametrize(
    "attack",
    [
        "<script>alert(1)</script>",
        "<img src=x onerror=alert(1)>",
        "[x](javascript:alert(1))",
        "![x](javascript:alert(1))",
        '[x](https://a "onmouseover=alert(1)")',
        "<form action=/logout>",
        "<style>*{}</style>",
        "```html\n<script>alert(1)</script>\n```",
        "[x](data:text/html,<script>alert(1)</script>)",
        "<svg onload=alert(1)>",
        '```"><img src=x>\nx\n```',
    ],
)


@ATTACKS
def test_attacks_stay_text(attack: str) -> None:
    tags = re.findall(r"<[^>]*>", render(attack))
    assert not DANGER.search(" ".join(tags))


@ATTACKS
def test_attacks_stay_text_in_notes_too(attack: str) -> None:
    tags = re.findall(r"<[^>]*>", render_note(attack))
    assert not DANGER.search(" ".join(tags))


@given(st.text(alphabet="<>\"'&[]()!`*_#-|\\\n =/:jascript:onerrorimgx", max_size=300))
@settings(max_examples=examples(300), deadline=None)
def test_any_text_gives_only_allowed_elements(text: str) -> None:
    assert elements(render(text)) <= TAGS


def elements(html: str) -> set[str]:
    found: set[str] = set()
    parser = HTMLParser()
    parser.handle_starttag = lambda tag, _: found.add(tag)  # type: ignore[method-assign,assignment]
    parser.feed(html)
    return found


@pytest.mark.parametrize("text", [">" * 301, "![a](" * 5000, "[" * 5000, "*a " * 20_000, "`" * 9999, "- " * 2000])
def test_hostile_input_ends_soon(text: str) -> None:
    started = time.process_time()
    render(text)
    assert time.process_time() - started < 3


@pytest.mark.parametrize(
    ("text", "has"),
    [
        ("[[Some title]]", '<a class="wiki" href="/notes/open?title=Some%20title" data-title="Some title"'),
        ("[[Title|my *label*]]", ">my *label*</a>"),
        ("[[Title#part]]", 'data-title="Title"'),
        ("[[Title#part]]", ">Title#part</a>"),
        ("[[Issue #42]]", 'data-title="Issue #42"'),
        ('[["><img src=x>]]', 'data-title="&quot;&gt;&lt;img src=x&gt;"'),
        ("**[[Bold]]**", '<strong><a class="wiki"'),
        ("`[[code]]`", "<code>[[code]]</code>"),
        ("[[ ]]", "<p>[[ ]]</p>"),
        ("[x](/notes/3)", '<a href="/notes/3" rel='),
        ("[x](//evil.example)", 'target="_blank"'),
        ("[x](/\\evil.example)", '<a href="/%5Cevil.example" rel='),
        ("[x](https://x.example)", 'target="_blank"'),
        ("![my pic](/notes/attachments/12)", '<img src="/notes/attachments/12" alt="my pic" loading="lazy">'),
        ('!["](/notes/attachments/12)', 'alt="&quot;"'),
        ("![pic](/notes/attachments/12?x)", '<a href="/notes/attachments/12?x"'),
        ("![pic](/notes/attachments/٣)", "<a href="),
        ("![pic](https://x.example/notes/attachments/1)", "<a href="),
        ("![pic](//x.example/notes/attachments/1)", "<a href="),
        ("# Hi", '<h1 id="h-hi">Hi</h1>'),
        ("- [x] [[A]]", 'data-task="0" checked="checked"> <a class="wiki"'),
    ],
)
def test_what_a_note_becomes(text: str, has: str) -> None:
    assert has in render_note(text)


def test_links_inside_code_stay_as_they_are() -> None:
    assert "wiki" not in render_note("```\n[[a]]\n```\n\n    [[b]]\n\n`[[c]]`")


def test_answers_know_nothing_of_notes() -> None:
    html = render("[[A]] ![p](/notes/attachments/1)\n\n- [ ] task")
    assert "wiki" not in html
    assert "<img" not in html
    assert "data-task" not in html
    assert 'disabled="disabled"' in html


LINES = [
    "- [ ] a", "1. [x] b", "  - [X] c", "> - [ ] d", "- [ ]", "```", "~~~", "text", "", "\t- [ ] e", "- - [ ] f",
    "| a |", "|-|", "- [ ] [[w]]", "    - [ ] g", "[ ] h", "- [ ]  ", "* [x]\ti", "[x]: /u", "***", "- [x] j",
]  # fmt: skip


@given(st.lists(st.sampled_from(LINES), max_size=25))
@settings(max_examples=examples(300), deadline=None)
def test_a_box_that_is_ticked_is_the_one_that_was_clicked(lines: list[str]) -> None:
    text = "\n".join(lines)
    boxes = checked(render_note(text))
    for index, on in enumerate(boxes):
        ticked = checked(render_note(tick(text, index, on=not on)))
        assert ticked == [*boxes[:index], not on, *boxes[index + 1 :]]


def checked(html: str) -> list[bool]:
    boxes = re.findall(r"<input[^>]*>", html)
    assert [re.findall(r'data-task="(\d+)"', box) for box in boxes] == [[str(at)] for at in range(len(boxes))]
    return ["checked=" in box for box in boxes]


def test_tasks_are_counted_over_a_long_text() -> None:
    line = "- [ ] " + "word " * 20
    text = "\n".join([line] * (128_000 // len(line)) + ["```", *[line] * 1000, "```", "", line])
    boxes = checked(render_note(text))
    ticked = tick(text, len(boxes) - 1, on=True)
    assert ticked.endswith(line.replace("[ ]", "[x]"))
    assert checked(render_note(ticked)) == [*boxes[:-1], True]


@pytest.mark.parametrize(
    "text",
    ["- [ ] x\n" * 10_000, "[[" * 30_000, "[[a]]" * 10_000, "[" * 60_000, "*a " * 40_000, ">" * 9999, "word " * 40_000],
)
def test_hostile_notes_end_soon(text: str) -> None:
    started = time.process_time()
    render_note(text)
    assert time.process_time() - started < 5


@given(st.text(alphabet="<>\"'&[]()!`*_#-|\\\n =/:1jascript:onerrorimgx", max_size=300))
@settings(max_examples=examples(300), deadline=None)
def test_any_note_gives_only_allowed_elements(text: str) -> None:
    assert elements(render_note(text)) <= NOTE_TAGS


def luminance(colour: str) -> float:
    parts = [int(colour[at : at + 2], 16) / 255 for at in (1, 3, 5)]
    linear = [part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]


@pytest.mark.parametrize("tokens", [theme.LIGHT, theme.DARK], ids=["light", "dark"])
def test_every_text_stands_out_from_its_ground(tokens: dict[str, str]) -> None:
    grounds = ("bg", "surface", "surface-2", "code-bg")
    pairs = [(ink, ground) for ink in ("text", "muted", "accent-text") for ground in grounds]
    pairs += [(ink, "code-bg") for ink in tokens if ink.startswith("syntax")]
    pairs += [("on-accent", "accent"), ("danger", "danger-soft"), ("warn", "warn-soft"), ("accent-text", "accent-soft")]
    pairs += [("danger", "surface"), ("text", "mark")]
    for ink, ground in pairs:
        light, dark = sorted((luminance(tokens[ink]), luminance(tokens[ground])), reverse=True)
        assert (light + 0.05) / (dark + 0.05) >= 4.5, (ink, ground)
