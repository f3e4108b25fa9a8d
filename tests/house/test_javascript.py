"""Pages are Python: what runs in the browser stays small, and lays nothing out."""

import re
from pathlib import Path

from assistant.components.served import leaves
from assistant.web import app  # noqa: F401 - with which all rooms name their scripts
from tests.house.sources import PACKAGE, shown

LINES, BYTES, TEMPLATE = 1_190, 49_500, 10
A_TEMPLATE = re.compile(r"template:\s*(`[^`]*`|\"[^\"]*\"|'[^']*')")


def scripts() -> list[Path]:
    """All scripts of the product."""
    return sorted(path for kind in ("*.js", "*.mjs", "*.ts", "*.vue") for path in PACKAGE.rglob(kind))


def size(path: Path) -> tuple[int, int]:
    """Lines and bytes as browsers get them."""
    text = leaves.as_served(path)
    return len(text.splitlines()), len(text.encode())


def test_all_scripts_together_are_short() -> None:
    assert sum(size(path)[0] for path in scripts()) <= LINES


def test_all_scripts_together_are_small() -> None:
    sizes = {shown(path): size(path)[1] for path in scripts()}
    together = sum(sizes.values())
    table = [f"{name:<56}{weight:>9}" for name, weight in sorted(sizes.items(), key=lambda s: -s[1])]
    assert together <= BYTES, "\n".join(["", *table, f"{'together':<56}{together:>9}", f"{'at most':<56}{BYTES:>9}"])


def test_no_script_has_a_long_template() -> None:
    long = {
        f"{shown(path)}: {found[1][:40]}": found[1].count("\n") + 1
        for path in scripts()
        for found in A_TEMPLATE.finditer(path.read_text("utf-8"))
        if found[1].count("\n") >= TEMPLATE
    }
    assert long == {}


def test_pages_bring_no_scripts_of_their_own() -> None:
    """A script in a Python string would be JavaScript that nobody counts."""
    long = [
        f"{shown(path)}: {len(found[0].splitlines())} lines"
        for path in PACKAGE.rglob("*.py")
        for found in re.finditer(r'run_javascript\(\s*f?"""(.*?)"""', path.read_text("utf-8"), re.DOTALL)
    ]
    assert long == []
