"""The box in which a note is written: the browser keeps what is typed and saves it, whoever hears it."""

from collections.abc import Awaitable, Callable
from dataclasses import asdict, dataclass
from pathlib import Path

from nicegui import events
from nicegui.element import Element
from nicegui.elements import codemirror

from assistant.components.served import leaves
from assistant.notes.pages.editor.opened import Opened
from assistant.notes.proposals.passage import Passage, in_units

LIBRARY = Path(codemirror.__file__).parent / "dist"
PATIENCE = 15.0  # seconds that a save may take
WORDS = {
    "text": "Write something…",
    "label": "Text of the note",
    "saved": "Saved",
    "saving": "Saving…",
    "away": "Kept in this browser",
    "conflict": "Two versions",
    "refused": "Not saved",
    "401": "You were logged out. Log in again in another tab; what you typed is kept here.",
}


@dataclass(frozen=True, slots=True)
class Mark:
    """What is marked: from where to where, as browsers count, and the words."""

    begin: int
    end: int
    words: str


class NoteText(Element, esm={"nicegui-codemirror": str(LIBRARY)}):
    """The text of one note after another, in what is drawn inside as its ``source``.

    Buttons of the same editor say by ``data-write`` what they do with the text, by ``data-look`` how it is shown, by
    ``data-settle`` how a conflict ends. Fields with ``data-title`` and ``data-tags`` take title and tags;
    ``data-words`` shows the state, ``data-problem`` what is wrong, ``data-pending`` the tags that are not stored yet.
    """

    def __init__(self, user: int) -> None:
        """``user`` names the browser's own copy of what is typed."""
        super().__init__()
        self.classes("writing")
        self._props["user"] = user
        self._props["words"] = WORDS
        self._turn = 0
        self._there = False  # in the browser, and listening
        self.on("ready", self._became_ready)

    def hear(self, name: str, handler: Callable[..., Awaitable[None] | None]) -> None:
        """Calls ``handler`` with what the browser says of it.

        ``created`` with the new note; ``behind`` with one that was changed elsewhere; ``left`` with one that is saved
        and no longer written in;
        ``preview`` with a text to show; ``completing`` with the beginning of a title; ``conflict`` with the pieces
        in which two versions differ.
        """

        def heard(event: events.GenericEventArguments) -> Awaitable[None] | None:
            return handler(event.args)

        self.on(name, heard)

    def open(self, found: Opened, *, title: str = "", text: str = "", at: int | None = None) -> None:
        """Shows the note, from that character on; a new one begins with ``title`` and ``text``, unless it was begun."""
        self._turn += 1
        wanted = {"title": title, "text": text}
        begin = {"at": 0, "top": 0} if at is None else {"at": at}
        stored = asdict(found) | {"locked": found.trashed, "wanted": wanted, "begin": begin, "turn": self._turn}
        if self._there:
            self.run_method("open", stored)
        else:
            self._props["first"] = stored
            self.update()

    def _became_ready(self, event: events.GenericEventArguments) -> None:
        """From now on it listens, and what it has at first is not sent again."""
        self._there = True
        first = self._props.pop("first", None)
        if first and event.args != first["turn"]:  # it was ready before that went out
            self.run_method("open", first)
        self.run_method("showSoon", 0)  # before there was a connection it could not ask for its preview

    def changed(self, found: Opened) -> None:
        """Tells the browser which version the note has now; it asks for what it does not know."""
        self.run_method("changed", found.id, found.version, found.trashed)

    def renew(self, found: Opened) -> None:
        """Shows the note as it is now, unless more was typed into it meanwhile."""
        self.run_method("renew", asdict(found))

    async def stored(self) -> bool:
        """Whether all that was typed is stored, once the browser has tried; no where it does not say."""
        return await self.marked() is not None

    async def marked(self) -> Mark | None:
        """What is marked, once all that was typed is stored; None where that could not be, or it does not say."""
        try:
            told = await self.run_method("stored", timeout=PATIENCE)
        except TimeoutError:
            return None
        if not isinstance(told, list) or [type(one) for one in told] != [int, int, str]:
            return None
        return Mark(*told)

    async def exchange(self, passage: Passage, words: str) -> bool:
        """Whether the words stand in place of the passage now; no where something else stood there."""
        begin, end = (in_units(passage.text, at) for at in (passage.begin, passage.end))
        try:
            return bool(await self.run_method("exchange", begin, end, passage.words, words, timeout=PATIENCE))
        except TimeoutError:
            return False

    def offer(self, titles: list[str]) -> None:
        """Offers titles for the link that has begun."""
        self.run_method("offer", titles)

    def go(self, at: int) -> None:
        """Shows the text from that character on."""
        self.run_method("go", at)

    def drawn(self, heading: str = "") -> None:
        """Tells the browser that the preview was drawn anew, and which heading of it one wants to see."""
        self.run_method("drawn", heading)


leaves.in_room(NoteText, Path(__file__).with_name("editor.js"), "browser.js", "journal.js", "writing.js")
