"""Texts as tokens: pairs of pieces are joined, the most frequent first."""

import re
from functools import lru_cache
from itertools import pairwise
from typing import Any

SPECIAL = re.compile(r"(<\|im_start\|>|<\|im_end\|>)")
WORD = re.compile(r"'(?:[sdmt]|ll|ve|re)| ?[^\W\d_]+|\d| ?[^\s\w]+|_+|\s+(?!\S)|\s+")
PRINTED = [*range(33, 127), *range(161, 173), *range(174, 256)]  # bytes that stand for themselves


def _signs() -> dict[int, str]:
    """The sign by which each byte is written in the vocabulary."""
    others = [byte for byte in range(256) if byte not in PRINTED]
    return {byte: chr(byte) for byte in PRINTED} | {byte: chr(256 + number) for number, byte in enumerate(others)}


SIGNS = _signs()
BYTES = {sign: byte for byte, sign in SIGNS.items()}


class Vocabulary:
    """The tokens of a model."""

    def __init__(self, about: dict[str, Any]) -> None:
        """From what its file says of itself."""
        self._tokens: list[str] = about["tokenizer.ggml.tokens"]
        self._ids = {token: number for number, token in enumerate(self._tokens)}
        self._ranks = {tuple(pair.split(" ")): rank for rank, pair in enumerate(about["tokenizer.ggml.merges"])}
        self.end = int(about["tokenizer.ggml.eos_token_id"])
        self._joined = lru_cache(20_000)(self._join)

    def tokens(self, text: str) -> list[int]:
        """The text as tokens; signs that begin and end messages count as such."""
        found: list[int] = []
        for part in SPECIAL.split(text):
            if SPECIAL.fullmatch(part):
                found.append(self._ids[part])
            else:
                for word in WORD.findall(part):
                    found.extend(self._joined(word))
        return found

    def bytes(self, token: int) -> bytes:
        """What the token stands for."""
        return bytes(BYTES.get(sign, 63) for sign in self._tokens[token])

    def _join(self, word: str) -> tuple[int, ...]:
        parts = [SIGNS[byte] for byte in word.encode()]
        while len(parts) > 1:
            ranks = [self._ranks.get(pair, len(self._ranks)) for pair in pairwise(parts)]
            best = min(range(len(ranks)), key=ranks.__getitem__)
            if ranks[best] == len(self._ranks):
                break
            parts[best : best + 2] = [parts[best] + parts[best + 1]]
        return tuple(self._ids[part] for part in parts if part in self._ids)
