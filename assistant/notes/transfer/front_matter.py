"""The fields between ``---`` at the top of a Markdown file, read as people write them.

Read is what note apps write: a field a line, lists in brackets or with dashes, quoted or not, and
what is no such field stays text. Written is what every reader of YAML understands.
"""

import json
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta, tzinfo
from email.utils import parsedate_to_datetime

LIMIT = 64_000  # characters; what is longer is no header
EDGE = re.compile(r"(?:---|\.\.\.)[ \t]*")
FIELD = re.compile(r"([^\s\-#'\"\[\]{}:][^:\n]{0,100}?)[ \t]*+:(?:[ \t]++(.*))?")
QUOTED = re.compile(r""""((?:[^"\\]|\\.)*+)"|'((?:[^']|'')*+)'""")
ITEM = re.compile(rf"\s*+({QUOTED.pattern})?+[^,]*+,?")
ESCAPE = re.compile(r"\\(?:x([0-9a-fA-F]{2})|u([0-9a-fA-F]{4})|U([0-9a-fA-F]{8})|(.))")
ESCAPES = {"n": "\n", "t": "\t", "r": "\r", "b": "\b", "f": "\f", "a": "\a", "e": "\x1b", "v": "\v", "0": "\0"}
UNPRINTABLE = re.compile(r"[\x7f-\x9f\u2028\u2029\ufeff\ufffe\uffff]")
BLOCK = re.compile(r"[|>][-+]?")
YES = {"true", "yes", "on", "1"}

SECONDS, MILLISECONDS = 10, 13  # digits of an instant of our time, counted from 1970
EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
DATES = ("%Y/%m/%d", "%Y/%m/%d %H:%M", "%d.%m.%Y", "%d.%m.%Y %H:%M", "%B %d, %Y", "%b %d, %Y", "%d %B %Y", "%d %b %Y")


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

    def listed(self, name: str) -> list[str]:
        """What this field lists, each as it stands there."""
        value = self.fields.get(name, [])
        return value if isinstance(value, list) else []

    def says(self, name: str) -> bool:
        """Whether this field is a yes."""
        return self.text(name).lower() in YES

    def instant(self, *names: str, zone: tzinfo) -> datetime | None:
        """The first of these fields that is an instant; one without a zone is in ``zone``."""
        found = (instant(self.text(name), zone) for name in names)
        return next((value for value in found if value), None)


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


def written(fields: Mapping[str, str | bool | datetime | Sequence[str]]) -> str:
    """A header with these fields, and the empty line below it."""
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
    return "\n".join([*lines, "---", "", ""])


def instant(text: str, zone: tzinfo) -> datetime | None:
    """The instant that this date means, in the ways in which files have them; None for none of them."""
    text = text.strip()
    if not text:
        return None
    if text.isascii() and text.isdigit() and len(text) in {SECONDS, MILLISECONDS}:
        return EPOCH + timedelta(seconds=int(text) / (1 if len(text) == SECONDS else 1000))
    found = _iso(text) or _named(text)
    try:
        return found and (found if found.tzinfo else found.replace(tzinfo=zone)).astimezone(UTC)
    except (ValueError, OverflowError):
        return None


def _fill(header: Header, lines: list[str]) -> bool:
    name = ""
    for line in lines:
        started = FIELD.fullmatch(line)
        if started:
            name = started[1].lower()
            header.lines[name] = [line]
        elif line[:1] in {" ", "\t", "-"} and name:
            header.lines[name].append(line)
        elif line.strip() and not line.startswith("#"):
            return False
    for name, found in header.lines.items():
        first = FIELD.fullmatch(found[0])
        header.fields[name] = _value((first and first[2]) or "", found[1:])
    return True


def _value(first: str, more: list[str]) -> str | list[str]:
    first = first.strip()
    stripped = [line.strip() for line in more]
    if BLOCK.fullmatch(first):
        return ("\n" if first[0] == "|" else " ").join(stripped).strip()
    if first.startswith("["):
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
        return text.split(" # ", 1)[0].rstrip()
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


def _named(text: str) -> datetime | None:
    for form in DATES:
        try:
            return datetime.strptime(text, form)  # noqa: DTZ007 - the caller knows the zone
        except ValueError:
            continue
    try:
        return parsedate_to_datetime(text)
    except (ValueError, TypeError, IndexError, OverflowError):
        return None
