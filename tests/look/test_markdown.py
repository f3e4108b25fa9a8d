"""Safe rendering: what a model writes becomes text and a few harmless elements."""

import re
import time
from html.parser import HTMLParser

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from assistant.look import theme
from assistant.look.markdown import TAGS, render

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


@pytest.mark.parametrize(
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
def test_attacks_stay_text(attack: str) -> None:
    tags = re.findall(r"<[^>]*>", render(attack))
    assert not DANGER.search(" ".join(tags))


@given(st.text(alphabet="<>\"'&[]()!`*_#-|\\\n =/:jascript:onerrorimgx", max_size=300))
@settings(max_examples=300, deadline=None)
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
