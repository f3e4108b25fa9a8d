"""The log as JSON, for programs that gather it: never what people write, and no secret.

Our own messages are written with that in mind. What others say may hold anything: of exceptions there is the type and
where they happened, of another library's message the first line, and nothing of what a page says.
"""

import json
import logging
import traceback
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from assistant.web.watching import asked

OURS = "assistant"
PACKAGES = Path(__file__).parents[3]
LONGEST = 300  # characters of another library's message
STEPS = 12  # of a traceback, the innermost


class Foreign(str):
    """What others said: it stands in the log for people, and not in that for programs."""

    __slots__ = ()


class JsonLines(logging.Formatter):
    """Formats a record as one line of JSON."""

    def __init__(self, instance: str) -> None:
        """``instance`` stands in each line."""
        super().__init__()
        self._instance = instance

    def format(self, record: logging.LogRecord) -> str:
        """The line."""
        line: dict[str, Any] = {
            "time": datetime.fromtimestamp(record.created, UTC).isoformat(timespec="milliseconds"),
            "level": record.levelname.lower(),
            "logger": record.name,
            "message": _message(record),
            "instance": self._instance,
        }
        if request := asked.current():
            line |= {"request": request.id, "method": request.method, "route": request.route or None}
            line |= {"person": request.person} if request.person else {}
            seconds = getattr(record, "seconds", None)
            if seconds is not None:
                line |= {"status": request.status or None, "milliseconds": round(1000 * seconds, 1)}
        if record.exc_info and record.exc_info[1]:
            line["error"] = _error(record.exc_info[1])
        return json.dumps(line, ensure_ascii=False, separators=(",", ":"))


def _message(record: logging.LogRecord) -> str:
    if isinstance(record.msg, BaseException):
        return _type(record.msg)
    if isinstance(record.args, tuple) and record.args:
        said = str(record.msg) % tuple(_argument(one) for one in record.args)
    else:
        said = record.getMessage()
    if record.name.partition(".")[0] == OURS:
        return said
    return (said.splitlines() or [""])[0][:LONGEST]


def _argument(given: object) -> object:
    if isinstance(given, BaseException):
        return _type(given)
    return f"{len(given)} characters" if isinstance(given, Foreign) else given


def _error(error: BaseException) -> dict[str, Any]:
    steps = traceback.extract_tb(error.__traceback__)[-STEPS:]
    told: dict[str, Any] = {
        "type": _type(error),
        "at": [f"{_short(step.filename)}:{step.lineno} {step.name}" for step in steps],
    }
    if cause := error.__cause__ or error.__context__:
        told["because"] = _type(cause)
    return told


def _type(error: BaseException) -> str:
    kind = type(error)
    return kind.__qualname__ if kind.__module__ == "builtins" else f"{kind.__module__}.{kind.__qualname__}"


def _short(name: str) -> str:
    path = Path(name)
    return str(path.relative_to(PACKAGES)) if path.is_relative_to(PACKAGES) else "/".join(path.parts[-3:])
