"""Processes of the product that need not load it: each is forked from one that has everything imported.

It is the product's own command in a process of its own, which can be stopped and killed as any; only the second of
imports before it is spared. What ``python -m assistant`` does is tested where a Product is made without this.
"""

import io
import os
import sys
import time
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from multiprocessing import context, forkserver, get_context, resource_tracker
from pathlib import Path
from typing import Protocol
from unittest import mock

LOADED = [
    "assistant.cli", "assistant.web.app", "assistant.web.api.app", "assistant.doctor", "assistant.users.passwords",
    "zxcvbn.frequency_lists",
    "uvicorn", "uvicorn.loops.auto", "uvicorn.protocols.http.auto", "uvicorn.protocols.websockets.auto",
    "uvicorn.lifespan.on",
    # What is loaded once it runs, or for the first page, picture, text.
    "anyio._backends._asyncio", "apscheduler.executors.asyncio", "apscheduler.triggers.interval", "uvloop",
    "assistant.storage.engines.sqlite", "assistant.web.serving", "uvicorn.loops.uvloop",
    "assistant.web.guards.connections", "assistant.web.watching.logs",
    "fastapi.telemetry._runtime", "markdown_it", "nicegui.elements.dark_mode", "nicegui.elements.link",
    "nicegui.elements.teleport", "nicegui.elements.timer", "nicegui.functions.html", "nicegui.functions.javascript",
    "nicegui.functions.page_title", "nicegui.middlewares", "nicegui.ui_run_with", "PIL.Image", "PIL.PngImagePlugin",
    "tests.frozen",
]  # fmt: skip


class Process(Protocol):
    """What a test does with a process, however it was begun; ``subprocess.Popen`` has it."""

    pid: int

    def poll(self) -> int | None:
        """Its exit status, None while it runs."""

    def terminate(self) -> None:
        """Asks it to end."""

    def kill(self) -> None:
        """Ends it as a power cut would."""

    def wait(self, timeout: float | None = None) -> int:
        """Its exit status, once it has ended; raises TimeoutError or subprocess.TimeoutExpired."""


@dataclass(frozen=True)
class Command:
    """A command of the product: its arguments, where it runs, what it reads and where its words go."""

    arguments: Sequence[str]
    environment: Mapping[str, str]
    folder: Path
    out: Path
    err: Path
    typed: str = ""


class Forked:
    """A running command that was forked."""

    def __init__(self, command: Command) -> None:
        """Begins it; the first in a test process waits until everything is loaded."""
        _load()
        self._process: context.ForkServerProcess = get_context("forkserver").Process(
            target=_run, args=(command,), daemon=True
        )
        self._process.start()
        assert self._process.pid
        self.pid = self._process.pid

    def poll(self) -> int | None:
        """Its exit status, None while it runs."""
        return self._process.exitcode

    def terminate(self) -> None:
        """Asks it to end."""
        self._process.terminate()

    def kill(self) -> None:
        """Ends it as a power cut would."""
        self._process.kill()

    def wait(self, timeout: float | None = None) -> int:
        """Its exit status, once it has ended; raises TimeoutError."""
        self._process.join(timeout)
        if self._process.exitcode is None:
            raise TimeoutError(f"process {self.pid} still runs")
        return self._process.exitcode


def clean_environment() -> dict[str, str]:
    """The environment without what tests and developers set: Python keeps what it compiled, as it does for people."""
    set_here = ("PYTEST_", "NICEGUI_", "ASSISTANT_", "PYTHONDONTWRITEBYTECODE")
    return {k: v for k, v in os.environ.items() if not k.startswith(set_here)}


def _load() -> None:
    get_context("forkserver").set_forkserver_preload(LOADED)
    # A process that is killed leaves semaphores behind; who clears them up complains of it at the end.
    silent = {**clean_environment(), "PYTHONWARNINGS": "ignore:resource_tracker"}
    with mock.patch.dict(os.environ, silent, clear=True):
        resource_tracker.ensure_running()
    with mock.patch.dict(os.environ, clean_environment(), clear=True):
        forkserver.ensure_running()


def _run(command: Command) -> None:
    """In the forked process: becomes the command."""
    from assistant.cli import main  # noqa: PLC0415 - the process that begins it need not load the product

    os.environ.clear()
    os.environ.update(command.environment)
    time.tzset()
    os.chdir(command.folder)
    for path, stream in ((command.out, sys.stdout), (command.err, sys.stderr)):
        stream.flush()
        file = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_APPEND)
        os.dup2(file, stream.fileno())
        os.close(file)
    sys.stdin = io.StringIO(command.typed)
    sys.exit(main(command.arguments))
