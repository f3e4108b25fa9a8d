"""Merging and comparing texts, links, tasks and what is read off Markdown: pure functions."""

import time

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from assistant.notes import markdown_source
from assistant.notes.links import written
from assistant.notes.versions import history
from assistant.notes.versions.merge import blocks, hunks, merge
from tests.examples import examples
from tests.notes.ticking import tick

some_lines = st.lists(st.sampled_from(["", "a", "b", "c", "- d", "e f"]), min_size=1, max_size=14)
quick = settings(max_examples=examples(150), deadline=None)


@given(some_lines, some_lines)
@quick
def test_changes_lead_from_one_text_to_the_other(old: list[str], new: list[str]) -> None:
    for i, j, length in blocks(old, new):
        assert old[i : i + length] == new[j : j + length]
    made: list[str] = []
    at = 0
    for hunk in hunks(old, new):
        made += [*old[at : hunk.start], *hunk.lines]
        at = hunk.end
    assert [*made, *old[at:]] == new


@given(some_lines, some_lines, some_lines)
@quick
def test_a_merge_has_both_sides_or_is_refused(base: list[str], mine: list[str], theirs: list[str]) -> None:
    one, two, three = ("\n".join(lines) for lines in (base, mine, theirs))
    merged = merge(one, two, three)
    assert merge(one, three, two) == merged
    if merged is not None:
        assert {*mine, *theirs} - {*base} <= {*merged.split("\n")}


@given(st.data())
@quick
def test_changes_apart_from_each_other_are_both_kept(data: st.DataObject) -> None:
    base = [f"line {number}" for number in range(20)]
    first, second = data.draw(st.integers(0, 8)), data.draw(st.integers(10, 19))
    mine, theirs = base[:], base[:]
    mine[first : first + data.draw(st.integers(0, 1))] = data.draw(st.lists(st.just("mine"), max_size=2))
    theirs[second : second + data.draw(st.integers(0, 1))] = data.draw(st.lists(st.just("theirs"), max_size=2))
    merged = merge("\n".join(base), "\n".join(mine), "\n".join(theirs))
    assert merged is not None
    assert merged.count("mine") == "\n".join(mine).count("mine")
    assert merged.count("theirs") == "\n".join(theirs).count("theirs")


@pytest.mark.parametrize(
    ("base", "mine", "theirs", "merged"),
    [
        ("a\nb\nc", "A\nb\nc", "a\nb\nC", "A\nb\nC"),
        ("a\nb\nc", "A\nb\nc", "X\nb\nc", None),
        ("a\nb\nc", "A\nb\nc", "a\nB\nc", None),  # they touch
        ("a\nb", "a\nb\nmine", "a\nb\ntheirs", None),
        ("a\nb\nc", "A\nb\nc", "A\nb\nC", "A\nb\nC"),  # the same change on both sides is one change
        ("a", "a", "b", "b"),
        ("a", "b", "a", "b"),
        ("a", "b", "b", "b"),
        ("a\nb\nc\nd", "a\nc\nd", "a\nb\nc\nD", "a\nc\nD"),
        ("", "mine", "theirs", None),
    ],
)
def test_merges(base: str, mine: str, theirs: str, merged: str | None) -> None:
    assert merge(base, mine, theirs) == merged


@pytest.mark.parametrize("line", ["the same line", "line {}"])
def test_a_million_characters_merge_at_once(line: str) -> None:
    base = [line.format(number) for number in range(1_000_000 // len(line))]
    mine, theirs = base[:], base[:]
    mine[10] = "mine"
    theirs[-10] = "theirs"
    start = time.process_time()
    merged = merge("\n".join(base), "\n".join(mine), "\n".join(theirs))
    assert merged is not None
    assert "mine" in merged
    assert "theirs" in merged
    assert time.process_time() - start < 5


def test_texts_that_repeat_themselves_take_bounded_work() -> None:
    old = [str(n) if n % 200 == 0 else "abc"[n * n % 3] for n in range(40_000)]
    new = [str(n) if n % 200 == 0 else "cab"[n * n * n % 3] for n in range(40_000)]
    start = time.process_time()
    blocks(old, new)
    assert time.process_time() - start < 5


def test_differences_are_shown_by_whole_lines() -> None:
    assert history.differences("a\nb\nc", "a\nX\nY\nc") == [
        ("same", "a"), ("removed", "b"), ("added", "X\nY"), ("same", "c"),
    ]  # fmt: skip
    assert history.differences("a", "a") == [("same", "a")]
    assert history.differences("", "a") == [("removed", ""), ("added", "a")]


@pytest.mark.parametrize(
    ("text", "keys"),
    [
        ("see [[One]] and [[ two  Words|label]]", {"one", "two words"}),
        ("[[Plan#next steps]] [[Issue #42]] [[C#]] [[C# notes]]", {"plan", "issue #42", "c#", "c# notes"}),
        ("`[[code]]` and ``a ` [[code]]`` [[real]]", {"real"}),
        ("```\n[[code]]\n```\n[[real]]", {"real"}),
        ("- item\n  ~~~~ python\n  [[code]]\n  ~~~\n  ~~~~\n[[real]]", {"real"}),
        ("``` not ` a fence\n[[real]]", {"real"}),
        ("[[]] [[ ]] [[|x]] [[a\nb]] [not] [[[deep]]]", {"deep"}),
        ("[[STRASSE]] [[Straße]]", {"strasse"}),
    ],
)
def test_links_are_found_outside_code(text: str, keys: set[str]) -> None:
    assert written.keys(text) == keys


def test_a_rename_changes_links_and_nothing_else() -> None:
    text = "[[old]] [[Old|label]] [[OLD#part]] `[[old]]` [[older]] old\n```\n[[old]]\n```"
    assert written.renamed(text, {"old": "New | [one]"}, {}) == (
        "[[New one]] [[New one|label]] [[New one#part]] `[[old]]` [[older]] old\n```\n[[old]]\n```"
    )
    assert written.title_key("New | [one]") == written.title_key("new one")


@pytest.mark.parametrize(
    ("text", "title"),
    [
        ("", ""),
        ("\n \n", ""),
        ("# Plans for *Sunday*\nmore", "Plans for Sunday"),
        ("- [ ] buy `milk`", "buy milk"),
        ("> quoted [site](https://a.b) and ![[Note|label]]", "quoted site and label"),
        ("---\n***\n=====\n[[Real]] title", "Real title"),
        ("a snake_case_word and __strong__", "a snake_case_word and strong"),
        ("#hashtag", "#hashtag"),
        ("x" * 400, "x" * 300),
    ],
)
def test_titles_come_from_the_first_line_that_says_something(text: str, title: str) -> None:
    assert markdown_source.title_of(text) == title


def test_excerpts_leave_out_the_title_and_marks() -> None:
    text = "# Title\n\n## Part\n- one **two**\n```py\ncode\n```\n" + "word " * 100
    excerpt = markdown_source.excerpt_of(text, "Title")
    assert excerpt.startswith("Part one two code word word")
    assert len(excerpt) <= 201
    assert markdown_source.excerpt_of("first\nsecond", "chosen") == "first second"


@pytest.mark.parametrize(
    ("text", "excerpt"),
    [
        ("| Name | Price |\n| --- | ---: |\n| **Tea** | 3\\|4 |", "Name Price Tea 3|4"),
        ("|:-:|\n+---+---+\nafter", "after"),
        ("## A heading ##\n###### Sixth", "A heading Sixth"),
        ("- ## In a list\n1. [ ] > quoted", "In a list > quoted"),
        ("**bold *and* both** ***all*** ~~gone~~ __strong__ `code`", "bold and both all gone strong code"),
        ("**from one line\nto the next**", "from one line to the next"),
        ("[![picture](a.png)](https://a.example) [wiki](https://en.example/Tea_(drink))", "picture wiki"),
        ("[named][ref] and <https://a.example>\n[ref]: https://b.example", "named and https://a.example"),
        ("a fact[^1]\n\n[^1]: its source", "a fact"),
        ("2 \\* 3 = 6, and 5 * 4 too", "2 * 3 = 6, and 5 * 4 too"),
        ("```python\nx = 1\n```\n---\nend", "x = 1 end"),
        ("a snake_case_word, #hashtag, C# and 1 | 2", "a snake_case_word, #hashtag, C# and 1 | 2"),
    ],
)
def test_excerpts_are_plain_words(text: str, excerpt: str) -> None:
    assert markdown_source.excerpt_of(text, "") == excerpt


TASKS = """- [ ] one
  - [x] two
    1. [X] three
> - [ ] four

```
- [ ] code
```

    - [ ] indented code

- not [ ] this
- `[ ]` nor this
* [ ]
  five
"""


@pytest.mark.parametrize(
    ("index", "line", "ticked"),
    [(0, 0, "- [x] one"), (1, 1, "  - [ ] two"), (2, 2, "    1. [ ] three"), (3, 3, "> - [x] four"), (4, 13, "* [x]")],
)
def test_ticking_finds_the_task_that_the_preview_shows(index: int, line: int, ticked: str) -> None:
    assert len(markdown_source.task_lines(TASKS)) == 5
    made = tick(TASKS, index, on="[x]" in ticked).split("\n")
    assert made[line] == ticked
    assert [*made[:line], *made[line + 1 :]] == [*TASKS.split("\n")[:line], *TASKS.split("\n")[line + 1 :]]


@given(st.text(alphabet="`~[]|#*_->x \n", max_size=60))
@quick
def test_any_source_is_read(text: str) -> None:
    assert len(markdown_source.prose(text)) == len(text)
    markdown_source.title_of(text)
    markdown_source.excerpt_of(text, "")
    written.keys(text)
    assert written.renamed(text, {"no such title": "x"}, {}) == text
