"""What becomes a link, and what only looks like one."""

import re

import pytest

from assistant.components.markdown.rendering import render, render_note

HREF = re.compile(r'<a href="([^"]*)"[^>]*>(.*?)</a>')


def links(text: str) -> list[tuple[str, str]]:
    """The links of an answer: where they lead and what they say."""
    return HREF.findall(render(text))


@pytest.mark.parametrize(
    "text",
    [
        "main.py", "README.md", "setup.sh and a.rs", "see docs/architecture.md.", "Node.js", "example.com", "file.zip",
        "a@b", "user@localhost", "http://", "https:// x", "www.", "www.a", "ftp://x.example", "javascript://x",
        "1.2.3.4", "foo.www.example.org", "`https://a.example`", "http\\://a.example", "me@home", "//a.example/b",
    ],
)  # fmt: skip
def test_what_is_no_address(text: str) -> None:
    assert links(text) == []


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("see https://a.example/b_c_d.", "https://a.example/b_c_d"),
        ("(https://a.example/b(c))", "https://a.example/b(c)"),
        ("[https://a.example]", "https://a.example"),
        ('{"url":"https://a.example/1","x":2}', "https://a.example/1"),
        ("https://a.example/?q=1&b=2#c!", "https://a.example/?q=1&amp;b=2#c"),
        ("http://localhost:8080/x", "http://localhost:8080/x"),
        ("HTTPS://A.example/B", "HTTPS://A.example/B"),
        ("**https://a.example/**", "https://a.example/"),
        ("https://a.example/*b*", "https://a.example/*b"),
        ("“https://a.example”", "https://a.example"),
        ("详见https://a.example/x。然后", "https://a.example/x"),
        ("（https://a.example/x）", "https://a.example/x"),
        ("「https://a.example/x」です", "https://a.example/x"),
        ("https://a.example、https", "https://a.example"),
        ("https://a.example，好", "https://a.example"),
        ("https://ja.example/機能?x=1！", "https://ja.example/機能?x=1"),
    ],
)
def test_an_address_ends_where_the_sentence_goes_on(text: str, shown: str) -> None:
    assert [label for _, label in links(text)] == [shown]


@pytest.mark.parametrize(
    ("text", "link"),
    [
        ("www.a.example/x,", ("http://www.a.example/x", "www.a.example/x")),
        ("看www.a.example。", ("http://www.a.example", "www.a.example")),
        ("write to me.too@a.example.", ("mailto:me.too@a.example", "me.too@a.example")),
        ("[![alt](https://x.example/p.png)](https://y.example)", ("https://y.example", "alt")),
        ("[![](https://x.example/p.png)](https://y.example)", ("https://y.example", "picture")),
        ("[see ![alt](https://x.example/p.png) it](https://y.example)", ("https://y.example", "see alt it")),
        ("![alt](https://x.example/p.png)", ("https://x.example/p.png", "alt")),
        ("[https://a.example](https://b.example)", ("https://b.example", "https://a.example")),
        ("[a [b] c](https://b.example)", ("https://b.example", "a [b] c")),
    ],
)
def test_where_a_link_leads(text: str, link: tuple[str, str]) -> None:
    assert links(text) == [link]


def test_an_address_that_is_too_long_is_no_half_of_one() -> None:
    assert links("https://a.example/" + "x" * 3000) == []


def test_a_picture_in_a_link_of_a_note_is_shown_there() -> None:
    html = render_note("[![alt](/notes/attachments/3)](https://y.example)")
    assert '<a href="https://y.example" target="_blank"' in html
    assert '<img src="/notes/attachments/3" alt="alt" loading="lazy"></a>' in html
