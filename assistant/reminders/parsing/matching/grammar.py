"""How patterns are found in tokens."""

from collections.abc import Sequence
from dataclasses import dataclass

from assistant.reminders.parsing.matching.aside_patterns import ALONE
from assistant.reminders.parsing.matching.patterns import PATTERNS
from assistant.reminders.parsing.model import Expression, Token, Values

LISTED = 12  # of a list, at most


@dataclass(frozen=True, slots=True)
class Element:
    """One place of a pattern."""

    categories: tuple[str, ...]
    optional: bool = False
    listed: bool = False
    absent: bool = False


@dataclass(frozen=True, slots=True)
class Pattern:
    """A way to say one thing; what has to follow ``ahead`` belongs to what comes next."""

    kind: str
    strength: int
    elements: tuple[Element, ...]
    ahead: tuple[Element, ...] = ()


Items = tuple[tuple[str, Values], ...]
Match = tuple[int, Items]


def expressions(tokens: Sequence[Token]) -> list[Expression]:
    """All that could be about time, from left to right, the longest first where several begin."""
    found: list[Expression] = []
    place = 0
    while place < len(tokens):
        expression = _longest(tokens, place)
        if expression:
            found.append(expression)
        place = expression.after if expression else place + 1
    return found


def whole(tokens: Sequence[Token], first: int, after: int) -> Expression | None:
    """What all of these tokens say together, where that is a time only because nothing else is said."""
    for pattern in BY_ITSELF:
        match = _match(pattern.elements, tokens[:after], first)
        if match and match[0] == after:
            return Expression(pattern.kind, pattern.strength, first, *match)
    return None


def _longest(tokens: Sequence[Token], place: int) -> Expression | None:
    best: Expression | None = None
    for number in sorted({number for category in tokens[place].categories for number in STARTING.get(category, ())}):
        pattern = GRAMMAR[number]
        match = _match(pattern.elements, tokens, place, pattern.ahead)
        if match and (best is None or (match[0], pattern.strength) > (best.after, best.strength)):
            best = Expression(pattern.kind, pattern.strength, place, match[0], match[1])
    return best


def _match(
    elements: tuple[Element, ...], tokens: Sequence[Token], place: int, ahead: tuple[Element, ...] = ()
) -> Match | None:
    """Where the elements end when they begin here and the others follow, with what they found."""
    if not elements:
        return (place, ()) if not ahead or _match(ahead, tokens, place) else None
    element, rest = elements[0], elements[1:]
    category = _category(element, tokens, place)
    if element.absent:
        return None if category else _match(rest, tokens, place, ahead)
    if category:
        for after, items in _repeated(element, category, tokens, place):
            match = _match(rest, tokens, after, ahead)
            if match:
                return match[0], items + match[1]
    return _match(rest, tokens, place, ahead) if element.optional else None


def _repeated(element: Element, category: str, tokens: Sequence[Token], place: int) -> list[Match]:
    """What the element can take from here, the most first."""
    items: Items = ((category, tokens[place].categories[category]),)
    found = [(place + 1, items)]
    while element.listed and len(items) < LISTED:
        between = found[-1][0]
        after = _joined(element, tokens, between)
        following = _category(element, tokens, after) if after else None
        if not after or not following:
            break
        items = (*items, (following, tokens[after].categories[following]))
        found.append((after + 1, items))
    return found[::-1]


def _joined(element: Element, tokens: Sequence[Token], place: int) -> int:
    """The place after an "and", a comma or both; 0 where there is none."""
    if "NUM" not in element.categories and _category(COMMA, tokens, place) and _category(AND, tokens, place + 1):
        return place + 2
    return place + 1 if _category(AND if "NUM" in element.categories else LISTING, tokens, place) else 0


def _category(element: Element, tokens: Sequence[Token], place: int) -> str | None:
    if place >= len(tokens):
        return None
    categories = tokens[place].categories
    for category in element.categories:  # a generator would cost twice as much, here where nearly all time goes
        if category in categories:
            return category
    return None


def _read(line: str) -> Pattern:
    head, _, body = line.partition(": ")
    kind, strength = head.split()
    own, following = (
        [text for text in body.split() if text[0] != "="],
        [text for text in body.split() if text[0] == "="],
    )
    return Pattern(kind, int(strength), tuple(map(_element, own)), tuple(map(_element, following)))


def _element(text: str) -> Element:
    return Element(
        tuple(text.strip("=!?*").split("|")),
        optional=text.endswith("?"),
        listed=text.endswith("*"),
        absent=text.startswith("!"),
    )


def _starting() -> dict[str, list[int]]:
    """The patterns that can begin with each category."""
    found: dict[str, list[int]] = {}
    for number, pattern in enumerate(GRAMMAR):
        for element in pattern.elements:
            for category in element.categories:
                found.setdefault(category, []).append(number)
            if not element.optional:
                break
    return found


AND, COMMA, LISTING = Element(("AND",)), Element(("COMMA",)), Element(("AND", "COMMA"))
GRAMMAR = [_read(line) for line in PATTERNS.splitlines() if line]
STARTING = _starting()
BY_ITSELF = [_read(line) for line in ALONE.splitlines() if line]
