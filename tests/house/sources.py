"""The product's own files, for tests of how they are laid out."""

import ast
from functools import cache
from pathlib import Path

from tests.product import ROOT

PACKAGE = ROOT / "assistant"


def python_files() -> list[Path]:
    """All modules of the product."""
    return sorted(PACKAGE.rglob("*.py"))


def shown(path: Path) -> str:
    """The path as one would say it."""
    return str(path.relative_to(ROOT))


@cache
def nodes(path: Path) -> tuple[ast.AST, ...]:
    """All nodes of the module, which several tests look through."""
    return tuple(ast.walk(tree(path)))


@cache
def tree(path: Path) -> ast.Module:
    """The module, parsed."""
    return ast.parse(path.read_text("utf-8"))
