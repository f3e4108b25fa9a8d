"""The links to notes in a text, and what they name.

``[[Title]]``, ``[[folder/x|label]]``, ``![[x#heading]]``, ``[label](../x/y.md)`` and ``[label]: x.md``, outside code.
What a link names is compared by its key: a title or a path without its ending; one that begins with ``/`` is a path
from the top. Where the text itself stands is its ``home``, such as ``folder/a.md``; empty when nobody knows.
"""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Literal
from urllib.parse import quote, unquote

from assistant.components.markdown.titles import WIKI, wiki_title
from assistant.notes.markdown_source import prose
from assistant.storage.file_names import safe
from assistant.storage.text import fold_case

UNWRITABLE = re.compile(r"[\[\]|\s]+")  # in a link
ENDING = re.compile(r"\.(?:md|markdown|mdown|mkd|txt)\Z", re.IGNORECASE)
PART = re.compile(r"[#?]")  # with which a part of what an address leads to begins
FOLDER = re.compile(r"/|%2[fF]")
UNSAFE = re.compile(r"[\s()<>%#?\\\[\]]")  # in an address
SCHEME = re.compile(r"[A-Za-z][A-Za-z0-9+.-]*:|:|//|\Z")
TARGET = r"(<[^<>\n]{1,1000}>|(?:[^\s<>()]|\([^\s<>()]{0,200}\)){1,1000})"
ADDRESS = re.compile(rf"\]\({TARGET}(?:[ \t]+(?:\"[^\"\n]{{0,500}}\"|'[^'\n]{{0,500}}'))?[ \t]*\)")
DEFINITION = re.compile(rf"^ {{0,3}}\[[^\[\]\n^][^\[\]\n]{{0,500}}\]:[ \t]*{TARGET}", re.MULTILINE)
LONGEST_KEY = 1000  # characters


@dataclass(frozen=True, slots=True)
class Link:
    """A link; what it names stands from ``start`` to ``end``, and the last step of that from ``last``."""

    start: int
    last: int
    end: int
    key: str
    shape: Literal["title", "address", "angled"]


def found(text: str, home: str = "") -> Iterator[Link]:
    """The links in the text, in no order."""
    if "[[" not in text and "](" not in text and "]:" not in text:
        return
    bare = prose(text)
    for link in WIKI.finditer(bare) if "[[" in bare else ():
        title = wiki_title(link[1])
        if key := wiki_key(title, home):
            start = link.start(1) + len(title) - len(title.lstrip())
            yield Link(start, link.start(1) + _last(title), link.start(1) + len(title.rstrip()), key, "title")
    for pattern, sign in ((ADDRESS, "]("), (DEFINITION, "]:")):
        for link in pattern.finditer(bare) if sign in bare else ():
            path = PART.split(link[1].strip("<>"), maxsplit=1)[0]
            if key := address_key(path, home):
                angled = link[1].startswith("<")
                start = link.start(1) + angled
                end = start + len(ENDING.sub("", path))
                yield Link(start, start + _last(path), end, key, "angled" if angled else "address")


def keys(text: str, home: str = "") -> set[str]:
    """What the links in the text name."""
    return {link.key for link in found(text, home)}


def renamed(text: str, titles: Mapping[str, str], files: Mapping[str, str], home: str = "") -> str:
    """The text with its links following notes that got another title, or files that got another name.

    Both are given by what the links name until now. Labels, headings, folders and endings stay.
    """
    pieces, at = [], 0
    for link in sorted(found(text, home), key=lambda link: link.start):
        if link.start < at or (link.key not in titles and link.key not in files):
            continue
        title = titles.get(link.key)
        start = link.start if title is not None and link.shape == "title" else link.last
        pieces += [text[at:start], _name(title, files.get(link.key, ""), link.shape)]
        at = link.end
    return "".join([*pieces, text[at:]])


def title_key(title: str) -> str:
    """A title as links compare it: without case, and without what cannot stand in a link."""
    return UNWRITABLE.sub(" ", fold_case(title)).strip()


def wiki_key(title: str, home: str = "") -> str:
    """What ``[[title]]`` names; empty where that is the text itself."""
    title = title.strip()
    if title.startswith(("./", "../")) or (title.startswith("/") and len(title) > 1):
        return _path_key(title, home)
    return title_key(title)[:LONGEST_KEY]


def address_key(target: str, home: str = "") -> str:
    """What ``[label](target)`` names; empty where that is no note."""
    path = PART.split(target, maxsplit=1)[0]
    if SCHEME.match(path):
        return ""
    path = unquote(path).strip()
    name = path.rpartition("/")[2]
    if not ENDING.search(name) and ("." in name.strip(".") or path.startswith("/") or not name.strip(".")):
        return ""  # a picture, a document, or a page of the house
    return _path_key(path, home)


def steps(path: str, home: str = "") -> list[str]:
    """The steps from the top to a path that is meant from where ``home`` stands."""
    found: list[str] = []
    folder = "" if path.startswith("/") else home.rpartition("/")[0]
    for step in [*folder.split("/"), *path.replace("\\", "/").split("/")]:
        if step == "..":
            del found[-1:]
        elif step not in {"", "."}:
            found.append(step)
    return found


def path_key(path: str) -> str:
    """A path from the top as links compare it, without its ending."""
    return "/" + title_key(ENDING.sub("", path))


def _path_key(path: str, home: str) -> str:
    taken = steps(path, home)
    if not taken:
        return ""
    if home or path.startswith("/"):
        return path_key("/".join(taken))[:LONGEST_KEY]
    # Where nobody knows from where it is meant, only its last step says something.
    return title_key(ENDING.sub("", taken[-1]))[:LONGEST_KEY]


def _last(path: str) -> int:
    """Where the last step of a written path begins."""
    folders = [*FOLDER.finditer(path.rstrip())]
    return folders[-1].end() if folders else len(path) - len(path.lstrip())


def _name(title: str | None, file: str, shape: str) -> str:
    if shape == "title":
        return UNWRITABLE.sub(" ", file if title is None else title).strip()
    file = file if title is None else safe(title)
    return file if shape == "angled" else UNSAFE.sub(lambda sign: quote(sign[0]), file)
