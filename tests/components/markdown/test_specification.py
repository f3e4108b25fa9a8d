"""The examples of CommonMark and GFM, one by one: what we make of them as a whole, and while they grow."""

from random import Random

import pytest

from assistant.components.markdown.rendering import render
from tests.components.markdown.reference import ours, specified, top_level
from tests.components.markdown.specification import Example, examples
from tests.components.markdown.test_growing import drawn_in

EXAMPLES = {example.name: example for example in examples()}

# What differs on purpose: the reason, and the numbers of the examples.
COMMONMARK = {
    "HTML is text, as nobody vouches for it": [
        21, 31, *range(148, 192), 201, 308, 309, 344, 475, 476, 477, 491, 494, 524, 536, 613, 614, 615, 616, 617,
        623, *range(625, 632), 642, 643,
    ],
    "the end of a line that is written as a sign (&#10;) ends none": [39],
    "only the web and letters are led to": [596, 598, 599, 601],
    "bare addresses are links, as in GFM": [602, 606, 608, 611, 612],
}  # fmt: skip
GFM = {
    "HTML is text, as nobody vouches for it": [652],
    "an address ends at a bracket that was not opened in it": [625],
    "only the web and letters are led to": [628],
    "the last part of an address has two letters or more": [631],
}
INTENDED = {
    f"{kind} {number}": reason
    for kind, reasons in (("CommonMark", COMMONMARK), ("GFM", GFM))
    for reason, numbers in reasons.items()
    for number in numbers
}

pytestmark = pytest.mark.skipif(not EXAMPLES, reason="make build/specification.tar.gz fetches the examples")
every_example = pytest.mark.parametrize("example", EXAMPLES.values(), ids=EXAMPLES)


def test_no_example_is_missing() -> None:
    assert sum(name.startswith("CommonMark") for name in EXAMPLES) == 652
    assert sum(name.startswith("GFM") for name in EXAMPLES) == 24
    assert set(INTENDED) <= set(EXAMPLES)


@every_example
def test_an_example_is_what_the_specification_says_or_differs_for_a_reason(example: Example) -> None:
    made, said = ours(example.text), specified(example.html)
    if example.name in INTENDED:
        assert made != said, f"{example.name} no longer differs, though {INTENDED[example.name]}"
    else:
        assert made == said


@every_example
def test_an_example_that_grows_is_at_its_end_what_it_is_as_a_whole(example: Example) -> None:
    drawn = Random(example.name)
    pieces, at = [], 0
    while at < len(example.text):
        pieces.append(example.text[at : at + drawn.randint(1, 5)])
        at += len(pieces[-1])
    assert drawn_in(pieces, final=False) == top_level(render(example.text))
