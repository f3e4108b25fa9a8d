"""Reads what Evernote exports: a file of all notes of a notebook, each with its text as a page and what is attached."""

import base64
import binascii
import hashlib
import itertools
import re
from collections.abc import Collection, Iterable, Iterator
from functools import partial
from typing import Any
from xml.etree.ElementTree import Element, ParseError, tostring

from assistant.errors import Invalid
from assistant.notes import front_matter
from assistant.notes.transfer.archive_reader import Entry, shown
from assistant.notes.transfer.containers import Spool
from assistant.notes.transfer.formats.claims import Claim, Opened, Source
from assistant.notes.transfer.html.page import Markup
from assistant.notes.transfer.imported_note import MENTION, ImportedNote, key_of
from assistant.notes.validation import valid_text
from assistant.storage.text import clean, one_line

APP = "Evernote"
SIGN = b"<en-export"
PIECE = 64 * 1024  # bytes that are read at once
LARGEST = 200_000_000  # bytes of one note with its pictures
ATTRIBUTES = ("source-url", "author", "latitude", "longitude", "reminder-time", "reminder-done-time")
CODE, MARKED = re.compile("-en-codeblock: ?true"), re.compile("-(?:en|evernote)-highlight")
TASKS, OWN = re.compile("--en-todo"), re.compile("^evernote:")
ON_THE_WEB = re.compile(r"^https://(?:www\.evernote\.com/shard/[^/]+/(?:nl|sh)|share\.evernote\.com/note)/")
TASK_GROUP, GROUP = re.compile("--en-task-group: ?true"), re.compile(r"--en-id: ?([0-9a-f-]{8,40})")
UNLABELLED = str.maketrans("/", " ", "[]\\")  # of a name, in the label of a link
ZEROS = re.compile(r"0*\.?0*")

DAMAGED = "It is damaged from note {} on; those before it come."
HARMFUL = "It names parts outside of itself, as Evernote's files do not. It was not read."
LOCKED = "A part of it is encrypted in Evernote and was left out. Decrypt it there first."
NAMELESS = "a note in Evernote"
UNKNOWN = "Something that was attached to it is not in the file."


def claim(opened: Opened, spool: Spool) -> Claim:
    """The notes in all files of Evernote."""
    claim, titles = Claim(), set[str]()
    for entry in opened.left:
        if entry.ending not in {"enex", "xml"} or SIGN not in next(entry.pieces(), b"")[:2000]:
            continue
        claim.taken.add(entry.path)
        count = 0
        try:
            for title, piece in _pieces(entry.pieces()):
                count += 1
                kept = spool.entry(shown(f"{entry.path}/{title or count}"), [piece])
                claim.sources.append(Source(kept.path, partial(_read, opened, entry, kept, titles), APP))
                titles.add(title)
        except ParseError:
            claim.skipped.append((shown(entry.path), DAMAGED.format(count + 1)))
        except ValueError:  # what the parser says of entities
            claim.skipped.append((shown(entry.path), HARMFUL))
    return claim


def _pieces(data: Iterable[bytes]) -> Iterator[tuple[str, bytes]]:
    """Each note of the file by itself, with its title.

    Raises ParseError where the file is damaged, ValueError where it is made to harm.
    """
    from defusedxml.ElementTree import DefusedXMLParser  # noqa: PLC0415 - few people ever import from Evernote

    notes: list[Element] = []
    parser = DefusedXMLParser(target=_Notes(notes), forbid_dtd=False, forbid_entities=True, forbid_external=False)
    for piece in (some[start : start + PIECE] for some in data for start in range(0, len(some), PIECE)):
        parser.feed(piece)
        while notes:
            note = notes.pop(0)
            yield one_line(note.findtext("title") or ""), tostring(note, encoding="utf-8")
    parser.close()


class _Notes:
    """Hands over each note as it ends, so that the whole file is never in memory as elements."""

    def __init__(self, notes: list[Element]) -> None:
        self._notes, self._open = notes, list[Element]()

    def start(self, tag: str, attributes: dict[str, str]) -> None:
        if tag == "note" or self._open:
            element = Element(tag, attributes)
            if self._open:
                self._open[-1].append(element)
            self._open.append(element)

    def data(self, text: str) -> None:
        if not self._open:
            return
        here = self._open[-1]
        if len(here):
            here[-1].tail = (here[-1].tail or "") + text
        else:
            here.text = (here.text or "") + text

    def end(self, tag: str) -> None:
        if self._open:
            closed = self._open.pop()
            if not self._open:
                self._notes.append(closed)
        del tag

    def close(self) -> None:
        pass


def _read(opened: Opened, file: Entry, piece: Entry, titles: Collection[str]) -> ImportedNote:
    from defusedxml.ElementTree import fromstring  # noqa: PLC0415

    if piece.size > LARGEST:
        raise Invalid("This note is too large with what is attached to it.")
    data = piece.read()
    found = fromstring(data)
    title = one_line(found.findtext("title") or "")
    page = Markup(clean(found.findtext("content") or ""), lines=True)
    note = ImportedNote(piece.path, "", "")
    resources = _resources(found, note)
    known = _prepare(page, resources, note, titles)
    tasks = _tasks(found)
    _place_tasks(page.soup, tasks)
    note.text = page.text()
    page.show(note, known)
    for entry, name, picture in resources.values():
        if picture and entry not in known:
            note.text += "\n\n" + note.mention(entry, name, "", (f"![{name}](", ")"))
    left = [line for some in tasks.values() for line in some]
    note.text += "\n\n" + "\n".join(f"- {line}" for line in left) if left else ""
    note.entitle(title)
    note.tag([*(one_line(tag.text or "") for tag in found.iter("tag")), _notebook(file)])
    note.created = front_matter.instant(found.findtext("created") or "", opened.zone)
    note.updated = front_matter.instant(found.findtext("updated") or "", opened.zone) or note.created
    fields = {name: one_line(found.findtext(f"note-attributes/{name}") or "") for name in ATTRIBUTES}
    said = {name: value for name, value in fields.items() if not ZEROS.fullmatch(value)}
    lines = front_matter.written(said).split("\n")[1:-3]
    valid_text(note.text)
    note.text = front_matter.joined("\n".join(lines), note.text)
    note.key = key_of("evernote", title, found.findtext("created") or "", _keyed(note, resources), *resources)
    for entry, name, picture in resources.values():
        if not picture and entry not in known:
            note.text += "\n\n" + note.mention(entry, name, "", (f"[{name}](", ")"))
    return note


def _keyed(note: ImportedNote, resources: dict[str, tuple[Entry, str, bool]]) -> str:
    """The text for its key, in which other files than pictures stand by their names: keys are older than these."""
    shown, others = itertools.count(), [entry for entry, _, picture in resources.values() if not picture]

    def put(found: re.Match[str]) -> str:
        picture = note.mentions[int(found[1])].picture
        return picture.name if picture.entry in others else f"\x00{next(shown)}\x00"

    return MENTION.sub(put, note.text)


def _resources(found: Element, note: ImportedNote) -> dict[str, tuple[Entry, str, bool]]:
    """What is attached, by its check sum: the file, its name, and whether it is a picture."""
    resources: dict[str, tuple[Entry, str, bool]] = {}
    for resource in found.iter("resource"):
        try:
            data = base64.b64decode("".join((resource.findtext("data") or "").split()))
        except (binascii.Error, ValueError):
            continue
        kind = one_line(resource.findtext("mime") or "")
        name = one_line(resource.findtext("resource-attributes/file-name") or "") or kind.replace("/", ".")
        name = name.translate(UNLABELLED)[-100:] or "attachment"
        if not data:
            note.remarks += [] if UNKNOWN in note.remarks else [UNKNOWN]
            continue
        digest = hashlib.md5(data, usedforsecurity=False).hexdigest()  # as Evernote names it in the text
        entry = Entry(f"{note.path}/{name}", len(data), None, partial(bytes, data))
        resources[digest] = (entry, name, kind.startswith("image/") and "svg" not in kind)
    return resources


def _prepare(
    page: Markup, resources: dict[str, tuple[Entry, str, bool]], note: ImportedNote, titles: Collection[str]
) -> list[Entry]:
    """Makes HTML of what only Evernote has, and returns the files that the text shows."""
    soup = page.soup
    known = _show(page, resources, note)
    for locked in soup.find_all("en-crypt"):
        locked.replace_with(soup.new_string("(encrypted)"))
        note.remarks += [] if LOCKED in note.remarks else [LOCKED]
    _box(soup)
    for block in soup.find_all("div", style=CODE):
        words = "\n".join(line.get_text() for line in block.find_all("div")) or block.get_text("\n")
        block.name, block.string = "pre", words
    for marked in soup.find_all("span", style=MARKED):
        marked.name = "mark"
    _link(soup, titles)
    return known


def _link(soup: Any, titles: Collection[str]) -> None:
    """Makes links to notes of those that lead to them in Evernote, which know them by their words."""
    own = soup.find_all("a", href=OWN)
    said: dict[str, str] = {}
    for link in own:
        if (words := one_line(link.get_text())) and not OWN.match(words):
            said.setdefault(link["href"], words)
    shared = [link for link in soup.find_all("a", href=ON_THE_WEB) if one_line(link.get_text()) in titles]
    for link in [*own, *shared]:
        own_words = one_line(link.get_text())
        words = said.get(link["href"], "") if not own_words or OWN.match(own_words) else own_words
        if words:
            title = words.replace("[", "(").replace("]", ")").replace("|", " ")
            link.replace_with(soup.new_tag("note-link", title=title))
        else:
            link.replace_with(soup.new_string(f"({NAMELESS})"))


def _show(page: Markup, resources: dict[str, tuple[Entry, str, bool]], note: ImportedNote) -> list[Entry]:
    known: list[Entry] = []
    for media in page.soup.find_all("en-media"):
        found = resources.get(str(media.get("hash") or "").lower())
        if found is not None:
            entry, name, _ = found
            width = str(media.get("width") or "").partition(".")[0].removesuffix("px")
            alt = f"{name}|{width}" if width.isdecimal() and 0 < len(width) < 5 else name  # noqa: PLR2004 - digits
            media.replace_with(page.soup.new_tag("img", src=f"inside:{len(page.pictures) + len(known)}", alt=alt))
            known.append(entry)
        else:
            note.remarks += [] if UNKNOWN in note.remarks else [UNKNOWN]
            media.decompose()
    return known


def _box(soup: Any) -> None:
    """Puts a box before each task."""
    for todo in soup.find_all("en-todo"):
        box = "[x] " if todo.get("checked") == "true" else "[ ] "
        item = todo.find_parent("li")
        if item is not None and _begins(item, todo):  # however deep it stands in what is bold or slanted
            todo.decompose()
            item.insert(0, soup.new_string(box))
        else:
            todo.replace_with(soup.new_string(box if item is not None else f"- {box}"))
    for tasks in soup.find_all(["ul", "ol"], style=TASKS):
        tasks.name = "ul"
        for item in tasks.find_all("li", recursive=False):
            done = "--en-checked:true" in str(item.get("style") or "").replace(" ", "")
            item.insert(0, soup.new_string("[x] " if done else "[ ] "))


def _begins(item: Any, todo: Any) -> bool:
    """Whether nothing is written in the item before its box."""
    return next((one for one in item.descendants if one is todo or (not one.name and str(one).strip())), None) is todo


def _tasks(found: Any) -> dict[str, list[str]]:
    """The tasks that newer notes have beside their text, by the groups in which they stand there."""
    tasks: dict[str, list[str]] = {}
    for task in sorted(found.iter("task"), key=lambda task: task.findtext("sortWeight") or ""):
        box = "[x]" if task.findtext("taskStatus") == "completed" else "[ ]"
        line = f"{box} {one_line(task.findtext('title') or '')}"
        tasks.setdefault((task.findtext("taskGroupNoteLevelID") or "").strip(), []).append(line)
    return tasks


def _place_tasks(soup: Any, tasks: dict[str, list[str]]) -> None:
    """Puts the tasks where their groups stand, and takes these out."""
    for place in soup.find_all("div", style=TASK_GROUP):
        own = GROUP.search(str(place.get("style")))
        place.attrs.clear()
        place.clear()
        place.name = "ul"
        for line in tasks.pop(own[1], []) if own else ():
            item = soup.new_tag("li")
            item.string = line
            place.append(item)


def _notebook(file: Entry) -> str:
    return "" if file.stem.lower() in {"evernote", "notes", "my notes", "export"} else file.stem
