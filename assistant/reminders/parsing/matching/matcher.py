"""Which pieces of a sentence are about time, and what of the sentence remains when they are taken out."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise

from assistant.reminders.phrases.fitting import AT_EDGE, BESIDE, DAYS, REPEATING, SURE, ends, fitting, touching
from assistant.reminders.phrases.grammar import pieces
from assistant.reminders.phrases.language import DAY, Language
from assistant.reminders.phrases.model import Piece, Span, Token
from assistant.reminders.phrases.tokens import tokens

EDGES = " \t\r\n,;:.-–—|"


@dataclass(frozen=True, slots=True)
class Chosen:
    """A sentence as one language reads it: its tokens, the pieces about time, and the commands around them."""

    language: Language
    sentence: str
    tokens: Sequence[Token]
    pieces: Sequence[Piece]
    commands: Sequence[Piece]
    unclear: Sequence[Piece] = ()  # about time, but not how

    @property
    def weight(self) -> int:
        """How much of the sentence this language explains."""
        covered = sum(end - start for start, end in map(self.span, [*self.pieces, *self.commands, *self.unclear]))
        own = sum(token.text in self.language.telling for token in self.tokens)
        return 2 * covered + own + (self.language.dot_is_ordinal and any("DMY" in token.means for token in self.tokens))

    def span(self, piece: Piece) -> Span:
        """The characters of a piece."""
        return self.tokens[piece.first].start, self.tokens[piece.after - 1].end

    def words(self, piece: Piece) -> str:
        """The words of a piece."""
        return self.sentence[slice(*self.span(piece))]

    def without(self, pieces: Sequence[Piece]) -> str:
        """What remains of the sentence without these pieces and the commands: what to remind of."""
        cuts = sorted(map(self.span, [*pieces, *self.commands]))
        starts, stops = [0, *(end for _, end in cuts)], [*(start for start, _ in cuts), len(self.sentence)]
        parts = [self.sentence[start:end] for start, end in zip(starts, stops, strict=True)]
        words = " ".join(map(self._trimmed, parts)).split()
        words = self._stripped(words, {"AND", "LINK"} if self.commands else {"AND"}, 0)
        return " ".join(self._stripped(words, {"AND"}, -1))

    def _trimmed(self, part: str) -> str:
        """The part without signs at its ends, and nothing when it only joined what was taken out."""
        part = "".join(sign for sign in part if sign.isprintable() or sign.isspace())
        text = part.strip(EDGES)
        return text if self._stripped(text.strip("!?").split(), {"AND"}, 0) else ""

    def _stripped(self, words: list[str], categories: set[str], end: int) -> list[str]:
        """The words without those of these categories at one end."""
        while words and self._means(words[end].strip(EDGES)) & categories:
            words = words[1:] if end == 0 else words[:-1]
        return words

    def _means(self, word: str) -> set[str]:
        return set(self.language.lexicon.get((word.casefold(),), {}))


def chosen(sentence: str, language: Language) -> Chosen:
    """The sentence as this language reads it."""
    found = tokens(sentence, language)
    every = pieces(found)
    commands = [piece for piece in every if piece.kind == "command" and _may_command(found, every, piece)]
    unclear = [piece for piece in every if piece.kind == "unclear"]
    timed = _windowed([piece for piece in every if piece.kind not in {"command", "keep", "unclear"}])
    kept = [
        piece
        for cluster in _clusters(found, timed)
        for piece in _sure(found, cluster, commands, verb_is_last=language.verb_is_last)
    ]
    return Chosen(language, sentence, found, fitting(found, kept), commands, unclear)


def _may_command(found: Sequence[Token], every: Sequence[Piece], command: Piece) -> bool:
    """A command begins a sentence, or a clause, or follows a piece about time."""
    before = next((piece for piece in every if piece.after == command.first), None)
    return before is not None or _ends(found, command.first - 1)


def _windowed(timed: list[Piece]) -> list[Piece]:
    """The pieces; "from 9 to 17" is about time where a day is said or a repetition within a day."""
    within = any(piece.kind == "every" and (piece.one("UNIT", "DURATION", "PERIOD") or DAY)[2] for piece in timed)
    sure = within or any(piece.kind in DAYS | REPEATING and piece.strength > BESIDE for piece in timed)
    return [
        replace(piece, strength=AT_EDGE)
        if piece.has("BETWEEN") and (sure or piece.has("CLOCK", "ZEROED", "OCLOCK", "AMPM"))
        else piece
        for piece in timed
    ]


def _clusters(found: Sequence[Token], timed: Sequence[Piece]) -> Iterator[list[Piece]]:
    """The pieces in groups of those that touch."""
    cluster: list[Piece] = []
    for piece in timed:
        if cluster and not touching(found, cluster[-1], piece):
            yield cluster
            cluster = []
        cluster.append(piece)
    if cluster:
        yield cluster


def _sure(
    found: Sequence[Token], cluster: list[Piece], commands: Sequence[Piece], *, verb_is_last: bool
) -> list[Piece]:
    """The pieces of a group that are about time, which may be none."""
    while cluster and _adds(cluster[0]):  # these only say more about what came before
        cluster = cluster[1:]
    ended = any(ends(found, *pair) for pair in pairwise(cluster))
    ended = ended or any(piece.has("HOUR24") for piece in cluster[1:])  # "Fr 17h"
    if all(piece.strength == BESIDE for piece in cluster) and not ended:
        return []
    sure = any(piece.strength == SURE for piece in cluster)
    return cluster if sure or _at_edge(found, cluster, commands, verb_is_last=verb_is_last) else []


def _adds(piece: Piece) -> bool:
    return piece.kind in {"bare", "range", "zone"} or (piece.kind == "either" and piece.strength == BESIDE)


def _at_edge(found: Sequence[Token], cluster: list[Piece], commands: Sequence[Piece], *, verb_is_last: bool) -> bool:
    """Whether a group stands where one speaks of time: at an end, before its verb or a word like "about"."""
    first, after = cluster[0].first, cluster[-1].after
    commanded = any(first == command.after or after == command.first for command in commands)
    follows = after < len(found) and "FOLLOW" in found[after].means
    last_verb = verb_is_last and after < len(found) and "NAME" not in found[after].means and _ends(found, after + 1)
    return commanded or follows or last_verb or _ends(found, first - 1) or _ends(found, after)


def _ends(found: Sequence[Token], place: int) -> bool:
    """Whether the sentence, or a part of it, ends with this token."""
    return not 0 <= place < len(found) or bool(found[place].means.keys() & {"STOP", "COMMA"})
