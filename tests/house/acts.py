"""What pages do, found in their source: each function of the domain that they name, and whether the API names it too.

A function is named by its import, as an attribute of a module that is imported, or as a method of what an annotation
says to be of its class (the parts that are handed in).
"""

import ast
from collections.abc import Iterable
from functools import cache
from pathlib import Path

from tests.house.sources import nodes, python_files, tree
from tests.product import ROOT

HOUSE = "assistant"
# What holds the rooms up, and what only draws.
BELOW = ("components", "config", "errors", "formats", "text", "addresses", "rest", "web", "ollama", "storage")


def by_pages() -> dict[str, set[str]]:
    """The functions of the domain that pages name, or what browsers alone ask for, with the modules that do."""
    return _named(name for name in _modules() if _is_page(name))


def by_api() -> dict[str, set[str]]:
    """Those that the API names."""
    return _named(name for name in _modules() if _is_api(name))


def _is_page(name: str) -> bool:
    if name.split(".")[1:2] == ["web"]:
        return False
    return "pages" in name.split(".") or ("api" in name.split(".") and not _is_api(name))


def _is_api(name: str) -> bool:
    parts = name.split(".")
    return "v1" in parts or parts[1:3] in (["settings", "api"], ["search", "api"]) or name.endswith(".api.sending")


@cache
def _modules() -> dict[str, Path]:
    found = {}
    for path in python_files():
        parts = list(path.relative_to(ROOT).with_suffix("").parts)
        found[".".join(parts[:-1] if parts[-1] == "__init__" else parts)] = path
    return found


@cache
def _functions() -> set[str]:
    return {
        f"{name}.{node.name}"
        for name, path in _modules().items()
        for node in tree(path).body
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef)
    }


@cache
def _methods() -> dict[str, set[str]]:
    """The public methods of each class."""
    return {
        f"{name}.{node.name}": {
            one.name
            for one in node.body
            if isinstance(one, ast.FunctionDef | ast.AsyncFunctionDef) and not one.name.startswith("_")
        }
        for name, path in _modules().items()
        for node in tree(path).body
        if isinstance(node, ast.ClassDef)
    }


@cache
def _imports(name: str) -> dict[str, str]:
    return {
        one.asname or one.name: f"{node.module}.{one.name}"
        for node in nodes(_modules()[name])
        if isinstance(node, ast.ImportFrom) and (node.module or "").startswith(HOUSE)
        for one in node.names
    }


@cache
def _kinds(name: str) -> dict[str, str]:
    """The classes of ours that annotations of the module give to names."""
    found, known = {}, _imports(name)
    for node in nodes(_modules()[name]):
        if isinstance(node, ast.arg) and node.annotation is not None:
            given, annotation = node.arg, node.annotation
        elif isinstance(node, ast.AnnAssign) and isinstance(node.target, ast.Name):
            given, annotation = node.target.id, node.annotation
        else:
            continue
        for part in ast.walk(annotation):
            if isinstance(part, ast.Name) and known.get(part.id) in _methods():
                found[given] = known[part.id]
    return found


def _named(modules: Iterable[str]) -> dict[str, set[str]]:
    chosen, found = list(modules), dict[str, set[str]]()
    handed = {given: kind for name in chosen for given, kind in _kinds(name).items()}
    for name in chosen:
        kinds = handed | _kinds(name)
        for node in nodes(_modules()[name]):
            named = _of(node, _imports(name), kinds)
            if named and _is_domain(named):
                found.setdefault(named, set()).add(name)
    return found


def _of(node: ast.AST, known: dict[str, str], kinds: dict[str, str]) -> str:
    """The function that the node names; empty for none."""
    if isinstance(node, ast.Name):
        return known.get(node.id, "") if known.get(node.id) in _functions() else ""
    if not isinstance(node, ast.Attribute):
        return ""
    if isinstance(node.value, ast.Name) and f"{known.get(node.value.id)}.{node.attr}" in _functions():
        return f"{known[node.value.id]}.{node.attr}"
    holder = node.value.id if isinstance(node.value, ast.Name) else getattr(node.value, "attr", "")
    kind = kinds.get(str(holder).lstrip("_"), "")
    return f"{kind}.{node.attr}" if node.attr in _methods().get(kind, ()) else ""


def _is_domain(named: str) -> bool:
    parts = named.split(".")
    return parts[1] not in BELOW and not {"pages", "api"} & set(parts[1:])
