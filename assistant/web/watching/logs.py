"""The log: one line a message, whatever is in it, and never more than a person can read."""

import logging
import time
from collections import defaultdict

from assistant.config import Config
from assistant.errors import AssistantError
from assistant.web.watching.json_lines import JsonLines

ENDED = "has been deleted"  # NiceGUI's own words
SERVERS_FAULT = 500  # the least status that says so
OURS = ("assistant", "nicegui")  # whose loggers may be talkative
QUIET = ("httpx", "apscheduler")
REQUESTS = "assistant.web.guards.requests"  # a line for each request
WINDOW = 60.0  # seconds
ALIKE, EACH = 20, 200  # lines that are alike, and lines of one logger, in each window
FORMAT = "%(asctime)s %(levelname)s %(name)s: %(message)s"


def begin(config: Config) -> None:
    """Logs to standard error as the configuration says; other libraries never more than ``info``."""
    level = logging.getLevelNamesMapping()[config.log_level.upper()]
    as_json = config.log_format == "json"
    handler = logging.StreamHandler()
    handler.setFormatter(JsonLines(config.instance) if as_json else OneLine(FORMAT))
    handler.addFilter(Bounded())
    logging.getLogger("nicegui").addFilter(Unsaid())
    # Below, some print what they send to the database or over the wire.
    logging.basicConfig(level=max(level, logging.INFO), handlers=[handler])
    for name in OURS:
        logging.getLogger(name).setLevel(level)
    for name in QUIET:
        logging.getLogger(name).setLevel(logging.WARNING)
    if not as_json:  # people read what went wrong, programs read each request
        logging.getLogger(REQUESTS).setLevel(logging.WARNING)


class OneLine(logging.Formatter):
    """Formats messages so that nothing in them looks like another line; tracebacks follow indented."""

    def formatMessage(self, record: logging.LogRecord) -> str:  # noqa: N802 - logging's own name
        """The line."""
        return _escaped(super().formatMessage(record))

    def formatException(self, exc_info: object) -> str:  # noqa: N802
        """The traceback, each of its lines indented."""
        lines = super().formatException(exc_info).splitlines()  # type: ignore[arg-type]
        return "\n".join(f"    {_escaped(line)}" for line in lines)


class Unsaid(logging.Filter):
    """Keeps back what a page has said to its person already, and that a view ended while it was acted in."""

    def filter(self, record: logging.LogRecord) -> bool:
        """Whether the line passes."""
        error = record.exc_info[1] if record.exc_info else None
        said = isinstance(error, AssistantError) and error.status < SERVERS_FAULT
        return not said and not (isinstance(error, RuntimeError) and ENDED in str(error))


class Bounded(logging.Filter):
    """Lets so many lines pass in each window, and says how many it kept back."""

    def __init__(self) -> None:
        """Nothing was logged yet."""
        super().__init__()
        self._begun = 0.0
        self._alike: dict[tuple[str, int, object], int] = defaultdict(int)
        self._each: dict[str, int] = defaultdict(int)
        self._kept_back = 0

    def filter(self, record: logging.LogRecord) -> bool:
        """Whether the line passes."""
        if record.name == REQUESTS:
            return True
        now = time.monotonic()
        if now - self._begun > WINDOW:
            self._tell(record)
            self._begun = now
            self._alike.clear()
            self._each.clear()
        kind = (record.name, record.levelno, record.msg if isinstance(record.msg, str) else type(record.msg))
        self._alike[kind] += 1
        self._each[record.name] += 1
        passes = self._alike[kind] <= ALIKE and self._each[record.name] <= EACH
        self._kept_back += not passes
        return passes

    def _tell(self, record: logging.LogRecord) -> None:
        if self._kept_back:
            record.msg = f"{record.getMessage()} (after {self._kept_back} lines that were left out)"
            record.args = ()
            self._kept_back = 0


def _escaped(text: str) -> str:
    return text if text.isprintable() else "".join(c if c.isprintable() else ascii(c)[1:-1] for c in text)
