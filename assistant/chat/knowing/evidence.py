"""Whether what is said stands in a passage: its numbers, its dates, its names. It judges no meaning."""

import re
from collections.abc import Iterator

from assistant.retrieval.stop_words import ONLY_ENGLISH, ONLY_GERMAN
from assistant.storage.text import fold

MONTHS = {
    name: number
    for number, names in enumerate(
        ("january jan januar janner", "february feb februar", "march mar marz mrz", "april apr", "may mai",
         "june jun juni", "july jul juli", "august aug", "september sep sept", "october oct oktober okt",
         "november nov", "december dec dezember dez"), 1)
    for name in names.split()
}  # fmt: skip
DAY_NAMES = """
monday tuesday wednesday thursday friday saturday sunday
montag dienstag mittwoch donnerstag freitag samstag sonnabend sonntag
"""
WORDS = {
    word: str(number)
    for number, words in enumerate(
        ("zero null", "one first eins eine einen ersten erste", "two second zwei zweiten zweite twice zweimal",
         "three third drei dritten dritte", "four fourth vier vierten", "five fifth funf funften",
         "six sixth sechs sechsten", "seven seventh sieben siebten", "eight eighth acht achten",
         "nine ninth neun neunten", "ten tenth zehn zehnten", "eleven eleventh elf elften",
         "twelve twelfth zwolf zwolften"))
    for word in words.split()
}  # fmt: skip
NAMES = "|".join(sorted(MONTHS, key=len, reverse=True))
# Year, month and day in the orders in which they are written; of two numbers either may be the month.
DATES = (
    re.compile(r"\b(?P<y>\d{4})-(?P<m>\d{1,2})-(?P<d>\d{1,2})\b"),
    re.compile(r"\b(?P<d>\d{1,2})\.\s?(?P<m>\d{1,2})\.(?:\s?(?P<y>\d{4}|\d{2})\b)?"),
    re.compile(r"\b(?P<d>\d{1,2})/(?P<m>\d{1,2})/(?P<y>\d{4}|\d{2})\b"),
    re.compile(rf"\b(?P<d>\d{{1,2}})(?:st|nd|rd|th|\.)?\s(?:of\s)?(?P<n>{NAMES})\b\.?,?(?:\s(?P<y>\d{{4}})\b)?"),
    re.compile(rf"\b(?P<n>{NAMES})\b\.?\s(?P<d>\d{{1,2}})(?:st|nd|rd|th)?\b(?!\d)(?:,?\s(?P<y>\d{{4}})\b)?"),
)
NUMBER = re.compile(r"\d(?:[\d.,:’'\u00a0\u202f]*\d)?")
GROUPED = re.compile(r"\d{1,3}(?:[.,’'\u00a0\u202f]\d{3})+(?:[.,]\d{1,2})?")
WORD = re.compile(r"[^\W\d_][\w’'-]*")
START = re.compile(r"^[\W_]*[^\W\d_][\w’'-]*")  # the first word of a sentence, which is always large
BEFORE_NAMES = frozenset(
    ["herr", "herrn", "frau", "dr", "prof", "familie", "firma", "mr", "mrs", "ms", "miss"]
)  # fmt: skip
# German nouns that stand beside others.
NOUN_NAMES = """
euro cent uhr prozent ende anfang mitte gramm kilo liter meter stuck jahr jahre tage monate
"""
NOUNS, DAYS = frozenset(NOUN_NAMES.split()), frozenset(DAY_NAMES.split())
NO_NAMES = frozenset(["i", "ok", "usb", "pdf", "url"]) | DAYS | MONTHS.keys()


def missing(claim: str, passages: list[str]) -> list[str]:
    """What of the claim's numbers, dates and names stands in none of the passages, as the claim writes it."""
    there = "\n".join(passages)
    found = _dates(claim, there) + _numbers(claim, there)
    folded = fold(there)
    found += [name for name in _names(claim) if fold(name).removesuffix("’s").removesuffix("'s") not in folded]
    return list(dict.fromkeys(found))


def _dates(claim: str, there: str) -> list[str]:
    known = [date for date, _ in _each_date(there)]
    return [words for date, words in _each_date(claim) if not any(_same(date, one) for one in known)]


def _same(wanted: tuple[int, int, int], one: tuple[int, int, int]) -> bool:
    year, month, day = wanted
    same_year = not year or not one[0] or year == one[0]
    return same_year and ((month, day) == one[1:] or (day, month) == one[1:])


def _each_date(text: str) -> Iterator[tuple[tuple[int, int, int], str]]:
    folded = fold(text)
    for pattern in DATES:
        for found in pattern.finditer(folded):
            parts = found.groupdict()
            month = MONTHS[parts["n"]] if parts.get("n") else int(parts["m"])
            year = int(parts["y"] or 0)
            yield (year + 2000 if 0 < year < 100 else year, month, int(parts["d"])), found[0].strip(" .,")  # noqa: PLR2004


def _numbers(claim: str, there: str) -> list[str]:
    known = {WORDS.get(word, "") for word in re.findall(r"[^\W_]+", fold(there))}
    for found in NUMBER.finditer(there):
        known |= _forms(found[0]) | {one.lstrip("0") or "0" for one in re.findall(r"\d+", found[0])}
    bare = fold(claim)
    for pattern in DATES:
        bare = pattern.sub(" ", bare)
    return [found[0] for found in NUMBER.finditer(bare) if not _forms(found[0]) & known]


def _forms(written: str) -> set[str]:
    """The number as it may be meant: a point is a decimal's, or one between thousands."""
    forms = {_plain(written.replace(",", "."))}
    if GROUPED.fullmatch(written):
        head, _, tail = (
            written.replace(",", ".").rpartition(".") if re.search(r"[.,]\d{1,2}$", written) else (written, "", "")
        )
        forms.add(_plain(re.sub(r"\D", "", head) + (f".{tail}" if tail else "")))
    return forms


def _plain(number: str) -> str:
    whole, point, rest = number.partition(".")
    rest = rest.rstrip("0")
    return (whole.lstrip("0") or "0") + (f".{rest}" if point and rest else "")


def _names(claim: str) -> list[str]:
    """What are names in it. In German all nouns are large, so that only pairs, and what follows a title, are sure."""
    german = _is_german(claim)
    first = START.match(claim)
    words = [(found.start(), found[0]) for found in WORD.finditer(claim)]
    names: list[str] = []
    for at, (place, word) in enumerate(words):
        if not word[0].isupper() or fold(word) in NO_NAMES or (first and place < first.end()):
            continue
        before = words[at - 1] if at else (0, "")
        beside = claim[before[0] + len(before[1]) : place] in {" ", ". "}
        titled = beside and fold(before[1]) in BEFORE_NAMES
        if german and not titled and not _ends_pair(words, at, claim) and not (word.isupper() and len(word) > 1):
            continue
        if fold(word) in BEFORE_NAMES or fold(word) in ONLY_ENGLISH:
            continue
        names.append(word)
    return names


def _ends_pair(words: list[tuple[int, str]], at: int, claim: str) -> bool:
    """Whether a large word is the last of several that stand beside each other, none of which is a month or the like.

    The first of them may say what somebody is.
    """
    return at > 1 and _beside(words, at, claim) and not (at + 1 < len(words) and _beside(words, at + 1, claim))


def _beside(words: list[tuple[int, str]], at: int, claim: str) -> bool:
    (start, first), (end, word) = words[at - 1], words[at]
    names = first[0].isupper() and word[0].isupper() and not {fold(first), fold(word)} & (NO_NAMES | NOUNS)
    return names and claim[start + len(first) : end] == " "


def _is_german(claim: str) -> bool:
    words = set(fold(claim).split())
    return len(words & ONLY_GERMAN) > len(words & ONLY_ENGLISH)
