"""The lines of calendar files: written, read, and put together into entries.

Texts are escaped here and not by the library, which takes the ``\\N`` of ``C:\\News`` for a line end.
"""

import re
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, field
from functools import cache
from typing import Any, NamedTuple

from assistant.errors import Invalid

ENTRIES_LIMIT = 20_000  # events and tasks of one file
LINES_LIMIT = 5_000  # of one entry
PARTS_LIMIT = 200  # alarms of an entry, or changes of a zone
VALUE_LIMIT = 60_000  # characters; no text that can be kept is longer, escaped
KINDS = ("VEVENT", "VTODO", "VTIMEZONE")
OTHERS = ("VJOURNAL", "VFREEBUSY", "VAVAILABILITY", "VPOLL")
PARTS = ("VALARM", "STANDARD", "DAYLIGHT")

CONTROL = re.compile(r"[\x00-\x08\x0b-\x1f\x7f]")
# Lines of the first Mozilla go on after an empty one.
FOLD = re.compile(r"[\r\n]++[ \t]")
LINE = re.compile(r"(?=[^\r\n])([A-Za-z0-9-]*+)[^\r\n]*+(?:[\r\n]++[ \t][^\r\n]*+)*+")
NAME = re.compile(r"[A-Za-z0-9-]+")
PARAM = re.compile(r';([A-Za-z0-9-]++)=(?:"([^"]*+)"|([^";:]*+))(?=[;:])')
ESCAPED = re.compile(r"\\(.)", re.DOTALL)
COMMA = re.compile(r"((?:[^\\,]|\\.)*)(?:,|$)", re.DOTALL)


NONE: dict[str, str] = {}  # the parameters of most lines


class Line(NamedTuple):
    """A line's parameters and its value as it stands there."""

    params: dict[str, str]
    value: str

    @property
    def text(self) -> str:
        """The value as a text."""
        return unescaped(self.value)

    @property
    def texts(self) -> list[str]:
        """The value as texts with commas between."""
        return [unescaped(found[1]) for found in COMMA.finditer(self.value) if found[1]]

    @property
    def values(self) -> list["Line"]:
        """A line for each of the dates with commas between."""
        return [Line(self.params, value) for value in self.value.split(",") if value.strip()]


class Home(NamedTuple):
    """The calendar of a file in which an entry stands: which it is, and the zone of its times that name none."""

    number: int = 0
    zone: str = ""


NOWHERE = Home()


@dataclass(slots=True)
class Entry:
    """An event, a task or a zone: its lines by name, and its alarms or changes."""

    kind: str
    home: Home = NOWHERE
    raw: dict[str, str | list[str]] = field(default_factory=dict)
    parts: list["Entry"] = field(default_factory=list)
    size: int = 0
    unread: int = 0  # lines and parts that are too many
    known: dict[str, Line | None] = field(default_factory=dict)  # the first lines of a whole entry that were asked for

    def add(self, name: str, line: str) -> None:
        """Takes the line, unless there are too many."""
        if self.size >= LINES_LIMIT:
            self.unread += 1
            return
        self.size += 1
        # Lists only where there are several: of a long file they are most of what is made.
        known = self.raw.get(name)
        if known is None:
            self.raw[name] = line
        elif isinstance(known, list):
            known.append(line)
        else:
            self.raw[name] = [known, line]

    @property
    def repeats(self) -> bool:
        """Whether it says when it comes again; a feast of ours may have no date that does."""
        return any(self.raw.get(name) for name in ("RRULE", "RDATE", "X-ASSISTANT-RULE"))

    def lines(self, name: str) -> list[Line]:
        """The lines of that name that can be read."""
        raw = self.raw.get(name, [])
        return [line for line in map(parsed, [raw] if isinstance(raw, str) else raw) if line is not None]

    def line(self, name: str) -> Line | None:
        """The first line of that name."""
        raw = self.raw.get(name)
        if raw is None:
            return None
        if name not in self.known:
            read = parsed(raw) if isinstance(raw, str) else next(filter(None, map(parsed, raw)), None)
            self.known[name] = read
        return self.known[name]

    def value(self, name: str) -> str:
        """The value of the first line of that name, or nothing."""
        found = self.line(name)
        return found.value.strip() if found else ""

    def text(self, name: str) -> str:
        """The text of the first line of that name, or nothing."""
        found = self.line(name)
        return found.text.strip() if found else ""


@dataclass(slots=True)
class Contents:
    """The events, tasks and zones of a file, and how many there are of what is passed over."""

    entries: list[Entry] = field(default_factory=list)
    others: Counter[str] = field(default_factory=Counter)


def contents(data: bytes) -> Contents:
    """What a file holds, whatever stands around it; an end or a calendar that is missing is forgiven.

    Raises Invalid (field file) when it is no calendar, or has too many entries.
    """
    reader, found = _Reader(), Contents()
    # Line by line: what looks at the whole text at once lets nothing else run meanwhile.
    for each in LINE.finditer(decoded(data)):
        line, name = each[0], each[1]
        if "\n" in line or "\r" in line:
            line = FOLD.sub("", line)
            name = begun[0] if (begun := NAME.match(line)) else ""
        whole = reader.take(name.upper(), line) if name else None
        if whole is not None:
            found.entries.append(whole)
        if len(found.entries) > ENTRIES_LIMIT:
            raise Invalid(f"This file has more than {ENTRIES_LIMIT:,} entries. Import it in parts.", field="file")
    if reader.entry is not None:
        found.entries.append(reader.entry)
    if not (reader.calendar or found.entries):
        raise Invalid("There is no calendar in this file.", field="file")
    found.others = reader.others
    return found


def decoded(data: bytes) -> str:
    """The file's text: UTF-8 with or without its mark, UTF-16 with it, else Latin-1 as Windows has it."""
    if data.startswith((b"\xff\xfe", b"\xfe\xff")):
        return data.decode("utf-16", "replace")
    try:
        return data.decode("utf-8-sig")
    except UnicodeDecodeError:
        return data.decode("cp1252", "replace")


def parsed(line: str) -> Line | None:
    """The line's parts; None when it is none."""
    name = NAME.match(line)
    if name is None:
        return None
    at, params = name.end(), NONE
    if line.startswith(";", at):
        params = {}
    while (param := PARAM.match(line, at, VALUE_LIMIT)) is not None:
        params[param[1].upper()] = param[2] if param[3] is None else param[3]
        at = param.end()
    if line[at : at + 1] == ":":
        return Line(params, line[at + 1 : at + 1 + VALUE_LIMIT])
    return _leniently(line)


def escaped(text: str) -> str:
    """The text as a value, without control characters."""
    text = CONTROL.sub("", text).replace("\\", "\\\\").replace(";", "\\;").replace(",", "\\,")
    return text.replace("\n", "\\n")


def unescaped(value: str) -> str:
    """The text of a value."""
    if "\\" not in value:
        return value
    return ESCAPED.sub(lambda found: "\n" if found[1] in "nN" else found[1], value)


def folded(lines: Iterable[str]) -> bytes:
    """The lines as they stand in a file: at most 75 bytes each, the rest on further lines."""
    fold = _content_line()
    # Folding looks at each character; few lines need it.
    return b"".join(
        (line.encode() if len(line) < 25 else fold(line).to_ical()) + b"\r\n"  # noqa: PLR2004 - three bytes each
        for line in lines
    )


def _leniently(line: str) -> Line | None:
    """The line as the library reads it, which knows more of what should not be there."""
    try:
        _, params, value = _content_line()(line[:VALUE_LIMIT]).raw_parts()
    except (ValueError, AssertionError):
        return None
    return Line({str(key).upper(): str(given) for key, given in params.items()}, str(value))


@cache
def _content_line() -> Any:
    from icalendar.parser import Contentline  # noqa: PLC0415 - takes a tenth of a second

    return Contentline


class _Reader:
    """Takes line after line; forgives an end that is missing, and passes over what is not known."""

    def __init__(self) -> None:
        self.entry: Entry | None = None
        self.calendar = False
        self.others: Counter[str] = Counter()
        self._home = NOWHERE
        self._into: Entry | None = None  # the entry, its part, or nothing inside of what is not known
        self._part: Entry | None = None
        self._depth = 0  # of what is inside and not known

    def take(self, name: str, line: str) -> Entry | None:
        """The entry that is whole with this line of that name, where one is."""
        if name in {"BEGIN", "END"}:
            whole = self._mark(name, line[len(name) + 1 :].strip().upper())
            self._into = None if self._depth else self._part or self.entry
            return whole
        if self._into is not None:
            self._into.add(name, line)
        elif name == "X-WR-TIMEZONE" and self.entry is None:
            said = parsed(line)
            self._home = Home(self._home.number, said.value.strip() if said else "")
        return None

    def _mark(self, name: str, what: str) -> Entry | None:
        whole = None
        if name == "BEGIN" and what in KINDS:
            whole, self.entry, self._part, self._depth = self.entry, Entry(what, self._home), None, 0
        elif self.entry is not None and name == "END" and what in {self.entry.kind, "VCALENDAR"}:
            whole, self.entry = self.entry, None
        elif self.entry is not None:
            self._inside(self.entry, name, what)
        elif name == "BEGIN" and what in OTHERS:
            self.others[what] += 1
        if what == "VCALENDAR":
            self.calendar, self._home = True, Home(self._home.number + 1)
        return whole

    def _inside(self, entry: Entry, name: str, what: str) -> None:
        if name == "END":
            self._part, self._depth = (self._part, self._depth - 1) if self._depth else (None, 0)
        elif self._depth or self._part is not None or what not in PARTS or len(entry.parts) >= PARTS_LIMIT:
            self._depth += 1
            entry.unread += what in PARTS and self._depth == 1 and self._part is None
        else:
            self._part = Entry(what)
            entry.parts.append(self._part)
