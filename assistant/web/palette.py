"""What the palette is handed: commands and models to be found, and what can be done with one's very words."""

from collections.abc import Awaitable, Callable, Sequence
from datetime import datetime
from functools import partial
from uuid import uuid4

from markupsafe import Markup
from nicegui import ui

from assistant.chat.acting.rooms import REMEMBER, Content, Outcome, Rooms
from assistant.chat.acting.words.triggers import Trigger, plain, triggers
from assistant.chat.models_status import ModelsStatus
from assistant.components.toast import toast
from assistant.errors import AssistantError
from assistant.notes.proposals.kinds import ALL, Kind
from assistant.search.finders import Finder, Hit
from assistant.search.pages.commands import Act, Command, Offer
from assistant.settings.finder import Entry, find
from assistant.sharing.shares import Picture
from assistant.storage.database import Database
from assistant.storage.highlight import has_words, highlight
from assistant.storage.text import fold
from assistant.users import preferences
from assistant.users.pages.page import Page

LONGEST = 500  # characters of words of which something may be made
FEWEST = 3  # words of a question without its sign
BEGINNINGS = ("new-chat", "new-note", "new-reminder")  # what is offered before anything is typed
ICONS = {"note.create": "notes", "reminder.create": "reminders", REMEMBER: "bulb"}
FOR = {
    "improve": "the text of this note", "shorten": "the text of this note", "continue": "write on in this note",
    "translate": "the text of this note", "tasks": "from the text of this note",
}  # fmt: skip
WORDS = {
    "improve": "correct rewrite grammar style proofread verbessern korrigieren", "translate": "language übersetzen",
    "shorten": "shorter summarise summary concise kürzen", "continue": "go on write more weiterschreiben",
    "tasks": "to-do todo list checklist extract aufgaben",
}  # fmt: skip
DEEDS = {"save_note": "note.create", "remember": REMEMBER}
QUESTIONS = (
    "what", "why", "how", "when", "where", "who", "which", "can", "could", "should", "is", "are", "does", "do",
    "was", "warum", "wie", "wann", "wo", "wer", "welche", "welcher", "welches", "kann", "soll", "ist", "sind",
)  # fmt: skip
Ask = Callable[[Page, str, Sequence[Picture], str], Awaitable[str]]  # sends a question; where its answer is read


def commands(database: Database, new_project: Act) -> tuple[Command, ...]:
    """What can be done from anywhere; ``new_project`` lets the person begin one."""

    def wears(theme: str) -> Act:
        async def wear(page: Page) -> None:
            await database.run(preferences.save, page.user, theme=theme)

        return wear

    return (
        Command("new-chat", "New chat", "ask conversation begin start neu unterhaltung", "/?new=1"),
        Command("new-project", "New project", "folder begin create neues projekt ordner", act=new_project),
        Command("new-note", "New note", "write begin create neue notiz", "/notes/new"),
        Command("new-reminder", "New reminder", "add set alarm create neue erinnerung", "/reminders?new=1"),
        Command("today", "Today’s note", "daily journal diary tagebuch heute", "/notes/today"),
        Command("chat", "Go to chat", "conversations messages", "/"),
        Command("notes", "Go to notes", "list notizen", "/notes"),
        Command("reminders", "Go to reminders", "agenda list today erinnerungen", "/reminders"),
        Command("models", "Go to models", "ollama pull install download llm modelle", "/models"),
        Command("settings", "Go to settings", "preferences options configure einstellungen", "/settings"),
        Command("import-notes", "Import notes", "bring obsidian notion keep joplin evernote", "/notes/import"),
        *(_for_the_text(kind) for kind in ALL),
        Command("dark", "Dark theme", "night mode appearance look colour dunkel", act=wears("dark")),
        Command("light", "Light theme", "day mode appearance look colour hell", act=wears("light")),
        Command("system", "Theme of the device", "system automatic dark light appearance", act=wears("system")),
        Command("shortcuts", "Keyboard shortcuts", "keys help hotkeys tastatur", act=_show_shortcuts),
        Command("logout", "Log out", "sign off leave end session abmelden exit quit", act=_log_out),
    )


def _for_the_text(kind: Kind) -> Command:
    """What can be asked of a model for the note that is open, as its bar does."""

    async def press(_page: Page) -> None:
        pressed = f"const one = document.querySelector('[data-propose={kind.name}]'); one?.click(); return Boolean(one)"
        if not await ui.run_javascript(pressed):
            toast("Open a note first: this is for what you mark in it, or for the paragraph at the cursor.")

    words = f"{WORDS[kind.name]} model ai note text marked selection paragraph"
    return Command(kind.name, f"{kind.words}: {FOR[kind.name]}", words, act=press)


async def _show_shortcuts(_page: Page) -> None:
    ui.run_javascript("document.getElementById('shortcuts').showModal()")


async def _log_out(_page: Page) -> None:
    ui.run_javascript("document.querySelector('form[action=\"/logout\"]').submit()")


def finders(known: tuple[Command, ...], status: ModelsStatus) -> tuple[Finder, ...]:
    """Finds commands and models, as the rooms' own finders find what is written."""
    entries = {one.hit: Entry("", "", one.hit, one.title, one.words) for one in known}
    first = [one for one in known if one.name in BEGINNINGS]

    def find_commands(_user: int, words: str, limit: int) -> list[Hit]:
        if not words.strip():
            return [Hit(one.hit, Markup.escape(one.title)) for one in first]
        found = find(entries.values(), words[:LONGEST])[:limit]
        return [Hit(one.name, highlight(one.title, words), named=has_words(one.title, words)) for one in found]

    def find_models(_user: int, words: str, limit: int) -> list[Hit]:
        names = [name for name in status.chat_names() if has_words(name, words)]
        return [
            Hit(f"/?model={name}", highlight(name, words), about="New chat", named=True) for name in names[:limit]
        ]  # fmt: skip

    return (
        Finder("commands", "Commands", "forward", find_commands, "Begin"),
        Finder("models", "Models", "models", find_models),
    )


class Offers:
    """Offers to do what the words say: a reminder, a note, a fact, a question to a model."""

    def __init__(self, database: Database, rooms: Rooms, clock: Callable[[], datetime], ask: Ask) -> None:
        """Does it in these rooms, and asks by ``ask``."""
        self._database, self._rooms, self._clock, self._ask = database, rooms, clock, ask

    def of(self, user: int, words: str) -> list[Offer]:
        """What can be done with the words of the user, what they ask for first; a unit of work that reads."""
        words = words.strip()
        if not words or len(words) > LONGEST:
            return []
        said = triggers(words)
        asked = [self._deed(user, DEEDS[one.act], _content(one), sure=True) for one in said if one.act in DEEDS]
        wish = self._rooms.understand(user, plain(words), "", self._clock())
        if wish.local and wish.text and not wish.stops:
            sure = any(one.act == "remind" for one in said)
            asked.append(self._deed(user, "reminder.create", wish.content, sure=sure))
        if not any(one.act in DEEDS for one in said):
            asked.append(Offer("Ask a model", words, "chat", partial(self._send, words), _is_question(words)))
            asked.append(self._deed(user, "note.create", {"text": words}, sure=False))
        return [one for one in asked if one]

    def _deed(self, user: int, deed: str, content: Content, *, sure: bool) -> Offer | None:
        try:
            card = self._rooms.deeds[deed].card(user, content, self._clock())
        except AssistantError:
            return None
        what = " · ".join(filter(None, card.lines))
        return Offer(card.title, what, ICONS[deed], partial(self._do, deed, content), sure)

    async def _do(self, deed: str, content: Content, page: Page) -> None:
        known, run = self._rooms.deeds[deed], self._database.run
        outcome: Outcome = await run(known.do, page.user, content, self._clock())

        async def undo() -> None:
            await run(known.undo, page.user, outcome.way_back, self._clock())

        toast(outcome.words, undo)

    async def _send(self, words: str, page: Page) -> None:
        page.go(await self._ask(page, words, (), f"palette-{uuid4()}"))


def _content(one: Trigger) -> Content:
    return {"text": one.words, "conversation": None}


def _is_question(words: str) -> bool:
    first = fold(words).split()[0].strip(",.!?")
    return words.endswith("?") or (first in QUESTIONS and len(words.split()) >= FEWEST)
