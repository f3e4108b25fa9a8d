"""A sentence cut into tokens, each with all it can mean in a language."""

import re
from collections.abc import Callable, Iterator, Mapping

from assistant.reminders.parsing.languages import zones
from assistant.reminders.parsing.languages.language import Language
from assistant.reminders.parsing.model import Token, Values

LOOSE = r"(?<![\w.,/:-])"  # "v3.3" and "10.1.1.1" are no dates
RANGED = r"(?:(?<![\w.,/:-])|(?<=[0-9]\.[/–-])|(?<=\b[0-9][–-])|(?<=\b[0-9]{2}[–-]))"  # "14./15.10."
SPANNED = r"(?:(?<![\w.,/:-])|(?<=/[0-9]-)|(?<=/[0-9]{2}-))"  # "7/17-7/18"
TOKEN = re.compile(
    LOOSE + r"(?P<iso>[0-9]{4}(?:-[0-9]{1,2}-|/[0-9]{1,2}/|[.][0-9]{1,2}[.])[0-9]{1,2})(?![0-9])"
    r"(?:T(?=[0-9])|[.:_](?=[0-9]{1,2}:[0-9]))?"
    "|" + RANGED + r"(?P<dmy>[0-9]{1,2}\.[ ]?"
    r"(?:[0-9]{1,2}\.(?:[ ]?(?:19|2[01])[0-9]{2}(?![0-9])|[0-9]{4}(?![0-9])|[0-9]{2}(?![0-9]))"
    r"|(?:0?[1-9]|1[0-2])\.))(?!\w)"
    "|" + LOOSE + r"(?P<month>(?:0?[1-9]|1[0-2])[/-]20[0-9]{2}(?![\w/:-]|[.,][0-9])"
    r"|20[0-9]{2}[/-](?:0?[1-9]|1[0-2])(?![\w/:-]|[.,][0-9])"
    r"|(?:0?[1-9]|1[0-2])[ ]?[/-][ ]?20[0-9]{2}(?=[.!?]?$)|20[0-9]{2}[ ]?[/-][ ]?(?:0?[1-9]|1[0-2])(?=[.!?]?$))"
    "|" + SPANNED + r"(?P<slash>[0-9]{1,2}/[0-9]{1,2}(?:/[0-9]{4}|/[0-9]{2})?"
    r"|[0-9]{1,2}-[0-9]{1,2}-(?:[0-9]{4}|[0-9]{2}(?!-)))(?:[.:_-](?=[0-9]{1,2}:[0-9])|(?![\w/]|\.[0-9]))"
    "|" + LOOSE + r"(?P<part>[1-3]/[2-4])(?=h\b)"
    "|" + LOOSE + r"(?P<hours>[0-9]{1,2}h[0-9]{2})(?!\w)"
    "|" + LOOSE + r"(?P<meridiem>(?:1[0-2]|[1-9])p)(?!\w|\.m)"
    "|" + LOOSE + r"(?P<forenoon>(?:1[0-2]|[1-9])a)(?!\w|\.m)"
    "|" + LOOSE + r"(?P<halved>(?:1[0-2]|0?[1-9]):[0-5][0-9][ap])(?!\w)"
    r"|(?:(?<![0-9.,/:-])|(?<=[0-9]{4}[.:-])|(?<=-[0-9]{2}[.:_])|(?<=:[0-9]{2}[/-])|(?<=:[0-9]{2}h/)|(?<=\b[0-9]-)|(?<=\b[0-9]{2}-))(?P<clock>[0-9]{1,2}:[0-9]{2})(?::[0-9]{2})?(?![0-9:])"
    "|" + RANGED + r"(?P<dotted>[0-9]{1,2}[.,][0-9]{1,2})(?![0-9]|\.[0-9])"
    r"|(?P<ordinal>[0-9]{1,3}(?:st|[ ]?nd|[ ]?rd|[ ]?th|s?te[nrsm]?)\b)"
    r"|(?P<dot>[0-9]{1,2}\.(?![0-9_]))"
    r"|(?P<number>[0-9]+)"
    r"|(?P<path>(?:Europe|America|Asia|Africa|Australia|Pacific|Atlantic|Indian|Antarctica|Arctic|Etc)"
    r"(?:/[A-Za-z_+-]{2,20}){1,2})(?![\w/])"
    r"|(?P<word>[^\W\d_]+(?:['’][^\W\d_]+)*)"
    r"|(?P<sign>\S)",
    re.IGNORECASE,
)
NUMBERS = re.compile(r"[0-9]+")
QUOTED = re.compile(r'"[^"]*"|„[^“”]*[“”]|“[^”]*”|«[^»]*»')
SO = "so."  # as it ends a sentence; “So.” is Sunday
STOPS = frozenset(".;:!?()[]—|\n")
YEARS = range(1900, 3000)
AFTERNOON_HOURS = range(13, 24)
HOURS, MINUTES, MONTHS, DAYS = range(24), range(60), range(1, 13), range(1, 32)
CURRENCIES = frozenset("$€£")
WHOLE = 7  # digits; a longer number is no amount of anything
NAMING_DAYS = frozenset({"DAY", "WEEKDAY", "WEEKDAYPART", "PART", "MONTH", "TONIGHT"})
NAMED = 3  # words that a city's name has at most


def tokens(sentence: str, language: Language) -> list[Token]:
    """The tokens of the sentence; a phrase of the language is one, and what stands in quotes means nothing."""
    quoted = {place for match in QUOTED.finditer(sentence) for place in range(*match.span())}
    raw = [_plain(match, language) for match in TOKEN.finditer(sentence)]
    found: list[Token] = []
    place = 0
    while place < len(raw):
        inside = raw[place].start in quoted
        token, size = (_unread(raw[place]), 1) if inside else _phrase(sentence, raw, place, language)
        found.append(token)
        place += size
    return found


def _phrase(sentence: str, raw: list[Token], place: int, language: Language) -> tuple[Token, int]:
    """The longest phrase that begins here, or the name of a zone, or the token itself, and how many tokens it takes."""
    first = raw[place]
    if _is_compound(raw, place, language):
        end = raw[place + 2].end
        return Token(sentence[first.start : end], first.start, end, {"WORD": ()}), 3
    words = tuple(token.text for token in raw[place : place + language.longest])
    for size in range(len(words), 0, -1):
        categories = language.lexicon.get(words[:size])
        if categories and not (place and sentence[first.start : first.end + 1] == SO and size == len(SO) - 1):
            end = raw[place + size - 1].end
            return Token(sentence[first.start : end].casefold(), first.start, end, categories), size
    for size in range(min(NAMED, len(raw) - place), 0, -1) if first.text.isalpha() or "/" in first.text else ():
        zone = zones.place_of(
            " ".join(token.text for token in raw[place : place + size]), english=language.code == "en"
        )
        if zone is not None:
            return _zone(sentence, first, raw[place + size - 1].end, zone), size
    return (first if first.categories else _unread(first)), 1


def _is_compound(raw: list[Token], place: int, language: Language) -> bool:
    """Whether a dash makes one noun of a day and a name that says no time: “Montag-Meeting”."""
    first, dash, last = (*raw[place : place + 3], *[raw[place]] * 2)[:3]
    if dash.text != "-" or not (first.end == dash.start and dash.end == last.start and "NAME" in last.categories):
        return False
    known = language.lexicon.get((first.text,), {})
    return bool(known.keys() & NAMING_DAYS) and (last.text,) not in language.lexicon


def _zone(sentence: str, first: Token, end: int, zone: int) -> Token:
    exact = "/" in first.text or first.text in zones.SHORT or first.text in zones.IN_ENGLISH
    categories = {"ZONE" if exact else "CITY": (zone,), "WORD": ()}
    return Token(sentence[first.start : end].casefold(), first.start, end, categories)


def _unread(token: Token) -> Token:
    return Token(token.text, token.start, token.end, {"WORD": ()})


def _plain(match: re.Match[str], language: Language) -> Token:
    kind, text = match.lastgroup or "", match.group().casefold().replace("’", "'")
    start, end = match.span()
    numbers = tuple(int(digits[:9]) for digits in NUMBERS.findall(text))
    categories: Mapping[str, Values]
    if kind in {"word", "sign", "path"}:
        categories = _of_word(kind, match.group())
    elif kind == "number" and match.string[:start].rstrip(" ")[-1:] in CURRENCIES:
        categories = {"WORD": ()}
    else:
        read = categories = dict(READ[kind](numbers, text))
        if kind == "dot" and not language.dot_is_ordinal:
            del read["ORD"]
            text, end = text[:-1], end - 1
        if not language.dot_is_ordinal:
            read.pop("DAYMONTH", None)
    return Token(text, start, end, categories)


def _of_word(kind: str, text: str) -> Mapping[str, Values]:
    if kind == "path":
        return {"LOST": ()}
    if kind == "sign":
        return {"COMMA": ()} if text == "," else {"STOP": ()} if text in STOPS else {}
    return {"NAME": (), "WORD": ()} if text[0].isupper() else {}


def _whole(numbers: Values, text: str) -> Iterator[tuple[str, Values]]:
    if len(text) <= WHOLE:
        yield "NUM", numbers
    if len(text) == len("30"):
        yield "NUM2", numbers
        if numbers[0] in AFTERNOON_HOURS:
            yield "HOUR24", numbers
    if len(text) in {3, 4} and numbers[0] // 100 in HOURS and numbers[0] % 100 in MINUTES:
        yield "HHMM", divmod(numbers[0], 100)
    if len(text) == len("2027"):
        yield "NUM4", numbers
        if numbers[0] in YEARS:
            yield "YEAR", numbers


def _dotted(numbers: Values, text: str) -> Iterator[tuple[str, Values]]:
    if "." in text and numbers[0] in DAYS and numbers[1] in MONTHS:
        yield "DAYMONTH", numbers
    if text[-3] == ".":
        yield "DOTTED", numbers
        if numbers[0] in HOURS and numbers[1] in MINUTES:
            yield "DOTTEDTIME", numbers
    elif text[-2] in ".,":
        yield "TENTHS", (numbers[0] * 10 + numbers[1],)
        yield "DOTTED", numbers


READ: dict[str, Callable[[Values, str], Iterator[tuple[str, Values]]]] = {
    "iso": lambda numbers, _: iter([("ISO", numbers)]),
    "dmy": lambda numbers, _: iter([("DMY", numbers)]),
    "month": lambda numbers, _: iter([("MONTHYEAR", (max(numbers), min(numbers)))]),
    "slash": lambda numbers, _: iter([("SLASH", numbers), *[("DATED", numbers) for _ in numbers[2:]]]),
    "part": lambda numbers, _: iter([("SLASH", numbers)]),
    "hours": lambda numbers, _: iter([("CLOCK", numbers), ("HOURS", numbers)]),
    "meridiem": lambda numbers, _: iter([("MERIDIEM", (numbers[0] % 12 + 12, 0)), ("WORD", ())]),
    "forenoon": lambda numbers, _: iter([("MORNINGHOUR", (numbers[0] % 12, 0)), ("WORD", ())]),
    "halved": lambda numbers, text: iter([("ZEROED", (numbers[0] % 12 + 12 * (text[-1] == "p"), numbers[1]))]),
    "clock": lambda numbers, text: iter([("ZEROED" if text[0] == "0" else "CLOCK", numbers)]),
    "dotted": _dotted,
    "ordinal": lambda numbers, _: iter([("ORD", numbers), ("FIGURED", numbers)]),
    "dot": lambda numbers, text: iter([("ORD", numbers), *_whole(numbers, text[:-1])]),
    "number": _whole,
}
