"""What is typed into the search, understood: words, phrases, exclusions and filters."""

import re
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, time, tzinfo

from assistant.notes.validation import tag_key
from assistant.storage.text import fold
from assistant.storage.tokens import EDGES, ends_single, has_words, literal

INPUT_LIMIT = 1000  # characters; more is no search by hand
WORDS_LIMIT = 16

PART = re.compile(
    r'(?P<no>-?)(?:(?P<filter>tag|is|before|after):)?(?:"(?P<phrase>[^"]*)(?P<end>"?)|(?P<word>\S+))', re.IGNORECASE
)
DAY = re.compile(r"(\d{4})(?:-(\d{1,2})(?:-(\d{1,2}))?)?")
STATES = ("pinned", "archived")


@dataclass(frozen=True, slots=True)
class Term:
    """Words that stand together, folded; with ``prefix`` the last may go on."""

    words: str
    prefix: bool = False
    negative: bool = False
    literals: tuple[str, ...] = ()  # what the text itself must have, as the index does not see all of it
    pattern: re.Pattern[str] = field(init=False, compare=False)
    beginning: str = field(init=False, compare=False)  # stands wherever the pattern matches, and is found sooner

    def __post_init__(self) -> None:
        if self.literals:
            parts = self.words.strip(EDGES).split()
            object.__setattr__(self, "beginning", parts[0] if parts else "")
            signs = r"\s+".join(map(re.escape, parts))
            object.__setattr__(self, "pattern", re.compile(signs + (r"[^\W_]*" if self.prefix else "")))
            return
        words = re.findall(r"[^\W_]+", self.words) or [self.words]
        object.__setattr__(self, "beginning", words[0])
        # Where characters are words of their own, a word may begin and end inside a run of them.
        start = "" if ends_single(words[0][:1]) else r"(?<![^\W_])"
        end = "" if ends_single(words[-1]) else r"[^\W_]*" if self.prefix else r"(?![^\W_])"
        object.__setattr__(self, "pattern", re.compile(start + r"[\W_]+".join(map(re.escape, words)) + end))

    def found_in(self, folded: str) -> bool:
        """Whether the folded text has it."""
        return self.beginning in folded and self.pattern.search(folded) is not None


@dataclass(slots=True)
class Query:
    """What must hold for a note; ``tags`` are keys with whether they are wanted or not."""

    terms: list[Term] = field(default_factory=list)
    tags: list[tuple[str, bool]] = field(default_factory=list)
    pinned: bool | None = None
    archived: bool | None = None
    before: datetime | None = None  # the first instant that is too late
    after: datetime | None = None  # the first instant that is late enough

    @property
    def empty(self) -> bool:
        """Whether nothing is asked for."""
        return self == Query()


def parse(text: str, zone: tzinfo) -> Query:
    """What the text asks for; dates are days in ``zone``. Nothing that is typed is an error.

    All words must match, the last one as a beginning. ``after:`` begins with its day, ``before:``
    ends ahead of it; a month or a year stands for its first day.
    """
    query = Query()
    typed: list[tuple[str, bool, bool]] = []  # words, whether they are wanted, whether a quote closes them
    text = text[:INPUT_LIMIT].replace("\x00", " ")
    for part in PART.finditer(text):
        value = part["word"] if part["phrase"] is None else part["phrase"]
        wanted = not part["no"]
        if part["filter"] and _filter(query, part["filter"].lower(), value, zone, wanted=wanted):
            continue
        typed.append((f"{part['filter'] or ''} {value}", wanted, bool(part["end"])))
    for number, (words, wanted, closed) in enumerate(typed, 1):
        _add(query, words, prefix=number == len(typed) and not closed, wanted=wanted)
    return query


def _add(query: Query, words: str, *, prefix: bool, wanted: bool) -> None:
    folded = " ".join(fold(words).split())
    signs = tuple(filter(None, map(literal, folded.split())))
    if (has_words(folded) or signs) and len(query.terms) < WORDS_LIMIT:
        goes_on = prefix and not ends_single(folded) and (not signs or has_words(folded[-1:]))
        query.terms.append(Term(folded, goes_on, negative=not wanted, literals=signs))


def _filter(query: Query, name: str, value: str, zone: tzinfo, *, wanted: bool) -> bool:
    if name == "tag" and (key := tag_key(value)):
        query.tags = [*query.tags, (key, wanted)][:WORDS_LIMIT]
        return True
    if name == "is" and value.lower() in STATES:
        setattr(query, value.lower(), wanted)
        return True
    if name in {"before", "after"} and (day := DAY.fullmatch(value)):
        instant = _start(day, zone)
        # A date that is still being typed is not a date yet, and no word either.
        if instant is not None:
            setattr(query, name if wanted else {"before": "after", "after": "before"}[name], instant)
        return True
    return False


def _start(day: re.Match[str], zone: tzinfo) -> datetime | None:
    try:
        found = date(int(day[1]), int(day[2] or 1), int(day[3] or 1))
        return datetime.combine(found, time(), zone).astimezone(UTC)
    except (ValueError, OverflowError):
        return None
