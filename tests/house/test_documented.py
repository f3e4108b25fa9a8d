"""What one can set, call or type stands in a document."""

import argparse
import re
import subprocess
import sys
from collections.abc import Iterator

from assistant import cli
from assistant.config import Config, key_of
from tests.house.sources import PACKAGE
from tests.product import ROOT

ENVIRONMENT = re.compile(r"\b(?:ASSISTANT|OLLAMA)_[A-Z_]+[A-Z]\b")
IN_PYTHON = re.compile(rf"[\"'`]({ENVIRONMENT.pattern})[\"'`]")
# Files other than Python's that a person runs or that set the environment.
OTHERS = ("Makefile", "Dockerfile", "compose.yaml", "deploy/compose.grown.yaml", "deploy/kubernetes.yaml")


def documents() -> str:
    """All documents, one after the other."""
    pages = [*ROOT.glob("*.md"), *(ROOT / "docs").rglob("*.md")]
    return "\n".join(page.read_text("utf-8") for page in pages)


def test_every_setting_is_documented() -> None:
    words = documents()
    assert [key_of(name) for name in Config.model_fields if f"`{key_of(name)}`" not in words] == []


def test_every_name_in_the_environment_is_documented() -> None:
    words = documents()
    found = {name for path in PACKAGE.rglob("*.py") for name in IN_PYTHON.findall(path.read_text("utf-8"))}
    found |= {name for path in OTHERS for name in ENVIRONMENT.findall((ROOT / path).read_text("utf-8"))}
    assert "OLLAMA_HOST" in found
    assert sorted(name for name in found if name not in words) == []


def test_every_address_is_documented() -> None:
    table = subprocess.run(
        [sys.executable, "-m", "tests.house.addresses"], cwd=ROOT, capture_output=True, text=True, check=True
    ).stdout
    known = (ROOT / "docs" / "addresses.md").read_text("utf-8")
    missing = [row for row in table.splitlines() if row not in known]
    assert missing == [], "run python -m tests.house.addresses --write"


def commands(parser: argparse.ArgumentParser, before: str = "assistant") -> Iterator[str]:
    """All commands that the parser knows, as one types them."""
    for action in parser._actions:
        if isinstance(action, argparse._SubParsersAction):
            for name, inner in action.choices.items():
                deeper = list(commands(inner, f"{before} {name}"))
                yield from deeper or [f"{before} {name}"]


def test_every_command_is_documented() -> None:
    words = documents()
    found = list(commands(cli._parser()))
    assert "assistant user add" in found
    assert [command for command in found if command not in words] == []
