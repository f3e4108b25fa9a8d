"""The marks by which an answer names its sources: led to the passage, checked against it, or taken out."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from functools import lru_cache
from html import unescape
from itertools import chain

from markupsafe import Markup

from assistant.chat.knowing import evidence, sources
from assistant.chat.models import Source
from assistant.retrieval.passages import whole

# As models write them: [1], [1, 2], [^1], 【1】, [Source 1]; nothing that is a link.
ONE = r"[\[【]\s?(?:(?:source|quelle|passage|note|notiz)\s)?\^?#?(\d{1,3}(?:\s?[,;]\s?#?\d{1,3})*)\s?[\]】](?![(:])"
MARK = re.compile(ONE, re.IGNORECASE)
MARKS = re.compile(rf"[ \u00a0]?{ONE}(?:[ \u00a0]?{ONE})*", re.IGNORECASE)
TAG = re.compile(r"(<[^>]*>)")
OPENED = re.compile(r"<(/?)([a-z][a-z0-9]*)")
APART = {"p", "li", "td", "th", "div", "br", "hr", "blockquote", "tr", "ul", "ol", "h1", "h2", "h3", "h4", "h5", "h6"}
WITHIN = {"code", "pre", "a"}  # where nothing is a mark
# “3. Mai” goes on after its point, “in 1999.” ends there.
SENTENCE = re.compile(
    r"(?<!\bDr\.)(?<!\bMr\.)(?<!\bMrs\.)(?<!\bNr\.)(?<!\bNo\.)(?<!(?<!\d)\d\.)(?<!(?<!\d)\d\d\.)(?<=[.!?])\s+"
)
KEPT = 400  # findings that are not made again
CODE = re.compile(r"(```.*?(?:```|\Z)|~~~.*?(?:~~~|\Z)|`[^`\n]+`)", re.DOTALL)


@dataclass(slots=True)
class Cited:
    """An answer's HTML with its marks; what each source that is named was found not to say, by number."""

    html: str
    doubts: dict[int, list[str]] = field(default_factory=dict)
    named: set[int] = field(default_factory=set)


def cited(html: str, given: Sequence[Source]) -> Cited:
    """The safe HTML of an answer, in which marks lead to its sources; marks that name none are left out.

    Without sources nothing is a mark.
    """
    found = Cited(html)
    if not given:
        return found
    known = {row.number: row for row in given if row.number}
    pieces, said, within = list[str](), "", 0
    for piece in TAG.split(html):
        if tag := OPENED.match(piece):
            if tag[2] in WITHIN:
                within += -1 if tag[1] else 1
            said = "" if tag[2] in APART else said
            pieces.append(piece)
        elif within:
            said += unescape(piece)
            pieces.append(piece)
        else:
            text, said = _marked(piece, said, known, found)
            pieces.append(text)
    found.html = "".join(pieces)
    return found


def cleaned(text: str, given: Sequence[Source]) -> str:
    """The Markdown of an answer without marks that name none of its sources; as it is where there are none."""
    if not given:
        return text
    known = {row.number for row in given if row.number}

    def kept(found: re.Match[str]) -> str:
        numbers = [number for number in _numbers(found[0]) if number in known]
        space = found[0][: len(found[0]) - len(found[0].lstrip())]
        return space + "".join(f"[{number}]" for number in numbers) if numbers else ""

    parts = CODE.split(text)
    return "".join(part if at % 2 else MARKS.sub(kept, part) for at, part in enumerate(parts))


def doubts_of(said: str, texts: Sequence[str]) -> list[str]:
    """What of the last sentence that was said stands in none of the texts: its numbers, dates and names."""
    return list(_missing(_last(said), tuple(texts)))


@lru_cache(KEPT)
def _missing(claim: str, texts: tuple[str, ...]) -> tuple[str, ...]:
    """The same marks are drawn each time that something else in their conversation changes."""
    return tuple(evidence.missing(claim, list(texts)))


def _marked(piece: str, said: str, known: Mapping[int, Source], found: Cited) -> tuple[str, str]:
    """The text with its marks, and what was said after the last of them."""
    made, at = list[str](), 0
    for marks in MARKS.finditer(piece):
        made.append(piece[at : marks.start()])
        said += unescape(piece[at : marks.start()])
        numbers = [number for number in dict.fromkeys(_numbers(marks[0])) if number in known]
        if numbers:
            doubts = doubts_of(said, [_all(known[number]) for number in numbers])
            made.append(_links([known[number] for number in numbers], doubts))
            found.named |= set(numbers)
            for number in numbers if doubts else ():
                found.doubts[number] = list(dict.fromkeys(chain(found.doubts.get(number, ()), doubts)))
            said = ""
        at = marks.end()
    return "".join([*made, piece[at:]]), said + unescape(piece[at:])


def _numbers(marks: str) -> list[int]:
    return [int(number) for one in MARK.finditer(marks) for number in re.findall(r"\d+", one[1])]


def _last(said: str) -> str:
    """The sentence that ends what was said."""
    return next((one for one in reversed(SENTENCE.split(said.strip())) if one.strip(" .,;:!?–-")), "")


def _all(source: Source) -> str:
    return whole(source.title, source.place, source.text)


def _links(rows: Sequence[Source], doubts: Sequence[str]) -> Markup:
    links = Markup().join(_link(row, doubts) for row in rows)
    return Markup('<sup class="cites">{}</sup>').format(links)


def _link(row: Source, doubts: Sequence[str]) -> Markup:
    words = sources.name(row)
    if doubts:
        words = f"{not_there(doubts)} {words}"
    css = "cite cite-doubt" if doubts else "cite"
    label = f"Source {row.number}: {words}"
    if not row.address:
        return Markup('<span class="{}" title="{}" role="note" aria-label="{}">{}</span>').format(
            css, words, label, row.number
        )
    return Markup('<a class="{}" href="{}" title="{}" aria-label="{}">{}</a>').format(
        css, row.address, words, label, row.number
    )


def not_there(doubts: Sequence[str]) -> str:
    """What is said of a passage in which these words were not found."""
    quoted = ", ".join(f"“{one}”" for one in doubts[:4])
    return f"Not found in this passage: {quoted}."
