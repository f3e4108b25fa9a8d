"""What CommonMark and GitHub's extension of it make of a text, to compare with what we make of it.

The reference is cmark-gfm. What we do otherwise on purpose is taken out of both sides before they are compared, each
for its reason: see ``Reading``.
"""

import re
from html.parser import HTMLParser

import cmarkgfm
from cmarkgfm.cmark import Options

from assistant.components.markdown.rendering import render

EXTENSIONS = ["table", "autolink", "strikethrough", "tasklist"]
OWN_BAR = re.compile(r'<div class="code-bar">.*?</button></div>')
SKIPPED = {"thead", "tbody", "label", "div", "span"}
IN_LINE = {"a", "code", "del", "em", "input", "s", "strong", "sub", "sup"}
BREAK = ("br",)


class Reading(HTMLParser):
    """The elements and words of some HTML, without what differs on purpose.

    Where ``lines`` count, the end of one is a break.
    """

    def __init__(self, *, lines: bool = False) -> None:
        super().__init__()
        self.read: list[tuple[str, ...]] = []
        self._lines = lines
        self._links = self._strong = 0
        self._code: list[str] | None = None  # of a block, to the letter

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        own = dict(attrs)
        self._links += tag == "a"
        if tag == "img":
            # Nothing is fetched from strangers: a picture is a link to it, and in a link only its name.
            name = own.get("alt") or "picture"
            inside = self._links > 0
            if not inside:
                self._tag("a", {"href": own.get("src")})
            self.handle_data(name)
            if not inside:
                self.read.append(("/a",))
            return
        self._tag(tag, own)

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.handle_starttag(tag, attrs)

    def handle_endtag(self, tag: str) -> None:
        self._links -= tag == "a"
        self._strong -= tag == "strong"
        if tag == "pre" and self._code is not None:
            # Code that never ends has its last line's end in one of them.
            self.read.append(("pre", "".join(self._code).rstrip("\n")))
            self._code = None
        elif self._shown(tag):
            self.read.append((f"/{'s' if tag == 'del' else tag}",))

    def handle_data(self, data: str) -> None:
        if self._code is not None:
            self._code.append(data)
            return
        first, *others = data.split("\n") if self._lines else [data]
        self._say(first)
        for line in others:
            self.read.append(BREAK)
            self._say(line)

    def _say(self, data: str) -> None:
        # Spaces around blocks and lines show nowhere.
        if self.read and self.read[-1][0] == "words":
            data = self.read.pop()[1] + data
        if data.strip():
            self.read.append(("words", re.sub(r"\s+", " ", data)))

    def _tag(self, tag: str, own: dict[str, str | None]) -> None:
        if tag == "pre":
            self._code = []
        # A link opens a new tab, code has a bar with its language, a box can be ticked: what they say is the same.
        if self._shown(tag):
            kept = [f"{name}={own[name]}" for name in ("href", "start") if own.get(name) is not None]
            self.read.append(("s" if tag == "del" else tag, *kept, *("checked" for name in own if name == "checked")))
        self._strong += tag == "strong"

    def _shown(self, tag: str) -> bool:
        # The reference makes one of what is bold inside what is bold.
        return self._code is None and tag not in SKIPPED and not (tag == "strong" and self._strong)


class Splitting(HTMLParser):
    """The elements of some HTML that stand in no other, each as it is written."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=False)
        self.parts: list[str] = []
        self._depth = 0

    def handle_starttag(self, tag: str, _attrs: object) -> None:
        if self._depth == 0:
            self.parts.append("")
        self.parts[-1] += self.get_starttag_text() or ""
        self._depth += tag not in {"br", "hr", "input"}

    def handle_endtag(self, tag: str) -> None:
        self.parts[-1] += f"</{tag}>"
        self._depth -= 1

    def handle_data(self, data: str) -> None:
        if self._depth:
            self.parts[-1] += data

    def handle_entityref(self, name: str) -> None:
        self.handle_data(f"&{name};")

    def handle_charref(self, name: str) -> None:
        self.handle_data(f"&#{name};")


def ours(text: str) -> list[tuple[str, ...]]:
    """What we make of the text."""
    return _read(OWN_BAR.sub("", render(text)))


def reference(text: str) -> list[tuple[str, ...]]:
    """What the reference makes of it; the end of a line ends it, as everybody expects who writes to a model."""
    options = Options.CMARK_OPT_HARDBREAKS | Options.CMARK_OPT_UNSAFE
    return _read(cmarkgfm.markdown_to_html_with_extensions(text, options=options, extensions=EXTENSIONS))


def top_level(html: str) -> list[str]:
    """The elements of some HTML that stand in no other."""
    splitting = Splitting()
    splitting.feed(html)
    return splitting.parts


def specified(html: str) -> list[tuple[str, ...]]:
    """What a specification makes of a text, where the end of a line ends it."""
    read = _read(html, lines=True)
    around = zip([BREAK, *read], read, [*read[1:], BREAK], strict=False)
    return [part for before, part, after in around if part != BREAK or (_in_line(before) and _in_line(after, BREAK))]


def _in_line(part: tuple[str, ...], *others: tuple[str, ...]) -> bool:
    return part in others or part[0] == "words" or part[0].removeprefix("/") in IN_LINE


def _read(html: str, *, lines: bool = False) -> list[tuple[str, ...]]:
    reading = Reading(lines=lines)
    reading.feed(html)
    reading.close()
    return [(part[0], part[1].strip()) if part[0] == "words" else part for part in reading.read]
