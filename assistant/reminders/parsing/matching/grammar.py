"""The ways to speak of time, for every language: patterns of categories, and how to find them in tokens.

In a pattern ``A|B`` is either, ``A?`` may be missing, ``A*`` is a list like "A, A and A", and ``!A`` ends the
pattern where A does not follow. Strength 3 is about time wherever it stands, 2 only at an edge of the
sentence or beside another expression, 1 only beside another expression.
"""

from collections.abc import Sequence
from dataclasses import dataclass

from assistant.reminders.parsing.model import Expression, Token, Values

PATTERNS = """
time 3: AT? CLOCK|ZEROED OCLOCK|AMPM|HSIGN?
time 3: AT? NUM OCLOCK NUM2 !UNIT
time 3: AT? NUM* OCLOCK|AMPM
time 3: AT NUM HSIGN
time 2: HOUR24 HOURSIGN !WORD
time 1: HOUR24 HOURSIGN
time 3: AT MERIDIEM
time 3: AT? NUM NUM2 AMPM
time 2: AT NUM NUM2 !UNIT|TIMES|WORD|MEASURE
time 3: AT? DOTTED AMPM|OCLOCK
time 2: AT DOTTED|NUM4
time 2: AT NUM* !UNIT|TIMES|MEASURE
either 3: AT? CLOCK|ZEROED OCLOCK|AMPM? OR AT? NUM|CLOCK|ZEROED OCLOCK|AMPM?
either 3: AT? NUM AMPM|OCLOCK? OR AT? NUM AMPM|OCLOCK
either 2: AT NUM OCLOCK|AMPM? OR AT? NUM|CLOCK|ZEROED !UNIT|TIMES|MEASURE
either 1: NUM OR NUM !UNIT|TIMES|WORD|MEASURE
bare 1: NUM !UNIT|TIMES|WORD|MEASURE|DAYBEFORE
bare 1: DOTTED !WORD|UNIT
sixty 3: AT? HALFPAST|HALFTO NUM OCLOCK?
sixty 3: AT? ONE? QUARTER PAST|TO NUM OCLOCK?
sixty 2: AT? THREEQUARTER NUM OCLOCK?
sixty 2: AT? QUARTEROF NUM OCLOCK? !UNIT|TIMES|MEASURE
sixty 3: AT NUM UNIT? PAST|TO NUM OCLOCK?
sixty 3: AT? NUM PAST|TO HALFTO NUM OCLOCK?
sixty 2: NUM UNIT? PAST NUM OCLOCK?
sixty 1: NUM UNIT? TO NUM OCLOCK?
fixed 3: AT THE? FIXED
fixed 2: FIXED
part 3: IN|ON|AT THE? PART
parts 3: PARTS
tonight 3: TONIGHT
today 3: THIS PART
everypart 3: EVERY PART
day 3: DAY PART?
soon 3: SOONTODAY
soon 2: SOON
part 1: PART
date 3: ON? ISO
date 3: ON? DMY
date 3: ON? DATED
date 3: ON SLASH
date 1: SLASH
date 3: ON DOTTED
date 3: ON? THE? ORD|NUM OF? MONTH COMMA? YEAR
date 3: ON? THE? ORD|NUM OF? MONTH
date 3: ON? MONTH THE? ORD|NUM COMMA? YEAR !UNIT|TIMES
date 3: ON? MONTH THE? ORD|NUM !UNIT|TIMES|AMPM|OCLOCK
date 3: EVERY MONTH THE? ORD|NUM
date 3: EVERY THE? ORD|NUM OF? MONTH
date 3: ON|AT|EVERY THE? FEAST YEAR?
date 1: FEAST YEAR?
dates 3: ON? THE? ORD|NUM* OF? MONTH YEAR?
inmonth 2: IN|NEXT|THIS MONTH YEAR?
inmonth 3: ON|IN|AT? THE? OUTSET MONTH YEAR?
monthdays 3: EVERY THE? ORD* OF EVERY|THE? UNIT
monthdays 3: ON? THE? ORD* OF EVERY|THE|THIS|NEXT? UNIT
monthdays 3: ON? THE? ORD* EVERY|THIS|NEXT UNIT
monthdays 2: ON THE? ORD*
monthdays 2: THE ORD
every 3: EVERY UNIT
monthdays 3: EVERY ORD*
weekdays 3: ON WEEKDAY* PART?
weekdays 3: ON WD* PART?
weekdays 3: ON? NEXT|THIS WEEKDAY|WD PART?
weekdays 3: ON? AFTERNEXT WEEKDAY|WD PART?
weekdays 2: ON? WEEKDAY* PART?
weekdays 1: ON? WD*
weekdays 3: AT|ON? THIS|NEXT? WEEKDAYPART
eitherday 3: ON? DAY OR ON? DAY|WEEKDAY
eitherday 3: ON WEEKDAY|WD OR ON? WEEKDAY|WD|DAY
eitherday 2: WEEKDAY OR ON? WEEKDAY|DAY
everyday 3: EVERY WEEKDAY|WD* PART?
everyday 3: EVERY WEEKDAYPART
everyday 3: EVERY ORD WEEKDAY|WD PART?
everyday 3: ON? WEEKDAYS*
everyday 3: ON? WEEKDAY|WD|WEEKDAYS TILL WEEKDAY|WD|WEEKDAYS
everyday 3: EVERY WORKDAY
everyday 3: ON? WORKDAYS
everyday 3: EVERY WEEKEND
everyday 3: ON? WEEKENDS
except 1: EXCEPT WEEKDAY|WD|WEEKDAYS*
except 1: EXCEPT THE? WEEKEND|WEEKENDS
weekend 3: ON|AT|THIS|NEXT|IN THE? WEEKEND
weekend 2: WEEKEND
nth 3: ON? EVERY? THE? ORD WEEKDAY|WORKDAY OF? EVERY|THE|THIS|NEXT? UNIT
nthof 3: ON? EVERY? THE? ORD WEEKDAY OF? MONTH YEAR?
nth 3: ON? EVERY? THE? ORD UNIT OF? EVERY|THE|THIS|NEXT? UNIT
nthof 3: ON? EVERY? THE? ORD UNIT OF? MONTH YEAR?
monthend 3: ON|AT|EVERY? THE? MONTHEND
monthend 3: ON|AT? THE? END OF? EVERY|THE|THIS|NEXT? UNIT
monthend 3: ON|AT|EVERY? THE? YEAREND
monthstart 3: ON|IN|AT|EVERY? THE? MONTHSTART
nthof 3: ON|AT? THE? END OF? MONTH YEAR?
nthalone 1: ON? THE? ORD UNIT|WEEKDAY
ahead 3: IN? NEXT|COMING|AFTERNEXT UNIT
ahead 3: IN? THE? UNITAFTER
every 3: EVERY NUM UNIT
every 3: EVERY ORD UNIT
every 3: EVERY DURATION
every 2: PERIOD
offset 3: IN NUM|ONE|TENTHS UNIT
offset 3: IN NUM|ONE UNIT AND|COMMA? NUM|ONE UNIT
offset 3: IN NUM ANDAHALF UNIT
offset 3: IN DURATION|HOURS
from 3: NUM|ONE UNIT AWAY WEEKDAY|WD|DAY
offset 3: NUM|ONE UNIT FROMNOW
offset 3: DURATION FROMNOW
count 1: FOR? NUM TIMES
span 1: FOR NUM|ONE UNIT
span 2: NUM|ONE UNIT LONG
until 1: UNTIL THE?
start 1: START|FROM THE?
between 3: CLOCK|ZEROED OCLOCK|AMPM? TILL CLOCK|ZEROED OCLOCK|AMPM?
between 3: NUM AMPM TILL NUM|CLOCK AMPM
between 3: NUM TILL NUM OCLOCK|AMPM
between 2: NUM TILL CLOCK|ZEROED
range 1: NUM TILL NUM !UNIT|TIMES|WORD|MEASURE
between 1: BETWEEN NUM|CLOCK|ZEROED|DOTTED|FIXED OCLOCK|AMPM? AND|TILL NUM|CLOCK|ZEROED|DOTTED|FIXED OCLOCK|AMPM?
done 1: AFTERDONE
done 3: EVERY? NUM|ONE|ORD UNIT AFTERDONE
lead 2: ON? THE? DAYBEFORE !WORD|THE|ONE|NUM
lead 2: NUM DAYBEFORE !WORD|THE
lead 2: NUM|ONE UNIT BEFORE !WORD|THE
lead 2: DURATION BEFORE !WORD|THE
lead 2: ON? THE UNIT BEFORE !WORD|THE
attime 1: ATTIME
someday 2: SOMEDAY
zone 1: ZONE TIMEWORD?
zone 1: IN? CITY TIMEWORD
zone 1: LOST
zone 1: NAME TIMEWORD
command 3: COMMAND
keep 3: KEEP
unclear 3: TWICE KEEP|PERIOD
unclear 3: TWICE ONE|THE|IN UNIT
unclear 3: NUM TIMES KEEP
unclear 3: NUM TIMES ONE|THE|IN UNIT
unclear 3: IN FEW UNIT
unclear 3: IN NUM !UNIT|TIMES|WORD|MEASURE|OR|AND|TILL|MONTH
unclear 3: MERIDIEM
"""
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
    """A way to say one thing."""

    kind: str
    strength: int
    elements: tuple[Element, ...]


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


def _longest(tokens: Sequence[Token], place: int) -> Expression | None:
    best: Expression | None = None
    for number in sorted({number for category in tokens[place].categories for number in STARTING.get(category, ())}):
        pattern = GRAMMAR[number]
        match = _match(pattern.elements, tokens, place)
        if match and (best is None or match[0] > best.after):
            best = Expression(pattern.kind, pattern.strength, place, match[0], match[1])
    return best


def _match(elements: tuple[Element, ...], tokens: Sequence[Token], place: int) -> Match | None:
    """Where the elements end when they begin here, with what they found."""
    if not elements:
        return place, ()
    element, rest = elements[0], elements[1:]
    category = _category(element, tokens, place)
    if element.absent:
        return None if category else _match(rest, tokens, place)
    if category:
        for after, items in _repeated(element, category, tokens, place):
            match = _match(rest, tokens, after)
            if match:
                return match[0], items + match[1]
    return _match(rest, tokens, place) if element.optional else None


def _repeated(element: Element, category: str, tokens: Sequence[Token], place: int) -> list[Match]:
    """What the element can take from here, the most first."""
    items: Items = ((category, tokens[place].categories[category]),)
    found = [(place + 1, items)]
    while element.listed and len(items) < LISTED:
        between = found[-1][0]
        following = _category(element, tokens, between + 1)
        if not following or not _category(AND if "NUM" in element.categories else LISTING, tokens, between):
            break
        items = (*items, (following, tokens[between + 1].categories[following]))
        found.append((between + 2, items))
    return found[::-1]


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
    return Pattern(kind, int(strength), tuple(map(_element, body.split())))


def _element(text: str) -> Element:
    return Element(
        tuple(text.strip("!?*").split("|")),
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


AND, LISTING = Element(("AND",)), Element(("AND", "COMMA"))
GRAMMAR = [_read(line) for line in PATTERNS.strip().splitlines()]
STARTING = _starting()
