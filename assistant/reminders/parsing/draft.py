"""What the expressions of a sentence say together, before it is put into the calendar."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import date

from assistant.reminders.parsing.habits import Habits
from assistant.reminders.parsing.matching.matcher import Reading
from assistant.reminders.parsing.model import Expression, Instead, Problem, ProblemKind, Span, Values
from assistant.reminders.parsing.times import Time
from assistant.reminders.recurrence.words import MONTHS, clock, ordinal

Unit = Values  # months, days, seconds
EVEN, ODD = 2, 1
BEHIND = frozenset({"PART", "PARTS", "EARLY", "LATE"})  # a day


@dataclass(slots=True)
class Nth:
    """Those weekdays of a month that have these numbers, or its days of these numbers when there are none."""

    numbers: Values
    days: Values
    of: str  # "EVERY", "THIS", "NEXT" or "MONTH"
    month: int = 0
    year: int = 0
    week: bool = False  # all of that week


@dataclass(frozen=True, slots=True)
class Said:
    """The sentence as it was typed, and where in it what was said."""

    sentence: str
    phrases: Mapping[str, str]
    spans: dict[str, Span] = field(default_factory=dict)
    glued: dict[str, str] = field(default_factory=dict)  # the part of the day in the same word

    def with_day(self, part: str, day: int, month: int, year: int = 0) -> Instead | None:
        """The sentence with this day in place of that part; None when there is no such part."""
        words = self.phrases["day" if year else "date"]
        return self._with(part, words.format(day=day, month=month, name=MONTHS[month - 1], year=year))

    def with_time(self, minutes: int) -> Instead | None:
        """The sentence with this time of the day in place of its own."""
        return self._with("time", self.phrases["time"].format(time=clock(minutes)))

    def with_nth(self, number: int, weekday: int) -> Instead | None:
        """The sentence with the nth weekday of each month in place of every nth weekday."""
        name = self.phrases["weekdays"].split()[weekday]
        words = self.phrases["nth"].format(number=number, nth=ordinal(number), weekday=name)
        return self._with("every", words)

    def with_every(self, weekdays: Values) -> Instead | None:
        """The sentence with these weekdays of every week in place of those that were said."""
        names = self.phrases["weekdays"].split()
        listed = [names[day] for day in weekdays]
        words = self.phrases["and"].join([*([", ".join(listed[:-1])] if listed[:-1] else []), listed[-1]])
        return self._with("weekdays", self.phrases["every"].format(weekdays=words))

    def _with(self, part: str, words: str) -> Instead | None:
        start, end = self.spans.get(part, (0, 0))
        words = f"{words} {self.glued[part]}" if self.glued.get(part) else words
        return Instead(f"{self.sentence[:start]}{words}{self.sentence[end:]}", words) if end else None


@dataclass(slots=True)
class Draft:
    """All that was said about time, each thing once."""

    said: Said = field(default_factory=lambda: Said("", {}))
    habits: Habits = field(default_factory=Habits)
    times: list[Time] = field(default_factory=list)
    parts: list[Values] = field(default_factory=list)
    days: int | None = None  # from today
    offset: Unit | None = None
    workdays: int | None = None  # from the day that the rest says
    date: Values | None = None  # year or 0, month, day
    dates: list[Values] = field(default_factory=list)  # where several were said, month and day
    feast: int | None = None  # its place in the table of feasts
    year: int = 0  # that of the feast, the week or the quarter
    monthdays: Values = ()
    both: bool = False  # a day of a month that has to be that weekday
    month_of: str = ""  # of the days of a month: "EVERY", "THIS", "NEXT"
    weekdays: Values = ()
    spread: Values = ()  # the weekdays of what comes so many times a week, where no others are said
    begins: Values = ()  # the weekday from which on it repeats
    which: str = ""  # of the weekday: "THIS" or "NEXT"
    weeks_on: int = 0  # so many of these weekdays from now
    night_to: bool = False  # the night before the day
    nth: Nth | None = None
    nth_once: bool = False  # nothing says that the nth comes again but a month: “first Monday of the month”
    ahead: Unit | None = None
    within: Unit | None = None  # this week, month or year
    every: Unit | None = None
    range_end: Values | None = None  # the last of the days from the one to the other
    range_alone: bool = False  # “Monday to Friday”, which may be once or each week
    by_part: str = ""  # the words that alone say that it repeats: “morgens”
    weeks: Values = ()  # of the year, by number
    parity: int = 0  # EVEN or ODD weeks
    without_months: Values = ()
    in_month: Values = ()  # said alone, the month in which it comes
    without: "list[Draft]" = field(default_factory=list)  # days that are left out
    without_weekdays: Values = ()
    without_holidays: bool = False
    off_weekend: int = 0  # to the working day after, or before where it is negative
    done: bool = False
    until: "Draft | None" = None
    count: int = 0
    span: Unit | None = None
    span_from_now: bool = False
    between: tuple[Time, Time] | None = None
    leads: list[int] = field(default_factory=list)
    someday: bool = False
    soon: bool = False
    shift: Unit = (0, 0, 0)  # after the day that the rest says
    shifted_workdays: int = 0  # likewise
    shifted_weekday: Values = ()  # how many of these weekdays after it, and which; before it where that is negative
    zone: int | None = None
    lost_zone: str = ""
    problems: list[Problem] = field(default_factory=list)

    def warn(self, kind: ProblemKind, sentence: str, instead: Instead | None = None) -> None:
        """Adds a problem; ``instead`` is the sentence that says the other thing."""
        if all(problem.sentence != sentence for problem in self.problems):
            self.problems.append(Problem(kind, sentence, instead))

    def another(self) -> "Draft":
        """An empty draft of the same sentence."""
        return Draft(said=Said(self.said.sentence, self.said.phrases), habits=self.habits)

    @property
    def part(self) -> Values | None:
        """The part of the day that was said first."""
        return self.parts[0] if self.parts else None

    @property
    def repeats(self) -> bool:
        """Whether it comes again and again."""
        return self.every is not None

    @property
    def dated(self) -> bool:
        """Whether a day was said."""
        once = (self.days, self.offset, self.workdays, self.date, self.feast, self.nth, self.ahead, self.within)
        return any(each is not None for each in once) or bool(self.weekdays or self.monthdays or self.weeks)


@dataclass(slots=True)
class Interpreter:
    """The draft as it grows, with what an expression may have to know of its place."""

    draft: Draft
    reading: Reading
    today: date
    beside: Expression | None = None  # the expression before, where it touches this one
    excepting: bool = False  # whether what is left out goes on with an “and”

    @property
    def exact(self) -> bool:
        """Whether the language's clock has 24 hours."""
        return self.reading.language.colon_is_exact

    def words(self, expression: Expression) -> str:
        """The words of an expression."""
        return self.reading.words(expression)

    def mark(self, part: str, expression: Expression) -> None:
        """Remembers where that part was said, the first time; the part of the day behind it is none of it."""
        said, (start, end), after = self.draft.said, self.reading.span(expression), expression.after
        if part in said.spans:
            return
        for category, _ in reversed(expression.items):
            if category not in BEHIND or after - 1 == expression.first:
                break
            after -= 1
            end = self.reading.tokens[after - 1].end
        said.spans[part] = (start, end)
        if expression.has("WEEKDAYPART"):
            said.glued[part] = self._part_in(self.reading.sentence[self.reading.tokens[after - 1].start : end])

    def extend(self, part: str, expression: Expression) -> None:
        """Counts this expression to that part too."""
        self.draft.said.spans[part] = (self.draft.said.spans[part][0], self.reading.span(expression)[1])

    def _part_in(self, word: str) -> str:
        """The part of the day as it stands alone: “abends” of “Montagabend”."""
        names = [name.lower() for name in self.draft.said.phrases["weekdays"].split()]
        part = next((word[len(name) :] for name in names if word.lower().startswith(name)), "")
        return f"{part}s" if self.exact and part[-1:] in {"n", "d", "g", "t"} else part

    def adjoins(self, expression: Expression) -> bool:
        """Whether nothing at all stands between this expression and the one before."""
        return self.beside is not None and self.beside.after == expression.first

    def follows(self, *kinds: str) -> bool:
        """Whether the expression before touches this one and is of one of these kinds."""
        return self.beside is not None and self.beside.kind in kinds


Kinds = Mapping[str, Callable[[Interpreter, Expression], bool]]
