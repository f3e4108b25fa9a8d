"""The process that reads one file, from its standard input, and ends: what it gets may be hostile.

``python -m assistant.chat.documents.child read NAME`` or ``… pictures FIRST MOST``. It says lines of JSON: how far it
is, then what it found, or the problem in a sentence.
"""

import base64
import json
import resource
import sys
from contextlib import suppress
from typing import Any

MEMORY = 512 * 1024 * 1024  # bytes
SECONDS = 20  # of processor
FILES = 64  # open at once
TOO_DEEP = "This file is nested deeper than anybody writes."
TOO_LARGE = "Reading this takes more than 512 MB of memory, which is more than it is given."
DAMAGED = "This file is damaged and cannot be read."


def main(arguments: list[str]) -> None:
    """Reads what the arguments say."""
    confine()
    # Loaded within the limits, as all that follows.
    from assistant.chat.documents.formats.page_texts import UnreadableError  # noqa: PLC0415

    try:
        _do(sys.stdin.buffer.read(), *arguments)
    except UnreadableError as error:
        _say(problem=str(error))
    except RecursionError:
        _say(problem=TOO_DEEP)
    except MemoryError:
        _say(problem=TOO_LARGE)
    except Exception:  # noqa: BLE001 - libraries raise nearly anything on what is damaged
        _say(problem=DAMAGED)


def confine() -> None:
    """Gives this process so much memory and time and no more, and no files to write."""
    for what, most in (
        (resource.RLIMIT_AS, MEMORY), (resource.RLIMIT_CPU, SECONDS), (resource.RLIMIT_NOFILE, FILES),
        (resource.RLIMIT_FSIZE, 0), (resource.RLIMIT_CORE, 0),
    ):  # fmt: skip
        with suppress(ValueError, OSError):  # a system that does not know it, or allows less
            resource.setrlimit(what, (most, most))


def _do(data: bytes, what: str, *about: str) -> None:
    if what == "read":
        from assistant.chat.documents.formats.detection import read  # noqa: PLC0415

        kind, pages = read(data, about[0], lambda at, of: _say(at=at, of=of))
        _say(kind=kind, pages=pages)
    else:
        from assistant.chat.documents.formats.pdf import pictures  # noqa: PLC0415

        for one in pictures(data, int(about[0]), int(about[1])):
            _say(picture=base64.b64encode(one).decode())
        _say(done=True)


def _say(**what: Any) -> None:
    sys.stdout.write(json.dumps(what) + "\n")
    sys.stdout.flush()


if __name__ == "__main__":
    main(sys.argv[1:])
