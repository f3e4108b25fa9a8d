"""A text that is still being written: drawn in any pieces it shows what it is as a whole."""

import asyncio

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from assistant.components.markdown.growing import GrowingText
from assistant.components.markdown.rendering import render
from tests.components.markdown.reference import top_level
from tests.components.markdown.test_commonmark import LINES
from tests.examples import examples

TEXT = """# Title <b>x</b>

Some *italic*, ***both***, **bold** and `code` with <script>alert(1)</script>.

- one
- two
  - inner
1. first
7. second

> quoted
> > more
after

```python
def f(): return "<i>"

# still code
```
| a | b |
|---|---|
| $x$ | d |

\\[
y
\\]
[link](https://a.example) [bad](javascript:alert(1)) ![out](https://evil.example/x.png) [later] 😀 end[^1]

[later]: https://later.example
[^1]: A note.
"""


def drawn(text: str, step: int, *, final: bool = True) -> list[str]:
    """The blocks that a page shows after the text came in pieces of so many characters."""
    return drawn_in([text[at : at + step] for at in range(0, len(text), step)], final=final)


def _one(html: str) -> list[str]:
    """Each is an element of its own on the page."""
    found = top_level(html)
    assert len(found) == 1
    return found


def drawn_in(pieces: list[str], *, final: bool) -> list[str]:
    """The blocks that a page shows after the pieces came."""

    async def all_of_it() -> list[str]:
        growing = GrowingText()
        blocks: list[str] = []
        for piece in pieces:
            made = await growing.grow(piece)
            assert len(blocks) >= made.start
            blocks[made.start :] = [block for html in made.html for block in _one(html)]
        if final:
            made = await growing.grow("", final=True)
            blocks[made.start :] = [block for html in made.html for block in _one(html)]
        return blocks

    return asyncio.run(all_of_it())


@pytest.mark.parametrize("step", [1, 3, 7, 50, 10_000])
def test_any_pieces_draw_the_same(step: int) -> None:
    assert drawn(TEXT, step) == top_level(render(TEXT))


def test_nothing_becomes_html() -> None:
    shown = " ".join(drawn(TEXT, 5, final=False))
    assert "<h1>Title &lt;b&gt;x&lt;/b&gt;</h1>" in shown
    for sign in ("<script", "<b>", "<i>", "<img", 'href="javascript'):
        assert sign not in shown
    assert 'href="https://a.example"' in shown


@pytest.mark.parametrize(
    "end", ["**bo", "`co", "[li", "[link](htt", "\\(x", "$x", "\\[\nx", "| a |\n|--", "1. ", "```py"]
)
def test_what_is_not_finished_shows_what_it_would_be_if_it_ended_there(end: str) -> None:
    assert drawn(f"words\n\n{end}", 1, final=False) == top_level(render(f"words\n\n{end}"))


def test_a_formula_that_is_begun_stays_one_block() -> None:
    assert drawn("words\n\n\\[\na\n\nb\n\\]\n\nmore", 3, final=False) == top_level(
        render("words\n\n\\[\na\n\nb\n\\]\n\nmore")
    )


@given(st.lists(st.sampled_from([line for line in LINES if ":" not in line]), min_size=1, max_size=8).map("\n".join))
@settings(max_examples=examples(200), deadline=None, derandomize=True)
def test_what_was_drawn_last_is_what_stands_at_the_end(text: str) -> None:
    assert drawn(text, 4, final=False) == top_level(render(text))


def test_what_is_finished_is_not_drawn_again() -> None:
    async def starts() -> list[int]:
        growing = GrowingText()
        return [(await growing.grow(f"Paragraph {at}.\n\n")).start for at in range(20)]

    assert asyncio.run(starts()) == [max(0, at - 1) for at in range(20)]


def test_what_was_defined_before_is_known_further_down() -> None:
    text = "[far]: https://far.example\n[^1]: Why.\n\none\n\ntwo\n\n[far] and[^1]"
    shown = drawn(text, 3, final=False)
    assert shown == top_level(render(text))
    assert '<a href="https://far.example"' in shown[2]
    assert '<ol class="footnotes">' in shown[3]
