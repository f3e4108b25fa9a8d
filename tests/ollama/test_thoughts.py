"""Thinking that stands in the text, however it is cut into pieces."""

import asyncio
from collections.abc import Iterable
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from assistant.ollama.answers import Turn
from assistant.ollama.door import Ollama
from assistant.ollama.options import Options
from assistant.ollama.thoughts import AROUND, MARKS, Split, Splitter, unopened
from tests.ollama_server import OllamaServer


def split(pieces: Iterable[str]) -> tuple[str, str]:
    splitter = Splitter()
    found = [*(splitter.feed(piece) for piece in pieces), splitter.finish()]
    return "".join(one.thinking for one in found), "".join(one.text for one in found)


def pieces_of(text: str, cuts: list[int]) -> list[str]:
    places = sorted({0, len(text), *(cut % (len(text) + 1) for cut in cuts)})
    return [text[begin:end] for begin, end in pairwise(places)]


@pytest.mark.parametrize(("opens", "ends"), MARKS.items())
def test_each_family_s_marks(opens: str, ends: str) -> None:
    answer = f"{opens}\nSo <b>this</b>…\n\nand that.\n{ends}\n\nHello, *you*.\n"
    assert split([answer]) == ("So <b>this</b>…\n\nand that.", "Hello, *you*.\n")
    assert split(answer) == split([answer])


@pytest.mark.parametrize(
    ("answer", "thinking", "text"),
    [
        ("", "", ""),
        ("Hello", "", "Hello"),
        ("  indented\n", "", "  indented\n"),
        ("\n <think>a</think>b", "a", "b"),
        ("<think></think>b", "", "b"),
        ("<think>\n\n</think>\n\nb", "", "b"),
        ("<think>a</think> <think>b</think>c", "a\n\nb", "c"),
        ("<think>a</think>", "a", ""),
        ("<think>never ended\n", "never ended", ""),
        ("<think>never ended</thin", "never ended</thin", ""),
        ("<think>a </there> b</think>c", "a </there> b", "c"),
        ("<Thinking>A</THINKING>B", "A", "B"),
        ("<thin", "", "<thin"),
        ("<thinker>", "", "<thinker>"),
        ("<table><tr>", "", "<table><tr>"),
        ("Say <think>a</think>", "", "Say <think>a</think>"),
        ("b<think>a</think>", "", "b<think>a</think>"),
        ("`<think>` opens it", "", "`<think>` opens it"),
        ("<think>a</think>b <think>c</think>", "a", "b <think>c</think>"),
        (" " * 65 + "<think>a</think>", "", " " * 65 + "<think>a</think>"),
        ("<think>a</think>" + " " * 99 + "b", "a", "b"),
        (
            "<|channel|>analysis<|message|>a<|end|><|start|>assistant<|channel|>final<|message|>b<|return|>",
            "a", "b",
        ),
        ("<|channel|>final<|message|>b", "", "b"),
        ("<|begin_of_thought|>a<|end_of_thought|>\n<|begin_of_solution|>b<|end_of_solution|>\n", "a", "b\n"),
        ("<|START_THINKING|>a<|END_THINKING|><|START_RESPONSE|>b<|END_RESPONSE|>", "a", "b"),
        ("<|START_THINKING|>a<|END_THINKING|><|START_RESPONSE|>b <|END", "a", "b <|END"),
    ],
)  # fmt: skip
def test_where_thinking_is_and_where_not(answer: str, thinking: str, text: str) -> None:
    assert split([answer]) == (thinking, text)
    assert split(answer) == (thinking, text)


SIGNS = [*MARKS, *MARKS.values(), *AROUND, *filter(None, AROUND.values()), " ", "\n", "a", "<", "</", "é😀"]
WORDS = st.lists(st.sampled_from(SIGNS) | st.text(max_size=6), max_size=12).map("".join)


@given(WORDS, st.lists(st.integers(min_value=0), max_size=20))
def test_any_cuts_give_the_same(answer: str, cuts: list[int]) -> None:
    assert split(pieces_of(answer, cuts)) == split([answer]) == split(answer)


@given(st.sampled_from([*MARKS]), st.text(), st.text(), st.lists(st.integers(min_value=0), max_size=20))
def test_what_is_between_the_marks_is_thinking(opens: str, thought: str, text: str, cuts: list[int]) -> None:
    ends = MARKS[opens]
    if ends in thought + ends[:-1] or any(text.lstrip().startswith(mark[:1]) for mark in [*MARKS, *AROUND]):
        return
    answer = f"{opens}{thought}{ends}{text}"
    assert split(pieces_of(answer, cuts)) == (thought.strip(), text.lstrip())


def test_it_streams_as_thinking_before_the_text(ollama: OllamaServer) -> None:
    async def ask() -> list[tuple[str, str]]:
        door = Ollama(ollama.host)
        try:
            pieces = door.chat("plain:1b", [Turn("user", "text=<think> one two </think> three four")], Options())
            return [(piece.thinking, piece.text) async for piece in pieces if piece.thinking or piece.text]
        finally:
            await door.close()

    assert asyncio.run(ask()) == [("one", ""), (" two", ""), ("", "three "), ("", "four")]


@pytest.mark.parametrize(
    ("answer", "thinking", "text"),
    [
        ("So `this`\n```\ncode\n```\nand that.\n</think>\n\nHello", "So `this`\n```\ncode\n```\nand that.", "Hello"),
        ("</think>\nHello", "", "Hello"),
        ("hmm\n </THINK> \n", "hmm", ""),
        ("Write </think> at the end", "", "Write </think> at the end"),
        ("See:\n```\n</think>\n```\n", "", "See:\n```\n</think>\n```\n"),
        ("It opens with <think>\n</think>\n", "", "It opens with <think>\n</think>\n"),
        ("Hello", "", "Hello"),
    ],
)
def test_thinking_that_never_began(answer: str, thinking: str, text: str) -> None:
    assert unopened(answer) == Split(text, thinking)
