"""Sentences and what they mean on Wednesday 25 November 2026 at 10:00 in Berlin, by category.

A line is a sentence, what remains of it, the first time, the rule, and what else it says, with “told” where its
reading has to say what was taken: one of two meanings, or what was not understood. Where it says “short”, we
read something else than is meant there, and tell it.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

from assistant.reminders.parsing.habits import Habits
from assistant.reminders.parsing.model import Parsed
from assistant.reminders.parsing.parser import parse

BERLIN = "Europe/Berlin"
NOW = datetime(2026, 11, 25, 9, tzinfo=UTC)
COUNTRIES = {"english": "US", "german": "DE"}
CELLS = 5


@dataclass(frozen=True)
class Line:
    """A sentence with what it means; ``more`` is whether it is told, leads, pause, priority, tags and zone."""

    category: str
    said: str
    text: str
    when: str
    rule: str
    more: str

    @property
    def short(self) -> bool:
        """Whether it is not read as it is meant yet."""
        return "short" in self.more.split()


def lines(language: str) -> Iterator[Line]:
    """The sentences of a language in their order."""
    category = ""
    for line in (Path(__file__).parent / f"{language}.txt").read_text("utf-8").splitlines():
        if line.startswith("# "):
            category = line[2:]
        elif line:
            said, *cells = (line + " |" * CELLS).split(" |")[:CELLS]
            yield Line(category, said, *(cell.strip() for cell in cells))


def read(line: Line, language: str) -> Parsed:
    """What is understood of the sentence."""
    return parse(line.said, now=NOW, zone=BERLIN, habits=Habits(country=COUNTRIES[language]))


def written(line: Line, found: Parsed) -> Line:
    """What was understood, as the line would say it."""
    more = [
        "told" if found.problems else "",
        f"leads={','.join(map(str, found.leads))}" if found.leads != (0,) else "",
        f"after={found.after_done}" if found.after_done else "",
        f"priority={found.priority}" if found.priority else "",
        f"tags={','.join(found.tags)}" if found.tags else "",
        f"zone={found.zone}" if found.zone != BERLIN else "",
    ]
    when = f"{found.local:%a %Y-%m-%d %H:%M}" if found.local else "-"
    return Line(line.category, line.said, found.text, when, found.rule, " ".join(filter(None, more)))


def verdict(line: Line, language: str) -> str:
    """Right, told (another reading that says so), refused (no time at all), or silent: another one, unseen."""
    found = read(line, language)
    got = written(line, found)
    if (got.text, got.when, got.rule) == (line.text, line.when, line.rule):
        return "right"
    if found.problems:
        return "told"
    return "silent" if found.local else "refused"
