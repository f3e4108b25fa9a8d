"""Modules have names that say something, folders and files a size that one can see over, a function one home."""

import ast
import re
from collections import defaultdict
from collections.abc import Iterator
from functools import cache
from pathlib import Path

from assistant.components.theme import SHEETS, STATIC
from tests.house.sources import PACKAGE, nodes, python_files, shown, tree

VAGUE = re.compile(
    r"_?(utils?|helpers?|commons?|misc|base|core|lib|tools?|stuff|shared|managers?|handlers?|functions?|things?|extras?|"
    r"various|general|temp|tmp|new|old|\w*_(utils?|helpers?|misc))"
)
MODULES, LINES = 12, 300  # in a folder, in a file
# Steps of the schema are a row that only grows.
GROWING = {"assistant/storage/migrations"}
# A folder of the settings may be called as its subject is, and so may what the model is given to use.
# Sheets of what all rooms are made of.
SHARED = {"base.css", "controls.css"}
MEANT = {"assistant/settings/pages/general.py", "assistant/chat/tools"}


def test_no_module_has_a_name_that_says_nothing() -> None:
    paths = [*python_files(), *(path for path in PACKAGE.rglob("*") if path.is_dir())]
    assert [shown(path) for path in paths if VAGUE.fullmatch(path.stem) and shown(path) not in MEANT] == []


def test_a_folder_has_twelve_modules_at_most() -> None:
    folders = {path.parent for path in python_files()}
    counted = {shown(folder): len([*folder.glob("*.py")]) - (folder / "__init__.py").exists() for folder in folders}
    assert {folder: count for folder, count in counted.items() if count > MODULES and folder not in GROWING} == {}


def test_a_file_has_three_hundred_lines_at_most() -> None:
    counted = {shown(path): len(path.read_text("utf-8").splitlines()) for path in python_files()}
    assert {path: count for path, count in counted.items() if count > LINES} == {}


def test_each_step_of_the_schema_has_a_number_of_its_own() -> None:
    numbers = [path.stem.partition("_")[0] for path in (PACKAGE / "storage" / "migrations").glob("[0-9]*.py")]
    assert sorted(numbers) == sorted(set(numbers)), "two steps have the same number: take the next free one"


def test_every_package_says_what_is_in_it() -> None:
    packages = [path for path in python_files() if path.name == "__init__.py" and path.parent.name != "migrations"]
    assert [shown(path) for path in packages if not ast.get_docstring(tree(path))] == []


def test_the_map_of_a_package_names_all_that_is_in_it() -> None:
    missing = []
    for path in (path for path in python_files() if path.name == "__init__.py"):
        words = ast.get_docstring(tree(path)) or ""
        inside = {p.stem for p in path.parent.glob("*.py")} | {p.parent.name for p in path.parent.glob("*/__init__.py")}
        missing += [
            f"{shown(path)}: {name}" for name in sorted(inside - {"__init__"}) if len(inside) > 3 and name not in words
        ]
    assert missing == []


@cache
def homes(path: Path) -> set[str]:
    """The names that a module makes itself."""
    made: set[str] = set()
    for node in nodes(path):
        match node:
            case ast.FunctionDef(name=name) | ast.AsyncFunctionDef(name=name) | ast.ClassDef(name=name):
                made.add(name)
            case ast.Name(id=name, ctx=ast.Store()):
                made.add(name)
    return made


@cache
def module(name: str) -> Path | None:
    """The file of the module; None where there is none of that name."""
    at = PACKAGE.parent / name.replace(".", "/")
    return next((path for path in (at.with_suffix(".py"), at / "__init__.py") if path.exists()), None)


def taken(path: Path) -> Iterator[tuple[str, str]]:
    """The names that the module takes from other modules of the product, each with the module it takes it from."""
    known: dict[str, str] = {}
    for node in nodes(path):
        if isinstance(node, ast.ImportFrom) and (node.module or "").startswith("assistant"):
            for name in node.names:
                if module(f"{node.module}.{name.name}"):
                    known[name.asname or name.name] = f"{node.module}.{name.name}"
                else:
                    yield node.module or "", name.name
    for node in nodes(path):
        match node:
            case ast.Attribute(value=ast.Name(id=owner), attr=attribute) if owner in known:
                yield known[owner], attribute


def test_a_function_has_one_home() -> None:
    strangers = set()
    for path in python_files():
        for source, name in taken(path):
            home = module(source)
            assert home, f"{shown(path)}: {source}"
            if name not in homes(home) and not module(f"{source}.{name}"):
                strangers.add(f"{shown(path)} takes {name} from {source}")
    assert sorted(strangers) == []


def test_no_package_hands_on_what_others_made() -> None:
    handed = [
        f"{shown(path)}: {ast.unparse(node)}"
        for path in python_files()
        for node in tree(path).body
        if (isinstance(node, ast.Assign) and ast.unparse(node.targets[0]) == "__all__")
        or (isinstance(node, ast.Import | ast.ImportFrom) and any(name.name == name.asname for name in node.names))
    ]
    unused = [
        f"{shown(path)}: {name.asname or name.name}"
        for path in python_files()
        if path.name == "__init__.py"
        for node in tree(path).body
        if isinstance(node, ast.Import | ast.ImportFrom)
        for name in node.names
        if path.read_text("utf-8").count(name.asname or name.name) < 2
    ]
    assert handed + unused == []


def test_a_class_that_one_room_styles_is_no_other_room_s() -> None:
    # All sheets come in one file: what two rooms call alike is drawn as whichever comes last says.
    homes_of: dict[str, set[str]] = defaultdict(set)
    for sheet in set(SHEETS) - SHARED:
        rules = re.sub(r"/\*.*?\*/", "", (STATIC / sheet).read_text("utf-8"), flags=re.DOTALL)
        for selector in re.findall(r"(?:^|[,{}])\s*\.([\w-]+)\s*(?=[,{])", rules):
            homes_of[selector].add(sheet.removesuffix(".css").removesuffix("-lists"))
    everywhere = {name for sheet in SHARED for name in re.findall(r"\.([\w-]+)", (STATIC / sheet).read_text("utf-8"))}
    assert {name: rooms for name, rooms in homes_of.items() if len(rooms) > 1 and name not in everywhere} == {}
