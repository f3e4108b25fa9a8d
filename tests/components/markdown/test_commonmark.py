"""What CommonMark and GitHub's extension say, compared with the reference; where we differ, and why."""

import re

from hypothesis import assume, given, settings
from hypothesis import strategies as st

from tests.components.markdown.reference import ours, reference
from tests.examples import examples

# A line or several of each kind that the specification has a section for.
LINES = [
    "", "", "word", "two words", "  set in", "    code", "\tcode", "# One", "## Two ##", "#none", "####### seven",
    "Title\n===", "Title\n---", "***", "---", "* * *", "___", "```", "```\ncode\n```", "~~~\n# no\n~~~",
    "````\n```\n````", "- item", "* item", "+ item", "-", "1. one", "1) one", "7. seven", "123456789. many",
    "1234567890. too many", "  - set in", "    - deeper", "   three", "> quote", ">quote", "> - item", "> > deep",
    "> ```", "- > quote", "- # heading", "- - item", "1. - item", "\n[name]: /url\n", "\n[name]: <./a b> 'title'\n",
    "\n[name]:\n/url\n", "[name]", "[words][name]", "[name][]", "![name]", "| a | b |\n|---|:-:|\n| 1 | 2 |",
    "| a |\n|---|", "a | b\n- | -\n1 | 2 | 3", "| a \\| b |\n|---|\n| `c` |", "line  ", "line\\",
    "*em* and **strong**", "~~gone~~", "`code` here",
]  # fmt: skip

SIGNS = [
    "a", "b ", " c", " ", "*", "**", "***", "_", "__", "`", "``", "[", "]", "(", ")", "](/u)", "![",
    "](<./v w> 'title')", "\\", "\\*", "&amp;", "&#65;", "&nosuch;", "~~", "!", "\"", "'", ".", "-", "é",
    "<https://b.example>", "<me@b.example>", "\n", "  \n", "#", ">", "1.",
]  # fmt: skip

# What differs, and why.
KNOWN = {
    r"> ?>[^\n]*(?:\n[^\n]+)*\n(?: {4}|\t|   three)": "our parser ends a quote in a quote before a line that is set in",
    r"\\<(?:http|me@)|[^ \n>)]<http": "what is none in brackets is a bare address, and ends otherwise",
    r"\\[\[(]": "a formula may begin here",
    r"~[*_]|[*_]~": "the reference looks past these signs for the neighbour of others",
    r"(?:^|\n)-\n\n": "our parser ends a list at an empty item that blank lines follow",
    r"\[[^\]]*<(?:http|me@)": "an address in brackets is no link inside the words of one",
}


def differs(text: str) -> bool:
    """Whether the text has something in which we are known to differ."""
    return any(re.search(known, text) for known in KNOWN)


@given(st.lists(st.sampled_from(LINES), min_size=1, max_size=8).map("\n".join))
@settings(max_examples=examples(500), deadline=None, derandomize=True)
def test_blocks_are_those_of_the_reference(text: str) -> None:
    assume(not differs(text))
    assert ours(text) == reference(text)


@given(st.lists(st.sampled_from(SIGNS), min_size=1, max_size=14).map("".join))
@settings(max_examples=examples(1000), deadline=None, derandomize=True)
def test_what_stands_in_a_line_is_that_of_the_reference(text: str) -> None:
    assume(not differs(text))
    assert ours(text) == reference(text)
