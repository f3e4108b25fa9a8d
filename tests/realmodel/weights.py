"""A file of weights (GGUF), as numbers; of the packings those that the small model uses."""

import mmap
import struct
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

Numbers = NDArray[np.float32]
KINDS = {0: "<B", 1: "<b", 2: "<H", 3: "<h", 4: "<I", 5: "<i", 6: "<f", 7: "<?", 10: "<Q", 11: "<q", 12: "<d"}
TEXT, LIST = 8, 9
FLOAT32, FOURS, EIGHTS = 0, 3, 8  # how numbers are packed
BLOCK = 32  # numbers that share a scale
FOURS_BYTES, EIGHTS_BYTES = 20, 34  # of a block


class Weights:
    """What stands in the file: what it says of itself, and its tensors by their names."""

    def __init__(self, path: Path) -> None:
        """Reads it."""
        with path.open("rb") as file:
            self._bytes = mmap.mmap(file.fileno(), 0, access=mmap.ACCESS_READ)
        self._at = 8
        tensors, about = self._one("<Q"), self._one("<Q")
        self.about: dict[str, Any] = {self._text(): self._value(self._one("<I")) for _ in range(about)}
        heads = [self._head() for _ in range(tensors)]
        self._at += -self._at % int(self.about.get("general.alignment", 32))
        self.tensors = {name: self._tensor(shape, kind, place) for name, shape, kind, place in heads}

    def _one(self, form: str) -> Any:
        (value,) = struct.unpack_from(form, self._bytes, self._at)
        self._at += struct.calcsize(form)
        return value

    def _text(self) -> str:
        size = self._one("<Q")
        self._at += size
        return self._bytes[self._at - size : self._at].decode()

    def _value(self, kind: int) -> Any:
        if kind == TEXT:
            return self._text()
        if kind == LIST:
            inner, count = self._one("<I"), self._one("<Q")
            return [self._value(inner) for _ in range(count)]
        return self._one(KINDS[kind])

    def _head(self) -> tuple[str, tuple[int, ...], int, int]:
        name = self._text()
        shape = tuple(self._one("<Q") for _ in range(self._one("<I")))
        return name, shape[::-1], self._one("<I"), self._one("<Q")

    def _tensor(self, shape: tuple[int, ...], kind: int, place: int) -> Numbers:
        count = int(np.prod(shape))
        size = {FLOAT32: 4 * count, FOURS: count // BLOCK * FOURS_BYTES, EIGHTS: count // BLOCK * EIGHTS_BYTES}[kind]
        raw = np.frombuffer(self._bytes, np.uint8, size, self._at + place)
        unpacked = {FLOAT32: _floats, FOURS: _fours, EIGHTS: _eights}[kind](raw)
        return unpacked.reshape(shape)


def _floats(raw: NDArray[np.uint8]) -> Numbers:
    return raw.view(np.float32).copy()


def _fours(raw: NDArray[np.uint8]) -> Numbers:
    blocks = raw.reshape(-1, FOURS_BYTES)
    scales = blocks[:, :4].copy().view(np.float16).astype(np.float32)
    halves = np.concatenate([blocks[:, 4:] & 15, blocks[:, 4:] >> 4], axis=1)
    return (halves * scales[:, :1] + scales[:, 1:]).astype(np.float32)


def _eights(raw: NDArray[np.uint8]) -> Numbers:
    blocks = raw.reshape(-1, EIGHTS_BYTES)
    scales = blocks[:, :2].copy().view(np.float16).astype(np.float32)
    return (blocks[:, 2:].copy().view(np.int8) * scales).astype(np.float32)
