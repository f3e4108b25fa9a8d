"""Which expressions of a sentence mean something beside the others that are there."""

from collections.abc import Sequence
from dataclasses import replace
from itertools import pairwise

from assistant.reminders.parsing.languages.language import DAY
from assistant.reminders.parsing.model import Expression, Token

SURE, AT_EDGE, BESIDE = 3, 2, 1
REPEATING = {"every", "everyday", "everypart", "parts", "perday", "parity"}
NEEDS_RULE = {"until", "untilyear", "span", "count", "done", "except", "exceptday", "alsoexcept"}
TIMES = {"time", "sixty", "fixed", "either", "supposed"}
DAYLIKE = {
    "day", "nextpart", "date", "dates", "monthdays", "weekdays", "nth", "nthof", "monthend", "ahead", "inmonth",
    "monthstart", "daynumber", "from", "shifted", "season", "middle", "week", "offset", "workoffset",
    "weekdaysahead", "thisunit",
    "quarter", "nightto", "nextspan", "weekdayfrom", "yearedge", "eitherday",
    "severaldates", "daterange", "dayrange", "weekend", "yearalone", "monthyear", "dashed", "ofyear", "ordmonth",
}  # fmt: skip
ENDS = TIMES | DAYLIKE  # after "until"
ONCE = {"day", "nextpart", "offset", "tonight", "today"}
DAYS = ONCE | {"date", "weekdays", "daynumber", "dates"}
ASIDE = {"FOR", "PRIOR", "AWAY", "OF", "UNTIL", "ELSEWHERE"}  # before a feast that only describes what is to be done


def in_context(found: Sequence[Token], kept: list[Expression]) -> list[Expression]:
    """The expressions without those that only mean something beside others that are not there."""
    kept = [expression for expression in kept if not _attribute(found, expression, kept)]
    repeating, leading = _repeating(found, kept), any(expression.kind == "lead" for expression in kept)
    kept = kept if repeating else [_due(found, expression) for expression in kept]
    pairs = [pair for pair in pairwise(kept) if ends(found, *pair)]
    ending, ended = [expression for expression, _ in pairs], [after for _, after in pairs]
    return [
        expression
        for expression in kept
        if (repeating or (expression.kind not in NEEDS_RULE and expression not in ended))
        and (leading or expression.kind != "attime")
        and (expression in ending or expression.kind != "until")
    ]


def _attribute(found: Sequence[Token], expression: Expression, kept: Sequence[Expression]) -> bool:
    """Whether it only describes a noun: "weekly review" beside "every Friday", "Christmas" beside "tomorrow"."""
    others = [other for other in kept if other is not expression]
    if _aside(found, expression, others):
        return True
    if expression.has("FEAST") and expression.strength == BESIDE:
        return not _ended(found, expression, kept) and any(other.kind in DAYS for other in others)
    noun = expression.after < len(found) and "WORD" in found[expression.after].categories
    if not noun or not expression.has("PERIOD") or any(other.kind == "start" for other in others):
        return False
    return any(_repeats(other) or other.kind in ONCE for other in others)


def _ended(found: Sequence[Token], expression: Expression, kept: Sequence[Expression]) -> bool:
    """Whether it says until when, or what is left out, also after another: “except on Christmas and Easter”."""
    ended: Expression | None = None
    for before, after in pairwise(kept):
        going_on = before is ended and after.has("FEAST") and touching(found, before, after)
        ended = after if ends(found, before, after) or going_on else None
        if ended is expression:
            return True
    return False


def _aside(found: Sequence[Token], expression: Expression, others: Sequence[Expression]) -> bool:
    """Whether a feast comes after a word like “for” that is no part of another expression."""
    before = expression.first - 1
    if not expression.items[0][0].startswith("FEAST") or before < 0 or not found[before].categories.keys() & ASIDE:
        return False
    return not any(other.first <= before < other.after for other in others)


def _repeating(found: Sequence[Token], kept: Sequence[Expression]) -> bool:
    """Whether something comes again: said so, or several weekdays until a day, or a time for so many days."""
    several = any(expression.kind == "weekdays" and len([*expression.all("WEEKDAY", "WD")]) > 1 for expression in kept)
    return (
        any(map(_repeats, kept))
        or _daily(kept)
        or (several and any(ends(found, *pair) and pair[1].kind not in TIMES for pair in pairwise(kept)))
    )


def _daily(kept: Sequence[Expression]) -> bool:
    """Whether a time rings each day of a length of time: "3 Tage lang um 8"."""
    long = any(expression.has("LONG") and not (expression.one("UNIT") or DAY)[2] for expression in kept)
    kinds = {expression.kind for expression in kept}
    return long and bool(kinds & TIMES) and ("start" in kinds or not kinds & DAYS)


def _due(found: Sequence[Token], expression: Expression) -> Expression:
    """The expression; "bis Freitag" without a repetition is just that day."""
    due = expression.kind == "until" and "DUE" in found[expression.first].categories
    return replace(expression, kind="start") if due else expression


def _repeats(expression: Expression) -> bool:
    counted = (
        expression.kind in {"nth", "monthdays"}
        and expression.has("UNIT", "PERIOD")
        and not expression.has("THIS", "NEXT")
    )
    return (
        expression.kind in REPEATING
        or expression.has("EVERY")
        or (expression.kind == "done" and expression.has("UNIT"))
        or counted
    )


def ends(found: Sequence[Token], expression: Expression, after: Expression) -> bool:
    """Whether the first expression says until and the second until when."""
    return expression.kind in {"until", "exceptday"} and after.kind in ENDS and touching(found, expression, after)


def touching(found: Sequence[Token], first: Expression, second: Expression) -> bool:
    """Whether nothing but a comma or an "and" stands between two expressions."""
    between = found[first.after : second.first]
    return all(token.categories.keys() & {"AND", "COMMA"} for token in between)
