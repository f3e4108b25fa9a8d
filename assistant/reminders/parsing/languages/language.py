"""A language as a table: which words mean what."""

import re
from collections.abc import Mapping
from dataclasses import dataclass

from assistant.reminders.parsing.model import Values

Words = Mapping[str, Values] | str  # with values, or plain phrases separated by " | "

# The hours of a day's parts, for every language.
MORNING, FORENOON, NOON, AFTERNOON = (9, 0), (10, 0), (12, 0), (15, 0)
EVENING, TONIGHT, NIGHT, MIDNIGHT = (19, 0), (20, 0), (22, 0), (24, 0)
CLOSE = (17, 0)  # the end of a working day
DEFAULT_TIME = (9, 0)  # when only a day is said

# A unit is so many months, days and seconds.
SECOND, MINUTE, HOUR, DAY, WEEK = (0, 0, 1), (0, 0, 60), (0, 0, 3600), (0, 1, 0), (0, 7, 0)
MONTH, QUARTER, YEAR = (1, 0, 0), (3, 0, 0), (12, 0, 0)
# Begins of the seasons.
SPRING, SUMMER, AUTUMN, WINTER = (3, 20), (6, 21), (9, 22), (12, 21)

ABBREVIATED = 5  # letters, at most, of what may end with a dot
SPLIT = re.compile(r"[0-9]+(?:st|nd|rd|th)\b|[0-9]+\.|[0-9]+|[^\W\d_]+(?:'[^\W\d_]+)*|\S")


def key(phrase: str) -> tuple[str, ...]:
    """The phrase as the lexicon holds it: its words, folded."""
    return tuple(SPLIT.findall(phrase.casefold().replace("’", "'")))


@dataclass(frozen=True, slots=True)
class Language:
    """The lexicon of a language, from phrases of up to ``longest`` words to what they can mean."""

    code: str
    lexicon: Mapping[tuple[str, ...], Mapping[str, Values]]
    markers: frozenset[str]
    longest: int
    dot_is_ordinal: bool  # "3." is the third
    colon_is_exact: bool  # "5:30" is never in the afternoon
    verb_is_last: bool  # "Oma um 5 anrufen"
    phrases: Mapping[str, str]  # how a day, a time and the nth weekday of each month are said so that all agree


def language(
    code: str,
    words: Mapping[str, Words],
    *,
    markers: str,
    dot_is_ordinal: bool,
    colon_is_exact: bool,
    verb_is_last: bool,
    phrases: Mapping[str, str],
) -> Language:
    """A language from its table of categories; days and their parts are also understood written as one word."""
    lexicon: dict[tuple[str, ...], dict[str, Values]] = {}
    for category, said in words.items():
        listed = dict.fromkeys(said.split(" | "), ()) if isinstance(said, str) else said
        for phrase, values in listed.items():
            lexicon.setdefault(key(phrase), {})[category] = values
            if category in {"WD", "MONTH"} and len(phrase) <= ABBREVIATED:
                lexicon.setdefault(key(f"{phrase}."), {})[category] = values
    days = words["WEEKDAY"]
    for parts in (words["PART"], words["PARTS"]):
        if not isinstance(days, str) and not isinstance(parts, str):
            for day, number in days.items():
                for part, time in parts.items():
                    lexicon.setdefault(key(day + part), {})["WEEKDAYPART"] = number + time
    return Language(
        code=code,
        lexicon=lexicon,
        markers=frozenset(markers.split()),
        longest=max(map(len, lexicon)),
        dot_is_ordinal=dot_is_ordinal,
        colon_is_exact=colon_is_exact,
        verb_is_last=verb_is_last,
        phrases=phrases,
    )


def numbered(phrases: str, *, first: int = 1, step: int = 1) -> dict[str, Values]:
    """The phrases with their numbers; those between slashes share one."""
    return {
        phrase: (first + step * place,)
        for place, shared in enumerate(phrases.split(" | "))
        for phrase in shared.split("/")
    }
