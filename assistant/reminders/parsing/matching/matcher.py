"""Which expressions of a sentence are about time, and what of the sentence remains when they are taken out."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise

from assistant.reminders.parsing.languages.language import DAY, Language
from assistant.reminders.parsing.matching.filters import (
    AT_EDGE,
    BESIDE,
    DAYS,
    REPEATING,
    SURE,
    ends,
    in_context,
    touching,
)
from assistant.reminders.parsing.matching.grammar import expressions, whole
from assistant.reminders.parsing.matching.tokens import tokens
from assistant.reminders.parsing.model import Expression, Span, Token

OWN_WORDS = {"UNTOLDAT", "ALL", "STAY", "UNIT", "ERA", "WORKDAY"}  # each of one language
UNTIMED = {"command", "keep", "unclear", "over"}
EDGES = " \t\r\n,;:.-–—|"


@dataclass(frozen=True, slots=True)
class Reading:
    """A sentence as one language reads it: its tokens, the expressions about time, and the commands around them."""

    language: Language
    sentence: str
    tokens: Sequence[Token]
    expressions: Sequence[Expression]
    commands: Sequence[Expression]
    unclear: Sequence[Expression] = ()  # about time, but not how
    names: Sequence[Expression] = ()  # not about time, however they look
    over: Sequence[Expression] = ()  # about what has been

    @property
    def weight(self) -> int:
        """How much of the sentence this language explains."""
        covered = sum(end - start for start, end in map(self.span, self._known))
        own = sum(
            token.text in self.language.markers or bool(token.categories.keys() & OWN_WORDS) for token in self.tokens
        )
        return (
            2 * covered
            + own
            + (self.language.dot_is_ordinal and any("DMY" in token.categories for token in self.tokens))
        )

    @property
    def _known(self) -> list[Expression]:
        return [*self.expressions, *self.commands, *self.unclear, *self.names, *self.over]

    def span(self, expression: Expression) -> Span:
        """The characters of an expression."""
        return self.tokens[expression.first].start, self.tokens[expression.after - 1].end

    def words(self, expression: Expression) -> str:
        """The words of an expression."""
        return self.sentence[slice(*self.span(expression))]

    def without(self, expressions: Sequence[Expression]) -> str:
        """What remains of the sentence without these expressions and the commands: what to remind of."""
        cuts = sorted(map(self.span, [*expressions, *self.commands]))
        starts, stops = [0, *(end for _, end in cuts)], [*(start for start, _ in cuts), len(self.sentence)]
        parts = [self.sentence[start:end] for start, end in zip(starts, stops, strict=True)]
        words = " ".join(map(self._trimmed, parts)).split()
        words = self._stripped(words, {"AND", "LINK"} if self.commands else {"AND"}, 0)
        return " ".join(self._stripped(words, {"AND", "REMINDED"} if self.commands else {"AND"}, -1))

    def _trimmed(self, part: str) -> str:
        """The part without signs at its ends, and nothing when it only joined what was taken out."""
        part = "".join(sign for sign in part if sign.isprintable() or sign.isspace())
        text = part.strip(EDGES).rstrip("(").lstrip(")").strip(EDGES)
        return text if self._stripped(text.strip("!?").split(), {"AND"}, 0) else ""

    def _stripped(self, words: list[str], categories: set[str], end: int) -> list[str]:
        """The words without those of these categories at one end."""
        while words and self._categories(words[end].strip(EDGES)) & categories:
            words = words[1:] if end == 0 else words[:-1]
        return words

    def _categories(self, word: str) -> set[str]:
        return set(self.language.lexicon.get((word.casefold(),), {}))


def match(sentence: str, language: Language) -> Reading:
    """The sentence as this language reads it."""
    found = tokens(sentence, language)
    every = expressions(found)
    commands = [
        expression for expression in every if expression.kind == "command" and _may_command(found, every, expression)
    ]
    unclear = [expression for expression in every if expression.kind == "unclear"]
    names = [expression for expression in every if expression.kind == "keep"]
    over = [expression for expression in every if expression.kind == "over"]
    timed = _windowed([expression for expression in every if expression.kind not in UNTIMED])
    kept = [
        expression
        for cluster in _clusters(found, timed)
        for expression in _sure(found, cluster, commands, verb_is_last=language.verb_is_last)
    ]
    timed = in_context(found, kept) or ([] if over else _all_of_it(found, commands))
    return Reading(language, sentence, found, timed, commands, unclear, names, over)


def _all_of_it(found: Sequence[Token], commands: Sequence[Expression]) -> list[Expression]:
    """What the sentence says where it is nothing but a word that alone is a time: “evening”."""
    first, after = 0, len(found)
    for command in commands:
        first = command.after if command.first == first else first
    while after > first and "STOP" in found[after - 1].categories:
        after -= 1
    alone = whole(found, first, after) if first < after else None
    return [alone] if alone else []


def _may_command(found: Sequence[Token], every: Sequence[Expression], command: Expression) -> bool:
    """A command begins a sentence, or a clause, or follows an expression about time."""
    before = next((expression for expression in every if expression.after == command.first), None)
    return before is not None or _ends(found, command.first - 1)


def _windowed(timed: list[Expression]) -> list[Expression]:
    """The expressions; "from 9 to 17" is about time where a day is said or a repetition within a day."""
    within = any(
        expression.kind == "every" and (expression.one("UNIT", "DURATION", "PERIOD") or DAY)[2] for expression in timed
    )
    sure = within or any(expression.kind in DAYS | REPEATING and expression.strength > BESIDE for expression in timed)
    return [
        replace(expression, strength=AT_EDGE)
        if expression.has("BETWEEN") and (sure or expression.has("CLOCK", "ZEROED", "OCLOCK", "AMPM"))
        else expression
        for expression in timed
    ]


def _clusters(found: Sequence[Token], timed: Sequence[Expression]) -> Iterator[list[Expression]]:
    """The expressions in groups of those that touch."""
    cluster: list[Expression] = []
    for expression in timed:
        if cluster and not touching(found, cluster[-1], expression):
            yield cluster
            cluster = []
        cluster.append(expression)
    if cluster:
        yield cluster


def _sure(
    found: Sequence[Token], cluster: list[Expression], commands: Sequence[Expression], *, verb_is_last: bool
) -> list[Expression]:
    """The expressions of a group that are about time, which may be none."""
    while cluster and _adds(cluster[0]):  # these only say more about what came before
        cluster = cluster[1:]
    ended = any(ends(found, *pair) for pair in pairwise(cluster))
    ended = ended or any(expression.has("HOUR24") for expression in cluster[1:])  # "Fr 17h"
    if all(expression.strength == BESIDE for expression in cluster) and not ended:
        return []
    sure = any(expression.strength == SURE for expression in cluster)
    return cluster if sure or _at_edge(found, cluster, commands, verb_is_last=verb_is_last) else []


def _adds(expression: Expression) -> bool:
    return expression.kind in {"bare", "range", "zone"} or (
        expression.kind == "either" and expression.strength == BESIDE
    )


def _at_edge(
    found: Sequence[Token], cluster: list[Expression], commands: Sequence[Expression], *, verb_is_last: bool
) -> bool:
    """Whether a group stands where one speaks of time: at an end, before its verb or a word like "about"."""
    first, after = cluster[0].first, cluster[-1].after
    commanded = any(first == command.after or after == command.first for command in commands)
    follows = after < len(found) and "FOLLOW" in found[after].categories
    last_verb = (
        verb_is_last and after < len(found) and "NAME" not in found[after].categories and _ends(found, after + 1)
    )
    return commanded or follows or last_verb or _ends(found, first - 1) or _ends(found, after)


def _ends(found: Sequence[Token], place: int) -> bool:
    """Whether the sentence, or a part of it, ends with this token."""
    return not 0 <= place < len(found) or bool(found[place].categories.keys() & {"STOP", "COMMA"})
