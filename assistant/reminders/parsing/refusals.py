"""Why a sentence that speaks of time says none to ring at, in words with what to say instead."""

from collections.abc import Sequence, Set
from itertools import pairwise

from assistant.reminders.parsing.draft import Draft
from assistant.reminders.parsing.matching.filters import DAYLIKE, REPEATING, SURE
from assistant.reminders.parsing.matching.matcher import Reading
from assistant.reminders.parsing.model import Expression, Instead, Token

LETTERS = 60  # that are quoted
SHORT_NAME = 5  # letters of what may be another word: march, may, april
SECOND_WORD, WORDS = 1, 4
DESCRIBING = frozenset({
    "FOR", "THE", "OF", "AWAY", "PRIOR", "UNTIL", "FROM", "AT", "IN", "ORD", "PREVIOUS", "AND", "NUM", "NEXT", "THIS",
    "BOUND",
})  # what follows  # fmt: skip
MORE = frozenset({"AGO", "NUM", "AND", "AWAY", "PRIOR", "BEFORE", "OF", "PAST", "MONTH", "LONG"})  # comes
MADE_PAST = frozenset({
    "weekdays", "weekend", "date", "season", "inmonth", "part", "parts", "time", "sixty", "bare", "fixed", "either",
    "daynumber", "nth", "nthof", "monthdays", "everyday", "supposed", "between", "monthend",
})  # fmt: skip
FIXED = ("DATED", "ISO", "DMY", "YEAR", "EVERY")  # what makes a day one that is not the past's
LINKING = frozenset({"OF", "FROM", "THE", "IN", "ON", "DASH", "BETWEEN"})
AMOUNTS = frozenset({"NUM", "ONE", "FEW", "TENTHS", "ALL", "HALF"})
LENGTHS = frozenset({"DURATION", "UNIT", "SHORTUNIT", "STAY", "WORKDAY", "WORKDAYS", "WEEKEND", "WEEKENDS"})
# Words that speak of time wherever they stand, and those that do after such as “the”.
OF_TIME = frozenset({
    "AGO", "WEEKDAY", "WEEKDAYS", "WEEKDAYPART", "DAY", "TONIGHT", "CLOCK", "ZEROED", "ISO", "DMY", "DATED",
    "MONTHYEAR", "WEEKSIGN", "HOLIDAYS", "FEASTDAY", "MONTH", "FEAST", "DURATION", "SEASON", "FIXED",
    "WORKDAY", "WORKDAYS", "WEEKEND", "WEEKENDS", "FROMNOW", "DAYBEFORE", "UNITAFTER", "SOON", "SLASH", "DAYMONTH",
    "DECADE", "HOURS", "MERIDIEM",
})  # fmt: skip
AFTER_SMALL = frozenset({"UNIT", "PART", "PARTS", "QUARTERWORD", "QUARTERNO", "STAY", "WEEKNO", "SEASONWORD"})
OF_YEARS = frozenset({"BETWEEN", "TILL", "UNIT", "START", "ENDS", "LASTS", "DASH", "BOUND"})
SMALL = frozenset({
    "THE", "ALL", "GONE", "THIS", "NEXT", "EVERY", "ONE", "NUM", "FEW", "IN", "AT", "ON", "OF", "LATE", "EARLY", "END",
    "OUTSET", "MIDDLE", "COMING", "ORD", "AWAY", "PRIOR", "FROM", "DUE", "UNTIL",
})  # fmt: skip


def over_beside(best: Reading, counted: Sequence[Expression]) -> Expression | None:
    """What of the sentence is over, where that makes over what was understood: “Friday of last week”."""
    for over in best.over:
        for each in counted:
            fixed = each.kind not in MADE_PAST or each.has(*FIXED) or (each.kind == "monthend" and not each.has("END"))
            if not fixed and (_linked(best, each, over) or _linked(best, over, each)):
                return over
    return None


def _linked(best: Reading, first: Expression, second: Expression) -> bool:
    between = best.tokens[first.after : second.first]
    return first.after <= second.first and all(token.categories.keys() & LINKING for token in between)


def warn_over(draft: Draft, best: Reading, over: Expression) -> None:
    """Adds that something is over, with what could be said instead."""
    words = best.words(over)[:LETTERS]
    draft.warn("ambiguous", f"“{words}” is over; say when it is to ring, such as “{_example(draft)}”.")


def warn_refused(draft: Draft, best: Reading, counted: Sequence[Expression]) -> None:
    """Adds why no time was found, where the sentence speaks of time at all."""
    _warn_rejected(draft, best, counted)
    if not draft.problems and best.over:
        warn_over(draft, best, best.over[0])
    _warn_alone(draft, best)
    if not (draft.problems or draft.someday):
        _warn_length(draft, best)
    if not (draft.problems or draft.someday):
        _warn_other(draft, best)


def _example(draft: Draft) -> str:
    return draft.said.phrases["example"]


def _warn_rejected(draft: Draft, best: Reading, counted: Sequence[Expression]) -> None:
    """Adds what looked like a day or a repetition, and says none that there is."""
    for expression in best.expressions:
        if expression not in counted and expression.strength == SURE and expression.kind in DAYLIKE | REPEATING:
            draft.warn("ambiguous", f"“{best.words(expression)[:LETTERS]}” was not understood.")
            return
    for before, token in pairwise([*best.tokens[:1], *best.tokens]):
        at = "AT" in before.categories and "UNTOLD" in token.categories
        if at or "UNTOLDAT" in token.categories:
            said = best.sentence[before.start if at else token.start : token.end]
            draft.warn("ambiguous", f"“{said}” is not a time that is known here; say the hour.")
            return


def _warn_alone(draft: Draft, best: Reading) -> None:
    """Adds that a month or a length of time, at an end of the sentence, is no time without a word like “in”."""
    last = len(best.tokens)
    if draft.problems or draft.someday:
        return
    for first, after in ((0, 1), (last - 1, last), (0, 2), (last - 2, last)):
        words = best.tokens[max(first, 0) : after]
        before = best.tokens[first - 1].categories if first > 0 else {}
        following = best.tokens[after].categories if after < last else {}
        described = before.keys() & DESCRIBING or following.keys() & MORE
        if first < 0 or not words or described or not _could_be_time(words, alone=len(words) == last):
            continue
        start, end, phrases = words[0].start, words[-1].end, draft.said.phrases
        said = best.sentence[start:end]
        ending = "n" if words[-1].text in phrases["in_with_n"].split() else ""
        meant = phrases["in_month" if len(words) == 1 else "in"].format(words=said + ending)
        instead = Instead(f"{best.sentence[:start]}{meant}{best.sentence[end:]}", meant)
        alone = len(words) == last  # without a text
        draft.warn("ambiguous", f"“{said}” alone is not taken as a time; say “{meant}”.", None if alone else instead)
        return


def _could_be_time(words: Sequence[Token], *, alone: bool) -> bool:
    first, last = words[0].categories.keys(), words[-1].categories.keys()
    if len(words) == 1:
        return "MONTH" in first and (alone or len(words[0].text) > SHORT_NAME)
    if "ORD" in first:  # “4. Woche”
        return False
    apart = words[0].end < words[-1].start  # “20h” may be anything
    return apart and bool(first & {"NUM", "ONE"}) and "UNIT" in last and "WORD" not in first


def _warn_length(draft: Draft, best: Reading) -> None:
    """Adds that a length of time does not say when: “for 3 days”, “all week”, “30min”."""
    for place, token in enumerate(best.tokens):
        if not token.categories.keys() & LENGTHS or place in _named(best):
            continue
        first, following = place, best.tokens[place + 1 : place + 2]
        while first > max(0, place - WORDS) and _counts(best, first - 1):
            first -= 1
        amount = best.tokens[first:place]
        noun = "NAME" if best.language.verb_is_last else "WORD"
        if following and noun in following[0].categories and not _lasts(amount):
            continue  # “20h shift”
        if any(each.categories.keys() & AMOUNTS for each in amount) or "DURATION" in token.categories:
            words = best.sentence[best.tokens[first].start : token.end][:LETTERS]
            when = f"say when it is to ring, such as “{_example(draft)}”"
            draft.warn("ambiguous", f"“{words}” says how long, not when; {when}.")
            return


def _lasts(amount: Sequence[Token]) -> bool:
    return any(each.categories.keys() & {"FOR", "FORNEXT", "BOUND", "ALL"} for each in amount)


def _counts(best: Reading, place: int) -> bool:
    categories = best.tokens[place].categories.keys()
    return bool(categories & (AMOUNTS | {"FOR", "FORNEXT", "BOUND", "ANDAHALF", "MORE", "DASH", "THE"}))


def _warn_other(draft: Draft, best: Reading) -> None:
    """Adds what else speaks of time, and says none that was understood."""
    for place, token in enumerate(best.tokens):
        if place in _named(best) or not _speaks_of_time(best, place):
            continue
        first = place - 1 if place and best.tokens[place - 1].categories.keys() & SMALL else place
        words = best.sentence[best.tokens[first].start : token.end][:LETTERS]
        draft.warn("ambiguous", f"“{words}” was not understood as a time; say it like “{_example(draft)}”.")
        return


def _speaks_of_time(best: Reading, place: int) -> bool:
    token = best.tokens[place]
    categories, before = token.categories.keys(), best.tokens[place - 1].categories.keys() if place else set()
    if categories & {"KEEP", "COMMAND"}:
        return False
    if categories & OF_TIME:
        plain = categories & {"MONTH", "FEAST", "SEASON", "FIXED"}
        named = "MONTH" in categories and before & {"FOR", "THE"}  # “the invoice for October”
        return not named and (not plain or len(token.text) > SHORT_NAME or bool(before & SMALL))
    if "YEAR" in categories:
        following = best.tokens[place + 1].categories if place + 1 < len(best.tokens) else {}
        return len(best.tokens) == 1 or bool(before & (SMALL | OF_YEARS)) or "TILL" in following
    return _speaks_beside(categories, before)


def _speaks_beside(categories: Set[str], before: Set[str]) -> bool:
    """Whether the word speaks of time because of the one before: “the night”, “a quarterly meeting”."""
    if "ERA" in categories:
        return bool(before & {"THE", "IN", "THIS", "GONE", "NEXT", "NUM", "FEW", "ORD"})
    if "PERIOD" in categories:
        return "ONE" in before
    if categories & {"AMPM", "OCLOCK", "ISH"}:
        return bool(before & {"NUM", "HHMM"})
    counted = before & {"NUM", "ONE"} and not categories & {"PART", "PARTS"}
    return bool(categories & AFTER_SMALL and before & SMALL) and not counted


def _named(best: Reading) -> set[int]:
    return {place for name in best.names for place in range(name.first, name.after)}
