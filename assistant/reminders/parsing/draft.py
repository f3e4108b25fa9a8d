"""What the expressions of a sentence say together, before it is put into the calendar."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field

from assistant.reminders.parsing.matching.matcher import Reading
from assistant.reminders.parsing.model import Expression, Problem, ProblemKind, Values
from assistant.reminders.parsing.times import Time

Unit = Values  # months, days, seconds


@dataclass(slots=True)
class Nth:
    """The nth of these weekdays in a month, or its nth day when there are none."""

    number: int
    days: Values
    of: str  # "EVERY", "THIS", "NEXT" or "MONTH"
    month: int = 0
    year: int = 0


@dataclass(slots=True)
class Draft:
    """All that was said about time, each thing once."""

    times: list[Time] = field(default_factory=list)
    part: Values | None = None
    days: int | None = None  # from today
    offset: Unit | None = None
    date: Values | None = None  # year or 0, month, day
    monthdays: Values = ()
    month_of: str = ""  # of the days of a month: "EVERY", "THIS", "NEXT"
    weekdays: Values = ()
    begins: Values = ()  # the weekday from which on it repeats
    which: str = ""  # of the weekday: "THIS" or "NEXT"
    nth: Nth | None = None
    ahead: Unit | None = None
    every: Unit | None = None
    interval: int = 1
    done: bool = False
    until: "Draft | None" = None
    count: int = 0
    span: Unit | None = None
    between: tuple[Time, Time] | None = None
    leads: list[int] = field(default_factory=list)
    someday: bool = False
    soon: bool = False
    shift: Unit = (0, 0, 0)  # after the day that the rest says
    zone: int | None = None
    lost_zone: str = ""
    problems: list[Problem] = field(default_factory=list)

    def warn(self, kind: ProblemKind, sentence: str) -> None:
        """Adds a problem."""
        self.problems.append(Problem(kind, sentence))

    @property
    def repeats(self) -> bool:
        """Whether it comes again and again."""
        return self.every is not None

    @property
    def dated(self) -> bool:
        """Whether a day was said."""
        once = (self.days, self.offset, self.date, self.nth, self.ahead)
        return any(each is not None for each in once) or bool(self.weekdays or self.monthdays)


@dataclass(slots=True)
class Interpreter:
    """The draft as it grows, with what an expression may have to know of its place."""

    draft: Draft
    reading: Reading
    beside: Expression | None = None  # the expression before, where it touches this one

    @property
    def exact(self) -> bool:
        """Whether the language's clock has 24 hours."""
        return self.reading.language.colon_is_exact

    def said(self, expression: Expression) -> str:
        """The words of an expression."""
        return self.reading.words(expression)


Kinds = Mapping[str, Callable[[Interpreter, Expression], bool]]
