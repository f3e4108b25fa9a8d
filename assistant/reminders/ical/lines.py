"""The lines of calendar files: written, read, and put together into entries.

Texts are escaped here and not by the library, which takes the ``\\N`` of ``C:\\News`` for a line end.
"""

import re
from collections.abc import Iterable
from dataclasses import dataclass, field
from functools import cache
from typing import Any

from assistant.errors import Invalid

ENTRIES_LIMIT = 20_000  # events and tasks of one file
LINES_LIMIT = 5_000  # of one entry
PARTS_LIMIT = 200  # alarms of an entry, or changes of a zone
VALUE_LIMIT = 60_000  # characters; no text that can be kept is longer, escaped
KINDS = ("VEVENT", "VTODO", "VTIMEZONE")
PARTS = ("VALARM", "STANDARD", "DAYLIGHT")

CONTROL = re.compile(r"[\x00-\x08\x0b-\x1f\x7f]")
FOLD = re.compile(r"(?:\r\n|\n|\r)[ \t]")
LINE = re.compile(r"[^\r\n]+(?:(?:\r\n|\n|\r)[ \t][^\r\n]*)*")
NAME = re.compile(r"[A-Za-z0-9-]+")
ESCAPED = re.compile(r"\\(.)", re.DOTALL)
COMMA = re.compile(r"((?:[^\\,]|\\.)*)(?:,|$)", re.DOTALL)


@dataclass(frozen=True, slots=True)
class Line:
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


@dataclass(slots=True)
class Entry:
    """An event, a task or a zone: its lines by name, and its alarms or changes."""

    kind: str
    raw: dict[str, list[str]] = field(default_factory=dict)
    parts: list["Entry"] = field(default_factory=list)
    size: int = 0

    def add(self, name: str, line: str) -> None:
        """Takes the line, unless there are too many."""
        if self.size < LINES_LIMIT:
            self.raw.setdefault(name, []).append(line)
            self.size += 1

    def lines(self, name: str) -> list[Line]:
        """The lines of that name that can be read."""
        return [line for line in map(parsed, self.raw.get(name, ())) if line is not None]

    def line(self, name: str) -> Line | None:
        """The first line of that name."""
        return next(iter(self.lines(name)), None)

    def value(self, name: str) -> str:
        """The value of the first line of that name, or nothing."""
        found = self.line(name)
        return found.value.strip() if found else ""

    def text(self, name: str) -> str:
        """The text of the first line of that name, or nothing."""
        found = self.line(name)
        return found.text.strip() if found else ""


def entries(data: bytes) -> list[Entry]:
    """The events, tasks and zones of a file, whatever stands around them; an end that is missing is forgiven.

    Raises Invalid (field file) when it is no calendar, or has too many entries.
    """
    reader, found = _Reader(), []
    # Line by line: what looks at the whole text at once lets nothing else run meanwhile.
    for each in LINE.finditer(decoded(data)):
        whole = reader.take(FOLD.sub("", each[0]))
        if whole is not None:
            found.append(whole)
        if len(found) > ENTRIES_LIMIT:
            raise Invalid(f"This file has more than {ENTRIES_LIMIT:,} entries. Import it in parts.", field="file")
    if not reader.calendar:
        raise Invalid("There is no calendar in this file.", field="file")
    return found + ([reader.entry] if reader.entry is not None else [])


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
    if name is not None and line[name.end() : name.end() + 1] == ":":
        return Line({}, line[name.end() + 1 : name.end() + 1 + VALUE_LIMIT])
    try:
        _, params, value = _content_line()(line[:VALUE_LIMIT]).raw_parts()
    except (ValueError, AssertionError):
        return None
    return Line({str(key).upper(): str(given) for key, given in params.items()}, str(value))


def escaped(text: str) -> str:
    """The text as a value, without control characters."""
    text = CONTROL.sub("", text).replace("\\", "\\\\").replace(";", "\\;").replace(",", "\\,")
    return text.replace("\n", "\\n")


def unescaped(value: str) -> str:
    """The text of a value."""
    return ESCAPED.sub(lambda found: "\n" if found[1] in "nN" else found[1], value)


def folded(lines: Iterable[str]) -> bytes:
    """The lines as they stand in a file: at most 75 bytes each, the rest on further lines."""
    fold = _content_line()
    # Folding looks at each character; few lines need it.
    return b"".join(
        (line.encode() if len(line) < 25 else fold(line).to_ical()) + b"\r\n"  # noqa: PLR2004 - three bytes each
        for line in lines
    )


@cache
def _content_line() -> Any:
    from icalendar.parser import Contentline  # noqa: PLC0415 - takes a tenth of a second

    return Contentline


class _Reader:
    """Takes line after line; forgives an end that is missing, and passes over what is not known."""

    def __init__(self) -> None:
        self.entry: Entry | None = None
        self.calendar = False
        self._part: Entry | None = None
        self._depth = 0  # of what is inside and not known

    def take(self, line: str) -> Entry | None:
        """The entry that is whole with this line, where one is."""
        found = NAME.match(line)
        name = found[0].upper() if found else ""
        if name in {"BEGIN", "END"}:
            return self._mark(name, line[len(name) + 1 :].strip().upper())
        if name and self.entry is not None and not self._depth:
            (self._part or self.entry).add(name, line)
        return None

    def _mark(self, name: str, what: str) -> Entry | None:
        whole = None
        if name == "BEGIN" and what in KINDS:
            whole, self.entry, self._part, self._depth = self.entry, Entry(what), None, 0
        elif self.entry is not None and name == "END" and what in {self.entry.kind, "VCALENDAR"}:
            whole, self.entry = self.entry, None
        elif self.entry is not None:
            self._inside(self.entry, name, what)
        self.calendar |= what == "VCALENDAR"
        return whole

    def _inside(self, entry: Entry, name: str, what: str) -> None:
        if name == "END":
            self._part, self._depth = (self._part, self._depth - 1) if self._depth else (None, 0)
        elif self._depth or self._part is not None or what not in PARTS or len(entry.parts) >= PARTS_LIMIT:
            self._depth += 1
        else:
            self._part = Entry(what)
            entry.parts.append(self._part)
