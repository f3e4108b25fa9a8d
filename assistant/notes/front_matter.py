"""The fields between ``---`` at the top of a note, read as people write them.

Read is what note apps write: a field a line, lists in brackets or with dashes, quoted or not, and
what is no such field stays text. Written is what every reader of YAML understands.
"""

import json
import re
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta, tzinfo
from functools import partial

LIMIT = 64_000  # characters; what is longer is no header
EDGE = re.compile(r"(?:---|\.\.\.)[ \t]*")
FIELD = re.compile(r"([^\s\-#'\"\[\]{}:][^:\n]{0,100}?)[ \t]*+:(?:[ \t]++(.*))?")
QUOTED = re.compile(r""""((?:[^"\\]|\\.)*+)"|'((?:[^']|'')*+)'""")
ITEM = re.compile(rf"\s*+({QUOTED.pattern})?+[^,]*+,?")
ESCAPE = re.compile(r"\\(?:x([0-9a-fA-F]{2})|u([0-9a-fA-F]{4})|U([0-9a-fA-F]{8})|(.))")
ESCAPES = {"n": "\n", "t": "\t", "r": "\r", "b": "\b", "f": "\f", "a": "\a", "e": "\x1b", "v": "\v", "0": "\0"}
UNPRINTABLE = re.compile(r"[\x7f-\x9f\u2028\u2029\ufeff\ufffe\uffff]")
BLOCK = re.compile(r"[|>][-+]?")
LINKED = re.compile(r"\[\[[^\[\]\n]*\]\]")  # a link to a note, which is no list in a list
NOTHING = {"null", "Null", "NULL", "~"}
YES, NO = {"true", "yes", "on", "1"}, {"false", "no", "off", "0", ""}

SECONDS, MILLISECONDS = 10, 13  # digits of an instant of our time, counted from 1970
EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
LONGEST_DATE = 80  # characters
YEAR_FIRST = re.compile(r"(\d{4})([-/.])(\d{1,2})\2(\d{1,2})(?!\d)")
YEAR_LAST = re.compile(r"(\d{1,2})([-/.])(\d{1,2})\2(\d{4})(?!\d)")
BEFORE_OFFSET = re.compile(r"\b(?:GMT|UTC)(?=[+-]\d)")
MONTHS = 12
# Two days that share no part: what both make the same of a text is all said in it.
OTHERWISE = (datetime(2001, 2, 3), datetime(1996, 12, 28))  # noqa: DTZ001 - times on the wall


@dataclass(slots=True)
class Header:
    """The fields by their names in small letters; ``lines`` is how each stood in the file."""

    fields: dict[str, str | list[str]] = field(default_factory=dict)
    lines: dict[str, list[str]] = field(default_factory=dict)

    def text(self, *names: str) -> str:
        """The first of these fields that says something; empty when none does."""
        found = (self.fields.get(name, "") for name in names)
        return next((value for value in found if isinstance(value, str) and value), "")

    def items(self, *names: str) -> list[str]:
        """What these fields list, or hold between commas or spaces."""
        found: list[str] = []
        for name in names:
            value = self.fields.get(name, "")
            if isinstance(value, str):
                value = value.split(",") if "," in value else value.split()
            found += value
        return found

    def listed(self, *names: str) -> list[str]:
        """What these fields list, each as it stands there; a field that is no list is its only item."""
        values = (self.fields.get(name, []) for name in names)
        return [item for value in values for item in ([value] if isinstance(value, str) else value) if item]

    def says(self, name: str) -> bool:
        """Whether this field is a yes."""
        return self.text(name).lower() in YES

    def kept(self, without: Collection[str]) -> str:
        """The fields but these, as they stood in the file."""
        return "\n".join(line for name, lines in self.lines.items() if name not in without for line in lines)


def split(text: str) -> tuple[Header, str]:
    """The header and the text below it; without a header, an empty one and the whole text."""
    whole = Header(), text
    if not text.startswith("---"):
        return whole
    lines = text[:LIMIT].split("\n")
    end = next((at for at, line in enumerate(lines) if at and EDGE.fullmatch(line)), None)
    if end is None or not EDGE.fullmatch(lines[0]):
        return whole
    header = Header()
    if not _fill(header, lines[1:end]):
        return whole
    start = sum(len(line) + 1 for line in lines[: end + 1])
    return header, text[start:].removeprefix("\n")


def joined(lines: str, text: str) -> str:
    """The text below a header of these lines; without any, the text alone."""
    return f"---\n{lines}\n---\n{text}" if lines else text


def written(fields: Mapping[str, str | bool | datetime | Sequence[str]], more: str = "") -> str:
    """A header with these fields and ``more`` lines, and the empty line below it."""
    lines = ["---"]
    for name, value in fields.items():
        if isinstance(value, bool):
            lines.append(f"{name}: {str(value).lower()}")
        elif isinstance(value, datetime):
            lines.append(f"{name}: {value.astimezone(UTC).replace(tzinfo=None).isoformat()}Z")
        elif isinstance(value, str):
            lines.append(f"{name}: {_quoted(value)}")
        else:
            lines += [f"{name}:", *(f"  - {_quoted(item)}" for item in value)]
    return "\n".join([*lines, *([more] if more else []), "---", "", ""])


def instant(text: str, zone: tzinfo, *, month_first: bool = False) -> datetime | None:
    """The instant that this date means, in the ways in which files have them; None for none of them.

    Of two numbers that could both be the month, the second is, or with ``month_first`` the first.
    """
    text = text.strip().removeprefix("[[").removesuffix("]]").strip()
    if not text:
        return None
    if text.isascii() and text.isdigit() and len(text) in {SECONDS, MILLISECONDS}:
        return EPOCH + timedelta(seconds=int(text) / (1 if len(text) == SECONDS else 1000))
    found = _iso(text) or _in_words(text, month_first=month_first)
    try:
        return found and (found if found.tzinfo else found.replace(tzinfo=zone)).astimezone(UTC)
    except (ValueError, OverflowError):
        return None


def either_way(text: str) -> bool:
    """Whether day and month of this date could be the other way round."""
    found = YEAR_LAST.search(text)
    return bool(found and found[2] != "." and found[1] != found[3] and max(int(found[1]), int(found[3])) <= MONTHS)


def _fill(header: Header, lines: list[str]) -> bool:
    name = ""
    for number, line in enumerate(lines):
        started = FIELD.fullmatch(line)
        if started:
            name = started[1].lower()
            header.lines[name] = [line]
        elif line[:1] in {" ", "\t", "-"} and name:
            header.lines[name].append(line)
        elif line.startswith("#"):
            header.lines[f"#{number}"] = [line]  # no name of a field, so it is kept as one that is not known
        elif line.strip():
            return False
    for name, found in header.lines.items():
        first = FIELD.fullmatch(found[0])
        if first:
            header.fields[name] = _value(first[2] or "", found[1:])
    return True


def _value(first: str, more: list[str]) -> str | list[str]:
    first = first.strip()
    stripped = [line.strip() for line in more]
    if BLOCK.fullmatch(first):
        return ("\n" if first[0] == "|" else " ").join(stripped).strip()
    if first.startswith("[") and not LINKED.fullmatch(first):
        inside = " ".join([first, *stripped])[1:].rstrip()
        return _items(inside.removesuffix("]"))
    if first:
        return _scalar(" ".join([first, *stripped]))
    items = [_scalar(line[1:].strip()) for line in stripped if line.startswith("-")]
    return [item for item in items if item] if items else _scalar(" ".join(stripped))


def _items(inside: str) -> list[str]:
    found = ITEM.finditer(inside)
    items = [_scalar(item[1] or item[0].strip().removesuffix(",").rstrip()) for item in found]
    return [item for item in items if item]


def _scalar(text: str) -> str:
    found = QUOTED.match(text)
    if found is None:
        # A number sign alone begins a comment; one at a word is the tag that people mean.
        plain = text.split(" # ", 1)[0].rstrip()
        return "" if plain in NOTHING else plain
    return found[2].replace("''", "'") if found[1] is None else ESCAPE.sub(_unescaped, found[1])


def _unescaped(found: re.Match[str]) -> str:
    code = found[1] or found[2] or found[3]
    if code is None:
        return ESCAPES.get(found[4], found[4])
    return chr(int(code, 16)) if int(code, 16) <= 0x10FFFF else ""  # noqa: PLR2004 - the last character there is


def _quoted(text: str) -> str:
    return UNPRINTABLE.sub(lambda found: f"\\u{ord(found[0]):04x}", json.dumps(text, ensure_ascii=False))


def _iso(text: str) -> datetime | None:
    try:
        return datetime.fromisoformat(re.sub(r" (?=[+-]\d\d:?\d\d$)", "", text.removesuffix(" UTC")))
    except ValueError:
        return None


def _in_words(text: str, *, month_first: bool) -> datetime | None:
    """A date with year, month and day in any of the ways in which people write it, and its time, if any."""
    from dateutil.parser import parse  # noqa: PLC0415 - few files need it

    if len(text) > LONGEST_DATE or (not text.isascii() and "年" not in text):
        return None
    text = BEFORE_OFFSET.sub("", text.replace("年", "-").replace("月", "-").replace("日", " ")).strip()
    text = YEAR_FIRST.sub(lambda f: f"{f[1]}-{int(f[3]):02}-{int(f[4]):02}", text, count=1)
    text = YEAR_LAST.sub(partial(_turned, month_first), text, count=1)
    try:
        one, other = (parse(text, default=day, tzinfos=_offset) for day in OTHERWISE)
    except (ValueError, TypeError, IndexError, OverflowError, ArithmeticError, AttributeError):
        return None
    return one if one.date() == other.date() else None


def _offset(name: str | None, seconds: int | None) -> int | None:
    """How far a zone is from UTC; of names only that of UTC is known, and others say less than the person's zone."""
    return 0 if seconds is None and name in {"UTC", "GMT", "Z"} else seconds


def _turned(month_first: bool, found: re.Match[str]) -> str:  # noqa: FBT001 - handed on by partial
    day, month = int(found[1]), int(found[3])
    if month > MONTHS >= day or (month_first and day <= MONTHS and found[2] != "."):
        day, month = month, day
    return f"{found[4]}-{month:02}-{day:02}"
