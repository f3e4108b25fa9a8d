"""How an answer is asked for, typed as Ollama reads it."""

import re
from dataclasses import dataclass
from typing import Literal

Level = Literal["low", "medium", "high"]
Think = bool | Level
# Go's durations: numbers with units, several in a row, with a sign before them.
DURATION = re.compile(r"[+-]?(?:\d{1,6}(?:\.\d{1,6})?(?:ns|us|µs|ms|s|m|h))+", re.ASCII)
SECONDS = re.compile(r"[+-]?\d{1,9}(?:\.\d{1,6})?", re.ASCII)
HOURS = re.compile(r"([\d.]+)h")
LONGEST = 20  # characters that are kept
MANY_HOURS = 1_000_000  # Go's own end comes soon after


@dataclass(frozen=True, slots=True)
class Options:
    """What is wished of an answer; what is None is left to Ollama.

    ``num_ctx`` and ``num_predict`` are in tokens, ``keep_alive`` is in seconds or one of Go's durations.
    """

    num_ctx: int | None = None
    num_predict: int | None = None
    temperature: float | None = None
    keep_alive: float | str | None = None
    think: Think | None = None

    def of_the_model(self) -> dict[str, int | float]:
        """Those that the model itself is run with."""
        wishes = {"num_ctx": self.num_ctx, "num_predict": self.num_predict, "temperature": self.temperature}
        return {name: value for name, value in wishes.items() if value is not None}


def keep_alive(typed: str) -> float | str | None:
    """How long a model stays loaded: seconds for a bare number, else as it was typed; None for nothing.

    Raises ValueError for what Ollama would refuse: as text, a number needs a unit.
    """
    words = typed.replace(" ", "").lower()
    if len(typed) > LONGEST:
        raise ValueError("no duration")
    if not words:
        return None
    if SECONDS.fullmatch(words):
        return float(words) if "." in words else int(words)
    if DURATION.fullmatch(words) and sum(float(hours) for hours in HOURS.findall(words)) < MANY_HOURS:
        return words
    raise ValueError("no duration")
