"""Warnings about what of a sentence was not understood, so that nothing is taken otherwise than it was said unseen."""

import re
from itertools import pairwise

from assistant.reminders.parsing.draft import Draft
from assistant.reminders.parsing.matching.matcher import Reading
from assistant.reminders.parsing.model import Expression, Token
from assistant.reminders.parsing.refusals import warn_refused

WORDS, LETTERS = 4, 60  # that are quoted
MONTH_NAMES = range(3, 6)  # letters


def warn_unparsed(draft: Draft, best: Reading, counted: list[Expression], *, timed: bool, repeats: bool) -> None:
    """Adds what was not understood: an end, how often, in how many of what."""
    for expression in best.unclear:
        if not (timed and {category for category, _ in expression.items} == {"IN", "NUM"}):
            draft.warn("ambiguous", f"“{best.words(expression)[:LETTERS]}” was not understood.")
            break
    if not timed and not draft.problems:
        warn_refused(draft, best, counted)
    taken = {place for expression in [*counted, *best.commands] for place in range(expression.first, expression.after)}
    if timed:
        _warn_mistyped(draft, best, taken)
        _warn_end(draft, best, taken, repeats=repeats)
    if timed and not draft.dated:
        _warn_feast(draft, best, taken)
    if timed and not repeats:
        _warn_period(draft, best, taken)
    _warn_holidays(draft, best, taken)
    if timed and not draft.problems:
        _warn_leftover(best, taken, draft)
        _warn_year(draft, best, taken)
        _warn_foreign(draft, best, taken)


def warn_nothing(draft: Draft, best: Reading, counted: list[Expression]) -> None:
    """Adds that what was understood makes no time together."""
    draft.warn("ambiguous", f"“{best.words(counted[0])[:LETTERS]}” was not understood.")


def _warn_end(draft: Draft, best: Reading, taken: set[int], *, repeats: bool) -> None:
    for place, token in enumerate(best.tokens):
        before = place - 1
        amount = place > 0 and before not in taken and "NUM" in best.tokens[before].categories  # "3 till 4 apples"
        says_end = "LASTS" in token.categories or (repeats and "ENDS" in token.categories)
        if says_end and place not in taken and not amount and place + 1 < len(best.tokens):
            followed = "was not understood; it has no end" if repeats else "stays in the text; it rings once"
            draft.warn("ambiguous", f"“{_quoted(best, place, taken)}” {followed}.")
            return


def _quoted(best: Reading, first: int, taken: set[int]) -> str:
    """The words from a place on, up to a sign or to words that were understood."""
    after = first + 1
    while after < min(len(best.tokens), first + WORDS) and after not in taken:
        if best.tokens[after].categories.keys() & {"STOP", "COMMA"}:
            break
        after += 1
    return best.sentence[best.tokens[first].start : best.tokens[after - 1].end][:LETTERS]


def _warn_feast(draft: Draft, best: Reading, taken: set[int]) -> None:
    for place, token in enumerate(best.tokens):
        if "FEAST" in token.categories and place not in taken:
            draft.warn("ambiguous", f"“{_quoted(best, place, {place + 1})}” is not taken as the day.")
            return


def _warn_holidays(draft: Draft, best: Reading, taken: set[int]) -> None:
    """Adds that “every holiday” is no repetition that there is."""
    for place, (before, token) in enumerate(pairwise(best.tokens)):
        holidays = token.categories.keys() & {"HOLIDAY", "HOLIDAYS"}
        if holidays and "EVERY" in before.categories and not {place, place + 1} & taken:
            said = best.sentence[before.start : token.end]
            draft.warn("ambiguous", f"“{said}” cannot repeat by itself; name one, such as “every Easter”.")
            return


def _warn_period(draft: Draft, best: Reading, taken: set[int]) -> None:
    first = next((place for place in range(len(best.tokens)) if place not in taken), None)
    if first is not None and "PERIOD" in best.tokens[first].categories:
        draft.warn("ambiguous", f"“{best.tokens[first].text}” stays in the text; it rings once.")


# About time wherever they are left over, and where they stand right beside what was understood.
ANYWHERE = frozenset(
    {
        "AGO",
        "MERIDIEM",
        "WEEKDAY",
        "EXCEPT",
        "DAY",
        "TWICE",
        "OCLOCK",
        "FROMNOW",
        "HALFPAST",
        "EVEN",
        "ODD",
        "WEEKDAYS",
        "ZONE",
        "UNTOLD",
    }
)
BESIDE = frozenset({
    "ORD", "UNIT", "MONTH", "PART", "PARTS", "WORKDAY", "WORKDAYS", "WEEKEND", "AWAY", "PRIOR", "PAST", "AMPM",
    "QUARTER",
    "EVERY", "NEXT", "COMING", "AFTERNEXT", "AFTERTHAT", "EARLY", "LATE", "MIDDLE", "OUTSET", "ISH", "SEASON", "FEAST",
    "DMY", "DATED", "SLASH", "ISO", "CLOCK", "ZEROED", "WEEKNO", "FORNEXT", "ANDAHALF", "UNTIL", "MEAL",
    "YEAR", "END", "DOTTED", "ANY", "BOUND", "QUARTERNO", "PREVIOUS",
})  # fmt: skip
MISTYPED = re.compile(r"(?<![\w.,/:-])[0-9]{1,2}([./-])[0-9]{1,2}\1(?:[0-9]{3}|[0-9]{5,})(?![\w.,/:-])")
JOINING = frozenset({"IN", "THE", "OF", "ON", "AT", "FOR", "AND", "COMMA"})


def _warn_leftover(best: Reading, taken: set[int], draft: Draft) -> None:
    """Adds what is left over of the words about time, where it may change what was meant."""
    named = {place for name in best.names for place in range(name.first, name.after)}
    for place, token in enumerate(best.tokens):
        if place in taken | named or _is_eaten(draft, best, place) or not _speaks_of_time(draft, best, place, taken):
            continue
        first, after = place, place + 1
        while after < len(best.tokens) and after not in taken and after - first < WORDS and _related(best, after):
            after += 1
        words = best.sentence[token.start : best.tokens[after - 1].end][:LETTERS]
        draft.warn("ambiguous", f"“{words}” was not understood; it stays in the text.")
        return


def _is_eaten(draft: Draft, best: Reading, place: int) -> bool:
    """Whether a meal is no time: “lunch with Bo on Friday”, “lunch with Bo at noon”."""
    before = best.tokens[place - 1].categories if place else {}
    no_time = bool(draft.times) or not before.keys() & {"AT", "AWAY", "PRIOR"}
    return no_time and "MEAL" in best.tokens[place].categories


def _related(best: Reading, place: int) -> bool:
    categories = best.tokens[place].categories.keys()
    return bool(categories & (ANYWHERE | BESIDE | JOINING)) or "NUM" in categories


def _speaks_of_time(draft: Draft, best: Reading, place: int, taken: set[int]) -> bool:
    categories = best.tokens[place].categories.keys()
    if categories & {"KEEP", "COMMAND"}:
        return False
    if categories & ANYWHERE:
        return "OCLOCK" not in categories or "NUM" in best.tokens[max(place - 1, 0)].categories  # a clock otherwise
    if "TILL" in categories:
        return _next_taken(best, place, taken, -1) and _about_time(best, place + 1)
    following = best.tokens[place + 1].categories if place + 1 < len(best.tokens) else {}
    ranged = categories & {"NUM", "NOW", "YEAR"} and _ranged(best, place, taken)  # “from 2 to 7 April”
    if ranged or ("UNIT" in categories and "PRIOR" in following) or ("ATTIME" in categories and "NUM" in following):
        return True  # “2 hours before the flight”, “on the day 31”
    if categories & BESIDE and "LINK" not in categories:
        return _next_taken(best, place, taken, 1) or _next_taken(best, place, taken, -1)
    amount = draft.offset and "UNIT" in following  # “in 4 days 5 hours 6 minutes 7 seconds”
    return "NUM" in categories and (
        (bool(amount) and _next_taken(best, place, taken, -1))
        or _ends_taken(best, place, taken)
        or _may_be_year(best, place, taken)
        or (not _glued(best, place) and _before_taken(best, place, taken))
    )


def _ranged(best: Reading, place: int, taken: set[int]) -> bool:
    """Whether the word begins a range that ends with what was understood: “between now and March”."""
    before = best.tokens[place - 1].categories if place else {}
    following = best.tokens[place + 1].categories if place + 1 < len(best.tokens) else {}
    ranged = "TILL" in following or (before.keys() & {"BETWEEN", "FROM"} and "AND" in following)
    return bool(ranged) and place + 1 not in taken and _next_taken(best, place + 1, taken, 1)


def _ends_taken(best: Reading, place: int, taken: set[int]) -> bool:
    """Whether the number is the end of a word that was understood: “20h15x”."""
    return place - 1 in taken and best.tokens[place - 1].end == best.tokens[place].start


def _warn_year(draft: Draft, best: Reading, taken: set[int]) -> None:
    """Adds a year that was not understood beside a day that was said without one."""
    unsaid = not draft.year and not (draft.date or (0,))[0] and (draft.date or draft.feast is not None or draft.nth)
    for place, token in enumerate(best.tokens if unsaid else ()):
        if "YEAR" in token.categories and place not in taken and not _glued(best, place):
            draft.warn("ambiguous", f"“{_quoted(best, place, {place + 1})}” was not understood; it stays in the text.")
            return


def _may_be_year(best: Reading, place: int, taken: set[int]) -> bool:
    """Whether the number may be the year of the date before it: “14. April 29”, “Easter two thousand ten”."""
    figures = len(best.tokens[place].text)
    apart = best.tokens[place - 1].categories.keys() & ({"OF", "COMMA"} if figures > len("29") else {"OF"})
    before = place - 1 - (bool(apart) and place - 1 not in taken)
    said = range(max(before - 2, 0), place) if before in taken else range(0)
    dated = any(best.tokens[each].categories.keys() & {"MONTH", "FEAST", "FEASTDAY"} for each in said)
    return dated and figures >= len("29")


def _before_taken(best: Reading, place: int, taken: set[int]) -> bool:
    """Whether a number stands right before a day or a time, without a word between: “9 tomorrow”, “6-8 on Monday”."""
    after = place + 1 + (place + 1 < len(best.tokens) and "COMMA" in best.tokens[place + 1].categories)
    span = place + 2 < len(best.tokens) and "TILL" in best.tokens[place + 1].categories
    after += 2 * (span and "NUM" in best.tokens[place + 2].categories)
    return after in taken and not best.tokens[after].categories.keys() & JOINING


def _glued(best: Reading, place: int) -> bool:
    """Whether the number is the end of a name or of another number: “v3.3”."""
    start = best.tokens[place].start
    return start > 0 and (best.sentence[start - 1].isalnum() or best.sentence[start - 1] in ".,#$€")


def _about_time(best: Reading, place: int) -> bool:
    return place < len(best.tokens) and bool(best.tokens[place].categories.keys() & (ANYWHERE | {"NUM", *BESIDE}))


def _next_taken(best: Reading, place: int, taken: set[int], step: int) -> bool:
    """Whether nothing but small words stands between this word and one that was understood."""
    place += step
    while 0 <= place < len(best.tokens) and place not in taken and _joins(best, place):
        place += step
    return place in taken and 0 <= place < len(best.tokens)


def _joins(best: Reading, place: int) -> bool:
    categories = best.tokens[place].categories.keys()
    if best.tokens[place].text in {".", ":"}:  # “september.16th”
        return _glued_to_both(best.sentence, best.tokens[place])
    return (bool(categories & JOINING) and "WORD" not in categories) or best.tokens[place].text == "("


def _glued_to_both(sentence: str, token: Token) -> bool:
    return sentence[token.start - 1 : token.start].isalnum() and sentence[token.end : token.end + 1].isalnum()


def _warn_foreign(draft: Draft, best: Reading, taken: set[int]) -> None:
    """Adds that “12 loka” before a time may be a day that is not understood."""
    left = [place for place in range(len(best.tokens)) if place not in taken]
    if draft.dated or draft.repeats or left != [0, 1]:
        return
    number, name, time = best.tokens[:3]
    short = len(name.text) in MONTH_NAMES and {*name.categories} == {"WORD"}
    if "NUM" in number.categories and number.text.isdigit() and short and time.categories.keys() & {"CLOCK", "ZEROED"}:
        draft.warn("ambiguous", f"“{best.sentence[: name.end]}” was not understood; it stays in the text.")


def _warn_mistyped(draft: Draft, best: Reading, taken: set[int]) -> None:
    """Adds what looks like a date but for the number of its figures: “24.10.20226”."""
    understood = [(best.tokens[place].start, best.tokens[place].end) for place in taken]
    for match in MISTYPED.finditer(best.sentence):
        if not any(start <= match.start() and match.end() <= end for start, end in understood):
            draft.warn("ambiguous", f"“{match.group()}” was not understood; it stays in the text.")
            return
