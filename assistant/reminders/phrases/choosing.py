"""Which pieces of a sentence are about time, and what of the sentence remains when they are taken out."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise

from assistant.reminders.phrases.grammar import pieces
from assistant.reminders.phrases.language import Language
from assistant.reminders.phrases.model import Piece, Span, Token
from assistant.reminders.phrases.tokens import tokens

SURE, BESIDE = 3, 1
REPEATING = {"every", "everyday", "everypart", "parts"}
NEEDS_RULE = {"until", "span", "count", "done", "except"}
TIMES = {"time", "sixty", "fixed"}
ENDS = TIMES | {"day", "date", "monthdays", "weekdays", "nthof", "monthend", "ahead", "inmonth"}  # after "until"
EDGES = " \t\r\n,;:.-–—|"


@dataclass(frozen=True, slots=True)
class Chosen:
    """A sentence as one language reads it: its tokens, the pieces about time, and the commands around them."""

    language: Language
    sentence: str
    tokens: Sequence[Token]
    pieces: Sequence[Piece]
    commands: Sequence[Piece]

    @property
    def weight(self) -> int:
        """How much of the sentence this language explains."""
        covered = sum(end - start for start, end in map(self.span, [*self.pieces, *self.commands]))
        own = sum(token.text in self.language.telling for token in self.tokens)
        return 2 * covered + own + (self.language.dot_is_ordinal and any("DMY" in token.means for token in self.tokens))

    def span(self, piece: Piece) -> Span:
        """The characters of a piece."""
        return self.tokens[piece.first].start, self.tokens[piece.after - 1].end

    def without(self, pieces: Sequence[Piece]) -> str:
        """What remains of the sentence without these pieces and the commands: what to remind of."""
        cuts = sorted(map(self.span, [*pieces, *self.commands]))
        starts, ends = [0, *(end for _, end in cuts)], [*(start for start, _ in cuts), len(self.sentence)]
        parts = [self.sentence[start:end] for start, end in zip(starts, ends, strict=True)]
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
    timed = [piece for piece in every if piece.kind not in {"command", "keep"}]
    kept = [
        piece
        for cluster in _clusters(found, timed)
        for piece in _sure(found, cluster, commands, verb_is_last=language.verb_is_last)
    ]
    return Chosen(language, sentence, found, _fitting(found, kept), commands)


def touching(found: Sequence[Token], first: Piece, second: Piece) -> bool:
    """Whether nothing but a comma or an "and" stands between two pieces."""
    between = found[first.after : second.first]
    return all(token.means.keys() & {"AND", "COMMA"} for token in between)


def _may_command(found: Sequence[Token], every: Sequence[Piece], command: Piece) -> bool:
    """A command begins a sentence, or a clause, or follows a piece about time."""
    before = next((piece for piece in every if piece.after == command.first), None)
    return before is not None or _ends(found, command.first - 1)


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
    while cluster and cluster[0].kind in {"bare", "range", "zone"}:  # these only say more about what came before
        cluster = cluster[1:]
    if all(piece.strength == BESIDE for piece in cluster):
        return []
    sure = any(piece.strength == SURE for piece in cluster)
    return cluster if sure or _at_edge(found, cluster, commands, verb_is_last=verb_is_last) else []


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


def _fitting(found: Sequence[Token], kept: list[Piece]) -> list[Piece]:
    """The pieces without those that only mean something beside others that are not there."""
    repeating, leading = any(map(_repeats, kept)), any(piece.kind == "lead" for piece in kept)
    kept = kept if repeating else [_due(found, piece) for piece in kept]
    ends = [pair for pair in pairwise(kept) if _until(found, *pair)]
    ending, ended = [piece for piece, _ in ends], [after for _, after in ends]
    return [
        piece
        for piece in kept
        if (repeating or (piece.kind not in NEEDS_RULE and piece not in ended))
        and (leading or piece.kind != "attime")
        and (piece in ending or piece.kind != "until")
    ]


def _due(found: Sequence[Token], piece: Piece) -> Piece:
    """The piece; "bis Freitag" without a repetition is just that day."""
    due = piece.kind == "until" and "DUE" in found[piece.first].means
    return replace(piece, kind="start") if due else piece


def _repeats(piece: Piece) -> bool:
    counted = piece.kind in {"nth", "monthdays"} and piece.has("UNIT") and not piece.has("THIS", "NEXT")
    return piece.kind in REPEATING or piece.has("EVERY") or (piece.kind == "done" and piece.has("UNIT")) or counted


def _until(found: Sequence[Token], piece: Piece, after: Piece) -> bool:
    """Whether the first piece says until and the second until when."""
    return piece.kind == "until" and after.kind in ENDS and touching(found, piece, after)
