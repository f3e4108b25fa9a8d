"""Properties, each tried with all its examples, and scenes with all their steps; the suite tries a part of them."""

import os
import subprocess
import sys

from playwright.sync_api import Browser

from tests.bench.measuring import tell
from tests.examples import LONG
from tests.ollama_server import OllamaServer
from tests.product import ROOT


def measure(_ollama: OllamaServer, _browser: Browser) -> None:
    """Prints how many do not hold, and what is said of them."""
    command = [sys.executable, "-m", "pytest", "-q", "-m", "hypothesis or lasting", "--tb=short"]
    done = subprocess.run(
        command, cwd=ROOT, env={**os.environ, LONG: "1"}, capture_output=True, text=True, check=False
    )  # fmt: skip
    failed = [line for line in done.stdout.splitlines() if line.startswith(("FAILED", "ERROR"))]
    tell("properties that do not hold with all examples", len(failed) or done.returncode, "", "0")
    if done.returncode:
        print(done.stdout[-6000:])
