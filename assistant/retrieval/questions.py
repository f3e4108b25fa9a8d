"""What of a question is looked for: its words but for those that say nothing, each as a beginning."""

import re
from dataclasses import dataclass

from assistant.retrieval.stop_words import STOP_WORDS
from assistant.storage.tokens import index_words

LONGEST = 2000  # characters of a question that are read
WORDS = 24  # that are looked for, at most
WORD = re.compile(r"[^\W_]+")
# What one leaves off in another form of the word; German vowels with dots are folded to plain ones before.
ENDINGS = ("ungen", "ing", "ern", "en", "er", "es", "em", "ed", "ly", "e", "n", "s")
STEM = 4  # letters that stay at least
FORM = 4  # letters by which another form is longer; more is a word put together


@dataclass(frozen=True, slots=True)
class Sought:
    """A word that is looked for, folded; with ``prefix`` whatever begins so."""

    stem: str
    prefix: bool

    def fits(self, word: str) -> float:
        """How well the folded word of a text fits: 1.0 for the same or another form of it, 0.0 for another."""
        if not self.prefix:
            return float(word == self.stem)
        if not word.startswith(self.stem):
            return 0.0
        return 1.0 if len(word) <= len(self.stem) + FORM else 0.6


def sought(question: str) -> list[Sought]:
    """What is looked for, in the question's order; where all of its words say nothing, these."""
    words = list(dict.fromkeys(WORD.findall(index_words(question[:LONGEST]))))
    telling = [word for word in words if word not in STOP_WORDS and (len(word) > 1 or not word.isascii())]
    kept = telling or words
    return list(dict.fromkeys(_sought(word) for word in kept))[:WORDS]


def _sought(word: str) -> Sought:
    if len(word) < STEM or not word.isalpha() or not word.isascii():
        return Sought(word, prefix=False)
    ending = next((one for one in ENDINGS if word.endswith(one) and len(word) - len(one) >= STEM), "")
    return Sought(word.removesuffix(ending), prefix=True)
