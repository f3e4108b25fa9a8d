"""Reads a file in a process of its own, which has little memory and little time: a hostile file ends only that."""

import asyncio
import base64
import json
import sys
from collections.abc import AsyncGenerator, AsyncIterator, Callable
from contextlib import aclosing, suppress
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import assistant
from assistant.errors import Invalid

MODULE = "assistant.chat.documents.child"
SECONDS = 20.0
LONGEST = 64 * 1024 * 1024  # bytes that such a process may say
AT_ONCE = 2  # such processes
ENVIRONMENT = {"PYTHONPATH": str(Path(assistant.__file__).parent.parent), "LANG": "C.UTF-8"}
TOO_LONG = "Reading this took longer than 20 seconds, so it was ended. Send the part that you ask about."
ENDED = (
    "This file could not be read: reading it takes more than 512 MB of memory, or it is damaged. Send the part that "
    "you ask about, or save it anew."
)
Told = Callable[[int, int], None]  # hears how many pages of how many are read
_few_at_a_time = asyncio.Semaphore(AT_ONCE)


@dataclass(frozen=True, slots=True)
class Contents:
    """What is in a file: its kind, and the texts of its pages or parts."""

    kind: str
    pages: list[str]


async def read(data: bytes, name: str, told: Told) -> Contents:
    """What is in the file; raises Invalid (field file) with a sentence for what cannot be read."""
    async with _few_at_a_time, aclosing(said(data, "read", name)) as lines:
        async for one in lines:
            if "pages" in one:
                return Contents(str(one["kind"]), [str(page) for page in one["pages"]])
            told(int(one["at"]), int(one["of"]))
    raise Invalid(ENDED, field="file")


async def pictures(data: bytes, first: int, most: int) -> list[bytes]:
    """Pages of a PDF as JPEG, at ``most`` so many from the ``first`` (0) on; raises as ``read`` does."""
    found: list[bytes] = []
    async with _few_at_a_time, aclosing(said(data, "pictures", str(first), str(most))) as lines:
        async for one in lines:
            if "done" in one:
                return found
            found.append(base64.b64decode(one["picture"]))
    raise Invalid(ENDED, field="file")


async def said(data: bytes, *arguments: str) -> AsyncGenerator[dict[str, Any], None]:
    """What the process says, line by line; it is gone once nobody listens any more."""
    process = await asyncio.create_subprocess_exec(
        sys.executable, "-P", "-B", "-m", MODULE, *arguments, cwd="/", env=ENVIRONMENT,
        stdin=asyncio.subprocess.PIPE, stdout=asyncio.subprocess.PIPE, stderr=asyncio.subprocess.DEVNULL,
        limit=LONGEST,
    )  # fmt: skip
    giving = asyncio.create_task(_give(process, data))
    try:
        async with asyncio.timeout(SECONDS):
            async for one in _lines(process):
                yield one
    except TimeoutError:
        raise Invalid(TOO_LONG, field="file") from None
    finally:
        giving.cancel()
        with suppress(ProcessLookupError):
            process.kill()
        await asyncio.gather(giving, process.wait(), return_exceptions=True)


async def _lines(process: asyncio.subprocess.Process) -> AsyncIterator[dict[str, Any]]:
    assert process.stdout is not None  # noqa: S101 - it is a pipe
    length = 0
    with suppress(ValueError):  # a line that is longer than it may be, or no JSON: as if it had ended
        while line := await process.stdout.readline():
            length += len(line)
            if length > LONGEST:
                return
            one = await asyncio.to_thread(json.loads, line)
            if "problem" in one:
                raise Invalid(str(one["problem"]), field="file")
            yield one


async def _give(process: asyncio.subprocess.Process, data: bytes) -> None:
    assert process.stdin is not None  # noqa: S101 - it is a pipe
    with suppress(ConnectionError):  # it has ended before it had read all
        process.stdin.write(data)
        await process.stdin.drain()
        process.stdin.close()
        await process.stdin.wait_closed()
