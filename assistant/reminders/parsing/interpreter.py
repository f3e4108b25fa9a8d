"""The expressions of a sentence put together."""

from assistant.reminders.parsing.draft import Draft, Interpreter
from assistant.reminders.parsing.expressions import days, periods, times
from assistant.reminders.parsing.languages.language import DAY
from assistant.reminders.parsing.matching.filters import touching
from assistant.reminders.parsing.matching.matcher import Reading
from assistant.reminders.parsing.model import Expression, Problem

TODAY = (0,)
KINDS = {**days.KINDS, **periods.KINDS, **times.KINDS}


def interpret(reading: Reading) -> tuple[Draft, list[Expression]]:
    """What the chosen expressions say together, and those of them that count."""
    interpreter, counted = Interpreter(Draft(), reading), list[Expression]()
    main, before, again = interpreter.draft, None, False
    for expression in reading.expressions:
        interpreter.beside = before if before and touching(reading.tokens, before, expression) else None
        ends = interpreter.beside is not None and interpreter.beside.kind == "until"
        interpreter.draft = main.until if ends and main.until else main
        again = (again and interpreter.beside is not None) or _day_again(interpreter.draft, expression)
        if again:  # with all that is said of that other day
            _warn_again(main)
        elif KINDS[expression.kind](interpreter, expression):
            counted.append(expression)
            if (
                expression.kind == "weekdays"
                and before is not None
                and before.kind == "start"
                and interpreter.draft is main
            ):
                main.begins = main.weekdays
        before = expression
    if main.span and main.every is None and any(expression.has("LONG") for expression in counted):
        main.every = DAY
    _begin(main)
    if main.until:
        main.problems += main.until.problems
    return main, counted


def _begin(main: Draft) -> None:
    """Makes “every day starting Friday” begin then, rather than come on Fridays only."""
    by_days = main.every is not None and not main.every[0] and main.every[1] % 7
    if main.begins == main.weekdays and by_days:
        main.weekdays = ()
    else:
        main.begins = ()


def _warn_again(draft: Draft) -> None:
    problem = Problem("ambiguous", "More than one day is said; the first is taken.")
    if problem not in draft.problems:
        draft.problems.append(problem)


def _day_again(draft: Draft, expression: Expression) -> bool:
    """Whether a second date is said; a weekday beside a date is compared with it later."""
    if expression.kind not in {"day", "date", "dates", "offset"}:
        return False
    if expression.kind == "day" and draft.offset and draft.offset[2] and expression.one("DAY") != TODAY:
        return True
    others = (draft.days, draft.date) if expression.kind == "day" else (draft.days, draft.date, draft.offset)
    return any(each is not None for each in (others[1:] if expression.kind == "offset" else others))
